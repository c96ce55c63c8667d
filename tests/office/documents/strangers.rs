//! Nobody opens another person's papers by writing their number, and every look is one that the owner reads.

use super::{another_file, card, clean_file, keep, kept_card, kinds, status};
use crate::support::commune::{CASE, Commune, DESK, MAU, MAU_ID, MONEY, THU, key, text};
use crate::support::house::{json, problem};
use entities::digitisations::uses::{self, Opened};
use entities::documents::NewDocument;
use reqwest::Method;
use rules::actor::Actor;
use rules::papers::Signed;
use sea_orm::{ActiveModelTrait, ConnectionTrait, IntoActiveModel};
use serde_json::{Value, json as body};
use uuid::Uuid;

/// Somebody's uploaded paper for the one component of the confirmation.
async fn with_a_file(commune: &Commune, who: &str) -> Value {
    let paper = body!({"component": "HN-01", "file": clean_file(commune, who).await});
    let mut application = status(commune, paper);
    if who != MAU {
        application["mandate"] = body!({"ground": "guardian"});
    }
    json(commune.hand_in(who, &application).await, 201).await
}

async fn uses(commune: &Commune, document: Uuid) -> Value {
    commune.read(MAU, &format!("/v1/me/documents/{document}/uses")).await
}

#[tokio::test]
async fn a_strangers_dossier_opens_nobodys_papers() {
    let commune = Commune::open().await;
    let kept = keep(&commune, card(another_file(&commune, MAU).await)).await;
    let dossier = with_a_file(&commune, THU).await;
    let below =
        |path: &str| format!("/v1/dossiers/{}/{path}purpose=doi+chieu+nhan+than", text(&dossier, "id"));

    assert_eq!(commune.read(DESK, &below("offers?")).await, body!([]));
    for path in [format!("documents/{kept}?"), format!("documents/{kept}/content?")] {
        problem(commune.get(DESK, &below(&path)).await, 404, "not_found").await;
    }
    let ask = body!({"reason": "Ảnh chụp bị mờ.", "components": ["HN-01"]});
    commune.done(DESK, &dossier, "supplement-request", ask).await;

    assert_eq!(kinds(&uses(&commune, kept).await), ["filed"], "nobody was told of it");
}

#[tokio::test]
async fn a_look_into_a_store_is_never_rehearsed() {
    let commune = Commune::open().await;
    kept_card(&commune).await;
    let ask = body!({"procedure": "1.004873", "unit": commune.unit, "id_number": MAU_ID, "purpose": "Tiếp nhận tại quầy"});

    let tried = commune.ask_as(DESK, Method::POST, "/v1/document-offers").header("prefer", "dry-run");

    let told = problem(tried.json(&ask).send().await.unwrap(), 400, "header_invalid").await;
    assert!(text(&told, "detail").contains("dry-run"), "{told}");
}

#[tokio::test]
async fn a_refusal_that_names_a_document_is_a_look_at_it() {
    let commune = Commune::open().await;
    let kept = keep(&commune, card(another_file(&commune, MAU).await)).await;
    let dossier = with_a_file(&commune, MAU).await;
    let ask = body!({"reason": "Ảnh chụp bị mờ.", "components": ["HN-01"]});

    commune.refused(DESK, &dossier, "supplement-request", ask.clone()).await;
    problem(commune.dry(DESK, &dossier, "supplement-request", &ask).await, 409, "act_refused").await;

    let uses = uses(&commune, kept).await;
    assert_eq!(kinds(&uses), ["offered", "offered", "filed"]);
    assert_eq!(
        (&uses["items"][0]["dossier"], &uses["items"][0]["unit"]),
        (&dossier["id"], &body!(commune.unit))
    );
}

#[tokio::test]
async fn an_owner_reads_who_opened_a_paper_while_it_was_digitised() {
    let commune = Commune::open().await;
    let (file, at) = (another_file(&commune, MAU).await, commune.clock.now());
    let item = crate::pipeline::scene::waiting(&commune.office.sealer, commune.unit, file, at);
    let item = item.into_active_model().insert(commune.database.writer()).await.unwrap().id;
    let new = NewDocument { digitisation: Some(item), unit: Some(commune.unit), ..card(file) };
    let kept = keep(&commune, new).await;
    let by = Actor { name: "Triệu Thị Lý".into(), ..Actor::office() };
    let db = commune.database.writer();
    uses::note(db, (item, Opened::Page(1)), (&by, "Đối chiếu với bản giấy"), at).await.unwrap();

    let told = uses(&commune, kept).await;

    assert_eq!(kinds(&told), ["read", "filed"]);
    let look = &told["items"][0];
    assert_eq!((text(look, "by"), text(look, "purpose")), ("Triệu Thị Lý", "Đối chiếu với bản giấy"));
    assert_eq!(look["unit"], body!(commune.unit));
    let first = commune.read(MAU, &format!("/v1/me/documents/{kept}/uses?limit=1")).await;
    let next = format!("/v1/me/documents/{kept}/uses?limit=1&after={}", text(&first, "next"));
    assert_eq!(kinds(&commune.read(MAU, &next).await), ["filed"]);
}

