//! The program under test: the one that was built from the sources as they are now.

use crate::support::servers::environment;
use std::path::{Path, PathBuf};
use std::sync::OnceLock;
use std::time::SystemTime;

/// `motcua` beside the test's own program, or the one that `MOTCUA_BINARY` names, which is taken as it is.
pub fn program() -> &'static Path {
    static PROGRAM: OnceLock<PathBuf> = OnceLock::new();
    PROGRAM.get_or_init(|| match environment("MOTCUA_BINARY") {
        Some(named) => named.into(),
        None => built(),
    })
}

fn built() -> PathBuf {
    let test = std::env::current_exe().unwrap();
    let program = test.ancestors().nth(2).unwrap().join("motcua");
    assert!(program.is_file(), "{} is missing: cargo build --bin motcua", program.display());
    if let Some(newer) = newer_source(&program) {
        panic!("{newer} is newer than {}: cargo build --bin motcua", program.display());
    }
    program
}

/// A source, among those that cargo noted beside the program, that changed after it was built or is gone.
fn newer_source(program: &Path) -> Option<String> {
    let noted = std::fs::read_to_string(program.with_extension("d")).unwrap();
    let (_, sources) = noted.split_once(": ").unwrap();
    let built = changed(program).unwrap();
    // A blank inside a name is written with a backslash before it.
    let sources = sources.trim().replace("\\ ", "\0");
    let mut names = sources.split(' ').map(|name| name.replace('\0', " "));
    names.find(|name| changed(Path::new(name)).is_none_or(|at| at > built))
}

fn changed(path: &Path) -> Option<SystemTime> {
    path.metadata().and_then(|about| about.modified()).ok()
}
