//! What an applicant hands in, and its check against the procedure: everything wrong at once.

use super::applicant::Applicant;
use crate::catalogue::Revised;
use crate::files::{self, File};
use chrono::{DateTime, Utc};
use rules::fees::PersonCondition;
use rules::mandates::Mandate;
use rules::procedure::{ApplicantKind, Channel, Component};
use rules::refusal::Violation;
use serde::{Deserialize, Serialize};
use uuid::Uuid;

/// An application: the body of a submission and of a draft.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Application {
    /// National code of the procedure.
    pub procedure: String,
    /// Receiving unit.
    pub unit: Uuid,
    /// Competent unit, when another than the receiving one (phi địa giới, L-20).
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub authority: Option<Uuid>,
    /// Unit that helped the person to hand it in (nơi hỗ trợ).
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub support_unit: Option<Uuid>,
    /// By post: when postman and agency signed the hand-over minutes (L-22).
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub handed_over_at: Option<DateTime<Utc>>,
    /// Way it comes in.
    pub channel: Channel,
    /// Kind of applicant.
    pub applicant_kind: ApplicantKind,
    /// Who it is for.
    pub applicant: Applicant,
    /// The e-form, as the procedure's schema asks.
    pub form: serde_json::Value,
    /// The papers.
    #[serde(default)]
    pub papers: Vec<PaperIn>,
    /// How the result goes back.
    pub return_method: ReturnMethod,
    /// Units of the counted fees (pages, copies); 1 when absent.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub quantity: Option<u32>,
    /// What the applicant says to be, so that less is asked (F-05).
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub claims: Vec<PersonCondition>,
    /// On what ground somebody hands it in for the applicant; none for oneself.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub mandate: Option<Mandate>,
}

/// How a result goes back.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum ReturnMethod {
    /// Fetched at the desk.
    Desk,
    /// Carried by public post.
    Post,
    /// Read in the person's account.
    Electronic,
}

/// One paper handed in.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct PaperIn {
    /// Code of the component.
    pub component: String,
    /// The uploaded file; absent for a paper only seen at the desk.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub file: Option<Uuid>,
    /// What it is satisfied by (L-09).
    #[serde(default, skip_serializing_if = "Source::is_new")]
    pub source: Source,
    /// The document of the store that stands for it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub document: Option<Uuid>,
    /// What was asked elsewhere instead.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub taken: Option<Taken>,
}

/// What a paper is satisfied by (L-09).
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Source {
    /// Handed in (nộp mới).
    #[default]
    New,
    /// A document of the store (tái sử dụng).
    Reused,
    /// What a database says (CSDL).
    Database,
    /// What the person showed in VNeID.
    Vneid,
}

/// A look into a database or VNeID that took the place of a paper (L-08).
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Taken {
    /// Code of the database; none for VNeID.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub database: Option<String>,
    /// Key of the query there.
    pub query: String,
    /// When it was asked.
    pub at: DateTime<Utc>,
}

impl Source {
    fn is_new(&self) -> bool {
        *self == Self::New
    }
}

impl PaperIn {
    /// It is there: online with its file, at a desk shown to the officer, or taken from elsewhere.
    pub fn is_there(&self, online: bool) -> bool {
        self.source != Source::New || self.file.is_some() || !online
    }
}

/// Papers of one submission or supplement.
const MOST_PAPERS: usize = 100;

/// Characters of an applicant's name.
const LONGEST_NAME: usize = 200;

/// Units a counted fee may be asked for: none would be a way around it.
const QUANTITIES: std::ops::RangeInclusive<u32> = 1..=100_000;

