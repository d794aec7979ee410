//! Which inputs each kind of part has. What can be chosen comes from the codebook and from the draft itself.

use std::sync::Arc;

use serde_json::Value as Json;

use super::{
    Body, Desk, SIDES,
    slots::{Choice, Label, Reads, Slot},
};
use crate::{
    codebook::{Field, FieldKind, In},
    limits,
};

/// A kind of part that is edited.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Kind {
    Head,
    Narrative,
    Place,
    NamedPlace,
    Party,
    Newcomer,
    Agreement,
    Involvement,
    Statement,
    Viewpoint,
    Answer,
    Event,
    Source,
    Related,
}

/// What the inputs of one draft are made with: the lists that they offer.
pub(super) struct Bench<'a> {
    pub(super) desk: &'a Desk<'a>,
    /// The place can be edited: it is not that of a published case which does not name it.
    pub(super) place_is_open: bool,
    pub(super) languages: Arc<[Choice]>,
    countries: Arc<[Choice]>,
    organisations: Arc<[Choice]>,
    agreements: Arc<[Choice]>,
    pub(super) sources: Arc<[Choice]>,
}

impl<'a> Bench<'a> {
    pub(super) fn of(desk: &'a Desk<'a>, body: &Body, place_is_open: bool) -> Self {
        let country = |country: &&crate::places::Country| choice(country.iso2, country.name);
        let recorded = desk.organisations.iter().map(|record| choice(record.id.as_str(), record.name()));
        let newcomers = items(body, "organisations").map(|part| choice(word(part, "id"), word(part, "name")));
        let mut organisations: Vec<Choice> = recorded.chain(newcomers).collect();
        organisations.sort_by_key(|choice| choice.label.to_lowercase());
        Self {
            desk,
            place_is_open,
            languages: desk.codes(In::Head, "language"),
            countries: desk.gazetteer.countries().iter().map(country).collect(),
            organisations: organisations.into(),
            agreements: items(body, "agreements").map(|part| choice(word(part, "id"), word(part, "label"))).collect(),
            sources: items(body, "sources").map(|part| source(part, desk)).collect(),
        }
    }

    /// The inputs of the part `part`, whose names begin with `name`.
    pub(super) fn slots(&self, kind: Kind, name: &str, part: &Body) -> Vec<Slot> {
        match kind {
            Kind::Head => self.head(),
            Kind::Narrative => self.narrative(name),
            Kind::Place => self.place(name),
            Kind::NamedPlace => self.named_place(name),
            Kind::Party => self.party(name),
            Kind::Newcomer => self.newcomer(name),
            Kind::Agreement => vec![self.line(In::Agreement, "label", name, "label").required()],
            Kind::Involvement => self.involvement(name, part),
            Kind::Statement => self.statement(name, part),
            Kind::Viewpoint => self.viewpoint(name, part),
            Kind::Answer => self.answer(name, part),
            Kind::Event => self.event(name, part),
            Kind::Source => self.source(name, part),
            Kind::Related => self.related(name),
        }
    }

    fn head(&self) -> Vec<Slot> {
        let mut slots = self.text(In::Head, "title", "title", "title", Reads::Line(limits::TITLE), true);
        slots.extend(self.text(In::Head, "summary", "summary", "summary", Reads::Words(limits::SUMMARY), false));
        slots.push(self.one(In::Head, "kind", "kind", "kind").required());
        slots.push(Slot::new("reference".to_owned(), "reference", Label::Key("moderation-reference"), Reads::Flag));
        slots
    }

    fn related(&self, name: &str) -> Vec<Slot> {
        let other = Label::Key("moderation-related-case");
        vec![
            Slot::new(format!("{name}.case"), "case", other, Reads::Case).required(),
            self.one_at(In::Head, "related_kind", name, "kind", "kind").required(),
        ]
    }

    fn narrative(&self, name: &str) -> Vec<Slot> {
        let label = Label::Key("moderation-text");
        vec![
            Slot::new(name.to_owned(), "text", label, Reads::Words(limits::NARRATIVE)),
            self.language(format!("{name}.lang"), "lang").beside("text"),
            self.language_from(format!("{name}.translation.from"), "translation.from").beside("text"),
            self.translator(format!("{name}.translation.by"), "translation.by").beside("translation.from"),
            self.original(format!("{name}.original"), "original", limits::NARRATIVE).beside("translation.from"),
        ]
    }

