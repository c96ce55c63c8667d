//! The public look-up: code and secret in, degree of completion out, nothing else (L-51).

mod ask;
mod page;

pub(crate) use ask::*;
pub(crate) use page::*;
