//! Clocks that were started before terms were kept get those that were in force until then.

use super::desk::{adopt, deadline, drafted, march, received};
use crate::support::commune::{Commune, time};
use crate::support::house::json;
use entities::tables::clock_events::Entity;
use migrations::Migrator;
use rules::deadlines::Terms;
use sea_orm::{ConnectionTrait, EntityTrait};
use sea_orm_migration::MigratorTrait;

async fn terms(commune: &Commune) -> Terms {
    let event = Entity::find().one(commune.database.reader()).await.unwrap().unwrap();
    serde_json::from_str(&event.terms.unwrap()).unwrap()
}

#[tokio::test]
async fn w_17_clocks_started_before_terms_were_kept_stay_under_what_was_in_force() {
    let commune = Commune::open().await;
    let dossier = received(&commune).await;
    let kept = terms(&commune).await;
    let later = u32::try_from(Migrator::migrations().len()).unwrap() - 5;
    let writer = commune.database.writer();

    Migrator::down(writer, Some(later)).await.unwrap();
    writer.execute_unprepared("UPDATE clock_events SET terms = NULL").await.unwrap();
    Migrator::up(writer, None).await.unwrap();

    assert_eq!(terms(&commune).await, kept);
    let draft = drafted(&commune).await;
    json(adopt(&commune, &draft, false).await, 201).await;
    assert_eq!(time(&deadline(&commune, &dossier).await, "due"), march(24, 17, 0));
}
