//! For which place each sealed column was sealed; a test holds the list against the database and against who seals.

use serde_json::{Map, Value};

/// What an opened text is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Form {
    /// Words.
    Words,
    /// A document, handed over as JSON.
    Document,
}

use Form::{Document, Words};

/// A sealed column.
#[derive(Debug)]
pub(crate) struct Sealed {
    /// Its table.
    pub table: &'static str,
    /// Its name.
    pub column: &'static str,
    /// The place it was sealed for; names in braces are columns of the row.
    pub place: &'static str,
    /// What it is when it is open.
    pub form: Form,
}

const fn sealed(table: &'static str, column: &'static str, place: &'static str, form: Form) -> Sealed {
    Sealed { table, column, place, form }
}

/// All of them, by table.
pub(crate) const SEALED: [Sealed; 60] = [
    sealed("chronicle", "name_sealed", "chronicle:{id}:name", Words),
    sealed("chronicle", "purpose_sealed", "chronicle:{id}:purpose", Words),
    sealed("consultations", "answer_sealed", "consultation_answer:{id}", Words),
    sealed("consultations", "question_sealed", "consultation:{id}", Words),
    sealed("corrections", "reason_sealed", "correction:{dossier_id}:{seq}", Words),
    sealed("digitisation_events", "words_sealed", "digitisation_event:{id}", Words),
    sealed("digitisation_stages", "report_sealed", "digitisation_report:{digitisation_id}", Document),
    sealed("digitisations", "owner_sealed", "digitisation_owner:{id}", Document),
    sealed("digitised_fields", "final_sealed", "digitised_field:{digitisation_id}:{name}:final", Words),
    sealed("digitised_fields", "first_sealed", "digitised_field:{digitisation_id}:{name}:first", Words),
    sealed("digitised_fields", "read_sealed", "digitised_field:{digitisation_id}:{name}:read", Words),
    sealed("digitised_fields", "second_sealed", "digitised_field:{digitisation_id}:{name}:second", Words),
    sealed("digitised_pages", "text_sealed", "digitised_page:{digitisation_id}:{page}", Document),
    sealed("documents", "data_sealed", "document:{id}:data", Document),
    sealed("documents", "ended_reason_sealed", "document:{id}:ended", Words),
    sealed("documents", "number_sealed", "document:{id}:number", Words),
    sealed("documents", "owner_sealed", "document:{id}:owner", Document),
    sealed("documents", "signature_report_sealed", "document:{id}:signature", Document),
    sealed("dossiers", "applicant_sealed", "applicant:{id}", Document),
    sealed("dossiers", "form_sealed", "form:{id}", Document),
    sealed("drafts", "body_sealed", "draft:{id}", Document),
    sealed("flags", "detail_sealed", "flag:{id}", Document),
    sealed("forms", "content_sealed", "issued-form:{id}", Document),
    sealed("handovers", "note_sealed", "handover:{dossier_id}:{seq}", Words),
    sealed("history", "actor_name_sealed", "actor:{dossier_id}:{seq}", Words),
    sealed("history", "note_sealed", "note:{dossier_id}:{seq}", Words),
    sealed("mandates", "ended_reason_sealed", "mandate:{dossier_id}:reason", Words),
    sealed("mandates", "holder_sealed", "mandate:{dossier_id}:holder", Words),
    sealed("mandates", "witness_sealed", "mandate:{dossier_id}:witness", Words),
    sealed("notices", "recipient_sealed", "notice-recipient:{id}", Words),
    sealed("notices", "words_sealed", "notice-words:{id}", Document),
    sealed("payments", "evidence_sealed", "payment_evidence:{id}", Words),
    sealed("payments", "payer_sealed", "payer:{id}", Document),
    sealed("payments", "rejection_sealed", "payment_rejection:{id}", Words),
    sealed("portal_accounts", "account_sealed", "portal_account:{dossier_id}", Words),
    sealed("portal_exchanges", "answer_sealed", "portal_answer:{id}", Words),
    sealed("portal_exchanges", "request_sealed", "portal_request:{id}", Words),
    sealed("portal_messages", "body_sealed", "portal_message:{id}", Words),
    sealed("questions", "asked_sealed", "question:{id}", Document),
    sealed("ratings", "opinion_sealed", "rating:{dossier_id}", Words),
    sealed("receipts", "cancel_reason_sealed", "receipt_cancelled:{id}", Words),
    sealed("receipts", "payer_sealed", "payer:{id}", Document),
    sealed("refunds", "proof_sealed", "refund_proof:{id}", Words),
    sealed("refunds", "reason_sealed", "refund:{id}", Words),
    sealed("refunds", "rejection_sealed", "refund_rejection:{id}", Words),
    sealed("refused_sightings", "raw_message_sealed", "sighting:{shipment_id}:{event_id}", Words),
    sealed("refused_sightings", "words_sealed", "refused_sighting:{id}", Words),
    sealed("results", "ended_basis_sealed", "result:{id}:basis", Words),
    sealed("results", "ended_reason_sealed", "result:{id}:ended", Words),
    sealed("results", "number_sealed", "result:{id}:number", Words),
    sealed("shipments", "raw_message_sealed", "carrier_words:{id}", Words),
    sealed("shipments", "taken_back_sealed", "taken_back:{id}", Words),
    sealed("shipments", "taken_by_sealed", "shipment:{id}", Document),
    sealed("sightings", "raw_message_sealed", "sighting:{shipment_id}:{event_id}", Words),
    sealed("statement_differences", "words_sealed", "statement_difference:{id}", Words),
    sealed("supplements", "despite_sealed", "despite:{dossier_id}:{round}", Document),
    sealed("supplements", "reason_sealed", "supplement:{dossier_id}:{round}", Words),
    sealed("tax_notices", "tax_number_sealed", "tax_notice:{id}", Words),
    sealed("tax_receipts", "told_sealed", "tax_receipt:{id}", Document),
    sealed("visits", "report_sealed", "visit:{id}", Document),
];

impl Sealed {
    /// The place in which the cell of this row was sealed.
    pub(crate) fn place_of(&self, row: &Map<String, Value>) -> String {
        let mut place = String::new();
        for (number, part) in self.place.split(['{', '}']).enumerate() {
            match row.get(part).filter(|_| number % 2 == 1) {
                Some(Value::String(text)) => place.push_str(text),
                Some(value) => place.push_str(&value.to_string()),
                None => place.push_str(part),
            }
        }
        place
    }
}

/// How a column is opened; none for one that is not sealed or of which nobody has said it.
pub(crate) fn of(table: &str, column: &str) -> Option<&'static Sealed> {
    SEALED.iter().find(|sealed| sealed.table == table && sealed.column == column)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_place_is_made_of_the_columns_of_its_row() {
        let row = serde_json::json!({"digitisation_id": "0a", "page": 3});

        let page = of("digitised_pages", "text_sealed").unwrap().place_of(row.as_object().unwrap());

        assert_eq!(page, "digitised_page:0a:3");
        assert!(of("dossiers", "code").is_none());
    }
}
