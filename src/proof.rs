//! Executes the examples of rules through the real pipeline: for `warta check`, and for the tests.
//!
//! An example must give exactly what it marks, credited to its rule; a counterexample must give nothing of its rule. Both
//! are tried alone and between two neutral sentences, for a rule that only works at a text's edge is no rule.

use crate::cooperation::{Facts, judged_countries};
use crate::document::Document;
use crate::pack::{Pack, Rule, RuleGroup};
use crate::pattern::Example;
use crate::pipeline::with_findings;
use crate::record::Findings;
use crate::span::Span;
use std::collections::BTreeSet;
use std::fmt;

/// An example that a rule does not live up to.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Failure {
    /// The rule.
    pub rule: String,
    /// File and line of the rule.
    pub place: String,
    /// The sentence that was tried.
    pub text: String,
    /// What was expected and what was found.
    pub message: String,
}

impl fmt::Display for Failure {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}: rule `{}`: {}\n    in: {}", self.place, self.rule, self.message, self.text)
    }
}

/// What was found or marked: the part's name and its words with their place.
type Part = (&'static str, Span);

/// The parts that examples of a group may mark.
const PARTS: [&str; 7] = ["content", "cue", "speaker", "name", "position", "institution", "country"];

/// Tries every example and counterexample of a pack; empty if all hold.
pub fn prove(pack: &Pack) -> Vec<Failure> {
    pack.rules.iter().flat_map(|rule| prove_rule(pack, rule)).collect()
}

fn prove_rule(pack: &Pack, rule: &Rule) -> Vec<Failure> {
    let mut failures = Vec::new();
    let mut fail = |text: &str, message: String| {
        let place = format!("{}:{}", rule.place.0, rule.place.1);
        failures.push(Failure { rule: rule.id.clone(), place, text: text.to_owned(), message });
    };
    let neutral = &pack.params.neutral;
    let settings = [(String::new(), String::new()), (format!("{neutral} "), format!(" {neutral}"))];
    for example in &rule.examples {
        if let Some(mark) = example.marks.iter().find(|mark| !PARTS.contains(&mark.name.as_str())) {
            fail(&example.text, format!("`{}` is no part; an example marks {}", mark.name, PARTS.join(", ")));
            continue;
        }
        for (before, after) in &settings {
            // A headline stands at the head of the text: nothing can come before it.
            let before = if example.text.contains("\n\n") { "" } else { before.as_str() };
            let text = format!("{before}{}{after}", example.text);
            let wanted = wanted_parts(example, before.len());
            let names: BTreeSet<&str> = wanted.iter().map(|part| part.0).collect();
            let mut found = found_parts(pack, rule, &text);
            found.retain(|part| names.contains(part.0));
            if found != wanted {
                fail(&text, format!("marks {}, finds {}", shown(&wanted, &text), shown(&found, &text)));
            }
        }
    }
    for counterexample in &rule.counterexamples {
        for (before, after) in &settings {
            let text = format!("{before}{counterexample}{after}");
            let found = found_parts(pack, rule, &text);
            if !found.is_empty() {
                fail(&text, format!("is a counterexample, but finds {}", shown(&found, &text)));
            }
        }
    }
    failures
}

fn wanted_parts(example: &Example, shift: usize) -> BTreeSet<Part> {
    PARTS
        .iter()
        .flat_map(|name| example.marked(name).map(|span| (*name, Span::new(span.start + shift, span.end + shift))))
        .collect()
}

fn found_parts(pack: &Pack, rule: &Rule, text: &str) -> BTreeSet<Part> {
    let document = Document::from_text("example", text);
    with_findings(&document, pack, None, |findings| match rule.group {
        RuleGroup::Quote => quote_parts(findings, &rule.id),
        RuleGroup::Person => person_parts(findings, &rule.id),
        RuleGroup::Role => role_parts(findings, &rule.id),
    })
}

fn quote_parts(findings: &Findings, rule: &str) -> BTreeSet<Part> {
    let mut parts = BTreeSet::new();
    for quote in findings.quotes.iter().filter(|quote| quote.rule == rule) {
        parts.insert(("content", quote.span));
        parts.extend(quote.cue.as_ref().map(|cue| ("cue", findings.reading.span(cue))));
        parts.extend(quote.surface.as_ref().map(|surface| ("speaker", findings.reading.span(surface))));
    }
    parts
}

fn person_parts(findings: &Findings, rule: &str) -> BTreeSet<Part> {
    let mut parts = BTreeSet::new();
    for person in findings.persons.people.iter().filter(|person| person.rule == rule) {
        parts.insert(("name", findings.reading.span(&person.name)));
        parts.extend(person.position.as_ref().map(|position| ("position", findings.reading.span(position))));
        parts.extend(person.institution.as_ref().map(|body| ("institution", findings.reading.span(body))));
    }
    parts
}

fn role_parts(findings: &Findings, rule: &str) -> BTreeSet<Part> {
    let facts = Facts {
        reading: findings.reading,
        sentences: findings.sentences,
        countries: findings.countries,
        sectors: findings.sectors,
        persons: findings.persons,
        quotes: findings.quotes,
        home: findings.home,
    };
    judged_countries(&facts).into_iter().filter(|judged| judged.2 == rule).map(|judged| ("country", judged.0)).collect()
}

fn shown(parts: &BTreeSet<Part>, text: &str) -> String {
    if parts.is_empty() {
        return "nothing".to_owned();
    }
    let parts = parts.iter().map(|(name, span)| format!("{name} `{}`", span.of(text)));
    parts.collect::<Vec<_>>().join(", ")
}
