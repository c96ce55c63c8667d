//! Our takings of a day against the list of the platform or the bank: every movement is matched once or told once (F-03).

use serde::{Deserialize, Serialize};
use std::collections::{HashMap, VecDeque};

/// Money that moved, as one side has written it down.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Movement {
    /// Our reference; empty where this side does not know it.
    pub reference: String,
    /// Number of the transaction at the platform or the bank; empty where there is none.
    pub transaction: String,
    /// Đồng; negative for money given back.
    pub amount: i64,
}

/// How two lists disagree.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum DifferenceKind {
    /// We have it, they have not.
    OnlyOurs,
    /// They have it, we have not.
    OnlyTheirs,
    /// Both have it, with two sums.
    DifferentAmount,
    /// They have it more than once.
    Doubled,
}

/// One disagreement.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Difference {
    /// What it is.
    pub kind: DifferenceKind,
    /// Place in our list.
    pub ours: Option<usize>,
    /// Place in their list.
    pub theirs: Option<usize>,
}

/// Every disagreement of two lists, in their order then ours.
///
/// One transaction number is one movement; where it is not known, our reference says which it is. Money in and money
/// back are never taken for one another.
pub fn compare(ours: &[Movement], theirs: &[Movement]) -> Vec<Difference> {
    let mut found: Vec<Option<usize>> = vec![None; theirs.len()];
    let mut taken = vec![false; ours.len()];
    for key in [by_transaction, by_reference] {
        let mut open: HashMap<(&str, bool), VecDeque<usize>> = HashMap::new();
        for (place, movement) in ours.iter().enumerate().filter(|(place, _)| is_free(&taken, *place)) {
            if let Some(key) = key(movement) {
                open.entry(key).or_default().push_back(place);
            }
        }
        for (movement, found) in theirs.iter().zip(&mut found).filter(|(_, found)| found.is_none()) {
            let place = key(movement).and_then(|key| open.get_mut(&key)).and_then(VecDeque::pop_front);
            if let Some(taken) = place.and_then(|place| taken.get_mut(place)) {
                *taken = true;
            }
            *found = place;
        }
    }
    let mut told = of_theirs(ours, theirs, &found);
    let left = (0..ours.len()).filter(|place| is_free(&taken, *place));
    told.extend(left.map(|place| Difference {
        kind: DifferenceKind::OnlyOurs,
        ours: Some(place),
        theirs: None,
    }));
    told
}

fn of_theirs(ours: &[Movement], theirs: &[Movement], found: &[Option<usize>]) -> Vec<Difference> {
    let lines = theirs.iter().zip(found).enumerate();
    let told = lines.filter_map(|(line, (movement, found))| {
        let matched = found.and_then(|place| ours.get(place));
        let (kind, place) = match matched {
            Some(ours) if ours.amount == movement.amount => return None,
            Some(_) => (DifferenceKind::DifferentAmount, *found),
            None => match ours.iter().position(|ours| same(ours, movement)) {
                Some(place) => (DifferenceKind::Doubled, Some(place)),
                None => (DifferenceKind::OnlyTheirs, None),
            },
        };
        Some(Difference { kind, ours: place, theirs: Some(line) })
    });
    told.collect()
}

fn is_free(taken: &[bool], place: usize) -> bool {
    taken.get(place) == Some(&false)
}

fn same(one: &Movement, other: &Movement) -> bool {
    let either = |key: fn(&Movement) -> Option<(&str, bool)>| key(one).is_some() && key(one) == key(other);
    either(by_transaction) || either(by_reference)
}

fn by_transaction(movement: &Movement) -> Option<(&str, bool)> {
    key(&movement.transaction, movement.amount)
}

fn by_reference(movement: &Movement) -> Option<(&str, bool)> {
    key(&movement.reference, movement.amount)
}

fn key(text: &str, amount: i64) -> Option<(&str, bool)> {
    (!text.is_empty()).then_some((text, amount < 0))
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn moved(reference: &str, transaction: &str, amount: i64) -> Movement {
        Movement { reference: reference.into(), transaction: transaction.into(), amount }
    }

    fn kinds(ours: &[Movement], theirs: &[Movement]) -> Vec<DifferenceKind> {
        compare(ours, theirs).into_iter().map(|difference| difference.kind).collect()
    }

    #[test]
    fn f_03_each_way_to_disagree_is_told_by_its_name() {
        use DifferenceKind::{DifferentAmount, Doubled, OnlyOurs, OnlyTheirs};
        let ours = [moved("A", "1", 10), moved("B", "2", 20), moved("C", "3", 30), moved("D", "", 40)];
        let theirs = [moved("A", "1", 10), moved("B", "2", 25), moved("A", "1", 10), moved("X", "9", 5)];

        assert_eq!(kinds(&ours, &theirs), [DifferentAmount, Doubled, OnlyTheirs, OnlyOurs, OnlyOurs]);
        assert_eq!(kinds(&ours, &ours), []);
    }

    #[test]
    fn f_03_money_back_is_not_taken_for_money_in() {
        use DifferenceKind::{OnlyOurs, OnlyTheirs};
        assert_eq!(kinds(&[moved("A", "1", 10)], &[moved("A", "1", -10)]), [OnlyTheirs, OnlyOurs]);
        assert_eq!(kinds(&[moved("A", "1", -10)], &[moved("A", "", -10)]), []);
    }

    prop_compose! {
        fn any_movement()(reference in "[AB]{0,1}", transaction in "[1-3]{0,1}", amount in -2..3_i64) -> Movement {
            moved(&reference, &transaction, amount)
        }
    }

    proptest! {
        #[test]
        fn f_03_every_movement_is_matched_once_or_told_once(
            ours in prop::collection::vec(any_movement(), 0..8), theirs in prop::collection::vec(any_movement(), 0..8),
        ) {
            let told = compare(&ours, &theirs);
            let lines = told.iter().filter_map(|difference| difference.theirs);
            let mut lines: Vec<usize> = lines.collect();
            lines.dedup();
            let alone = told.iter().filter(|d| d.kind == DifferenceKind::OnlyOurs).count();
            let unmatched = told.iter().filter(|d| matches!(d.kind, DifferenceKind::OnlyTheirs | DifferenceKind::Doubled));
            prop_assert_eq!(lines.len(), told.len() - alone);
            prop_assert_eq!(ours.len() - alone, theirs.len() - unmatched.count());
        }
    }
}
