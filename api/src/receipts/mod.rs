//! Fee receipts: series, the receipts themselves with the cancelled ones, and their sheet of the day (law.md F-10 to F-17).

mod cancellation;
mod issue;
mod list;
mod page;
mod series;
mod sheet;
mod show;
mod view;

pub(crate) use cancellation::*;
pub(crate) use issue::*;
pub(crate) use list::*;
pub(crate) use series::*;
pub(crate) use sheet::*;
pub(crate) use show::*;
pub(crate) use view::*;
