//! The e-document store: what lies there for a person, what it offers for a dossier, and who looked.

mod content;
mod ending;
mod for_dossier;
mod held;
mod mine;
mod offers;
mod uses;
mod view;

pub(crate) use content::*;
pub(crate) use ending::*;
pub(crate) use for_dossier::*;
pub(crate) use mine::*;
pub(crate) use offers::*;
pub(crate) use uses::*;
pub(crate) use view::*;
