//! Paper forms: issued by their acts, made into files, read by whom they are for, printed again as they were.

mod acts;
mod desk;
mod making;
mod pages;
mod readers;
mod registers;
