//! Which of the cases that a document names readers may hear of: nothing that is public leads to what is hidden or in no list, nor tells the
//! place of a case that holds it back.

use std::collections::HashSet;

use crate::{
    Result,
    cases::{
        document::{Document, Related},
        generalise::SAME_PLACE,
        store,
    },
    db::Reading,
    ids::CaseId,
};

/// Whether a document names other cases, as far as its text tells.
fn has_relations(document: &str) -> bool {
    document.contains("\"related\":[")
}

/// What is to be known of the cases that documents name.
#[derive(Debug, Default)]
pub(super) struct Relatives {
    /// Those in every list.
    listed: HashSet<CaseId>,
    /// Those whose place is not named.
    unnamed: HashSet<CaseId>,
}

impl Relatives {
    pub(super) fn of(r: &mut Reading, named: &[CaseId]) -> Result<Self> {
        if named.is_empty() {
            return Ok(Self::default());
        }
        Ok(Self { listed: store::listed_among(r, named)?, unnamed: store::merges::unnamed_among(r, named)? })
    }

    /// Whether readers may hear of a relation: the other case is in every list, and nobody is told that it is of this place where it holds its
    /// own back. The document of such a case may not say so itself (`document/check/unnamed.rs`).
    pub(super) fn may_be_told(&self, other: &Related) -> bool {
        let tells_place = SAME_PLACE.contains(&other.kind.as_str()) && self.unnamed.contains(&other.case);
        self.listed.contains(&other.case) && !tells_place
    }
}

/// What is to be known of the cases that these documents name.
pub(super) fn relatives<'a>(r: &mut Reading, documents: impl Iterator<Item = &'a str>) -> Result<Relatives> {
    let mut named = Vec::new();
    for document in documents.filter(|document| has_relations(document)) {
        let document: Document = serde_json::from_str(document)?;
        named.extend(document.related.into_iter().map(|other| other.case));
    }
    Relatives::of(r, &named)
}

/// The document without the relations to cases that are hidden, or found by their address only: nothing that is public leads to these; nor to
/// those whose place it would tell.
pub(super) fn speaking_of(relatives: &Relatives, document: String) -> Result<String> {
    retaining(document, |other| relatives.may_be_told(other))
}

/// The document with those of its relations alone that are to be kept.
pub(super) fn retaining(document: String, keep: impl Fn(&Related) -> bool) -> Result<String> {
    if !has_relations(&document) {
        return Ok(document);
    }
    let mut read: Document = serde_json::from_str(&document)?;
    let named = read.related.len();
    read.related.retain(keep);
    if read.related.len() == named { Ok(document) } else { Ok(serde_json::to_string(&read)?) }
}

#[cfg(test)]
mod tests {
    use crate::{
        cases::{
            Vocabulary,
            document::{Document, Place, Related},
            publish,
            published::{self, Eyes},
            seeds,
        },
        codebook::Codebook,
        db::Actor,
        places::Gazetteer,
        testing::TestDatabase,
    };

    fn related(case: &str, kind: &str) -> Related {
        Related { case: case.parse().unwrap(), kind: kind.parse().unwrap() }
    }

    // Protection.md section 5: a case that names its place leads to none that holds its own back as one of the same contract.
    #[test]
    fn a_relation_never_tells_the_place_of_a_case_that_holds_it_back() {
        let db = TestDatabase::open();
        let (codebook, gazetteer) = (Codebook::embedded(), Gazetteer::embedded());
        let vocabulary = Vocabulary { codebook: &codebook, gazetteer: &gazetteer };
        seeds::plant(&db, vocabulary, true).unwrap();
        let reference = db.read(published::reference).unwrap().unwrap();
        let named = db.read(|r| published::find(r, &reference, Eyes::Public)).unwrap().document;
        let publishes = |document: Document| {
            let checked = vocabulary.check(document).unwrap();
            db.write(Actor::System, |tx| publish(tx, vocabulary, &checked)).unwrap();
        };
        let (mut open, mut held) = (named.clone(), named.clone());
        open.id = "0000000A".parse().unwrap();
        held.id = "0000000B".parse().unwrap();
        held.place = Place::SizeClass {
            scope: crate::cases::document::Scope::Municipality,
            countries: named.place.countries().to_vec(),
            size_class: Some("500k_1500k".parse().unwrap()),
            body_type: None,
        };
        for document in [&mut open, &mut held] {
            document.reference = false;
            document.revision = 1;
            document.related = Vec::new();
        }
        (held.statements, held.viewpoints, held.timeline) = (Vec::new(), Vec::new(), Vec::new());
        (held.sources, held.involvements, held.agreements) = (Vec::new(), Vec::new(), Vec::new());
        publishes(open);
        publishes(held);
        let mut telling = named;
        telling.id = "0000000C".parse().unwrap();
        telling.reference = false;
        telling.revision = 1;
        telling.related = vec![
            related("0000000A", "same_contract"),
            related("0000000B", "same_contract"),
            related("0000000B", "same_vendor"),
        ];
        let id = telling.id.clone();
        publishes(telling);
        let told = [related("0000000A", "same_contract"), related("0000000B", "same_vendor")];
        assert_eq!(db.read(|r| published::find(r, &id, Eyes::Public)).unwrap().document.related, told);
        let ordinals = db.read(|r| published::ordinals_after(r, None, 100)).unwrap();
        let current = db.read(|r| published::current(r, &ordinals)).unwrap();
        let current = current.iter().find(|current| current.id == id).unwrap();
        assert_eq!(current.read().unwrap().0.related, told, "in what is exported as well");
        let all = db.read(|r| published::find(r, &id, Eyes::Moderator)).unwrap().document.related;
        assert_eq!(all.len(), 3, "moderators see what stands there");
    }
}
