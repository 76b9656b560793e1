//! The `forms` crate.
