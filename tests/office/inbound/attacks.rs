//! Forged, cut, too large, not text, out of turn, again: none of it changes anything, at any door, of any party.

use super::doors::{PARTIES, PORTALS, opened};
use super::image::{changes, image};
use super::letter::Inbound;
use crate::support::commune::Commune;
use connectors::portal::dvcqg::inbox::FAMILIES;
use connectors::registry::{Kind, REGISTRY};
use std::collections::BTreeSet;

/// What people, and issuers of sign-ins, write to without a token; no party speaks there.
const OF_PEOPLE: [&str; 7] = [
    "/v1/identity/backchannel-logout",
    "/demo/tokens",
    "/demo/clock",
    "/v1/lookups",
    "/v1/lookups/page",
    "/v1/verifications/{code}/comparison",
    "/v1/notices/{id}/unsubscription",
];

#[test]
fn every_door_of_a_party_is_attacked() {
    let writes = api::routes::PUBLIC.iter().filter(|(method, _)| *method != "GET").map(|(_, path)| *path);
    let doors: BTreeSet<_> = writes.filter(|path| !OF_PEOPLE.contains(path)).collect();

    assert_eq!(doors, PARTIES.map(|(route, _)| route).into_iter().collect::<BTreeSet<_>>());
}

#[test]
fn every_party_that_speaks_at_a_door_is_attacked() {
    let speaking = [Kind::Payment, Kind::Post, Kind::Portal, Kind::Text];
    let registered = REGISTRY.iter().filter(|entry| speaking.contains(&entry.kind)).map(|entry| entry.key);
    let attacked = PARTIES.iter().flat_map(|(_, parties)| parties.iter().copied());

    assert_eq!(attacked.collect::<BTreeSet<_>>(), registered.collect::<BTreeSet<_>>());
}

#[tokio::test]
async fn every_family_of_the_portal_is_attacked() {
    let (_commune, kinds) = opened(PORTALS, "dvcqg").await;

    let attacked: BTreeSet<_> = kinds.iter().map(|kind| kind.family).collect();

    assert_eq!(attacked, FAMILIES.into_iter().collect::<BTreeSet<_>>());
}

#[tokio::test]
async fn what_is_forged_cut_too_large_or_no_text_changes_nothing() {
    for (commune, kind) in all().await {
        let before = image(&commune.database, &[]).await;

        for (headers, body) in &kind.forged {
            assert!(!kind.say_as(&commune, headers.clone(), body).await, "{}: forged", kind.name());
        }
        for body in kind.truncated() {
            let cut = String::from_utf8_lossy(&body).into_owned();
            assert!(!kind.say(&commune, &body).await, "{}: cut to {cut}", kind.name());
        }
        assert!(!kind.say(&commune, &kind.oversized()).await, "{}: too large", kind.name());
        for body in kind.not_utf8() {
            let text = String::from_utf8_lossy(&body).into_owned();
            assert!(!kind.say(&commune, &body).await, "{}: no text: {text}", kind.name());
        }

        let after = image(&commune.database, &[]).await;
        assert_eq!(changes(&before, &after), Vec::<String>::new(), "{}", kind.name());
    }
}

#[tokio::test]
async fn what_is_said_again_or_out_of_turn_changes_nothing() {
    for (commune, kind) in all().await {
        assert!(!kind.early.is_empty() || !kind.late.is_empty(), "{}: nothing out of turn", kind.name());
        let before = image(&commune.database, &[]).await;
        for body in &kind.early {
            kind.say(&commune, body).await;
        }
        let early = image(&commune.database, &[]).await;
        assert_eq!(changes(&before, &early), Vec::<String>::new(), "{}: too early", kind.name());

        kind.say(&commune, &kind.body).await;
        let said = image(&commune.database, &[]).await;
        assert_eq!(said != before, kind.effect, "{}: the true one", kind.name());

        for _ in 0..3 {
            kind.say(&commune, &kind.body).await;
        }
        let again = image(&commune.database, &[]).await;
        assert_eq!(changes(&said, &again), Vec::<String>::new(), "{}: said again", kind.name());
        for body in &kind.late {
            kind.say(&commune, body).await;
        }
        let (said, late) = (without(&said, &kind), image(&commune.database, kind.noted_in).await);
        assert_eq!(changes(&said, &late), Vec::<String>::new(), "{}: too late", kind.name());
    }
}

fn without(image: &super::image::Image, kind: &Inbound) -> super::image::Image {
    let kept = image.iter().filter(|(table, _)| !kind.noted_in.contains(&table.as_str()));
    kept.map(|(table, rows)| (table.clone(), rows.clone())).collect()
}

/// Every kind of message with an office of its own party; kinds of one party share it.
async fn all() -> Vec<(std::sync::Arc<Commune>, Inbound)> {
    let mut all = Vec::new();
    for (route, parties) in PARTIES {
        for party in parties {
            let (commune, kinds) = opened(route, party).await;
            let commune = std::sync::Arc::new(commune);
            all.extend(kinds.into_iter().map(|kind| (std::sync::Arc::clone(&commune), kind)));
        }
    }
    all
}
