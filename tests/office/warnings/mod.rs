//! Warnings over HTTP: each sees what is addressed to them, and says so once.

use crate::support::commune::{CASE, Commune, DESK, HEAD, INSPECTOR, MAU, NEIGHBOUR, SECOND_CASE, key, text};
use crate::support::house::{json, problem};
use chrono::{DateTime, TimeDelta, TimeZone, Utc};
use entities::dossiers::Door;
use entities::jobs::row::{Column, Entity};
use entities::warnings::sweeping::sweep;
use reqwest::{Method, Response};
use rules::actor::Actor;
use rules::jobs::Job;
use sea_orm::{ColumnTrait, EntityTrait, QueryFilter, QueryOrder};
use serde_json::{Value, json as body};

/// An instant of March 2026, in the time of Hà Nội.
fn march(day: u32, hour: u32, minute: u32) -> DateTime<Utc> {
    Utc.with_ymd_and_hms(2026, 3, day, hour, minute, 0).unwrap() - TimeDelta::hours(7)
}

/// A dossier of ten working days, due on Tuesday the 24th, with the case officer's step before it.
async fn begun(commune: &Commune) -> Value {
    let dossier = commune.submit(MAU, commune.trial(2), |_| {}).await;
    let dossier = commune.done(DESK, &dossier, "acceptance", body!({})).await;
    commune.done(DESK, &dossier, "forwarding", body!({})).await
}

/// What the workers do: the sweep, and every warning it found.
pub async fn warn(commune: &Commune) {
    let (office, at, by) = (&commune.office, commune.clock.now(), Actor::office());
    let tx = commune.database.begin().await.unwrap();
    sweep(&tx, &office.catalogue, (at, None), None).await.unwrap();
    tx.commit().await.unwrap();
    let jobs = Entity::find().filter(Column::Kind.eq("warn")).order_by_asc(Column::Id);
    for row in jobs.all(commune.database.reader()).await.unwrap() {
        let Job::Warn { dossier, warning, occasion } = serde_json::from_str(&row.payload).unwrap() else {
            panic!()
        };
        let tx = commune.database.begin().await.unwrap();
        let (catalogue, sealer) = (&office.catalogue, &office.sealer);
        let door = Door { tx: &tx, catalogue, sealer, by: &by, at, trace: None };
        door.warn(dossier, warning, &occasion).await.unwrap();
        tx.commit().await.unwrap();
    }
}

async fn kinds(commune: &Commune, who: &str, filters: &str) -> Vec<String> {
    let page = commune.read(who, &format!("/v1/warnings{filters}")).await;
    page["items"].as_array().unwrap().iter().map(|item| text(item, "kind").to_owned()).collect()
}

async fn see(commune: &Commune, who: &str, warning: &Value) -> Response {
    commune.post(who, &format!("/v1/warnings/{}/reading", text(warning, "id")), &body!({})).await
}

#[tokio::test]
async fn everybody_sees_what_is_addressed_to_them_or_to_their_role() {
    let commune = Commune::open().await;
    begun(&commune).await;
    commune.clock.set(march(23, 7, 30));
    warn(&commune).await;
    commune.clock.set(march(24, 17, 1));
    warn(&commune).await;

    assert_eq!(kinds(&commune, CASE, "").await, ["late", "apology_due", "due_soon"]);
    assert_eq!(kinds(&commune, SECOND_CASE, "").await, ["late", "apology_due", "due_soon"]);
    assert_eq!(kinds(&commune, HEAD, "").await, ["late", "apology_due"]);
    for nobody in [MAU, NEIGHBOUR, DESK, INSPECTOR] {
        assert_eq!(kinds(&commune, nobody, "").await, Vec::<String>::new(), "{nobody}");
    }
}

#[tokio::test]
async fn a_dossier_on_a_desk_is_warned_of_to_its_officer_alone() {
    let commune = Commune::open().await;
    let dossier = begun(&commune).await;
    commune.done(SECOND_CASE, &dossier, "claim", body!({})).await;
    commune.clock.set(march(23, 7, 30));
    warn(&commune).await;

    assert_eq!(kinds(&commune, SECOND_CASE, "").await, ["apology_due", "due_soon"]);
    assert_eq!(kinds(&commune, CASE, "").await, Vec::<String>::new());
}

#[tokio::test]
async fn a_warning_says_its_words_in_the_readers_language() {
    let commune = Commune::open().await;
    let dossier = begun(&commune).await;
    commune.clock.set(march(24, 17, 1));
    warn(&commune).await;

    let vi = commune.read(HEAD, "/v1/warnings").await["items"][0].clone();
    let request = commune.ask_as(HEAD, Method::GET, "/v1/warnings").header("accept-language", "en");
    let en = json(request.send().await.unwrap(), 200).await["items"][0].clone();

    let code = text(&dossier, "code");
    assert_eq!(
        vi["message"],
        format!("Hồ sơ {code} đã quá hạn trả kết quả (hạn: 17 giờ 00 phút, ngày 24/03/2026).")
    );
    assert_eq!(
        en["message"],
        format!("Dossier {code} is late: its result was due at 17:00 on 24 March 2026 (Hà Nội time).")
    );
    assert_eq!(
        (&vi["dossier"], &vi["audience"], &vi["unit"]),
        (&dossier["id"], &body!("heads"), &dossier["unit"])
    );
    let history = commune.read(MAU, &format!("/v1/dossiers/{}/history", text(&dossier, "id"))).await;
    let last = history.as_array().unwrap().last().unwrap();
    assert_eq!((&last["act"], &last["note"]), (&body!("warn"), &vi["message"]));
}

