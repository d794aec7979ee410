//! A moderator's draft of a case: the document on its way, and what was typed last where it could not be read.
//!
//! It holds the case as it is known, in full; only what leaves it for publication is made as coarse as the place may be public. Parts can be
//! incomplete while they are worked on, so the draft is a tree of JSON in the shape of the document; [`Draft::complete`] makes a checked
//! document of it or says everything that is missing. Drafts are stored sealed.

mod complete;
mod join;
mod names;
mod parts;
mod save;
mod shared;
mod sheet;
mod sheet_name;
mod slots;
#[cfg(test)]
mod tests;

use std::{
    collections::{BTreeMap, BTreeSet},
    sync::Arc,
};

use serde::{Deserialize, Serialize};
use serde_json::{Value as Json, json};

pub use self::{
    complete::{Completed, Unready},
    names::{Found, Waiver},
    sheet::{Add, Input, InputKind, Offer, Sheet, Unit},
    sheet_name::SheetName,
    slots::{Choice, Label},
};
use crate::{
    Result,
    cases::{
        document::{Disclosure, Document, NamedPlace, Place},
        generalise::{FullCase, Party},
        show::named_organisations,
    },
    clock::Quarter,
    codebook::{Codebook, In},
    ids::{CaseId, OrganisationId},
    organisations::Organisation,
    places::{CountryCode, Gazetteer},
};

/// A tree of names and values.
pub(super) type Body = serde_json::Map<String, Json>;

/// What drafts are shown and read with.
#[derive(Debug, Clone, Copy)]
pub struct Desk<'a> {
    /// The vocabulary.
    pub codebook: &'a Codebook,
    /// Cities and countries.
    pub gazetteer: &'a Gazetteer,
    /// Every organisation on record.
    pub organisations: &'a [Organisation],
    /// On which side an organisation can stand, with the words for it.
    pub sides: &'a [(&'static str, String)],
    /// The language of labels.
    pub lang: &'a str,
}

/// The sides on which an organisation can stand: vendors and others, whose names stay; the public side, whose names would tell the place;
/// nobody said.
pub const SIDES: [&str; 3] = ["other", "public", "undeclared"];

impl Desk<'_> {
    fn codes(&self, within: In, field: &str) -> Arc<[Choice]> {
        let field = self.codebook.field_in(within, field);
        field.map_or_else(|| Arc::from([]), |field| parts::codes_of(field, self.lang))
    }

    fn label(&self, within: In, field: &str) -> Label {
        let found = self.codebook.field_in(within, field).map(|field| field.label(self.lang));
        Label::Words(found.unwrap_or(field).to_owned())
    }

    fn definition(&self, within: In, field: &str) -> String {
        self.codebook.field_in(within, field).map_or_else(String::new, |field| field.definition(self.lang).to_owned())
    }
}

/// The draft.
#[derive(Clone, Serialize, Deserialize)]
pub struct Draft {
    /// The case that it is to become, or revises.
    id: CaseId,
    /// The published revision that it was made from.
    base: Option<Base>,
    /// The parts in the shape of the document, and beside them the place in full, the parties and the organisations not yet on record.
    body: Body,
    /// What was typed last, by sheet, where it could not be read.
    typed: BTreeMap<String, BTreeMap<String, Vec<String>>>,
    waivers: Vec<Waiver>,
    /// The case that this one takes in, and the revision of it.
    #[serde(default)]
    merges: Option<(CaseId, u32)>,
}

/// The published revision that a draft was made from.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct Base {
    /// Its number.
    pub revision: u32,
    /// When the case was first published.
    pub published: Quarter,
    /// The place as it is public.
    pub place: Place,
    /// The organisations that it names.
    #[serde(default)]
    pub named: BTreeSet<OrganisationId>,
}

impl std::fmt::Debug for Draft {
    /// Nothing of the text.
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Draft").field("id", &self.id).finish_non_exhaustive()
    }
}

