//! Tells the applicant by e-mail what happened at a history entry, once.

use super::ended::{Ended, Trouble};
use super::letters;
use super::past::Past;
use crate::deed::Attempt;
use crate::hands::Hands;
use connectors::trip::Trip;
use entities::notices::{self, Notice};
use uuid::Uuid;

/// Does one attempt. A repeated letter carries the same Message-ID, so that a mailbox knows it again.
pub(super) async fn run(hands: &Hands, dossier: Uuid, entry: i32, attempt: &Attempt) -> Ended {
    let past = Past::at(hands, dossier, entry).await?;
    let address = past.applicant.email.as_deref().map(str::trim).filter(|address| !address.is_empty());
    let Some(address) = address else {
        tracing::info!(%dossier, entry, "the applicant gave no e-mail address; no notice is sent");
        return Ok(());
    };
    let recipient = hands.sealer.index("email", &address.to_lowercase());
    let event = past.entry.act.as_str();
    let notice = Notice { dossier, entry, event, channel: "email", recipient_index: &recipient };
    if notices::is_told(hands.database.reader(), &notice).await? {
        return Ok(());
    }
    let written = letters::write(past.act()?, &letters::facts(hands, &past).await?).map_err(Trouble::fail)?;
    let letter = written.to(address, format!("{dossier}-{entry}@{}", hands.office.host()));
    let trip = Trip::at(attempt.at).traced(attempt.traceparent.clone());
    hands.wires.mailer()?.send(&trip, &letter).await?;
    let tx = hands.database.begin().await?;
    notices::told(&tx, &notice, hands.clock.now()).await?;
    tx.commit().await?;
    Ok(())
}
