//! Paying the fee: opened by the applicant, settled by verified news, or taken in cash at the desk.

mod callback;
mod cash;
mod open;
mod payer;
mod show;
mod view;

pub(crate) use callback::*;
pub(crate) use cash::*;
pub(crate) use open::*;
pub(crate) use payer::*;
pub(crate) use show::*;
pub(crate) use view::*;
