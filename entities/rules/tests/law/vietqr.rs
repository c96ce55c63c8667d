//! law.md §4.4: QR codes for transfers, with the vectors of two independent programs.

use proptest::prelude::*;
use rules::codes::vietqr::{VietQrProblem, crc16, transfer};

const STATIC: &str =
    "00020101021138540010A00000072701240006970436011001234567890208QRIBFTTA53037045802VN63046A15";
const FIFTY: &str = "00020101021238540010A00000072701240006970436011001234567890208QRIBFTTA53037045405500005802VN62370833TT HO SO H15.50.05.13-261008-09756304AD79";
const SEVENTY_NINE: &str = "00020101021238560010A0000007270126000697041501121133666688880208QRIBFTTA53037045405790005802VN62230819thanh toan don hang63048A24";

#[test]
fn the_vectors_come_out_letter_by_letter() {
    assert_eq!(transfer("970436", "0123456789", None, "").unwrap(), STATIC);
    assert_eq!(
        transfer("970436", "0123456789", Some(50_000), "TT HỒ SƠ H15.50.05.13-261008-0975").unwrap(),
        FIFTY
    );
    assert_eq!(
        transfer("970415", "113366668888", Some(79_000), "thanh toán đơn hàng").unwrap(),
        SEVENTY_NINE
    );
}

#[test]
fn the_check_value_of_the_crc_is_29b1() {
    assert_eq!(crc16(b"123456789"), 0x29B1);
}

#[test]
fn what_no_bank_would_take_is_refused() {
    let made = |bin, account, amount, purpose: &str| transfer(bin, account, amount, purpose).unwrap_err();

    assert_eq!(made("97043", "1", None, ""), VietQrProblem::BankBin);
    assert_eq!(made("970436", "", None, ""), VietQrProblem::Account);
    assert_eq!(made("970436", "12 34", None, ""), VietQrProblem::Account);
    assert_eq!(made("970436", "1", Some(0), ""), VietQrProblem::Amount);
    assert_eq!(made("970436", "1", Some(-5), ""), VietQrProblem::Amount);
    assert_eq!(made("970436", "1", Some(i64::MAX), ""), VietQrProblem::Amount);
    assert_eq!(made("970436", "1", None, &"x".repeat(51)), VietQrProblem::Purpose);
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 10_000, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn every_code_is_ascii_and_ends_with_its_own_crc(
        account in "[0-9A-Z]{1,19}", amount in prop::option::of(1..1_000_000_000_000_i64), purpose in ".{0,40}",
    ) {
        if let Ok(text) = transfer("970436", &account, amount, &purpose) {
            prop_assert!(text.bytes().all(|b| (b' '..=b'~').contains(&b)));
            let (body, crc) = text.split_at(text.len() - 4);
            prop_assert_eq!(crc, format!("{:04X}", crc16(body.as_bytes())));
        }
    }
}
