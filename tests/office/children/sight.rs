//! The other unit sees its child and the shared papers; of the main dossier it sees nothing.

use super::{below, planned, received, settled};
use crate::journeys::stage::Stage;
use crate::support::commune::{CASE, Commune, DESK, HEAD, MAU, MAU_ID, NEIGHBOUR, THU, text};
use crate::support::house::{json, problem};
use reqwest::Method;
use serde_json::{Value, json as body};
use std::collections::BTreeSet;

/// Every address below a dossier that is read.
const READS: [&str; 9] =
    ["", "/history", "/deadline", "/standing", "/actions", "/papers", "/payments", "/children", "/forms"];

async fn status(commune: &Commune, who: &str, dossier: &Value, path: &str) -> u16 {
    commune.get(who, &format!("/v1/dossiers/{}{path}", text(dossier, "id"))).await.status().as_u16()
}

#[tokio::test]
async fn l_31_the_main_dossier_does_not_exist_for_the_other_unit() {
    let commune = Commune::open().await;
    let parent = received(&commune).await;
    let (parent, child) = planned(&commune, &parent, "at-once-1").await;

    for path in READS {
        assert_eq!(status(&commune, NEIGHBOUR, &parent, path).await, 404, "{path}");
        assert_eq!(status(&commune, NEIGHBOUR, &child, path).await, 200, "{path}");
        assert_eq!(status(&commune, THU, &child, path).await, 404, "{path}");
    }
    let by_code = format!("/v1/dossiers?q={}", text(&parent, "code"));
    assert!(commune.read(NEIGHBOUR, &by_code).await["items"].as_array().unwrap().is_empty());
    let list = commune.read(NEIGHBOUR, "/v1/dossiers").await;
    let codes: Vec<&str> = list["items"].as_array().unwrap().iter().map(|d| text(d, "code")).collect();
    assert_eq!(codes, [text(&child, "code")]);
    let seen = commune.now(NEIGHBOUR, &child).await.to_string() + &json_of(&commune, &child).await;
    for secret in [text(&parent, "id"), text(&parent, "code"), "chuyện nhà"] {
        assert!(!seen.contains(secret), "{secret}");
    }
}

async fn json_of(commune: &Commune, child: &Value) -> String {
    let (papers, history) =
        (below(commune, NEIGHBOUR, child, "papers"), below(commune, NEIGHBOUR, child, "history"));
    body!([papers.await, history.await]).to_string()
}

#[tokio::test]
async fn l_31_the_officers_of_the_main_dossier_see_how_far_the_child_is() {
    let commune = Commune::open().await;
    let parent = received(&commune).await;
    let (_, child) = planned(&commune, &parent, "at-once-1").await;
    for path in READS {
        for who in [DESK, CASE, HEAD] {
            assert_eq!(status(&commune, who, &child, path).await, 200, "{who} {path}");
        }
    }
    let seen = commune.now(DESK, &child).await;
    let refused = commune.refused(DESK, &seen, "acceptance", body!({})).await;
    assert_eq!(super::blocks(&refused), ["wrong_role"]);
    let list = super::children(&commune, MAU, &parent).await;
    assert_eq!(text(&list[0], "status_name"), "Mới đăng ký");
    problem(
        commune.get(THU, &format!("/v1/dossiers/{}/children", text(&parent, "id"))).await,
        404,
        "not_found",
    )
    .await;
}

#[tokio::test]
async fn l_15_whose_identity_is_vouched_for_sees_the_child_whole_and_withdraws_the_main_one() {
    let commune = Commune::open().await;
    let application = body!({
        "procedure": "9.000502", "unit": commune.unit, "channel": "online", "applicant_kind": "citizen",
        "applicant": {"name": "Nguyễn Thị Mẫu", "id_number": MAU_ID}, "form": {"note": "thử"},
        "papers": [{"component": "T52-01"}, {"component": "T52-02"}, {"component": "T52-03"}],
        "return_method": "desk",
    });
    let dossier = commune.submit(MAU, application, |_| {}).await;
    let parent = commune.done(DESK, &dossier, "acceptance", body!({})).await;
    let (_, child) = planned(&commune, &parent, "at-once-1").await;

    let seen = commune.now(MAU, &child).await;

    assert_eq!(seen["code"], child["code"]);
    let refused = commune.refused(MAU, &seen, "withdrawal", body!({"reason": "Tôi đổi ý."})).await;
    assert_eq!(super::blocks(&refused), ["is_a_child"]);
}

