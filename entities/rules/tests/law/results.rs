//! Codes to check results by, and how a result stands on a day.

use crate::office::day;
use proptest::prelude::*;
use rules::codes::{Malformed, grouped, verification_code, verification_code_as_typed};
use rules::results::{ResultState, Validity, revocation};
use rules::status::Status;

const LETTERS: &str = "0123456789ABCDEFGHJKMNPQRSTVWXYZ";

#[test]
fn a_code_is_twenty_letters_that_nobody_mistakes() {
    let code = verification_code([7; 19]);

    assert_eq!((code.len(), grouped(&code).len()), (20, 24));
    assert!(code.chars().all(|letter| LETTERS.contains(letter)), "{code}");
    assert_eq!(verification_code_as_typed(&grouped(&code)), Ok(code));
    assert_eq!(verification_code_as_typed("7k3m 9qxa-4OtZ c2wb dn8q"), Ok("7K3M9QXA40TZC2WBDN8Q".into()));
}

#[test]
fn what_is_no_code_says_why() {
    let why = |typed: &str| verification_code_as_typed(typed).unwrap_err();

    assert_eq!(why(" - "), Malformed::Empty);
    assert!(matches!(why("7K3M"), Malformed::Shape(_)));
    assert!(matches!(why("7K3M-9QXA-40TZ-C2WB-DN8Ư"), Malformed::Shape(_)));
    assert!(matches!(why("7K3M-9QXA-40TZ-C2WB-DN8U"), Malformed::Shape(_)), "U is no letter of ours");
    assert_eq!(why("7K3M-9QXA-40TZ-C2WB-DN8R"), Malformed::CheckDigit);
    assert_eq!(why(&"7".repeat(61)), Malformed::TooLong(60));
}

proptest! {
    #[test]
    fn one_mistaken_letter_and_any_two_exchanged_are_noticed(
        random in any::<[u8; 19]>(), (at, to, with) in (0_usize..20, 0_usize..32, 0_usize..20),
    ) {
        let code: Vec<char> = verification_code(random).chars().collect();
        let (mut mistaken, mut exchanged) = (code.clone(), code.clone());
        mistaken[at] = LETTERS.chars().nth(to).unwrap();
        exchanged.swap(at, with);
        for other in [mistaken, exchanged] {
            let read = verification_code_as_typed(&String::from_iter(&other));
            prop_assert_eq!(read.is_ok(), other == code);
        }
    }

    #[test]
    fn nothing_typed_panics(text in "\\PC{0,80}") {
        let _ = verification_code_as_typed(&text);
    }
}

#[test]
fn a_result_stands_within_its_days_and_what_has_ended_stays_ended() {
    let days = Validity { from: Some(day("2026-03-12")), until: Some(day("2026-03-20")) };
    let on = |kept: ResultState, date| kept.on(days, day(date));

    assert_eq!(on(ResultState::InForce, "2026-03-11"), ResultState::NotYetInForce);
    assert_eq!(on(ResultState::InForce, "2026-03-12"), ResultState::InForce);
    assert_eq!(on(ResultState::InForce, "2026-03-20"), ResultState::InForce);
    assert_eq!(on(ResultState::InForce, "2026-03-21"), ResultState::Expired);
    assert_eq!(on(ResultState::Revoked, "2026-03-15"), ResultState::Revoked);
    assert_eq!(on(ResultState::Replaced, "2026-03-15"), ResultState::Replaced);
    assert_eq!(ResultState::InForce.on(Validity::default(), day("2099-01-01")), ResultState::InForce);
}

#[test]
fn a_revocation_tells_everything_that_blocks_it() {
    let codes = |kept, status, approver| {
        let refused = revocation(kept, Some(status), approver).err();
        refused.map_or_else(Vec::new, |no| no.blocked_by.iter().map(|block| block.code).collect())
    };

    assert_eq!(codes(ResultState::InForce, Status::Returned, true), Vec::<&str>::new());
    assert_eq!(codes(ResultState::InForce, Status::Decided, false), ["wrong_role", "result_not_handed_over"]);
    assert_eq!(codes(ResultState::Replaced, Status::Decided, true), ["result_ended"]);
}
