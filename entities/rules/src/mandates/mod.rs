//! Handing in for somebody else: on what ground, how it was given, and until when (I-04, I-05).

mod judging;
mod wording;

pub use judging::{Asking, is_needed, violations};

use crate::lang::Lang;
use crate::local_time::instant;
use chrono::{DateTime, Days, Months, NaiveDate, NaiveTime, Utc};
use serde::{Deserialize, Serialize};
use uuid::Uuid;

/// Why somebody may hand in for another person.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Ground {
    /// A member of a community digital team, with the person's consent (hỗ trợ, R-N5).
    Helper,
    /// Somebody whom the person empowered in writing (ủy quyền, BLDS 91/2015 Đ562).
    Proxy,
    /// Somebody who stands for an organisation (đại diện tổ chức).
    Representative,
    /// Father, mother or guardian of the person (cha mẹ, giám hộ, BLDS 91/2015 Đ136).
    Guardian,
}

/// How a person gave their word.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Way {
    /// On a paper with their signature.
    Signed,
    /// Said before a witness.
    Spoken,
}

/// What somebody says who hands in for another person.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Mandate {
    /// Why they may.
    pub ground: Ground,
    /// How it was given.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub way: Option<Way>,
    /// Day on which it was given, in local time.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub given_on: Option<NaiveDate>,
    /// Last day on which it holds, in local time.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub until: Option<NaiveDate>,
    /// Name of who was there when it was said.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub witness: Option<String>,
    /// The uploaded paper: consent, power of attorney, letter of introduction, birth certificate.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub proof: Option<Uuid>,
}

impl Ground {
    /// All grounds.
    pub const ALL: [Self; 4] = [Self::Helper, Self::Proxy, Self::Representative, Self::Guardian];

    /// Its key.
    pub fn key(self) -> &'static str {
        match self {
            Self::Helper => "helper",
            Self::Proxy => "proxy",
            Self::Representative => "representative",
            Self::Guardian => "guardian",
        }
    }

    /// Its name for people to read.
    pub fn name(self, lang: Lang) -> &'static str {
        let (vi, en) = match self {
            Self::Helper => {
                ("Người hỗ trợ, được người đề nghị đồng ý", "Helper with the applicant's consent")
            }
            Self::Proxy => ("Người được ủy quyền", "Proxy"),
            Self::Representative => ("Người đại diện của tổ chức", "Representative of the organisation"),
            Self::Guardian => ("Cha, mẹ hoặc người giám hộ", "Parent or guardian"),
        };
        lang.pick(vi, en)
    }
}

impl Way {
    /// Its key.
    pub fn key(self) -> &'static str {
        match self {
            Self::Signed => "signed",
            Self::Spoken => "spoken",
        }
    }
}

impl Mandate {
    /// Last day on which it holds; a power of attorney that names none holds for a year (BLDS 91/2015 Đ563). None for one
    /// that holds until it is ended.
    pub fn last_day(&self) -> Option<NaiveDate> {
        let a_year = |given: NaiveDate| given.checked_add_months(Months::new(12));
        self.until.or_else(|| self.given_on.filter(|_| self.ground == Ground::Proxy).and_then(a_year))
    }

    /// The instant from which it holds no longer: the end of its last day in local time.
    pub fn ends_at(&self) -> Option<DateTime<Utc>> {
        let after = self.last_day().and_then(|day| day.checked_add_days(Days::new(1)));
        after.map(|day| instant(day.and_time(NaiveTime::MIN)))
    }

    /// Name of the witness, when there is one; blanks are none.
    pub fn witness(&self) -> Option<&str> {
        self.witness.as_deref().map(str::trim).filter(|name| !name.is_empty())
    }
}
