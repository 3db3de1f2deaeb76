//! Who acts in a sentence: home, foreign countries, and whether they cooperate there.
//!
//! The declared rules of `role.toml` say where a country is a partner or only mentioned; contexts of sport, markets,
//! conflict and comparison speak against; the words of cooperation speak for.

use super::Facts;
use super::reference::Referents;
use super::stage::words_of;
use crate::gazetteer::{Kind, Lookup};
use crate::matcher::{Item, ItemKind, find_matches, items_of};
use crate::mention::CountryMention;
use crate::pack::tables::{ContextClass, CooperationClass, Flag, PronounClass, WordClass};
use crate::pack::{Atom, Rule, RuleGroup};
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
    /// The word of cooperation.
    cue: Option<Range<usize>>,
}

/// The rule's name where a partner and a word of cooperation meet without a declared rule.
const MEET: &str = "partner-beside-cooperation";
/// The rule's name where the partner is referred to.
const REFERRED: &str = "partner-referred-to";
/// The rule's name where the sentence goes on about the partner of the one before.
const CONTINUED: &str = "partner-continued";

/// What a rule that is code says of itself, for `warta explain`.
pub fn built_in_note(rule: &str) -> Option<&'static str> {
    match rule {
        MEET => Some("a foreign country, the home side and a word of cooperation stand in one sentence"),
        REFERRED => Some("a word like `negara itu` points back to a country, beside a word of cooperation"),
        CONTINUED => Some("the sentence goes on about the country of the sentence before it"),
        _ => None,
    }
}

/// What a declared rule says of a country.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Verdict {
    /// It cooperates with home.
    Partner,
    /// It is spoken of for something else.
    Mentioned,
    /// It only stands beside what is spoken of (`di Jepang`, `antara China dan Jepang`): that a word of cooperation is
    /// near is then not enough, but a rule that binds the two is.
    Beside,
}

/// A country and what a declared rule says of it.
#[derive(Clone, Debug)]
struct Judged {
    code: String,
    verdict: Verdict,
    rule: String,
    confidence: &'static str,
}

/// Every country that a declared role rule judges, in the order of the sentences: its place, the verdict, and the rule.
pub fn judged_countries(facts: &Facts) -> Vec<(crate::span::Span, Verdict, String)> {
    let mut judged = Vec::new();
    for sentence in &facts.sentences.all {
        let named: Vec<&CountryMention> =
            within(facts, sentence).filter(|country| country.code != facts.home).collect();
        for found in judge(facts, sentence, &named) {
            let places = named.iter().filter(|country| country.code == found.code).map(|country| country.span);
            judged.extend(places.take(1).map(|span| (span, found.verdict, found.rule.clone())));
        }
    }
    judged
}

impl Scene {
    /// Reads a sentence.
    pub fn of(facts: &Facts, number: usize, sentence: &Sentence, referents: &Referents) -> Scene {
        let named: Vec<&CountryMention> = within(facts, sentence)
            .filter(|country| country.code != facts.home && !is_posting(facts, country))
            .collect();
        let mut scene = Scene::default();
        for country in &named {
            if !scene.foreign.contains(&country.code) {
                scene.foreign.push(country.code.clone());
            }
        }
        let home = has_home(facts, sentence);
        scene.home = home;
        scene.cue = strongest_word(facts, sentence);
        if sentence.title || speaks_against(facts, sentence) {
            return scene;
        }
        let judged = judge(facts, sentence, &named);
        let cooperates = scene.cue.is_some() && (home || scene.foreign.len() < 2 && home_is_near(facts, sentence));
        for code in &scene.foreign {
            let found = judged.iter().find(|judged| judged.code == *code);
            match found.map(|found| found.verdict) {
                Some(Verdict::Mentioned | Verdict::Beside) => {}
                Some(Verdict::Partner) if home || scene.foreign.len() < 2 => {
                    scene.partners.extend(found.map(|found| Partner {
                        code: code.clone(),
                        rule: found.rule.clone(),
                        confidence: found.confidence,
                    }));
                }
                _ if cooperates => {
                    scene.partners.push(Partner { code: code.clone(), rule: MEET.to_owned(), confidence: "medium" });
                }
                _ => {}
            }
        }
        if scene.foreign.is_empty() && scene.cue.is_some() {
            let meant = referents.meant_by(facts, sentence);
            let goes_on = meant.is_empty() && home && self_contained(facts, &scene);
            let (codes, rule) =
                if goes_on { (referents.continued(number).to_vec(), CONTINUED) } else { (meant, REFERRED) };
            scene.partners.extend(codes.into_iter().map(|code| Partner {
                code,
                rule: rule.to_owned(),
                confidence: "low",
            }));
        }
        scene
    }

