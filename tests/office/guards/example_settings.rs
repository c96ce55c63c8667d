//! The example of the settings holds every setting, explains it, and is read as it stands.

use super::sources::{self, assert_none};
use super::variants;
use api::ApiSettings;
use connectors::registry::REGISTRY;
use entities::database::DatabaseSettings;
use std::collections::BTreeSet;
use toml::{Table, Value};
use workers::WorkerSettings;
use workers::deeds::OfficeSettings;

const LIMITS: &str = "workers/connectors/src/outgoing.rs";
const PAYMENT: &str = "workers/connectors/src/payment/national_platform/mod.rs";
const PAYGOV: &str = "workers/connectors/src/payment/paygov/mod.rs";
const KEYPAY: &str = "workers/connectors/src/payment/keypay_v3/mod.rs";
const WALLET: &str = "workers/connectors/src/payment/viettelpay_qr/mod.rs";
const POST: &str = "workers/connectors/src/post/vnpost_hcc/mod.rs";
const LGSP: &str = "workers/connectors/src/post/vnpost_lgsp.rs";
const VIETTEL: &str = "workers/connectors/src/post/viettel_post/settings.rs";
const PORTAL: &str = "workers/connectors/src/portal/dvcqg/vxp.rs";
const FACADE: &str = "workers/connectors/src/portal/dvcqg/lgsp.rs";
const BARE_LISTS: &str = "workers/connectors/src/portal/dvcqg/array.rs";
const DIALECT: &str = "workers/connectors/src/portal/dvcqg/dialect.rs";
const INBOX: &str = "workers/connectors/src/portal/dvcqg/inbox/mod.rs";

const SMS: &str = "workers/connectors/src/text/sms_gateway/settings.rs";
const ZALO: &str = "workers/connectors/src/text/zalo_zns/settings.rs";

