//! Drafts: what is told of them, what a person makes of them, when they come into force.

use super::scene::{COPIES, adopt, drafted, drawn, fee_of, pointers, published, write};
use crate::openapi::promise;
use crate::support::commune::{CONTROLLER, Commune, DESK, MAU, text};
use crate::support::house::{json, problem};
use entities::publishing::drafting::Drawn;
use reqwest::Method;
use rules::published::{PublishedPaper, PublishedWay};
use serde_json::json;

#[tokio::test]
async fn what_says_the_same_makes_no_draft() {
    let commune = Commune::open().await;
    let mut same = published(&commune, COPIES).await;
    // "Trong ngày" is no number: the limit stays, and the remark alone would make a draft.
    same.ways.clear();

    assert_eq!(drawn(&commune, &same).await, Drawn::Unchanged);
    assert_eq!(commune.read(CONTROLLER, "/v1/revision-drafts").await["items"], json!([]));
}

#[tokio::test]
async fn l_54_what_is_published_otherwise_is_told_line_by_line_and_comes_into_force_by_a_person() {
    let commune = Commune::open().await;
    let before = commune.submit(MAU, commune.copies(), |_| {}).await;
    let mut said = published(&commune, COPIES).await;
    said.name = "Chứng thực bản sao từ bản chính (sửa đổi)".to_owned();
    said.cases[0].papers.push(paper("CC-09", "Giấy ủy quyền"));

    let draft = drafted(&commune, &said).await;

    promise::holds("RevisionDraft", &draft);
    assert_eq!(pointers(&draft), ["/name", "/components/CC-09"]);
    assert_eq!(draft["differences"][1]["before"], json!(null));
    assert!(draft["remarks"].as_array().unwrap().iter().any(|remark| remark["pointer"] == "/components"));

    json(adopt(&commune, &draft, "2026-03-19").await, 201).await;
    commune.pass(chrono::TimeDelta::days(14));

    let shown = commune.read(MAU, &format!("/v1/procedures/{COPIES}")).await;
    assert_eq!(shown["name"], "Chứng thực bản sao từ bản chính (sửa đổi)");
    let kept = commune.now(MAU, &before).await;
    assert_eq!(kept["revision"], before["revision"], "a dossier keeps the revision it came under");
    problem(adopt(&commune, &draft, "2026-12-01").await, 409, "act_refused").await;
}

#[tokio::test]
async fn f_01_a_new_charge_is_left_to_a_person_and_a_known_one_takes_its_new_sum() {
    let commune = Commune::open().await;
    let mut said = published(&commune, COPIES).await;
    let known = said.ways.iter().find_map(|way| way.fees.first()).unwrap().code.clone();
    let mut way: PublishedWay = said.ways[0].clone();
    way.fees = vec![fee_of(&known, 3_000), fee_of("PHI-MOI", 50_000)];
    said.ways = vec![way];

    let draft = drafted(&commune, &said).await;

    let remarks = draft["remarks"].to_string();
    assert!(remarks.contains("PHI-MOI") && remarks.contains("phí hay lệ phí"), "{remarks}");
    let told = pointers(&draft);
    assert!(told.iter().any(|pointer| pointer.ends_with(&format!("/fees/{known}"))), "{told:?}");
    assert!(!told.iter().any(|pointer| pointer.contains("PHI-MOI")));
}

#[tokio::test]
async fn a_draft_thrown_away_is_not_put_before_people_again() {
    let commune = Commune::open().await;
    let mut said = published(&commune, COPIES).await;
    said.name = "Một tên khác".to_owned();
    let draft = drafted(&commune, &said).await;
    let path = format!("/v1/revision-drafts/{}", text(&draft["draft"], "id"));

    let thrown = commune.ask_as(CONTROLLER, Method::DELETE, &path).header("if-match", "\"1\"");
    assert_eq!(thrown.send().await.unwrap().status(), 204);

    assert_eq!(drawn(&commune, &said).await, Drawn::Unchanged);
    said.name = "Lại một tên khác".to_owned();
    assert!(matches!(drawn(&commune, &said).await, Drawn::Drafted(_)));
    let gone = commune.read(CONTROLLER, "/v1/revision-drafts?state=discarded").await;
    assert_eq!(gone["items"].as_array().unwrap().len(), 1);
}

