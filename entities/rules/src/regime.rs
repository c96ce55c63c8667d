//! The two regimes of the law as profiles in force by date (law.md §0, §1.1); where they differ is data here and nowhere else.

use crate::forms::FormKind::{self, *};
use crate::procedure::{Channel, Revision, SupplementClock, SupplementPolicy, Tier};
use crate::refusal::Block;
use chrono::NaiveDate;
use serde::{Deserialize, Serialize};

/// A body of law that a dossier keeps from its submission on.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Regime {
    /// NĐ 61/2018: three tiers, until 30/06/2025.
    R2018,
    /// NĐ 118/2025: two tiers, from 01/07/2025.
    R2025,
}

/// What a regime says from a day on; an amendment is a further profile of the same regime.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Profile {
    /// The regime.
    pub regime: Regime,
    /// Version within the regime, from 1.
    pub version: u8,
    /// First day in force: year, month, day.
    pub from: (i32, u32, u32),
    /// Base text, for receipts.
    pub base_text: &'static str,
    /// Dossier codes use the organisation codes of QĐ 20/2020 (C-11) instead of QCVN 102:2016 (C-10).
    pub new_organisation_codes: bool,
    /// Tiers of government there are.
    pub tiers: &'static [Tier],
    /// The forms with their numbers.
    pub forms: &'static [FormIssue],
    /// What a supplement does where the procedure does not say.
    pub supplement: SupplementRule,
    /// Putting the due date off.
    pub apology: ApologyRule,
    /// Where citizens hand in online.
    pub citizen_submission: CitizenSubmission,
    /// When the clock of a dossier received for another unit starts (phi địa giới).
    pub boundless_start: BoundlessStart,
    /// Child dossiers are put before the national portal too.
    pub children_at_portal: bool,
    /// Who keeps the status of a dossier that is handed in here.
    pub system_of_record: &'static str,
}

/// A form as one regime numbers it; "Mẫu số 05" is another form in each.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct FormIssue {
    /// What the form is for.
    pub kind: FormKind,
    /// Its number (Mẫu số).
    pub number: u8,
    /// Its printed title.
    pub title: &'static str,
}

/// Asking for papers after reception (L-25 to L-27).
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct SupplementRule {
    /// What it does to the clock.
    pub clock: SupplementClock,
    /// How often they may be asked for.
    pub most: u8,
    /// Working days after reception within which they may.
    pub window_days: u16,
    /// Article that says so.
    pub legal_basis: &'static str,
}

impl SupplementRule {
    /// The rule as a procedure would say it.
    pub fn policy(&self) -> SupplementPolicy {
        SupplementPolicy {
            clock: self.clock,
            max_rounds: self.most,
            window_days: Some(self.window_days),
            legal_basis: self.legal_basis.into(),
        }
    }
}

/// The apology with a new date (L-40, L-42).
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct ApologyRule {
    /// How often a date may be put off.
    pub most: u8,
    /// Article that says so.
    pub legal_basis: &'static str,
}

/// Where citizens hand in online.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum CitizenSubmission {
    /// At the province's own system.
    Province,
    /// At the national portal; the province's way is a switch of the office (TT 11/2025/TT-BKHCN).
    NationalPortal,
}

/// When the clock of a dossier received for another unit starts.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum BoundlessStart {
    /// At the reception, wherever it is (L-21).
    Reception,
    /// When the competent unit takes it in (L-20).
    Admission,
}

const FORMS_2018: &[FormIssue] = &[
    form(Receipt, 1, "GIẤY TIẾP NHẬN HỒ SƠ VÀ HẸN TRẢ KẾT QUẢ"),
    form(SupplementRequest, 2, "PHIẾU YÊU CẦU BỔ SUNG, HOÀN THIỆN HỒ SƠ"),
    form(Refusal, 3, "PHIẾU TỪ CHỐI TIẾP NHẬN GIẢI QUYẾT HỒ SƠ"),
    form(Apology, 4, "PHIẾU XIN LỖI VÀ HẸN LẠI NGÀY TRẢ KẾT QUẢ"),
    form(ControlSlip, 5, "PHIẾU KIỂM SOÁT QUÁ TRÌNH GIẢI QUYẾT HỒ SƠ"),
    form(Register, 6, "SỔ THEO DÕI HỒ SƠ"),
];

const FORMS_2025: &[FormIssue] = &[
    form(Receipt, 1, "GIẤY TIẾP NHẬN HỒ SƠ VÀ HẸN TRẢ KẾT QUẢ"),
    form(SupplementRequest, 2, "PHIẾU YÊU CẦU BỔ SUNG, HOÀN THIỆN HỒ SƠ"),
    form(Refusal, 3, "PHIẾU TỪ CHỐI TIẾP NHẬN GIẢI QUYẾT HỒ SƠ"),
    form(Apology, 4, "VĂN BẢN XIN LỖI VÀ ĐỀ NGHỊ GIA HẠN THỜI GIAN GIẢI QUYẾT"),
    form(StopNotice, 5, "THÔNG BÁO DỪNG GIẢI QUYẾT HỒ SƠ"),
    form(ControlSlip, 6, "PHIẾU KIỂM SOÁT QUÁ TRÌNH GIẢI QUYẾT HỒ SƠ"),
    form(Register, 7, "SỔ THEO DÕI HỒ SƠ"),
];

