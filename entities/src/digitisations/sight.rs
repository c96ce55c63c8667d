//! Who sees an item of the queue, and who may do something about it.

use super::{Item, reading};
use crate::error::Error;
use crate::tables::dossiers;
use rules::access::{Relation, Sight, Thing, everywhere, sight_at};
use rules::actor::{Actor, Role};
use sea_orm::{ConnectionTrait, EntityTrait};
use uuid::Uuid;

/// Roles that scan, try again and stop the machine.
pub const SCANNERS: &[Role] = &[Role::DeskOfficer, Role::CaseOfficer, Role::PostalClerk];

/// Roles that leave a paper out for a reason.
pub const DROPPERS: &[Role] = &[Role::DeskOfficer, Role::Approver];

/// An item with the units that have to do with it: the one whose queue it is in, and those of its dossier.
#[derive(Debug, Clone)]
pub struct Placed {
    /// The item.
    pub item: Item,
    /// The units, and how they stand to it.
    pub units: Vec<(Relation, Uuid)>,
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
    let mut units = vec![(Relation::Unit, item.unit_id)];
    if let Some(dossier) = item.dossier_id
        && let Some(dossier) = dossiers::Entity::find_by_id(dossier).one(db).await?
    {
        units.extend([(Relation::Unit, dossier.unit_id), (Relation::Competent, dossier.authority_id)]);
    }
    Ok(Placed { item, units })
}

/// What a person sees of an item: its units all of it, those who oversee the province without words about people.
pub fn sight(by: &Actor, placed: &Placed) -> Sight {
    sight_of(by, Thing::Digitisations, placed)
}

/// The person sees its pages and fields, as in the store itself.
pub fn sees_pages(by: &Actor, placed: &Placed) -> bool {
    sight_of(by, Thing::Pages, placed) == Sight::Full
}

fn sight_of(by: &Actor, thing: Thing, placed: &Placed) -> Sight {
    let near = placed.units.iter().map(|place| sight_at(by, thing, *place));
    near.fold(everywhere(by, thing), Sight::max)
}

/// The person holds one of these roles at a unit of the item.
pub fn may(by: &Actor, placed: &Placed, roles: &[Role]) -> bool {
    placed.units.iter().any(|(_, unit)| roles.iter().any(|role| by.is_at(*role, *unit)))
}
