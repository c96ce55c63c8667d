//! The JSON forms of readings and drafts.

use chrono::{DateTime, Utc};
use entities::Error;
use entities::columns::from_json;
use entities::publishing::{drafting, pulling};
use entities::tables::national_lines;
use rules::published::{Difference, PublishedProcedure, Remark};
use serde::Serialize;
use std::collections::BTreeMap;
use utoipa::ToSchema;
use uuid::Uuid;

/// A reading of the national catalogue.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = CataloguePull, example = json!({"id": "019a0000-0000-7000-8000-000000000001", "codes": [],
    "asked_by": "Bùi Thị Kiểm", "asked_at": "2026-11-18T02:00:00Z", "listed": 6214, "to_read": 49,
    "listed_at": "2026-11-18T02:00:03Z", "read": {"unchanged": 46, "drafted": 3}, "done": true}))]
pub(crate) struct PullView {
    /// Key; drafts come of it procedure by procedure.
    id: Uuid,
    /// National codes that were asked for; empty for all that are known here.
    codes: Vec<String>,
    /// Who asked.
    asked_by: String,
    /// When.
    asked_at: DateTime<Utc>,
    /// Procedures in the national list; absent until it was read.
    listed: Option<i32>,
    /// Procedures to be read one by one.
    to_read: Option<i32>,
    /// The list was read.
    listed_at: Option<DateTime<Utc>>,
    /// How many came to which end so far: `unchanged`, `drafted`, `kept` (a person is at work on the draft), `absent`.
    read: BTreeMap<String, i64>,
    /// All of them were read.
    done: bool,
}

impl PullView {
    pub(super) fn of(row: pulling::Model, read: BTreeMap<String, i64>) -> Result<Self, Error> {
        let so_far: i64 = read.values().sum();
        Ok(Self {
            id: row.id,
            codes: from_json("catalogue_pulls.codes", &row.codes)?,
            asked_by: row.asked_name,
            asked_at: row.asked_at,
            listed: row.listed,
            to_read: row.to_read,
            listed_at: row.listed_at,
            done: row.to_read.is_some_and(|all| i64::from(all) <= so_far),
            read,
        })
    }
}

/// A line of a list of the national database.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = NationalLine, example = json!({"code": "1.001193", "name": "Đăng ký khai sinh", "detail": "",
    "seen_at": "2026-11-18T02:00:03Z"}))]
pub(crate) struct LineView {
    /// Code.
    code: String,
    /// Name.
    name: String,
    /// Level of an agency as the portal writes it, sector of a field; empty for a procedure.
    detail: String,
    /// Last seen in the list.
    seen_at: DateTime<Utc>,
}

impl From<national_lines::Model> for LineView {
    fn from(row: national_lines::Model) -> Self {
        let national_lines::Model { code, name, detail, seen_at, .. } = row;
        Self { code, name, detail, seen_at }
    }
}

/// A draft of a revision, without what it says.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = RevisionDraftLine, example = json!({"id": "019a0000-0000-7000-8000-000000000002", "national_code": "1.001193",
    "state": "draft", "based_on": "019a0000-0000-7000-8000-000000000003", "created_at": "2026-11-18T02:00:05Z",
    "changed_at": "2026-11-18T02:00:05Z", "changed_by": null, "ended_at": null, "ended_by": null, "reason": null,
    "revision": null, "version": 1}))]
pub(crate) struct DraftLine {
    /// Key.
    id: Uuid,
    /// National procedure code.
    #[schema(example = "1.001193")]
    national_code: String,
    /// `draft`, `adopted` or `discarded`.
    #[schema(example = "draft")]
    state: String,
    /// The revision in force when it was made; absent for a procedure new here.
    based_on: Option<Uuid>,
    /// Made.
    created_at: DateTime<Utc>,
    /// Last written.
    changed_at: DateTime<Utc>,
    /// Person who last wrote it; absent while only the machine did.
    changed_by: Option<String>,
    /// Adopted or thrown away.
    ended_at: Option<DateTime<Utc>>,
    /// Who did.
    ended_by: Option<String>,
    /// Why it was adopted.
    reason: Option<String>,
    /// The revision it became.
    revision: Option<Uuid>,
    /// Row version, the ETag.
    version: i32,
}

