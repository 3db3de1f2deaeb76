//! Dates as news writes them: `Selasa (29/10/2013)`, `Jumat, 1 Desember 2023`, `Oct 5, 2025`.
//!
//! A day's name alone stays a day; a date without its year is no date, for the article does not give one.

use super::Frame;
use crate::document::Document;
use crate::gazetteer::Kind;
use crate::pack::tables::CalendarClass;
use crate::reading::Reading;
use crate::token::TokenKind;
use jiff::civil::Date;
use std::ops::Range;

/// A date or day found in a stretch of text.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct FoundDate {
    /// ISO 8601 date, if day, month and year are given.
    pub iso: Option<String>,
    /// The day's name as written, if one is given.
    pub day: Option<String>,
}

/// The first day's name and the first whole date in `tokens`.
pub fn find_date(reading: &Reading, tokens: &Range<usize>) -> FoundDate {
    let mut found = FoundDate::default();
    for at in tokens.clone() {
        if found.day.is_none()
            && let Some(lookup) = reading.at(Kind::Calendar, at)
            && reading.pack.calendar_word(lookup).class == CalendarClass::Day
        {
            found.day = Some(reading.words(&(lookup.start..lookup.end)).to_owned());
        }
        if found.iso.is_none() && reading.tokens[at].kind == TokenKind::Number {
            found.iso = date_at(reading, at).map(|date| date.to_string());
        }
    }
    found
}

/// The date that begins with the number at `at`.
fn date_at(reading: &Reading, at: usize) -> Option<Date> {
    if reading.is(at + 1, "/") || reading.is(at + 1, "-") && reading.tokens[at + 1].glued {
        return reading
            .is(at + 3, reading.token_text(at + 1))
            .then(|| date(number(reading, at + 4)?, number(reading, at + 2)?, number(reading, at)?))?;
    }
    // `21 de maio de 2025`: the form of the month may have several words.
    if let Some((month, year)) = month_at(reading, at + 1) {
        return date(number(reading, year)?, month, number(reading, at)?);
    }
    // `Oct 5, 2025`: the month stands before.
    let (month, _) = month_at(reading, at.checked_sub(1)?)?;
    let year = at + 1 + usize::from(reading.is(at + 1, ","));
    date(number(reading, year)?, month, number(reading, at)?)
}

/// The month that stands at a token, and the token behind it.
fn month_at(reading: &Reading, at: usize) -> Option<(i64, usize)> {
    let lookup = reading.at(Kind::Calendar, at)?;
    let row = reading.pack.calendar_word(lookup);
    (row.class == CalendarClass::Month).then(|| Some((row.value.parse().ok()?, lookup.end)))?
}

fn number(reading: &Reading, at: usize) -> Option<i64> {
    reading.token_text(at).parse().ok()
}

fn date(year: i64, month: i64, day: i64) -> Option<Date> {
    // Two-digit years are written in the same slashed form: `29/10/13`.
    let year = if (0..100).contains(&year) { year + if year < 70 { 2000 } else { 1900 } } else { year };
    if !(1900..2100).contains(&year) {
        return None;
    }
    Date::new(year.try_into().ok()?, month.try_into().ok()?, day.try_into().ok()?).ok()
}

/// The date that a page's head or a record gives, in any of the forms in which they do: `2025-10-05T08:00:00+07:00`, an
/// e-mail's, seconds or milliseconds since 1970, or as the language writes dates. The day is the source's own.
fn said_by_source(reading: &Reading) -> Option<Date> {
    let said = reading.meta.published.trim();
    if said.is_empty() {
        return None;
    }
    if let Some(date) = said.get(..10).and_then(|day| day.replace('/', "-").parse::<Date>().ok()) {
        return Some(date);
    }
    if let Ok(time) = jiff::fmt::rfc2822::parse(said) {
        return Some(time.date());
    }
    if let Ok(count) = said.parse::<i64>() {
        let seconds = match said.len() {
            9 | 10 => count,
            12 | 13 => count / 1000,
            _ => return None,
        };
        return Some(jiff::tz::Offset::UTC.to_datetime(jiff::Timestamp::from_second(seconds).ok()?).date());
    }
    let document = Document::from_text("", said);
    let reading = Reading::of(&document, reading.pack);
    find_date(&reading, &(0..reading.tokens.len())).iso?.parse().ok()
}

/// The article's own date: what its source says, in the dateline, else the first whole date that stands with a day's name, else nothing.
pub(super) fn published(reading: &Reading, frame: &Frame) -> String {
    if let Some(date) = said_by_source(reading) {
        return date.to_string();
    }
    let dateline = frame.dateline.iter().map(|dateline| dateline.tokens.clone());
    if let Some(iso) = dateline.filter_map(|tokens| find_date(reading, &tokens).iso).next() {
        return iso;
    }
    for passage in &frame.passages {
        for at in passage.tokens.clone() {
            let Some(lookup) = reading.at(Kind::Calendar, at) else { continue };
            if reading.pack.calendar_word(lookup).class != CalendarClass::Day {
                continue;
            }
            let near = lookup.end..(lookup.end + 7).min(passage.tokens.end);
            if let Some(iso) = find_date(reading, &near).iso {
                return iso;
            }
        }
    }
    String::new()
}
