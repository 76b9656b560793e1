//! The `vietnam` crate.
