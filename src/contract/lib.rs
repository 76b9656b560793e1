//! The `contract` crate.
