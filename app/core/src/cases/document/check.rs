//! The checks of a document, each fault with its path and the reason.

mod unnamed;

use std::{collections::HashSet, fmt};

use url::Url;

use super::{Code, Disclosure, Document, Place, SCHEMA, Scope, Statement, Status, Text, Value, When};
use crate::{
    codebook::{Codebook, Field, FieldKind, In},
    currency,
    dates::PrefixDate,
    limits,
    places::{Continent, Gazetteer, SizeClass},
};

/// A document that was checked: the only kind that can be stored.
#[derive(Debug, Clone, PartialEq)]
pub struct Checked(Document);

impl Checked {
    /// The document.
    #[must_use]
    pub fn document(&self) -> &Document {
        &self.0
    }

    /// The document, to make the next revision of.
    #[must_use]
    pub fn into_document(self) -> Document {
        self.0
    }
}

/// What is wrong with a document, and where.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Fault {
    /// Where, such as `statements.t3.value`.
    pub path: String,
    /// What is wrong, in words.
    pub reason: String,
}

impl fmt::Display for Fault {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}: {}", self.path, self.reason)
    }
}

impl Document {
    /// Checks it against the vocabulary and the gazetteer.
    ///
    /// # Errors
    /// Every fault at once.
    pub fn checked(self, codebook: &Codebook, gazetteer: &Gazetteer) -> Result<Checked, Vec<Fault>> {
        let mut check = Check { document: &self, codebook, gazetteer, faults: Vec::new() };
        check.head();
        check.place();
        check.ids();
        check.statements();
        check.parts();
        check.sources();
        check.unnamed();
        let faults = check.faults;
        if faults.is_empty() { Ok(Checked(self)) } else { Err(faults) }
    }
}

struct Check<'a> {
    document: &'a Document,
    codebook: &'a Codebook,
    gazetteer: &'a Gazetteer,
    faults: Vec<Fault>,
}

