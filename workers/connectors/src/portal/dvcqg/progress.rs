//! The lines of `CapNhatTienDoHoSoMC` (wire.md §1.7).

use super::{
    dialect::Dialect,
    scalars::{Cut, Moment, Whole, written},
};
use crate::{failure::Failure, portal::ProgressLine};
use serde::Serialize;
use serde_json::Value;

/// The lines in their order, or why one cannot be told.
pub(super) fn build(lines: &[ProgressLine], dialect: &Dialect) -> Result<Vec<Value>, Failure> {
    lines.iter().map(|line| written(&item(line, dialect)?)).collect()
}

#[derive(Debug, Serialize)]
#[serde(rename_all = "PascalCase")]
struct Item {
    ma_ho_so: Whole,
    nguoi_xu_ly: Cut<50>,
    chuc_danh: Whole,
    thoi_diem_xu_ly: Moment,
    phong_ban_xu_ly: Whole,
    noi_dung_xu_ly: Cut<4000>,
    trang_thai: String,
    ngay_bat_dau: Moment,
    ngay_ket_thuc_theo_quy_dinh: Moment,
}

fn item(line: &ProgressLine, dialect: &Dialect) -> Result<Item, Failure> {
    if line.officer.trim().is_empty() || line.content.trim().is_empty() {
        return Err(Failure::fail("a progress line must name who did what"));
    }
    Ok(Item {
        ma_ho_so: Whole::of("the dossier's code", &line.code)?,
        nguoi_xu_ly: Cut::of(&line.officer),
        chuc_danh: Whole::or_empty("an officer's title", line.title.as_ref())?,
        thoi_diem_xu_ly: Moment(Some(line.done_at)),
        phong_ban_xu_ly: Whole::or_empty("a department's name", line.department.as_ref())?,
        noi_dung_xu_ly: Cut::of(&line.content),
        trang_thai: dialect.status(line.status),
        ngay_bat_dau: Moment(line.started_at),
        ngay_ket_thuc_theo_quy_dinh: Moment(line.due_at),
    })
}
