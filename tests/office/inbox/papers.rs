//! Papers of a dossier of the portal: in the message, or behind a link that is fetched later.

use super::scene::{Scene, dossier, pdf};
use crate::support::commune::{DESK, text};
use crate::support::papers::PDF;
use connectors::failure::Failure;
use serde_json::{Value, json as body};
use workers::Outcome;

const LINK: &str = "/files/giay-thu-2.pdf";

fn behind_a_link() -> Value {
    let mut message = dossier("G22.99-260310-0001");
    message["data"]["TaiLieuNop"] = body!([
        {"TenTepDinhKem": "giay-thu.pdf", "MaThanhPhanHoSo": "T2-01", "Base64": pdf()},
        {"TenTepDinhKem": "giay-thu-2.pdf", "MaThanhPhanHoSo": "T2-02", "DuongDanTaiTepTin": LINK},
    ]);
    message
}

#[tokio::test]
async fn the_dossier_waits_visibly_for_a_paper_behind_a_link() {
    let scene = Scene::open().await;
    let taken = scene.taken(&behind_a_link()).await;
    assert_eq!(scene.flags().await, ["paper_coming"]);
    assert!(scene.papers(DESK, taken.id).await[1]["file"].is_null());
    scene.behind(LINK, Ok(PDF.into()));

    assert_eq!(scene.fetch_papers().await, [Outcome::Done]);

    assert_eq!(scene.flags().await, Vec::<String>::new());
    let papers = scene.papers(DESK, taken.id).await;
    assert_eq!(papers.len(), 2);
    let file = scene.commune.read(DESK, &format!("/v1/files/{}", text(&papers[1], "file"))).await;
    assert_eq!((text(&file, "name"), text(&file, "state")), ("giay-thu-2.pdf", "quarantined"));
}

#[tokio::test]
async fn a_paper_is_fetched_once_however_often_the_job_runs() {
    let scene = Scene::open().await;
    scene.taken(&behind_a_link()).await;
    scene.behind(LINK, Ok(PDF.into()));
    scene.fetch_papers().await;
    let before = scene.counts().await;

    assert_eq!(scene.fetch_papers().await, [Outcome::Done]);

    assert_eq!(scene.counts().await, before);
}

#[tokio::test]
async fn a_portal_that_is_down_is_asked_again_and_one_that_refuses_is_told_to_the_desk() {
    let scene = Scene::open().await;
    scene.taken(&behind_a_link()).await;

    let down = scene.fetch_papers().await;
    scene.behind(LINK, Err(Failure::fail("no such file")));
    let refused = scene.fetch_papers().await;

    assert!(matches!(&down[..], [Outcome::Retry { .. }]), "{down:?}");
    assert!(matches!(&refused[..], [Outcome::Fail { .. }]), "{refused:?}");
    assert_eq!(scene.flags().await, ["paper_not_fetched"]);
}

#[tokio::test]
async fn a_paper_that_cannot_be_fetched_for_three_days_is_told_to_the_desk() {
    let scene = Scene::open().await;
    scene.taken(&behind_a_link()).await;

    let down = scene.fetch_papers_at(entities::jobs::MAX_ATTEMPTS).await;

    assert!(matches!(&down[..], [Outcome::Retry { .. }]), "{down:?}");
    assert_eq!(scene.flags().await, ["paper_not_fetched"]);
}

#[tokio::test]
async fn a_program_is_no_paper_wherever_it_comes_from() {
    let scene = Scene::open().await;
    let mut message = behind_a_link();
    message["data"]["TaiLieuNop"][0]["Base64"] = body!("TVqQAAMAAAAEAAAA");
    let taken = scene.taken(&message).await;
    scene.behind(LINK, Ok(b"MZ\x90\x00\x03\x00\x00\x00".into()));

    let ended = scene.fetch_papers().await;

    assert!(matches!(&ended[..], [Outcome::Fail { .. }]), "{ended:?}");
    assert_eq!(scene.flags().await, ["component_missing", "paper_refused", "paper_not_fetched"]);
    assert_eq!(scene.papers(DESK, taken.id).await.len(), 1, "the one that was to come");
}

#[tokio::test]
async fn a_paper_outside_the_list_is_kept_without_a_component() {
    let scene = Scene::open().await;
    let mut message = dossier("G22.99-260310-0001");
    message["data"]["TaiLieuNop"][0]["MaThanhPhanHoSo"] = body!("LA-99");

    let taken = scene.taken(&message).await;

    let papers = scene.papers(DESK, taken.id).await;
    assert_eq!((&papers[0]["component"], &papers[0]["name"]), (&body!(null), &body!("giay-thu.pdf")));
    let mut flags = scene.flags().await;
    flags.sort();
    assert_eq!(flags, ["component_missing", "component_unknown"]);
}
