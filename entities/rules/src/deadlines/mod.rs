//! The legal clock: due moments and their derivations, as pure functions of events and a calendar (law.md §3).

mod allotment;
mod due;
mod fixed;
mod fold;
mod limit;
mod national;
mod segment;
mod terms;
mod words;

pub use due::{Span, due};
pub use fixed::{
    answer_due, apology_by, on_time_by_date, on_time_to_the_second, supplement_request_due, transfer_by,
};
pub use fold::{ClockEvent, ClockKind, ClockPolicy, ClockState, Deadline, fold};
pub use limit::{TimeLimit, TimeUnit};
pub use national::{NationalFacts, SupplementWait, index_end, on_time_for_the_index};
pub use segment::{Counted, CountedUnit, Rule, Segment, Skipped, Worked};
pub use terms::Terms;
