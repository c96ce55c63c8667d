//! Sessions that ended at their issuer, as this process knows them.

use super::claims::Claims;
use super::parties::Party;
use super::remembered::Remembered;
use crate::problems::{Code, Problem};
use chrono::{DateTime, Utc};
use entities::database::Database;
use entities::sessions::ended;

/// The endings that were looked up lately, by party.
#[derive(Debug)]
pub(super) struct Sessions {
    known: Remembered<Option<DateTime<Utc>>>,
}

impl Sessions {
    /// Remembers for `seconds` that a session has not ended; another process's ending is noticed after that at the
    /// latest.
    pub(super) fn remembered_for(seconds: u64) -> Self {
        Self { known: Remembered::for_seconds(seconds) }
    }

    /// 401 `session_ended` when the session of a token has ended, or all of its person before it was issued.
    pub(super) async fn check(&self, db: &Database, claims: &Claims) -> Result<(), Problem> {
        let own = match &claims.sid {
            Some(session) => Party::Session(session),
            None => Party::Nameless(&claims.sub),
        };
        let parties = [own, Party::Person(&claims.sub)].map(|party| party.key(&claims.iss));
        let [own_ended, all_ended] = self.ended(db, &parties).await?;
        let before = |ended: DateTime<Utc>| claims.iat.is_none_or(|issued| issued <= ended.timestamp());
        let gone = match own {
            Party::Session(_) => own_ended.is_some(),
            Party::Nameless(_) | Party::Person(_) => own_ended.is_some_and(before),
        };
        if gone || all_ended.is_some_and(before) { Err(Code::SessionEnded.into()) } else { Ok(()) }
    }

    /// What is remembered of these parties is old.
    pub(super) fn forget(&self, parties: &[String]) {
        self.known.forget(parties);
    }

    /// Endings may have been missed.
    pub(super) fn forget_all(&self) {
        self.known.forget_all();
    }

    async fn ended(
        &self,
        db: &Database,
        parties: &[String; 2],
    ) -> Result<[Option<DateTime<Utc>>; 2], Problem> {
        let round = self.known.round();
        if let [Some(one), Some(other)] = parties.each_ref().map(|party| self.known.get(party)) {
            return Ok([*one, *other]);
        }
        let told = ended(db.reader(), parties).await?;
        Ok(parties.each_ref().map(|party| *self.known.keep_of(party, told.get(party).copied(), round)))
    }
}
