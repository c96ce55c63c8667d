//! The human check of an item through the door: who may key, what it is blocked by, and how the paper goes on.

use super::keyings::{self, Keyed};
use super::moving::Found;
use super::sight::{Placed, find_for, may};
use super::{Item, reading, stage_done, steps};
use crate::dossiers::Door;
use crate::error::Error;
use crate::jobs;
use rules::access::Sight;
use rules::actor::Role;
use rules::papers::Stage;
use rules::refusal::{Block, Refusal, Violation};
use sea_orm::ConnectionTrait;
use uuid::Uuid;

/// Roles that check what a machine read.
pub const CHECKERS: &[Role] = &[Role::DeskOfficer, Role::CaseOfficer, Role::Approver];

/// Most characters of one keyed value.
const LONGEST: usize = 2_000;

impl Door<'_> {
    /// Takes what the person read on the paper; once nothing waits for people any more, the paper is filed.
    ///
    /// Refused when the item does not wait for its check, for a settled field, and for one that they keyed before.
    pub async fn key_fields(&self, id: Uuid, expected: Option<i32>, keyed: &[Keyed]) -> Result<Item, Error> {
        let item = self.at_check(id, expected).await?;
        if keyed.is_empty() {
            return Err(Error::Invalid(vec![nothing()]));
        }
        if let Some(line) = keyed.iter().position(|one| one.value.chars().count() > LONGEST) {
            return Err(Error::Invalid(vec![too_long(line)]));
        }
        let who = (id, self.by.subject.as_str());
        let open = keyings::key(self.tx, self.sealer, who, keyed, self.at).await?;
        if open == 0 {
            self.check_ended(&item).await?;
        } else {
            steps::touched(self.tx, id, self.at).await?;
        }
        reading::find(self.tx, id).await
    }

    async fn check_ended(&self, item: &Item) -> Result<(), Error> {
        let found = Found {
            stage: Stage::Check,
            skipped: false,
            report: serde_json::json!({}),
            report_sealed: None,
            output_sha256: None,
            engine: "people".into(),
            millis: (self.at - item.updated_at).num_milliseconds().max(0),
        };
        stage_done(self.tx, item.id, found, Stage::File, self.at).await?;
        let job = steps::order(item, Stage::File, self.at);
        let job = job.map(|job| jobs::NewJob { traceparent: self.trace.map(Into::into), ..job });
        if let Some(rows) = jobs::insert(job.into_iter().collect(), self.at)? {
            self.tx.execute(&rows).await?;
        }
        Ok(())
    }

    /// The item, locked, when this person may check it and it waits for that.
    async fn at_check(&self, id: Uuid, expected: Option<i32>) -> Result<Item, Error> {
        let (mut placed, sight) = find_for(self.tx, self.by, id).await?;
        placed.item = reading::find_locked(self.tx, id).await?;
        if expected.is_some_and(|version| version != placed.item.version) {
            return Err(Error::Stale);
        }
        let blocked_by = blocks(&placed, sight == Sight::Full && may(self.by, &placed, CHECKERS));
        if blocked_by.is_empty() {
            return Ok(placed.item);
        }
        Err(Refusal { act: "keying", status: None, blocked_by, allowed: Vec::new() }.into())
    }
}

fn blocks(placed: &Placed, checker: bool) -> Vec<Block> {
    let role = (!checker).then(|| Block {
        code: "wrong_role",
        vi: "Vai trò của bạn không được kiểm tra dữ liệu của giấy tờ này.".into(),
        en: "Your role may not check the fields of this paper.".into(),
        legal_basis: None,
    });
    let waits = placed.item.stage == Stage::Check.key() && placed.item.ended_at.is_none();
    let elsewhere = (!waits).then(|| Block {
        code: "not_at_check",
        vi: "Giấy tờ này không chờ người kiểm tra dữ liệu.".into(),
        en: "This paper does not wait for people to check its fields.".into(),
        legal_basis: None,
    });
    role.into_iter().chain(elsewhere).collect()
}

fn nothing() -> Violation {
    Violation {
        pointer: "/fields".into(),
        code: "required",
        vi: "Hãy nhập ít nhất một trường.".into(),
        en: "Key one field at least.".into(),
    }
}

fn too_long(line: usize) -> Violation {
    Violation {
        pointer: format!("/fields/{line}/value"),
        code: "too_long",
        vi: format!("Mỗi trường tối đa {LONGEST} ký tự."),
        en: format!("A field has at most {LONGEST} characters."),
    }
}
