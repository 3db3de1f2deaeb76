//! Which countries `negara itu`, `kedua negara` and `mereka` mean.

use super::Facts;
use super::role::Scene;
use crate::gazetteer::Kind;
use crate::pack::tables::ReferenceClass;
use crate::sentence::Sentence;

/// The foreign countries that were last spoken of.
#[derive(Clone, Debug, Default)]
pub struct Referents {
    /// All countries of the last sentence that named any.
    last: Vec<String>,
    /// The last single country.
    single: Option<String>,
    /// The paragraph of that sentence.
    paragraph: usize,
}

impl Referents {
    /// The codes that the references of a sentence mean.
    pub fn meant_by(&self, facts: &Facts, sentence: &Sentence) -> Vec<String> {
        let mut meant = Vec::new();
        for at in sentence.tokens.clone() {
            let Some(lookup) = facts.reading.at(Kind::Reference, at) else { continue };
            match facts.reading.pack.reference(lookup).class {
                ReferenceClass::That | ReferenceClass::Both => meant.extend(self.single.clone()),
                ReferenceClass::All => meant.extend(self.last.iter().cloned()),
                ReferenceClass::They | ReferenceClass::Home => {}
            }
        }
        meant.dedup();
        meant
    }

    /// The countries that a sentence without any continues to speak of, within its paragraph.
    pub fn continued(&self, sentence: &Sentence) -> &[String] {
        if self.paragraph == sentence.paragraph { &self.last } else { &[] }
    }

    /// Remembers the countries of a sentence that has been read.
    pub fn pass(&mut self, facts: &Facts, sentence: &Sentence, scene: &Scene) {
        let named: Vec<String> = scene.foreign.clone();
        if let Some(last) = named.last() {
            self.single = Some(last.clone());
            self.last = named;
            self.paragraph = sentence.paragraph;
        } else if !scene.partners.is_empty() {
            self.paragraph = sentence.paragraph;
        }
        let _ = facts;
    }
}
