//! What a contributor typed, word for word: input names, and for each its values in the order in which they came.
//!
//! Nothing is parsed here and nothing is lost, so that a form can always be shown again as it was sent. Parts that repeat are numbered in
//! the name (`viewpoint.1.answer.2.text`); adding and removing them are operations on the whole, which keep the numbers without gaps and
//! let citations follow.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use super::names::{self, PartPath};
use crate::{codebook::Codebook, limits};

/// The answers of one draft.
#[derive(Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(transparent)]
pub struct Answers(BTreeMap<String, Vec<String>>);

/// Why answers were not taken in.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum Refusal {
    /// All of them together are longer than a request may be.
    #[error("the answers are too long")]
    TooMuch,
    /// There are as many parts of the kind as a case may hold.
    #[error("there are too many parts of one kind")]
    TooManyParts,
    /// There is no part of this name.
    #[error("there is no such part")]
    NoSuchPart,
}

impl Answers {
    /// The first value of an input; empty where there is none.
    #[must_use]
    pub fn first(&self, name: &str) -> &str {
        self.all(name).first().map_or("", String::as_str)
    }

    /// Every value of an input.
    #[must_use]
    pub fn all(&self, name: &str) -> &[String] {
        self.0.get(name).map_or(&[], Vec::as_slice)
    }

    /// Whether `value` was chosen in an input.
    #[must_use]
    pub fn has(&self, name: &str, value: &str) -> bool {
        self.all(name).iter().any(|chosen| chosen == value)
    }

    /// Whether the input holds anything but white space.
    #[must_use]
    pub fn is_filled(&self, name: &str) -> bool {
        self.all(name).iter().any(|value| !value.trim().is_empty())
    }

    /// Whether nothing was typed or chosen anywhere.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.pairs().all(|(_, value)| value.trim().is_empty())
    }

    /// Every pair, by the names of the inputs.
    pub fn pairs(&self) -> impl Iterator<Item = (&str, &str)> {
        self.0.iter().flat_map(|(name, values)| values.iter().map(move |value| (name.as_str(), value.as_str())))
    }

    /// Puts these values in place of those that the input had.
    pub fn set<V: Into<String>>(&mut self, name: &str, values: impl IntoIterator<Item = V>) {
        self.0.insert(name.to_owned(), values.into_iter().map(Into::into).collect());
    }

    /// Takes in what was posted for one topic: its inputs are replaced, those of other topics stay, and names that belong to no input of
    /// the topic are left out. An input of the topic that was not posted is empty, as a browser sends nothing for what is not ticked.
    ///
    /// # Errors
    /// [`Refusal::TooMuch`] where everything together would be too long; nothing is changed then.
    pub fn merge(&mut self, topic: &str, posted: &[(String, String)], book: &Codebook) -> Result<(), Refusal> {
        let belongs = |name: &str| names::topic_of(book, name).is_some_and(|found| found == topic);
        let mut merged = self.clone();
        merged.0.retain(|name, _| !belongs(name));
        for (name, value) in posted.iter().filter(|(name, _)| belongs(name)) {
            merged.push(name, value);
        }
        if merged.size() > limits::BODY {
            return Err(Refusal::TooMuch);
        }
        *self = merged;
        Ok(())
    }

    /// How many parts there are under a path such as `agreement` or `viewpoint.1.answer`.
    #[must_use]
    pub fn count(&self, path: &str) -> usize {
        let begin = format!("{path}.");
        let under = self.0.range(begin.clone()..).take_while(|(name, _)| name.starts_with(&begin));
        let numbers = under.filter_map(|(name, _)| names::number_under(name, path));
        numbers.max().unwrap_or(0).min(limits::PARTS)
    }

    /// Whether nothing was said of a part. What a page ticks by itself says nothing.
    #[must_use]
    pub fn part_is_empty(&self, name: &str) -> bool {
        let begin = format!("{name}.");
        let mut under = self.0.range(begin.clone()..).take_while(|(name, _)| name.starts_with(&begin));
        under.all(|(name, values)| {
            let by_itself = if name.ends_with(".status") {
                "stated"
            } else if name.ends_with(".qualifier") {
                "exact"
            } else {
                ""
            };
            values.iter().all(|value| value.trim().is_empty() || value == by_itself)
        })
    }

    /// Adds an empty part under a path, as the button `add=agreement` asks, and returns its name.
    ///
    /// # Errors
    /// [`Refusal::NoSuchPart`] for a path at which no part can stand, [`Refusal::TooManyParts`] past the limit.
    pub fn add_part(&mut self, path: &str) -> Result<String, Refusal> {
        PartPath::of_group(path).ok_or(Refusal::NoSuchPart)?;
        let number = self.count(path) + 1;
        if number > limits::PARTS {
            return Err(Refusal::TooManyParts);
        }
        let name = format!("{path}.{number}");
        self.set(&name, [""]);
        Ok(name)
    }

    /// Removes a part, as the button `remove=agreement.2` asks: those after it move up, and citations of sources follow.
    ///
    /// # Errors
    /// [`Refusal::NoSuchPart`] where there is none of this name.
    pub fn remove_part(&mut self, name: &str) -> Result<(), Refusal> {
        let (path, number) = name.rsplit_once('.').ok_or(Refusal::NoSuchPart)?;
        let number: usize = number.parse().map_err(|_| Refusal::NoSuchPart)?;
        if PartPath::of_group(path).is_none() || number == 0 || number > self.count(path) {
            return Err(Refusal::NoSuchPart);
        }
        for (known, mut values) in std::mem::take(&mut self.0) {
            if path == names::SOURCE && names::cites_sources(&known) {
                values = values.iter().filter_map(|cited| cited_after_removal(cited, number)).collect();
            }
            match names::number_under(&known, path) {
                Some(gone) if gone == number => {}
                Some(later) if later > number => {
                    self.0.insert(names::renumbered(&known, path, later - 1), values);
                }
                _ => {
                    self.0.insert(known, values);
                }
            }
        }
        Ok(())
    }

    /// The length of all names and values together, in bytes.
    #[must_use]
    pub fn size(&self) -> usize {
        self.0.iter().map(|(name, values)| name.len() + values.iter().map(|value| value.len() + 1).sum::<usize>()).sum()
    }

    fn push(&mut self, name: &str, value: &str) {
        self.0.entry(name.to_owned()).or_default().push(value.to_owned());
    }
}

