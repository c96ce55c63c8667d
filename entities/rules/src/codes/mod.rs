//! Codes and numbers by which the administration knows things; reading one never panics (law.md §2).

mod dossier;
mod field;
mod identity;
mod lookup;
mod malformed;
mod organisation;
mod place;
mod procedure;
mod tax;
mod verification;
pub mod vietqr;

pub use dossier::{DossierCode, DossierCodeParts, LONGEST_DOSSIER_CODE, Origin, format, series_prefix};
pub use field::FieldCode;
pub use identity::{Doubt, PersonNumber, PersonalId, Sex};
pub use lookup::{lookup_secret, lookup_secret_as_typed};
pub use malformed::Malformed;
pub use organisation::{OrganisationCode, Scheme};
pub use place::{LocationId, PlaceCode, PlaceLevel};
pub use procedure::ProcedureCode;
pub use tax::TaxCode;
pub use verification::{grouped, verification_code, verification_code_as_typed};
