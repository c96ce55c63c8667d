//! Following a paper: asked once, or as a stream that ends by itself; who opens its fields and pages is kept.

use super::scene::waiting;
use crate::support::commune::{CASE, Commune, DESK, NEIGHBOUR};
use crate::support::house::json;
use entities::digitisations::pages::{self, Picture};
use entities::digitisations::{self, advance, stuck, uses};
use entities::files::{self, File, State};
use object_store::path::Path;
use object_store::{ObjectStoreExt, PutPayload};
use reqwest::Method;
use rules::jobs::Queue;
use rules::papers::Stage;
use sea_orm::{ActiveModelTrait, ConnectionTrait, IntoActiveModel};
use std::time::Duration;
use uuid::Uuid;

pub(super) async fn paper(commune: &Commune) -> Uuid {
    let (at, db) = (commune.clock.now(), commune.database.writer());
    let file = File {
        sha256: "0".repeat(64),
        media_type: "application/pdf".into(),
        state: State::Clean,
        ..files::quarantined("quet.pdf", "tests", at)
    };
    db.execute(&files::insert(&file)).await.unwrap();
    let item = waiting(&commune.office.sealer, commune.unit, file.id, at);
    let id = item.id;
    item.into_active_model().insert(db).await.unwrap();
    at_stage(commune, id, Stage::Recognise).await;
    id
}

async fn at_stage(commune: &Commune, item: Uuid, stage: Stage) {
    let tx = commune.database.begin().await.unwrap();
    advance(&tx, item, stage, commune.clock.now()).await.unwrap();
    tx.commit().await.unwrap();
}

#[tokio::test]
async fn who_asks_again_hears_only_what_changed() {
    let commune = Commune::open().await;
    let item = paper(&commune).await;
    let path = format!("/v1/digitisations/{item}/progress");

    let first = commune.get(DESK, &path).await;
    let tag = first.headers()["etag"].to_str().unwrap().to_owned();
    let told = json(first, 200).await;
    assert_eq!((&told["stage"], &told["state"]), (&"recognise".into(), &"working".into()));

    let again = || commune.ask_as(DESK, Method::GET, &path).header("if-none-match", &tag);
    assert_eq!(again().send().await.unwrap().status(), 304);
    let file = digitisations::find(commune.database.reader(), item).await.unwrap().file_id.unwrap();
    let by_file = commune.read(DESK, &format!("/v1/documents/{file}/progress")).await;
    assert_eq!(by_file, told, "the same by the file that was handed in");
    at_stage(&commune, item, Stage::Signatures).await;
    assert_eq!(json(again().send().await.unwrap(), 200).await["stage"], "signatures");
}

#[tokio::test]
async fn a_stream_tells_each_change_and_ends_when_people_are_needed() {
    let commune = Commune::open().await;
    let item = paper(&commune).await;
    let request = commune.ask_as(DESK, Method::GET, &format!("/v1/digitisations/{item}/progress"));
    let mut stream = request.header("accept", "text/event-stream").send().await.unwrap();
    assert_eq!(stream.headers()["content-type"], "text/event-stream");
    let next = async |stream: &mut reqwest::Response| {
        let chunk = tokio::time::timeout(Duration::from_secs(30), stream.chunk()).await.unwrap().unwrap();
        chunk.map(|bytes| String::from_utf8(bytes.to_vec()).unwrap())
    };

    let first = next(&mut stream).await.unwrap();
    assert!(first.contains("event: progress") && first.contains("\"recognise\""), "{first}");
    at_stage(&commune, item, Stage::Signatures).await;
    commune.office.wake.ring(Queue::Heavy);
    assert!(next(&mut stream).await.unwrap().contains("\"signatures\""));
    let tx = commune.database.begin().await.unwrap();
    stuck(&tx, item, "hỏng / broken", commune.clock.now()).await.unwrap();
    tx.commit().await.unwrap();
    commune.office.wake.ring(Queue::Heavy);
    assert!(next(&mut stream).await.unwrap().contains("\"stuck\""));
    assert_eq!(next(&mut stream).await, None, "it ends");
}

#[tokio::test]
async fn r_c7_who_opens_a_page_or_the_fields_is_kept_with_what_for() {
    let commune = Commune::open().await;
    let item = paper(&commune).await;
    let picture = Picture {
        sha256: "ab".repeat(32),
        width: 1_654,
        height: 2_339,
        dpi: 200,
        turned: 0,
        took: Duration::ZERO,
    };
    let stored = Path::from(files::stored_at(&picture.sha256));
    commune.office.files.put(&stored, PutPayload::from_static(b"\xff\xd8picture")).await.unwrap();
    pages::add(commune.database.writer(), item, 1, &picture).await.unwrap();

    let page = commune.get(DESK, &format!("/v1/digitisations/{item}/pages/1")).await;
    assert_eq!(
        (page.status().as_u16(), &page.headers()["content-type"]),
        (200, &"image/jpeg".parse().unwrap())
    );
    assert_eq!(page.headers()["cache-control"], "private, no-store");
    let fields = format!("/v1/digitisations/{item}/fields?purpose=%C4%90%E1%BB%91i%20chi%E1%BA%BFu");
    assert_eq!(commune.read(CASE, &fields).await["open"], 0);

    let mut noted = uses::query(item, None, 9).all(commune.database.reader()).await.unwrap();
    noted.reverse();
    let noted: Vec<_> = noted.iter().map(|row| (row.kind.as_str(), row.page, row.purpose.as_str())).collect();
    let usual = "Kiểm tra dữ liệu máy đọc (TT 01/2023/TT-VPCP)";
    assert_eq!(noted, [("page", Some(1), usual), ("fields", None, "Đối chiếu")]);
    for path in ["pages/1", "fields", "progress"] {
        let stranger = commune.get(NEIGHBOUR, &format!("/v1/digitisations/{item}/{path}")).await;
        assert_eq!(stranger.status(), 404, "{path}");
    }
}
