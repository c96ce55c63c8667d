//! Whom a notice goes to: the ways that lead there and what the person wishes.

use super::about::About;
use crate::hands::Hands;
use entities::Error;
use entities::dossiers::is_no_account;
use entities::notices::inbox::officers_of;
use entities::notices::preferences::{names_of, wishes};
use rules::notices::{NoticeChannel, Phone, Reach, Whom, Wishes, phone};

/// The recipient of a notice.
pub(super) struct Person {
    /// Whose preferences hold.
    pub(super) name: String,
    pub(super) wishes: Wishes,
    email: Option<String>,
    phone: Option<Phone>,
    /// The inbox it lies in; none for who has no account known here.
    pub(super) inbox: Option<String>,
}

impl Person {
    /// The applicant, or the officers of the unit that is asked.
    pub(super) async fn of(hands: &Hands, about: &About, asked: Option<uuid::Uuid>) -> Result<Self, Error> {
        if let (Whom::Officers, Some(unit)) = (about.event.whom(), asked) {
            let name = officers_of(unit);
            let inbox = Some(name.clone());
            return Ok(Self { name, wishes: Wishes::default(), email: None, phone: None, inbox });
        }
        let (dossier, applicant) = (&about.past.dossier, &about.past.applicant);
        let names = names_of(dossier);
        let email = applicant.email.as_deref().map(str::trim).filter(|address| !address.is_empty());
        let has_account = dossier.applicant_index.is_some() || !is_no_account(&dossier.owner);
        Ok(Self {
            wishes: wishes(hands.database.reader(), &names).await?,
            name: names.into_iter().next().unwrap_or_default(),
            email: email.map(str::to_owned),
            phone: applicant.phone.as_deref().and_then(phone),
            inbox: has_account.then(|| dossier.owner.clone()),
        })
    }

    pub(super) fn reach(&self) -> Reach {
        Reach { email: self.email.is_some(), phone: self.phone.is_some() }
    }

    /// Where a channel leads; empty where it leads nowhere.
    pub(super) fn recipient(&self, channel: NoticeChannel) -> String {
        match channel {
            NoticeChannel::Email => self.email.clone().unwrap_or_default(),
            NoticeChannel::Sms | NoticeChannel::Zalo => {
                self.phone.as_ref().map(Phone::national).unwrap_or_default()
            }
            NoticeChannel::Inbox => self.inbox.clone().unwrap_or_default(),
        }
    }
}
