//! The sheets of a draft: each is one page with the parts of one kind, filled with what stands in the draft or was typed last.

use super::{
    Body, Desk, Draft,
    parts::{self, Bench, Kind, word},
    sheet_name::SheetName,
    slots::{Choice, Label, Reads, Slot},
};
use crate::{codebook::In, ids::OrganisationId, intake::problems::Fault, secret::silent_debug};

/// A page of the draft.
#[derive(Debug)]
pub struct Sheet {
    /// Which.
    pub name: SheetName,
    /// What it is called.
    pub label: Label,
    /// Its parts, in order.
    pub units: Vec<Unit>,
    /// What can be added at its end.
    pub adds: Vec<Add>,
    /// What is wrong with what was typed last: input and reason.
    pub problems: Vec<(String, Fault)>,
}

/// A part with its inputs.
#[derive(Debug)]
pub struct Unit {
    /// Its path: `remove=` and this takes it out.
    pub name: String,
    /// What kind of part it is; key of a message.
    pub kind: &'static str,
    /// What tells it from the others of its kind.
    pub title: String,
    /// Lies within the part before it.
    pub nested: bool,
    /// Can be taken out.
    pub removable: bool,
    /// Parts that can be added within it: `add=` and this.
    pub add: Option<String>,
    /// Its inputs.
    pub inputs: Vec<Input>,
}

/// An input with what stands in it.
pub struct Input {
    /// Its name.
    pub name: String,
    /// What it is called.
    pub label: Label,
    /// What it asks for; may be empty.
    pub help: String,
    /// What it takes.
    pub kind: InputKind,
    /// What stands in it.
    pub values: Vec<String>,
    /// What it offers.
    pub offers: Vec<Offer>,
    /// The part cannot be without it.
    pub required: bool,
    /// The most characters.
    pub most: Option<usize>,
    /// Shown on request.
    pub folded: bool,
    /// What is wrong with it.
    pub problem: Option<Fault>,
}

silent_debug!(Input);

/// What an input takes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum InputKind {
    /// One line.
    Line,
    /// Several lines.
    Words,
    /// One of its offers, or none.
    One,
    /// Any of its offers.
    Many,
    /// A tick.
    Tick,
    /// Nothing: it was made coarser when the case was published and stays.
    Kept,
}

/// A value on offer.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Offer {
    /// What the input sends.
    pub code: String,
    /// Its name.
    pub label: String,
    /// Whether it is chosen.
    pub chosen: bool,
    /// It is offered only because it stands there.
    pub retired: bool,
}

/// What can be added at the end of a sheet: the button `add=` and its value.
#[derive(Debug)]
pub struct Add {
    /// Value of the button.
    pub value: &'static str,
    /// What it adds; key of a message.
    pub label: &'static str,
    /// What is to be chosen first, as the input `new.field`; empty where nothing is.
    pub fields: Vec<Choice>,
}

/// A part before its inputs are filled.
pub(super) struct Place<'b> {
    pub(super) name: String,
    pub(super) kind: Kind,
    pub(super) part: std::borrow::Cow<'b, Body>,
    pub(super) nested: bool,
    pub(super) removable: bool,
}

impl Draft {
    /// One sheet, filled.
    #[must_use]
    pub fn sheet(&self, name: SheetName, desk: &Desk<'_>) -> Sheet {
        let bench = Bench::of(desk, &self.body, self.place_is_open());
        let problems = self.problems_of(&name, desk);
        let places = self.places_of(&name, desk);
        let units = places.iter().map(|place| self.unit(place, &bench, &name, &problems)).collect();
        Sheet { label: name.label(desk), units, adds: self.adds(&name, desk), problems, name }
    }

    fn unit(&self, place: &Place<'_>, bench: &Bench<'_>, sheet: &SheetName, problems: &[(String, Fault)]) -> Unit {
        let typed = self.typed.get(&sheet.name());
        let slots = bench.slots(place.kind, &place.name, &place.part);
        let inputs = slots.into_iter().map(|slot| {
            let values = typed.and_then(|typed| typed.get(&slot.name)).cloned();
            let values = values.unwrap_or_else(|| slot.values_in(&place.part));
            let problem = problems.iter().find(|(input, _)| *input == slot.name).map(|(_, fault)| fault.clone());
            input(slot, values, problem)
        });
        Unit {
            kind: kind_key(place.kind),
            title: title(place, bench.desk),
            nested: place.nested,
            removable: place.removable,
            add: (place.kind == Kind::Viewpoint).then(|| format!("{}.answers", place.name)),
            inputs: inputs.collect(),
            name: place.name.clone(),
        }
    }

