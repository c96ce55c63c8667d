//! Every door that outside parties speak at, with a message of each kind that would be taken there.

use super::letter::{Headers, Inbound, Taken};
use crate::inbox::attacks as portal;
use crate::inbox::scene::{KEY, dossier, settings_of, supplement};
use crate::payments::callbacks_attacked::{self as money, VOICES, Voice};
use crate::shipments::scene as post;
use crate::support::clock;
use crate::support::commune::{Commune, MAU, text};
use connectors::payment::sandbox::Told;
use connectors::payment::viettelpay_qr;
use connectors::post::viettel_sandbox::WEBHOOK_TOKEN;
use connectors::registry::find;
use connectors::text::sandbox::{APP, RECEIPT_SECRET, WEBHOOK_SECRET};
use connectors::wire::Wire;
use connectors::wires::Wires;
use entities::shipments::ordering;
use entities::tables::notices;
use sea_orm::{ActiveModelTrait, IntoActiveModel};
use serde_json::{Value, json};
use sha2::{Digest, Sha256};
use uuid::Uuid;

pub const PAYMENTS: &str = "/v1/callbacks/payments/{platform}";
pub const TEXTS: &str = "/v1/callbacks/texts/{connector}";
pub const PORTALS: &str = "/v1/callbacks/portals/{connector}/{family}";
pub const CARRIERS: &str = "/v1/callbacks/carriers/{carrier}";
/// The connectors of each door.
pub const PARTIES: [(&str, &[&str]); 4] = [
    (PAYMENTS, &["national_platform", "paygov", "keypay_v3", "viettelpay_qr"]),
    (CARRIERS, &["vnpost_hcc", "vnpost_lgsp", "viettel_post"]),
    (PORTALS, &["dvcqg", "dvcqg_lgsp", "dvcqg_array"]),
    (TEXTS, &["sms_gateway", "zalo_zns"]),
];

/// An office in which the messages of a party would be taken.
pub async fn opened(route: &str, party: &'static str) -> (Commune, Vec<Inbound>) {
    match route {
        PAYMENTS => platform(VOICES.iter().find(|voice| voice.key == party).unwrap()).await,
        CARRIERS => carrier(party).await,
        PORTALS => portal_of(party).await,
        _ => texts(party).await,
    }
}

async fn platform(voice: &'static Voice) -> (Commune, Vec<Inbound>) {
    let scene = money::Scene::set(voice).await;
    let said = |told: Told<'_>| (voice.news)(&told).body();
    let news = Inbound {
        route: PAYMENTS,
        party: voice.key,
        family: "news",
        proof: nothing,
        body: said(scene.told()),
        forged: vec![(Headers::new(), said(Told { secret: "khoa-khac", ..scene.told() }))],
        early: Vec::new(),
        late: vec![said(Told { paid: false, ..scene.told() })],
        // What proves too little is a question to the platform, and nothing more.
        noted_in: if voice.proves { &[] } else { &["jobs"] },
        limit: 64 << 10,
        taken: Taken::Platform(voice.good),
        effect: true,
    };
    let mut all = vec![news];
    if voice.key == "viettelpay_qr" {
        let asked = |told: Told<'_>| viettelpay_qr::sandbox::enquiry(&told).body();
        all.insert(
            0,
            Inbound {
                family: "enquiry",
                body: asked(scene.told()),
                forged: vec![(Headers::new(), asked(Told { secret: "khoa-khac", ..scene.told() }))],
                early: vec![asked(Told { reference: "00000000000000000000", ..scene.told() })],
                late: Vec::new(),
                noted_in: &[],
                effect: false,
                ..copy(&all[0])
            },
        );
    }
    (scene.commune, all)
}

fn copy(one: &Inbound) -> Inbound {
    Inbound {
        body: one.body.clone(),
        forged: one.forged.clone(),
        early: one.early.clone(),
        late: one.late.clone(),
        ..*one
    }
}

