//! A hundred and thirty-two units with a dossier each: every officer sees one, and nothing of the others.

use super::scene::{actor, ask, at, hire, ids, read};
use crate::support::commune::Commune;
use crate::support::evidence::keep;
use crate::support::house::json;
use entities::catalogue::units;
use entities::dossiers::parties;
use entities::seeding::{importing, reading};
use entities::tables::dossiers;
use reqwest::Method;
use rules::access::{Sight, sight};
use rules::actor::{Actor, Role};
use sea_orm::EntityTrait;
use serde_json::{Value, json as body};
use std::collections::BTreeSet;
use uuid::Uuid;

const UNITS: usize = 132;

const ROLES: [Role; 5] =
    [Role::DeskOfficer, Role::CaseOfficer, Role::Approver, Role::Finance, Role::PostalClerk];

/// What a neighbour asks for below the address of a dossier.
const BELOW: [&str; 12] = [
    "",
    "/history",
    "/papers",
    "/notices",
    "/payments",
    "/shipments",
    "/results",
    "/forms",
    "/deadline",
    "/digitisations",
    "/ledger",
    "/fee-receipts",
];

/// A unit, its dossier and an officer of it.
struct Place {
    unit: Uuid,
    dossier: Value,
    officer: String,
    sees: Actor,
}

#[tokio::test]
async fn of_132_units_no_officer_sees_the_dossier_of_another() {
    let commune = Commune::open().await;
    let places = furnished(&commune).await;
    let mut leaks: Vec<String> = Vec::new();
    let (mut lists, mut looks) = (0_u64, 0_u64);
    for (place, here) in places.iter().enumerate() {
        lists += 4;
        leaks.extend(listed(&commune, here, &places[(place + 1) % UNITS]).await);
        for step in [0, 1, 7, 66] {
            let there = &places[(place + step) % UNITS];
            looks += 1;
            leaks.extend(looked(&commune, here, there, BELOW[(place + step) % BELOW.len()]).await);
        }
    }
    let (pairs, wrong) = by_the_function(&commune, &places).await;
    leaks.extend(wrong);

    assert_eq!(leaks, Vec::<String>::new());
    assert_eq!(pairs, u64::try_from(UNITS * UNITS).unwrap());
    keep("access_pairs", &[("pairs", pairs), ("lists", lists), ("details", looks), ("leaks", 0)]);
}

/// What the lists and searches of an officer hold beside their own dossier, or lack.
async fn listed(commune: &Commune, here: &Place, next: &Place) -> Vec<String> {
    let own = [id(&here.dossier).to_owned()];
    let (own, none): (&[String], &[String]) = (&own, &[]);
    let other = next.dossier["code"].as_str().unwrap();
    let asked = [
        ("/v1/dossiers".to_owned(), own),
        ("/v1/dossiers?q=nguyen%20thi".to_owned(), own),
        (format!("/v1/dossiers?q={other}"), none),
        (format!("/v1/dossiers?unit={}", next.unit), none),
    ];
    let mut wrong = Vec::new();
    for (path, expected) in asked {
        let (status, page) = read(commune, &here.officer, &path).await;
        if status != 200 || ids(&page) != expected {
            wrong.push(format!("{} {path}: {status} {page}", here.officer));
        }
    }
    wrong
}

/// What an officer is answered below the address of a dossier, when it is not what the policy says.
async fn looked(commune: &Commune, here: &Place, there: &Place, below: &str) -> Option<String> {
    let path = format!("/v1/dossiers/{}{below}", id(&there.dossier));
    let (status, words) = read(commune, &here.officer, &path).await;
    let good = match here.unit == there.unit {
        true => status == 200,
        false => status == 404 && !words.contains(there.dossier["code"].as_str().unwrap()),
    };
    (!good).then(|| format!("{} {path}: {status}", here.officer))
}

/// All pairs, asked of the function that every room asks.
async fn by_the_function(commune: &Commune, places: &[Place]) -> (u64, Vec<String>) {
    let rows = dossiers::Entity::find().all(commune.database.reader()).await.unwrap();
    let (mut pairs, mut wrong) = (0, Vec::new());
    for place in places {
        for row in &rows {
            pairs += 1;
            let seen = sight(&place.sees, parties(row, &place.sees, &commune.office.sealer));
            let expected = if row.unit_id == place.unit { Sight::Full } else { Sight::None };
            if seen != expected {
                wrong.push(format!("{} {}: {seen:?}", place.officer, row.code));
            }
        }
    }
    (pairs, wrong)
}

async fn furnished(commune: &Commune) -> Vec<Place> {
    let units = settled(commune).await;
    let all: Vec<_> = units.iter().map(|unit| at(Role::DeskOfficer, *unit)).collect();
    hire(commune, "tiep-nhan", &all).await;
    let mut places = Vec::new();
    for (number, unit) in units.into_iter().enumerate() {
        let officer = format!("can-bo-{number}");
        let held = [at(ROLES[number % ROLES.len()], unit)];
        let sees = actor(hire(commune, &officer, &held).await.subject, &held);
        let dossier = brought(commune, unit).await;
        places.push(Place { unit, dossier, officer, sees });
    }
    places
}

/// The two communes of the province and a hundred and thirty more.
async fn settled(commune: &Commune) -> Vec<Uuid> {
    let mut text = String::from("units:\n");
    for number in 201..201 + UNITS - 2 {
        text.push_str(&format!(
            "  - code: \"H55.{number}\"\n    name: \"Ủy ban nhân dân xã Thử {number}\"\n    tier: commune\n    \
             parent: \"H55\"\n    place_code: \"0{number}0\"\n    office_hours: [\"07:30-11:30\", \"13:30-17:00\"]\n    \
             valid_from: \"2021-01-01\"\n"
        ));
    }
    let seeds = reading::read_all(&[("units.yaml", &text)], &BTreeSet::from(["H55".to_owned()])).unwrap();
    let tx = commune.database.begin().await.unwrap();
    importing::import(&tx, &seeds).await.unwrap();
    tx.commit().await.unwrap();
    let mut found = vec![commune.unit, commune.neighbour];
    for number in 201..201 + UNITS - 2 {
        let code = format!("H55.{number}");
        found.push(units::by_code(commune.database.reader(), &code).await.unwrap().row.id);
    }
    found
}

async fn brought(commune: &Commune, unit: Uuid) -> Value {
    let application = body!({
        "procedure": "9.000502", "unit": unit, "channel": "desk", "applicant_kind": "citizen",
        "applicant": {"name": "Nguyễn Thị Mẫu"}, "form": {"note": "thử"},
        "papers": [{"component": "T52-01"}, {"component": "T52-02"}, {"component": "T52-03"}],
        "return_method": "desk",
    });
    let request = ask(commune, "tiep-nhan", &body!({}), (Method::POST, "/v1/dossiers"));
    json(request.json(&application).send().await.unwrap(), 201).await
}

fn id(dossier: &Value) -> &str {
    dossier["id"].as_str().unwrap()
}
