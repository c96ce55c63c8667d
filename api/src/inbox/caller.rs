//! The headers of a call, as the connector asks for them.

use actix_web::http::header::HeaderMap;
use connectors::portal::HeaderLookup;

/// Gives a header that comes once and is text; one that is said twice is believed neither time.
#[derive(Debug)]
pub(super) struct Headers<'a>(pub(super) &'a HeaderMap);

impl HeaderLookup for Headers<'_> {
    fn value(&self, name: &str) -> Option<&str> {
        let mut said = self.0.get_all(name);
        let first = said.next()?;
        if said.next().is_some() { None } else { first.to_str().ok() }
    }
}
