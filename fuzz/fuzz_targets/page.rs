//! Any bytes as a page; `tests/hostile` says what must hold.
#![no_main]

libfuzzer_sys::fuzz_target!(|bytes: &[u8]| warta_fuzz::hostile::page(bytes));
