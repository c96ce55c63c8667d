//! C-01..C-16 and law.md §2.3: codes and numbers.

use crate::office::day;
use proptest::prelude::*;
use rules::codes::{
    DossierCode, Doubt, Malformed, OrganisationCode, Origin, PersonNumber, PersonalId, ProcedureCode, Scheme,
    Sex, TaxCode, format, lookup_secret, lookup_secret_as_typed, series_prefix,
};
use rules::lang::Lang;
use std::collections::HashSet;

fn scheme(text: &str) -> Option<Scheme> {
    OrganisationCode::parse(text).ok().map(|c| c.scheme())
}

#[test]
fn c_01_c_02_c_04_c_05_organisation_codes_are_old_new_or_other() {
    for old in ["000.00.00.H03", "000.00.15.H03", "000.05.15.H03", "001.05.15.H03", "00A.0B.1C.Y99"] {
        assert_eq!(scheme(old), Some(Scheme::Old), "{old}");
    }
    for new in ["H03", "H15.50.05.13", "G22.99", "H15.A1.B2C3", "A01.00000000000000000000000000000.0"] {
        assert_eq!(scheme(new), Some(Scheme::New), "{new}");
    }
    for other in ["Z01A", "Z99.0123456789ABCDEF", "Z01ABCDEFGHIJKLMNOPQRSTUVWXYZ012345"] {
        assert_eq!(scheme(other), Some(Scheme::Other), "{other}");
    }
}

#[test]
fn c_05_anything_else_is_no_organisation_code() {
    for wrong in [
        "",
        "h03",
        "H3",
        "H033",
        "H03.",
        "H03..1",
        ".H03",
        "H03 ",
        "Z01",
        "Z1A",
        "Z0١A",
        "00.00.00.H03",
        "000.00.00.Z03",
        "000.00.00.H3",
        "000.00.00",
        "H15.50-05",
        "H15.Đ1",
        "A01.000000000000000000000000000000.00",
        "Z01ABCDEFGHIJKLMNOPQRSTUVWXYZ0123456",
    ] {
        assert!(OrganisationCode::parse(wrong).is_err(), "{wrong}");
    }
    assert_eq!(OrganisationCode::parse(""), Err(Malformed::Empty));
}

#[test]
fn c_07_an_old_code_turned_round_is_a_proposal() {
    let turned = |old: &str| OrganisationCode::parse(old).unwrap().turned_round().map(String::from);

    assert_eq!(turned("001.05.15.H03").as_deref(), Some("H03.15.05.001"));
    assert_eq!(turned("000.00.15.H03").as_deref(), Some("H03.15"));
    assert_eq!(turned("000.00.00.H03").as_deref(), Some("H03"));
    assert_eq!(turned("H15.50.05.13"), None);
    assert_eq!(OrganisationCode::parse("001.05.15.H03").unwrap().top(), "H03");
    assert_eq!(OrganisationCode::parse("H15.50.05.13").unwrap().top(), "H15");
}

#[test]
fn c_10_c_11_dossier_codes_are_built_for_both_generations() {
    let prefix = series_prefix("H15.50.05.13", day("2026-10-08"));

    assert_eq!(format(&prefix, 975), "H15.50.05.13-261008-0975");
    assert_eq!(format(&series_prefix("000.14.10.H03", day("2024-05-29")), 1), "000.14.10.H03-240529-0001");
}

#[test]
fn c_13_a_series_grows_past_9999_and_is_never_cut() {
    let prefix = series_prefix("H15.50", day("2026-10-08"));

    assert_eq!(format(&prefix, 9_999), "H15.50-261008-9999");
    assert_eq!(format(&prefix, 10_000), "H15.50-261008-10000");
    let parts = DossierCode::parse("H15.50-261008-10000").unwrap().parts().unwrap();
    assert_eq!((parts.number, parts.origin), (10_000, Origin::Province));
}

#[test]
fn c_11_the_length_of_the_number_says_who_gave_the_code() {
    let parts = |code: &str| DossierCode::parse(code).unwrap().parts().unwrap();

    let ours = parts("H15.50.05.13-261008-0975");
    assert_eq!((ours.date, ours.number, ours.origin), (day("2026-10-08"), 975, Origin::Province));
    assert_eq!(ours.unit.as_str(), "H15.50.05.13");
    assert_eq!(parts("H15.50-261008-150975").origin, Origin::Ministry(15));
    assert_eq!(parts("000.00.12.H22-210301-0900012").origin, Origin::Ministry(9));
}

