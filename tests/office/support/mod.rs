//! What the tests stand on: a database of their own, a clock that stands still, and the servers at hand.

pub mod clear;
pub mod clock;
pub mod commune;
pub mod database;
pub mod evidence;
pub mod forced;
pub mod house;
pub mod keys;
pub mod log;
pub mod papers;
pub mod private_postgres;
pub mod private_redis;
pub mod servers;
