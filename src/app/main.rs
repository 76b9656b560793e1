//! The `app` crate.
fn main() {}
