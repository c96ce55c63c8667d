//! Batches of old papers: a box on a shelf, entered paper by paper and closed when all of it is done (R-C2, R-C5).

use super::opening::open_old;
use super::people::Hand;
use super::{Item, sight};
use crate::documents::Owner;
use crate::error::Error;
use crate::files::{self, State};
use crate::sealing::Sealer;
use crate::tables::paper_batches::{Column, Entity, Model};
use crate::tables::{digitisations, units};
use crate::writing::Batch;
use chrono::NaiveDate;
use rules::access::{Relation, Scope, Sight, Thing, scope, sight_at};
use rules::actor::Actor;
use rules::papers::{Origin, PaperKind};
use rules::refusal::{Block, Refusal, Violation};
use sea_orm::sea_query::Expr;
use sea_orm::{
    ColumnTrait, ConnectionTrait, DatabaseTransaction, EntityTrait, IntoActiveModel, PaginatorTrait,
    QueryFilter, QueryOrder, QuerySelect, Select,
};
use uuid::Uuid;

/// Most papers entered at once.
pub const MOST: usize = 200;

/// A batch about to be begun.
#[derive(Debug, Clone)]
pub struct NewBatch {
    /// The unit.
    pub unit: Uuid,
    /// What the papers are.
    pub title: String,
    /// Dossiers or results.
    pub kind: PaperKind,
    /// Box on the shelf.
    pub box_number: String,
    /// Papers in it by the inventory.
    pub expected: u32,
    /// The plan that orders it.
    pub plan: Option<String>,
}

/// An old paper of a batch.
#[derive(Debug, Clone)]
pub struct OldPaper {
    /// Folder in the box.
    pub folder: Option<String>,
    /// Number in the inventory.
    pub inventory: Option<String>,
    /// Name for people.
    pub name: String,
    /// Type of paper, where known.
    pub paper_type: Option<String>,
    /// Whose it is.
    pub owner: Owner,
    /// Last day on which it counts; none without end.
    pub valid_until: Option<NaiveDate>,
    /// The scan, where there is one already.
    pub file: Option<Uuid>,
}

/// How far a batch is.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Counted {
    /// Papers entered.
    pub entered: u64,
    /// In the store.
    pub filed: u64,
    /// Left out for a reason.
    pub dropped: u64,
}

/// Begins a batch; fails as not found for an officer of another unit, and with every violation.
pub async fn begin(tx: &DatabaseTransaction, new: &NewBatch, hand: &Hand<'_>) -> Result<Model, Error> {
    if !enters(hand.by, new.unit) {
        return Err(Error::NotFound("unit"));
    }
    let wrong = misfits(new);
    if !wrong.is_empty() {
        return Err(Error::Invalid(wrong));
    }
    let row = Model {
        id: Uuid::now_v7(),
        unit_id: new.unit,
        title: new.title.trim().into(),
        kind: new.kind.key().into(),
        box_number: new.box_number.trim().into(),
        expected: i32::try_from(new.expected).unwrap_or(i32::MAX),
        plan: new.plan.clone(),
        begun_by: hand.by.subject.clone(),
        begun_name: hand.by.name.clone(),
        begun_at: hand.at,
        closed_at: None,
        version: 1,
    };
    Entity::insert(row.clone().into_active_model()).exec_without_returning(tx).await?;
    Ok(row)
}

fn enters(by: &Actor, unit: Uuid) -> bool {
    sight::SCANNERS.iter().any(|role| by.is_at(*role, unit))
}

fn misfits(new: &NewBatch) -> Vec<Violation> {
    let texts = [
        ("/title", new.title.as_str(), 200, false),
        ("/box_number", new.box_number.as_str(), 60, false),
        ("/plan", new.plan.as_deref().unwrap_or_default(), 200, true),
    ];
    let mut wrong: Vec<Violation> = texts.into_iter().filter_map(unfit).collect();
    if new.expected == 0 || new.expected > 1_000_000 {
        wrong.push(said(
            "/expected",
            "out_of_range",
            "Số giấy tờ theo mục lục phải từ 1 đến 1.000.000.",
            "Papers by the inventory: 1 to 1,000,000.",
        ));
    }
    wrong
}

fn unfit((pointer, text, most, may_be_empty): (&str, &str, usize, bool)) -> Option<Violation> {
    let empty = text.trim().is_empty() && !may_be_empty;
    let unfit = empty || text.chars().count() > most || text.chars().any(char::is_control);
    let (vi, en) = (
        format!("Phải ghi một dòng chữ, tối đa {most} ký tự."),
        format!("One line of text is needed, of at most {most} characters."),
    );
    unfit.then(|| said(pointer, "text_unfit", &vi, &en))
}

