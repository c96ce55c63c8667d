//! From the national database to a revision in force: what is published is drawn as a draft, a person adopts it.

mod drafts;
mod readings;
mod scene;
