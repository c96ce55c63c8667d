//! Carries rings between processes over Redis; while it is gone, workers find jobs at their next look.

use entities::jobs::Wake;
use futures::StreamExt;
use redis::aio::MultiplexedConnection;
use redis::{AsyncCommands, Client, RedisError};
use rules::jobs::Queue;
use std::time::Duration;
use tokio::sync::broadcast::Receiver;
use tokio::sync::broadcast::error::RecvError;
use uuid::Uuid;

/// Sends the rings of this process and hears those of others, for ever; every process with a bell runs one.
///
/// A connection that breaks is made again, and then every queue is rung once: rings may have been missed.
pub async fn run(wake: Wake, redis_url: &str) -> Result<(), RedisError> {
    let client = Client::open(redis_url)?;
    let me = Uuid::now_v7().simple().to_string();
    futures::join!(send_for_ever(&client, &wake, &me), hear_for_ever(&client, &wake, &me));
    Ok(())
}

const CHANNEL: &str = "motcua:jobs";

/// Between two attempts to reach a Redis that is gone.
const AGAIN: Duration = Duration::from_millis(500);

async fn send_for_ever(client: &Client, wake: &Wake, me: &str) {
    let mut rings = wake.outward();
    loop {
        if let Err(error) = send(client, &mut rings, me).await {
            tracing::warn!(%error, "rings cannot be sent to Redis; other processes find jobs by polling");
        }
        tokio::time::sleep(AGAIN).await;
    }
}

async fn send(client: &Client, rings: &mut Receiver<Queue>, me: &str) -> Result<(), RedisError> {
    let mut redis: MultiplexedConnection = client.get_multiplexed_async_connection().await?;
    let mut queues = Queue::ALL.to_vec();
    loop {
        for queue in queues {
            redis.publish::<_, _, ()>(CHANNEL, format!("{me} {}", queue.key())).await?;
        }
        queues = match rings.recv().await {
            Ok(queue) => vec![queue],
            Err(RecvError::Lagged(_)) => Queue::ALL.to_vec(),
            Err(RecvError::Closed) => return Ok(()),
        };
    }
}

async fn hear_for_ever(client: &Client, wake: &Wake, me: &str) {
    loop {
        if let Err(error) = hear(client, wake, me).await {
            tracing::warn!(%error, "rings cannot be heard from Redis; jobs are found by polling");
        }
        tokio::time::sleep(AGAIN).await;
    }
}

async fn hear(client: &Client, wake: &Wake, me: &str) -> Result<(), RedisError> {
    let mut redis = client.get_async_pubsub().await?;
    redis.subscribe(CHANNEL).await?;
    for queue in Queue::ALL {
        wake.ring_here(queue);
    }
    let mut messages = redis.on_message();
    while let Some(message) = messages.next().await {
        let text = message.get_payload::<String>()?;
        if let Some(queue) = heard(&text, me) {
            wake.ring_here(queue);
        }
    }
    Ok(())
}

/// The queue of a ring from another process.
fn heard(text: &str, me: &str) -> Option<Queue> {
    let (who, key) = text.split_once(' ')?;
    Queue::ALL.into_iter().find(|queue| who != me && queue.key() == key)
}
