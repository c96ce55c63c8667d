//! Problem documents (RFC 9457), made only here at the edge.

mod document;
mod inputs;
pub mod page;
pub(crate) mod promises;
mod show;
mod table;

pub use document::{BlockDocument, ProblemDocument, ViolationDocument};
pub(crate) use inputs::{form_config, json_config, path_config, query_config, violation_of};
pub use show::ProblemKind;
pub(crate) use show::*;
pub use table::{Code, Entry};

use crate::manners::trace::Trace;
use actix_web::http::StatusCode;
use actix_web::http::header::{ALLOW, HeaderName, HeaderValue, RETRY_AFTER};
use actix_web::{HttpResponse, ResponseError};
use rules::lang::Lang;
use rules::refusal::{Block, Refusal, Violation};

/// A failed request: a code of the table, and what is particular to this time.
#[derive(Debug, Clone)]
pub struct Problem {
    code: Code,
    // Boxed, because every handler's result carries room for it.
    own: Box<Particulars>,
}

#[derive(Debug, Clone, Default)]
struct Particulars {
    detail: Option<(String, String)>,
    errors: Vec<Violation>,
    blocked_by: Vec<Block>,
    allowed_actions: Option<Vec<&'static str>>,
    documents: Vec<uuid::Uuid>,
    headers: Vec<(HeaderName, HeaderValue)>,
}

impl Problem {
    /// A problem with nothing to add to its row of the table.
    pub fn new(code: Code) -> Self {
        Self { code, own: Box::default() }
    }

    /// `body_invalid` with every violation at once.
    pub fn invalid(errors: Vec<Violation>) -> Self {
        Self { code: Code::BodyInvalid, own: Box::new(Particulars { errors, ..Particulars::default() }) }
    }

    /// `act_refused` with everything that blocks and what may be done instead.
    pub fn refused(refusal: Refusal) -> Self {
        let own = Particulars {
            blocked_by: refusal.blocked_by,
            allowed_actions: Some(refusal.allowed),
            ..Particulars::default()
        };
        Self { code: Code::ActRefused, own: Box::new(own) }
    }

    /// `method_not_allowed` naming the methods the address takes.
    pub fn not_allowed(methods: &[String]) -> Self {
        Self::new(Code::MethodNotAllowed).with_header(ALLOW, &methods.join(", "))
    }

    /// `temporarily_unavailable`; worth another try after `seconds`.
    pub fn unavailable(seconds: u32) -> Self {
        Self::new(Code::TemporarilyUnavailable).with_header(RETRY_AFTER, &seconds.to_string())
    }

    /// `too_many_requests`; one more is taken after `seconds`.
    pub(crate) fn too_many(seconds: i64) -> Self {
        Self::new(Code::TooManyRequests).with_header(RETRY_AFTER, &seconds.to_string())
    }

    /// Says what is particular, in both languages; never personal data.
    #[must_use]
    pub fn because(mut self, vi: impl Into<String>, en: impl Into<String>) -> Self {
        self.own.detail = Some((vi.into(), en.into()));
        self
    }

    /// Adds a response header; a value that is not a header value is left out.
    #[must_use]
    pub fn with_header(mut self, name: HeaderName, value: &str) -> Self {
        if let Ok(value) = HeaderValue::from_str(value) {
            self.own.headers.push((name, value));
        }
        self
    }

    /// Which row of the table.
    pub fn code(&self) -> Code {
        self.code
    }

    /// Documents of a person's store that it names.
    pub(crate) fn documents(&self) -> &[uuid::Uuid] {
        &self.own.documents
    }

    /// The answer to the client in its language, for the request at `instance`.
    pub fn render(&self, lang: Lang, instance: &str, trace: &Trace) -> HttpResponse {
        let mut response = HttpResponse::build(self.code.status());
        for (name, value) in &self.own.headers {
            response.insert_header((name.clone(), value.clone()));
        }
        response
            .content_type("application/problem+json")
            .insert_header(("content-language", lang.pick("vi", "en")))
            .json(self.document(lang, instance, trace))
    }
}

