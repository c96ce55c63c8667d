//! Ratings: once, by the person, when the work has ended.

use crate::openapi::promise;
use crate::support::commune::{Commune, DESK, MAU, THU, text};
use crate::support::house::{json, problem};
use serde_json::json;

#[tokio::test]
async fn a_dossier_is_rated_once_by_its_person_when_the_work_has_ended() {
    let commune = Commune::open().await;
    let dossier = commune.submit(MAU, commune.copies(), |_| {}).await;
    let path = format!("/v1/dossiers/{}/rating", text(&dossier, "id"));
    let pleased = json!({"score": "very_satisfied", "opinion": "Cán bộ hướng dẫn rõ ràng."});
    let too_soon = problem(commune.post(MAU, &path, &pleased).await, 409, "act_refused").await;
    assert!(too_soon.to_string().contains("work_not_ended"));

    let reason = json!({"reason": "Hồ sơ không thuộc thẩm quyền."});
    commune.done(DESK, &dossier, "refusal", reason).await;
    let given = json(commune.post(MAU, &path, &pleased).await, 201).await;

    promise::holds("Rating", &given);
    let again = problem(commune.post(MAU, &path, &pleased).await, 409, "act_refused").await;
    assert!(again.to_string().contains("rating_given"));
    problem(commune.post(THU, &path, &pleased).await, 404, "not_found").await;
    problem(commune.post(DESK, &path, &pleased).await, 404, "not_found").await;
    let month = format!("/v1/reports/satisfaction?unit={}&year=2026&month=3", commune.unit);
    let report = commune.read(DESK, &month).await;
    promise::holds("SatisfactionReport", &report);
    let line = json!({"national_code": "2.000815", "very_satisfied": 1, "satisfied": 0, "dissatisfied": 0,
        "opinions": ["Cán bộ hướng dẫn rõ ràng."]});
    assert_eq!(report["procedures"], json!([line]));
    problem(commune.get(MAU, &month).await, 403, "forbidden").await;
}
