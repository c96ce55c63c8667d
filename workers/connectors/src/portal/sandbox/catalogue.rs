//! The small catalogue of the portal's twin: three procedures, one of which is published anew when asked.

use crate::loose_json::text;
use serde_json::{Value, json};

/// Organisation code of the twin's office that publishes.
const MINISTRY: &str = "000.00.00.G15";

/// The list of procedures.
pub(super) fn lines(anew: bool) -> Value {
    let line = |procedure: Value| json!({"MATTHC": text(&procedure, "MATTHC"), "TENTTHC": text(&procedure, "TENTTHC")});
    procedures(anew).into_iter().map(line).collect()
}

/// One procedure, as a list of one or none.
pub(super) fn one(code: &str, anew: bool) -> Value {
    procedures(anew).into_iter().filter(|procedure| text(procedure, "MATTHC") == code).collect()
}

fn procedures(anew: bool) -> [Value; 3] {
    // What changes: dearer and slower online, and one paper more.
    let (time, fee) = if anew { ("2", "3.000") } else { ("1", "2.000") };
    let mut papers = vec![
        paper("CC-01", "Bản chính giấy tờ, văn bản làm cơ sở để chứng thực bản sao", "1", "0", ""),
        paper("CC-02", "Bản sao cần chứng thực", "0", "1", "KQ-CC-01"),
    ];
    if anew {
        papers.push(paper("CC-04", "Giấy tờ chứng minh nhân thân", "0", "1", ""));
    }
    let copies = procedure(
        ("2.000815", "Chứng thực bản sao từ bản chính", "G15-CT01", "Chứng thực"),
        &[way("1", "1", "2.000", "PHI-CC"), way("2", time, fee, "PHI-CC")],
        &papers,
        ("KQ-CC-01", "Bản sao được chứng thực từ bản chính"),
    );
    let birth = procedure(
        ("1.001193", "Đăng ký khai sinh", "G15-HT01", "Hộ tịch"),
        &[way("1", "1", "", ""), way("2", "1", "", "")],
        &[
            paper("HT-01", "Giấy chứng sinh", "1", "0", ""),
            paper("HT-02", "Tờ khai đăng ký khai sinh", "1", "0", ""),
        ],
        ("KQ-HT-01", "Giấy khai sinh"),
    );
    let spirits = procedure(
        ("2.000620", "Cấp Giấy phép bán lẻ rượu", "G02-HH01", "Lưu thông hàng hóa trong nước"),
        &[
            way("1", "10", "600.000", "PHI-RU"),
            way("2", "10", "600.000", "PHI-RU"),
            way("3", "10", "600.000", "PHI-RU"),
        ],
        &[paper("RU-01", "Đơn đề nghị cấp Giấy phép bán lẻ rượu", "1", "0", "")],
        ("KQ-RU-01", "Giấy phép bán lẻ rượu"),
    );
    [copies, birth, spirits]
}

fn procedure(
    (code, name, field_code, field): (&str, &str, &str, &str),
    ways: &[Value],
    papers: &[Value],
    (result_code, result): (&str, &str),
) -> Value {
    json!({
        "ID": code, "MATTHC": code, "TENTTHC": name, "MACOQUANCONGBO": MINISTRY, "LOAITTHC": "1",
        "QUYETDINH": "1285/QĐ-BTP", "YEUCAU": "Không", "TRANGTHAI": "1",
        "TRINHTUTHUCHIEN": [{"TRUONGHOP": "", "TRINHTU": [
            {"TENTRINHTU": "Nộp hồ sơ tại Bộ phận Một cửa hoặc trên Cổng Dịch vụ công quốc gia"},
            {"TENTRINHTU": "Cơ quan có thẩm quyền giải quyết và trả kết quả"},
        ]}],
        "CAPTHUCHIEN": [{"CAPTHUCHIEN": "3", "TENCAP": "Cấp xã"}],
        "LINHVUCTHUCHIEN": [{"MALINHVUC": field_code, "TENLINHVUC": field}],
        "CACHTHUCTHUCHIEN": ways,
        "DOITUONGTHUCHIEN": [{"MADOITUONG": "1", "TENDOITUONG": "Công dân Việt Nam"}],
        "THANHPHANHOSO": [{"TRUONGHOP": "Bao gồm", "GIAYTO": papers}],
        "KETQUATHUCHIEN": [{"MAKETQUA": result_code, "TENKETQUA": result, "TENTEP": "", "URL": ""}],
        "CANCUPHAPLY": [{
            "SOVANBAN": "23/2015/NĐ-CP", "TENVANBAN": "Nghị định về cấp bản sao từ sổ gốc, chứng thực bản sao",
            "COQUANBANHANH": "Chính phủ", "NGAYBANHANH": "16/02/2015", "NGAYHIEULUC": "10/04/2015",
            "DIACHITRUYCAP": "",
        }],
        "COQUANCOTHAMQUYEN": [{"MADONVI": "H99.14", "TENDONVI": "UBND xã Suối Mẫu"}],
    })
}