    fn place(&self, name: &str) -> Vec<Slot> {
        let countries = Reads::Many(self.countries.clone());
        let countries = self.slot(In::Head, "country", name, "countries", "countries", countries);
        let mut slots = vec![
            self.one_at(In::Head, "place_disclosure", name, "disclosure", "disclosure").required(),
            self.one_at(In::Head, "scope", name, "scope", "scope").required(),
            countries,
            self.one_at(In::Head, "size_class", name, "size_class", "size_class"),
            self.one_at(In::Case, "public_body_type", name, "body_type", "body_type"),
        ];
        if !self.place_is_open {
            slots.iter_mut().for_each(|slot| slot.reads = Reads::Kept);
        }
        slots
    }

    fn named_place(&self, name: &str) -> Vec<Slot> {
        let country = Reads::One(self.countries.clone());
        let geonames = Label::Key("moderation-geonames");
        vec![
            self.slot(In::Head, "city", name, "name", "name", Reads::Line(limits::LINE)).required(),
            self.slot(In::Head, "country", name, "country", "country", country).required(),
            Slot::new(format!("{name}.geonames"), "geonames", geonames, Reads::Whole).folded(),
        ]
    }

    fn party(&self, name: &str) -> Vec<Slot> {
        let words =
            |code: &str| self.desk.sides.iter().find(|(side, _)| *side == code).map(|(_, words)| words.as_str());
        let sides: Arc<[Choice]> = SIDES.iter().map(|code| choice(code, words(code).unwrap_or(code))).collect();
        let side = Slot::new(format!("{name}.side"), "side", Label::Key("moderation-side"), Reads::One(sides));
        let body_type = self.one_at(In::Case, "public_body_type", name, "body_type", "body_type");
        vec![side.preset("undeclared"), body_type]
    }

    fn newcomer(&self, name: &str) -> Vec<Slot> {
        let seat = Reads::One(self.countries.clone());
        let called = Label::Key("moderation-organisation-name");
        vec![
            Slot::new(format!("{name}.name"), "name", called, Reads::Line(limits::LINE)).required(),
            self.one_at(In::Organisation, "organisation_kind", name, "kind", "kind").required(),
            self.slot(In::Organisation, "seat", name, "seat", "seat", seat),
        ]
    }

    fn involvement(&self, name: &str, part: &Body) -> Vec<Slot> {
        let reads = if part.contains_key("body_type") { Reads::Kept } else { Reads::One(self.organisations.clone()) };
        let organisation = self.slot(In::Involvement, "organisation", name, "organisation", "organisation", reads);
        let mut slots =
            vec![organisation.required(), self.one_at(In::Involvement, "role", name, "role", "role").required()];
        slots.extend(self.standing(name));
        slots.extend(self.note(name));
        slots
    }

    fn statement(&self, name: &str, part: &Body) -> Vec<Slot> {
        let Some(field) = self.desk.codebook.statement_field(word(part, "field")) else { return Vec::new() };
        let agreement = Label::Key("moderation-agreement");
        let mut agreement = Slot::new(format!("{name}.part"), "part", agreement, Reads::One(self.agreements.clone()));
        agreement.required = field.within == In::Agreement;
        let mut slots = self.value(field, &format!("{name}.value"), "value", part.get("value"));
        for qualifier in self.desk.codebook.qualifiers_of(field) {
            let place = format!("qualifiers.{}", qualifier.code);
            let current = part.get("qualifiers").and_then(|all| all.get(&qualifier.code));
            slots.extend(self.value(qualifier, &format!("{name}.{place}"), &place, current));
        }
        if field.within == In::Agreement || !self.agreements.is_empty() {
            slots.push(agreement);
        }
        slots.extend(self.standing(name));
        slots.extend(self.when(In::Wrapper, "as_of", name, "as_of", part));
        slots.extend(self.note(name));
        slots
    }

