//! Cutting a page out of rows read one further than asked.

use crate::manners::cursor::Page;
use crate::office::Office;
use crate::problems::Problem;
use serde::Serialize;

impl Office {
    /// The page of `limit` rows; one row more than that means there is a next page, found after the last one shown.
    pub(crate) fn page<R, T, P: Serialize>(
        &self,
        list: &str,
        mut rows: Vec<R>,
        limit: u64,
        position: impl FnOnce(&R) -> P,
        view: impl FnMut(R) -> Result<T, Problem>,
    ) -> Result<Page<T>, Problem> {
        let limit = usize::try_from(limit).unwrap_or(usize::MAX);
        let more = rows.len() > limit;
        rows.truncate(limit);
        let last = rows.last().filter(|_| more);
        let next = last.map(|row| self.cursors.seal(list, &position(row))).transpose()?;
        Ok(Page { items: rows.into_iter().map(view).collect::<Result<_, _>>()?, next })
    }
}