impl Draft {
    /// A draft of the case that an account tells, to be published at `level`.
    ///
    /// # Errors
    /// If the document cannot be written as JSON, which does not happen.
    pub fn of_account(full: &FullCase, newcomers: &[Organisation], level: Disclosure) -> Result<Self> {
        let mut body = body_of(&full.document)?;
        let place = &full.place;
        body.insert(
            "place".into(),
            json!({
                "disclosure": level, "scope": place.scope, "countries": place.countries, "places": place.places,
                "size_class": place.size_class, "body_type": place.body_type,
            }),
        );
        let parties = full.parties.iter().map(|(id, party)| match party {
            Party::Other => json!({"id": id, "side": "other"}),
            Party::Public(body_type) => json!({"id": id, "side": "public", "body_type": body_type}),
            Party::Undeclared => json!({"id": id, "side": "undeclared"}),
        });
        body.insert("parties".into(), parties.collect());
        body.insert("organisations".into(), newcomers.iter().map(newcomer).collect());
        Ok(Self::with_body(&full.document, body, None))
    }

    /// A draft of the case that a document tells as far as it was to be public.
    ///
    /// # Errors
    /// If the document cannot be written as JSON, which does not happen.
    pub fn of_document(document: &Document, newcomers: &[Organisation], gazetteer: &Gazetteer) -> Result<Self> {
        let mut draft = Self::of_published(document, gazetteer)?;
        draft.base = None;
        draft.body.insert("organisations".into(), newcomers.iter().map(newcomer).collect());
        prune(&mut draft.body);
        Ok(draft)
    }

    /// A draft of the next revision of a published case to which `account`, made as coarse as the case, adds.
    ///
    /// # Errors
    /// If the document cannot be written as JSON, which does not happen.
    pub fn of_addition(
        case: Document,
        account: Document,
        newcomers: &[Organisation],
        gazetteer: &Gazetteer,
    ) -> Result<Self> {
        let before = named_organisations(&case);
        // The account was made coarse before: whoever it still names is not of the public side.
        let named = named_organisations(&account).into_iter().filter(|id| !before.contains(id));
        let parties: Vec<Json> = named.map(|id| json!({"id": id, "side": "other"})).collect();
        let is_named = case.place.disclosure() == Disclosure::Named;
        let mut draft = Self::of_published(&join::joined(case, account), gazetteer)?;
        if let Some(base) = &mut draft.base {
            base.named = before;
        }
        draft.body.insert("organisations".into(), newcomers.iter().map(newcomer).collect());
        if !is_named {
            draft.body.insert("parties".into(), parties.into());
        }
        prune(&mut draft.body);
        Ok(draft)
    }

    /// A draft of the next revision of a published case.
    ///
    /// Where the place is not named, nobody here knows it any more: it stays as it is, and what is added is made as coarse as the rest.
    ///
    /// # Errors
    /// If the document cannot be written as JSON, which does not happen.
    pub fn of_published(document: &Document, gazetteer: &Gazetteer) -> Result<Self> {
        let mut body = body_of(document)?;
        let place = &document.place;
        let (size_class, body_type) = match place {
            Place::Named { .. } => (None, None),
            Place::SizeClass { size_class, body_type, .. } | Place::Region { size_class, body_type, .. } => {
                (size_class.clone(), body_type.clone())
            }
        };
        let countries = match place {
            // Any country of the continent stands for it: what follows from it is the continent alone.
            Place::Region { continent, .. } => {
                let all = gazetteer.countries();
                let one = all.iter().find(|country| country.continent.code() == continent);
                one.map(|country| country.iso2.to_owned()).into_iter().collect()
            }
            _ => place.countries().iter().map(|country| country.as_str().to_owned()).collect::<Vec<_>>(),
        };
        body.insert(
            "place".into(),
            json!({
                "disclosure": place.disclosure(), "scope": place.scope(), "countries": countries,
                "places": place.places(), "size_class": size_class, "body_type": body_type,
            }),
        );
        let base = Base {
            revision: document.revision,
            published: document.published,
            place: place.clone(),
            named: named_organisations(document),
        };
        Ok(Self::with_body(document, body, Some(base)))
    }

    fn with_body(document: &Document, mut body: Body, base: Option<Base>) -> Self {
        // Within the draft a relation has an id, by which its inputs are named.
        let related = document.related.iter().enumerate();
        let related =
            related.map(|(at, other)| json!({"id": format!("r{at}"), "case": other.case, "kind": other.kind}));
        body.insert("related".into(), related.collect());
        prune(&mut body);
        Self { id: document.id.clone(), base, body, typed: BTreeMap::new(), waivers: Vec::new(), merges: None }
    }

