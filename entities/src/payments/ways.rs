//! The ways in which the fee of a dossier can be paid now (F-02, F-04).

use super::accounts::Account;
use super::desk::PaymentWay;
use super::opening::payable;
use super::transfer;
use crate::error::Error;
use crate::shipments::brought;
use crate::tables::dossiers;
use chrono::{DateTime, Utc};
use sea_orm::ConnectionTrait;

/// Ways open now; none when nothing is due. A result on its way by post is paid to the postman alone.
pub async fn open<C: ConnectionTrait>(
    db: &C,
    dossier: &dossiers::Model,
    (platforms, office): (bool, Option<&Account>),
    at: DateTime<Utc>,
) -> Result<Vec<PaymentWay>, Error> {
    if payable(dossier).is_err() {
        return Ok(Vec::new());
    }
    let brought = brought(db, dossier).await?;
    let account = match transfer::codes(db, dossier, office, at).await {
        Ok(_) => true,
        Err(Error::Refused(_)) => false,
        Err(error) => return Err(error),
    };
    let ways = [
        (PaymentWay::Platform, platforms && !brought),
        (PaymentWay::Transfer, account && !brought),
        (PaymentWay::Cash, !brought),
        (PaymentWay::Pos, !brought),
        (PaymentWay::Post, brought || dossier.channel == "post"),
    ];
    Ok(ways.into_iter().filter(|(_, open)| *open).map(|(way, _)| way).collect())
}
