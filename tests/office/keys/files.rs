//! Files lie sealed in the store: any size reads back in any range, and whatever was done to the bytes is seen.

use crate::support::clock::standing;
use crate::support::database::TestDatabase;
use crate::support::evidence;
use crate::support::keys::{MASTER, masters, sealed, unlocked};
use entities::keys::turning::{NOTICE, turn_data};
use entities::sealed_files::form::{CHUNK, HEAD};
use entities::sealing::Sealer;
use futures::{FutureExt, TryStreamExt};
use object_store::memory::InMemory;
use object_store::path::Path;
use object_store::{GetOptions, ObjectStore, ObjectStoreExt, PutPayload, WriteMultipart};
use proptest::prelude::*;
use proptest::test_runner::{Config, TestRunner};
use std::ops::Range;
use std::sync::Arc;

const CASES: u32 = 48;

const HERE: &str = "files/ab/abcd";

/// A store, and the bytes below it.
struct Shelf {
    store: Arc<dyn ObjectStore>,
    raw: Arc<dyn ObjectStore>,
    sealer: Sealer,
}

impl Shelf {
    fn over(sealer: Sealer) -> Self {
        let raw: Arc<dyn ObjectStore> = Arc::new(InMemory::new());
        Self { store: sealed(&raw, &sealer), raw, sealer }
    }

    async fn with(content: &[u8]) -> Self {
        let shelf = Self::over(super::sealer().await);
        shelf.store.put(&Path::from(HERE), PutPayload::from(content.to_vec())).await.unwrap();
        shelf
    }

    async fn stored(&self) -> Vec<u8> {
        self.raw.get(&Path::from(HERE)).await.unwrap().bytes().await.unwrap().to_vec()
    }

    /// Puts other bytes below the store, and tells whether the whole file still reads.
    async fn reads_with(&self, bytes: Vec<u8>) -> bool {
        self.raw.put(&Path::from(HERE), PutPayload::from(bytes)).await.unwrap();
        match self.store.get(&Path::from(HERE)).await {
            Ok(found) => found.bytes().await.is_ok(),
            Err(_) => false,
        }
    }
}

#[test]
fn a_file_of_any_size_reads_back_whole_and_in_any_range() {
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().unwrap();
    let sealer = runtime.block_on(super::sealer());
    let mut runner = TestRunner::new(Config { cases: CASES, failure_persistence: None, ..Config::default() });
    let chunk = usize::try_from(CHUNK).unwrap();
    let near = (0..5_usize, -2..3_isize).prop_map(move |(n, off)| (n * chunk).saturating_add_signed(off));
    let size = prop_oneof![0..300_usize, near, 0..4 * chunk];
    let case = (size, any::<prop::sample::Index>(), any::<prop::sample::Index>(), 1..200_000_usize);

    let ran = runner.run(&case, |(size, one, other, step)| {
        runtime.block_on(reads_back(&sealer, size, (one, other), step));
        Ok(())
    });

    ran.unwrap();
    evidence::keep("files_sealed", &[("cases", u64::from(CASES)), ("damaged", 0)]);
}

async fn reads_back(
    sealer: &Sealer,
    size: usize,
    (one, other): (prop::sample::Index, prop::sample::Index),
    step: usize,
) {
    let (shelf, here) = (Shelf::over(sealer.clone()), Path::from(HERE));
    let content: Vec<u8> = (0..size).map(|n| u8::try_from(n * 7 % 251).unwrap()).collect();
    let mut writer = WriteMultipart::new(shelf.store.put_multipart(&here).await.unwrap());
    content.chunks(step).for_each(|part| writer.write(part));
    writer.finish().await.unwrap();
    shelf.store.put(&Path::from("whole"), PutPayload::from(content.clone())).await.unwrap();

    for place in [here.clone(), Path::from("whole")] {
        let got = shelf.store.get(&place).await.unwrap();
        assert_eq!(got.meta.size, size as u64);
        assert!(got.bytes().await.unwrap() == content, "{size} bytes in steps of {step}");
        assert_eq!(shelf.store.head(&place).await.unwrap().size, size as u64);
    }
    let listed: Vec<_> = shelf.store.list(None).try_collect().await.unwrap();
    assert!(listed.len() == 2 && listed.iter().all(|meta| meta.size == size as u64), "{listed:?}");
    if size > 0 {
        let (from, to) = (one.index(size), other.index(size));
        let range = from.min(to)..from.max(to) + 1;
        let part = shelf.store.get_range(&here, range.start as u64..range.end as u64).await.unwrap();
        assert!(part == content[range.clone()], "{range:?} of {size}");
        assert_eq!(
            shelf.store.get_range(&here, range.start as u64..size as u64 + 10).await.unwrap(),
            content[range.start..],
        );
    }
    let beyond = Range { start: size as u64, end: size as u64 + 1 };
    assert!(shelf.store.get_range(&here, beyond).await.is_err());
}