#[tokio::test]
async fn l_31_files_are_read_by_those_they_are_shared_with() {
    let (stage, mut done) = (Stage::open().await, BTreeSet::new());
    let commune = &stage.commune;
    let parent = received(commune).await;
    let (_, child) = planned(commune, &parent, "at-once-1").await;
    stage.work(&mut done).await;
    let papers = below(commune, DESK, &parent, "papers").await;
    for (component, may) in [("T52-01", true), ("T52-02", false), ("T52-03", false)] {
        let paper = papers.iter().find(|paper| paper["component"] == component).unwrap();
        let path = format!("/v1/files/{}/content", text(paper, "file"));
        assert_eq!(commune.get(NEIGHBOUR, &path).await.status().is_success(), may, "{component}");
        assert_eq!(commune.get(DESK, &path).await.status(), 200, "{component}");
    }

    settled(commune, NEIGHBOUR, &child).await;
    stage.work(&mut done).await;

    let result = below(commune, MAU, &parent, "papers").await;
    let result = result.iter().find(|paper| paper["part"] == "child_result").unwrap();
    let path = format!("/v1/files/{}/content", text(result, "file"));
    for who in [MAU, DESK, CASE, NEIGHBOUR] {
        assert_eq!(commune.get(who, &path).await.status(), 200, "{who}");
    }
    assert_ne!(commune.get(THU, &path).await.status(), 200);
}

#[tokio::test]
async fn l_31_a_result_that_is_not_paid_is_read_by_officers_alone() {
    let (stage, mut done) = (Stage::open().await, BTreeSet::new());
    let commune = &stage.commune;
    let parent = received(commune).await;
    let (_, child) = planned(commune, &parent, "first").await;
    settled(commune, NEIGHBOUR, &child).await;
    stage.work(&mut done).await;
    let papers = below(commune, MAU, &parent, "papers").await;
    let result = papers.iter().find(|paper| paper["part"] == "child_result").unwrap();
    let path = format!("/v1/files/{}/content", text(result, "file"));
    assert_eq!(commune.get(DESK, &path).await.status(), 200);
    assert_ne!(commune.get(MAU, &path).await.status(), 200);

    let seen = commune.now(DESK, &child).await;
    commune.done(DESK, &seen, "cash-payment", body!({"receipt_number": "BL 3"})).await;

    assert_eq!(commune.get(MAU, &path).await.status(), 200);
}

#[tokio::test]
async fn l_31_what_the_other_unit_asks_for_the_desk_of_the_main_dossier_answers() {
    let commune = Commune::open().await;
    let parent = received(&commune).await;
    let (_, child) = planned(&commune, &parent, "at-once-1").await;
    let seen = commune.now(NEIGHBOUR, &child).await;
    let ask = body!({"reason": "Thiếu tờ khai của cơ quan chủ trì.", "components": ["T53-01"]});
    let asked = commune.done(NEIGHBOUR, &seen, "supplement-request", ask).await;
    let papers = body!({"papers": [{"component": "T53-01", "file": commune.paper(DESK).await}]});
    assert_eq!(
        super::blocks(&commune.refused(NEIGHBOUR, &asked, "supplement", papers.clone()).await),
        ["wrong_role"]
    );

    let answered = commune.done(DESK, &asked, "supplement", papers).await;

    let accepted = commune.done(NEIGHBOUR, &answered, "acceptance", body!({})).await;
    assert_eq!(accepted["status"], "received");
    let path = format!("/v1/dossiers/{}/withdrawal", text(&child, "id"));
    let request = commune.ask_as(DESK, Method::POST, &path).header("idempotency-key", "rut-ho-so-con");
    let request = request.header("if-match", "*").json(&body!({"reason": "Không cần nữa."}));
    let refused = json(request.send().await.unwrap(), 409).await;
    assert_eq!(super::blocks(&refused), ["is_a_child"]);
}
