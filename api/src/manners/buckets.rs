//! How much each caller has asked lately: token buckets, refilled by the office's clock, kept in this process.

use chrono::{DateTime, TimeDelta, Utc};
use std::collections::HashMap;
use std::net::{IpAddr, Ipv6Addr};
use std::sync::{Mutex, PoisonError};

/// Most buckets held; callers beyond that share one.
const MOST: usize = 50_000;

/// The window of every budget, in microseconds: one minute.
const WINDOW: i64 = 60_000_000;

/// A budget, by what is counted in it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub(crate) enum Policy {
    /// Asking for one thing without changing anything.
    Reads,
    /// Turning the pages of lists, and searching.
    Lists,
    /// Everything that may change something.
    Writes,
    /// What costs the office much: files, sheets, reports.
    Heavy,
    /// Guessing would pay here: a small budget.
    Lookups,
    /// Everything that one network address asks.
    Address,
    /// Everything that is asked through one client.
    Client,
}

/// Whose budget is spent.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub(crate) enum Caller {
    /// The network address; of IPv6 its /64, which is what one household or company holds.
    Address(IpAddr),
    /// SHA-256 of `issuer|subject`, told by a token whose signature was checked.
    Person([u8; 32]),
    /// SHA-256 of `issuer|client`, told by such a token.
    Client([u8; 32]),
    /// Everybody for whom there was no room.
    Crowd,
}

/// One request to be taken out of one bucket.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Draw {
    /// Which budget.
    pub(crate) policy: Policy,
    /// Whose.
    pub(crate) caller: Caller,
    /// Requests a minute; more than none.
    pub(crate) quota: u32,
}

/// What a bucket owes after a request, in microseconds of its refilling.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Debt {
    /// Until it is whole again.
    pub(crate) owes: i64,
    /// Until it takes one more; none of it is missing when not above 0.
    pub(crate) missing: i64,
}

/// Where a caller stands in one budget after asking once more.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Standing {
    /// Which budget.
    pub(crate) policy: Policy,
    /// Requests a minute.
    pub(crate) quota: u32,
    /// Requests left now.
    pub(crate) left: i64,
    /// Seconds until the budget is whole again.
    pub(crate) whole_in: i64,
    /// Seconds until one more request is taken; none when this budget had one.
    pub(crate) refused_for: Option<i64>,
}

/// All buckets of this process.
#[derive(Debug, Default)]
pub(crate) struct Buckets {
    held: Mutex<Held>,
}

/// A bucket is the moment at which it is full again.
#[derive(Debug, Default)]
struct Held {
    full_at: HashMap<(Policy, Caller), DateTime<Utc>>,
    swept: Option<DateTime<Utc>>,
}

impl Buckets {
    /// Takes one request out of every bucket, or out of none when one of them is empty.
    pub(crate) fn take(&self, draws: &[Draw], at: DateTime<Utc>) -> Vec<Debt> {
        self.held.lock().unwrap_or_else(PoisonError::into_inner).take(draws, at)
    }

    /// What the buckets owe, when one of them is known to be empty: nothing more needs to be asked.
    pub(crate) fn spent(&self, draws: &[Draw], at: DateTime<Utc>) -> Option<Vec<Debt>> {
        let held = self.held.lock().unwrap_or_else(PoisonError::into_inner);
        let debts: Vec<Debt> = draws.iter().map(|draw| held.debt(draw, at)).collect();
        debts.iter().any(|debt| debt.missing > 0).then_some(debts)
    }

    /// Notes what was counted elsewhere, so that a spent budget stays spent when this process has to count alone.
    pub(crate) fn note(&self, draws: &[Draw], debts: &[Debt], at: DateTime<Utc>) {
        self.held.lock().unwrap_or_else(PoisonError::into_inner).note(draws, debts, at);
    }
}

