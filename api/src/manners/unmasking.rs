//! Persons in lists: masked, unless the reader says what they must be named for.

use crate::problems::{Code, Problem};
use entities::documents::using;

/// What persons are named for in a list; none when they stay masked. The words go into the chronicle, where each of
/// these persons reads them. Fails 400 `query_invalid` when a list unmasked says no purpose.
pub(crate) fn named_for(unmasked: bool, purpose: Option<&str>) -> Result<Option<&str>, Problem> {
    if !unmasked {
        return Ok(None);
    }
    let said = using::purpose(purpose.unwrap_or_default());
    said.map(Some).map_err(|_| Problem::new(Code::QueryInvalid).because(WORDS.0, WORDS.1))
}

const WORDS: (&str, &str) = (
    "Muốn xem đầy đủ thông tin cá nhân trong danh sách, hãy nêu mục đích bằng lời trong tham số `purpose`, tối đa 400 ký tự; \
     những người có tên trong danh sách sẽ đọc được.",
    "To see persons unmasked in a list, say what for in words in the parameter `purpose`, in at most 400 characters; \
     the persons in the list will read it.",
);

#[cfg(test)]
mod tests {
    use super::named_for;

    #[test]
    fn persons_stay_masked_unless_asked_for_with_a_purpose() {
        assert_eq!(named_for(false, Some("Gọi người dân đến nhận")).unwrap(), None);
        assert_eq!(
            named_for(true, Some(" Gọi người dân đến nhận ")).unwrap(),
            Some("Gọi người dân đến nhận")
        );
        for said in [None, Some(""), Some(" . "), Some("1234567")] {
            assert!(named_for(true, said).is_err(), "{said:?}");
        }
    }
}
