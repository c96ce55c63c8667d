//! Warnings: what must be said before or after a date, to whom, from when, and in which words.

mod planned;
mod words;

pub use planned::{Asked, Consulted, Facts, Undelivered, due, next};

use serde::{Deserialize, Serialize};

/// A warning that is due.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Warning {
    /// What it is about.
    pub kind: WarningKind,
    /// What makes it unique beside dossier and kind: a moment, a round, an attempt, a consultation.
    pub occasion: String,
    /// The sentence in Vietnamese; with code and dates, without anything about a person.
    pub vi: String,
    /// The sentence in English.
    pub en: String,
}

/// What is warned of.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum WarningKind {
    /// An online submission was not answered in 8 working hours (L-11, L-12).
    AnswerLate,
    /// The result is due soon.
    DueSoon,
    /// The last day to apologise and ask for another date (L-40).
    ApologyDue,
    /// The due date has passed.
    Late,
    /// A unit that was asked for its opinion has not answered in time (L-30).
    ConsultationLate,
    /// Papers that were asked for have not come.
    SupplementUnanswered,
    /// A result lies at the desk and nobody fetches it.
    ResultUnfetched,
    /// The post did not find the person: time for the second invitation (L-49).
    SecondInvitation,
    /// Two invitations were in vain: the post gives the result back to the agency (L-49).
    PostGivesBack,
    /// The post does not carry the result after all: no carrier took it, or the carriage was called off.
    NotCarried,
}

/// Whom a warning is for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Audience {
    /// The applicant, by letter.
    Applicant,
    /// The officer who has it on the desk; nobody yet: who may take it on.
    Assignee,
    /// The desk of the receiving unit.
    Desk,
    /// The heads of the receiving unit.
    DeskHeads,
    /// The heads of the competent unit.
    Heads,
    /// The postal clerks of the receiving unit.
    PostalClerks,
}

/// How long before or after a date a procedure warns.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct WarningTerms {
    /// Working days before the due day on which it is said to be due soon.
    pub due_soon_days: u8,
    /// Calendar days after which somebody who was asked for papers is reminded.
    pub supplement_days: u8,
    /// Working days after which somebody is reminded of a result at the desk.
    pub fetch_days: u8,
}

impl Default for WarningTerms {
    fn default() -> Self {
        Self { due_soon_days: 1, supplement_days: 10, fetch_days: 5 }
    }
}

impl WarningTerms {
    /// They are those of every procedure that says nothing of its own.
    pub fn are_usual(&self) -> bool {
        *self == Self::default()
    }
}

type Row = (&'static str, &'static [Audience], &'static str, &'static str);

impl WarningKind {
    /// All kinds, in the order of a dossier's life.
    pub const ALL: [Self; 10] = [
        Self::AnswerLate,
        Self::DueSoon,
        Self::ApologyDue,
        Self::Late,
        Self::ConsultationLate,
        Self::SupplementUnanswered,
        Self::ResultUnfetched,
        Self::SecondInvitation,
        Self::PostGivesBack,
        Self::NotCarried,
    ];

    /// Key in the database and in addresses.
    pub fn key(self) -> &'static str {
        self.row().0
    }

    /// Whom it is for.
    pub fn audiences(self) -> &'static [Audience] {
        self.row().1
    }

    /// When it is given, in words.
    pub fn when(self) -> &'static str {
        self.row().2
    }

    /// The article behind it.
    pub fn legal(self) -> &'static str {
        self.row().3
    }

    /// The applicant gets a letter.
    pub fn is_written_to_the_applicant(self) -> bool {
        self.audiences().contains(&Audience::Applicant)
    }

    fn row(self) -> Row {
        use Audience::{Applicant, Assignee, Desk, DeskHeads, Heads, PostalClerks};
        match self {
            Self::AnswerLate => ("answer_late", &[Desk, DeskHeads], ANSWER_LATE, "NĐ 45/2020; L-11, L-12"),
            Self::DueSoon => ("due_soon", &[Assignee], DUE_SOON, "NĐ 61/2018 Đ17"),
            Self::ApologyDue => ("apology_due", &[Assignee, Heads], APOLOGY_DUE, "NĐ 61/2018 Đ19.9; L-40"),
            Self::Late => ("late", &[Assignee, Heads], LATE, "NĐ 61/2018 Đ19.9"),
            Self::ConsultationLate => {
                ("consultation_late", &[DeskHeads], CONSULTATION_LATE, "NĐ 61/2018 Đ19.5; L-30")
            }
            Self::SupplementUnanswered => {
                ("supplement_unanswered", &[Applicant, Desk], SUPPLEMENT_UNANSWERED, "NĐ 61/2018 Đ19.4")
            }
            Self::ResultUnfetched => {
                ("result_unfetched", &[Applicant, Desk], RESULT_UNFETCHED, "NĐ 61/2018 Đ20")
            }
            Self::SecondInvitation => {
                ("second_invitation", &[Applicant, PostalClerks], SECOND_INVITATION, "TT 17/2017 Đ5.2h; L-49")
            }
            Self::PostGivesBack => {
                ("post_gives_back", &[Desk, PostalClerks], POST_GIVES_BACK, "TT 17/2017 Đ5.2h; L-49")
            }
            Self::NotCarried => ("not_carried", &[Applicant, Desk], NOT_CARRIED, "TT 17/2017 Đ5.2"),
        }
    }
}

const ANSWER_LATE: &str =
    "once the 8 working hours to answer have passed; not while a fee due before reception is unpaid";
const DUE_SOON: &str = "from the opening of the last working day before the due day (`due_soon_days`: 1)";
const APOLOGY_DUE: &str =
    "from the opening of the day on which the apology may last be sent, while the date may still be put off";
const LATE: &str = "once the due moment has passed while the clock runs";
const CONSULTATION_LATE: &str = "once the date given to the other unit has passed";
const SUPPLEMENT_UNANSWERED: &str =
    "from the opening of the tenth day after the request, or of the next working day (`supplement_days`: 10)";
const RESULT_UNFETCHED: &str = "from the opening of the fifth working day after the result was issued (`fetch_days`: 5); at once, in office hours, when the post brought it back";
const SECOND_INVITATION: &str = "from the opening of the second working day after the first delivery in vain";
const POST_GIVES_BACK: &str = "from the opening of the second working day after the second delivery in vain";

const NOT_CARRIED: &str =
    "at once, in office hours, when no carrier takes the result or its carriage is called off";

impl Audience {
    /// All of them.
    pub const ALL: [Self; 6] =
        [Self::Applicant, Self::Assignee, Self::Desk, Self::DeskHeads, Self::Heads, Self::PostalClerks];

    /// Key in the database.
    pub fn key(self) -> &'static str {
        match self {
            Self::Applicant => "applicant",
            Self::Assignee => "assignee",
            Self::Desk => "desk",
            Self::DeskHeads => "desk_heads",
            Self::Heads => "heads",
            Self::PostalClerks => "postal_clerks",
        }
    }
}

/// The table as Markdown, for `docs/warnings.md`.
pub fn picture() -> String {
    let mut out = String::from("| warning | when | for whom | law |\n| --- | --- | --- | --- |\n");
    for kind in WarningKind::ALL {
        let whom = kind.audiences().iter().map(|a| format!("`{}`", a.key())).collect::<Vec<_>>().join(", ");
        out.push_str(&format!("| `{}` | {} | {whom} | {} |\n", kind.key(), kind.when(), kind.legal()));
    }
    out
}
