//! In whose queue and in whose list a dossier of another place stands.

use super::{amended, elsewhere, received};
use crate::support::commune::{Commune, DESK, HEAD, MAU, NEIGHBOUR, text};
use crate::support::house::problem;
use serde_json::{Value, json as body};
use std::collections::BTreeSet;

async fn codes(commune: &Commune, who: &str, path: &str) -> Vec<String> {
    let page = commune.read(who, path).await;
    page["items"].as_array().unwrap().iter().map(|item| text(item, "code").to_owned()).collect()
}

#[tokio::test]
async fn c_10_its_code_is_of_the_unit_that_received_it() {
    let commune = Commune::open_at(amended()).await;

    let dossier = received(&commune).await;

    assert_eq!(text(&dossier, "code"), "H55.101-261110-0001");
}

#[tokio::test]
async fn it_lies_here_until_it_is_received_and_again_once_it_is_decided() {
    let commune = Commune::open_at(amended()).await;
    let dossier = commune.submit(MAU, elsewhere(&commune), |_| {}).await;
    let code = vec![text(&dossier, "code").to_owned()];
    assert_eq!(codes(&commune, DESK, "/v1/queues/unit").await, code);
    assert!(codes(&commune, NEIGHBOUR, "/v1/queues/unit").await.is_empty());

    let received = commune.done(DESK, &dossier, "acceptance", body!({})).await;
    assert!(codes(&commune, DESK, "/v1/queues/unit").await.is_empty());
    assert_eq!(codes(&commune, NEIGHBOUR, "/v1/queues/unclaimed").await, code);

    let next = commune.post(NEIGHBOUR, "/v1/queues/unclaimed/next", &body!({})).await;
    let taken: Value = next.json().await.unwrap();
    assert_eq!(taken["id"], received["id"], "{taken}");
}

#[tokio::test]
async fn both_units_have_it_in_their_lists_and_find_it() {
    let commune = Commune::open_at(amended()).await;
    let dossier = received(&commune).await;
    let code = vec![text(&dossier, "code").to_owned()];
    for who in [DESK, HEAD, NEIGHBOUR, MAU] {
        assert_eq!(codes(&commune, who, "/v1/dossiers").await, code, "{who}");
        assert_eq!(codes(&commune, who, "/v1/dossiers?status=received").await, code, "{who}");
        assert!(codes(&commune, who, "/v1/dossiers?status=decided").await.is_empty(), "{who}");
        let found = codes(&commune, who, &format!("/v1/dossiers?q={}", code[0])).await;
        assert_eq!(found, code, "{who}");
    }
    problem(
        commune.get("tran-van-thu", &format!("/v1/dossiers/{}", text(&dossier, "id"))).await,
        404,
        "not_found",
    )
    .await;
}

#[tokio::test]
async fn pages_of_what_is_received_and_what_is_settled_leave_nothing_out() {
    let commune = Commune::open_at(amended()).await;
    let mut expected = BTreeSet::new();
    for n in 0..7 {
        let here = commune.neighbour;
        let dossier = commune.submit(MAU, elsewhere(&commune), |a| {
            if n % 2 == 0 {
                a["unit"] = body!(here);
            }
        });
        expected.insert(text(&dossier.await, "code").to_owned());
    }

    let (mut found, mut path) = (Vec::new(), "/v1/dossiers?limit=2".to_owned());
    loop {
        let page = commune.read(NEIGHBOUR, &path).await;
        found.extend(page["items"].as_array().unwrap().iter().map(|d| text(d, "code").to_owned()));
        let Some(next) = page["next"].as_str() else { break };
        path = format!("/v1/dossiers?limit=2&after={next}");
    }

    assert_eq!(found.len(), 7, "{found:?}");
    assert_eq!(found.into_iter().collect::<BTreeSet<_>>(), expected);
}
