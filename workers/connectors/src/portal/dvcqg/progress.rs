//! The lines of `CapNhatTienDoHoSoMC` (wire.md §1.7).

use super::scalars::{cut, moment, or_empty};
use crate::{failure::Failure, portal::ProgressLine, trip::stamp};
use serde_json::{Value, json};

/// Largest batch, as in the field.
pub(super) const BATCH: usize = 10;

/// The lines in their order, or why one cannot be told.
pub(super) fn build(lines: &[ProgressLine]) -> Result<Vec<Value>, Failure> {
    lines.iter().map(build_one).collect()
}

fn build_one(line: &ProgressLine) -> Result<Value, Failure> {
    if line.officer.trim().is_empty() || line.content.trim().is_empty() {
        return Err(Failure::fail("a progress line must name who did what"));
    }
    Ok(json!({
        "MaHoSo": line.code,
        "NguoiXuLy": cut(&line.officer, 50),
        "ChucDanh": or_empty(line.title.as_ref()),
        "ThoiDiemXuLy": stamp(line.done_at),
        "PhongBanXuLy": or_empty(line.department.as_ref()),
        "NoiDungXuLy": line.content,
        "TrangThai": line.status.code().to_string(),
        "NgayBatDau": moment(line.started_at),
        "NgayKetThucTheoQuyDinh": moment(line.due_at),
    }))
}
