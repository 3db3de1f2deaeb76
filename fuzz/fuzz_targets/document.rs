//! Any bytes as a document; `tests/hostile` says what must hold.
#![no_main]

#[allow(dead_code)] // Each target calls one entrance of several.
#[path = "../../tests/hostile/mod.rs"]
mod hostile;

libfuzzer_sys::fuzz_target!(|bytes: &[u8]| hostile::document(bytes));
