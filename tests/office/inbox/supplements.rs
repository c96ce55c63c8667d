//! What the portal hands in later: it answers what was asked, or is kept; it never overwrites.

use super::scene::{Scene, dossier, pdf, supplement};
use crate::support::commune::{DESK, text};
use crate::support::house::json;
use crate::support::papers::PDF;
use connectors::failure::Failure;
use entities::tables::dossiers;
use serde_json::{Value, json as body};

const ID: &str = "G22.99-260310-0001";
const LINK: &str = "/files/bo-sung.pdf";

/// A dossier of which a second paper was asked.
async fn asked(scene: &Scene) -> dossiers::Model {
    let taken = scene.taken(&dossier(ID)).await;
    let seen = scene.commune.read(DESK, &format!("/v1/dossiers/{}", taken.id)).await;
    let ask = body!({"reason": "Thiếu giấy thử thứ hai.", "components": ["T2-02"]});
    scene.commune.done(DESK, &seen, "supplement-request", ask).await;
    taken
}

fn inside() -> Value {
    body!([{"TenTepDinhKem": "bo-sung.pdf", "MaThanhPhanHoSo": "T2-02", "Base64": pdf()}])
}

#[tokio::test]
async fn it_answers_the_open_round() {
    let scene = Scene::open().await;
    let taken = asked(&scene).await;

    let answer = scene.send("mapped", &supplement(ID, inside())).await;

    assert_eq!(answer["error_code"], "0", "{answer}");
    let now = scene.commune.read(DESK, &format!("/v1/dossiers/{}", taken.id)).await;
    assert_eq!((text(&now, "status"), text(&now, "turn")), ("awaiting_supplement", "agency"));
    let papers = scene.papers(DESK, taken.id).await;
    assert_eq!((&papers[1]["part"], &papers[1]["round"]), (&body!("supplement"), &body!(1)));
    let history = scene.commune.read(DESK, &format!("/v1/dossiers/{}/history", taken.id)).await;
    assert!(history.to_string().contains("qua Cổng Dịch vụ công quốc gia"), "{history}");
    assert_eq!(scene.verdicts().await, ["taken", "answered"]);
}

#[tokio::test]
async fn it_answers_once() {
    let scene = Scene::open().await;
    asked(&scene).await;
    let message = supplement(ID, inside());
    scene.send("mapped", &message).await;
    let before = scene.counts().await;

    let again = scene.send("mapped", &message).await;

    assert_eq!(again["error_code"], "1", "{again}");
    assert_eq!(scene.counts().await, before);
}

#[tokio::test]
async fn it_waits_for_papers_behind_links() {
    let scene = Scene::open().await;
    let taken = asked(&scene).await;
    let papers =
        body!([{"TenTepDinhKem": "bo-sung.pdf", "MaThanhPhanHoSo": "T2-02", "DuongDanTaiTepTin": LINK}]);
    scene.send("mapped", &supplement(ID, papers)).await;
    assert_eq!(
        (scene.verdicts().await[1].as_str(), scene.flags().await),
        ("waiting", vec!["paper_coming".to_owned()])
    );
    let waits = scene.commune.read(DESK, &format!("/v1/dossiers/{}", taken.id)).await;
    assert_eq!(text(&waits, "turn"), "applicant");
    scene.behind(LINK, Ok(PDF.into()));

    scene.fetch_papers().await;

    let now = scene.commune.read(DESK, &format!("/v1/dossiers/{}", taken.id)).await;
    assert_eq!(text(&now, "turn"), "agency");
    assert_eq!(scene.papers(DESK, taken.id).await[1]["part"], "supplement");
    assert_eq!(scene.flags().await, Vec::<String>::new());
}

#[tokio::test]
async fn what_cannot_be_fetched_answers_nothing() {
    let scene = Scene::open().await;
    let taken = asked(&scene).await;
    let papers =
        body!([{"TenTepDinhKem": "bo-sung.pdf", "MaThanhPhanHoSo": "T2-02", "DuongDanTaiTepTin": LINK}]);
    scene.send("mapped", &supplement(ID, papers)).await;
    scene.behind(LINK, Err(Failure::fail("no such file")));

    scene.fetch_papers().await;

    let now = scene.commune.read(DESK, &format!("/v1/dossiers/{}", taken.id)).await;
    assert_eq!(text(&now, "turn"), "applicant");
    assert_eq!(scene.flags().await, ["paper_not_fetched", "supplement_kept"]);
}

#[tokio::test]
async fn nothing_asked_means_kept_beside_and_flagged() {
    let scene = Scene::open().await;
    let taken = scene.taken(&dossier(ID)).await;
    let mut message = supplement(ID, inside());
    message["data"]["form"] = body!({"note": "viết lại"});

    let answer = scene.send("mapped", &message).await;

    assert_eq!(answer["error_code"], "0", "{answer}");
    let now = scene.commune.read(DESK, &format!("/v1/dossiers/{}", taken.id)).await;
    assert_eq!((&now["form"], &now["version"]), (&body!({"note": "thử"}), &body!(1)));
    let papers = scene.papers(DESK, taken.id).await;
    assert_eq!((&papers[0]["part"], &papers[1]["part"]), (&body!("component"), &body!("kept")));
    assert_eq!(scene.flags().await, ["form_sent", "supplement_kept"]);
    let flags = scene.commune.read(DESK, "/v1/flags").await;
    assert_eq!(flags["items"][1]["detail"], body!({"note": "viết lại"}));
}

#[tokio::test]
async fn what_was_not_asked_for_does_not_answer() {
    let scene = Scene::open().await;
    let taken = asked(&scene).await;
    let wrong = body!([{"TenTepDinhKem": "khac.pdf", "MaThanhPhanHoSo": "T2-01", "Base64": pdf()}]);

    scene.send("mapped", &supplement(ID, wrong)).await;

    let now = scene.commune.read(DESK, &format!("/v1/dossiers/{}", taken.id)).await;
    assert_eq!(text(&now, "turn"), "applicant");
    assert_eq!(scene.verdicts().await, ["taken", "kept"]);
    let flags = scene.commune.read(DESK, "/v1/flags").await;
    assert!(text(&flags["items"][0], "message").contains("T2-02"), "{flags}");
}

#[tokio::test]
async fn before_its_dossier_it_is_refused_and_tried_again_later() {
    let scene = Scene::open().await;
    let answer = scene.send("mapped", &supplement(ID, inside())).await;
    assert_eq!(answer["error_code"], "-1");
    asked(&scene).await;
    let early = scene.messages().await[0].id;

    let path = format!("/v1/portal-messages/{early}/replay");
    let replayed =
        json(scene.commune.post(crate::support::commune::CONTROLLER, &path, &body!({})).await, 200).await;

    assert_eq!((text(&replayed, "verdict"), &replayed["replays"]), ("answered", &body!(1)));
}
