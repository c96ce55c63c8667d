//! Each deed with the twin of its party: done, repeated, and done after the party was down.

mod apologies;
mod corrections;
mod files;
mod fixture;
mod housekeeping;
mod letters;
mod payments;
mod portal;
mod post;
mod slow;
mod sweeps;
mod warnings;
