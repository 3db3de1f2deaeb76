//! What one sentence shows: which foreign countries are in it, and which of them cooperate with home there.
//!
//! Declared rules decide first (`role.toml`); else a country, home and a word of cooperation must meet in one clause. A
//! sentence without a foreign country may refer to one, go on about one, or be said by somebody who speaks for one.

use super::home::{home_in, home_is_near, voice_at};
use super::reference::Referents;
use super::role::{Verdict, is_aside, judge, lists_of};
use super::word::{is_self_contained, speaks_against, strongest_word, wish_in};
use super::{Facts, LONGEST_OFFICE, beginning_in};
use crate::gazetteer::Kind;
use crate::mention::CountryMention;
use crate::pack::tables::{CooperationClass, PronounClass, ReferenceClass, WordClass};
use crate::sentence::Sentence;
use std::ops::Range;

/// A country that cooperates in a sentence.
#[derive(Clone, Debug)]
pub struct Partner {
    /// Its code.
    pub code: String,
    /// The rule that says so.
    pub rule: String,
    /// `high`, `medium` or `low`.
    pub confidence: &'static str,
    /// The word of cooperation that binds it.
    pub cue: Range<usize>,
}

/// What one sentence shows.
#[derive(Clone, Debug, Default)]
pub struct Scene {
    /// Foreign countries named in it, in order.
    pub foreign: Vec<String>,
    /// Those that cooperate.
    pub partners: Vec<Partner>,
    /// Whether home is in it.
    pub home: bool,
}

/// The rule's name where a partner and a word of cooperation meet without a declared rule.
const MEET: &str = "partner-beside-cooperation";
/// The rule's name where the partner is referred to.
const REFERRED: &str = "partner-referred-to";
/// The rule's name where the sentence goes on about the partner of the one before.
const CONTINUED: &str = "partner-continued";
/// The rule's name where the partner's officer speaks.
const SPEAKS: &str = "partner-speaks";

/// What a rule that is code says of itself, for `warta explain`.
pub fn built_in_note(rule: &str) -> Option<&'static str> {
    match rule {
        MEET => Some("a foreign country, the home side and a word of cooperation stand in one clause"),
        REFERRED => Some("a word like `negara itu` points back to a country, beside a word of cooperation"),
        SPEAKS => Some("an officer of the partner speaks of cooperation with home"),
        CONTINUED => Some("the sentence goes on about the country of the sentence before it"),
        _ => None,
    }
}

impl Scene {
    /// Reads a sentence.
    pub fn of(facts: &Facts, number: usize, sentence: &Sentence, referents: &Referents) -> Scene {
        let named: Vec<&CountryMention> = facts
            .countries_in(&sentence.tokens)
            .iter()
            .filter(|country| country.code != facts.home && !is_posting(facts, country))
            .collect();
        let mut scene = Scene::default();
        for country in &named {
            if !scene.foreign.contains(&country.code) {
                scene.foreign.push(country.code.clone());
            }
        }
        let homes: Vec<Range<usize>> = home_in(facts, &sentence.tokens).collect();
        scene.home = !homes.is_empty();
        if sentence.title || speaks_against(facts, sentence) {
            return scene;
        }
        if scene.foreign.is_empty() {
            scene.partners = referred_partners(facts, number, sentence, referents, scene.home);
            return scene;
        }
        let judged = judge(facts, sentence, &named);
        let alone = lists_of(facts, &named).len() < 2;
        let near = !scene.home && home_is_near(facts, sentence);
        for code in &scene.foreign {
            let found = judged.iter().find(|judged| judged.code == *code);
            let implied = near && is_alone_in_clause(facts, sentence, &named, code);
            let partner = match found.map(|found| found.verdict) {
                Some(Verdict::Mentioned | Verdict::Beside) => None,
                Some(Verdict::Partner) => found
                    .filter(|found| found.with_home || implied || acts_with(facts, &homes, alone))
                    .and_then(|found| {
                        let cue = found.cue.clone().or_else(|| strongest_word(facts, &sentence.tokens))?;
                        Some(Partner {
                            code: code.clone(),
                            rule: found.rule.clone(),
                            confidence: found.confidence,
                            cue,
                        })
                    }),
                None => meets(facts, sentence, &named, code, &homes, implied),
            };
            scene.partners.extend(partner);
        }
        scene
    }
}

