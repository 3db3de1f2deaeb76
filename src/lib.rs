//! warta reads Indonesian, English and Malay news text and writes tables of facts: which partner countries, which
//! sectors, which officials said what, and which cooperation is proposed, agreed or under way, each with its evidence.
//!
//! # The flow
//!
//! ```text
//!  intake ──> Document ──token──> Token ──gazetteer──> Lookup          a pack (tables, parameters, rules) is read-only
//!                                   │                                   and shared by all threads
//!                                reading ──> frame ──> sentence ──> mention ──> quote ──> cooperation ──> record
//!                                                                                  ──> summary ──> run ──> sink
//! ```
//!
//! Each stage is a plain function of what came before it and the pack; no stage changes an earlier result. The rooms
//! below stand in the order in which data flows, and a room uses only rooms above it; `tests/house.rs` holds that.
//! [`pipeline`] alone knows the order of the stages and the threads. The disk is touched by [`intake`], by the loader of
//! [`pack`], and by [`sink`].
//!
//! [`run`] says what a run is asked for; [`likeness`] tells which texts are nearly the same; [`summary`] sums up, over all
//! articles, how cooperation stands with each partner in each sector.
//!
//! [`gap`] asks of the same findings what the tables lack; nothing of its answers reaches the tables of a run.
//!
//! Spans are half-open byte ranges inside the program and code points in tables; [`span`] has the one conversion.
//!
//! # A language is data
//!
//! `lexicons/<language>/` holds tables (`*.csv`), grammar parameters (`pack.toml`) and rules (`rules/*.toml`) that show
//! their examples; `lexicons/shared/` holds what languages have in common. They are built into the program and can be
//! laid over ([`pack::Layers`]). [`proof`] runs every rule's examples through the real pipeline.
//!
//! # As a library
//!
//! ```
//! use warta::document::Document;
//! use warta::pack::{Layers, Packs};
//! use warta::pipeline::extract_document;
//!
//! # fn main() -> Result<(), warta::error::Error> {
//! let packs = Packs::only(&Layers::default(), "id")?;
//! let text = "Indonesia menjajaki kerja sama pendidikan dengan Jepang. \
//!             \"Kami berharap banyak,\" kata Menteri Pendidikan Sekar Prameswari di Jakarta.";
//! let rows = extract_document(&Document::from_text("contoh.txt", text), &packs, None, false);
//!
//! assert_eq!(rows.cooperation[0].partner, "JPN");
//! assert_eq!(rows.cooperation[0].sector, "education");
//! assert_eq!(rows.quotes[0].speaker, "Sekar Prameswari");
//! assert_eq!(rows.quotes[0].rule, "content-cue-speaker");
//! # Ok(())
//! # }
//! ```
#![forbid(unsafe_code)]
#![warn(missing_docs)]
// Without a feature its readers refuse their input, and what serves only them is not called.
#![cfg_attr(not(all(feature = "archives", feature = "html")), allow(dead_code))]

pub mod span;
pub mod error;
pub mod document;
pub mod intake;
pub mod token;
pub mod likeness;
pub mod pattern;
pub mod gazetteer;
pub mod pack;
pub mod language;
pub mod reading;
pub mod frame;
pub mod sentence;
pub mod matcher;
pub mod mention;
pub mod quote;
pub mod cooperation;
pub mod record;
pub mod summary;
pub mod gap;
pub mod run;
pub mod sink;
pub mod pipeline;
pub mod proof;
pub mod score;
