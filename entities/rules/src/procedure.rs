//! What a procedure revision says: the checkable parts of NĐ 63/2010 Đ8.2 (L-54), as data.

use crate::deadlines::TimeLimit;
use crate::fees::{Circumstances, Quote, Tariff, quote};
use crate::openness::Decided;
use crate::papers::Ground;
use crate::warnings::WarningTerms;
use chrono::{Months, NaiveDate};
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;

/// Everything the office promises about one procedure from a date on.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Revision {
    /// Full Vietnamese name (tên thủ tục).
    pub name: String,
    /// Plain English name for integrators.
    pub name_en: String,
    /// Field of work (lĩnh vực).
    pub field: Field,
    /// Tiers whose units carry it out.
    pub tiers: Vec<Tier>,
    /// Online level (NĐ 224/2026 Đ14; L-18, L-19).
    pub level: Level,
    /// Why the level is not `toan_trinh`; must be said then (L-18).
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub partial_reason: Option<String>,
    /// Who may ask (đối tượng thực hiện).
    pub applicants: Vec<ApplicantKind>,
    /// Order of carrying out (trình tự), one sentence a step.
    pub sequence: Vec<String>,
    /// Ways of doing it, each with its own limit and fees (cách thức).
    pub channels: Vec<ChannelTerms>,
    /// Papers to hand in (thành phần hồ sơ). Nothing outside it may be asked (L-07).
    pub components: Vec<Component>,
    /// What comes out (kết quả).
    pub results: Vec<ResultKind>,
    /// Conditions, if any (yêu cầu, điều kiện).
    #[serde(default)]
    pub conditions: Vec<String>,
    /// Legal bases (căn cứ pháp lý).
    pub legal_bases: Vec<String>,
    /// E-form as a JSON Schema (draft 2020-12) of `dossier.form`.
    pub form_schema: serde_json::Value,
    /// Internal steps after reception (quy trình nội bộ, L-53).
    pub steps: Vec<ProcessStep>,
    /// The decision of the chair of the province that approves these steps (L-53).
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub process_decision: Option<Decided>,
    /// When the fee is asked.
    #[serde(default)]
    pub payment: PaymentMoment,
    /// The post may carry papers and results (726 procedures allow it in the reference province).
    pub postal_allowed: bool,
    /// The decision that allows it; without it the post is not asked to fetch papers.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub postal_decision: Option<Decided>,
    /// What happens to the clock at a supplement (L-25, L-27).
    /// None follows the regime.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub supplement: Option<SupplementPolicy>,
    /// Local hour after which the clock counts from the next working day (W-10); none by default.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub cutoff_hour: Option<u8>,
    /// Another unit of the province may receive it for the competent one (phi địa giới, L-20).
    #[serde(default)]
    pub boundless: bool,
    /// Dossiers that other units settle for it (liên thông, L-31); an officer opens each.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub children: Vec<ChildPlan>,
    /// The decision that publishes it, from which the days to publish count (L-55).
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub decision: Option<Decided>,
    /// Years the closed dossier is kept; none means for ever (L-58).
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub retention_years: Option<u16>,
    /// How long before and after a date it is warned; 1 working day, 10 days and 5 working days by default.
    #[serde(default, skip_serializing_if = "WarningTerms::are_usual")]
    pub warnings: WarningTerms,
}

/// A dossier that another unit settles for the one it is part of (liên thông, L-31).
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ChildPlan {
    /// Key, unique in the revision.
    pub key: String,
    /// National code of its procedure.
    pub procedure: String,
    /// The unit that settles it.
    pub unit: ChildUnit,
    /// Place in the line, from 1: it waits until all with a smaller place are over. None runs at once.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub order: Option<u16>,
    /// Codes of the components whose papers that unit gets; it sees no others.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub shared: Vec<String>,
}

/// The unit that settles a child dossier.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum ChildUnit {
    /// The competent unit of the main dossier itself.
    SameAuthority,
    /// The unit with this organisation code.
    Code(String),
    /// The one unit of this tier above the competent unit, or in its place.
    Tier(Tier),
}