/// Whether home itself is in the sentence: where several foreign countries meet, that it was said in a place of home does
/// not make home one of them.
fn acts_with(facts: &Facts, homes: &[Range<usize>], alone: bool) -> bool {
    homes.iter().any(|tokens| alone || facts.reading.at(Kind::Place, tokens.start).is_none())
}

/// The clauses of a sentence that name a country, each with all foreign countries in it.
fn clauses_with<'a>(
    facts: &'a Facts,
    sentence: &'a Sentence,
    named: &'a [&'a CountryMention],
    code: &'a str,
) -> impl Iterator<Item = (Range<usize>, &'a [&'a CountryMention])> {
    let mut rest = named;
    std::iter::from_fn(move || {
        let place = rest.iter().find(|country| country.code == code)?.tokens.start;
        let clause = clause_around(facts, sentence, place);
        rest = &named[named.partition_point(|country| country.tokens.start < clause.end)..];
        Some((clause.clone(), beginning_in(named, &clause, |country| country.tokens.start)))
    })
}

/// Whether a country stands in one of its clauses with no other foreign country but those of its list.
fn is_alone_in_clause(facts: &Facts, sentence: &Sentence, named: &[&CountryMention], code: &str) -> bool {
    clauses_with(facts, sentence, named, code).any(|(_, inside)| lists_of(facts, inside).len() < 2)
}

/// A country that no rule judges is a partner where it meets home and a word of cooperation in one clause, or, in a sentence
/// without home that goes on about it, the word alone.
fn meets(
    facts: &Facts,
    sentence: &Sentence,
    named: &[&CountryMention],
    code: &str,
    homes: &[Range<usize>],
    implied: bool,
) -> Option<Partner> {
    let mut cues = clauses_with(facts, sentence, named, code).filter_map(|(clause, inside)| {
        let here: Vec<Range<usize>> = homes.iter().filter(|home| clause.contains(&home.start)).cloned().collect();
        if !implied && !acts_with(facts, &here, lists_of(facts, inside).len() < 2) {
            return None;
        }
        let mut places = inside.iter().filter(|country| country.code == code);
        strongest_word(facts, &clause).filter(|cue| places.any(|country| !is_far_flow(facts, cue, &country.tokens)))
    });
    let cue = cues.next()?;
    Some(Partner { code: code.to_owned(), rule: MEET.to_owned(), confidence: "medium", cue })
}

/// The partners of a sentence that names no foreign country: those it refers to, those it goes on about, or the one for whom
/// it is said.
fn referred_partners(
    facts: &Facts,
    number: usize,
    sentence: &Sentence,
    referents: &Referents,
    home: bool,
) -> Vec<Partner> {
    let partner = |code: &str, rule: &str, cue: &Range<usize>| Partner {
        code: code.to_owned(),
        rule: rule.to_owned(),
        confidence: "low",
        cue: cue.clone(),
    };
    let cue = strongest_word(facts, &sentence.tokens);
    let meant = referents.meant_by(facts, sentence, |tokens| !is_aside(facts, sentence, tokens));
    if !meant.is_empty() {
        return cue.iter().flat_map(|cue| meant.iter().map(move |code| partner(code, REFERRED, cue))).collect();
    }
    // `Pihaknya menawarkan kerja sama di Sulawesi`, says the partner's minister.
    if let Some(code) = speaks_for(facts, sentence).filter(|_| home || voice_at(facts, sentence.tokens.start).is_some())
    {
        let cue = cue.clone().or_else(|| wish_in(facts, &sentence.tokens));
        return cue.iter().map(|cue| partner(&code, SPEAKS, cue)).collect();
    }
    if !home {
        return Vec::new();
    }
    let partners = referents.continued(number);
    if let Some(cue) = cue.as_ref().filter(|cue| !partners.is_empty() && is_self_contained(facts, cue)) {
        return partners.iter().map(|code| partner(code, CONTINUED, cue)).collect();
    }
    // `Mereka menjajaki pembangunan pabrik di Karawang`, of a delegation that the sentence before has named.
    let head = sentence.tokens.start..sentence.tokens.end.min(sentence.tokens.start + 3);
    let visitor = referents.visitor(number).filter(|_| head.clone().any(|at| stands_for_others(facts, at)));
    let cue = cue.filter(|cue| is_self_contained(facts, cue)).or_else(|| wish_in(facts, &sentence.tokens));
    visitor.zip(cue).map(|(code, cue)| partner(&code, CONTINUED, &cue)).into_iter().collect()
}

