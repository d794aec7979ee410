//! The one place where a case is made as coarse as its place may be public (schema.md section 3).
//!
//! What is held back never enters the document that is published. Texts are edited by people: names in them are marked, not cut.

use std::collections::{BTreeMap, BTreeSet};

use super::document::{
    Amount, Answer, Band, CountryCode, Disclosure, Document, Event, Interval, Involvement, NamedPlace, Place, Scope,
    Side, Source, Statement, Value, Viewpoint,
};
use crate::{
    codebook::Code,
    dates::{PrefixDate, When},
    ids::OrganisationId,
    places::{Continent, Gazetteer},
    secret::silent_debug,
};

/// How many years stand for one where only the continent is public.
const YEARS: i32 = 3;
/// The field whose figure would tell the place; where the place is not named its size class takes the figure's part.
const POPULATION: &str = "population";

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
        Some(part)
    }

    fn statement(&self, mut said: Statement) -> Option<Statement> {
        if said.field == POPULATION {
            return None;
        }
        if let Some(value) = said.value.take() {
            said.value = Some(self.value(value)?);
        }
        let qualifiers = std::mem::take(&mut said.qualifiers);
        said.qualifiers = qualifiers.into_iter().filter_map(|(code, value)| Some((code, self.value(value)?))).collect();
        said.as_of = said.as_of.map(|when| self.when(when));
        Some(said)
    }

    fn value(&self, value: Value) -> Option<Value> {
        Some(match value {
            Value::Date { date, qualifier } if !self.is_region() => {
                Value::Date { date: PrefixDate::Year(date.year()), qualifier }
            }
            Value::Date { date, .. } => Value::Interval(years_around(date.year(), date.year())),
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
        part.answers = part.answers.into_iter().map(|answer| self.answer(answer)).collect();
        part
    }

    fn answer(&self, mut answer: Answer) -> Answer {
        answer.date = answer.date.map(|when| self.when(when));
        if let Some(contested) = &mut answer.contested_after {
            contested.date = contested.date.map(|when| self.when(when));
        }
        answer
    }

    fn event(&self, mut event: Event) -> Event {
        event.date = self.when(event.date);
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
        let (from, to) = when.years();
        match when {
            When::Entered { value, qualifier } if !self.is_region() => {
                When::Entered { value: PrefixDate::Year(value.year()), qualifier }
            }
            When::Between { .. } if !self.is_region() => when,
            _ => {
                let Interval { from, to } = years_around(from, to);
                When::Between { from, to }
            }
        }
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
mod tests {
    use super::*;
    use crate::codebook::Codebook;

    fn code(text: &str) -> Code {
        text.parse().unwrap()
    }

    fn full() -> FullCase {
        let text = r#"{"schema":1,"vocabulary":"0.1","id":"7K2MQX4T","revision":1,"published":"2026-Q4","revised":"2026-Q4","coder":"alias",
          "kind":"agreement","title":{"text":"words","lang":"en"},
          "place":{"disclosure":"named","scope":"municipality","countries":["DE"],"places":[]},
          "involvements":[
            {"id":"i1","organisation":"o_huawei","role":"lead_partner","status":"stated","confidence":"possible","rank":"normal"},
            {"id":"i2","organisation":"o_dvv","role":"cloud_host","status":"stated","confidence":"possible","rank":"normal"},
            {"id":"i3","organisation":"o_unheard_of","role":"reseller","status":"stated","confidence":"possible","rank":"normal"}],
          "statements":[
            {"id":"t1","field":"population","value":{"number":504358,"year":2023},"status":"stated","confidence":"possible","rank":"normal"},
            {"id":"t2","field":"signatory","value":{"organisation":"o_dvv"},"status":"stated","confidence":"possible","rank":"normal"},
            {"id":"t3","field":"value","value":{"amount":1200000,"currency":"EUR","year":2019,"covers":"lamps"},"status":"stated","confidence":"possible","rank":"normal"},
            {"id":"t4","field":"storage_place","value":{"code":"vendor_cloud"},"qualifiers":{"country":{"country":"IE"},"operator":{"organisation":"o_dvv"}},
             "status":"stated","confidence":"possible","rank":"normal","as_of":{"value":"2018-01-17","qualifier":"about"}},
            {"id":"t5","field":"backup_country","value":{"country":"SG"},"status":"stated","confidence":"possible","rank":"normal"},
            {"id":"t6","field":"term_start","value":{"date":"2018-01","qualifier":"exact"},"status":"stated","confidence":"possible","rank":"normal"},
            {"id":"t7","field":"retention","status":"withheld","confidence":"possible","rank":"normal"}],
          "timeline":[{"id":"e1","event":"signed","date":{"value":"2018-01-17","qualifier":"exact"},"sources":[]}],
          "sources":[{"id":"s1","kind":"news","title":"Duisburg signs","publisher":"Paper","url":"https://duisburg.example/","language":"de",
                      "published":{"value":"2018-09-03","qualifier":"exact"},"reliability":"established"},
                     {"id":"s2","kind":"first_hand_account","proximity":"took_part","quarter":"2026-Q4","reliability":"unassessed"}]}"#;
        let place = NamedPlace {
            id: "p1".into(),
            geonames: Some(2_934_691),
            name: "Duisburg".into(),
            country: "DE".parse().unwrap(),
        };
        FullCase {
            document: serde_json::from_str(text).unwrap(),
            place: FullPlace {
                scope: Scope::Municipality,
                countries: vec!["DE".parse().unwrap()],
                places: vec![place],
                size_class: Some(code("500k_1500k")),
                body_type: Some(code("municipality")),
            },
            parties: [
                ("o_huawei".parse().unwrap(), Party::Other),
                ("o_dvv".parse().unwrap(), Party::Public(code("municipal_company"))),
            ]
            .into(),
        }
    }

    fn at(level: Disclosure) -> (Document, String) {
        let document = generalise(full(), level, &Gazetteer::embedded());
        let text = serde_json::to_string(&document).unwrap();
        (document, text)
    }

    #[test]
    fn a_named_place_keeps_everything() {
        let (document, _) = at(Disclosure::Named);
        assert_eq!(document.statements, full().document.statements);
        assert_eq!(document.place.places()[0].name, "Duisburg");
    }

    #[test]
    fn an_unnamed_place_leaves_no_name_figure_address_or_body_behind() {
        for level in [Disclosure::SizeClass, Disclosure::Region] {
            let (_, text) = at(level);
            for word in
                ["uisburg", "2934691", "504358", "o_dvv", "o_unheard_of", "1200000", "lamps", "2018-01", "Paper"]
            {
                assert!(!text.contains(word), "{word} at {}: {text}", level.code());
            }
            assert!(text.contains("o_huawei"), "the vendor stays named");
        }
    }

    #[test]
    fn country_and_size_are_public_at_the_level_of_size() {
        let (document, text) = at(Disclosure::SizeClass);
        assert!(text.contains(r#""countries":["DE"],"size_class":"500k_1500k""#), "{text}");
        assert!(text.contains(r#"{"min":1000000.0,"max":2000000.0,"currency":"EUR"}"#), "{text}");
        assert!(text.contains(r#""country":"IE""#) && text.contains(r#""body_type":"municipal_company""#));
        assert!(text.contains(r#""as_of":{"value":"2018","qualifier":"about"}"#));
        assert_eq!(document.source("s2").unwrap().proximity, full().document.source("s2").unwrap().proximity);
        assert!(document.statements_of("retention")[0].value.is_none());
    }

    #[test]
    fn only_the_continent_is_public_at_the_level_of_region() {
        let (document, text) = at(Disclosure::Region);
        assert!(text.contains(r#""continent":"EU","size_class":"500k_1500k""#), "{text}");
        assert!(!text.contains(r#""DE""#) && !text.contains(r#""IE""#) && !text.contains(r#""SG""#), "{text}");
        assert!(text.contains(r#"{"continent":"inside"}"#) && text.contains(r#"{"continent":"outside"}"#));
        assert!(text.contains(r#""date":{"from":2016,"to":2018}"#), "{text}");
        assert!(document.statements_of("value").is_empty());
        assert!(document.source("s1").unwrap().published.is_none());
    }

    #[test]
    fn what_was_made_coarse_passes_the_checks_of_its_level_and_what_was_not_does_not() {
        let (codebook, gazetteer) = (Codebook::embedded(), Gazetteer::embedded());
        let faults = |document: Document| {
            let faults = document.checked(&codebook, &gazetteer).err().unwrap_or_default();
            let of_level = |reason: &str| reason.contains("is not named") || reason.contains("level of disclosure");
            faults.into_iter().filter(|fault| of_level(&fault.reason)).collect::<Vec<_>>()
        };
        for level in [Disclosure::SizeClass, Disclosure::Region] {
            let (document, _) = at(level);
            let place = document.place.clone();
            assert_eq!(faults(document), [], "{}", level.code());
            assert!(!faults(Document { place, ..full().document }).is_empty(), "{}", level.code());
        }
    }

    #[test]
    fn other_scopes_tell_a_type_of_body_in_place_of_a_size() {
        let mut case = full();
        case.place.scope = Scope::Facility;
        let document = generalise(case, Disclosure::SizeClass, &Gazetteer::embedded());
        let text = serde_json::to_string(&document.place).unwrap();
        assert!(text.contains(r#""body_type":"municipality""#) && !text.contains("size_class\":\"5"), "{text}");
    }

    #[test]
    fn sums_lie_in_the_band_that_holds_them() {
        let of = |amount| {
            let band = band(&Amount { amount, currency: "EUR".into(), year: None, covers: None });
            (band.min, band.max)
        };
        assert_eq!((of(0.0), of(1.0), of(4.99)), ((0.0, 1.0), (1.0, 2.0), (2.0, 5.0)));
        assert_eq!((of(50.0), of(999_999.0), of(1e6)), ((50.0, 100.0), (5e5, 1e6), (1e6, 2e6)));
    }
}
