//! The national portal end to end: sessions, duplicates, batches in order, exchanges kept without secrets.

use crate::stage::{Stage, afternoon, stage, stage_with, trip};
use chrono::TimeDelta;
use connectors::{
    contract::samples,
    portal::{Exchange, NationalPortal, sandbox},
    registry::Connector,
    trip::Trip,
};
use rules::status::Status;
use serde_json::json;
use std::sync::Arc;

fn portal(stage: &Stage) -> Arc<dyn NationalPortal> {
    match &stage.connector {
        Connector::Portal(portal) => Arc::clone(portal),
        other => unreachable!("{other:?}"),
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn the_portal_knows_each_of_the_ten_statuses_in_order() {
    let stage = stage("dvcqg");

    for (status, known) in Status::ALL.into_iter().zip([false].into_iter().chain([true].into_iter().cycle()))
    {
        let mut record = samples::record(afternoon());
        record.status = status;
        portal(&stage).push(&trip(), &record, known).await.unwrap();
    }

    let trail = &stage.received().await["dossiers"][samples::CODE]["trail"];
    assert_eq!(trail, &json!(["1", "2", "3", "4", "5", "6", "7", "8", "9", "10"]));
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_record_the_portal_holds_already_is_sent_once_more_as_an_update() {
    let stage = stage("dvcqg");
    let record = samples::record(afternoon());

    assert!(!portal(&stage).push(&trip(), &record, false).await.unwrap().was_known);
    assert!(portal(&stage).push(&trip(), &record, false).await.unwrap().was_known);

    let sent = stage.bodies("/mapi/g").await;
    let updating: Vec<_> = sent.iter().map(|body| body["isUpdating"].as_str().unwrap()).collect();
    assert_eq!(updating, ["False", "False", "True"]);
    assert!(portal(&stage).look_up(&trip(), samples::CODE).await.unwrap().is_some());
    assert!(portal(&stage).look_up(&trip(), "000.14.10.H99-240529-0002").await.unwrap().is_none());
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_lost_session_is_renewed_once_and_an_old_one_before_it_is_used() {
    let stage = stage("dvcqg");
    let record = samples::record(afternoon());
    portal(&stage).push(&trip(), &record, false).await.unwrap();

    stage.magic("session_expired").await;
    portal(&stage).push(&trip(), &record, true).await.unwrap();
    assert_eq!(stage.bodies("/mapi/login").await.len(), 2);

    let nearly = Trip::at(afternoon() + TimeDelta::minutes(9));
    portal(&stage).push(&nearly, &record, true).await.unwrap();
    assert_eq!(stage.bodies("/mapi/login").await.len(), 2);

    let later = Trip::at(afternoon() + TimeDelta::minutes(10));
    portal(&stage).push(&later, &record, true).await.unwrap();
    assert_eq!(stage.bodies("/mapi/login").await.len(), 3);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn many_callers_log_in_once() {
    let stage = stage("dvcqg");

    let look_ups = (0..8).map(|_| async { portal(&stage).look_up(&trip(), samples::CODE).await });
    for found in futures::future::join_all(look_ups).await {
        assert!(found.unwrap().is_none());
    }

    assert_eq!(stage.bodies("/mapi/login").await.len(), 1);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn progress_goes_in_batches_of_ten_and_keeps_its_order() {
    let stage = stage("dvcqg");
    portal(&stage).push(&trip(), &samples::record(afternoon()), false).await.unwrap();
    let lines = samples::progress(23, afternoon());

    portal(&stage).progress(&trip(), &lines).await.unwrap();
    portal(&stage).progress(&trip(), &lines).await.unwrap();

    let sent = stage.bodies("/mapi/g").await;
    let sizes: Vec<_> = sent.iter().skip(1).map(|body| body["data"].as_array().unwrap().len()).collect();
    assert_eq!(sizes, [10, 10, 3, 10, 10, 3]);
    let all = stage.received().await;
    let held = all["dossiers"][samples::CODE]["progress"].as_array().unwrap();
    let told: Vec<_> = held.iter().map(|line| line["NoiDungXuLy"].as_str().unwrap().to_owned()).collect();
    assert_eq!(told, (1..=23).map(|n| format!("Bước {n}")).collect::<Vec<_>>());
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn progress_that_stops_says_how_far_it_came() {
    let stage = stage("dvcqg");
    portal(&stage).push(&trip(), &samples::record(afternoon()), false).await.unwrap();
    let mut lines = samples::progress(12, afternoon());
    lines[11].code = "000.14.10.H99-240529-0099".to_owned();

    let stop = portal(&stage).progress(&trip(), &lines).await.unwrap_err();

    assert_eq!(stop.sent, 10);
    assert!(stop.failure.reason().contains("không tồn tại") && !stop.failure.is_retry(), "{stop}");
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_refusal_and_a_wrong_password_are_final() {
    let refusing = stage("dvcqg");
    refusing.magic("refuses").await;
    let failure = portal(&refusing).push(&trip(), &samples::record(afternoon()), false).await.unwrap_err();
    assert!(
        failure.reason().contains("Mã thủ tục hành chính không hợp lệ") && !failure.is_retry(),
        "{failure}"
    );

    let stranger = stage_with("dvcqg", json!({"password": "sai"}));
    let failure = portal(&stranger).look_up(&trip(), samples::CODE).await.unwrap_err();
    assert!(failure.reason().contains("refused the login") && !failure.is_retry(), "{failure}");
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn what_is_kept_of_an_exchange_holds_no_session_and_no_password() {
    let stage = stage("dvcqg");

    let pushed = portal(&stage).push(&trip(), &samples::record(afternoon()), false).await.unwrap();

    let Exchange { raw_request, raw_answer } = pushed.exchange;
    assert!(raw_request.contains(samples::CODE) && raw_answer.contains("thành công"), "{raw_answer}");
    assert!(!raw_request.contains("phien-") && raw_request.contains("\"session\":\"***\""));
    let recorded = format!("{:?}", stage.calls.calls());
    assert!(!recorded.contains(sandbox::PASSWORD) && !recorded.contains("phien-"));
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn the_address_on_the_axis_goes_where_the_adapter_looks_for_it() {
    let code = "VN:GOV:000.00.00.G22:vpcpdvcprovider";
    let header = stage("dvcqg");
    portal(&header).look_up(&trip(), samples::CODE).await.unwrap();
    assert_eq!(header.received().await["requests"][1]["dstcode"], code);

    let query = stage_with("dvcqg", json!({"dstcode_in": "query"}));
    portal(&query).look_up(&trip(), samples::CODE).await.unwrap();
    assert_eq!(query.received().await["requests"][1]["query"], format!("dstcode={code}"));
}