impl Check<'_> {
    fn fault(&mut self, path: impl Into<String>, reason: impl Into<String>) {
        self.faults.push(Fault { path: path.into(), reason: reason.into() });
    }

    fn head(&mut self) {
        let document = self.document;
        if document.schema != SCHEMA {
            self.fault("schema", format!("this program reads schema {SCHEMA}"));
        }
        if document.revision == 0 {
            self.fault("revision", "revisions count from 1");
        }
        self.length("coder", &document.coder, limits::LINE);
        self.text("title", &document.title, limits::TITLE);
        if let Some(summary) = &document.summary {
            self.text("summary", summary, limits::SUMMARY);
        }
        self.code("kind", In::Head, "kind", &document.kind);
        let mut headings = HashSet::new();
        for section in &document.narrative {
            let path = format!("narrative.{}", section.heading);
            self.code(&path, In::Head, "narrative_heading", &section.heading);
            self.length(&path, &section.text, limits::NARRATIVE);
            self.optional(&path, section.original.as_deref(), limits::NARRATIVE);
            if !headings.insert(&section.heading) {
                self.fault(path, "the heading stands twice");
            }
        }
        for related in &document.related {
            self.code("related", In::Head, "related_kind", &related.kind);
            if related.case == document.id {
                self.fault("related", "a case does not belong to itself");
            }
        }
    }

    fn place(&mut self) {
        let place = &self.document.place;
        let countries = place.countries();
        if countries.is_empty() && place.disclosure() != Disclosure::Region {
            self.fault("place.countries", "at least one country");
        }
        for country in countries.iter().chain(place.places().iter().map(|place| &place.country)) {
            if self.gazetteer.country(country.as_str()).is_none() {
                self.fault("place.countries", format!("no country has the code {country}"));
            }
        }
        for named in place.places() {
            self.length(&format!("place.places.{}", named.id), &named.name, limits::LINE);
            if let Some(id) = named.geonames
                && self.gazetteer.city(id).is_none()
            {
                self.fault(format!("place.places.{}", named.id), format!("the gazetteer has no city {id}"));
            }
        }
        match place {
            Place::Named { scope: Scope::Municipality, places, .. } if places.is_empty() => {
                self.fault("place.places", "a municipality needs its name");
            }
            Place::SizeClass { scope: Scope::Municipality, size_class, .. }
            | Place::Region { scope: Scope::Municipality, size_class, .. }
                if size_class.as_ref().is_none_or(|class| class.as_str().parse::<SizeClass>().is_err()) =>
            {
                self.fault("place.size_class", "a municipality that is not named needs a size class");
            }
            _ => {}
        }
        if let Place::Region { continent, .. } = place
            && Continent::from_code(continent).is_none()
        {
            self.fault("place.continent", format!("no continent has the code {continent}"));
        }
    }

    /// One name space for all parts: ids are used in addresses and references without their kind.
    fn ids(&mut self) {
        let document = self.document;
        let answers = document.viewpoints.iter().flat_map(|v| v.answers.iter().map(|answer| &answer.id));
        let ids = (document.place.places().iter().map(|place| &place.id))
            .chain(document.agreements.iter().map(|part| &part.id))
            .chain(document.involvements.iter().map(|part| &part.id))
            .chain(document.statements.iter().map(|part| &part.id))
            .chain(document.viewpoints.iter().map(|part| &part.id))
            .chain(document.timeline.iter().map(|part| &part.id))
            .chain(document.sources.iter().map(|part| &part.id))
            .chain(answers);
        let mut seen = HashSet::new();
        let twice: Vec<&String> = ids.filter(|id| !seen.insert(*id)).collect();
        for id in twice {
            self.fault(id, "the id stands twice");
        }
        if seen.len() > limits::PARTS * 10 {
            self.fault("parts", format!("more than {} parts", limits::PARTS * 10));
        }
    }

    fn statements(&mut self) {
        for statement in &self.document.statements {
            let path = format!("statements.{}", statement.id);
            let Some(field) = self.codebook.statement_field(statement.field.as_str()) else {
                self.fault(path, format!("no field of a case is called {}", statement.field));
                continue;
            };
            self.part(&path, field, statement);
            match (&statement.value, statement.status.has_value()) {
                (Some(value), true) => self.value(&format!("{path}.value"), field, value),
                (None, true) => self.fault(&path, format!("a value that is {} must stand there", statement.status)),
                (Some(_), false) => self.fault(&path, format!("no value can stand beside {}", statement.status)),
                (None, false) => {}
            }
            for (code, value) in &statement.qualifiers {
                let path = format!("{path}.{code}");
                // Whatever was refused, the ground of the refusal may stand beside it (schema.md section 1).
                let ground = statement.status == Status::Withheld && *code == "ground";
                let declared = ground || field.qualifiers.iter().any(|q| q == code.as_str());
                match self.codebook.qualifier(code.as_str()).filter(|_| declared) {
                    Some(qualifier) => self.value(&path, qualifier, value),
                    None => self.fault(path, format!("{} has no such qualifier", field.code)),
                }
            }
            self.note(&path, statement.note.as_ref());
            self.when(&path, statement.as_of);
            self.cited(&path, &statement.sources);
        }
    }

    fn part(&mut self, path: &str, field: &Field, statement: &Statement) {
        match &statement.part {
            Some(part) if self.document.agreement(part).is_none() => {
                self.fault(path, format!("there is no agreement {part}"))
            }
            None if field.within == In::Agreement => {
                self.fault(path, format!("{} speaks of an agreement: which?", field.code))
            }
            _ => {}
        }
    }

    fn value(&mut self, path: &str, field: &Field, value: &Value) {
        let level = self.document.place.disclosure();
        let named = level == Disclosure::Named;
        let fits = match (field.kind, value) {
            (FieldKind::Choice | FieldKind::Choices | FieldKind::Amount, Value::Code { code, text, .. }) => {
                if let Some(text) = text {
                    self.length(path, text, limits::LINE);
                }
                field.code(code.as_str()).is_some()
            }
            (FieldKind::Text | FieldKind::Line, Value::Text { text, .. }) => {
                self.length(path, text, limits::TEXT);
                true
            }
            (FieldKind::Number, Value::Number(number)) => number.number.is_finite(),
            (FieldKind::Amount, Value::Amount(amount)) => named && amount.amount.is_finite(),
            (FieldKind::Amount, Value::Band(band)) => level == Disclosure::SizeClass && band.min <= band.max,
            (FieldKind::Date, Value::Date { date, .. }) => self.is_coarse_enough(*date),
            (FieldKind::Date, Value::Interval(interval)) => {
                !named && interval.from <= interval.to && self.is_wide_enough(interval.from, interval.to)
            }
            (FieldKind::Country, Value::Country { country }) => {
                level != Disclosure::Region && self.gazetteer.country(country.as_str()).is_some()
            }
            (FieldKind::Country, Value::Continent { .. }) => level == Disclosure::Region,
            (FieldKind::Organisation, Value::Organisation { .. }) => true,
            (FieldKind::Organisation, Value::BodyType { body_type }) => !named && self.is_body_type(body_type),
            _ => false,
        };
        if !fits {
            self.fault(path, format!("{} does not take this value at this level of disclosure", field.code));
        } else if let Some(code) = value.currency().filter(|code| !currency::is_known(code)) {
            self.fault(path, format!("{code:?} is no currency of ISO 4217; write its three letters, such as EUR"));
        }
    }

    fn is_body_type(&self, code: &Code) -> bool {
        self.codebook.field("public_body_type").is_some_and(|field| field.code(code.as_str()).is_some())
    }

    fn parts(&mut self) {
        let document = self.document;
        for agreement in &document.agreements {
            self.length(&format!("agreements.{}", agreement.id), &agreement.label, limits::LINE);
        }
        for involvement in &document.involvements {
            let path = format!("involvements.{}", involvement.id);
            self.code(&path, In::Involvement, "role", &involvement.role);
            self.note(&path, involvement.note.as_ref());
            match (&involvement.organisation, &involvement.body_type) {
                (Some(_), None) => {}
                (None, Some(body_type))
                    if document.place.disclosure() != Disclosure::Named && self.is_body_type(body_type) => {}
                _ => {
                    self.fault(&path, "either an organisation or, where the place is not named, a type of public body")
                }
            }
            self.cited(&path, &involvement.sources);
        }
        for viewpoint in &document.viewpoints {
            let path = format!("viewpoints.{}", viewpoint.id);
            self.code(&path, In::Viewpoint, "topic", &viewpoint.topic);
            self.code(&path, In::Viewpoint, "raised_by", &viewpoint.raised_by);
            self.optional(&path, viewpoint.speaker.as_deref(), limits::LINE);
            self.text(&path, &viewpoint.concern, limits::TEXT);
            self.note(&path, viewpoint.note.as_ref());
            self.when(&path, viewpoint.date);
            self.cited(&path, &viewpoint.sources);
            for answer in &viewpoint.answers {
                let path = format!("{path}.answers.{}", answer.id);
                self.code(&path, In::Answer, "answered_by", &answer.answered_by);
                for kind in &answer.kinds {
                    self.code(&path, In::Answer, "kinds", kind);
                }
                self.optional(&path, answer.speaker.as_deref(), limits::LINE);
                self.text(&path, &answer.text, limits::TEXT);
                self.when(&path, answer.date);
                self.cited(&path, &answer.sources);
                if let Some(contested) = &answer.contested_after {
                    self.when(&path, contested.date);
                    self.cited(&path, &contested.sources);
                }
            }
        }
        for event in &document.timeline {
            let path = format!("timeline.{}", event.id);
            self.code(&path, In::Timeline, "event", &event.event);
            self.when(&path, Some(event.date));
            if let Some(text) = &event.text {
                self.text(&path, text, limits::TEXT);
            }
            self.cited(&path, &event.sources);
            if event.part.as_ref().is_some_and(|part| document.agreement(part).is_none()) {
                self.fault(&path, "there is no such agreement");
            }
        }
    }

    fn sources(&mut self) {
        for source in &self.document.sources {
            let path = format!("sources.{}", source.id);
            self.code(&path, In::Source, "source_kind", &source.kind);
            for address in source.url.iter().chain(&source.archived_url) {
                let fits = address.chars().count() <= limits::ADDRESS
                    && Url::parse(address)
                        .is_ok_and(|url| matches!(url.scheme(), "http" | "https") && url.username().is_empty());
                if !fits {
                    self.fault(&path, "an address begins with http:// or https:// and names no user");
                }
            }
            if source.is_account() && (source.proximity.is_none() || source.quarter.is_none()) {
                self.fault(&path, "an account has a proximity and a quarter");
            }
            self.when(&path, source.published);
        }
    }

    fn code(&mut self, path: &str, within: In, field: &str, code: &Code) {
        if self.codebook.field_in(within, field).is_none_or(|field| field.code(code.as_str()).is_none()) {
            self.fault(path, format!("{field} has no code {code}"));
        }
    }

    fn text(&mut self, path: &str, text: &Text, most: usize) {
        self.length(path, &text.text, most);
        self.optional(path, text.original.as_deref(), most);
    }

    fn note(&mut self, path: &str, note: Option<&Text>) {
        if let Some(note) = note {
            self.text(&format!("{path}.note"), note, limits::TEXT);
        }
    }

    fn optional(&mut self, path: &str, text: Option<&str>, most: usize) {
        if let Some(text) = text {
            self.length(path, text, most);
        }
    }

    fn length(&mut self, path: &str, text: &str, most: usize) {
        if text.trim().is_empty() {
            self.fault(path, "the text is empty");
        } else if text.chars().count() > most {
            self.fault(path, format!("more than {most} characters"));
        }
    }

    fn when(&mut self, path: &str, when: Option<When>) {
        match when {
            Some(When::Entered { value, .. }) if !self.is_coarse_enough(value) => {
                self.fault(path, "where the place is not named, a date is a year, or an interval of years")
            }
            Some(When::Between { from, to }) if from > to => self.fault(path, "the interval ends before it begins"),
            Some(When::Between { from, to }) if !self.is_wide_enough(from, to) => self.fault(
                path,
                "where the place is not named, not even by its country, an interval has whole spans of three years",
            ),
            _ => {}
        }
    }

    /// Whether such a date may be public beside this place: any beside a named one, a year beside a country, none beside a continent.
    fn is_coarse_enough(&self, date: PrefixDate) -> bool {
        match self.document.place.disclosure() {
            Disclosure::Named => true,
            Disclosure::SizeClass => matches!(date, PrefixDate::Year(_)),
            Disclosure::Region => false,
        }
    }

    fn cited(&mut self, path: &str, sources: &[String]) {
        for source in sources {
            if self.document.source(source).is_none() {
                self.fault(path, format!("there is no source {source}"));
            }
        }
    }
}
