//! What is tried with callbacks, over all payment adapters: only what the platform signed is ever heard.

use crate::stage::{afternoon, settings};
use connectors::{
    contract::samples::REFERENCE,
    payment::{
        Heard, Notice, Outcome, PaymentPlatform, Rejected, keypay_v3, national_platform, paygov,
        sandbox::{Spoken, Told},
        viettelpay_qr,
    },
    registry::{Connector, Kind, REGISTRY, find},
    wire::Wire,
};
use serde_json::json;
use std::sync::Arc;

struct Voice {
    key: &'static str,
    news: fn(&Told<'_>) -> Spoken,
    digest: &'static str,
    /// Whether the signature covers all that counts.
    proves: bool,
    /// Members that the signature covers.
    signed: &'static [&'static str],
}

const VOICES: [Voice; 4] = [
    Voice {
        key: "national_platform",
        news: national_platform::sandbox::confirm,
        digest: "MaXacThuc",
        proves: true,
        signed: &[
            "LoaiBanTin",
            "MaLoi",
            "MaDoiTac",
            "MaThamChieu",
            "SoTien",
            "MaTienTe",
            "MaGiaoDich",
            "MaNganHang",
            "ThoiGianGD",
            "ThongTinGiaoDich",
        ],
    },
    Voice {
        key: "paygov",
        news: paygov::sandbox::news,
        digest: "checksum",
        proves: true,
        signed: &["amount", "orderId", "requestCode", "transactionNo", "errorCode"],
    },
    Voice {
        key: "keypay_v3",
        news: keypay_v3::sandbox::news,
        digest: "check_sum",
        proves: false,
        signed: &["addition_fee", "client_id", "command", "trans_amount", "transaction_id", "version"],
    },
    Voice {
        key: "viettelpay_qr",
        news: viettelpay_qr::sandbox::news,
        digest: "check_sum",
        proves: false,
        signed: &["error_code", "merchant_code", "order_id"],
    },
];

fn platform(voice: &Voice) -> Arc<dyn PaymentPlatform> {
    let entry = find(voice.key).unwrap();
    let settings = settings(entry, "http://127.0.0.1:9", 300, &json!({}));
    match (entry.build)(settings, Wire::default()).unwrap() {
        Connector::Payment(platform) => platform,
        other => unreachable!("{other:?}"),
    }
}

fn told() -> Told<'static> {
    Told::of(REFERENCE, 20_000, "GD0001", afternoon())
}

// What is heard may be what was said, and nothing else: a hint names the payment, a notice all of it.
fn same(voice: &Voice, heard: &Heard) -> bool {
    match heard {
        Heard::Notice(Notice { reference, amount, transaction_id, outcome, .. }) => {
            voice.proves
                && (reference.as_str(), *amount, transaction_id.as_str(), *outcome)
                    == (REFERENCE, 20_000, "GD0001", Outcome::Paid)
        }
        Heard::Hint(hint) => !voice.proves && hint.reference == REFERENCE,
        Heard::Enquiry(_) => false,
    }
}

#[test]
fn every_payment_adapter_is_attacked() {
    let attacked: Vec<_> = VOICES.iter().map(|voice| voice.key).collect();
    let registered: Vec<_> =
        REGISTRY.iter().filter(|entry| entry.kind == Kind::Payment).map(|entry| entry.key).collect();

    assert_eq!(attacked, registered);
}

#[test]
fn genuine_news_is_heard_and_heard_again_the_same() {
    for voice in &VOICES {
        let (platform, body) = (platform(voice), (voice.news)(&told()).body());

        let heard = platform.verify(&body).unwrap();

        assert!(same(voice, &heard), "{}: {heard:?}", voice.key);
        assert_eq!(platform.verify(&body), Ok(heard), "{}", voice.key);
    }
}

#[test]
fn a_character_changed_in_any_member_is_refused_or_changes_nothing() {
    for voice in &VOICES {
        let (platform, genuine) = (platform(voice), (voice.news)(&told()));
        for name in genuine.names() {
            let text = genuine.text(&name);
            for place in 0..text.len() {
                let changed = genuine.clone().with(&name, &altered(&text, place));
                let heard = platform.verify(&changed.body());

                let case = format!("{} {name} {place}: {heard:?}", voice.key);
                if voice.signed.contains(&name.as_str()) || name == voice.digest {
                    assert!(heard.is_err(), "{case}");
                } else {
                    assert!(heard.as_ref().map_or(true, |heard| same(voice, heard)), "{case}");
                }
            }
        }
    }
}

