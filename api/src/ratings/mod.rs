//! How satisfied people were with what the office did (QĐ 766/QĐ-TTg).

mod give;
mod satisfaction;

pub(crate) use give::*;
pub(crate) use satisfaction::*;
