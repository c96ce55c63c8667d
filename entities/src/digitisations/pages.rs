//! The pages of a paper: their upright pictures, and what was read on each, kept page by page.

use crate::error::Error;
use crate::sealing::Sealer;
use crate::tables::digitised_pages::{Column, Entity, Model};
use rules::papers::PageText;
use sea_orm::sea_query::{Expr, OnConflict};
use sea_orm::{
    ColumnTrait, ConnectionTrait, EntityTrait, IntoActiveModel, PaginatorTrait, QueryFilter, QueryOrder,
};
use std::time::Duration;
use uuid::Uuid;

/// A page as it came out of the scan; its picture is in the file store.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Picture {
    /// SHA-256 of the picture, hex.
    pub sha256: String,
    /// Pixels.
    pub width: u32,
    /// Pixels.
    pub height: u32,
    /// Dots per inch.
    pub dpi: u32,
    /// Degrees it was turned clockwise.
    pub turned: u16,
    /// Time the processor spent on it.
    pub took: Duration,
}

/// The pages of an item, in their order.
pub async fn of<C: ConnectionTrait>(db: &C, item: Uuid) -> Result<Vec<Model>, Error> {
    Ok(Entity::find().filter(Column::DigitisationId.eq(item)).order_by_asc(Column::Page).all(db).await?)
}

/// One page of an item, from 1.
pub async fn find<C: ConnectionTrait>(db: &C, item: Uuid, page: i32) -> Result<Model, Error> {
    Entity::find_by_id((item, page)).one(db).await?.ok_or(Error::NotFound("page"))
}

/// The first page whose text was not read yet.
pub async fn first_unread<C: ConnectionTrait>(db: &C, item: Uuid) -> Result<Option<Model>, Error> {
    let unread = Entity::find().filter(Column::DigitisationId.eq(item)).filter(Column::TextSealed.is_null());
    Ok(unread.order_by_asc(Column::Page).one(db).await?)
}

/// How many pages of an item were made so far.
pub async fn count<C: ConnectionTrait>(db: &C, item: Uuid) -> Result<i32, Error> {
    let made = Entity::find().filter(Column::DigitisationId.eq(item)).count(db).await?;
    Ok(i32::try_from(made).unwrap_or(i32::MAX))
}

/// Of the pages of an item: how many have fewer dots per inch than `least`, and how many were turned.
pub async fn quality<C: ConnectionTrait>(db: &C, item: Uuid, least: u32) -> Result<(u64, u64), Error> {
    let least = i32::try_from(least).unwrap_or(i32::MAX);
    let rows = || Entity::find().filter(Column::DigitisationId.eq(item));
    let coarse = rows().filter(Column::Dpi.lt(least)).count(db).await?;
    Ok((coarse, rows().filter(Column::Turned.ne(0)).count(db).await?))
}

/// Adds a page, from 1; one that is there stays as it is.
pub async fn add<C: ConnectionTrait>(db: &C, item: Uuid, page: i32, picture: &Picture) -> Result<(), Error> {
    Entity::insert(row(item, page, picture).into_active_model())
        .on_conflict(OnConflict::new().do_nothing().to_owned())
        .exec_without_returning(db)
        .await?;
    Ok(())
}

/// Notes what was read on a page and how long it took; false when it was read before.
pub async fn note_text<C: ConnectionTrait>(
    db: &C,
    sealer: &Sealer,
    page: &Model,
    (text, took): (&PageText, Duration),
) -> Result<bool, Error> {
    let json = serde_json::to_string(text).map_err(|e| Error::damaged("digitised_pages.text_sealed", e))?;
    let sealed = sealer.seal(&owner_of(page.digitisation_id, page.page), &json)?;
    let noted = Entity::update_many()
        .col_expr(Column::TextSealed, Expr::value(sealed))
        .col_expr(Column::Confidence, Expr::value(i32::from(text.confidence())))
        .col_expr(Column::Millis, Expr::value(page.millis.saturating_add(millis(took))))
        .filter(Column::DigitisationId.eq(page.digitisation_id))
        .filter(Column::Page.eq(page.page))
        .filter(Column::TextSealed.is_null())
        .exec(db)
        .await?;
    Ok(noted.rows_affected == 1)
}

/// What was read on a page; empty for one that was not read yet.
pub fn text(sealer: &Sealer, page: &Model) -> Result<PageText, Error> {
    let Some(sealed) = &page.text_sealed else { return Ok(PageText::default()) };
    let json = sealer.open(&owner_of(page.digitisation_id, page.page), sealed)?;
    serde_json::from_str(&json).map_err(|e| Error::damaged("digitised_pages.text_sealed", e))
}

fn row(item: Uuid, page: i32, picture: &Picture) -> Model {
    let pixels = |number: u32| i32::try_from(number).unwrap_or(i32::MAX);
    Model {
        digitisation_id: item,
        page,
        picture_sha256: picture.sha256.clone(),
        width: pixels(picture.width),
        height: pixels(picture.height),
        dpi: pixels(picture.dpi),
        turned: picture.turned.into(),
        text_sealed: None,
        confidence: None,
        millis: millis(picture.took),
    }
}

/// Whole milliseconds, as they are kept.
pub fn millis(took: Duration) -> i64 {
    i64::try_from(took.as_millis()).unwrap_or(i64::MAX)
}

fn owner_of(item: Uuid, page: i32) -> String {
    format!("digitised_page:{item}:{page}")
}
