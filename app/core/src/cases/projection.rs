//! What is derived from a document: values for filters and counts, what lists and exports show, and the entry of the text index.
//!
//! One function makes all of it, so that a page, a count and an export cannot differ. All of it can be rebuilt from the documents.

use std::collections::BTreeSet;

use serde::{Deserialize, Serialize};

use super::{
    document::{
        Confidence, Disclosure, Document, Proximity, Rank, Reliability, Scope, Source, Statement, Status, Value,
    },
    facets::EVIDENCE,
    measures::stated_population,
};
use crate::{
    codebook::{Codebook, Field, In},
    ids::OrganisationId,
    places::{Gazetteer, SizeClass},
    text::fold,
};

/// The form of what is derived here. It grows with each change of it; what an older program derived is then derived anew at the next start.
pub(super) const FORM: i32 = 2;

/// All that is derived from one document.
#[derive(Debug, Clone, PartialEq)]
pub struct Projection {
    /// One for each coded value, for filters and counts.
    pub values: Vec<CodedValue>,
    /// Organisations and their roles.
    pub organisations: BTreeSet<(OrganisationId, String)>,
    /// Sources with an address, to complete it from when it is entered again.
    pub sources: Vec<Source>,
    /// What is computed and shown with the case.
    pub computed: Computed,
    /// The title, folded.
    pub title_folded: String,
    /// The years that the dated events lie in.
    pub years: Option<(i32, i32)>,
}

/// One coded value of a case. A filter on code, status, confidence and reliability holds within one of these.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct CodedValue {
    /// Code of the field; `vendor` and `evidence` beside those of the codebook.
    pub field: String,
    /// The code; none where the value is unknown, withheld, does not apply or is no code.
    pub code: Option<String>,
    /// What kind of knowledge it is; none for what the head says.
    pub status: Option<Status>,
    /// How well it is supported; none for what has no confidence.
    pub confidence: Option<Confidence>,
    /// The best reliability among the sources that it cites; none for what cites none.
    pub reliability: Option<Reliability>,
}

/// What the program computes of a case (schema.md sections 2, 3 and rule 8).
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Computed {
    /// `stub`, `partial`, `good` or `full`.
    pub completeness: String,
    /// Core fields that are answered.
    pub answered: usize,
    /// Core fields that there are.
    pub asked: usize,
    /// Share of statements that cite something other than an account, from 0 to 1.
    pub sourced: f64,
    /// How many accounts stand behind the case.
    pub accounts: usize,
    /// Inhabitants, where the place is a named municipality.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub population: Option<u64>,
    /// OECD class of a municipality.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub size_class: Option<String>,
}

impl Projection {
    /// Derives everything from `document`.
    #[must_use]
    pub fn of(document: &Document, codebook: &Codebook, gazetteer: &Gazetteer) -> Self {
        let computed = Computed::of(document, codebook, gazetteer);
        let involved = document.involvements.iter().filter(|i| i.rank != Rank::Superseded);
        Self {
            values: values(document, codebook, &computed),
            organisations: involved.filter_map(|i| Some((i.organisation.clone()?, i.role.to_string()))).collect(),
            sources: document.sources.iter().filter(|source| source.url.is_some()).cloned().collect(),
            title_folded: fold(&document.title.text),
            years: years(document),
            computed,
        }
    }
}

impl Computed {
    fn of(document: &Document, codebook: &Codebook, gazetteer: &Gazetteer) -> Self {
        let core: Vec<&Field> = codebook.core_fields().filter(|field| field.within.is_statement()).collect();
        let is_answered =
            |field: &&&Field| document.statements.iter().any(|said| codebook.answers(said.field.as_str(), field));
        let answered = core.iter().filter(is_answered).count();
        let cites_other =
            |sources: &[String]| sources.iter().any(|id| document.source(id).is_some_and(|s| !s.is_account()));
        let sourced = document.statements.iter().filter(|s| cites_other(&s.sources)).count();
        let population = population(document, gazetteer);
        Self {
            completeness: completeness(answered, core.len()).to_owned(),
            answered,
            asked: core.len(),
            sourced: share(sourced, document.statements.len()),
            accounts: document.sources.iter().filter(|source| source.is_account()).count(),
            population,
            size_class: size_class(document, population),
        }
    }
}

/// Under 25 % stub, under 50 % partial, under 80 % good, else full (schema.md section 2).
#[must_use]
pub fn completeness(answered: usize, asked: usize) -> &'static str {
    match answered * 100 {
        n if n < asked * 25 => "stub",
        n if n < asked * 50 => "partial",
        n if n < asked * 80 => "good",
        _ => "full",
    }
}

fn share(part: usize, whole: usize) -> f64 {
    if whole == 0 {
        return 0.0;
    }
    #[expect(clippy::cast_precision_loss, reason = "a case has some hundred statements")]
    let share = part as f64 / whole as f64;
    (share * 1000.0).round() / 1000.0
}