#[tokio::test]
async fn who_saw_a_warning_first_stays() {
    let commune = Commune::open().await;
    begun(&commune).await;
    commune.clock.set(march(24, 17, 1));
    warn(&commune).await;
    let open = commune.read(CASE, "/v1/warnings?state=open").await["items"][0].clone();

    let seen = json(see(&commune, CASE, &open).await, 200).await;
    commune.pass(TimeDelta::hours(1));
    let again = json(see(&commune, SECOND_CASE, &open).await, 200).await;

    assert_eq!((&open["seen_at"], &seen["seen_name"]), (&body!(null), &body!("Triệu Thị Lý")));
    assert_eq!((&open["state"], &seen["state"]), (&body!("open"), &body!("seen")));
    assert_eq!(again, seen);
    assert_eq!(kinds(&commune, SECOND_CASE, "?state=open").await, Vec::<String>::new());
    assert_eq!(kinds(&commune, SECOND_CASE, "?state=seen").await, ["late"]);
    assert_eq!(kinds(&commune, HEAD, "?state=open").await, ["late"], "the head has a line of their own");
}

#[tokio::test]
async fn nobody_else_can_see_to_a_warning() {
    let commune = Commune::open().await;
    begun(&commune).await;
    commune.clock.set(march(24, 17, 1));
    warn(&commune).await;
    let open = commune.read(CASE, "/v1/warnings").await["items"][0].clone();

    for other in [MAU, NEIGHBOUR, DESK, INSPECTOR] {
        problem(see(&commune, other, &open).await, 404, "not_found").await;
    }
    let nothing = format!("/v1/warnings/{}/reading", key());
    problem(commune.post(CASE, &nothing, &body!({})).await, 404, "not_found").await;
    assert_eq!(kinds(&commune, CASE, "?state=open").await, ["late"]);
}

#[tokio::test]
async fn a_list_is_cut_into_pages_and_filtered() {
    let commune = Commune::open().await;
    for _ in 0..3 {
        begun(&commune).await;
    }
    commune.clock.set(march(23, 7, 30));
    warn(&commune).await;
    commune.clock.set(march(24, 17, 1));
    warn(&commune).await;

    let first = commune.read(CASE, "/v1/warnings?kind=late&limit=2").await;
    let next = format!("/v1/warnings?kind=late&limit=2&after={}", text(&first, "next"));
    let second = commune.read(CASE, &next).await;

    assert_eq!(first["items"].as_array().unwrap().len(), 2);
    assert_eq!((second["items"].as_array().unwrap().len(), &second["next"]), (1, &body!(null)));
    assert_eq!(kinds(&commune, CASE, "").await.len(), 9);
    assert_eq!(kinds(&commune, CASE, &format!("?unit={}", commune.unit)).await.len(), 9);
    assert_eq!(kinds(&commune, CASE, &format!("?unit={}", commune.neighbour)).await.len(), 0);
    assert_eq!(kinds(&commune, CASE, "?kind=due_soon&state=open").await.len(), 3);
    problem(commune.get(CASE, "/v1/warnings?kind=soon").await, 400, "query_invalid").await;
    problem(commune.get(CASE, "/v1/warnings?colour=red").await, 400, "query_invalid").await;
}

#[tokio::test]
async fn a_warning_takes_no_act_out_of_an_officers_hands() {
    let commune = Commune::open().await;
    let dossier = begun(&commune).await;
    commune.clock.set(march(24, 17, 1));
    warn(&commune).await;

    let claimed = commune.done(CASE, &dossier, "claim", body!({})).await;

    assert_eq!(claimed["assignee_name"], "Triệu Thị Lý", "the version they saw still stands");
}

#[tokio::test]
async fn l_30_a_question_without_an_answer_is_told_to_the_head_and_the_clock_goes_on() {
    let commune = Commune::open().await;
    let dossier = begun(&commune).await;
    let question = body!({"unit": commune.neighbour, "question": "Thửa đất có nằm trong quy hoạch không?",
        "papers": [], "due_in": {"amount": 3, "unit": "working_days"}});
    let asked = commune.done(CASE, &dossier, "consultations", question).await;

    commune.clock.set(march(13, 17, 0));
    warn(&commune).await;
    let in_time = kinds(&commune, HEAD, "").await;
    commune.clock.set(march(16, 7, 30));
    warn(&commune).await;
    warn(&commune).await;

    assert_eq!(in_time, Vec::<String>::new());
    let told = commune.read(HEAD, "/v1/warnings").await["items"].clone();
    assert_eq!((told.as_array().unwrap().len(), &told[0]["kind"]), (1, &body!("consultation_late")));
    assert_eq!(told[0]["audience"], "desk_heads");
    assert_eq!(commune.now(CASE, &dossier).await["due_at"], asked["due_at"]);
}

#[tokio::test]
async fn nobody_but_the_office_itself_warns() {
    let commune = Commune::open().await;
    let dossier = begun(&commune).await;

    let actions = commune.read(HEAD, &format!("/v1/dossiers/{}/actions", text(&dossier, "id"))).await;

    assert!(actions.as_array().unwrap().iter().all(|action| action["act"] != "warn"), "{actions}");
}