/// Where each struct stands in the example.
const STRUCTS: [(&str, &str, &str); 66] = [
    ("", "src/settings.rs", "Settings"),
    ("files", "src/settings.rs", "FileSettings"),
    ("sealing", "src/settings.rs", "SealingSettings"),
    ("backup", "src/settings.rs", "BackupSettings"),
    ("chronicle", "entities/src/chronicle/signing.rs", "ChronicleSettings"),
    ("redis", "src/settings.rs", "RedisSettings"),
    ("measures", "src/settings.rs", "MeasureSettings"),
    ("log", "src/settings.rs", "LogSettings"),
    ("database", "entities/src/database.rs", "DatabaseSettings"),
    ("api", "api/src/settings.rs", "ApiSettings"),
    ("api.limits", "api/src/settings.rs", "Limits"),
    ("api.intake", "api/src/settings.rs", "Intake"),
    ("api.portal", "api/src/settings.rs", "PortalSettings"),
    ("api.portal.routes", "api/src/settings.rs", "PortalRoute"),
    ("api.issuers", "api/src/identity/issuers.rs", "IssuerSettings"),
    ("worker", "workers/src/settings.rs", "WorkerSettings"),
    ("worker.concurrency", "workers/src/settings.rs", "Concurrency"),
    ("digitising", "workers/src/digitising_settings.rs", "DigitisingSettings"),
    ("law", "entities/src/law.rs", "LawSettings"),
    ("office", "workers/src/deeds/office.rs", "OfficeSettings"),
    ("office.beneficiary", "workers/src/deeds/office.rs", "Beneficiary"),
    ("office.sender", "workers/src/deeds/office.rs", "Sender"),
    ("office.portal_codes", "workers/src/deeds/office.rs", "PortalCodes"),
    ("connectors.national_platform", PAYMENT, "Settings"),
    ("connectors.national_platform.paths", PAYMENT, "Paths"),
    ("connectors.national_platform.limits", LIMITS, "Limits"),
    ("connectors.national_platform.line", "workers/connectors/src/line/settings.rs", "LineSettings"),
    ("connectors.paygov", PAYGOV, "Settings"),
    ("connectors.paygov.limits", LIMITS, "Limits"),
    ("connectors.keypay_v3", KEYPAY, "Settings"),
    ("connectors.keypay_v3.paths", KEYPAY, "Paths"),
    ("connectors.keypay_v3.answer_names", KEYPAY, "AnswerNames"),
    ("connectors.keypay_v3.limits", LIMITS, "Limits"),
    ("connectors.viettelpay_qr", WALLET, "Settings"),
    ("connectors.viettelpay_qr.qr", WALLET, "Qr"),
    ("connectors.viettelpay_qr.limits", LIMITS, "Limits"),
    ("connectors.vnpost_hcc", POST, "Settings"),
    ("connectors.vnpost_hcc.paths", POST, "Paths"),
    ("connectors.vnpost_hcc.limits", LIMITS, "Limits"),
    ("connectors.vnpost_lgsp", LGSP, "Settings"),
    ("connectors.vnpost_lgsp.limits", LIMITS, "Limits"),
    ("connectors.viettel_post", VIETTEL, "Settings"),
    ("connectors.viettel_post.paths", VIETTEL, "Paths"),
    ("connectors.viettel_post.events", VIETTEL, "Events"),
    ("connectors.viettel_post.limits", LIMITS, "Limits"),
    ("connectors.dvcqg", PORTAL, "Settings"),
    ("connectors.dvcqg.limits", LIMITS, "Limits"),
    ("connectors.dvcqg.dialect", DIALECT, "Dialect"),
    ("connectors.dvcqg.dialect.held", DIALECT, "HeldNames"),
    ("connectors.dvcqg.inbox", INBOX, "Settings"),
    ("connectors.dvcqg.inbox.mapped", "workers/connectors/src/portal/dvcqg/inbox/mapped.rs", "Mapped"),
    ("connectors.dvcqg_lgsp", FACADE, "Settings"),
    ("connectors.dvcqg_lgsp.dialect", DIALECT, "Dialect"),
    ("connectors.dvcqg_lgsp.limits", LIMITS, "Limits"),
    ("connectors.dvcqg_array", BARE_LISTS, "Settings"),
    ("connectors.dvcqg_array.dialect", DIALECT, "Dialect"),
    ("connectors.dvcqg_array.limits", LIMITS, "Limits"),
    ("connectors.emc", "workers/connectors/src/monitor/emc.rs", "Settings"),
    ("connectors.emc.limits", LIMITS, "Limits"),
    ("connectors.smtp", "workers/connectors/src/mail/smtp/mod.rs", "Settings"),
    ("connectors.clamd", "workers/connectors/src/scanner/clamd.rs", "Settings"),
    ("connectors.sms_gateway", SMS, "Settings"),
    ("connectors.sms_gateway.limits", LIMITS, "Limits"),
    ("connectors.zalo_zns", ZALO, "Settings"),
    ("connectors.zalo_zns.limits", LIMITS, "Limits"),
    ("connectors.folder", "workers/connectors/src/mail/folder.rs", "Settings"),
];

#[test]
fn the_example_has_every_setting_and_no_other() {
    let example = read(&everything());

    let mut found = Vec::new();
    for (path, file, name) in STRUCTS {
        let fields: BTreeSet<String> = variants::fields(file, name).into_iter().collect();
        let mut written: BTreeSet<String> = table(&example, path).keys().cloned().collect();
        // The registry takes it off before the connector reads its section.
        written.remove("line");
        found.extend(fields.difference(&written).map(|field| format!("[{path}] lacks {field}")));
        found
            .extend(written.difference(&fields).map(|field| format!("[{path}] has {field}, {name} has not")));
    }
    let connectors = table(&example, "connectors");
    let unset = REGISTRY.iter().filter(|entry| !connectors.contains_key(entry.key));
    found.extend(unset.map(|entry| format!("[connectors.{}] is missing", entry.key)));

    assert_none("deploy/motcua.example.toml and the settings differ", &found);
}

