//! The table of all addresses: one line each. The OpenAPI document and the list for 405 come from it.

pub use crate::open_routes::PUBLIC;

use crate::connectors;
use crate::{
    admin, calendars, catalogue, chronicle, consultations, digitisations, documents, dossiers, downtimes,
    drafts, forms, identity::backchannel_logout, identity::demo_routes, inbox, ledger, lookups, operations,
    paper_batches, payments, places, problems, publishing, questions, queues, ratings, receipts,
    reconciliations, refunds, reports, results, shipments, statements, uploads, verifications, warnings,
};
use crate::{notices, templates};
use utoipa_actix_web::service_config::ServiceConfig;

/// Every address of the office.
pub fn table(config: &mut ServiceConfig) {
    config
        .service(operations::livez)
        .service(operations::readyz)
        .service(operations::metrics)
        .service(operations::show_openapi)
        .service(problems::show_problem)
        .service(backchannel_logout::end_sessions)
        .service(demo_routes::demo_keys)
        .service(demo_routes::demo_people)
        .service(demo_routes::demo_token)
        .service(operations::show_demo_clock)
        .service(operations::move_demo_clock)
        .configure(open_to_everybody)
        .configure(uploaded)
        .configure(being_written)
        .configure(kept_for_owners)
        .service(dossiers::submit_dossier)
        .service(dossiers::list_dossiers)
        .service(dossiers::show_dossier)
        .service(dossiers::show_history)
        .service(dossiers::show_deadline)
        .service(dossiers::show_standing)
        .service(dossiers::show_actions)
        .service(dossiers::show_receipt)
        .service(dossiers::list_papers)
        .service(dossiers::list_supplements)
        .service(dossiers::accept_dossier)
        .service(dossiers::admit_dossier)
        .service(dossiers::open_child)
        .service(dossiers::list_children)
        .service(dossiers::extend_dossier)
        .service(dossiers::send_back_dossier)
        .service(dossiers::refuse_dossier)
        .service(dossiers::request_supplement)
        .service(dossiers::answer_supplement)
        .service(dossiers::claim_dossier)
        .service(dossiers::release_dossier)
        .service(dossiers::forward_dossier)
        .service(dossiers::request_payment)
        .service(dossiers::decide_dossier)
        .service(dossiers::withdraw_dossier)
        .service(dossiers::stop_dossier)
        .service(dossiers::return_result)
        .configure(internal_process)
        .configure(on_paper)
        .configure(issued)
        .configure(told)
        .configure(desks)
        .configure(digitising)
        .configure(from_the_portal)
        .configure(money)
        .configure(post)
        .configure(administration)
        .configure(national_catalogue)
        .configure(voices);
}

/// Files, in as many pieces as the line allows.
fn uploaded(config: &mut ServiceConfig) {
    config
        .service(uploads::create_upload)
        .service(uploads::show_upload)
        .service(uploads::append_to_upload)
        .service(uploads::show_file)
        .service(uploads::show_file_content)
        .service(uploads::show_shared_file);
}

/// An application before it is a dossier.
fn being_written(config: &mut ServiceConfig) {
    config
        .service(drafts::create_draft)
        .service(drafts::list_drafts)
        .service(drafts::show_draft)
        .service(drafts::show_draft_form)
        .service(drafts::replace_draft)
        .service(drafts::remove_draft);
}

/// The e-document store.
fn kept_for_owners(config: &mut ServiceConfig) {
    config
        .service(documents::list_my_documents)
        .service(documents::show_my_document)
        .service(documents::show_my_document_content)
        .service(documents::list_document_uses)
        .service(documents::list_draft_offers)
        .service(documents::list_dossier_offers)
        .service(documents::ask_for_offers)
        .service(documents::show_dossier_document)
        .service(documents::show_dossier_document_content)
        .service(documents::replace_document)
        .service(documents::revoke_document);
}

/// What people are told, and in which words.
fn told(config: &mut ServiceConfig) {
    config
        .service(notices::list_my_notices)
        .service(notices::see_notice)
        .service(notices::show_notice_preferences)
        .service(notices::replace_notice_preferences)
        .service(notices::list_dossier_notices)
        .service(notices::show_notice_speed)
        .service(notices::text_receipts)
        .service(notices::show_unsubscription)
        .service(notices::stop_notice_reminders)
        .service(templates::draft_template)
        .service(templates::list_templates)
        .service(templates::show_words_in_force)
        .service(templates::preview_template)
        .service(templates::show_template)
        .service(templates::replace_template)
        .service(templates::adopt_template);
}