    /// The parts of a sheet, in order.
    pub(super) fn places_of(&self, sheet: &SheetName, desk: &Desk<'_>) -> Vec<Place<'_>> {
        use std::borrow::Cow;
        let body = &self.body;
        let whole = |name: &str, kind, part| Place { name: name.into(), kind, part, nested: false, removable: false };
        match sheet {
            SheetName::Head => vec![whole("head", Kind::Head, Cow::Borrowed(body))],
            SheetName::Narrative => {
                let headings = desk.codes(In::Head, "narrative_heading");
                let section = |code: &str| parts::items(body, "narrative").find(|part| word(part, "heading") == code);
                let place = |code: &str| {
                    let part = section(code).map_or_else(|| Cow::Owned(Body::new()), Cow::Borrowed);
                    whole(&format!("narrative.{code}"), Kind::Narrative, part)
                };
                let has_place = |heading: &&Choice| !heading.retired || section(&heading.code).is_some();
                headings.iter().filter(has_place).map(|heading| place(&heading.code)).collect()
            }
            SheetName::Place => {
                let empty = || Cow::Owned(Body::new());
                let place = body.get("place").and_then(serde_json::Value::as_object);
                let mut all = vec![whole("place", Kind::Place, place.map_or_else(empty, Cow::Borrowed))];
                if let Some(place) = place.filter(|_| self.place_is_open()) {
                    all.extend(listed(place, "places", "place.places", Kind::NamedPlace, false));
                }
                all
            }
            SheetName::Organisations => {
                let mut all = listed(body, "involvements", "involvements", Kind::Involvement, false);
                all.extend(listed(body, "organisations", "organisations", Kind::Newcomer, false));
                let party = |id: OrganisationId| {
                    let known = parts::items(body, "parties").find(|part| word(part, "id") == id.as_str());
                    let part = known.map_or_else(|| Cow::Owned(self.presumed(&id, desk)), Cow::Borrowed);
                    whole(&format!("parties.{id}"), Kind::Party, part)
                };
                all.extend(self.organisations_spoken_of().into_iter().map(party));
                all
            }
            SheetName::Agreements => listed(body, "agreements", "agreements", Kind::Agreement, false),
            SheetName::Coded(section) => {
                let belongs = |place: &Place<'_>| {
                    let field = desk.codebook.statement_field(word(&place.part, "field"));
                    field.is_some_and(|field| field.section.as_deref() == Some(section.as_str()))
                };
                listed(body, "statements", "statements", Kind::Statement, false).into_iter().filter(belongs).collect()
            }
            SheetName::Viewpoints => {
                let concerns = parts::items(body, "viewpoints").zip(listed(
                    body,
                    "viewpoints",
                    "viewpoints",
                    Kind::Viewpoint,
                    false,
                ));
                let with_answers = concerns.flat_map(|(part, place)| {
                    let answers = listed(part, "answers", &format!("{}.answers", place.name), Kind::Answer, true);
                    std::iter::once(place).chain(answers)
                });
                with_answers.collect()
            }
            SheetName::Timeline => listed(body, "timeline", "timeline", Kind::Event, false),
            SheetName::Sources => listed(body, "sources", "sources", Kind::Source, false),
            SheetName::Related => listed(body, "related", "related", Kind::Related, false),
        }
    }

    fn adds(&self, sheet: &SheetName, desk: &Desk<'_>) -> Vec<Add> {
        let add = |value, label| Add { value, label, fields: Vec::new() };
        match sheet {
            SheetName::Place if self.place_is_open() => vec![add("place.places", "moderation-add-place")],
            SheetName::Organisations => vec![
                add("involvements", "moderation-add-involvement"),
                add("organisations", "moderation-add-organisation"),
            ],
            SheetName::Agreements => vec![add("agreements", "moderation-add-agreement")],
            SheetName::Coded(section) => {
                let fields =
                    desk.codebook.fields_of_section(section).filter(|f| f.within.is_statement() && f.code != "label");
                let fields = fields.map(|field| parts::choice(&field.code, field.label(desk.lang))).collect();
                vec![Add { value: "statements", label: "moderation-add-statement", fields }]
            }
            SheetName::Viewpoints => vec![add("viewpoints", "moderation-add-viewpoint")],
            SheetName::Timeline => vec![add("timeline", "moderation-add-event")],
            SheetName::Sources => vec![add("sources", "moderation-add-source")],
            SheetName::Related => vec![add("related", "moderation-add-related")],
            SheetName::Head | SheetName::Narrative | SheetName::Place => Vec::new(),
        }
    }
}