/// Everything wrong with an application for this revision; empty when it may be handed in.
///
/// `stored` are the files named by the papers, as far as they exist and are the applicant's.
pub fn check(
    application: &Application,
    revised: &Revised,
    stored: &[File],
    at: DateTime<Utc>,
) -> Vec<Violation> {
    let mut wrong = form_violations(application, revised);
    wrong.extend(minutes_violations(application, at));
    wrong.extend(applicant_violations(application, revised));
    wrong.extend(terms_violations(application, revised));
    wrong.extend(paper_violations(&application.papers, &revised.content.components, stored));
    if application.channel != Channel::Post {
        wrong.extend(missing_components(application, revised));
    }
    wrong
}

/// What is wrong with an application that was handed in elsewhere: first what keeps it out, then what an officer is to
/// look at. A paper that is still coming counts as there.
pub(super) fn check_arrived(
    application: &Application,
    revised: &Revised,
    stored: &[File],
) -> (Vec<Violation>, Vec<Violation>) {
    const KEEPS_OUT: [&str; 3] = ["name_missing", "too_long", "channel_not_offered"];
    let listed = Application { channel: Channel::Desk, ..application.clone() };
    let mut wrong = form_violations(application, revised);
    wrong.extend(applicant_violations(application, revised));
    wrong.extend(terms_violations(application, revised));
    wrong.extend(paper_violations(&application.papers, &revised.content.components, stored));
    wrong.extend(missing_components(&listed, revised));
    wrong.into_iter().partition(|violation| KEEPS_OUT.contains(&violation.code))
}

/// Everything wrong with papers against a component list (L-07).
pub fn paper_violations(papers: &[PaperIn], components: &[Component], stored: &[File]) -> Vec<Violation> {
    if papers.len() > MOST_PAPERS {
        let (vi, en) = ("Tối đa 100 giấy tờ một lần nộp.", "At most 100 papers at a time.");
        return vec![violation("/papers".into(), "too_many", vi.into(), en.into())];
    }
    let found = |paper: &PaperIn| components.iter().find(|c| c.code == paper.component);
    let judged = papers.iter().enumerate().filter_map(|(n, paper)| match (found(paper), paper.file) {
        (None, _) => Some(violation(
            format!("/papers/{n}/component"),
            "component_unknown",
            format!("“{}” không có trong thành phần hồ sơ đã công bố.", paper.component),
            format!("“{}” is not in the published list of papers.", paper.component),
        )),
        (Some(component), Some(file)) => file_violation(n, component, stored.iter().find(|f| f.id == file)),
        (Some(_), None) => None,
    });
    judged.collect()
}

fn file_violation(n: usize, component: &Component, file: Option<&File>) -> Option<Violation> {
    let at = format!("/papers/{n}/file");
    let Some(file) = file else {
        let (vi, en) = ("Không tìm thấy tệp đã tải lên.", "The uploaded file was not found.");
        return Some(violation(at, "file_unknown", vi.into(), en.into()));
    };
    if file.state == files::State::Refused {
        let (vi, en) = ("Tệp đã bị từ chối khi kiểm tra.", "The file was refused when it was examined.");
        return Some(violation(at, "file_refused", vi.into(), en.into()));
    }
    if !component.media_types.contains(&file.media_type) {
        let accepted = component.media_types.join(", ");
        let vi = format!("Loại tệp {} không được nhận; chỉ nhận {accepted}.", file.media_type);
        let en = format!("Files of type {} are not taken; send {accepted}.", file.media_type);
        return Some(violation(at, "file_type_not_accepted", vi, en));
    }
    let too_large = u64::try_from(file.size).is_ok_and(|size| size > component.max_bytes);
    too_large.then(|| {
        let most = component.max_bytes / 1024;
        let vi = format!("Tệp lớn hơn mức cho phép ({most} KB).");
        violation(at, "file_too_large", vi, format!("The file is larger than allowed ({most} KB)."))
    })
}

