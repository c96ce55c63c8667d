//! One SMTP conversation: EHLO, MAIL, RCPT, DATA, RSET, NOOP, QUIT (RFC 5321).

use super::Mailbox;
use crate::notebook::Notebook;
use std::{io, ops::ControlFlow};
use tokio::{
    io::{AsyncBufReadExt, AsyncWriteExt, BufReader},
    net::{
        TcpStream,
        tcp::{OwnedReadHalf, OwnedWriteHalf},
    },
};

const LARGEST_LETTER: usize = 16 << 20;

/// Talks until the caller leaves.
pub(super) async fn hold(stream: TcpStream, mailbox: Mailbox, notebook: Notebook) {
    let (reader, writer) = stream.into_split();
    let mut talk = Talk { reader: BufReader::new(reader), writer, mailbox, notebook, to: Vec::new() };
    // A caller that hangs up ends the conversation like QUIT does.
    let _ended = talk.go().await;
}

struct Talk {
    reader: BufReader<OwnedReadHalf>,
    writer: OwnedWriteHalf,
    mailbox: Mailbox,
    notebook: Notebook,
    to: Vec<String>,
}

type Next = io::Result<ControlFlow<()>>;

impl Talk {
    async fn go(&mut self) -> io::Result<()> {
        if self.notebook.is_down() {
            return self.say("421 bao tri").await;
        }
        self.say("220 hop-thu ESMTP").await?;
        let mut line = String::new();
        loop {
            line.clear();
            if self.reader.read_line(&mut line).await? == 0 {
                return Ok(());
            }
            if self.answer(line.trim_end()).await?.is_break() {
                return Ok(());
            }
        }
    }

    async fn answer(&mut self, line: &str) -> Next {
        if self.notebook.is_down() {
            self.say("421 bao tri").await?;
            return Ok(ControlFlow::Break(()));
        }
        let verb = line.split([' ', ':']).next().unwrap_or_default().to_ascii_uppercase();
        match verb.as_str() {
            "EHLO" => self.say("250-hop-thu\r\n250 8BITMIME").await?,
            "MAIL" => return self.begin().await,
            "RCPT" => self.recipient(line).await?,
            "DATA" => self.letter().await?,
            "QUIT" => {
                self.say("221 tam biet").await?;
                return Ok(ControlFlow::Break(()));
            }
            "HELO" | "RSET" | "NOOP" => self.say("250 ok").await?,
            _ => self.say("502 khong hieu").await?,
        }
        Ok(ControlFlow::Continue(()))
    }

    async fn begin(&mut self) -> Next {
        self.to.clear();
        match self.notebook.take(&["garbage", "oversized", "error", "busy"]).as_deref() {
            Some("garbage") => self.say("<html>").await?,
            Some("oversized") => {
                self.say(&"9".repeat(1 << 20)).await?;
                return Ok(ControlFlow::Break(()));
            }
            Some("error") => self.say("451 loi he thong").await?,
            Some(_busy) => self.say("450 dang ban").await?,
            None => self.say("250 ok").await?,
        }
        Ok(ControlFlow::Continue(()))
    }

    async fn recipient(&mut self, line: &str) -> io::Result<()> {
        let address = line.split_once('<').and_then(|(_, rest)| rest.split_once('>')).map(|(inner, _)| inner);
        let address = address.unwrap_or_default().to_owned();
        if address.starts_with("tam-thoi@") {
            return self.say("450 hop thu dang khoa").await;
        }
        if address.starts_with("khong-co@") {
            return self.say("550 khong co hop thu nay").await;
        }
        self.to.push(address);
        self.say("250 ok").await
    }

    async fn letter(&mut self) -> io::Result<()> {
        self.say("354 moi gui").await?;
        let raw = self.read_letter().await?;
        for to in &self.to {
            self.mailbox.keep(to, raw.clone());
        }
        // The letter is kept first: late is not the same as lost.
        let slow = self.notebook.take(&["slow"]).is_some();
        if slow || self.to.iter().any(|to| to.starts_with("cham@")) {
            tokio::time::sleep(self.notebook.late()).await;
        }
        self.say("250 da nhan").await
    }

    async fn read_letter(&mut self) -> io::Result<String> {
        let (mut raw, mut line) = (String::new(), String::new());
        while raw.len() < LARGEST_LETTER {
            line.clear();
            if self.reader.read_line(&mut line).await? == 0 {
                return Err(io::ErrorKind::UnexpectedEof.into());
            }
            if line == ".\r\n" {
                return Ok(raw);
            }
            raw.push_str(line.strip_prefix('.').unwrap_or(&line));
        }
        Err(io::ErrorKind::InvalidData.into())
    }

    async fn say(&mut self, words: &str) -> io::Result<()> {
        self.writer.write_all(format!("{words}\r\n").as_bytes()).await
    }
}
