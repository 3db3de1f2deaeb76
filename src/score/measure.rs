//! The measures by name, and the counts behind their figures.
//!
//! Comes in: what was hit, extra and missed. Goes out: precision, recall and F1. It must
//! never average figures: counts are summed over articles first, so a long article weighs
//! what it holds.

use super::ScoreError;

/// What is compared, in the order it is printed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Measure {
    /// The set of codes of countries and blocs.
    Country,
    /// The set of codes with role `partner`.
    Partner,
    /// Persons, one to one, by name.
    Person,
    /// On matched persons: words agree with F1 ≥ 0.75.
    PersonPosition,
    /// On matched persons: words agree with F1 ≥ 0.75.
    PersonInstitution,
    /// On matched persons: equal.
    PersonKind,
    /// On matched persons: equal.
    PersonCountry,
    /// Spans with intersection over union ≥ 0.8.
    QuoteDirect,
    /// On matched direct quotes: the speaker's name.
    SpeakerDirect,
    /// Span and speaker of a direct quote both right.
    AttributionDirect,
    /// Spans with intersection over union ≥ 0.5.
    QuoteIndirect,
    /// On matched indirect quotes: the speaker's name.
    SpeakerIndirect,
    /// Span and speaker of an indirect quote both right.
    AttributionIndirect,
    /// The set of sectors of the cooperation records.
    Sector,
    /// The set of (partner, sector).
    Cooperation,
    /// The set of (partner, sector, stage).
    CooperationStage,
}

impl Measure {
    /// Every measure, in the order printed, which is also the order declared.
    pub const ALL: [Self; 16] = [
        Self::Country,
        Self::Partner,
        Self::Person,
        Self::PersonPosition,
        Self::PersonInstitution,
        Self::PersonKind,
        Self::PersonCountry,
        Self::QuoteDirect,
        Self::SpeakerDirect,
        Self::AttributionDirect,
        Self::QuoteIndirect,
        Self::SpeakerIndirect,
        Self::AttributionIndirect,
        Self::Sector,
        Self::Cooperation,
        Self::CooperationStage,
    ];

    /// Names that stand for the direct and the indirect measure together.
    const FAMILIES: [&str; 3] = ["quote", "speaker", "attribution"];

    /// The name it is printed under.
    pub fn name(self) -> &'static str {
        match self {
            Self::Country => "country",
            Self::Partner => "partner",
            Self::Person => "person",
            Self::PersonPosition => "person.position",
            Self::PersonInstitution => "person.institution",
            Self::PersonKind => "person.kind",
            Self::PersonCountry => "person.country",
            Self::QuoteDirect => "quote.direct",
            Self::SpeakerDirect => "speaker.direct",
            Self::AttributionDirect => "attribution.direct",
            Self::QuoteIndirect => "quote.indirect",
            Self::SpeakerIndirect => "speaker.indirect",
            Self::AttributionIndirect => "attribution.indirect",
            Self::Sector => "sector",
            Self::Cooperation => "cooperation",
            Self::CooperationStage => "cooperation+stage",
        }
    }

    /// Every name [`Measure::named`] knows.
    pub fn names() -> Vec<&'static str> {
        let measures = Self::ALL.into_iter().map(Self::name);
        measures.chain(Self::FAMILIES).collect()
    }

    /// The measure of a name; both kinds of quote for `quote`, `speaker`, `attribution`.
    ///
    /// # Errors
    /// No measure and no family is called so.
    pub fn named(name: &str) -> Result<Vec<Self>, ScoreError> {
        let is_family = Self::FAMILIES.contains(&name);
        let asked = |measure: &Self| {
            let own = measure.name();
            own == name || is_family && own.split_once('.').is_some_and(|(first, _)| first == name)
        };
        let measures: Vec<Self> = Self::ALL.into_iter().filter(asked).collect();
        if measures.is_empty() {
            return Err(ScoreError::UnknownMeasure { name: name.to_owned(), known: Self::names() });
        }
        Ok(measures)
    }
}

/// How often a measure was right and wrong.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Counts {
    /// In gold and found.
    pub hit: usize,
    /// Found, not in gold.
    pub extra: usize,
    /// In gold, not found.
    pub missed: usize,
}

impl Counts {
    /// Counts of a comparison where `hit` of `gold` and of `found` agree.
    pub(super) fn of(hit: usize, gold: usize, found: usize) -> Self {
        Self { hit, extra: found - hit, missed: gold - hit }
    }

    /// How much gold has.
    pub fn gold(self) -> usize {
        self.hit + self.missed
    }

    /// The share of what was found that is right; 0 when nothing was found.
    pub fn precision(self) -> f64 {
        share(self.hit, self.hit + self.extra)
    }

    /// The share of gold that was found; 0 when gold has nothing.
    pub fn recall(self) -> f64 {
        share(self.hit, self.gold())
    }

    /// The harmonic mean of precision and recall; 0 when both are.
    pub fn f1(self) -> f64 {
        let (p, r) = (self.precision(), self.recall());
        // The order of these operations is score.py's, so the last bit is too.
        if p + r == 0.0 { 0.0 } else { 2.0 * p * r / (p + r) }
    }
}

fn share(part: usize, whole: usize) -> f64 {
    if whole == 0 { 0.0 } else { part as f64 / whole as f64 }
}

/// The counts of every measure.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(super) struct Tally([Counts; Measure::ALL.len()]);

impl Tally {
    pub(super) fn get(&self, measure: Measure) -> Counts {
        self.0[measure as usize]
    }

    pub(super) fn add(&mut self, measure: Measure, more: Counts) {
        let counts = &mut self.0[measure as usize];
        counts.hit += more.hit;
        counts.extra += more.extra;
        counts.missed += more.missed;
    }
}

#[cfg(test)]
mod tests {
    use super::Measure;

    #[test]
    fn all_is_in_the_order_declared() {
        for (place, measure) in Measure::ALL.into_iter().enumerate() {
            assert_eq!(measure as usize, place, "{}", measure.name());
        }
    }

    #[test]
    fn names_find_their_measures() {
        for name in Measure::names() {
            assert!(Measure::named(name).is_ok(), "{name}");
        }
        assert_eq!(Measure::named("person").unwrap(), [Measure::Person]);
        let both = [Measure::SpeakerDirect, Measure::SpeakerIndirect];
        assert_eq!(Measure::named("speaker").unwrap(), both);
        let error = Measure::named("speakers").unwrap_err().to_string();
        assert!(error.contains("`speakers`") && error.contains("cooperation+stage"));
    }
}
