//! The folder of an export: new or empty, and for nobody else's eyes, since everything in it can be read.

use crate::backups::folder::{make, told};
use std::fs::{self, File, OpenOptions, Permissions};
use std::io::{self, Write};
use std::os::unix::fs::{OpenOptionsExt, PermissionsExt};
use std::path::Path;

/// Refuses in words a place in which there is something.
pub(crate) fn vacant(folder: &Path) -> Result<(), String> {
    match fs::read_dir(folder) {
        Ok(mut entries) => match entries.next() {
            None => Ok(()),
            Some(_) => Err(format!("{}: it is not empty; name a new folder", folder.display())),
        },
        Err(error) if error.kind() == io::ErrorKind::NotFound => Ok(()),
        Err(error) => Err(told(folder, &error)),
    }
}

/// Makes the folder, or takes an empty one, for its owner alone (0700).
pub(crate) fn open(folder: &Path) -> Result<(), String> {
    vacant(folder)?;
    make(folder)?;
    fs::set_permissions(folder, Permissions::from_mode(0o700)).map_err(|e| told(folder, &e))?;
    make(&folder.join("tables"))?;
    make(&folder.join("files"))
}

/// Makes a file that was not there, for its owner alone (0600).
pub(crate) fn create(path: &Path) -> io::Result<File> {
    OpenOptions::new().write(true).create_new(true).mode(0o600).open(path)
}

/// Writes a small file whole.
pub(crate) fn write(path: &Path, text: &str) -> Result<(), String> {
    let written = create(path).and_then(|mut file| {
        file.write_all(text.as_bytes())?;
        file.sync_all()
    });
    written.map_err(|e| told(path, &e))
}
