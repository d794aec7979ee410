//! Taking in what was typed on a sheet: read into the draft where all of it can be read, kept word for word where it cannot.

use std::collections::{BTreeMap, BTreeSet};

use serde_json::{Value as Json, json};

use super::{
    Body, Desk, Draft,
    parts::{Bench, Kind, word},
    sheet_name::SheetName,
    slots,
};
use crate::{
    Error, Result,
    codebook::Codebook,
    ids::{OrganisationId, part_id},
    intake::problems::Fault,
    limits,
    places::CountryCode,
    random::Random,
};

/// What was typed, by input.
type Typed = BTreeMap<String, Vec<String>>;

impl Draft {
    /// Takes in what was sent from a sheet. Inputs that are not of the sheet are passed over; an input that was not sent is empty.
    ///
    /// Where something cannot be read, all of the sheet is kept as typed and nothing of it goes into the case.
    pub fn save(&mut self, sheet: &SheetName, pairs: &[(String, String)], desk: &Desk<'_>) {
        let mut typed = Typed::new();
        let bench = Bench::of(desk, &self.body, self.place_is_open());
        for place in self.places_of(sheet, desk) {
            for slot in bench.slots(place.kind, &place.name, &place.part) {
                let values = pairs.iter().filter(|(name, _)| *name == slot.name).map(|(_, value)| value.clone());
                let values: Vec<String> = values.collect();
                typed.insert(slot.name, values);
            }
        }
        match self.read(sheet, &typed, desk) {
            Ok(body) => {
                self.body = body;
                self.typed.remove(&sheet.name());
            }
            Err(_) => {
                self.typed.insert(sheet.name(), typed);
            }
        }
    }

    /// What is wrong with what was typed last on a sheet; nothing where it was read.
    pub(super) fn problems_of(&self, sheet: &SheetName, desk: &Desk<'_>) -> Vec<(String, Fault)> {
        let typed = self.typed.get(&sheet.name());
        typed.and_then(|typed| self.read(sheet, typed, desk).err()).unwrap_or_default()
    }

    /// What is wrong with what stands on a sheet, whether it was typed last or lies in the draft.
    pub(super) fn gaps_of(&self, sheet: &SheetName, desk: &Desk<'_>) -> Vec<(String, Fault)> {
        let bench = Bench::of(desk, &self.body, self.place_is_open());
        let mut standing = Typed::new();
        for place in self.places_of(sheet, desk) {
            for slot in bench.slots(place.kind, &place.name, &place.part) {
                standing.insert(slot.name.clone(), slot.values_in(&place.part));
            }
        }
        let typed = self.typed.get(&sheet.name()).unwrap_or(&standing);
        self.read(sheet, typed, desk).err().unwrap_or_default()
    }

    /// The parts as they would be with what was typed.
    fn read(&self, sheet: &SheetName, typed: &Typed, desk: &Desk<'_>) -> Result<Body, Vec<(String, Fault)>> {
        let bench = Bench::of(desk, &self.body, self.place_is_open());
        let (mut body, mut problems) = (self.body.clone(), Vec::new());
        for place in self.places_of(sheet, desk) {
            let mut part = place.part.into_owned();
            let all = bench.slots(place.kind, &place.name, &part);
            let mut parsed = Vec::new();
            for slot in &all {
                let Some(values) = typed.get(&slot.name) else { continue };
                if let Some(standing) = standing(slot, values, &part) {
                    parsed.push((slot, Some(standing)));
                    continue;
                }
                match slot.parse(values, &slot.values_in(&part)) {
                    Ok(value) => parsed.push((slot, value)),
                    Err(_) if matches!(slot.reads, slots::Reads::Kept) => {}
                    Err(fault) => problems.push((slot.name.clone(), fault)),
                }
            }
            problems.extend(slots::put(&mut part, &parsed));
            problems.extend(rules(place.kind, &place.name, &mut part, desk));
            keep(&mut body, place.kind, &place.name, part);
        }
        if problems.is_empty() { Ok(body) } else { Err(problems) }
    }

