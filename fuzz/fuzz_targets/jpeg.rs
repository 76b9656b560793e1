#![no_main]

#[path = "../bodies/jpeg.rs"]
mod jpeg;

libfuzzer_sys::fuzz_target!(|bytes: &[u8]| jpeg::run(bytes));
