//! Checks on the spot: recorded with place, time, participants and content, all of them (L-32).

use super::Door;
use super::process::Report;
use crate::columns::{from_json, json_of};
use crate::error::Error;
use crate::sealing::Sealer;
use crate::tables::dossiers;
use crate::tables::visits::{Column, Entity, Model};
use crate::writing::Batch;
use rules::refusal::Violation;
use sea_orm::{ColumnTrait, ConnectionTrait, EntityTrait, QueryFilter, QueryOrder};
use uuid::Uuid;

/// Persons named in one report.
const MOST_PARTICIPANTS: usize = 50;

/// Longest name, role or place, in characters.
const LONGEST: usize = 300;

/// The visits of a dossier, in the order they were recorded.
pub async fn of_dossier<C: ConnectionTrait>(db: &C, dossier: Uuid) -> Result<Vec<Model>, Error> {
    let rows = Entity::find().filter(Column::DossierId.eq(dossier));
    Ok(rows.order_by_asc(Column::Id).all(db).await?)
}

/// The report of a visit, opened.
pub fn report(sealer: &Sealer, row: &Model) -> Result<Report, Error> {
    from_json("visits.report", &sealer.open(&report_of(row.id), &row.report_sealed)?)
}

impl Door<'_> {
    /// Adds the report of a visit. Fails with every part that is missing.
    pub(super) fn visited(
        &self,
        batch: &mut Batch,
        (before, after): (&dossiers::Model, &dossiers::Model),
        report: &Report,
    ) -> Result<(), Error> {
        let mut wrong = missing(report);
        if report.at > self.at || report.at < before.submitted_at {
            let vi = "Thời gian kiểm tra phải sau khi nộp hồ sơ và không ở tương lai.";
            let en = "The visit lies after the submission and not in the future.";
            wrong.push(said("/at".into(), "time_impossible", vi, en));
        }
        if !wrong.is_empty() {
            return Err(Error::Invalid(wrong));
        }
        let id = Uuid::now_v7();
        batch.insert(Model {
            id,
            dossier_id: before.id,
            entry: after.entries,
            visited_at: report.at,
            report_sealed: self.sealer.seal(&report_of(id), &json_of(report)?)?,
            recorded_by: self.by.subject.clone(),
            recorded_name: self.by.name.clone(),
            recorded_at: self.at,
        });
        Ok(())
    }
}

fn missing(report: &Report) -> Vec<Violation> {
    let fits = |text: &str| text.chars().any(char::is_alphanumeric) && text.chars().count() <= LONGEST;
    let mut wrong = Vec::new();
    if !fits(&report.place) {
        let vi = "Phải ghi địa điểm kiểm tra, tối đa 300 ký tự.";
        wrong.push(said(
            "/place".into(),
            "place_missing",
            vi,
            "The place is missing or has over 300 characters.",
        ));
    }
    if report.participants.is_empty() || report.participants.len() > MOST_PARTICIPANTS {
        let (vi, en) = ("Phải ghi từ 1 đến 50 người tham gia.", "Name 1 to 50 participants.");
        wrong.push(said("/participants".into(), "participants_missing", vi, en));
    }
    for (n, person) in report.participants.iter().enumerate() {
        if !fits(&person.name) || !fits(&person.role) {
            let (vi, en) = ("Phải ghi họ tên và vai trò.", "A participant needs a name and a role.");
            wrong.push(said(format!("/participants/{n}"), "participant_incomplete", vi, en));
        }
    }
    wrong
}

fn report_of(id: Uuid) -> String {
    format!("visit:{id}")
}

fn said(pointer: String, code: &'static str, vi: &str, en: &str) -> Violation {
    Violation { pointer, code, vi: vi.into(), en: en.into() }
}
