//! Notices: who is told what of which event, through which channel, when, and in which words.

mod channel;
mod checking;
mod event;
mod links;
mod markup;
mod placeholders;
mod quiet;
mod routing;
mod texts;
mod wording;

pub use channel::NoticeChannel;
pub use checking::check;
pub use event::{NoticeEvent, Whom};
pub use placeholders::{Words, samples};
pub use quiet::QuietHours;
pub use routing::{Reach, Wishes, route};
pub use texts::{Phone, phone, segments};
pub use wording::{Part, Wording, fill, letter, part};
