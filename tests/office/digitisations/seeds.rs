//! The roadmap and the targets are data: shipped as the plans say, and changed by a province's own file.

use crate::support::database::TestDatabase;
use entities::digitisations::roadmap::{roadmap, targets};
use entities::seeding::{importing, reading};
use rules::papers::PaperKind;
use rules::procedure::Tier;

#[tokio::test]
async fn d_03_r_c1_the_shipped_days_are_those_of_the_decree() {
    let db = TestDatabase::seeded().await;

    let shipped = roadmap(db.reader()).await.unwrap().0;

    let days: Vec<_> = shipped.into_iter().map(|(tier, day)| format!("{tier} {day}")).collect();
    assert_eq!(days, ["commune 2023-06-01", "district 2022-12-01", "province 2022-06-01"]);
}

#[tokio::test]
async fn r_c2_r_c3_the_shipped_targets_are_those_of_the_plans_dossiers_and_results_apart() {
    let db = TestDatabase::seeded().await;

    let shipped = targets(db.reader()).await.unwrap();

    for kind in PaperKind::ALL {
        for (tier, percents) in
            [(Tier::Province, [50, 70]), (Tier::District, [40, 60]), (Tier::Commune, [35, 55])]
        {
            let asked = shipped.iter().filter(|t| t.tier == tier && t.kind == kind).map(|t| t.percent);
            assert_eq!(asked.collect::<Vec<_>>(), percents, "{tier:?} {kind:?}");
        }
    }
}

#[tokio::test]
async fn a_province_changes_a_day_by_a_file_of_its_own() {
    let db = TestDatabase::seeded().await;
    let own = "digitisation_starts:\n  - { tier: commune, from: \"2025-07-01\", source: \"Quyết định của tỉnh\" }\n";
    let tx = db.begin().await.unwrap();

    let report = importing::import(&tx, &reading::read("tinh.yaml", own).unwrap()).await.unwrap();
    tx.commit().await.unwrap();

    assert_eq!((report.digitisation_added, report.digitisation_changed), (0, 1));
    let days = roadmap(db.reader()).await.unwrap().0;
    assert_eq!((days["commune"].to_string(), days.len()), ("2025-07-01".into(), 3));
}

#[test]
fn a_file_that_contradicts_itself_is_told_by_its_lines() {
    let wrong = "digitisation_starts:\n  - { tier: commune, from: \"2025-07-01\", source: a }\n  \
        - { tier: commune, from: \"2025-07-02\", source: a }\n  - { tier: postal_point, from: \"2025-07-02\", source: a }\n\
        digitisation_targets:\n  - { plan: a, tier: commune, kind: result, percent: 101, from: \"2025-01-01\", \
        until: \"2025-12-31\", source: a }\n";

    let errors = reading::read("sai.yaml", wrong).unwrap_err();

    assert_eq!(errors.iter().map(|error| error.line).collect::<Vec<_>>(), [3, 4, 6]);
}
