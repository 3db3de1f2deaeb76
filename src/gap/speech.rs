//! Unknown words where a reporting cue should stand: between a quotation and its speaker, before `that`, between a comma
//! and a speaker at a sentence's end.

use super::{Gap, is_unknown_word};
use crate::gazetteer::Kind;
use crate::mention::PersonMention;
use crate::pack::tables::{CueClass, PronounClass, WordClass};
use crate::reading::Reading;
use crate::record::Findings;

/// The words where cues should stand, with the class that their place speaks for.
pub(super) fn cues(found: &Findings, gaps: &mut Vec<Gap>) {
    let reading = found.reading;
    let mut add = |at: usize, class: CueClass| {
        gaps.push(Gap { table: "cues", tokens: at..at + 1, hint: class.name() });
    };
    for marked in found.sentences.marked.iter().filter(|marked| !marked.odd && !marked.inner.is_empty()) {
        let last = marked.inner.end - 1;
        let comma = usize::from(reading.is(marked.outer.end, ","));
        let spoken = comma > 0 || reading.is(last, ",") || reading.is_stop(last);
        let at = marked.outer.end + comma;
        if !spoken || reading.tokens.get(at).is_none_or(|token| token.line_ends > 0) {
            continue;
        }
        if is_candidate(found, at) {
            if speaker_at(found, past_determiner(reading, at + 1)) {
                add(at, CueClass::Bare);
            } else if is_suffixed(reading, at) && ends_clause(reading, at + 1) {
                add(at, CueClass::Suffixed);
            }
        } else if let Some(mention) = named_at(found, at)
            && is_candidate(found, mention.tokens.end)
            && ends_clause(reading, mention.tokens.end + 1)
        {
            add(mention.tokens.end, CueClass::Active);
        }
    }
    for mention in found.persons.mentions.iter().filter(|mention| mention.named()) {
        let (start, end) = (mention.tokens.start, mention.tokens.end);
        // `Budi membeberkan bahwa …`
        let that = reading.at_class(Kind::Word, end + 1, WordClass::That as u8).is_some();
        if that && is_candidate(found, end) && is_clause(found, mention) {
            add(end, CueClass::Active);
        }
        // `…, ungkap Budi Santoso di Medan.` in texts without marks.
        let Some(at) = start.checked_sub(1).filter(|at| *at > 0 && reading.is(at - 1, ",")) else { continue };
        let person = mention.person.map(|number| &found.persons.people[number]);
        let full = person.is_some_and(|person| person.is_established(&found.persons.name_words));
        let everyday = reading.pack.is_common(reading.tokens[at].word);
        // Before a further comma it explains a name: `Budi, pemilik warung Sari, …`.
        let closes = ends_clause(reading, end) && !reading.is(end, ",");
        if full && !everyday && is_candidate(found, at) && closes {
            add(at, CueClass::Bare);
        }
    }
}

/// Whether name and word before `that` are subject and verb: in `the Bush administration that …` they are a noun.
fn is_clause(found: &Findings, mention: &PersonMention) -> bool {
    let reading = found.reading;
    let prefixes = &reading.pack.params.clause.verb_prefixes;
    let word = reading.token_text(mention.tokens.end);
    let verb = prefixes.iter().any(|prefix| word.starts_with(prefix.as_str()));
    let governed = mention.tokens.start.checked_sub(1).is_some_and(|before| {
        let class = reading.covering(Kind::Word, before).map(|lookup| reading.pack.word(lookup).class);
        matches!(class, Some(WordClass::Determiner | WordClass::Preposition))
    });
    !governed && (verb || !reading.pack.is_common(reading.tokens[mention.tokens.end].word))
}

/// A word in small letters on the line of the one before, and in no headline.
fn is_candidate(found: &Findings, at: usize) -> bool {
    let untitled = found.sentences.holding(at).is_some_and(|number| !found.sentences.all[number].title);
    untitled
        && is_unknown_word(found, at)
        && found.reading.tokens[at].line_ends == 0
        && found.reading.at(Kind::Cooperation, at).is_none()
        && found.reading.at(Kind::Institution, at).is_none()
}

fn named_at<'f>(found: &'f Findings, at: usize) -> Option<&'f PersonMention> {
    let mentions = &found.persons.mentions;
    let number = mentions.binary_search_by_key(&at, |mention| mention.tokens.start).ok()?;
    Some(&mentions[number]).filter(|mention| mention.named())
}

fn past_determiner(reading: &Reading, at: usize) -> usize {
    at + usize::from(reading.at_class(Kind::Word, at, WordClass::Determiner as u8).is_some_and(|l| l.end == at + 1))
}

/// Whether a name, an office or a pronoun of one person stands here.
fn speaker_at(found: &Findings, at: usize) -> bool {
    let mentions = &found.persons.mentions;
    mentions.binary_search_by_key(&at, |mention| mention.tokens.start).is_ok()
        || found.reading.at_class(Kind::Pronoun, at, PronounClass::Singular as u8).is_some()
}

/// Whether the word has the ending that stands for a speaker.
fn is_suffixed(reading: &Reading, at: usize) -> bool {
    let suffix = reading.pack.params.clause.nominal_suffix.as_str();
    !suffix.is_empty() && reading.token_text(at).ends_with(suffix)
}

/// Whether the clause ends here, or goes on with where and when.
fn ends_clause(reading: &Reading, at: usize) -> bool {
    let class = |class: WordClass| reading.at_class(Kind::Word, at, class as u8).is_some();
    reading.tokens.get(at).is_none_or(|token| token.line_ends > 0)
        || reading.is_stop(at)
        || reading.is(at, ",")
        || reading.at(Kind::Calendar, at).is_some()
        || class(WordClass::Preposition)
        || class(WordClass::Temporal)
}
