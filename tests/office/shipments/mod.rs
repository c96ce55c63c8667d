//! The post over the API: both legs, minutes, what came back, who sees what, prices and the carriers' own voice.

mod carriers;
mod collecting;
mod coming_back;
mod minutes;
mod points;
mod refused;
pub mod scene;
