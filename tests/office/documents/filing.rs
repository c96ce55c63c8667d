//! Filing: once for one owner, content and type; nothing that was filed is changed.

use super::{card, clean_file, completed, keep, kept_card, kinds, look_at_everything, mau};
use crate::support::commune::{Commune, DESK, HEAD, MAU, MAU_ID, THU, text};
use entities::documents::completing::{Completed, REJECTION};
use entities::documents::{self, NewDocument, Origin, Owner};
use entities::files::{self, State};
use reqwest::Method;
use rules::jobs::Job;
use rules::procedure::ApplicantKind;
use serde_json::json;
use uuid::Uuid;

#[tokio::test]
async fn r_j5_the_same_paper_of_the_same_owner_is_one_document() {
    let commune = Commune::open().await;
    let (first, second) = (clean_file(&commune, MAU).await, clean_file(&commune, DESK).await);
    let kept = keep(&commune, card(first)).await;

    let again = keep(&commune, NewDocument { pages: 2, ..card(second) }).await;

    assert_eq!(kept, again, "the bytes are the same");
    let row = documents::by_id(commune.database.reader(), kept).await.unwrap();
    assert_eq!((row.version, row.file_id, row.pages), (1, first, 2), "what was not known is filled in");
    let other = NewDocument {
        owner: Owner::new(ApplicantKind::Citizen, "Trần Văn Thử", Some("006099000002")),
        ..card(first)
    };
    assert_ne!(keep(&commune, other).await, kept, "of another owner");
    let type_too = NewDocument { paper_type: "GPLX".into(), ..card(first) };
    assert_ne!(keep(&commune, type_too).await, kept, "of another type");
}

#[tokio::test]
async fn d_11_a_document_says_what_it_is_and_where_it_came_from() {
    let commune = Commune::open().await;
    let kept = kept_card(&commune).await;

    let told = commune.read(MAU, &format!("/v1/me/documents/{kept}")).await;

    assert_eq!(told["code"], format!("{MAU_ID}.CCCD.{MAU_ID}"));
    assert_eq!(
        told["owner"],
        json!({"name": "Nguyễn Thị Mẫu", "id_type": "personal_id", "id_number": MAU_ID})
    );
    assert_eq!((&told["data"]["personal_id"], &told["versions"]), (&json!(MAU_ID), &json!([kept])));
    assert_eq!((&told["document"]["state"], &told["document"]["valid"]), (&json!("in_force"), &json!(true)));
    let uses = commune.read(MAU, &format!("/v1/me/documents/{kept}/uses")).await;
    assert_eq!(kinds(&uses), ["filed"]);
}

#[test]
fn d_10_a_code_is_made_of_owner_type_and_number_or_not_at_all() {
    let nobody = Owner::new(ApplicantKind::Citizen, "Không rõ", None);
    let told = documents::code(&mau(), "GPLX", Some(" 790123 "));
    assert_eq!(told.as_deref(), Some("006199000001.GPLX.790123"));
    assert_eq!(documents::code(&mau(), "GPLX", Some("  ")), None);
    assert_eq!(documents::code(&nobody, "GPLX", Some("790123")), None);
}

#[tokio::test]
async fn r_c8_no_address_changes_or_removes_a_stored_original() {
    let commune = Commune::open().await;
    let kept = kept_card(&commune).await;
    for path in [format!("/v1/me/documents/{kept}"), format!("/v1/me/documents/{kept}/content")] {
        for method in [Method::PUT, Method::PATCH, Method::DELETE, Method::POST] {
            let answer = commune.ask_as(MAU, method.clone(), &path).json(&json!({})).send().await.unwrap();
            assert_eq!(answer.status(), 405, "{method} {path}");
        }
    }
    let bytes = commune.get(MAU, &format!("/v1/me/documents/{kept}/content")).await;
    assert_eq!(bytes.status(), 200);
    assert!(bytes.text().await.unwrap().starts_with("%PDF"));
}

