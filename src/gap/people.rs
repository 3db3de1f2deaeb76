//! Unknown offices before and behind names, and unknown bodies behind offices.

use super::{Gap, in_person, is_unknown_name, is_unknown_word};
use crate::gazetteer::Kind;
use crate::mention::PersonMention;
use crate::mention::office::institution_at;
use crate::pack::tables::{CueClass, HonorificClass, InstitutionClass, PositionClass, WordClass};
use crate::quote::Speaker;
use crate::reading::Reading;
use crate::record::Findings;
use crate::token::{Shape, TokenKind};
use std::ops::Range;

/// The most small words before a name that may be an office.
const LONGEST_OFFICE: usize = 5;
/// The most words of a body's name that are taken.
const LONGEST_BODY: usize = 5;

/// Small words between a cue and a name or behind a name and a comma, and unknown short forms before a body or rank.
pub(super) fn positions(found: &Findings, gaps: &mut Vec<Gap>) {
    let mut add = |tokens: Range<usize>| {
        gaps.push(Gap { table: "positions", tokens, hint: PositionClass::Head.name() });
    };
    for cue in cues_before_speakers(found) {
        let at = past_articles(found.reading, cue);
        if let Some(head) = office_before_name(found, at).or_else(|| short_form(found, at)) {
            add(head);
        }
    }
    for mention in &found.persons.mentions {
        // One who speaks: behind other names places and firms are explained too.
        let speaks =
            mention.person.is_some_and(|person| found.quotes.iter().any(|q| q.speaker == Speaker::Person(person)));
        let Some(name) = mention.name.as_ref().filter(|_| mention.office.is_none() && speaks) else { continue };
        let first = mention.person.is_some_and(|person| found.persons.people[person].first.start == name.start);
        let introduced = first && name.len() > 1;
        let before = introduced.then(|| words_before_name(found, mention.tokens.start)).flatten();
        let behind = if is_governed(found.reading, name.start) { None } else { office_behind_name(found, name.end) };
        before.into_iter().chain(behind).for_each(&mut add);
    }
}

/// The tokens behind each cue that a speaker follows, outside of headlines.
fn cues_before_speakers<'f>(found: &'f Findings) -> impl Iterator<Item = usize> + 'f {
    let reading = found.reading;
    let lookups = reading.lookups.of(Kind::Cue).filter(move |lookup| {
        let class = reading.pack.cue(lookup).class;
        let titled = found.sentences.holding(lookup.start).is_none_or(|number| found.sentences.all[number].title);
        !titled && matches!(class, CueClass::Bare | CueClass::According | CueClass::Passive | CueClass::Closing)
    });
    lookups.map(|lookup| lookup.end)
}

/// Passes over agents' words and articles: `oleh`, `seorang`, `the`.
fn past_articles(reading: &Reading, mut at: usize) -> usize {
    let small = |at: usize| {
        let class = |class: WordClass| reading.at_class(Kind::Word, at, class as u8).is_some_and(|l| l.end == at + 1);
        class(WordClass::Determiner)
            || class(WordClass::Anonymous)
            || reading.pack.params.clause.agent_words.iter().any(|word| word == reading.token_text(at))
    };
    while small(at) {
        at += 1;
    }
    at
}

/// `kata pemilik warung Sumiati`: the head of the small words before a name.
fn office_before_name(found: &Findings, at: usize) -> Option<Range<usize>> {
    let reading = found.reading;
    let mut end = at;
    while end < at + LONGEST_OFFICE && is_office_word(found, end) {
        end += 1;
    }
    let mentions = &found.persons.mentions;
    // Behind what is known as an office the words before it only describe.
    let bare = |mention: &PersonMention| mention.named() && mention.office.is_none();
    let named = mentions.binary_search_by_key(&end, |mention| mention.tokens.start).is_ok_and(|n| bare(&mentions[n]));
    if at == end || !named || reading.tokens[end].line_ends > 0 {
        return None;
    }
    Some(head_of(reading, at..end))
}