impl std::fmt::Display for Problem {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(self.code.entry().code)
    }
}

impl ResponseError for Problem {
    fn status_code(&self) -> StatusCode {
        self.code.status()
    }

    fn error_response(&self) -> HttpResponse {
        // The outermost layer renders again with the reader's language and the request's trace.
        self.render(Lang::default(), "", &Trace::none())
    }
}

impl From<Code> for Problem {
    fn from(code: Code) -> Self {
        Self::new(code)
    }
}

impl From<entities::Error> for Problem {
    fn from(error: entities::Error) -> Self {
        use entities::Error;
        match error {
            Error::NotFound(_) => Self::new(Code::NotFound),
            Error::Erased => Self::new(Code::DossierErased),
            Error::Stale => Self::new(Code::Stale),
            Error::Invalid(errors) => Self::invalid(errors),
            Error::Refused(refusal) => Self::refused(*refusal),
            Error::Held { refusal, documents } => {
                let mut problem = Self::refused(*refusal);
                problem.own.documents = documents;
                problem
            }
            ref duplicate if duplicate.is_duplicate() => Self::new(Code::AlreadyExists),
            Error::Database(e) => of_database(&e),
            Error::Damaged { what, why } => {
                tracing::error!(what, why, "damaged data");
                Self::new(Code::Internal)
            }
            Error::KeyUnknown(key) => {
                tracing::error!(key, "sealed with a key that is not at hand");
                Self::unavailable(2)
            }
            other => {
                tracing::error!(error = %other, "failed");
                Self::new(Code::Internal)
            }
        }
    }
}

impl From<sea_orm::DbErr> for Problem {
    fn from(error: sea_orm::DbErr) -> Self {
        entities::Error::from(error).into()
    }
}

impl From<object_store::Error> for Problem {
    fn from(error: object_store::Error) -> Self {
        match error {
            object_store::Error::NotFound { .. } => Self::new(Code::NotFound),
            other => {
                tracing::error!(store = other.to_string(), "the file store failed");
                Self::unavailable(5)
            }
        }
    }
}

/// The engine's message may quote values, so only the kind of failure is logged.
fn of_database(error: &sea_orm::DbErr) -> Problem {
    use sea_orm::DbErr;
    let kind = match error {
        DbErr::ConnectionAcquire(_) => "no free connection",
        DbErr::Conn(_) => "no connection",
        DbErr::Exec(_) => "statement",
        DbErr::Query(_) => "query",
        _ => "other",
    };
    let state = sql_state(error).unwrap_or_default();
    tracing::error!(kind, state, "the database failed");
    match error {
        DbErr::ConnectionAcquire(_) | DbErr::Conn(_) => Problem::unavailable(2),
        _ if state.starts_with("57") || state.starts_with("08") || state.starts_with("40") => {
            Problem::unavailable(2)
        }
        _ if io_failed(error) => Problem::unavailable(2),
        _ => Problem::new(Code::Internal),
    }
}

fn sql_state(error: &sea_orm::DbErr) -> Option<String> {
    driver(error)?.as_database_error()?.code().map(|code| code.into_owned())
}

fn io_failed(error: &sea_orm::DbErr) -> bool {
    use sea_orm::SqlxError;
    matches!(driver(error), Some(SqlxError::Io(_) | SqlxError::PoolTimedOut | SqlxError::PoolClosed))
}

fn driver(error: &sea_orm::DbErr) -> Option<&sea_orm::SqlxError> {
    use sea_orm::{DbErr, RuntimeErr};
    match error {
        DbErr::Exec(RuntimeErr::SqlxError(e))
        | DbErr::Query(RuntimeErr::SqlxError(e))
        | DbErr::Conn(RuntimeErr::SqlxError(e)) => Some(e),
        _ => None,
    }
}
