//! The role of the processes on PostgreSQL: it can do the work of the office and rewrite nothing.

use super::Desk;
use crate::processes::binary::program;
use crate::support::forced::KEPT;
use crate::support::private_postgres::PrivatePostgres;
use crate::support::{evidence, servers};
use sea_orm::{ConnectionTrait, DatabaseConnection};
use std::process::Stdio;
use std::time::Duration;
use tokio::io::{AsyncBufReadExt, BufReader};
use tokio::process::Command;
use tokio::time::timeout;

/// An office with an owner of its tables and a role of its processes.
struct Roles {
    server: PrivatePostgres,
}

impl Roles {
    async fn open() -> Self {
        let roles = Self { server: PrivatePostgres::start().await };
        let master = connect(&roles.server.url()).await;
        for order in [
            "CREATE ROLE motcua_owner LOGIN",
            "CREATE ROLE motcua_app LOGIN",
            "CREATE DATABASE office OWNER motcua_owner",
        ] {
            master.execute_unprepared(order).await.unwrap();
        }
        master.close().await.unwrap();
        roles
    }

    fn url(&self, role: &str) -> String {
        self.server.url().replace("postgres@", &format!("{role}@")).replace("/postgres?", "/office?")
    }

    fn desk(&self, role: &str, app_role: &str) -> Desk {
        let desk = Desk::new("", "");
        let secret = "3f0b8a1c5e7d9246b8f1c0a3d5e79812";
        let text = format!(
            "[database]\nurl = \"{}\"\n{app_role}\n[files]\nstore = \"{}\"\n[sealing]\nmaster = \"{secret}\"\n\
             [office]\nlink_secret = \"{secret}\"\n[api]\ncursor_secret = \"{secret}\"\nlisten = \"127.0.0.1:0\"\n",
            self.url(role),
            desk.0.join("files").display(),
        );
        desk.file("motcua.toml", &text);
        desk
    }
}

async fn connect(url: &str) -> DatabaseConnection {
    sea_orm::Database::connect(url).await.unwrap()
}

/// Everything by which somebody would get at the history.
fn attacks() -> Vec<String> {
    let mut attacks = vec![
        "CREATE TABLE mine (id INTEGER)".to_owned(),
        "SET session_replication_role = replica".into(),
        "CREATE OR REPLACE FUNCTION only_added() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN RETURN NEW; END $$".into(),
        "DROP FUNCTION only_added() CASCADE".into(),
        "SET ROLE motcua_owner".into(),
        "DELETE FROM seaql_migrations".into(),
        "DELETE FROM data_keys".into(),
        "TRUNCATE data_keys".into(),
    ];
    for table in KEPT {
        attacks.extend([
            format!("UPDATE {table} SET {} = 'x'", column(table)),
            format!("DELETE FROM {table}"),
            format!("TRUNCATE {table} CASCADE"),
            format!("DROP TRIGGER {table}_kept ON {table}"),
            format!("ALTER TABLE {table} DISABLE TRIGGER ALL"),
            format!("DROP TABLE {table} CASCADE"),
        ]);
    }
    attacks
}

fn column(table: &str) -> &'static str {
    match table {
        "history" => "actor_name",
        "chronicle" => "what",
        "chronicle_keys" => "public_key",
        _ => "hash",
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn s_10_the_role_of_the_processes_works_and_rewrites_nothing() {
    if !servers::on_postgres() {
        return;
    }
    let roles = Roles::open().await;
    let (owner, app) =
        (roles.desk("motcua_owner", "app_role = \"motcua_app\""), roles.desk("motcua_app", ""));
    let (done, said) = owner.run(&["migrate"]);
    assert!(done && said.contains("motcua_app may do what the office needs"), "{said}");

    let hands = connect(&roles.url("motcua_app")).await;
    let attacks = attacks();
    for attack in &attacks {
        let refused = hands.execute_unprepared(attack).await.expect_err(attack).to_string();
        let by_right = ["permission denied", "must be owner", "must be able to SET ROLE"];
        assert!(by_right.iter().any(|words| refused.contains(words)), "{attack}: {refused}");
    }
    hands.close().await.unwrap();
    evidence::keep("database_role", &[("orders_refused", attacks.len() as u64), ("orders_taken", 0)]);

    let (seeded, said) = app.run(&["seed"]);
    assert!(seeded, "{said}");
    assert_eq!(ready(&app).await, 200);
    let (_, said) = app.run(&["doctor", "--security"]);
    assert!(said.contains("ok   owner of the tables:") && said.contains("ok   history:"), "{said}");
    let (_, said) = owner.run(&["doctor", "--security"]);
    assert!(said.contains("BAD  owner of the tables:"), "{said}");
}

/// What an API of this desk says of itself at `/readyz`.
async fn ready(desk: &Desk) -> u16 {
    let mut command = Command::new(program());
    command.arg("--config").arg(desk.0.join("motcua.toml")).arg("api").kill_on_drop(true);
    let mut api = command.stdout(Stdio::piped()).spawn().unwrap();
    let mut said = BufReader::new(api.stdout.take().unwrap()).lines();
    let first = timeout(Duration::from_secs(60), said.next_line()).await.unwrap().unwrap().unwrap();
    let (_, url) = first.split_once(" at ").unwrap();
    let client = reqwest::Client::builder().no_proxy().build().unwrap();
    client.get(format!("{url}/readyz")).send().await.unwrap().status().as_u16()
}

#[tokio::test(flavor = "multi_thread")]
async fn a_role_that_is_missing_or_is_the_owner_is_given_nothing() {
    if !servers::on_postgres() {
        return;
    }
    let roles = Roles::open().await;

    for (role, words) in [
        ("nobody_here", "the role nobody_here is not there"),
        ("motcua_owner", "motcua_owner owns the tables"),
        ("postgres", "postgres owns the tables, or can become who does"),
        ("a\\\"; DROP TABLE history; --", "may hold small letters"),
    ] {
        let (done, said) = roles.desk("motcua_owner", &format!("app_role = \"{role}\"")).run(&["migrate"]);

        assert!(!done && said.contains(words), "{role}: {said}");
    }
}
