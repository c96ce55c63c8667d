//! `motcua export`: everything the office knows in an open form, for who comes after it, and the check of such a folder.

use super::{Done, tell, tell_error};
use crate::assembly::House;
use crate::exports::checking::check;
use crate::exports::manifest::Manifest;
use crate::exports::taking_out::{Errand, take_out};
use crate::settings::Settings;
use clap::Args;
use entities::clock::Clock;
use std::path::{Path, PathBuf};
use std::process::ExitCode;

/// Options of `motcua export`.
#[derive(Debug, Args)]
pub(crate) struct Options {
    /// Folder to write into, new or empty. What is written there are personal data that anybody can read.
    #[arg(long, required_unless_present = "check", requires_all = ["by", "purpose"])]
    to: Option<PathBuf>,
    /// Name of the person who takes everything out; the chronicle keeps it.
    #[arg(long, value_parser = named)]
    by: Option<String>,
    /// What for, such as the number of the decision; the chronicle keeps it.
    #[arg(long, value_parser = said)]
    purpose: Option<String>,
    /// Check such a folder instead, without the database; ends with 1 and names what differs.
    #[arg(long, conflicts_with_all = ["to", "by", "purpose"])]
    check: Option<PathBuf>,
}

/// A name; it stands in the chronicle behind a word of where it was said.
fn named(text: &str) -> Result<String, String> {
    said(text).and_then(|name| match name.chars().count() {
        ..=190 => Ok(name),
        _ => Err("say it in at most 190 letters".into()),
    })
}

/// Words of three letters or more, and not too many.
fn said(text: &str) -> Result<String, String> {
    let words = text.trim();
    match words.chars().count() {
        3..=200 => Ok(words.to_owned()),
        _ => Err("say it in 3 to 200 letters".into()),
    }
}

/// Takes everything out, or checks what was taken out.
pub(crate) async fn run(settings: &Settings, options: &Options) -> Done {
    match options {
        Options { check: Some(folder), .. } => checked(folder),
        Options { to: Some(folder), by: Some(by), purpose: Some(purpose), .. } => {
            let at = Clock::system().now();
            handed_over(settings, folder, &Errand { by: by.clone(), purpose: purpose.clone(), at }).await
        }
        _ => Err("name the folder with --to, who you are with --by, and what for with --purpose".into()),
    }
}

async fn handed_over(settings: &Settings, folder: &Path, errand: &Errand) -> Done {
    let house = House::open(settings, Clock::system()).await?;
    tell_error(&format!(
        "!! {}: everything the office knows about people will lie there in the clear; keep it encrypted, hand it to \
         nobody but the receiver, and destroy it afterwards",
        folder.display()
    ));
    let taken = take_out(&house.db, &house.sealer, house.files.as_ref(), folder, errand).await;
    let manifest = taken.map_err(|words| {
        format!(
            "{words}\nmotcua: the export is not finished; what lies in {} is of no use, destroy it",
            folder.display()
        )
    })?;
    say(folder, &manifest);
    if manifest.is_whole() {
        tell("ok everything was handed over; check it with motcua export --check");
        return Ok(ExitCode::SUCCESS);
    }
    Ok(ExitCode::FAILURE)
}

fn checked(folder: &Path) -> Done {
    match check(folder) {
        Ok(manifest) => {
            say(folder, &manifest);
            match manifest.is_whole() {
                true => tell("ok every piece, link, count and sum is as the manifest says"),
                false => {
                    tell("ok every piece is as the manifest says; it says itself that it is not everything")
                }
            }
            Ok(ExitCode::SUCCESS)
        }
        Err(flaws) => {
            flaws.iter().for_each(|flaw| tell_error(&format!("!! {flaw}")));
            Err(format!("{}: this is not what was handed over", folder.display()))
        }
    }
}

fn say(folder: &Path, manifest: &Manifest) {
    let files = &manifest.files;
    tell(&format!(
        "{}: {} tables, {} rows, {} files, {} bytes; taken {} by {} with motcua {}",
        folder.display(),
        manifest.tables.len(),
        manifest.rows(),
        files.there,
        files.bytes,
        manifest.taken_at,
        manifest.by,
        manifest.program
    ));
    for total in manifest
        .totals
        .iter()
        .filter(|total| ["deadline", "status"].contains(&total.by.as_str()) || total.sum.is_some())
    {
        let sum = total.sum.map_or_else(String::new, |sum| format!(", {sum} đồng"));
        tell(&format!("   {} with {} {}: {}{sum}", total.table, total.by, total.value, total.rows));
    }
    if files.missing > 0 {
        tell_error(&format!(
            "!! {} files that rows name were not in the store; files.jsonl names each",
            files.missing
        ));
    }
    if manifest.unreadable.rows > 0 {
        tell_error(&format!(
            "!! {} cells could not be opened; unreadable.jsonl names each",
            manifest.unreadable.rows
        ));
    }
}
