//! The `worker` crate.
fn main() {}
