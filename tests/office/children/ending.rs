//! How children end: refused, with their main dossier, and told of once however often the job runs.

use super::{below, children, planned, received, settled};
use crate::journeys::stage::Stage;
use crate::support::commune::{Commune, DESK, HEAD, MAU, NEIGHBOUR, text};
use entities::dossiers::Door;
use entities::people::{Held, assign};
use futures::future::join_all;
use rules::actor::{Actor, Assignment, Role};
use serde_json::{Value, json as body};
use std::collections::BTreeSet;

fn statuses(family: &[Value]) -> Vec<&str> {
    family.iter().map(|child| text(child, "status")).collect()
}

#[tokio::test]
async fn l_31_a_refused_child_ends_and_says_why_and_the_next_is_called() {
    let (stage, mut done) = (Stage::open().await, BTreeSet::new());
    let commune = &stage.commune;
    let mut parent = received(commune).await;
    for key in ["first", "second"] {
        parent = planned(commune, &parent, key).await.0;
    }
    let family = children(commune, DESK, &parent).await;
    let seen = commune.now(NEIGHBOUR, &family[0]).await;
    commune.done(NEIGHBOUR, &seen, "refusal", body!({"reason": "Không thuộc thẩm quyền của xã."})).await;

    stage.work(&mut done).await;

    let history = below(commune, DESK, &parent, "history").await;
    let note = text(history.last().unwrap(), "note").to_owned();
    assert!(
        note.contains(text(&family[0], "code")) && note.contains("Không thuộc thẩm quyền của xã."),
        "{note}"
    );
    let now = children(commune, DESK, &parent).await;
    assert_eq!((&now[0]["over"], &now[1]["held"]), (&body!(true), &body!(false)));
}

#[tokio::test]
async fn l_31_children_are_taken_back_when_the_main_dossier_ends_without_a_result() {
    for (who, act, words) in [(MAU, "withdrawal", "Tôi không cần nữa."), (HEAD, "stop", "Người nộp đã mất.")]
    {
        let (stage, mut done) = (Stage::open().await, BTreeSet::new());
        let commune = &stage.commune;
        let mut parent = received(commune).await;
        for key in ["at-once-1", "at-once-2", "first", "second"] {
            parent = planned(commune, &parent, key).await.0;
        }
        let family = children(commune, DESK, &parent).await;
        settled(commune, NEIGHBOUR, &family[0]).await;
        let second = commune.now(DESK, &family[1]).await;
        commune.done(DESK, &second, "acceptance", body!({})).await;
        commune.done(who, &parent, act, body!({"reason": words})).await;

        stage.work(&mut done).await;

        let now = children(commune, DESK, &parent).await;
        assert_eq!(statuses(&now), ["returned", "withdrawn", "withdrawn", "withdrawn"], "{act}");
        let told = below(commune, NEIGHBOUR, &family[3], "history").await;
        assert!(text(told.last().unwrap(), "note").contains(words), "{told:?}");
        let history = below(commune, DESK, &parent, "history").await;
        assert_eq!(history.last().unwrap()["act"], act_key(act), "nothing is added to what is over");
    }
}

fn act_key(address: &str) -> &str {
    if address == "withdrawal" { "withdraw" } else { address }
}

/// Does the deed of the job that a child's last entry wrote.
async fn tell(commune: &Commune, child: &Value) {
    let entry = i32::try_from(below(commune, DESK, child, "history").await.len()).unwrap();
    let (tx, office) = (commune.database.begin().await.unwrap(), Actor::office());
    let (catalogue, sealer) = (&commune.office.catalogue, &commune.office.sealer);
    let door = Door { tx: &tx, catalogue, sealer, by: &office, at: commune.clock.now(), trace: None };
    door.tell_parent(text(child, "id").parse().unwrap(), entry).await.unwrap();
    tx.commit().await.unwrap();
}

#[tokio::test]
async fn the_main_dossier_is_told_once_however_often_the_job_runs() {
    let commune = &Commune::open().await;
    let parent = received(commune).await;
    let (parent, child) = planned(commune, &parent, "first").await;
    settled(commune, NEIGHBOUR, &child).await;
    tell(commune, &child).await;
    let before = commune.now(DESK, &parent).await;

    for _ in 0..3 {
        tell(commune, &child).await;
    }

    assert_eq!(commune.now(DESK, &parent).await["version"], before["version"]);
    let papers = below(commune, DESK, &parent, "papers").await;
    assert_eq!(papers.iter().filter(|paper| paper["part"] == "child_result").count(), 1);
}

#[tokio::test]
async fn children_that_end_at_the_same_moment_wait_for_each_other_and_are_all_told() {
    let commune = &Commune::open().await;
    let mut parent = received(commune).await;
    for key in ["at-once-1", "at-once-2", "first", "second"] {
        parent = planned(commune, &parent, key).await.0;
    }
    let family = children(commune, DESK, &parent).await;
    for (child, who) in family.iter().zip([NEIGHBOUR, DESK, NEIGHBOUR]) {
        settled(commune, who, child).await;
    }

    join_all(family.iter().take(3).map(|child| tell(commune, child))).await;

    let history = below(commune, DESK, &parent, "history").await;
    assert_eq!(history.iter().filter(|entry| entry["act"] == "end_child").count(), 3);
    let now = children(commune, DESK, &parent).await;
    assert_eq!(statuses(&now), ["returned", "returned", "decided", "submitted"]);
    assert_eq!(now[3]["held"], false);
}

#[tokio::test]
async fn l_48_a_result_that_is_taken_back_is_taken_back_from_the_main_dossier_too() {
    let commune = Commune::open().await;
    let parent = received(&commune).await;
    let (_, child) = planned(&commune, &parent, "first").await;
    let decided = settled(&commune, NEIGHBOUR, &child).await;
    tell(&commune, &decided).await;
    let parts = async || {
        let papers = below(&commune, DESK, &parent, "papers").await;
        papers.iter().map(|paper| text(paper, "part").to_owned()).collect::<Vec<_>>()
    };
    assert!(parts().await.contains(&"child_result".to_owned()));
    let head = Held {
        assignment: Assignment { role: Role::Approver, unit: Some(commune.neighbour) },
        name: "Vi Văn Bên".into(),
        title: "Chủ tịch".into(),
    };
    let subject = commune.office.demo.as_ref().unwrap().subject_of(NEIGHBOUR);
    assign(commune.database.writer(), &subject, &head, commune.clock.now()).await.unwrap();

    let seen = commune.now(NEIGHBOUR, &child).await;
    commune.done(NEIGHBOUR, &seen, "correction", body!({"reason": "Ghi sai địa chỉ."})).await;

    let parts = parts().await;
    assert!(
        parts.contains(&"revoked".to_owned()) && !parts.contains(&"child_result".to_owned()),
        "{parts:?}"
    );
}
