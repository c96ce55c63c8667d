//! The XML sheet of land-tax notices, `/DATA/BODY/ROW_LIST` (wire.md §1.9.4); DTDs and entities of its own are refused.

use super::reading::{CODE, NAME, bad, malformed, missing, sum};
use crate::portal::{Misread, TaxNotice};
use chrono::NaiveDate;
use roxmltree::{Document, Node, ParsingOptions};

/// Largest sheet in bytes, and in nodes: a sheet is about one dossier, seldom about more than a few.
const LARGEST: usize = 2 << 20;
const MOST_NODES: u32 = 100_000;

/// The notices of a sheet; one without any is a misreading.
pub(super) fn read(sheet: &[u8]) -> Result<Vec<TaxNotice>, Misread> {
    if sheet.len() > LARGEST {
        return Err(Misread {
            code: "too_large",
            words: "the sheet of tax notices is larger than allowed".to_owned(),
        });
    }
    let text = std::str::from_utf8(sheet).map_err(|_| malformed("the sheet of tax notices is not UTF-8"))?;
    let options = ParsingOptions { allow_dtd: false, nodes_limit: MOST_NODES, ..ParsingOptions::default() };
    let sheet = Document::parse_with_options(text, options)
        .map_err(|_| malformed("the sheet of tax notices is not plain XML"))?;
    let rows = named(sheet.root_element(), "BODY").into_iter().flat_map(|body| named(body, "ROW_LIST"));
    let notices: Vec<TaxNotice> =
        rows.map(row).collect::<Result<Vec<_>, _>>()?.into_iter().flatten().collect();
    if notices.is_empty() { Err(missing("ROW_LIST")) } else { Ok(notices) }
}

fn named<'a, 'b>(parent: Node<'a, 'b>, name: &str) -> Vec<Node<'a, 'b>> {
    parent.children().filter(|child| child.tag_name().name() == name).collect()
}

// The items stand in LIST, or in elements of their own inside it: whatever holds a sum is one.
fn row(row: Node<'_, '_>) -> Result<Vec<TaxNotice>, Misread> {
    let code = needed(row, "MA_HSO")?;
    let items = row.descendants().filter(|node| !named(*node, "SO_TIEN").is_empty());
    items.map(|item| notice(&code, item)).collect()
}

fn notice(code: &str, item: Node<'_, '_>) -> Result<TaxNotice, Misread> {
    let day = text(item, "NGAY_QUYET_DINH", CODE)?;
    let day = Some(day).filter(|day| !day.is_empty());
    let read = |day: String| NaiveDate::parse_from_str(&day, "%d-%m-%Y").map_err(|_| bad("NGAY_QUYET_DINH"));
    Ok(TaxNotice {
        code: code.to_owned(),
        tax_number: text(item, "MA_SO_THUE", CODE)?,
        decision: needed(item, "SO_QUYET_DINH")?,
        decided_on: day.map(read).transpose()?,
        item: text(item, "TEN_TIEUMUC", NAME)?,
        amount: sum(&needed(item, "SO_TIEN")?, "SO_TIEN")?,
    })
}

fn needed(node: Node<'_, '_>, name: &str) -> Result<String, Misread> {
    let text = text(node, name, CODE)?;
    if text.is_empty() { Err(missing(name)) } else { Ok(text) }
}

fn text(node: Node<'_, '_>, name: &str, most: usize) -> Result<String, Misread> {
    let found = named(node, name).into_iter().next().and_then(|child| child.text());
    let text = found.unwrap_or_default().trim();
    if text.chars().count() > most {
        return Err(Misread { code: "too_long", words: format!("{name} has more than {most} characters") });
    }
    Ok(text.to_owned())
}
