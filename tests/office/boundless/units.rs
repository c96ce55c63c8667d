//! Which units may receive for which, and what else a submission says of them.

use super::{amended, elsewhere};
use crate::support::commune::{Commune, DESK, MAU, POSTMAN, text};
use crate::support::house::{json, problem};
use entities::catalogue::units;
use serde_json::{Value, json as body};
use uuid::Uuid;

async fn misfits(commune: &Commune, who: &str, change: impl FnOnce(&mut Value)) -> Vec<String> {
    let mut application = elsewhere(commune);
    commune.attach(who, &mut application).await;
    change(&mut application);
    let told = problem(commune.hand_in(who, &application).await, 422, "body_invalid").await;
    let errors = told["errors"].as_array().unwrap();
    errors.iter().map(|e| format!("{} {}", text(e, "pointer"), text(e, "code"))).collect()
}

async fn unit(commune: &Commune, code: &str) -> Uuid {
    units::by_code(commune.database.reader(), code).await.unwrap().row.id
}

#[tokio::test]
async fn l_20_only_what_is_published_for_it_is_received_for_another_place() {
    let commune = Commune::open_at(amended()).await;
    let (postal, province) = (unit(&commune, "H55.101.001").await, unit(&commune, "H55").await);

    let other = |a: &mut Value| {
        (a["procedure"], a["papers"]) = (body!("9.000503"), body!([]));
        a["channel"] = body!("desk");
        a["papers"] = body!([{"component": "T53-01"}]);
    };
    assert_eq!(misfits(&commune, DESK, other).await, ["/authority not_boundless"]);
    for (authority, expected) in [
        (postal, "/authority unit_not_competent"),
        (province, "/authority unit_not_competent"),
        (Uuid::now_v7(), "/authority unit_unknown"),
    ] {
        assert_eq!(misfits(&commune, MAU, |a| a["authority"] = body!(authority)).await, [expected]);
    }
    assert_eq!(misfits(&commune, MAU, |a| a["unit"] = body!(province)).await, ["/unit unit_not_competent"]);
}

#[tokio::test]
async fn a_postal_point_receives_for_the_commune_and_the_helping_unit_is_kept() {
    let commune = Commune::open_at(amended()).await;
    let postal = unit(&commune, "H55.101.001").await;
    let (here, helped) = (commune.unit, postal);
    let dossier = commune.submit(MAU, elsewhere(&commune), |a| {
        (a["unit"], a["authority"], a["support_unit"]) = (body!(postal), body!(here), body!(helped));
    });

    let seen = commune.now(MAU, &dossier.await).await;

    assert_eq!((&seen["unit"], &seen["authority"]), (&body!(postal), &body!(here)));
    assert_eq!(seen["support_unit"], body!(helped));
    assert_eq!(seen["authority_name"], "Ủy ban nhân dân phường Đức Xuân");
    let unknown = misfits(&commune, MAU, |a| a["support_unit"] = body!(Uuid::now_v7())).await;
    assert_eq!(unknown, ["/support_unit unit_unknown"]);
}

#[tokio::test]
async fn l_22_the_post_tells_when_the_minutes_were_signed() {
    let commune = Commune::open_at(amended()).await;
    let by_post = |a: &mut Value, signed: &str| {
        (a["channel"], a["handed_over_at"]) = (body!("post"), body!(signed));
    };
    let mut application = elsewhere(&commune);
    by_post(&mut application, "2026-11-09T09:30:00Z");

    let dossier = json(commune.hand_in(POSTMAN, &application).await, 201).await;

    let seen = commune.now(DESK, &dossier).await;
    assert_eq!(seen["handed_over_at"], "2026-11-09T09:30:00Z");
    let late = misfits(&commune, POSTMAN, |a| by_post(a, "2026-11-10T02:00:01Z")).await;
    assert_eq!(late, ["/handed_over_at in_the_future"]);
    let online = misfits(&commune, MAU, |a| a["handed_over_at"] = body!("2026-11-09T09:30:00Z")).await;
    assert_eq!(online, ["/handed_over_at not_by_post"]);
}
