//! Opening a child: a dossier of its own at another unit, with what it needs of the main one and nothing else.

use super::family::{self, HELD};
use super::ordering::{ChildOrder, Main, Ordered, sharable};
use crate::columns::from_key;
use crate::dossiers::acts::Act;
use crate::dossiers::applicant::Applicant;
use crate::dossiers::application::{Application, ReturnMethod, form_violations};
use crate::dossiers::standing::{self, Around};
use crate::dossiers::{Door, effects, owner_unit, parties, reading};
use crate::error::Error;
use crate::tables::dossiers::{Column, Entity, Model};
use crate::tables::papers;
use crate::writing::Batch;
use rules::access::{Sight, sight};
use rules::children::{Sibling, place, waits};
use rules::lifecycle::{ActKind, Effect, step};
use rules::status::Status;
use sea_orm::sea_query::Expr;
use sea_orm::{ColumnTrait, EntityTrait, QueryFilter, QuerySelect};
use serde_json::Value;
use uuid::Uuid;

/// A child just opened.
#[derive(Debug)]
#[must_use = "the child does not exist until the rows are written"]
pub struct Opened {
    /// The main dossier after the act.
    pub parent: Model,
    /// The child as it will stand.
    pub child: Model,
    /// Its rows, to be written in the transaction of the door.
    pub rows: Batch,
}

impl Door<'_> {
    /// Opens a child of `parent` under a code of the other unit; it stands at status 1 there, or waits in the line.
    ///
    /// Fails as [`Door::act`] does, and with every violation of the order.
    pub async fn open_child(
        &self,
        parent: Uuid,
        expected: Option<i32>,
        order: &ChildOrder,
    ) -> Result<Opened, Error> {
        let before = Entity::find_by_id(parent).lock_exclusive().one(self.tx).await?;
        let before = before.filter(|d| sight(self.by, parties(d, self.by, self.sealer)) > Sight::None);
        let before = before.ok_or(Error::NotFound("dossier"))?;
        if expected.is_some_and(|version| version != before.version) {
            return Err(Error::Stale);
        }
        let revised = self.catalogue.revision(self.tx, before.revision_id).await?;
        let now = standing::of((self.sealer, self.by, self.at), &before, &revised, Around::default())?;
        step(&now, ActKind::OpenChild, "", self.by)?;
        let children = family::of(self.tx, parent).await?;
        let siblings = children.iter().map(family::sibling).collect::<Result<Vec<_>, _>>()?;
        let papers = reading::papers(self.tx, parent).await?;
        let main = Main {
            dossier: &before,
            revised: &revised,
            papers: &papers,
            children: &children,
            siblings: &siblings,
        };
        let ordered = self.ordered(&main, &order.which).await?;
        if let Some(first) = ordered.put_in_line {
            self.put_in_line(first).await?;
        }
        let child = self.child(&main, &ordered, order.form.as_ref()).await?;
        let rows = self.rows_of(&child, &papers, &ordered.shared)?;
        let parent = self.act(parent, None, &Act::OpenChild { code: child.code.clone() }).await?;
        Ok(Opened { parent, child, rows })
    }

    async fn put_in_line(&self, child: Uuid) -> Result<(), Error> {
        let first = Entity::update_many().col_expr(Column::PlaceInLine, Expr::value(1));
        first.filter(Column::Id.eq(child)).exec(self.tx).await?;
        Ok(())
    }

    async fn child(&self, main: &Main<'_>, ordered: &Ordered, form: Option<&Value>) -> Result<Model, Error> {
        let parent = main.dossier;
        let application = self.application(parent, ordered, form)?;
        let wrong = match form {
            Some(_) => form_violations(&application, &ordered.revised),
            None => Vec::new(),
        };
        if !wrong.is_empty() {
            return Err(Error::Invalid(wrong));
        }
        let first = |one: &Sibling| ordered.put_in_line == Some(one.id);
        let lined = main
            .siblings
            .iter()
            .map(|one| if first(one) { Sibling { place: Some(1), ..*one } } else { *one });
        let siblings: Vec<Sibling> = lined.collect();
        let place = place(ordered.wanted, application.channel, &siblings);
        let held = waits(place, &siblings);
        let child = self.fresh(&application, &ordered.revised, &ordered.placed).await?;
        Ok(Model {
            owner: owner_unit(parent.authority_id),
            identity_verified: parent.identity_verified,
            parent_id: Some(parent.id),
            place_in_line: place,
            turn: if held { HELD.into() } else { child.turn },
            answer_due_at: (!held).then_some(child.act_by),
            ..child
        })
    }

    /// The main dossier's request to the other unit: the same person, and of the form what both forms ask.
    fn application(
        &self,
        parent: &Model,
        ordered: &Ordered,
        form: Option<&Value>,
    ) -> Result<Application, Error> {
        let applicant: Applicant = reading::applicant(self.sealer, parent)?;
        let known = reading::form(self.sealer, parent)?;
        let revised = &ordered.revised;
        Ok(Application {
            procedure: revised.national_code.clone(),
            unit: ordered.placed.unit.row.id,
            authority: None,
            support_unit: None,
            handed_over_at: None,
            channel: from_key("dossiers.channel", &parent.channel)?,
            applicant_kind: from_key("dossiers.applicant_kind", &parent.applicant_kind)?,
            applicant,
            form: form.cloned().unwrap_or_else(|| common(&known, &revised.content.form_schema)),
            papers: Vec::new(),
            return_method: ReturnMethod::Desk,
            quantity: None,
            claims: Vec::new(),
            mandate: None,
        })
    }

    fn rows_of(&self, child: &Model, papers: &[papers::Model], shared: &[String]) -> Result<Batch, Error> {
        let mut rows = Batch::default();
        rows.insert(child.clone());
        let given = papers.iter().filter(|paper| sharable(paper));
        let given = given.filter(|paper| paper.component.as_ref().is_some_and(|code| shared.contains(code)));
        let copies = given.map(|paper| papers::Model {
            id: Uuid::now_v7(),
            dossier_id: child.id,
            part: "shared".into(),
            round: 0,
            created_at: self.at,
            ..paper.clone()
        });
        rows.insert_all(copies.collect());
        let (act, to) = (ActKind::Submit, Status::Submitted);
        let facts = effects::Facts { act, from: None, to, note: None, before: None };
        effects::record(self, &mut rows, child, facts, &[Effect::Notify, Effect::Push])?;
        Ok(rows)
    }
}

/// The members of a form that the other procedure's form knows too; it learns nothing else.
fn common(form: &Value, schema: &Value) -> Value {
    let known = schema.get("properties").and_then(Value::as_object);
    let members = form.as_object().into_iter().flatten();
    let both = members.filter(|(name, _)| known.is_some_and(|known| known.contains_key(*name)));
    Value::Object(both.map(|(name, value)| (name.clone(), value.clone())).collect())
}
