//! Takes the fonts of the forms and of digitised papers from the machine that builds, so that the program carries them to every other.

use std::env;
use std::fs;
use std::path::{Path, PathBuf};

const FACES: [&str; 4] = ["Regular", "Bold", "Italic", "BoldItalic"];
/// Debian and Ubuntu, then newer Debian, Fedora, Arch.
const FOLDERS: [&str; 4] = [
    "/usr/share/fonts/truetype/liberation2",
    "/usr/share/fonts/truetype/liberation",
    "/usr/share/fonts/liberation-serif-fonts",
    "/usr/share/fonts/liberation",
];

#[expect(clippy::disallowed_methods, reason = "a build script is told in the environment")]
fn main() -> Result<(), String> {
    println!("cargo::rerun-if-env-changed=MOTCUA_FONTS");
    let named = env::var_os("MOTCUA_FONTS").map(PathBuf::from);
    let folders = named.into_iter().chain(FOLDERS.map(PathBuf::from));
    let folder = folders.into_iter().find(|folder| is_usable(folder)).ok_or_else(missing)?;
    let out = PathBuf::from(env::var_os("OUT_DIR").ok_or("cargo sets OUT_DIR")?);
    for face in FACES {
        let from = file(&folder, face);
        println!("cargo::rerun-if-changed={}", from.display());
        fs::copy(&from, file(&out, face)).map_err(|e| format!("{}: {e}", from.display()))?;
    }
    Ok(())
}

fn file(folder: &Path, face: &str) -> PathBuf {
    folder.join(format!("LiberationSerif-{face}.ttf"))
}

/// All faces are there, and they are of version 2: the first Liberation fonts lack most Vietnamese letters.
fn is_usable(folder: &Path) -> bool {
    FACES.iter().all(|face| {
        let bytes = fs::read(file(folder, face)).unwrap_or_default();
        let font = ttf_parser::Face::parse(&bytes, 0);
        font.is_ok_and(|font| ['Ạ', 'ữ', '₫'].iter().all(|letter| font.glyph_index(*letter).is_some()))
    })
}

fn missing() -> String {
    "the forms need the fonts Liberation Serif 2 (they know all Vietnamese letters): \
     run scripts/packages.sh demo, or install the Debian package fonts-liberation2, \
     or name a folder with LiberationSerif-*.ttf in MOTCUA_FONTS"
        .into()
}
