//! Every address that shows something of a dossier, asked by every role from its own unit and from another.

use super::operations::READS;
use super::scene::{Asking, everybody};
use super::things::Things;
use crate::guards::sources::assert_none;
use crate::support::evidence::keep;
use reqwest::Method;
use rules::access::Sight;

/// Not all of these have something to show in this story; who sees nothing gets no further than 404 all the same.
const UNMADE: [&str; 18] = [
    "/v1/consultations/{id}",
    "/v1/digitisations/{id}/fields",
    "/v1/documents/{id}/progress",
    "/v1/dossiers/{id}/transfer-code",
    "/v1/dossiers/{id}/transfer-code/picture",
    "/v1/dossiers/{id}/documents/{document}",
    "/v1/dossiers/{id}/documents/{document}/content",
    "/v1/handover-minutes/{id}",
    "/v1/me/documents/{id}",
    "/v1/me/documents/{id}/content",
    "/v1/me/documents/{id}/uses",
    "/v1/digitisations/{id}/pages/{n}",
    "/v1/questions/{id}",
    "/v1/receipts/{id}",
    "/v1/refunds/{id}",
    "/v1/statements/{id}",
    "/v1/statements/{id}/differences",
    "/v1/statements/{id}/sheet",
];

#[tokio::test]
async fn each_role_reads_what_the_table_says_at_its_own_unit_and_at_another() {
    let things = Things::made().await;
    let people = everybody(things.commune()).await;
    let (mut asked, mut leaks, mut found) = (0_u64, 0_u64, Vec::new());
    for (path, thing) in READS {
        for who in &people {
            let (status, words) = answered(&things, who, path).await;
            let expected = who.sees(&things, *thing);
            asked += 1;
            leaks += u64::from(is_leak(&things, (status, &words), expected));
            if !is_right(&things, (status, &words), expected, path) {
                found.push(format!("{} {path}: {status} for {expected:?}", who.name));
            }
        }
    }

    assert_none("each answer is the cell of the table in rules::access", &found);
    assert_eq!(leaks, 0);
    let operations = u64::try_from(READS.len()).unwrap();
    keep("access_reads", &[("operations", operations), ("asked", asked), ("leaks", leaks)]);
}

async fn answered(things: &Things, who: &Asking, path: &str) -> (u16, String) {
    let path = things.filled(path);
    let answer = who.ask(things.commune(), (Method::GET, &path)).send().await.unwrap();
    (answer.status().as_u16(), answer.text().await.unwrap_or_default())
}

/// Something was shown to who sees nothing, or a person to who sees persons masked.
fn is_leak(things: &Things, (status, words): (u16, &str), expected: Sight) -> bool {
    let personal = things.personal().iter().any(|secret| words.contains(secret));
    match expected {
        Sight::None => status < 300 || status == 409 || personal,
        Sight::Masked => personal,
        Sight::Full => false,
    }
}

fn is_right(things: &Things, answer: (u16, &str), expected: Sight, path: &str) -> bool {
    let (status, _) = answer;
    if is_leak(things, answer, expected) {
        return false;
    }
    match expected {
        Sight::None => [400, 403, 404].contains(&status),
        _ if UNMADE.contains(&path) => [200, 404, 409].contains(&status),
        _ => status == 200,
    }
}
