//! The front door: one binary for the demo, the API, the workers and everything around them.

mod assembly;
mod backups;
mod commands;
mod demo;
mod exports;
mod keys;
mod logging;
mod measures;
mod rings;
mod settings;

use clap::{Parser, Subcommand};
use std::path::PathBuf;
use std::process::ExitCode;

#[global_allocator]
static ALLOCATOR: mimalloc::MiMalloc = mimalloc::MiMalloc;

/// Hệ thống một cửa: API, workers and tools in one binary.
#[derive(Debug, Parser)]
#[command(name = "motcua", version)]
struct Line {
    /// Settings file (TOML); values in the environment as MOTCUA__SECTION__KEY come before it.
    #[arg(long, env = "MOTCUA_CONFIG", global = true)]
    config: Option<PathBuf>,
    #[command(subcommand)]
    command: Command,
}

#[derive(Debug, Subcommand)]
enum Command {
    /// Everything in one process under ./data: API, workers, sandboxes of all outside parties, mailbox.
    Demo(demo::Options),
    /// Answer requests.
    Api,
    /// Run jobs.
    Worker,
    /// Bring the tables up to date.
    Migrate(commands::migrate::Options),
    /// Import catalogues: units, procedures, calendars.
    Seed(commands::seed::Options),
    /// Print the OpenAPI document.
    Openapi,
    /// Check settings and every connection, in words; with --security, what would let somebody in.
    Doctor(commands::doctor::Options),
    /// Check that nothing in the chronicle was changed.
    #[command(subcommand)]
    Audit(commands::audit::Audit),
    /// Put everything the office knows into a folder while it runs, or check such a folder.
    Backup(commands::backup::Options),
    /// Hand everything over in an open form, with counts and sums, or check such a folder: personal data in the clear.
    Export(commands::export::Options),
    /// Keep a dossier beyond its term, or let it go.
    Hold(commands::hold::Options),
    /// Give a backup back, into an empty database and an empty file store.
    Restore(commands::backup::Chosen),
    /// Show the keys of sealed data, and turn them.
    #[command(subcommand)]
    Keys(commands::keys::Keys),
}

#[tokio::main]
async fn main() -> ExitCode {
    let line = Line::parse();
    // Two providers are linked in; without a choice the first TLS connection would panic.
    let _already = rustls::crypto::aws_lc_rs::default_provider().install_default();
    let done = match line.command {
        Command::Openapi => commands::openapi::run(),
        Command::Demo(options) => demo::run(options).await,
        other => with_settings(line.config, other).await,
    };
    match done {
        Ok(code) => code,
        Err(words) => {
            commands::tell_error(&format!("motcua: {words}"));
            ExitCode::FAILURE
        }
    }
}

async fn with_settings(config: Option<PathBuf>, command: Command) -> commands::Done {
    let settings = settings::read(config.as_deref())?;
    match command {
        Command::Api => commands::api::run(settings).await,
        Command::Worker => commands::worker::run(settings).await,
        Command::Migrate(options) => commands::migrate::run(&settings, &options).await,
        Command::Seed(options) => commands::seed::run(&settings, &options).await,
        Command::Doctor(options) => commands::doctor::run(&settings, &options, config.as_deref()).await,
        Command::Audit(audit) => commands::audit::run(&settings, &audit).await,
        Command::Backup(options) => commands::backup::run(&settings, &options).await,
        Command::Export(options) => commands::export::run(&settings, &options).await,
        Command::Hold(options) => commands::hold::run(&settings, &options).await,
        Command::Restore(chosen) => commands::backup::restore(&settings, &chosen).await,
        Command::Keys(keys) => commands::keys::run(&settings, &keys).await,
        Command::Demo(_) | Command::Openapi => Ok(ExitCode::SUCCESS),
    }
}
