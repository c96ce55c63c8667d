//! Consultations as the unit that is asked meets them; they are opened at the dossier (law.md L-30).

mod answer;
mod list;
mod show;
mod view;

pub(crate) use answer::*;
pub(crate) use list::*;
pub(crate) use show::*;
pub(crate) use view::*;
