//! The satisfaction of a month, `DongBoDanhGia`: percentages follow from counts, and no ratings are no figure (wire.md §1.10).

use super::scalars::{Whole, written};
use crate::{failure::Failure, portal::Satisfaction};
use serde::Serialize;
use serde_json::Value;

/// The items, or why these figures cannot be told truthfully.
pub(super) fn build(figures: &[Satisfaction]) -> Result<Vec<Value>, Failure> {
    figures.iter().map(|figure| written(&item(figure)?)).collect()
}

/// How the ratings of the online service itself stood is not counted here, so those three stay empty; what `NoiDung`
/// means is not published.
#[derive(Debug, Default, Serialize)]
#[serde(rename_all = "PascalCase")]
struct Item {
    ngay_tong_hop: String,
    tong_so_nguoi_danh_gia: String,
    phan_tram_danh_gia_rat_hai_long: String,
    phan_tram_danh_gia_hai_long: String,
    phan_tram_danh_gia_chua_hai_long: String,
    danh_sach_noi_dung_y_kien: Vec<Whole>,
    ma_thu_tuc: String,
    noi_dung: String,
    phan_tram_danh_gia_dich_vu_rat_hai_long: String,
    phan_tram_danh_gia_dich_vu_hai_long: String,
    phan_tram_danh_gia_dich_vu_chua_hai_long: String,
    madonvi: String,
    ten_don_vi: String,
}

fn item(figure: &Satisfaction) -> Result<Item, Failure> {
    let counts = [figure.very_satisfied, figure.satisfied, figure.dissatisfied].map(u64::from);
    let all: u64 = counts.iter().sum();
    if all == 0 {
        return Err(Failure::fail(
            "nobody has rated this procedure in that month; there is no percentage to tell",
        ));
    }
    if !(1..=12).contains(&figure.month) {
        return Err(Failure::fail("the month of a satisfaction figure is none of the twelve"));
    }
    let [very, satisfied, not] = counts.map(|count| percent(count, all));
    let opinions = figure.opinions.iter().map(|opinion| Whole::of("an opinion", opinion));
    Ok(Item {
        ngay_tong_hop: format!("{}-{}", figure.month, figure.year),
        tong_so_nguoi_danh_gia: all.to_string(),
        phan_tram_danh_gia_rat_hai_long: very,
        phan_tram_danh_gia_hai_long: satisfied,
        phan_tram_danh_gia_chua_hai_long: not,
        danh_sach_noi_dung_y_kien: opinions.collect::<Result<_, Failure>>()?,
        ma_thu_tuc: figure.procedure_code.clone(),
        madonvi: figure.unit.0.clone(),
        ten_don_vi: figure.unit.1.clone(),
        ..Item::default()
    })
}

// Each rounded for itself to the nearest whole: three of them may add up to 99 or 101, none of them is bent to fit.
fn percent(count: u64, all: u64) -> String {
    let doubled = count.saturating_mul(200).saturating_add(all);
    format!("{}%", doubled.checked_div(all.saturating_mul(2)).unwrap_or_default())
}