#[test]
fn c_12_foreign_codes_are_kept_as_they_came() {
    for foreign in ["BCA-2026/000123", "G01.899.101-261308-0001", "H15.50-261008-1", "Đ-1", "x"] {
        let code = DossierCode::parse(foreign).unwrap();
        assert_eq!((code.as_str(), code.parts()), (foreign, None));
    }
    assert_eq!(DossierCode::parse(&"x".repeat(51)), Err(Malformed::TooLong(50)));
    assert!(DossierCode::parse(&"Đ".repeat(50)).is_ok());
    assert!(DossierCode::parse("H15 50").is_err() && DossierCode::parse("H15\u{0}").is_err());
}

#[test]
fn ma_tthc_procedure_codes_are_national_with_or_without_a_publisher() {
    let short = ProcedureCode::parse("2.000635").unwrap();
    let long = ProcedureCode::parse("1.001193.000.00.00.H03").unwrap();

    assert_eq!((short.national(), short.publisher()), ("2.000635", None));
    assert_eq!(long.national(), "1.001193");
    assert_eq!(long.publisher().map(OrganisationCode::top), Some("H03"));
    assert_eq!(long.to_string(), "1.001193.000.00.00.H03");
    for wrong in [
        "",
        "1.00119",
        "1.0011933",
        "1.001193.",
        "1.001193.H03",
        "1.001193.00A.00.00.H03",
        "10.01193",
        "1.00119Đ",
    ] {
        assert!(ProcedureCode::parse(wrong).is_err(), "{wrong}");
    }
}

#[test]
fn so_dinh_danh_personal_ids_are_twelve_digits_and_only_doubted() {
    let id = PersonalId::parse("001199012345").unwrap();

    assert_eq!((id.birth_year(), id.sex()), (1999, Sex::Female));
    assert_eq!(id.doubts(Some(1999), Some(Sex::Female)), []);
    assert_eq!(id.doubts(Some(1998), Some(Sex::Male)), [Doubt::BirthYear { in_number: 1999 }, Doubt::Sex]);
    assert_eq!(id.doubts(None, None), []);
    assert_eq!(PersonalId::parse("999204000001").unwrap().birth_year(), 2004);
    assert!(Doubt::Sex.words(Lang::Vi).contains("giới tính"));
    for wrong in ["", "00119901234", "0011990123456", "00119901234x", "٠٠١١٩٩٠١٢٣٤٥"] {
        assert!(PersonalId::parse(wrong).is_err(), "{wrong}");
    }
}

#[test]
fn so_dinh_danh_no_place_code_refuses_a_person() {
    for place in (0..=999).map(|place| format!("{place:03}")) {
        let id = PersonalId::parse(&format!("{place}199012345")).unwrap();

        assert_eq!(id.doubts(Some(1999), Some(Sex::Female)), [], "{place}");
    }
}

#[test]
fn so_dinh_danh_the_fourth_digit_tells_century_and_sex() {
    let told = |digit: u8| {
        let id = PersonalId::parse(&format!("001{digit}07123456")).unwrap();
        (id.birth_year(), id.sex())
    };

    let expected = [1907, 2007, 2107, 2207, 2307];
    for (century, year) in (0_u8..).zip(expected) {
        assert_eq!(told(2 * century), (year, Sex::Male));
        assert_eq!(told(2 * century + 1), (year, Sex::Female));
    }
}

#[test]
fn c_03_a_business_goes_by_its_tax_code_and_not_by_an_agencys() {
    for number in ["0100233488", "0314409058-002"] {
        assert!(TaxCode::parse(number).is_ok());
        assert!(OrganisationCode::parse(number).is_err(), "{number} must not pass for an agency");
    }
}

#[test]
fn cmnd_nine_digits_are_an_old_card() {
    let codes = ["001199012345", "123456789"].map(|text| PersonNumber::parse(text).unwrap().code());

    assert_eq!(codes, [1, 2]);
    assert!(PersonNumber::parse("1234567890").is_err());
}

