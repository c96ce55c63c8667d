//! Why a form could not be set.

use typst::diag::SourceDiagnostic;

/// Why a form could not be set; the words shown never hold what stood on the form.
#[derive(Debug, thiserror::Error)]
pub enum Error {
    /// The templates refused what they were given.
    #[error("không dàn được trang / the page could not be laid out")]
    Layout(String),
    /// The page does not pass the checks of PDF/A.
    #[error("không xuất được PDF/A / the page could not be exported as PDF/A")]
    Export(String),
    /// The look-up address is too long for its code.
    #[error("địa chỉ tra cứu quá dài / the look-up address is too long")]
    Code,
}

/// The first fault, for who looks at the value itself.
pub(crate) fn first(faults: &[SourceDiagnostic]) -> String {
    faults.first().map_or_else(String::new, |fault| fault.message.to_string())
}
