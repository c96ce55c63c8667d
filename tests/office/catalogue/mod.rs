//! `/v1/units`, `/v1/procedures`: what anybody may read.

mod procedures;
mod quotes;
mod unit_codes;
mod units;
