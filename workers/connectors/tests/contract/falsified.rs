//! The falsifications of law.md §10, tried over every way to the portal: what the party heard is true, or it heard nothing.

use crate::stage::{Stage, afternoon, patient, settings, trip};
use connectors::{
    contract::{portal as deeds, samples},
    portal::{DossierRecord, FeePayment, NationalPortal, ResultLine, Reuse},
    registry::{Connector, Kind, REGISTRY},
    wire::Wire,
};
use rules::status::Status;
use serde_json::{Value, json};
use std::sync::Arc;

fn ways() -> impl Iterator<Item = (&'static str, Stage)> {
    let portals = REGISTRY.iter().filter(|entry| entry.kind == Kind::Portal);
    portals.map(|entry| (entry.key, patient(entry.key)))
}

fn portal(stage: &Stage) -> Arc<dyn NationalPortal> {
    match &stage.connector {
        Connector::Portal(portal) => Arc::clone(portal),
        other => unreachable!("{other:?}"),
    }
}

/// The objects with this member in everything that the party heard.
async fn heard(stage: &Stage, member: &str) -> Vec<Value> {
    fn within(body: &Value, member: &str, found: &mut Vec<Value>) {
        match body {
            Value::Object(members) if members.contains_key(member) => found.push(body.clone()),
            Value::Object(members) => members.values().for_each(|inner| within(inner, member, found)),
            Value::Array(items) => items.iter().for_each(|inner| within(inner, member, found)),
            _ => {}
        }
    }
    let mut found = Vec::new();
    for request in stage.received().await["requests"].as_array().unwrap() {
        within(&request["body"], member, &mut found);
    }
    found
}

/// The record as the party heard it.
async fn told(stage: &Stage, change: impl FnOnce(&mut DossierRecord)) -> Value {
    let mut record = samples::record(afternoon());
    change(&mut record);
    portal(stage).push(&trip(), &record, false).await.unwrap();
    heard(stage, "TrangThaiHoSo").await.pop().unwrap()
}

