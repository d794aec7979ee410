//! The head of a case: place, vendor, what, since when, how it stands.

use super::{Lens, Shown};
use crate::{
    cases::document::{CountryCode, Document, Involvement, NamedPlace, Place, Rank, Status, Value, When},
    codebook::{
        In,
        needed::{INSTRUMENT, STATE, TECHNOLOGY},
    },
};

/// What a reader in a hurry sees first.
#[derive(Debug, Clone, PartialEq)]
pub struct Head {
    /// What sort of case it is.
    pub kind: String,
    /// Where.
    pub place: Whereabouts,
    /// The organisations in its lead: those of the preferred rank that are no public body, else the first.
    pub vendors: Vec<(Shown, String)>,
    /// The agreements' instruments; without agreements, the technologies.
    pub what: Vec<Shown>,
    /// The first date on record.
    pub since: Option<When>,
    /// How it stands: the preferred statement, else the latest one.
    pub state: Option<(Shown, Status, Option<When>)>,
}

/// The place, as far as it is public.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Whereabouts {
    /// Names of places.
    pub names: Vec<String>,
    /// What it is, where it is not named or not a municipality: a size class, a type of body, or the extent.
    pub what: Option<String>,
    /// Countries, or the continent.
    pub countries: Vec<String>,
    /// The place is deliberately not named.
    pub unnamed: bool,
}

impl Head {
    /// Reads the head of a document through a lens.
    #[must_use]
    pub fn of(document: &Document, lens: &Lens<'_>) -> Self {
        Self {
            kind: lens.label("kind", document.kind.as_str()),
            place: whereabouts(document, lens),
            vendors: vendors(document, lens),
            what: what(document, lens),
            since: document.timeline.iter().map(|event| event.date).min_by_key(|date| date.order()),
            state: state(document, lens),
        }
    }
}

fn whereabouts(document: &Document, lens: &Lens<'_>) -> Whereabouts {
    let place = &document.place;
    let scope = lens.label("scope", place.scope().code());
    let countries = place.countries().iter().map(|country| lens.country(country.as_str())).collect();
    let (names, what, countries) = match place {
        Place::Named { places, .. } => {
            let names: Vec<String> = places.iter().map(|place: &NamedPlace| place.name.clone()).collect();
            let what = names.is_empty().then_some(scope);
            (names, what, countries)
        }
        Place::SizeClass { size_class, body_type, .. } | Place::Region { size_class, body_type, .. } => {
            let class = size_class.as_ref().map(|class| lens.label("size_class", class.as_str()));
            let body = body_type.as_ref().map(|body| lens.label("public_body_type", body.as_str()));
            let continent = match place {
                Place::Region { continent, .. } => vec![lens.continent(continent)],
                _ => countries,
            };
            (Vec::new(), class.or(body).or(Some(scope)), continent)
        }
    };
    Whereabouts { names, what, countries, unnamed: !matches!(place, Place::Named { .. }) }
}

fn vendors(document: &Document, lens: &Lens<'_>) -> Vec<(Shown, String)> {
    let mut private: Vec<&Involvement> = lens.vendors(document);
    private.sort_by_key(|involvement| (involvement.rank, lens.role_order(involvement.role.as_str())));
    let preferred = private.iter().filter(|involvement| involvement.rank == Rank::Preferred).count();
    let shown = if preferred > 0 { preferred } else { 3 };
    let role = |involvement: &Involvement| lens.label("role", involvement.role.as_str());
    private.into_iter().take(shown).map(|involvement| (lens.who(involvement), role(involvement))).collect()
}

fn what(document: &Document, lens: &Lens<'_>) -> Vec<Shown> {
    let mut found: Vec<Shown> = Vec::new();
    for known in [INSTRUMENT, TECHNOLOGY] {
        for statement in document.statements_about(known, lens.codebook) {
            let counts = statement.status.has_value() && statement.rank != Rank::Superseded;
            if let Some(value) = statement.value.as_ref().filter(|_| counts) {
                let value = lens.shown(statement.field.as_str(), value);
                if !found.contains(&value) {
                    found.push(value);
                }
            }
        }
        if !found.is_empty() {
            break;
        }
    }
    found.truncate(3);
    found
}

fn state(document: &Document, lens: &Lens<'_>) -> Option<(Shown, Status, Option<When>)> {
    let states = document.statements_about(STATE, lens.codebook);
    let current = states.iter().filter(|state| state.rank != Rank::Superseded);
    let preferred = states.iter().find(|state| state.rank == Rank::Preferred);
    let state = preferred.or_else(|| current.max_by_key(|state| state.as_of.map(When::order)))?;
    let value: &Value = state.value.as_ref()?;
    Some((lens.shown(state.field.as_str(), value), state.status, state.as_of))
}

impl Lens<'_> {
    /// The organisations that are not of the public side, superseded involvements left out.
    #[must_use]
    pub fn vendors<'d>(&self, document: &'d Document) -> Vec<&'d Involvement> {
        // a company that a foreign state owns is a vendor all the same
        let at_home = |seat: &CountryCode| document.place.countries().contains(seat);
        let is_public = |involvement: &Involvement| match &involvement.organisation {
            Some(id) => self
                .parties
                .get(id)
                .is_some_and(|party| party.is_public_side() && party.seat.as_ref().is_none_or(at_home)),
            None => true,
        };
        let current = document.involvements.iter().filter(|involvement| involvement.rank != Rank::Superseded);
        current.filter(|involvement| !is_public(involvement)).collect()
    }

    /// Who is involved: an organisation, or only the type of a public body.
    #[must_use]
    pub fn who(&self, involvement: &Involvement) -> Shown {
        match (&involvement.organisation, &involvement.body_type) {
            (Some(id), _) => Shown::Organisation { id: id.clone(), name: self.organisation(id) },
            (None, Some(body)) => Shown::Words(self.label("public_body_type", body.as_str())),
            (None, None) => Shown::Words(self.label("role", involvement.role.as_str())),
        }
    }

    /// Where a role stands in the codebook; the weightiest come first there.
    #[must_use]
    pub fn role_order(&self, role: &str) -> usize {
        let field = self.codebook.field_in(In::Involvement, "role");
        field.and_then(|field| field.codes.iter().position(|code| code.code == role)).unwrap_or(usize::MAX)
    }
}
