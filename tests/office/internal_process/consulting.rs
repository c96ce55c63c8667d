//! Asking another unit: it sees the question and what is shared, nothing else, and the clock runs on.

use super::scene::{adviser, appraised, asked, below, codes, decided, let_out, under_way};
use crate::queries;
use crate::support::commune::{
    CASE, Commune, HEAD, INSPECTOR, MAU, MAU_ID, MONEY, NEIGHBOUR, THU, key, text,
};
use crate::support::database::TestDatabase;
use crate::support::house::{json, problem};
use chrono::TimeDelta;
use entities::dossiers::consultations::{self, Search, State};
use reqwest::{Method, Response};
use rules::actor::{Actor, Assignment, Role};
use serde_json::{Value, json as body};
use uuid::Uuid;

pub const QUESTION: &str = "Thửa đất có nằm trong quy hoạch giao thông không?";

async fn papers(commune: &Commune, dossier: &Value) -> Vec<Value> {
    below(commune, CASE, dossier, "papers").await.as_array().unwrap().clone()
}

/// The case officer asks the unit next door and shares the first paper.
pub async fn consulted(commune: &Commune) -> (Value, Value) {
    adviser(commune).await;
    let mut application = commune.trial(2);
    application["papers"] = body!([{"component": "T2-01"}, {"component": "T2-02"}]);
    let dossier = commune.submit(MAU, application, |_| {}).await;
    let dossier = under_way(commune, &dossier).await;
    let shared = papers(commune, &dossier).await.remove(0);
    let question = body!({"unit": commune.neighbour, "question": QUESTION, "papers": [shared["id"]],
        "due_in": {"amount": 3, "unit": "working_days"}});
    (commune.done(CASE, &dossier, "consultations", question).await, shared)
}

async fn inbox(commune: &Commune, filter: &str) -> Vec<Value> {
    let list = commune.read(NEIGHBOUR, &format!("/v1/consultations{filter}")).await;
    list["items"].as_array().unwrap().clone()
}

async fn answer(commune: &Commune, who: &str, question: &Value, said: Value) -> Response {
    let path = format!("/v1/consultations/{}/answer", text(question, "id"));
    let request = commune.ask_as(who, Method::POST, &path).header("idempotency-key", key());
    request.header("if-match", "\"1\"").json(&said).send().await.unwrap()
}

#[tokio::test]
async fn l_30_the_unit_that_is_asked_sees_the_question_and_nothing_of_the_person() {
    let commune = Commune::open().await;

    let (dossier, shared) = consulted(&commune).await;

    let list = inbox(&commune, "").await;
    let question = &list[0];
    assert_eq!((text(question, "question"), text(question, "state")), (QUESTION, "open"));
    assert_eq!((&question["code"], &question["procedure"]), (&dossier["code"], &body!("9.000002")));
    assert_eq!(text(question, "due_at"), "2026-03-13T10:00:00Z");
    assert_eq!(
        question["papers"],
        body!([{"id": shared["id"], "name": "Giấy thử thứ nhất", "file": shared["file"]}])
    );
    let told = question.to_string();
    assert!(!told.contains("Nguyễn") && !told.contains(MAU_ID) && !told.contains(text(&dossier, "id")));
    for what in ["", "/papers", "/history", "/consultations"] {
        let path = format!("/v1/dossiers/{}{what}", text(&dossier, "id"));
        problem(commune.get(NEIGHBOUR, &path).await, 404, "not_found").await;
    }
}

#[tokio::test]
async fn l_30_shared_papers_are_read_while_the_question_is_open() {
    let commune = Commune::open().await;
    let (dossier, shared) = consulted(&commune).await;
    let other = papers(&commune, &dossier).await.remove(1);
    let path = |paper: &Value| format!("/v1/files/{}/content", text(paper, "file"));
    let_out(&commune, &shared["file"]).await;
    let_out(&commune, &other["file"]).await;

    assert_eq!(commune.get(NEIGHBOUR, &path(&shared)).await.status(), 200);
    problem(commune.get(NEIGHBOUR, &path(&other)).await, 404, "not_found").await;
    let question = inbox(&commune, "").await.remove(0);
    json(answer(&commune, NEIGHBOUR, &question, body!({"answer": "Không nằm trong quy hoạch."})).await, 201)
        .await;

    problem(commune.get(NEIGHBOUR, &path(&shared)).await, 404, "not_found").await;
}

