//! What an officer does about an item, judged first: hand in a scan, drop it, try again, stop the machine.

use super::next_job::resume;
use super::people::{self, Hand};
use super::sight::{DROPPERS, Placed, SCANNERS, find_for, may};
use super::{Item, advance, reading};
use crate::dossiers::Door;
use crate::error::Error;
use crate::files::{self, State};
use rules::access::Sight;
use rules::actor::{Actor, Role};
use rules::papers::{ItemState, Origin, Stage, WaitsFor};
use rules::refusal::{Block, Refusal, Violation};
use uuid::Uuid;

/// What may be done about an item.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Step {
    /// Hand in what was scanned.
    Scan,
    /// Leave it out for a reason.
    Drop,
    /// Let the machine try again.
    Retry,
    /// Stop the machine.
    Cancel,
}

impl Step {
    const ALL: [Self; 4] = [Self::Scan, Self::Drop, Self::Retry, Self::Cancel];

    /// Key in answers; the last word of its address.
    pub fn key(self) -> &'static str {
        match self {
            Self::Scan => "scan",
            Self::Drop => "drop",
            Self::Retry => "retry",
            Self::Cancel => "cancellation",
        }
    }

    fn roles(self) -> &'static [Role] {
        match self {
            Self::Drop => DROPPERS,
            Self::Scan | Self::Retry | Self::Cancel => SCANNERS,
        }
    }

    /// Why it cannot be done to an item as it stands.
    fn block(self, item: &Item) -> Option<Block> {
        let (over, stopped) = (item.ended_at.is_some(), item.cancelled_at.is_some());
        let halted =
            item.state == ItemState::Stuck.key() || item.waits_for.as_deref() == Some(WaitsFor::Tools.key());
        let by_hand = [Stage::Scan, Stage::Check].iter().any(|stage| item.stage == stage.key());
        match self {
            _ if over => Some(OVER),
            Self::Scan if item.origin == Origin::Result.key() => Some(ISSUED),
            Self::Retry if !halted || by_hand => Some(NOT_STUCK),
            Self::Cancel if stopped || by_hand => Some(NOT_RUNNING),
            _ => None,
        }
        .map(|(code, vi, en)| block(code, vi, en))
    }
}

const OVER: (&str, &str, &str) =
    ("item_over", "Lượt số hóa này đã kết thúc.", "This paper is digitised already, or was left out.");
const ISSUED: (&str, &str, &str) = (
    "result_is_issued",
    "Tệp kết quả do người có thẩm quyền ký ban hành nên không quét thay được; nếu tệp sai, hãy đính chính kết quả.",
    "The file of a result is the one that was signed and issued; if it is wrong, correct the result.",
);
const NOT_STUCK: (&str, &str, &str) = (
    "not_stuck",
    "Lượt số hóa này không bị vướng nên không cần thử lại.",
    "Nothing holds this paper up, so there is nothing to try again.",
);
const NOT_RUNNING: (&str, &str, &str) = (
    "not_running",
    "Máy không làm việc với giấy tờ này nên không có gì để dừng.",
    "The machine is not at work on this paper, so there is nothing to stop.",
);

fn block(code: &'static str, vi: &str, en: &str) -> Block {
    Block { code, vi: vi.into(), en: en.into(), legal_basis: None }
}

/// What this person may do about an item now.
pub fn allowed(by: &Actor, placed: &Placed) -> Vec<Step> {
    let may = |step: &Step| may(by, placed, step.roles()) && step.block(&placed.item).is_none();
    Step::ALL.into_iter().filter(may).collect()
}

