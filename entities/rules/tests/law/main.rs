//! The law kept by `rules`, rule by rule; test names carry the ids of the rules.
#![expect(clippy::unwrap_used, clippy::indexing_slicing, reason = "a test may stop at the first surprise")]

mod calendar;
mod clock;
mod codes;
mod examples;
mod fees;
mod folding;
mod forecast;
mod fuzz;
mod lifecycle;
mod lifecycle_walks;
mod national;
mod office;
mod past;
mod openness;
mod places;
mod process;
mod properties;
mod refunds;
mod terms;
mod vietqr;
mod warnings;
mod words;
