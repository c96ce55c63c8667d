//! `POST /v1/admin/assignments`: an officer is given a role at a unit, or for the whole province.

use super::assignment_view::AssignmentView;
use super::must_run_people;
use crate::catalogue::keys;
use crate::manners::answer::Answer;
use crate::manners::ask::Ask;
use crate::office::Office;
use crate::problems::Problem;
use actix_web::{HttpResponse, post, web};
use chrono::{DateTime, Utc};
use entities::Error;
use entities::catalogue::units;
use entities::people::{Held, assign, show};
use rules::access::{Reach, reach};
use rules::actor::{Assignment, Role};
use rules::local_time::local_date;
use rules::refusal::Violation;
use sea_orm::ConnectionTrait;
use serde::Deserialize;
use utoipa::ToSchema;
use uuid::Uuid;

/// Who is given which role.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct NewAssignment {
    /// Issuer and subject of the officer's tokens, joined by `|`; the issuer is one set up here.
    #[schema(max_length = 400, example = "https://sso.tinh.example/realms/motcua|0f8fad5b")]
    subject: String,
    /// Name that others read.
    #[schema(min_length = 1, max_length = 255, example = "Hoàng Văn Cửa")]
    name: String,
    /// Title at the unit, as the national portal is told it.
    #[schema(min_length = 1, max_length = 255, example = "Cán bộ một cửa")]
    title: String,
    /// The role: one that is given here, not one that comes with the sign-in.
    #[schema(value_type = keys::Role)]
    role: Role,
    /// The unit it is held at; absent for `procedure_controller`, `inspector` and `administrator`, who serve the province.
    unit: Option<Uuid>,
}

/// Give an officer a role
///
/// From now on, until it is ended. A person may hold several roles, at one unit or at many.
#[utoipa::path(tag = "admin",
    params(("Idempotency-Key" = String, Header, description = "1 to 255 visible ASCII characters.")),
    request_body(content = NewAssignment, example = json!({
        "subject": "https://sso.tinh.example/realms/motcua|0f8fad5b", "name": "Hoàng Văn Cửa",
        "title": "Cán bộ một cửa", "role": "desk_officer", "unit": "019a0000-0000-7000-8000-000000000002"})),
    responses((status = 201, body = AssignmentView, description = "The assignment.",
        example = json!({"id": "019a0000-0000-7000-8000-000000000001",
        "subject": "https://sso.tinh.example/realms/motcua|0f8fad5b", "name": "Hoàng Văn Cửa",
        "title": "Cán bộ một cửa", "role": "desk_officer", "unit": "019a0000-0000-7000-8000-000000000002",
        "valid_from": "2026-03-10T02:00:00Z", "valid_to": null}))))]
#[post("/v1/admin/assignments")]
pub(crate) async fn assign_role(
    office: web::Data<Office>,
    ask: Ask<NewAssignment>,
) -> Result<HttpResponse, Problem> {
    must_run_people(&ask.facts.actor)?;
    let Ask { facts, body } = ask;
    let mut misfits = body.misfits(office.verifier.could_sign_in(&body.subject));
    office
        .once(&facts, async |tx, at| {
            misfits.extend(unit_misfit(tx, body.unit, at).await?);
            if !misfits.is_empty() {
                return Err(Problem::invalid(misfits));
            }
            let id = assign(tx, &body.subject, &body.held(), at).await?;
            let view = AssignmentView::of(show(tx, id).await?)?;
            Ok(Answer::created(format!("/v1/admin/assignments/{id}"), &view)?.ringing([]))
        })
        .await
}

impl NewAssignment {
    fn held(&self) -> Held {
        let assignment = Assignment { role: self.role, unit: self.unit };
        Held { assignment, name: self.name.trim().into(), title: self.title.trim().into() }
    }

    fn misfits(&self, could_sign_in: bool) -> Vec<Violation> {
        let mut misfits: Vec<_> =
            [("/name", &self.name), ("/title", &self.title)].into_iter().filter_map(unfit).collect();
        if !could_sign_in || !fits(&self.subject, 400) {
            misfits.push(misfit(
                "/subject",
                "subject_unknown",
                "Ghi theo dạng `issuer|subject`, với issuer mà cơ quan đang chấp nhận.",
                "Say `issuer|subject`, with an issuer that this office takes tokens of.",
            ));
        }
        misfits.extend(self.misplaced());
        misfits
    }

    fn misplaced(&self) -> Option<Violation> {
        match (reach(self.role), self.unit) {
            (Some(Reach::Unit), Some(_)) | (Some(Reach::Province), None) => None,
            (None, _) => Some(misfit(
                "/role",
                "role_not_given",
                "Vai trò này đi kèm tài khoản đăng nhập, không phân công được.",
                "This role comes with the sign-in; it cannot be given.",
            )),
            (Some(Reach::Unit), None) => Some(misfit(
                "/unit",
                "unit_missing",
                "Vai trò này gắn với một đơn vị; hãy nêu đơn vị.",
                "This role is held at a unit; name it.",
            )),
            (Some(Reach::Province), Some(_)) => Some(misfit(
                "/unit",
                "unit_out_of_place",
                "Vai trò này dùng cho cả tỉnh; không nêu đơn vị.",
                "This role is held for the whole province; name no unit.",
            )),
        }
    }
}

async fn unit_misfit(
    db: &impl ConnectionTrait,
    unit: Option<Uuid>,
    at: DateTime<Utc>,
) -> Result<Option<Violation>, Error> {
    let Some(unit) = unit else { return Ok(None) };
    match units::by_id(db, unit).await {
        Ok(found) if found.exists_on(local_date(at)) => Ok(None),
        Ok(_) | Err(Error::NotFound(_)) => {
            let (vi, en) = ("Không có đơn vị này.", "There is no such unit.");
            Ok(Some(misfit("/unit", "unit_unknown", vi, en)))
        }
        Err(other) => Err(other),
    }
}

fn unfit((pointer, text): (&str, &String)) -> Option<Violation> {
    let (vi, en) = ("Cần 1 đến 255 ký tự.", "This has 1 to 255 characters.");
    (!fits(text, 255)).then(|| misfit(pointer, "length", vi, en))
}

fn fits(text: &str, most: usize) -> bool {
    (1..=most).contains(&text.trim().chars().count()) && !text.chars().any(char::is_control)
}

fn misfit(pointer: &str, code: &'static str, vi: &str, en: &str) -> Violation {
    Violation { pointer: pointer.into(), code, vi: vi.into(), en: en.into() }
}
