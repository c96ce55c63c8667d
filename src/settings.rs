//! Settings: a TOML file, then the environment; every one is described in `motcua.example.toml`.

use api::ApiSettings;
use entities::chronicle::signing::ChronicleSettings;
use entities::database::DatabaseSettings;
use entities::keys::masters::Masters;
use entities::law::LawSettings;
use figment::Figment;
use figment::providers::{Env, Format, Toml};
use secrecy::{ExposeSecret, SecretString};
use serde::Deserialize;
use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::sync::mpsc;
use std::time::Duration;
use workers::deeds::OfficeSettings;
use workers::{DigitisingSettings, WorkerSettings};

/// All settings of a process.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub(crate) struct Settings {
    /// Where the data lives.
    pub database: DatabaseSettings,
    /// The edge.
    pub api: ApiSettings,
    /// The workers.
    pub worker: WorkerSettings,
    /// What the office says of itself.
    pub office: OfficeSettings,
    /// What it has chosen where the law leaves it the choice.
    pub law: LawSettings,
    /// How papers are digitised.
    pub digitising: DigitisingSettings,
    /// Where files are kept.
    pub files: FileSettings,
    /// How personal data is sealed.
    pub sealing: SealingSettings,
    /// Where backups go.
    pub backup: BackupSettings,
    /// How the chronicle is signed.
    pub chronicle: ChronicleSettings,
    /// Redis, when there is one.
    pub redis: RedisSettings,
    /// Where a worker shows how it is.
    pub measures: MeasureSettings,
    /// How the process logs.
    pub log: LogSettings,
    /// Outside parties by connector key; each connector reads its own section.
    pub connectors: BTreeMap<String, serde_json::Value>,
}

/// Section `[files]`.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub(crate) struct FileSettings {
    /// Folder, or `s3://bucket/prefix` with the usual AWS variables in the environment.
    pub store: String,
}

/// Section `[sealing]`.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub(crate) struct SealingSettings {
    /// Master secret, at least 32 characters; losing it loses all personal data.
    pub master: SecretString,
    /// File that holds the master secret in the place of `master`.
    pub file: Option<PathBuf>,
    /// Program of a key store (KMS, HSM, TPM) and its arguments, which says the master secret; comes before `file`.
    pub program: Vec<String>,
    /// Masters before it, for as long as they wrap a data key.
    pub former: Vec<SecretString>,
}

impl SealingSettings {
    /// The masters. Fails in words when the file cannot be read or a secret is too short.
    pub(crate) fn masters(&self) -> Result<Masters, String> {
        Masters::new(&self.secret()?, &self.former).map_err(|e| e.to_string())
    }

    /// The master secret in use: of the key store's program, else from its file, else as it stands. Fails in words when
    /// the first of them that is named does not give it.
    pub(crate) fn secret(&self) -> Result<SecretString, String> {
        let text = match (self.program.split_first(), &self.file) {
            (Some((program, arguments)), _) => asked(program, arguments)?,
            (None, Some(file)) => {
                std::fs::read_to_string(file).map_err(|e| format!("{}: {e}", file.display()))?
            }
            (None, None) => self.master.expose_secret().to_owned(),
        };
        Ok(text.trim_end().into())
    }
}

/// What the program of a key store says. What it complains of goes where this process complains, never into our words.
fn asked(program: &str, arguments: &[String]) -> Result<String, String> {
    let mut command = Command::new(program);
    command.args(arguments).stdin(Stdio::null()).stderr(Stdio::inherit());
    let (tell, told) = mpsc::channel();
    std::thread::spawn(move || tell.send(command.output()));
    let said = told.recv_timeout(KEY_STORE);
    let said = said.map_err(|_| format!("{program} did not end within {} s", KEY_STORE.as_secs()))?;
    let said = said.map_err(|e| format!("{program}: {e}"))?;
    if !said.status.success() {
        return Err(format!("{program} ended with {}", said.status));
    }
    String::from_utf8(said.stdout).map_err(|_| format!("{program} did not say a text"))
}

/// Longest wait for the program of a key store.
const KEY_STORE: Duration = Duration::from_secs(30);

/// Section `[backup]`.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub(crate) struct BackupSettings {
    /// Folder of the nightly backups, in which `motcua doctor` looks for the newest.
    pub folder: Option<PathBuf>,
}

/// Section `[redis]`.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub(crate) struct RedisSettings {
    /// `redis://host:port`; without it processes find each other's jobs by polling.
    pub url: Option<String>,
}

/// Section `[measures]`.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub(crate) struct MeasureSettings {
    /// Address and port of `motcua worker` for `/livez`, `/readyz` and `/metrics`; none opens no port.
    pub listen: Option<String>,
}

/// Section `[log]`.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub(crate) struct LogSettings {
    /// `json` or `text`.
    pub format: String,
    /// What is logged, such as `info,sqlx=warn`.
    pub filter: String,
}

impl Default for FileSettings {
    fn default() -> Self {
        Self { store: "data/files".into() }
    }
}

impl Default for LogSettings {
    fn default() -> Self {
        Self { format: "json".into(), filter: "info".into() }
    }
}

/// Reads the file, when one is named, and the environment over it. Fails in words, naming the setting.
pub(crate) fn read(file: Option<&Path>) -> Result<Settings, String> {
    let mut figment = Figment::new();
    if let Some(file) = file {
        if !file.is_file() {
            return Err(format!("the settings file {} does not exist", file.display()));
        }
        figment = figment.merge(Toml::file_exact(file));
    }
    let settings: Settings = figment
        .merge(Env::prefixed("MOTCUA__").split("__"))
        .extract()
        .map_err(|e| format!("settings: {e}"))?;
    settings.chronicle.key().map_err(|e| format!("settings: chronicle.signing_key: {e}"))?;
    // The office asks about a payment for three days: one that may be paid later would be paid unheard.
    match settings.office.payment_hours {
        1..=72 => Ok(settings),
        hours => Err(format!("settings: office.payment_hours is {hours}; 1 to 72 are allowed")),
    }
}
