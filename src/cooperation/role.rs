//! Runs the declared rules of `role.toml`: where a country is a partner, where it is only mentioned, where it stands aside.

use super::home::home_in;
use super::{Facts, beginning_in};
use crate::gazetteer::Kind;
use crate::matcher::{Item, ItemKind, Match, find_matches, items_of};
use crate::mention::CountryMention;
use crate::pack::tables::WordClass;
use crate::pack::{Atom, Rule};
use crate::sentence::Sentence;
use std::ops::Range;

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
pub struct Judged {
    /// The country.
    pub code: String,
    /// What is said of it.
    pub verdict: Verdict,
    /// The rule that says it.
    pub rule: String,
    /// `high`, `medium` or `low`.
    pub confidence: &'static str,
    /// The word of cooperation in the rule's match.
    pub cue: Option<Range<usize>>,
    /// Whether home stands in the match.
    pub with_home: bool,
}

/// Every country that a declared role rule judges, in the order of the sentences: its place, the verdict, and the rule.
pub fn judged_countries(facts: &Facts) -> Vec<(crate::span::Span, Verdict, String)> {
    let mut judged = Vec::new();
    for sentence in &facts.sentences.all {
        let named: Vec<&CountryMention> =
            facts.countries_in(&sentence.tokens).iter().filter(|country| country.code != facts.home).collect();
        for found in judge(facts, sentence, &named) {
            let places = named.iter().filter(|country| country.code == found.code).map(|country| country.span);
            judged.extend(places.take(1).map(|span| (span, found.verdict, found.rule.clone())));
        }
    }
    judged
}

/// What the declared rules say of each foreign country.
pub fn judge(facts: &Facts, sentence: &Sentence, named: &[&CountryMention]) -> Vec<Judged> {
    let kind_of = |tokens: &Range<usize>| {
        let listed = named_in(named, tokens);
        let several = listed.iter().any(|country| country.code != listed[0].code);
        if listed.iter().all(|country| facts.reading.pack.is_bloc(&country.code)) {
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
        for country in named_in(named, &tokens) {
            if !judged.iter().any(|known| known.code == country.code) {
                judged.push(Judged { code: country.code.clone(), ..found.clone() });
            }
        }
    }
    judged
}

/// Those of the countries that are named in `tokens`.
fn named_in<'n, 'c>(named: &'n [&'c CountryMention], tokens: &Range<usize>) -> &'n [&'c CountryMention] {
    beginning_in(named, tokens, |country| country.tokens.start)
}

/// Whether a rule says that what `tokens` refer to only stands beside the cooperation: `di negara itu`.
pub fn is_aside(facts: &Facts, sentence: &Sentence, tokens: &Range<usize>) -> bool {
    let items = vec![Item { tokens: tokens.clone(), kind: ItemKind::Partner }];
    apply_rules(facts, sentence, items).first().is_some_and(|(_, found)| found.verdict != Verdict::Partner)
}

/// Runs the rules over a sentence in which `partners` are the foreign countries; gives what each match says of which
/// tokens, the one that decides first.
fn apply_rules(facts: &Facts, sentence: &Sentence, partners: Vec<Item>) -> Vec<(Range<usize>, Judged)> {
    let rules = &facts.reading.pack.sets.role;
    if rules.rules.is_empty() || partners.is_empty() {
        return Vec::new();
    }
    let homes = home_in(facts, &sentence.tokens).map(|tokens| Item { tokens, kind: ItemKind::Home });
    let items = items_of(&sentence.tokens, partners.into_iter().chain(homes).collect());
    let mut matches = find_matches(facts.reading, &items, rules);
    // What binds a country outweighs what it only stands beside, and what is sure what is not; else the nearer context
    // decides: of two rules the one whose match is shorter.
    matches.sort_by_key(|found| {
        (verdict_of(found.rule) == Verdict::Beside, found.rule.confidence == "low", found.items.len())
    });
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
                with_home: found.part(|atom| atom == Atom::Home).is_some(),
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
pub fn lists_of(facts: &Facts, named: &[&CountryMention]) -> Vec<Range<usize>> {
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