/// The figure of the preferred statement, never of a superseded one, else that of the gazetteer.
fn population(document: &Document, gazetteer: &Gazetteer) -> Option<u64> {
    if document.place.scope() != Scope::Municipality || document.place.disclosure() != Disclosure::Named {
        return None;
    }
    #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "a count of people")]
    let stated = stated_population(document).map(|(_, figure)| figure.number as u64);
    let recorded = || {
        gazetteer
            .city(document.place.places().first()?.geonames?)
            .map(|city| city.population)
            .filter(|count| *count > 0)
    };
    stated.or_else(recorded)
}

fn size_class(document: &Document, population: Option<u64>) -> Option<String> {
    use super::document::Place;
    match &document.place {
        Place::Named { .. } => population.map(|count| SizeClass::of(count).code().to_owned()),
        Place::SizeClass { size_class, .. } | Place::Region { size_class, .. } => {
            size_class.as_ref().map(ToString::to_string)
        }
    }
}

/// The years of the dated events, as an interval.
pub(crate) fn years(document: &Document) -> Option<(i32, i32)> {
    let spans = || document.timeline.iter().map(|event| event.date.years());
    Some((spans().map(|(from, _)| from).min()?, spans().map(|(_, to)| to).max()?))
}

fn values(document: &Document, codebook: &Codebook, computed: &Computed) -> Vec<CodedValue> {
    let mut values = BTreeSet::new();
    let mut head = |field: &str, code: &str| {
        values.insert(plain(field, code));
    };
    head("kind", document.kind.as_str());
    head("scope", document.place.scope().code());
    head("place_disclosure", document.place.disclosure().code());
    head("completeness", &computed.completeness);
    if let Some(class) = &computed.size_class {
        head("size_class", class);
    }
    for country in document.place.countries() {
        head("country", country.as_str());
    }
    for source in &document.sources {
        head("source_kind", source.kind.as_str());
        if let Some(proximity) = source.proximity {
            head("proximity", proximity.code());
        }
    }
    if !document.sources.iter().any(Source::is_account) {
        head("proximity", Proximity::PublicSources.code());
    }
    for value in statement_values(document, codebook).into_iter().chain(part_values(document)) {
        values.insert(value);
    }
    values.into_iter().collect()
}

/// What the head says, and what nothing is said of but that it is so.
fn plain(field: &str, code: &str) -> CodedValue {
    let (field, code) = (field.to_owned(), Some(code.to_owned()));
    CodedValue { field, code, status: None, confidence: None, reliability: None }
}

/// The best reliability among the sources with these ids.
fn best(document: &Document, sources: &[String]) -> Option<Reliability> {
    sources.iter().filter_map(|id| document.source(id)).map(|source| source.reliability).min()
}

/// The fields and codes that a case is of, says or has in its parts: what its kind, statements, qualifiers and parts show as their values.
/// What is only computed of it, and what is said of its place and its sources, is not among them.
pub(super) fn said(document: &Document, codebook: &Codebook) -> BTreeSet<(String, String)> {
    let all = statement_values(document, codebook).into_iter().chain(part_values(document));
    let all = all.chain([plain("kind", document.kind.as_str())]).filter(|value| value.field != EVIDENCE);
    all.filter_map(|value| Some((value.field, value.code?))).collect()
}

fn statement_values(document: &Document, codebook: &Codebook) -> Vec<CodedValue> {
    let mut values = Vec::new();
    for statement in document.statements.iter().filter(|s| s.rank != Rank::Superseded) {
        let coded =
            codebook.field(statement.field.as_str()).is_some_and(|f| matches!(f.within, In::Case | In::Agreement));
        if !coded {
            continue;
        }
        values.push(CodedValue {
            field: statement.field.to_string(),
            code: statement.value.as_ref().and_then(Value::as_code).map(ToString::to_string),
            status: Some(statement.status),
            confidence: Some(statement.confidence),
            reliability: best(document, &statement.sources),
        });
        values.extend(qualifier_values(document, statement, codebook));
        let cited = statement.sources.iter().filter_map(|id| document.source(id));
        values.extend(cited.map(|source| plain("evidence", source.reliability.code())));
    }
    values
}

/// Coded qualifiers that readers filter by, with the status, confidence and reliability of their statement.
fn qualifier_values(document: &Document, statement: &Statement, codebook: &Codebook) -> Vec<CodedValue> {
    let coded = |field: &str, value: &Value| CodedValue {
        field: field.to_owned(),
        code: value.as_code().map(ToString::to_string),
        status: Some(statement.status),
        confidence: Some(statement.confidence),
        reliability: best(document, &statement.sources),
    };
    let Some(field) = codebook.field(statement.field.as_str()) else { return Vec::new() };
    let facets = codebook.qualifiers_of(field).filter(|qualifier| qualifier.facet);
    facets.filter_map(|facet| Some(coded(&facet.code, statement.qualifiers.get(facet.code.as_str())?))).collect()
}

