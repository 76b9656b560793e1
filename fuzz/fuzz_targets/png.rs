#![no_main]

#[path = "../bodies/png.rs"]
mod png;

libfuzzer_sys::fuzz_target!(|bytes: &[u8]| png::run(bytes));