fn said(pointer: &str, code: &'static str, vi: &str, en: &str) -> Violation {
    Violation { pointer: pointer.into(), code, vi: vi.into(), en: en.into() }
}

/// A batch that this person may see; others do not exist for them.
pub async fn find_for<C: ConnectionTrait>(db: &C, by: &Actor, id: Uuid) -> Result<(Model, Sight), Error> {
    let row = Entity::find_by_id(id).one(db).await?.ok_or(Error::NotFound("batch"))?;
    match sight_at(by, Thing::Digitisations, (Relation::Unit, row.unit_id)) {
        Sight::None => Err(Error::NotFound("batch")),
        seen => Ok((row, seen)),
    }
}

/// Batches of the person's units, or of the province for who oversees it; newest first.
pub async fn list<C: ConnectionTrait>(
    db: &C,
    by: &Actor,
    (unit, after): (Option<Uuid>, Option<Uuid>),
    limit: u64,
) -> Result<Vec<Model>, Error> {
    Ok(query(by, (unit, after), limit).all(db).await?)
}

/// The query of a list; public so that the planner can be asked about it.
pub fn query(by: &Actor, (unit, after): (Option<Uuid>, Option<Uuid>), limit: u64) -> Select<Entity> {
    let mut query = Entity::find();
    if let Scope::Units(units) = scope(by, Thing::Digitisations) {
        query = match units.as_slice() {
            [one] => query.filter(Column::UnitId.eq(*one)),
            many => query.filter(Column::UnitId.is_in(many.iter().copied())),
        };
    }
    if let Some(unit) = unit {
        query = query.filter(Column::UnitId.eq(unit));
    }
    if let Some(after) = after {
        query = query.filter(Column::Id.lt(after));
    }
    query.order_by_desc(Column::Id).limit(limit)
}

/// How far a batch is.
pub async fn counted<C: ConnectionTrait>(db: &C, batch: Uuid) -> Result<Counted, Error> {
    use digitisations::{Column, Entity};
    let of = |state: Option<&str>| {
        let rows = Entity::find().filter(Column::BatchId.eq(batch));
        match state {
            Some(state) => rows.filter(Column::State.eq(state)),
            None => rows,
        }
    };
    Ok(Counted {
        entered: of(None).count(db).await?,
        filed: of(Some("filed")).count(db).await?,
        dropped: of(Some("dropped")).count(db).await?,
    })
}

/// Enters old papers, all of them or none; those with a file go on to the inspection at once.
pub async fn enter(
    tx: &DatabaseTransaction,
    (id, expected): (Uuid, Option<i32>),
    papers: &[OldPaper],
    hand: &Hand<'_>,
) -> Result<Vec<Item>, Error> {
    let row = held(tx, (id, expected), "enter", hand).await?;
    let wrong = paper_misfits(tx, papers, hand).await?;
    if !wrong.is_empty() {
        return Err(Error::Invalid(wrong));
    }
    let unit = units::Entity::find_by_id(row.unit_id).one(tx).await?.ok_or(Error::NotFound("unit"))?;
    let mut batch = Batch::default();
    let mut items = Vec::with_capacity(papers.len());
    for paper in papers {
        let item = item(&row, &unit.tier, paper, hand)?;
        items.push(open_old((tx, &mut batch), item, hand.at).await?);
    }
    batch.write(tx).await?;
    touch(tx, &row, None).await?;
    Ok(items)
}

fn item(row: &Model, tier: &str, paper: &OldPaper, hand: &Hand<'_>) -> Result<Item, Error> {
    let id = Uuid::now_v7();
    let index = |owner: &Owner| owner.number.as_ref().map(|number| hand.sealer.index("id", number));
    Ok(Item {
        id,
        unit_id: row.unit_id,
        tier: tier.into(),
        origin: Origin::Backlog.key().into(),
        kind: row.kind.clone(),
        ground: "plan".into(),
        batch_id: Some(row.id),
        folder: paper.folder.clone(),
        inventory: paper.inventory.clone(),
        name: paper.name.trim().into(),
        paper_type: paper.paper_type.clone(),
        owner_sealed: Some(sealed(hand.sealer, id, &paper.owner)?),
        owner_index: index(&paper.owner),
        valid_until: paper.valid_until,
        file_id: paper.file,
        scanned_by: paper.file.map(|_| hand.by.subject.clone()),
        scanned_name: paper.file.map(|_| hand.by.name.clone()),
        opened_at: hand.at,
        updated_at: hand.at,
        version: 1,
        ..Item::default()
    })
}

