//! Reads the declared rules: `rules/quote.toml`, `rules/person.toml`, `rules/role.toml`.
//!
//! A rule without an example and a counterexample does not load; neither does one whose pattern names a table, class or
//! item that is not there. The examples are executed by the room `proof`, through the real pipeline.

use super::layers::Layers;
use super::params::place_of;
use super::read::{Files, opened};
use super::tables::*;
use crate::error::Complaint;
use crate::gazetteer::Kind;
use crate::pattern::{Example, Node, parse_pattern};
use crate::token::{Vocabulary, WordId};
use serde::Deserialize;
use std::collections::BTreeSet;
use toml::Spanned;

/// What a file of rules is for.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum RuleGroup {
    /// Names with their offices.
    Person,
    /// Quotations and reported speech with their speakers.
    Quote,
    /// Countries as partners or not.
    Role,
}

impl RuleGroup {
    const ALL: [(RuleGroup, &'static str); 3] =
        [(RuleGroup::Person, "person.toml"), (RuleGroup::Quote, "quote.toml"), (RuleGroup::Role, "role.toml")];

    /// What rules of the group may give.
    fn gives(self) -> &'static [&'static str] {
        match self {
            RuleGroup::Person => &["person"],
            RuleGroup::Quote => &["direct", "indirect", "indirect-sentence", "indirect-before"],
            RuleGroup::Role => &["partner", "mentioned", "beside"],
        }
    }
}

/// One declared rule.
#[derive(Clone, Debug)]
pub struct Rule {
    /// Kebab-case name of the construction, in surface order.
    pub id: String,
    /// The file's group.
    pub group: RuleGroup,
    /// What it finds, for people.
    pub note: String,
    /// The pattern as written.
    pub pattern: String,
    /// The pattern as executed.
    pub steps: Vec<Step>,
    /// What a match gives; see [`RuleGroup`].
    pub gives: String,
    /// `high`, `medium` or `low`, for the rows it makes.
    pub confidence: &'static str,
    /// Marked sentences in which it must find exactly what is marked.
    pub examples: Vec<Example>,
    /// Sentences in which it must find nothing.
    pub counterexamples: Vec<String>,
    /// File and line.
    pub place: (String, usize),
}

/// What one step of a compiled pattern asks for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Atom {
    /// This word, in any case.
    Word(WordId),
    /// An item of a table, of any class or of one.
    Table(Kind, Option<u8>),
    /// Whoever may speak: person, title, pronoun, body.
    Speaker,
    /// A speaker that stands as the subject: no preposition or verb governs it.
    Subject,
    /// A stretch between quotation marks.
    Quote,
    /// The reported clause: any items, as many as there are.
    Content,
    /// At most this many items that are no speaker, cue, quotation or sentence end.
    Gap(usize),
    /// A name, or a country as an actor, of the room that runs the rule.
    Name,
    /// An office with its body.
    Office,
    /// One foreign country or bloc, or several that are listed or referred to.
    Partner,
    /// The same, where only blocs are named.
    Bloc,
    /// Two foreign countries or more, listed.
    Partners,
    /// The home country in any of its forms.
    Home,
}

