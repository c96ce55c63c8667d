//! What is tried at the door of every payment platform: nothing moves, and nothing of it is answered as good.

use super::tally::{Tally, asked, opened, verdicts};
use crate::support::clock;
use crate::support::commune::{Commune, text};
use crate::support::house::json;
use chrono::{DateTime, TimeDelta, Utc};
use connectors::payment::sandbox::{Spoken, Told};
use connectors::payment::{keypay_v3, national_platform, paygov, viettelpay_qr};
use connectors::registry::{Connector, Kind, REGISTRY};
use connectors::wire::Wire;
use connectors::wires::Wires;
use entities::tables::payments;
use reqwest::Method;
use sea_orm::{ActiveModelTrait, EntityTrait, IntoActiveModel, Set};
use serde_json::{Value, json as body};

/// How a platform speaks to the office, and when it was answered as good.
pub struct Voice {
    pub key: &'static str,
    pub news: fn(&Told<'_>) -> Spoken,
    pub good: fn(&Value) -> bool,
    digest: &'static str,
    /// Whether the signature covers all that counts; otherwise the office asks before it believes.
    pub proves: bool,
    signed: &'static [&'static str],
}

pub const VOICES: [Voice; 4] = [
    Voice {
        key: "national_platform",
        news: national_platform::sandbox::confirm,
        good: |answer| answer["MaLoi"] == "00",
        digest: "MaXacThuc",
        proves: true,
        signed: &["LoaiBanTin", "MaLoi", "MaDoiTac", "MaThamChieu", "SoTien", "MaTienTe", "MaGiaoDich"],
    },
    Voice {
        key: "paygov",
        news: paygov::sandbox::news,
        good: |answer| answer["error_code"] == "SUCCESSFUL",
        digest: "checksum",
        proves: true,
        signed: &["amount", "orderId", "requestCode", "transactionNo", "errorCode"],
    },
    Voice {
        key: "keypay_v3",
        news: keypay_v3::sandbox::news,
        good: |answer| answer["return_code"] == 0,
        digest: "check_sum",
        proves: false,
        signed: &["addition_fee", "client_id", "command", "trans_amount", "transaction_id", "version"],
    },
    Voice {
        key: "viettelpay_qr",
        news: viettelpay_qr::sandbox::news,
        good: |answer| answer["error_code"] == "00",
        digest: "check_sum",
        proves: false,
        signed: &["error_code", "merchant_code", "order_id"],
    },
];

/// An office with all platforms, and a payment of 12,000 đồng that waits at one of them.
pub struct Scene {
    pub commune: Commune,
    voice: &'static Voice,
    reference: String,
    at: DateTime<Utc>,
}

impl Scene {
    pub async fn set(voice: &'static Voice) -> Self {
        let mut wires = Wires::default();
        for entry in REGISTRY.iter().filter(|entry| entry.kind == Kind::Payment) {
            let connector: Connector =
                (entry.build)((entry.example)("http://127.0.0.1:9"), Wire::default()).unwrap();
            wires.add(entry.key, connector);
        }
        let at = clock::opening();
        let commune = Commune::open_with(at, wires).await;
        let dossier = asked(&commune).await;
        let payment = opened(&commune, &dossier).await;
        let reference = text(&payment, "reference").to_owned();
        let row = payments::Entity::find().one(commune.database.reader()).await.unwrap().unwrap();
        let mut row = row.into_active_model();
        (row.platform, row.state) = (Set(voice.key.into()), Set("pending".into()));
        row.update(commune.database.writer()).await.unwrap();
        Self { commune, voice, reference, at }
    }

