//! Where a dossier of the portal belongs: the unit that the message names, else the one that the settings name; never a guess.

use crate::office::Office;
use chrono::{DateTime, Utc};
use connectors::portal::PortalDossier;
use entities::Error;
use entities::catalogue::units::{Search, list};
use rules::local_time::local_date;
use uuid::Uuid;

/// Why a dossier cannot be taken in, for the portal's operators and the province's.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct NotPlaced(pub(super) String);

impl NotPlaced {
    /// The words of an error that is no failure of the office.
    pub(super) fn of(error: &Error) -> Option<Self> {
        let words = match error {
            Error::NotFound("procedure") => {
                "Thủ tục này chưa có hoặc hết hiệu lực ở đây / no such procedure is in force here".to_owned()
            }
            Error::NotFound(what) => format!("Không tìm thấy / there is no such {what}"),
            Error::Invalid(wrong) => {
                let said = wrong.iter().map(|one| format!("{} / {}", one.vi, one.en));
                said.collect::<Vec<_>>().join("; ")
            }
            Error::Refused(refusal) => {
                let said = refusal.blocked_by.iter().map(|one| format!("{} / {}", one.vi, one.en));
                said.collect::<Vec<_>>().join("; ")
            }
            _ => return None,
        };
        Some(Self(words))
    }
}

impl Office {
    /// The unit that is to receive a dossier of the portal.
    pub(super) async fn place(
        &self,
        told: &PortalDossier,
        at: DateTime<Utc>,
    ) -> Result<Result<Uuid, NotPlaced>, Error> {
        let routed = self.settings.portal.routes.iter().find(|route| {
            [told.procedure_code.as_str(), "*"].contains(&route.procedure.as_str())
                && (route.place.is_empty() || Some(&route.place) == told.place_code.as_ref())
        });
        let named = told.unit_code.as_deref().or(routed.map(|route| route.unit.as_str()));
        let Some(code) = named else {
            let words = "Thông điệp không nêu đơn vị tiếp nhận và chưa có bảng phân tuyến / no receiving unit is \
                         named, and no route leads to one";
            return Ok(Err(NotPlaced(words.to_owned())));
        };
        let search = Search { code: Some(code.to_owned()), limit: 2, ..Search::default() };
        let bearing = list(self.db.reader(), &search, local_date(at)).await?;
        Ok(match bearing.as_slice() {
            [unit] => Ok(unit.id),
            _ => {
                let words =
                    "Không có đơn vị mang mã tiếp nhận này / no unit bears the receiving code of the message";
                Err(NotPlaced(words.to_owned()))
            }
        })
    }
}
