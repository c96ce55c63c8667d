//! What outside parties say at our doors: every door is attacked in every way, and a door without its attacks is found.

mod attacks;
mod doors;
mod image;
mod letter;
