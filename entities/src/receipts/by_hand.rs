//! Receipts that this program did not make out: written in a printed book, or issued by another system.

use super::series::{in_force, paper_ended, said};
use crate::columns::key_of;
use crate::dossiers::{Door, reading};
use crate::error::Error;
use crate::payments::shares::share;
use crate::payments::words::missing;
use crate::tables::hand_receipts::{Column, Entity, Model};
use crate::tables::payments;
use rules::fees::FeeKind;
use rules::fees::receipts::{Medium, digits, is_number, number_key, paper_allowed, year};
use rules::local_time::local_date;
use rules::refusal::Violation;
use sea_orm::{ColumnTrait, EntityTrait, IntoActiveModel, QueryFilter};
use uuid::Uuid;

/// The numbers of such receipts, as the desk types them: one for each kind of money (F-17).
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct HandReceipts {
    /// The number; that of the phí where both kinds are owed.
    pub number: Option<String>,
    /// The number for the lệ phí.
    pub le_phi_number: Option<String>,
    /// On paper, or electronic in another system.
    pub medium: Medium,
}

impl HandReceipts {
    /// What the payment and the history keep of them.
    pub fn words(&self) -> String {
        let name = match self.medium {
            Medium::Paper => "Biên lai",
            Medium::Electronic => "Biên lai điện tử",
        };
        match (&self.number, &self.le_phi_number) {
            (Some(phi), Some(le_phi)) => {
                format!("{name} phí số {}, lệ phí số {}", phi.trim(), le_phi.trim())
            }
            (one, other) => {
                format!("{name} số {}", one.as_ref().or(other.as_ref()).map_or("", |number| number.trim()))
            }
        }
    }

    fn typed(&self) -> impl Iterator<Item = (&'static str, &String)> {
        let numbers = [(NUMBER, &self.number), (LE_PHI_NUMBER, &self.le_phi_number)];
        numbers.into_iter().filter_map(|(pointer, number)| Some((pointer, number.as_ref()?)))
    }

    /// Which number stands for which kind of the payment. Fails where a kind has none, or a number has no kind.
    fn by_kind(&self, payment: &payments::Model) -> Result<Vec<Numbered<'_>>, Vec<Violation>> {
        let owed = FeeKind::ALL.map(|kind| share(payment, kind) > 0);
        let first = self.number.as_deref().map(|number| (NUMBER, number));
        let second = self.le_phi_number.as_deref().map(|number| (LE_PHI_NUMBER, number));
        match (owed, first, second) {
            ([true, true], Some(phi), Some(le_phi)) => {
                Ok(vec![(FeeKind::Phi, phi), (FeeKind::LePhi, le_phi)])
            }
            ([true, true], phi, _) => {
                Err(vec![two_needed(if phi.is_none() { NUMBER } else { LE_PHI_NUMBER })])
            }
            ([true, false], Some(phi), None) => Ok(vec![(FeeKind::Phi, phi)]),
            ([false, true], Some(one), None) | ([false, true], None, Some(one)) => {
                Ok(vec![(FeeKind::LePhi, one)])
            }
            (_, _, Some((pointer, _))) => Err(vec![not_owed(pointer)]),
            _ => Ok(Vec::new()),
        }
    }
}

type Numbered<'a> = (FeeKind, (&'static str, &'a str));

const NUMBER: &str = "/receipt_number";
const LE_PHI_NUMBER: &str = "/le_phi_receipt_number";

