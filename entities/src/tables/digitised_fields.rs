//! One field of a paper: what was read, how sure, where, and what people keyed.

use sea_orm::entity::prelude::*;

/// A row of `digitised_fields`.
#[derive(Debug, Clone, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "digitised_fields")]
pub struct Model {
    /// The item.
    #[sea_orm(primary_key, auto_increment = false)]
    pub digitisation_id: Uuid,
    /// Name of the field in its paper type.
    #[sea_orm(primary_key, auto_increment = false)]
    pub name: String,
    /// What the machine read, sealed; none where it found nothing.
    pub read_sealed: Option<String>,
    /// How sure, 0 to 100.
    pub confidence: i32,
    /// Page, from 1; none where nothing was found.
    pub page: Option<i32>,
    /// Left edge in thousandths of the page.
    pub place_left: Option<i32>,
    /// Top edge.
    pub place_top: Option<i32>,
    /// Width.
    pub place_width: Option<i32>,
    /// Height.
    pub place_height: Option<i32>,
    /// `taken` as read, `to_check`, `to_key` a second time, `differs`, or `checked`.
    pub state: String,
    /// Drawn by lot to be keyed by two people.
    pub drawn: bool,
    /// Subject of who keyed it first.
    pub first_by: Option<String>,
    /// What they keyed, sealed.
    pub first_sealed: Option<String>,
    /// Subject of who keyed it again, unseen.
    pub second_by: Option<String>,
    /// What they keyed, sealed.
    pub second_sealed: Option<String>,
    /// Subject of who decided between two that differed; what they keyed is what counts.
    pub third_by: Option<String>,
    /// What counts, sealed; none while it is open.
    pub final_sealed: Option<String>,
    /// `yes` or `no`: what was read against what people keyed; none where nobody looked.
    pub machine_right: Option<String>,
    /// Last change.
    pub updated_at: DateTimeUtc,
}

/// No joins: rows are read by key.
#[derive(Debug, Clone, Copy, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
