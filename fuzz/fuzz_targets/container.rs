//! A name and any bytes as the container of that name; `tests/hostile` says what must hold.
#![no_main]

libfuzzer_sys::fuzz_target!(|bytes: &[u8]| warta_fuzz::hostile::container(bytes));
