//! One policy: who sees what of whose dossier, asked at every door, and the mistakes other offices are known for.

mod advisories;
mod lists;
mod naming;
mod operations;
mod pairs;
mod reads;
mod rooms;
mod scene;
mod things;
mod writes;