impl Door<'_> {
    /// Takes a scan for an item and has it looked at; fails when the file is not the person's own or was refused.
    pub async fn scan(&self, id: Uuid, expected: Option<i32>, file: Uuid) -> Result<Item, Error> {
        let placed = self.paper_in_hand(id, expected, Step::Scan).await?;
        let stored = files::find_all(self.tx, &[file]).await?;
        let usable = stored.iter().any(|f| f.owner == self.by.subject && f.state != State::Refused);
        if !usable {
            return Err(Error::Invalid(vec![Violation {
                pointer: "/file".into(),
                code: "file_unknown",
                vi: "Không tìm thấy tệp bạn đã tải lên, hoặc tệp không qua kiểm tra.".into(),
                en: "No such file of yours, or it failed its inspection.".into(),
            }]));
        }
        people::scanned(self.tx, &placed.item, file, &Hand::of(self)).await?;
        reading::find(self.tx, id).await
    }

    /// Leaves a paper out for a reason in words; the dossier goes on if it waited for nothing else.
    pub async fn drop_item(&self, id: Uuid, expected: Option<i32>, reason: &str) -> Result<Item, Error> {
        let placed = self.paper_in_hand(id, expected, Step::Drop).await?;
        if !reason.chars().any(char::is_alphabetic) || reason.chars().count() > LONGEST {
            return Err(Error::Invalid(vec![Violation {
                pointer: "/reason".into(),
                code: "reason_missing",
                vi: "Phải nêu lý do bằng lời, tối đa 1.000 ký tự.".into(),
                en: "A reason in words is needed, of at most 1,000 characters.".into(),
            }]));
        }
        people::dropped(self.tx, &placed.item, reason, &Hand::of(self)).await?;
        if let Some(dossier) = placed.item.dossier_id {
            let office = Actor::office();
            Door { by: &office, ..*self }.paper_ended(dossier).await?;
        }
        reading::find(self.tx, id).await
    }

    /// Lets the machine try again from the stage at which the item stands.
    pub async fn retry_item(&self, id: Uuid, expected: Option<i32>) -> Result<Item, Error> {
        let placed = self.paper_in_hand(id, expected, Step::Retry).await?;
        let stage = Stage::from_key(&placed.item.stage);
        let stage = stage.ok_or_else(|| Error::damaged("digitisations.stage", &placed.item.stage))?;
        people::resume(self.tx, id, self.at).await?;
        advance(self.tx, id, stage, self.at).await?;
        people::note(self.tx, id, "retried", None, &Hand::of(self)).await?;
        resume(self.tx, &placed.item, self.at).await?;
        reading::find(self.tx, id).await
    }

    /// Stops the machine; the item waits for somebody who scans it again, tries again or drops it.
    pub async fn cancel_item(&self, id: Uuid, expected: Option<i32>) -> Result<Item, Error> {
        self.paper_in_hand(id, expected, Step::Cancel).await?;
        people::stopped(self.tx, id, &Hand::of(self)).await?;
        reading::find(self.tx, id).await
    }

    /// The item, locked, when the person may see it, saw it last as it is, and may do this to it.
    async fn paper_in_hand(&self, id: Uuid, expected: Option<i32>, step: Step) -> Result<Placed, Error> {
        let (mut placed, sight) = find_for(self.tx, self.by, id).await?;
        placed.item = reading::find_locked(self.tx, id).await?;
        if expected.is_some_and(|version| version != placed.item.version) {
            return Err(Error::Stale);
        }
        let stranger = sight != Sight::Full || !may(self.by, &placed, step.roles());
        let wrong_role = stranger.then(|| {
            let (vi, en) = (
                "Vai trò của bạn không được làm việc này với giấy tờ này.",
                "Your role may not do this to this paper.",
            );
            block("wrong_role", vi, en)
        });
        let blocked_by: Vec<Block> = wrong_role.into_iter().chain(step.block(&placed.item)).collect();
        if blocked_by.is_empty() {
            return Ok(placed);
        }
        let allowed = allowed(self.by, &placed).into_iter().map(Step::key).collect();
        Err(Refusal { act: step.key(), status: None, blocked_by, allowed }.into())
    }
}

/// Longest reason, in characters.
const LONGEST: usize = 1_000;