#[tokio::test]
async fn nothing_of_a_file_is_seen_in_the_store() {
    let shelf = Shelf::with("Nguyễn Thị Mẫu ".repeat(20_000).as_bytes()).await;

    let stored = shelf.stored().await;

    assert!(!stored.windows(5).any(|five| five == b"Nguy\xe1" || five == b" Th\xe1\xbb"));
}

#[tokio::test]
async fn a_changed_byte_is_seen_wherever_it_stands() {
    let content = vec![7_u8; usize::try_from(CHUNK).unwrap() * 2 + 100];
    let shelf = Shelf::with(&content).await;
    let stored = shelf.stored().await;
    assert!(shelf.reads_with(stored.clone()).await);

    let head = usize::try_from(HEAD).unwrap();
    for place in
        (0..head + 40).chain((head..stored.len()).step_by(997)).chain(stored.len() - 40..stored.len())
    {
        let mut changed = stored.clone();
        changed[place] ^= 1;
        assert!(!shelf.reads_with(changed).await, "byte {place}");
    }
}

#[tokio::test]
async fn a_file_that_was_cut_off_or_grew_is_seen_even_between_two_chunks() {
    let content = vec![7_u8; usize::try_from(CHUNK).unwrap() * 3];
    let shelf = Shelf::with(&content).await;
    let stored = shelf.stored().await;
    let (head, chunk) = (usize::try_from(HEAD).unwrap(), usize::try_from(CHUNK).unwrap() + 16);

    for length in [0, 10, head, head + 10, head + chunk, head + 2 * chunk, stored.len() - 1] {
        assert!(!shelf.reads_with(stored[..length].to_vec()).await, "{length} bytes left");
    }
    let twice = [stored.clone(), stored[head..head + chunk].to_vec()].concat();
    assert!(!shelf.reads_with(twice).await, "a chunk more");
}

#[tokio::test]
async fn swapped_chunks_are_seen() {
    let content = vec![7_u8; usize::try_from(CHUNK).unwrap() * 3];
    let shelf = Shelf::with(&content).await;
    let stored = shelf.stored().await;
    let (head, chunk) = (usize::try_from(HEAD).unwrap(), usize::try_from(CHUNK).unwrap() + 16);
    let (first, rest) = stored[head..].split_at(chunk);

    let swapped = [&stored[..head], &rest[..chunk], first, &rest[chunk..]].concat();

    assert!(!shelf.reads_with(swapped).await);
}

#[tokio::test]
async fn a_file_opens_nowhere_but_where_it_was_stored() {
    let shelf = Shelf::with(b"mine").await;
    let elsewhere = Path::from("files/cd/cdef");

    shelf.raw.put(&elsewhere, PutPayload::from(shelf.stored().await)).await.unwrap();
    assert!(shelf.store.get(&elsewhere).await.is_err(), "moved below the store");
    shelf.store.copy(&Path::from(HERE), &elsewhere).await.unwrap();
    assert_eq!(
        shelf.store.get(&elsewhere).await.unwrap().bytes().await.unwrap(),
        "mine",
        "copied by the store"
    );
    shelf.store.rename(&elsewhere, &Path::from("third")).await.unwrap();

    assert_eq!(shelf.store.get(&Path::from("third")).await.unwrap().bytes().await.unwrap(), "mine");
    assert!(shelf.store.get(&elsewhere).await.is_err());
}

#[tokio::test]
async fn a_file_that_nobody_sealed_is_not_read() {
    let shelf = Shelf::with(b"x").await;

    assert!(
        !shelf
            .reads_with(b"%PDF-1.4 slipped in below the store, long enough for a head and more".repeat(9))
            .await
    );
}

#[tokio::test]
async fn a_file_outlives_the_turning_of_the_keys() {
    let (database, clock) = (TestDatabase::fresh().await, standing());
    let shelf = Shelf::over(unlocked(&database, &clock).await);
    let (before, after) = (Path::from("before"), Path::from("after"));
    shelf.store.put(&before, PutPayload::from("a")).await.unwrap();

    let made = turn_data(&database, &masters(&[MASTER]), clock.now()).await.unwrap();
    clock.advance(NOTICE);
    shelf.sealer.refresh(&database, clock.now()).await.unwrap();
    shelf.store.put(&after, PutPayload::from("b")).await.unwrap();

    let head = shelf.raw.get(&after).await.unwrap().bytes().await.unwrap();
    assert_eq!(&head[8..16], made[1].id.as_bytes());
    for (place, content) in [(before, "a"), (after, "b")] {
        assert_eq!(shelf.store.get(&place).await.unwrap().bytes().await.unwrap(), content);
    }
}

#[tokio::test]
async fn a_missing_file_is_missing_and_a_missing_key_is_looked_for() {
    let (shelf, stranger) = (Shelf::with(b"x").await, Shelf::with(b"y").await);
    let found = shelf.store.get_opts(&Path::from("nothing"), GetOptions::default()).await;
    assert!(matches!(found, Err(object_store::Error::NotFound { .. })));

    assert!(!stranger.reads_with(shelf.stored().await).await);

    assert!(stranger.sealer.missed().now_or_never().is_some(), "its ring is read again");
}
