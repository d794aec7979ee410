//! How many cases each code has: the numbers that stand beside the list.

use actix_web::{HttpResponse, web::Data};
use casebook_core::cases::{
    facets::{FacetCount, Filters, PopulationSpan},
    list::{self, Tally},
    statistics::Span,
};
use serde_json::{Value, json as value};

use super::{asked::Set, cases::notices, json};
use crate::{
    filters::{Labels, labels},
    kit::{App, Language, Pairs, Result, page::Moved},
    url,
};

/// `GET /api/v1/facets` - the counts under the same filters.
///
/// # Errors
/// [`crate::kit::Error::Parameter`] for a part of the address that cannot be used.
pub async fn facets(app: Data<App>, pairs: Pairs) -> Result<HttpResponse> {
    let Set { filters, moved } = Set::parse(&app, &pairs)?;
    if moved {
        return Ok(Moved(url::api_facets(&filters.pairs())).into());
    }
    let (state, sought) = (app.clone(), filters.clone());
    let found = app.read(move |r| list::tally(r, &state.catalogue, &*state.index, &state.codebook, &sought)).await?;
    let namer = Namer(labels(&app, &found.parties, Language::default()));
    Ok(json().body(body(&namer, &filters, &found).to_string()))
}

fn body(namer: &Namer<'_>, filters: &Filters, found: &Tally) -> Value {
    let evidence = found.counts.evidence.iter().map(|(code, n)| namer.count("reliability", code.code(), *n));
    value!({
        "count": found.total,
        "facets": found.counts.facets.iter().map(|facet| namer.facet(facet)).collect::<Vec<_>>(),
        "evidence": evidence.collect::<Vec<_>>(),
        "statements": namer.worth(&found.counts.statements),
        "years": found.years.iter().map(year).collect::<Vec<_>>(),
        "populations": found.populations.iter().map(population).collect::<Vec<_>>(),
        "notices": notices(namer.0.codebook, filters, &found.notices),
    })
}

fn year(span: &Span) -> Value {
    value!({ "from": span.from, "to": span.to, "count": span.count })
}

fn population(span: &PopulationSpan) -> Value {
    value!({ "from": span.from, "to": span.to, "count": span.count, "finer": span.finer })
}

/// Puts names beside codes.
struct Namer<'a>(Labels<'a>);

impl Namer<'_> {
    fn facet(&self, facet: &FacetCount) -> Value {
        let field = facet.field.as_str();
        let codes = facet.codes.iter().map(|code| self.count(field, &code.code, code.count));
        let mut told = value!({
            "field": field,
            "label": self.0.field(field),
            "distinct": facet.distinct,
            "codes": codes.collect::<Vec<_>>(),
        });
        if let (Value::Object(told), Value::Object(worth)) = (&mut told, self.worth(facet)) {
            told.extend(worth);
        }
        told
    }

    /// What statements are worth.
    fn worth(&self, facet: &FacetCount) -> Value {
        let statuses = facet.statuses.iter().map(|(code, n)| self.count("status", code.code(), *n));
        let confidences = facet.confidences.iter().map(|(code, n)| self.count("confidence", code.code(), *n));
        let reliabilities = facet.reliabilities.iter().map(|(code, n)| self.count("reliability", code.code(), *n));
        value!({
            "statuses": statuses.collect::<Vec<_>>(),
            "confidences": confidences.collect::<Vec<_>>(),
            "reliabilities": reliabilities.collect::<Vec<_>>(),
        })
    }

    fn count(&self, field: &str, code: &str, count: u64) -> Value {
        value!({ "code": code, "label": self.0.code(field, code), "count": count })
    }
}
