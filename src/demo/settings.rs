//! Settings of the demo: everything local, nothing secret.

use super::Options;
use super::twins::Twins;
use crate::settings::{FileSettings, LogSettings, SealingSettings, Settings};
use api::{ApiSettings, Limits};
use entities::chronicle::signing::ChronicleSettings;
use entities::database::DatabaseSettings;
use std::collections::BTreeMap;
use workers::WorkerSettings;
use workers::deeds::OfficeSettings;
use workers::deeds::office::{Beneficiary, Sender};

/// The settings for these options and twins.
pub(crate) fn of(options: &Options, twins: &Twins) -> Settings {
    let (data, url) = (options.data.display(), format!("http://127.0.0.1:{}", options.port));
    let address = options.database.clone().unwrap_or_else(|| format!("sqlite://{data}/motcua.db"));
    let database = DatabaseSettings { url: address, ..DatabaseSettings::default() };
    let used = twins.all().iter().filter(|twin| twin.used);
    let connectors: BTreeMap<_, _> =
        used.map(|twin| (twin.entry.key.to_owned(), (twin.entry.example)(&twin.running.url))).collect();
    Settings {
        database,
        api: ApiSettings {
            listen: format!("127.0.0.1:{}", options.port),
            public_url: url.clone(),
            cursor_secret: "demo: this secret protects nothing at all".into(),
            demo: true,
            threads: 2,
            // A story told in seconds would run into them.
            limits: Limits::none(),
            ..ApiSettings::default()
        },
        worker: WorkerSettings { drain_ms: 3_000, ..WorkerSettings::default() },
        office: office(url),
        files: FileSettings { store: format!("{data}/files") },
        sealing: SealingSettings {
            master: "demo: this master secret protects nobody".into(),
            ..SealingSettings::default()
        },
        chronicle: ChronicleSettings { signing_key: "0f".repeat(32).into() },
        log: LogSettings { format: "text".into(), filter: "warn".into() },
        connectors,
        ..Settings::default()
    }
}

fn office(public_url: String) -> OfficeSettings {
    OfficeSettings {
        public_url,
        mail_from_name: "Bộ phận Một cửa (dùng thử)".into(),
        beneficiary: Beneficiary {
            number: "0000000001".into(),
            bank_code: "970000".into(),
            holder: "TK PHI LE PHI DUNG THU".into(),
        },
        sender: Sender {
            name: "Bộ phận Một cửa (dùng thử)".into(),
            address: "Số 1, thôn Thử Nghiệm".into(),
            phone: "0200000000".into(),
            province_code: "19".into(),
            district_code: None,
        },
        link_secret: "demo: this secret signs links to nothing real".into(),
        ..OfficeSettings::default()
    }
}
