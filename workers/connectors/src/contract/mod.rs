//! What every connector must be able to do, said once for each kind of party; the suite and `motcua doctor` use it.

pub mod samples;