#[tokio::test]
async fn l_30_several_questions_are_open_at_once_and_the_clock_runs_on() {
    let commune = Commune::open().await;
    let (dossier, _) = consulted(&commune).await;
    let again = body!({"unit": commune.neighbour, "question": "Hộ có đất nông nghiệp không?", "due_at": "2026-03-12T03:00:00Z"});

    let after = commune.done(CASE, &dossier, "consultations", again).await;

    assert_eq!(after["due_at"], dossier["due_at"]);
    assert_eq!((&after["status"], &after["assignee_name"]), (&body!("processing"), &body!("Triệu Thị Lý")));
    let asked = below(&commune, HEAD, &after, "consultations").await;
    let asked: Vec<_> =
        asked.as_array().unwrap().iter().map(|q| (text(q, "state"), text(q, "due_at"))).collect();
    assert_eq!(asked, [("open", "2026-03-13T10:00:00Z"), ("open", "2026-03-12T03:00:00Z")]);
    assert_eq!(inbox(&commune, "?state=open").await.len(), 2);
    assert_eq!(inbox(&commune, "?state=answered").await.len(), 0);
}

#[tokio::test]
async fn l_30_an_answer_is_kept_with_its_file_for_those_who_asked() {
    let commune = Commune::open().await;
    let (dossier, _) = consulted(&commune).await;
    let question = inbox(&commune, "").await.remove(0);
    let file = commune.paper(NEIGHBOUR).await;
    let_out(&commune, &file).await;

    let said = body!({"answer": "Không nằm trong quy hoạch.", "file": file});
    let told = answer(&commune, NEIGHBOUR, &question, said).await;
    assert_eq!(told.headers()["etag"], "\"2\"");
    let told = json(told, 201).await;

    assert_eq!(
        (&told["state"], &told["late"], &told["answered_name"]),
        (&body!("answered"), &body!(false), &body!("Vi Văn Bên"))
    );
    let read = below(&commune, CASE, &dossier, "consultations").await;
    assert_eq!(read[0]["answer"], "Không nằm trong quy hoạch.");
    let content = format!("/v1/files/{}/content", file.as_str().unwrap());
    assert_eq!(commune.get(CASE, &content).await.status(), 200);
    problem(commune.get(MAU, &content).await, 404, "not_found").await;
    let history = below(&commune, CASE, &dossier, "history").await;
    let acts: Vec<_> = history.as_array().unwrap().iter().map(|entry| text(entry, "act")).collect();
    assert_eq!(acts[acts.len() - 2..], ["consult", "advise"]);
    let read_by_the_owner = below(&commune, MAU, &dossier, "history").await.to_string();
    assert!(
        !read_by_the_owner.contains("quy hoạch"),
        "what offices ask each other is theirs: {read_by_the_owner}"
    );
}

#[tokio::test]
async fn l_30_an_answer_after_its_day_is_marked_late() {
    let commune = Commune::open().await;
    let (dossier, _) = consulted(&commune).await;
    commune.pass(TimeDelta::days(4));
    let waiting = inbox(&commune, "").await.remove(0);

    json(answer(&commune, NEIGHBOUR, &waiting, body!({"answer": "Không."})).await, 201).await;

    assert_eq!(waiting["late"], true, "already before it is answered");
    assert_eq!(below(&commune, CASE, &dossier, "consultations").await[0]["late"], true);
}

#[tokio::test]
async fn a_question_is_answered_once_by_the_unit_that_was_asked() {
    let commune = Commune::open().await;
    let (_, _) = consulted(&commune).await;
    let question = inbox(&commune, "").await.remove(0);
    let said = || body!({"answer": "Không nằm trong quy hoạch."});

    let own = problem(answer(&commune, CASE, &question, said()).await, 409, "act_refused").await;
    assert_eq!(codes(&own), ["wrong_role"], "who asks does not answer");
    for stranger in [THU, MAU, INSPECTOR] {
        problem(answer(&commune, stranger, &question, said()).await, 404, "not_found").await;
    }
    let silent =
        problem(answer(&commune, NEIGHBOUR, &question, body!({"answer": " "})).await, 409, "act_refused")
            .await;
    assert_eq!(codes(&silent), ["reason_missing"]);
    let unknown = body!({"answer": "Không.", "file": commune.paper(CASE).await});
    let unknown = problem(answer(&commune, NEIGHBOUR, &question, unknown).await, 422, "body_invalid").await;
    assert_eq!(codes(&unknown), ["file_unknown"]);
    json(answer(&commune, NEIGHBOUR, &question, said()).await, 201).await;

    problem(answer(&commune, NEIGHBOUR, &question, said()).await, 412, "stale").await;
}

