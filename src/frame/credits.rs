//! Credits at an article's end: `Pewarta: Hanni SofiaEditor: Ella`, with or without spaces, glued or not.

use crate::gazetteer::{Kind, Lookup};
use crate::pack::tables::{BoilerplateClass, BoilerplateReach};
use crate::reading::Reading;
use regex::Regex;
use std::ops::Range;
use std::sync::LazyLock;

/// Who wrote and edited the article, as written; several names are joined by `|`.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Credits {
    /// The reporter.
    pub reporter: String,
    /// The editor.
    pub editor: String,
}

/// A label inside a line of credits: it begins at a line's start, after a space, or glued to a small letter or a dot.
static LABEL: LazyLock<Regex> =
    // The pattern is a constant; a test compiles it.
    LazyLock::new(|| Regex::new(r"(?P<label>\p{Lu}[\p{L}]+(?: \p{L}+)?)\s*:").unwrap_or_else(|_| unreachable!()));

/// Whether a field's form is followed by a colon, or is complete without one (`Copyright ©`).
pub fn is_label(reading: &Reading, lookup: &Lookup) -> bool {
    let row = reading.pack.boilerplate_form(lookup);
    row.form.ends_with(':')
        || reading.is(lookup.end, ":")
        || matches!(row.class, BoilerplateClass::Copyright | BoilerplateClass::Credit)
}

/// Reads the fields of a line of credits.
pub fn read_credits(reading: &Reading, line: &Range<usize>, credits: &mut Credits) {
    let words = reading.words(line);
    let mut fields: Vec<(BoilerplateClass, usize, usize)> = Vec::new();
    for found in LABEL.captures_iter(words) {
        let (Some(label), Some(whole)) = (found.name("label"), found.get(0)) else { continue };
        // `SofiaEditor` is a name and a label: the label is the longest known ending that begins with a capital.
        let starts = label.as_str().char_indices().filter(|(_, c)| c.is_uppercase()).map(|(at, _)| at);
        if let Some((start, class)) =
            starts.filter_map(|at| Some((at, field_class(reading, &label.as_str()[at..])?))).next()
        {
            fields.push((class, label.start() + start, whole.end()));
        }
    }
    for (index, (class, _, from)) in fields.iter().enumerate() {
        let to = fields.get(index + 1).map_or(words.len(), |next| next.1);
        let end = words[*from..to].find("Copyright").map_or(to, |at| from + at);
        let name = words[*from..end].trim().trim_end_matches(['|', '-', ',', '/']).trim();
        let field = match class {
            BoilerplateClass::Reporter => &mut credits.reporter,
            BoilerplateClass::Editor => &mut credits.editor,
            _ => continue,
        };
        if !name.is_empty() && !field.split('|').any(|known| known == name) {
            if !field.is_empty() {
                field.push('|');
            }
            field.push_str(name);
        }
    }
}

/// Credits that stand in the last paragraph after the last sentence are read and cut off; gives the paragraph's end.
pub fn cut_credits(reading: &Reading, paragraph: &Range<usize>, credits: &mut Credits) -> usize {
    for at in paragraph.clone().skip(1) {
        let after_stop = reading.is_stop(at - 1) || reading.tokens[at - 1].kind == crate::token::TokenKind::Mark;
        let Some(lookup) = reading.at(Kind::Boilerplate, at).filter(|_| after_stop) else { continue };
        let row = reading.pack.boilerplate_form(lookup);
        match row.reach {
            BoilerplateReach::Field if is_label(reading, lookup) => {
                read_credits(reading, &(at..paragraph.end), credits);
                return at;
            }
            BoilerplateReach::Rest => return at,
            _ => {}
        }
    }
    paragraph.end
}

fn field_class(reading: &Reading, label: &str) -> Option<BoilerplateClass> {
    let tokens = crate::token::tokenize(label, &reading.pack.vocabulary);
    let lookups = reading.pack.gazetteer.find(label, &tokens);
    let lookup = lookups.at(Kind::Boilerplate, 0).filter(|lookup| lookup.end == tokens.len())?;
    let row = reading.pack.boilerplate_form(lookup);
    (row.reach == BoilerplateReach::Field).then_some(row.class)
}