/// The record is refused for good, in these words, and the party heard nothing.
async fn untold(stage: &Stage, words: &str, change: impl FnOnce(&mut DossierRecord)) {
    let mut record = samples::record(afternoon());
    change(&mut record);
    let failure = portal(stage).push(&trip(), &record, false).await.unwrap_err();
    assert!(!failure.is_retry() && failure.reason().contains(words), "{failure}");
    assert_eq!(heard(stage, "TrangThaiHoSo").await, Vec::<Value>::new());
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn x_01_no_status_is_told_as_another_one_over_any_way() {
    for (way, stage) in ways() {
        for (status, code) in Status::ALL.into_iter().zip(1..) {
            let code = json!(code.to_string());
            assert_eq!(told(&stage, |r| r.status = status).await["TrangThaiHoSo"], code, "{way}");

            let mut lines = samples::progress(1, afternoon());
            lines[0].status = status;
            portal(&stage).progress(&trip(), &lines).await.unwrap();
            assert_eq!(heard(&stage, "ThoiDiemXuLy").await.pop().unwrap()["TrangThai"], code, "{way}");

            let moved = connectors::portal::StatusTold { status, ..deeds::status(afternoon()) };
            portal(&stage).tell_status(&trip(), &moved).await.ok();
            let last = heard(&stage, "NgayXuLy").await.pop().unwrap();
            assert_eq!(last["TrangThai"], code, "{way}");
        }
    }
}

#[test]
fn x_01_no_settings_tell_a_status_as_done_that_is_not() {
    for entry in REGISTRY.iter().filter(|entry| entry.kind == Kind::Portal) {
        for table in ["statuses", "told_statuses"] {
            for status in Status::ALL {
                for code in ["9", "10"] {
                    let dialect = json!({"dialect": {(table): {(status.key()): code}}});
                    let settings = settings(entry, "http://127.0.0.1:9", 300, &dialect);

                    let built = (entry.build)(settings, Wire::default()).map(|_| ());

                    let done = matches!(status, Status::Decided | Status::Returned);
                    assert_eq!(built.is_ok(), done, "{} {table} {status:?} {code}", entry.key);
                }
            }
            let swapped = json!({"dialect": {(table): {"stopped": "90", "decided": "90"}}});
            let swapped = settings(entry, "http://127.0.0.1:9", 300, &swapped);
            assert!((entry.build)(swapped, Wire::default()).is_err(), "{} {table}", entry.key);
        }
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn x_02_no_number_is_made_up_over_any_way() {
    for (way, stage) in ways() {
        for placeholder in ["000000001", "000000000000"] {
            untold(&stage, "placeholder", |r| r.owner.identity_numbers = vec![placeholder.to_owned()]).await;
        }
        let without = told(&stage, |r| {
            r.owner.identity_numbers.clear();
            r.owner.document_number = None;
        });
        let without = without.await;
        assert_eq!((&without["DinhDanhCHS"], &without["SoGiayToChuHoSo"]), (&json!([]), &json!("")), "{way}");
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn x_03_no_paper_is_told_as_digitised_or_reused_by_rule_over_any_way() {
    for (way, stage) in ways() {
        let item = told(&stage, |r| {
            r.papers.iter_mut().for_each(|paper| paper.digitised = false);
            r.papers[1].reuse = Reuse::FromComponent;
        });
        let item = item.await;
        let of =
            |member: &str| [&item["TaiLieuNop"][0][member], &item["TaiLieuNop"][1][member]].map(Value::clone);
        assert_eq!(
            (of("DuocSoHoa"), of("DuocTaiSuDung")),
            (["0", "0"].map(Value::from), ["0", "1"].map(Value::from)),
            "{way}"
        );
        assert_eq!(item["HoSoCoThanhPhanSoHoa"], "0", "{way}");
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn x_04_no_submitted_paper_is_told_as_the_result_over_any_way() {
    for (way, stage) in ways() {
        let submitted = ResultLine {
            name: "Bản sao chứng thực".to_owned(),
            component_code: None,
            file_id: samples::record(afternoon()).papers[0].file_id.clone(),
            link: None,
            result_code: None,
        };
        untold(&stage, "submitted paper", |r| r.results = vec![submitted]).await;
        assert_eq!(
            told(&stage, |r| r.status = Status::Decided).await["DanhSachGiayToKetQua"],
            json!([]),
            "{way}"
        );
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn x_05_no_code_is_made_up_over_any_way() {
    for (way, stage) in ways() {
        for code in ["", "12345", "000.14.10.H99-240529-"] {
            untold(&stage, "national form", |r| r.code = code.to_owned()).await;
        }
        assert_eq!(told(&stage, |_| ()).await["MaHoSo"], samples::CODE, "{way}");
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn x_06_no_fee_is_told_as_paid_online_by_rule_over_any_way() {
    for (way, stage) in ways() {
        for (payment, code) in [
            (FeePayment::NothingDue, "0"),
            (FeePayment::NationalPlatform, "1"),
            (FeePayment::OtherGateway, "2"),
            (FeePayment::Offline, "3"),
            (FeePayment::Unpaid, "3"),
        ] {
            assert_eq!(told(&stage, |r| r.payment = payment).await["DuocThanhToanTrucTuyen"], code, "{way}");
        }
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn x_10_no_afternoon_is_told_as_a_morning_to_anybody() {
    let mut afternoons = 0;
    for entry in REGISTRY.iter().filter(|entry| entry.sandbox.is_some()) {
        let stage = patient(entry.key);
        for deed in connectors::contract::deeds_of(&stage.connector) {
            connectors::contract::perform(&stage.connector, deed, &trip()).await.ok();
        }
        let all = stage.received().await["requests"].to_string();
        for morning in ["20240529030000", "29/05/2024 03:00", "2024-05-29T03:00", "2024-05-29 03:00"] {
            assert!(!all.contains(morning), "{} {morning}", entry.key);
        }
        let told = ["20240529150000", "29/05/2024 15:00", "2024-05-29T15:00", "2024-05-29 15:00"];
        afternoons += usize::from(told.iter().any(|stamp| all.contains(stamp)));
    }
    assert!(afternoons >= 5, "{afternoons}");
}
