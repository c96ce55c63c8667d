//! Dossiers that the portal sends, and what it sends to them later.

use super::heard::Heard;
use super::told::{fingerprint, unfit};
use crate::problems::Problem;
use connectors::portal::{PortalDossier, Reply};
use entities::inbox::Told;
use entities::inbox::answering::Answering;
use entities::inbox::messages::Judged;
use entities::inbox::taking::Taking;
use entities::tables::dossiers::Model;
use uuid::Uuid;

impl Heard<'_> {
    pub(super) async fn new_dossier(&self, told: PortalDossier) -> Result<Reply, Problem> {
        let id = told.national_id.clone();
        if let Some(words) = unfit(&told) {
            return self.turn_away("bad_value", words).await;
        }
        let unit = match self.office.place(&told, self.at).await? {
            Ok(unit) => unit,
            Err(why) => return self.refuse("no_unit", &id, &why.0).await,
        };
        let told = self.put_away(told, unit).await?;
        self.within(&id, async |door| {
            let (verdict, dossier) = match door.take_in(&told, self.raw.id).await? {
                Taking::Taken(dossier) => ("taken", dossier),
                Taking::Known { dossier, same: true } => ("known", dossier),
                Taking::Known { dossier, same: false } => ("known_other", dossier),
            };
            Ok((judged(verdict, &told, Some(&dossier)), reply(verdict == "taken", &told, &dossier)))
        })
        .await
    }

    pub(super) async fn supplement(&self, told: PortalDossier) -> Result<Reply, Problem> {
        let id = told.national_id.clone();
        if let Some(words) = unfit(&told) {
            return self.turn_away("bad_value", words).await;
        }
        let told = self.put_away(told, Uuid::nil()).await?;
        self.within(&id, async |door| {
            let (verdict, dossier) = match door.take_supplement(&told, self.raw.id).await? {
                Answering::Answered(dossier) => ("answered", dossier),
                Answering::Waiting(dossier) => ("waiting", dossier),
                Answering::Kept(dossier) => ("kept", dossier),
                Answering::Known(dossier) => ("known", dossier),
                Answering::NoDossier => return Ok((judged("no_dossier", &told, None), not_here(&told))),
            };
            Ok((judged(verdict, &told, Some(&dossier)), reply(verdict != "known", &told, &dossier)))
        })
        .await
    }

    async fn put_away(&self, mut told: PortalDossier, unit: Uuid) -> Result<Told, Problem> {
        let fingerprint = fingerprint(self.office, &told);
        let papers = self.office.put_away(std::mem::take(&mut told.papers), self.at).await?;
        Ok(self.office.in_our_words((self.raw.connector, unit), told, (papers, fingerprint), self.at).await?)
    }
}

fn judged(verdict: &'static str, told: &Told, dossier: Option<&Model>) -> Judged {
    Judged {
        verdict,
        words: None,
        national_id: Some(told.national_id.clone()),
        dossier: dossier.map(|dossier| dossier.id),
        fingerprint: Some(told.fingerprint.clone()),
    }
}

fn reply(new: bool, told: &Told, dossier: &Model) -> Reply {
    let (national_id, code) = (told.national_id.clone(), dossier.code.clone());
    if new { Reply::Taken { national_id, code } } else { Reply::Known { national_id, code } }
}

/// A supplement that came before its dossier: the portal sends it again, or an administrator tries it again.
fn not_here(told: &Told) -> Reply {
    let words = "Chưa có hồ sơ này tại đơn vị / the dossier is not here yet".to_owned();
    Reply::Refused { national_id: told.national_id.clone(), words }
}
