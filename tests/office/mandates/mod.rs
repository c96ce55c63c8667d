//! Handing in for somebody else: what must be said, who sees it how long, and how it ends.

mod ending;
mod holding;
mod refusals;

use crate::support::commune::{COMPANY_TAX, Commune, MAU, THU};
use entities::people::{Held, assign};
use rules::actor::{Assignment, Role};
use serde_json::{Value, json as body};

/// A citizen of the commune becomes a member of its community digital team.
async fn appoint(commune: &Commune, who: &str, name: &str) {
    let tx = commune.database.begin().await.unwrap();
    let subject = commune.office.demo.as_ref().unwrap().subject_of(who);
    let assignment = Assignment { role: Role::Helper, unit: Some(commune.unit) };
    let held = Held {
        assignment, name: name.into(), title: "Thành viên tổ công nghệ số cộng đồng".into()
    };
    assign(&tx, &subject, &held, commune.clock.now()).await.unwrap();
    tx.commit().await.unwrap();
}

/// The consent of somebody who cannot write, said before a neighbour.
fn consent() -> Value {
    body!({"ground": "helper", "way": "spoken", "given_on": "2026-03-10", "until": "2026-03-31",
        "witness": "Lý Thị Chứng"})
}

/// Trần Văn Thử, a helper, hands in for Nguyễn Thị Mẫu with her consent.
async fn helped(commune: &Commune) -> Value {
    appoint(commune, THU, "Trần Văn Thử").await;
    commune.submit(THU, commune.copies(), |application| application["mandate"] = consent()).await
}

/// An application of the company.
async fn of_the_company(commune: &Commune, who: &str) -> Value {
    let mut application = commune.copies();
    application["applicant_kind"] = body!("enterprise");
    application["applicant"]["name"] = body!("Công ty TNHH Ví Dụ");
    application["applicant"]["id_number"] = body!(COMPANY_TAX);
    commune.attach(who, &mut application).await;
    application
}

/// Keys of the dossiers that somebody finds in their list.
async fn list(commune: &Commune, who: &str) -> Vec<Value> {
    let page = commune.read(who, "/v1/dossiers").await;
    page["items"].as_array().unwrap().iter().map(|line| line["id"].clone()).collect()
}

/// The applicant's own list names it and nobody else's.
async fn is_with_the_applicant_alone(commune: &Commune, dossier: &Value) {
    assert_eq!(list(commune, MAU).await, [dossier["id"].clone()]);
    assert_eq!(list(commune, THU).await, Vec::<Value>::new());
}
