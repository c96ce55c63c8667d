//! Comparing our takings of a day with a statement: every difference is a row until a person settles it (F-03).

pub use super::source::Source;

use super::reading::{lines_before, midnight};
use crate::columns::{json_of, key_of};
use crate::dossiers::Door;
use crate::error::Error;
use crate::jobs::{self, NewJob};
use crate::payments::desk::PaymentWay;
use crate::payments::shares::share;
use crate::payments::transfer::short_reference;
use crate::tables::{dossiers, payments, refunds, statement_differences, statements};
use crate::writing::Batch;
use chrono::{DateTime, Days, NaiveDate, Utc};
use rules::fees::FeeKind;
use rules::fees::statements::{Difference, DifferenceKind, Movement, compare};
use rules::jobs::Job;
use sea_orm::{ColumnTrait, Condition, EntityTrait, QueryFilter};
use std::collections::{BTreeMap, BTreeSet};
use uuid::Uuid;

/// Money of ours, with the rows it comes from.
#[derive(Debug, Clone)]
struct Ours {
    movement: Movement,
    payment: Uuid,
    dossier: Uuid,
    unit: Uuid,
    moved_at: Option<DateTime<Utc>>,
}

impl Door<'_> {
    /// Compares and keeps a statement of the local day `day`; it takes the place of one there was. Money that only the platform has and that belongs to an
    /// attempt of ours that is not paid leads to a question about it.
    pub async fn compare_statement(
        &self,
        source: &Source,
        day: NaiveDate,
        theirs: &[Movement],
    ) -> Result<statements::Model, Error> {
        self.replace_statement(source, day).await?;
        let ours = self.ours(source, day, theirs).await?;
        let movements: Vec<Movement> = ours.iter().map(|ours| ours.movement.clone()).collect();
        let before = lines_before(self.tx, source, day).await?;
        let mut found = compare(&movements, theirs);
        found.retain(|difference| !told_elsewhere(difference, &ours, day, &before));
        let statement = self.statement(source, day, (&ours, theirs), found.len())?;
        let mut batch = Batch::default();
        batch.insert(statement.clone());
        batch.write(self.tx).await?;
        let mut rows = Vec::new();
        for difference in &found {
            rows.push(self.difference(&statement, difference, &ours, theirs).await?);
        }
        let mut batch = Batch::default();
        batch.add_some(jobs::insert(self.questions(source, &rows), self.at)?);
        batch.insert_all(rows);
        batch.write(self.tx).await?;
        Ok(statement)
    }

    /// What we took and gave back on the day, and whatever else of ours the statement names.
    async fn ours(&self, source: &Source, day: NaiveDate, theirs: &[Movement]) -> Result<Vec<Ours>, Error> {
        let mut rows = BTreeMap::new();
        for row in
            payments::Entity::find().filter(of_source(source)).filter(paid_on(day)).all(self.tx).await?
        {
            rows.insert(row.id, row);
        }
        for named in theirs.chunks(200) {
            let of = payments::Entity::find().filter(of_source(source)).filter(named_by(named));
            rows.extend(of.all(self.tx).await?.into_iter().map(|row| (row.id, row)));
        }
        let back = self.given_back(source, day, theirs).await?;
        let codes = self.codes(rows.values()).await?;
        let mut ours: Vec<Ours> = rows.values().filter_map(|row| taken(source, row, &codes)).collect();
        ours.extend(back);
        Ok(ours)
    }

    /// Refunds that the platform has sent or taken, of the day or named by it.
    async fn given_back(
        &self,
        source: &Source,
        day: NaiveDate,
        theirs: &[Movement],
    ) -> Result<Vec<Ours>, Error> {
        use refunds::Column;
        let Source::Platform(platform) = source else {
            return Ok(Vec::new());
        };
        let (from, to) = (midnight(day), midnight(day + Days::new(1)));
        let on = Condition::all().add(Column::PaidOutAt.gte(from)).add(Column::PaidOutAt.lt(to));
        let numbers: Vec<&str> = theirs.iter().map(|line| line.transaction.as_str()).collect();
        let mut rows = BTreeMap::new();
        let mut conditions = vec![on];
        let named = numbers.chunks(200).map(|chunk| Column::PlatformRefund.is_in(chunk.iter().copied()));
        conditions.extend(named.map(|named| Condition::all().add(named)));
        for condition in conditions {
            let of = refunds::Entity::find().filter(Column::Via.eq(platform)).filter(condition);
            let of = of.filter(Column::State.is_in(["sent", "paid_out"]));
            rows.extend(of.all(self.tx).await?.into_iter().map(|row| (row.id, row)));
        }
        let mut back = Vec::new();
        for row in rows.into_values() {
            let payment = crate::payments::by_id(self.tx, row.payment_id).await?;
            back.push(Ours {
                movement: Movement {
                    reference: payment.reference,
                    transaction: row.platform_refund.unwrap_or_default(),
                    amount: -row.amount,
                },
                payment: payment.id,
                dossier: row.dossier_id,
                unit: row.unit_id,
                moved_at: row.paid_out_at,
            });
        }
        Ok(back)
    }

    async fn codes(
        &self,
        rows: impl Iterator<Item = &payments::Model>,
    ) -> Result<BTreeMap<Uuid, String>, Error> {
        let ids: BTreeSet<Uuid> = rows.map(|row| row.dossier_id).collect();
        let ids: Vec<Uuid> = ids.into_iter().collect();
        let mut codes = BTreeMap::new();
        for chunk in ids.chunks(500) {
            let found = dossiers::Entity::find().filter(dossiers::Column::Id.is_in(chunk.iter().copied()));
            codes.extend(found.all(self.tx).await?.into_iter().map(|row| (row.id, row.code)));
        }
        Ok(codes)
    }

    fn statement(
        &self,
        source: &Source,
        day: NaiveDate,
        (ours, theirs): (&[Ours], &[Movement]),
        differences: usize,
    ) -> Result<statements::Model, Error> {
        let counted = |count: usize| i32::try_from(count).map_err(|e| Error::damaged("statements", e));
        let of_day: Vec<&Ours> = ours.iter().filter(|ours| is_of(ours.moved_at, day)).collect();
        let (platform, account) = match source {
            Source::Platform(key) => (Some(key.clone()), None),
            Source::Account(row) => (None, Some(row)),
        };
        Ok(statements::Model {
            id: Uuid::now_v7(),
            platform,
            account_id: account.map(|row| row.id),
            unit_id: account.map(|row| row.unit_id),
            day,
            lines: json_of(&theirs)?,
            ours_count: counted(of_day.len())?,
            ours_sum: of_day.iter().map(|ours| ours.movement.amount).sum(),
            theirs_count: counted(theirs.len())?,
            theirs_sum: theirs.iter().map(|line| line.amount).sum(),
            differences: counted(differences)?,
            recorded_by: self.by.subject.clone(),
            recorded_name: self.by.name.clone(),
            recorded_at: self.at,
            replaced_at: None,
        })
    }

    async fn difference(
        &self,
        statement: &statements::Model,
        difference: &Difference,
        ours: &[Ours],
        theirs: &[Movement],
    ) -> Result<statement_differences::Model, Error> {
        let mine = difference.ours.and_then(|place| ours.get(place));
        let line = difference.theirs.and_then(|place| theirs.get(place));
        let told = line.or(mine.map(|mine| &mine.movement));
        let attempt = match (mine, line, &statement.platform) {
            (None, Some(line), Some(platform)) => self.attempt(platform, &line.reference).await?,
            _ => None,
        };
        let attempt = attempt.as_ref();
        let cut = |text: &str| text.chars().take(200).collect::<String>();
        Ok(statement_differences::Model {
            id: Uuid::now_v7(),
            statement_id: Some(statement.id),
            unit_id: mine.map(|mine| mine.unit).or(attempt.map(|row| row.unit_id)).or(statement.unit_id),
            kind: key_of(&difference.kind)?,
            payment_id: mine.map(|mine| mine.payment).or(attempt.map(|row| row.id)),
            dossier_id: mine.map(|mine| mine.dossier).or(attempt.map(|row| row.dossier_id)),
            reference: told.map(|told| cut(&told.reference)).unwrap_or_default(),
            transaction_id: told.map(|told| cut(&told.transaction)).unwrap_or_default(),
            ours: mine.map(|mine| mine.movement.amount),
            theirs: line.map(|line| line.amount),
            state: "open".into(),
            words_sealed: None,
            settled_by: None,
            settled_name: None,
            settled_at: None,
            found_at: self.at,
            version: 1,
        })
    }

    /// The attempt of ours that money we do not know of belongs to.
    async fn attempt(&self, platform: &str, reference: &str) -> Result<Option<payments::Model>, Error> {
        use payments::Column;
        let found = payments::Entity::find().filter(Column::Reference.eq(reference));
        Ok(found.filter(Column::Platform.eq(platform)).one(self.tx).await?)
    }

    fn questions(&self, source: &Source, rows: &[statement_differences::Model]) -> Vec<NewJob> {
        if matches!(source, Source::Account(_)) {
            return Vec::new();
        }
        let unknown = rows.iter().filter(|row| row.ours.is_none());
        let questions = unknown.filter_map(|row| {
            let payment = row.payment_id?;
            let mut job = NewJob::new(Job::QueryPayment { payment }, self.at);
            job.dossier = row.dossier_id;
            job.cause = row.statement_id.map(|id| format!("statement:{id}"));
            job.unique_key = Some(format!("query:{payment}:{}", row.id));
            Some(job)
        });
        questions.collect()
    }
}