/// `pemerhati burung Jarwo Santosa mengatakan …`: the head of the small words before the name of one who speaks.
fn words_before_name(found: &Findings, name: usize) -> Option<Range<usize>> {
    let reading = found.reading;
    let mut start = name;
    while start > 0
        && name - start < LONGEST_OFFICE
        && reading.tokens[start].line_ends == 0
        && is_office_word(found, start - 1)
        && !is_verb(reading, start - 1)
    {
        start -= 1;
    }
    let before = start.checked_sub(1);
    let joined = before.is_some_and(|at| reading.is_dash(at) && reading.tokens[at].glued);
    // Where heads stand first, the words before a name are its office only if they open the clause.
    let opens = reading.pack.params.office.modifiers_before
        || found.sentences.all.iter().any(|sentence| sentence.tokens.start == start)
        || before.is_some_and(|at| {
            let that = reading.covering(Kind::Word, at).is_some_and(|l| reading.pack.word(l).class == WordClass::That);
            reading.is(at, ",") || that || reading.covering(Kind::Cue, at).is_some()
        });
    (start < name && !joined && opens).then(|| head_of(reading, start..name))
}

/// `Menurut Budi, harga beras …`, `Bagi Budi, pasar …`: behind a name that a cue or preposition governs stands a clause.
fn is_governed(reading: &Reading, name: usize) -> bool {
    name.checked_sub(1).is_some_and(|at| {
        let preposition =
            reading.covering(Kind::Word, at).is_some_and(|l| reading.pack.word(l).class == WordClass::Preposition);
        preposition || reading.covering(Kind::Cue, at).is_some()
    })
}

/// Whether a word in small letters may be part of an office: unknown, and no body, place or agency.
fn is_office_word(found: &Findings, at: usize) -> bool {
    let other = [Kind::Institution, Kind::Place, Kind::Agency];
    is_unknown_word(found, at) && !other.iter().any(|kind| found.reading.covering(*kind, at).is_some())
}

/// The word that says what somebody is: the first, or the last where modifiers stand before.
fn head_of(reading: &Reading, words: Range<usize>) -> Range<usize> {
    if reading.pack.params.office.modifiers_before { words.end - 1..words.end } else { words.start..words.start + 1 }
}

/// `kata Kapoksahli TNI AL …`, `ujar Kasatpolair Iptu Budi …`: an unknown short form before a body or a rank.
fn short_form(found: &Findings, at: usize) -> Option<Range<usize>> {
    let reading = found.reading;
    let next = at + 1;
    if !is_unknown_name(found, at) || reading.tokens.get(next).is_none_or(|token| token.line_ends > 0) {
        return None;
    }
    let body = reading
        .at(Kind::Institution, next)
        .is_some_and(|l| matches!(reading.pack.institution(l).class, InstitutionClass::Head | InstitutionClass::Name));
    let rank =
        reading.at(Kind::Honorific, next).is_some_and(|l| reading.pack.honorific(l).class == HonorificClass::Rank);
    // Part of somebody's longer name, it is no office.
    let of_name = found.persons.people.iter().any(|person| {
        person.name.len() > 1 && person.name.clone().any(|word| reading.token_text(word) == reading.token_text(at))
    });
    let known = reading.tokens[next].is_capitalized() && (body || rank) && !of_name;
    known.then_some(at..next)
}

/// `Jarwo, pemerhati burung, …`: the head of the small words behind a name and a comma.
fn office_behind_name(found: &Findings, name_end: usize) -> Option<Range<usize>> {
    let reading = found.reading;
    if !reading.is(name_end, ",") {
        return None;
    }
    let from = past_articles(reading, name_end + 1);
    let article = from > name_end + 1;
    let mut end = from;
    while end < from + LONGEST_OFFICE && is_office_word(found, end) && !is_verb(reading, end) {
        end += 1;
    }
    if from == end {
        return None;
    }
    let before = reading.pack.params.office.modifiers_before;
    let body =
        reading.tokens.get(end).is_some_and(|next| next.is_capitalized()) && reading.at(Kind::Calendar, end).is_none();
    let linked = reading.pack.params.office.links.iter().any(|word| word == reading.token_text(end))
        && reading.tokens.get(end + 1).is_some_and(|next| next.is_capitalized());
    let closed = reading.is(end, ",");
    let office = if before { article && (linked || closed) } else { body || linked || closed && end - from < 4 };
    office.then(|| head_of(reading, from..end))
}

