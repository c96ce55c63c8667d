//! The law kept by `rules`, rule by rule; test names carry the ids of the rules.
#![expect(clippy::unwrap_used, clippy::indexing_slicing, reason = "a test may stop at the first surprise")]

mod calendar;
mod children;
mod clock;
mod codes;
mod examples;
mod fees;
mod folding;
mod forecast;
mod fuzz;
mod lifecycle;
mod lifecycle_walks;
mod mandates;
mod national;
mod office;
mod openness;
mod papers;
mod past;
mod places;
mod post;
mod process;
mod properties;
mod refunds;
mod regime;
mod results;
mod terms;
mod vietqr;
mod warnings;
mod words;
