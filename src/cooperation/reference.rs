//! Which countries `negara itu`, `kedua negara` and `mereka` mean.

use super::Facts;
use super::scene::Scene;
use crate::gazetteer::Kind;
use crate::pack::tables::ReferenceClass;
use crate::sentence::Sentence;
use std::ops::Range;

/// The foreign countries that were last spoken of.
#[derive(Clone, Debug, Default)]
pub struct Referents {
    /// All countries of the last sentence that named any.
    last: Vec<String>,
    /// The number of that sentence.
    last_sentence: usize,
    /// The partners of the sentence before this one.
    partners: Vec<String>,
    /// That sentence's number.
    sentence: usize,
    /// The last partner of the article.
    partner: Option<String>,
    /// Whether the last sentence that named two foreign countries or more did so without home: `kedua negara` is then
    /// theirs and not home's.
    foreign_pair: bool,
}

impl Referents {
    /// The codes that the references of a sentence mean, home left out; of those only whose tokens `counts` approves.
    pub fn meant_by(&self, facts: &Facts, sentence: &Sentence, counts: impl Fn(&Range<usize>) -> bool) -> Vec<String> {
        let mut meant: Vec<String> = Vec::new();
        for at in sentence.tokens.clone() {
            let found = facts.reading.at(Kind::Reference, at);
            let Some(lookup) = found.filter(|lookup| counts(&(lookup.start..lookup.end))) else { continue };
            match facts.reading.pack.reference(lookup).class {
                ReferenceClass::Both if !self.foreign_pair => {
                    meant.extend(self.partner.clone().or_else(|| self.last.last().cloned()))
                }
                // `negara itu` in talk of cooperation is the partner, whatever country was named in passing since.
                ReferenceClass::That => meant.extend(self.partner.clone().or_else(|| self.last.last().cloned())),
                ReferenceClass::All => meant.extend(self.last.iter().cloned()),
                ReferenceClass::Both | ReferenceClass::They | ReferenceClass::Home | ReferenceClass::Here => {}
            }
        }
        meant.sort();
        meant.dedup();
        meant
    }

    /// The partners of the sentence before, if the text goes straight on from it.
    pub fn continued(&self, number: usize) -> &[String] {
        if self.sentence + 1 == number { &self.partners } else { &[] }
    }

    /// The one foreign country of the sentence before, whoever came from there: `Mereka menjajaki …` goes on about them.
    pub fn visitor(&self, number: usize) -> Option<String> {
        match self.last.as_slice() {
            [one] if self.last_sentence + 1 == number => Some(one.clone()),
            _ => None,
        }
    }

    /// Remembers the countries of sentence `number`, which has been read.
    pub fn pass(&mut self, number: usize, scene: &Scene) {
        if !scene.foreign.is_empty() {
            self.foreign_pair = scene.foreign.len() > 1 && !scene.home;
            self.last = scene.foreign.clone();
            self.last_sentence = number;
        }
        if !scene.partners.is_empty() {
            self.partner = scene.partners.last().map(|partner| partner.code.clone());
            self.partners = scene.partners.iter().map(|partner| partner.code.clone()).collect();
            self.sentence = number;
        }
    }
}
