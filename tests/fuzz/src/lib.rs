//! Every parser that reads what strangers send, under a name, with what must hold of whatever it reads.

mod codes;
mod edge;
mod papers;
mod requests;
mod sheets;
mod wires;

use std::path::PathBuf;

/// One parser under attack.
#[derive(Debug, Clone, Copy)]
pub struct Parser {
    /// Its name, which is that of its folder of the corpus.
    pub name: &'static str,
    /// Reads any bytes; a panic is a finding.
    pub reads: fn(&[u8]),
}

const fn parser(name: &'static str, reads: fn(&[u8])) -> Parser {
    Parser { name, reads }
}

/// All of them.
pub const PARSERS: &[Parser] = &[
    parser("dossier_codes", codes::dossiers),
    parser("codes", codes::others),
    parser("typed_codes", codes::typed),
    parser("transfer_codes", codes::transfers),
    parser("folding", codes::folding),
    parser("stamps", codes::stamps),
    parser("calendars", sheets::calendars),
    parser("seeds", sheets::seeds),
    parser("settings", sheets::settings),
    parser("statements", sheets::statements),
    parser("payment_callbacks", wires::payments),
    parser("carrier_callbacks", wires::carriers),
    parser("portal_messages", wires::portals),
    parser("text_receipts", wires::texts),
    parser("pdf_papers", papers::pdf),
    parser("office_papers", papers::office),
    parser("pictures", papers::pictures),
    parser("signatures", papers::signatures),
    parser("trust_files", papers::trust),
    parser("cursors", edge::cursors),
    parser("links", edge::links),
    parser("access_tokens", edge::access_tokens),
    parser("claims", edge::claims),
    parser("proofs", edge::proofs),
    parser("requests", requests::answered),
];

/// The parser of this name.
pub fn named(name: &str) -> Option<&'static Parser> {
    PARSERS.iter().find(|parser| parser.name == name)
}

/// Where the corpus lies: a folder for each parser.
pub fn corpus() -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("corpus")
}

/// The bytes as text, or nothing to read.
fn text(bytes: &[u8]) -> Option<&str> {
    std::str::from_utf8(bytes).ok()
}

/// Everything up to the first line break, and what follows it.
fn halves(text: &str) -> (&str, &str) {
    text.split_once('\n').unwrap_or((text, ""))
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::fs;

    #[test]
    fn everything_in_the_corpus_is_read() {
        for parser in PARSERS {
            let folder = corpus().join(parser.name);
            let mut files: Vec<_> =
                fs::read_dir(&folder).expect(parser.name).map(|file| file.unwrap().path()).collect();
            assert!(!files.is_empty(), "{} has no corpus", parser.name);
            files.sort();
            for file in files {
                (parser.reads)(&fs::read(&file).unwrap());
            }
        }
    }

    #[test]
    fn every_folder_of_the_corpus_has_its_parser() {
        for folder in fs::read_dir(corpus()).unwrap() {
            let name = folder.unwrap().file_name().into_string().unwrap();
            assert!(named(&name).is_some(), "nobody reads the corpus of {name}");
        }
    }
}
