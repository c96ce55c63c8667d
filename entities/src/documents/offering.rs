//! What the store holds for the papers of a procedure, so that nobody is asked for them again (R-J1, D-04).

use super::{Model, valid};
use crate::error::Error;
use chrono::NaiveDate;
use rules::procedure::Component;
use sea_orm::ConnectionTrait;

/// A document that may stand for a component.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Offer {
    /// Code of the component.
    pub component: String,
    /// Its Vietnamese name.
    pub name: String,
    /// The document.
    pub document: Model,
}

/// What an owner's shelf holds for these components on a local day: by type and validity, newest first.
pub async fn offers<C: ConnectionTrait>(
    db: &C,
    shelf: &str,
    components: &[Component],
    day: NaiveDate,
) -> Result<Vec<Offer>, Error> {
    let types: Vec<&str> = components.iter().filter_map(|c| c.paper_type.as_deref()).collect();
    let held = valid(db, shelf, &types, day).await?;
    let offered = components.iter().flat_map(|component| {
        let fits = |document: &&Model| component.paper_type.as_ref() == Some(&document.paper_type);
        held.iter().filter(fits).map(|document| Offer {
            component: component.code.clone(),
            name: component.name.clone(),
            document: document.clone(),
        })
    });
    Ok(offered.collect())
}
