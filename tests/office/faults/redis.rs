//! Redis is flushed, hangs and dies while people hand in and officers work.

use super::office::Office;
use super::traveller::Traveller;
use crate::processes::premises::Plan;
use crate::processes::waiting::until;
use crate::support::evidence;
use crate::support::private_redis::PrivateRedis;
use crate::support::servers;
use futures::future::join_all;

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn no_dossier_feels_a_redis_that_is_flushed_hangs_and_dies_under_it() {
    if servers::redis_url().is_none() {
        return;
    }
    let mut redis = PrivateRedis::start().await;
    let (office, [api, worker]) = Office::open(Plan { redis: Some(redis.url()), ..Plan::default() }).await;
    let _processes = [office.start(&api).await.unwrap(), office.start(&worker).await.unwrap()];
    let books = office.books();

    let trouble = async {
        for jobs in [8, 20, 32] {
            until("some jobs are done", async || (books.done().await >= jobs).then_some(())).await;
            match jobs {
                8 => assert!(redis.says("FLUSHALL", "+OK\r\n").await),
                20 => redis.hang().await,
                _ => redis.die().await,
            }
        }
    };
    let travels = join_all((0..4).map(async |number| Traveller::new(&office, number).travel().await));
    let (told, ()) = tokio::join!(travels, trouble);

    office.assert_whole(&told).await;
    evidence::keep("faults_redis", &[("dossiers", 4), ("faults", 3), ("breaches", 0)]);
}
