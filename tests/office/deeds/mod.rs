//! Each deed with the twin of its party: done, repeated, and done after the party was down.

mod apologies;
mod corrections;
mod digitisations;
mod files;
pub mod fixture;
mod housekeeping;
mod letters;
mod money;
mod payments;
mod portal;
mod portal_accounts;
mod portal_batches;
pub mod portal_record;
mod post;
mod post_following;
mod post_orders;
mod post_words;
mod refund_letters;
mod revocations;
mod slow;
mod store;
mod sweeps;
mod vouchers;
mod warnings;
