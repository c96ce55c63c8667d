//! One paper to be digitised (lượt số hóa): why, how far it is, and what it waits for.

use sea_orm::entity::prelude::*;

/// A row of `digitisations`.
#[derive(Debug, Clone, Default, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "digitisations")]
pub struct Model {
    /// Key.
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: Uuid,
    /// The unit whose desk must see to it.
    pub unit_id: Uuid,
    /// Tier of the unit when it was written.
    pub tier: String,
    /// `intake`, `result` or `backlog`.
    pub origin: String,
    /// `dossier` or `result`: which of the two shares it counts in (R-C3).
    pub kind: String,
    /// Why: `earlier_result`, `sector_law`, `decision`, `result` or `plan` (D-01, D-02).
    pub ground: String,
    /// The dossier; none for an old paper.
    pub dossier_id: Option<Uuid>,
    /// The paper of the dossier.
    pub paper_id: Option<Uuid>,
    /// Code of the component or result.
    pub component: Option<String>,
    /// The batch of an old paper.
    pub batch_id: Option<Uuid>,
    /// Folder (tập) in the box of the batch.
    pub folder: Option<String>,
    /// Number in the inventory (số thứ tự mục lục).
    pub inventory: Option<String>,
    /// Name of the paper for people.
    pub name: String,
    /// Type of paper (mã loại giấy tờ), once known.
    pub paper_type: Option<String>,
    /// Owner as JSON of `documents::Owner`, sealed; of an old paper only, else the applicant.
    pub owner_sealed: Option<String>,
    /// Blind index of the owner id number, of an old paper.
    pub owner_index: Option<String>,
    /// What was scanned or handed in; none while it waits for the scanner.
    pub file_id: Option<Uuid>,
    /// `scan`, `inspect`, `normalise`, `recognise`, `signatures`, `extract`, `check`, `file` or `filed`.
    pub stage: String,
    /// `waiting` for a person or a tool, `working`, `stuck`, `filed` or `dropped`.
    pub state: String,
    /// `scanner`, `inspection`, `tools`, `check`, `owner` or `operator`, while it waits or is stuck.
    pub waits_for: Option<String>,
    /// Last trouble in words; never personal data.
    pub trouble: Option<String>,
    /// Attempts at the stage it is in.
    pub attempts: i32,
    /// 0 for intake, 1 for results, 5 for the backlog; smaller goes first.
    pub priority: i32,
    /// Pages, once counted.
    pub pages: Option<i32>,
    /// Pages whose text was read.
    pub pages_done: i32,
    /// When somebody asked to stop the machine; the item waits for an operator then.
    pub cancelled_at: Option<DateTimeUtc>,
    /// The document of the store it became.
    pub document_id: Option<Uuid>,
    /// Last local day on which the paper counts; none without end (R-C4).
    pub valid_until: Option<Date>,
    /// Subject of the officer at the scanner.
    pub scanned_by: Option<String>,
    /// Name of that officer.
    pub scanned_name: Option<String>,
    /// When it was written.
    pub opened_at: DateTimeUtc,
    /// Last step.
    pub updated_at: DateTimeUtc,
    /// When the sweep last found its job still to come.
    pub swept_at: Option<DateTimeUtc>,
    /// Filed or dropped.
    pub ended_at: Option<DateTimeUtc>,
    /// Row version; the ETag.
    pub version: i32,
}

/// No joins: rows are read by key.
#[derive(Debug, Clone, Copy, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
