//! The messages of the portal's wire as they travel, both ways and over every way, compared with `tests/golden`.

use crate::{
    golden::compare,
    stage::{Stage, afternoon, client, patient, trip},
};
use connectors::{
    contract::{perform, portal as deeds, samples},
    journal::Journal,
    portal::{
        Bill, DossierRecord, Inbound, NationalPortal, OtherPaper, Reply, ResultLine, Reuse, Stands,
        SupplementRound, dvcqg::inbox::FAMILIES,
    },
    registry::Connector,
};
use serde_json::{Map, Value, json};
use std::sync::Arc;

fn portal(stage: &Stage) -> Arc<dyn NationalPortal> {
    match &stage.connector {
        Connector::Portal(portal) => Arc::clone(portal),
        other => unreachable!("{other:?}"),
    }
}

// (connector, deed, path at the party, file)
pub(crate) const ASKED: &[(&str, &str, &str, &str)] = &[
    ("dvcqg", "tell_status", "/mapi/g", "portal_status"),
    ("dvcqg", "procedures", "/mapi/share", "portal_procedures"),
    ("dvcqg", "procedure", "/mapi/share", "portal_procedure"),
    ("dvcqg", "agencies", "/mapi/share", "portal_agencies"),
    ("dvcqg", "fields", "/mapi/share", "portal_fields"),
    ("dvcqg", "account_of", "/mapi/share", "portal_account"),
    ("dvcqg", "tell_satisfaction", "/mapi/g", "portal_satisfaction"),
    ("dvcqg", "questions", "/mapi/g", "portal_questions"),
    ("dvcqg", "answer_questions", "/mapi/g", "portal_answers"),
    ("dvcqg", "fetch", "/mapi/file", "portal_file"),
    ("dvcqg_lgsp", "push", "/KetNoiMotCuaQuocGia/DongBoHoSoMC", "portal_lgsp_record"),
    ("dvcqg_lgsp", "look_up", "/KetNoiMotCuaQuocGia/TraCuuHoSo", "portal_lgsp_look_up"),
    ("dvcqg_lgsp", "procedure", "/KetNoiMotCuaQuocGia/LayThuTuc", "portal_lgsp_procedure"),
    ("dvcqg_lgsp", "account_of", "/KetNoiMotCuaQuocGia/TraCuuTechID", "portal_lgsp_account"),
    ("dvcqg_lgsp", "tell_status", "/KetNoiMotCuaQuocGia/DongBoTrangThaiHoSo", "portal_lgsp_status"),
    ("dvcqg_lgsp", "fetch", "/KetNoiMotCuaQuocGia/getfile", "portal_lgsp_file"),
    ("dvcqg_array", "push", "/api/SynsTTHCC/DongBoHoSoMC", "portal_array_record"),
    ("dvcqg_array", "progress", "/api/SynsTTHCC/CapNhatTienDoHoSoMC", "portal_array_progress"),
    ("dvcqg_array", "tell_status", "/api/SynsTTHCC/DongBoTrangThaiHoSo", "portal_array_status"),
    ("dvcqg_array", "look_up", "/api/SynsTTHCC/TraCuuHoSo", "portal_array_look_up"),
    ("dvcqg_array", "fetch", "/api/SynsTTHCC/getfile", "portal_array_file"),
    ("dvcqg_lgsp", "progress", "/KetNoiMotCuaQuocGia/CapNhatTienDoHoSoMC", "portal_lgsp_progress"),
    ("dvcqg_lgsp", "procedures", "/KetNoiMotCuaQuocGia/LayDanhSachTTHC", "portal_lgsp_procedures"),
    ("dvcqg_lgsp", "agencies", "/KetNoiMotCuaQuocGia/LayDanhMucCoQuan", "portal_lgsp_agencies"),
    ("dvcqg_lgsp", "fields", "/KetNoiMotCuaQuocGia/LayDanhMucLinhVuc", "portal_lgsp_fields"),
    ("dvcqg_lgsp", "tell_satisfaction", "/KetNoiMotCuaQuocGia/DongBoDanhGia", "portal_lgsp_satisfaction"),
    ("dvcqg_lgsp", "questions", "/KetNoiMotCuaQuocGia/LayDanhSachHoiDapGuiTuDVCQG", "portal_lgsp_questions"),
    (
        "dvcqg_lgsp",
        "answer_questions",
        "/KetNoiMotCuaQuocGia/DongBoKetQuaHoiDapGuiTuDVCQG",
        "portal_lgsp_answers",
    ),
    ("dvcqg_array", "procedures", "/api/SynsTTHCC/LayDanhSachTTHC", "portal_array_procedures"),
    ("dvcqg_array", "procedure", "/api/SynsTTHCC/LayThuTuc", "portal_array_procedure"),
    ("dvcqg_array", "agencies", "/api/SynsTTHCC/LayDanhMucCoQuan", "portal_array_agencies"),
    ("dvcqg_array", "fields", "/api/SynsTTHCC/LayDanhMucLinhVuc", "portal_array_fields"),
    ("dvcqg_array", "account_of", "/api/SynsTTHCC/TraCuuTechID", "portal_array_account"),
    ("dvcqg_array", "tell_satisfaction", "/api/SynsTTHCC/DongBoDanhGia", "portal_array_satisfaction"),
    ("dvcqg_array", "questions", "/api/SynsTTHCC/LayDanhSachHoiDapGuiTuDVCQG", "portal_array_questions"),
    (
        "dvcqg_array",
        "answer_questions",
        "/api/SynsTTHCC/DongBoKetQuaHoiDapGuiTuDVCQG",
        "portal_array_answers",
    ),
];

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn what_is_asked_of_the_portal_is_the_golden_message() {
    let mut different = Vec::new();
    for &(key, deed, path, file) in ASKED {
        let stage = patient(key);

        // Progress is refused before there is a dossier; the request is the same.
        perform(&stage.connector, deed, &trip()).await.ok();

        different.extend(compare(file, &asked(&stage, path).await));
    }
    assert_eq!(different, Vec::<String>::new());
}

