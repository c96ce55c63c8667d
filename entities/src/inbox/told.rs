//! A dossier as the portal told it, with the papers that came in the message already in the file store.

use crate::dossiers::applicant::Applicant;
use crate::files::File;
use chrono::{DateTime, Utc};
use rules::actor::{Actor, Assignment, Role};
use rules::procedure::ApplicantKind;
use serde_json::Value;
use uuid::Uuid;

/// A dossier, or what is handed in later to one.
#[derive(Debug, Clone)]
pub struct Told {
    /// Connector key of the portal.
    pub connector: String,
    /// The portal's own key of the dossier.
    pub national_id: String,
    /// National procedure code.
    pub procedure: String,
    /// The unit that is to receive it.
    pub unit: Uuid,
    /// Handed in there.
    pub sent_at: Option<DateTime<Utc>>,
    /// Kind of owner.
    pub applicant_kind: ApplicantKind,
    /// The owner; what was not told is absent.
    pub applicant: Applicant,
    /// What it is about.
    pub summary: Option<String>,
    /// The form as the portal has it.
    pub form: Value,
    /// Papers.
    pub papers: Vec<ToldPaper>,
    /// Whether the result goes home by post, where told.
    pub by_post: Option<bool>,
    /// Blind index of all this, to know the same message again.
    pub fingerprint: String,
}

/// One paper.
#[derive(Debug, Clone)]
pub struct ToldPaper {
    /// Name of the file.
    pub name: String,
    /// Code of the component, where told.
    pub component: Option<String>,
    /// How it comes.
    pub comes: Comes,
}

/// How a paper comes.
#[derive(Debug, Clone)]
pub enum Comes {
    /// With the message; its bytes are in the file store.
    Here(Box<File>),
    /// Behind a link, to be fetched.
    Behind(String),
    /// With bytes that are not taken; why, in Vietnamese and English.
    Refused(String, String),
}

impl Told {
    /// Subject of the owner: the portal's account, or the dossier itself where none is told. No account is made of it
    /// whoever signs in with the same number owns the dossier by that.
    pub fn owner(&self) -> String {
        let account = self.applicant.tech_id.as_deref().unwrap_or(&self.national_id);
        format!("{}|{account}", self.connector).chars().take(200).collect()
    }
}

/// The applicant, for whom the portal speaks.
pub fn applicant_there(owner: &str, name: &str) -> Actor {
    let named: String = name.chars().take(150).collect();
    Actor {
        subject: owner.into(),
        name: format!("{named} (qua Cổng Dịch vụ công quốc gia)"),
        title: String::new(),
        national_id: None,
        assignments: vec![Assignment { role: Role::Citizen, unit: None }],
        scopes: Vec::new(),
        assurance: 0,
        as_of: None,
    }
}