#[tokio::test]
async fn whoever_reads_the_file_of_a_paper_is_named_with_dossier_and_unit() {
    let commune = Commune::open().await;
    let kept = kept_card(&commune).await;
    let paper = body!({"component": "HN-01", "source": "reused", "document": kept});
    let dossier = json(commune.hand_in(MAU, &status(&commune, paper)).await, 201).await;
    let papers = commune.read(CASE, &format!("/v1/dossiers/{}/papers", text(&dossier, "id"))).await;

    let read = commune.get(MONEY, &format!("/v1/files/{}/content", text(&papers[0], "file"))).await;

    assert_eq!(read.status(), 200);
    let look = uses(&commune, kept).await["items"][0].clone();
    assert_eq!((&look["dossier"], &look["unit"]), (&dossier["id"], &body!(commune.unit)), "{look}");
}

#[tokio::test]
async fn a_letter_under_her_number_tells_nothing_of_her() {
    let commune = Commune::open().await;
    let mut application = status(&commune, body!({"component": "HN-01"}));
    (application["channel"], application["applicant"]["phone"]) = (body!("desk"), body!("0999999999"));
    json(commune.hand_in(DESK, &application).await, 201).await;
    let begun = body!({"procedure": "2.000635", "application": {}});
    let draft = json(commune.post(MAU, "/v1/drafts", &begun).await, 201).await;
    let form = format!("/v1/drafts/{}/form", text(&draft, "id"));
    let shown = commune.read(MAU, &form).await["applicant"]["phone"].clone();
    commune.database.writer().execute_unprepared("UPDATE dossiers SET channel = 'post'").await.unwrap();

    let written = commune.read(MAU, &form).await["applicant"]["phone"].clone();

    assert_eq!((shown, written), (body!("0999999999"), Value::Null));
}

#[tokio::test]
async fn a_draft_for_somebody_else_is_given_nothing_of_its_writer() {
    let commune = Commune::open().await;
    kept_card(&commune).await;
    for applicant in [
        body!({"applicant": {"name": "Nguyễn Văn Cha", "id_number": "006050000009"}}),
        body!({"applicant": {"name": "Nguyễn Văn Cha"}}),
        body!({"applicant_kind": "enterprise"}),
    ] {
        let begun = body!({"procedure": "2.000635", "application": applicant});
        let draft = json(commune.post(MAU, "/v1/drafts", &begun).await, 201).await;

        let known = commune.read(MAU, &format!("/v1/drafts/{}/form", text(&draft, "id"))).await;
        let offers = commune.read(MAU, &format!("/v1/drafts/{}/offers", text(&draft, "id"))).await;

        assert_eq!(
            (&known["filled"], &known["form"], &offers),
            (&body!([]), &body!({}), &body!([])),
            "{applicant}"
        );
    }
    let own =
        body!({"applicant": {"name": "NGUYỄN THỊ MẪU", "id_number": MAU_ID}, "applicant_kind": "citizen"});
    let begun = body!({"procedure": "2.000635", "application": own});
    let draft = json(commune.post(MAU, "/v1/drafts", &begun).await, 201).await;
    let offers = commune.read(MAU, &format!("/v1/drafts/{}/offers", text(&draft, "id"))).await;
    assert_eq!(offers.as_array().unwrap().len(), 1);
}

#[tokio::test]
async fn a_paper_with_a_broken_signature_spares_nobody_another_one() {
    let commune = Commune::open().await;
    let file = another_file(&commune, MAU).await;
    let kept = keep(&commune, NewDocument { signature: Signed::Broken, ..card(file) }).await;
    let paper = body!({"component": "HN-01", "source": "reused", "document": kept});
    let told = problem(commune.hand_in(MAU, &status(&commune, paper)).await, 422, "body_invalid").await;
    assert_eq!(told["errors"][0]["code"], "document_not_valid");
    let dossier = with_a_file(&commune, MAU).await;
    let ask = body!({"reason": "Ảnh chụp bị mờ.", "components": ["HN-01"]});

    let asked = commune.act(DESK, &dossier, "supplement-request", &ask).await;

    assert_eq!(asked.status(), 201, "{}", key());
}

#[tokio::test]
async fn what_was_filed_out_of_a_dossier_is_counted_on_its_owners_shelf_alone() {
    let commune = Commune::open().await;
    let kept = kept_card(&commune).await;
    let dossier = crate::results::scene::granted(&commune, |_| {}).await;
    let unknown = crate::results::scene::granted(&commune, |_| {}).await;
    let of = |dossier: &Value| Some(text(dossier, "id").parse().unwrap());
    let row = entities::documents::by_id(commune.database.reader(), kept).await.unwrap();
    let again = keep(&commune, NewDocument { dossier: of(&dossier), ..card(row.file_id) }).await;
    let mut nobodys = card(another_file(&commune, MAU).await);
    nobodys.owner.number = None;
    keep(&commune, NewDocument { dossier: of(&unknown), ..nobodys }).await;

    let path = format!("/v1/reports/reuse?unit={}&from=2026-03-01", commune.unit);
    let counted = commune.read(DESK, &path).await;

    assert_eq!((again, &counted["decided"], &counted["stored"]), (kept, &body!(2), &body!(1)), "{counted}");
}
