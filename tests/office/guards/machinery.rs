//! What the other tests trust: databases of their own, a clock that stands, servers that are there.

use crate::support::{clock, database::TestDatabase, servers};
use chrono::TimeDelta;
use migrations::Migrator;
use sea_orm::ConnectionTrait;
use sea_orm_migration::MigratorTrait;
use std::io::{BufRead, BufReader, Write};
use std::net::TcpStream;

#[tokio::test]
async fn each_test_has_a_migrated_database_of_its_own() {
    let mine = TestDatabase::fresh().await;
    let theirs = TestDatabase::fresh().await;

    mine.writer().execute_unprepared("CREATE TABLE mine (id INTEGER)").await.unwrap();

    assert_ne!(mine.url(), theirs.url());
    assert!(theirs.reader().execute_unprepared("SELECT id FROM mine").await.is_err());
    assert_eq!(Migrator::get_pending_migrations(theirs.reader()).await.unwrap().len(), 0);
}

#[test]
fn the_tests_clock_stands_until_it_is_moved() {
    let clock = clock::standing();

    clock.advance(TimeDelta::days(1));

    assert_eq!(clock.now(), clock::opening() + TimeDelta::days(1));
}

#[test]
fn the_servers_that_are_named_answer() {
    if let Some(mail) = servers::mail_server() {
        let mut stream = TcpStream::connect(&mail.address).unwrap();
        let mut lines = BufReader::new(stream.try_clone().unwrap()).lines();
        assert!(lines.next().unwrap().unwrap().starts_with("220 "));
        stream.write_all(b"EHLO office.test\r\n").unwrap();
        let offers: Vec<String> =
            lines.map(Result::unwrap).take_while(|line| !line.starts_with("250 ")).collect();
        assert!(offers.contains(&"250-STARTTLS".to_owned()), "{offers:?}");
        assert!(mail.certificate.is_file() && mail.maildir.join("new").is_dir());
    }
    if let Some(url) = servers::redis_url() {
        let address = url.trim_start_matches("redis://").split('/').next().unwrap();
        let mut stream = TcpStream::connect(address).unwrap();
        stream.write_all(b"PING\r\n").unwrap();
        let mut answer = String::new();
        BufReader::new(stream).read_line(&mut answer).unwrap();
        assert_eq!(answer, "+PONG\r\n");
    }
}
