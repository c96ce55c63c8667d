//! One channel after the other: which goes first, what waits for the morning, what follows a failure.

use super::scene::{Office, texts};
use chrono::TimeDelta;
use entities::dossiers::acts::Act;
use entities::notices::preferences::{keep, names_of};
use entities::notices::receipts::{Effect, News, take};
use entities::notices::state::NoticeState;
use entities::notices::telling::wording;
use entities::tables::dossiers::Model as Dossier;
use entities::tables::notices::{Column, Entity};
use rules::jobs::Job;
use rules::lang::Lang;
use rules::notices::{NoticeChannel, NoticeEvent, Wishes, Wording};
use sea_orm::sea_query::Expr;
use sea_orm::{ColumnTrait, EntityTrait, QueryFilter};
use workers::Outcome;

async fn submitted(office: &Office, email: Option<&str>, phone: &str) -> Dossier {
    let (email, phone) = (email.map(str::to_owned), phone.to_owned());
    office
        .scene
        .submit_as(|application| {
            application.applicant.email = email;
            application.applicant.phone = Some(phone);
        })
        .await
}

async fn wish(office: &Office, dossier: &Dossier, wishes: Wishes) {
    let tx = office.scene.hands.database.begin().await.unwrap();
    let name = names_of(dossier).remove(0);
    keep(&tx, &name, &wishes, (None, office.scene.clock.now())).await.unwrap();
    tx.commit().await.unwrap();
}

#[tokio::test]
async fn a_letter_goes_first_and_the_inbox_always_has_it() {
    let office = Office::open().await;
    let dossier = submitted(&office, Some("mau@nguoidan.example"), "0900000009").await;

    assert_eq!(office.tell(dossier.id, 1).await, [Outcome::Done]);

    assert_eq!(office.ways(dossier.id).await, ["email handed"]);
    let rows = office.notices(dossier.id).await;
    let inbox = rows.iter().find(|row| row.channel == "inbox").unwrap();
    let told = wording(&office.scene.hands.sealer, inbox).unwrap();
    let Some(Wording::Inbox { subject, text }) = told else { panic!("{told:?}") };
    assert_eq!(subject, format!("Hồ sơ {}: hệ thống đã nhận", dossier.code));
    assert!(text.contains("giờ của hệ thống"), "{text}");
}

#[tokio::test]
async fn an_address_that_is_refused_for_good_is_followed_by_the_next_channel_with_the_reason_kept() {
    let office = Office::open().await;
    let dossier = submitted(&office, Some("khong-co@nguoidan.example"), "0900000009").await;

    office.tell(dossier.id, 1).await;

    assert_eq!(office.ways(dossier.id).await, ["email failed", "zalo failed", "sms handed"]);
    let rows = office.notices(dossier.id).await;
    let reason =
        |channel: &str| rows.iter().find(|row| row.channel == channel).unwrap().reason.clone().unwrap();
    assert!(reason("email").contains("550"), "{}", reason("email"));
    assert!(reason("zalo").contains("no words are in force"), "{}", reason("zalo"));
    let text = texts(&office.sms).await.remove(0);
    assert!(text["said"].as_str().unwrap().starts_with(&format!("Ho so {}: he thong da nhan", dossier.code)));
}

#[tokio::test]
async fn words_that_zalo_has_approved_go_through_zalo() {
    let office = Office::open().await;
    office.approve(NoticeEvent::Submit).await;
    let dossier = submitted(&office, None, "0900000009").await;

    office.tell(dossier.id, 1).await;

    assert_eq!(office.ways(dossier.id).await, ["zalo handed"]);
    let text = texts(&office.zalo).await.remove(0);
    assert_eq!(
        (&text["phone"], &text["said"]["params"]["ma"]),
        (&"84900000009".into(), &dossier.code.into())
    );
}

#[tokio::test]
async fn a_notice_that_no_channel_takes_is_seen_by_administrators() {
    let office = Office::open().await;
    let dossier = submitted(&office, None, "0900000001").await;

    let ended = office.tell(dossier.id, 1).await;

    assert!(matches!(&ended[..], [Outcome::Fail { reason }] if reason.contains("code 5")), "{ended:?}");
    assert_eq!(office.ways(dossier.id).await, ["zalo failed", "sms failed"]);
}

