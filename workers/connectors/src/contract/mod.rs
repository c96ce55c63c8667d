//! What every connector must be able to do, said once for each kind of party; the contract suite performs it on each.

pub mod portal;
pub mod samples;

use crate::{
    failure::Failure,
    post::{CalledOff, Parcel},
    registry::{Connector, Kind},
    trip::Trip,
};

/// The deeds of a kind of party, the one that leaves something at the party first.
pub fn deeds(kind: Kind) -> &'static [&'static str] {
    match kind {
        Kind::Payment => &["open", "query", "receipt", "refund"],
        Kind::Post => &["order", "track", "price", "cancel"],
        Kind::Portal => portal::DEEDS,
        Kind::Monitor => &["track"],
        Kind::Mail | Kind::Text => &["send"],
        Kind::Scanner => &["scan", "version"],
    }
}

/// The deeds of a kind for which this connector calls its party.
pub fn deeds_of(connector: &Connector) -> Vec<&'static str> {
    let all = deeds(connector.kind()).iter().copied();
    let Connector::Payment(platform) = connector else {
        return all.collect();
    };
    let offers = platform.offers();
    let calls = |deed: &&str| match *deed {
        "open" => offers.page,
        "query" => offers.query,
        "receipt" => offers.receipt,
        _ => offers.refund,
    };
    all.filter(calls).collect()
}

/// The deed that leaves nothing at the party, with which an administrator tries it; none where its wire has none.
pub fn trial(connector: &Connector) -> Option<&'static str> {
    match connector {
        Connector::Payment(platform) => platform.offers().query.then_some("query"),
        Connector::Post(_) => Some("price"),
        Connector::Portal(_) => Some("look_up"),
        Connector::Mail(_) => Some("greet"),
        Connector::Scanner(_) => Some("version"),
        Connector::Text(_) | Connector::Monitor(_) => None,
    }
}

/// Performs one deed with the samples and tells what came of it in a line.
pub async fn perform(connector: &Connector, deed: &str, trip: &Trip) -> Result<String, Failure> {
    match connector {
        Connector::Payment(platform) => match deed {
            "open" => platform.open(trip, &samples::order()).await.map(|opened| format!("{opened:?}")),
            "query" => platform.query(trip, samples::REFERENCE).await.map(|s| format!("{s:?}")),
            "receipt" => platform.receipt(trip, samples::REFERENCE).await.map(|pdf| pdf.len().to_string()),
            "refund" => platform.refund(trip, &samples::refund()).await.map(|taken| format!("{taken:?}")),
            _ => Err(unknown(deed)),
        },
        Connector::Post(carrier) => match deed {
            "order" => carrier.order(trip, &samples::shipment()).await.map(|a| format!("{a:?}")),
            "track" => carrier.track(trip, None).await.map(|t| format!("{} events", t.events.len())),
            "price" => carrier.price(trip, &parcel()).await.map(|price| price.to_string()),
            "cancel" => carrier.cancel(trip, &samples::placed()).await.and_then(called_off),
            _ => Err(unknown(deed)),
        },
        Connector::Portal(party) => {
            portal::perform(&**party, deed, trip).await.unwrap_or_else(|| Err(unknown(deed)))
        }
        Connector::Monitor(monitor) => match deed {
            "track" => portal::track(&**monitor, trip).await,
            _ => Err(unknown(deed)),
        },
        Connector::Text(carrier) => match deed {
            "send" => {
                let text = samples::text(carrier.channel()).ok_or_else(|| unknown(deed))?;
                carrier.send(trip, &text).await.map(|taken| format!("{taken:?}"))
            }
            _ => Err(unknown(deed)),
        },
        Connector::Scanner(scanner) => match deed {
            "scan" => scanner.scan(trip, samples::FILE).await.map(|verdict| format!("{verdict:?}")),
            "version" => scanner.version(trip).await,
            _ => Err(unknown(deed)),
        },
        Connector::Mail(mailer) => match deed {
            "send" => mailer.send(trip, &samples::letter()).await.map(|()| "handed over".to_owned()),
            "greet" => mailer.greet(trip).await.map(|()| "greeted".to_owned()),
            _ => Err(unknown(deed)),
        },
    }
}

fn parcel() -> Parcel {
    let shipment = samples::shipment();
    Parcel { weight_grams: 50, sender: shipment.sender, receiver: shipment.receiver }
}

fn called_off(said: CalledOff) -> Result<String, Failure> {
    match said {
        CalledOff::Done => Ok("cancelled".to_owned()),
        CalledOff::Refused { reason, said } => Err(Failure::Fail { reason, said }),
    }
}

fn unknown(deed: &str) -> Failure {
    Failure::fail(format!("no connector of this kind can {deed}"))
}
