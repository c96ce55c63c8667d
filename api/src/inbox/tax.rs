//! Notices and receipts of land tax that the portal passes on (wire.md §1.9.4).

use super::heard::Heard;
use crate::problems::Problem;
use connectors::portal::{Reply, TaxNotice, TaxReceipt};
use entities::inbox::messages::Judged;
use entities::inbox::tax::{Noted, ToldNotice};
use entities::inbox::tax_receipts::ToldReceipt;
use sha2::{Digest, Sha256};

/// Lines of one message.
const MOST: usize = 1_000;

impl Heard<'_> {
    /// Keeps what is owed; lines of dossiers that are not here are told back, the others count.
    pub(super) async fn tax_notices(&self, notices: &[TaxNotice]) -> Result<Reply, Problem> {
        let fits = |notice: &TaxNotice| {
            notice.amount > 0 && !notice.item.contains('\0') && written(&[&notice.code, &notice.decision])
        };
        if notices.is_empty() || notices.len() > MOST || !notices.iter().all(fits) {
            return self.turn_away("bad_value", "a line has no code, no number or no sum").await;
        }
        let named = notices.first().map(|notice| notice.code.clone()).unwrap_or_default();
        let fingerprint = self.print(&format!("{notices:?}"));
        let owed: Vec<ToldNotice> = notices.iter().map(owed).collect();
        self.within(&named, async |door| {
            let noted = door.note_taxes(&owed).await?;
            Ok(summed(&noted, &named, fingerprint.clone()))
        })
        .await
    }

    /// Keeps a receipt and what it pays.
    pub(super) async fn tax_receipt(&self, receipt: TaxReceipt) -> Result<Reply, Problem> {
        if receipt.amount <= 0 || !written(&[&receipt.code, &receipt.notice, &receipt.payer]) {
            return self
                .turn_away("bad_value", "the receipt has no code, no notice, no payer or no sum")
                .await;
        }
        let (named, fingerprint) = (receipt.code.clone(), self.print(&format!("{receipt:?}")));
        let told = paid(receipt);
        self.within(&named, async |door| {
            let noted = door.note_tax_receipt(&told, self.raw.id).await?;
            Ok(summed(&[noted], &named, fingerprint.clone()))
        })
        .await
    }

    fn print(&self, said: &str) -> String {
        self.office.sealer.index("portal_message", &hex::encode(Sha256::digest(said)))
    }
}

fn written(texts: &[&String]) -> bool {
    texts.iter().all(|text| !text.trim().is_empty() && !text.contains('\0'))
}

fn summed(noted: &[Noted], named: &str, fingerprint: String) -> (Judged, Reply) {
    let missing = noted.iter().filter(|one| matches!(one, Noted::NoDossier)).count();
    let dossier = noted.iter().find_map(|one| match one {
        Noted::New(id) | Noted::Known(id) | Noted::Flagged(id) => Some(*id),
        Noted::NoDossier => None,
    });
    let verdict = match () {
        () if missing == noted.len() => "no_dossier",
        () if missing > 0 => "partly",
        () if noted.iter().any(|one| matches!(one, Noted::Flagged(_))) => "kept",
        () if noted.iter().any(|one| matches!(one, Noted::New(_))) => "taken",
        () => "known",
    };
    let words = (missing > 0).then(|| format!("{missing} dòng không có hồ sơ / lines of no dossier"));
    let (national_id, code) = (named.to_owned(), named.to_owned());
    let reply = match (&words, verdict) {
        (Some(words), _) => Reply::Refused { national_id, words: words.clone() },
        (None, "known") => Reply::Known { national_id, code },
        (None, _) => Reply::Taken { national_id, code },
    };
    (
        Judged {
            verdict,
            words,
            national_id: Some(named.to_owned()),
            dossier,
            fingerprint: Some(fingerprint),
        },
        reply,
    )
}

fn owed(notice: &TaxNotice) -> ToldNotice {
    ToldNotice {
        code: notice.code.clone(),
        tax_number: notice.tax_number.clone(),
        decision: notice.decision.clone(),
        decided_on: notice.decided_on,
        item: notice.item.clone(),
        amount: notice.amount,
    }
}

fn paid(receipt: TaxReceipt) -> ToldReceipt {
    let TaxReceipt { code, notice, payer, paid_at, amount, content, paid, link } = receipt;
    ToldReceipt { code, notice, payer, paid_at, amount, content, paid, link }
}
