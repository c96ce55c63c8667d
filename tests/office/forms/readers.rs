//! Who reads which form, and the control slip on request.

use super::desk::{address, asked, form, forms_of, make_all, rows, words};
use crate::support::commune::{CASE, Commune, DESK, INSPECTOR, MAU, NEIGHBOUR, THU, text};
use crate::support::house::problem;
use serde_json::{Value, json as body};

fn forms_path(dossier: &Value) -> String {
    format!("/v1/dossiers/{}/forms", text(dossier, "id"))
}

#[tokio::test]
async fn p_08_a_form_is_read_by_its_person_and_its_officers_alone() {
    let commune = Commune::open().await;
    let dossier = commune.submit(MAU, commune.birth(), |_| {}).await;
    commune.done(DESK, &dossier, "acceptance", body!({})).await;
    make_all(&commune).await;
    let receipt = form(&commune, MAU, &dossier, "receipt").await;

    for who in [MAU, DESK, CASE] {
        assert_eq!(commune.get(who, &address(&receipt)).await.status(), 200, "{who}");
    }
    for who in [THU, NEIGHBOUR] {
        problem(commune.get(who, &address(&receipt)).await, 404, "not_found").await;
        problem(commune.get(who, &forms_path(&dossier)).await, 404, "not_found").await;
    }
    problem(commune.get(INSPECTOR, &address(&receipt)).await, 403, "forbidden").await;
    problem(commune.get(INSPECTOR, &forms_path(&dossier)).await, 403, "forbidden").await;
}

#[tokio::test]
async fn l_53_the_control_slip_stays_with_the_officers() {
    let commune = Commune::open().await;
    let dossier = commune.submit(MAU, commune.birth(), |_| {}).await;
    let dossier = commune.brought_to_the_head(&dossier).await;
    let slip = body!({"kind": "control_slip"});
    problem(commune.post(MAU, &forms_path(&dossier), &slip).await, 403, "forbidden").await;

    let slip = asked(&commune, CASE, &forms_path(&dossier), slip).await;

    make_all(&commune).await;
    assert_eq!((&slip["kind"], &slip["form_number"]), (&body!("control_slip"), &body!(6)));
    assert_eq!(commune.get(DESK, &address(&slip)).await.status(), 200);
    problem(commune.get(MAU, &address(&slip)).await, 404, "not_found").await;
    let kinds = |forms: Vec<Value>| forms.iter().map(|f| text(f, "kind").to_owned()).collect::<Vec<_>>();
    assert_eq!(kinds(forms_of(&commune, MAU, &dossier).await), ["receipt"]);
    assert_eq!(kinds(forms_of(&commune, CASE, &dossier).await), ["receipt", "control_slip"]);
    assert!(words(&commune, CASE, &dossier, "control_slip").await.contains("TriệuThịLý"));
}

#[tokio::test]
async fn a_slip_asked_for_twice_is_one_slip_until_something_happens() {
    let commune = Commune::open().await;
    let dossier = commune.submit(MAU, commune.birth(), |_| {}).await;
    let dossier = commune.done(DESK, &dossier, "acceptance", body!({})).await;
    let slip = body!({"kind": "control_slip"});

    let first = asked(&commune, DESK, &forms_path(&dossier), slip.clone()).await;
    let again = asked(&commune, DESK, &forms_path(&dossier), slip.clone()).await;
    commune.done(DESK, &dossier, "forwarding", body!({})).await;
    let later = asked(&commune, DESK, &forms_path(&dossier), slip).await;

    assert_eq!(first["id"], again["id"]);
    assert_ne!(first["id"], later["id"]);
    assert_eq!(rows(&commune).await.len(), 3, "a receipt and two slips");
}

#[tokio::test]
async fn the_other_forms_come_with_their_acts_alone() {
    let commune = Commune::open().await;
    let dossier = commune.submit(MAU, commune.birth(), |_| {}).await;

    let wrong = commune.post(DESK, &forms_path(&dossier), &body!({"kind": "receipt"})).await;

    let wrong = problem(wrong, 422, "body_invalid").await;
    assert_eq!(wrong["errors"][0]["code"], "issued_by_its_act");
}
