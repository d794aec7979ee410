//! What must not stand in a document whose place is not named (schema.md section 3): the other side of `cases::generalise`.

use super::Check;
use crate::{
    cases::{
        document::{Disclosure, Source, Statement, Text, Translation, Value},
        generalise::{SAME_PLACE, YEARS},
    },
    codebook::needed::POPULATION,
};

impl Check<'_> {
    pub(super) fn unnamed(&mut self) {
        let document = self.document;
        if document.place.disclosure() == Disclosure::Named {
            return;
        }
        for related in document.related.iter().filter(|related| SAME_PLACE.contains(&related.kind.as_str())) {
            self.fault("related", format!("where the place is not named, {} would name it", related.kind));
        }
        for statement in &document.statements {
            self.telling_statement(&format!("statements.{}", statement.id), statement);
        }
        for source in &document.sources {
            self.telling_source(&format!("sources.{}", source.id), source);
        }
        for section in &document.narrative {
            let path = format!("narrative.{}", section.heading);
            self.first_words(&path, section.original.as_ref(), section.translation.as_ref());
        }
        let parts = document.title_and_summary().chain(document.texts_of_parts());
        for (path, text) in parts {
            self.first_words(&path, text.original.as_ref(), text.translation.as_ref());
        }
    }

    fn is_region(&self) -> bool {
        self.document.place.disclosure() == Disclosure::Region
    }

    fn telling_statement(&mut self, path: &str, statement: &Statement) {
        if statement.field == POPULATION {
            self.fault(
                path,
                "where the place is not named, its size class takes the part of the number of inhabitants",
            );
        }
        if statement.is_of_public_side() && statement.value.as_ref().is_some_and(|v| v.as_organisation().is_some()) {
            self.fault(path, "where the place is not named, the public side is told by the type of its body");
        }
        let mut values = statement.value.iter().chain(statement.qualifiers.values());
        if self.is_region() && values.any(|value| matches!(value, Value::Number(number) if number.year.is_some())) {
            self.fault(path, "where the place is not named, not even by its country, a number has no year");
        }
    }

    fn telling_source(&mut self, path: &str, source: &Source) {
        let telling = source.url.is_some()
            || source.archived_url.is_some()
            || source.title.is_some()
            || source.publisher.is_some()
            || source.language.is_some()
            || source.retrieved.is_some();
        if telling {
            self.fault(
                path,
                "where the place is not named, a source shows no address, title, publisher, language or day of retrieval",
            );
        }
        if self.is_region() && (source.country.is_some() || source.published.is_some()) {
            self.fault(path, "where only the continent is public, a source shows neither country nor date");
        }
    }

    /// The words as they were first said lead to the place by any search; their language leads to the country.
    fn first_words(&mut self, path: &str, original: Option<&String>, translation: Option<&Translation>) {
        if original.is_some() {
            self.fault(path, "where the place is not named, the original words do not stand beside a translation");
        }
        if self.is_region() && translation.is_some() {
            self.fault(path, "where only the continent is public, the language of the original is not told");
        }
    }

    /// Whether an interval may be public beside this place: beside a continent only whole spans, so that the middle tells nothing.
    pub(super) fn is_wide_enough(&self, from: i32, to: i32) -> bool {
        !self.is_region() || (from.rem_euclid(YEARS) == 0 && (to + 1).rem_euclid(YEARS) == 0)
    }
}

impl super::Document {
    fn title_and_summary(&self) -> impl Iterator<Item = (String, &Text)> {
        let title = std::iter::once(("title".to_owned(), &self.title));
        title.chain(self.summary.iter().map(|text| ("summary".to_owned(), text)))
    }

    fn texts_of_parts(&self) -> impl Iterator<Item = (String, &Text)> {
        let involved = self.involvements.iter().flat_map(|part| part.note.iter().map(|text| (&part.id, text)));
        let noted = self.statements.iter().flat_map(|part| part.note.iter().map(|text| (&part.id, text)));
        let happened = self.timeline.iter().flat_map(|part| part.text.iter().map(|text| (&part.id, text)));
        let said = self.viewpoints.iter().flat_map(|part| {
            let answers = part.answers.iter().map(|answer| (&answer.id, &answer.text));
            std::iter::once(&part.concern).chain(&part.note).map(|text| (&part.id, text)).chain(answers)
        });
        involved.chain(noted).chain(happened).chain(said).map(|(id, text)| (id.clone(), text))
    }
}
