//! PostgreSQL is struck down in mid-work, as by a loss of power, and comes back.

use super::office::Office;
use super::traveller::Traveller;
use crate::processes::premises::{Plan, Premises};
use crate::processes::waiting::until;
use crate::support::database::TestDatabase;
use crate::support::evidence;
use crate::support::private_postgres::PrivatePostgres;
use crate::support::servers::on_postgres;
use futures::future::join_all;

const FALLS: u64 = 3;

/// More questions at once than the test keeps lines to its database.
const LINES: usize = 64;

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn no_dossier_is_lost_under_a_postgres_that_falls_three_times_while_they_are_handed_in() {
    if !on_postgres() {
        return;
    }
    let server = PrivatePostgres::start().await;
    let database = TestDatabase::at(server.url()).await;
    let premises = Premises::open_on(database, Plan { lease_ms: 2_000, ..Plan::default() }).await;
    let (office, [api, worker]) = Office::over(premises).await;
    let _processes = [office.start(&api).await.unwrap(), office.start(&worker).await.unwrap()];
    let books = office.books();

    let falling = async {
        for fall in 1..=FALLS {
            let enough = async || books.done_if_heard().await.filter(|done| *done >= 10 * fall);
            until("some jobs are done", enough).await;
            server.restart().await;
            until("the lines of the test itself are new", async || {
                let all = join_all((0..LINES).map(|_| books.done_if_heard())).await;
                all.into_iter().collect::<Option<Vec<_>>>()
            })
            .await;
        }
    };
    let travels = join_all((0..5).map(async |number| Traveller::new(&office, number).travel().await));
    let (told, ()) = tokio::join!(travels, falling);

    office.assert_whole(&told).await;
    evidence::keep("faults_postgres", &[("dossiers", 5), ("falls", FALLS), ("breaches", 0)]);
}
