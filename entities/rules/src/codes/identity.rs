//! Numbers of persons: the 12-digit personal id and the old 9-digit CMND (law.md §2.3).

use crate::codes::malformed::{Malformed, digits};
use crate::lang::Lang;
use serde::{Deserialize, Serialize};

/// The number a person is known by.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub enum PersonNumber {
    /// Personal identification number (số định danh cá nhân), 12 digits.
    PersonalId(PersonalId),
    /// Old identity card (CMND), 9 digits.
    Cmnd(String),
}

/// 12 digits: place, century and sex, birth year, six at random. There is no check digit.
#[derive(Debug, Clone, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct PersonalId(String);

/// Sex as registered at birth.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Sex {
    /// Nam.
    Male,
    /// Nữ.
    Female,
}

/// A reason to look twice at a personal id, never to refuse it: sex and birth date can be corrected
/// later while the number stays, and place codes outlive their provinces.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Doubt {
    /// The number speaks of another birth year.
    BirthYear {
        /// The year in the number.
        in_number: i32,
    },
    /// The number speaks of the other sex.
    Sex,
}

impl PersonNumber {
    /// Reads 12 or 9 digits.
    pub fn parse(text: &str) -> Result<Self, Malformed> {
        if digits(text, 9) {
            return Ok(Self::Cmnd(text.to_owned()));
        }
        PersonalId::parse(text).map(Self::PersonalId)
    }

    /// The digits.
    pub fn as_str(&self) -> &str {
        match self {
            Self::PersonalId(id) => id.as_str(),
            Self::Cmnd(digits) => digits,
        }
    }

    /// National code of the kind of number: 1 for 12 digits, 2 for 9.
    pub fn code(&self) -> u8 {
        match self {
            Self::PersonalId(_) => 1,
            Self::Cmnd(_) => 2,
        }
    }
}

impl PersonalId {
    /// Reads exactly 12 digits; nothing else is checked, because nothing else may refuse a person.
    pub fn parse(text: &str) -> Result<Self, Malformed> {
        match (text.is_empty(), digits(text, 12)) {
            (true, _) => Err(Malformed::Empty),
            (_, true) => Ok(Self(text.to_owned())),
            _ => Err(Malformed::Shape("001099012345")),
        }
    }

    /// The digits.
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// Year of birth in the number.
    pub fn birth_year(&self) -> i32 {
        1900 + 100 * (self.digit(3) / 2) + 10 * self.digit(4) + self.digit(5)
    }

    /// Sex in the number.
    pub fn sex(&self) -> Sex {
        if self.digit(3) % 2 == 0 { Sex::Male } else { Sex::Female }
    }

    /// What in the number disagrees with what the person says.
    pub fn doubts(&self, birth_year: Option<i32>, sex: Option<Sex>) -> Vec<Doubt> {
        let in_number = self.birth_year();
        let year = birth_year.filter(|y| *y != in_number).map(|_| Doubt::BirthYear { in_number });
        let sex = sex.filter(|s| *s != self.sex()).map(|_| Doubt::Sex);
        year.into_iter().chain(sex).collect()
    }

    fn digit(&self, n: usize) -> i32 {
        self.0.as_bytes().get(n).map_or(0, |b| i32::from(b.saturating_sub(b'0')))
    }
}

impl Doubt {
    /// The doubt as a sentence for the officer.
    pub fn words(self, lang: Lang) -> String {
        match self {
            Self::BirthYear { in_number } => lang.pick(
                format!("Số định danh ghi năm sinh {in_number}, khác năm sinh đã khai; đề nghị xem lại."),
                format!("The number says birth year {in_number}, not the one given; please look again."),
            ),
            Self::Sex => lang.pick(
                "Số định danh ghi giới tính khác giới tính đã khai; đề nghị xem lại.".to_owned(),
                "The number says the other sex than the one given; please look again.".to_owned(),
            ),
        }
    }
}

impl TryFrom<String> for PersonNumber {
    type Error = Malformed;

    fn try_from(text: String) -> Result<Self, Malformed> {
        Self::parse(&text)
    }
}

impl From<PersonNumber> for String {
    fn from(number: PersonNumber) -> Self {
        number.as_str().to_owned()
    }
}

impl TryFrom<String> for PersonalId {
    type Error = Malformed;

    fn try_from(text: String) -> Result<Self, Malformed> {
        Self::parse(&text)
    }
}

impl From<PersonalId> for String {
    fn from(id: PersonalId) -> Self {
        id.0
    }
}
