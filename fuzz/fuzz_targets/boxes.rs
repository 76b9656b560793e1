#![no_main]

#[path = "../bodies/boxes.rs"]
mod boxes;

libfuzzer_sys::fuzz_target!(|bytes: &[u8]| boxes::run(bytes));
