#![no_main]

#[path = "../bodies/qr.rs"]
mod qr;

libfuzzer_sys::fuzz_target!(|bytes: &[u8]| qr::run(bytes));
