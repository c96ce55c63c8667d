//! Dossiers at other units that a dossier waits for (liên thông).

use super::DossierLine;
use crate::identity::Asker;
use crate::manners::answer::Answer;
use crate::manners::ask::Ask;
use crate::manners::etag::IfMatch;
use crate::manners::language::Language;
use crate::office::Office;
use crate::problems::Problem;
use actix_web::{HttpResponse, get, post, web};
use chrono::{DateTime, Utc};
use entities::Error;
use entities::dossiers::children::family::{self, HELD};
use entities::dossiers::children::opening::Opened;
use entities::dossiers::children::ordering::{ChildOrder, Which};
use entities::dossiers::reading;
use entities::tables::dossiers::Model;
use rules::access::Sight;
use rules::lang::Lang;
use rules::lifecycle::ActKind;
use rules::refusal::Violation;
use rules::status::Status;
use sea_orm::ConnectionTrait;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;
use uuid::Uuid;

/// Which dossier to open: one of the procedure's plan, or one said in full.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
#[schema(as = ChildOrder)]
pub(crate) struct ChildOrderBody {
    /// Key in the plan of the procedure; then procedure, unit, shared and after are left out.
    #[serde(default)]
    #[schema(max_length = 60, example = "thuong-tru")]
    plan: Option<String>,
    /// National code of its procedure.
    #[serde(default)]
    #[schema(max_length = 30, example = "1.004222")]
    procedure: Option<String>,
    /// The unit that settles it.
    #[serde(default)]
    unit: Option<Uuid>,
    /// Codes of the components whose papers that unit gets; it sees no others.
    #[serde(default)]
    #[schema(max_items = 100)]
    shared: Vec<String>,
    /// The child it waits for; without one an electronic dossier runs at once and a paper one at the end of the line.
    #[serde(default)]
    after: Option<Uuid>,
    /// Its e-form; without one it gets what the forms of both procedures have in common.
    #[serde(default)]
    #[schema(value_type = Option<Object>)]
    form: Option<serde_json::Value>,
}

/// A dossier at another unit, as those see it who see the main one.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = ChildDossier, example = json!({"id": "0194f3c0-0000-7000-8000-00000000000d", "code": "H55.102-261123-0001",
    "procedure": "1.004222", "procedure_name": "Đăng ký thường trú", "unit": "0194f3c0-0000-7000-8000-00000000000a",
    "unit_name": "Ủy ban nhân dân xã Chợ Đồn", "status": "received", "status_code": 2, "status_name": "Được tiếp nhận",
    "held": false, "place": null, "over": false, "submitted_at": "2026-11-23T01:00:00Z",
    "answer_due_at": "2026-11-23T10:00:00Z", "due_at": "2026-12-03T10:00:00Z", "decided_at": null, "fee_total": 0,
    "fee_state": "none"}))]
pub(crate) struct ChildView {
    /// Key.
    id: Uuid,
    /// Mã số hồ sơ, of the other unit's series.
    code: String,
    /// National code of its procedure.
    procedure: String,
    /// Name of its procedure.
    procedure_name: String,
    /// The unit that settles it.
    unit: Uuid,
    /// Name of that unit.
    unit_name: String,
    /// National status.
    status: String,
    /// National code of the status, 1 to 10.
    status_code: u8,
    /// Name of the status in the reader's language.
    status_name: &'static str,
    /// It waits for one before it in the line.
    held: bool,
    /// Place in the line; null when it runs at once.
    place: Option<i32>,
    /// Its unit is done with it.
    over: bool,
    /// Opened.
    submitted_at: DateTime<Utc>,
    /// By when that unit must answer; null while it is held.
    answer_due_at: Option<DateTime<Utc>>,
    /// Due; null before its reception and while its clock stands.
    due_at: Option<DateTime<Utc>>,
    /// Result issued.
    decided_at: Option<DateTime<Utc>>,
    /// Sum asked in đồng, payable at the desk of the main dossier.
    fee_total: i64,
    /// `none`, `owed` or `paid`.
    fee_state: String,
}

/// The act as it was recorded on the main dossier, and the dossier it opened.
#[derive(Debug, Serialize, ToSchema)]
#[schema(example = json!({"act": "open_child", "entry": 3, "at": "2026-11-23T02:30:00Z", "dossier": {
    "id": "0194f3c0-0000-7000-8000-00000000000b", "code": "H55.121-261123-0001", "status": "received",
    "status_code": 2, "status_name": "Được tiếp nhận", "turn": "agency", "version": 3}, "child": {
    "id": "0194f3c0-0000-7000-8000-00000000000d", "code": "H55.102-261123-0001", "procedure": "1.004222",
    "unit_name": "Ủy ban nhân dân xã Chợ Đồn", "status": "submitted", "status_code": 1,
    "status_name": "Mới đăng ký", "held": false, "place": null, "over": false}}))]
pub(crate) struct OpenedChild {
    /// Key of the act.
    #[schema(example = "open_child")]
    act: &'static str,
    /// Number of the history entry of the main dossier.
    entry: i32,
    /// When.
    at: DateTime<Utc>,
    /// The main dossier after it.
    dossier: DossierLine,
    /// The dossier at the other unit.
    child: ChildView,
}