impl From<drafting::Model> for DraftLine {
    fn from(row: drafting::Model) -> Self {
        Self {
            id: row.id,
            national_code: row.national_code,
            state: row.state,
            based_on: row.based_on,
            created_at: row.created_at,
            changed_at: row.changed_at,
            changed_by: row.changed_name,
            ended_at: row.ended_at,
            ended_by: row.ended_name,
            reason: row.reason,
            revision: row.revision_id,
            version: row.version,
        }
    }
}

/// A draft of a revision with what it changes.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = RevisionDraft, example = json!({"draft": {"id": "019a0000-0000-7000-8000-000000000002", "national_code": "1.001193",
    "state": "draft", "based_on": "019a0000-0000-7000-8000-000000000003", "created_at": "2026-11-18T02:00:05Z",
    "changed_at": "2026-11-18T02:00:05Z", "changed_by": null, "ended_at": null, "ended_by": null, "reason": null,
    "revision": null, "version": 1},
    "differences": [{"pointer": "/name", "vi": "Tên thủ tục", "en": "Name", "before": "Đăng ký khai sinh",
        "after": "Thủ tục đăng ký khai sinh"}],
    "remarks": [], "revision": {"name": "Thủ tục đăng ký khai sinh"}, "published": {"code": "1.001193"}}))]
pub(crate) struct DraftView {
    /// What is known about it.
    draft: DraftLine,
    /// What it changes against the revision in force, line by line.
    differences: Vec<DifferenceView>,
    /// What the machine did not decide; a person looks at each.
    remarks: Vec<RemarkView>,
    /// The whole revision, in the form of the seed files.
    #[schema(value_type = Object)]
    revision: serde_json::Value,
    /// What was published, as it was read.
    #[schema(value_type = Object)]
    published: serde_json::Value,
}

/// One thing that is said otherwise.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = RevisionDifference, example = json!({"pointer": "/components/KS-01", "vi": "Giấy tờ KS-01",
    "en": "Paper KS-01", "before": "Tờ khai (1 bản chính, 0 bản sao; bắt buộc / required)", "after": null}))]
struct DifferenceView {
    /// Where in the revision; parts of a list by their code.
    pointer: String,
    /// What it is, in Vietnamese.
    vi: String,
    /// What it is, in English.
    en: String,
    /// What is said now; absent for what is new.
    before: Option<String>,
    /// What the draft says; absent for what is gone.
    after: Option<String>,
}

/// Something that the machine did not decide.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = RevisionRemark)]
struct RemarkView {
    /// Where in the revision.
    pointer: String,
    /// In Vietnamese.
    vi: String,
    /// In English.
    en: String,
}

impl DraftView {
    pub(super) fn of(read: drafting::Read) -> Result<Self, Error> {
        let published: PublishedProcedure = from_json("revision_drafts.published", &read.row.published)?;
        let damaged = |error| Error::damaged("revision_drafts", error);
        Ok(Self {
            differences: read.differences.into_iter().map(DifferenceView::from).collect(),
            remarks: read.remarks.into_iter().map(RemarkView::from).collect(),
            revision: serde_json::to_value(&read.revision).map_err(damaged)?,
            published: serde_json::to_value(published).map_err(damaged)?,
            draft: read.row.into(),
        })
    }
}

impl From<Difference> for DifferenceView {
    fn from(found: Difference) -> Self {
        let Difference { pointer, vi, en, before, after } = found;
        Self { pointer, vi, en, before, after }
    }
}

impl From<Remark> for RemarkView {
    fn from(remark: Remark) -> Self {
        let Remark { pointer, vi, en } = remark;
        Self { pointer, vi, en }
    }
}
