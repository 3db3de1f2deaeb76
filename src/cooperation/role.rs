//! Who acts in a sentence: home, foreign countries, and whether they cooperate there.
//!
//! The declared rules of `role.toml` say where a country is a partner or only mentioned; contexts of sport, markets,
//! conflict and comparison speak against; the words of cooperation speak for.

use super::Facts;
use super::reference::Referents;
use super::stage::words_of;
use crate::gazetteer::{Kind, Lookup};
use crate::matcher::{Item, ItemKind, Match, find_matches, items_of};
use crate::mention::CountryMention;
use crate::mention::country::names_its_state;
use crate::pack::tables::{ContextClass, CooperationClass, Flag, PersonKind, PronounClass, ReferenceClass, WordClass};
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
    cue: Option<Range<usize>>,
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
        let homes = home_in(facts, &sentence.tokens);
        let home = !homes.is_empty();
        scene.home = home;
        if sentence.title || speaks_against(facts, sentence) {
            return scene;
        }
        // Where several foreign countries meet, that it was said in a place of home does not make home one of them.
        let acting = homes.iter().any(|tokens| facts.reading.at(Kind::Place, tokens.start).is_none());
        let alone = |code: &str| {
            let place = named.iter().find(|country| country.code == code).map_or(0, |country| country.tokens.start);
            let clause = clause_around(facts, sentence, place);
            let inside: Vec<&CountryMention> =
                named.iter().copied().filter(|country| clause.contains(&country.tokens.start)).collect();
            lists_of(facts, &inside).len() < 2 && homes.iter().any(|home| clause.contains(&home.start))
        };
        let cue = strongest_word(facts, &sentence.tokens);
        let judged = judge(facts, sentence, &named);
        for code in &scene.foreign {
            let found = judged.iter().find(|judged| judged.code == *code);
            let home_acts = acting || alone(code);
            let partner = match found.map(|found| found.verdict) {
                Some(Verdict::Mentioned | Verdict::Beside) => None,
                Some(Verdict::Partner) if home_acts || scene.foreign.len() < 2 => found.and_then(|found| {
                    let cue = found.cue.clone().or_else(|| cue.clone())?;
                    Some(Partner { code: code.clone(), rule: found.rule.clone(), confidence: found.confidence, cue })
                }),
                _ if home_acts || scene.foreign.len() < 2 && (home || home_is_near(facts, sentence)) => {
                    let places = named.iter().filter(|country| country.code == *code);
                    let cues = places.filter_map(|country| {
                        let clause = clause_around(facts, sentence, country.tokens.start);
                        strongest_word(facts, &clause).filter(|cue| !is_far_flow(facts, cue, &country.tokens))
                    });
                    cues.min_by_key(|cue| cue.start).map(|cue| Partner {
                        code: code.clone(),
                        rule: MEET.to_owned(),
                        confidence: "medium",
                        cue,
                    })
                }
                _ => None,
            };
            scene.partners.extend(partner);
        }
        if scene.foreign.is_empty() {
            scene.partners = referred_partners(facts, number, sentence, referents, cue, home);
        }
        scene
    }
}

/// The partners of a sentence that names no foreign country: those it refers to, or those it goes on about.
fn referred_partners(
    facts: &Facts,
    number: usize,
    sentence: &Sentence,
    referents: &Referents,
    cue: Option<Range<usize>>,
    home: bool,
) -> Vec<Partner> {
    let partner = |code: String, rule: &str, cue: &Range<usize>| Partner {
        code,
        rule: rule.to_owned(),
        confidence: "low",
        cue: cue.clone(),
    };
    let meant = referents.meant_by(facts, sentence, |tokens| !is_aside(facts, sentence, tokens));
    if !meant.is_empty() {
        return cue.iter().flat_map(|cue| meant.iter().map(move |code| partner(code.clone(), REFERRED, cue))).collect();
    }
    if !home {
        return Vec::new();
    }
    let partners = referents.continued(number);
    if let Some(cue) = cue.as_ref().filter(|cue| !partners.is_empty() && is_self_contained(facts, cue)) {
        return partners.iter().map(|code| partner(code.clone(), CONTINUED, cue)).collect();
    }
    // `Mereka menjajaki pembangunan pabrik di Karawang`, of a delegation that the sentence before has named.
    let head = sentence.tokens.start..sentence.tokens.end.min(sentence.tokens.start + 3);
    let visitor = referents.visitor(number).filter(|_| head.clone().any(|at| stands_for_others(facts, at)));
    let cue = cue.filter(|cue| is_self_contained(facts, cue)).or_else(|| wish_in(facts, &sentence.tokens));
    visitor.zip(cue).map(|(code, cue)| partner(code, CONTINUED, &cue)).into_iter().collect()
}

