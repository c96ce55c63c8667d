//! A procedure of ten working days, whose papers and results lie as long as somebody leaves them.

use super::fixture::{PLAIN, Scene};
use entities::dossiers::acts::{Act, Outcome as Decision};
use entities::dossiers::application::{PaperIn, ReturnMethod};
use entities::files::State;
use entities::seeding::{importing, reading};
use entities::tables::dossiers::Model as Dossier;
use serde_json::json;
use std::collections::BTreeSet;
use uuid::Uuid;

const SLOW: &str = r#"
procedures:
  - national_code: "9.000009"
    revision:
      valid_from: "2024-01-01"
      name: "Thủ tục thử mười ngày"
      name_en: "Trial: ten working days"
      field: { code: "G00-TN01", name: "Thử nghiệm" }
      tiers: [commune]
      level: toan_trinh
      applicants: [citizen]
      sequence: ["Nộp hồ sơ.", "Nhận kết quả."]
      channels:
        - channel: online
          limit: { amount: 10, unit: working_days }
      components:
        - { code: "T9-01", name: "Giấy thử thứ nhất", originals: 1, required: true }
        - { code: "T9-02", name: "Giấy thử thứ hai", copies: 1, required: false }
      results:
        - { code: "KQ-T9", name: "Kết quả thử" }
      legal_bases: ["Văn bản thử"]
      form_schema: { type: object, additionalProperties: false, properties: { note: { type: string } } }
      steps:
        - { key: "appraise", name: "Thẩm định", role: case_officer, limit: { amount: 20, unit: half_working_days } }
      payment: never
      postal_allowed: true
"#;

impl Scene {
    /// Makes the slow procedure known.
    pub async fn publish(&self) {
        let seeds = reading::read_all(&[("slow.yaml", SLOW)], &BTreeSet::new()).unwrap();
        let tx = self.hands.database.begin().await.unwrap();
        importing::import(&tx, &seeds).await.unwrap();
        tx.commit().await.unwrap();
    }

    /// Hands a slow dossier in, its result to be had in this way.
    pub async fn ask(&self, return_method: ReturnMethod) -> Dossier {
        let file = self.file(&self.citizen(), "T9-01.pdf", PLAIN, State::Clean).await;
        self.submit_as(|a| {
            a.procedure = "9.000009".into();
            a.form = json!({"note": "thử"});
            a.papers = vec![PaperIn { component: "T9-01".into(), file: Some(file), ..PaperIn::default() }];
            a.quantity = None;
            a.return_method = return_method;
        })
        .await
    }

    /// A slow dossier that was received and taken to its step: due in ten working days.
    pub async fn begin(&self) -> Dossier {
        let dossier = self.ask(ReturnMethod::Desk).await;
        self.take_up(dossier.id).await
    }

    /// Receives a dossier and takes it to its step.
    pub async fn take_up(&self, dossier: Uuid) -> Dossier {
        self.act(&self.officer(), dossier, Act::Accept).await;
        self.act(&self.officer(), dossier, Act::Forward { note: String::new() }).await
    }

    /// Issues the result of a slow dossier.
    pub async fn settle(&self, dossier: Uuid) -> Dossier {
        let by = self.officer();
        let file = self.file(&by, "ket-qua.pdf", PLAIN, State::Clean).await;
        let decided = Act::Decide {
            outcome: Decision::Granted,
            number: "12/CT".into(),
            result_code: "KQ-T9".into(),
            file: Some(file),
            reason: String::new(),
            validity: rules::results::Validity::default(),
        };
        self.act(&by, dossier, decided).await
    }
}
