//! Notices: the inbox, what people wish, what was told about a dossier, receipts of providers, and how soon it goes.

mod inbox;
mod of_dossier;
mod preferences;
mod receipts;
mod seeing;
mod speed;
mod unsubscription;
mod view;

pub(crate) use inbox::*;
pub(crate) use of_dossier::*;
pub(crate) use preferences::*;
pub(crate) use receipts::*;
pub(crate) use seeing::*;
pub(crate) use speed::*;
pub(crate) use unsubscription::*;
