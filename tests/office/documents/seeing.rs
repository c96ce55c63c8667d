//! Who sees a document: its owner, and with a purpose the officers of a dossier that needs it.

use super::{kept_card, kinds, status};
use crate::support::commune::{
    CASE, CONTROLLER, Commune, DESK, HEAD, INSPECTOR, MAU, MONEY, NEIGHBOUR, POSTMAN, THU, text,
};
use crate::support::house::problem;
use serde_json::json;

const PURPOSE: &str = "purpose=doi+chieu+nhan+than";

#[tokio::test]
async fn r_j2_the_owner_and_the_officers_of_a_dossier_that_needs_it_see_a_document() {
    let commune = Commune::open().await;
    let kept = kept_card(&commune).await;
    let dossier = commune
        .submit(
            MAU,
            status(&commune, json!({"component": "HN-01", "source": "reused", "document": kept})),
            |a| {
                a["papers"][0].as_object_mut().unwrap().remove("file");
            },
        )
        .await;
    let id = text(&dossier, "id");
    let needed = format!("/v1/dossiers/{id}/documents/{kept}");
    for who in [DESK, CASE, HEAD] {
        let read = commune.read(who, &format!("{needed}?{PURPOSE}")).await;
        assert_eq!(read["document"]["paper_type"], "CCCD", "{who}");
        assert_eq!(commune.get(who, &format!("{needed}/content?{PURPOSE}")).await.status(), 200);
        problem(commune.get(who, &format!("/v1/me/documents/{kept}")).await, 404, "not_found").await;
    }
    for who in [MONEY, POSTMAN, NEIGHBOUR, INSPECTOR, CONTROLLER, THU, MAU] {
        problem(commune.get(who, &format!("{needed}?{PURPOSE}")).await, 404, "not_found").await;
        problem(commune.get(who, &format!("{needed}/content?{PURPOSE}")).await, 404, "not_found").await;
    }
    for who in [THU, INSPECTOR] {
        problem(commune.get(who, &format!("/v1/me/documents/{kept}")).await, 404, "not_found").await;
        problem(commune.get(who, &format!("/v1/me/documents/{kept}/uses")).await, 404, "not_found").await;
    }
    problem(commune.get(DESK, &format!("{needed}?purpose=+12+34+")).await, 400, "query_invalid").await;
    problem(commune.get(DESK, &needed).await, 400, "query_invalid").await;

    let uses = commune.read(MAU, &format!("/v1/me/documents/{kept}/uses")).await;

    let (kinds, looks) = (kinds(&uses), uses["items"].as_array().unwrap());
    assert_eq!(kinds.iter().filter(|kind| **kind == "read").count(), 6, "every look: {uses}");
    assert_eq!(kinds.last(), Some(&"filed"));
    assert_eq!(looks[0]["purpose"], "doi chieu nhan than");
    assert_eq!((&looks[0]["dossier"], &looks[0]["unit"]), (&json!(id), &json!(commune.unit)));
}

#[tokio::test]
async fn a_unit_sees_no_document_that_its_dossier_does_not_need() {
    let commune = Commune::open().await;
    let kept = kept_card(&commune).await;
    let of_another = commune
        .submit(THU, commune.copies(), |a| {
            a["applicant"] = json!({"name": "Trần Văn Thử", "id_number": "006099000002"});
        })
        .await;
    let without = commune.submit(MAU, commune.copies(), |_| {}).await;
    for dossier in [of_another, without] {
        let path = format!("/v1/dossiers/{}/documents/{kept}?{PURPOSE}", text(&dossier, "id"));
        problem(commune.get(DESK, &path).await, 404, "not_found").await;
    }
}

#[tokio::test]
async fn an_officer_who_reads_the_file_of_a_paper_is_seen_by_its_owner() {
    let commune = Commune::open().await;
    let kept = kept_card(&commune).await;
    let dossier = commune
        .submit(
            MAU,
            status(&commune, json!({"component": "HN-01", "source": "reused", "document": kept})),
            |a| {
                a["papers"][0].as_object_mut().unwrap().remove("file");
            },
        )
        .await;
    let papers = commune.read(CASE, &format!("/v1/dossiers/{}/papers", text(&dossier, "id"))).await;
    assert_eq!((&papers[0]["source"], &papers[0]["document"]), (&json!("reused"), &json!(kept)));

    let bytes = commune.get(CASE, &format!("/v1/files/{}/content", text(&papers[0], "file"))).await;

    assert_eq!(bytes.status(), 200);
    let uses = commune.read(MAU, &format!("/v1/me/documents/{kept}/uses")).await;
    assert_eq!(kinds(&uses), ["read", "reused", "filed"]);
    assert_eq!(uses["items"][0]["by"], "Triệu Thị Lý");
}
