//! One order, shipment, record and letter of people who do not exist, sent by the contract suite to every connector.

use crate::{mail::Letter, payment, portal, post, text};
use chrono::{DateTime, Utc};
use rules::{
    fees::FeeKind,
    notices::{NoticeChannel, phone},
    procedure::Channel,
    status::Status,
};
use uuid::Uuid;

/// The code of the dossier the samples are about.
pub const CODE: &str = "000.14.10.H99-240529-0001";
/// The reference of the sample payment.
pub const REFERENCE: &str = "0C7F8XK2M4N6P8R0T2V4";
/// A file without anything bad in it.
pub const FILE: &[u8] = b"%PDF-1.7 giay to mau";

/// A certified copy, 20,000 đồng of phí; the payer's identity number is not known.
pub fn order() -> payment::Order {
    payment::Order {
        reference: REFERENCE.to_owned(),
        amount: 20_000,
        description: format!("THANH TOAN HO SO {CODE}"),
        dossier_code: CODE.to_owned(),
        procedure_code: "2.000815".to_owned(),
        procedure_name: "Chứng thực bản sao từ bản chính".to_owned(),
        unit_code: "000.14.10.H99".to_owned(),
        unit_name: "UBND xã Suối Mẫu".to_owned(),
        payer: payment::Payer { name: "Trần Thị Mẫu".to_owned(), ..payment::Payer::default() },
        fees: vec![payment::OrderLine {
            kind: FeeKind::Phi,
            code: "CT01".to_owned(),
            name: "Phí chứng thực".to_owned(),
            amount: 20_000,
        }],
        beneficiary: payment::Account {
            number: "0011000000001".to_owned(),
            bank_code: "VCB".to_owned(),
            holder: "UBND xã Suối Mẫu".to_owned(),
        },
        client_ip: "203.0.113.7".to_owned(),
    }
}

/// The same money back.
pub fn refund() -> payment::RefundOrder {
    payment::RefundOrder {
        key: "0C7F8XK2M4N6P8R0T2W6".to_owned(),
        reference: REFERENCE.to_owned(),
        transaction_id: REFERENCE.to_owned(),
        amount: 20_000,
        reason: "Nộp thừa".to_owned(),
    }
}

/// The result of the same dossier, carried home.
pub fn shipment() -> post::Shipment {
    post::Shipment {
        order_number: CODE.to_owned(),
        leg: post::Leg::Return,
        cod_amount: 0,
        sender: post::Address {
            name: "UBND xã Suối Mẫu".to_owned(),
            address: "Thôn 1, xã Suối Mẫu".to_owned(),
            phone: "02093800001".to_owned(),
            email: Some("motcua@suoimau.example".to_owned()),
            province_code: Some("06".to_owned()),
            district_code: None,
            commune_code: Some("01840".to_owned()),
            known_as: post::CarrierCodes::default(),
        },
        receiver: post::Address {
            name: "Trần Thị Mẫu".to_owned(),
            address: "Thôn 5, xã Suối Mẫu".to_owned(),
            phone: "0900000001".to_owned(),
            email: None,
            province_code: Some("06".to_owned()),
            district_code: None,
            commune_code: Some("01840".to_owned()),
            known_as: post::CarrierCodes::default(),
        },
        contents: "01 bản sao chứng thực".to_owned(),
        description: "Chứng thực bản sao từ bản chính".to_owned(),
        item_code: None,
    }
}

/// The order of that carriage, under the carrier's own number where it gives one.
pub fn placed() -> post::OrderNumber {
    let theirs = Some(post::viettel_sandbox::waybill(CODE));
    post::OrderNumber { ours: CODE.to_owned(), theirs }
}

