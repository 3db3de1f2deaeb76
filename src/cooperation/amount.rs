//! Sums of money: `US$ 37 juta`, `Rp2,5 triliun`, `775,1 juta dolar AS`, `RM16.5 bilion`.
//!
//! Comes in: a sentence. Goes out: the first sum with its ISO 4217 currency. Separators are the pack's; a number whose
//! separators contradict each other is left alone.

use crate::gazetteer::Kind;
use crate::pack::tables::{CurrencyClass, NumberClass};
use crate::reading::Reading;
use crate::token::TokenKind;
use std::ops::Range;

/// A sum of money.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Amount {
    /// The number in digits, without separators but a decimal point.
    pub value: String,
    /// ISO 4217.
    pub currency: String,
}

/// The first sum in `tokens`.
pub fn find_amount(reading: &Reading, tokens: &Range<usize>) -> Option<Amount> {
    tokens.clone().find_map(|at| amount_at(reading, at, tokens.end))
}

fn amount_at(reading: &Reading, at: usize, end: usize) -> Option<Amount> {
    let letters = reading.token_text(at);
    if reading.tokens[at].kind == TokenKind::Word {
        // `Rp2,5` and `RM16.5` are one word: letters, then digits.
        let digits = letters.find(|c: char| c.is_ascii_digit());
        if let Some(split) = digits.filter(|split| *split > 0) {
            let currency = symbol(reading, &letters[..split])?;
            return scaled(reading, &letters[split..], at + 1, end).map(|(value, _)| Amount { value, currency });
        }
    }
    if let Some(lookup) =
        reading.at(Kind::Currency, at).filter(|l| reading.pack.currency(l).class == CurrencyClass::Symbol)
    {
        let number = lookup.end + usize::from(reading.is(lookup.end, "."));
        if number < end && reading.tokens[number].kind == TokenKind::Number {
            let (value, _) = scaled(reading, reading.token_text(number), number + 1, end)?;
            return Some(Amount { value, currency: reading.pack.currency(lookup).currency.clone() });
        }
    }
    if reading.tokens[at].kind == TokenKind::Number {
        let (value, after) = scaled(reading, letters, at + 1, end)?;
        let lookup = reading.at(Kind::Currency, after).filter(|l| l.end <= end)?;
        return Some(Amount { value, currency: reading.pack.currency(lookup).currency.clone() });
    }
    None
}

fn symbol(reading: &Reading, letters: &str) -> Option<String> {
    let tokens = crate::token::tokenize(letters, &reading.pack.vocabulary);
    let lookups = reading.pack.gazetteer.find(letters, &tokens);
    lookups.at(Kind::Currency, 0).map(|lookup| reading.pack.currency(lookup).currency.clone())
}

/// The number `digits` times the scale words that follow at `at`; also gives the token behind them.
fn scaled(reading: &Reading, digits: &str, mut at: usize, end: usize) -> Option<(String, usize)> {
    let (mut whole, mut decimals) = plain_number(reading, digits)?;
    while let Some(lookup) = reading.at(Kind::Number, at).filter(|lookup| lookup.end <= end) {
        let row = reading.pack.number_word(lookup);
        if row.class != NumberClass::Scale {
            break;
        }
        let zeros = row.value.len().checked_sub(1).filter(|_| row.value.starts_with('1'))?;
        // Shift the decimal point to the right: exact, where floating-point numbers would not be.
        for _ in 0..zeros {
            whole.push(if decimals.is_empty() { '0' } else { decimals.remove(0) });
        }
        at = lookup.end;
    }
    let whole = whole.trim_start_matches('0');
    let whole = if whole.is_empty() { "0" } else { whole };
    let decimals = decimals.trim_end_matches('0');
    let value = if decimals.is_empty() { whole.to_owned() } else { format!("{whole}.{decimals}") };
    Some((value, at))
}

/// Whole and decimal digits of a number as the language writes it; a lone separator before three digits parts thousands
/// only if it is the language's sign for that.
fn plain_number(reading: &Reading, digits: &str) -> Option<(String, String)> {
    let numbers = &reading.pack.params.numbers;
    let (whole, decimals) = match digits.rsplit_once(numbers.decimal) {
        Some((whole, decimals)) => (whole, decimals),
        // `US$ 2.4 miliar` in a text that writes 2,4: one separator before one or two digits is a decimal point.
        None => match digits.rsplit_once(numbers.thousands) {
            Some((whole, last)) if last.len() < 3 && !whole.contains(numbers.thousands) => (whole, last),
            _ => (digits, ""),
        },
    };
    let whole: String = whole.chars().filter(|c| *c != numbers.thousands).collect();
    let fits = |part: &str| part.chars().all(|c| c.is_ascii_digit());
    (!whole.is_empty() && fits(&whole) && fits(decimals)).then(|| (whole, decimals.to_owned()))
}
