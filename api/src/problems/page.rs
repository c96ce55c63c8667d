//! The page `docs/errors.md`, printed from the table.

use super::Code;
use rules::lang::Lang;
use std::fmt::Write;

/// The whole page in Markdown. A test compares it with the file.
pub fn printed() -> String {
    let mut page = String::from(HEAD);
    for code in Code::ALL {
        let entry = code.entry();
        let _ = writeln!(
            page,
            "| `{}` | {} | {}<br>{} | {}<br>{} |",
            entry.code,
            entry.status,
            entry.title(Lang::Vi),
            entry.title(Lang::En),
            entry.advice(Lang::Vi),
            entry.advice(Lang::En),
        );
    }
    page
}

const HEAD: &str = "# Problems

Printed from `api/src/problems/table.rs` by `make docs`; do not edit by hand.

Every failed request is answered with a problem document (RFC 9457, `application/problem+json`). Switch on `code`:
it is stable, while titles may be reworded. The language follows `Accept-Language` (`vi` unless `en` is preferred).
Besides the standard members a document carries `code`, `trace_id`, and where they apply `errors[]` (every violation
at once, each with a JSON pointer), `blocked_by[]` and `allowed_actions[]`.

| code | status | what happened | what to do |
| --- | --- | --- | --- |
";
