//! A form as a page to look at: the same parts as on paper, without scripts.

use crate::manners::pages::escaped;
use rules::forms::block::{Block, Column, Field, Signature, Table};
use rules::forms::{Paper, Sheet};

const PAGE: &str = include_str!("preview.html");

/// The page.
pub(crate) fn printed(sheet: &Sheet) -> String {
    let paper = match sheet.paper {
        Paper::A5 => "a5",
        Paper::A4Across => "a4-across",
    };
    let fields = [
        ("paper", paper.to_owned()),
        ("form", lines(&sheet.form)),
        ("agency", lines(&sheet.agency)),
        ("desk", lines(&sheet.desk)),
        ("number", lines(&sheet.number)),
        ("date", lines(&sheet.place_and_date)),
        ("title", lines(&sheet.title)),
        ("subtitle", lines(&sheet.subtitle)),
        ("blocks", sheet.blocks.iter().map(block).collect()),
    ];
    // The parts come last: what stands in them has no open place left, because braces are escaped.
    fields.iter().fold(PAGE.to_owned(), |page, (name, value)| page.replace(&format!("{{{{{name}}}}}"), value))
}

fn block(block: &Block) -> String {
    match block {
        Block::Fields { fields } => fields.iter().map(field).collect(),
        Block::Words { words } => format!("<p>{}</p>", lines(words)),
        Block::Framed { label, words } => {
            format!("<p class=\"framed\">{}:<br><b>{}</b></p>", lines(label), lines(words))
        }
        Block::Table(table) => tabled(table),
        Block::Signatures { signatures } => {
            format!(
                "<div class=\"signatures\">{}</div>",
                signatures.iter().map(signature).collect::<String>()
            )
        }
        Block::LookUp { code, secret, remarks } => {
            let remarks: String = remarks.iter().map(|remark| format!("<br>{}", lines(remark))).collect();
            format!(
                "<p class=\"small\">Tra cứu bằng mã hồ sơ <b>{}</b> và mã tra cứu <b>{}</b>.{remarks}</p>",
                lines(code),
                lines(secret)
            )
        }
    }
}

fn field(field: &Field) -> String {
    let value = if field.value.is_empty() { "……………………".into() } else { lines(&field.value) };
    format!("<p>{}: <b>{value}</b></p>", lines(&field.label))
}

fn tabled(table: &Table) -> String {
    let row = |cells: &Vec<String>| {
        let cells = table.columns.iter().zip(cells);
        let cells: String = cells
            .map(|(column, cell)| {
                format!("<td{}>{}</td>", if column.centred { " class=\"mid\"" } else { "" }, lines(cell))
            })
            .collect();
        format!("<tr>{cells}</tr>")
    };
    let rows: String = table.rows.iter().map(row).collect();
    format!("<table><thead>{}</thead><tbody>{rows}</tbody></table>", headings(&table.columns))
}

/// One row of headings, or two where columns share one.
fn headings(columns: &[Column]) -> String {
    let grouped = columns.iter().any(|column| !column.group.is_empty());
    let (mut above, mut below) = (String::new(), String::new());
    let mut last = "";
    for column in columns {
        if column.group.is_empty() {
            let rows = if grouped { 2 } else { 1 };
            above.push_str(&format!("<th rowspan=\"{rows}\">{}</th>", lines(&column.title)));
        } else {
            if column.group != last {
                let span = columns.iter().filter(|other| other.group == column.group).count();
                above.push_str(&format!("<th colspan=\"{span}\">{}</th>", lines(&column.group)));
            }
            below.push_str(&format!("<th>{}</th>", lines(&column.title)));
        }
        last = &column.group;
    }
    if below.is_empty() { format!("<tr>{above}</tr>") } else { format!("<tr>{above}</tr><tr>{below}</tr>") }
}

fn signature(signature: &Signature) -> String {
    let Signature { title, hint, name } = signature;
    format!("<div><b>{}</b><br><i>{}</i><span>{}</span></div>", lines(title), lines(hint), lines(name))
}

fn lines(text: &str) -> String {
    escaped(text).replace('\n', "<br>")
}
