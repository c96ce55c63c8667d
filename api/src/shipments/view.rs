//! A shipment as people read it: what it means and what the carrier said, side by side.

use crate::manners::answer::Answer;
use crate::office::Office;
use crate::problems::Problem;
use chrono::{DateTime, NaiveDate, Utc};
use entities::Error;
use entities::shipments::{coming_back, proving, words};
use entities::tables::{shipments, sightings};
use rules::access::Sight;
use rules::jobs::Queue;
use serde::Serialize;
use utoipa::ToSchema;
use uuid::Uuid;

/// One carriage by post.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = Shipment, example = json!({"id": "019a0000-0000-7000-8000-000000000001", "leg": "return",
    "carrier": "vnpost_hcc", "order_number": "H55.101-261110-0001", "carrier_number": null, "item_code": null,
    "state": "undelivered", "raw_code": "5", "raw_message": "Phát không thành công", "failed_attempts": 1,
    "invitations": ["2026-11-12T03:00:00Z"], "cod_amount": 10000, "cod_collected": null, "expected_on": "2026-11-12",
    "created_at": "2026-11-10T03:00:00Z", "ordered_at": "2026-11-10T03:00:01Z", "delivered_at": null,
    "closed_at": null, "proof": null, "taken_back": null, "sightings": [{"event_id": "66574f0a1b2c3d4e5f607080", "state": "undelivered",
    "raw_code": "5", "raw_message": "Phát không thành công", "at": "2026-11-12T03:00:00Z"}], "version": 3}))]
pub(crate) struct ShipmentView {
    /// Key.
    id: Uuid,
    /// `return`, `collection`, or a former one: `returned-1`, `fetched-1`, `revoked-1` ….
    leg: String,
    /// Connector key of the carrier; absent until one was asked.
    carrier: Option<String>,
    /// Our number of the order.
    order_number: String,
    /// The carrier's own.
    carrier_number: Option<String>,
    /// Waybill number given out beforehand.
    item_code: Option<String>,
    /// What it means.
    state: String,
    /// Code as the carrier said it.
    raw_code: Option<String>,
    /// Words of the carrier, or why no carrier takes it; left out for who sees persons masked.
    raw_message: Option<String>,
    /// Deliveries in vain.
    failed_attempts: i32,
    /// When they were heard of, each an invitation.
    invitations: Vec<DateTime<Utc>>,
    /// Sum the postman was told to collect, in đồng.
    cod_amount: i64,
    /// Sum he collected.
    cod_collected: Option<i64>,
    /// Day the post promises (TT 17/2017 Đ7.2).
    expected_on: Option<NaiveDate>,
    /// Asked for.
    created_at: DateTime<Utc>,
    /// Taken by the carrier.
    ordered_at: Option<DateTime<Utc>>,
    /// Delivered.
    delivered_at: Option<DateTime<Utc>>,
    /// Delivered, called off or back at the agency.
    closed_at: Option<DateTime<Utc>>,
    /// Who took it; left out for who sees persons masked.
    proof: Option<DeliveryProof>,
    /// Why the desk took it back before the carrier had said enough; left out for who sees persons masked.
    taken_back: Option<String>,
    /// Everything the carrier said, oldest first.
    sightings: Vec<SightingView>,
    /// Row version; the ETag of what is done to it.
    version: i32,
}

/// Who took a parcel.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct DeliveryProof {
    /// Name.
    taken_by: String,
    /// What they are to the applicant.
    relation: Option<String>,
    /// The paper they were known by.
    paper: String,
    /// When.
    at: DateTime<Utc>,
}

/// One thing the carrier said.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = Sighting)]
pub(crate) struct SightingView {
    /// The carrier's key of it.
    event_id: String,
    /// What it means.
    state: String,
    /// Its code.
    raw_code: String,
    /// Its words; empty for who sees persons masked.
    raw_message: String,
    /// Heard.
    at: DateTime<Utc>,
}

impl ShipmentView {
    /// The view of a row with what the carrier said of it.
    pub(crate) fn of(
        office: &Office,
        row: shipments::Model,
        said: Vec<sightings::Model>,
        sight: Sight,
    ) -> Result<Self, Error> {
        let full = sight == Sight::Full;
        let proof = proving::proof(&office.sealer, &row)?.filter(|_| full);
        let vain = said.iter().filter(|seen| seen.state == "undelivered").map(|seen| seen.at);
        let invitations = vain.collect();
        let spoken = |seen| SightingView::of(office, seen, full);
        Ok(Self {
            invitations,
            proof: proof.map(DeliveryProof::of),
            taken_back: coming_back::reason(&office.sealer, &row)?.filter(|_| full),
            sightings: said.into_iter().map(spoken).collect::<Result<_, _>>()?,
            raw_message: words::of_shipment(&office.sealer, &row)?.filter(|_| full),
            id: row.id,
            leg: row.leg,
            carrier: Some(row.carrier).filter(|carrier| !carrier.is_empty()),
            order_number: row.order_number,
            carrier_number: row.carrier_number,
            item_code: row.item_code,
            state: row.state,
            raw_code: row.raw_code,
            failed_attempts: row.failed_attempts,
            cod_amount: row.cod_amount,
            cod_collected: row.cod_collected,
            expected_on: row.expected_on,
            created_at: row.created_at,
            ordered_at: row.ordered_at,
            delivered_at: row.delivered_at,
            closed_at: row.closed_at,
            version: row.version,
        })
    }
}

impl DeliveryProof {
    fn of(proof: proving::Proof) -> Self {
        let proving::Proof { taken_by, relation, paper, at } = proof;
        Self { taken_by, relation, paper, at }
    }
}

impl SightingView {
    fn of(office: &Office, row: sightings::Model, full: bool) -> Result<Self, Error> {
        let raw_message = if full { words::of_sighting(&office.sealer, &row)? } else { String::new() };
        let sightings::Model { event_id, state, raw_code, at, .. } = row;
        Ok(Self { event_id, state, raw_code, raw_message, at })
    }
}

impl Office {
    /// The answer of what was done to a shipment: the shipment, where it is read, and its version.
    pub(super) fn shipped(&self, row: shipments::Model) -> Result<Answer, Problem> {
        let (location, version) = (format!("/v1/dossiers/{}/shipments", row.dossier_id), row.version);
        let view = ShipmentView::of(self, row, Vec::new(), Sight::Full)?;
        Ok(Answer::created(location, &view)?.versioned(version).ringing([Queue::Party]))
    }
}