/// Money that both sides have, but not on the same day: near midnight, or seen late on the account.
fn told_elsewhere(difference: &Difference, ours: &[Ours], day: NaiveDate, before: &[Movement]) -> bool {
    let Some(mine) = difference.ours.and_then(|place| ours.get(place)) else {
        return false;
    };
    let same = |line: &Movement| {
        let (one, other) = (&mine.movement, line);
        let key = |a: &str, b: &str| !a.is_empty() && a == b;
        one.amount == other.amount
            && (key(&one.transaction, &other.transaction) || key(&one.reference, &other.reference))
    };
    difference.kind == DifferenceKind::OnlyOurs && (!is_of(mine.moved_at, day) || before.iter().any(same))
}

fn is_of(moved_at: Option<DateTime<Utc>>, day: NaiveDate) -> bool {
    moved_at.is_some_and(|at| (midnight(day)..midnight(day + Days::new(1))).contains(&at))
}

fn taken(source: &Source, row: &payments::Model, codes: &BTreeMap<Uuid, String>) -> Option<Ours> {
    let (reference, amount) = match source {
        Source::Platform(_) => (row.reference.clone(), row.amount),
        Source::Account(account) => {
            let code = codes.get(&row.dossier_id).map(|code| short_reference(code)).unwrap_or_default();
            let amount = match account.kind.as_deref() {
                Some("phi") => share(row, FeeKind::Phi),
                Some("le_phi") => share(row, FeeKind::LePhi),
                _ => row.amount,
            };
            (code, amount)
        }
    };
    let transaction = row.transaction_id.clone().unwrap_or_default();
    (amount != 0).then_some(Ours {
        movement: Movement { reference, transaction, amount },
        payment: row.id,
        dossier: row.dossier_id,
        unit: row.unit_id,
        moved_at: row.paid_at,
    })
}

fn of_source(source: &Source) -> Condition {
    use payments::Column;
    let all = Condition::all().add(Column::State.is_in(["paid", "refund_due"]));
    match source {
        Source::Platform(key) => all.add(Column::Platform.eq(key)),
        Source::Account(account) => {
            all.add(Column::Platform.eq(PaymentWay::Transfer.key())).add(Column::UnitId.eq(account.unit_id))
        }
    }
}

fn paid_on(day: NaiveDate) -> Condition {
    use payments::Column;
    Condition::all()
        .add(Column::PaidAt.gte(midnight(day)))
        .add(Column::PaidAt.lt(midnight(day + Days::new(1))))
}

fn named_by(lines: &[Movement]) -> Condition {
    use payments::Column;
    let references = lines.iter().map(|line| line.reference.as_str()).filter(|text| !text.is_empty());
    let numbers = lines.iter().map(|line| line.transaction.as_str()).filter(|text| !text.is_empty());
    Condition::any().add(Column::Reference.is_in(references)).add(Column::TransactionId.is_in(numbers))
}