/// The body, or, where parameters of the address carry something, both.
pub(crate) async fn asked(stage: &Stage, path: &str) -> Value {
    let all = stage.received().await;
    let request = all["requests"].as_array().unwrap().iter().find(|request| request["path"] == path).unwrap();
    let (query, body) = (request["query"].as_str().unwrap(), request["body"].clone());
    let parameters: Map<_, _> = query
        .split('&')
        .filter_map(|pair| pair.split_once('='))
        .map(|(name, value)| (name.to_owned(), json!(value.replace("%2F", "/"))))
        .collect();
    match (parameters.is_empty(), body == "") {
        (true, _) => body,
        (false, true) => json!({"query": parameters}),
        (false, false) => json!({"query": parameters, "body": body}),
    }
}

fn full(record: DossierRecord) -> DossierRecord {
    let mut papers = record.papers.clone();
    papers[0].reuse = Reuse::FromResult(Some("KQ.G15.000077".to_owned()));
    let supplement = SupplementRound {
        number: 1,
        asked_by: "Nguyễn Văn Thử".to_owned(),
        asked_for: "Bản chính giấy ủy quyền".to_owned(),
        asked_at: afternoon(),
        taken_by: Some("Nguyễn Văn Thử".to_owned()),
        taken_note: Some("Đủ".to_owned()),
        taken_at: Some(afternoon()),
        papers: vec![papers[1].clone()],
        fees: record.fees.clone(),
        due_before: Some(afternoon()),
        due_after: Some(afternoon()),
    };
    let result = ResultLine {
        name: "Bản sao được chứng thực từ bản chính".to_owned(),
        component_code: Some("KQ.G15.000001".to_owned()),
        file_id: "ket-qua-1".to_owned(),
        link: Some("https://motcua.example/files/ket-qua-1?signature=abc".to_owned()),
        result_code: Some("KQ-CC-01".to_owned()),
    };
    DossierRecord {
        receipt_number: Some("0000007".to_owned()),
        other_information: Some("Người nộp thay".to_owned()),
        status: rules::status::Status::Returned,
        finished_at: Some(afternoon()),
        returned_at: Some(afternoon()),
        return_note: Some("Trả qua bưu chính".to_owned()),
        note: Some("Không có".to_owned()),
        databases: vec!["1".to_owned()],
        other_papers: vec![OtherPaper { name: "Ảnh 4x6".to_owned(), copies: 2, kind: 1 }],
        supplements: vec![supplement],
        results: vec![result],
        papers,
        ..record
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_record_with_every_list_filled_is_the_golden_one() {
    let stage = patient("dvcqg");

    portal(&stage).push(&trip(), &full(samples::record(afternoon())), false).await.unwrap();

    assert_eq!(compare("portal_full_record", &asked(&stage, "/mapi/g").await), None);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_refused_record_tells_when_it_was_refused() {
    let stage = patient("dvcqg");
    let mut record = samples::record(afternoon());
    (record.status, record.received_at, record.due_at) = (rules::status::Status::Refused, None, None);
    record.refused_at = Some(afternoon());

    portal(&stage).push(&trip(), &record, false).await.unwrap();

    assert_eq!(compare("portal_refused_record", &asked(&stage, "/mapi/g").await), None);
}

// (deed, what it asks for, file)
const SAID: &[(&str, &str, &str)] = &[
    ("procedures", "LayDanhSachTTHC", "portal_said_procedures"),
    ("procedure", "LayThuTuc", "portal_said_procedure"),
    ("agencies", "LayDanhMucCoQuan", "portal_said_agencies"),
    ("fields", "LayDanhMucLinhVuc", "portal_said_fields"),
    ("account_of", "TraCuuTechID", "portal_said_account"),
    ("questions", "LayDanhSachHoiDapGuiTuDVCQG", "portal_said_questions"),
    ("push", "DongBoHoSoMC", "portal_said_record"),
];

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn what_the_portal_answers_is_the_golden_message() {
    let mut different = Vec::new();
    for &(deed, what, file) in SAID {
        let stage = patient("dvcqg");
        let journal = Journal::default();

        perform(&stage.connector, deed, &trip().kept_in(&journal)).await.unwrap();

        let said = journal.said().into_iter().find(|said| said.what == what).unwrap();
        different.extend(compare(file, &serde_json::from_str(&said.answer.unwrap()).unwrap()));
    }
    assert_eq!(different, Vec::<String>::new());
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn every_family_that_the_portal_sends_is_golden_and_read() {
    let stage = patient("dvcqg");
    let mut different = Vec::new();
    for family in FAMILIES {
        let url = format!("{}/__push/{family}", stage.party.page_url);
        let message: Value = client().get(url).send().await.unwrap().json().await.unwrap();
        different.extend(compare(&format!("portal_in_{family}"), &message));

        let form = "madonvi=H99&service=TraCuuHoSo&masohoso=G22.99-000000-000001".to_owned();
        let body = if family == "search_call" { form } else { message.to_string() };
        let read = portal(&stage).inbox().read(family, body.as_bytes()).unwrap();
        assert!(told(&read).starts_with(family), "{family}: {read:?}");
    }
    assert_eq!(different, Vec::<String>::new());
}

fn told(read: &Inbound) -> &'static str {
    match read {
        Inbound::NewDossier(dossier) if dossier.is_organisation => "addtthcKhuyenMai",
        Inbound::NewDossier(dossier) if dossier.papers.len() == 2 => "mapped",
        Inbound::NewDossier(_) => "",
        Inbound::Supplement(_) => "nhanhsdvcqg",
        Inbound::TaxNotices(_) => "NhanThongBaoThueDat",
        Inbound::TaxReceipt(_) => "NhanChungTuThueDat",
        Inbound::LookUp { .. } => "search_call",
        Inbound::BillLookUp { .. } => "dptracuuthanhtoanhs",
    }
}

#[test]
fn what_the_portal_is_answered_is_golden() {
    let national_id = || deeds::status(afternoon()).national_id;
    let code = || samples::CODE.to_owned();
    let stands = Stands {
        code: code(),
        procedure_code: "2.000815".to_owned(),
        procedure_name: "Chứng thực bản sao từ bản chính".to_owned(),
        field: ("G15-CT01".to_owned(), "Chứng thực".to_owned()),
        owner_kind: 1,
        status: 4,
        online: true,
        unit_name: "UBND xã Suối Mẫu".to_owned(),
    };
    let bill = Bill { order: samples::order(), at: afternoon() };
    let replies = [
        ("nhanhsdvcqg", Reply::Taken { national_id: national_id(), code: code() }, "taken"),
        ("nhanhsdvcqg", Reply::Known { national_id: national_id(), code: code() }, "known"),
        (
            "nhanhsdvcqg",
            Reply::Refused { national_id: national_id(), words: "Không rõ đơn vị".to_owned() },
            "refused",
        ),
        ("search_call", Reply::Stands(Box::new(stands)), "stands"),
        ("search_call", Reply::NotFound, "not_found"),
        ("dptracuuthanhtoanhs", Reply::Bill(Box::new(bill)), "bill"),
        ("dptracuuthanhtoanhs", Reply::NothingDue, "nothing_due"),
    ];
    let connector = (connectors::registry::find("dvcqg").unwrap().build)(
        connectors::portal::sandbox::example("http://127.0.0.1:9"),
        connectors::wire::Wire::default(),
    );
    let Ok(Connector::Portal(portal)) = connector else { unreachable!() };

    let different: Vec<String> = replies
        .into_iter()
        .filter_map(|(family, reply, file)| {
            compare(&format!("portal_reply_{file}"), &portal.inbox().answer(family, &reply))
        })
        .collect();

    assert_eq!(different, Vec::<String>::new());
}