/// The first word that wishes for or offers a cooperation, modal verbs left aside.
fn wish_in(facts: &Facts, tokens: &Range<usize>) -> Option<Range<usize>> {
    let wishes = words_of(facts, tokens).filter(|lookup| {
        facts.reading.pack.cooperation_word(lookup).class == CooperationClass::Wish
            && facts.reading.at_class(Kind::Word, lookup.start, WordClass::Modal as u8).is_none()
    });
    wishes.map(|lookup| lookup.start..lookup.end).next()
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
fn clause_around(facts: &Facts, sentence: &Sentence, at: usize) -> Range<usize> {
    let bounds = |at: &usize| facts.reading.at_class(Kind::Word, *at, WordClass::Clause as u8).is_some();
    let start = (sentence.tokens.start..at).rev().find(bounds).unwrap_or(sentence.tokens.start);
    let end = (at + 1..sentence.tokens.end).find(bounds).unwrap_or(sentence.tokens.end);
    start..end
}

fn within<'a>(facts: &'a Facts, sentence: &'a Sentence) -> impl Iterator<Item = &'a CountryMention> {
    facts.countries.iter().filter(|country| sentence.tokens.contains(&country.tokens.start))
}

/// The first word of cooperation that can carry a record by itself: what only colours another word, cannot.
fn strongest_word(facts: &Facts, tokens: &Range<usize>) -> Option<Range<usize>> {
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
            CooperationClass::Meeting | CooperationClass::Stall | CooperationClass::End => false,
        }
}

/// Whether home is in the sentence, under whatever name.
fn has_home(facts: &Facts, sentence: &Sentence) -> bool {
    !home_in(facts, &sentence.tokens).is_empty()
}

/// Whether a body is home's: `Pertamina`, `Universiti Sains Malaysia`, but not `Kementerian Perdagangan Korea`.
fn is_home_body(facts: &Facts, lookup: &Lookup) -> bool {
    let reading = facts.reading;
    let country = reading.pack.institution(lookup).country.as_str();
    let named = || {
        (lookup.start..lookup.end).any(|at| {
            reading.at(Kind::Country, at).is_some_and(|inside| reading.pack.country(inside).code == facts.home)
        })
    };
    (country == facts.home || country.is_empty() && named()) && !names_its_state(reading, lookup)
}

fn is_home_place(facts: &Facts, lookup: &Lookup) -> bool {
    let reading = facts.reading;
    reading.pack.place(lookup).country == facts.home && reading.tokens[lookup.start].is_capitalized()
}

/// Where home stands in `tokens`: the country, a place or body of it, `kita`, `Tanah Air`, an office of the state that names
/// no other state.
fn home_in(facts: &Facts, tokens: &Range<usize>) -> Vec<Range<usize>> {
    let reading = facts.reading;
    let named = facts.countries.iter().filter(|country| tokens.contains(&country.tokens.start));
    let named = named.filter(|country| country.code == facts.home).map(|country| country.tokens.clone());
    let looked_up = tokens.clone().flat_map(|at| reading.lookups.starting_at(at)).filter(|lookup| match lookup.kind {
        Kind::Pronoun => matches!(reading.pack.pronoun(lookup).class, PronounClass::First | PronounClass::House),
        Kind::Reference => {
            matches!(reading.pack.reference(lookup).class, ReferenceClass::Home | ReferenceClass::Here)
        }
        Kind::Institution => is_home_body(facts, lookup),
        Kind::Place => is_home_place(facts, lookup),
        _ => false,
    });
    let looked_up = looked_up.map(|lookup| lookup.start..lookup.end);
    let mentions = facts.persons.within(tokens).iter().filter(|mention| {
        let person = mention.person.map(|person| &facts.persons.people[person]);
        let holder =
            person.is_some_and(|person| person.country.as_deref() == Some(facts.home) && person.position.is_some());
        let office = mention.office.as_ref().is_some_and(|office| {
            office.kind == PersonKind::Government
                && office.country.as_deref().is_none_or(|country| country == facts.home)
        });
        holder || office && person.is_none()
    });
    let mentions = mentions.map(|mention| mention.tokens.clone());
    named.chain(looked_up).chain(mentions).collect()
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
fn is_self_contained(facts: &Facts, cue: &Range<usize>) -> bool {
    facts.reading.at(Kind::Cooperation, cue.start).is_some_and(|lookup| {
        matches!(
            facts.reading.pack.cooperation_word(lookup).class,
            CooperationClass::Noun | CooperationClass::Agree | CooperationClass::Talks
        )
    })
}

/// Whether the article is told from home's side at all: it names home, or its bodies or places. `kita`, `negara ini` and `the
/// prime minister` are anybody's.
pub fn concerns_home(facts: &Facts) -> bool {
    facts.countries.iter().any(|country| country.code == facts.home)
        || facts.sentences.all.iter().any(|sentence| {
            let lookups = sentence.tokens.clone().flat_map(|at| facts.reading.lookups.starting_at(at));
            lookups.into_iter().any(|lookup| match lookup.kind {
                Kind::Institution => is_home_body(facts, lookup),
                Kind::Reference => facts.reading.pack.reference(lookup).class == ReferenceClass::Home,
                Kind::Place => is_home_place(facts, lookup),
                _ => false,
            })
        })
}

/// Whether the paragraph, or the article's first sentences, speak of home.
fn home_is_near(facts: &Facts, sentence: &Sentence) -> bool {
    facts
        .sentences
        .all
        .iter()
        .filter(|other| other.paragraph.abs_diff(sentence.paragraph) <= 1)
        .any(|other| has_home(facts, other))
}

/// Contexts that outweigh the words of cooperation. Goods and travellers that flow say little beside crime, conflict or sport.
fn speaks_against(facts: &Facts, sentence: &Sentence) -> bool {
    use CooperationClass::{Agree, Flow, Noun, Talks, Verb};
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
        relations += usize::from(class != Flow && (carries || matches!(class, Noun | Verb | Agree | Talks)));
        strong += usize::from(class != Flow && carries);
    }
    let against = market + other;
    against > flows + relations || other > 0 && strong == 0 || against > 0 && relations == 0 && flows <= against
}

