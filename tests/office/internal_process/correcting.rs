//! A wrong result is taken back before it is handed over, kept aside, and made anew.

use super::scene::{asked, below, codes, decided, let_out};
use crate::support::commune::{CASE, Commune, DESK, HEAD, INSPECTOR, MAU, THU, text};
use crate::support::house::problem;
use chrono::TimeDelta;
use serde_json::{Value, json};

fn wrong() -> Value {
    json!({"reason": "Sai ngày sinh của người được chứng nhận."})
}

#[tokio::test]
async fn l_48_a_wrong_result_is_kept_aside_and_made_anew() {
    let commune = Commune::open().await;
    let first = decided(&commune).await;
    commune.pass(TimeDelta::days(1));

    let open = commune.done(HEAD, &first, "correction", wrong()).await;
    commune.pass(TimeDelta::hours(1));
    let mut decision = commune.decision("KQ-T2").await;
    decision["number"] = json!("13/CT");
    let second = commune.done(HEAD, &open, "decision", decision).await;

    assert_eq!(
        (&open["status"], &open["step"], &open["decided_at"]),
        (&json!("processing"), &json!("approve"), &Value::Null)
    );
    assert_eq!(
        (&open["due_at"], &open["turn"]),
        (&first["due_at"], &json!("agency")),
        "the first date stands"
    );
    assert_eq!(second["status"], "decided");
    let kept = below(&commune, HEAD, &second, "corrections").await;
    assert_eq!((text(&kept[0], "number"), text(&kept[0], "signed_by")), ("12/CT", "Nông Văn Duyệt"));
    assert_eq!(
        (text(&kept[0], "reason"), kept.as_array().unwrap().len()),
        (wrong()["reason"].as_str().unwrap(), 1)
    );
    assert_eq!(text(&kept[0], "corrected_at"), "2026-03-11T02:00:00Z");
    let parts: Vec<String> = below(&commune, HEAD, &second, "papers")
        .await
        .as_array()
        .unwrap()
        .iter()
        .map(|p| text(p, "part").into())
        .collect();
    assert_eq!(parts, ["component", "revoked", "result"]);
    let slip = below(&commune, HEAD, &second, "control-slip").await;
    let last = slip.as_array().unwrap().last().unwrap();
    assert_eq!(
        (&last["step"], &last["giver_name"], &last["note"]),
        (&json!("approve"), &json!("Nông Văn Duyệt"), &wrong()["reason"])
    );
}

#[tokio::test]
async fn l_48_a_revoked_result_is_no_longer_the_persons_to_read() {
    let commune = Commune::open().await;
    let dossier = decided(&commune).await;
    let papers = below(&commune, HEAD, &dossier, "papers").await;
    let result = papers.as_array().unwrap().iter().find(|paper| paper["part"] == "result").unwrap().clone();
    let path = format!("/v1/files/{}/content", text(&result, "file"));
    let_out(&commune, &result["file"]).await;
    assert_eq!(commune.get(MAU, &path).await.status(), 200);

    commune.done(HEAD, &dossier, "correction", wrong()).await;

    problem(commune.get(MAU, &path).await, 404, "not_found").await;
    assert_eq!(commune.get(CASE, &path).await.status(), 200, "the officers keep it");
}

#[tokio::test]
async fn l_48_who_may_not_and_when_not() {
    let commune = Commune::open().await;
    let dossier = decided(&commune).await;

    let officer = commune.refused(CASE, &dossier, "correction", wrong()).await;
    let silent = commune.refused(HEAD, &dossier, "correction", json!({"reason": "?"})).await;
    problem(commune.act(THU, &dossier, "correction", &wrong()).await, 404, "not_found").await;
    let returned = commune.done(DESK, &dossier, "return", json!({"proof": "Đã ký nhận."})).await;
    let too_late = commune.refused(HEAD, &returned, "correction", wrong()).await;

    assert_eq!((codes(&officer), codes(&silent)), (vec!["wrong_role"], vec!["reason_missing"]));
    assert_eq!(codes(&too_late), ["result_handed_over"]);
    let words = too_late["blocked_by"][0]["message"].as_str().unwrap();
    assert!(words.contains("lập hồ sơ mới") && words.contains("do cơ quan chịu"), "{words}");
}

#[tokio::test]
async fn l_48_twice_wrong_is_kept_twice() {
    let commune = Commune::open().await;
    let mut dossier = decided(&commune).await;
    for number in ["13/CT", "14/CT"] {
        dossier = commune.done(HEAD, &dossier, "correction", wrong()).await;
        let mut decision = commune.decision("KQ-T2").await;
        decision["number"] = json!(number);
        dossier = commune.done(HEAD, &dossier, "decision", decision).await;
    }

    let kept = below(&commune, INSPECTOR, &dossier, "corrections").await;

    let kept: Vec<_> =
        kept.as_array().unwrap().iter().map(|row| (text(row, "number"), &row["reason"])).collect();
    assert_eq!(kept, [("12/CT", &Value::Null), ("13/CT", &Value::Null)], "the reason may name a person");
    problem(asked(&commune, THU, &dossier, "corrections").await, 404, "not_found").await;
}
