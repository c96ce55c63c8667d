//! The line as a state machine: days of calls against a clock that is moved by hand.

use super::*;
use chrono::TimeDelta;
use proptest::prelude::*;

fn start() -> DateTime<Utc> {
    DateTime::from_timestamp(1_772_000_000, 0).unwrap_or_default()
}

fn line(settings: LineSettings) -> Line {
    Line::of("dvcqg", settings)
}

fn careful() -> LineSettings {
    LineSettings { failures: 3, first_rest_seconds: 10, longest_rest_seconds: 60, ..LineSettings::default() }
}

/// Asks at `at`: none when the line kept the call back, with the time to wait.
fn ask(line: &Line, at: DateTime<Utc>, well: bool) -> Result<(), Duration> {
    match line.admit(&Trip::at(at), "TraCuuHoSo") {
        Ok(call) => {
            call.ended(if well { Ended::Answered } else { Ended::Failed("503") });
            Ok(())
        }
        Err(Failure::Wait { after, .. }) => Err(after),
        Err(other) => panic!("{other:?}"),
    }
}

#[test]
fn a_party_that_fails_three_times_rests_and_is_then_asked_once() {
    let line = line(careful());
    (0..3).for_each(|_| assert_eq!(ask(&line, start(), false), Ok(())));

    let resting = ask(&line, start(), true);
    let later = start() + TimeDelta::seconds(10);
    let trying = line.admit(&Trip::at(later), "TraCuuHoSo").expect("one call tries");
    let beside = ask(&line, later, true);
    trying.ended(Ended::Answered);

    assert_eq!(resting, Err(Duration::from_secs(10)));
    assert_eq!(beside, Err(Duration::from_secs(5)));
    assert_eq!(ask(&line, later, true), Ok(()));
    assert_eq!(line.rest(), Rest::Awake);
}

#[test]
fn a_party_that_stays_down_rests_longer_each_time_up_to_the_longest() {
    let line = line(careful());
    (0..3).for_each(|_| assert_eq!(ask(&line, start(), false), Ok(())));
    let mut at = start();
    let mut rests = Vec::new();

    for _ in 0..5 {
        let rest = ask(&line, at, false).expect_err("it rests");
        rests.push(rest.as_secs());
        at += TimeDelta::from_std(rest).unwrap();
        assert_eq!(ask(&line, at, false), Ok(()));
    }

    assert_eq!(rests, [10, 20, 40, 60, 60]);
}

#[test]
fn a_call_that_is_cut_off_counts_as_failed_and_the_next_rest_ends_all_the_same() {
    let line = line(careful());
    (0..3).for_each(|_| drop(line.admit(&Trip::at(start()), "TraCuuHoSo")));
    let at = start() + TimeDelta::seconds(10);
    drop(line.admit(&Trip::at(at), "TraCuuHoSo").expect("one call tries"));

    let again = ask(&line, at + TimeDelta::seconds(20), true);

    assert_eq!(again, Ok(()));
    assert_eq!(line.counts().failed, 4);
}

#[test]
fn a_party_that_is_tried_out_gets_the_calls_of_a_trial_alone() {
    let line = line(careful());
    line.set(PartyState::Testing, BTreeMap::new());

    let usual = line.admit(&Trip::at(start()), "TraCuuHoSo");
    let trial = line.admit(&Trip::at(start()).on_trial(), "TraCuuHoSo");

    assert!(usual.is_err_and(|failure| failure.is_wait() && failure.reason().contains("being tried out")));
    trial.expect("a trial goes out").ended(Ended::Answered);
}

#[test]
fn one_data_service_may_be_off_while_the_others_go_on() {
    let line = line(careful());
    line.set(PartyState::Live, BTreeMap::from([("TraCuuHoSo".to_owned(), PartyState::Off)]));

    let off = line.admit(&Trip::at(start()), "TraCuuHoSo");
    let other = line.admit(&Trip::at(start()), "DongBoHoSoMC");

    assert!(off.is_err_and(|failure| failure.reason().contains("dvcqg/TraCuuHoSo is off")));
    other.expect("the others go out").ended(Ended::Answered);
}

