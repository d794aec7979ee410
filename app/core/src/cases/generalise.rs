//! The one place where a case is made as coarse as its place may be public (schema.md section 3).
//!
//! What is held back never enters the document that is published. Texts are edited by people: names in them are marked, not cut.

use std::collections::{BTreeMap, BTreeSet};

use super::document::{
    Amount, Answer, Band, CountryCode, DateQualifier, Disclosure, Document, Event, Interval, Involvement, NamedPlace,
    Number, Place, Scope, Side, Source, Statement, Text, Value, Viewpoint,
};
use crate::{
    codebook::{Code, needed::POPULATION},
    dates::{PrefixDate, When},
    ids::OrganisationId,
    places::{Continent, Gazetteer},
    secret::silent_debug,
};

/// How many years stand for one where only the continent is public.
pub(super) const YEARS: i32 = 3;
/// How far a date that is only known as a bound may lie from it, as far as what is shown goes: two whole intervals.
const REACH: i32 = 2 * YEARS;
/// Relations to a case of the same place, which may be named there.
pub(super) const SAME_PLACE: [&str; 3] = ["same_contract", "follow_up", "replaced_by"];

/// A case as it is known, before it is decided how much of the place is public. It is never stored in plain.
#[derive(Clone)]
pub struct FullCase {
    /// Everything but the place; the place that stands in it does not count.
    pub document: Document,
    /// Where it happened.
    pub place: FullPlace,
    /// On which side each organisation stands that the document speaks of. One that is not here counts as undeclared.
    pub parties: BTreeMap<OrganisationId, Party>,
}

/// Where a case happened, as far as it is known.
#[derive(Clone)]
pub struct FullPlace {
    /// The extent.
    pub scope: Scope,
    /// Countries, at least one.
    pub countries: Vec<CountryCode>,
    /// The places, as far as they were told.
    pub places: Vec<NamedPlace>,
    /// Code of `size_class`, for a municipality.
    pub size_class: Option<Code>,
    /// Code of `public_body_type`, for other scopes.
    pub body_type: Option<Code>,
}

silent_debug!(FullCase, FullPlace);

/// On which side an organisation stands.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Party {
    /// The public side: its name would name the place. With its `public_body_type`.
    Public(Code),
    /// Vendors and others, which stay named.
    Other,
    /// Nobody said; left out where the place is not named.
    Undeclared,
}

/// The document that may be public at a level of disclosure.
#[must_use]
pub fn generalise(case: FullCase, level: Disclosure, gazetteer: &Gazetteer) -> Document {
    let FullCase { mut document, place, parties } = case;
    let home = continents(&place.countries, gazetteer);
    let coarse = Coarse { level, parties: &parties, home: &home, gazetteer };
    if level != Disclosure::Named {
        document.related.retain(|related| !SAME_PLACE.contains(&related.kind.as_str()));
        document.title = coarse.text(document.title);
        document.summary = document.summary.map(|text| coarse.text(text));
        for section in &mut document.narrative {
            section.original = None;
            section.translation = section.translation.take().filter(|_| !coarse.is_region());
        }
        document.involvements = document.involvements.into_iter().filter_map(|part| coarse.involvement(part)).collect();
        document.statements = document.statements.into_iter().filter_map(|said| coarse.statement(said)).collect();
        document.viewpoints = document.viewpoints.into_iter().map(|part| coarse.viewpoint(part)).collect();
        document.timeline = document.timeline.into_iter().map(|event| coarse.event(event)).collect();
        document.sources = document.sources.into_iter().map(|source| coarse.source(source)).collect();
    }
    document.place = place_at(level, place, &home);
    document
}

fn continents(countries: &[CountryCode], gazetteer: &Gazetteer) -> BTreeSet<Continent> {
    countries.iter().filter_map(|code| gazetteer.country(code.as_str())).map(|country| country.continent).collect()
}

fn place_at(level: Disclosure, place: FullPlace, home: &BTreeSet<Continent>) -> Place {
    let FullPlace { scope, countries, places, size_class, body_type } = place;
    let (size_class, body_type) = if scope == Scope::Municipality { (size_class, None) } else { (None, body_type) };
    match level {
        Disclosure::Named => Place::Named { scope, countries, places },
        Disclosure::SizeClass => Place::SizeClass { scope, countries, size_class, body_type },
        Disclosure::Region => {
            let continent = home.first().map_or("", |continent| continent.code()).to_owned();
            Place::Region { scope, continent, size_class, body_type }
        }
    }
}

/// What makes single statements coarser; only for places that are not named.
struct Coarse<'a> {
    level: Disclosure,
    parties: &'a BTreeMap<OrganisationId, Party>,
    home: &'a BTreeSet<Continent>,
    gazetteer: &'a Gazetteer,
}

