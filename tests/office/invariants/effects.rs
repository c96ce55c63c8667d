//! Every entry of a history had the effects that the table of the life cycle names, each once.

use entities::tables::{dossiers, forms, history, notices, portal_pushes};
use rules::lifecycle::{Effect, TABLE};
use sea_orm::{ConnectionTrait, EntityTrait};
use std::collections::BTreeSet;
use uuid::Uuid;

pub const TOLD: &str = "every entry that is told has its notice";
pub const PUSHED: &str = "the portal was told of every entry it is to know, and of no other";
pub const FORMS: &str = "every entry that issues a form has it";

type Places = BTreeSet<(Uuid, i32)>;

/// Entries that lack an effect, and pushes that nobody asked for. Children are told of by their main dossiers.
pub async fn breaches(db: &impl ConnectionTrait) -> Vec<String> {
    let dossiers = dossiers::Entity::find().all(db).await.unwrap();
    let main: BTreeSet<Uuid> = dossiers.iter().filter(|d| d.parent_id.is_none()).map(|d| d.id).collect();
    let mut entries = history::Entity::find().all(db).await.unwrap();
    entries.retain(|entry| main.contains(&entry.dossier_id));
    let wanted = |is: &dyn Fn(&Effect) -> bool| -> Places {
        let entries = entries.iter().filter(|entry| effects(&entry.act).iter().any(is));
        entries.map(|entry| (entry.dossier_id, entry.seq)).collect()
    };
    let notify = wanted(&|effect| *effect == Effect::Notify);
    let push = wanted(&|effect| *effect == Effect::Push);
    let form = wanted(&|effect| matches!(effect, Effect::Form(_)));
    let mut found = differing(TOLD, notify.difference(&told(db).await));
    found.extend(differing(PUSHED, push.symmetric_difference(&pushed(db).await)));
    found.extend(differing(FORMS, form.difference(&issued(db).await)));
    found
}

fn differing<'a>(name: &str, places: impl Iterator<Item = &'a (Uuid, i32)>) -> Vec<String> {
    places.map(|(dossier, entry)| format!("{name}: {dossier}, entry {entry}")).collect()
}

/// A submission is told like any act of the table.
fn effects(act: &str) -> &'static [Effect] {
    const SUBMISSION: &[Effect] = &[Effect::Notify, Effect::Push];
    TABLE.iter().find(|row| row.act.key() == act).map_or(SUBMISSION, |row| row.effects)
}

async fn told(db: &impl ConnectionTrait) -> Places {
    let rows = notices::Entity::find().all(db).await.unwrap();
    rows.into_iter().map(|row| (row.dossier_id, row.entry)).collect()
}

async fn pushed(db: &impl ConnectionTrait) -> Places {
    let rows = portal_pushes::Entity::find().all(db).await.unwrap();
    let whole = rows.into_iter().filter(|row| row.told_at.is_some() && row.line_exchange.is_some());
    whole.map(|row| (row.dossier_id, row.entry)).collect()
}

async fn issued(db: &impl ConnectionTrait) -> Places {
    let rows = forms::Entity::find().all(db).await.unwrap();
    rows.into_iter().filter_map(|row| Some((row.dossier_id?, row.entry?))).collect()
}
