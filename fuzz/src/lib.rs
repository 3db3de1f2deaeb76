//! What the fuzz targets hold any bytes to: the laws of `tests/hostile`, which `cargo test --test crashes` calls too.

#[path = "../../tests/hostile/mod.rs"]
pub mod hostile;