#[tokio::test]
async fn what_a_person_is_at_work_on_is_left_to_them() {
    let commune = Commune::open().await;
    let mut said = published(&commune, COPIES).await;
    said.name = "Một tên khác".to_owned();
    let draft = drafted(&commune, &said).await;
    let mut revision = draft["revision"].clone();
    revision["name_en"] = json!("Certified copies, amended");

    let line = write(&commune, &draft, &revision).await;
    said.name = "Tên thứ ba".to_owned();

    assert_eq!(line["changed_by"], "Bùi Thị Kiểm");
    assert!(matches!(drawn(&commune, &said).await, Drawn::Kept(_)));
    let path = format!("/v1/revision-drafts/{}", text(&draft["draft"], "id"));
    let kept = commune.read(CONTROLLER, &path).await;
    assert_eq!(kept["revision"]["name"], "Một tên khác");
    assert!(pointers(&kept).contains(&"/name_en"), "what a person changes is told as well");
    problem(adopt(&commune, &draft, "2026-12-01").await, 412, "stale").await;
}

#[tokio::test]
async fn a_procedure_new_here_is_refused_until_a_person_has_finished_its_draft() {
    let commune = Commune::open().await;
    let mut said = published(&commune, COPIES).await;
    said.code = "1.999999".to_owned();
    said.ways.iter_mut().for_each(|way| (way.time, way.time_unit) = ("3".into(), "Ngày làm việc".into()));
    said.ways.iter_mut().for_each(|way| way.fees.clear());
    let draft = drafted(&commune, &said).await;

    let told = problem(adopt(&commune, &draft, "2026-12-01").await, 422, "body_invalid").await;
    assert!(told["errors"].to_string().contains("steps"), "{told}");

    let of_copies = published_revision(&commune).await;
    let mut revision = draft["revision"].clone();
    revision["steps"] = of_copies["steps"].clone();
    revision["form_schema"] = of_copies["form_schema"].clone();
    revision["name_en"] = json!("A procedure new here");
    revision["payment"] = json!("never");
    revision["postal_allowed"] = json!(true);
    write(&commune, &draft, &revision).await;
    let path = format!("/v1/revision-drafts/{}", text(&draft["draft"], "id"));
    let finished = commune.read(CONTROLLER, &path).await;

    json(adopt(&commune, &finished, "2026-03-10").await, 201).await;
    commune.pass(chrono::TimeDelta::days(7));
    commune.read(MAU, "/v1/procedures/1.999999").await;
}

#[tokio::test]
async fn only_those_who_run_the_catalogue_see_drafts() {
    let commune = Commune::open().await;
    for path in ["/v1/revision-drafts", "/v1/catalogue-pulls", "/v1/national-lists/procedures"] {
        problem(commune.get(DESK, path).await, 403, "forbidden").await;
        problem(commune.get(MAU, path).await, 403, "forbidden").await;
    }
}

fn paper(code: &str, name: &str) -> PublishedPaper {
    PublishedPaper {
        code: code.to_owned(),
        name: name.to_owned(),
        originals: 1,
        copies: 0,
        replaced_by: Vec::new(),
        form: String::new(),
    }
}

async fn published_revision(commune: &Commune) -> serde_json::Value {
    let revised = commune
        .office
        .catalogue
        .in_force(commune.database.reader(), COPIES, commune.clock.now())
        .await
        .unwrap();
    serde_json::to_value(&revised.content).unwrap()
}

#[tokio::test]
async fn a_draft_that_was_overtaken_is_drawn_anew_from_the_same_publication() {
    let commune = Commune::open().await;
    let mut said = published(&commune, COPIES).await;
    said.name = "Một tên khác".to_owned();
    let first = drafted(&commune, &said).await;
    let mut between = published(&commune, COPIES).await;
    between.conditions = "Có bản chính".to_owned();
    let path = format!("/v1/revision-drafts/{}", text(&first["draft"], "id"));
    let thrown = commune.ask_as(CONTROLLER, Method::DELETE, &path).header("if-match", "\"1\"");
    assert_eq!(thrown.send().await.unwrap().status(), 204);
    let other = drafted(&commune, &between).await;
    json(adopt(&commune, &other, "2026-03-19").await, 201).await;

    let anew = drafted(&commune, &said).await;

    assert!(pointers(&anew).contains(&"/name"), "{anew}");
    assert_eq!(
        drawn(&commune, &said).await,
        Drawn::Unchanged,
        "an untouched draft of the newest revision stands"
    );
    json(adopt(&commune, &anew, "2026-03-20").await, 201).await;
    assert_eq!(
        drawn(&commune, &said).await,
        Drawn::Unchanged,
        "what was adopted is not put before people again"
    );
}
