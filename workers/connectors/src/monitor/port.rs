//! The port of every measuring system: tell it that something happened to a dossier.

use crate::{failure::Failure, trip::Trip};
use async_trait::async_trait;
use rules::status::Status;

/// A system that counts how online services are used. It is told facts and answers nothing that the office needs.
#[async_trait]
pub trait UsageMonitor: Send + Sync {
    /// Tells how a dossier stands now. The same may be told again.
    async fn track(&self, trip: &Trip, usage: &Usage) -> Result<(), Failure>;
}

/// What is told of one dossier. Absent means absent.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Usage {
    /// National dossier code.
    pub code: String,
    /// National procedure code.
    pub procedure_code: String,
    /// Procedure name.
    pub procedure_name: String,
    /// The status as it is.
    pub status: Status,
    /// Handed in online.
    pub online: bool,
    /// The service is wholly online (toàn trình).
    pub whole: bool,
    /// How its fee was paid.
    pub payment: UsagePayment,
    /// It was handed in at the national portal.
    pub from_portal: bool,
    /// Who carries its papers or result.
    pub carried: Carried,
    /// Whose it is; travels only where the settings say so.
    pub user: Option<UsageUser>,
}

/// How a fee was paid, as far as it is counted.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum UsagePayment {
    /// Nothing was paid.
    None,
    /// Online.
    Online,
    /// At the desk or by transfer.
    Direct,
}

/// Who carries what goes by post.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Carried {
    /// Nobody: it is brought and fetched.
    Nobody,
    /// The national post.
    NationalPost,
    /// Another carrier.
    Other,
}

/// Whose a dossier is.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct UsageUser {
    /// Identity number or tax number.
    pub number: String,
    /// Technical account at the national portal, where known.
    pub account: Option<String>,
    /// Code of the place, where known.
    pub place_code: Option<String>,
}