#[tokio::test]
async fn what_did_not_arrive_goes_through_the_next_channel_and_a_repeated_receipt_changes_nothing() {
    let office = Office::open().await;
    office.approve(NoticeEvent::Submit).await;
    let dossier = submitted(&office, None, "0900000009").await;
    office.tell(dossier.id, 1).await;
    let news =
        News {
            party_ref: Some("TN000001".into()), key: None, undelivered: Some("không phát được".into())
        };

    let mut effects = Vec::new();
    for party in ["sms_gateway", "zalo_zns", "zalo_zns"] {
        let tx = office.scene.hands.database.begin().await.unwrap();
        effects.push(take(&tx, party, &news, office.scene.clock.now()).await.unwrap());
        tx.commit().await.unwrap();
    }
    office.hand_over().await;

    assert_eq!(effects, [Effect::Unknown, Effect::Changed, Effect::Nothing]);
    assert_eq!(office.ways(dossier.id).await, ["zalo undelivered", "sms handed"]);
}

#[tokio::test]
async fn the_persons_order_and_language_are_kept() {
    let office = Office::open().await;
    let dossier = submitted(&office, Some("mau@nguoidan.example"), "0900000009").await;
    let channels = vec![NoticeChannel::Sms, NoticeChannel::Email];
    wish(&office, &dossier, Wishes { channels, language: Some(Lang::En), ..Wishes::default() }).await;

    office.tell(dossier.id, 1).await;

    assert_eq!(office.ways(dossier.id).await, ["sms handed"]);
    let text = texts(&office.sms).await.remove(0);
    assert!(text["said"].as_str().unwrap().starts_with("Dossier "), "{text}");
}

#[tokio::test]
async fn telephones_stay_quiet_at_night_unless_it_is_urgent_or_the_person_does_not_mind() {
    for (act, quiet_hours, rings) in
        [(true, true, "11 07:00"), (false, true, "10 22:00"), (true, false, "10 22:00")]
    {
        let office = Office::open().await;
        let dossier = submitted(&office, None, "0900000009").await;
        wish(&office, &dossier, Wishes { quiet_hours, ..Wishes::default() }).await;
        let entry = if act {
            office.scene.act(&office.scene.officer(), dossier.id, Act::Accept).await.entries
        } else {
            1
        };
        office.scene.clock.set(crate::support::clock::opening() + TimeDelta::hours(13));

        let ended = office.tell(dossier.id, entry).await;

        let row = office.notices(dossier.id).await.into_iter().find(|row| row.channel == "sms").unwrap();
        assert_eq!(rules::local_time::local(row.hand_at).format("%d %H:%M").to_string(), rings);
        let waits = matches!(&ended[..], [Outcome::Wait { .. }]);
        assert_eq!(waits, rings.starts_with("11"), "{ended:?}");
        office.scene.clock.set(row.hand_at);
        office.hand_over().await;
        assert_eq!(office.ways(dossier.id).await.last().unwrap(), "sms handed");
    }
}

#[tokio::test]
async fn a_provider_that_is_down_is_waited_for_until_patience_ends() {
    let office = Office::open().await;
    let dossier = submitted(&office, Some("mau@nguoidan.example"), "0900000009").await;
    office.scene.mail.magic("down").await;

    let first = office.tell(dossier.id, 1).await;
    office.scene.pass(TimeDelta::minutes(241));
    office.hand_over().await;

    assert!(matches!(&first[..], [Outcome::Retry { .. }]), "{first:?}");
    assert_eq!(office.ways(dossier.id).await, ["email failed", "zalo failed", "sms handed"]);
}

#[tokio::test]
async fn a_text_that_was_cut_off_is_said_once_more_and_not_a_third_time() {
    let office = Office::open().await;
    let dossier = submitted(&office, None, "0900000009").await;
    office.tell(dossier.id, 1).await;
    let cut_off = async || {
        Entity::update_many()
            .col_expr(Column::State, Expr::value(NoticeState::Handing.key()))
            .filter(Column::Channel.eq("sms"))
            .exec(office.scene.hands.database.writer())
            .await
            .unwrap();
    };

    cut_off().await;
    let second = office.hand_over().await;
    cut_off().await;
    let third = office.hand_over().await;

    assert_eq!(second, [Outcome::Done]);
    assert!(
        matches!(&third[..], [Outcome::Fail { reason }] if reason.contains("cut off twice")),
        "{third:?}"
    );
    assert_eq!(texts(&office.sms).await[0]["copies"], 2);
}

#[tokio::test]
async fn nobody_is_told_the_same_twice_through_any_channel() {
    let office = Office::open().await;
    let dossier = submitted(&office, Some("mau@nguoidan.example"), "0900000009").await;

    assert_eq!(office.tell(dossier.id, 1).await.len(), 1);
    assert_eq!(office.scene.run(Job::SendNotice { dossier: dossier.id, entry: 1 }).await, Outcome::Done);

    assert_eq!(office.notices(dossier.id).await.len(), 2, "nobody is told the same twice");
}