    /// Adds an empty part, as the button `add=viewpoints` asks; `field` is the field of a coded value.
    ///
    /// # Errors
    /// [`Error::Refused`] where there is no such kind of part, or where there are as many as a case may hold.
    pub fn add(&mut self, path: &str, field: &str, desk: &Desk<'_>, random: &dyn Random) -> Result<()> {
        let since = self.base.as_ref().map_or(1, |base| base.revision + 1);
        let part = match path.rsplit('.').next().unwrap_or_default() {
            "statements" => {
                let field = desk.codebook.statement_field(field).ok_or(Error::Refused("moderation-choose-a-field"))?;
                json!({"id": part_id('t', random), "field": field.code, "status": "stated", "confidence": "possible",
                       "rank": "normal", "sources": [], "since_revision": since})
            }
            "involvements" => json!({"id": part_id('i', random), "status": "stated", "confidence": "possible",
                                     "rank": "normal", "sources": [], "since_revision": since}),
            "organisations" => json!({"id": OrganisationId::draw(random)}),
            "places" if self.place_is_open() => json!({"id": part_id('p', random)}),
            "agreements" => json!({"id": part_id('a', random)}),
            "viewpoints" => json!({"id": part_id('v', random), "sources": [], "answers": []}),
            "answers" => json!({"id": part_id('w', random), "kinds": [], "sources": []}),
            "timeline" => json!({"id": part_id('e', random), "sources": []}),
            "sources" => json!({"id": part_id('s', random), "reliability": "unassessed"}),
            "related" => json!({"id": part_id('r', random)}),
            _ => return Err(Error::Refused("moderation-no-such-part")),
        };
        let list = list_mut(&mut self.body, path).ok_or(Error::Refused("moderation-no-such-part"))?;
        if list.len() >= limits::PARTS {
            return Err(Error::Refused("moderation-too-many-parts"));
        }
        list.push(part);
        Ok(())
    }

    /// Takes a part out, as the button `remove=statements.t1` asks. Citations of a source, and mentions of an agreement, go with it.
    ///
    /// # Errors
    /// [`Error::Refused`] where there is no such part.
    pub fn remove(&mut self, name: &str) -> Result<()> {
        let (path, id) = name.rsplit_once('.').ok_or(Error::Refused("moderation-no-such-part"))?;
        let list = list_mut(&mut self.body, path).ok_or(Error::Refused("moderation-no-such-part"))?;
        let position = list.iter().position(|part| part.get("id").and_then(Json::as_str) == Some(id));
        let position = position.ok_or(Error::Refused("moderation-no-such-part"))?;
        list.remove(position);
        match path {
            "sources" => forget_source(&mut self.body, id),
            "agreements" => forget_agreement(&mut self.body, id),
            _ => {}
        }
        let begin = format!("{name}.");
        for typed in self.typed.values_mut() {
            typed.retain(|input, _| !input.starts_with(&begin));
        }
        Ok(())
    }

    /// Every organisation that the parts speak of, in order of their ids.
    pub(super) fn organisations_spoken_of(&self) -> BTreeSet<OrganisationId> {
        let mut found = BTreeSet::new();
        for list in ["involvements", "statements"] {
            self.body.get(list).into_iter().for_each(|parts| mentions(parts, &mut found));
        }
        found
    }

    /// On which side an organisation stands as long as nobody said: asked for, unless it is a company from abroad. One of the city may be on
    /// record as any company.
    pub(super) fn presumed(&self, id: &OrganisationId, desk: &Desk<'_>) -> Body {
        let record_of = |id: &OrganisationId| desk.organisations.iter().find(|record| record.id == *id);
        let is_home = |seat: &CountryCode| self.is_home(seat, desk.gazetteer);
        let is_from_abroad = record_of(id).is_some_and(|record| record.is_company_from_abroad(record_of, is_home));
        // Where the place is not named, what a published case names was judged before.
        let is_named = self.base.as_ref().is_some_and(|base| !self.place_is_open() && base.named.contains(id));
        let side = if is_from_abroad || is_named { "other" } else { "undeclared" };
        let Json::Object(part) = json!({"id": id, "side": side}) else { return Body::new() };
        part
    }
}

/// What stands in a part and was not touched, where it is chosen from a list: a code that has been retired since stays.
fn standing(slot: &slots::Slot, values: &[String], part: &Body) -> Option<Json> {
    let is_chosen = matches!(slot.reads, slots::Reads::One(_) | slots::Reads::Many(_));
    let untouched = is_chosen && !values.is_empty() && slot.values_in(part) == *values;
    slots::find(part, &slot.path).filter(|_| untouched).cloned()
}

/// What must hold between the inputs of one part.
fn rules(kind: Kind, name: &str, part: &mut Body, desk: &Desk<'_>) -> Vec<(String, Fault)> {
    let mut problems = Vec::new();
    let mut wrong = |leaf: &str, key| problems.push((format!("{name}.{leaf}"), Fault::new(key)));
    match kind {
        Kind::Statement => {
            let valued = matches!(word(part, "status"), "stated" | "inferred" | "disputed");
            match part.get("value") {
                None if valued => wrong("value", "moderation-without-answer"),
                Some(_) if !valued => wrong("value", "moderation-answer-beside-status"),
                Some(value) if value.get("amount").is_some() && value.get("code").is_some() => {
                    wrong("value.code", "moderation-sum-or-code");
                }
                _ => {}
            }
        }
        Kind::Party if word(part, "side") == "public" && !part.contains_key("body_type") => {
            wrong("body_type", "moderation-type-of-body");
        }
        Kind::Place if !part.contains_key("countries") => wrong("countries", "moderation-missing"),
        Kind::NamedPlace => locate(part, desk, &mut wrong),
        _ => {}
    }
    problems
}

