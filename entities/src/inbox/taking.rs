//! Taking in a dossier that was handed in at the portal: one dossier for one national key, however often it is sent.

use super::flags::NewFlag;
use super::{Comes, Told, applicant_there, finding, messages};
use crate::dossiers::Door;
use crate::dossiers::application::{Application, PaperIn, ReturnMethod};
use crate::dossiers::arriving::{Arrival, Arrived};
use crate::error::Error;
use crate::files::File;
use crate::tables::dossiers::Model;
use rules::procedure::Channel;
use uuid::Uuid;

/// What became of a dossier that the portal sent.
#[derive(Debug, Clone)]
pub enum Taking {
    /// It is a dossier now.
    Taken(Box<Model>),
    /// It was one before; `same` when nothing else was told this time.
    Known {
        /// The dossier, as it was.
        dossier: Box<Model>,
        /// The same was told before.
        same: bool,
    },
}

impl Door<'_> {
    /// Takes a dossier in, written in this transaction; `message` is the key of the message that told of it.
    ///
    /// A known key changes nothing but a flag when other things are told of it. Fails as a duplicate when another
    /// transaction took it in meanwhile, and as [`Door::submit`] where the office cannot place it.
    pub async fn take_in(&self, told: &Told, message: Uuid) -> Result<Taking, Error> {
        if let Some(known) = finding::locked(self.tx, &told.national_id).await? {
            return self.known(known, told).await;
        }
        let by = applicant_there(&told.owner(), &told.applicant.name);
        let door = Door { by: &by, ..*self };
        let stored: Vec<File> = told.stored(&by.subject);
        let application = told.application(&stored);
        let arrival = Arrival {
            application: &application,
            stored: &stored,
            national_id: &told.national_id,
            sent_at: told.sent_at.filter(|sent| *sent <= self.at),
            summary: told.summary.as_deref(),
        };
        let Arrived { dossier, mut rows, misfits } = door.arrive(&arrival).await?;
        for misfit in misfits {
            door.flag(&mut rows, &dossier, misfit.into())?;
        }
        if told.by_post.is_none() {
            door.flag(&mut rows, &dossier, unsaid_return())?;
        }
        if told.number_missing() {
            door.flag(&mut rows, &dossier, unsaid_number())?;
        }
        door.first_papers(&mut rows, &dossier, told, (&stored, message)).await?;
        rows.write(self.tx).await?;
        Ok(Taking::Taken(Box::new(dossier)))
    }

    async fn known(&self, dossier: Model, told: &Told) -> Result<Taking, Error> {
        let same = messages::heard_before(self.tx, dossier.id, &told.fingerprint).await?;
        if !same {
            let mut batch = crate::writing::Batch::default();
            self.flag(&mut batch, &dossier, sent_again())?;
            batch.write(self.tx).await?;
        }
        Ok(Taking::Known { dossier: Box::new(dossier), same })
    }
}

impl Told {
    /// The files that came with it, each as one of `owner`; keys are given here.
    pub(super) fn stored(&self, owner: &str) -> Vec<File> {
        let here = self.papers.iter().filter_map(|paper| match &paper.comes {
            Comes::Here(file) => Some(File { owner: owner.into(), ..(**file).clone() }),
            Comes::Behind(_) | Comes::Refused(..) => None,
        });
        here.collect()
    }

    fn number_missing(&self) -> bool {
        self.applicant.number().is_none()
    }

    fn application(&self, stored: &[File]) -> Application {
        let named = self.papers.iter().filter(|paper| !matches!(paper.comes, Comes::Refused(..)));
        let papers = named.filter_map(|paper| {
            let file = match &paper.comes {
                Comes::Here(file) => stored.iter().find(|kept| kept.id == file.id).map(|kept| kept.id),
                Comes::Behind(_) | Comes::Refused(..) => None,
            };
            Some(PaperIn { component: paper.component.clone()?, file, ..PaperIn::default() })
        });
        Application {
            procedure: self.procedure.clone(),
            unit: self.unit,
            authority: None,
            support_unit: None,
            handed_over_at: None,
            channel: Channel::Online,
            applicant_kind: self.applicant_kind,
            applicant: self.applicant.clone(),
            form: self.form.clone(),
            papers: papers.collect(),
            return_method: if self.by_post == Some(true) { ReturnMethod::Post } else { ReturnMethod::Desk },
            quantity: None,
            claims: Vec::new(),
            mandate: None,
        }
    }
}

fn sent_again() -> NewFlag {
    NewFlag::new(
        "sent_again",
        "Cổng Dịch vụ công quốc gia gửi lại hồ sơ này với nội dung khác; hồ sơ không bị thay đổi.",
        "The national portal sent this dossier again with other content; nothing of it was changed.",
    )
}

fn unsaid_return() -> NewFlag {
    NewFlag::new(
        "return_unsaid",
        "Cổng không cho biết cách nhận kết quả; tạm ghi nhận tại bộ phận một cửa, hãy hỏi người nộp.",
        "The portal does not say how the result goes back; it is put down for the desk, so ask the applicant.",
    )
}

fn unsaid_number() -> NewFlag {
    NewFlag::new(
        "number_missing",
        "Cổng không gửi số định danh hoặc mã số thuế của chủ hồ sơ.",
        "The portal sent neither an identity number nor a tax number of the applicant.",
    )
}
