//! How we know: one binary whose tree is the URL tree, the job tree, the journeys and the guards.

mod admin;
mod calendars;
mod catalogue;
mod commands;
mod deeds;
mod dossiers;
mod downtimes;
mod drafts;
mod forms;
mod guards;
mod identity;
mod internal_process;
mod jobs;
mod journeys;
mod lookups;
mod manners;
mod openapi;
mod payments;
mod places;
mod processes;
mod queries;
mod queues;
mod refunds;
mod reports;
mod support;
mod warnings;