#[tokio::test]
async fn d_05_a_result_is_filed_for_its_owner_when_it_is_handed_over() {
    let commune = Commune::open().await;
    let dossier = commune.submit(MAU, commune.birth(), |_| {}).await;
    let dossier = commune.brought_to_the_head(&dossier).await;
    let decision = commune.decision("KQ-KS-01").await;
    let dossier = commune.done(HEAD, &dossier, "decision", decision.clone()).await;
    let dossier = commune.done(DESK, &dossier, "return", json!({"proof": "Ký sổ"})).await;
    let id: Uuid = text(&dossier, "id").parse().unwrap();
    let job = Job::FileDocuments { dossier: id };
    assert!(waiting(&commune).await.contains(&job), "in the transaction of the return");

    assert_eq!(completed(&commune, id).await, Completed::Waits, "nobody has looked at the files");
    let papers = commune.read(DESK, &format!("/v1/dossiers/{id}/papers")).await;
    let card = papers.as_array().unwrap().iter().find(|paper| paper["component"] == "KS-02").unwrap();
    let card = text(card, "file").parse().unwrap();
    files::set_state(commune.database.writer(), card, State::Clean, None).await.unwrap();
    assert_eq!(completed(&commune, id).await, Completed::Waits);
    let there = commune.read(MAU, "/v1/me/documents").await["items"][0]["paper_type"].clone();
    assert_eq!(there, "CCCD", "what could be kept is");
    look_at_everything(&commune).await;
    assert_eq!(completed(&commune, id).await, Completed::Filed);
    assert_eq!(completed(&commune, id).await, Completed::Filed, "again changes nothing");

    let mine = commune.read(MAU, "/v1/me/documents").await;
    let types: Vec<_> = mine["items"].as_array().unwrap().iter().map(|one| text(one, "paper_type")).collect();
    assert!(types.contains(&"GIAY-KHAI-SINH") && types.contains(&"CCCD"), "{mine}");
    assert_eq!(types.len(), 2, "the rest has no type");
    let result =
        mine["items"].as_array().unwrap().iter().find(|one| one["paper_type"] == "GIAY-KHAI-SINH").unwrap();
    assert_eq!((&result["origin"], &result["issuer_name"].is_string()), (&json!("result"), &true));
    let uses = commune.read(MAU, &format!("/v1/me/documents/{}/uses", text(result, "id"))).await;
    assert_eq!(kinds(&uses), ["filed"]);
    assert_eq!(commune.read(THU, "/v1/me/documents").await["items"], json!([]));
}

#[tokio::test]
async fn a_refusal_on_the_merits_never_stands_for_the_paper_that_was_refused() {
    let commune = Commune::open().await;
    let dossier = commune.submit(MAU, commune.birth(), |_| {}).await;
    let dossier = commune.brought_to_the_head(&dossier).await;
    let mut decision = commune.decision("KQ-KS-01").await;
    decision["outcome"] = json!("rejected");
    decision["reason"] = json!("Không đủ căn cứ.");
    let dossier = commune.done(HEAD, &dossier, "decision", decision).await;
    let dossier = commune.done(DESK, &dossier, "return", json!({"proof": "Ký sổ"})).await;
    look_at_everything(&commune).await;
    completed(&commune, text(&dossier, "id").parse().unwrap()).await;
    let kept = commune.read(MAU, &format!("/v1/me/documents?paper_type={REJECTION}")).await;
    assert_eq!(kept["items"].as_array().unwrap().len(), 1);
    let kept = commune.read(MAU, "/v1/me/documents?paper_type=GIAY-KHAI-SINH").await;
    assert_eq!(kept["items"], json!([]));
}

#[tokio::test]
async fn what_a_stranger_hands_in_under_her_number_is_not_put_on_her_shelf() {
    let commune = Commune::open().await;
    let dossier =
        commune.submit(THU, commune.birth(), |a| a["mandate"] = json!({"ground": "guardian"})).await;
    let dossier = commune.brought_to_the_head(&dossier).await;
    let dossier = commune.done(HEAD, &dossier, "decision", commune.decision("KQ-KS-01").await).await;
    let dossier = commune.done(DESK, &dossier, "return", json!({"proof": "Ký sổ"})).await;
    look_at_everything(&commune).await;

    completed(&commune, text(&dossier, "id").parse().unwrap()).await;

    let mine = commune.read(MAU, "/v1/me/documents").await;
    let origins: Vec<_> = mine["items"].as_array().unwrap().iter().map(|one| text(one, "origin")).collect();
    assert_eq!(origins, ["result"], "the agency's own word, and nothing of the stranger's");
}

#[tokio::test]
async fn a_paper_of_nobody_known_stands_alone() {
    let commune = Commune::open().await;
    let file = clean_file(&commune, DESK).await;
    let nobody = Owner::new(ApplicantKind::Citizen, "Không rõ", Some("  "));
    assert_eq!(nobody.number, None);
    let first = keep(&commune, NewDocument { owner: nobody.clone(), dossier: None, ..card(file) }).await;
    let row = documents::by_id(commune.database.reader(), first).await.unwrap();
    assert_ne!(row.owner_index, commune.office.sealer.index("id", ""));
    assert_eq!(documents::owner(&commune.office.sealer, &row).unwrap(), nobody);
    let known = keep(&commune, NewDocument::new(mau(), "CCCD", "Căn cước", Origin::Backlog, file)).await;
    assert_ne!(known, first);
}

async fn waiting(commune: &Commune) -> Vec<Job> {
    use sea_orm::EntityTrait;
    let rows = entities::jobs::row::Entity::find().all(commune.database.reader()).await.unwrap();
    rows.iter().filter_map(|row| serde_json::from_str(&row.payload).ok()).collect()
}
