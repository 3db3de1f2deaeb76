//! The outcome of a scoring, as text and as figures.
//!
//! Comes in: the tallies of articles and what was missed in them. Goes out: the text
//! `score.py` prints, letter for letter, and the figures unrounded. It must never judge: a
//! drop is for the ratchet to refuse.

use std::fmt;

use super::measure::{Counts, Measure, Tally};

/// Group, measure, precision, recall, F1, and how much gold has.
pub type MeasureRow<'a> = (&'a str, &'static str, f64, f64, f64, usize);

/// Scores by group, and the misses that were asked for.
///
/// Printed, it is the misses, a line each, then a table for each group.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Report {
    /// `all` first, then the languages as the gold files bring them up.
    pub groups: Vec<Group>,
    /// By article, in the order of the measures.
    pub misses: Vec<Miss>,
}

impl Report {
    /// The figures, a row for each group and measure, in the order printed.
    pub fn measures(&self) -> impl Iterator<Item = MeasureRow<'_>> {
        self.groups.iter().flat_map(|group| {
            Measure::ALL.into_iter().map(|measure| {
                let counts = group.counts(measure);
                (group.name.as_str(), measure.name(), counts.precision(), counts.recall(), counts.f1(), counts.gold())
            })
        })
    }

    /// Adds an article to a group.
    pub(super) fn add(&mut self, name: &str, tally: &Tally) {
        let place = match self.groups.iter().position(|group| group.name == name) {
            Some(place) => place,
            None => {
                self.groups.push(Group { name: name.to_owned(), articles: 0, tally: Tally::default() });
                self.groups.len() - 1
            }
        };
        let group = &mut self.groups[place];
        group.articles += 1;
        for measure in Measure::ALL {
            group.tally.add(measure, tally.get(measure));
        }
    }
}

impl fmt::Display for Report {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for miss in &self.misses {
            writeln!(f, "{miss}")?;
        }
        for group in &self.groups {
            write!(f, "{group}")?;
        }
        Ok(())
    }
}

/// The scores of some articles together.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Group {
    /// `all`, or a language.
    pub name: String,
    /// How many articles of gold it sums.
    pub articles: usize,
    tally: Tally,
}

impl Group {
    /// The counts of a measure.
    pub fn counts(&self, measure: Measure) -> Counts {
        self.tally.get(measure)
    }
}

impl fmt::Display for Group {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        writeln!(f, "== {}: {} articles", self.name, self.articles)?;
        writeln!(f, "{:22}{:>7}{:>7}{:>7}   gold", "measure", "P", "R", "F1")?;
        for measure in Measure::ALL {
            let counts = self.counts(measure);
            writeln!(
                f,
                "{:22}{:7.3}{:7.3}{:7.3}{:7}",
                measure.name(),
                counts.precision(),
                counts.recall(),
                counts.f1(),
                counts.gold()
            )?;
        }
        Ok(())
    }
}

/// One thing that counted against the run.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Miss {
    /// The measure it counted in.
    pub measure: Measure,
    /// In what way.
    pub verdict: Verdict,
    /// The article's name.
    pub article: String,
    /// The thing itself: a code, codes in parentheses, a person or a quote in braces; when
    /// wrong, the person or the quote's place, then `| gold: … | got: …`.
    pub what: String,
}

impl fmt::Display for Miss {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let verdict = match self.verdict {
            Verdict::Missed => "missed",
            Verdict::Extra => "extra ",
            Verdict::Wrong => "wrong ",
        };
        write!(f, "{verdict} {} {}", self.article, self.what)
    }
}

/// How something counted against the run.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Verdict {
    /// In gold, not found.
    Missed,
    /// Found, not in gold.
    Extra,
    /// Found, and something about it differs from gold.
    Wrong,
}