#[tokio::test]
async fn a_question_that_cannot_be_asked_says_everything_that_is_wrong() {
    let commune = Commune::open().await;
    let dossier = appraised(&commune).await;
    let three = body!({"amount": 3, "unit": "working_days"});
    let none = body!({"amount": 3, "unit": "at_once"});
    let neighbour = commune.neighbour;
    for (question, wrong) in [
        (body!({"unit": commune.unit, "question": QUESTION, "due_in": three}), vec!["unit_is_own"]),
        (body!({"unit": Uuid::now_v7(), "question": QUESTION, "due_in": three}), vec!["unit_unknown"]),
        (
            body!({"unit": neighbour, "question": QUESTION, "due_at": "2026-03-10T01:00:00Z"}),
            vec!["due_in_the_past"],
        ),
        (body!({"unit": neighbour, "question": QUESTION, "due_in": none}), vec!["due_in_the_past"]),
        (body!({"unit": neighbour, "question": QUESTION}), vec!["due_missing"]),
        (
            body!({"unit": commune.unit, "question": QUESTION, "due_at": "2026-03-01T01:00:00Z", "papers": [Uuid::now_v7()]}),
            vec!["unit_is_own", "due_in_the_past", "paper_unknown"],
        ),
    ] {
        let told =
            problem(commune.act(CASE, &dossier, "consultations", &question).await, 422, "body_invalid").await;

        assert_eq!(codes(&told), wrong, "{question}");
    }
    let silent = body!({"unit": neighbour, "question": "?", "due_in": three});
    assert_eq!(codes(&commune.refused(CASE, &dossier, "consultations", silent).await), ["reason_missing"]);
    let question = body!({"unit": neighbour, "question": QUESTION, "due_in": three});
    assert_eq!(
        codes(&commune.refused(MONEY, &dossier, "consultations", question).await),
        ["wrong_role", "claimed_by_other"]
    );
}

#[tokio::test]
async fn questions_end_with_the_dossier() {
    let commune = Commune::open().await;
    let (dossier, _) = consulted(&commune).await;
    let question = inbox(&commune, "").await.remove(0);

    commune.done(HEAD, &dossier, "stop", body!({"reason": "Người nộp đề nghị."})).await;

    assert_eq!(inbox(&commune, "").await[0]["state"], "closed");
    problem(answer(&commune, NEIGHBOUR, &question, body!({"answer": "Không."})).await, 412, "stale").await;
}

#[tokio::test]
async fn who_has_nothing_to_do_with_it_does_not_find_it() {
    let commune = Commune::open().await;
    let (dossier, _) = consulted(&commune).await;
    let question = inbox(&commune, "").await.remove(0);
    let path = format!("/v1/consultations/{}", text(&question, "id"));

    assert_eq!(commune.read(HEAD, &path).await["question"], QUESTION);
    for stranger in [THU, MAU, INSPECTOR] {
        problem(commune.get(stranger, &path).await, 404, "not_found").await;
        problem(commune.get(stranger, "/v1/consultations").await, 403, "forbidden").await;
    }
    problem(asked(&commune, THU, &dossier, "consultations").await, 404, "not_found").await;
    let owner = below(&commune, MAU, &dossier, "consultations").await;
    assert_eq!((&owner[0]["question"], &owner[0]["papers"]), (&Value::Null, &body!([])));
    assert_eq!(owner[0]["unit_name"], "Ủy ban nhân dân xã Láng Giềng");
}

#[tokio::test]
async fn no_list_of_consultations_scans_the_table() {
    let (db, unit) = (TestDatabase::fresh().await, Uuid::now_v7());
    let assignments = vec![Assignment { role: Role::CaseOfficer, unit: Some(unit) }];
    let by = Actor { assignments, ..Actor::office() };
    for search in [
        Search { limit: 51, ..Search::default() },
        Search { after: Some(unit), limit: 51, ..Search::default() },
        Search { state: Some(State::Open), unit: Some(unit), limit: 51, ..Search::default() },
    ] {
        let plan = queries::plan(&db, consultations::query(&by, &search)).await;

        assert!(plan.contains("consultations_unit"), "{search:?}:\n{plan}");
        queries::assert_no_scan("consultations", &plan);
    }
}

#[tokio::test]
async fn a_decided_dossier_asks_nobody() {
    let commune = Commune::open().await;
    let dossier = decided(&commune).await;
    let question = body!({"unit": commune.neighbour, "question": QUESTION, "due_in": {"amount": 3, "unit": "working_days"}});

    let refused = commune.refused(CASE, &dossier, "consultations", question).await;

    assert_eq!(codes(&refused), ["wrong_status"]);
}
