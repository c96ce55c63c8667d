//! Letters end to end: over SMTP to the mailbox, and into a folder.

use crate::{
    golden::{self, compare},
    stage::{Stage, stage, stage_with, trip},
};
use connectors::wire::Wire;
use connectors::{
    contract::samples,
    mail::{Letter, Mailer},
    registry::{Connector, find},
};
use serde_json::{Value, json};
use std::{fs, sync::Arc};

fn mailer(connector: &Connector) -> Arc<dyn Mailer> {
    match connector {
        Connector::Mail(mailer) => Arc::clone(mailer),
        other => unreachable!("{other:?}"),
    }
}

fn to(recipient: &str) -> Letter {
    Letter { to: recipient.to_owned(), ..samples::letter() }
}

async fn sent(stage: &Stage, letter: &Letter) -> Result<(), connectors::failure::Failure> {
    mailer(&stage.connector).send(&trip(), letter).await
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_letter_arrives_as_it_was_written() {
    let stage = stage("smtp");

    sent(&stage, &samples::letter()).await.unwrap();

    let letter = stage.received().await["letters"][0].clone();
    assert_eq!(letter["message_id"], samples::letter().message_id);
    assert_eq!(letter["subject"], samples::letter().subject);
    assert_eq!(letter["text"], samples::letter().text.trim_end().replace('\n', "\r\n"));
    assert_eq!(compare("mail_letter", &letter), None);
    let raw = letter["raw"].as_str().unwrap();
    assert!(raw.contains("Date: Wed, 29 May 2024 08:00:00 +0000"), "{raw}");
    assert!(raw.contains("Auto-Submitted: auto-generated") && raw.contains("text/html"), "{raw}");
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_letter_sent_again_keeps_its_identifier() {
    let stage = stage("smtp");

    sent(&stage, &samples::letter()).await.unwrap();
    sent(&stage, &samples::letter()).await.unwrap();

    let letters = stage.received().await["letters"].clone();
    assert_eq!((letters.as_array().unwrap().len(), &letters[0]["copies"]), (1, &json!(2)));
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn recipients_decide_between_never_later_and_too_slow() {
    let stage = stage("smtp");

    let never = sent(&stage, &to("khong-co@nguoidan.example")).await.unwrap_err();
    let later = sent(&stage, &to("tam-thoi@nguoidan.example")).await.unwrap_err();
    let slow = mailer(&stage.hasty).send(&trip(), &to("cham@nguoidan.example")).await.unwrap_err();

    assert_eq!(never.to_string(), "the mail server refuses this letter (550)");
    assert_eq!(later.to_string(), "the mail server asks to try later (450)");
    assert_eq!(slow.to_string(), "the mail server did not answer in time");
    assert_eq!((never.is_retry(), later.is_retry(), slow.is_retry()), (false, true, true));
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_line_cut_short_by_the_time_limit_is_not_used_for_the_next_letter() {
    let stage = stage_with("smtp", json!({"connections": 1, "answer_ms": 1500}));
    sent(&stage, &to("cham@nguoidan.example")).await.unwrap_err();

    let refused = sent(&stage, &to("khong-co@nguoidan.example")).await.unwrap_err();
    sent(&stage, &to("sau@nguoidan.example")).await.unwrap();

    assert!(!refused.is_retry(), "the answer to the slow letter was taken for this one: {refused}");
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn without_starttls_nothing_is_sent_when_it_is_asked_for() {
    let stage = stage_with("smtp", json!({"tls": "starttls"}));

    assert!(sent(&stage, &samples::letter()).await.is_err());

    assert_eq!(stage.received().await["letters"], json!([]));
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn no_header_can_be_smuggled_in() {
    let stage = stage("smtp");
    let break_in = "x\r\nBcc: ke-gian@example.org";
    let mut letters = vec![to(break_in), to("khong phai dia chi")];
    letters.push(Letter { subject: break_in.to_owned(), ..samples::letter() });
    letters.push(Letter { message_id: format!("a@{break_in}"), ..samples::letter() });
    letters.push(Letter { message_id: "../../etc/passwd".to_owned(), ..samples::letter() });
    letters.push(Letter { headers: vec![("X-A".into(), break_in.into())], ..samples::letter() });
    letters.push(Letter { headers: vec![("X A\r\n".into(), "b".into())], ..samples::letter() });

    for letter in letters {
        let failure = sent(&stage, &letter).await.unwrap_err();
        assert!(!failure.is_retry() && !failure.reason().contains("ke-gian"), "{letter:?}: {failure}");
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn the_folder_holds_one_file_for_each_letter() {
    let folder = std::env::temp_dir().join(format!("motcua-letters-{}", std::process::id()));
    let entry = find("folder").unwrap();
    let connector = (entry.build)((entry.example)(folder.to_str().unwrap()), Wire::default()).unwrap();

    mailer(&connector).send(&trip(), &samples::letter()).await.unwrap();
    mailer(&connector).send(&trip(), &samples::letter()).await.unwrap();

    let files: Vec<_> = fs::read_dir(&folder).unwrap().map(|file| file.unwrap().file_name()).collect();
    assert_eq!(files, [format!("{}.eml", samples::letter().message_id).as_str()]);
    let written = fs::read_to_string(folder.join(&files[0])).unwrap();
    let golden: Value =
        serde_json::from_str(&fs::read_to_string(golden::folder().join("mail_letter.json")).unwrap())
            .unwrap();
    assert_eq!(written.trim_end(), golden["raw"].as_str().unwrap().trim_end(), "as it goes over SMTP");
    fs::remove_dir_all(&folder).unwrap();
    assert!(mailer(&connector).send(&trip(), &samples::letter()).await.unwrap_err().is_retry());
}
