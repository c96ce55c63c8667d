//! The papers of a message: bytes into the file store before any transaction, links as they are.

use crate::office::Office;
use crate::problems::Problem;
use bytes::Bytes;
use chrono::{DateTime, Utc};
use connectors::portal::PortalPaper;
use entities::files::{self, File, quarantined};
use entities::inbox::{Comes, ToldPaper};
use entities::media_types;
use object_store::path::Path;
use object_store::{ObjectStoreExt, PutPayload};
use sha2::{Digest, Sha256};

/// Papers of one message.
const MOST: usize = 100;

impl Office {
    /// Puts the papers of a message away; one that is not taken says why.
    pub(super) async fn put_away(
        &self,
        papers: Vec<PortalPaper>,
        at: DateTime<Utc>,
    ) -> Result<Vec<ToldPaper>, Problem> {
        let mut told = Vec::with_capacity(papers.len().min(MOST));
        for paper in papers.into_iter().take(MOST) {
            let name = tidy(&paper.name);
            let comes = match (paper.bytes, paper.link) {
                (Some(bytes), _) if !bytes.is_empty() => self.stored(&name, bytes.into(), at).await?,
                (_, Some(link)) => Comes::Behind(link),
                _ => refused(
                    &name,
                    "không có nội dung và không có đường dẫn",
                    "it has neither content nor a link",
                ),
            };
            told.push(ToldPaper { name, component: paper.component_code, comes });
        }
        Ok(told)
    }

    async fn stored(&self, name: &str, bytes: Bytes, at: DateTime<Utc>) -> Result<Comes, Problem> {
        let size = i64::try_from(bytes.len()).unwrap_or(i64::MAX);
        if size > self.settings.file_limit_bytes {
            return Ok(refused(name, "tệp quá lớn", "the file is too large"));
        }
        let media_type = match media_types::taken(&bytes) {
            Ok(taken) => taken,
            Err(found) => {
                let vi = format!("nội dung là {found}, loại tệp không được nhận");
                return Ok(refused(name, &vi, &format!("the bytes are {found}, which is not taken")));
            }
        };
        let sha256 = hex::encode(Sha256::digest(&bytes));
        self.files.put(&Path::from(files::stored_at(&sha256)), PutPayload::from_bytes(bytes)).await?;
        let named = quarantined(name, "", at);
        Ok(Comes::Here(Box::new(File { sha256, size, media_type: media_type.into(), ..named })))
    }
}

fn refused(name: &str, vi: &str, en: &str) -> Comes {
    Comes::Refused(
        format!("Không nhận được tệp “{name}”: {vi}."),
        format!("The file “{name}” was not taken: {en}."),
    )
}

/// The last element of a path, without control characters, at most 255 characters.
fn tidy(name: &str) -> String {
    let last = name.rsplit(['/', '\\']).next().unwrap_or_default();
    let tidy: String = last.chars().filter(|c| !c.is_control()).take(255).collect();
    if tidy.trim().is_empty() { "tep".into() } else { tidy }
}
