//! A Redis that forgets, hangs and dies: workers find the jobs by looking.

use super::books::Books;
use super::premises::{Plan, Premises};
use super::waiting::until;
use super::walk::Walk;
use crate::support::private_redis::PrivateRedis;
use crate::support::servers;
use futures::future::join_all;

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_redis_that_is_flushed_hangs_and_dies_loses_no_job_and_doubles_none() {
    if servers::redis_url().is_none() {
        return;
    }
    let mut redis = PrivateRedis::start().await;
    let office = Premises::open(Plan { redis: Some(redis.url()), ..Plan::default() }).await;
    let books = Books { database: &office.database, parties: &office.parties };
    let (api, _workers) = (office.api().await, [office.worker().await, office.worker().await]);
    let listen = async || redis.says("PUBSUB NUMSUB motcua:jobs", ":3\r\n").await.then_some(());
    until("the API and the workers listen", listen).await;
    let door = office.at(&api);
    let some = |from: usize| join_all((from..from + 4).map(|number| Walk::begin(&door, number)));
    let mut walks = some(0).await;
    books.settle().await;

    let (fresh, flushed) = futures::join!(some(4), redis.says("FLUSHALL", "+OK\r\n"));
    assert!(flushed);
    walks.extend(fresh);
    redis.hang().await;
    walks.extend(some(8).await);
    books.settle().await;
    redis.die().await;
    for _ in 0..3 {
        join_all(walks.iter_mut().map(|walk| walk.step(&door))).await;
    }
    books.settle().await;

    books.assert_whole().await;
    books.assert_said_once().await;
}
