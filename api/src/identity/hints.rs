//! Tells the other processes over Redis that sessions ended; without it they notice when they look again.

use crate::office::Office;
use actix_web::web;
use futures::StreamExt;
use redis::aio::MultiplexedConnection;
use redis::{AsyncCommands, Client, RedisError};
use std::time::Duration;

const CHANNEL: &str = "motcua:sessions";

/// Between two attempts to reach a Redis that is gone.
const AGAIN: Duration = Duration::from_millis(500);

/// Longest a logout waits for Redis; the database has it already.
const PATIENCE: Duration = Duration::from_secs(1);

/// Says that these parties ended. What goes wrong is logged: the others notice within `[api] roles_seconds`.
pub(super) async fn tell(office: &Office, parties: &[String]) {
    let Some(client) = &office.redis else { return };
    match tokio::time::timeout(PATIENCE, published(client, parties)).await {
        Ok(Ok(())) => {}
        Ok(Err(error)) => tracing::warn!(%error, "an ended session could not be told over Redis"),
        Err(_) => tracing::warn!("an ended session could not be told over Redis in time"),
    }
}

async fn published(client: &Client, parties: &[String]) -> Result<(), RedisError> {
    let mut redis: MultiplexedConnection = client.get_multiplexed_async_connection().await?;
    for party in parties {
        redis.publish::<_, _, ()>(CHANNEL, party).await?;
    }
    Ok(())
}

/// Hears what the other processes say, for ever; returns at once when the office has no Redis.
pub async fn hear(office: web::Data<Office>) {
    let Some(client) = &office.redis else { return };
    loop {
        if let Err(error) = heard(client, &office).await {
            tracing::warn!(%error, "ended sessions cannot be heard from Redis; they are noticed by looking again");
        }
        tokio::time::sleep(AGAIN).await;
    }
}

async fn heard(client: &Client, office: &Office) -> Result<(), RedisError> {
    let mut redis = client.get_async_pubsub().await?;
    redis.subscribe(CHANNEL).await?;
    // Hints may have been missed before.
    office.verifier.forget_all();
    let mut messages = redis.on_message();
    while let Some(message) = messages.next().await {
        office.verifier.forget(&[message.get_payload::<String>()?]);
    }
    Ok(())
}
