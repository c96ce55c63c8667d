//! The life of a dossier: one table, and the one function that walks it (law.md §1.2).

mod act_kind;
mod guards;
mod row;
mod table;

pub use act_kind::ActKind;
pub use guards::Guard;
pub use row::{Actors, Row, Target};
pub use table::{TABLE, picture};

use crate::actor::Actor;
use crate::deadlines::ClockKind;
use crate::forms::FormKind;
use crate::procedure::PaymentMoment;
use crate::refusal::{Block, Refusal};
use crate::status::Status;
use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};
use uuid::Uuid;

/// What the rules must know of a dossier to judge an act.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Standing {
    /// National status.
    pub status: Status,
    /// The legal clock has been started by a reception.
    pub received: bool,
    /// The asked papers are in and the agency has the turn again.
    pub supplement_answered: bool,
    /// Supplements asked after reception so far.
    pub rounds_used: u8,
    /// Supplements the procedure allows after reception (L-26, L-27).
    pub rounds_allowed: u8,
    /// Supplements may still be asked for after reception: the days for it are not over (L-25).
    pub rounds_open: bool,
    /// The legal clock has been started.
    pub started: bool,
    /// The clock starts when the competent unit takes the dossier in, not at reception (phi địa giới, L-20).
    pub starts_at_authority: bool,
    /// How often the due date has been put off.
    pub extensions_used: u8,
    /// How often it may be (L-40, L-42).
    pub extensions_allowed: u8,
    /// The last moment to say so has not passed (L-40).
    pub apology_open: bool,
    /// The due moment an extension asks for.
    pub new_due: Option<DateTime<Utc>>,
    /// Role of the step it stands at; none before the first step.
    pub step_role: Option<crate::actor::Role>,
    /// Another step follows.
    pub has_next_step: bool,
    /// A step lies behind.
    pub has_earlier_step: bool,
    /// Child dossiers that are not over (liên thông).
    pub open_children: u16,
    /// It is itself the child of another dossier.
    pub is_child: bool,
    /// It is a child whose time has not come.
    pub held: bool,
    /// The unit that opened it, when it is a child.
    pub sender: Option<Uuid>,
    /// Units asked for their opinion that have not answered (L-30).
    pub consulted: Vec<Uuid>,
    /// The fee, and when it is asked.
    pub fee: Fee,
    /// When the fee is asked.
    pub payment: PaymentMoment,
    /// A result file has been attached.
    pub has_result: bool,
    /// Originals that the desk keeps for comparison are not given back with this act (L-46).
    pub originals_kept: bool,
    /// The result is on its way to the person by post.
    pub in_the_post: bool,
    /// Names of papers that must be digitised and are not (R-C1).
    pub undigitised: Vec<String>,
    /// The person asking is the one it belongs to, or the desk for papers handed in there.
    pub mine: bool,
    /// Who has it on the desk.
    pub assignee: Option<String>,
    /// Receiving unit (nơi tiếp nhận).
    pub unit: Uuid,
    /// Competent unit (cơ quan có thẩm quyền).
    pub authority: Uuid,
}

/// Where the fee of a dossier stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Fee {
    /// Nothing is asked.
    None,
    /// Something is asked and not yet paid.
    Owed,
    /// All paid.
    Paid,
}

/// What follows outside the dossier; the door writes each as a job with its cause.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Effect {
    /// Tell the applicant.
    Notify,
    /// Tell the national portal.
    Push,
    /// Order the carriage of the result when it goes by post.
    Deliver,
    /// Make out a form.
    Form(FormKind),
}

/// The lawful outcome of an act.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Step {
    /// Status from now on.
    pub to: Status,
    /// Event on the legal clock.
    pub clock: Option<ClockKind>,
    /// Jobs to write.
    pub effects: &'static [Effect],
    /// The row of the table that allowed it.
    pub row: &'static Row,
}

/// Judges one act: the step that follows, or everything that blocks it.
///
/// `reason` is the text given with the act, empty when none. A refusal names every block and what is allowed instead.
pub fn step(now: &Standing, act: ActKind, reason: &str, by: &Actor) -> Result<Step, Refusal> {
    let row = table::row(act, now);
    let blocks = blocks(now, act, row, Some(reason), by);
    match (row, blocks.is_empty()) {
        (Some(row), true) => {
            Ok(Step { to: row.to.resolve(now), clock: row.clock(now), effects: row.effects, row })
        }
        _ => Err(Refusal {
            act: act.key(),
            status: Some(now.status),
            blocked_by: blocks,
            allowed: allowed(now, by).into_iter().map(ActKind::key).collect(),
        }),
    }
}

/// Acts this person may do now.
pub fn allowed(now: &Standing, by: &Actor) -> Vec<ActKind> {
    ActKind::ALL.into_iter().filter(|act| explain(now, *act, by).is_empty()).collect()
}

/// Everything that blocks `act` for this person now, apart from a missing reason.
pub fn explain(now: &Standing, act: ActKind, by: &Actor) -> Vec<Block> {
    blocks(now, act, table::row(act, now), None, by)
}

fn blocks(
    now: &Standing,
    act: ActKind,
    row: Option<&'static Row>,
    reason: Option<&str>,
    by: &Actor,
) -> Vec<Block> {
    let Some(row) = row else {
        return vec![guards::wrong_status(now.status, act)];
    };
    let who = (!row.actors.include(now, by)).then(|| guards::wrong_role(act));
    who.into_iter().chain(row.guards.iter().filter_map(|guard| guard.block(now, reason, by))).collect()
}
