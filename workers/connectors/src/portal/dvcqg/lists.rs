//! The lists inside a record: papers, fees, other papers, rounds of supplement, results (wire.md §1.6.2 to §1.6.6).

use super::scalars::{Cut, Flag, Moment, Spoken, Whole};
use crate::{
    failure::Failure,
    portal::{FeeAsked, OtherPaper, PaperLine, ResultLine, Reuse, SupplementRound},
};
use rules::fees::FeeKind;
use serde::Serialize;

/// An item of `TaiLieuNop`.
#[derive(Debug, Serialize)]
#[serde(rename_all = "PascalCase")]
pub(super) struct Paper {
    tep_dinh_kem_id: Whole,
    ten_tep_dinh_kem: Cut<4000>,
    is_deleted: Spoken,
    ma_thanh_phan_ho_so: Whole,
    duong_dan_tai_tep_tin: Whole,
    duoc_so_hoa: Flag,
    duoc_tai_su_dung: &'static str,
    #[serde(rename = "DuocLayTuKhoDMQG")]
    duoc_lay_tu_kho_dmqg: Flag,
    ma_ket_qua_thay_the: Whole,
}

pub(super) fn papers(papers: &[PaperLine]) -> Result<Vec<Paper>, Failure> {
    papers.iter().map(paper).collect()
}

fn paper(paper: &PaperLine) -> Result<Paper, Failure> {
    let (reused, replaced_by) = match &paper.reuse {
        Reuse::No => ("0", None),
        Reuse::FromComponent => ("1", None),
        Reuse::FromResult(code) => ("2", code.as_ref()),
    };
    Ok(Paper {
        tep_dinh_kem_id: Whole::of("the key of a paper", &paper.file_id)?,
        ten_tep_dinh_kem: Cut::of(&paper.file_name),
        is_deleted: Spoken(paper.withdrawn),
        ma_thanh_phan_ho_so: Whole::or_empty("the code of a paper", paper.component_code.as_ref())?,
        duong_dan_tai_tep_tin: Whole::or_empty("the link to a paper", paper.link.as_ref())?,
        duoc_so_hoa: paper.digitised.into(),
        duoc_tai_su_dung: reused,
        duoc_lay_tu_kho_dmqg: paper.from_national_store.into(),
        ma_ket_qua_thay_the: Whole::or_empty("the code of a result", replaced_by)?,
    })
}

/// An item of `DanhSachLePhi`.
#[derive(Debug, Serialize)]
#[serde(rename_all = "PascalCase")]
pub(super) struct Fee {
    ten_phi_le_phi: Whole,
    ma_phi_le_phi: Whole,
    hinh_thuc_thu: Whole,
    gia: String,
    loai_phi_le_phi: &'static str,
}

pub(super) fn fees(fees: &[FeeAsked]) -> Result<Vec<Fee>, Failure> {
    fees.iter().map(fee).collect()
}

fn fee(fee: &FeeAsked) -> Result<Fee, Failure> {
    Ok(Fee {
        ten_phi_le_phi: Whole::of("the name of a fee", &fee.name)?,
        ma_phi_le_phi: Whole::or_empty("the code of a fee", fee.code.as_ref())?,
        hinh_thuc_thu: Whole::or_empty("the way of collecting a fee", fee.collected_by.as_ref())?,
        gia: fee.amount.to_string(),
        loai_phi_le_phi: match fee.kind {
            FeeKind::Phi => "1",
            FeeKind::LePhi => "2",
        },
    })
}

/// An item of `DanhSachTepDinhKemKhac`; its two numbers are numbers on the wire.
#[derive(Debug, Serialize)]
#[serde(rename_all = "PascalCase")]
pub(super) struct Other {
    ten_giay_to: Whole,
    so_luong: u32,
    loai_giay_to: u32,
}

pub(super) fn other_papers(papers: &[OtherPaper]) -> Result<Vec<Other>, Failure> {
    let line = |paper: &OtherPaper| {
        let ten_giay_to = Whole::of("the name of a paper", &paper.name)?;
        Ok(Other { ten_giay_to, so_luong: paper.copies, loai_giay_to: paper.kind })
    };
    papers.iter().map(line).collect()
}

/// An item of `DanhSachHoSoBoSung`; its number and its state are no texts on the wire.
#[derive(Debug, Serialize)]
#[serde(rename_all = "PascalCase")]
pub(super) struct Supplement {
    ho_so_bo_sung_id: i64,
    nguoi_yeu_cau_bo_sung: Whole,
    noi_dung_bo_sung: Cut<4000>,
    ngay_bo_sung: Moment,
    nguoi_tiep_nhan_bo_sung: Whole,
    thong_tin_tiep_nhan: Cut<4000>,
    ngay_tiep_nhan_bo_sung: Moment,
    trang_thai_bo_sung: bool,
    danh_sach_giay_to_bo_sung: Vec<Paper>,
    danh_sach_le_phi_bo_sung: Vec<Fee>,
    ngay_hen_tra_truoc: Moment,
    ngay_hen_tra_moi: Moment,
}

pub(super) fn supplements(rounds: &[SupplementRound]) -> Result<Vec<Supplement>, Failure> {
    rounds.iter().map(supplement).collect()
}

fn supplement(round: &SupplementRound) -> Result<Supplement, Failure> {
    Ok(Supplement {
        ho_so_bo_sung_id: round.number,
        nguoi_yeu_cau_bo_sung: Whole::of("who asked for a supplement", &round.asked_by)?,
        noi_dung_bo_sung: Cut::of(&round.asked_for),
        ngay_bo_sung: Moment(Some(round.asked_at)),
        nguoi_tiep_nhan_bo_sung: Whole::or_empty("who took a supplement", round.taken_by.as_ref())?,
        thong_tin_tiep_nhan: Cut::of(round.taken_note.as_deref().unwrap_or_default()),
        ngay_tiep_nhan_bo_sung: Moment(round.taken_at),
        trang_thai_bo_sung: round.taken_at.is_some(),
        danh_sach_giay_to_bo_sung: papers(&round.papers)?,
        danh_sach_le_phi_bo_sung: fees(&round.fees)?,
        ngay_hen_tra_truoc: Moment(round.due_before),
        ngay_hen_tra_moi: Moment(round.due_after),
    })
}

/// An item of `DanhSachGiayToKetQua`.
#[derive(Debug, Serialize)]
#[serde(rename_all = "PascalCase")]
pub(super) struct Outcome {
    ten_giay_to: Cut<2000>,
    ma_thanh_phan_ho_so: Whole,
    giay_to_id: Whole,
    duong_dan_tep_tin_ket_qua: Whole,
    ma_giay_to_ket_qua: Whole,
}

pub(super) fn results(results: &[ResultLine]) -> Result<Vec<Outcome>, Failure> {
    let line = |result: &ResultLine| {
        Ok(Outcome {
            ten_giay_to: Cut::of(&result.name),
            ma_thanh_phan_ho_so: Whole::or_empty("the code of a paper", result.component_code.as_ref())?,
            giay_to_id: Whole::of("the key of a result", &result.file_id)?,
            duong_dan_tep_tin_ket_qua: Whole::or_empty("the link to a result", result.link.as_ref())?,
            ma_giay_to_ket_qua: Whole::or_empty("the code of a result", result.result_code.as_ref())?,
        })
    };
    results.iter().map(line).collect()
}