fn cited_after_removal(cited: &str, removed: usize) -> Option<String> {
    match cited.parse::<usize>() {
        Ok(number) if number == removed => None,
        Ok(number) if number > removed => Some((number - 1).to_string()),
        _ => Some(cited.to_owned()),
    }
}

impl<N: Into<String>, V: Into<String>> FromIterator<(N, V)> for Answers {
    fn from_iter<I: IntoIterator<Item = (N, V)>>(pairs: I) -> Self {
        let mut answers = Self::default();
        for (name, value) in pairs {
            answers.push(&name.into(), &value.into());
        }
        answers
    }
}

impl std::fmt::Debug for Answers {
    /// Names only: the values are an account.
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_list().entries(self.0.keys()).finish()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn posted(pairs: &[(&str, &str)]) -> Vec<(String, String)> {
        pairs.iter().map(|(name, value)| ((*name).to_owned(), (*value).to_owned())).collect()
    }

    #[test]
    fn saving_a_topic_replaces_its_inputs_and_no_others() {
        let book = Codebook::embedded();
        let mut answers: Answers =
            [("domain", "water"), ("domain", "waste"), ("purpose", "safety")].into_iter().collect();
        answers
            .merge("what", &posted(&[("technology", "drone"), ("purpose", "planning"), ("token", "x")]), &book)
            .unwrap();
        assert!(answers.all("domain").is_empty(), "what is no longer ticked is not sent");
        assert_eq!(
            (answers.first("technology"), answers.first("purpose"), answers.first("token")),
            ("drone", "safety", "")
        );
    }

    #[test]
    fn what_was_typed_is_kept_word_for_word() {
        let book = Codebook::embedded();
        let mut answers = Answers::default();
        answers.merge("what", &posted(&[("narrative", "  <b>x</b>\u{200b}\r\n ")]), &book).unwrap();
        let again: Answers = serde_json::from_str(&serde_json::to_string(&answers).unwrap()).unwrap();
        assert_eq!(again.first("narrative"), "  <b>x</b>\u{200b}\r\n ");
    }

    #[test]
    fn too_much_is_refused_and_changes_nothing() {
        let book = Codebook::embedded();
        let mut answers: Answers = [("narrative", "kept")].into_iter().collect();
        let long = "x".repeat(limits::BODY);
        assert_eq!(answers.merge("what", &posted(&[("narrative", &long)]), &book), Err(Refusal::TooMuch));
        assert_eq!(answers.first("narrative"), "kept");
    }

    #[test]
    fn parts_are_added_at_the_end_and_removed_without_a_gap() {
        let mut answers = Answers::default();
        assert_eq!(answers.add_part("agreement").unwrap(), "agreement.1");
        assert_eq!(answers.add_part("agreement").unwrap(), "agreement.2");
        answers.set("agreement.2.instrument", ["contract"]);
        answers.set("viewpoint.1.answer.1.text", ["no"]);
        answers.set("viewpoint.1.answer.2.text", ["yes"]);
        answers.remove_part("agreement.1").unwrap();
        answers.remove_part("viewpoint.1.answer.1").unwrap();
        assert_eq!((answers.count("agreement"), answers.first("agreement.1.instrument")), (1, "contract"));
        assert_eq!((answers.count("viewpoint.1.answer"), answers.first("viewpoint.1.answer.1.text")), (1, "yes"));
    }

    // C18: a source is cited by several fields; removing another one does not lead them astray.
    #[test]
    fn citations_follow_their_source() {
        let mut answers = Answers::default();
        for name in ["source.1.url", "source.2.url", "source.3.url"] {
            answers.set(name, [name]);
        }
        answers.set("domain.sources", ["1", "3"]);
        answers.set("viewpoint.1.sources", ["2"]);
        answers.remove_part("source.2").unwrap();
        assert_eq!(answers.all("domain.sources"), ["1", "2"]);
        assert!(answers.all("viewpoint.1.sources").is_empty());
        assert_eq!(answers.first("source.2.url"), "source.3.url");
    }

    #[test]
    fn only_parts_that_exist_are_added_or_removed() {
        let mut answers = Answers::default();
        assert_eq!(answers.add_part("domain"), Err(Refusal::NoSuchPart));
        assert_eq!(answers.add_part("viewpoint.x.answer"), Err(Refusal::NoSuchPart));
        assert_eq!(answers.remove_part("agreement.1"), Err(Refusal::NoSuchPart));
        assert_eq!(answers.remove_part("agreement.99999999999999999999"), Err(Refusal::NoSuchPart));
        for _ in 0..limits::PARTS {
            answers.add_part("source").unwrap();
        }
        assert_eq!(answers.add_part("source"), Err(Refusal::TooManyParts));
    }
}