    /// The word of cooperation, if the sentence has one.
    pub fn cooperates(&self) -> Option<Range<usize>> {
        self.cue.clone()
    }
}

fn within<'a>(facts: &'a Facts, sentence: &'a Sentence) -> impl Iterator<Item = &'a CountryMention> {
    facts.countries.iter().filter(|country| sentence.tokens.contains(&country.tokens.start))
}

/// The first word of cooperation that can carry a record by itself: what only colours another word, cannot.
fn strongest_word(facts: &Facts, sentence: &Sentence) -> Option<Range<usize>> {
    let words = words_of(facts, &sentence.tokens);
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
            CooperationClass::Meeting | CooperationClass::Stall | CooperationClass::End => false,
        }
}

/// Whether home, one of its bodies or `kita` is in the sentence.
fn has_home(facts: &Facts, sentence: &Sentence) -> bool {
    let named = within(facts, sentence).any(|country| country.code == facts.home);
    let speaks = sentence.tokens.clone().any(|at| {
        let first = facts
            .reading
            .at(Kind::Pronoun, at)
            .is_some_and(|l| matches!(facts.reading.pack.pronoun(l).class, PronounClass::First | PronounClass::House));
        let reference = facts
            .reading
            .at(Kind::Reference, at)
            .is_some_and(|l| facts.reading.pack.reference(l).class == crate::pack::tables::ReferenceClass::Home);
        let body = facts
            .reading
            .at(Kind::Institution, at)
            .is_some_and(|l| facts.reading.pack.institution(l).country == facts.home);
        let place =
            facts.reading.at(Kind::Place, at).is_some_and(|l| facts.reading.pack.place(l).country == facts.home);
        first || reference || body || place
    });
    named || speaks || {
        facts.persons.within(&sentence.tokens).iter().any(|mention| {
            mention.person.is_some_and(|person| {
                let person = &facts.persons.people[person];
                person.country.as_deref() == Some(facts.home) && person.position.is_some()
            })
        })
    }
}

/// `Duta Besar RI untuk Inggris`: the country to which home posts somebody says nothing of a relation.
fn is_posting(facts: &Facts, country: &CountryMention) -> bool {
    facts.persons.mentions.iter().any(|mention| {
        mention.office.as_ref().is_some_and(|office| {
            office.whole.contains(&country.tokens.start) && office.country.as_deref() == Some(facts.home)
        })
    })
}

/// Whether the word of cooperation is one that a sentence without a partner may go on with.
fn self_contained(facts: &Facts, scene: &Scene) -> bool {
    let Some(cue) = &scene.cue else { return false };
    facts.reading.at(Kind::Cooperation, cue.start).is_some_and(|lookup| {
        matches!(
            facts.reading.pack.cooperation_word(lookup).class,
            CooperationClass::Noun | CooperationClass::Agree | CooperationClass::Talks
        )
    })
}

/// Whether the article is told from home's side at all: it refers to home, or several of home's bodies act in it.
pub fn concerns_home(facts: &Facts) -> bool {
    let bodies =
        facts.reading.lookups.of(Kind::Institution).filter(|l| facts.reading.pack.institution(l).country == facts.home);
    facts.countries.iter().any(|country| country.code == facts.home) || bodies.take(2).count() == 2
}

