//! The post: papers fetched from home, results carried there, minutes, proof, prices, and what a postman carries today.

mod back;
mod callback;
mod cancellation;
mod collection;
mod list;
mod minutes;
mod minutes_page;
mod places;
mod point;
mod price;
mod proof;
mod refused;
mod sending;
mod unit_carrier;
mod view;
mod waybills;

pub(crate) use back::*;
pub(crate) use callback::*;
pub(crate) use cancellation::*;
pub(crate) use collection::*;
pub(crate) use list::*;
pub(crate) use minutes::*;
pub(crate) use minutes_page::*;
pub(crate) use places::*;
pub(crate) use point::*;
pub(crate) use price::*;
pub(crate) use proof::*;
pub(crate) use refused::*;
pub(crate) use sending::*;
pub(crate) use unit_carrier::*;
pub(crate) use view::*;
pub(crate) use waybills::*;
