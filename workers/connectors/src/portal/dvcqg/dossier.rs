//! A record as one item of `DongBoHoSoMC`: every scalar is text, what is absent is "", nothing is made up (wire.md §1.6).

use super::{
    lists,
    scalars::{cut, flag, moment, or_empty},
};
use crate::{
    failure::Failure,
    portal::{DossierRecord, FeePayment, OwnerKind},
};
use rules::{
    codes::{DossierCode, PersonNumber},
    procedure::Channel,
    status::Status,
};
use serde_json::{Map, Value, json};

/// The item, or why this record cannot be told truthfully.
pub(super) fn build(record: &DossierRecord) -> Result<Value, Failure> {
    check(record)?;
    let parts = [subject(record), owner(record)?, course(record), facts(record), papers(record)];
    let mut item = Map::new();
    for part in parts {
        if let Value::Object(fields) = part {
            item.extend(fields);
        }
    }
    Ok(Value::Object(item))
}

fn check(record: &DossierRecord) -> Result<(), Failure> {
    let was_received = matches!(
        record.status,
        Status::Received | Status::Processing | Status::AwaitingPayment | Status::Decided | Status::Returned
    );
    let foreign = |file: &str| record.papers.iter().any(|paper| paper.file_id == file);
    let problem = match () {
        () if !is_national_code(&record.code) => "its code is not of the national form",
        () if record.summary.trim().is_empty() => "it has no summary",
        () if record.owner.name.trim().is_empty() => "it has no owner",
        () if was_received && record.received_at.is_none() => "it has no date of reception",
        () if record.results.iter().any(|result| foreign(&result.file_id)) => {
            "a submitted paper is named as its result"
        }
        () => return Ok(()),
    };
    Err(Failure::fail(format!("the dossier cannot be told to the national portal: {problem}")))
}

// A code of another form is never replaced by an invented one (law.md §10 X-05).
fn is_national_code(code: &str) -> bool {
    DossierCode::parse(code).is_ok_and(|code| code.parts().is_some())
}

fn subject(record: &DossierRecord) -> Value {
    json!({
        "MaHoSo": record.code,
        "MaTTHC": record.procedure_code,
        "TenTTHC": record.procedure_name,
        "MaLinhVuc": record.field_code,
        "TenLinhVuc": record.field_name,
        "KenhThucHien": channel(record.channel),
        "SoBienNhan": or_empty(record.receipt_number.as_ref()),
        "TrichYeuHoSo": cut(&record.summary, 1000),
        "ThongTinKhac": or_empty(record.other_information.as_ref()),
        "DonViXuLy": record.unit_name,
        "GhiChu": cut(&or_empty(record.note.as_ref()), 2000),
    })
}

fn channel(channel: Channel) -> &'static str {
    match channel {
        Channel::Desk => "1",
        Channel::Online => "2",
        Channel::Post => "3",
    }
}

fn owner(record: &DossierRecord) -> Result<Value, Failure> {
    let owner = &record.owner;
    let account = owner.account.as_ref().filter(|_| record.channel == Channel::Online);
    Ok(json!({
        "ChuHoSo": owner.name,
        "LoaiDoiTuong": match owner.kind {
            OwnerKind::Citizen => "1",
            OwnerKind::Enterprise => "2",
            OwnerKind::Agency => "3",
            OwnerKind::Other => "4",
        },
        "MaDoiTuong": or_empty(account),
        "SoGiayToChuHoSo": or_empty(owner.document_number.as_ref()),
        "DinhDanhCHS": identities(&owner.identity_numbers)?,
        "Email": or_empty(owner.email.as_ref()),
        "Fax": or_empty(owner.fax.as_ref()),
        "SoDienThoai": or_empty(owner.phone.as_ref()),
    }))
}

// The wire knows 12 digits and 9; a number of another form travels in SoGiayToChuHoSo alone.
fn identities(numbers: &[String]) -> Result<Vec<Value>, Failure> {
    numbers.iter().filter_map(|number| PersonNumber::parse(number).ok()).map(identity).collect()
}

// Nine or twelve digits with one at most that is not zero stand for a missing number (law.md §10 X-02).
fn identity(number: PersonNumber) -> Result<Value, Failure> {
    if number.as_str().trim_start_matches('0').len() < 2 {
        return Err(Failure::fail("the owner's identity number is a placeholder and no number"));
    }
    Ok(json!({"LoaiDinhDanh": number.code().to_string(), "SoDinhDanh": number.as_str()}))
}

fn course(record: &DossierRecord) -> Value {
    json!({
        "TrangThaiHoSo": record.status.code().to_string(),
        "NgayNopHoSo": moment(record.submitted_at),
        "NgayTiepNhan": moment(record.received_at),
        "NgayHenTra": moment(record.due_at),
        "NgayKetThucXuLy": moment(record.finished_at),
        "NgayTra": moment(record.returned_at),
        "ThongTinTra": or_empty(record.return_note.as_ref()),
        "NgayTuChoi": moment(record.refused_at),
        "HinhThuc": flag(record.returns_by_post),
    })
}

fn facts(record: &DossierRecord) -> Value {
    json!({
        "NoiNopHoSo": if record.born_at_portal { "1" } else { "2" },
        "HoSoCoThanhPhanSoHoa": flag(record.papers.iter().any(|paper| paper.digitised && !paper.withdrawn)),
        "TaiKhoanDuocXacThucVoiVNeID": record.verified_by_vneid.map_or("", flag),
        "DuocThanhToanTrucTuyen": match record.payment {
            FeePayment::NothingDue => "0",
            FeePayment::NationalPlatform => "1",
            FeePayment::OtherGateway => "2",
            FeePayment::Offline | FeePayment::Unpaid => "3",
        },
        "DSKetNoiCSDL": record.databases.iter().map(|code| json!({"MaCSDL": code})).collect::<Vec<_>>(),
    })
}

fn papers(record: &DossierRecord) -> Value {
    json!({
        "TaiLieuNop": lists::papers(&record.papers),
        "DanhSachLePhi": lists::fees(&record.fees),
        "DanhSachTepDinhKemKhac": lists::other_papers(&record.other_papers),
        "DanhSachHoSoBoSung": lists::supplements(&record.supplements),
        "DanhSachGiayToKetQua": lists::results(&record.results),
    })
}
