//! A list holds exactly what the function of the policy shows, whoever asks for whatever.

use super::scene::actor;
use crate::support::commune::{Commune, DESK, MAU, text};
use crate::support::evidence::keep;
use entities::catalogue::units;
use entities::dossiers::parties;
use entities::dossiers::reading::{Search, list};
use entities::tables::dossiers;
use rules::access::{Reach, Sight, reach, sight};
use rules::actor::{Actor, Assignment, Role};
use sea_orm::{EntityTrait, IntoActiveModel};
use uuid::Uuid;

const ACTORS: u32 = 300;
const DOSSIERS: u32 = 80;

/// Numbers that look like chance and are the same in every run.
struct Dice(u64);

impl Dice {
    fn below(&mut self, sides: usize) -> usize {
        self.0 = self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        usize::try_from(self.0 >> 33).unwrap() % sides
    }
}

#[tokio::test]
async fn a_list_holds_what_the_policy_shows_and_nothing_else() {
    let commune = Commune::open().await;
    let point = units::by_code(commune.database.reader(), "H55.101.001").await.unwrap().row.id;
    let (places, mut dice) = ([commune.unit, commune.neighbour, point], Dice(7));
    let people = ["http://office.test/demo|a", "http://office.test/demo|b"];
    let rows = scattered(&commune, &places, people, &mut dice).await;
    let search = Search { limit: 1_000, ..Search::default() };
    let (mut asked, mut seen, mut wrong) = (0_u64, 0_u64, Vec::new());
    for _ in 0..ACTORS {
        let by = somebody(&places, people, &mut dice);
        let (db, sealer) = (commune.database.reader(), &commune.office.sealer);
        let mut expected: Vec<Uuid> = rows
            .iter()
            .filter(|row| sight(&by, parties(row, &by, sealer)) > Sight::None)
            .map(|row| row.id)
            .collect();
        expected.sort_unstable_by(|a, b| b.cmp(a));
        let found: Vec<Uuid> =
            list(db, sealer, &by, &search).await.unwrap().into_iter().map(|row| row.id).collect();
        asked += 1;
        seen += u64::try_from(expected.len()).unwrap();
        if found != expected {
            wrong.push(format!("{:?}: {} for {}", by.assignments, found.len(), expected.len()));
        }
    }

    assert_eq!(wrong, Vec::<String>::new());
    assert!(seen > asked, "the dossiers lie where the people are: {seen}");
    keep("access_lists", &[("actors", asked), ("dossiers", DOSSIERS.into()), ("differences", 0)]);
}

/// One dossier of Mẫu, and many like it at units and of people by chance.
async fn scattered(
    commune: &Commune,
    places: &[Uuid; 3],
    people: [&str; 2],
    dice: &mut Dice,
) -> Vec<dossiers::Model> {
    let first = commune.submit(MAU, commune.trial(2), |_| {}).await;
    commune.now(DESK, &first).await;
    let id: Uuid = text(&first, "id").parse().unwrap();
    let first = dossiers::Entity::find_by_id(id).one(commune.database.reader()).await.unwrap().unwrap();
    let mut rows = vec![first.clone()];
    for number in 0..DOSSIERS {
        let sent = dice.below(4) == 0;
        let owner = match sent || dice.below(3) == 0 {
            true => format!("unit|{}", places[dice.below(3)]),
            false => people[dice.below(2)].to_owned(),
        };
        let row = dossiers::Model {
            id: Uuid::now_v7(),
            code: format!("THU-{number}"),
            unit_id: places[dice.below(3)],
            authority_id: places[dice.below(3)],
            parent_id: sent.then_some(first.id),
            owner,
            applicant_index: None,
            // A key opens for its own dossier alone.
            key_wrapped: None,
            ..first.clone()
        };
        let new = row.clone().into_active_model();
        dossiers::Entity::insert(new).exec_without_returning(commune.database.writer()).await.unwrap();
        rows.push(row);
    }
    rows
}

fn somebody(places: &[Uuid; 3], people: [&str; 2], dice: &mut Dice) -> Actor {
    let mut held = Vec::new();
    for _ in 0..dice.below(3) {
        let role = Role::ALL[dice.below(Role::ALL.len() - 1)];
        let unit = (reach(role) == Some(Reach::Unit)).then(|| places[dice.below(3)]);
        held.push(Assignment { role, unit });
    }
    actor(people[dice.below(2)].to_owned(), &held)
}
