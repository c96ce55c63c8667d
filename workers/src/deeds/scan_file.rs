//! Has the virus scanner look at an uploaded file; its inspection follows in the same transaction.
//!
//! Without a scanner the file says `not_scanned`, and the setting decides whether it goes on.

use super::ended::{Ended, Trouble};
use crate::deed::{Attempt, Outcome};
use crate::digitising_settings::Unscanned;
use crate::hands::Hands;
use connectors::scanner::Verdict;
use connectors::trip::Trip;
use entities::digitisations::{self, steps};
use entities::files::{self, File, State, VirusScan};
use entities::jobs::{self, NewJob};
use object_store::ObjectStoreExt;
use object_store::path::Path;
use rules::jobs::{Job, Queue};
use sea_orm::ConnectionTrait;
use std::time::Duration;
use uuid::Uuid;

/// Does one attempt. A scanner that does not answer is waited for: nothing goes on unseen because of it, and papers that
/// wait for the file say so.
pub(super) async fn run(hands: &Hands, file: Uuid, attempt: &Attempt) -> Ended {
    let row = files::find(hands.database.reader(), file).await?;
    if row.state != State::Quarantined {
        return Ok(());
    }
    let ended = scan(hands, &row, attempt).await;
    if let Err(trouble) = &ended {
        say(hands, file, trouble.reason(), attempt).await?;
    }
    ended
}

async fn scan(hands: &Hands, row: &File, attempt: &Attempt) -> Ended {
    let Some(scanner) = &hands.wires.scanner else {
        return match hands.digitising.unscanned {
            Unscanned::LetThrough => let_on(hands, row, (VirusScan::NotScanned, None), attempt).await,
            Unscanned::Hold => Err(held()),
        };
    };
    let bytes = hands.files.get(&Path::from(files::stored_at(&row.sha256))).await?.bytes().await?;
    let trip = Trip::at(attempt.at).traced(attempt.traceparent.clone());
    match scanner.scan(&trip, &bytes).await? {
        Verdict::Clean => {
            let engine = scanner.version(&trip).await.ok();
            let_on(hands, row, (VirusScan::Clean, engine.as_deref()), attempt).await
        }
        Verdict::Infected { name } => {
            let seen = (VirusScan::Infected, Some(name.as_str()));
            keep_back(hands, row, seen, &infected(&name), attempt).await
        }
        Verdict::TooLarge => too_large(hands, row, attempt).await,
    }
}

/// What the scanner does not take goes on or is kept back for good, as the office has chosen.
async fn too_large(hands: &Hands, file: &File, attempt: &Attempt) -> Ended {
    let seen = (VirusScan::NotScanned, Some("larger than the scanner takes"));
    match hands.digitising.unscanned {
        Unscanned::LetThrough => let_on(hands, file, seen, attempt).await,
        Unscanned::Hold => keep_back(hands, file, seen, TOO_LARGE, attempt).await,
    }
}

const TOO_LARGE: &str = "Tệp lớn hơn mức máy quét vi-rút xem được; hãy tách thành nhiều tệp nhỏ hơn. / The file is \
    larger than the virus scanner takes: divide it into smaller ones.";

/// Notes the verdict and orders the inspection, once however often this attempt is made.
async fn let_on(
    hands: &Hands,
    file: &File,
    (scan, engine): (VirusScan, Option<&str>),
    attempt: &Attempt,
) -> Ended {
    let inspection = NewJob {
        unique_key: Some(format!("inspect:{}", attempt.id)),
        traceparent: attempt.traceparent.clone(),
        ..NewJob::new(Job::InspectFile { file: file.id }, attempt.at)
    };
    let tx = hands.database.begin().await?;
    files::set_scan(&tx, file.id, scan, engine).await?;
    if let Some(rows) = jobs::insert(vec![inspection], attempt.at)? {
        tx.execute(&rows).await?;
    }
    tx.commit().await?;
    hands.wake.ring(Queue::Heavy);
    Ok(())
}

fn infected(name: &str) -> String {
    format!(
        "Máy quét vi-rút tìm thấy {name} trong tệp; hãy làm sạch máy đã tạo tệp rồi gửi tệp khác. / \
         The virus scanner found {name} in the file: clean the machine it comes from and send another."
    )
}

/// The file is never handed out, and papers that waited for it are left to an operator.
async fn keep_back(
    hands: &Hands,
    file: &File,
    (scan, engine): (VirusScan, Option<&str>),
    words: &str,
    attempt: &Attempt,
) -> Ended {
    let tx = hands.database.begin().await?;
    files::set_scan(&tx, file.id, scan, engine).await?;
    files::set_state(&tx, file.id, State::Refused, Some(words)).await?;
    for item in digitisations::find_by_file(&tx, file.id).await? {
        digitisations::stuck(&tx, item.id, words, attempt.at).await?;
    }
    tx.commit().await?;
    Ok(())
}

/// Papers that wait for the file say why they wait.
async fn say(hands: &Hands, file: Uuid, words: &str, attempt: &Attempt) -> Ended {
    let tx = hands.database.begin().await?;
    for item in digitisations::find_by_file(&tx, file).await? {
        steps::troubled(&tx, item.id, words, attempt.at).await?;
    }
    tx.commit().await?;
    Ok(())
}

/// The setting asks for a scanner, and none has seen the file.
fn held() -> Trouble {
    Outcome::Wait {
        party: "scanner".into(),
        after: Duration::from_secs(3_600),
        reason:
            "chưa máy quét vi-rút nào xem được tệp, tệp được giữ lại theo [digitising] unscanned / no virus \
                 scanner has seen the file and [digitising] unscanned holds it back"
                .into(),
    }
    .into()
}
