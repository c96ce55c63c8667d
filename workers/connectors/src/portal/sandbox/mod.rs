//! The national portal's twin: keeps dossiers by code and their progress in order, asked over three ways, and sends
//! dossiers, supplements and tax notices to the province when a button is pressed.

mod answering;
mod catalogue;
mod desk;
mod pushes;
mod state;
mod ways;

use crate::{
    sandbox::{Running, StandIn, serve},
    sandbox_page::Face,
};
use actix_web::web;
use serde_json::{Value, json};
use state::Portal;
use std::{io, sync::Arc};

/// Account the twin knows.
pub const USERNAME: &str = "tinh-h99";
/// Its password; it protects nothing.
pub const PASSWORD: &str = "mat-khau-thu-nghiem";
/// Token before the façade; it protects nothing.
pub const BEARER: &str = "ma-truy-cap-thu-nghiem";
/// Key that the twin shows when it sends something; it protects nothing.
pub const INBOX_KEY: &str = "khoa-chung-thu-nghiem";
/// What can be made to happen: the session is forgotten; the next record is refused, or there already; the next dossier
/// that is looked up is gone, denied in words of no document, or has another status; one procedure is published anew.
pub const MAGIC: [&str; 7] =
    ["session_expired", "refuses", "already_exists", "forgets", "denies", "drifts", "republishes"];

/// Starts the twin. Beside the wires it has `GET /dossiers`, `POST /__dossiers/{code}/{forget|drift}`,
/// `GET|POST /__push/{family}` and `POST /__callback {"url"}`.
pub fn start(stand_in: StandIn) -> io::Result<Running> {
    let portal = Arc::new(Portal::new(&stand_in)?);
    let shown = Arc::clone(&portal);
    let face = Face {
        title: "Cổng Dịch vụ công quốc gia (thử nghiệm)",
        magic: &MAGIC,
        notebook: portal.notebook.clone(),
        holdings: Arc::new(move || shown.shown()),
    };
    serve(stand_in.listener, face, move |app| {
        app.app_data(web::Data::from(Arc::clone(&portal)));
        ways::routes(app);
        desk::routes(app);
    })
}

/// Settings that fit the twin at an address, through the province's adapter.
pub fn example(url: &str) -> Value {
    json!({
        "url": url, "username": USERNAME, "password": PASSWORD,
        "share_path": "/mapi/share", "file_path": "/mapi/file",
        "dstcode": "VN:GOV:000.00.00.G22:vpcpdvcprovider", "agency_code": "000.00.00.H99", "inbox": inbox(),
    })
}

/// The same through the façade of an integration platform.
pub fn facade_example(url: &str) -> Value {
    json!({
        "url": format!("{url}/KetNoiMotCuaQuocGia"), "bearer": BEARER, "agency_code": "000.00.00.H99",
        "addresses": addresses("", &[]), "inbox": inbox(),
    })
}

/// The same through a platform that takes bare lists.
pub fn array_example(url: &str) -> Value {
    let more = ["LayDanhSachTTHC", "LayThuTuc", "LayDanhMucLinhVuc", "TraCuuTechID", "getfile"];
    json!({
        "url": url, "agency_code": "000.00.00.H99", "addresses": addresses("/api/SynsTTHCC", &more),
        "inbox": inbox(),
    })
}

fn addresses(base: &str, more: &[&str]) -> Value {
    let names = [
        "DongBoHoSoMC",
        "CapNhatTienDoHoSoMC",
        "DongBoTrangThaiHoSo",
        "TraCuuHoSo",
        "LayDanhMucCoQuan",
        "DongBoDanhGia",
        "LayDanhSachHoiDapGuiTuDVCQG",
        "DongBoKetQuaHoiDapGuiTuDVCQG",
    ];
    names.iter().chain(more).map(|name| ((*name).to_owned(), Value::from(format!("{base}/{name}")))).collect()
}

fn inbox() -> Value {
    json!({"key": INBOX_KEY, "mapped": {
        "national_id": "/data/MaHoSoQG", "procedure_code": "/data/MaTTHC", "applicant_name": "/data/ChuHoSo",
        "updating": {"at": "/isUpdating", "values": ["true", "True"]},
        "organisation": {"at": "/data/LoaiDoiTuong", "values": ["2", "3", "4"]},
        "unit_code": "/data/MaDonVi", "submitted_at": "/data/NgayNopHoSo", "number": "/data/SoDinhDanh",
        "account": "/data/MaDoiTuong", "phone": "/data/SoDienThoai", "email": "/data/Email",
        "address": "/data/DiaChi", "summary": "/data/TrichYeuHoSo", "form": "/data/DuLieuBieuMau",
        "returns_by_post": {"at": "/data/HinhThuc", "values": ["1"]}, "papers": "/data/TaiLieuNop",
    }})
}