/// Codes inside parts count as stated, with what their part rests on, and its confidence where it has one.
fn part_values(document: &Document) -> Vec<CodedValue> {
    let stated = |field: &str, code: &str, sources: &[String]| CodedValue {
        status: Some(Status::Stated),
        reliability: best(document, sources),
        ..plain(field, code)
    };
    let mut values = Vec::new();
    for involvement in document.involvements.iter().filter(|i| i.rank != Rank::Superseded) {
        let wrapped = |field: &str, code: &str| CodedValue {
            status: Some(involvement.status),
            confidence: Some(involvement.confidence),
            ..stated(field, code, &involvement.sources)
        };
        values.push(wrapped("role", involvement.role.as_str()));
        if let Some(organisation) = &involvement.organisation {
            values.push(wrapped("vendor", organisation.as_str()));
        }
    }
    for viewpoint in &document.viewpoints {
        values.push(stated("topic", viewpoint.topic.as_str(), &viewpoint.sources));
        values.push(stated("raised_by", viewpoint.raised_by.as_str(), &viewpoint.sources));
        for answer in &viewpoint.answers {
            values.push(stated("answered_by", answer.answered_by.as_str(), &answer.sources));
            values.extend(answer.kinds.iter().map(|kind| stated("kinds", kind.as_str(), &answer.sources)));
        }
    }
    values.extend(document.timeline.iter().map(|event| stated("event", event.event.as_str(), &event.sources)));
    values
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;
    use crate::{
        cases::view::{self, Lens, Residents},
        organisations::Directory,
        places::Jurisdictions,
    };

    const NAMED: &str = r#"{"schema":1,"vocabulary":"0.1","id":"7K2MQX4T","revision":1,"published":"2026-Q4","revised":"2026-Q4","coder":"alias",
      "kind":"agreement","title":{"text":"words","lang":"en"},
      "place":{"disclosure":"named","scope":"municipality","countries":["DE"],
               "places":[{"id":"p1","geonames":2934691,"name":"Duisburg","country":"DE"}]},
      "statements":[{"id":"t1","field":"population","value":{"number":7},"status":"stated","confidence":"doubtful","rank":"superseded"}]}"#;

    #[test]
    fn a_superseded_figure_counts_no_inhabitants() {
        let mut document: Document = serde_json::from_str(NAMED).unwrap();
        assert_eq!(population(&document, &Gazetteer::embedded()), Some(504_358));
        document.statements[0].rank = Rank::Normal;
        assert_eq!(population(&document, &Gazetteer::embedded()), Some(7));
    }

    /// The figure of lists, filters and exports and the one beside the vendor's are the same: the preferred one, wherever it stands; one that is
    /// unknown leaves it to the next.
    #[test]
    fn the_preferred_figure_counts_on_every_page() {
        let (gazetteer, parties) = (Gazetteer::embedded(), Directory::new());
        let (codebook, jurisdictions) = (Codebook::embedded(), Jurisdictions::embedded());
        let today = "2026-11-23".parse().unwrap();
        let lens = Lens {
            codebook: &codebook,
            gazetteer: &gazetteer,
            jurisdictions: &jurisdictions,
            parties: &parties,
            lang: "en",
            today,
        };
        let stories = [
            ([("normal", Some(7)), ("preferred", Some(9))], 9),
            ([("preferred", Some(9)), ("normal", Some(7))], 9),
            ([("normal", Some(7)), ("preferred", None)], 7),
            ([("superseded", Some(9)), ("normal", Some(7))], 7),
            ([("superseded", Some(9)), ("preferred", None)], 504_358),
        ];
        for (figures, expected) in stories {
            let said = figures.map(|(rank, number)| match number {
                Some(number) => {
                    json!({"id": rank, "field": "population", "value": {"number": number}, "status": "stated",
                           "confidence": "probable", "rank": rank})
                }
                None => json!({"id": rank, "field": "population", "status": "unknown", "confidence": "probable", "rank": rank}),
            });
            let mut document: Document = serde_json::from_str(NAMED).unwrap();
            document.statements = said.map(|said| serde_json::from_value(said).unwrap()).into();
            assert_eq!(population(&document, &gazetteer), Some(expected), "{figures:?}");
            let beside = match view::residents(&document, &lens).unwrap() {
                Residents::Stated { number, .. } => number.to_string(),
                Residents::Gazetteer(number) => number.to_string(),
                Residents::Class { label, .. } => label,
            };
            assert_eq!(beside, expected.to_string(), "{figures:?}");
        }
    }
}
