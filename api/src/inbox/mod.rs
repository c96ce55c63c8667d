//! What the national portal sends: its messages in, what became of them for administrators, flags for the desk, land tax.

mod callback;
mod caller;
mod changes;
mod flags;
mod heard;
mod look_ups;
mod messages;
mod papers;
mod placing;
mod replay;
mod tax;
mod tax_notices;
mod told;

pub(crate) use callback::*;
pub(crate) use flags::*;
pub(crate) use messages::*;
pub(crate) use replay::*;
pub(crate) use tax_notices::*;