/// What the declared rules say of each foreign country.
fn judge(facts: &Facts, sentence: &Sentence, named: &[&CountryMention]) -> Vec<Judged> {
    let kind_of = |tokens: &Range<usize>| {
        let mut listed = named.iter().filter(|country| tokens.contains(&country.tokens.start));
        let several = listed.clone().any(|country| country.code != named_at(named, tokens.start));
        if listed.all(|country| facts.reading.pack.is_bloc(&country.code)) {
            ItemKind::Bloc
        } else if several {
            ItemKind::Partners
        } else {
            ItemKind::Partner
        }
    };
    let lists = lists_of(facts, named).into_iter().map(|tokens| Item { kind: kind_of(&tokens), tokens });
    let mut judged: Vec<Judged> = Vec::new();
    for (tokens, found) in apply_rules(facts, sentence, lists.collect()) {
        for country in named.iter().filter(|country| tokens.contains(&country.tokens.start)) {
            if !judged.iter().any(|known| known.code == country.code) {
                judged.push(Judged { code: country.code.clone(), ..found.clone() });
            }
        }
    }
    judged
}

/// The code of the country that is named at `token`.
fn named_at<'a>(named: &[&'a CountryMention], token: usize) -> &'a str {
    named.iter().find(|country| country.tokens.start == token).map_or("", |country| country.code.as_str())
}

/// Whether a rule says that what `tokens` refer to only stands beside the cooperation: `di negara itu`.
fn is_aside(facts: &Facts, sentence: &Sentence, tokens: &Range<usize>) -> bool {
    let items = vec![Item { tokens: tokens.clone(), kind: ItemKind::Partner }];
    apply_rules(facts, sentence, items).first().is_some_and(|(_, found)| found.verdict != Verdict::Partner)
}

/// Runs the rules over a sentence in which `partners` are the foreign countries; gives what each match says of which
/// tokens, the one that decides first.
fn apply_rules(facts: &Facts, sentence: &Sentence, partners: Vec<Item>) -> Vec<(Range<usize>, Judged)> {
    let rules: Vec<&Rule> = facts.reading.pack.rules_of(RuleGroup::Role).collect();
    if rules.is_empty() || partners.is_empty() {
        return Vec::new();
    }
    let homes = home_in(facts, &sentence.tokens).into_iter().map(|tokens| Item { tokens, kind: ItemKind::Home });
    let items = items_of(&sentence.tokens, partners.into_iter().chain(homes).collect());
    let mut matches = find_matches(facts.reading, &items, &rules);
    // What binds a country outweighs what it only stands beside; else the nearer context decides: of two rules the one
    // whose match is shorter.
    matches.sort_by_key(|found| (verdict_of(found.rule) == Verdict::Beside, found.items.len()));
    let captured = matches.iter().flat_map(|found| {
        let partners =
            found.captures.iter().filter(|capture| matches!(capture.atom, Atom::Partner | Atom::Bloc | Atom::Partners));
        partners.map(|capture| {
            let judged = Judged {
                code: String::new(),
                verdict: verdict_of(found.rule),
                rule: found.rule.id.clone(),
                confidence: found.rule.confidence,
                cue: cue_of(found, &items),
            };
            (items[capture.items.start].tokens.clone(), judged)
        })
    });
    captured.collect()
}

/// The tokens of the word of cooperation that a rule has matched.
fn cue_of(found: &Match, items: &[Item]) -> Option<Range<usize>> {
    let part = found.part(|atom| matches!(atom, Atom::Table(Kind::Cooperation, _)))?;
    Some(items[part.start].tokens.start..items[part.end - 1].tokens.end)
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
