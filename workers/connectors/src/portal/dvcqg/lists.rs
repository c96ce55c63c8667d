//! The lists inside a record: papers, fees, other papers, rounds of supplement, results (wire.md §1.6.2 to §1.6.6).

use super::scalars::{cut, flag, moment, or_empty};
use crate::{
    portal::{FeeAsked, OtherPaper, PaperLine, ResultLine, Reuse, SupplementRound},
    trip::stamp,
};
use rules::fees::FeeKind;
use serde_json::{Value, json};

pub(super) fn papers(papers: &[PaperLine]) -> Vec<Value> {
    papers.iter().map(paper).collect()
}

fn paper(paper: &PaperLine) -> Value {
    let (reused, replaced_by) = match &paper.reuse {
        Reuse::No => ("0", None),
        Reuse::FromComponent => ("1", None),
        Reuse::FromResult(code) => ("2", code.as_ref()),
    };
    json!({
        "TepDinhKemId": paper.file_id,
        "TenTepDinhKem": cut(&paper.file_name, 4000),
        "IsDeleted": if paper.withdrawn { "True" } else { "False" },
        "MaThanhPhanHoSo": or_empty(paper.component_code.as_ref()),
        "DuongDanTaiTepTin": or_empty(paper.link.as_ref()),
        "DuocSoHoa": flag(paper.digitised),
        "DuocTaiSuDung": reused,
        "DuocLayTuKhoDMQG": flag(paper.from_national_store),
        "MaKetQuaThayThe": or_empty(replaced_by),
    })
}

pub(super) fn fees(fees: &[FeeAsked]) -> Vec<Value> {
    let line = |fee: &FeeAsked| {
        json!({
            "TenPhiLePhi": fee.name,
            "MaPhiLePhi": or_empty(fee.code.as_ref()),
            "HinhThucThu": or_empty(fee.collected_by.as_ref()),
            "Gia": fee.amount.to_string(),
            "LoaiPhiLePhi": match fee.kind {
                FeeKind::Phi => "1",
                FeeKind::LePhi => "2",
            },
        })
    };
    fees.iter().map(line).collect()
}

pub(super) fn other_papers(papers: &[OtherPaper]) -> Vec<Value> {
    let line = |paper: &OtherPaper| json!({"TenGiayTo": paper.name, "SoLuong": paper.copies, "LoaiGiayTo": paper.kind});
    papers.iter().map(line).collect()
}

pub(super) fn supplements(rounds: &[SupplementRound]) -> Vec<Value> {
    rounds.iter().map(supplement).collect()
}

fn supplement(round: &SupplementRound) -> Value {
    json!({
        "HoSoBoSungId": round.number,
        "NguoiYeuCauBoSung": round.asked_by,
        "NoiDungBoSung": round.asked_for,
        "NgayBoSung": stamp(round.asked_at),
        "NguoiTiepNhanBoSung": or_empty(round.taken_by.as_ref()),
        "ThongTinTiepNhan": or_empty(round.taken_note.as_ref()),
        "NgayTiepNhanBoSung": moment(round.taken_at),
        "TrangThaiBoSung": round.taken_at.is_some(),
        "DanhSachGiayToBoSung": papers(&round.papers),
        "DanhSachLePhiBoSung": fees(&round.fees),
        "NgayHenTraTruoc": moment(round.due_before),
        "NgayHenTraMoi": moment(round.due_after),
    })
}

pub(super) fn results(results: &[ResultLine]) -> Vec<Value> {
    let line = |result: &ResultLine| {
        json!({
            "TenGiayTo": cut(&result.name, 2000),
            "MaThanhPhanHoSo": or_empty(result.component_code.as_ref()),
            "GiayToId": result.file_id,
            "DuongDanTepTinKetQua": or_empty(result.link.as_ref()),
            "MaGiayToKetQua": or_empty(result.result_code.as_ref()),
        })
    };
    results.iter().map(line).collect()
}
