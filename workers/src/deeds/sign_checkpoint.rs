//! Signs the heads of the chains of the chronicle, when the office has a key for it.

use super::ended::{Ended, Trouble};
use crate::deed::Attempt;
use crate::hands::Hands;
use entities::chronicle::chaining::{VERY_LATE, chain};
use entities::chronicle::checkpoints::sign_heads;
use entities::chronicle::signing::SigningKey;
use secrecy::ExposeSecret;

/// Does one attempt: what was committed very late is linked first, so that the hour is whole.
pub(super) async fn run(hands: &Hands, attempt: &Attempt) -> Ended {
    chain(&hands.database, VERY_LATE).await?;
    let secret = &hands.office.signing_key;
    if secret.expose_secret().is_empty() {
        return Ok(());
    }
    let key = SigningKey::new(secret).map_err(Trouble::fail)?;
    for signed in sign_heads(&hands.database, &key, attempt.at).await? {
        // Kept elsewhere, these lines show later that nobody took the end of a chain away.
        tracing::info!(target: "soc", event = "checkpoint", chain = signed.chain, seq = signed.seq,
            hash = signed.hash, key = signed.key_id, signature = signed.signature, at = %signed.at.to_rfc3339());
    }
    Ok(())
}
