//! Submissions through the real API: certified copies of a diploma with two papers, at communes of one province.

use crate::load::{Connection, Measured, Request, ask, post};
use crate::office::Office;
use crate::people::{Issuer, citizen_id};
use chrono::{DateTime, Utc};
use entities::catalogue::units;
use rules::procedure::Tier;
use serde_json::{Value, json};
use std::sync::Arc;
use uuid::Uuid;

/// So many citizens share the work.
const CITIZENS: usize = 16;

/// Citizens with their papers uploaded, and the communes they hand in at.
pub struct Crowd {
    pub address: String,
    pub communes: Vec<Uuid>,
    pub tokens: Vec<String>,
    papers: Vec<[String; 2]>,
}

impl Crowd {
    /// Uploads two papers for each citizen.
    pub async fn gather(office: &Office, issuer: &Issuer, at: DateTime<Utc>) -> Self {
        let db = office.database().await;
        let search = units::Search { tier: Some(Tier::Commune), limit: 100, ..units::Search::default() };
        let day = rules::local_time::local_date(at);
        let found = units::list(db.reader(), &search, day).await.unwrap();
        db.close().await.unwrap();
        let tokens: Vec<String> = (0..CITIZENS).map(|n| issuer.citizen(n, at)).collect();
        let communes = found.iter().filter(|unit| unit.receives).map(|unit| unit.id).collect();
        Self::with(office.address.clone(), communes, tokens).await
    }

    /// The same for people and units that are known already.
    pub async fn with(address: String, communes: Vec<Uuid>, tokens: Vec<String>) -> Self {
        let mut connection = Connection::open(&address).await;
        let mut papers = Vec::new();
        for token in &tokens {
            papers.push([upload(&mut connection, token).await, upload(&mut connection, token).await]);
        }
        Self { address, communes, tokens, papers }
    }

    /// One submission; gives the dossier's line.
    pub async fn submit_one(&self) -> Value {
        let mut connection = Connection::open(&self.address).await;
        let told = connection.ask(&self.requests(1)(0, 0)).await;
        assert_eq!(told, 201, "{}", connection.body());
        serde_json::from_str(connection.body()).unwrap()
    }

    /// Submissions over so many connections, spread over the first `units` communes.
    pub async fn submit(&self, connections: usize, seconds: u64, units: usize) -> Measured {
        ask(&self.address, connections, seconds, 201, self.requests(units)).await
    }

    fn requests(&self, units: usize) -> Request {
        let citizens = self.tokens.len();
        let bodies: Vec<Vec<String>> = (0..citizens)
            .map(|citizen| self.communes[..units].iter().map(|unit| self.body(citizen, *unit)).collect())
            .collect();
        let (tokens, run) = (self.tokens.clone(), Uuid::now_v7().simple());
        Arc::new(move |connection, n| {
            let (citizen, turn) = (connection % citizens, usize::try_from(n).unwrap());
            let body = &bodies[citizen][(connection * 7 + turn) % units];
            post(
                "/v1/dossiers",
                &tokens[citizen],
                &format!("{run}-{connection}-{n}"),
                "application/json",
                body,
            )
        })
    }

    fn body(&self, citizen: usize, unit: Uuid) -> String {
        let [first, second] = &self.papers[citizen];
        let application = json!({
            "procedure": "2.000815", "unit": unit, "channel": "online", "applicant_kind": "citizen",
            "applicant": {
                "name": "Nguyễn Thị Mẫu", "id_number": citizen_id(citizen), "phone": "0900000001",
                "email": "mau@vidu.example",
                "address": {"line": "Tổ 5", "commune": "phường Đức Xuân", "province": "tỉnh Thử Nghiệm"},
            },
            "form": {
                "document_name": "Bằng tốt nghiệp", "issuer": "Trường THPT Thử Nghiệm", "issued_on": "2019-06-30",
                "pages": 2, "copies": 3, "electronic": false,
            },
            "papers": [{"component": "CC-01", "file": first}, {"component": "CC-02", "file": second}],
            "return_method": "desk", "quantity": 6,
        });
        application.to_string()
    }
}

const PDF: &str = "%PDF-1.4\n1 0 obj<</Type/Catalog/Pages 2 0 R>>endobj\n2 0 obj<</Type/Pages/Kids[3 0 R]/Count 1>>\
    endobj\n3 0 obj<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]>>endobj\ntrailer<</Root 1 0 R>>\n%%EOF\n";

async fn upload(connection: &mut Connection, token: &str) -> String {
    let body = format!(
        "--giay\r\nContent-Disposition: form-data; name=\"file\"; filename=\"giay-to.pdf\"\r\n\
         Content-Type: application/pdf\r\n\r\n{PDF}\r\n--giay--\r\n"
    );
    let key = Uuid::now_v7().to_string();
    let request = post("/v1/uploads", token, &key, "multipart/form-data; boundary=giay", &body);
    assert_eq!(connection.ask(&request).await, 201, "{}", connection.body());
    let file: Value = serde_json::from_str(connection.body()).unwrap();
    file["id"].as_str().unwrap().to_owned()
}
