//! Cooperation summed up over a run: one row for each home, partner and sector.
//!
//! Comes in: what each article states, in the order of the documents. Goes out: the rows of `partners.csv`. A
//! [`Summary`] holds one entry for each home, partner and sector and none for an article, so it stays small however many
//! articles a run has. What an article adds is a [`Stated`], which a journal keeps: a run that is gone on with sums up the
//! articles of the stopped one without reading their tables.
//!
//! An article with the text of an earlier one says nothing new, and counts nowhere: neither it nor its date. Near-duplicates
//! count, each for itself: what an editor changed may be what matters.

use crate::pack::tables::{CodeRow, SectorCodeRow, Stage};
use crate::record::{CooperationOut, PartnerOut, Rows};
use serde::{Deserialize, Serialize};
use std::cmp::Reverse;
use std::collections::BTreeMap;

/// The levels of confidence, the least first.
const CONFIDENCES: [&str; 3] = ["low", "medium", "high"];

/// What one article states, as far as the summary needs it.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Stated {
    /// The article's date, ISO 8601; empty if it gives none.
    pub date: String,
    /// Code of home.
    pub home: String,
    /// Its cooperation records, at most one for each partner and sector.
    pub records: Vec<StatedRecord>,
}

/// What one article states of one partner and sector, in the cells of `cooperation.csv`.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct StatedRecord {
    /// Code of the country or bloc.
    pub partner: String,
    /// Code of the sector.
    pub sector: String,
    /// How far it has come.
    pub stage: String,
    /// `high`, `medium` or `low`.
    pub confidence: String,
}

impl Stated {
    /// What `rows` state, once duplicates are marked in them: nothing if they are of no article or of a duplicate.
    pub fn by(rows: &Rows) -> Stated {
        let article = rows.article.as_ref().filter(|article| article.duplicate_of.is_empty());
        let Some(article) = article.filter(|_| !rows.cooperation.is_empty()) else { return Stated::default() };
        let record = |row: &CooperationOut| StatedRecord {
            partner: row.partner.clone(),
            sector: row.sector.clone(),
            stage: row.stage.clone(),
            confidence: row.confidence.clone(),
        };
        Stated {
            date: article.published.clone(),
            home: article.home.clone(),
            records: rows.cooperation.iter().map(record).collect(),
        }
    }

    /// Whether it adds nothing.
    pub fn is_empty(&self) -> bool {
        self.records.is_empty()
    }
}

/// What the articles of a run state of each home, partner and sector.
#[derive(Clone, Debug, Default)]
pub struct Summary {
    pairs: BTreeMap<Key, Pair>,
}

/// Home is part of it: Singapore's trade with Indonesia is not that with Malaysia, and a run may read articles of both.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
struct Key {
    home: String,
    partner: String,
    sector: String,
}

#[derive(Clone, Debug)]
struct Pair {
    articles: usize,
    /// The earliest date; empty as long as no article has one.
    first_date: String,
    /// The latest date, with the most advanced stage that an article of that day states.
    latest: (String, Stage),
    /// The row that shows the stage best.
    shown: Shown,
    /// The article of that row.
    doc_id: String,
    /// How many articles state that stage.
    stage_articles: usize,
}

/// How well a row shows what the summary says; the greatest does best. The most advanced stage is what it says; the surest
/// and then the latest article that states it is the one to read.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
struct Shown {
    stage: Stage,
    /// As a place in [`CONFIDENCES`]; `None` for any other cell.
    confidence: Option<usize>,
    date: String,
}

impl Pair {
    fn of(doc_id: &str, shown: Shown) -> Pair {
        let latest = (String::new(), Stage::Unset);
        let doc_id = doc_id.to_owned();
        Pair { articles: 0, first_date: String::new(), latest, shown, doc_id, stage_articles: 0 }
    }

