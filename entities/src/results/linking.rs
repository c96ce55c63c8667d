//! Links to the file of a result: made by who may read it, good for a while, every fetching noted.

use super::{Model, kept};
use crate::chronicle::about::About;
use crate::chronicle::entry::{Happening, Kind, entry};
use crate::documents::{self, using};
use crate::dossiers::own_key::wrapped_keys;
use crate::dossiers::reading::may_read_file;
use crate::dossiers::{is_held, is_own};
use crate::error::Error;
use crate::files;
use crate::sealing::Sealer;
use crate::tables::result_links::{Column, Entity, Model as Link};
use crate::tables::{chronicle, dossiers, results};
use chrono::{DateTime, TimeDelta, Utc};
use rules::access::Sight;
use rules::actor::Actor;
use rules::refusal::{Block, Refusal};
use sea_orm::sea_query::{Expr, ExprTrait};
use sea_orm::{
    ColumnTrait, ConnectionTrait, DatabaseTransaction, EntityTrait, IntoActiveModel, QueryFilter, QueryOrder,
    QuerySelect, Select,
};
use uuid::Uuid;

/// Longest life of a link, in minutes: seven days.
pub const LONGEST: i64 = 7 * 24 * 60;

/// Makes a link. Refused while the fee is owed, for a result that has ended, and for who sees persons masked.
pub async fn make(
    tx: &DatabaseTransaction,
    sealer: &Sealer,
    by: &Actor,
    (row, dossier, sight): (&Model, &dossiers::Model, Sight),
    (purpose, minutes): (&str, i64),
    at: DateTime<Utc>,
) -> Result<Link, Error> {
    let file = files::find(tx, row.file_id).await?;
    let may_read = sight == Sight::Full && may_read_file(tx, sealer, by, &file).await?;
    let blocks = [
        (kept(row)?.stands(), ENDED),
        (dossier.fee_state != "owed" || may_read, UNPAID),
        (is_own(dossier, by, sealer) || !is_held(dossier, by), HELD),
        (may_read || dossier.fee_state == "owed" || !kept(row)?.stands(), NOT_YOURS),
    ];
    let blocked_by: Vec<Block> =
        blocks.into_iter().filter(|(holds, _)| !holds).map(|(_, said)| block(said)).collect();
    if !blocked_by.is_empty() {
        return Err(Refusal { act: "link_result", status: None, blocked_by, allowed: Vec::new() }.into());
    }
    let link = Link {
        id: Uuid::now_v7(),
        result_id: row.id,
        made_by: by.subject.clone(),
        made_name: by.name.chars().take(200).collect(),
        purpose: purpose.trim().chars().take(400).collect(),
        made_at: at,
        expires_at: at + TimeDelta::minutes(minutes),
        fetched: 0,
        fetched_at: None,
    };
    Entity::insert(link.clone().into_active_model()).exec_without_returning(tx).await?;
    Ok(link)
}

type Said = (&'static str, &'static str, &'static str);

const ENDED: Said = (
    "result_ended",
    "Kết quả này đã được thay thế hoặc thu hồi; hãy lấy đường dẫn của kết quả đang có hiệu lực.",
    "The result has been replaced or revoked; make a link to the one in force.",
);

const UNPAID: Said = (
    "fee_owed",
    "Hồ sơ còn phí, lệ phí phải nộp; nộp xong sẽ lấy được đường dẫn.",
    "A fee of this dossier is owed; the link can be made once it is paid.",
);

const NOT_YOURS: Said = (
    "result_not_readable",
    "Tài khoản này không được đọc tệp kết quả nên không lấy được đường dẫn.",
    "This account may not read the file of the result, so it cannot make a link to it.",
);

const HELD: Said = (
    "held_for_another",
    "Bạn đang nộp thay người khác; đường dẫn kết quả do chính người đề nghị hoặc cơ quan lấy.",
    "You hold this dossier for somebody else; links to the result are made by the applicant or the office.",
);

fn block((code, vi, en): Said) -> Block {
    Block { code, vi: vi.into(), en: en.into(), legal_basis: None }
}

/// A link and its result, as long as the result stands; none for a result that has ended since.
pub async fn behind<C: ConnectionTrait>(db: &C, id: Uuid) -> Result<Option<(Link, Model)>, Error> {
    let link = Entity::find_by_id(id).one(db).await?.ok_or(Error::NotFound("link"))?;
    let row = results::Entity::find_by_id(link.result_id).one(db).await?.ok_or(Error::NotFound("result"))?;
    Ok(kept(&row)?.stands().then_some((link, row)))
}

/// Notes one fetching: on the link, and among the uses of the document where the store keeps the result.
pub async fn note(
    tx: &DatabaseTransaction,
    sealer: &Sealer,
    (link, row): (&Link, &Model),
    at: DateTime<Utc>,
) -> Result<(), Error> {
    Entity::update_many()
        .filter(Column::Id.eq(link.id))
        .col_expr(Column::Fetched, Expr::col(Column::Fetched).add(1))
        .col_expr(Column::FetchedAt, Expr::value(at))
        .exec(tx)
        .await?;
    let kept = documents::reading::in_file(tx, row.file_id).await?;
    let kept: Vec<Uuid> =
        kept.iter().filter(|kept| kept.dossier_id == Some(row.dossier_id)).map(|kept| kept.id).collect();
    let who = Actor {
        subject: link.made_by.clone(),
        name: link.made_name.clone(),
        assignments: Vec::new(),
        ..Actor::office()
    };
    let purpose = format!("Tải qua đường dẫn có thời hạn: {}", link.purpose);
    let what = using::Use { kind: "read", dossier: None, unit: None, purpose: &purpose };
    let key = wrapped_keys(tx, &[row.dossier_id]).await?.remove(&row.dossier_id);
    let told = fetched(sealer, &who, (link, row, key), &purpose, at)?;
    chronicle::Entity::insert(told.into_active_model()).exec_without_returning(tx).await?;
    using::note(tx, &who, &kept, what, at).await
}

/// The fetching for the chronicle: nobody signs in for it, so it is in the name of who made the link.
fn fetched(
    sealer: &Sealer,
    who: &Actor,
    (link, row, key_wrapped): (&Link, &Model, Option<String>),
    purpose: &str,
    at: DateTime<Utc>,
) -> Result<chronicle::Model, Error> {
    let about = About {
        dossier: Some(row.dossier_id),
        units: vec![row.unit_id],
        owner_index: row.owner_index.clone(),
        account_index: About::account(&row.owner, sealer),
        key_wrapped,
    };
    let happening = Happening {
        kind: Kind::Read,
        what: "GET /v1/result-links/{id}",
        thing: Some(link.id),
        about,
        purpose: Some(purpose),
        change: (None, None),
        record: None,
        trace: None,
        at,
    };
    entry(sealer, who, happening)
}

/// The links of a result, newest first, below `before`.
pub async fn list<C: ConnectionTrait>(
    db: &C,
    result: Uuid,
    before: Option<Uuid>,
    limit: u64,
) -> Result<Vec<Link>, Error> {
    Ok(query(result, before, limit).all(db).await?)
}

/// The query of a list; public so that the planner can be asked about it.
pub fn query(result: Uuid, before: Option<Uuid>, limit: u64) -> Select<Entity> {
    let mut rows = Entity::find().filter(Column::ResultId.eq(result));
    if let Some(before) = before {
        rows = rows.filter(Column::Id.lt(before));
    }
    rows.order_by_desc(Column::Id).limit(limit)
}