/// Open a dossier at another unit
///
/// It is a dossier of its own there, with a code, a clock and eight working hours to answer; that unit sees the shared
/// papers and nothing else of the main dossier, which gets no result before all its children are over (NĐ 61/2018 Đ19.6,
/// Đ19.7; L-31).
#[utoipa::path(
    tag = "dossiers",
    params(("id" = Uuid, Path, description = "Key of the main dossier"), ("If-Match" = String, Header, description = "ETag last seen"), ("Idempotency-Key" = String, Header, description = "A new key for each dossier; the same one when trying again")),
    request_body(content = ChildOrderBody, example = json!({"plan": "thuong-tru"})),
    responses((status = 201, body = OpenedChild, description = "Opened and recorded"), (status = 409, description = "Refused: what blocks and what is allowed", body = crate::problems::ProblemDocument, content_type = "application/problem+json"))
)]
#[post("/v1/dossiers/{id}/children")]
pub(crate) async fn open_child(
    office: web::Data<Office>,
    id: web::Path<Uuid>,
    seen: IfMatch,
    ask: Ask<ChildOrderBody>,
) -> Result<HttpResponse, Problem> {
    let Ask { facts, body } = ask;
    let order = body.order()?;
    let trace = facts.trace.traceparent();
    office
        .once(&facts, async |tx, at| {
            let door = facts.door(&office, tx, at, &trace);
            let Opened { parent, child, rows } = door.open_child(*id, seen.version(), &order).await?;
            let (entry, version) = (parent.entries, parent.version);
            let dossier = DossierLine::of(parent, Sight::Full, facts.lang)?;
            let location = format!("/v1/dossiers/{}", child.id);
            let child = office.child(tx, child, (facts.lang, at)).await?;
            let opened = OpenedChild { act: ActKind::OpenChild.key(), entry, at, dossier, child };
            Ok(Answer::created(location, &opened)?.versioned(version).writing(rows))
        })
        .await
}

/// List the dossiers at other units
///
/// For everybody who sees the main dossier: how far each is and when it is due.
#[utoipa::path(
    tag = "dossiers",
    params(("id" = Uuid, Path, description = "Key of the main dossier")),
    responses((status = 200, body = Vec<ChildView>))
)]
#[get("/v1/dossiers/{id}/children")]
pub(crate) async fn list_children(
    office: web::Data<Office>,
    id: web::Path<Uuid>,
    asker: Asker,
    Language(lang): Language,
) -> Result<HttpResponse, Problem> {
    let (db, at) = (office.db.reader(), office.clock.now());
    let (parent, _) = reading::find(db, &office.sealer, &asker, *id).await?;
    let mut views = Vec::new();
    for child in family::of(db, parent.id).await? {
        views.push(office.child(db, child, (lang, at)).await?);
    }
    Ok(HttpResponse::Ok().json(views))
}

impl ChildOrderBody {
    fn order(self) -> Result<ChildOrder, Problem> {
        let Self { plan, procedure, unit, shared, after, form } = self;
        let alone = procedure.is_none() && unit.is_none() && shared.is_empty() && after.is_none();
        let which = match (plan, procedure, unit) {
            (Some(key), ..) if alone => Which::Planned(key),
            (None, Some(procedure), Some(unit)) => Which::Free { procedure, unit, shared, after },
            _ => return Err(neither().into()),
        };
        Ok(ChildOrder { which, form })
    }
}

fn neither() -> Error {
    Error::Invalid(vec![Violation {
        pointer: "/plan".into(),
        code: "plan_or_procedure",
        vi: "Ghi khóa của hồ sơ liên thông trong quy trình, hoặc thủ tục và đơn vị.".into(),
        en: "Give the key of a planned dossier alone, or a procedure and a unit.".into(),
    }])
}

impl Office {
    async fn child<C: ConnectionTrait>(
        &self,
        db: &C,
        child: Model,
        (lang, at): (Lang, DateTime<Utc>),
    ) -> Result<ChildView, Problem> {
        let revised = self.catalogue.revision(db, child.revision_id).await?;
        let unit = self.catalogue.unit(db, child.unit_id, at).await?;
        let status = Status::from_key(&child.status);
        let status = status.ok_or_else(|| Error::damaged("dossiers.status", &child.status))?;
        Ok(ChildView {
            id: child.id,
            code: child.code,
            procedure: revised.national_code.clone(),
            procedure_name: revised.content.name.clone(),
            unit: child.unit_id,
            unit_name: unit.row.name.clone(),
            status: child.status,
            status_code: status.code(),
            status_name: lang.pick(status.name_vi(), status.name_en()),
            held: child.turn == HELD,
            place: child.place_in_line,
            over: rules::children::is_over(status),
            submitted_at: child.submitted_at,
            answer_due_at: child.answer_due_at,
            due_at: child.due_at,
            decided_at: child.decided_at,
            fee_total: child.fee_total,
            fee_state: child.fee_state,
        })
    }
}
