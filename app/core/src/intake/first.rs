//! The first page of the form: what is required, and one large box for the account (schema.md rule 5).

use super::{
    answers::{Answers, Refusal},
    names,
};
use crate::{codebook::Codebook, limits};

/// What stands on the first page beside what the codebook says is required: the city, or its size in its place.
const PLACE: [&str; 2] = ["city", "size_class"];
/// What else may be said of an answer stands on the page of its topic.
const ELSEWHERE: [&str; 5] = ["status", "sources", "second", "said_by", "ground"];

/// The questions of the first page, in their order.
#[must_use]
pub fn first_questions(book: &Codebook) -> Vec<&str> {
    let asked = |field: &&crate::codebook::Field| field.form && field.retired.is_none();
    let required = book.fields().iter().filter(asked);
    required.filter(|field| field.required || PLACE.contains(&field.code.as_str())).map(|f| f.code.as_str()).collect()
}

/// Whether an input stands on the first page.
#[must_use]
pub fn is_on_first_page(book: &Codebook, name: &str) -> bool {
    let mut words = name.split('.');
    let first = words.next().unwrap_or_default();
    first_questions(book).contains(&first) && !words.any(|word| ELSEWHERE.contains(&word))
}

/// Takes in what was posted from the first page; everything else stays.
///
/// # Errors
/// [`Refusal::TooMuch`] where everything together would be too long; nothing is changed then.
pub fn merge_first(answers: &mut Answers, posted: &[(String, String)], book: &Codebook) -> Result<(), Refusal> {
    let here = |name: &str| is_on_first_page(book, name) && names::topic_of(book, name).is_some();
    let kept = answers.pairs().filter(|(name, _)| !here(name));
    let new = posted.iter().map(|(name, value)| (name.as_str(), value.as_str())).filter(|(name, _)| here(name));
    let merged: Answers = kept.chain(new).collect();
    if merged.size() > limits::BODY {
        return Err(Refusal::TooMuch);
    }
    *answers = merged;
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_first_page_asks_what_is_required() {
        let book = Codebook::embedded();
        let mut asked = first_questions(&book);
        asked.sort_unstable();
        assert_eq!(asked, ["city", "country", "domain", "narrative", "proximity", "scope", "size_class"]);
        assert!(is_on_first_page(&book, "city.geonames") && is_on_first_page(&book, "domain.other.own_words"));
        assert!(!is_on_first_page(&book, "domain.status") && !is_on_first_page(&book, "purpose"));
    }

    #[test]
    fn saving_the_first_page_leaves_the_topics_alone() {
        let book = Codebook::embedded();
        let mut answers: Answers =
            [("domain", "water"), ("domain.status", "stated"), ("purpose", "safety")].into_iter().collect();
        let posted = [("domain", "waste"), ("purpose", "planning"), ("next", "topics")];
        let posted: Vec<(String, String)> = posted.iter().map(|(n, v)| ((*n).to_owned(), (*v).to_owned())).collect();
        merge_first(&mut answers, &posted, &book).unwrap();
        assert_eq!(
            (answers.all("domain"), answers.first("domain.status"), answers.first("purpose"), answers.first("next")),
            (&["waste".to_owned()][..], "stated", "safety", "")
        );
        let long = vec![("narrative".to_owned(), "x".repeat(limits::BODY))];
        assert_eq!(merge_first(&mut answers, &long, &book), Err(Refusal::TooMuch));
    }
}
