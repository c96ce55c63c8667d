//! The services of the portal by their names on the wire (wire.md §1.4).

/// What can be asked of the portal.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Service {
    Records,
    Progress,
    Status,
    LookUp,
    Procedures,
    Procedure,
    Agencies,
    Fields,
    Account,
    Satisfaction,
    Questions,
    Answers,
}

impl Service {
    /// Its name on the wire; settings name it so, too.
    pub(super) fn name(self) -> &'static str {
        match self {
            Self::Records => "DongBoHoSoMC",
            Self::Progress => "CapNhatTienDoHoSoMC",
            Self::Status => "DongBoTrangThaiHoSo",
            Self::LookUp => "TraCuuHoSo",
            Self::Procedures => "LayDanhSachTTHC",
            Self::Procedure => "LayThuTuc",
            Self::Agencies => "LayDanhMucCoQuan",
            Self::Fields => "LayDanhMucLinhVuc",
            Self::Account => "TraCuuTechID",
            Self::Satisfaction => "DongBoDanhGia",
            Self::Questions => "LayDanhSachHoiDapGuiTuDVCQG",
            Self::Answers => "DongBoKetQuaHoiDapGuiTuDVCQG",
        }
    }

    /// Whether it belongs to the shared catalogues, which have an endpoint of their own.
    pub(super) fn is_shared(self) -> bool {
        use Service::{Account, Agencies, Fields, Procedure, Procedures};
        matches!(self, Procedures | Procedure | Agencies | Fields | Account)
    }
}

/// The name under which the fetching of a file is addressed and counted.
pub(super) const FILE: &str = "getfile";