/// Finds the place in the gazetteer, where its name and country leave no doubt.
fn locate(part: &mut Body, desk: &Desk<'_>, wrong: &mut impl FnMut(&str, &'static str)) {
    let known = part.get("geonames").and_then(Json::as_u64).map(|id| u32::try_from(id).unwrap_or(u32::MAX));
    if let Some(id) = known {
        if desk.gazetteer.city(id).is_none() {
            wrong("geonames", "moderation-no-such-city");
        }
        return;
    }
    if let [city] = desk.gazetteer.find(word(part, "name"), Some(word(part, "country"))).as_slice() {
        part.insert("geonames".into(), city.id.into());
    }
}

/// Puts a part back to where it was taken from.
fn keep(body: &mut Body, kind: Kind, name: &str, part: Body) {
    match kind {
        Kind::Head => *body = part,
        Kind::Place => {
            body.insert("place".into(), part.into());
        }
        Kind::Narrative => keep_section(body, name, part),
        _ => {
            let Some((path, id)) = name.rsplit_once('.') else { return };
            let Some(list) = list_mut(body, path) else { return };
            match list.iter_mut().find(|known| known.get("id").and_then(Json::as_str) == Some(id)) {
                Some(known) => *known = part.into(),
                None => list.push(part.into()),
            }
        }
    }
}

/// A section of the narrative stands where its heading has text.
fn keep_section(body: &mut Body, name: &str, mut part: Body) {
    let heading = name.rsplit('.').next().unwrap_or_default();
    let Some(list) = list_mut(body, "narrative") else { return };
    let known = list.iter().position(|section| section.get("heading").and_then(Json::as_str) == Some(heading));
    match (known, part.contains_key("text")) {
        (Some(position), false) => {
            list.remove(position);
        }
        (None, false) => {}
        (known, true) => {
            part.insert("heading".into(), heading.into());
            match known.and_then(|position| list.get_mut(position)) {
                Some(section) => *section = part.into(),
                None => list.push(part.into()),
            }
        }
    }
}

/// Puts the sections of a narrative into the order of the codebook's headings.
pub(super) fn in_order(sections: &mut [crate::cases::document::Section], codebook: &Codebook) {
    let Some(headings) = codebook.field("narrative_heading") else { return };
    let position = |code: &str| headings.codes.iter().position(|heading| heading.code == code);
    sections.sort_by_key(|section| position(section.heading.as_str()));
}

/// The list at a path such as `viewpoints.v1.answers`; made where it is missing.
fn list_mut<'b>(body: &'b mut Body, path: &str) -> Option<&'b mut Vec<Json>> {
    match path.split('.').collect::<Vec<_>>().as_slice() {
        ["place", "places"] => list_of(body.get_mut("place")?.as_object_mut()?, "places"),
        ["viewpoints", id, "answers"] => {
            let concerns = body.get_mut("viewpoints")?.as_array_mut()?;
            let concern = concerns.iter_mut().find(|part| part.get("id").and_then(Json::as_str) == Some(*id))?;
            list_of(concern.as_object_mut()?, "answers")
        }
        [
            list @ ("narrative" | "agreements" | "involvements" | "statements" | "viewpoints" | "timeline" | "sources"
            | "organisations" | "parties" | "related"),
        ] => list_of(body, list),
        _ => None,
    }
}

fn list_of<'b>(body: &'b mut Body, key: &str) -> Option<&'b mut Vec<Json>> {
    body.entry(key).or_insert_with(|| Json::Array(Vec::new())).as_array_mut()
}

fn mentions(value: &Json, found: &mut BTreeSet<OrganisationId>) {
    match value {
        Json::Object(part) => {
            let id = part.get("organisation").and_then(Json::as_str).and_then(|id| id.parse().ok());
            found.extend(id);
            part.values().for_each(|value| mentions(value, found));
        }
        Json::Array(items) => items.iter().for_each(|item| mentions(item, found)),
        _ => {}
    }
}

fn forget_source(body: &mut Body, id: &str) {
    for value in body.values_mut() {
        uncite(value, id);
    }
}

fn uncite(value: &mut Json, id: &str) {
    match value {
        Json::Object(part) => {
            if let Some(Json::Array(cited)) = part.get_mut("sources") {
                cited.retain(|source| source.as_str() != Some(id));
            }
            part.values_mut().for_each(|value| uncite(value, id));
        }
        Json::Array(items) => items.iter_mut().for_each(|item| uncite(item, id)),
        _ => {}
    }
}

fn forget_agreement(body: &mut Body, id: &str) {
    for list in ["statements", "timeline"] {
        let Some(Json::Array(parts)) = body.get_mut(list) else { continue };
        for part in parts.iter_mut().filter_map(Json::as_object_mut) {
            if word(part, "part") == id {
                part.remove("part");
            }
        }
    }
}
