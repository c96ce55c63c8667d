//! What was seen in the field and cannot happen here (law.md §10); those of the portal's wire stand beside it.

mod certificates;
mod hostile_text;
mod passwords;
mod told;