#[test]
fn mst_tax_codes_have_a_check_digit_a_branch_or_are_personal_ids() {
    let printed = |text: &str| TaxCode::parse(text).map(String::from);

    for right in ["0100233488", "0314409058", "0314409058-002", "0100686209", "001199012345"] {
        assert_eq!(printed(right).as_deref(), Ok(right));
    }
    assert_eq!(printed("0314409058002").as_deref(), Ok("0314409058-002"));
    assert_eq!(printed("0100233480"), Err(Malformed::CheckDigit));
    for wrong in [
        "",
        "010023348",
        "0314409058-000",
        "0314409058-2",
        "0314409058-0022",
        "03144090581",
        "0314409058_002",
    ] {
        assert!(printed(wrong).is_err(), "{wrong}");
    }
}

#[test]
fn mst_a_tax_code_whose_sum_leaves_no_remainder_has_no_check_digit() {
    // 31*0 + 29*0 + ... + 7*1 + 5*0 + 3*5 = 22, a multiple of 11.
    let ten_ways = (0..10).map(|last| TaxCode::parse(&format!("000000105{last}")));

    assert!(ten_ways.into_iter().all(|read| read == Err(Malformed::CheckDigit)));
}

#[test]
fn c_16_look_up_secrets_are_eight_letters_nobody_mistakes() {
    let letters: HashSet<char> =
        (0..=255).flat_map(|b| lookup_secret([b; 8]).chars().collect::<Vec<_>>()).collect();

    assert_eq!(letters.len(), 32);
    assert!(letters.iter().all(|c| !"01IO".contains(*c) && (c.is_ascii_uppercase() || c.is_ascii_digit())));
    assert_eq!(lookup_secret([0, 1, 2, 3, 31, 32, 64, 255]), "ABCD9AA9");
    assert_eq!(lookup_secret_as_typed(" abcd-9aa9 "), "ABCD9AA9");
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 10_000, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn c_12_reading_a_code_never_panics_and_what_is_read_is_read_again(text in ".{0,60}") {
        if let Ok(code) = OrganisationCode::parse(&text) {
            prop_assert_eq!(code.as_str(), &text);
            let _ = (code.top(), code.turned_round());
        }
        if let Ok(code) = DossierCode::parse(&text) {
            let _ = code.parts();
        }
        if let Ok(code) = TaxCode::parse(&text) {
            prop_assert_eq!(TaxCode::parse(code.as_str()), Ok(code));
        }
        let _ = (ProcedureCode::parse(&text), PersonNumber::parse(&text), lookup_secret_as_typed(&text));
    }

    #[test]
    fn c_12_codes_nearly_right_never_panic(text in "[0-9A-ZđĐ.\u{301}-]{0,55}") {
        if let Ok(code) = DossierCode::parse(&text) {
            let _ = code.parts();
        }
        if let Ok(code) = ProcedureCode::parse(&text) {
            prop_assert_eq!(code.to_string(), text.clone());
        }
        let _ = (OrganisationCode::parse(&text), TaxCode::parse(&text), PersonNumber::parse(&text));
    }

    #[test]
    fn c_12_bytes_of_any_kind_never_panic(bytes in prop::collection::vec(any::<u8>(), 0..60)) {
        let text = String::from_utf8_lossy(&bytes);
        let _ = (OrganisationCode::parse(&text), DossierCode::parse(&text).map(|c| c.parts()));
        let _ = (ProcedureCode::parse(&text), TaxCode::parse(&text), PersonNumber::parse(&text));
    }

    #[test]
    fn c_10_a_code_built_is_a_code_read(
        group in "[0-9A-Z]{1,4}", n in 1..99_999_u32, days in 0..36_000_u64,
    ) {
        let unit = format!("H15.{group}");
        let date = day("2000-01-01") + chrono::Days::new(days);
        let code = DossierCode::parse(&rules::codes::format(&series_prefix(&unit, date), n)).unwrap();
        let parts = code.parts().unwrap();
        prop_assert_eq!((parts.unit.as_str(), parts.date, parts.number), (unit.as_str(), date, n));
    }
}
