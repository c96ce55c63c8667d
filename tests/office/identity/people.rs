//! What a token makes of a person: roles told by the issuer, roles kept by the office.

use crate::manners::door::Door;
use chrono::TimeDelta;
use entities::people::{Held, assign};
use reqwest::Method;
use rules::actor::{Assignment, Role};
use sea_orm::{ColumnTrait, EntityTrait, QueryFilter, sea_query::Expr};
use serde_json::{Value, json};

#[tokio::test]
async fn issuers_say_who_is_a_citizen_an_organisation_or_a_machine() {
    let door = Door::open().await;
    let organisation = whoami(&door, "cong-ty-hoa-sen").await;
    assert_eq!(organisation["roles"], json!(["organisation_representative"]));
    assert_eq!(organisation["national_id"], "4700000001");
    let (office, token) = (&door.office, door.token("bo-phan-tich-hop"));
    let machine = office.verifier.verify(&office.db, &token, door.clock.now()).await.unwrap();
    assert!(machine.is(Role::Integrator) && machine.assignments.len() == 1);
    assert_eq!(machine.scopes, ["dossiers:read", "files:read"]);
    assert_eq!(whoami(&door, "nguyen-van-an").await["scopes"], json!([]));
}

#[tokio::test]
async fn the_office_says_who_is_an_officer_and_until_when() {
    let door = Door::open().await;
    assert_eq!(whoami(&door, "le-thi-cuc").await["roles"], json!([]));
    let subject = door.office.demo.as_ref().unwrap().subject_of("le-thi-cuc");
    let assignment = Assignment { role: Role::DeskOfficer, unit: None };
    let held = Held { assignment, name: "Lê Thị Cúc".into(), title: "Cán bộ một cửa".into() };
    let id = assign(door.office.db.writer(), &subject, &held, door.clock.now()).await.unwrap();

    let officer = whoami(&door, "le-thi-cuc").await;

    assert_eq!((&officer["roles"], &officer["title"]), (&json!(["desk_officer"]), &json!("Cán bộ một cửa")));
    use entities::people::row::{Column, Entity};
    let end = door.clock.now() + TimeDelta::minutes(5);
    let ending = Entity::update_many().col_expr(Column::ValidTo, Expr::value(end)).filter(Column::Id.eq(id));
    ending.exec(door.office.db.writer()).await.unwrap();
    assert_eq!(whoami(&door, "le-thi-cuc").await["roles"], json!(["desk_officer"]));
    door.clock.advance(TimeDelta::minutes(5));
    assert_eq!(whoami(&door, "le-thi-cuc").await["roles"], json!([]));
}

async fn whoami(door: &Door, person: &str) -> Value {
    let request = door.ask(Method::GET, "/probe/whoami").bearer_auth(door.token(person));
    request.send().await.unwrap().json().await.unwrap()
}