/// Field of work with its code (mã lĩnh vực).
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Field {
    /// Code such as `G15-HT01`; opaque.
    pub code: String,
    /// Vietnamese name.
    pub name: String,
}

/// Tier of government that carries a procedure out.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Tier {
    /// Provincial department (sở, ban, ngành).
    Province,
    /// District (huyện); only under R2018.
    District,
    /// Commune (xã, phường, thị trấn).
    Commune,
    /// Postal reception point (điểm bưu chính công ích).
    PostalPoint,
}

impl Tier {
    /// Key in the database and in the catalogue.
    pub fn key(self) -> &'static str {
        match self {
            Self::Province => "province",
            Self::District => "district",
            Self::Commune => "commune",
            Self::PostalPoint => "postal_point",
        }
    }

    /// The tier of a key.
    pub fn from_key(key: &str) -> Option<Self> {
        [Self::Province, Self::District, Self::Commune, Self::PostalPoint]
            .into_iter()
            .find(|t| t.key() == key)
    }
}

/// Online level of a service.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Level {
    /// Wholly online (toàn trình, former level 4).
    ToanTrinh,
    /// Partly online (một phần, former level 3).
    MotPhan,
}

/// Kind of applicant; the code is DVCQG's `LoaiDoiTuong`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum ApplicantKind {
    /// Citizen (người dân), code 1.
    Citizen,
    /// Enterprise (doanh nghiệp), code 2.
    Enterprise,
    /// State body (cơ quan nhà nước), code 3.
    StateBody,
    /// Other organisation (tổ chức khác), code 4.
    Organisation,
}

/// Way a dossier comes in (L-01); the code is DVCQG's `KenhThucHien`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Channel {
    /// At the desk (trực tiếp), code 1.
    Desk,
    /// Online (trực tuyến), code 2.
    Online,
    /// By public post (BCCI), code 3.
    Post,
}

/// Limit and fees of one channel (L-54; the online one may be shorter and cheaper).
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ChannelTerms {
    /// The channel these terms are for.
    pub channel: Channel,
    /// Processing time.
    pub limit: TimeLimit,
    /// Fees asked on this channel; empty means free.
    #[serde(default)]
    pub fees: Vec<Tariff>,
}

/// One paper of the component list.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Component {
    /// Code within the procedure (`MAGIAYTO` where known).
    pub code: String,
    /// Vietnamese name.
    pub name: String,
    /// Number of originals.
    #[serde(default)]
    pub originals: u8,
    /// Number of copies.
    #[serde(default)]
    pub copies: u8,
    /// Must be present at submission.
    pub required: bool,
    /// Media types accepted online.
    #[serde(default = "Component::usual_media_types")]
    pub media_types: Vec<String>,
    /// Largest file accepted, in bytes.
    #[serde(default = "Component::usual_max_bytes")]
    pub max_bytes: u64,
    /// Type of paper (mã loại giấy tờ) by which one stored for its owner may stand for it (D-10).
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub paper_type: Option<String>,
    /// Why it is digitised at reception (D-01).
    #[serde(default, skip_serializing_if = "Ground::is_usual")]
    pub digitise: Ground,
}

impl Component {
    pub(crate) fn usual_media_types() -> Vec<String> {
        ["application/pdf", "image/jpeg", "image/png"].map(String::from).to_vec()
    }

    pub(crate) fn usual_max_bytes() -> u64 {
        10 * 1024 * 1024
    }
}

/// One thing the procedure gives back.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ResultKind {
    /// Result code (`MAKETQUA`).
    pub code: String,
    /// Vietnamese name.
    pub name: String,
    /// Type of paper it is for its owner, so that it can stand for a component elsewhere; its code when absent (D-10).
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub paper_type: Option<String>,
    /// Months for which it is valid from its day of issue; none without end.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub valid_months: Option<u16>,
}