#[test]
fn calls_are_counted_by_service_and_legal_day_and_given_back_when_they_cannot_be_written() {
    let line = line(careful());
    let (evening, midnight) = (start(), start() + TimeDelta::days(1));
    assert_eq!(ask(&line, evening, true), Ok(()));
    assert_eq!(ask(&line, midnight, false), Ok(()));
    let news = line.take_news();
    assert_eq!(ask(&line, midnight, true), Ok(()));

    line.give_back(news);

    let news = line.take_news();
    let told: Vec<_> = news.days.values().map(|c| (c.answered, c.failed)).collect();
    assert_eq!(told, [(1, 0), (1, 1)]);
    assert_eq!(news.health.failed_with.as_deref(), Some("503"));
    assert!(line.take_news().is_empty());
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn never_more_calls_than_the_rate(
        calls_per_minute in 1_u32..600, burst in 1_u32..30, steps in prop::collection::vec(0_i64..3_000, 1..300),
    ) {
        let line = line(LineSettings { calls_per_minute, burst, ..LineSettings::open() });
        let mut at = start();
        let mut out = Vec::new();
        for step in steps {
            at += TimeDelta::milliseconds(step);
            if ask(&line, at, true).is_ok() {
                out.push(at);
            }
        }

        let apart = TimeDelta::minutes(1) / i32::try_from(calls_per_minute).unwrap();
        let allowed = usize::try_from(burst).unwrap();
        for (first, from) in out.iter().enumerate() {
            // Each call after the burst needs its time to fill the bucket again.
            for (more, until) in out.iter().skip(first + allowed).enumerate() {
                let filled = apart * i32::try_from(more + 1).unwrap();
                prop_assert!(*until - *from >= filled, "{} calls within {}", more + allowed, *until - *from);
            }
        }
    }

    #[test]
    fn a_broken_party_is_asked_at_most_once_a_rest(
        failures in 1_usize..8, rest in 1_u32..60, steps in prop::collection::vec(0_i64..20_000, 1..300),
    ) {
        let failed = u32::try_from(failures).unwrap();
        let settings = LineSettings { failures: failed, first_rest_seconds: rest, ..LineSettings::default() };
        let line = line(settings);
        let mut at = start();
        let mut out = Vec::new();
        for step in steps {
            at += TimeDelta::milliseconds(step);
            if ask(&line, at, false).is_ok() {
                out.push(at);
            }
        }

        let resting = out.iter().skip(failures - 1);
        for (before, after) in resting.clone().zip(resting.skip(1)) {
            prop_assert!(*after - *before >= TimeDelta::seconds(i64::from(rest)));
        }
    }

    #[test]
    fn a_healthy_party_is_never_refused(steps in prop::collection::vec((0_i64..5_000, 0_usize..3), 1..200)) {
        let line = line(careful());
        let mut at = start();
        for (step, failed) in steps {
            at += TimeDelta::milliseconds(step);
            for _ in 0..failed.min(2) {
                prop_assert_eq!(ask(&line, at, false), Ok(()));
            }
            prop_assert_eq!(ask(&line, at, true), Ok(()));
        }
    }

    #[test]
    fn whoever_is_sent_away_finds_a_place_in_time(waiting in 1_usize..60) {
        let line = line(LineSettings { calls_per_minute: 60, burst: 1, ..LineSettings::open() });
        let mut ahead = vec![start(); waiting];
        let mut done = 0;
        while let Some(at) = ahead.iter().min().copied() {
            let place = ahead.iter().position(|other| *other == at).unwrap_or_default();
            ahead.swap_remove(place);
            match ask(&line, at, true) {
                Ok(()) => done += 1,
                Err(after) => ahead.push(at + TimeDelta::from_std(after).unwrap()),
            }
            prop_assert!(at <= start() + TimeDelta::seconds(2 * i64::try_from(waiting).unwrap()));
        }
        prop_assert_eq!(done, waiting);
    }
}
