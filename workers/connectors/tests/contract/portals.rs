//! The national portal end to end: sessions, duplicates, batches in order, exchanges kept without secrets.

use crate::stage::{Stage, afternoon, client, stage, stage_with, trip};
use chrono::TimeDelta;
use connectors::{
    contract::{perform, portal as deeds, samples},
    portal::{Exchange, HeldThere, NationalPortal, sandbox},
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
async fn a_lost_session_is_renewed_for_a_file_as_well() {
    let stage = stage("dvcqg");
    portal(&stage).look_up(&trip(), samples::CODE).await.unwrap();

    stage.magic("session_expired").await;
    let bytes = portal(&stage).fetch(&trip(), "/tep/sua-doi.pdf").await.unwrap();

    assert!(!bytes.is_empty());
    assert_eq!(stage.bodies("/mapi/login").await.len(), 2);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_file_has_a_cap_of_its_own_over_every_way() {
    for way in WAYS {
        let stage = stage_with(way, json!({"files": {"answer_bytes": 4}}));

        portal(&stage).look_up(&trip(), samples::CODE).await.unwrap();
        let failure = portal(&stage).fetch(&trip(), "/tep/sua-doi.pdf").await.unwrap_err();

        assert!(failure.reason().contains("more than 4 bytes"), "{way}: {failure}");
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn names_without_an_address_are_left_out_of_a_reading() {
    let stage = stage_with("dvcqg_lgsp", json!({"addresses": {}}));

    let agencies = portal(&stage).agencies(&trip()).await.unwrap();

    assert_eq!(agencies, []);
    assert!(!portal(&stage).procedures(&trip()).await.unwrap().is_empty());
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
    assert!(failure.reason().contains("code -1") && !failure.is_retry(), "{failure}");
    assert!(!failure.reason().contains("hợp lệ"), "the portal's words may name a person: {failure}");

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

const WAYS: [&str; 3] = ["dvcqg", "dvcqg_lgsp", "dvcqg_array"];

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn every_way_carries_the_same_record_and_the_same_progress() {
    let mut held = Vec::new();
    for way in WAYS {
        let stage = stage(way);
        portal(&stage).push(&trip(), &samples::record(afternoon()), false).await.unwrap();
        portal(&stage).push(&trip(), &samples::record(afternoon()), false).await.unwrap();
        portal(&stage).progress(&trip(), &samples::progress(12, afternoon())).await.unwrap();
        held.push(stage.received().await["dossiers"].clone());
    }

    assert_eq!(held[0][samples::CODE]["progress"].as_array().unwrap().len(), 12);
    assert!(held[0] == held[1] && held[1] == held[2], "{held:?}");
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_look_up_tells_status_and_dates_over_every_way() {
    for way in WAYS {
        let stage = stage(way);
        portal(&stage).push(&trip(), &samples::record(afternoon()), false).await.unwrap();

        let held = portal(&stage).look_up(&trip(), samples::CODE).await.unwrap();

        let (received_at, due_at) = (Some(afternoon()), Some(afternoon()));
        assert_eq!(held, Some(HeldThere { status: Some(Status::Processing), received_at, due_at }), "{way}");
        assert_eq!(
            portal(&stage).look_up(&trip(), "000.14.10.H99-240529-0002").await.unwrap(),
            None,
            "{way}"
        );
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn the_names_of_a_look_up_and_the_codes_of_statuses_are_settings() {
    let named =
        stage_with("dvcqg", json!({"dialect": {"held": {"status": "LoaiDoiTuong", "due_at": "Khong"}}}));
    portal(&named).push(&trip(), &samples::record(afternoon()), false).await.unwrap();
    let held = portal(&named).look_up(&trip(), samples::CODE).await.unwrap().unwrap();
    assert_eq!((held.status, held.due_at), (Some(Status::Submitted), None));

    let coded = stage_with(
        "dvcqg",
        json!({"dialect": {
            "statuses": {"processing": "40"}, "told_statuses": {"decided": "90"},
        }}),
    );
    portal(&coded).push(&trip(), &samples::record(afternoon()), false).await.unwrap();
    portal(&coded).tell_status(&trip(), &deeds::status(afternoon())).await.unwrap();
    let all = coded.received().await;
    assert_eq!(all["dossiers"][samples::CODE]["record"]["TrangThaiHoSo"], "40");
    assert_eq!(all["kept"]["statuses"][0]["TrangThai"], "90");
    let held = portal(&coded).look_up(&trip(), samples::CODE).await.unwrap().unwrap();
    assert_eq!(held.status, Some(Status::Processing));
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_service_without_an_address_is_not_asked_and_says_so() {
    let bare = [
        ("dvcqg", json!({"share_path": null, "file_path": null}), vec!["procedures", "account_of", "fetch"]),
        ("dvcqg_lgsp", json!({"addresses": {}}), vec!["push", "look_up", "tell_status"]),
        ("dvcqg_array", json!({"addresses": {}}), vec!["progress", "look_up", "procedure", "fetch"]),
    ];
    for (way, settings, deeds) in bare {
        let stage = stage_with(way, settings);
        for deed in deeds {
            let failure = perform(&stage.connector, deed, &trip()).await.unwrap_err();
            assert!(
                !failure.is_retry() && failure.reason().contains("no address"),
                "{way} {deed}: {failure}"
            );
        }
        assert_eq!(stage.received().await["requests"], json!([]), "{way}");
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_token_that_the_platform_does_not_know_is_final() {
    let stranger = stage_with("dvcqg_lgsp", json!({"bearer": "sai"}));

    let failure = portal(&stranger).look_up(&trip(), samples::CODE).await.unwrap_err();

    assert!(!failure.is_retry() && failure.reason().contains("403"), "{failure}");
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_dossier_can_be_there_already_drift_away_and_be_forgotten() {
    for way in WAYS {
        let stage = stage(way);
        stage.magic("already_exists").await;
        assert!(portal(&stage).push(&trip(), &samples::record(afternoon()), false).await.unwrap().was_known);

        stage.magic("drifts").await;
        let drifted = portal(&stage).look_up(&trip(), samples::CODE).await.unwrap().unwrap();
        assert_eq!(drifted.status, Some(Status::Stopped), "{way}");
        stage.magic("forgets").await;
        assert_eq!(portal(&stage).look_up(&trip(), samples::CODE).await.unwrap(), None, "{way}");

        portal(&stage).push(&trip(), &samples::record(afternoon()), false).await.unwrap();
        stage.post(&format!("/__dossiers/{}/drift", samples::CODE), json!({})).await;
        let drifted = portal(&stage).look_up(&trip(), samples::CODE).await.unwrap().unwrap();
        assert_eq!(drifted.status, Some(Status::Stopped), "{way}");
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn words_of_the_settings_mean_that_the_portal_holds_nothing() {
    for way in WAYS {
        let (plain, told) =
            (stage(way), stage_with(way, json!({"dialect": {"absent": ["", "CHƯA được gửi"]}})));
        for stage in [&plain, &told] {
            portal(stage).push(&trip(), &samples::record(afternoon()), false).await.unwrap();
            stage.magic("denies").await;
        }

        let refused = portal(&plain).look_up(&trip(), samples::CODE).await.unwrap_err();
        let absent = portal(&told).look_up(&trip(), samples::CODE).await.unwrap();
        let held = portal(&told).look_up(&trip(), samples::CODE).await.unwrap();

        assert!(!refused.is_retry() && refused.reason().contains("code -1"), "{way}: {refused}");
        assert_eq!(absent, None, "{way}");
        assert!(held.is_some(), "{way}: a word that is empty means nothing");
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_procedure_that_is_published_anew_is_read_anew() {
    for way in WAYS {
        let stage = stage(way);
        let before = portal(&stage).procedure(&trip(), "2.000815").await.unwrap().unwrap();
        stage.magic("republishes").await;
        let after = portal(&stage).procedure(&trip(), "2.000815").await.unwrap().unwrap();

        let online = |procedure: &connectors::portal::PublishedProcedure| {
            let way =
                procedure.ways.iter().find(|way| way.channel == Some(rules::procedure::Channel::Online));
            way.map(|way| (way.time.clone(), way.fees[0].amount)).unwrap()
        };
        assert_eq!(online(&before), ("1".to_owned(), Some(2_000)), "{way}");
        assert_eq!(online(&after), ("2".to_owned(), Some(3_000)), "{way}");
        assert_eq!((before.cases[0].papers.len(), after.cases[0].papers.len()), (2, 3), "{way}");
        assert_eq!(before.cases[0].papers[1].replaced_by, ["KQ-CC-01"], "{way}");
        assert_eq!(before.legal_basis[0].issued.unwrap().to_string(), "2015-02-16", "{way}");
        assert_eq!(portal(&stage).procedure(&trip(), "9.999999").await.unwrap(), None, "{way}");
        assert_eq!(portal(&stage).account_of(&trip(), "0100109106").await.unwrap(), None, "{way}");
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn what_was_told_already_is_told_again_without_harm() {
    for way in WAYS {
        let stage = stage(way);
        for deed in ["tell_status", "tell_satisfaction", "answer_questions"] {
            perform(&stage.connector, deed, &trip()).await.unwrap();
            perform(&stage.connector, deed, &trip()).await.unwrap();
        }

        let kept = stage.received().await["kept"].clone();
        for name in ["statuses", "satisfaction", "answers"] {
            assert_eq!(kept[name].as_array().unwrap().len(), 1, "{way} {name}");
        }
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_button_sends_a_dossier_and_then_its_supplement() {
    // Another twin stands in for the province: it notes what comes, whoever sends it.
    let (sender, province) = (stage("dvcqg"), stage("dvcqg_lgsp"));
    let base = format!("{}/KetNoiMotCuaQuocGia", province.party.url);
    sender.post("/__callback", json!({"url": base})).await;

    let first = sender.post("/__push/mapped", json!({})).await;
    let second = sender.post("/__push/nhanhsdvcqg", json!({})).await;
    let own = sender.post("/__push/mapped", json!({"message": {"data": {"MaHoSoQG": "rieng"}}})).await;

    let key = first["sent"]["data"]["MaHoSoQG"].as_str().unwrap();
    assert_eq!((key, &second["sent"]["data"]["MaHoSoQG"]), ("G22.99-240529-000001", &json!(key)));
    assert_eq!(own["sent"]["data"]["MaHoSoQG"], "rieng");
    assert_eq!(province.bodies("/KetNoiMotCuaQuocGia/mapped").await[0], first["sent"]);
    assert_eq!(sender.received().await["kept"]["pushes"].as_array().unwrap().len(), 3);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn the_page_of_dossiers_shows_where_each_stands_and_has_its_buttons() {
    let stage = stage("dvcqg");
    let mut record = samples::record(afternoon());
    portal(&stage).push(&trip(), &record, false).await.unwrap();
    record.status = Status::Decided;
    portal(&stage).push(&trip(), &record, true).await.unwrap();
    portal(&stage).progress(&trip(), &samples::progress(2, afternoon())).await.unwrap();

    let page = client().get(format!("{}/dossiers", stage.party.page_url)).send().await.unwrap();
    let page = page.text().await.unwrap();

    let row = format!("<tr><td>{}<td>9<td>4 → 9<td>2: Bước 2<td>", samples::CODE);
    assert!(page.contains(&row), "{page}");
    for family in connectors::portal::dvcqg::inbox::FAMILIES {
        assert!(page.contains(&format!("formaction=/__push/{family} ")), "{family}: {page}");
    }
    assert!(page.contains(&format!("/__dossiers/{}/forget", samples::CODE)), "{page}");
}
