//! What moderators ask to be changed, put into words: the same list for the contributor and for moderators.

use casebook_core::{
    codebook::Codebook,
    intake::{
        changes::Request,
        names::{PartPath, topic_of},
    },
};

use crate::{
    kit::{Language, Message},
    url,
};

/// What is asked, as pages list it.
#[derive(Debug, Default)]
pub struct Asked {
    /// What is asked of the whole; may be empty.
    pub general: String,
    /// What is asked of single answers.
    pub notes: Vec<AskedNote>,
    /// What was said to it, once it was answered; may be empty.
    pub reply: Option<String>,
}

/// What is asked of one answer.
#[derive(Debug)]
pub struct AskedNote {
    /// Where it is changed; none where that is not possible here.
    pub address: Option<String>,
    /// The name of the answer.
    pub label: String,
    /// What is asked.
    pub text: String,
}

impl Asked {
    /// The words for a request; `linked` says whether its form is open.
    pub(crate) fn of(request: &Request, linked: bool, book: &Codebook, language: Language) -> Self {
        let address = |input: &str| topic_of(book, input).filter(|_| linked).map(url::share_topic);
        let notes = request.notes.iter().map(|note| AskedNote {
            address: address(&note.input),
            label: label(&note.input, book, language),
            text: note.text.clone(),
        });
        Self { general: request.general.clone(), notes: notes.collect(), reply: None }
    }

    /// The same with what was said to it.
    pub(crate) fn answered(self, reply: &str) -> Self {
        Self { reply: Some(reply.to_owned()), ..self }
    }

    /// Key of the heading.
    #[must_use]
    pub fn title(&self) -> &'static str {
        if self.reply.is_some() { "intake-answered-title" } else { "intake-asked-title" }
    }

    /// Made-up content for samples.
    #[must_use]
    pub fn sample(words: &str, linked: bool) -> Self {
        let address = linked.then(|| "/share/topic/data".to_owned());
        let note = AskedNote { address, label: words.to_owned(), text: words.to_owned() };
        Self { general: words.to_owned(), notes: vec![note], reply: None }
    }
}

/// What of an input name names the part: `viewpoint.1.answer.2` of `viewpoint.1.answer.2.text`.
pub(crate) fn part_of<'n>(name: &'n str, part: &PartPath<'n>) -> &'n str {
    name.strip_suffix(part.rest).unwrap_or(name).trim_end_matches('.')
}

/// The name of a part, with that of the part which it lies in: "Concern 1, Answer 2".
pub(crate) fn part_label(name: &str, part: &PartPath<'_>, language: Language) -> String {
    let words: Vec<&str> = part_of(name, part).split('.').collect();
    let numbered = |pair: &[&str]| Message::new(format!("intake-part-{}", pair[0])).with("n", pair[1]).text(language);
    words.chunks_exact(2).map(numbered).collect::<Vec<_>>().join(", ")
}

/// The name of an answer, with that of the part which it belongs to.
pub(crate) fn label(input: &str, book: &Codebook, language: Language) -> String {
    if input.is_empty() {
        return Message::new("intake-asked-part-gone").text(language);
    }
    let words = |found: Option<&casebook_core::codebook::Field>| {
        found.map_or_else(|| input.to_owned(), |field| field.label(language.code()).to_owned())
    };
    let Some(part) = PartPath::of(input) else { return words(book.field(input.split('.').next().unwrap_or(input))) };
    let legend = part_label(input, &part, language);
    match part.rest.split('.').next() {
        None | Some("" | "sources") => legend,
        Some(code) => {
            let field = book.field_in(part.kind.within(), code).or_else(|| book.field(code));
            Message::new("intake-problem").with("label", legend).with("words", words(field)).text(language)
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn answers_within_different_parts_have_different_names() {
        let book = Codebook::embedded();
        let named = |input: &str| label(input, &book, Language::English);
        assert!(named("viewpoint.1.answer.1.text").starts_with("Concern 1, Answer 1: "));
        assert!(named("viewpoint.2.answer.1.text").starts_with("Concern 2, Answer 1: "));
        assert_eq!(named("viewpoint.2.answer.3"), "Concern 2, Answer 3");
        assert_eq!(named("agreement.2.sources"), "Agreement 2");
        assert!(named("timeline.2.date").starts_with("Step 2: "));
    }
}