/// The foreign country for which somebody speaks in a sentence: an officer who is named in it, or who is quoted with it.
fn speaks_for(facts: &Facts, sentence: &Sentence) -> Option<String> {
    let mut mentions = facts.persons.within(&sentence.tokens).iter().filter_map(|mention| mention.person);
    let named = mentions.find_map(|person| {
        let person = &facts.persons.people[person];
        person.country.as_deref().filter(|country| *country != facts.home && person.position.is_some())
    });
    let quoted = || voice_at(facts, sentence.tokens.start).or_else(|| voice_at(facts, sentence.tokens.end - 1));
    // A partner is a country that the article names, not one that only an agency's table row tells.
    let is_named = |code: &&str| facts.countries.iter().any(|country| country.code == **code);
    named.or_else(quoted).filter(|country| *country != facts.home).filter(is_named).map(str::to_owned)
}

/// Whether a pronoun for somebody spoken of stands at `at`: `mereka`, `beliau`, `keduanya`.
fn stands_for_others(facts: &Facts, at: usize) -> bool {
    let pronoun = facts.reading.at(Kind::Pronoun, at).map(|lookup| facts.reading.pack.pronoun(lookup).class);
    let they = facts.reading.at_class(Kind::Reference, at, ReferenceClass::They as u8).is_some();
    they || pronoun.is_some_and(|class| !matches!(class, PronounClass::First | PronounClass::House))
}

/// Goods and money flow in every market report: beside such a word a country is a partner only if it stands close, unless a
/// rule binds the two.
fn is_far_flow(facts: &Facts, cue: &Range<usize>, country: &Range<usize>) -> bool {
    let nearest = 3;
    let flows = facts.reading.at_class(Kind::Cooperation, cue.start, CooperationClass::Flow as u8).is_some();
    let between = country.start.saturating_sub(cue.end).max(cue.start.saturating_sub(country.end));
    flows && between > nearest
}

/// The tokens of the clause that holds `at`: to the next words like `sementara` on both sides.
pub fn clause_around(facts: &Facts, sentence: &Sentence, at: usize) -> Range<usize> {
    let bounds = |at: &usize| facts.reading.at_class(Kind::Word, *at, WordClass::Clause as u8).is_some();
    let start = (sentence.tokens.start..at).rev().find(bounds).unwrap_or(sentence.tokens.start);
    let end = (at + 1..sentence.tokens.end).find(bounds).unwrap_or(sentence.tokens.end);
    start..end
}

/// `Duta Besar RI untuk Inggris`, `Canadian Ambassador to Indonesia and Timor-Leste`: the countries to which somebody is
/// posted say nothing of a relation.
fn is_posting(facts: &Facts, country: &CountryMention) -> bool {
    let links = &facts.reading.pack.params.office.links;
    let near = country.tokens.start.saturating_sub(LONGEST_OFFICE)..country.tokens.end;
    facts.persons.within(&near).iter().any(|mention| {
        mention.office.as_ref().is_some_and(|office| {
            let before = office.whole.start..country.tokens.start;
            office.whole.contains(&country.tokens.start)
                && office.country.as_deref().is_some_and(|own| own != country.code)
                // `Pemimpin China dan Rusia` are two leaders, not China's in Russia.
                && before.clone().any(|at| links.iter().any(|link| facts.reading.token_text(at).eq_ignore_ascii_case(link)))
        })
    })
}
