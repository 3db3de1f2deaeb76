//! The reason in the rules: every example of every built-in rule, through the real pipeline.

mod common;

use common::packs;
use warta::proof::prove;

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
