//! What the twin sends to the province: one message of each family, with the shared key, to `{callback_url}/{family}`.

use super::{INBOX_KEY, catalogue, state::Portal};
use base64::{Engine, engine::general_purpose::STANDARD};
use serde_json::{Value, json};

/// The message of a family about a dossier; none where there is no such family.
pub(super) fn message(family: &str, key: &str, now: &str) -> Option<Value> {
    let file = STANDARD.encode(catalogue::FILE);
    Some(match family {
        "addtthcKhuyenMai" => promotion(key, now, &file),
        "nhanhsdvcqg" => amendment(key, now),
        "mapped" => form(key, now, &file),
        "search_call" => json!({"madonvi": "H99", "service": "TraCuuHoSo", "masohoso": key}),
        "NhanThongBaoThueDat" => json!({
            "service": family, "Ngay": now, "IsUpdating": "False",
            "data": {"FileThongBaoThue": STANDARD.encode(sheet(key))},
        }),
        "NhanChungTuThueDat" => receipt(key, now),
        "dptracuuthanhtoanhs" => json!({"MaHoSo": key}),
        _ => return None,
    })
}

fn promotion(key: &str, now: &str, file: &str) -> Value {
    json!({
        "MaHoSo": key, "MaTTHC": "2.000620", "SoVanBan": "12/TB", "NgayNopHoSo": now,
        "TenThuongNhan": "Công ty TNHH Mẫu", "DiaChiDoanhNghiep": {
            "MaTinh": "19", "MaHuyen": "", "MaXa": "01834", "DiaChiChiTiet": "Số 1, thôn Mẫu",
        },
        "DienThoai": "02093800002", "Fax": "", "Email": "mau@doanhnghiep.example", "MaSoThue": "8000000002",
        "NguoiLienHe": "Trần Văn Mẫu", "SoDienThoaiNguoiLienHe": "0900000002",
        "TenChuongTrinhKhuyenMai": "Tri ân khách hàng", "HinhThucKhuyenMai": "Giảm giá",
        "ThoiGianKhuyenMaiTu": "20240601000000", "ThoiGianKhuyenMaiDen": "20240630235959",
        "HangHoaDichVuKhuyenMai": "Hàng hóa mẫu", "SoLuongHangHoaDichVu": "100", "KhachHang": "Mọi khách hàng",
        "CoCauGiaiThuong": "", "TongGiaTriHangHoa": "1000000", "NoiDungChiTiet": "", "TenCacThuongNhanCungThucHien": "",
        "TenTepDonDangKy": "don-dang-ky.pdf", "TepDonDangKy": file,
        "TaiLieuNop": [{"TenTepDinhKem": "phu-luc.pdf", "Base64": file}],
    })
}

fn amendment(key: &str, now: &str) -> Value {
    json!({
        "service": "nhanhsdvcqg", "isUpdating": "True", "data": {
            "MaHoSoQG": key, "MaTTHC": "2.000620", "SoVanBan": "13/TB", "NgayNopHoSo": now,
            "TenThuongNhan": "Công ty TNHH Mẫu", "DiaChiDoanhNghiep": {
                "MaTinh": "19", "MaHuyen": "", "MaXa": "01834", "DiaChiChiTiet": "Số 1, thôn Mẫu",
            },
            "DienThoai": "02093800002", "Fax": "", "Email": "mau@doanhnghiep.example", "MaSoThue": "8000000002",
            "NguoiLienHe": "Trần Văn Mẫu", "SoDienThoaiNguoiLienHe": "0900000002",
            "ThongTinDaNop": {
                "MaHoSoQGDNP": key, "SoVanBanDaNopDNP": "12/TB", "NgayNopHoSoDNP": "20240520080000",
                "TenChuongTrinhKhuyenMaiDNP": "Tri ân khách hàng", "ThoiGianKhuyenMaiTuDNP": "20240601000000",
                "ThoiGianKhuyenMaiDenDNP": "20240630235959", "DiaBanKhuyenMaiDNP": "Toàn tỉnh",
            },
            "ThongTinSuaDoi": {
                "TenChuongTrinhKM": "Tri ân khách hàng mùa hè", "SoLuongHangHoaDichVuKM": "200",
                "HangHoaDichVuKM": "Hàng hóa mẫu", "CoCauGiaiThuongKM": "", "NoiDungChiTietKM": "",
                "HangHoaDichVuDungKM": "",
            },
            "LyDoDieuChinh": "Kéo dài thời gian", "NoiDungCamKetKhac": "",
            "TenTepDangKy": "sua-doi.pdf", "URLTepDangKy": "/tep/sua-doi.pdf",
        },
    })
}

