//! What stands where something was erased; nothing else is ever read without a key.

/// The owner and the name of what belongs to nobody any more.
pub const NOBODY: &str = "(đã xóa)";

/// Stands in a sealed column of words.
pub const WORDS: &str = "e1.words";
/// Stands in a sealed column of a person, who then has the name [`NOBODY`].
pub const PERSON: &str = "e1.person";
/// Stands in a sealed column of a document that may be empty.
pub const DOCUMENT: &str = "e1.document";
/// Stands in a sealed column of a document that may be none.
pub const NONE: &str = "e1.none";

/// What a reader finds in an erased column; none for everything that is really sealed. The text is fixed, so whoever can
/// write a column can blank it and say nothing with it.
pub fn opened(sealed: &str) -> Option<&'static str> {
    match sealed {
        WORDS => Some(""),
        PERSON => Some("{\"name\":\"(đã xóa)\"}"),
        DOCUMENT => Some("{}"),
        NONE => Some("null"),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_blank_says_what_its_reader_expects_and_nothing_else_is_a_blank() {
        let person = opened(PERSON).unwrap();

        assert_eq!(serde_json::from_str::<serde_json::Value>(person).unwrap()["name"], NOBODY);
        assert_eq!(opened("e1.{\"name\":\"Ai\"}"), None);
        assert_eq!(opened("s1.0.0.0"), None);
        assert_eq!(opened("s2.own.0.0"), None);
    }
}
