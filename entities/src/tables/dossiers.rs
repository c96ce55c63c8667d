//! A dossier: the fold of its history, kept beside it for lists and queues.

use sea_orm::entity::prelude::*;

/// A row of `dossiers`.
#[derive(Debug, Clone, Default, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "dossiers")]
pub struct Model {
    /// Key.
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: Uuid,
    /// Mã số hồ sơ (C-10, C-11).
    pub code: String,
    /// The procedure.
    pub procedure_id: Uuid,
    /// The revision in force at submission.
    pub revision_id: Uuid,
    /// `r2018` or `r2025`.
    pub regime: String,
    /// Receiving unit (nơi tiếp nhận).
    pub unit_id: Uuid,
    /// Competent unit (cơ quan có thẩm quyền).
    pub authority_id: Uuid,
    /// Supporting unit (nơi hỗ trợ).
    pub support_unit_id: Option<Uuid>,
    /// `desk`, `online` or `post`.
    pub channel: String,
    /// Key of the national status.
    pub status: String,
    /// Key of the internal step.
    pub step: Option<String>,
    /// Who has the turn: `agency`, `applicant`, `handover`, `nobody`, or `held` for a child whose time has not come.
    pub turn: String,
    /// Key of the role whose work it is while the agency has the turn.
    pub waits_for: String,
    /// By when the agency must act: the answer limit, then the due date.
    pub act_by: DateTimeUtc,
    /// Subject of the officer who has it.
    pub assignee: Option<String>,
    /// Name of that officer.
    pub assignee_name: Option<String>,
    /// Subject of the person who handed it in for themselves; otherwise of no account.
    pub owner: String,
    /// `citizen`, `enterprise`, `state_body` or `organisation`.
    pub applicant_kind: String,
    /// Name of the applicant (chủ hồ sơ).
    pub applicant_name: String,
    /// The name without accents.
    pub applicant_folded: String,
    /// Blind index of the id number.
    pub applicant_index: Option<String>,
    /// `Applicant` as JSON, sealed.
    pub applicant_sealed: String,
    /// The national issuer vouched for the identity.
    pub identity_verified: bool,
    /// Trích yếu, at most 1,000 characters.
    pub summary: String,
    /// The e-form as JSON, sealed.
    pub form_sealed: String,
    /// JSON of `rules::fees::Quote`, as asked at submission.
    pub quote: String,
    /// Sum of the quote in đồng.
    pub fee_total: i64,
    /// `none`, `owed` or `paid`.
    pub fee_state: String,
    /// `desk`, `post` or `electronic`.
    pub return_method: String,
    /// Supplements asked after reception.
    pub rounds: i32,
    /// The asked papers are in.
    pub supplement_answered: bool,
    /// Who may set the status; `local` here.
    pub system_of_record: String,
    /// Number of history entries.
    pub entries: i32,
    /// Number of clock events.
    pub clock_events: i32,
    /// Row version; the ETag.
    pub version: i32,
    /// Handed in.
    pub submitted_at: DateTimeUtc,
    /// End of the 8 working hours to answer (L-11).
    pub answer_due_at: Option<DateTimeUtc>,
    /// Received.
    pub received_at: Option<DateTimeUtc>,
    /// Due; absent while the clock stands.
    pub due_at: Option<DateTimeUtc>,
    /// Result issued.
    pub decided_at: Option<DateTimeUtc>,
    /// Result handed over.
    pub returned_at: Option<DateTimeUtc>,
    /// Last act.
    pub updated_at: DateTimeUtc,
    /// Unit on whose desk it lies: the receiving one until the reception and again for the hand-over.
    pub desk_id: Option<Uuid>,
    /// The dossier it was opened for (liên thông).
    pub parent_id: Option<Uuid>,
    /// Place among the children that come one after the other, from 1; none for those that run at once.
    pub place_in_line: Option<i32>,
    /// How often the due date has been put off (L-42).
    pub extensions: i32,
    /// The due moment first printed on the receipt (L-41).
    pub first_due_at: Option<DateTimeUtc>,
    /// Last moment to apologise for being late (L-40).
    pub apology_by: Option<DateTimeUtc>,
    /// Last moment to ask for papers after reception (L-25); none without end.
    pub ask_by: Option<DateTimeUtc>,
    /// When the sweep of warnings looks at it again; none when nothing can become due.
    pub watch_at: Option<DateTimeUtc>,
    /// Number of hand-overs; the last one is open while the agency works on it.
    pub handovers: i32,
    /// End of the time allotted to the open hand-over.
    pub step_due_at: Option<DateTimeUtc>,
    /// JSON of `dossiers::process::Originals` that the desk keeps or kept for comparison (L-46).
    pub originals: Option<String>,
    /// How often its result was taken back to be corrected (L-48).
    pub corrections: i32,
    /// Hand-over minutes between postman and agency: the legal time of handing in by post (L-22).
    pub handed_over_at: Option<DateTimeUtc>,
    /// Last history entry of a child that its main dossier was told of.
    pub told_entry: Option<i32>,
    /// The national portal's own key, for a dossier that was handed in there.
    pub national_id: Option<String>,
    /// When it was handed in there, as the portal tells it; the clock goes by [`Model::submitted_at`].
    pub sent_at: Option<DateTimeUtc>,
    /// Subject of who handed it in for the applicant; none for one's own and for papers at a desk.
    pub holder: Option<String>,
    /// From when that person sees it no longer; none while their mandate has no end.
    pub held_until: Option<DateTimeUtc>,
    /// Its own key, wrapped by the ring; none for dossiers of before there were such keys, and once it was forgotten.
    pub key_wrapped: Option<String>,
}

/// No joins: rows are read by key.
#[derive(Debug, Clone, Copy, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
