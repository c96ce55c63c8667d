//! Who pays, as a body names them.

use crate::problems::Problem;
use entities::payments::payer::Payer;
use serde::Deserialize;
use utoipa::ToSchema;

/// A payer who is another person than the applicant; the receipt is made out to them.
#[derive(Debug, Clone, Deserialize, ToSchema)]
#[schema(as = Payer)]
#[serde(deny_unknown_fields)]
pub(crate) struct PayerIn {
    /// Full name of the person or organisation.
    #[schema(max_length = 200, example = "Trần Văn Trả")]
    name: String,
    /// Personal number or tax code; left out when not known.
    #[schema(max_length = 20, example = "006099000003")]
    identity_number: Option<String>,
    /// Address in one line.
    #[schema(max_length = 400, example = "Tổ 5, phường Đức Xuân, tỉnh Thái Nguyên")]
    address: Option<String>,
}

/// The payer of a body, checked.
pub(crate) fn payer_of(said: Option<PayerIn>) -> Result<Option<Payer>, Problem> {
    let Some(PayerIn { name, identity_number, address }) = said else {
        return Ok(None);
    };
    let payer = Payer { name, identity_number, address };
    let wrong = payer.violations("/payer");
    if wrong.is_empty() { Ok(Some(payer)) } else { Err(Problem::invalid(wrong)) }
}