impl Held {
    fn take(&mut self, draws: &[Draw], at: DateTime<Utc>) -> Vec<Debt> {
        let roomed: Vec<Draw> =
            draws.iter().map(|draw| Draw { caller: self.roomed(draw, at), ..*draw }).collect();
        let before: Vec<Debt> = roomed.iter().map(|draw| self.debt(draw, at)).collect();
        let taken = before.iter().all(|debt| debt.missing <= 0);
        let one = |draw: &Draw| if taken { draw.one() } else { 0 };
        let pairs = roomed.iter().zip(before);
        let after: Vec<Debt> =
            pairs.map(|(draw, debt)| Debt { owes: debt.owes + one(draw), ..debt }).collect();
        self.note(&roomed, &after, at);
        after
    }

    fn debt(&self, draw: &Draw, at: DateTime<Utc>) -> Debt {
        let full_at = self.full_at.get(&(draw.policy, draw.caller)).copied().unwrap_or(at);
        let owes = (full_at - at).num_microseconds().unwrap_or(draw.whole()).clamp(0, draw.whole());
        Debt { owes, missing: owes + draw.one() - draw.whole() }
    }

    // Written for a refused request too, so that a clock that was set back shuts nobody out for long.
    fn note(&mut self, draws: &[Draw], debts: &[Debt], at: DateTime<Utc>) {
        for (draw, debt) in draws.iter().zip(debts) {
            let key = (draw.policy, draw.caller);
            if self.full_at.len() < MOST || self.full_at.contains_key(&key) || draw.caller == Caller::Crowd {
                self.full_at.insert(key, at + TimeDelta::microseconds(debt.owes));
            }
        }
    }

    /// The caller, or the crowd when there is no room for one more.
    fn roomed(&mut self, draw: &Draw, at: DateTime<Utc>) -> Caller {
        if self.full_at.len() < MOST || self.full_at.contains_key(&(draw.policy, draw.caller)) {
            return draw.caller;
        }
        // Looking through all of them for each stranger would be the attack itself.
        if self.swept.is_none_or(|swept| (at - swept).abs() >= TimeDelta::seconds(1)) {
            self.swept = Some(at);
            self.full_at.retain(|_, full_at| *full_at > at);
        }
        if self.full_at.len() < MOST { draw.caller } else { Caller::Crowd }
    }
}

impl Draw {
    /// Microseconds in which one request comes back.
    pub(crate) fn one(&self) -> i64 {
        (WINDOW / i64::from(self.quota.max(1))).max(1)
    }

    /// Microseconds in which an empty bucket is whole again.
    pub(crate) fn whole(&self) -> i64 {
        self.one() * i64::from(self.quota)
    }

    /// Where the caller stands with this debt.
    pub(crate) fn standing(&self, debt: Debt) -> Standing {
        Standing {
            policy: self.policy,
            quota: self.quota,
            left: (self.whole() - debt.owes) / self.one(),
            whole_in: seconds(debt.owes),
            refused_for: (debt.missing > 0).then(|| seconds(debt.missing)),
        }
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

    fn draw(caller: Caller, quota: u32) -> Draw {
        Draw { policy: Policy::Reads, caller, quota }
    }

    #[test]
    fn a_bucket_refills_drop_by_drop_and_never_overflows() {
        let (buckets, draw) = (Buckets::default(), draw(Caller::Person([1; 32]), 2));
        let take = |after: i64| {
            let debts = buckets.take(&[draw], opening() + TimeDelta::seconds(after));
            let standing = draw.standing(debts[0]);
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
    fn what_one_budget_refuses_is_taken_out_of_no_other() {
        let buckets = Buckets::default();
        let (small, large) = (draw(Caller::Person([1; 32]), 1), draw(Caller::Client([1; 32]), 60));
        let take = || buckets.take(&[small, large], opening()).into_iter().map(|debt| debt.owes).collect();
        let first: Vec<i64> = take();

        assert_eq!(first, [60_000_000, 1_000_000]);
        assert_eq!(buckets.spent(&[large], opening()), None);
        assert!((0..100).all(|_| take() == first));
        assert_eq!(buckets.spent(&[small, large], opening()).unwrap()[1].owes, 1_000_000);
    }

    #[test]
    fn strangers_beyond_the_room_share_a_bucket_until_others_are_full_again() {
        let buckets = Buckets::default();
        let ask = |n: u32, at| {
            let caller = Caller::at(IpAddr::from(std::net::Ipv4Addr::from_bits(n)));
            buckets.take(&[draw(caller, 2)], at)[0].missing > 0
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
