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
        Self { general: request.general.clone(), notes: notes.collect() }
    }

    /// Made-up content for samples.
    #[must_use]
    pub fn sample(words: &str, linked: bool) -> Self {
        let address = linked.then(|| "/share/topic/data".to_owned());
        let note = AskedNote { address, label: words.to_owned(), text: words.to_owned() };
        Self { general: words.to_owned(), notes: vec![note] }
    }
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
    let before = input[..input.len() - part.rest.len()].trim_end_matches('.');
    let number = before.rsplit('.').next().and_then(|number| number.parse::<usize>().ok()).unwrap_or_default();
    let legend = Message::new(format!("intake-part-{}", part.kind.word())).with("n", number).text(language);
    match part.rest.split('.').next() {
        None | Some("" | "sources") => legend,
        Some(code) => {
            let field = book.field_in(part.kind.within(), code).or_else(|| book.field(code));
            Message::new("intake-problem").with("label", legend).with("words", words(field)).text(language)
        }
    }
}
