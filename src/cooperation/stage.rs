//! How far a cooperation has come, from the words of one sentence.
//!
//! Words of cooperation carry a stage; negation, modality and condition around them hold it back: what is not or not yet,
//! and what is to be, is at most proposed.

use super::Facts;
use super::word::words_of;
use crate::gazetteer::{Kind, Lookup};
use crate::pack::tables::{CooperationClass, Flag, Instrument, Stage, WordClass};
use crate::reading::Reading;
use std::ops::Range;

/// The stage that a sentence states, and the word that states it.
pub fn stage_of(facts: &Facts, tokens: &Range<usize>) -> (Stage, Option<Range<usize>>) {
    let strong = best_stage(facts, tokens, Flag::No);
    if strong.0 != Stage::Unset { strong } else { best_stage(facts, tokens, Flag::Yes) }
}

/// The stage of the words that are weak or not.
fn best_stage(facts: &Facts, tokens: &Range<usize>, weak: Flag) -> (Stage, Option<Range<usize>>) {
    let mut best: (Stage, Option<Range<usize>>) = (Stage::Unset, None);
    let reading = facts.reading;
    for lookup in words_of(facts, tokens) {
        let row = reading.pack.cooperation_word(lookup);
        if row.weak != weak {
            continue;
        }
        let stage = held_back(reading, tokens, lookup, row.class, row.stage);
        if rank(stage) > rank(best.0) {
            best = (stage, Some(lookup.start..lookup.end));
        }
    }
    best
}

/// What carries the cooperation, if a word of the sentence says it.
pub fn instrument_of(facts: &Facts, tokens: &Range<usize>) -> Instrument {
    let instruments = words_of(facts, tokens).map(|lookup| facts.reading.pack.cooperation_word(lookup).instrument);
    instruments
        .filter(|instrument| *instrument != Instrument::Unset)
        .min_by_key(|i| generality(*i))
        .unwrap_or(Instrument::Unset)
}

/// A named treaty says more than a visit at which it was signed.
fn generality(instrument: Instrument) -> usize {
    match instrument {
        Instrument::Unset => 9,
        Instrument::Visit | Instrument::Forum => 3,
        Instrument::Agreement | Instrument::Project => 2,
        _ => 1,
    }
}

/// Later stages win; a dispute or an end wins over all, for it says how things stand now.
fn rank(stage: Stage) -> usize {
    stage as usize
}

fn held_back(
    reading: &Reading,
    tokens: &Range<usize>,
    lookup: &Lookup,
    class: CooperationClass,
    stage: Stage,
) -> Stage {
    let near = lookup.start.saturating_sub(4).max(tokens.start)..lookup.start;
    let any = |wanted: &[WordClass]| {
        near.clone().any(|at| reading.at(Kind::Word, at).is_some_and(|l| wanted.contains(&reading.pack.word(l).class)))
    };
    if any(&[WordClass::Negation]) {
        return match class {
            CooperationClass::Stall | CooperationClass::End => Stage::Unset,
            _ => Stage::Proposed,
        };
    }
    let planned = any(&[WordClass::Modal, WordClass::Conditional]);
    match stage {
        Stage::Agreed | Stage::Active | Stage::Ended if planned => Stage::Proposed,
        other => other,
    }
}
