//! A program that hangs, dies, floods, eats memory or is not there: each ends in words and leaves nothing behind.

use super::*;
use std::fs;
use std::os::unix::fs::PermissionsExt;

const TIGHT: Limits = Limits { seconds: 1, memory_mb: 300, output_mb: 1 };

fn with(script: &str) -> (TempDir, Tools) {
    let folder = TempDir::new().unwrap();
    let place = folder.path().join("tesseract");
    fs::write(&place, format!("#!/bin/sh\n{script}\n")).unwrap();
    fs::set_permissions(&place, fs::Permissions::from_mode(0o755)).unwrap();
    let tools = Tools::new(&[folder.path().to_owned()], TIGHT);
    (folder, tools)
}

async fn words(script: &str) -> String {
    let (_folder, tools) = with(script);
    match tools.run(Call::new("tesseract", ["-"])).await {
        Err(Trouble::Program { program, words }) => {
            assert_eq!(program, "tesseract");
            assert!(words.contains(" / "), "{words}");
            words
        }
        other => panic!("{other:?}"),
    }
}

#[tokio::test]
async fn one_that_hangs_is_stopped_with_its_children() {
    let folder = TempDir::new().unwrap();
    let mark = folder.path().join("pid");
    let script = format!("sleep 600 & echo $! > {}\nwait", mark.display());

    assert!(words(&script).await.contains("longer than 1 s"));

    gone(&mark).await;
}

/// Waits until the process whose number a script wrote down runs no more.
async fn gone(mark: &Path) {
    let pid: i32 = fs::read_to_string(mark).unwrap().trim().parse().unwrap();
    let place = PathBuf::from(format!("/proc/{pid}/stat"));
    while fs::read_to_string(&place).is_ok_and(|state| !state.contains(") Z ")) {
        tokio::task::yield_now().await;
    }
}

#[tokio::test]
async fn one_that_dies_floods_or_eats_memory_is_told_apart() {
    assert!(words("kill -9 $$").await.contains("signal 9"));
    assert!(words("exec yes").await.contains("more than 1 MB"));
    assert!(words("exec yes >&2").await.contains("more than 1 MB"));
    let eats = "exec perl -e 'my $x; $x .= q(x) x 10_000_000 while 1'";
    let (_folder, tools) = with(eats);
    match tools.run(Call::new("tesseract", ["-"])).await {
        Ok(ran) => assert_ne!(ran.code, 0, "the memory was given"),
        Err(trouble) => assert!(matches!(trouble, Trouble::Program { .. }), "{trouble:?}"),
    }
}

#[tokio::test]
async fn one_that_nobody_waits_for_any_more_is_stopped() {
    let folder = TempDir::new().unwrap();
    let mark = folder.path().join("pid");
    let (_scripts, tools) = with(&format!("echo $$ > {}\nexec sleep 600", mark.display()));
    let run = tokio::spawn(async move { tools.run(Call::new("tesseract", ["-"])).await });
    while fs::read_to_string(&mark).unwrap_or_default().is_empty() {
        tokio::task::yield_now().await;
    }

    run.abort();
    run.await.unwrap_err();

    gone(&mark).await;
}

#[tokio::test]
async fn one_that_is_not_here_is_named() {
    let tools = Tools { folders: vec![PathBuf::from("/nonexistent")], limits: TIGHT };

    assert_eq!(tools.find("tesseract"), Err(Trouble::Missing { program: "tesseract".into() }));
    assert!(tools.found().await.iter().all(|found| found.version.is_none()));
}

#[tokio::test]
async fn it_sees_nothing_of_this_process_and_its_folder_is_gone_afterwards() {
    let (_folder, tools) = with("cat > kept; pwd; cat kept; env | sort | cut -d= -f1 | tr '\\n' ' '; exit 3");

    let ran = tools.run(Call::new("tesseract", ["-"]).given(b"hello\n".to_vec())).await.unwrap();

    let said = String::from_utf8(ran.output).unwrap();
    let lines: Vec<&str> = said.lines().collect();
    assert_eq!((ran.code, lines[1]), (3, "hello"));
    assert_eq!(lines[2].trim(), "LC_ALL OMP_THREAD_LIMIT PATH PWD TMPDIR");
    assert!(!Path::new(lines[0]).exists(), "{}", lines[0]);
}

#[tokio::test]
async fn what_the_work_needs_is_on_this_machine() {
    let tools = Tools::default();

    for found in tools.found().await {
        assert!(found.version.is_some(), "{} is missing: install {}", found.program, found.package);
    }
    let languages = tools.languages().await.unwrap();
    assert!(languages.contains(&"vie".to_owned()) && languages.contains(&"osd".to_owned()), "{languages:?}");
}
