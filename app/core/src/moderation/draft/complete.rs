//! From a draft to the document that may be public: everything that is missing or wrong is said at once.

use serde_json::{Value as Json, json};

use super::{
    Desk, Draft,
    names::Found,
    parts::{self, word},
    save,
    sheet_name::SheetName,
};
use crate::{
    Result,
    cases::{
        document::{Disclosure, Document, SCHEMA, Scope},
        generalise::{FullCase, FullPlace, Party, generalise},
        show::named_organisations,
    },
    clock::Quarter,
    intake::problems::Fault,
    organisations::Organisation,
    secret::silent_debug,
};

/// A document that passed every check, as it would be published.
#[derive(Clone)]
pub struct Completed {
    /// What would be public, exactly.
    pub document: Document,
    /// The organisations that it names and that are not on record yet.
    pub newcomers: Vec<Organisation>,
    /// Names that would tell a place that is not to be named; one that is not waived stands in the way of acceptance.
    pub found: Vec<Found>,
}

silent_debug!(Completed);

impl Completed {
    /// Whether a name stands in the way.
    #[must_use]
    pub fn is_telling(&self) -> bool {
        self.found.iter().any(|found| found.waived.is_none())
    }
}

/// What stands in the way of a document: the sheet on which it is mended, the input, and the reason.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Unready(pub Vec<(SheetName, String, Fault)>);

impl Draft {
    /// The document as it would be published in `quarter` by `coder`, or everything that stands in the way.
    ///
    /// # Errors
    /// If what is stored cannot be read as JSON, which the sheets rule out.
    pub fn complete(&self, coder: &str, quarter: Quarter, desk: &Desk<'_>) -> Result<Result<Completed, Unready>> {
        let mut problems = self.gaps(desk);
        if !problems.is_empty() {
            return Ok(Err(Unready(problems)));
        }
        let Ok(document) = self.document(coder, quarter, desk) else {
            let fault = (SheetName::Head, String::new(), Fault::new("moderation-unreadable"));
            return Ok(Err(Unready(vec![fault])));
        };
        let faults = document.clone().checked(desk.codebook, desk.gazetteer).err().unwrap_or_default();
        problems.extend(faults.into_iter().map(|fault| {
            let sheet = SheetName::of_path(&fault.path, self, desk.codebook);
            let words = Fault::new("moderation-fault").text("where", fault.path.clone()).text("reason", fault.reason);
            (sheet, fault.path, words)
        }));
        if !problems.is_empty() {
            return Ok(Err(Unready(problems)));
        }
        let newcomers = self.newcomers(&document)?;
        let found = self.found(&document, &newcomers, desk)?;
        Ok(Ok(Completed { document, newcomers, found }))
    }

    /// What is missing or cannot be read on any sheet.
    fn gaps(&self, desk: &Desk<'_>) -> Vec<(SheetName, String, Fault)> {
        let mut problems = Vec::new();
        for sheet in SheetName::all(desk.codebook) {
            let gaps = self.gaps_of(&sheet, desk);
            problems.extend(gaps.into_iter().map(|(input, fault)| (sheet.clone(), input, fault)));
        }
        if self.level() != Disclosure::Named {
            let open = self.parties(desk).into_iter().filter(|(_, party)| *party == Party::Undeclared);
            problems.extend(open.map(|(id, _)| {
                (SheetName::Organisations, format!("parties.{id}.side"), Fault::new("moderation-say-the-side"))
            }));
        }
        problems
    }

    fn document(&self, coder: &str, quarter: Quarter, desk: &Desk<'_>) -> Result<Document> {
        let mut body = self.body.clone();
        for beside in ["parties", "organisations", "place", "related"] {
            body.remove(beside);
        }
        let related = parts::items(&self.body, "related");
        let related: Json = related.map(|part| json!({"case": part.get("case"), "kind": part.get("kind")})).collect();
        let full_place = self.full_place(desk)?;
        let published = self.base.as_ref().map_or(quarter, |base| base.published);
        let head = json!({
            "schema": SCHEMA, "vocabulary": desk.codebook.version(), "id": self.id, "related": related,
            "revision": self.base.as_ref().map_or(1, |base| base.revision + 1),
            "published": published, "revised": quarter, "coder": coder,
            "place": {"disclosure": "named", "scope": full_place.scope, "countries": full_place.countries},
        });
        if let Json::Object(head) = head {
            body.extend(head);
        }
        let mut document: Document = serde_json::from_value(Json::Object(body))?;
        save::in_order(&mut document.narrative, desk.codebook);
        for account in document.sources.iter_mut().filter(|source| source.is_account()) {
            account.quarter.get_or_insert(quarter);
        }
        let full = FullCase { document, place: full_place, parties: self.parties(desk).into_iter().collect() };
        let mut document = generalise(full, self.level(), desk.gazetteer);
        if let Some(base) = self.base.as_ref().filter(|_| !self.place_is_open()) {
            document.place = base.place.clone();
        }
        Ok(document)
    }

    fn full_place(&self, desk: &Desk<'_>) -> Result<FullPlace> {
        let empty = Json::Null;
        let place = self.body.get("place").unwrap_or(&empty);
        let read = |key: &str| place.get(key).cloned().unwrap_or_default();
        let scope: Scope = serde_json::from_value(read("scope"))?;
        let places = self.places();
        let city = places.first().and_then(|place| place.geonames).and_then(|id| desk.gazetteer.city(id));
        let computed =
            city.filter(|_| scope == Scope::Municipality).and_then(|city| city.size_class().code().parse().ok());
        Ok(FullPlace {
            scope,
            countries: serde_json::from_value(read("countries"))?,
            places,
            size_class: serde_json::from_value::<Option<_>>(read("size_class"))?.or(computed),
            body_type: serde_json::from_value(read("body_type"))?,
        })
    }

    /// On which side each organisation stands that the parts speak of.
    fn parties(&self, desk: &Desk<'_>) -> Vec<(crate::ids::OrganisationId, Party)> {
        let party = |id: crate::ids::OrganisationId| {
            let said = parts::items(&self.body, "parties").find(|part| word(part, "id") == id.as_str()).cloned();
            let part = said.unwrap_or_else(|| self.presumed(&id, desk));
            let side = match (word(&part, "side"), word(&part, "body_type").parse()) {
                ("other", _) => Party::Other,
                ("public", Ok(body_type)) => Party::Public(body_type),
                _ => Party::Undeclared,
            };
            (id, side)
        };
        self.organisations_spoken_of().into_iter().map(party).collect()
    }

    /// The organisations not on record that the document names.
    fn newcomers(&self, document: &Document) -> Result<Vec<Organisation>> {
        let named = named_organisations(document);
        let drafted = parts::items(&self.body, "organisations");
        let drafted = drafted.filter(|part| word(part, "id").parse().is_ok_and(|id| named.contains(&id)));
        let record = |part: &super::Body| -> Result<Organisation> {
            let value = |key: &str| part.get(key).cloned().unwrap_or_default();
            let (id, kind) = (serde_json::from_value(value("id"))?, serde_json::from_value(value("kind"))?);
            let mut record = Organisation::named(id, word(part, "name"), kind);
            record.seat = serde_json::from_value(value("seat"))?;
            if self.is_declared_public(word(part, "id")) {
                record.note_public_side();
            }
            Ok(record)
        };
        drafted.map(record).collect()
    }
}
