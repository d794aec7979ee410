//! Names that would tell a place that is not to be named: found in every text of the document, and waived with a reason where they do no harm.

use serde::{Deserialize, Serialize};
use serde_json::Value as Json;

use super::{
    Desk, Draft,
    parts::{self, word},
};
use crate::{
    Result,
    cases::{
        document::{Disclosure, Document},
        show::named_organisations,
    },
    codebook::Code,
    ids::OrganisationId,
    intake::telling::{Words, possible_countries, possible_names, telling_countries, telling_names},
    organisations::Organisation,
    secret::silent_debug,
    text::{MarkKind, Names, marks},
};

/// The properties of a document that hold words of people.
const TEXTS: [&str; 5] = ["text", "original", "label", "speaker", "covers"];

/// A name that stands in a text.
#[derive(Clone, PartialEq, Eq)]
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
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Waiver {
    /// Where, as a path of the document.
    pub at: String,
    /// The words.
    pub words: String,
    /// Code of `waiver_reason`.
    pub reason: Code,
}

silent_debug!(Found, Waiver);

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
        let mut texts = Vec::new();
        collect(&serde_json::to_value(document)?, "", &mut texts);
        let recorded = newcomers.iter().map(|new| (format!("organisations.{}", new.id), new.name().to_owned()));
        texts.extend(recorded);
        let named = named_organisations(document);
        // What a published case names was judged before.
        let before = |id: &OrganisationId| self.base.as_ref().is_some_and(|base| base.named.contains(id));
        let on_record = desk.organisations.iter().filter(|known| named.contains(&known.id) && !before(&known.id));
        texts.extend(on_record.map(|known| (format!("organisations.{}", known.id), known.name().to_owned())));
        let names = self.telling_names(desk, &Words::of(texts.iter().map(|(_, text)| text.as_str())));
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

    /// The place's names in every language, and those of its bodies. Where nobody here knows the place any more, those of all that it may be.
    fn telling_names(&self, desk: &Desk<'_>, words: &Words) -> Names {
        let (mut places, mut countries): (Vec<String>, Vec<String>) = (Vec::new(), Vec::new());
        for place in self.places() {
            let city = place.geonames.and_then(|id| desk.gazetteer.city(id));
            places.extend(city.iter().flat_map(|city| city.names()).map(str::to_owned));
            places.push(place.name);
        }
        match &self.base {
            Some(base) if !self.place_is_open() => {
                places.extend(possible_names(&base.place, desk.gazetteer).into_iter().map(str::to_owned));
                countries.extend(possible_countries(&base.place, desk.gazetteer));
            }
            _ if self.level() == Disclosure::Region => {
                let told = self.body.get("place").and_then(|place| place.get("countries"));
                let codes = told.and_then(Json::as_array).into_iter().flatten().filter_map(Json::as_str);
                countries.extend(codes.map(str::to_owned));
                let known = countries.iter().filter_map(|code| desk.gazetteer.country(code));
                places.extend(known.map(|country| country.name.to_owned()));
            }
            _ => {}
        }
        let drafted: Vec<Organisation> = parts::items(&self.body, "organisations").filter_map(drafted).collect();
        let records: Vec<&Organisation> = desk.organisations.iter().chain(&drafted).collect();
        let is_public = |id: &OrganisationId| self.is_declared_public(id.as_str());
        telling_countries(telling_names(&places, &records, is_public, |name| words.may_hold(name)), countries)
    }
}

/// The name of an organisation that is not on record yet.
fn drafted(part: &super::Body) -> Option<Organisation> {
    Some(Organisation::named(word(part, "id").parse().ok()?, word(part, "name"), Code::known("company")))
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