fn missing_components(application: &Application, revised: &Revised) -> Vec<Violation> {
    let online = application.channel == Channel::Online;
    let there =
        |c: &Component| application.papers.iter().any(|p| p.component == c.code && p.is_there(online));
    let missing = revised.content.components.iter().filter(|c| c.required && !there(c));
    missing
        .map(|c| {
            let vi = format!("Thiếu giấy tờ: {}.", c.name);
            violation(
                "/papers".into(),
                "component_missing",
                vi,
                format!("A required paper is missing: {}.", c.code),
            )
        })
        .collect()
}

pub(super) fn form_violations(application: &Application, revised: &Revised) -> Vec<Violation> {
    let errors = revised.form.iter_errors(&application.form);
    errors
        .map(|e| {
            let pointer = format!("/form{}", e.instance_path());
            let en = e.masked().to_string();
            violation(pointer, "form_invalid", format!("Mục này trong tờ khai chưa đúng: {en}"), en)
        })
        .collect()
}

fn applicant_violations(application: &Application, revised: &Revised) -> Vec<Violation> {
    let mut wrong = Vec::new();
    let mut say =
        |at: &str, code, vi: &str, en: &str| wrong.push(violation(at.into(), code, vi.into(), en.into()));
    if application.applicant.name.trim().is_empty() {
        say(
            "/applicant/name",
            "name_missing",
            "Chưa ghi họ tên người đề nghị.",
            "The applicant's name is missing.",
        );
    }
    if application.applicant.name.chars().count() > LONGEST_NAME {
        say("/applicant/name", "too_long", "Họ tên dài quá 200 ký tự.", "The name has over 200 characters.");
    }
    if !QUANTITIES.contains(&application.quantity.unwrap_or(1)) {
        let (vi, en) = ("Số lượng phải từ 1 đến 100.000.", "The quantity must be 1 to 100,000.");
        say("/quantity", "quantity_out_of_range", vi, en);
    }
    if !revised.content.applicants.contains(&application.applicant_kind) {
        let (vi, en) = (
            "Đối tượng này không thực hiện thủ tục này.",
            "This kind of applicant cannot use the procedure.",
        );
        say("/applicant_kind", "applicant_kind_not_served", vi, en);
    }
    if application.return_method == ReturnMethod::Post {
        if !revised.content.postal_allowed {
            let (vi, en) =
                ("Thủ tục này không trả qua bưu chính.", "This procedure does not return results by post.");
            say("/return_method", "post_not_allowed", vi, en);
        }
        if application.applicant.address.is_none() || application.applicant.phone.is_none() {
            let (vi, en) = (
                "Cần địa chỉ và số điện thoại để bưu điện phát.",
                "The post needs an address and a telephone.",
            );
            say("/applicant/address", "address_missing", vi, en);
        }
    }
    wrong
}

/// Minutes are of the post alone, and signed before anybody tells of them (L-22).
fn minutes_violations(application: &Application, at: DateTime<Utc>) -> Option<Violation> {
    let signed = application.handed_over_at?;
    let (code, vi, en) = if application.channel != Channel::Post {
        (
            "not_by_post",
            "Chỉ hồ sơ nộp qua bưu chính mới có biên bản giao nhận.",
            "Only dossiers that come by post have hand-over minutes.",
        )
    } else if signed > at {
        (
            "in_the_future",
            "Biên bản giao nhận không thể ký sau lúc này.",
            "The minutes cannot have been signed later than now.",
        )
    } else {
        return None;
    };
    Some(violation("/handed_over_at".into(), code, vi.into(), en.into()))
}

fn terms_violations(application: &Application, revised: &Revised) -> Vec<Violation> {
    let offered = revised.content.terms(application.channel).is_some();
    let vi = "Thủ tục này không nhận theo cách nộp đã chọn.";
    let en = "The procedure is not offered this way.";
    (!offered)
        .then(|| violation("/channel".into(), "channel_not_offered", vi.into(), en.into()))
        .into_iter()
        .collect()
}

fn violation(pointer: String, code: &'static str, vi: String, en: String) -> Violation {
    Violation { pointer, code, vi, en }
}