    fn add(&mut self, doc_id: &str, shown: Shown) {
        self.articles += 1;
        if shown.stage > self.shown.stage {
            self.stage_articles = 0;
        }
        if shown.stage >= self.shown.stage {
            self.stage_articles += 1;
        }
        if !shown.date.is_empty() {
            if self.first_date.is_empty() || shown.date < self.first_date {
                self.first_date.clone_from(&shown.date);
            }
            if (shown.date.as_str(), shown.stage) > (self.latest.0.as_str(), self.latest.1) {
                self.latest = (shown.date.clone(), shown.stage);
            }
        }
        // Of rows that show it equally well the first stays.
        if shown > self.shown {
            self.shown = shown;
            doc_id.clone_into(&mut self.doc_id);
        }
    }
}

impl Summary {
    /// Takes in the next article.
    pub fn add(&mut self, doc_id: &str, stated: &Stated) {
        for record in &stated.records {
            let shown = Shown {
                stage: Stage::from_name(&record.stage).unwrap_or(Stage::Unset),
                confidence: CONFIDENCES.iter().position(|known| *known == record.confidence),
                date: stated.date.clone(),
            };
            let key = Key { home: stated.home.clone(), partner: record.partner.clone(), sector: record.sector.clone() };
            let pair = self.pairs.entry(key).or_insert_with(|| Pair::of(doc_id, shown.clone()));
            pair.add(doc_id, shown);
        }
    }

    /// The rows: by home, then the most articles first, then by partner and sector. Names are the English ones of the
    /// shared tables of countries and sectors, since articles of several languages meet in a row; a code that they do not
    /// have stands for its name.
    pub fn finish(
        self,
        countries: &BTreeMap<String, CodeRow>,
        sectors: &BTreeMap<String, SectorCodeRow>,
    ) -> Vec<PartnerOut> {
        let named = |(key, pair): (Key, Pair)| {
            let (country, sector) = (countries.get(&key.partner), sectors.get(&key.sector));
            row(key, pair, country, sector)
        };
        let mut rows: Vec<PartnerOut> = self.pairs.into_iter().map(named).collect();
        // The sort is stable, so that what is equal stays in the order of the keys.
        rows.sort_by(|a, b| (&a.home, Reverse(a.articles)).cmp(&(&b.home, Reverse(b.articles))));
        rows
    }
}

