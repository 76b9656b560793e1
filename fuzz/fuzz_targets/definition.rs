#![no_main]

#[path = "../bodies/definition.rs"]
mod definition;

libfuzzer_sys::fuzz_target!(|bytes: &[u8]| definition::run(bytes));