/// A compiled pattern element.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Step {
    /// One atom.
    Atom(Atom),
    /// One of several sequences.
    Choice(Vec<Vec<Step>>),
    /// The sequence or nothing.
    Optional(Vec<Step>),
    /// The start of the sentence.
    Start,
    /// The end of the sentence.
    End,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct RuleFile {
    #[serde(default)]
    rule: Vec<Spanned<RawRule>>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct RawRule {
    id: String,
    note: String,
    gives: String,
    confidence: String,
    pattern: Spanned<String>,
    examples: Vec<String>,
    counterexamples: Vec<String>,
}

/// Reads the rules of a language. An overlay's file adds rules after those below it; a rule of the same id replaces one.
pub fn read_rules(
    layers: &Layers,
    language: &str,
    vocabulary: &mut Vocabulary,
    files: &mut Files,
    complaints: &mut Vec<Complaint>,
) -> Vec<Rule> {
    let mut rules: Vec<Rule> = Vec::new();
    for (name, shown) in layers.names_in(&format!("{language}/rules")) {
        if !RuleGroup::ALL.iter().any(|(_, file)| *file == name) {
            let known: Vec<&str> = RuleGroup::ALL.iter().map(|(_, file)| *file).collect();
            let message = format!("no room reads this file; rules stand in {}", known.join(", "));
            complaints.push(Complaint { file: shown, line: 0, column: 0, message });
        }
    }
    for (group, name) in RuleGroup::ALL {
        for file in layers.files(&format!("{language}/rules/{name}")) {
            let Some(file) = opened(file, files, complaints) else { continue };
            let parsed: RuleFile = match toml::from_str(&file.text) {
                Ok(parsed) => parsed,
                Err(error) => {
                    let (line, column) = error.span().map_or((0, 0), |span| place_of(&file.text, span.start));
                    let message = error.message().to_owned();
                    complaints.push(Complaint { file: file.name.clone(), line, column, message });
                    continue;
                }
            };
            let mut seen = BTreeSet::new();
            for raw in parsed.rule {
                let (line, column) = place_of(&file.text, raw.span().start);
                let mut complain = |line: usize, column: usize, message: String| {
                    complaints.push(Complaint { file: file.name.clone(), line, column, message });
                };
                let raw = raw.into_inner();
                if !seen.insert(raw.id.clone()) {
                    complain(line, column, format!("rule `{}` is declared twice", raw.id));
                }
                let pattern_at = place_of(&file.text, raw.pattern.span().start);
                match compile(raw, group, vocabulary) {
                    Ok(mut rule) => {
                        rule.place = (file.name.clone(), line);
                        match rules.iter_mut().find(|other| other.id == rule.id) {
                            Some(below) => *below = rule,
                            None => rules.push(rule),
                        }
                    }
                    Err((Some(column), message)) => complain(pattern_at.0, pattern_at.1 + column, message),
                    Err((None, message)) => complain(line, column, message),
                }
            }
        }
    }
    rules
}

type Refusal = (Option<usize>, String);

fn compile(raw: RawRule, group: RuleGroup, vocabulary: &mut Vocabulary) -> Result<Rule, Refusal> {
    let id = raw.id.clone();
    let refuse = |message: String| (None, format!("rule `{id}`: {message}"));
    if raw.id.is_empty() || !raw.id.chars().all(|c| c.is_ascii_lowercase() || c.is_ascii_digit() || c == '-') {
        return Err(refuse("an id is small letters, digits and hyphens".to_owned()));
    }
    if raw.examples.is_empty() || raw.counterexamples.is_empty() {
        return Err(refuse("needs at least one example and one counterexample".to_owned()));
    }
    if !group.gives().contains(&raw.gives.as_str()) {
        return Err(refuse(format!("gives `{}`; in this file it is one of: {}", raw.gives, group.gives().join(", "))));
    }
    let Some(confidence) = ["high", "medium", "low"].into_iter().find(|known| *known == raw.confidence) else {
        return Err(refuse(format!("confidence is `{}`; it is high, medium or low", raw.confidence)));
    };
    let pattern = raw.pattern.into_inner();
    let nodes =
        parse_pattern(&pattern).map_err(|error| (Some(error.column), format!("rule `{id}`: {}", error.message)))?;
    let steps =
        resolve(&nodes, vocabulary).map_err(|(column, message)| (Some(column), format!("rule `{id}`: {message}")))?;
    let mut examples = Vec::new();
    for source in &raw.examples {
        let example = Example::parse(source).map_err(&refuse)?;
        if example.marks.is_empty() {
            return Err(refuse(format!("the example `{source}` marks nothing; write [words](content)")));
        }
        examples.push(example);
    }
    Ok(Rule {
        id: raw.id,
        group,
        note: raw.note,
        pattern,
        steps,
        gives: raw.gives,
        confidence,
        examples,
        counterexamples: raw.counterexamples,
        place: (String::new(), 0),
    })
}

fn resolve(nodes: &[Node], vocabulary: &mut Vocabulary) -> Result<Vec<Step>, (usize, String)> {
    nodes
        .iter()
        .map(|node| {
            Ok(match node {
                Node::Literal(word) => Step::Atom(Atom::Word(vocabulary.intern(word))),
                Node::Item { name, class, column } => {
                    Step::Atom(atom(name, class.as_deref()).map_err(|message| (*column, message))?)
                }
                Node::Choice(branches) => {
                    Step::Choice(branches.iter().map(|branch| resolve(branch, vocabulary)).collect::<Result<_, _>>()?)
                }
                Node::Optional(inner) => Step::Optional(resolve(inner, vocabulary)?),
                Node::Start => Step::Start,
                Node::End => Step::End,
            })
        })
        .collect()
}

const ITEMS: &[(&str, Atom)] = &[
    ("speaker", Atom::Speaker),
    ("subject", Atom::Subject),
    ("quote", Atom::Quote),
    ("content", Atom::Content),
    ("name", Atom::Name),
    ("office", Atom::Office),
    ("partner", Atom::Partner),
    ("bloc", Atom::Bloc),
    ("partners", Atom::Partners),
    ("home", Atom::Home),
];

const TABLES: &[(&str, Kind, &[&str])] = &[
    ("country", Kind::Country, CountryClass::NAMES),
    ("reference", Kind::Reference, ReferenceClass::NAMES),
    ("place", Kind::Place, PlaceClass::NAMES),
    ("position", Kind::Position, PositionClass::NAMES),
    ("body", Kind::Institution, InstitutionClass::NAMES),
    ("honorific", Kind::Honorific, HonorificClass::NAMES),
    ("cue", Kind::Cue, CueClass::NAMES),
    ("word", Kind::Word, WordClass::NAMES),
    ("pronoun", Kind::Pronoun, PronounClass::NAMES),
    ("calendar", Kind::Calendar, CalendarClass::NAMES),
    ("sector", Kind::Sector, SectorClass::NAMES),
    ("coop", Kind::Cooperation, CooperationClass::NAMES),
    ("context", Kind::Context, ContextClass::NAMES),
];

fn atom(name: &str, class: Option<&str>) -> Result<Atom, String> {
    if name == "gap" {
        let most = class.unwrap_or("12");
        return most.parse().map(Atom::Gap).map_err(|_| format!("<gap.{most}>: a gap has a number, as in <gap.6>"));
    }
    if let Some((_, atom)) = ITEMS.iter().find(|(item, _)| *item == name) {
        return match class {
            None => Ok(*atom),
            Some(class) => Err(format!("<{name}> has no classes, so `.{class}` names none")),
        };
    }
    let Some((_, kind, classes)) = TABLES.iter().find(|(table, ..)| *table == name) else {
        let known: Vec<&str> = ITEMS.iter().map(|i| i.0).chain(TABLES.iter().map(|t| t.0)).chain(["gap"]).collect();
        return Err(format!("<{name}> is not one of: {}", known.join(", ")));
    };
    let Some(class) = class else { return Ok(Atom::Table(*kind, None)) };
    match classes.iter().position(|known| *known == class) {
        Some(index) => Ok(Atom::Table(*kind, Some(index as u8))),
        None => Err(format!("`{class}` is no class of <{name}>; it has: {}", classes.join(", "))),
    }
}
