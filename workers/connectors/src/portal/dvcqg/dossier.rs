//! A record as one item of `DongBoHoSoMC`: every scalar is text, what is absent is "", nothing is made up (wire.md §1.6).

use super::{
    dialect::Dialect,
    lists,
    scalars::{Cut, Flag, Moment, Whole, written},
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
use serde::Serialize;
use serde_json::Value;

/// The item, or why this record cannot be told truthfully.
pub(super) fn build(record: &DossierRecord, dialect: &Dialect) -> Result<Value, Failure> {
    check(record)?;
    written(&Item {
        subject: subject(record)?,
        owner: owner(record)?,
        course: course(record, dialect),
        facts: facts(record)?,
        lists: papers(record)?,
    })
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

#[derive(Debug, Serialize)]
struct Item {
    #[serde(flatten)]
    subject: Subject,
    #[serde(flatten)]
    owner: Owner,
    #[serde(flatten)]
    course: Course,
    #[serde(flatten)]
    facts: Facts,
    #[serde(flatten)]
    lists: Lists,
}

#[derive(Debug, Serialize)]
#[serde(rename_all = "PascalCase")]
struct Subject {
    ma_ho_so: Whole,
    #[serde(rename = "MaTTHC")]
    ma_tthc: Whole,
    #[serde(rename = "TenTTHC")]
    ten_tthc: Whole,
    ma_linh_vuc: Whole,
    ten_linh_vuc: Whole,
    kenh_thuc_hien: &'static str,
    so_bien_nhan: Whole,
    trich_yeu_ho_so: Cut<1000>,
    thong_tin_khac: Cut<4000>,
    don_vi_xu_ly: Whole,
    ghi_chu: Cut<2000>,
}

fn subject(record: &DossierRecord) -> Result<Subject, Failure> {
    Ok(Subject {
        ma_ho_so: Whole::of("the dossier's code", &record.code)?,
        ma_tthc: Whole::of("the procedure's code", &record.procedure_code)?,
        ten_tthc: Whole::of("the procedure's name", &record.procedure_name)?,
        ma_linh_vuc: Whole::of("the field's code", &record.field_code)?,
        ten_linh_vuc: Whole::of("the field's name", &record.field_name)?,
        kenh_thuc_hien: match record.channel {
            Channel::Desk => "1",
            Channel::Online => "2",
            Channel::Post => "3",
        },
        so_bien_nhan: Whole::or_empty("the receipt's number", record.receipt_number.as_ref())?,
        trich_yeu_ho_so: Cut::of(&record.summary),
        thong_tin_khac: Cut::of(record.other_information.as_deref().unwrap_or_default()),
        don_vi_xu_ly: Whole::of("the unit's name", &record.unit_name)?,
        ghi_chu: Cut::of(record.note.as_deref().unwrap_or_default()),
    })
}

#[derive(Debug, Serialize)]
#[serde(rename_all = "PascalCase")]
struct Owner {
    chu_ho_so: Whole,
    loai_doi_tuong: &'static str,
    ma_doi_tuong: Whole,
    so_giay_to_chu_ho_so: Whole,
    #[serde(rename = "DinhDanhCHS")]
    dinh_danh_chs: Vec<Identity>,
    email: Whole,
    fax: Whole,
    so_dien_thoai: Whole,
}

fn owner(record: &DossierRecord) -> Result<Owner, Failure> {
    let owner = &record.owner;
    let account = owner.account.as_ref().filter(|_| record.channel == Channel::Online);
    Ok(Owner {
        chu_ho_so: Whole::of("the owner's name", &owner.name)?,
        loai_doi_tuong: match owner.kind {
            OwnerKind::Citizen => "1",
            OwnerKind::Enterprise => "2",
            OwnerKind::Agency => "3",
            OwnerKind::Other => "4",
        },
        ma_doi_tuong: Whole::or_empty("the owner's account", account)?,
        so_giay_to_chu_ho_so: Whole::or_empty("the owner's number", owner.document_number.as_ref())?,
        dinh_danh_chs: identities(&owner.identity_numbers)?,
        email: Whole::or_empty("the owner's e-mail", owner.email.as_ref())?,
        fax: Whole::or_empty("the owner's fax", owner.fax.as_ref())?,
        so_dien_thoai: Whole::or_empty("the owner's telephone", owner.phone.as_ref())?,
    })
}

#[derive(Debug, Serialize)]
#[serde(rename_all = "PascalCase")]
struct Identity {
    loai_dinh_danh: String,
    so_dinh_danh: String,
}

// The wire knows 12 digits and 9; a number of another form travels in SoGiayToChuHoSo alone.
fn identities(numbers: &[String]) -> Result<Vec<Identity>, Failure> {
    numbers.iter().filter_map(|number| PersonNumber::parse(number).ok()).map(identity).collect()
}

// Nine or twelve digits with one at most that is not zero stand for a missing number (law.md §10 X-02).
fn identity(number: PersonNumber) -> Result<Identity, Failure> {
    if number.as_str().trim_start_matches('0').len() < 2 {
        return Err(Failure::fail("the owner's identity number is a placeholder and no number"));
    }
    Ok(Identity { loai_dinh_danh: number.code().to_string(), so_dinh_danh: number.as_str().to_owned() })
}

#[derive(Debug, Serialize)]
#[serde(rename_all = "PascalCase")]
struct Course {
    trang_thai_ho_so: String,
    ngay_nop_ho_so: Moment,
    ngay_tiep_nhan: Moment,
    ngay_hen_tra: Moment,
    ngay_ket_thuc_xu_ly: Moment,
    ngay_tra: Moment,
    thong_tin_tra: Cut<4000>,
    ngay_tu_choi: Moment,
    hinh_thuc: Flag,
}

fn course(record: &DossierRecord, dialect: &Dialect) -> Course {
    let ended_early = matches!(record.status, Status::Refused | Status::Stopped);
    Course {
        trang_thai_ho_so: dialect.status(record.status),
        ngay_nop_ho_so: Moment(record.submitted_at),
        ngay_tiep_nhan: Moment(record.received_at),
        ngay_hen_tra: Moment(record.due_at),
        ngay_ket_thuc_xu_ly: Moment(record.finished_at),
        ngay_tra: Moment(record.returned_at),
        thong_tin_tra: Cut::of(record.return_note.as_deref().unwrap_or_default()),
        ngay_tu_choi: Moment(record.refused_at.filter(|_| ended_early)),
        hinh_thuc: record.returns_by_post.into(),
    }
}

#[derive(Debug, Serialize)]
#[serde(rename_all = "PascalCase")]
struct Facts {
    noi_nop_ho_so: &'static str,
    ho_so_co_thanh_phan_so_hoa: Flag,
    #[serde(rename = "TaiKhoanDuocXacThucVoiVNeID")]
    tai_khoan_duoc_xac_thuc_voi_vneid: Flag,
    duoc_thanh_toan_truc_tuyen: &'static str,
    #[serde(rename = "DSKetNoiCSDL")]
    ds_ket_noi_csdl: Vec<DatabaseAsked>,
}

#[derive(Debug, Serialize)]
struct DatabaseAsked {
    #[serde(rename = "MaCSDL")]
    ma_csdl: Whole,
}

fn facts(record: &DossierRecord) -> Result<Facts, Failure> {
    let asked = record.databases.iter();
    let asked = asked.map(|code| Ok(DatabaseAsked { ma_csdl: Whole::of("a database's code", code)? }));
    Ok(Facts {
        noi_nop_ho_so: if record.born_at_portal { "1" } else { "2" },
        ho_so_co_thanh_phan_so_hoa: record
            .papers
            .iter()
            .any(|paper| paper.digitised && !paper.withdrawn)
            .into(),
        tai_khoan_duoc_xac_thuc_voi_vneid: Flag(record.verified_by_vneid),
        duoc_thanh_toan_truc_tuyen: match record.payment {
            FeePayment::NothingDue => "0",
            FeePayment::NationalPlatform => "1",
            FeePayment::OtherGateway => "2",
            FeePayment::Offline | FeePayment::Unpaid => "3",
        },
        ds_ket_noi_csdl: asked.collect::<Result<_, Failure>>()?,
    })
}

#[derive(Debug, Serialize)]
#[serde(rename_all = "PascalCase")]
struct Lists {
    tai_lieu_nop: Vec<lists::Paper>,
    danh_sach_le_phi: Vec<lists::Fee>,
    danh_sach_tep_dinh_kem_khac: Vec<lists::Other>,
    danh_sach_ho_so_bo_sung: Vec<lists::Supplement>,
    danh_sach_giay_to_ket_qua: Vec<lists::Outcome>,
}

fn papers(record: &DossierRecord) -> Result<Lists, Failure> {
    Ok(Lists {
        tai_lieu_nop: lists::papers(&record.papers)?,
        danh_sach_le_phi: lists::fees(&record.fees)?,
        danh_sach_tep_dinh_kem_khac: lists::other_papers(&record.other_papers)?,
        danh_sach_ho_so_bo_sung: lists::supplements(&record.supplements)?,
        danh_sach_giay_to_ket_qua: lists::results(&record.results)?,
    })
}
