//! The words of cooperation in a sentence: which of them can carry a record, and what speaks against all of them.

use super::Facts;
use crate::gazetteer::{Kind, Lookup};
use crate::pack::tables::{ContextClass, CooperationClass, Flag, WordClass};
use crate::sentence::Sentence;
use std::ops::Range;

/// The words of cooperation in `tokens` that are no part of an office or a body (`Menteri Perdagangan`).
pub fn words_of<'a>(facts: &'a Facts, tokens: &'a Range<usize>) -> impl Iterator<Item = &'a Lookup> {
    let reading = facts.reading;
    let named = move |at: usize| {
        let capital = reading.tokens[at].is_capitalized();
        let body = capital
            && (reading.covering(Kind::Institution, at).is_some()
                || at > tokens.start && reading.covering(Kind::Institution, at - 1).is_some_and(|l| l.end == at));
        body || facts.persons.within(tokens).iter().any(|mention| mention.tokens.contains(&at))
    };
    let found = tokens.clone().filter_map(move |at| reading.at(Kind::Cooperation, at));
    found.filter(move |lookup| lookup.end <= tokens.end && !named(lookup.start))
}

/// The first word of cooperation that can carry a record by itself: what only colours another word, cannot.
pub fn strongest_word(facts: &Facts, tokens: &Range<usize>) -> Option<Range<usize>> {
    let words = words_of(facts, tokens);
    let strong = words.filter(|lookup| is_strong(facts, lookup));
    // A trade or investment that flows says less of a relation than a word for the relation itself.
    let flows = |lookup: &&Lookup| facts.reading.pack.cooperation_word(lookup).class == CooperationClass::Flow;
    strong.min_by_key(|lookup| (flows(lookup), lookup.start)).map(|lookup| lookup.start..lookup.end)
}

/// A noun or verb of cooperation, a flow, an agreement or talks; what is raised or wished for only with its object
/// (`meningkatkan investasi`, `peluang kerja sama`).
fn is_strong(facts: &Facts, lookup: &Lookup) -> bool {
    use CooperationClass::{Agree, Flow, Noun, Running, Talks, Upgrade, Verb, Wish};
    let row = facts.reading.pack.cooperation_word(lookup);
    let with_object = lookup.end > lookup.start + 1;
    row.weak == Flag::No
        && match row.class {
            Noun | Verb | Flow | Agree | Talks => true,
            Upgrade | Wish | Running => with_object,
            CooperationClass::Meeting | CooperationClass::Stall | CooperationClass::End | CooperationClass::Offer => {
                false
            }
        }
}

/// Whether the word of cooperation is one that a sentence without a partner may go on with.
pub fn is_self_contained(facts: &Facts, cue: &Range<usize>) -> bool {
    facts.reading.at(Kind::Cooperation, cue.start).is_some_and(|lookup| {
        matches!(
            facts.reading.pack.cooperation_word(lookup).class,
            CooperationClass::Noun | CooperationClass::Agree | CooperationClass::Talks
        )
    })
}

/// Contexts that outweigh the words of cooperation. Goods and travellers that flow say little beside crime, conflict or sport.
pub fn speaks_against(facts: &Facts, sentence: &Sentence) -> bool {
    use CooperationClass::{Agree, Flow, Noun, Offer, Talks, Verb};
    let (mut market, mut other) = (0, 0);
    for at in sentence.tokens.clone() {
        for lookup in facts.reading.lookups.all_at(Kind::Context, at) {
            match facts.reading.pack.context(lookup).class {
                ContextClass::Market => market += 1,
                ContextClass::Sport | ContextClass::Conflict => other += 1,
                _ => {}
            }
        }
    }
    let (mut flows, mut relations, mut strong) = (0, 0, 0);
    for lookup in words_of(facts, &sentence.tokens) {
        let class = facts.reading.pack.cooperation_word(lookup).class;
        let carries = is_strong(facts, lookup);
        flows += usize::from(class == Flow);
        relations += usize::from(class != Flow && (carries || matches!(class, Noun | Verb | Agree | Talks | Offer)));
        strong += usize::from(class != Flow && carries);
    }
    let against = market + other;
    against > flows + relations || other > 0 && strong == 0 || against > 0 && relations == 0 && flows <= against
}

/// The first word that wishes for or offers a cooperation, modal verbs left aside.
pub fn wish_in(facts: &Facts, tokens: &Range<usize>) -> Option<Range<usize>> {
    let wishes = words_of(facts, tokens).filter(|lookup| {
        facts.reading.pack.cooperation_word(lookup).class == CooperationClass::Wish
            && facts.reading.at_class(Kind::Word, lookup.start, WordClass::Modal as u8).is_none()
    });
    wishes.map(|lookup| lookup.start..lookup.end).next()
}
