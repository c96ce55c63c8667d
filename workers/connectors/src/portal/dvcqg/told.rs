//! Where a dossier stands that was handed in at the portal: `DongBoTrangThaiHoSo` (wire.md §1.8).

use super::{
    dialect::Dialect,
    scalars::{Cut, Moment, Spoken, Whole, written},
};
use crate::{
    failure::Failure,
    portal::{StatusTold, ToldPaper},
};
use serde::Serialize;
use serde_json::{Value, json};

/// The members beside the envelope, or why this cannot be told truthfully.
pub(super) fn build(told: &StatusTold, dialect: &Dialect) -> Result<Value, Failure> {
    if told.national_id.trim().is_empty() || told.code.trim().is_empty() {
        return Err(Failure::fail(
            "a dossier of the national portal must have its key there and its code here",
        ));
    }
    let data = written(&Item {
        ma_ho_so: Whole::of("the portal's key", &told.national_id)?,
        ma_ho_so_don_vi: Whole::of("the dossier's code", &told.code)?,
        ma_doi_tuong: Whole::or_empty("the owner's account", told.account.as_ref())?,
        noi_dung: Cut::of(&told.content),
        ngay_xu_ly: Moment(Some(told.done_at)),
        trang_thai: dialect.told_status(told.status),
        tai_lieu_xu_ly: told.papers.iter().map(paper).collect::<Result<_, Failure>>()?,
    })?;
    Ok(json!({"type": "2", "data": data}))
}

#[derive(Debug, Serialize)]
#[serde(rename_all = "PascalCase")]
struct Item {
    ma_ho_so: Whole,
    ma_ho_so_don_vi: Whole,
    ma_doi_tuong: Whole,
    noi_dung: Cut<4000>,
    ngay_xu_ly: Moment,
    trang_thai: String,
    tai_lieu_xu_ly: Vec<Paper>,
}

#[derive(Debug, Serialize)]
#[serde(rename_all = "PascalCase")]
struct Paper {
    ten_tep_dinh_kem: Cut<4000>,
    ma_thanh_phan_ho_so: Whole,
    tep_dinh_kem_id: Whole,
    duong_dan_tai_tep_tin: Whole,
    is_deleted: Spoken,
}

fn paper(paper: &ToldPaper) -> Result<Paper, Failure> {
    Ok(Paper {
        ten_tep_dinh_kem: Cut::of(&paper.file_name),
        ma_thanh_phan_ho_so: Whole::or_empty("the code of a paper", paper.code.as_ref())?,
        tep_dinh_kem_id: Whole::of("the key of a paper", &paper.file_id)?,
        duong_dan_tai_tep_tin: Whole::or_empty("the link to a paper", paper.link.as_ref())?,
        is_deleted: Spoken(false),
    })
}
