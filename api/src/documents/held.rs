//! A refusal that names documents of somebody's store is a look at it: its owner is told.

use crate::office::Office;
use crate::problems::Problem;
use actix_web::HttpResponse;
use entities::documents::reading::working_unit;
use entities::documents::using::{Use, note};
use entities::dossiers::reading;
use rules::actor::Actor;
use uuid::Uuid;

impl Office {
    /// The same answer, once the documents that it names are noted as offered for the dossier.
    pub(crate) async fn noting_held(
        &self,
        by: &Actor,
        dossier: Uuid,
        answer: Result<HttpResponse, Problem>,
    ) -> Result<HttpResponse, Problem> {
        let Err(problem) = answer else { return answer };
        let named = problem.documents();
        if !named.is_empty() {
            let dossier = reading::by_id(self.db.reader(), dossier).await?;
            let (unit, purpose) = (working_unit(by, &dossier), format!("{ASKED} {}", dossier.code));
            let look = Use { kind: "offered", dossier: Some(dossier.id), unit, purpose: &purpose };
            note(self.db.writer(), by, named, look, self.clock.now()).await?;
        }
        Err(problem)
    }
}

/// What the look was for.
const ASKED: &str = "Định yêu cầu bổ sung giấy tờ mà kho đã có trong hồ sơ";
