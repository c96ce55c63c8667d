//! A person whose result was revoked is told why, once.

use super::fixture::Scene;
use entities::dossiers::acts::Act;
use entities::dossiers::application::ReturnMethod;
use entities::notices::reading::of_dossier;
use entities::notices::telling::wording;
use entities::results::reading;
use entities::results::revoking::Revocation;
use rules::jobs::Job;
use workers::Outcome;

#[tokio::test]
async fn a_revocation_is_told_once_with_basis_and_reason() {
    let scene = Scene::open().await;
    let by = scene.officer();
    let dossier = scene.submit_as(|application| application.return_method = ReturnMethod::Desk).await;
    scene.decide(dossier.id).await;
    scene.act(&by, dossier.id, Act::RecordPayment { proof: "tiền mặt 1".into() }).await;
    scene.act(&by, dossier.id, Act::Return { proof: "Đã ký nhận.".into() }).await;
    let db = scene.hands.database.reader();
    let result = reading::of_dossier(db, dossier.id).await.unwrap().remove(0);
    let revoked = Revocation {
        basis: "Quyết định 45/QĐ-UBND".into(),
        reason: "Giấy khai sinh là giả.".into(),
    };
    let tx = scene.hands.database.begin().await.unwrap();
    scene.door(&tx, &by).revoke_result(result.id, Some(1), &revoked).await.unwrap();
    tx.commit().await.unwrap();
    let before = of_dossier(db, dossier.id).await.unwrap().len();

    let jobs = scene.jobs("tell_revocation").await;
    assert_eq!(jobs, [Job::TellRevocation { dossier: dossier.id, result: result.id }]);
    for _ in 0..2 {
        assert_eq!(scene.run(jobs[0].clone()).await, Outcome::Done);
    }

    let told = of_dossier(db, dossier.id).await.unwrap();
    let new: Vec<_> = told.iter().filter(|row| row.event == "result_revoked").collect();
    assert!(!new.is_empty() && told.len() == before + new.len(), "{told:?}");
    let said = format!("{:?}", wording(&scene.hands.sealer, new[0]).unwrap());
    for words in ["45/QĐ-UBND", "Giấy khai sinh là giả.", &dossier.code] {
        assert!(said.contains(words), "{words} is not in {said}");
    }
}
