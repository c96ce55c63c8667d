//! Paying the fee: opened by the applicant, settled by verified news, or taken in cash at the desk.

mod accounts;
mod callback;
mod cash;
mod claim;
mod missing_receipts;
mod open;
mod payer;
mod show;
mod transfer_code;
mod view;
mod ways;

pub(crate) use accounts::*;
pub(crate) use callback::*;
pub(crate) use cash::*;
pub(crate) use claim::*;
pub(crate) use missing_receipts::*;
pub(crate) use open::*;
pub(crate) use payer::*;
pub(crate) use show::*;
pub(crate) use transfer_code::*;
pub(crate) use view::*;
pub(crate) use ways::*;
