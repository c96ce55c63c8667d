//! The secret printed beside a dossier code, without which the public look-up tells nothing (C-16).

/// No I, O, 0 or 1, which people mistake for one another; 32 letters, so that no byte is favoured.
const ALPHABET: &str = "ABCDEFGHJKLMNPQRSTUVWXYZ23456789";

/// Eight letters from eight random bytes, 40 bits.
pub fn lookup_secret(random: [u8; 8]) -> String {
    random.into_iter().filter_map(|byte| ALPHABET.chars().nth(usize::from(byte % 32))).collect()
}

/// The secret a person typed: upper-cased, without the spaces and hyphens people add.
pub fn lookup_secret_as_typed(text: &str) -> String {
    let kept = text.chars().filter(|c| !c.is_whitespace() && *c != '-');
    kept.map(|c| c.to_ascii_uppercase()).take(ALPHABET.len()).collect()
}