fn sealed(sealer: &Sealer, item: Uuid, owner: &Owner) -> Result<String, Error> {
    sealer.seal(&super::owner::place(item), &crate::columns::json_of(owner)?)
}

async fn paper_misfits(
    tx: &DatabaseTransaction,
    papers: &[OldPaper],
    hand: &Hand<'_>,
) -> Result<Vec<Violation>, Error> {
    if papers.is_empty() || papers.len() > MOST {
        let (vi, en) = ("Mỗi lần nhập từ 1 đến 200 giấy tờ.", "Enter 1 to 200 papers at once.");
        return Ok(vec![said("/items", "out_of_range", vi, en)]);
    }
    let named: Vec<Uuid> = papers.iter().filter_map(|paper| paper.file).collect();
    let stored = files::find_all(tx, &named).await?;
    let usable = |file: Uuid| {
        let own = |f: &&files::File| f.id == file && f.owner == hand.by.subject;
        stored.iter().find(own).is_some_and(|f| f.state != State::Refused)
    };
    let mut wrong = Vec::new();
    for (n, paper) in papers.iter().enumerate() {
        let at = |member: &str| format!("/items/{n}/{member}");
        let texts = [
            (at("name"), Some(&paper.name), 400),
            (at("folder"), paper.folder.as_ref(), 60),
            (at("inventory"), paper.inventory.as_ref(), 60),
            (at("paper_type"), paper.paper_type.as_ref(), 60),
            (at("owner/name"), Some(&paper.owner.name), 200),
        ];
        wrong.extend(texts.into_iter().filter_map(|(at, text, most)| unfit((&at, text?, most, false))));
        if paper.file.is_some_and(|file| !usable(file)) {
            let (vi, en) = ("Không tìm thấy tệp bạn đã tải lên.", "No such file of yours.");
            wrong.push(said(&at("file"), "file_unknown", vi, en));
        }
    }
    Ok(wrong)
}

/// Closes a batch none of whose papers is open any more.
pub async fn close(
    tx: &DatabaseTransaction,
    (id, expected): (Uuid, Option<i32>),
    hand: &Hand<'_>,
) -> Result<Model, Error> {
    let row = held(tx, (id, expected), "closure", hand).await?;
    let counted = counted(tx, id).await?;
    let open = counted.entered.saturating_sub(counted.filed).saturating_sub(counted.dropped);
    if open > 0 {
        let vi = format!("Còn {open} giấy tờ chưa số hóa xong; hãy làm xong hoặc bỏ số hóa và ghi lý do.");
        let en = format!("{open} papers are still open: finish them, or drop them with a reason.");
        return Err(refused("closure", "papers_open", vi, en));
    }
    touch(tx, &row, Some(hand.at)).await?;
    Ok(find_for(tx, hand.by, id).await?.0)
}

/// The batch, locked, when the person may write in it, saw it last as it is, and it is open.
async fn held(
    tx: &DatabaseTransaction,
    (id, expected): (Uuid, Option<i32>),
    act: &'static str,
    hand: &Hand<'_>,
) -> Result<Model, Error> {
    find_for(tx, hand.by, id).await?;
    let row = Entity::find_by_id(id).lock_exclusive().one(tx).await?.ok_or(Error::NotFound("batch"))?;
    if expected.is_some_and(|version| version != row.version) {
        return Err(Error::Stale);
    }
    if !enters(hand.by, row.unit_id) {
        let (vi, en) =
            ("Vai trò của bạn không được ghi vào đợt này.", "Your role may not write in this batch.");
        return Err(refused(act, "wrong_role", vi.into(), en.into()));
    }
    if row.closed_at.is_some() {
        let (vi, en) = ("Đợt số hóa này đã kết thúc.", "This batch is closed.");
        return Err(refused(act, "batch_closed", vi.into(), en.into()));
    }
    Ok(row)
}

fn refused(act: &'static str, code: &'static str, vi: String, en: String) -> Error {
    let blocked_by = vec![Block { code, vi, en, legal_basis: None }];
    Refusal { act, status: None, blocked_by, allowed: Vec::new() }.into()
}

async fn touch(
    tx: &DatabaseTransaction,
    row: &Model,
    closed_at: Option<chrono::DateTime<chrono::Utc>>,
) -> Result<(), Error> {
    let rows = Entity::update_many().filter(Column::Id.eq(row.id));
    let rows = rows.col_expr(Column::Version, Expr::value(row.version + 1));
    rows.col_expr(Column::ClosedAt, Expr::value(closed_at)).exec(tx).await?;
    Ok(())
}