#[test]
fn every_setting_of_the_example_is_explained_right_above_it() {
    let text = example();
    let lines: Vec<&str> = text.lines().collect();
    let bare = lines.iter().enumerate().filter(|(_, line)| is_setting(line)).filter(|(index, _)| {
        let above = index.checked_sub(1).and_then(|above| lines.get(above));
        above.is_none_or(|line| !line.starts_with("# "))
    });

    let found: Vec<String> = bare.map(|(index, line)| format!("line {}: {line}", index + 1)).collect();

    assert_none("settings without a comment line above", &found);
}

#[test]
fn the_example_is_read_by_the_program_with_and_without_what_it_leaves_out() {
    for text in [example(), everything()] {
        let mut example = read(&text);
        let mut section = |name: &str| example.remove(name).unwrap_or_else(|| panic!("no [{name}]"));

        section("database").try_into::<DatabaseSettings>().unwrap();
        section("office").try_into::<OfficeSettings>().unwrap();
        let worker: WorkerSettings = section("worker").try_into().unwrap();
        let api: ApiSettings = section("api").try_into().unwrap();

        let ordinary =
            WorkerSettings { timeouts_ms: worker.timeouts_ms.clone(), ..WorkerSettings::default() };
        assert_eq!(worker, ordinary, "the example shows the defaults");
        assert!(!api.demo && api.issuers.len() == 1);
    }
}

#[test]
fn every_connector_is_built_from_the_example_with_its_secrets() {
    let folder = std::env::temp_dir().join(format!("motcua-example-{}", std::process::id()));
    let mut connectors = table(&read(&everything()), "connectors").clone();
    // What names a file of the real machine.
    connectors["smtp"].as_table_mut().unwrap().remove("ca_file");
    connectors["folder"]["folder"] = Value::from(folder.to_str().unwrap());

    for entry in REGISTRY {
        let settings = serde_json::to_value(&connectors[entry.key]).unwrap();
        let built = entry.set_up(&settings);
        assert!(built.is_ok(), "[connectors.{}] {}", entry.key, built.unwrap_err());
    }

    std::fs::remove_dir_all(folder).unwrap();
}

#[test]
fn the_example_holds_no_secret() {
    let secret = ["secret", "password", "master", "bearer", "key"];
    let example = example();
    let set = example.lines().filter(|line| is_setting(line) && !line.starts_with('#'));

    let found: Vec<String> = set
        .filter(|line| secret.iter().any(|word| line.split(" =").next().unwrap_or_default().contains(word)))
        .filter(|line| !line.starts_with("keys_pause_seconds"))
        .map(str::to_owned)
        .collect();

    assert_none("secrets belong into the environment", &found);
}

fn example() -> String {
    let path = sources::root().join("deploy/motcua.example.toml");
    std::fs::read_to_string(path).unwrap()
}

/// The example with everything that it leaves out.
fn everything() -> String {
    let uncommented = |line: &str| match line.strip_prefix('#') {
        Some(rest) if is_setting(line) || rest.starts_with('[') => rest.to_owned(),
        _ => line.to_owned(),
    };
    example().lines().map(uncommented).collect::<Vec<_>>().join("\n")
}

/// `name = value`, set or left out.
fn is_setting(line: &str) -> bool {
    let line = line.strip_prefix('#').unwrap_or(line);
    let name = line.split(" = ").next().unwrap_or_default();
    line.contains(" = ") && !name.is_empty() && name.chars().all(|c| c.is_ascii_lowercase() || c == '_')
}

fn read(text: &str) -> Table {
    text.parse().unwrap_or_else(|e| panic!("{e}"))
}

/// The table at a path; the first of a list of tables.
fn table<'a>(example: &'a Table, path: &str) -> &'a Table {
    path.split('.').filter(|part| !part.is_empty()).fold(example, |table, part| match table.get(part) {
        Some(Value::Table(inner)) => inner,
        Some(Value::Array(list)) => list[0].as_table().unwrap(),
        _ => panic!("deploy/motcua.example.toml has no [{path}]"),
    })
}
