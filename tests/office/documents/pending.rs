//! A document whose dossier is not over is kept and counts for nothing; the end of the dossier decides.

use super::{another_file, card, completed, keep, look_at_everything, mau, status};
use crate::support::commune::{Commune, DESK, HEAD, MAU, MAU_ID, text};
use crate::support::house::{json as told, problem};
use entities::documents::{self, Model, NewDocument, Origin};
use rules::papers::Signed;
use serde_json::{Value, json};
use uuid::Uuid;

fn key(dossier: &Value) -> Uuid {
    text(dossier, "id").parse().unwrap()
}

/// What the digitisation files for a dossier that is not over.
fn waiting(dossier: &Value, new: NewDocument) -> NewDocument {
    NewDocument { dossier: Some(key(dossier)), pending: true, ..new }
}

async fn row(commune: &Commune, id: Uuid) -> Model {
    documents::by_id(commune.database.reader(), id).await.unwrap()
}

async fn why(commune: &Commune, id: Uuid) -> (String, String) {
    let row = row(commune, id).await;
    let why = documents::ended_reason(&commune.office.sealer, &row).unwrap();
    (row.state, why.unwrap_or_default())
}

/// The registration of a birth, decided with a file of its own bytes.
async fn decided(commune: &Commune) -> (Value, Uuid) {
    let dossier = commune.submit(MAU, commune.birth(), |_| {}).await;
    let dossier = commune.brought_to_the_head(&dossier).await;
    decided_anew(commune, &dossier).await
}

async fn decided_anew(commune: &Commune, dossier: &Value) -> (Value, Uuid) {
    let file = another_file(commune, HEAD).await;
    let mut decision = commune.decision("KQ-KS-01").await;
    decision["file"] = json!(file);
    (commune.done(HEAD, dossier, "decision", decision).await, file)
}

/// A birth certificate as a machine read it.
fn misread(file: Uuid) -> NewDocument {
    NewDocument {
        number: Some("99/SAI".into()),
        issued_on: "2001-01-01".parse().ok(),
        data: [("number".to_owned(), "99/SAI".to_owned()), ("child".to_owned(), "Bé".to_owned())].into(),
        pages: 3,
        ..NewDocument::new(mau(), "GIAY-KHAI-SINH", "Giấy khai sinh", Origin::Result, file)
    }
}

async fn returned(commune: &Commune, dossier: &Value) {
    let dossier = commune.done(DESK, dossier, "return", json!({"proof": "Ký sổ"})).await;
    look_at_everything(commune).await;
    completed(commune, key(&dossier)).await;
}

#[tokio::test]
async fn a_paper_of_an_open_dossier_is_offered_to_nobody_and_asked_for_like_any_other() {
    let commune = Commune::open().await;
    let file = another_file(&commune, MAU).await;
    let dossier =
        told(commune.hand_in(MAU, &status(&commune, json!({"component": "HN-01", "file": file}))).await, 201)
            .await;
    let kept = keep(&commune, waiting(&dossier, card(file))).await;

    assert_eq!(commune.read(MAU, "/v1/me/documents").await["items"], json!([]));
    for path in ["", "/content", "/uses"] {
        problem(commune.get(MAU, &format!("/v1/me/documents/{kept}{path}")).await, 404, "not_found").await;
    }
    let offers = format!("/v1/dossiers/{}/offers?purpose=doi+chieu+nhan+than", text(&dossier, "id"));
    assert_eq!(commune.read(DESK, &offers).await, json!([]));
    let reused = json!({"component": "HN-01", "source": "reused", "document": kept});
    let refused = problem(commune.hand_in(MAU, &status(&commune, reused)).await, 422, "body_invalid").await;
    assert_eq!(refused["errors"][0]["code"], "document_unknown");
    let ask = json!({"reason": "Ảnh chụp bị mờ.", "components": ["HN-01"]});
    let asked = commune.done(DESK, &dossier, "supplement-request", ask).await;
    assert_eq!(asked["status"], "awaiting_supplement");

    commune.done(MAU, &asked, "withdrawal", json!({"reason": "Không còn nhu cầu."})).await;

    assert_eq!(why(&commune, kept).await, ("lapsed".into(), "Không còn nhu cầu.".into()));
}

#[tokio::test]
async fn of_a_result_the_decision_counts_and_not_what_a_machine_read() {
    let commune = Commune::open().await;
    let (dossier, file) = decided(&commune).await;
    let kept = keep(&commune, waiting(&dossier, misread(file))).await;
    assert_eq!(row(&commune, kept).await.state, "pending");

    returned(&commune, &dossier).await;

    let read = commune.read(MAU, &format!("/v1/me/documents/{kept}")).await;
    let line = &read["document"];
    assert_eq!(
        (&read["number"], &read["data"]),
        (&json!("12/CT"), &json!({"number": "12/CT", "child": "Bé"}))
    );
    assert_eq!((&line["issued_on"], &line["valid_from"]), (&json!("2026-03-10"), &json!("2026-03-10")));
    assert_eq!((&line["state"], &read["pages"]), (&json!("in_force"), &json!(3)));
    assert_eq!(line["issuer_name"], "Ủy ban nhân dân phường Đức Xuân");
    let mine = commune.read(MAU, "/v1/me/documents?paper_type=GIAY-KHAI-SINH").await;
    assert_eq!(mine["items"].as_array().unwrap().len(), 1);
}

