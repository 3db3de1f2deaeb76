//! When two ways to write a name or an office mean the same: short forms, slips of a letter, blends and initials.
//!
//! Words come in folded; nothing here looks at the text.

/// Whether `part`'s words stand in `whole` in the same order, a letter's slip in long words allowed.
pub(super) fn is_part(part: &[String], whole: &[String]) -> bool {
    let mut rest = whole.iter();
    !part.is_empty() && part.iter().all(|word| rest.any(|other| is_same_word(word, other)))
}

/// Equal, or one letter apart where both are long: `Martowardojo`, `Martowardoyo`.
pub(super) fn is_same_word(a: &str, b: &str) -> bool {
    if a == b {
        return true;
    }
    // Most words differ at the first look: a letter more is four bytes at most.
    if a.len().min(b.len()) < 6 || a.len().abs_diff(b.len()) > 4 || a.as_bytes()[0] != b.as_bytes()[0] {
        return false;
    }
    if a.is_ascii() && b.is_ascii() {
        return is_slip(a.as_bytes(), b.as_bytes());
    }
    let (a, b): (Vec<char>, Vec<char>) = (a.chars().collect(), b.chars().collect());
    is_slip(&a, &b)
}

/// Whether two words of six letters or more, the same at first, are one letter apart at most.
fn is_slip<T: PartialEq>(a: &[T], b: &[T]) -> bool {
    if a.len().min(b.len()) < 6 || a.len().abs_diff(b.len()) > 1 || a[0] != b[0] {
        return false;
    }
    let same_start = a.iter().zip(b).take_while(|(x, y)| x == y).count();
    let same_end = a.iter().rev().zip(b.iter().rev()).take_while(|(x, y)| x == y).count();
    same_start + same_end + 1 >= a.len().max(b.len())
}

/// Whether a short name is made of the beginnings of a longer one's words: `Jokowi`, `Zulhas`, `AHY`.
pub(super) fn is_blend(short: &str, words: &[String]) -> bool {
    fn rest_fits(short: &str, words: &[String], least: usize) -> bool {
        if short.is_empty() {
            return true;
        }
        let Some((word, others)) = words.split_first() else { return false };
        let shared = short.chars().zip(word.chars()).take_while(|(a, b)| a == b).count();
        (least..=shared).rev().any(|length| {
            let bytes: usize = short.chars().take(length).map(char::len_utf8).sum();
            rest_fits(&short[bytes..], others, least)
        })
    }
    let letters = short.chars().count();
    let initials = letters == words.len() && letters > 1 && rest_fits(short, words, 1);
    // `Melki` for Melkiades, `Zul` for Zulkifli.
    let clipped = letters >= 4 && words.iter().any(|word| word.len() > short.len() + 1 && word.starts_with(short));
    initials
        || clipped
        || letters >= 4 && words.len() > 1 && !words.iter().any(|word| word == short) && rest_fits(short, words, 2)
}

/// `menkeu` is `menteri keuangan`, `dirut` is `direktur utama`, `mendag` is `menteri perdagangan`: pieces of the words in
/// order, the first piece the beginning of the first word.
pub(in crate::mention) fn is_office_blend(blend: &str, words: &[String]) -> bool {
    fn rest_fits(rest: &str, words: &[String]) -> bool {
        if rest.is_empty() {
            return true;
        }
        let Some((word, others)) = words.split_first() else { return false };
        (2..=rest.len()).rev().any(|length| {
            rest.is_char_boundary(length) && word.contains(&rest[..length]) && rest_fits(&rest[length..], others)
        }) || rest_fits(rest, others)
    }
    let Some((first, others)) = words.split_first() else { return false };
    !others.is_empty()
        && (2..blend.len()).any(|length| {
            blend.is_char_boundary(length) && first.starts_with(&blend[..length]) && rest_fits(&blend[length..], others)
        })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn words(text: &str) -> Vec<String> {
        text.split(' ').map(str::to_owned).collect()
    }

    #[test]
    fn short_names_and_blends() {
        assert!(is_blend("jokowi", &words("joko widodo")));
        assert!(is_blend("ahy", &words("agus harimurti yudhoyono")));
        assert!(!is_blend("joko", &words("joko widodo")));
        assert!(is_part(&words("budi gunadi"), &words("budi gunadi sadikin")));
        assert!(is_same_word("martowardojo", "martowardoyo"));
        assert!(!is_same_word("wibowo", "widodo"));
    }

    #[test]
    fn blends_of_offices() {
        assert!(is_office_blend("menkeu", &words("menteri keuangan")));
        assert!(is_office_blend("menlu", &words("menteri luar negeri")));
        assert!(is_office_blend("mendag", &words("menteri perdagangan")));
        assert!(is_office_blend("dirut", &words("direktur utama")));
        assert!(!is_office_blend("menkes", &words("menteri keuangan")));
    }
}
