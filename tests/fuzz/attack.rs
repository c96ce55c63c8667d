//! libFuzzer at the parser that `MOTCUA_FUZZ_PARSER` names; scripts/fuzz_parsers.sh builds and runs it.

#![no_main]

use office_fuzz::{Parser, named};
use std::sync::LazyLock;

#[expect(
    clippy::disallowed_methods,
    reason = "libFuzzer reads the arguments, and there are no settings here"
)]
static PARSER: LazyLock<&'static Parser> = LazyLock::new(|| {
    let name = std::env::var("MOTCUA_FUZZ_PARSER").expect("the name of a parser in MOTCUA_FUZZ_PARSER");
    named(&name).expect("a parser of this name in tests/fuzz/src/lib.rs")
});

libfuzzer_sys::fuzz_target!(|bytes: &[u8]| (PARSER.reads)(bytes));