    /// The same draft, by whose publication the case takes in another one at this revision.
    #[must_use]
    pub fn merging(self, case: CaseId, revision: u32) -> Self {
        Self { merges: Some((case, revision)), ..self }
    }

    /// The case that this one takes in, and the revision of it.
    #[must_use]
    pub fn merges(&self) -> Option<&(CaseId, u32)> {
        self.merges.as_ref()
    }

    /// The published revision that it was made from, if it was made from one.
    #[must_use]
    pub fn base(&self) -> Option<&Base> {
        self.base.as_ref()
    }

    /// The case that it is to become, or revises. Before publication the id is a proposal.
    #[must_use]
    pub fn case(&self) -> &CaseId {
        &self.id
    }

    /// The title as it stands.
    #[must_use]
    pub fn title(&self) -> &str {
        self.body.get("title").and_then(|title| title.get("text")).and_then(Json::as_str).unwrap_or_default()
    }

    /// At which level of disclosure it is to be published.
    #[must_use]
    pub fn level(&self) -> Disclosure {
        let level = self.body.get("place").and_then(|place| place.get("disclosure")).and_then(Json::as_str);
        level.and_then(|code| code.parse().ok()).unwrap_or(Disclosure::Region)
    }

    /// Whether its account rests on public sources alone, so that its publication gives nobody away by its time.
    #[must_use]
    pub fn is_from_public_sources(&self) -> bool {
        parts::items(&self.body, "sources")
            .filter(|source| is_account(source))
            .all(|source| parts::word(source, "proximity") == "works_from_public_sources")
    }

    /// Whether the place can be edited: where a published case does not name it, nobody here knows it.
    fn place_is_open(&self) -> bool {
        self.base.as_ref().is_none_or(|base| base.place.disclosure() == Disclosure::Named)
    }

    /// Whether a country is, or may be, that of the place.
    fn is_home(&self, seat: &CountryCode, gazetteer: &Gazetteer) -> bool {
        match self.base.as_ref().filter(|_| !self.place_is_open()).map(|base| &base.place) {
            Some(Place::Region { continent, .. }) => {
                gazetteer.country(seat.as_str()).is_none_or(|country| country.continent.code() == continent)
            }
            Some(place) => place.countries().contains(seat),
            None => {
                let countries = self.body.get("place").and_then(|place| place.get("countries"));
                let countries = countries.and_then(Json::as_array).map_or(&[][..], Vec::as_slice);
                countries.is_empty() || countries.iter().any(|code| code.as_str() == Some(seat.as_str()))
            }
        }
    }

    /// Whether somebody said here that an organisation is of the public side.
    fn is_declared_public(&self, id: &str) -> bool {
        parts::items(&self.body, "parties")
            .any(|party| parts::word(party, "id") == id && parts::word(party, "side") == "public")
    }

    fn places(&self) -> Vec<NamedPlace> {
        let places = self.body.get("place").and_then(|place| place.get("places"));
        places.and_then(|places| serde_json::from_value(places.clone()).ok()).unwrap_or_default()
    }
}

/// An organisation not yet on record, as the draft holds it.
fn newcomer(record: &Organisation) -> Json {
    json!({"id": record.id, "name": record.name(), "kind": record.kind, "seat": record.seat})
}

/// Whether a source is an account.
fn is_account(source: &Body) -> bool {
    crate::intake::names::ACCOUNTS.contains(&parts::word(source, "kind"))
}

/// The parts of a document, without what the program says of it.
fn body_of(document: &Document) -> Result<Body> {
    let Json::Object(mut body) = serde_json::to_value(document)? else { return Ok(Body::new()) };
    for key in ["schema", "vocabulary", "id", "revision", "published", "revised", "coder", "related", "place"] {
        body.remove(key);
    }
    Ok(body)
}

/// Takes out what is `null`: an absent value has no name.
fn prune(body: &mut Body) {
    body.retain(|_, value| !value.is_null());
    for value in body.values_mut() {
        match value {
            Json::Object(inner) => prune(inner),
            Json::Array(items) => items.iter_mut().filter_map(Json::as_object_mut).for_each(prune),
            _ => {}
        }
    }
}
