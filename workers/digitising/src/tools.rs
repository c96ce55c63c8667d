//! The programs that this machine has for papers, each run alone under limits of time, memory and output.
//!
//! No shell, a bare environment, a process group that is killed as a whole, also when nobody waits any more.

use crate::trouble::Trouble;
use rustix::process::{Pid, Signal, kill_process_group};
use std::ffi::{OsStr, OsString};
use std::io;
use std::os::unix::process::ExitStatusExt;
use std::path::{Path, PathBuf};
use std::process::{ExitStatus, Stdio};
use std::time::Duration;
use tempfile::TempDir;
use tokio::io::{AsyncRead, AsyncReadExt, AsyncWriteExt};
use tokio::process::{Child, ChildStdin, Command};

/// What the work on papers needs: program, Debian package, and how it is asked for its version.
pub const NEEDED: [(&str, &str, &str); 4] = [
    ("tesseract", "tesseract-ocr tesseract-ocr-vie tesseract-ocr-osd", "--version"),
    ("pdftoppm", "poppler-utils", "-v"),
    ("pdfinfo", "poppler-utils", "-v"),
    ("pdfimages", "poppler-utils", "-v"),
];

const FOLDERS: [&str; 4] = ["/usr/local/bin", "/usr/bin", "/bin", "/usr/sbin"];

/// How much one run of a program may take.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Limits {
    /// Seconds, on the wall and of processor alike.
    pub seconds: u32,
    /// Mebibytes of memory.
    pub memory_mb: u32,
    /// Mebibytes that it may write.
    pub output_mb: u32,
}

impl Default for Limits {
    fn default() -> Self {
        Self { seconds: 60, memory_mb: 1024, output_mb: 256 }
    }
}

/// Where programs are looked for, and how much each run may take.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Tools {
    folders: Vec<PathBuf>,
    limits: Limits,
}

impl Default for Tools {
    fn default() -> Self {
        Self::new(&[], Limits::default())
    }
}

/// A program and whether it is here.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Found {
    /// Its name.
    pub program: &'static str,
    /// The Debian packages it comes with.
    pub package: &'static str,
    /// First line of what it says of its version; none when it is not here or does not run.
    pub version: Option<String>,
}

/// One run: arguments, and what it is given on its standard input.
#[derive(Debug)]
pub(crate) struct Call<'a> {
    pub(crate) program: &'a str,
    pub(crate) args: Vec<OsString>,
    pub(crate) input: Option<Vec<u8>>,
}

impl<'a> Call<'a> {
    pub(crate) fn new<S: AsRef<OsStr>>(program: &'a str, args: impl IntoIterator<Item = S>) -> Self {
        let args = args.into_iter().map(|arg| arg.as_ref().to_owned()).collect();
        Self { program, args, input: None }
    }

    pub(crate) fn given(mut self, input: Vec<u8>) -> Self {
        self.input = Some(input);
        self
    }
}

/// What a program that came to its own end left.
#[derive(Debug)]
pub(crate) struct Ran {
    pub(crate) code: i32,
    pub(crate) output: Vec<u8>,
    pub(crate) errors: String,
}

impl Tools {
    /// Looks into `first` and then where a Debian keeps its programs.
    pub fn new(first: &[PathBuf], limits: Limits) -> Self {
        let folders = first.iter().cloned().chain(FOLDERS.map(PathBuf::from)).collect();
        Self { folders, limits }
    }

    /// Looks into these folders alone.
    pub fn within(folders: &[PathBuf], limits: Limits) -> Self {
        Self { folders: folders.to_vec(), limits }
    }

    /// How much one run may take.
    pub fn limits(&self) -> Limits {
        self.limits
    }

    /// Where a program is; [`Trouble::Missing`] when it is nowhere.
    pub fn find(&self, program: &str) -> Result<PathBuf, Trouble> {
        let places = self.folders.iter().map(|folder| folder.join(program));
        let found = places.into_iter().find(|place| place.is_file());
        found.ok_or_else(|| Trouble::Missing { program: program.to_owned() })
    }

    /// Every program that the work needs, with its version.
    pub async fn found(&self) -> Vec<Found> {
        let mut all = Vec::new();
        for (program, package, asked) in NEEDED {
            let said = self.run(Call::new(program, [asked])).await.ok();
            let version = said.and_then(|ran| first_line(&ran));
            all.push(Found { program, package, version });
        }
        all
    }

    /// Languages that tesseract can read here, such as `vie`.
    pub async fn languages(&self) -> Result<Vec<String>, Trouble> {
        let ran = self.run(Call::new("tesseract", ["--list-langs"])).await?;
        let said = String::from_utf8_lossy(&ran.output).into_owned();
        Ok(said.lines().skip(1).map(str::to_owned).collect())
    }

