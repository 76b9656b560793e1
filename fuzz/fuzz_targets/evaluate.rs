#![no_main]

#[path = "../bodies/evaluate.rs"]
mod evaluate;

libfuzzer_sys::fuzz_target!(|bytes: &[u8]| evaluate::run(bytes));