    pub fn told(&self) -> Told<'_> {
        Told::of(&self.reference, 12_000, "GD000001", self.at)
    }

    fn genuine(&self) -> Spoken {
        (self.voice.news)(&self.told())
    }

    async fn tell(&self, message: Vec<u8>) -> bool {
        let path = format!("/v1/callbacks/payments/{}", self.voice.key);
        let request = self.commune.ask(Method::POST, &path).body(message);
        (self.voice.good)(&json(request.send().await.unwrap(), 200).await)
    }

    async fn state(&self) -> String {
        payments::Entity::find().one(self.commune.database.reader()).await.unwrap().unwrap().state
    }

    async fn tally(&self) -> Tally {
        Tally::of(&self.commune).await
    }

    /// Everything that is not what the platform signed for us and this payment.
    fn attacks(&self) -> Vec<(String, Vec<u8>)> {
        let genuine = self.genuine();
        let bent = |told: Told<'_>| (self.voice.news)(&told).body();
        let mut all = vec![
            ("another key".to_owned(), bent(Told { secret: "khoa-khac", ..self.told() })),
            ("another partner".to_owned(), bent(Told { partner: "H98", ..self.told() })),
            ("one more".to_owned(), bent(Told { amount: 12_001, ..self.told() })),
            ("one less".to_owned(), bent(Told { amount: 11_999, ..self.told() })),
            ("a hundredfold".to_owned(), bent(Told { amount: 1_200_000, ..self.told() })),
            ("unknown".to_owned(), bent(Told { reference: "00000000000000000000", ..self.told() })),
            ("nothing".to_owned(), Vec::new()),
            ("no text".to_owned(), vec![0xff, 0xfe, 0x00, b'{']),
            ("no digest".to_owned(), genuine.clone().with(self.voice.digest, "").body()),
            ("half a digest".to_owned(), {
                let digest = genuine.text(self.voice.digest);
                genuine.clone().with(self.voice.digest, &digest[..digest.len() / 2]).body()
            }),
            ("upper case".to_owned(), {
                genuine
                    .clone()
                    .with(self.voice.digest, &genuine.text(self.voice.digest).to_uppercase())
                    .body()
            }),
            ("zero before".to_owned(), {
                let digest = format!("0{}", genuine.text(self.voice.digest));
                genuine.clone().with(self.voice.digest, &digest).body()
            }),
            ("oversized".to_owned(), [genuine.body(), vec![b' '; 64 << 10]].concat()),
        ];
        if genuine.names().iter().any(|name| genuine.text(name) == "VND") {
            all.push(("other money".to_owned(), bent(Told { currency: "USD", ..self.told() })));
        }
        for name in self.voice.signed {
            let changed = altered(&genuine.text(name));
            all.push((format!("{name} {changed}"), genuine.clone().with(name, &changed).body()));
        }
        let whole = genuine.body();
        all.extend((0..whole.len()).step_by(7).map(|end| (format!("cut at {end}"), whole[..end].to_vec())));
        all
    }
}

fn altered(text: &str) -> String {
    let last = text.chars().last().unwrap();
    let other = if last == '1' { '2' } else { '1' };
    format!("{}{other}", &text[..text.len() - last.len_utf8()])
}

#[tokio::test]
async fn nothing_false_moves_anything_or_is_answered_as_good_at_any_platform() {
    let known: Vec<_> = VOICES.iter().map(|voice| voice.key).collect();
    let registered = REGISTRY.iter().filter(|entry| entry.kind == Kind::Payment).map(|entry| entry.key);
    assert_eq!(known, registered.collect::<Vec<_>>());
    for voice in &VOICES {
        let scene = Scene::set(voice).await;
        let before = scene.tally().await;

        let attacks = scene.attacks();
        for (what, message) in &attacks {
            assert!(!scene.tell(message.clone()).await, "{}: {what} was answered as good", voice.key);
        }

        assert_eq!(scene.tally().await, before, "{}", voice.key);
        let kept = verdicts(&scene.commune).await;
        assert_eq!(kept.len(), attacks.len(), "{}: all are kept with a verdict on them", voice.key);
        assert!(scene.tell(scene.genuine().body()).await, "{}: the true one is still good", voice.key);
    }
}

#[tokio::test]
async fn news_told_again_and_again_is_heard_once_at_any_platform() {
    for voice in &VOICES {
        let scene = Scene::set(voice).await;
        assert!(scene.tell(scene.genuine().body()).await, "{}", voice.key);
        let after = scene.tally().await;

        for _ in 0..3 {
            assert!(scene.tell(scene.genuine().body()).await, "{}: the platform may stop", voice.key);
        }

        assert_eq!(scene.tally().await, after, "{}", voice.key);
        let expected = if voice.proves { "paid" } else { "pending" };
        assert_eq!(scene.state().await, expected, "{}", voice.key);
    }
}

