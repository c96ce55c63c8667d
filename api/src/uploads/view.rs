//! The JSON forms of uploads and files.

use chrono::{DateTime, Utc};
use entities::files::File;
use entities::uploads::Upload;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;
use uuid::Uuid;

/// A file to be uploaded in parts.
#[derive(Debug, Clone, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct NewUpload {
    /// Name for people to read; it does not decide what the file is.
    #[schema(min_length = 1, max_length = 255, example = "to-khai.pdf")]
    pub name: String,
    /// Bytes it will have.
    #[schema(minimum = 1, example = 1_048_576)]
    pub size: i64,
    /// SHA-256 of the bytes in hex; checked when the last part has come.
    #[serde(default)]
    #[schema(min_length = 64, max_length = 64)]
    pub sha256: Option<String>,
}

/// An upload under way.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub struct UploadView {
    /// Key.
    pub id: Uuid,
    /// Name.
    pub name: String,
    /// Bytes it will have.
    pub size: i64,
    /// Bytes received; the next part begins here.
    pub received: i64,
    /// The file it became, once complete.
    pub file_id: Option<Uuid>,
}

impl From<Upload> for UploadView {
    fn from(upload: Upload) -> Self {
        Self {
            id: upload.id,
            name: upload.name,
            size: upload.size,
            received: upload.received,
            file_id: upload.file_id,
        }
    }
}

/// A complete file.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub struct FileView {
    /// Key, to be named among the papers of a dossier.
    pub id: Uuid,
    /// Name.
    pub name: String,
    /// Bytes.
    pub size: i64,
    /// SHA-256 in hex.
    pub sha256: String,
    /// Type found in the bytes.
    #[schema(example = "application/pdf")]
    pub media_type: String,
    /// `quarantined`, `clean` or `refused`.
    #[schema(example = "quarantined")]
    pub state: &'static str,
    /// What the virus scanner said: `not_scanned`, `clean` or `infected`.
    #[schema(example = "clean")]
    pub virus_scan: &'static str,
    /// Why it was refused.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub reason: Option<String>,
    /// When it was complete.
    pub created_at: DateTime<Utc>,
}

impl From<&File> for FileView {
    fn from(file: &File) -> Self {
        Self {
            id: file.id,
            name: file.name.clone(),
            size: file.size,
            sha256: file.sha256.clone(),
            media_type: file.media_type.clone(),
            state: file.state.key(),
            virus_scan: file.virus_scan.key(),
            reason: file.reason.clone(),
            created_at: file.created_at,
        }
    }
}
