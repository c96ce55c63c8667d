//! tesseract, one page and one thread a run.

use super::{Reader, joined, table};
use crate::pages::Page;
use crate::tools::{Call, Tools};
use crate::trouble::Trouble;
use async_trait::async_trait;
use rules::papers::PageText;

/// The reader that asks tesseract.
#[derive(Debug, Clone)]
pub struct Tesseract {
    tools: Tools,
    languages: String,
}

impl Tesseract {
    /// Reads in these languages, such as `vie` or `vie+eng`.
    pub fn new(tools: Tools, languages: &str) -> Self {
        Self { tools, languages: languages.to_owned() }
    }
}

#[async_trait]
impl Reader for Tesseract {
    async fn name(&self) -> Result<String, Trouble> {
        let ran = self.tools.run(Call::new("tesseract", ["--version"])).await?;
        let said = String::from_utf8_lossy(&ran.output).into_owned();
        let version = said.lines().next().unwrap_or("tesseract").trim().to_owned();
        Ok(format!("{version} ({})", self.languages))
    }

    async fn read(&self, page: &Page) -> Result<PageText, Trouble> {
        let whole = self.seen(page, page.jpeg.clone()).await?;
        // Under a seal tesseract takes print for a part of the picture: where there is much colour, print is read alone.
        let Some(print) = page.black_print().await? else { return Ok(whole) };
        Ok(joined::joined(self.seen(page, print.plain()).await?, whole))
    }
}

impl Tesseract {
    async fn seen(&self, page: &Page, picture: Vec<u8>) -> Result<PageText, Trouble> {
        let dpi = page.dpi.to_string();
        let args = ["stdin", "stdout", "-l", &self.languages, "--psm", "3", "--dpi", &dpi, "tsv"];
        let ran = self.tools.run(Call::new("tesseract", args).given(picture)).await?;
        if ran.code != 0 {
            return Err(Trouble::Program { program: "tesseract".into(), words: ended(ran.code) });
        }
        let said = String::from_utf8_lossy(&ran.output).into_owned();
        Ok(table::read(&said, page.number))
    }
}

fn ended(code: i32) -> String {
    format!("không đọc được trang và dừng với mã {code} / it could not read the page and ended with {code}")
}
