//! The commands, one file each.

pub(crate) mod api;
pub(crate) mod audit;
pub(crate) mod backup;
pub(crate) mod doctor;
pub(crate) mod export;
pub(crate) mod hold;
pub(crate) mod keys;
pub(crate) mod migrate;
pub(crate) mod openapi;
mod parties;
mod programs;
mod security;
pub(crate) mod seed;
pub(crate) mod worker;

use std::process::ExitCode;

/// How a command ends: a code for the shell, or words for the person.
pub(crate) type Done = Result<ExitCode, String>;

/// Says something to the person at the terminal.
#[expect(clippy::print_stdout, reason = "a command answers on standard output")]
pub(crate) fn tell(words: &str) {
    println!("{words}");
}

/// Says what went wrong to the person at the terminal.
#[expect(clippy::print_stderr, reason = "a command complains on standard error")]
pub(crate) fn tell_error(words: &str) {
    eprintln!("{words}");
}

/// The login of who sits at the terminal, as far as the system tells.
#[expect(clippy::disallowed_methods, reason = "who is logged in is no setting")]
pub(crate) fn who() -> String {
    let told = ["SUDO_USER", "LOGNAME", "USER"].into_iter().find_map(|name| std::env::var(name).ok());
    told.filter(|name| !name.trim().is_empty()).unwrap_or_else(|| "?".into())
}

/// Resolves when the process is told to stop: Ctrl-C, or SIGTERM from systemd.
pub(crate) async fn told_to_stop() {
    let interrupted = tokio::signal::ctrl_c();
    match tokio::signal::unix::signal(tokio::signal::unix::SignalKind::terminate()) {
        Ok(mut terminated) => {
            tokio::select! {
                _ = interrupted => {}
                _ = terminated.recv() => {}
            }
        }
        Err(_) => {
            let _ = interrupted.await;
        }
    }
}
