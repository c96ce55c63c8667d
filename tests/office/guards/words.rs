//! Which words stand where.

use super::sources::{self, assert_none};

#[test]
fn the_wires_words_stay_inside_their_connectors() {
    let places = ["api/", "entities/", "migrations/", "src/", "workers/src/"];
    let wire = [
        "MaHoSo",
        "TrangThaiHoSo",
        "MaXacThuc",
        "DongBoHoSoMC",
        "DongBoTrangThaiHoSo",
        "CapNhatTienDoHoSoMC",
        "MaThamChieu",
        "TaiLieuNop",
        "SoTien",
        "MaDoiTac",
        "LoaiBanTin",
        "SoBienNhan",
        "NgayHenTra",
        "KenhThucHien",
        "DanhSachGiayToKetQua",
        "ThongTinGiaoDich",
        "ThongTinBienLai",
        "NgayTiepNhan",
        "MaThanhPhanHoSo",
        "MaTTHC",
        "MaDonVi",
        "MaGiaoDich",
        "PhiLePhi",
        "ChuHoSo",
        "NguoiXuLy",
        "TepDinhKem",
        "UrlThanhToan",
        "TrichYeuHoSo",
        "LoaiDoiTuong",
    ];

    let mut found = Vec::new();
    for source in sources::rust().filter(|source| places.iter().any(|place| source.path.starts_with(place))) {
        let code =
            source.outside_tests().into_iter().filter(|(_, line)| !line.trim_start().starts_with("//"));
        for (number, line) in code {
            for word in wire.iter().filter(|word| line.contains(**word)) {
                found.push(format!("{}:{number}: {word}", source.path));
            }
        }
    }

    assert_none("a wire's words are known only to the connector that speaks it", &found);
}

#[test]
fn no_test_sleeps() {
    let sleep = concat!("sle", "ep(");

    let mut found = Vec::new();
    for source in sources::rust() {
        let outside: Vec<usize> = source.outside_tests().into_iter().map(|(number, _)| number).collect();
        for (index, line) in source.text.lines().enumerate() {
            if line.contains(sleep) && !outside.contains(&(index + 1)) {
                found.push(format!("{}:{}", source.path, index + 1));
            }
        }
    }

    assert_none("a test waits for a fact, never for time", &found);
}