fn row(key: Key, pair: Pair, country: Option<&CodeRow>, field: Option<&SectorCodeRow>) -> PartnerOut {
    let Key { home, partner, sector } = key;
    let Pair { articles, first_date, latest: (last_date, latest_stage), shown, doc_id, stage_articles } = pair;
    PartnerOut {
        doc_id,
        home,
        partner_name: country.map_or(&partner, |row| &row.name).clone(),
        kind: country.map_or("", |row| row.kind.name()).to_owned(),
        sector_name: field.map_or(&sector, |row| &row.name_en).clone(),
        partner,
        sector,
        stage: shown.stage.name().to_owned(),
        stage_articles,
        articles,
        first_date,
        last_date,
        latest_stage: latest_stage.name().to_owned(),
        confidence: shown.confidence.map_or("", |level| CONFIDENCES[level]).to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::record::ArticleRow;

    fn stated(date: &str, partner: &str, stage: &str, confidence: &str) -> Stated {
        let record = StatedRecord {
            partner: partner.to_owned(),
            sector: "trade".to_owned(),
            stage: stage.to_owned(),
            confidence: confidence.to_owned(),
        };
        Stated { date: date.to_owned(), home: "IDN".to_owned(), records: vec![record] }
    }

    fn summed(articles: &[(&str, Stated)]) -> Vec<PartnerOut> {
        let mut summary = Summary::default();
        articles.iter().for_each(|(doc_id, stated)| summary.add(doc_id, stated));
        summary.finish(&BTreeMap::new(), &BTreeMap::new())
    }

    fn only(articles: &[(&str, Stated)]) -> PartnerOut {
        let mut rows = summed(articles);
        assert_eq!(rows.len(), 1, "{rows:?}");
        rows.remove(0)
    }

    #[test]
    fn the_most_advanced_stage_and_what_was_said_last_are_told() {
        let row = only(&[
            ("a", stated("2024-05-01", "JPN", "active", "high")),
            ("b", stated("2023-01-31", "JPN", "stalled", "low")),
            ("c", stated("", "JPN", "proposed", "high")),
            ("d", stated("2024-05-02", "JPN", "proposed", "high")),
            ("e", stated("2024-05-02", "JPN", "agreed", "low")),
        ]);
        assert_eq!((row.stage.as_str(), row.stage_articles, row.articles), ("stalled", 1, 5));
        assert_eq!((row.first_date.as_str(), row.last_date.as_str()), ("2023-01-31", "2024-05-02"));
        assert_eq!(row.latest_stage, "agreed", "of two on one day the more advanced");
        assert_eq!((row.doc_id.as_str(), row.confidence.as_str()), ("b", "low"), "the row that states the stage");
    }

    #[test]
    fn the_surest_then_the_latest_then_the_first_article_shows_the_stage() {
        let at = |date, confidence| stated(date, "JPN", "agreed", confidence);
        let shown = |articles: &[(&str, Stated)]| only(articles).doc_id;
        assert_eq!(shown(&[("a", at("2024-05-01", "medium")), ("b", at("", "high"))]), "b");
        assert_eq!(shown(&[("a", at("2024-05-01", "high")), ("b", at("2025-05-01", "low"))]), "a");
        assert_eq!(shown(&[("a", at("", "high")), ("b", at("2024-05-01", "high"))]), "b");
        assert_eq!(shown(&[("a", at("2024-05-02", "low")), ("b", at("2024-05-01", "low"))]), "a");
        assert_eq!(shown(&[("a", at("", "low")), ("b", at("", "low"))]), "a");
        let row = only(&[("a", at("", "low")), ("b", at("", "high")), ("c", stated("", "JPN", "active", "low"))]);
        assert_eq!((row.doc_id.as_str(), row.stage_articles), ("c", 1), "a later stage is counted anew");
    }

    #[test]
    fn without_a_date_dates_and_latest_stage_are_empty() {
        let row = only(&[("a", stated("", "JPN", "ended", "high"))]);
        assert_eq!([&row.first_date, &row.last_date, &row.latest_stage], ["", "", ""]);
    }

    #[test]
    fn rows_stand_by_home_then_by_articles_then_by_code() {
        let of = |home: &str, partner| Stated { home: home.to_owned(), ..stated("", partner, "active", "high") };
        let rows = summed(&[
            ("a", of("MYS", "SGP")),
            ("b", of("IDN", "JPN")),
            ("c", of("IDN", "SGP")),
            ("d", of("IDN", "SGP")),
            ("e", of("IDN", "AUS")),
        ]);
        let keys: Vec<[&str; 2]> = rows.iter().map(|row| [row.home.as_str(), row.partner.as_str()]).collect();
        assert_eq!(keys, [["IDN", "SGP"], ["IDN", "AUS"], ["IDN", "JPN"], ["MYS", "SGP"]]);
        assert!(summed(&[]).is_empty());
    }

    #[test]
    fn an_article_with_the_text_of_another_states_nothing() {
        let record = CooperationOut { partner: "JPN".to_owned(), ..CooperationOut::default() };
        let rows = |duplicate_of: &str| Rows {
            article: Some(ArticleRow { duplicate_of: duplicate_of.to_owned(), ..ArticleRow::default() }),
            cooperation: vec![record.clone()],
            ..Rows::default()
        };
        assert_eq!(Stated::by(&rows("")).records.len(), 1);
        assert!(Stated::by(&rows("a.txt")).is_empty());
        assert!(Stated::by(&Rows::default()).is_empty());
    }
}
