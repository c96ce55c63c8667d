//! Who sees an item of the queue, and who may do something about it.

use super::{Item, reading};
use crate::error::Error;
use crate::tables::dossiers;
use rules::access::{PROVINCE_READERS, Sight, UNIT_READERS};
use rules::actor::{Actor, Role};
use sea_orm::{ConnectionTrait, EntityTrait};
use uuid::Uuid;

/// Roles that scan, try again and stop the machine.
pub const SCANNERS: &[Role] = &[Role::DeskOfficer, Role::CaseOfficer, Role::PostalClerk];

/// Roles that leave a paper out for a reason.
pub const DROPPERS: &[Role] = &[Role::DeskOfficer, Role::Approver];

/// Roles that see the pages and the fields, as in the store itself.
pub const PAPER_READERS: &[Role] = &[Role::DeskOfficer, Role::CaseOfficer, Role::Approver];

/// An item with the units that have to do with it: the one whose queue it is in, and those of its dossier.
#[derive(Debug, Clone)]
pub struct Placed {
    /// The item.
    pub item: Item,
    /// The units.
    pub units: Vec<Uuid>,
}

/// An item that this person may see, with how much of it; others do not exist for them.
pub async fn find_for<C: ConnectionTrait>(db: &C, by: &Actor, id: Uuid) -> Result<(Placed, Sight), Error> {
    let placed = placed(db, reading::find(db, id).await?).await?;
    match sight(by, &placed) {
        Sight::None => Err(Error::NotFound("digitisation")),
        seen => Ok((placed, seen)),
    }
}

/// An item with its units.
pub async fn placed<C: ConnectionTrait>(db: &C, item: Item) -> Result<Placed, Error> {
    let mut units = vec![item.unit_id];
    if let Some(dossier) = item.dossier_id
        && let Some(dossier) = dossiers::Entity::find_by_id(dossier).one(db).await?
    {
        units.extend([dossier.unit_id, dossier.authority_id]);
    }
    Ok(Placed { item, units })
}

/// What a person sees of an item: its units all of it, those who oversee the province without words about people.
pub fn sight(by: &Actor, placed: &Placed) -> Sight {
    if by.is(Role::Office) || may(by, placed, UNIT_READERS) {
        return Sight::Full;
    }
    if PROVINCE_READERS.iter().any(|role| by.is(*role)) { Sight::Masked } else { Sight::None }
}

/// The person holds one of these roles at a unit of the item.
pub fn may(by: &Actor, placed: &Placed, roles: &[Role]) -> bool {
    placed.units.iter().any(|unit| roles.iter().any(|role| by.is_at(*role, *unit)))
}
