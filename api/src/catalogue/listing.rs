//! Pages of a list: the cursor belongs to the address and its filters, and `Link` leads on.

use crate::manners::cursor::{Address, Page, parameters};
use crate::office::Office;
use crate::problems::{Code, Problem};
use actix_web::HttpRequest;
use serde::Serialize;
use serde::de::DeserializeOwned;

/// A list as it was asked for.
#[derive(Debug)]
pub(crate) struct Listing<'o> {
    office: &'o Office,
    address: Address,
    filters: String,
    limit: u64,
}

impl<'o> Listing<'o> {
    /// The list at the address of `req`; `limit` is held within 1 to 100, 50 when absent.
    pub(crate) fn of(office: &'o Office, req: &HttpRequest, limit: Option<u64>) -> Self {
        let mut filters = parameters(req, &["after", "limit"]);
        filters.sort_unstable();
        Self {
            office,
            address: Address::of(req),
            filters: format!("{}?{}", req.path(), filters.join("&")),
            limit: limit.unwrap_or(50).clamp(1, 100),
        }
    }

    /// Where the cursor `after` stands; 400 `cursor_invalid` when it was given for another list.
    pub(crate) fn position<T: DeserializeOwned>(&self, after: Option<&str>) -> Result<Option<T>, Problem> {
        after.map(|cursor| self.office.cursors.open(&self.filters, cursor)).transpose()
    }

    /// Rows to read: one more than shown tells whether there is a next page.
    pub(crate) fn rows(&self) -> u64 {
        self.limit + 1
    }

    /// The page of these rows; `position` is where a row stands in the order of the list.
    pub(crate) fn page<R, V, P: Serialize>(
        &self,
        mut rows: Vec<R>,
        position: impl Fn(&R) -> P,
        view: impl Fn(R) -> Result<V, Problem>,
    ) -> Result<Page<V>, Problem> {
        let shown = usize::try_from(self.limit).unwrap_or(usize::MAX);
        let more = rows.len() > shown;
        rows.truncate(shown);
        let last = rows.last().filter(|_| more).map(&position);
        let next = last.map(|last| self.office.cursors.seal(&self.filters, &last)).transpose()?;
        Ok(Page { items: rows.into_iter().map(view).collect::<Result<_, _>>()?, next })
    }

    /// Where it was asked for, for `Link`.
    pub(crate) fn address(&self) -> &Address {
        &self.address
    }
}

/// A word of the query of at most `most` characters; control characters are refused, for no name has them.
pub(crate) fn checked(name: &str, said: Option<String>, most: usize) -> Result<Option<String>, Problem> {
    match said {
        Some(text) if text.chars().any(char::is_control) || text.chars().count() > most => {
            Err(query_invalid(name))
        }
        other => Ok(other.filter(|text| !text.trim().is_empty())),
    }
}

/// `query_invalid` that names the parameter.
pub(crate) fn query_invalid(name: &str) -> Problem {
    Problem::new(Code::QueryInvalid)
        .because(format!("Tham số `{name}` không hợp lệ."), format!("The parameter `{name}` is not valid."))
}
