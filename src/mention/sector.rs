//! Fields of cooperation that the text names: one mention for each longest term of the sector table.

use crate::frame::Frame;
use crate::gazetteer::Kind;
use crate::pack::tables::SectorClass;
use crate::reading::Reading;
use crate::span::Span;
use std::ops::Range;

/// One term of a sector.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SectorMention {
    /// Code of `sector-codes.csv`.
    pub sector: String,
    /// Its tokens.
    pub tokens: Range<usize>,
    /// Its bytes.
    pub span: Span,
    /// How the term names the sector.
    pub class: SectorClass,
    /// The table row that made it.
    pub rule: String,
}

/// Every sector term in the passages, in order.
pub fn find_sectors(reading: &Reading, frame: &Frame) -> Vec<SectorMention> {
    let tokens = frame.passages.iter().flat_map(|passage| passage.tokens.clone());
    tokens
        .filter_map(|at| reading.at(Kind::Sector, at))
        .map(|lookup| {
            let row = reading.pack.sector(lookup);
            let tokens = lookup.start..lookup.end;
            SectorMention {
                sector: row.sector.clone(),
                span: reading.span(&tokens),
                tokens,
                class: row.class,
                rule: format!("sectors/{}", row.form),
            }
        })
        .collect()
}
