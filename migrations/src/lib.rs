//! How the memory grew: one file a step, up and down, on both engines.

use sea_orm_migration::prelude::*;

pub mod grants;
mod m01_catalogue;
mod m02_dossiers;
mod m03_jobs;
mod m04_replays;
mod m05_law;
mod m06_calendars;
mod m07_refunds;
mod m08_forms;
mod m09_reports;
mod m10_places;
mod m11_warnings;
mod m12_process;
mod m13_downtimes;
mod m14_children;
mod m15_ledger;
mod m16_inbound;
mod m17_money;
mod m18_post;
mod m19_notices;
mod m20_connectors;
mod m21_publishing;
mod m22_voices;
mod m23_digitisation;
mod m24_documents;
mod m25_results;
mod m26_chronicle;
mod m27_identity;
mod m28_data_keys;
mod m29_erasures;
mod m30_mandates;
mod m31_access;

/// All steps in order.
#[derive(Debug)]
pub struct Migrator;

#[async_trait::async_trait]
impl MigratorTrait for Migrator {
    fn migrations() -> Vec<Box<dyn MigrationTrait>> {
        vec![
            Box::new(m01_catalogue::Migration),
            Box::new(m02_dossiers::Migration),
            Box::new(m03_jobs::Migration),
            Box::new(m04_replays::Migration),
            Box::new(m05_law::Migration),
            Box::new(m06_calendars::Migration),
            Box::new(m07_refunds::Migration),
            Box::new(m08_forms::Migration),
            Box::new(m09_reports::Migration),
            Box::new(m10_places::Migration),
            Box::new(m11_warnings::Migration),
            Box::new(m12_process::Migration),
            Box::new(m13_downtimes::Migration),
            Box::new(m14_children::Migration),
            Box::new(m15_ledger::Migration),
            Box::new(m16_inbound::Migration),
            Box::new(m17_money::Migration),
            Box::new(m18_post::Migration),
            Box::new(m19_notices::Migration),
            Box::new(m20_connectors::Migration),
            Box::new(m21_publishing::Migration),
            Box::new(m22_voices::Migration),
            Box::new(m23_digitisation::Migration),
            Box::new(m24_documents::Migration),
            Box::new(m25_results::Migration),
            Box::new(m26_chronicle::Migration),
            Box::new(m27_identity::Migration),
            Box::new(m28_data_keys::Migration),
            Box::new(m29_erasures::Migration),
            Box::new(m30_mandates::Migration),
            Box::new(m31_access::Migration),
        ]
    }
}