/// A dossier in processing, submitted online with one digitised paper and one that is not.
pub fn record(at: DateTime<Utc>) -> portal::DossierRecord {
    portal::DossierRecord {
        code: CODE.to_owned(),
        procedure_code: "2.000815".to_owned(),
        procedure_name: "Chứng thực bản sao từ bản chính".to_owned(),
        field_code: "G15-CT01".to_owned(),
        field_name: "Chứng thực".to_owned(),
        channel: Channel::Online,
        receipt_number: None,
        owner: owner(),
        summary: "Chứng thực bằng tốt nghiệp".to_owned(),
        other_information: None,
        status: Status::Processing,
        submitted_at: Some(at),
        received_at: Some(at),
        due_at: Some(at),
        finished_at: None,
        returned_at: None,
        return_note: None,
        refused_at: None,
        returns_by_post: true,
        unit_name: "UBND xã Suối Mẫu".to_owned(),
        note: None,
        born_at_portal: false,
        verified_by_vneid: Some(true),
        payment: portal::FeePayment::NationalPlatform,
        databases: Vec::new(),
        papers: vec![paper("tep-1", "bang-tot-nghiep.pdf", true), paper("tep-2", "giay-uy-quyen.pdf", false)],
        fees: vec![portal::FeeAsked {
            name: "Phí chứng thực".to_owned(),
            code: Some("CT01".to_owned()),
            collected_by: None,
            amount: 20_000,
            kind: FeeKind::Phi,
        }],
        other_papers: Vec::new(),
        supplements: Vec::new(),
        results: Vec::new(),
    }
}

fn owner() -> portal::Owner {
    portal::Owner {
        name: "Trần Thị Mẫu".to_owned(),
        kind: portal::OwnerKind::Citizen,
        account: Some("tech-0001".to_owned()),
        document_number: Some("006190000001".to_owned()),
        identity_numbers: vec!["006190000001".to_owned()],
        email: Some("mau@nguoidan.example".to_owned()),
        fax: None,
        phone: Some("0900000001".to_owned()),
    }
}

fn paper(file_id: &str, name: &str, digitised: bool) -> portal::PaperLine {
    portal::PaperLine {
        file_id: file_id.to_owned(),
        file_name: name.to_owned(),
        withdrawn: false,
        component_code: Some("KQ.G15.000001".to_owned()),
        link: Some(format!("https://motcua.example/files/{file_id}?signature=abc")),
        digitised,
        reuse: portal::Reuse::No,
        from_national_store: false,
    }
}

/// So many progress lines of the same dossier.
pub fn progress(count: usize, at: DateTime<Utc>) -> Vec<portal::ProgressLine> {
    let line = |number: usize| portal::ProgressLine {
        code: CODE.to_owned(),
        officer: "Nguyễn Văn Thử".to_owned(),
        title: Some("Công chức tư pháp - hộ tịch".to_owned()),
        done_at: at,
        department: Some("Bộ phận Một cửa".to_owned()),
        content: format!("Bước {number}"),
        status: Status::Processing,
        started_at: None,
        due_at: None,
    };
    (1..=count).map(line).collect()
}

/// A notice to the owner.
pub fn letter() -> Letter {
    Letter {
        message_id: "018fc0de-7000-7abc-8def-0123456789ab@motcua.example".to_owned(),
        key: "018fc0de-7000-7abc-8def-0123456789ab".to_owned(),
        to: "mau@nguoidan.example".to_owned(),
        subject: format!("Hồ sơ {CODE} đã được tiếp nhận"),
        text: "Kính gửi bà Trần Thị Mẫu,\n\nHồ sơ đã được tiếp nhận.\n".to_owned(),
        html: Some("<p>Kính gửi bà Trần Thị Mẫu,</p><p>Hồ sơ đã được tiếp nhận.</p>".to_owned()),
        headers: vec![("Auto-Submitted".to_owned(), "auto-generated".to_owned())],
    }
}

/// The same notice to the owner's telephone; none when the number is none.
pub fn text(channel: NoticeChannel) -> Option<text::Text> {
    let params = [("ma_ho_so", CODE), ("hen_tra", "17:00 31/05/2024")];
    let params = params.map(|(name, value)| (name.to_owned(), value.to_owned()));
    Some(text::Text {
        key: Uuid::from_u128(0x018f_c0de_7000_7abc_8def_0123_4567_89ab),
        phone: phone("0900000009")?,
        content: match channel {
            NoticeChannel::Zalo => {
                text::Content::Template { id: "210000".to_owned(), params: params.into_iter().collect() }
            }
            _ => text::Content::Words(format!("Ho so {CODE} da duoc tiep nhan.")),
        },
    })
}