impl Coarse<'_> {
    fn is_region(&self) -> bool {
        self.level == Disclosure::Region
    }

    fn involvement(&self, mut part: Involvement) -> Option<Involvement> {
        if let Some(organisation) = part.organisation.take() {
            match self.parties.get(&organisation) {
                Some(Party::Other) => part.organisation = Some(organisation),
                Some(Party::Public(body_type)) => part.body_type = Some(body_type.clone()),
                Some(Party::Undeclared) | None => return None,
            }
        }
        part.note = part.note.map(|text| self.text(text));
        Some(part)
    }

    fn statement(&self, mut said: Statement) -> Option<Statement> {
        // its size class takes the figure's part
        if said.field == POPULATION {
            return None;
        }
        if let Some(value) = said.value.take() {
            // Who is said to stand on the public side is not taken for a vendor, whatever else was said of them.
            let named = value.as_organisation().is_some_and(|id| self.parties.get(id) == Some(&Party::Other));
            if named && said.is_of_public_side() {
                return None;
            }
            said.value = Some(self.value(value)?);
        }
        let qualifiers = std::mem::take(&mut said.qualifiers);
        said.qualifiers = qualifiers.into_iter().filter_map(|(code, value)| Some((code, self.value(value)?))).collect();
        said.as_of = said.as_of.map(|when| self.when(when));
        said.note = said.note.map(|text| self.text(text));
        Some(said)
    }

    /// The words as they were first said can be searched for; where only the continent is public, their language tells the country too.
    fn text(&self, mut text: Text) -> Text {
        text.original = None;
        text.translation = text.translation.filter(|_| !self.is_region());
        text
    }

    fn value(&self, value: Value) -> Option<Value> {
        Some(match value {
            Value::Date { date, qualifier } if !self.is_region() => {
                Value::Date { date: PrefixDate::Year(date.year()), qualifier }
            }
            Value::Date { date, qualifier } => Value::Interval(years_about(date.year(), qualifier)),
            Value::Number(number) if self.is_region() => Value::Number(Number { year: None, ..number }),
            Value::Interval(Interval { from, to }) if self.is_region() => Value::Interval(years_around(from, to)),
            Value::Amount(amount) if !self.is_region() => Value::Band(band(&amount)),
            Value::Amount(_) | Value::Band(_) if self.is_region() => return None,
            Value::Country { country } if self.is_region() => Value::Continent { continent: self.side_of(&country)? },
            Value::Organisation { organisation } => match self.parties.get(&organisation)? {
                Party::Other => Value::Organisation { organisation },
                Party::Public(body_type) => Value::BodyType { body_type: body_type.clone() },
                Party::Undeclared => return None,
            },
            other => other,
        })
    }

    fn side_of(&self, country: &CountryCode) -> Option<Side> {
        let continent = self.gazetteer.country(country.as_str())?.continent;
        Some(if self.home.contains(&continent) { Side::Inside } else { Side::Outside })
    }

    fn viewpoint(&self, mut part: Viewpoint) -> Viewpoint {
        part.date = part.date.map(|when| self.when(when));
        part.concern = self.text(part.concern);
        part.note = part.note.map(|text| self.text(text));
        part.answers = part.answers.into_iter().map(|answer| self.answer(answer)).collect();
        part
    }

    fn answer(&self, mut answer: Answer) -> Answer {
        answer.date = answer.date.map(|when| self.when(when));
        answer.text = self.text(answer.text);
        if let Some(contested) = &mut answer.contested_after {
            contested.date = contested.date.map(|when| self.when(when));
        }
        answer
    }

    fn event(&self, mut event: Event) -> Event {
        event.date = self.when(event.date);
        event.text = event.text.map(|text| self.text(text));
        event
    }

    /// An account keeps its proximity and quarter. Of anything else stay kind, reliability and, where the country is public, the country and
    /// the year of publication: address, title, publisher and language can name the place.
    fn source(&self, source: Source) -> Source {
        let published = source.published.filter(|_| !self.is_region()).map(|when| self.when(when));
        Source {
            title: None,
            publisher: None,
            url: None,
            url_not_recorded: false,
            archived_url: None,
            language: None,
            country: source.country.filter(|_| !self.is_region()),
            published,
            retrieved: None,
            ..source
        }
    }

    fn when(&self, when: When) -> When {
        let Interval { from, to } = match when {
            When::Entered { value, qualifier } if !self.is_region() => {
                return When::Entered { value: PrefixDate::Year(value.year()), qualifier };
            }
            When::Between { .. } if !self.is_region() => return when,
            When::Entered { value, qualifier } => years_about(value.year(), qualifier),
            When::Between { from, to } => years_around(from, to),
        };
        When::Between { from, to }
    }
}

/// The interval around a year. One that is only a bound is open to one side, which an interval cannot say: it is widened to that side.
fn years_about(year: i32, qualifier: DateQualifier) -> Interval {
    match qualifier {
        DateQualifier::Exact | DateQualifier::About => years_around(year, year),
        DateQualifier::Before => years_around(year - REACH, year),
        DateQualifier::After => years_around(year, year + REACH),
    }
}

/// The years from `from` to `to`, widened to whole intervals that begin in years divisible by three: so that the middle tells nothing.
fn years_around(from: i32, to: i32) -> Interval {
    Interval { from: from - from.rem_euclid(YEARS), to: to - to.rem_euclid(YEARS) + YEARS - 1 }
}

/// The band of the series 1, 2, 5, 10, 20 ... in which a sum lies; without year and purpose.
fn band(amount: &Amount) -> Band {
    let mut bounds = (0.0, 1.0);
    let mut steps = [2.0, 2.5, 2.0].into_iter().cycle();
    while amount.amount >= bounds.1 && bounds.1 < 1e15 {
        bounds = (bounds.1, bounds.1 * steps.next().unwrap_or(2.0));
    }
    Band { min: bounds.0, max: bounds.1, currency: amount.currency.clone() }
}

#[cfg(test)]
mod tests;
