//! How much each caller has asked of this process lately: token buckets in memory, refilled by the office's clock.

use crate::settings::Limits;
use chrono::{DateTime, TimeDelta, Utc};
use std::collections::HashMap;
use std::net::{IpAddr, Ipv6Addr};
use std::sync::{Mutex, PoisonError};

/// Most buckets held; callers beyond that share one.
const MOST: usize = 50_000;

/// The window of every budget, in microseconds: one minute.
const WINDOW: i64 = 60_000_000;

/// What a request costs its caller.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub(crate) enum Class {
    /// Asking without changing anything.
    Reads,
    /// Everything that may change something.
    Writes,
    /// Guessing would pay here: a small budget.
    Lookups,
}

/// Whose budget is spent.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub(crate) enum Caller {
    /// The network address; of IPv6 its /64, which is what one household or company holds.
    Address(IpAddr),
    /// SHA-256 of the access token.
    Token([u8; 32]),
    /// Everybody for whom there was no room.
    Crowd,
}

/// Where a caller stands after asking once more.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Standing {
    /// Which budget.
    pub(crate) class: Class,
    /// Requests a minute.
    pub(crate) quota: u32,
    /// Requests left now.
    pub(crate) left: i64,
    /// Seconds until the budget is whole again.
    pub(crate) whole_in: i64,
    /// Seconds until one more request is taken; none when this one was.
    pub(crate) refused_for: Option<i64>,
}

/// All buckets of this process.
#[derive(Debug)]
pub(crate) struct Buckets {
    limits: Limits,
    held: Mutex<Held>,
}

/// A bucket is the moment at which it is full again.
#[derive(Debug, Default)]
struct Held {
    full_at: HashMap<(Class, Caller), DateTime<Utc>>,
    swept: Option<DateTime<Utc>>,
}

impl Buckets {
    /// Everybody's budget whole.
    pub(crate) fn new(limits: Limits) -> Self {
        Self { limits, held: Mutex::default() }
    }

    /// Takes one request out of the caller's bucket, if it is in there; none where there is no limit.
    pub(crate) fn take(&self, class: Class, caller: Caller, at: DateTime<Utc>) -> Option<Standing> {
        let quota = match class {
            Class::Reads => self.limits.reads_per_minute,
            Class::Writes => self.limits.writes_per_minute,
            Class::Lookups => self.limits.lookups_per_minute,
        };
        let mut held = self.held.lock().unwrap_or_else(PoisonError::into_inner);
        (quota > 0).then(|| held.take(class, caller, quota, at))
    }
}

impl Held {
    fn take(&mut self, class: Class, caller: Caller, quota: u32, at: DateTime<Utc>) -> Standing {
        let key = (class, self.roomed(class, caller, at));
        let one = (WINDOW / i64::from(quota)).max(1);
        let whole = one * i64::from(quota);
        let full_at = self.full_at.get(&key).copied().unwrap_or(at);
        let owed = (full_at - at).num_microseconds().unwrap_or(whole).clamp(0, whole);
        let missing = owed + one - whole;
        let taken = missing <= 0;
        let owes = if taken { owed + one } else { owed };
        // Written for a refused request too, so that a clock that was set back shuts nobody out for long.
        self.full_at.insert(key, at + TimeDelta::microseconds(owes));
        Standing {
            class,
            quota,
            left: (whole - owes) / one,
            whole_in: seconds(owes),
            refused_for: (!taken).then(|| seconds(missing)),
        }
    }

    /// The caller, or the crowd when there is no room for one more.
    fn roomed(&mut self, class: Class, caller: Caller, at: DateTime<Utc>) -> Caller {
        if self.full_at.len() < MOST || self.full_at.contains_key(&(class, caller)) {
            return caller;
        }
        // Looking through all of them for each stranger would be the attack itself.
        if self.swept.is_none_or(|swept| (at - swept).abs() >= TimeDelta::seconds(1)) {
            self.swept = Some(at);
            self.full_at.retain(|_, full_at| *full_at > at);
        }
        if self.full_at.len() < MOST { caller } else { Caller::Crowd }
    }
}

impl Caller {
    /// Somebody known by an address alone.
    pub(crate) fn at(address: IpAddr) -> Self {
        Self::Address(match address.to_canonical() {
            IpAddr::V6(long) => IpAddr::V6(Ipv6Addr::from_bits(long.to_bits() >> 64 << 64)),
            short => short,
        })
    }
}

/// Whole seconds, rounded up.
fn seconds(microseconds: i64) -> i64 {
    (microseconds + 999_999) / 1_000_000
}

#[cfg(test)]
mod tests {
    use super::*;

    fn opening() -> DateTime<Utc> {
        DateTime::from_timestamp(1_773_108_000, 0).unwrap()
    }

    fn buckets() -> Buckets {
        Buckets::new(Limits { reads_per_minute: 2, writes_per_minute: 7, ..Limits::none() })
    }

    #[test]
    fn a_bucket_refills_drop_by_drop_and_never_overflows() {
        let (buckets, caller) = (buckets(), Caller::Token([1; 32]));
        let take = |after: i64| {
            let standing = buckets.take(Class::Reads, caller, opening() + TimeDelta::seconds(after)).unwrap();
            (standing.left, standing.whole_in, standing.refused_for)
        };
        assert_eq!(take(0), (1, 30, None));
        assert_eq!(take(0), (0, 60, None));
        assert_eq!(take(1), (0, 59, Some(29)));
        assert_eq!(take(30), (0, 60, None));
        assert_eq!(take(3_600), (1, 30, None));
        assert_eq!(take(0), (0, 60, Some(30)), "the clock was set back");
        assert_eq!(take(30), (0, 60, None));
    }

    #[test]
    fn strangers_beyond_the_room_share_a_bucket_until_others_are_full_again() {
        let buckets = buckets();
        let ask = |n: u32, at| {
            let caller = Caller::at(IpAddr::from(std::net::Ipv4Addr::from_bits(n)));
            buckets.take(Class::Reads, caller, at).unwrap().refused_for.is_some()
        };
        assert!((0..50_000).all(|n| !ask(n, opening())));
        assert_eq!((50_000..50_003).map(|n| ask(n, opening())).collect::<Vec<_>>(), [false, false, true]);
        assert!(!ask(7, opening()), "who has a bucket keeps it");
        let later = opening() + TimeDelta::seconds(61);
        assert!((60_000..60_010).all(|n| !ask(n, later)));
        assert!(buckets.held.lock().unwrap().full_at.len() <= 10);
    }

    #[test]
    fn one_network_of_ipv6_is_one_caller() {
        let caller = |text: &str| Caller::at(text.parse().unwrap());
        assert_eq!(caller("2001:db8::1"), caller("2001:db8::ffff:1"));
        assert_ne!(caller("2001:db8::1"), caller("2001:db8:0:1::1"));
        assert_eq!(caller("::ffff:10.0.0.1"), caller("10.0.0.1"));
    }
}
