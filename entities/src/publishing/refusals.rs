//! Why a draft of a revision may not be changed or adopted, in words.

use crate::error::Error;
use rules::refusal::{Block, Refusal, Violation};

/// A draft that has ended is never changed.
pub(super) fn ended(act: &'static str, state: &str) -> Error {
    let (vi, en) = match state {
        "adopted" => ("Bản nháp đã được ban hành.", "The draft has been adopted."),
        _ => ("Bản nháp đã bị bỏ.", "The draft has been thrown away."),
    };
    refused(act, "draft_ended", vi, en)
}

/// Another revision came into force after the draft was made; adopting it would undo that one.
pub(super) fn overtaken(act: &'static str) -> Error {
    refused(
        act,
        "draft_overtaken",
        "Thủ tục đã có phiên bản khác được ban hành sau khi lập bản nháp này; hãy bỏ bản nháp này và đọc lại danh mục quốc gia để lập bản mới.",
        "Another revision was adopted after this draft was made; throw it away and read the national catalogue again for a new one.",
    )
}

fn refused(act: &'static str, code: &'static str, vi: &str, en: &str) -> Error {
    let block = Block { code, vi: vi.into(), en: en.into(), legal_basis: None };
    Refusal { act, status: None, blocked_by: vec![block], allowed: Vec::new() }.into()
}

/// Something in the draft itself is wrong.
pub(super) fn invalid(pointer: &str, code: &'static str, vi: String, en: String) -> Error {
    Error::Invalid(vec![Violation { pointer: pointer.into(), code, vi, en }])
}