impl Door<'_> {
    /// Refuses a number that cannot be one: of paper after 2026 (F-14), or not of the form of the unit's printed books
    /// (F-10, F-15) where such a series is recorded.
    pub(crate) async fn check_by_hand(&self, receipts: &HandReceipts, unit: Uuid) -> Result<(), Error> {
        let day = local_date(self.at);
        let paper = receipts.medium == Medium::Paper;
        let books = paper && self.has_books(unit).await?;
        let mut wrong = Vec::new();
        for (pointer, number) in receipts.typed() {
            wrong.extend(missing(pointer, number, 100));
            if paper && !paper_allowed(day) {
                wrong.push(paper_ended(pointer));
            }
            if books && !is_number(number, day) {
                wrong.push(malformed(pointer, digits(day)));
            }
        }
        if wrong.is_empty() { Ok(()) } else { Err(Error::Invalid(wrong)) }
    }

    /// Keeps the numbers with a payment that is on record, one for each kind of its money.
    ///
    /// Fails where a kind has no number, where one receipt is to stand for both (F-17), and where a number has been used
    /// for other money (F-16), naming its dossier.
    pub(crate) async fn book_by_hand(
        &self,
        receipts: &HandReceipts,
        payment: &payments::Model,
    ) -> Result<(), Error> {
        let mut kept: Vec<Model> = Vec::new();
        for (kind, (pointer, number)) in receipts.by_kind(payment).map_err(Error::Invalid)? {
            let row = self.numbered(payment, (kind, receipts.medium), number).await?;
            if kept.iter().any(|one| (&one.series_code, &one.number) == (&row.series_code, &row.number)) {
                return Err(Error::Invalid(vec![two_needed(pointer)]));
            }
            if let Some(used) = self.used_by(&row).await? {
                return Err(Error::Invalid(vec![self.used_before(pointer, number, &used).await?]));
            }
            Entity::insert(row.clone().into_active_model()).exec_without_returning(self.tx).await?;
            kept.push(row);
        }
        Ok(())
    }

    async fn numbered(
        &self,
        payment: &payments::Model,
        (kind, medium): (FeeKind, Medium),
        number: &str,
    ) -> Result<Model, Error> {
        let day = local_date(self.at);
        let book = match medium {
            Medium::Paper => in_force(self.tx, payment.unit_id, (kind, medium), day).await?,
            Medium::Electronic => None,
        };
        Ok(Model {
            id: Uuid::now_v7(),
            unit_id: payment.unit_id,
            year: year(day),
            kind: key_of(&kind)?,
            medium: key_of(&medium)?,
            series_code: book.map(|book| book.series_code).unwrap_or_default(),
            number: number_key(number),
            payment_id: payment.id,
            dossier_id: payment.dossier_id,
            day,
        })
    }

    async fn used_by(&self, new: &Model) -> Result<Option<Model>, Error> {
        let same = Entity::find()
            .filter(Column::UnitId.eq(new.unit_id))
            .filter(Column::Year.eq(new.year))
            .filter(Column::Kind.eq(&new.kind))
            .filter(Column::Medium.eq(&new.medium))
            .filter(Column::SeriesCode.eq(&new.series_code))
            .filter(Column::Number.eq(&new.number));
        Ok(same.one(self.tx).await?)
    }

    async fn used_before(&self, pointer: &str, number: &str, used: &Model) -> Result<Violation, Error> {
        let code = reading::by_id(self.tx, used.dossier_id).await?.code;
        let (number, day) = (number.trim(), used.day.format("%d/%m/%Y"));
        Ok(said(
            pointer,
            "receipt_number_used",
            &format!(
                "Biên lai số {number} đã ghi cho hồ sơ {code} ngày {day}; hãy xem lại số trên biên lai."
            ),
            &format!("Receipt {number} stands for dossier {code} since {day}; look at the number again."),
        ))
    }

    async fn has_books(&self, unit: Uuid) -> Result<bool, Error> {
        let day = local_date(self.at);
        for kind in FeeKind::ALL {
            if in_force(self.tx, unit, (kind, Medium::Paper), day).await?.is_some() {
                return Ok(true);
            }
        }
        Ok(false)
    }
}

fn malformed(pointer: &str, most: u32) -> Violation {
    said(
        pointer,
        "receipt_number_invalid",
        &format!("Số biên lai có tối đa {most} chữ số và bắt đầu từ 1."),
        &format!("A receipt has a number of at most {most} digits, from 1 on."),
    )
}

fn two_needed(pointer: &str) -> Violation {
    said(
        pointer,
        "two_receipts_needed",
        "Phí và lệ phí lập hai biên lai riêng; hãy ghi số của từng biên lai.",
        "Phí and lệ phí have a receipt each; give the number of each of them.",
    )
}

fn not_owed(pointer: &str) -> Violation {
    said(
        pointer,
        "kind_not_owed",
        "Khoản nộp này chỉ có một loại tiền; chỉ ghi một số biên lai.",
        "This payment is of one kind of money; give one number alone.",
    )
}