/// The parts of a list as places, named by their ids.
fn listed<'b>(body: &'b Body, list: &str, path: &str, kind: Kind, nested: bool) -> Vec<Place<'b>> {
    let place = |part: &'b Body| Place {
        name: format!("{path}.{}", word(part, "id")),
        kind,
        part: std::borrow::Cow::Borrowed(part),
        nested,
        removable: !(kind == Kind::Source && super::is_account(part)),
    };
    parts::items(body, list).map(place).collect()
}

fn input(slot: Slot, values: Vec<String>, problem: Option<Fault>) -> Input {
    let (kind, choices) = match &slot.reads {
        Reads::One(choices) => (InputKind::One, Some(choices.clone())),
        Reads::Many(choices) => (InputKind::Many, Some(choices.clone())),
        Reads::Words(_) => (InputKind::Words, None),
        Reads::Flag => (InputKind::Tick, None),
        Reads::Kept => (InputKind::Kept, None),
        Reads::Line(_) | Reads::Date | Reads::Number | Reads::Whole | Reads::Address | Reads::Case => {
            (InputKind::Line, None)
        }
    };
    let chosen =
        |code: &str| values.iter().any(|value| value == code) || (values.is_empty() && slot.preset == Some(code));
    let known = choices.iter().flat_map(|choices| choices.iter());
    let on_offer = known.clone().filter(|choice| !choice.retired || chosen(&choice.code));
    let offers = on_offer.map(|choice| Offer {
        chosen: chosen(&choice.code),
        code: choice.code.clone(),
        label: choice.label.clone(),
        retired: choice.retired,
    });
    // What stands there or was typed is shown even if it is not, or no longer, on offer.
    let others = values.iter().filter(|value| choices.is_some() && !value.is_empty());
    let others = others.filter(|value| !known.clone().any(|choice| choice.code == **value));
    let others = others.map(|value| Offer { code: value.clone(), label: value.clone(), chosen: true, retired: false });
    let offers: Vec<Offer> = offers.chain(others).collect();
    Input {
        most: slot.most(),
        offers,
        name: slot.name,
        label: slot.label,
        help: slot.help,
        kind,
        values,
        required: slot.required,
        folded: slot.folded,
        problem,
    }
}

fn kind_key(kind: Kind) -> &'static str {
    match kind {
        Kind::Head => "moderation-unit-head",
        Kind::Narrative => "moderation-unit-narrative",
        Kind::Place => "moderation-unit-place",
        Kind::NamedPlace => "moderation-unit-named-place",
        Kind::Party => "moderation-unit-party",
        Kind::Newcomer => "moderation-unit-newcomer",
        Kind::Agreement => "moderation-unit-agreement",
        Kind::Involvement => "moderation-unit-involvement",
        Kind::Statement => "moderation-unit-statement",
        Kind::Viewpoint => "moderation-unit-viewpoint",
        Kind::Answer => "moderation-unit-answer",
        Kind::Event => "moderation-unit-event",
        Kind::Source => "moderation-unit-source",
        Kind::Related => "moderation-unit-related",
    }
}

/// What tells a part from the others of its kind.
fn title(place: &Place<'_>, desk: &Desk<'_>) -> String {
    let part = &*place.part;
    let label = |field: &str, key: &str| desk.codebook.label(field, word(part, key), desk.lang).to_owned();
    let id = word(part, "id");
    let organisation = |id: &str| {
        let known = desk.organisations.iter().find(|record| record.id.as_str() == id);
        known.map_or_else(|| id.to_owned(), |record| record.name().to_owned())
    };
    match place.kind {
        Kind::Head | Kind::Place => String::new(),
        Kind::Narrative => {
            let code = place.name.rsplit('.').next().unwrap_or_default();
            desk.codebook.label("narrative_heading", code, desk.lang).to_owned()
        }
        Kind::NamedPlace | Kind::Newcomer => word(part, "name").to_owned(),
        Kind::Party => organisation(id),
        Kind::Agreement => word(part, "label").to_owned(),
        Kind::Involvement => organisation(word(part, "organisation")),
        Kind::Statement => {
            let field = word(part, "field");
            desk.codebook.statement_field(field).map_or(field, |field| field.label(desk.lang)).to_owned()
        }
        Kind::Viewpoint => label("topic", "topic"),
        Kind::Answer => label("answered_by", "answered_by"),
        Kind::Event => label("event", "event"),
        Kind::Related => word(part, "case").to_owned(),
        Kind::Source => {
            let named =
                ["title", "publisher", "url"].into_iter().map(|key| word(part, key)).find(|text| !text.is_empty());
            named.map_or_else(|| label("source_kind", "kind"), str::to_owned)
        }
    }
}
