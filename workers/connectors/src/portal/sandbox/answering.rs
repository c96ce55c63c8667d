//! The portal's own end of its services, whatever way they are asked.

use super::{catalogue, state::Portal};
use crate::loose_json::text;
use serde_json::{Value, json};

/// What the twin answers to a service.
pub(super) fn serve(portal: &Portal, service: &str, asked: &Value) -> Value {
    match service {
        "DongBoHoSoMC" => take_records(portal, asked),
        "CapNhatTienDoHoSoMC" => take_progress(portal, asked),
        "DongBoTrangThaiHoSo" => take_status(portal, asked),
        "TraCuuHoSo" => look_up(portal, asked),
        "LayDanhSachTTHC" => found(catalogue::lines(published_anew(portal))),
        "LayThuTuc" => found(catalogue::one(&text(asked, "maTTHC"), published_anew(portal))),
        "LayDanhMucCoQuan" => found(catalogue::agencies()),
        "LayDanhMucLinhVuc" => found(catalogue::fields()),
        "TraCuuTechID" => found(catalogue::accounts(&text(asked, "mstorcmnd"))),
        "DongBoDanhGia" => take(portal, "satisfaction", asked, &["NgayTongHop", "MaThuTuc", "Madonvi"]),
        "DongBoKetQuaHoiDapGuiTuDVCQG" => take(portal, "answers", asked, &["HOIDAPID", "NOIDUNGTRALOI"]),
        "LayDanhSachHoiDapGuiTuDVCQG" => found(catalogue::questions()),
        _ => said("-1", "Dịch vụ không hợp lệ"),
    }
}

const REQUIRED: [&str; 11] = [
    "MaHoSo",
    "MaTTHC",
    "TenTTHC",
    "MaLinhVuc",
    "TenLinhVuc",
    "ChuHoSo",
    "LoaiDoiTuong",
    "TrichYeuHoSo",
    "TrangThaiHoSo",
    "HinhThuc",
    "DonViXuLy",
];

fn take_records(portal: &Portal, asked: &Value) -> Value {
    if portal.notebook.take(&["refuses"]).is_some() {
        return said("-1", "Mã thủ tục hành chính không hợp lệ");
    }
    let updating = text(asked, "isUpdating") == "True";
    for record in list(asked) {
        if let Some(missing) = missing(record, &REQUIRED) {
            return said("-1", &format!("Thiếu trường {missing}"));
        }
        // As in the field: the code says little, the words tell it (wire.md §1.6.7).
        if !updating && is_there(portal, record) {
            return said("3", "Mã hồ sơ đã tồn tại");
        }
        portal.keep(record);
    }
    said("0", "Đồng bộ thành công")
}

fn is_there(portal: &Portal, record: &Value) -> bool {
    let code = text(record, "MaHoSo");
    if portal.notebook.take(&["already_exists"]).is_some() {
        portal.keep(record);
    }
    portal.holds(&code).is_some()
}

fn take_progress(portal: &Portal, asked: &Value) -> Value {
    if list(asked).len() > 10 {
        return said("-1", "Mỗi lần gửi tối đa 10 dòng");
    }
    for line in list(asked) {
        if !portal.add_progress(line) {
            return said("-1", "Hồ sơ không tồn tại");
        }
    }
    said("0", "Cập nhật thành công")
}

// The bare list of one way holds what is an object on the others.
fn take_status(portal: &Portal, asked: &Value) -> Value {
    let data = asked.get("data").cloned().unwrap_or_default();
    let told = if data.is_array() { data.get(0).cloned().unwrap_or_default() } else { data };
    if text(asked, "type") != "2" {
        return said("-1", "Thiếu type");
    }
    match missing(&told, &["MaHoSo", "MaHoSoDonVi", "NgayXuLy", "TrangThai"]) {
        Some(missing) => said("-1", &format!("Thiếu trường {missing}")),
        None => {
            portal.keep_as("statuses", &[told]);
            said("0", "Cập nhật trạng thái thành công")
        }
    }
}

fn look_up(portal: &Portal, asked: &Value) -> Value {
    let code = text(asked, "mahoso");
    if portal.notebook.take(&["denies"]).is_some() {
        return said("-1", "Hồ sơ chưa được gửi lên Cổng");
    }
    match portal.notebook.take(&["forgets", "drifts"]).as_deref() {
        Some("forgets") => portal.forget(&code),
        Some(_drifts) => portal.drift(&code),
        None => false,
    };
    found(portal.holds(&code).into_iter().collect())
}

fn published_anew(portal: &Portal) -> bool {
    portal.published_anew(portal.notebook.take(&["republishes"]).is_some())
}

fn take(portal: &Portal, name: &'static str, asked: &Value, required: &[&str]) -> Value {
    if let Some(missing) = list(asked).iter().find_map(|item| missing(item, required)) {
        return said("-1", &format!("Thiếu trường {missing}"));
    }
    portal.keep_as(name, list(asked));
    said("0", "Đồng bộ thành công")
}

fn missing<'a>(item: &Value, required: &[&'a str]) -> Option<&'a str> {
    required.iter().find(|field| text(item, field).is_empty()).copied()
}

fn list(asked: &Value) -> &[Value] {
    asked.get("data").and_then(Value::as_array).map(Vec::as_slice).unwrap_or_default()
}

fn found(result: Value) -> Value {
    json!({"error_code": "0", "message": "Thành công", "result": result})
}

pub(super) fn said(code: &str, words: &str) -> Value {
    json!({"error_code": code, "message": words})
}