const fn form(kind: FormKind, number: u8, title: &'static str) -> FormIssue {
    FormIssue { kind, number, title }
}

const R2018: Profile = Profile {
    regime: Regime::R2018,
    version: 1,
    from: (2018, 6, 21),
    base_text: "NĐ 61/2018/NĐ-CP",
    new_organisation_codes: false,
    tiers: &[Tier::Province, Tier::District, Tier::Commune, Tier::PostalPoint],
    forms: FORMS_2018,
    supplement: SupplementRule {
        clock: SupplementClock::Restart,
        most: 1,
        window_days: 3,
        legal_basis: "NĐ 61/2018 Đ19.4, Đ11.2c",
    },
    apology: ApologyRule { most: 1, legal_basis: "NĐ 61/2018 Đ19.9" },
    citizen_submission: CitizenSubmission::Province,
    boundless_start: BoundlessStart::Reception,
    children_at_portal: false,
    system_of_record: "local",
};

const R2025: Profile = Profile {
    regime: Regime::R2025,
    version: 1,
    from: (2025, 7, 1),
    base_text: "NĐ 118/2025/NĐ-CP",
    new_organisation_codes: true,
    tiers: &[Tier::Province, Tier::Commune, Tier::PostalPoint],
    forms: FORMS_2025,
    apology: ApologyRule { most: 1, legal_basis: "NĐ 118/2025/NĐ-CP; TT 03/2025/TT-VPCP Mẫu số 04" },
    citizen_submission: CitizenSubmission::NationalPortal,
    ..R2018
};

const R2025_AMENDED: Profile = Profile {
    version: 2,
    from: (2026, 8, 5),
    base_text: "NĐ 118/2025/NĐ-CP, sửa đổi bởi NĐ 309/2026/NĐ-CP",
    boundless_start: BoundlessStart::Admission,
    ..R2025
};

/// The profiles, newest first.
pub const PROFILES: [Profile; 3] = [R2025_AMENDED, R2025, R2018];

/// The profile in force on a day; the oldest for days before all.
pub fn in_force(on: NaiveDate) -> &'static Profile {
    PROFILES.iter().find(|profile| profile.begins().is_some_and(|from| from <= on)).unwrap_or(&R2018)
}

impl Regime {
    /// What this regime said on a day: its newest profile by then, else its first.
    pub fn on(self, day: NaiveDate) -> &'static Profile {
        let mut own = PROFILES.iter().filter(|profile| profile.regime == self);
        let by_then = own.find(|profile| profile.begins().is_some_and(|from| from <= day));
        by_then.or_else(|| PROFILES.iter().rfind(|profile| profile.regime == self)).unwrap_or(&R2018)
    }
}

impl Profile {
    /// First day in force.
    pub fn begins(&self) -> Option<NaiveDate> {
        let (year, month, day) = self.from;
        NaiveDate::from_ymd_opt(year, month, day)
    }

    /// What a supplement does: as the procedure says, else as the regime does (L-25 to L-27).
    pub fn supplement_of(&self, revision: &Revision) -> SupplementPolicy {
        revision.supplement.clone().unwrap_or_else(|| self.supplement.policy())
    }

    /// The form as this regime numbers it; none where the regime has no such form.
    pub fn form(&self, kind: FormKind) -> Option<&'static FormIssue> {
        self.forms.iter().find(|form| form.kind == kind)
    }

    /// There are units of this tier.
    pub fn knows(&self, tier: Tier) -> bool {
        self.tiers.contains(&tier)
    }

    /// The clock of a dossier received for another unit starts when that unit takes it in (L-20, L-21).
    pub fn starts_at_admission(&self) -> bool {
        self.boundless_start == BoundlessStart::Admission
    }

    /// What keeps a dossier from being handed in here by this way; `own_way` is the office's switch for its own
    /// online submission where the law leads citizens to the national portal.
    pub fn bars(&self, channel: Channel, own_way: bool) -> Option<Block> {
        let elsewhere = self.citizen_submission == CitizenSubmission::NationalPortal;
        (channel == Channel::Online && elsewhere && !own_way).then(|| Block {
            code: "national_portal_only",
            vi: "Hồ sơ trực tuyến nộp tại Cổng Dịch vụ công quốc gia.".into(),
            en: "Online dossiers are handed in at the national public service portal.".into(),
            legal_basis: Some("NĐ 118/2025; TT 11/2025/TT-BKHCN"),
        })
    }
}
