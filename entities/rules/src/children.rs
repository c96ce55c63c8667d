//! Dossiers opened for another one (liên thông, L-31): which run at once, which wait, and who is called next.

use crate::procedure::Channel;
use crate::status::Status;
use uuid::Uuid;

/// A child dossier as the others of its parent look at it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Sibling {
    /// Key of the dossier.
    pub id: Uuid,
    /// Place in the line, from 1; none for one that runs at once.
    pub place: Option<i32>,
    /// Its time has not come.
    pub held: bool,
    /// Its unit is done with it.
    pub over: bool,
}

/// Where an officer wants a new child.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Wanted {
    /// As the law has it: electronic dossiers go to all units at once, paper ones from unit to unit (NĐ 61/2018 Đ19.6).
    AsUsual,
    /// Beside all others.
    AtOnce,
    /// At this place.
    At(i32),
}

/// A child is over with its result, or when it ended without one.
pub fn is_over(status: Status) -> bool {
    status == Status::Decided || status.is_final()
}

/// The place in the line of a new child; none when it runs at once.
pub fn place(wanted: Wanted, channel: Channel, siblings: &[Sibling]) -> Option<i32> {
    match wanted {
        Wanted::At(place) => Some(place),
        Wanted::AsUsual if channel != Channel::Online => Some(last(siblings) + 1),
        Wanted::AsUsual | Wanted::AtOnce => None,
    }
}

/// A child at this place has to wait: one with a smaller place is not over.
pub fn waits(place: Option<i32>, siblings: &[Sibling]) -> bool {
    let ahead = |sibling: &Sibling| !sibling.over && sibling.place < place;
    place.is_some() && siblings.iter().any(|sibling| sibling.place.is_some() && ahead(sibling))
}

/// Those who have waited and need not wait any longer.
pub fn called(siblings: &[Sibling]) -> Vec<Uuid> {
    let held = siblings.iter().filter(|sibling| sibling.held && !sibling.over);
    held.filter(|sibling| !waits(sibling.place, siblings)).map(|sibling| sibling.id).collect()
}

fn last(siblings: &[Sibling]) -> i32 {
    siblings.iter().filter_map(|sibling| sibling.place).max().unwrap_or(0)
}
