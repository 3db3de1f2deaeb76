//! Any bytes as a file of rules; `tests/hostile` says what must hold.
#![no_main]

libfuzzer_sys::fuzz_target!(|bytes: &[u8]| warta_fuzz::hostile::rules(bytes));
