//! The list of a bank as a sheet: which column says what, and the movements that come of it.

use crate::payments::words::unfit;
use rules::fees::sheets::{amount, read};
use rules::fees::statements::Movement;
use rules::refusal::Violation;
use std::collections::{BTreeSet, HashSet};

/// Names of the columns in the first line of the sheet.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Columns {
    /// The bank's number of the transaction.
    pub transaction: String,
    /// The sum in đồng; negative for money that went out.
    pub amount: String,
    /// What the payer wrote, with our short reference in it.
    pub purpose: String,
}

/// Our short references, to be found in what payers wrote without trying each on every line.
#[derive(Debug, Clone, Default)]
pub struct References {
    known: HashSet<String>,
    /// Lengths that occur, longest first.
    lengths: Vec<usize>,
}

impl FromIterator<String> for References {
    fn from_iter<I: IntoIterator<Item = String>>(all: I) -> Self {
        let known: HashSet<String> = all.into_iter().filter(|reference| !reference.is_empty()).collect();
        let lengths: BTreeSet<usize> = known.iter().map(String::len).collect();
        Self { known, lengths: lengths.into_iter().rev().collect() }
    }
}

impl References {
    /// The longest of them that stands in what the payer wrote, whatever signs banks have left out of it.
    fn found_in(&self, purpose: &str) -> String {
        let letters = purpose.chars().filter(char::is_ascii_alphanumeric);
        let plain: String = letters.map(|letter| letter.to_ascii_uppercase()).collect();
        let ends = |length: usize| (length..=plain.len()).map(move |end| (end - length, end));
        let windows = self.lengths.iter().flat_map(|length| ends(*length));
        let mut parts = windows.filter_map(|(start, end)| plain.get(start..end));
        parts.find(|part| self.known.contains(*part)).unwrap_or_default().to_owned()
    }
}

/// Most lines of a sheet.
const MOST: usize = 20_000;

/// The movements of a sheet. Fails with every violation: no such column, a line that is not closed, a sum that is none.
///
/// What the payer wrote is not kept: only the one of `references` that is found in it.
pub fn movements(
    sheet: &str,
    columns: &Columns,
    references: &References,
) -> Result<Vec<Movement>, Vec<Violation>> {
    let rows = read(sheet).map_err(|line| vec![broken(line)])?;
    let (head, body) = rows.split_first().ok_or_else(|| vec![broken(1)])?;
    let place = |name: &str| head.iter().position(|cell| cell.trim() == name.trim());
    let wanted =
        [("transaction", &columns.transaction), ("amount", &columns.amount), ("purpose", &columns.purpose)];
    let missing = wanted.iter().filter(|(_, name)| place(name).is_none());
    let mut wrong: Vec<Violation> = missing.map(|(column, name)| no_column(column, name)).collect();
    let (Some(transaction), Some(sum), Some(purpose)) =
        (place(&columns.transaction), place(&columns.amount), place(&columns.purpose))
    else {
        return Err(wrong);
    };
    if body.len() > MOST {
        return Err(vec![too_long()]);
    }
    let mut movements = Vec::with_capacity(body.len());
    for (n, row) in body.iter().enumerate() {
        let cell = |place: usize| row.get(place).map(|cell| cell.trim()).unwrap_or_default();
        match amount(cell(sum)) {
            None => wrong.push(no_amount(n + 2)),
            Some(amount) => movements.push(Movement {
                reference: references.found_in(cell(purpose)),
                transaction: kept(cell(transaction)),
                amount,
            }),
        }
    }
    if wrong.is_empty() { Ok(movements) } else { Err(wrong) }
}

/// A number of a transaction; what reads as a card number is not kept.
fn kept(number: &str) -> String {
    let plain = unfit([("", number, 200)]).is_empty();
    if plain { number.to_owned() } else { String::new() }
}

fn broken(line: usize) -> Violation {
    said(
        "/sheet",
        "sheet_unreadable",
        format!("Dòng {line} không đọc được."),
        format!("Line {line} cannot be read."),
    )
}

fn no_column(column: &str, name: &str) -> Violation {
    said(
        &format!("/columns/{column}"),
        "column_missing",
        format!("Dòng đầu không có cột “{name}”."),
        format!("The first line has no column “{name}”."),
    )
}

fn no_amount(line: usize) -> Violation {
    said(
        "/sheet",
        "amount_unreadable",
        format!("Dòng {line}: số tiền phải là đồng chẵn."),
        format!("Line {line}: the sum must be whole đồng."),
    )
}

fn too_long() -> Violation {
    said("/sheet", "sheet_too_long", format!("Quá {MOST} dòng."), format!("It has over {MOST} lines."))
}

fn said(pointer: &str, code: &'static str, vi: String, en: String) -> Violation {
    Violation { pointer: pointer.into(), code, vi, en }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn columns() -> Columns {
        Columns { transaction: "Số GD".into(), amount: "Số tiền".into(), purpose: "Nội dung".into() }
    }

    fn known(references: &[&str]) -> References {
        references.iter().map(|reference| (*reference).to_owned()).collect()
    }

    #[test]
    fn a_line_is_known_by_our_reference_in_what_the_payer_wrote() {
        let sheet = "Ngày;Số GD;Số tiền;Nội dung\n10/03/2026;FT1;12.000;\"TT HS h55101-260310-0001 NGUYEN THI MAU\"\n";

        let told = movements(sheet, &columns(), &known(&["H55101260310", "H551012603100001"])).unwrap();

        let expected =
            Movement { reference: "H551012603100001".into(), transaction: "FT1".into(), amount: 12_000 };
        assert_eq!(told, [expected]);
    }

    #[test]
    fn everything_wrong_with_a_sheet_is_told() {
        let codes = |sheet| {
            let wrong = movements(sheet, &columns(), &known(&[])).unwrap_err();
            wrong.iter().map(|wrong| wrong.code).collect::<Vec<_>>()
        };

        assert_eq!(codes("a,b\n1,2"), ["column_missing"; 3]);
        assert_eq!(codes(""), ["sheet_unreadable"]);
        assert_eq!(codes("Số GD,Số tiền,Nội dung\nFT1,12.5,x\nFT2,,y"), ["amount_unreadable"; 2]);
    }
}