/// Whether the paragraph, or the article's first sentences, speak of home.
fn home_is_near(facts: &Facts, sentence: &Sentence) -> bool {
    facts.countries.iter().any(|country| country.code == facts.home)
        && facts
            .sentences
            .all
            .iter()
            .filter(|other| other.paragraph.abs_diff(sentence.paragraph) <= 1)
            .any(|other| has_home(facts, other))
}

/// Contexts that outweigh the words of cooperation.
fn speaks_against(facts: &Facts, sentence: &Sentence) -> bool {
    let mut against = 0;
    for at in sentence.tokens.clone() {
        if let Some(lookup) = facts.reading.at(Kind::Context, at) {
            against += match facts.reading.pack.context(lookup).class {
                ContextClass::Sport | ContextClass::Market | ContextClass::Conflict => 1,
                _ => 0,
            };
        }
    }
    let words = words_of(facts, &sentence.tokens);
    let strong = words.filter(|lookup| is_strong(facts, lookup)).count();
    against > strong
}

/// What the declared rules say of each foreign country.
fn judge(facts: &Facts, sentence: &Sentence, named: &[&CountryMention]) -> Vec<Judged> {
    let rules: Vec<&Rule> = facts.reading.pack.rules_of(RuleGroup::Role).collect();
    if rules.is_empty() || named.is_empty() {
        return Vec::new();
    }
    let kind_of = |tokens: &Range<usize>| {
        let mut listed = named.iter().filter(|country| tokens.contains(&country.tokens.start));
        if listed.all(|country| facts.reading.pack.is_bloc(&country.code)) { ItemKind::Bloc } else { ItemKind::Partner }
    };
    let mut chunks: Vec<Item> =
        lists_of(facts, named).into_iter().map(|tokens| Item { kind: kind_of(&tokens), tokens }).collect();
    chunks.extend(
        within(facts, sentence)
            .filter(|c| c.code == facts.home)
            .map(|c| Item { tokens: c.tokens.clone(), kind: ItemKind::Home }),
    );
    let items = items_of(&sentence.tokens, chunks);
    let mut judged: Vec<Judged> = Vec::new();
    let mut matches = find_matches(facts.reading, &items, &rules);
    // What binds a country outweighs what it only stands beside; else the nearer context decides: of two rules the one
    // whose match is shorter.
    matches.sort_by_key(|found| (verdict_of(found.rule) == Verdict::Beside, found.items.len()));
    for found in matches {
        for capture in found.captures.iter().filter(|capture| matches!(capture.atom, Atom::Partner | Atom::Bloc)) {
            let tokens = &items[capture.items.start].tokens;
            for country in named.iter().filter(|country| tokens.contains(&country.tokens.start)) {
                if !judged.iter().any(|known| known.code == country.code) {
                    judged.push(Judged {
                        code: country.code.clone(),
                        verdict: verdict_of(found.rule),
                        rule: found.rule.id.clone(),
                        confidence: found.rule.confidence,
                    });
                }
            }
        }
    }
    judged
}

fn verdict_of(rule: &Rule) -> Verdict {
    match rule.gives.as_str() {
        "partner" => Verdict::Partner,
        "beside" => Verdict::Beside,
        _ => Verdict::Mentioned,
    }
}

/// Countries that stand in one list (`Malaysia, Singapura, dan Jepang`) count as one item.
fn lists_of(facts: &Facts, named: &[&CountryMention]) -> Vec<Range<usize>> {
    let mut lists: Vec<Range<usize>> = Vec::new();
    for country in named {
        let joined = lists.last_mut().filter(|list| {
            let mut between = list.end..country.tokens.start;
            between.len() <= 3
                && between.all(|at| {
                    let letters = facts.reading.token_text(at);
                    matches!(letters, "," | "/" | "-" | "&")
                        || facts.reading.at(Kind::Word, at).is_some_and(|l| {
                            matches!(facts.reading.pack.word(l).class, WordClass::Conjunction | WordClass::Determiner)
                        })
                })
        });
        match joined {
            Some(list) => list.end = country.tokens.end.max(list.end),
            None => lists.push(country.tokens.clone()),
        }
    }
    lists
}
