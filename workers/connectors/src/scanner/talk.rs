//! The words of clamd's protocol (man clamd: commands ended by a zero byte, INSTREAM in counted chunks).

use super::Verdict;
use crate::failure::Failure;
use std::io;
use tokio::io::{AsyncRead, AsyncReadExt, AsyncWrite, AsyncWriteExt};

/// Asks for the version.
pub(super) const VERSION: &[u8] = b"zVERSION\0";
/// Announces bytes.
pub(super) const INSTREAM: &[u8] = b"zINSTREAM\0";
const CHUNK: usize = 64 << 10;
const LONGEST_ANSWER: u64 = 4096;

/// Sends the bytes in chunks, each after its length, and a length of nothing at the end.
pub(super) async fn send(stream: &mut (impl AsyncWrite + Unpin), bytes: &[u8]) -> io::Result<()> {
    stream.write_all(INSTREAM).await?;
    for chunk in bytes.chunks(CHUNK) {
        let length = u32::try_from(chunk.len()).map_err(io::Error::other)?;
        stream.write_all(&length.to_be_bytes()).await?;
        stream.write_all(chunk).await?;
    }
    stream.write_all(&0_u32.to_be_bytes()).await?;
    stream.flush().await
}

/// The answer up to its zero byte; fails when there is none, or one without end.
pub(super) async fn heard(stream: impl AsyncRead + Unpin) -> Result<String, Failure> {
    let mut answer = Vec::new();
    let mut stream = stream.take(LONGEST_ANSWER);
    while !answer.contains(&0) {
        match stream.read_buf(&mut answer).await {
            Ok(0) => break,
            Ok(_) => {}
            Err(_) => return Err(Failure::retry("the connection to the virus scanner broke off")),
        }
    }
    let Some(end) = answer.iter().position(|byte| *byte == 0) else {
        let words = if answer.is_empty() { "gave no answer at all" } else { "answered without an end" };
        return Err(Failure::retry(format!("the virus scanner {words}")));
    };
    answer.truncate(end);
    String::from_utf8(answer).map_err(|_| unreadable())
}

/// What an answer to INSTREAM means.
pub(super) fn verdict(answer: &str) -> Result<Verdict, Failure> {
    if answer.starts_with("INSTREAM size limit exceeded") {
        return Ok(Verdict::TooLarge);
    }
    let said = answer.strip_prefix("stream: ").unwrap_or(answer);
    match said.strip_suffix(" FOUND") {
        Some(name) if !name.is_empty() => Ok(Verdict::Infected { name: name.to_owned() }),
        _ if answer == "stream: OK" => Ok(Verdict::Clean),
        _ if said.ends_with("ERROR") => {
            Err(Failure::retry("the virus scanner could not look through a file"))
        }
        _ => Err(unreadable()),
    }
}

/// An engine with signatures tells their number and day after strokes; one without is no scanner.
pub(super) fn version(answer: &str) -> Result<String, Failure> {
    let mut parts = answer.split('/');
    match (parts.next(), parts.next(), parts.next()) {
        (Some(engine), Some(number), Some(day)) if engine.starts_with("ClamAV") && !day.is_empty() => {
            match number.parse::<u32>() {
                Ok(_) => Ok(answer.to_owned()),
                Err(_) => Err(unreadable()),
            }
        }
        (Some(engine), None, None) if engine.starts_with("ClamAV") => {
            Err(Failure::retry("the virus scanner has no database of signatures to look by"))
        }
        _ => Err(unreadable()),
    }
}

fn unreadable() -> Failure {
    Failure::retry("the virus scanner answered something that cannot be read")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn answers_are_taken_by_the_word_and_nothing_unclear_is_clean() {
        assert_eq!(verdict("stream: OK"), Ok(Verdict::Clean));
        let found = Verdict::Infected { name: "Win.Test.EICAR_HDB-1".into() };
        assert_eq!(verdict("stream: Win.Test.EICAR_HDB-1 FOUND"), Ok(found));
        assert_eq!(verdict("INSTREAM size limit exceeded. ERROR"), Ok(Verdict::TooLarge));
        for unclear in ["", "OK", "stream: ", "stream:  FOUND", "stream: OK OK", "stream: Can't open ERROR"] {
            assert!(verdict(unclear).unwrap_err().is_retry(), "{unclear}");
        }
    }

    #[test]
    fn an_engine_without_signatures_is_no_scanner() {
        assert!(version("ClamAV 1.4.6/27456/Fri Nov 20 08:41:12 2026").is_ok());
        let words = version("ClamAV 1.4.6").unwrap_err();
        assert!(words.reason().contains("no database"), "{words}");
        assert!(version("HTTP/1.1/400").is_err());
    }
}