#[test]
fn sums_one_apart_others_keys_and_others_names_are_refused() {
    for voice in &VOICES {
        let platform = platform(voice);
        let refused = |told: Told<'_>| platform.verify(&(voice.news)(&told).body()).unwrap_err();

        assert_eq!(refused(Told { secret: "khoa-khac", ..told() }), Rejected::Forged, "{}", voice.key);
        let other = refused(Told { partner: "H98", ..told() });
        assert!(matches!(other, Rejected::WrongPartner | Rejected::Forged), "{} {other:?}", voice.key);

        let genuine = (voice.news)(&told());
        if genuine.names().iter().any(|name| genuine.text(name) == "VND") {
            let foreign = refused(Told { currency: "USD", ..told() });
            assert_eq!(foreign, Rejected::WrongCurrency, "{}", voice.key);
        }
        for amount in [19_999, 20_001] {
            let resigned = platform.verify(&(voice.news)(&Told { amount, ..told() }).body()).unwrap();
            assert!(
                matches!(&resigned, Heard::Notice(n) | Heard::Hint(n) if n.amount == amount),
                "{} says what it was told, the office compares: {resigned:?}",
                voice.key
            );
        }
    }
}

#[test]
fn a_digest_in_another_shape_is_forged() {
    for voice in &VOICES {
        let platform = platform(voice);
        // A digest with a zero before it, so that a number made of it would be shorter.
        let references: Vec<String> = (0..400).map(|n| format!("0C7F8XK2M4N6P8R0{n:04}")).collect();
        let mut zero = references.iter().map(|reference| (voice.news)(&Told { reference, ..told() }));
        let zero = zero.find(|news| news.text(voice.digest).starts_with('0')).unwrap();
        let digest = zero.text(voice.digest);
        assert!(platform.verify(&zero.body()).is_ok(), "{}", voice.key);

        let stripped = digest.trim_start_matches('0').to_owned();
        let shapes = [
            stripped,
            digest.to_uppercase(),
            digest.to_lowercase(),
            format!("{digest} "),
            format!("0{digest}"),
        ];
        for shape in shapes.into_iter().filter(|shape| *shape != digest) {
            let bent = zero.clone().with(voice.digest, &shape);
            assert_eq!(platform.verify(&bent.body()), Err(Rejected::Forged), "{} {shape}", voice.key);
        }
        let empty = platform.verify(&zero.clone().with(voice.digest, "").body());
        assert!(matches!(empty, Err(Rejected::Malformed | Rejected::Forged)), "{}", voice.key);
    }
}

#[test]
fn what_is_cut_too_large_or_no_text_is_refused() {
    for voice in &VOICES {
        let (platform, body) = (platform(voice), (voice.news)(&told()).body());
        for length in (0..body.len()).step_by(7) {
            assert!(platform.verify(&body[..length]).is_err(), "{} cut at {length}", voice.key);
        }
        for place in (0..body.len()).step_by(7) {
            let mut bent = body.clone();
            bent[place] = 0xff;
            assert!(platform.verify(&bent).is_err(), "{} no text at {place}", voice.key);
        }
        let mut large = body.clone();
        large.extend(std::iter::repeat_n(b' ', 64 << 10));
        assert_eq!(platform.verify(&large), Err(Rejected::Malformed), "{}", voice.key);
    }
}

#[test]
fn five_thousand_mutations_of_each_bring_nothing_new() {
    for voice in &VOICES {
        let (platform, body) = (platform(voice), (voice.news)(&told()).body());
        let mut chance = Chance(0x9e37_79b9_7f4a_7c15);
        let mut refused = 0;
        for round in 0..5_000 {
            let mutated = chance.mutate(&body);

            match platform.verify(&mutated) {
                Ok(heard) => {
                    let words = String::from_utf8_lossy(&mutated);
                    assert!(same(voice, &heard), "{} round {round}: {words} gave {heard:?}", voice.key);
                }
                Err(_) => refused += 1,
            }
        }
        assert!(refused > 2_500, "{}: only {refused} were refused", voice.key);
    }
}

fn altered(text: &str, place: usize) -> String {
    let mut bytes = text.as_bytes().to_vec();
    bytes[place] = match bytes[place] {
        b'9' => b'1',
        b'Z' | b'z' => b'a',
        byte @ (b'0'..=b'8' | b'A'..=b'Y' | b'a'..=b'y') => byte + 1,
        _ => b'x',
    };
    String::from_utf8(bytes).unwrap()
}

/// Chance that falls the same way in every run.
struct Chance(u64);

impl Chance {
    fn below(&mut self, limit: usize) -> usize {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        usize::try_from(self.0 >> 11).unwrap() % limit.max(1)
    }

    fn mutate(&mut self, body: &[u8]) -> Vec<u8> {
        let mut bytes = body.to_vec();
        for _ in 0..=self.below(3) {
            let (place, other) = (self.below(bytes.len()), self.below(bytes.len()));
            match self.below(6) {
                0 => bytes[place] ^= 1 << self.below(8),
                1 => drop(bytes.remove(place)),
                2 => bytes.insert(place, b"0123456789\"{},:&=%+|\\\x00"[self.below(22)]),
                3 => bytes.swap(place, other),
                4 => {
                    let piece = bytes[place.min(other)..place.max(other)].to_vec();
                    let at = self.below(bytes.len());
                    bytes.splice(at..at, piece);
                }
                _ => bytes.truncate(place.max(1)),
            }
            if bytes.is_empty() {
                bytes.push(b'{');
            }
        }
        bytes
    }
}
