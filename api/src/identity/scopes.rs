//! The scopes of machine clients: which operation needs which, decided before a handler sees the request.

use crate::machine_routes::GRANTS;
use crate::people_routes::PEOPLE;
use crate::problems::{Code, Problem};
use actix_web::HttpRequest;
use actix_web::http::header::WWW_AUTHENTICATE;
use rules::actor::{Actor, Role};
use std::collections::HashMap;
use std::fmt::Write;
use std::sync::OnceLock;

/// Who may call an operation, besides people with the right role.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Decision {
    /// Machine clients with this scope.
    Scope(&'static str),
    /// No machine client.
    People,
}

/// What is decided of `GET /v1/dossiers/{id}` and its like; none for what asks for no token or is not there.
pub fn decision(operation: &str) -> Option<Decision> {
    static DECISIONS: OnceLock<HashMap<&str, Decision>> = OnceLock::new();
    let decisions = DECISIONS.get_or_init(|| {
        let people = PEOPLE.iter().map(|operation| (*operation, Decision::People));
        let granted = GRANTS
            .iter()
            .flat_map(|grant| grant.operations.iter().map(|o| (*o, Decision::Scope(grant.scope))));
        granted.chain(people).collect()
    });
    decisions.get(operation).copied()
}

/// Lets everybody but machine clients through, and of those the ones with the scope; 403 names the one that is missing.
pub(super) fn admitted(actor: &Actor, req: &HttpRequest) -> Result<(), Problem> {
    if !actor.is(Role::Integrator) {
        return Ok(());
    }
    let pattern = req.match_pattern().unwrap_or_default();
    match decision(&format!("{} {pattern}", req.method())) {
        Some(Decision::Scope(scope)) if actor.scopes.iter().any(|held| held == scope) => Ok(()),
        Some(Decision::Scope(scope)) => Err(missing(scope)),
        Some(Decision::People) | None => Err(Problem::new(Code::Forbidden).because(
            "Việc này chỉ dành cho người, không dành cho ứng dụng; hãy để người có thẩm quyền đăng nhập và làm.",
            "This is for people, not for applications: let the person in charge sign in and do it.",
        )),
    }
}

/// RFC 6750 §3.1 names the scope in the challenge.
fn missing(scope: &str) -> Problem {
    Problem::new(Code::ScopeMissing)
        .because(
            format!("Thiếu phạm vi `{scope}`: xin quản trị viên của nơi cấp mã thêm phạm vi này cho ứng dụng."),
            format!("The scope `{scope}` is missing: ask the administrator of the issuer to give it to the client."),
        )
        .with_header(
            WWW_AUTHENTICATE,
            &format!("Bearer realm=\"motcua\", error=\"insufficient_scope\", scope=\"{scope}\""),
        )
}

/// The page `docs/scopes.md`.
pub fn printed() -> String {
    let mut page = String::from(HEAD);
    for grant in GRANTS {
        let _ = write!(page, "\n## `{}`\n\n{}\n\n", grant.scope, grant.purpose);
        listed(&mut page, grant.operations);
    }
    page.push_str("\n## For people alone\n\nWhatever its scopes, no machine client is let in here.\n\n");
    listed(&mut page, PEOPLE);
    page
}

fn listed(page: &mut String, operations: &[&str]) {
    for operation in operations {
        let _ = writeln!(page, "* `{operation}`");
    }
}

const HEAD: &str = "# Scopes of machine clients

Printed from `api/src/machine_routes.rs` and `api/src/people_routes.rs` by `make docs`; do not edit by hand.

A machine client (integrator) may call an operation when its access token carries the scope under which the operation
stands here. The scope opens the address and no more: which dossiers, files and figures it sees there, and which acts it
may do, is decided by the roles it holds at units, as for people. What asks for no token needs no scope. An operation
that stands nowhere is closed to machines, and a test finds it. How tokens are checked: [identity](identity.md).
";