async fn carrier(party: &'static str) -> (Commune, Vec<Inbound>) {
    let (commune, _twin) = post::with(party).await;
    let dossier = post::decided(&commune).await;
    let row = post::shipment(&commune, &dossier, "return").await;
    let tx = commune.database.begin().await.unwrap();
    ordering::begin(&tx, row.id, &[party.to_owned()], clock::opening()).await.unwrap();
    let number = Some("VTP1".to_owned());
    let taken = ordering::Taken { remark: None, carrier_number: number, cod_amount: 0, expected_on: None };
    ordering::ordered(&tx, &commune.office.sealer, row.id, taken, clock::opening()).await.unwrap();
    tx.commit().await.unwrap();
    let said = |token: &str, code: &str, at: &str| {
        let event = json!({
            "ORDER_NUMBER": "VTP1", "ORDER_REFERENCE": "", "ORDER_STATUS": code, "STATUS_NAME": "Theo lời bưu điện",
            "ORDER_STATUSDATE": format!("10/11/2026 {at}"),
        });
        json!({"DATA": event, "TOKEN": token}).to_string().into_bytes()
    };
    let hears = party == "viettel_post";
    let event = Inbound {
        route: CARRIERS,
        party,
        family: "",
        proof: nothing,
        body: said(WEBHOOK_TOKEN, "5", "10:00:00"),
        forged: vec![
            (Headers::new(), said("giả", "5", "10:00:00")),
            (Headers::new(), said("", "5", "10:00:00")),
        ],
        early: Vec::new(),
        late: vec![said(WEBHOOK_TOKEN, "2", "09:00:00")],
        noted_in: &["sightings"],
        limit: 256 << 10,
        taken: Taken::Status,
        effect: hears,
    };
    (commune, vec![event])
}

async fn portal_of(party: &'static str) -> (Commune, Vec<Inbound>) {
    let entry = find(party).unwrap();
    let built = (entry.build)(settings_of(party), Wire::default()).unwrap();
    let wires = crate::support::commune::platform("http://127.0.0.1:9").with(party, built);
    let commune = Commune::open_with(clock::opening(), wires).await;
    let limit = commune.office.settings.portal.message_limit_bytes;
    let of = |family: &'static str, body: String| Inbound {
        route: PORTALS,
        party,
        family,
        proof: portal_key,
        forged: [None, Some(""), Some("khoa-sai")]
            .map(|key| {
                (key.map(|key| ("x-security-key", key.to_owned())).into_iter().collect(), bytes(&body))
            })
            .into(),
        body: bytes(&body),
        early: Vec::new(),
        late: Vec::new(),
        noted_in: &[],
        limit,
        taken: Taken::Code,
        effect: !["search_call", "dptracuuthanhtoanhs"].contains(&family),
    };
    let first = of("mapped", dossier(portal::ID).to_string());
    assert!(first.say(&commune, &first.body).await, "the dossier that the others speak of");
    let all = portal::good().into_iter().map(|(family, body)| {
        let (early, late, noted_in) = out_of_turn(family, &body);
        Inbound { early, late, noted_in, ..of(family, body) }
    });
    (commune, all.collect())
}

/// What comes before its time, what comes after it, and where that is noted.
fn out_of_turn(family: &str, body: &str) -> (Vec<Vec<u8>>, Vec<Vec<u8>>, &'static [&'static str]) {
    const NOWHERE: &str = "G22.99-260310-0099";
    let elsewhere = bytes(&body.replace(portal::ID, NOWHERE));
    let of_the_tax = |sheet: &Value| json!({"data": {"FileThongBaoThue": sheet}}).to_string();
    match family {
        "mapped" => (vec![bytes(&supplement(NOWHERE, json!([])).to_string())], Vec::new(), &[]),
        "nhanhsdvcqg" => (vec![bytes(&body.replace("false", "true"))], Vec::new(), &[]),
        // Another content under the key of a dossier is shown to the desk and changes nothing of it.
        "addtthcKhuyenMai" => (Vec::new(), vec![bytes(&body.replace("Thử", "Khác"))], &["flags"]),
        "NhanThongBaoThueDat" => (vec![bytes(&of_the_tax(&json!(portal::sheet(NOWHERE))))], Vec::new(), &[]),
        _ => (vec![elsewhere], Vec::new(), &[]),
    }
}

