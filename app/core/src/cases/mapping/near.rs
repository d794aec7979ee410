//! What was probably meant where a name or a code is not there. Nothing is ever taken for it: it is said to whoever mends the table or the mapping.

use crate::{codebook::Field, text::fold_name};

/// What is longer is no name that somebody mistyped.
const LONGEST: usize = 60;

/// Asks for the nearest of some names, where one is near enough: `; did you mean "Town"?`.
pub(super) fn did_you_mean<'n>(wanted: &str, names: impl Iterator<Item = &'n str>) -> String {
    nearest(wanted, names.map(|name| (name, name))).map(|name| format!("; did you mean {name:?}?")).unwrap_or_default()
}

/// Asks for the nearest of a field's codes, by the code or by what the vocabulary calls it, or of further words that stand for some.
pub(super) fn code_meant<'n>(wanted: &str, field: &'n Field, further: impl Iterator<Item = &'n str>) -> String {
    let codes = field
        .current_codes()
        .flat_map(|code| [(code.code.as_str(), code.code.as_str()), (code.label("en"), code.code.as_str())]);
    let near = nearest(wanted, further.map(|word| (word, word)).chain(codes));
    near.map(|code| format!("; did you mean {code:?}?")).unwrap_or_default()
}

/// What stands for the name that is nearest.
fn nearest<'n>(wanted: &str, names: impl Iterator<Item = (&'n str, &'n str)>) -> Option<&'n str> {
    if wanted.chars().count() > LONGEST {
        return None;
    }
    let wanted = fold_name(wanted);
    let most = most_slips(wanted.chars().count());
    let near = names.filter_map(|(name, meaning)| Some((distance(&wanted, &fold_name(name), most)?, meaning)));
    near.min_by_key(|(distance, _)| *distance).map(|(_, meaning)| meaning)
}

/// How many letters may be wrong of so many.
fn most_slips(letters: usize) -> usize {
    match letters {
        0..=2 => 0,
        3..=5 => 1,
        _ => 2,
    }
}

/// What stands for the name that is nearest, among names of organisations: also one that goes on behind the other (`Acme` and `Acme Cameras`).
/// All are folded.
pub(super) fn organisation_meant<'n, T>(wanted: &str, names: impl Iterator<Item = (&'n str, T)>) -> Option<T> {
    if wanted.chars().count() > LONGEST {
        return None;
    }
    let near = names.filter_map(|(name, meaning)| {
        let slips = distance(wanted, name, most_slips(longer(wanted, name))).or_else(|| beginning(wanted, name))?;
        Some(((slips, name), meaning))
    });
    near.min_by_key(|(nearness, _)| *nearness).map(|(_, meaning)| meaning)
}

/// How far the beginnings of two names differ that have as many words as the shorter one; more than any two whole names.
fn beginning(one: &str, other: &str) -> Option<usize> {
    const FURTHER: usize = 10;
    let words = |name: &str| name.split(' ').count();
    let fewer = words(one).min(words(other));
    if words(one) == words(other) {
        return None;
    }
    let (one, other) = (first_words(one, fewer), first_words(other, fewer));
    let most = match longer(one, other) {
        0..=3 => return None,
        4..=5 => 0,
        _ => 2,
    };
    distance(one, other, most).map(|slips| slips + FURTHER)
}

/// The letters of the longer of two names. Folding takes some: `Huwaei` becomes `huwai`.
fn longer(one: &str, other: &str) -> usize {
    one.chars().count().max(other.chars().count())
}

/// As many words of a folded name.
fn first_words(name: &str, count: usize) -> &str {
    let end = name.match_indices(' ').map(|(at, _)| at).nth(count.saturating_sub(1));
    end.and_then(|end| name.get(..end)).unwrap_or(name)
}

/// How many letters must be put in, left out or changed to make one word of another; nothing where they are more than `most`.
fn distance(one: &str, other: &str, most: usize) -> Option<usize> {
    let length = other.chars().count();
    if one.is_empty() || one.chars().count().abs_diff(length) > most {
        return None;
    }
    let mut above: Vec<usize> = (0..=length).collect();
    for (position, letter) in one.chars().enumerate() {
        let mut left = position + 1;
        let mut row = vec![left];
        for (pair, against) in above.windows(2).zip(other.chars()) {
            let &[diagonal, up] = pair else { continue };
            left = (diagonal + usize::from(letter != against)).min(up + 1).min(left + 1);
            row.push(left);
        }
        above = row;
    }
    above.last().copied().filter(|distance| *distance <= most)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::codebook::{Codebook, In};

    #[test]
    fn the_nearest_name_is_asked_for_and_none_that_is_far() {
        let names = ["City", "Country", "Contract sum"];
        for (wanted, expected) in [
            ("city", "; did you mean \"City\"?"),
            ("Citty", "; did you mean \"City\"?"),
            ("contract_sum", "; did you mean \"Contract sum\"?"),
            ("Contrat summ", "; did you mean \"Contract sum\"?"),
            ("Town", ""),
            ("County", "; did you mean \"Country\"?"),
            ("", ""),
            ("Ci", ""),
        ] {
            assert_eq!(did_you_mean(wanted, names.into_iter()), expected, "{wanted}");
        }
        assert_eq!(did_you_mean(&"x".repeat(50_000), names.into_iter()), "");
    }

    #[test]
    fn an_organisation_is_meant_by_a_slip_or_by_more_words_behind_its_name() {
        let names = ["huawei", "beispielkamera gmbh", "stadtwerke essen", "acme"];
        for (wanted, expected) in [
            ("huwaei", Some("huawei")),
            ("huwai", Some("huawei")),
            ("huawei technologies", Some("huawei")),
            ("huwaei technologies", Some("huawei")),
            ("beispielkamera", Some("beispielkamera gmbh")),
            ("beispielkamra gmbh", Some("beispielkamera gmbh")),
            ("stadtwerke bremen", None),
            ("acme cameras", Some("acme")),
            ("acne cameras", None),
            ("voorbeeldnet b v", None),
            ("", None),
        ] {
            assert_eq!(organisation_meant(wanted, names.into_iter().map(|name| (name, name))), expected, "{wanted}");
        }
    }

    #[test]
    fn a_code_is_meant_by_its_code_by_its_name_or_by_a_word_of_the_mapping() {
        let codebook = Codebook::embedded();
        let state = codebook.field_in(In::Case, "state").unwrap();
        let label = state.code("in_operation").unwrap().label("en");
        for (wanted, expected) in [
            ("in operatoin", "; did you mean \"in_operation\"?"),
            (label, "; did you mean \"in_operation\"?"),
            ("runing", "; did you mean \"running\"?"),
            ("broken", ""),
        ] {
            assert_eq!(code_meant(wanted, state, ["running"].into_iter()), expected, "{wanted}");
        }
    }
}
