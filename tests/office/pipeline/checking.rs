//! People check what the machine read: who sees what, who may key, and how the paper goes on.

use super::paper::numbered;
use super::scene::Desk;
use entities::Error;
use entities::digitisations::fields::{self, Field, FieldRead};
use entities::digitisations::keyings::Keyed;
use entities::digitisations::moving::Found;
use entities::digitisations::{stage_done, waiting};
use rules::actor::{Actor, Assignment, Role};
use rules::papers::keying::FieldState;
use rules::papers::{Stage, WaitsFor};
use workers::Outcome;

fn officer(desk: &Desk, name: &str) -> Actor {
    let assignments = vec![Assignment { role: Role::CaseOfficer, unit: Some(desk.scene.unit) }];
    Actor {
        subject: format!("thử nghiệm|{name}"), name: name.into(), assignments, ..desk.scene.officer()
    }
}

/// A paper at its check, with one field read unsurely and, with `percent` 100, everything drawn by lot.
async fn at_check(percent: u8) -> Desk {
    let desk = Desk::with(&numbered(1)).await;
    for _ in 0..5 {
        assert_eq!(desk.work_one().await, Outcome::Done);
    }
    let (hands, at) = (&desk.scene.hands, desk.scene.clock.now());
    let read = |name: &str, value: &str, confidence| FieldRead {
        name: name.into(),
        value: Some(value.into()),
        confidence,
        region: None,
        check_below: 80,
    };
    let found = [read("number", "12/GT", 50), read("issuer", "UBND", 99)];
    let tx = hands.database.begin().await.unwrap();
    fields::put(&tx, &hands.sealer, (desk.item, percent), &found, at).await.unwrap();
    let extracted = Found {
        stage: Stage::Extract,
        skipped: false,
        report: serde_json::json!({}),
        report_sealed: None,
        output_sha256: None,
        engine: "tests".into(),
        millis: 0,
    };
    stage_done(&tx, desk.item, extracted, Stage::Check, at).await.unwrap();
    waiting(&tx, desk.item, WaitsFor::Check, None, at).await.unwrap();
    tx.commit().await.unwrap();
    desk
}

async fn key(desk: &Desk, by: &Actor, values: &[(&str, &str)]) -> Result<(), Error> {
    let keyed: Vec<Keyed> = values
        .iter()
        .map(|(field, value)| Keyed { field: (*field).into(), value: (*value).into() })
        .collect();
    let tx = desk.scene.hands.database.begin().await?;
    desk.scene.door(&tx, by).key_fields(desk.item, None, &keyed).await?;
    tx.commit().await?;
    Ok(())
}

async fn field(desk: &Desk, name: &str) -> Field {
    let (db, sealer) = (desk.scene.hands.database.reader(), &desk.scene.hands.sealer);
    let all = fields::of(db, sealer, desk.item).await.unwrap();
    all.into_iter().find(|field| field.row.name == name).unwrap()
}

fn blocks(refused: Result<(), Error>) -> Vec<&'static str> {
    match refused {
        Err(Error::Refused(refusal)) => refusal.blocked_by.iter().map(|block| block.code).collect(),
        other => panic!("{other:?}"),
    }
}

#[tokio::test]
async fn a_field_read_unsurely_is_keyed_by_one_person_and_the_paper_is_filed_with_it() {
    let desk = at_check(0).await;
    let an = officer(&desk, "an");
    assert_eq!(field(&desk, "issuer").await.state, FieldState::Taken);

    key(&desk, &an, &[("number", " 12/CT ")]).await.unwrap();

    let number = field(&desk, "number").await;
    assert_eq!((number.state, number.settled.as_deref()), (FieldState::Checked, Some("12/CT")));
    assert_eq!(number.row.machine_right.as_deref(), Some("no"));
    assert_eq!(desk.work().await, Outcome::Done);
    assert_eq!((desk.item().await.state.as_str(), desk.documents().await), ("filed", 1));
}

#[tokio::test]
async fn a_drawn_field_is_keyed_by_two_people_unseen_and_a_third_decides() {
    let desk = at_check(100).await;
    let (an, binh, chi) = (officer(&desk, "an"), officer(&desk, "binh"), officer(&desk, "chi"));

    key(&desk, &an, &[("number", "12/CT"), ("issuer", "UBND")]).await.unwrap();
    assert_eq!(blocks(key(&desk, &an, &[("number", "12/CT")]).await), ["keyed_by_you"]);
    let number = field(&desk, "number").await;
    assert!(!number.keying().shows_reading() && !number.keying().shows_keyings(&binh.subject));

    key(&desk, &binh, &[("number", "12/GT"), ("issuer", "UBND")]).await.unwrap();
    assert_eq!(field(&desk, "number").await.state, FieldState::Differs);
    assert_eq!(field(&desk, "issuer").await.state, FieldState::Checked);
    assert_eq!(blocks(key(&desk, &binh, &[("number", "12/GT")]).await), ["keyed_by_you"]);

    key(&desk, &chi, &[("number", "12/GT")]).await.unwrap();
    let number = field(&desk, "number").await;
    assert_eq!(
        (number.settled.as_deref(), number.row.machine_right.as_deref()),
        (Some("12/GT"), Some("yes"))
    );
    assert_eq!(number.row.third_by.as_deref(), Some(chi.subject.as_str()));
    assert_eq!(desk.item().await.stage, "file");
}

#[tokio::test]
async fn strangers_key_nothing_and_unknown_fields_are_refused_whole() {
    let desk = at_check(0).await;
    let (an, citizen) = (officer(&desk, "an"), desk.scene.citizen());

    assert!(matches!(key(&desk, &citizen, &[("number", "1")]).await, Err(Error::NotFound(_))));
    let unknown = key(&desk, &an, &[("number", "1"), ("colour", "đỏ")]).await;
    assert!(matches!(unknown, Err(Error::Invalid(_))), "{unknown:?}");

    assert_eq!(field(&desk, "number").await.state, FieldState::ToCheck);
    key(&desk, &an, &[("number", "1")]).await.unwrap();
    assert_eq!(blocks(key(&desk, &an, &[("number", "2")]).await), ["not_at_check"]);
}

#[tokio::test]
async fn the_draw_is_the_same_whenever_it_is_made() {
    let desk = at_check(50).await;
    let before = [field(&desk, "number").await.row.drawn, field(&desk, "issuer").await.row.drawn];
    let (hands, at) = (&desk.scene.hands, desk.scene.clock.now());
    let read = ["number", "issuer"].map(|name| FieldRead {
        name: name.into(),
        value: None,
        confidence: 99,
        region: None,
        check_below: 80,
    });

    fields::put(hands.database.writer(), &hands.sealer, (desk.item, 50), &read, at).await.unwrap();

    assert_eq!([field(&desk, "number").await.row.drawn, field(&desk, "issuer").await.row.drawn], before);
}
