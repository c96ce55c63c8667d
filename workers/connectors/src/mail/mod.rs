//! Mail: letters to applicants, over SMTP or into a folder.

mod port;

pub use port::*;
