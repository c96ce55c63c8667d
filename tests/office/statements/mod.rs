//! Statements: our takings beside what platforms and banks say.

mod banks;
mod platforms;
