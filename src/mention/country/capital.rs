//! Capitals that stand for their governments: `Beijing menolak`, `hubungan Jakarta-Canberra`, never `di Tokyo`.

use crate::gazetteer::{Kind, Lookup};
use crate::pack::tables::{ContextClass, CooperationClass, CountryClass, CueClass, SectorPart, WordClass};
use crate::reading::Reading;

/// Whether a capital is the subject of a verb of acting or speaking.
pub fn acts(reading: &Reading, lookup: &Lookup) -> bool {
    let before = lookup.start.checked_sub(1);
    let governed = before.is_some_and(|at| {
        let preposition = reading
            .covering(Kind::Word, at)
            .is_some_and(|word| matches!(reading.pack.word(word).class, WordClass::Preposition | WordClass::Temporal));
        let capital = reading.tokens[at].is_capitalized() && reading.at(Kind::Word, at).is_none();
        let same_line = reading.tokens[lookup.start].line_ends == 0;
        preposition || reading.at(Kind::Calendar, at).is_some() || capital && same_line
    });
    let acts_at = |at: usize| {
        let verb = [ContextClass::Act, ContextClass::Conflict]
            .iter()
            .any(|class| reading.at_class(Kind::Context, at, *class as u8).is_some());
        let helper = [WordClass::Modal, WordClass::Aspect, WordClass::Negation]
            .iter()
            .any(|class| reading.at_class(Kind::Word, at, *class as u8).is_some());
        let active = reading.at_class(Kind::Cue, at, CueClass::Active as u8).is_some();
        verb || helper || active || reading.at(Kind::Cooperation, at).is_some()
    };
    let adverb = usize::from(reading.at_class(Kind::Word, lookup.end, WordClass::Adverb as u8).is_some());
    !governed && (acts_at(lookup.end) || acts_at(lookup.end + adverb))
}

/// Whether a capital is joined to another: `Jakarta-Canberra`, `hubungan antara London dan Moskow`.
pub fn is_paired(reading: &Reading, lookup: &Lookup) -> bool {
    let capital_at = |at: usize| {
        reading
            .at(Kind::Country, at)
            .filter(|other| matches!(reading.pack.country(other).class, CountryClass::Capital | CountryClass::Pair))
    };
    let capital_before =
        |end: usize| (end.saturating_sub(3)..end).find_map(|at| capital_at(at).filter(|l| l.end == end));
    let hyphen = |at: usize| reading.is_dash(at) && reading.tokens[at].glued;
    let joins = |at: usize| {
        hyphen(at)
            || reading.at_class(Kind::Word, at, WordClass::Conjunction as u8).is_some_and(|word| word.end == at + 1)
    };
    let (first, joint) = if joins(lookup.end) && capital_at(lookup.end + 1).is_some() {
        (lookup.start, lookup.end)
    } else {
        let Some(joint) = lookup.start.checked_sub(1).filter(|at| joins(*at)) else { return false };
        let Some(other) = capital_before(joint) else { return false };
        (other.start, joint)
    };
    let end = capital_at(joint + 1).map_or(joint + 1, |other| other.end);
    let mut near = (first.saturating_sub(3)..first).chain(end..end + 1);
    if hyphen(joint) {
        // A route has two capitals too: `penerbangan Jakarta-Tokyo`.
        return !near.any(|at| {
            reading.covering(Kind::Sector, at).is_some_and(|sector| {
                reading.pack.sector_part(&reading.pack.sector(sector).sector) == SectorPart::Routes
            })
        });
    }
    near.any(|at| {
        let noun = reading.at(Kind::Cooperation, at).is_some_and(|word| {
            matches!(reading.pack.cooperation_word(word).class, CooperationClass::Noun | CooperationClass::Talks)
        });
        let conflict = reading.at(Kind::Context, at).is_some_and(|context| {
            matches!(reading.pack.context(context).class, ContextClass::Conflict | ContextClass::Competition)
        });
        noun || conflict
    })
}