// The message of the portal of today is not published; the example of the settings points into this one.
fn form(key: &str, now: &str, file: &str) -> Value {
    json!({
        "service": "TiepNhanHoSo", "isUpdating": false, "data": {
            "MaHoSoQG": key, "MaTTHC": "2.000815", "MaDonVi": "H55.121", "NgayNopHoSo": now,
            "ChuHoSo": "Trần Thị Mẫu", "LoaiDoiTuong": "1", "SoDinhDanh": "019190000001", "MaDoiTuong": "tech-019190000001",
            "SoDienThoai": "0900000001", "Email": "mau@nguoidan.example", "DiaChi": "Thôn 5, xã Suối Mẫu",
            "TrichYeuHoSo": "Chứng thực bằng tốt nghiệp", "HinhThuc": "0",
            "DuLieuBieuMau": {
                "document_name": "Bằng tốt nghiệp", "issuer": "Trường Đại học Mẫu", "issued_on": "2012-07-01",
                "pages": 1, "copies": 2, "electronic": false,
            },
            "TaiLieuNop": [
                {"TenTepDinhKem": "bang-tot-nghiep.pdf", "MaThanhPhanHoSo": "CC-01", "Base64": file},
                {"TenTepDinhKem": "ban-sao.pdf", "MaThanhPhanHoSo": "CC-02", "DuongDanTaiTepTin": "/tep/ban-sao.pdf"},
            ],
        },
    })
}

fn sheet(key: &str) -> String {
    format!(
        "<?xml version=\"1.0\" encoding=\"UTF-8\"?><DATA><BODY><ROW_LIST><MA_HSO>{key}</MA_HSO>\
         <LIST><MA_SO_THUE>8000000001</MA_SO_THUE><SO_QUYET_DINH>77/TB-CCT</SO_QUYET_DINH>\
         <NGAY_QUYET_DINH>29-05-2024</NGAY_QUYET_DINH><TEN_TIEUMUC>Lệ phí trước bạ nhà đất</TEN_TIEUMUC>\
         <SO_TIEN>1500000</SO_TIEN></LIST></ROW_LIST></BODY></DATA>",
        key = crate::sandbox_page::escaped(key),
    )
}

fn receipt(key: &str, now: &str) -> Value {
    json!({
        "service": "NhanChungTuThueDat", "isSync": "1", "data": {
            "MaHoSo": key, "HoTenNguoiNopTien": "Trần Thị Mẫu", "SoCMTNguoiNopTien": "019190000001",
            "MaSoThue": "8000000001", "DiaChiNguoiNopTien": "Thôn 5", "XaNguoiNopTien": "xã Suối Mẫu",
            "HuyenNguoiNopTien": "", "TinhNguoiNopTien": "tỉnh Mẫu", "UrlFileChungTu": "/tep/chung-tu.pdf",
            "ThongTinThanhToan": {
                "MaThongBaoThue": "77/TB-CCT", "ThoiGianThanhToan": now, "SoTien": "1500000",
                "NoiDungThanhToan": "Nộp lệ phí trước bạ", "TrangThaiThanhToan": "1",
            },
        },
    })
}

/// Sends a message and tells what came of it; the telling is kept, too.
pub(super) async fn send(portal: &Portal, family: &str, message: &Value) -> Value {
    let told = match portal.callback_url() {
        None => json!({"family": family, "sent": message, "trouble": "no callback address is set"}),
        Some(base) => sent(portal, &base, family, message).await,
    };
    portal.keep_as("pushes", std::slice::from_ref(&told));
    told
}

async fn sent(portal: &Portal, base: &str, family: &str, message: &Value) -> Value {
    let request = portal.client.post(format!("{}/{family}", base.trim_end_matches('/')));
    let request = request.header("x-security-key", INBOX_KEY);
    let request = if family == "search_call" {
        let members = message.as_object().into_iter().flatten();
        let form = url::form_urlencoded::Serializer::new(String::new())
            .extend_pairs(members.map(|(name, value)| (name, value.as_str().unwrap_or_default())))
            .finish();
        request.header("content-type", "application/x-www-form-urlencoded").body(form)
    } else {
        request.json(message)
    };
    match request.send().await {
        Ok(answer) => {
            let status = answer.status().as_u16();
            let text = answer.text().await.unwrap_or_default();
            let said = serde_json::from_str(&text).unwrap_or(Value::from(text));
            json!({"family": family, "sent": message, "status": status, "answer": said})
        }
        Err(error) => json!({"family": family, "sent": message, "trouble": error.to_string()}),
    }
}
