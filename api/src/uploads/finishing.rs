//! The parts become one file: hashed, recognised, stored by content, written down with its scan.

use super::arriving::{Part, chain, discard};
use super::sniffing::media_type;
use crate::manners::trace::Trace;
use crate::office::Office;
use crate::problems::{Code, Problem};
use bytes::Bytes;
use chrono::{DateTime, Utc};
use entities::files::{self, File};
use entities::jobs::{self, NewJob};
use entities::writing::Batch;
use object_store::path::Path;
use object_store::{ObjectStoreExt, WriteMultipart};
use rules::jobs::Job;
use sha2::{Digest, Sha256};
use uuid::Uuid;

/// Stores the parts of `upload` as one file, not yet written down.
///
/// 422 `file_type_refused` for a type that is not taken, `checksum_mismatch` when `expected` (hex) is another; the
/// parts are thrown away then, since more of them cannot help.
pub(super) async fn assemble(
    office: &Office,
    upload: Uuid,
    size: i64,
    expected: Option<&str>,
    named: File,
) -> Result<File, Problem> {
    let parts = chain(office.files.as_ref(), upload, size).await?;
    let judged = judge(office, upload, &parts, expected).await;
    let (sha256, media_type) = match judged {
        Ok(found) => found,
        Err(problem) => {
            discard(office.files.as_ref(), upload).await;
            return Err(problem);
        }
    };
    let target = Path::from(files::stored_at(&sha256));
    if office.files.head(&target).await.is_err() {
        copy(office, upload, &parts, &target).await?;
    }
    Ok(File { sha256, media_type: media_type.into(), size, ..named })
}

/// The rows of a finished file: itself and its scan, which its inspection follows.
pub(super) fn rows(file: &File, trace: &Trace, at: DateTime<Utc>) -> Result<Batch, Problem> {
    let mut rows = Batch::default();
    rows.add(files::insert(file));
    let scan =
        NewJob { traceparent: Some(trace.traceparent()), ..NewJob::new(Job::ScanFile { file: file.id }, at) };
    if let Some(insert) = jobs::insert(vec![scan], at)? {
        rows.add(insert);
    }
    Ok(rows)
}

async fn judge(
    office: &Office,
    upload: Uuid,
    parts: &[Part],
    expected: Option<&str>,
) -> Result<(String, &'static str), Problem> {
    let (mut digest, mut found) = (Sha256::new(), None);
    for part in parts {
        let bytes = bytes_of(office, upload, *part).await?;
        if found.is_none() {
            found = Some(media_type(&bytes)?);
        }
        digest.update(&bytes);
    }
    let sha256 = hex::encode(digest.finalize());
    if expected.is_some_and(|told| !told.eq_ignore_ascii_case(&sha256)) {
        return Err(Code::ChecksumMismatch.into());
    }
    Ok((sha256, found.ok_or(Code::FileTypeRefused)?))
}

async fn copy(office: &Office, upload: Uuid, parts: &[Part], target: &Path) -> Result<(), Problem> {
    let mut writer = WriteMultipart::new(office.files.put_multipart(target).await?);
    for part in parts {
        writer.wait_for_capacity(4).await?;
        writer.put(bytes_of(office, upload, *part).await?);
    }
    writer.finish().await?;
    Ok(())
}

async fn bytes_of(office: &Office, upload: Uuid, part: Part) -> Result<Bytes, Problem> {
    Ok(office.files.get(&part.stored_at(upload)).await?.bytes().await?)
}
