//! The way of a dossier inside the agency: the slip, opinions of others, visits, kept originals, corrected results.

pub mod consulting;
mod correcting;
mod originals;
mod scene;
mod slips;
mod visiting;
