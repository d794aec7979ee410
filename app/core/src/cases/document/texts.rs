//! Every place of a document where somebody's own words stand: whatever is to be taken out of a case is looked for here.

use super::{Document, Place, Text, Value};
use crate::limits;

/// What is done with a text: it is told how many characters may stand there.
type Visit<'v> = &'v mut dyn FnMut(&mut String, usize);

/// What a publisher or a title of a source may take; no check bounds them.
const UNBOUNDED: usize = usize::MAX;

impl Document {
    /// Visits each text, in the order of the document. The addresses of sources are not among them, see [`Document::each_address`].
    pub(in crate::cases) fn each_text(&mut self, visit: Visit<'_>) {
        text(&mut self.title, limits::TITLE, visit);
        noted(&mut self.summary, limits::SUMMARY, visit);
        for section in &mut self.narrative {
            visit(&mut section.text, limits::NARRATIVE);
            optional(&mut section.original, limits::NARRATIVE, visit);
        }
        for agreement in &mut self.agreements {
            visit(&mut agreement.label, limits::LINE);
        }
        for involvement in &mut self.involvements {
            noted(&mut involvement.note, limits::TEXT, visit);
        }
        for statement in &mut self.statements {
            noted(&mut statement.note, limits::TEXT, visit);
            for value in statement.value.iter_mut().chain(statement.qualifiers.values_mut()) {
                own_words(value, visit);
            }
        }
        self.each_text_of_viewpoints(visit);
        for event in &mut self.timeline {
            noted(&mut event.text, limits::TEXT, visit);
        }
        for source in &mut self.sources {
            optional(&mut source.title, UNBOUNDED, visit);
            optional(&mut source.publisher, UNBOUNDED, visit);
        }
        self.each_place(visit);
    }

    fn each_text_of_viewpoints(&mut self, visit: Visit<'_>) {
        for viewpoint in &mut self.viewpoints {
            optional(&mut viewpoint.speaker, limits::LINE, visit);
            text(&mut viewpoint.concern, limits::TEXT, visit);
            noted(&mut viewpoint.note, limits::TEXT, visit);
            for answer in &mut viewpoint.answers {
                optional(&mut answer.speaker, limits::LINE, visit);
                text(&mut answer.text, limits::TEXT, visit);
            }
        }
    }

    /// A place whose name changes is not the gazetteer's any more: its number would bring the name back.
    fn each_place(&mut self, visit: Visit<'_>) {
        let Place::Named { places, .. } = &mut self.place else { return };
        for place in places {
            let before = place.name.clone();
            visit(&mut place.name, limits::LINE);
            if place.name != before {
                place.geonames = None;
            }
        }
    }

    /// Visits each address of a source; one that is emptied is taken out, and the source's title is handed over to say so.
    pub(in crate::cases) fn each_address(&mut self, visit: &mut dyn FnMut(&str) -> Option<String>) {
        for source in &mut self.sources {
            let mut said = None;
            for address in [&mut source.url, &mut source.archived_url] {
                if let Some(instead) = address.as_deref().and_then(&mut *visit) {
                    *address = None;
                    said = Some(instead);
                }
            }
            if let Some(said) = said {
                source.title = Some(source.title.take().map_or(said.clone(), |title| format!("{title} {said}")));
            }
        }
    }
}

fn text(text: &mut Text, most: usize, visit: Visit<'_>) {
    visit(&mut text.text, most);
    optional(&mut text.original, most, visit);
}

fn noted(note: &mut Option<Text>, most: usize, visit: Visit<'_>) {
    if let Some(note) = note {
        text(note, most, visit);
    }
}

fn optional(words: &mut Option<String>, most: usize, visit: Visit<'_>) {
    if let Some(words) = words {
        visit(words, most);
    }
}

/// The words of a value that are not the codebook's.
fn own_words(value: &mut Value, visit: Visit<'_>) {
    match value {
        Value::Text { text, .. } => visit(text, limits::TEXT),
        Value::Code { text, .. } => optional(text, limits::LINE, visit),
        Value::Amount(amount) => optional(&mut amount.covers, limits::LINE, visit),
        _ => {}
    }
}

#[cfg(test)]
mod tests {
    use serde_json::Value as Json;

    use super::*;

    /// The keys whose values are ids, codes, languages, dates or numbers of the program's own.
    const NO_WORDS: &str = "vocabulary id published revised coder kind disclosure scope countries country code lang from by heading \
        organisation body_type role status confidence rank sources field part qualifier topic raised_by answered_by kinds event \
        language url archived_url proximity quarter reliability currency case date geonames size_class continent value";

    fn words_left(value: &Json, key: &str, left: &mut Vec<String>) {
        match value {
            Json::String(text) if !NO_WORDS.split_whitespace().any(|known| known == key) && text != "covered" => {
                left.push(format!("{key}: {text}"));
            }
            Json::Array(all) => all.iter().for_each(|one| words_left(one, key, left)),
            Json::Object(all) => all.iter().for_each(|(key, one)| words_left(one, key, left)),
            _ => {}
        }
    }

    fn documents() -> Vec<Document> {
        let lines = include_str!("../../../../../config/seeds/cases.jsonl").lines();
        let cases = lines.filter_map(|line| line.strip_prefix("{\"record\":\"case\","));
        cases.map(|line| serde_json::from_str(&format!("{{{line}")).unwrap()).collect()
    }

    /// A new field with somebody's words in it must be visited, or named above as one that has none.
    #[test]
    fn no_words_of_a_document_are_passed_over() {
        let (mut seen, mut left) = (0, Vec::new());
        for mut document in documents() {
            document.each_text(&mut |text, _| {
                seen += 1;
                "covered".clone_into(text);
            });
            words_left(&serde_json::to_value(&document).unwrap(), "", &mut left);
        }
        assert!(seen > 100 && left.is_empty(), "{seen} texts seen, left: {left:#?}");
    }

    #[test]
    fn the_same_look_finds_words_where_they_were_not_covered() {
        let mut left = Vec::new();
        words_left(&serde_json::to_value(&documents()[0]).unwrap(), "", &mut left);
        assert!(left.len() > 20, "{left:?}");
    }
}