#[tokio::test]
async fn l_48_the_paper_of_a_wrong_result_never_reaches_its_owner() {
    let commune = Commune::open().await;
    let (dossier, wrong) = decided(&commune).await;
    let wrong = keep(&commune, waiting(&dossier, misread(wrong))).await;
    let dossier = commune.done(HEAD, &dossier, "correction", json!({"reason": "Sai ngày sinh."})).await;
    assert_eq!(why(&commune, wrong).await, ("lapsed".into(), "Sai ngày sinh.".into()));
    let (dossier, right) = decided_anew(&commune, &dossier).await;

    returned(&commune, &dossier).await;

    let mine = commune.read(MAU, "/v1/me/documents?paper_type=GIAY-KHAI-SINH").await;
    let [one] = mine["items"].as_array().unwrap().as_slice() else { panic!("{mine}") };
    let one = row(&commune, text(one, "id").parse().unwrap()).await;
    assert_eq!((one.file_id, one.state.as_str()), (right, "in_force"));
    problem(commune.get(MAU, &format!("/v1/me/documents/{wrong}")).await, 404, "not_found").await;
}

#[tokio::test]
async fn what_was_handed_in_counts_only_when_it_was_verified() {
    let commune = Commune::open().await;
    for (outcome, signature, state) in [
        ("granted", Signed::Valid, "in_force"),
        ("granted", Signed::Broken, "lapsed"),
        ("rejected", Signed::None, "lapsed"),
    ] {
        let dossier = commune.submit(MAU, commune.birth(), |_| {}).await;
        let file = another_file(&commune, MAU).await;
        let kept = keep(&commune, waiting(&dossier, NewDocument { signature, ..card(file) })).await;
        digitised_as(&commune, &dossier, ("KS-02", kept)).await;
        let dossier = commune.brought_to_the_head(&dossier).await;
        let mut decision = commune.decision("KQ-KS-01").await;
        (decision["outcome"], decision["reason"]) = (json!(outcome), json!("Giấy tờ giả."));
        if outcome == "granted" {
            decision.as_object_mut().unwrap().remove("reason");
        }
        let dossier = commune.done(HEAD, &dossier, "decision", decision).await;

        returned(&commune, &dossier).await;

        let (now, words) = why(&commune, kept).await;
        assert_eq!(now, state, "{outcome} {signature:?}");
        assert_eq!(words.is_empty(), state == "in_force", "{words}");
    }
}

/// An item of the queue says that this paper of the dossier became this document.
async fn digitised_as(commune: &Commune, dossier: &Value, (component, document): (&str, Uuid)) {
    use entities::tables::digitisations;
    use sea_orm::{ActiveModelTrait, IntoActiveModel};
    let papers = commune.read(DESK, &format!("/v1/dossiers/{}/papers", text(dossier, "id"))).await;
    let paper = papers.as_array().unwrap().iter().find(|paper| paper["component"] == component).unwrap();
    let (file, at) = (text(paper, "file").parse().unwrap(), commune.clock.now());
    let item = digitisations::Model {
        origin: "intake".into(),
        dossier_id: Some(key(dossier)),
        paper_id: Some(text(paper, "id").parse().unwrap()),
        document_id: Some(document),
        batch_id: None,
        stage: "filed".into(),
        state: "filed".into(),
        ended_at: Some(at),
        ..crate::pipeline::scene::waiting(&commune.office.sealer, commune.unit, file, at)
    };
    item.into_active_model().insert(commune.database.writer()).await.unwrap();
}

#[tokio::test]
async fn the_same_paper_counts_once_another_dossier_verified_it() {
    let commune = Commune::open().await;
    let file = another_file(&commune, MAU).await;
    let dossier =
        told(commune.hand_in(MAU, &status(&commune, json!({"component": "HN-01", "file": file}))).await, 201)
            .await;
    let kept = keep(&commune, waiting(&dossier, card(file))).await;
    commune.done(MAU, &dossier, "withdrawal", json!({"reason": "Không còn nhu cầu."})).await;

    let again = keep(&commune, card(file)).await;

    assert_eq!(again, kept);
    let read = commune.read(MAU, &format!("/v1/me/documents/{kept}")).await;
    assert_eq!((&read["document"]["state"], &read["ended_reason"]), (&json!("in_force"), &Value::Null));
    assert_eq!(read["owner"]["id_number"], MAU_ID);
}

#[tokio::test]
async fn a_result_revoked_before_its_filing_stays_revoked() {
    let commune = Commune::open().await;
    let (dossier, file) = decided(&commune).await;
    let kept = keep(&commune, waiting(&dossier, misread(file))).await;
    let dossier = commune.done(DESK, &dossier, "return", json!({"proof": "Ký sổ"})).await;
    let result =
        commune.read(HEAD, &format!("/v1/dossiers/{}/results", text(&dossier, "id"))).await[0].clone();
    let forged = crate::results::scene::forged();
    told(crate::results::scene::revoke(&commune, HEAD, &result, &forged).await, 201).await;
    look_at_everything(&commune).await;

    completed(&commune, key(&dossier)).await;

    assert_eq!(row(&commune, kept).await.state, "revoked");
    let mine = commune.read(MAU, "/v1/me/documents?paper_type=GIAY-KHAI-SINH").await;
    assert_eq!(mine["items"].as_array().unwrap().len(), 1, "its owner reads that it was revoked: {mine}");
}