fn way(channel: &str, days: &str, fee: &str, fee_code: &str) -> Value {
    let fees: Vec<Value> = if fee.is_empty() {
        Vec::new()
    } else {
        vec![
            json!({"MAPHILEPHI": fee_code, "SOTIEN": fee, "DONVI": "đồng", "MOTA": "", "TENTEP": "", "URL": ""}),
        ]
    };
    let unit = if days == "1" { "Ngày" } else { "Ngày làm việc" };
    json!({"KENH": channel, "THOIGIAN": [
        {"THOIGIANGIAIQUYET": days, "DONVITINH": unit, "MOTA": "", "PHILEPHI": fees},
    ]})
}

fn paper(code: &str, name: &str, originals: &str, copies: &str, replaced_by: &str) -> Value {
    json!({
        "MAGIAYTO": code, "MA_KQ_THAYTHE": replaced_by, "TENGIAYTO": name, "SOBANCHINH": originals,
        "SOBANSAO": copies, "TENMAUDON": "", "URL": "",
    })
}

/// The agencies.
pub(super) fn agencies() -> Value {
    json!([
        {"MADONVI": "000.00.00.H99", "TENDONVI": "UBND tỉnh Mẫu", "CAPDONVI": "1"},
        {"MADONVI": "000.14.10.H99", "TENDONVI": "UBND xã Suối Mẫu", "CAPDONVI": "3"},
    ])
}

/// The fields.
pub(super) fn fields() -> Value {
    json!([
        {"MALINHVUC": "G15-CT01", "TENLINHVUC": "Chứng thực", "MANGANH": MINISTRY},
        {"MALINHVUC": "G15-HT01", "TENLINHVUC": "Hộ tịch", "MANGANH": MINISTRY},
        {"MALINHVUC": "G02-HH01", "TENLINHVUC": "Lưu thông hàng hóa trong nước", "MANGANH": "000.00.00.G02"},
    ])
}

/// The technical accounts of a number: whoever has twelve digits has one.
pub(super) fn accounts(number: &str) -> Value {
    let known = number.len() == 12 && number.bytes().all(|b| b.is_ascii_digit());
    if known { json!([{"TECHNICALID": format!("tech-{number}")}]) } else { json!([]) }
}

/// What citizens asked at the portal.
pub(super) fn questions() -> Value {
    json!([{
        "HOIDAPID": "HD-0001", "MALINHVUC": "G15-CT01", "NOIDUNG": "Bản sao chứng thực có thời hạn không?",
        "MADONVI": "000.14.10.H99", "NOIDUNGTRALOI": "", "TRALOIID": "", "HOVATEN": "Trần Thị Mẫu",
        "DIACHI": "", "THUDIENTU": "mau@nguoidan.example", "SODIENTHOAI": "0900000001", "MATTHCDP": "2.000815",
        "TRANGTHAI": "0",
    }])
}

/// A file of the portal: one small page of PDF, whatever the link.
pub(super) const FILE: &[u8] = b"%PDF-1.4\n1 0 obj\n<< /Type /Catalog /Pages 2 0 R >>\nendobj\n\
2 0 obj\n<< /Type /Pages /Kids [3 0 R] /Count 1 >>\nendobj\n\
3 0 obj\n<< /Type /Page /Parent 2 0 R /MediaBox [0 0 200 200] >>\nendobj\n\
xref\n0 4\n0000000000 65535 f \n0000000009 00000 n \n0000000058 00000 n \n0000000115 00000 n \n\
trailer\n<< /Size 4 /Root 1 0 R >>\nstartxref\n185\n%%EOF\n";
