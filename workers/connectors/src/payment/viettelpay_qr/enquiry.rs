//! `paymentconfirm`: before it takes the money, the wallet asks whether the payment is still to be made.

use super::{Settings, code::sum_of};
use crate::payment::{Enquiry, Rejected, flat::Flat, signing::fits};

/// The enquiry, when it is signed with the sum that its bill code names.
pub(super) fn heard(settings: &Settings, said: &Flat) -> Result<Enquiry, Rejected> {
    let (bill, merchant, reference) =
        (said.needed("billcode")?, said.needed("merchant_code")?, said.needed("order_id")?);
    let claimed = said.needed("check_sum")?;
    let amount = sum_of(settings, bill).ok_or(Rejected::Malformed)?;
    let digits = amount.to_string();
    if !fits(&settings.sign(&[bill, merchant, reference, &digits]), claimed) {
        return Err(Rejected::Forged);
    }
    if merchant != settings.merchant_code {
        return Err(Rejected::WrongPartner);
    }
    if said.has("trans_amount") && said.sum("trans_amount")? != amount {
        return Err(Rejected::Malformed);
    }
    Ok(Enquiry { reference: reference.to_owned(), amount: Some(amount) })
}