/// What is printed, and where the code on it leads.
fn on_paper(config: &mut ServiceConfig) {
    config
        .service(forms::list_forms)
        .service(forms::issue_form)
        .service(forms::show_form)
        .service(forms::issue_register)
        .service(lookups::look_up)
        .service(lookups::show_look_up)
        .service(lookups::look_up_on_page);
}

/// What was issued, and how anybody checks it.
fn issued(config: &mut ServiceConfig) {
    config
        .service(results::show_result)
        .service(results::list_dossier_results)
        .service(results::list_my_results)
        .service(results::draw_result_code)
        .service(results::revoke_result)
        .service(results::link_result)
        .service(results::list_result_links)
        .service(results::fetch_linked_result)
        .service(verifications::show_verification)
        .service(verifications::verify_result)
        .service(verifications::compare_result);
}

/// What lies on the desks, what its dates warn of, and what is foreseen and counted of it.
fn desks(config: &mut ServiceConfig) {
    config
        .service(queues::show_queue)
        .service(queues::take_next)
        .service(warnings::list_warnings)
        .service(warnings::see_warning)
        .service(reports::show_forecast)
        .service(reports::show_counts)
        .service(reports::show_reading_report)
        .service(reports::show_digitisation_report)
        .service(reports::show_reuse);
}

/// Papers on their way to the store.
fn digitising(config: &mut ServiceConfig) {
    config
        .service(digitisations::list_digitisations)
        .service(digitisations::show_digitisation)
        .service(digitisations::show_digitised_fields)
        .service(digitisations::show_digitised_page)
        .service(digitisations::key_digitised_fields)
        .service(digitisations::show_digitisation_progress)
        .service(digitisations::show_document_progress)
        .service(digitisations::scan_paper)
        .service(digitisations::drop_paper)
        .service(digitisations::retry_paper)
        .service(digitisations::cancel_paper)
        .service(digitisations::list_dossier_digitisations)
        .service(paper_batches::begin_paper_batch)
        .service(paper_batches::list_paper_batches)
        .service(paper_batches::show_paper_batch)
        .service(paper_batches::enter_old_papers)
        .service(paper_batches::close_paper_batch);
}

/// What the national portal sends, and what became of it.
fn from_the_portal(config: &mut ServiceConfig) {
    config
        .service(inbox::portal_callback)
        .service(inbox::list_flags)
        .service(inbox::settle_flag)
        .service(inbox::list_tax_notices)
        .service(inbox::list_portal_messages)
        .service(inbox::replay_portal_message);
}

/// What is paid, given back and counted of it.
fn money(config: &mut ServiceConfig) {
    config
        .service(payments::open_payment)
        .service(payments::list_payments)
        .service(payments::record_cash)
        .service(payments::record_card)
        .service(payments::payment_callback)
        .configure(ways_to_pay)
        .configure(receipts_and_statements)
        .service(refunds::propose_refund)
        .service(refunds::list_refunds)
        .service(refunds::show_refund)
        .service(refunds::approve_refund)
        .service(refunds::reject_refund)
        .service(refunds::pay_out_refund)
        .service(reports::show_takings);
}

/// What the post fetches and carries home.
fn post(config: &mut ServiceConfig) {
    config
        .service(shipments::ask_collection)
        .service(shipments::list_shipments)
        .service(shipments::send_again)
        .service(shipments::cancel_shipment)
        .service(shipments::take_back_shipment)
        .service(shipments::prove_delivery)
        .service(shipments::sign_minutes)
        .service(shipments::list_minutes)
        .service(shipments::show_minutes)
        .service(shipments::ask_price)
        .service(shipments::show_carrier_places)
        .service(shipments::replace_carrier_places)
        .service(shipments::count_waybills)
        .service(shipments::add_waybills)
        .service(shipments::show_unit_carrier)
        .service(shipments::choose_unit_carrier)
        .service(shipments::list_point_shipments)
        .service(shipments::list_refused_sightings)
        .service(shipments::settle_sighting)
        .service(shipments::carrier_callback);
}

