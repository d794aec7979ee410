//! Names that would tell a place that is not to be named: found in every text of the document, and waived with a reason where they do no harm.

use serde::{Deserialize, Serialize};
use serde_json::Value as Json;

use super::{
    Desk, Draft,
    parts::{self, word},
};
use crate::{
    Result,
    cases::document::{Disclosure, Document, Place},
    codebook::Code,
    organisations::Organisation,
    places::SizeClass,
    text::{MarkKind, Names, fold_name, marks},
};

/// The properties of a document that hold words of people.
const TEXTS: [&str; 5] = ["text", "original", "label", "speaker", "covers"];

/// A name that stands in a text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Found {
    /// Where, as a path of the document.
    pub at: String,
    /// The words.
    pub words: String,
    /// The text around them.
    pub context: String,
    /// A place or a body.
    pub kind: MarkKind,
    /// The reason for which it may stand there, where a moderator gave one.
    pub waived: Option<Code>,
}

/// A moderator's word that a name does no harm where it stands.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Waiver {
    /// Where, as a path of the document.
    pub at: String,
    /// The words.
    pub words: String,
    /// Code of `waiver_reason`.
    pub reason: Code,
}

impl Draft {
    /// Puts these waivers in place of those there were.
    pub fn set_waivers(&mut self, waivers: Vec<Waiver>) {
        self.waivers = waivers;
    }

    /// The waivers, for the record of what was accepted.
    #[must_use]
    pub fn waivers(&self) -> &[Waiver] {
        &self.waivers
    }

    /// The names in `document` that would tell its place; none where the place is named.
    pub(super) fn found(&self, document: &Document, newcomers: &[Organisation], desk: &Desk<'_>) -> Result<Vec<Found>> {
        if self.level() == Disclosure::Named {
            return Ok(Vec::new());
        }
        let names = self.telling_names(desk);
        let mut texts = Vec::new();
        collect(&serde_json::to_value(document)?, "", &mut texts);
        let recorded = newcomers.iter().map(|new| (format!("organisations.{}", new.id), new.name().to_owned()));
        texts.extend(recorded);
        Ok(texts.iter().flat_map(|(at, text)| self.found_in(at, text, &names)).collect())
    }

    fn found_in(&self, at: &str, text: &str, names: &Names) -> Vec<Found> {
        let telling =
            marks(text, names).into_iter().filter(|mark| matches!(mark.kind, MarkKind::Place | MarkKind::Body));
        let mut found: Vec<Found> = Vec::new();
        for mark in telling {
            let words = mark.words(text).to_owned();
            if found.iter().any(|known| known.words == words) {
                continue;
            }
            let waiver = self.waivers.iter().find(|waiver| waiver.at == at && waiver.words == words);
            let waived = waiver.map(|waiver| waiver.reason.clone());
            let context = around(text, mark.start, mark.end);
            found.push(Found { at: at.to_owned(), words, context, kind: mark.kind, waived });
        }
        found
    }

    /// The place's names in every language, the names of bodies of the public side, and those of recorded bodies that bear the place's name
    /// or belong to one that does. Where nobody here knows the place any more, the names of all cities that it may be.
    fn telling_names(&self, desk: &Desk<'_>) -> Names {
        let mut names = Names::none();
        let mut places: Vec<String> = Vec::new();
        for place in self.places() {
            let city = place.geonames.and_then(|id| desk.gazetteer.city(id));
            places.extend(city.iter().flat_map(|city| city.names()).map(str::to_owned));
            places.push(place.name);
        }
        if let Some(base) = &self.base {
            places.extend(possible(&base.place, desk));
        }
        places.iter().for_each(|place| names.add_place(place));
        let folded: Vec<String> = places.iter().map(|place| fold_name(place)).filter(|place| place.len() > 3).collect();
        let bears = |record: &Organisation| {
            let name = format!(" {} ", fold_name(record.name()));
            folded.iter().any(|place| name.contains(&format!(" {place} ")))
        };
        let of_place = |record: &Organisation| {
            let parent = record.parent.as_ref().and_then(|id| desk.organisations.iter().find(|other| other.id == *id));
            bears(record) || parent.is_some_and(bears)
        };
        let public =
            |id: &str| parts::items(&self.body, "parties").any(|p| word(p, "id") == id && word(p, "side") == "public");
        if self.place_is_open() {
            for record in desk.organisations.iter().filter(|record| of_place(record) || public(record.id.as_str())) {
                record.names.iter().for_each(|name| names.add_body(&name.name));
            }
        }
        for newcomer in parts::items(&self.body, "organisations").filter(|part| public(word(part, "id"))) {
            names.add_body(word(newcomer, "name"));
        }
        names
    }
}

/// The names of all cities of a country and size.
fn possible(place: &Place, desk: &Desk<'_>) -> Vec<String> {
    let Place::SizeClass { countries, size_class: Some(class), .. } = place else { return Vec::new() };
    let Ok(class) = class.as_str().parse::<SizeClass>() else { return Vec::new() };
    let cities = countries.iter().flat_map(|country| desk.gazetteer.cities(country.as_str(), class));
    cities.map(|city| city.name.to_owned()).collect()
}

/// Every text that people wrote, with its path; parts of a list are named by their ids.
fn collect(value: &Json, path: &str, texts: &mut Vec<(String, String)>) {
    let below = |key: &str| if path.is_empty() { key.to_owned() } else { format!("{path}.{key}") };
    match value {
        Json::Object(part) => {
            for (key, value) in part {
                match value {
                    Json::String(text) if TEXTS.contains(&key.as_str()) => texts.push((below(key), text.clone())),
                    Json::Object(_) | Json::Array(_) => collect(value, &below(key), texts),
                    _ => {}
                }
            }
        }
        Json::Array(items) => {
            for (number, item) in items.iter().enumerate() {
                let named = item.get("id").or_else(|| item.get("heading")).and_then(Json::as_str);
                collect(item, &below(named.unwrap_or(&number.to_string())), texts);
            }
        }
        _ => {}
    }
}

/// Some words before and after a stretch of a text.
fn around(text: &str, start: usize, end: usize) -> String {
    const SPAN: usize = 60;
    let begin = text[..start].char_indices().rev().nth(SPAN).map_or(0, |(position, _)| position);
    let finish = text[end..].char_indices().nth(SPAN).map_or(text.len(), |(position, _)| end + position);
    text[begin..finish].split_whitespace().collect::<Vec<_>>().join(" ")
}
