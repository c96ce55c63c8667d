//! One click against reminders: a signed link in the letter, good for this person's reminders and nothing else.

use super::preferences;
use crate::dossiers::is_no_account;
use crate::dossiers::reading::by_id;
use crate::error::Error;
use crate::tables::notices::Entity;
use chrono::{DateTime, Utc};
use hmac::{Hmac, Mac};
use rules::notices::Wishes;
use sea_orm::{DatabaseTransaction, EntityTrait};
use secrecy::{ExposeSecret, SecretString};
use sha2::Sha256;
use uuid::Uuid;

/// The signature that stands in the link of a notice; empty without a secret.
pub fn sign(secret: &SecretString, notice: Uuid) -> String {
    mac(secret, notice).map(|mac| hex::encode(mac.finalize().into_bytes())).unwrap_or_default()
}

/// True when the signature was made for this notice; compared in constant time.
pub fn verify(secret: &SecretString, notice: Uuid, signature: &str) -> bool {
    let Ok(given) = hex::decode(signature) else { return false };
    mac(secret, notice).is_some_and(|mac| mac.verify_slice(&given).is_ok())
}

/// No more reminders for the person of this notice; what the law asks for is told all the same.
///
/// Kept where the person's wishes already are, and beside them; otherwise under the account, where the person finds it.
pub async fn stop_reminders(tx: &DatabaseTransaction, notice: Uuid, at: DateTime<Utc>) -> Result<(), Error> {
    let row = Entity::find_by_id(notice).one(tx).await?.ok_or(Error::NotFound("notice"))?;
    let dossier = by_id(tx, row.dossier_id).await?;
    let mut names = preferences::names_of(&dossier);
    if !names.contains(&row.person) {
        names = vec![row.person.clone()];
    }
    let kept = preferences::first(tx, &names).await?;
    let wishes = kept.as_ref().map_or_else(|| Ok(Wishes::default()), preferences::read)?;
    if wishes.reminders {
        let has_account = names.contains(&dossier.owner) && !is_no_account(&dossier.owner);
        let usual = if has_account { dossier.owner } else { row.person };
        let person = kept.map_or(usual, |kept| kept.person);
        preferences::keep(tx, &person, &Wishes { reminders: false, ..wishes }, (None, at)).await?;
    }
    Ok(())
}

fn mac(secret: &SecretString, notice: Uuid) -> Option<Hmac<Sha256>> {
    let secret = secret.expose_secret();
    let keyed = <Hmac<Sha256> as Mac>::new_from_slice(secret.as_bytes());
    let mut mac = keyed.ok().filter(|_| !secret.is_empty())?;
    mac.update(b"motcua unsubscribe 1|");
    mac.update(notice.as_bytes());
    Some(mac)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_signature_is_good_for_one_notice_and_one_secret() {
        let (secret, notice) = (SecretString::from("liên kết"), Uuid::from_u128(7));
        let made = sign(&secret, notice);

        assert!(verify(&secret, notice, &made));
        assert!(!verify(&secret, Uuid::from_u128(8), &made));
        assert!(!verify(&SecretString::from("khác"), notice, &made));
        for bad in ["", "zz", "00"] {
            assert!(!verify(&secret, notice, bad), "{bad}");
        }
        assert!(!verify(&SecretString::default(), notice, &sign(&SecretString::default(), notice)));
    }
}