/// Whether an everyday word begins as verbs do.
fn is_verb(reading: &Reading, at: usize) -> bool {
    let prefixes = &reading.pack.params.clause.verb_prefixes;
    prefixes.iter().any(|prefix| reading.token_text(at).starts_with(prefix.as_str()))
}

/// Bodies that offices were given although no row knows any word of them, acronyms that stand behind a body, and acronyms
/// that speak.
pub(super) fn institutions(found: &Findings, gaps: &mut Vec<Gap>) {
    let reading = found.reading;
    let mut add = |tokens: Range<usize>| {
        gaps.push(Gap { table: "institutions", tokens, hint: InstitutionClass::Name.name() });
    };
    for mention in &found.persons.mentions {
        let office = mention.office.as_ref().filter(|office| !office.position.is_empty());
        if let Some(body) = office.and_then(|office| office.institution.clone()) {
            let known = body
                .clone()
                .any(|at| [Kind::Institution, Kind::Country].iter().any(|kind| reading.covering(*kind, at).is_some()));
            // `Appointed minister in 2004, …`: what opens a sentence shows nothing by its capital.
            let opens = body.len() == 1
                && reading.tokens[body.start].shape == Shape::Title
                && found.sentences.all.iter().any(|sentence| sentence.tokens.start == body.start);
            if !known && !opens && body.len() <= LONGEST_BODY {
                add(body);
            }
        } else if let Some(body) = office.and_then(|office| linked_body(found, office.whole.end)) {
            add(body);
        }
    }
    for cue in cues_before_speakers(found) {
        let at = past_articles(reading, cue);
        let alone = reading.tokens.get(at + 1).is_none_or(|next| !next.is_capitalized());
        if alone && is_acronym(found, at) && !in_person(found, at) {
            add(at..at + 1);
        }
    }
    for sentence in found.sentences.all.iter().filter(|sentence| !sentence.title) {
        let mut at = sentence.tokens.start;
        while at < sentence.tokens.end {
            let Some(body) = institution_at(reading, at, sentence.tokens.end, &found.persons.name_words) else {
                at += 1;
                continue;
            };
            at = body.end.max(at + 1);
            let bracket = usize::from(reading.is(body.end, "("));
            let closed = bracket == 0 || reading.is(body.end + 2, ")");
            let acronym = body.end + bracket;
            let stands_for = body.clone().take(2).any(|at| initial(reading, at) == initial(reading, acronym));
            if body.len() > 1 && closed && acronym < sentence.tokens.end && stands_for && is_acronym(found, acronym) {
                add(acronym..acronym + 1);
            }
        }
    }
}

/// `chairman of Yayasan …`: the unknown capitalised words behind an office and its link.
fn linked_body(found: &Findings, at: usize) -> Option<Range<usize>> {
    let reading = found.reading;
    if !reading.pack.params.office.links.iter().any(|word| word == reading.token_text(at)) {
        return None;
    }
    let from = past_articles(reading, at + 1);
    let mut end = from;
    while is_unknown_name(found, end) && !in_person(found, end) && reading.tokens[end].line_ends == 0 {
        end += 1;
    }
    // A run that known words go on with is longer than what is unknown of it.
    let whole = reading.tokens.get(end).is_none_or(|next| !next.is_capitalized() || next.line_ends > 0);
    (from < end && end - from <= LONGEST_BODY && whole).then_some(from..end)
}

fn initial(reading: &Reading, at: usize) -> Option<char> {
    reading.token_text(at).chars().next()
}

/// Whether a token is an acronym that no table knows.
fn is_acronym(found: &Findings, at: usize) -> bool {
    let reading = found.reading;
    let Some(token) = reading.tokens.get(at) else { return false };
    token.kind == TokenKind::Word
        && matches!(token.shape, Shape::Upper)
        && reading.token_text(at).chars().count() > 2
        && is_unknown_name(found, at)
}
