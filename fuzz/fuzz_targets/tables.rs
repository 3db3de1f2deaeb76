//! Any bytes as a lexicon table; `tests/hostile` says what must hold.
#![no_main]

libfuzzer_sys::fuzz_target!(|bytes: &[u8]| warta_fuzz::hostile::tables(bytes));
