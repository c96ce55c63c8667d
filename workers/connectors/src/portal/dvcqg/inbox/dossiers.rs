//! New dossiers and amendments of the two families that are published (wire.md §1.9.1, §1.9.2).

use super::reading::{CODE, NAME, WORDS, bytes, list, missing, moment, needed, object, text, yes};
use crate::portal::{Inbound, Misread, PortalDossier, PortalPaper};
use serde_json::Value;

/// A notice of a sales promotion, always a new dossier; what it is about is filled in on the message itself.
pub(super) fn promotion(message: &Value) -> Result<Inbound, Misread> {
    let mut papers = vec![PortalPaper {
        name: text(message, "TenTepDonDangKy", NAME)?.unwrap_or_else(|| "TepDonDangKy".to_owned()),
        component_code: None,
        bytes: bytes(message.get("TepDonDangKy"), "TepDonDangKy")?,
        link: None,
    }];
    papers.retain(|paper| paper.bytes.is_some());
    papers.extend(attached(message)?);
    let dossier = PortalDossier {
        summary: text(message, "TenChuongTrinhKhuyenMai", WORDS)?,
        form: without(message, &["SecurityKey", "TepDonDangKy", "TaiLieuNop"]),
        papers,
        ..trader(message, needed(message, "MaHoSo", CODE)?)?
    };
    Ok(Inbound::NewDossier(Box::new(dossier)))
}

/// A dossier of the envelope `{service, isUpdating, data}`: new, or an amendment of one that came before.
pub(super) fn amendment(message: &Value) -> Result<Inbound, Misread> {
    let data = object(message, "data")?;
    let key = text(data, "MaHoSoQG", CODE)?.or(text(data, "MaHoSo", CODE)?);
    let mut papers = vec![PortalPaper {
        name: text(data, "TenTepDangKy", NAME)?.unwrap_or_else(|| "URLTepDangKy".to_owned()),
        component_code: None,
        bytes: None,
        link: text(data, "URLTepDangKy", WORDS)?,
    }];
    papers.retain(|paper| paper.link.is_some());
    papers.extend(attached(data)?);
    let changed = object(data, "ThongTinSuaDoi")?;
    let dossier = PortalDossier {
        summary: text(changed, "TenChuongTrinhKM", WORDS)?.or(text(data, "LyDoDieuChinh", WORDS)?),
        form: without(data, &["SecurityKey", "URLTepDangKy", "TaiLieuNop"]),
        papers,
        ..trader(data, key.ok_or_else(|| missing("MaHoSoQG"))?)?
    };
    let dossier = Box::new(dossier);
    Ok(if yes(message, "isUpdating")? { Inbound::Supplement(dossier) } else { Inbound::NewDossier(dossier) })
}

// Both families come from traders, who are enterprises with a tax number.
fn trader(told: &Value, national_id: String) -> Result<PortalDossier, Misread> {
    let place = object(told, "DiaChiDoanhNghiep")?;
    Ok(PortalDossier {
        national_id,
        procedure_code: needed(told, "MaTTHC", CODE)?,
        unit_code: None,
        submitted_at: moment(told, "NgayNopHoSo")?,
        applicant_name: needed(told, "TenThuongNhan", NAME)?,
        is_organisation: true,
        number: text(told, "MaSoThue", CODE)?,
        account: None,
        phone: text(told, "DienThoai", CODE)?,
        email: text(told, "Email", NAME)?,
        address: text(place, "DiaChiChiTiet", WORDS)?,
        place_code: text(place, "MaXa", CODE)?,
        summary: None,
        form: Value::Null,
        papers: Vec::new(),
        returns_by_post: None,
    })
}

/// `TaiLieuNop`: in the message, or behind a link.
fn attached(told: &Value) -> Result<Vec<PortalPaper>, Misread> {
    let paper = |item: &Value| {
        Ok(PortalPaper {
            name: needed(item, "TenTepDinhKem", NAME)?,
            component_code: text(item, "MaThanhPhanHoSo", CODE)?,
            bytes: bytes(item.get("Base64"), "Base64")?,
            link: text(item, "DuongDanTaiTepTin", WORDS)?,
        })
    };
    list(told, "TaiLieuNop")?.iter().map(paper).collect()
}

/// What the person filled in: the message without keys and files.
fn without(told: &Value, names: &[&str]) -> Value {
    let members = told.as_object().into_iter().flatten();
    let kept = members.filter(|(name, _)| !names.contains(&name.as_str()));
    kept.map(|(name, inner)| (name.clone(), inner.clone())).collect()
}
