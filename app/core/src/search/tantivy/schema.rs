//! What the embedded index keeps of a case: words with their places per field, and the number. No text.

use ::tantivy::{
    TantivyDocument,
    schema::{FAST, Field, INDEXED, IndexRecordOption, Schema, TextFieldIndexing, TextOptions},
    tokenizer::{PreTokenizedString, Token},
};

use crate::search::{Entry, WordField, words};

/// The name of the number's field, by which the collector finds it.
pub(super) const ORDINAL: &str = "ordinal";
/// The name of the field that settles ties.
pub(super) const TIE: &str = "tie";
/// How much a find in a code's name counts. A case has few such words, which makes each weigh more by itself; what people wrote comes first.
const LABEL: f32 = 0.3;
/// So far apart are two texts of one field that no phrase reaches over.
const GAP: usize = 100;

/// The fields of the schema.
#[derive(Debug, Clone, Copy)]
pub(super) struct Fields {
    pub(super) ordinal: Field,
    pub(super) tie: Field,
    pub(super) title: Field,
    pub(super) place: Field,
    pub(super) vendor: Field,
    pub(super) country: Field,
    pub(super) text: Field,
    pub(super) label: Field,
}

/// The schema and its fields, always in the same order.
pub(super) fn schema() -> (Schema, Fields) {
    let mut builder = Schema::builder();
    let indexing = TextFieldIndexing::default()
        .set_tokenizer("raw") // never used: we hand over words, not texts
        .set_index_option(IndexRecordOption::WithFreqsAndPositions);
    let text = TextOptions::default().set_indexing_options(indexing);
    let fields = Fields {
        ordinal: builder.add_u64_field(ORDINAL, FAST | INDEXED),
        tie: builder.add_u64_field(TIE, FAST),
        title: builder.add_text_field("title", text.clone()),
        place: builder.add_text_field("place", text.clone()),
        vendor: builder.add_text_field("vendor", text.clone()),
        country: builder.add_text_field("country", text.clone()),
        text: builder.add_text_field("text", text.clone()),
        label: builder.add_text_field("label", text),
    };
    (builder.build(), fields)
}

impl Fields {
    /// The words of a case, ready for the writer.
    pub(super) fn document(&self, entry: &Entry) -> TantivyDocument {
        let mut document = TantivyDocument::new();
        document.add_u64(self.ordinal, entry.ordinal.into());
        document.add_u64(self.tie, entry.tie);
        document.add_pre_tokenized_text(self.title, tokens(&[&entry.titles]));
        document.add_pre_tokenized_text(self.place, tokens(&[&entry.places, &entry.country_names]));
        document.add_pre_tokenized_text(self.vendor, tokens(&[&entry.vendors]));
        document.add_pre_tokenized_text(self.country, tokens(&[&entry.country_codes, &entry.country_names]));
        document.add_pre_tokenized_text(self.text, tokens(&[&entry.texts]));
        document.add_pre_tokenized_text(self.label, tokens(&[&entry.labels]));
        document
    }

    /// Where to look, and how much a find there counts.
    pub(super) fn searched(&self, field: Option<WordField>) -> Vec<(Field, f32)> {
        match field {
            Some(WordField::Title) => vec![(self.title, 1.0)],
            Some(WordField::Place) => vec![(self.place, 1.0)],
            Some(WordField::Vendor) => vec![(self.vendor, 1.0)],
            Some(WordField::Country) => vec![(self.country, 1.0)],
            None => {
                vec![(self.title, 4.0), (self.vendor, 3.0), (self.place, 3.0), (self.text, 1.0), (self.label, LABEL)]
            }
        }
    }
}

fn tokens(groups: &[&[String]]) -> PreTokenizedString {
    let mut tokens = Vec::new();
    let mut position = 0;
    for text in groups.iter().flat_map(|group| group.iter()) {
        for piece in words::indexed(text) {
            tokens.push(Token { offset_from: 0, offset_to: 0, position, text: piece.word, position_length: 1 });
            position += 1;
        }
        position += GAP;
    }
    PreTokenizedString { text: String::new(), tokens }
}
