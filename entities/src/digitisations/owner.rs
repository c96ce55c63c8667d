//! Whose paper an item is.

use super::Item;
use crate::columns::{from_json, from_key};
use crate::documents::Owner;
use crate::dossiers::reading;
use crate::error::Error;
use crate::sealing::Sealer;
use sea_orm::ConnectionTrait;
use uuid::Uuid;

/// Whose paper it is: the applicant of its dossier, or as it was entered for an old paper; none where nobody has said.
pub async fn owner<C: ConnectionTrait>(db: &C, sealer: &Sealer, item: &Item) -> Result<Option<Owner>, Error> {
    if let Some(sealed) = &item.owner_sealed {
        return Ok(Some(from_json("digitisations.owner", &sealer.open(&place(item.id), sealed)?)?));
    }
    let Some(dossier) = item.dossier_id else { return Ok(None) };
    let dossier = reading::by_id(db, dossier).await?;
    let kind = from_key("dossiers.applicant_kind", &dossier.applicant_kind)?;
    Ok(Some(Owner::of(kind, &reading::applicant(sealer, &dossier)?)))
}

/// Where the sealed owner of an item belongs.
pub(super) fn place(item: Uuid) -> String {
    format!("digitisation_owner:{item}")
}
