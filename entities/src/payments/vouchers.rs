//! The voucher that a platform draws up of a payment, a paper of its own beside the receipts (F-18): fetched once and kept.

use crate::dossiers::{Door, reading};
use crate::error::Error;
use crate::files::{self, File};
use crate::jobs::{self, NewJob};
use crate::tables::papers;
use crate::tables::payments::Model;
use crate::writing::Batch;
use rules::jobs::Job;
use sea_orm::{ActiveModelTrait, ConnectionTrait, IntoActiveModel, Set};
use uuid::Uuid;

impl Door<'_> {
    /// Writes the job that fetches the voucher of a payment settled by its platform; a second one is not written.
    pub(super) async fn want_voucher(&self, payment: &Model) -> Result<(), Error> {
        let job = NewJob {
            dossier: Some(payment.dossier_id),
            cause: Some(format!("payment:{}", payment.id)),
            unique_key: Some(format!("voucher:{}", payment.id)),
            traceparent: self.trace.map(Into::into),
            ..NewJob::new(Job::FetchVoucher { payment: payment.id }, self.at)
        };
        if let Some(rows) = jobs::insert(vec![job], self.at)? {
            self.tx.execute(&rows).await?;
        }
        Ok(())
    }

    /// Keeps the voucher with its payment and among the papers of the dossier, in quarantine like every file; where there
    /// is one already, that one stays. The bytes are in the file store before.
    pub async fn voucher_came(&self, payment: Uuid, file: File) -> Result<(), Error> {
        let payment = self.held(payment).await?;
        if payment.voucher_file_id.is_some() {
            return Ok(());
        }
        let dossier = reading::by_id(self.tx, payment.dossier_id).await?;
        let file = File { owner: dossier.owner.clone(), ..file };
        let inspection = NewJob {
            dossier: Some(dossier.id),
            traceparent: self.trace.map(Into::into),
            ..NewJob::new(Job::InspectFile { file: file.id }, self.at)
        };
        let mut batch = Batch::default();
        batch.add(files::insert(&file));
        batch.add_some(jobs::insert(vec![inspection], self.at)?);
        batch.insert(papers::Model {
            id: Uuid::now_v7(),
            dossier_id: dossier.id,
            file_id: Some(file.id),
            part: "voucher".into(),
            component: None,
            source: "new".into(),
            round: 0,
            name: file.name.clone(),
            document_id: None,
            created_at: self.at,
        });
        batch.write(self.tx).await?;
        let mut row = payment.into_active_model();
        row.voucher_file_id = Set(Some(file.id));
        row.update(self.tx).await?;
        Ok(())
    }
}
