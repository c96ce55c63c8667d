//! The register of a unit for some days (L-56): every dossier it received, with what has become of it by now.

use super::issuing::issue;
use crate::columns::from_key;
use crate::dossiers::{Door, reading};
use crate::error::Error;
use crate::tables::{dossiers, forms, history};
use crate::writing::Batch;
use chrono::{DateTime, Days, NaiveDate, NaiveTime, Utc};
use rules::forms::register::{Register, RegisterLine};
use rules::forms::{Body, FormKind};
use rules::lifecycle::ActKind;
use rules::local_time::instant;
use rules::refusal::Violation;
use rules::regime;
use rules::status::Status;
use sea_orm::{ColumnTrait, EntityTrait, QueryFilter, QueryOrder, QuerySelect, Select};
use std::collections::{HashMap, HashSet};
use uuid::Uuid;

/// Longest period of one register, in days.
const LONGEST_PERIOD: u64 = 366;
/// Most dossiers of one register; a busy unit prints by the month.
const MOST_LINES: u64 = 2_000;
/// Dossiers whose histories are read at a time.
const AT_A_TIME: usize = 500;

/// Issues the register of `unit` from one local day to another, both within it.
///
/// Fails with violations when the days are in the wrong order, span over a year, or hold over 2,000 dossiers.
pub async fn register(
    door: &Door<'_>,
    batch: &mut Batch,
    unit: Uuid,
    (from, to): (NaiveDate, NaiveDate),
) -> Result<forms::Model, Error> {
    period(from, to)?;
    let received = received(door, unit, from, to).await?;
    let mut lines = Vec::with_capacity(received.len());
    for some in received.chunks(AT_A_TIME) {
        let ids: Vec<Uuid> = some.iter().map(|dossier| dossier.id).collect();
        let (numbers, forwarded) = (numbers(door, &ids).await?, forwarded(door, &ids).await?);
        for dossier in some {
            let number = numbers.get(&dossier.id).copied().unwrap_or(0);
            lines.extend(line(door, dossier, number, forwarded.get(&dossier.id).copied()).await?);
        }
    }
    let body = Body::Register(Register { from, to, lines });
    issue(door, batch, (unit, None), regime::in_force(to), body).await
}

fn period(from: NaiveDate, to: NaiveDate) -> Result<(), Error> {
    let last = from.checked_add_days(Days::new(LONGEST_PERIOD - 1));
    if from <= to && last.is_some_and(|last| to <= last) {
        return Ok(());
    }
    Err(wrong(
        "period_invalid",
        "Ngày đầu phải trước ngày cuối và sổ dài nhất là một năm.",
        "The first day comes before the last, and a register spans a year at most.",
    ))
}

/// What a unit received from one local day to another, in order; public so that the planner can be asked about it.
pub fn query(unit: Uuid, from: NaiveDate, to: NaiveDate) -> Select<dossiers::Entity> {
    let midnight = |day: NaiveDate| instant(day.and_time(NaiveTime::MIN));
    let after = to.checked_add_days(Days::new(1)).unwrap_or(NaiveDate::MAX);
    dossiers::Entity::find()
        .filter(dossiers::Column::UnitId.eq(unit))
        .filter(dossiers::Column::ReceivedAt.gte(midnight(from)))
        .filter(dossiers::Column::ReceivedAt.lt(midnight(after)))
        .order_by_asc(dossiers::Column::ReceivedAt)
        .order_by_asc(dossiers::Column::Id)
        .limit(MOST_LINES + 1)
}

async fn received(
    door: &Door<'_>,
    unit: Uuid,
    from: NaiveDate,
    to: NaiveDate,
) -> Result<Vec<dossiers::Model>, Error> {
    let rows = query(unit, from, to).all(door.tx).await?;
    if rows.len() > usize::try_from(MOST_LINES).unwrap_or(usize::MAX) {
        return Err(wrong(
            "too_many",
            "Sổ có trên 2.000 hồ sơ; hãy chọn khoảng thời gian ngắn hơn.",
            "The register would hold over 2,000 dossiers; choose a shorter period.",
        ));
    }
    Ok(rows)
}

/// Numbers in the book, as the receipts say them.
async fn numbers(door: &Door<'_>, ids: &[Uuid]) -> Result<HashMap<Uuid, i32>, Error> {
    let rows: Vec<(Option<Uuid>, i32)> = forms::Entity::find()
        .select_only()
        .column(forms::Column::DossierId)
        .column(forms::Column::Number)
        .filter(forms::Column::DossierId.is_in(ids.iter().copied()))
        .filter(forms::Column::Kind.eq(FormKind::Receipt.key()))
        .into_tuple()
        .all(door.tx)
        .await?;
    Ok(rows.into_iter().filter_map(|(dossier, number)| Some((dossier?, number))).collect())
}

/// When each was first sent on after its reception; what the desk did before it does not count.
async fn forwarded(door: &Door<'_>, ids: &[Uuid]) -> Result<HashMap<Uuid, DateTime<Utc>>, Error> {
    let acts = [ActKind::Accept, ActKind::Admit, ActKind::Claim, ActKind::Forward].map(ActKind::key);
    let rows: Vec<(Uuid, String, DateTime<Utc>)> = history::Entity::find()
        .select_only()
        .columns([history::Column::DossierId, history::Column::Act, history::Column::At])
        .filter(history::Column::DossierId.is_in(ids.iter().copied()))
        .filter(history::Column::Act.is_in(acts))
        .order_by_asc(history::Column::DossierId)
        .order_by_asc(history::Column::Seq)
        .into_tuple()
        .all(door.tx)
        .await?;
    let (mut received, mut sent) = (HashSet::new(), HashMap::new());
    for (dossier, act, at) in rows {
        if act == ActKind::Accept.key() {
            received.insert(dossier);
        } else if received.contains(&dossier) {
            sent.entry(dossier).or_insert(at);
        }
    }
    Ok(sent)
}

async fn line(
    door: &Door<'_>,
    dossier: &dossiers::Model,
    number: i32,
    forwarded_at: Option<DateTime<Utc>>,
) -> Result<Option<RegisterLine>, Error> {
    let Some(received_at) = dossier.received_at else { return Ok(None) };
    let revised = door.catalogue.revision(door.tx, dossier.revision_id).await?;
    let authority = door.catalogue.unit(door.tx, dossier.authority_id, door.at).await?;
    let applicant = reading::applicant(door.sealer, dossier)?;
    let address = applicant.address.as_ref().map(|address| address.one_line());
    let status: Status = from_key("dossiers.status", &dossier.status)?;
    let ended = matches!(status, Status::Withdrawn | Status::Stopped);
    Ok(Some(RegisterLine {
        number: u32::try_from(number).unwrap_or(0),
        code: dossier.code.clone(),
        procedure: revised.content.name.clone(),
        sets: 1,
        applicant: applicant.name,
        contact: [address, applicant.phone].into_iter().flatten().collect::<Vec<_>>().join("; "),
        authority: authority.row.name.clone(),
        received_at,
        due_at: dossier.due_at,
        forwarded_at,
        decided_at: dossier.decided_at,
        returned_at: dossier.returned_at,
        return_method: dossier.return_method.clone(),
        note: if ended { status.name_vi().into() } else { String::new() },
    }))
}

fn wrong(code: &'static str, vi: &str, en: &str) -> Error {
    Error::Invalid(vec![Violation { pointer: "/to".into(), code, vi: vi.into(), en: en.into() }])
}