    /// The inputs of a value, whatever the field takes.
    fn value(&self, field: &Field, name: &str, path: &str, current: Option<&Json>) -> Vec<Slot> {
        let label = Label::Words(field.label(self.desk.lang).to_owned());
        let slot = |reads: Reads, leaf: &str| {
            let slot = Slot::new(name.to_owned(), &format!("{path}.{leaf}"), label.clone(), reads);
            slot.helped(field.definition(self.desk.lang))
        };
        let beside = |word: &'static str, reads: Reads, leaf: &str| {
            self.wrapper(word, format!("{name}.{word}"), &format!("{path}.{word}"), reads)
                .beside(&format!("{path}.{leaf}"))
        };
        let is_coarse = |value: &Json| ["min", "from", "continent", "body_type"].iter().any(|k| value.get(k).is_some());
        if current.is_some_and(is_coarse) {
            return vec![slot(Reads::Kept, "kept")];
        }
        match field.kind {
            FieldKind::Choice | FieldKind::Choices => {
                let mut slots = vec![slot(Reads::One(codes_of(field, self.desk.lang)), "code")];
                if field.codes.iter().any(|code| code.takes_text()) {
                    let words = self.wrapper(
                        "own_words",
                        format!("{name}.own_words"),
                        &format!("{path}.text"),
                        Reads::Line(limits::LINE),
                    );
                    slots.push(words.beside(&format!("{path}.code")));
                    slots.push(
                        self.language(format!("{name}.lang"), &format!("{path}.lang")).beside(&format!("{path}.text")),
                    );
                }
                slots
            }
            FieldKind::Number => vec![slot(Reads::Number, "number"), beside("year", Reads::Whole, "number")],
            FieldKind::Amount => {
                let mut slots = vec![
                    slot(Reads::Number, "amount"),
                    beside("currency", Reads::Line(3), "amount").preset("EUR"),
                    beside("year", Reads::Whole, "amount"),
                    beside("covers", Reads::Line(limits::LINE), "amount"),
                ];
                if !field.codes.is_empty() {
                    let instead = Reads::One(codes_of(field, self.desk.lang));
                    let label = Label::Key("moderation-instead-of-a-sum");
                    slots.push(Slot::new(format!("{name}.code"), &format!("{path}.code"), label, instead));
                }
                slots
            }
            FieldKind::Date => {
                vec![slot(Reads::Date, "date"), self.date_qualifier(name, path).beside(&format!("{path}.date"))]
            }
            FieldKind::Country => vec![slot(Reads::One(self.countries.clone()), "country")],
            FieldKind::Organisation => vec![slot(Reads::One(self.organisations.clone()), "organisation")],
            FieldKind::Text | FieldKind::Line | FieldKind::Address | FieldKind::Language | FieldKind::Flag => {
                let reads =
                    if field.kind == FieldKind::Text { Reads::Words(limits::TEXT) } else { Reads::Line(limits::LINE) };
                let lang = self.language(format!("{name}.lang"), &format!("{path}.lang"));
                vec![slot(reads, "text"), lang.beside(&format!("{path}.text"))]
            }
        }
    }

    fn viewpoint(&self, name: &str, part: &Body) -> Vec<Slot> {
        let mut slots = vec![
            self.one_at(In::Viewpoint, "topic", name, "topic", "topic").required(),
            self.one_at(In::Viewpoint, "raised_by", name, "raised_by", "raised_by").required(),
            self.line(In::Viewpoint, "speaker", name, "speaker"),
        ];
        let words = Reads::Words(limits::TEXT);
        slots.extend(self.text(In::Viewpoint, "concern", &format!("{name}.concern"), "concern", words, true));
        slots.push(self.slot(In::Viewpoint, "quoted", name, "quoted", "quoted", Reads::Flag));
        slots.extend(self.when(In::Viewpoint, "date", name, "date", part));
        slots.push(self.cited(name));
        slots.extend(self.note(name));
        slots
    }

    fn answer(&self, name: &str, part: &Body) -> Vec<Slot> {
        let kinds = Reads::Many(self.desk.codes(In::Answer, "kinds"));
        let mut slots = vec![
            self.one_at(In::Answer, "answered_by", name, "answered_by", "answered_by").required(),
            self.line(In::Answer, "speaker", name, "speaker"),
        ];
        let words = Reads::Words(limits::TEXT);
        slots.extend(self.text(In::Answer, "text", &format!("{name}.text"), "text", words, true));
        slots.push(self.slot(In::Answer, "quoted", name, "quoted", "quoted", Reads::Flag));
        slots.push(self.slot(In::Answer, "kinds", name, "kinds", "kinds", kinds));
        slots.extend(self.when(In::Answer, "date", name, "date", part));
        slots.push(self.cited(name));
        slots
    }

    fn event(&self, name: &str, part: &Body) -> Vec<Slot> {
        let agreement = Label::Key("moderation-agreement");
        let mut slots = vec![self.one_at(In::Timeline, "event", name, "event", "event").required()];
        let mut date = self.when(In::Timeline, "date", name, "date", part);
        date.iter_mut().filter(|slot| slot.beside.is_none()).for_each(|slot| slot.required = true);
        slots.extend(date);
        slots.push(Slot::new(format!("{name}.part"), "part", agreement, Reads::One(self.agreements.clone())));
        let words = Reads::Words(limits::TEXT);
        slots.extend(self.text(In::Timeline, "text", &format!("{name}.text"), "text", words, false));
        slots.push(self.cited(name));
        slots
    }

    fn source(&self, name: &str, part: &Body) -> Vec<Slot> {
        let line = Reads::Line(limits::LINE);
        let reliability = self.one_at(In::Source, "reliability", name, "reliability", "reliability");
        if super::is_account(part) {
            let proximity = self.one_at(In::Account, "proximity", name, "proximity", "proximity");
            let kind = self.slot(In::Source, "source_kind", name, "kind", "kind", Reads::Kept);
            return vec![kind, proximity.required(), reliability.preset("unassessed")];
        }
        let lost = Label::Key("moderation-address-not-recorded");
        let archived = Label::Key("moderation-archived-address");
        let language = Reads::One(self.languages.clone());
        let country = Reads::One(self.countries.clone());
        let mut slots = vec![
            self.one_at(In::Source, "source_kind", name, "kind", "kind").required(),
            self.slot(In::Source, "title", name, "title", "title", line.clone()),
            self.slot(In::Source, "publisher", name, "publisher", "publisher", line),
            self.slot(In::Source, "url", name, "url", "url", Reads::Address),
            Slot::new(format!("{name}.url_not_recorded"), "url_not_recorded", lost, Reads::Flag),
            Slot::new(format!("{name}.archived_url"), "archived_url", archived, Reads::Address).folded(),
            self.slot(In::Source, "language", name, "language", "language", language).folded(),
            self.slot(In::Qualifier, "country", name, "country", "country", country).folded(),
        ];
        slots.extend(self.when(In::Source, "published", name, "published", part));
        slots.extend(self.when(In::Source, "retrieved", name, "retrieved", part).into_iter().map(Slot::folded));
        slots.push(reliability.preset("unassessed"));
        slots
    }
}

