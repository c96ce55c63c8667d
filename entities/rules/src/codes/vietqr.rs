//! VietQR codes for bank transfers at the desk: EMVCo fields and a CRC (law.md §4.4).

use crate::folding::unaccented;

/// Why no code can be made.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum VietQrProblem {
    /// The bank's BIN is six digits.
    #[error("the bank BIN must be six digits")]
    BankBin,
    /// Account numbers have 1 to 19 letters and digits.
    #[error("the account must have 1 to 19 letters and digits")]
    Account,
    /// The amount must be positive and fit 13 digits.
    #[error("the amount must be positive and below ten trillion đồng")]
    Amount,
    /// Banks cut purposes above 50 characters, and with them the reference.
    #[error("the purpose is longer than 50 characters")]
    Purpose,
}

const LONGEST_PURPOSE: usize = 50;

/// Text of the QR code for a transfer to an account.
///
/// `amount` in đồng; without one the code is static and the payer types it. `purpose` is written without
/// accents; put a short unique reference in it. A transfer so made is not an online payment on the national
/// platform, and never paid before the bank says so.
pub fn transfer(
    bank_bin: &str,
    account: &str,
    amount: Option<i64>,
    purpose: &str,
) -> Result<String, VietQrProblem> {
    let purpose = unaccented(purpose);
    check(bank_bin, account, amount, &purpose)?;
    let beneficiary = field("00", bank_bin) + &field("01", account);
    let merchant = field("00", "A000000727") + &field("01", &beneficiary) + &field("02", "QRIBFTTA");
    let mut text = field("00", "01");
    text += &field("01", if amount.is_some() { "12" } else { "11" });
    text += &field("38", &merchant);
    text += &field("53", "704");
    text += &amount.map(|a| field("54", &a.to_string())).unwrap_or_default();
    text += &field("58", "VN");
    if !purpose.is_empty() {
        text += &field("62", &field("08", &purpose));
    }
    text += "6304";
    let crc = crc16(text.as_bytes());
    Ok(format!("{text}{crc:04X}"))
}

fn check(bin: &str, account: &str, amount: Option<i64>, purpose: &str) -> Result<(), VietQrProblem> {
    if bin.len() != 6 || !bin.bytes().all(|b| b.is_ascii_digit()) {
        return Err(VietQrProblem::BankBin);
    }
    if !(1..=19).contains(&account.len()) || !account.bytes().all(|b| b.is_ascii_alphanumeric()) {
        return Err(VietQrProblem::Account);
    }
    if amount.is_some_and(|a| !(1..10_000_000_000_000).contains(&a)) {
        return Err(VietQrProblem::Amount);
    }
    if purpose.len() > LONGEST_PURPOSE {
        return Err(VietQrProblem::Purpose);
    }
    Ok(())
}

/// Id, length in characters, value; every value here is ASCII and below 100 characters.
fn field(id: &str, value: &str) -> String {
    format!("{id}{:02}{value}", value.len())
}

/// CRC-16/CCITT-FALSE: polynomial 0x1021, initial value 0xFFFF, no reflection.
pub fn crc16(bytes: &[u8]) -> u16 {
    bytes.iter().fold(0xFFFF, |crc, byte| {
        (0..8).fold(crc ^ (u16::from(*byte) << 8), |crc: u16, _| {
            let shifted = crc << 1;
            if crc & 0x8000 == 0 { shifted } else { shifted ^ 0x1021 }
        })
    })
}
