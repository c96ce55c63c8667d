//! How we know: one binary whose tree is the URL tree, the job tree, the journeys and the guards.

mod admin;
mod catalogue;
mod deeds;
mod guards;
mod identity;
mod jobs;
mod manners;
mod openapi;
mod processes;
mod support;
