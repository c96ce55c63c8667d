//! Why a paper cannot be taken, in words that say what to do; each with its stable code.

use crate::trouble::Trouble;

/// Nothing in it.
pub(crate) fn empty() -> Trouble {
    Trouble::paper(
        "empty",
        "Tệp rỗng, không có nội dung; hãy chọn đúng tệp rồi gửi lại.",
        "The file is empty; please choose the right file and send it again.",
    )
}

/// Cut off before its end.
pub(crate) fn truncated() -> Trouble {
    Trouble::paper(
        "truncated",
        "Tệp bị cắt mất phần cuối, có thể do gửi dở; hãy gửi lại cả tệp.",
        "The end of the file is missing, perhaps the sending broke off; please send the whole file again.",
    )
}

/// Cannot be opened.
pub(crate) fn broken() -> Trouble {
    Trouble::paper(
        "broken",
        "Tệp bị hỏng hoặc thiếu, không mở được; hãy quét hoặc lưu lại rồi gửi bản khác.",
        "The file is damaged or incomplete and cannot be opened; please scan or save it again.",
    )
}

/// Not what it says it is.
pub(crate) fn wrong_type() -> Trouble {
    Trouble::paper(
        "wrong_type",
        "Nội dung tệp không đúng loại đã ghi; hãy lưu lại đúng định dạng rồi gửi.",
        "The content is not of the type that was recorded; please save it in that format and send it again.",
    )
}

/// Two things at once.
pub(crate) fn polyglot() -> Trouble {
    Trouble::paper(
        "polyglot",
        "Tệp chứa đồng thời một tệp loại khác; hãy in hoặc quét lại thành tệp mới.",
        "The file is at the same time a file of another type; please print or scan it into a new file.",
    )
}

/// Has a password.
pub(crate) fn locked() -> Trouble {
    Trouble::paper(
        "encrypted",
        "Tệp có mật khẩu hoặc bị mã hóa; hãy gửi bản không khóa.",
        "The file is encrypted; please send one without a password.",
    )
}

/// Acts by itself.
pub(crate) fn active() -> Trouble {
    Trouble::paper(
        "active",
        "Tệp PDF có mã lệnh, tệp đính kèm hoặc nội dung tự chạy; hãy in lại thành PDF thường.",
        "The PDF holds scripts, attachments or content that acts by itself; please print it to a plain PDF.",
    )
}

/// Objects packed so that nobody can look into them.
pub(crate) fn hidden() -> Trouble {
    Trouble::paper(
        "hidden",
        "Tệp PDF giấu một phần nội dung, không kiểm tra được; hãy in lại thành PDF thường.",
        "The PDF packs a part of itself so that it cannot be checked; please print it to a plain PDF.",
    )
}

/// Holds macros.
pub(crate) fn macros() -> Trouble {
    Trouble::paper(
        "macros",
        "Tệp văn bản có macro; hãy lưu lại không có macro.",
        "The document holds macros; please save it without them.",
    )
}

/// Unpacks to far more than it should.
pub(crate) fn bomb() -> Trouble {
    Trouble::paper(
        "bomb",
        "Tệp khi giải nén lớn bất thường nên không được nhận; hãy in hoặc quét lại thành tệp mới.",
        "Unpacked, the file is unreasonably large and is not taken; please print or scan it into a new file.",
    )
}

/// Too many pixels in one page.
pub(crate) fn too_large() -> Trouble {
    Trouble::paper(
        "too_large_picture",
        "Trang có quá nhiều điểm ảnh; hãy quét lại ở 200 đến 300 dpi, khổ tối đa A2.",
        "A page has too many pixels; please scan it again at 200 to 300 dpi, A2 at most.",
    )
}

/// Too many pages.
pub(crate) fn too_many_pages(pages: u32, most: u32) -> Trouble {
    Trouble::paper(
        "too_many_pages",
        format!("Tệp có {pages} trang, nhiều hơn {most} trang được nhận; hãy tách thành nhiều tệp."),
        format!("The file has {pages} pages, more than the {most} that are taken; please split it."),
    )
}

/// Has no pages.
pub(crate) fn no_pages() -> Trouble {
    Trouble::paper(
        "no_pages",
        "Tệp loại này không có trang để số hóa; hãy lưu thành PDF rồi gửi lại.",
        "A file of this type has no pages to digitise; please save it as PDF and hand it in again.",
    )
}