impl ResultKind {
    /// Type under which it is kept in the store of its owner.
    pub fn stored_as(&self) -> &str {
        self.paper_type.as_deref().unwrap_or(&self.code)
    }

    /// Last local day on which one issued on this day is valid (BLDS 2015 Đ148); none without end.
    pub fn valid_until(&self, issued_on: NaiveDate) -> Option<NaiveDate> {
        issued_on.checked_add_months(Months::new(u32::from(self.valid_months?)))
    }
}

/// One internal step with the share of the limit it may use.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ProcessStep {
    /// Key, unique in the revision; the first step follows reception.
    pub key: String,
    /// Vietnamese name.
    pub name: String,
    /// Role that does it.
    pub role: crate::actor::Role,
    /// Allotted share of the limit.
    pub limit: TimeLimit,
    /// Another share at some competent units, by organisation code or tier.
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub limits: BTreeMap<String, TimeLimit>,
}

impl ProcessStep {
    /// Time allotted at a unit: as its own codes say, else as its tier, else as everywhere (L-53).
    pub fn allotted(&self, codes: &[&str], tier: Tier) -> TimeLimit {
        let own = codes.iter().find_map(|code| self.limits.get(*code));
        *own.or_else(|| self.limits.get(tier.key())).unwrap_or(&self.limit)
    }
}

/// When the fee is asked.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum PaymentMoment {
    /// Asked by the officer while processing, or at the return (thu sau).
    #[default]
    After,
    /// Before reception: the answer limit restarts at the payment (thu trước, L-12).
    Before,
    /// Free (miễn phí).
    Never,
}

/// What a supplement does to the clock.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct SupplementPolicy {
    /// Restart from zero (NĐ 61/2018 Đ19.4) or pause.
    pub clock: SupplementClock,
    /// How often a supplement may be asked after reception (L-26).
    pub max_rounds: u8,
    /// Working days after reception within which it may be asked; none where sector law sets no end (L-25, L-27).
    #[serde(default = "SupplementPolicy::usual_window")]
    pub window_days: Option<u16>,
    /// Article that says so.
    pub legal_basis: String,
}

impl SupplementPolicy {
    #[expect(clippy::unnecessary_wraps, reason = "serde asks for the type of the field")]
    fn usual_window() -> Option<u16> {
        Some(3)
    }
}

/// Effect of a supplement on the clock (L-27).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum SupplementClock {
    /// Counted again from the start once the paper is in.
    Restart,
    /// Stopped while the citizen has the turn, then continued.
    Pause,
}

impl Level {
    /// The level that a service of the former levels 1 to 4 (before 15/08/2022) has now; 1 and 2 only informed (L-19).
    pub fn of_former(number: u8) -> Option<Self> {
        match number {
            4 => Some(Self::ToanTrinh),
            3 => Some(Self::MotPhan),
            _ => None,
        }
    }
}

impl Channel {
    /// National code `KenhThucHien`.
    pub fn code(self) -> u8 {
        match self {
            Self::Desk => 1,
            Self::Online => 2,
            Self::Post => 3,
        }
    }
}

impl Revision {
    /// Terms of a channel, if the procedure may be done that way.
    pub fn terms(&self, channel: Channel) -> Option<&ChannelTerms> {
        self.channels.iter().find(|t| t.channel == channel)
    }

    /// What is asked on `channel` under these circumstances; nothing where the procedure is free.
    pub fn quote(&self, channel: Channel, asked: &Circumstances<'_>) -> Quote {
        match self.terms(channel) {
            Some(terms) if self.payment != PaymentMoment::Never => quote(&terms.fees, asked),
            _ => Quote::default(),
        }
    }

    /// A component by its code.
    pub fn component(&self, code: &str) -> Option<&Component> {
        self.components.iter().find(|c| c.code == code)
    }

    /// The step after the named one; the first when none is named.
    pub fn step_after(&self, key: Option<&str>) -> Option<&ProcessStep> {
        match key {
            None => self.steps.first(),
            Some(key) => self.steps.iter().skip_while(|s| s.key != key).nth(1),
        }
    }
}
