//! The files of the store, as they lie there: into the pool, each content once, and back.

use super::folder::{Folder, Piece, make, told};
use super::manifest::{FileLine, FilesPiece};
use futures::TryStreamExt;
use object_store::path::Path as Place;
use object_store::{ObjectMeta, ObjectStore, ObjectStoreExt, PutPayload};
use std::collections::{BTreeSet, HashMap};
use std::fs::{self, File};
use std::io::{self, BufRead, BufReader};
use std::path::Path;

/// Bytes that go back into the store at once.
const PART: usize = 8 * 1024 * 1024;

/// What was done with the files.
#[derive(Debug, Default)]
pub(crate) struct Pooled {
    /// The list, as the manifest tells it.
    pub piece: FilesPiece,
    /// Files that had to be copied.
    pub copied: u64,
}

/// Copies what the pool does not have and writes the list of all files beside the tables. `before` is the list of the
/// backup before this one, `wanted` are the places that rows name.
pub(crate) async fn keep(
    (folder, backup): (&Folder, &Path),
    store: &dyn ObjectStore,
    before: Option<&Path>,
    wanted: &BTreeSet<String>,
) -> Result<Pooled, String> {
    let known = before.map(list).transpose()?.unwrap_or_default();
    let known: HashMap<String, FileLine> = known.into_iter().map(|line| (line.place.clone(), line)).collect();
    let path = backup.join("files.jsonl");
    let (mut list, mut done) = (Piece::new(create(&path)?), Pooled::default());
    let mut there = BTreeSet::new();
    for meta in listed(store).await? {
        let line = match known.get(meta.location.as_ref()).filter(|line| unchanged(folder, line, &meta)) {
            Some(line) => line.clone(),
            None => match copy(folder, store, &meta).await? {
                Some(line) => {
                    done.copied += 1;
                    line
                }
                // It was removed since it was listed.
                None => continue,
            },
        };
        let words = serde_json::to_string(&line).map_err(|e| e.to_string())?;
        list.add(format!("{words}\n").as_bytes()).map_err(|e| told(&path, &e))?;
        done.piece.count += 1;
        done.piece.bytes = done.piece.bytes.saturating_add(line.size);
        there.insert(line.place);
    }
    done.piece.missing = wanted.difference(&there).cloned().collect();
    let (file, sha256) = list.end();
    file.sync_all().map_err(|e| told(&path, &e))?;
    done.piece.sha256 = sha256;
    Ok(done)
}

/// The lines of a list of files.
pub(crate) fn list(path: &Path) -> Result<Vec<FileLine>, String> {
    let file = File::open(path).map_err(|e| told(path, &e))?;
    let read = |line: io::Result<String>| {
        serde_json::from_str(&line.map_err(|e| told(path, &e))?)
            .map_err(|e| format!("{}: a line names no file: {e}", path.display()))
    };
    BufReader::new(file).lines().map(read).collect()
}

/// What is in the store, by place, without what readiness probes leave there for a moment.
pub(crate) async fn listed(store: &dyn ObjectStore) -> Result<Vec<ObjectMeta>, String> {
    let mut found: Vec<ObjectMeta> =
        store.list(None).try_collect().await.map_err(|e| format!("[files] {e}"))?;
    found.retain(|meta| !["readiness", "probe/doctor"].contains(&meta.location.as_ref()));
    found.sort_by(|one, other| one.location.cmp(&other.location));
    Ok(found)
}

/// Whether the store's version is the one that was copied before and still lies in the pool.
fn unchanged(folder: &Folder, line: &FileLine, meta: &ObjectMeta) -> bool {
    let same = line.size == meta.size && line.tag == meta.e_tag && line.stored_at == meta.last_modified;
    same && fs::metadata(folder.pooled(&line.sha256)).is_ok_and(|about| about.len() == line.size)
}

async fn copy(
    folder: &Folder,
    store: &dyn ObjectStore,
    meta: &ObjectMeta,
) -> Result<Option<FileLine>, String> {
    let words = |e: object_store::Error| format!("[files] {}: {e}", meta.location);
    let got = match store.get(&meta.location).await {
        Ok(got) => got,
        Err(object_store::Error::NotFound { .. }) => return Ok(None),
        Err(error) => return Err(words(error)),
    };
    let (tag, stored_at) = (got.meta.e_tag.clone(), got.meta.last_modified);
    let coming = folder.0.join("files").join(".coming");
    let (mut piece, mut stream) = (Piece::new(create(&coming)?), got.into_stream());
    while let Some(bytes) = stream.try_next().await.map_err(words)? {
        piece.add(&bytes).map_err(|e| told(&coming, &e))?;
    }
    let size = piece.bytes;
    let (file, sha256) = piece.end();
    file.sync_all().map_err(|e| told(&coming, &e))?;
    let target = folder.pooled(&sha256);
    make(target.parent().unwrap_or(&folder.0))?;
    fs::rename(&coming, &target).map_err(|e| told(&target, &e))?;
    Ok(Some(FileLine { place: meta.location.to_string(), sha256, size, tag, stored_at }))
}

/// Puts every file of the list where it lay.
pub(crate) async fn give_back(
    folder: &Folder,
    lines: &[FileLine],
    store: &dyn ObjectStore,
) -> Result<(), String> {
    for line in lines {
        let path = folder.pooled(&line.sha256);
        let place = Place::parse(&line.place).map_err(|e| format!("{}: {e}", line.place))?;
        put(store, &place, &path).await.map_err(|e| format!("{}: {e}", line.place))?;
    }
    Ok(())
}

async fn put(store: &dyn ObjectStore, place: &Place, path: &Path) -> Result<(), String> {
    let size = fs::metadata(path).map_err(|e| told(path, &e))?.len();
    if usize::try_from(size).is_ok_and(|size| size <= PART) {
        let bytes = fs::read(path).map_err(|e| told(path, &e))?;
        return store.put(place, PutPayload::from(bytes)).await.map(drop).map_err(|e| e.to_string());
    }
    let mut upload = store.put_multipart(place).await.map_err(|e| e.to_string())?;
    let mut file = File::open(path).map_err(|e| told(path, &e))?;
    loop {
        let mut part = Vec::with_capacity(PART);
        let most = u64::try_from(PART).unwrap_or(u64::MAX);
        io::copy(&mut io::Read::take(&mut file, most), &mut part).map_err(|e| told(path, &e))?;
        if part.is_empty() {
            break;
        }
        upload.put_part(PutPayload::from(part)).await.map_err(|e| e.to_string())?;
    }
    upload.complete().await.map(drop).map_err(|e| e.to_string())
}

fn create(path: &Path) -> Result<File, String> {
    File::create(path).map_err(|e| told(path, &e))
}
