//! Lists mask persons; who needs their names says what for, and the persons read it.

use crate::support::commune::{CASE, Commune, DESK, INSPECTOR, MAU, text};
use crate::support::house::problem;
use serde_json::{Value, json};

const PURPOSE: &str = "purpose=G%E1%BB%8Di%20ng%C6%B0%E1%BB%9Di%20d%C3%A2n%20%C4%91%E1%BA%BFn%20nh%E1%BA%ADn";

fn names(page: &Value) -> Vec<&str> {
    page["items"].as_array().unwrap().iter().map(|line| text(line, "applicant_name")).collect()
}

#[tokio::test]
async fn an_officers_list_and_queue_mask_persons_until_a_purpose_is_said() {
    let commune = Commune::open().await;
    commune.submit(MAU, commune.copies(), |_| {}).await;
    for path in ["/v1/dossiers", "/v1/queues/unit"] {
        let masked = commune.read(DESK, path).await;
        let named = commune.read(DESK, &format!("{path}?unmasked=true&{PURPOSE}")).await;

        assert_eq!(names(&masked), ["N. T. M."], "{path}");
        assert_eq!(names(&named), ["Nguyễn Thị Mẫu"], "{path}");
        for wish in ["unmasked=true", "unmasked=true&purpose=%20", "unmasked=true&purpose=12345678"] {
            let refused = commune.get(DESK, &format!("{path}?{wish}")).await;
            let told = problem(refused, 400, "query_invalid").await;
            assert!(text(&told, "detail").contains("purpose"), "{told}");
        }
    }
}

#[tokio::test]
async fn ones_own_dossiers_are_never_masked_and_need_no_purpose() {
    let commune = Commune::open().await;
    commune.submit(MAU, commune.copies(), |_| {}).await;

    assert_eq!(names(&commune.read(MAU, "/v1/dossiers").await), ["Nguyễn Thị Mẫu"]);
}

#[tokio::test]
async fn a_purpose_gives_no_sight_that_the_policy_does_not_give() {
    let commune = Commune::open().await;
    commune.submit(MAU, commune.copies(), |_| {}).await;

    let seen = commune.read(INSPECTOR, &format!("/v1/dossiers?unmasked=true&{PURPOSE}")).await;
    let sought = commune.read(INSPECTOR, &format!("/v1/dossiers?q=nguyen&unmasked=true&{PURPOSE}")).await;

    assert_eq!(names(&seen), ["N. T. M."]);
    assert!(names(&sought).is_empty(), "who sees persons masked does not find them by name");
}

#[tokio::test]
async fn each_person_named_in_a_list_reads_by_whom_and_what_for() {
    let commune = Commune::open().await;
    commune.submit(MAU, commune.copies(), |_| {}).await;
    commune.read(CASE, "/v1/dossiers").await;
    let masked = commune.read(MAU, "/v1/me/access-log").await;
    commune.read(CASE, &format!("/v1/dossiers?unmasked=true&{PURPOSE}")).await;

    let log = commune.read(MAU, "/v1/me/access-log").await;

    let count = |log: &Value| log["items"].as_array().unwrap().len();
    assert_eq!(count(&log), count(&masked) + 1, "a masked list names nobody");
    let look = &log["items"][0];
    assert_eq!((&look["what"], &look["role"]), (&json!("GET /v1/dossiers"), &json!("case_officer")));
    assert_eq!(look["purpose"], "Gọi người dân đến nhận");
}
