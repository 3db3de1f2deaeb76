//! Scores of a run against gold: precision, recall and F1 of every measure.
//!
//! Comes in: a folder of gold, one JSON file an article ([`read_gold`]), and a folder with
//! the CSV tables of a run, or the gold of a second annotator ([`read_run`]). Goes out: a
//! [`Report`], which prints as a table and yields its figures one by one for a ratchet file.
//!
//! What counts as right is the project's contract, and its reference is a Python script,
//! `score.py`: for the same folders this room gives the same text, letter for letter. It is
//! stricter only in what it refuses: a folder with nothing to score, a role or a kind of
//! quote that does not exist. And it must never use another room of the crate: had it the
//! extractor's notion of a name or a span, a fault there would excuse itself here. Nor does
//! it read the articles' text; what gold and run say about it is all that is compared.
//!
//! ```
//! use std::collections::BTreeMap;
//! use warta::score::{Article, Country, Options, Role, score};
//!
//! let country = |code: &str, role| Country { country: code.into(), role };
//! let article = |countries| BTreeMap::from([("a".to_owned(), Article { countries, ..Article::default() })]);
//! let gold = article(vec![country("IDN", Role::Home), country("TWN", Role::Partner)]);
//! let run = article(vec![country("TWN", Role::Partner)]);
//!
//! let report = score(&gold, &run, &Options::default());
//! let (group, measure, precision, recall, ..) = report.measures().next().unwrap();
//! assert_eq!((group, measure, precision, recall), ("all", "country", 1.0, 0.5));
//! ```

mod article;
mod compare;
mod error;
mod literal;
mod measure;
mod pairing;
mod report;
mod table;
mod words;

use std::collections::BTreeMap;

pub use article::{Article, Cooperation, Country, Person, Quote, QuoteKind, Role, read_gold};
pub use error::ScoreError;
pub use measure::{Counts, Measure};
pub use report::{Group, MeasureRow, Miss, Report, Verdict};
pub use table::read_run;

/// What to score and what to list.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Options {
    /// A group for each language of the gold, after the group `all`.
    pub by_lang: bool,
    /// The measures whose misses the report lists; see [`Measure::named`].
    pub miss: Vec<Measure>,
    /// Only gold articles whose name starts so; empty takes all.
    pub prefix: String,
}

/// Scores a run: every gold article against the run's article of the same name, counts
/// summed over articles. What the run lacks counts as an article with nothing found; what
/// only the run has is not looked at.
pub fn score(gold: &BTreeMap<String, Article>, run: &BTreeMap<String, Article>, options: &Options) -> Report {
    let nothing = Article::default();
    let mut report = Report::default();
    for (name, article) in in_file_order(gold) {
        if !name.starts_with(&options.prefix) {
            continue;
        }
        let found = run.get(name).unwrap_or(&nothing);
        let (tally, misses) = compare::compare(name, article, found, &options.miss);
        report.add("all", &tally);
        if options.by_lang {
            report.add(&article.lang, &tally);
        }
        report.misses.extend(misses);
    }
    report
}

/// The articles as `score.py` meets them, sorted by file name: `a-b.json` stands before
/// `a.json`, though `a` sorts before `a-b`. Misses and groups are printed in this order.
fn in_file_order(articles: &BTreeMap<String, Article>) -> Vec<(&String, &Article)> {
    let mut ordered: Vec<_> = articles.iter().collect();
    ordered.sort_by_key(|(name, _)| format!("{name}.json"));
    ordered
}
