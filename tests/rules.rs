//! The reason in the rules: every example of every built-in rule, through the real pipeline.

mod common;

use common::{corpus_languages, corpus_texts, pack, packs};
use warta::document::Document;
use warta::pack::{Anchors, Layers, Pack};
use warta::pipeline::with_findings;
use warta::proof::prove;
use warta::record::rows_of;

#[test]
fn every_example_holds() {
    for pack in packs().iter() {
        let failures: Vec<String> = prove(pack).iter().map(ToString::to_string).collect();
        assert!(failures.is_empty(), "{}: {} failures\n{}\n", pack.language, failures.len(), failures.join("\n"));
    }
}

#[test]
fn every_rule_shows_what_it_finds_and_what_it_leaves() {
    for pack in packs().iter() {
        assert!(!pack.rules.is_empty(), "{} has no rules", pack.language);
        for rule in &pack.rules {
            let place = format!("{}:{}: rule `{}`", rule.place.0, rule.place.1, rule.id);
            assert!(!rule.examples.is_empty(), "{place} has no example");
            assert!(
                rule.examples.iter().all(|example| !example.marks.is_empty()),
                "{place} has an example without a mark"
            );
            assert!(!rule.counterexamples.is_empty(), "{place} has no counterexample");
            assert!(!rule.note.is_empty(), "{place} has no note");
        }
    }
}

/// What a rule cannot do without is looked for before it is searched for: that must cost no match.
#[test]
fn looking_beforehand_loses_nothing() {
    for language in corpus_languages() {
        let with = pack(&language);
        let mut without = Pack::load(&Layers::default(), &language).unwrap();
        let sets = &mut without.sets;
        for set in [&mut sets.person, &mut sets.direct, &mut sets.indirect, &mut sets.role] {
            set.rules.iter_mut().for_each(|(_, anchors)| *anchors = Anchors::default());
        }
        assert!(!with.sets.direct.rules.is_empty() && !with.sets.role.rules.is_empty(), "{language} has too few rules");
        let examples = with.rules.iter().flat_map(|rule| &rule.examples).map(|example| example.text.clone());
        let texts = corpus_texts(&language).into_iter().map(|(_, text)| text).chain(examples);
        for text in texts {
            let document = Document::from_text("text", text);
            let rows = |pack| with_findings(&document, pack, None, |found| format!("{:?}", rows_of(found, false)));
            assert_eq!(rows(with), rows(&without), "{language}: {}", document.text);
        }
    }
}

/// A `rule` cell must name one thing.
#[test]
fn a_rule_id_is_used_once_in_a_language() {
    for pack in packs().iter() {
        let mut ids: Vec<&str> = pack.rules.iter().map(|rule| rule.id.as_str()).collect();
        ids.sort_unstable();
        let twice: Vec<&str> = ids.windows(2).filter(|pair| pair[0] == pair[1]).map(|pair| pair[0]).collect();
        assert!(twice.is_empty(), "{}: {twice:?}", pack.language);
    }
}
