//! Officers of any role at any unit, and the way to ask in their name.

use super::things::Things;
use crate::support::commune::{Commune, MAU, MAU_ID, THU, key};
use chrono::TimeDelta;
use entities::people::{Held, assign};
use reqwest::{Method, RequestBuilder};
use rules::access::{Parties, Reach, Relation, Sight, Thing, reach, sight_at, sight_of};
use rules::actor::{Actor, Assignment, Role};
use serde_json::{Value, json};
use uuid::Uuid;

/// Somebody with an account of an officer and these roles since yesterday.
pub async fn hire(commune: &Commune, name: &str, held: &[Assignment]) -> Actor {
    let subject = commune.office.demo.as_ref().unwrap().subject_of(name);
    let tx = commune.database.begin().await.unwrap();
    for assignment in held {
        let held = Held { assignment: *assignment, name: name.into(), title: "Công chức".into() };
        assign(&tx, &subject, &held, commune.clock.now() - TimeDelta::days(1)).await.unwrap();
    }
    tx.commit().await.unwrap();
    actor(subject, held)
}

/// The same person as the rules see them.
pub fn actor(subject: String, held: &[Assignment]) -> Actor {
    Actor {
        subject,
        name: "Người thử".into(),
        title: String::new(),
        national_id: None,
        assignments: held.to_vec(),
        scopes: Vec::new(),
        assurance: 2,
        as_of: None,
    }
}

pub fn at(role: Role, unit: Uuid) -> Assignment {
    Assignment { role, unit: Some(unit) }
}

/// A request signed by who has this name, with `more` claims.
pub fn ask(commune: &Commune, name: &str, more: &Value, (method, path): (Method, &str)) -> RequestBuilder {
    let now = commune.clock.now().timestamp();
    let mut claims = json!({
        "iss": "http://office.test/demo", "sub": name, "aud": "motcua", "exp": now + 3_600, "loAs": 2,
        "motcua_demo": true, "name": name,
    });
    for (claim, value) in more.as_object().unwrap() {
        claims[claim] = value.clone();
    }
    let token = commune.office.demo.as_ref().unwrap().signed(&claims).unwrap();
    commune.ask(method, path).bearer_auth(token).header("idempotency-key", key()).header("if-match", "\"1\"")
}

/// Status and words of what somebody reads.
pub async fn read(commune: &Commune, name: &str, path: &str) -> (u16, String) {
    let answer = ask(commune, name, &json!({}), (Method::GET, path)).send().await.unwrap();
    (answer.status().as_u16(), answer.text().await.unwrap_or_default())
}

/// The keys of the items of a page.
pub fn ids(page: &str) -> Vec<String> {
    let page: Value = serde_json::from_str(page).unwrap();
    page["items"].as_array().unwrap().iter().map(|item| item["id"].as_str().unwrap().to_owned()).collect()
}

/// Somebody who asks, with what the rules know of them.
pub struct Asking {
    pub name: String,
    actor: Actor,
    claims: Value,
    mine: bool,
}

impl Asking {
    pub fn ask(&self, commune: &Commune, what: (Method, &str)) -> RequestBuilder {
        ask(commune, &self.name, &self.claims, what)
    }

    /// What the table says that they see of the things of this story, which all lie at the commune.
    pub fn sees(&self, things: &Things, thing: Thing) -> Sight {
        let unit = things.commune().unit;
        match thing {
            Thing::Deliveries => sight_at(&self.actor, thing, (Relation::Point, unit)),
            _ => {
                sight_of(&self.actor, thing, Parties { mine: self.mine, unit, authority: unit, sender: None })
            }
        }
    }
}

/// Every role at the commune and next door or over the province, the person, a stranger, and machine clients.
pub async fn everybody(commune: &Commune) -> Vec<Asking> {
    let mut people = Vec::new();
    for role in Role::ALL {
        let places = match reach(role) {
            Some(Reach::Unit) => vec![("here", Some(commune.unit)), ("next-door", Some(commune.neighbour))],
            Some(Reach::Province) => vec![("province", None)],
            None => Vec::new(),
        };
        for (place, unit) in places {
            let name = format!("{role:?}-{place}").to_lowercase();
            let actor = hire(commune, &name, &[Assignment { role, unit }]).await;
            people.push(Asking { name, actor, claims: json!({}), mine: false });
        }
    }
    for (name, id, mine) in [(MAU, MAU_ID, true), (THU, "006099000002", false)] {
        let actor = actor(name.into(), &[Assignment { role: Role::Citizen, unit: None }]);
        let claims = json!({"LoaiTaiKhoan": 1, "HoVaTen": name, "SoDinhDanh": id});
        people.push(Asking { name: name.into(), actor, claims, mine });
    }
    people.push(machine(commune, "may-khong-vai", &[]).await);
    people.push(machine(commune, "may-ben-canh", &[at(Role::DeskOfficer, commune.neighbour)]).await);
    people
}

/// A machine client with every scope there is.
pub async fn machine(commune: &Commune, name: &str, held: &[Assignment]) -> Asking {
    let scopes = api::machine_routes::GRANTS.iter().map(|grant| grant.scope).collect::<Vec<_>>().join(" ");
    let claims = json!({"preferred_username": format!("service-account-{name}"), "scope": scopes});
    Asking { name: name.into(), actor: hire(commune, name, held).await, claims, mine: false }
}
