//! Any bytes as a gold file; `tests/hostile` says what must hold.
#![no_main]

libfuzzer_sys::fuzz_target!(|bytes: &[u8]| warta_fuzz::hostile::gold(bytes));