#[tokio::test]
async fn what_proves_too_little_is_only_a_question_to_the_platform() {
    for voice in VOICES.iter().filter(|voice| !voice.proves) {
        let scene = Scene::set(voice).await;
        let before = scene.tally().await;

        let genuine = scene.genuine();
        for name in genuine.names() {
            scene.tell(genuine.clone().with(&name, &altered(&genuine.text(&name))).body()).await;
        }
        scene.tell((voice.news)(&Told { paid: false, ..scene.told() }).body()).await;
        scene.tell(genuine.body()).await;

        let after = scene.tally().await;
        assert_eq!((&after.payments, &after.dossiers), (&before.payments, &before.dossiers), "{}", voice.key);
        assert_eq!((after.history, after.clock_events), (before.history, before.clock_events));
        assert!(after.jobs <= before.jobs + 2, "{}: one question for each of two ends", voice.key);
        assert!(verdicts(&scene.commune).await.contains(&"asked".to_owned()), "{}", voice.key);
    }
}

#[tokio::test]
async fn a_failure_after_the_success_and_a_success_after_the_failure_end_paid() {
    for voice in VOICES.iter().filter(|voice| voice.proves) {
        for paid_first in [true, false] {
            let scene = Scene::set(voice).await;
            for paid in [paid_first, !paid_first] {
                let told = Told { paid, ..scene.told() };

                assert!(scene.tell((voice.news)(&told).body()).await, "{} {paid}", voice.key);
            }
            assert_eq!(scene.state().await, "paid", "{} {paid_first}", voice.key);
            assert_eq!(scene.tally().await.dossiers[0].fee_state, "paid");
        }
    }
}

#[tokio::test]
async fn of_strangers_a_thousand_an_hour_are_kept_each_cut_and_for_a_month() {
    use entities::payments::{forget, note_stranger};
    let scene = Scene::set(&VOICES[0]).await;
    let (db, at) = (scene.commune.database.writer(), scene.at);
    let (of, long) = (("national_platform", "forged"), "x".repeat(16 << 10));

    for _ in 0..1_003 {
        note_stranger(db, of, &long, at).await.unwrap();
    }

    let kept = entities::tables::payment_messages::Entity::find().all(db).await.unwrap();
    assert_eq!((kept.len(), kept[0].body.len()), (1_000, 4_096));
    note_stranger(db, of, "later", at + TimeDelta::hours(2)).await.unwrap();
    assert_eq!(verdicts(&scene.commune).await.len(), 1_001);
    assert_eq!(forget(db, at + TimeDelta::hours(1), 5_000).await.unwrap(), 1_000);
    assert!(scene.tell(scene.genuine().body()).await, "the true one is heard all the while");
}

#[tokio::test]
async fn nothing_of_a_card_or_of_the_payers_telephone_is_kept() {
    for voice in &VOICES {
        let scene = Scene::set(voice).await;
        let message = match scene.genuine() {
            Spoken::Json(mut value) => {
                let members = value.as_object_mut().unwrap();
                members.insert("Token".to_owned(), body!("the-tok-1"));
                members.insert("SoThe".to_owned(), body!("9704000000000018"));
                Spoken::Json(value)
            }
            Spoken::Form(mut pairs) => {
                pairs.push(("SoThe".to_owned(), "9704000000000018".to_owned()));
                pairs.push(("Token".to_owned(), "the-tok-1".to_owned()));
                Spoken::Form(pairs)
            }
        };

        scene.tell(message.body()).await;
        scene.tell([&message.body(), &b"{"[..]].concat()).await;

        let kept = entities::tables::payment_messages::Entity::find();
        for line in kept.all(scene.commune.database.reader()).await.unwrap() {
            for secret in ["9704000000000018", "the-tok-1", "84900000001"] {
                assert!(!line.body.contains(secret), "{}: {}", voice.key, line.body);
            }
        }
    }
}
