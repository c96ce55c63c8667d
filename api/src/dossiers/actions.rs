//! What may be done to a dossier now, and what blocks the rest.

use crate::identity::Asker;
use crate::manners::language::Language;
use crate::office::Office;
use crate::problems::{BlockDocument, Problem};
use actix_web::{HttpResponse, get, web};
use entities::dossiers::{reading, standing};
use serde::Serialize;
use utoipa::ToSchema;
use uuid::Uuid;

/// One act, and whether this person may do it now.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = Action, example = json!({"act": "accept", "name": "tiếp nhận hồ sơ", "allowed": false, "blocked_by": [
    {"code": "wrong_role", "message": "Vai trò của bạn tại đơn vị này không được tiếp nhận hồ sơ."}]}))]
pub(crate) struct ActionView {
    /// Key of the act.
    #[schema(example = "accept")]
    act: &'static str,
    /// Name of the act in the reader's language.
    name: &'static str,
    /// May be done now.
    allowed: bool,
    /// Everything that blocks it; empty when it may be done.
    blocked_by: Vec<BlockDocument>,
}

/// List what may be done to a dossier
///
/// Computed by the same table that judges the acts.
#[utoipa::path(
    tag = "dossiers",
    params(("id" = Uuid, Path, description = "Key of the dossier")),
    responses((status = 200, body = Vec<ActionView>))
)]
#[get("/v1/dossiers/{id}/actions")]
pub(crate) async fn show_actions(
    office: web::Data<Office>,
    id: web::Path<Uuid>,
    asker: Asker,
    Language(lang): Language,
) -> Result<HttpResponse, Problem> {
    let db = office.db.reader();
    let (dossier, _) = reading::find(db, &office.sealer, &asker, *id).await?;
    let revised = office.catalogue.revision(db, dossier.revision_id).await?;
    let around = standing::around(db, &dossier).await?;
    let who = (&office.sealer, &*asker, office.clock.now());
    let actions = standing::actions(who, &dossier, &revised, around)?;
    let views = actions.into_iter().map(|(act, blocks)| ActionView {
        act: act.key(),
        name: lang.pick(act.name_vi(), act.name_en()),
        allowed: blocks.is_empty(),
        blocked_by: blocks.iter().map(|block| BlockDocument::of(block, lang)).collect(),
    });
    Ok(HttpResponse::Ok().json(views.collect::<Vec<_>>()))
}
