#![no_main]

#[path = "../bodies/lint.rs"]
mod lint;

libfuzzer_sys::fuzz_target!(|bytes: &[u8]| lint::run(bytes));
