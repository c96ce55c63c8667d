//! The walk of one dossier through many statuses, asked for over HTTP.

use crate::support::commune::receipt_number;
use entities::clock::Clock;
use entities::database::Database;
use entities::digitisations::reading::open_of_dossier;
use entities::files::{self, File, State};
use entities::writing::Batch;
use reqwest::RequestBuilder;
use serde_json::{Value, json};
use uuid::Uuid;

/// Who asks.
#[derive(Debug, Clone, Copy)]
pub enum Who {
    Citizen(usize),
    Officer,
}

/// Where a walk can be made.
pub trait Office {
    /// A POST of this person under a new key, for whatever version is there.
    fn ask(&self, who: Who, path: &str) -> RequestBuilder;
    /// `issuer|key` of the person.
    fn subject(&self, who: Who) -> String;
    fn database(&self) -> &Database;
    fn unit(&self) -> Uuid;
}

/// A dossier on its way.
pub struct Walk {
    pub code: String,
    pub id: String,
    citizen: usize,
    by_post: bool,
    steps: usize,
}

/// Acts after the submission; the statuses are 2, 5, 4, 6, 4, 4, 4, 4, 9 and 10.
const ACTS: [&str; 10] = [
    "acceptance",
    "supplement-request",
    "supplement",
    "payment-request",
    "cash-payment",
    "forwarding",
    "forwarding",
    "forwarding",
    "decision",
    "return",
];

impl Walk {
    /// Hands a dossier in; every second result goes home by post.
    pub async fn begin(office: &impl Office, citizen: usize) -> Self {
        Self::begin_as(office, citizen, |_| ()).await
    }

    /// The same of an application that was changed.
    pub async fn begin_as(office: &impl Office, citizen: usize, change: impl FnOnce(&mut Value)) -> Self {
        let (who, by_post) = (Who::Citizen(citizen), citizen.is_multiple_of(2));
        let subject = office.subject(who);
        let papers = files(office.database(), &[subject.clone(), subject]).await;
        let mut body = application(office.unit(), citizen, &papers);
        body["return_method"] = json!(if by_post { "post" } else { "desk" });
        change(&mut body);
        let dossier = created(office.ask(who, "/v1/dossiers").json(&body)).await;
        let text = |name: &str| dossier[name].as_str().unwrap().to_owned();
        Self { code: text("code"), id: text("id"), citizen, by_post, steps: 0 }
    }

    /// The next act; false when there is none. A result that goes by post is not handed over at the desk.
    pub async fn step(&mut self, office: &impl Office) -> bool {
        let Some(act) = ACTS.get(self.steps).filter(|act| !(self.by_post && **act == "return")) else {
            return false;
        };
        let who = if *act == "supplement" { Who::Citizen(self.citizen) } else { Who::Officer };
        let body = self.body(office, who, act).await;
        created(office.ask(who, &self.path(act)).json(&body)).await;
        if *act == "decision" {
            self.leave_papers_out(office).await;
        }
        self.steps += 1;
        true
    }

    /// The files of a walk have no bytes, so where its office digitises, they are left out with a reason.
    async fn leave_papers_out(&self, office: &impl Office) {
        let open = open_of_dossier(office.database().reader(), self.id.parse().unwrap()).await.unwrap();
        for item in open {
            let path = format!("/v1/digitisations/{}/drop", item.id);
            let reason = json!({"reason": "Tệp mẫu không có nội dung."});
            created(office.ask(Who::Officer, &path).json(&reason)).await;
        }
    }

    /// Where something is asked of this dossier.
    pub fn path(&self, act: &str) -> String {
        format!("/v1/dossiers/{}/{act}", self.id)
    }

    async fn body(&self, office: &impl Office, who: Who, act: &str) -> Value {
        match act {
            "supplement-request" => json!({"reason": "Ảnh chụp bị mờ.", "components": ["CC-02"]}),
            "supplement" => {
                let file = files(office.database(), &[office.subject(who)]).await[0];
                json!({"papers": [{"component": "CC-02", "file": file}]})
            }
            "cash-payment" => json!({"receipt_number": receipt_number()}),
            "decision" => {
                let file = files(office.database(), &[office.subject(who)]).await[0];
                json!({"outcome": "granted", "number": "12/CT", "result_code": "KQ-CC-01", "file": file})
            }
            "return" => json!({"proof": "Người nộp đã ký nhận."}),
            _ => json!({}),
        }
    }
}

/// Certified copies asked for online by a citizen, with two papers.
pub fn application(unit: Uuid, citizen: usize, papers: &[Uuid]) -> Value {
    json!({
        "procedure": "2.000815", "unit": unit, "channel": "online", "applicant_kind": "citizen",
        "applicant": {
            "name": format!("Người Mẫu {citizen}"), "phone": "0900000001",
            "email": format!("cong-dan-{citizen}@vidu.example"),
            "address": {
                "line": "Tổ 5", "commune_code": "01840", "commune": "phường Đức Xuân", "province": "tỉnh Thái Nguyên",
            },
        },
        "form": {
            "document_name": "Bằng tốt nghiệp", "issuer": "Trường mẫu", "issued_on": "2020-06-01",
            "pages": 5, "copies": 1, "electronic": false,
        },
        "papers": [{"component": "CC-01", "file": papers[0]}, {"component": "CC-02", "file": papers[1]}],
        "return_method": "desk", "quantity": 5,
    })
}

/// One inspected file for each of these subjects.
pub async fn files(database: &Database, owners: &[String]) -> Vec<Uuid> {
    let tx = database.begin().await.unwrap();
    let mut keys = Vec::new();
    for owner in owners {
        let fresh = files::quarantined("giay.pdf", owner, Clock::system().now());
        let (sha256, media_type) = ("0".repeat(64), "application/pdf".into());
        let file = File { sha256, media_type, size: 9, state: State::Clean, ..fresh };
        let mut batch = Batch::default();
        batch.add(files::insert(&file));
        batch.write(&tx).await.unwrap();
        keys.push(file.id);
    }
    tx.commit().await.unwrap();
    keys
}

async fn created(request: RequestBuilder) -> Value {
    let response = request.send().await.unwrap();
    let (status, path) = (response.status(), response.url().path().to_owned());
    let body = response.text().await.unwrap();
    assert_eq!(status, 201, "{path}: {body}");
    serde_json::from_str(&body).unwrap()
}
