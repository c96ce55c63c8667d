//! Numbers that the law wants consecutive: each series has been used up to its last number, each number once.

use entities::tables::{code_series, dossiers, forms, receipts};
use sea_orm::{ConnectionTrait, EntityTrait};
use std::collections::BTreeMap;

pub const NAME: &str = "a series of numbers has no gap and nothing twice";

/// Series whose numbers are not exactly 1 to the last one given.
pub async fn breaches(db: &impl ConnectionTrait) -> Vec<String> {
    let used = used(db).await;
    let series = code_series::Entity::find().all(db).await.unwrap();
    let last: BTreeMap<String, i32> = series.into_iter().map(|row| (row.prefix, row.last)).collect();
    let mut found = Vec::new();
    for (prefix, numbers) in &used {
        let wanted: Vec<i32> = (1..=last.get(prefix).copied().unwrap_or_default()).collect();
        if *numbers != wanted {
            found.push(format!("{NAME}: {prefix}: {numbers:?}"));
        }
    }
    let unused = last.keys().filter(|prefix| !used.contains_key(*prefix));
    found.extend(unused.map(|prefix| format!("{NAME}: {prefix}: none of its numbers is there")));
    found
}

/// Numbers in use, by series, in order.
async fn used(db: &impl ConnectionTrait) -> BTreeMap<String, Vec<i32>> {
    let mut used: BTreeMap<String, Vec<i32>> = BTreeMap::new();
    for dossier in dossiers::Entity::find().all(db).await.unwrap() {
        let (prefix, number) = dossier.code.rsplit_once('-').unwrap();
        used.entry(prefix.to_owned()).or_default().push(number.parse().unwrap());
    }
    for receipt in receipts::Entity::find().all(db).await.unwrap() {
        let prefix = format!("receipt:{}:{}", receipt.series_id, receipt.year);
        used.entry(prefix).or_default().push(receipt.number);
    }
    for form in forms::Entity::find().all(db).await.unwrap() {
        let prefix = format!("f:{}:{}:{}", form.unit_id.simple(), form.kind, form.year);
        used.entry(prefix).or_default().push(form.number);
    }
    used.values_mut().for_each(|numbers| numbers.sort_unstable());
    used
}