    /// Runs a program in a folder of its own until it ends by itself; anything else is [`Trouble::Program`].
    pub(crate) async fn run(&self, call: Call<'_>) -> Result<Ran, Trouble> {
        let place = self.find(call.program)?;
        let trouble = |words: String| Trouble::Program { program: call.program.to_owned(), words };
        let failed = |error: io::Error| trouble(format!("không chạy được / it cannot be run: {error}"));
        let folder = TempDir::with_prefix("motcua-").map_err(failed)?;
        let mut command = self.command(&place, folder.path());
        command.args(&call.args).stdin(if call.input.is_some() { Stdio::piped() } else { Stdio::null() });
        let mut child = command.spawn().map_err(failed)?;
        let group = Group::of(&child);
        let talk = self.talk(&mut child, call.input);
        let ended = tokio::time::timeout(Duration::from_secs(self.limits.seconds.into()), talk).await;
        drop(group);
        match ended {
            Err(_elapsed) => Err(trouble(self.too_long())),
            Ok(Err(End::Flood)) => Err(trouble(self.too_much())),
            Ok(Err(End::Broken(error))) => Err(failed(error)),
            Ok(Ok((status, output, errors))) => match status.code() {
                Some(code) => Ok(Ran { code, output, errors }),
                None => Err(trouble(self.killed(status))),
            },
        }
    }

    /// `timeout` ends it a little later should this process be gone by then; `prlimit` holds what it may use.
    fn command(&self, place: &Path, folder: &Path) -> Command {
        let Limits { seconds, memory_mb, output_mb } = self.limits;
        let mut command = Command::new("/usr/bin/timeout");
        command
            .arg("--signal=KILL")
            .arg(seconds.saturating_add(5).to_string())
            .arg("/usr/bin/prlimit")
            .arg(format!("--as={}", mebibytes(memory_mb)))
            .arg(format!("--cpu={}", seconds.max(1)))
            .arg(format!("--fsize={}", mebibytes(output_mb)))
            .args(["--core=0", "--"])
            .arg(place)
            .env_clear()
            .envs([("PATH", "/usr/bin:/bin"), ("LC_ALL", "C.UTF-8"), ("OMP_THREAD_LIMIT", "1")])
            .env("TMPDIR", folder)
            .current_dir(folder)
            .stdout(Stdio::piped())
            .stderr(Stdio::piped())
            .process_group(0)
            .kill_on_drop(true);
        command
    }

    async fn talk(
        &self,
        child: &mut Child,
        input: Option<Vec<u8>>,
    ) -> Result<(ExitStatus, Vec<u8>, String), End> {
        let fed = feed(child.stdin.take(), input.unwrap_or_default());
        let most = mebibytes(self.limits.output_mb);
        let said = listen(child.stdout.take(), most);
        let complained = listen(child.stderr.take(), most);
        let ((), output, errors) = tokio::try_join!(fed, said, complained)?;
        let status = child.wait().await.map_err(End::Broken)?;
        Ok((status, output, String::from_utf8_lossy(&errors).into_owned()))
    }

    fn too_long(&self) -> String {
        let seconds = self.limits.seconds;
        format!("chạy quá {seconds} giây nên đã bị dừng / it ran longer than {seconds} s and was stopped")
    }

    fn too_much(&self) -> String {
        let most = self.limits.output_mb;
        format!("đưa ra hơn {most} MB nên đã bị dừng / it wrote more than {most} MB and was stopped")
    }

    fn killed(&self, status: ExitStatus) -> String {
        let (signal, memory) = (status.signal().unwrap_or_default(), self.limits.memory_mb);
        format!(
            "dừng giữa chừng (tín hiệu {signal}; bộ nhớ cho phép {memory} MB) / \
             it died (signal {signal}; {memory} MB of memory allowed)"
        )
    }
}

enum End {
    Flood,
    Broken(io::Error),
}

fn mebibytes(count: u32) -> u64 {
    u64::from(count) << 20
}

fn first_line(ran: &Ran) -> Option<String> {
    let said = String::from_utf8_lossy(&ran.output).into_owned();
    let mut lines = said.lines().chain(ran.errors.lines()).map(str::trim);
    lines.find(|line| !line.is_empty()).map(str::to_owned)
}

// A program that reads nothing closes the pipe: that is its own affair.
async fn feed(pipe: Option<ChildStdin>, input: Vec<u8>) -> Result<(), End> {
    if let Some(mut pipe) = pipe {
        let _closed = pipe.write_all(&input).await;
    }
    Ok(())
}

async fn listen(pipe: Option<impl AsyncRead + Unpin>, most: u64) -> Result<Vec<u8>, End> {
    let mut heard = Vec::new();
    if let Some(pipe) = pipe {
        pipe.take(most.saturating_add(1)).read_to_end(&mut heard).await.map_err(End::Broken)?;
    }
    let within = u64::try_from(heard.len()).is_ok_and(|length| length <= most);
    if within { Ok(heard) } else { Err(End::Flood) }
}

/// All processes of one run; what is left of them ends with it.
struct Group(Option<Pid>);

impl Group {
    fn of(child: &Child) -> Self {
        Self(child.id().and_then(|id| i32::try_from(id).ok()).and_then(Pid::from_raw))
    }
}

impl Drop for Group {
    fn drop(&mut self) {
        if let Some(group) = self.0 {
            // An error means that none of them is left.
            let _gone = kill_process_group(group, Signal::KILL);
        }
    }
}

#[cfg(test)]
mod tests;
