//! Whose data an entry is about, as far as the chronicle keeps it.

use crate::dossiers::is_no_account;
use crate::sealing::Sealer;
use crate::tables::dossiers;
use uuid::Uuid;

/// A dossier and its person, without a name or a number.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct About {
    /// The dossier.
    pub dossier: Option<Uuid>,
    /// Its receiving and its competent unit, which chain its entries.
    pub units: Vec<Uuid>,
    /// Blind index of the applicant's number.
    pub owner_index: Option<String>,
    /// Blind index of the account that it belongs to.
    pub account_index: Option<String>,
    /// The dossier's own key, wrapped, with which the words about it are sealed.
    pub key_wrapped: Option<String>,
}

impl About {
    /// A dossier; what was taken in on paper or handed in for somebody else belongs to no account.
    pub fn dossier(row: &dossiers::Model, sealer: &Sealer) -> Self {
        Self {
            dossier: Some(row.id),
            units: vec![row.unit_id, row.authority_id],
            owner_index: row.applicant_index.clone(),
            account_index: Self::account(&row.owner, sealer),
            key_wrapped: row.key_wrapped.clone(),
        }
    }

    /// The blind index of an owner that is an account; none for any other.
    pub fn account(owner: &str, sealer: &Sealer) -> Option<String> {
        (!is_no_account(owner)).then(|| account_index(sealer, owner))
    }
}

/// The blind index of an account, `issuer|subject`.
pub fn account_index(sealer: &Sealer, subject: &str) -> String {
    sealer.index("account", subject)
}
