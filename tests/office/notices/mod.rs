//! Notices: templates, channels one after the other, wishes, quiet hours, receipts and the inbox.

mod chains;
mod desk;
mod officers;
mod plans;
pub mod scene;
mod unsubscribing;
