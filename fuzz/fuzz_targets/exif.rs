#![no_main]

#[path = "../bodies/exif.rs"]
mod exif;

libfuzzer_sys::fuzz_target!(|bytes: &[u8]| exif::run(bytes));
