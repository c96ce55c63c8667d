//! The list of dossiers: whose, found how, and paged without loss.

use crate::support::commune::{CASE, Commune, DESK, INSPECTOR, MAU, NEIGHBOUR, THU, text};
use crate::support::house::{json, problem};
use serde_json::{Value, json as body};
use std::collections::BTreeSet;

fn codes(page: &Value) -> Vec<&str> {
    page["items"].as_array().unwrap().iter().map(|item| text(item, "code")).collect()
}

/// One dossier of each citizen here, and one of Thử at the neighbour's.
async fn three(commune: &Commune) -> [Value; 3] {
    let mine = commune.submit(MAU, commune.birth(), |_| {}).await;
    let of_thu = |a: &mut Value| a["applicant"] = body!({"name": "Trần Văn Thử"});
    let his = commune.submit(THU, commune.birth(), of_thu).await;
    let unit = commune.neighbour;
    let beside = commune.submit(THU, commune.birth(), |a| {
        of_thu(a);
        a["unit"] = body!(unit);
    });
    [mine, his, beside.await]
}

#[tokio::test]
async fn each_sees_only_what_is_theirs() {
    let commune = Commune::open().await;
    three(&commune).await;
    for (who, expected) in [
        (MAU, vec!["H55.101-260310-0001"]),
        (THU, vec!["H55.102-260310-0001", "H55.101-260310-0002"]),
        (DESK, vec!["H55.101-260310-0002", "H55.101-260310-0001"]),
        (CASE, vec!["H55.101-260310-0002", "H55.101-260310-0001"]),
        (NEIGHBOUR, vec!["H55.102-260310-0001"]),
        (INSPECTOR, vec!["H55.102-260310-0001", "H55.101-260310-0002", "H55.101-260310-0001"]),
    ] {
        assert_eq!(codes(&commune.read(who, "/v1/dossiers").await), expected, "{who}");
    }
}

#[tokio::test]
async fn filters_narrow_the_own_list_and_never_widen_it() {
    let commune = Commune::open().await;
    let [mine, ..] = three(&commune).await;
    commune.done(DESK, &mine, "acceptance", body!({})).await;
    let (here, beside) = (commune.unit, commune.neighbour);
    for (who, query, count) in [
        (DESK, "status=received".into(), 1),
        (DESK, "status=submitted".into(), 1),
        (DESK, "status=returned".into(), 0),
        (DESK, format!("unit={here}"), 2),
        (DESK, format!("unit={beside}"), 0),
        (THU, format!("unit={beside}"), 1),
        (THU, "status=received".into(), 0),
        (INSPECTOR, format!("unit={here}&status=received"), 1),
    ] {
        let page = commune.read(who, &format!("/v1/dossiers?{query}")).await;
        assert_eq!(codes(&page).len(), count, "{who} {query}");
    }
    problem(commune.get(DESK, "/v1/dossiers?status=lost").await, 400, "query_invalid").await;
    problem(commune.get(DESK, "/v1/dossiers?sort=name").await, 400, "query_invalid").await;
    problem(commune.get(DESK, "/v1/dossiers?unit=here").await, 400, "query_invalid").await;
    problem(commune.get(DESK, "/v1/dossiers?q=%00").await, 400, "query_invalid").await;
}

#[tokio::test]
async fn names_are_found_without_accents_and_codes_whole() {
    let commune = Commune::open().await;
    for name in ["Đặng Thị Ánh", "Dang Thi Anh", "Nguyễn Văn Á", "Nguyễn 100% Thật", "Nguyễn_Văn"]
    {
        commune.submit(DESK, commune.brought(name), |_| {}).await;
    }
    for (words, count) in [
        ("dang thi", 2),
        ("ĐẶNG THỊ ÁNH", 2),
        ("Đặng", 2),
        ("nguyen van a", 1),
        ("Nguyễn", 3),
        ("thi anh", 0),
        ("%", 0),
        ("_", 0),
        ("nguyen 100%", 1),
        ("H55.101-260310-0003", 1),
        ("H55.101-260310", 0),
        ("'; DROP TABLE dossiers; --", 0),
    ] {
        let query: String = form(words);
        let page = commune.read(DESK, &format!("/v1/dossiers?q={query}")).await;
        assert_eq!(codes(&page).len(), count, "{words}");
    }
}

