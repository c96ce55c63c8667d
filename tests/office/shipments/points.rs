//! A postal point sees what it carries today, and nothing else of a dossier.

use super::scene::{decided, ordered, said, shipment};
use crate::support::commune::{
    CASE, CONTROLLER, Commune, DESK, HEAD, INSPECTOR, MAU, MONEY, NEIGHBOUR, POSTMAN, SECOND_DESK, THU,
};
use crate::support::house::problem;
use chrono::TimeDelta;
use entities::catalogue::units;
use entities::people::{Held, assign};
use rules::actor::{Assignment, Role};
use serde_json::json as body;
use uuid::Uuid;

pub async fn clerk_of_the_point(commune: &Commune) -> Uuid {
    let point = units::by_code(commune.database.reader(), "H55.101.001").await.unwrap().row.id;
    let subject = commune.office.demo.as_ref().unwrap().subject_of(THU);
    let assignment = Assignment { role: Role::PostalClerk, unit: Some(point) };
    let held = Held { assignment, name: "Bưu tá điểm".into(), title: "Bưu tá".into() };
    let tx = commune.database.begin().await.unwrap();
    assign(&tx, &subject, &held, commune.clock.now() - TimeDelta::days(1)).await.unwrap();
    tx.commit().await.unwrap();
    point
}

#[tokio::test]
async fn a_clerk_reads_name_address_and_sum_and_nothing_else() {
    let commune = Commune::open().await;
    let point = clerk_of_the_point(&commune).await;
    let dossier = decided(&commune).await;
    let row = ordered(&commune, &dossier, "return").await;
    assert_eq!(row.point_id, Some(point));
    let path = format!("/v1/postal-points/{point}/shipments");

    let open = commune.read(THU, &path).await["items"].clone();
    commune.pass(TimeDelta::minutes(5));
    said(&commune, &row, "cancelled").await;
    let (left, done) = (
        commune.read(THU, &path).await["items"].clone(),
        commune.read(THU, &format!("{path}?done=true")).await["items"].clone(),
    );

    assert_eq!(open[0]["name"], "Nguyễn Thị Mẫu");
    assert_eq!((&open[0]["papers"], &open[0]["phone"]), (&body!(1), &body!("0900000001")));
    let members: Vec<&String> = open[0].as_object().unwrap().keys().collect();
    for secret in ["id_number", "email", "form", "procedure", "status"] {
        assert!(!members.iter().any(|member| *member == secret), "{members:?}");
    }
    assert_eq!((left.as_array().unwrap().len(), done.as_array().unwrap().len()), (0, 1));
    let whole = format!("/v1/dossiers/{}", crate::support::commune::text(&dossier, "id"));
    problem(commune.get(THU, &whole).await, 404, "not_found").await;
    assert_eq!(shipment(&commune, &dossier, "return").await.state, "cancelled");
}

#[tokio::test]
async fn nobody_but_its_clerks_reads_what_a_point_carries() {
    let commune = Commune::open().await;
    let point = clerk_of_the_point(&commune).await;
    let path = format!("/v1/postal-points/{point}/shipments");

    for who in [MAU, DESK, SECOND_DESK, CASE, HEAD, MONEY, POSTMAN, NEIGHBOUR, INSPECTOR, CONTROLLER] {
        problem(commune.get(who, &path).await, 403, "forbidden").await;
    }
    commune.read(THU, &path).await;
    let elsewhere = format!("/v1/postal-points/{}/shipments", commune.unit);
    problem(commune.get(THU, &elsewhere).await, 403, "forbidden").await;
}
