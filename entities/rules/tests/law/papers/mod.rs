//! Papers read field by field with the rules that are shipped.

mod noise;
mod page;
mod recognising;
mod samples;
mod shipped;
mod sureness;