async fn texts(party: &'static str) -> (Commune, Vec<Inbound>) {
    let entry = find(party).unwrap();
    let built = (entry.build)((entry.example)("http://127.0.0.1:9"), Wire::default()).unwrap();
    let wires: Wires = crate::support::commune::platform("http://127.0.0.1:9").with(party, built);
    let commune = Commune::open_with(clock::opening(), wires).await;
    let dossier = commune.submit(MAU, commune.copies(), |_| {}).await;
    let row = handed(text(&dossier, "id").parse().unwrap(), party);
    row.into_active_model().insert(commune.database.writer()).await.unwrap();
    let (proof, stranger): (fn(&[u8]) -> Headers, &str) = match party {
        "sms_gateway" => (gateways_secret, "x-receipt-key"),
        _ => (zalos_signature, "x-zevent-signature"),
    };
    let body = receipt(party, true);
    let receipt_of = Inbound {
        route: TEXTS,
        party,
        family: "",
        proof,
        forged: vec![
            (Headers::new(), body.clone()),
            (vec![(stranger, "mac=00".to_owned())], body.clone()),
            (
                proof(b"{}").into_iter().map(|(name, value)| (name, format!("{value}0"))).collect(),
                body.clone(),
            ),
        ],
        body,
        early: Vec::new(),
        late: vec![receipt(party, false)],
        noted_in: &[],
        limit: 256 << 10,
        taken: Taken::Status,
        effect: true,
    };
    (commune, vec![receipt_of])
}

/// A notice that the party has.
fn handed(dossier_id: Uuid, party: &str) -> notices::Model {
    let at = clock::opening();
    notices::Model {
        id: Uuid::now_v7(),
        dossier_id,
        entry: 1,
        event: "submit".into(),
        occasion: "1".into(),
        channel: if party == "zalo_zns" { "zalo" } else { "sms" }.into(),
        recipient_index: "chỉ mục".into(),
        recipient_sealed: "niêm phong".into(),
        person: "người".into(),
        addressee: None,
        state: "handed".into(),
        template: "submit/vi/0".into(),
        words_sealed: "niêm phong".into(),
        reason: None,
        quiet: false,
        repeats: 0,
        party: Some(party.into()),
        party_ref: Some("TN000001".into()),
        act_at: at,
        hand_at: at,
        created_at: at,
        handed_over_at: Some(at),
        delivered_at: None,
        seen_by: None,
        seen_at: None,
    }
}

fn receipt(party: &str, arrived: bool) -> Vec<u8> {
    let said = match party {
        "sms_gateway" => {
            json!({"messageId": "TN000001", "status": if arrived { "delivered" } else { "failed" }})
        }
        _ => json!({
            "app_id": APP, "timestamp": STAMP, "message": {"msg_id": "TN000001"},
            "event_name": if arrived { "user_received_message" } else { "user_missed_message" },
        }),
    };
    bytes(&said.to_string())
}

const STAMP: &str = "1790000000000";

fn nothing(_: &[u8]) -> Headers {
    Headers::new()
}

fn portal_key(_: &[u8]) -> Headers {
    vec![("x-security-key", KEY.to_owned())]
}

fn gateways_secret(_: &[u8]) -> Headers {
    vec![("x-receipt-key", RECEIPT_SECRET.to_owned())]
}

/// Zalo signs whatever it sends, also what is cut or too large.
fn zalos_signature(body: &[u8]) -> Headers {
    let digest = Sha256::new().chain_update(APP).chain_update(body).chain_update(STAMP);
    let digest = digest.chain_update(WEBHOOK_SECRET).finalize();
    vec![("x-zevent-signature", format!("mac={}", hex::encode(digest)))]
}

fn bytes(text: &str) -> Vec<u8> {
    text.as_bytes().to_vec()
}