/// The parts of one list.
pub(super) fn items<'b>(body: &'b Body, list: &str) -> impl Iterator<Item = &'b Body> + use<'b> {
    body.get(list).and_then(Json::as_array).into_iter().flatten().filter_map(Json::as_object)
}

/// A text property of a part; empty where there is none.
pub(super) fn word<'b>(part: &'b Body, key: &str) -> &'b str {
    part.get(key).and_then(Json::as_str).unwrap_or_default()
}

pub(super) fn choice(code: &str, label: &str) -> Choice {
    let label = if label.is_empty() { code } else { label };
    Choice { code: code.to_owned(), label: label.to_owned(), retired: false }
}

/// All codes of a field; which of the retired ones are offered depends on what stands there.
pub(super) fn codes_of(field: &Field, lang: &str) -> Arc<[Choice]> {
    let codes = field.codes.iter();
    codes.map(|code| Choice { retired: code.retired.is_some(), ..choice(&code.code, code.label(lang)) }).collect()
}

/// A source as others cite it: by title, publisher or address, else by what it is.
fn source(part: &Body, desk: &Desk<'_>) -> Choice {
    let named = ["title", "publisher", "url"].into_iter().map(|key| word(part, key)).find(|text| !text.is_empty());
    let kind = desk.codebook.label("source_kind", word(part, "kind"), desk.lang);
    choice(word(part, "id"), &format!("{} ({})", named.unwrap_or(kind), word(part, "id")))
}