/// The ways to pay beside a platform and cash.
fn ways_to_pay(config: &mut ServiceConfig) {
    config
        .service(payments::list_payment_ways)
        .service(payments::show_transfer_code)
        .service(payments::draw_transfer_code)
        .service(payments::claim_transfer)
        .service(payments::list_transfer_claims)
        .service(payments::confirm_transfer)
        .service(payments::reject_transfer)
        .service(payments::record_unit_account)
        .service(payments::list_unit_accounts);
}

/// What is given for money, and what others say of it.
fn receipts_and_statements(config: &mut ServiceConfig) {
    config
        .service(receipts::open_receipt_series)
        .service(receipts::list_receipt_series)
        .service(receipts::show_receipt_sheet)
        .service(receipts::list_fee_receipts)
        .service(receipts::show_fee_receipt)
        .service(receipts::list_dossier_receipts)
        .service(receipts::cancel_fee_receipt)
        .service(receipts::issue_fee_receipts)
        .service(payments::list_missing_receipts)
        .service(statements::compare_bank_statement)
        .service(statements::list_statements)
        .service(statements::show_statement)
        .service(statements::list_differences)
        .service(statements::show_statement_sheet)
        .service(statements::list_open_differences)
        .service(statements::settle_difference);
}

/// The way of a dossier inside the agency.
fn internal_process(config: &mut ServiceConfig) {
    config
        .service(dossiers::show_control_slip)
        .service(dossiers::consult_unit)
        .service(dossiers::list_dossier_consultations)
        .service(dossiers::record_visit)
        .service(dossiers::list_visits)
        .service(dossiers::correct_result)
        .service(dossiers::list_corrections)
        .service(ledger::show_ledger)
        .service(consultations::list_consultations)
        .service(consultations::show_consultation)
        .service(consultations::answer_consultation);
}

/// The catalogue and the places, which anybody may read.
fn open_to_everybody(config: &mut ServiceConfig) {
    config
        .service(catalogue::list_units)
        .service(catalogue::show_unit)
        .service(catalogue::list_unit_codes)
        .service(places::list_places)
        .service(places::show_place)
        .service(places::show_successors)
        .service(downtimes::list_downtimes)
        .service(catalogue::list_procedures)
        .service(catalogue::show_procedure)
        .service(catalogue::quote_procedure);
}

/// What only those who run the office are let into.
fn administration(config: &mut ServiceConfig) {
    config
        .service(admin::list_jobs)
        .service(admin::count_jobs)
        .service(admin::show_job)
        .service(admin::replay_job)
        .service(admin::cancel_job)
        .service(reconciliations::list_reconciliations)
        .service(reconciliations::start_reconciliation)
        .service(reconciliations::show_reconciliation)
        .service(reconciliations::list_findings)
        .service(admin::import_seeds)
        .service(calendars::list_calendars)
        .service(calendars::show_calendar)
        .service(calendars::draft_calendar)
        .service(calendars::replace_calendar)
        .service(calendars::remove_calendar)
        .service(calendars::show_effect)
        .service(calendars::show_effect_totals)
        .service(calendars::adopt_calendar)
        .service(calendars::recompute_under_calendar)
        .service(connectors::list_connectors)
        .service(connectors::show_connector)
        .service(connectors::set_connector_state)
        .service(connectors::set_service_state)
        .service(connectors::show_connector_days)
        .service(connectors::try_connector)
        .service(admin::list_assignments)
        .service(admin::give_unit_code)
        .service(downtimes::announce_downtime)
        .service(admin::assign_role)
        .service(admin::show_assignment)
        .service(admin::end_assignment);
}

/// From the national database to a revision in force here.
fn national_catalogue(config: &mut ServiceConfig) {
    config
        .service(publishing::pull_catalogue)
        .service(publishing::list_pulls)
        .service(publishing::show_pull)
        .service(publishing::list_national_lines)
        .service(publishing::list_revision_drafts)
        .service(publishing::show_revision_draft)
        .service(publishing::replace_revision_draft)
        .service(publishing::discard_revision_draft)
        .service(publishing::adopt_revision_draft);
}

/// What people say of the office and ask, and what the office can show of itself.
fn voices(config: &mut ServiceConfig) {
    config
        .service(dossiers::end_mandate)
        .service(ratings::rate_dossier)
        .service(ratings::show_satisfaction)
        .service(questions::list_questions)
        .service(questions::show_question)
        .service(questions::answer_question)
        .service(chronicle::list_access_log)
        .service(chronicle::list_chronicle)
        .service(chronicle::list_chronicle_keys)
        .service(chronicle::show_proof);
}
