//! The `documents` crate.
