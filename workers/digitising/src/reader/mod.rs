//! Reading a page: the port of every reader of pictures, and the one that asks tesseract.

mod joined;
mod table;
mod tesseract;

pub use tesseract::Tesseract;

use crate::pages::Page;
use crate::trouble::Trouble;
use async_trait::async_trait;
use rules::papers::PageText;

/// Something that reads the letters of a page.
#[async_trait]
pub trait Reader: Send + Sync {
    /// What it is and in which version, for the record of where a text came from.
    async fn name(&self) -> Result<String, Trouble>;

    /// The words of a page, in Unicode NFC, with how sure it is of each and where it stands.
    async fn read(&self, page: &Page) -> Result<PageText, Trouble>;
}
