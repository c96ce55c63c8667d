//! Who reads the chronicle: each person what concerns them, inspectors all of it.

use super::{handled, signed, signing_key};
use crate::support::commune::{CASE, Commune, DESK, INSPECTOR, MAU, THU, text};
use crate::support::house::{json, problem};
use entities::chronicle::canon::{checkpoint_words, link_hash};
use entities::chronicle::signing::is_signed;
use serde_json::{Value, json};

fn items(page: &Value) -> &Vec<Value> {
    page["items"].as_array().unwrap()
}

#[tokio::test]
async fn a_person_reads_who_looked_at_their_data_and_nobody_elses() {
    let commune = Commune::open().await;
    let dossier = handled(&commune).await;

    let log = commune.read(MAU, "/v1/me/access-log").await;
    let of_another = commune.read(THU, "/v1/me/access-log").await;

    let told: Vec<_> = items(&log).iter().map(|line| (text(line, "kind"), text(line, "what"))).collect();
    let seen = "GET /v1/dossiers/{id}";
    assert_eq!(told, [("act", "accept"), ("masked", seen), ("read", seen), ("act", "submit")]);
    let look = &items(&log)[2];
    assert_eq!((&look["unit"], &look["role"]), (&json!(commune.unit), &json!("desk_officer")));
    assert_eq!((&look["dossier"], &look["by_you"]), (&dossier["id"], &json!(false)));
    assert_eq!(text(look, "title"), "Chức danh của Hoàng Văn Cửa");
    assert_eq!(items(&log)[3]["by_you"], true);
    assert!(items(&of_another).is_empty(), "{of_another}");
}

#[tokio::test]
async fn the_purpose_of_a_look_is_read_by_the_person_alone() {
    let commune = Commune::open().await;
    handled(&commune).await;
    let first = commune.read(MAU, "/v1/me/access-log?limit=1").await;

    let next = text(&first, "next");
    let second = commune.read(MAU, &format!("/v1/me/access-log?limit=1&after={next}")).await;

    assert_ne!(items(&first)[0]["id"], items(&second)[0]["id"]);
    let seen = commune.read(INSPECTOR, "/v1/admin/chronicle").await;
    assert!(items(&seen).iter().all(|line| line.get("purpose").is_none()), "{seen}");
}

#[tokio::test]
async fn only_inspectors_read_the_chronicle_and_find_by_unit_person_and_dossier() {
    let commune = Commune::open().await;
    let dossier = handled(&commune).await;
    for who in [MAU, DESK, CASE] {
        problem(commune.get(who, "/v1/admin/chronicle").await, 403, "forbidden").await;
    }

    let of_dossier = format!("/v1/admin/chronicle?dossier={}", text(&dossier, "id"));
    let of_unit = format!("{of_dossier}&unit={}", commune.unit);
    let (all, here) = (commune.read(INSPECTOR, &of_dossier).await, commune.read(INSPECTOR, &of_unit).await);

    assert_eq!((items(&all).len(), items(&here).len()), (4, 2), "{all}");
    assert_eq!(items(&here)[0]["name"], "Hoàng Văn Cửa");
    assert!(items(&all)[3].get("name").is_none(), "a citizen stays nameless");
    let subject = text(&items(&here)[0], "subject").replace('|', "%7C");
    let by_them = commune.read(INSPECTOR, &format!("{of_dossier}&subject={subject}")).await;
    assert_eq!(items(&by_them).len(), 2);
    let past = commune.read(INSPECTOR, &format!("{of_dossier}&until=2020-01-01")).await;
    assert!(items(&past).is_empty());
}

#[tokio::test]
async fn an_entry_is_proved_with_nothing_but_the_public_key() {
    let commune = Commune::open().await;
    handled(&commune).await;
    let log = commune.read(MAU, "/v1/me/access-log").await;
    let look = text(&items(&log)[2], "id").to_owned();
    let path = format!("/v1/chronicle/entries/{look}/proof");
    problem(commune.get(MAU, &path).await, 404, "not_found").await;
    signed(&commune).await;
    problem(commune.get(THU, &path).await, 404, "not_found").await;
    json(commune.get(INSPECTOR, &path).await, 200).await;

    let proof = commune.read(MAU, &path).await;

    let keys = json(commune.ask(reqwest::Method::GET, "/v1/chronicle/keys").send().await.unwrap(), 200).await;
    assert_eq!(text(&keys[0], "public_key"), signing_key().public_key());
    let chain = text(&proof, "chain");
    let mut prev = text(&proof["link"], "prev_hash").to_owned();
    for link in std::iter::once(&proof["link"]).chain(proof["path"].as_array().unwrap()) {
        let hash = link_hash(chain, link["seq"].as_i64().unwrap(), &prev, text(link, "entry_hash"));
        assert_eq!(text(link, "hash"), hash);
        prev = hash;
    }
    let signed = &proof["checkpoint"];
    assert_eq!(text(signed, "hash"), prev);
    let at = text(signed, "at").parse().unwrap();
    let words = checkpoint_words(chain, signed["seq"].as_i64().unwrap(), &prev, at);
    assert!(is_signed(&signing_key().public_key(), &words, text(signed, "signature")));
    assert!(!is_signed(&signing_key().public_key(), &words.replace("seq", "sep"), text(signed, "signature")));
}