#[tokio::test]
async fn a_code_finds_the_dossier_only_for_those_who_may_see_it() {
    let commune = Commune::open().await;
    let dossiers = three(&commune).await;
    let [mine, his, beside] = dossiers.each_ref().map(|dossier| text(dossier, "code"));
    for (who, code, count) in [
        (DESK, his, 1),
        (DESK, beside, 0),
        (CASE, beside, 0),
        (NEIGHBOUR, beside, 1),
        (NEIGHBOUR, mine, 0),
        (MAU, mine, 1),
        (MAU, his, 0),
        (MAU, beside, 0),
        (THU, beside, 1),
        (THU, mine, 0),
        (INSPECTOR, beside, 1),
    ] {
        for query in [form(code), format!("{}&unit={}", form(code), commune.neighbour)] {
            let page = commune.read(who, &format!("/v1/dossiers?q={query}")).await;
            let found = if query.contains("unit") && code != beside { 0 } else { count };
            assert_eq!(codes(&page).len(), found, "{who} {code} {query}");
        }
    }
}

/// Percent-encodes everything, which no server may mind.
fn form(words: &str) -> String {
    words.bytes().map(|byte| format!("%{byte:02X}")).collect()
}

#[tokio::test]
async fn a_hundred_and_twenty_dossiers_are_paged_without_loss_while_new_ones_arrive() {
    let commune = Commune::open().await;
    for n in 0..120 {
        commune.submit(DESK, commune.brought(&format!("Người thứ {n}")), |_| {}).await;
    }
    let (mut path, mut seen) = ("/v1/dossiers?limit=7".to_owned(), Vec::new());
    loop {
        let page = commune.read(DESK, &path).await;
        assert!(codes(&page).len() <= 7);
        seen.extend(codes(&page).into_iter().map(str::to_owned));
        commune.submit(DESK, commune.brought("Người đến sau"), |_| {}).await;
        let Some(next) = page["next"].as_str() else { break };
        path = format!("/v1/dossiers?limit=7&after={next}");
    }
    let expected: Vec<_> = (1..=120).rev().map(|n| format!("H55.101-260310-{n:04}")).collect();
    assert_eq!(seen, expected);
}

#[tokio::test]
async fn the_link_leads_through_all_pages_with_their_filters() {
    let commune = Commune::open().await;
    for n in 0..60 {
        commune.submit(DESK, commune.brought(&format!("Lường {n}")), |_| {}).await;
    }
    let (mut path, mut seen) =
        ("/v1/dossiers?q=l%C6%B0%E1%BB%9Dng&status=submitted".to_owned(), BTreeSet::new());
    for pages in 1.. {
        let answer = commune.get(DESK, &path).await;
        let link = answer.headers().get("link").map(|l| l.to_str().unwrap().to_owned());
        let page = json(answer, 200).await;
        seen.extend(codes(&page).into_iter().map(str::to_owned));
        let Some(link) = link else {
            assert_eq!(pages, 2);
            break;
        };
        path = link.strip_prefix('<').unwrap().split_once(">; rel=\"next\"").unwrap().0.to_owned();
    }
    assert_eq!(seen.len(), 60);
}

#[tokio::test]
async fn a_cursor_is_good_for_its_own_list_only() {
    let commune = Commune::open().await;
    for _ in 0..3 {
        commune.submit(DESK, commune.brought("Lường Thị Ví"), |_| {}).await;
    }
    let cursor = commune.read(DESK, "/v1/dossiers?limit=1").await["next"].as_str().unwrap().to_owned();
    for path in [
        format!("/v1/dossiers?status=submitted&after={cursor}"),
        format!("/v1/dossiers?q=luong&after={cursor}"),
        format!("/v1/queues/unit?after={cursor}"),
        format!("/v1/drafts?after={cursor}"),
        format!("/v1/dossiers?after={}", &cursor[1..]),
        "/v1/dossiers?after=0194f3c0-0000-7000-8000-00000000000a".into(),
    ] {
        problem(commune.get(DESK, &path).await, 400, "cursor_invalid").await;
    }
    let limits = [("limit=0", 1), ("limit=2", 2), ("limit=1000", 3)];
    for (query, count) in limits {
        assert_eq!(codes(&commune.read(DESK, &format!("/v1/dossiers?{query}")).await).len(), count);
    }
}
