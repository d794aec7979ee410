//! Public cases that are like a case (row R23): found by what both are coded with, and shown with the reasons.
//!
//! A code that few cases share says more than one that many share, so each counts with its inverse document frequency, `ln(N / n)` (K. Spärck
//! Jones, A statistical interpretation of term specificity and its application in retrieval, Journal of Documentation 28, 1972). Only what
//! every reader sees is looked at: the bitmaps of public cases, and documents through the gate.

use std::{
    cmp::Reverse,
    collections::{BTreeMap, BTreeSet, HashSet},
};

use roaring::RoaringBitmap;

use super::{
    catalogue::{Catalogue, Known},
    document::{Document, Text},
    facets::VENDOR,
    likeness::{self, Beside, Ruled, Ruling},
    projection::Projection,
    published,
    show::Tables,
};
use crate::{
    Result,
    codebook::{
        Codebook,
        needed::{
            DATA_COLLECTED, DOMAIN, END_REASON, INITIATIVE, INSTRUMENT, MOTIVE_STATED, MUNICIPAL_ACCESS, PROCUREMENT,
            TECHNOLOGY,
        },
    },
    db::Reading,
    ids::{CaseId, OrganisationId},
    organisations::{self, Directory},
};

/// Codes that two cases can share without having anything in common.
const TELLS_NOTHING: [&str; 2] = ["other", "unclear"];
/// The most that are told.
const MOST: usize = 5;
/// In how many fields two cases agree at least.
const LEAST_FIELDS: u32 = 2;
/// How much two cases share at least, in thousandths: ln(4), as much as one code that every fourth case has.
const LEAST_WEIGHT: u64 = 1386;
/// How many entries are gone through at most, the rarest codes first: in a large collection frequent codes would cost the most and say the least.
const MOST_ENTRIES: u64 = 20_000;

/// A public case that is like another one.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Similar {
    /// Its id.
    pub id: CaseId,
    /// Its title.
    pub title: Text,
    /// The words for the reason for which a moderator set it beside the other one; none where the codes alone did.
    pub set_beside: Option<String>,
    /// What both have in common, field by field.
    pub in_common: Vec<Common>,
}

/// What two cases have in common in one field.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Common {
    /// The code of the field, or [`VENDOR`].
    pub field: String,
    /// The label of the field; none for organisations, which are no field of the codebook.
    pub label: Option<String>,
    /// The labels of the codes, or the names of the organisations.
    pub what: Vec<String>,
}

/// A code of a field.
type Coded = (String, String);

/// A case and what it shares with the one that is asked about.
#[derive(Debug, Clone, PartialEq, Eq)]
struct Kin {
    ordinal: u32,
    id: CaseId,
    /// In thousandths, so that sums are exact and equal ones are ties; nothing where a moderator set it there.
    weight: u64,
    shared: BTreeSet<Coded>,
}

/// The public cases that are most like this document: first those that a moderator set beside it, then those that share the most codes; none
/// that shares little, or in one field only, and none that a moderator set apart from it.
///
/// # Errors
/// Those of the database.
pub fn similar(
    r: &mut Reading,
    catalogue: &Catalogue,
    document: &Document,
    tables: Tables<'_>,
) -> Result<Vec<Similar>> {
    let coded = coded(document, tables);
    let ruled = likeness::of(r, &document.id)?;
    let beside = likeness::beside(r, document, &ruled)?;
    let found = found(&*catalogue.fresh(r)?, document, &coded, (ruled.as_slice(), beside.as_slice()));
    let ordinals: Vec<u32> = found.iter().map(|kin| kin.ordinal).collect();
    let vendors: HashSet<OrganisationId> = found
        .iter()
        .flat_map(|kin| &kin.shared)
        .filter(|(field, _)| field == VENDOR)
        .filter_map(|(_, id)| id.parse().ok())
        .collect();
    let parties = organisations::of_ids(r, &vendors.into_iter().collect::<Vec<_>>())?;
    let mut titles = BTreeMap::new();
    for current in published::current(r, &ordinals)? {
        titles.insert(current.ordinal, current.read()?.0.title);
    }
    let told = found.into_iter().filter_map(|kin| {
        let title = titles.remove(&kin.ordinal)?;
        let set = beside.iter().find(|set| set.id == kin.id);
        let set_beside = set.map(|set| tables.codebook.label("alike_reason", &set.reason, tables.lang).to_owned());
        Some(Similar { id: kin.id, title, set_beside, in_common: in_common(&kin.shared, &parties, tables) })
    });
    Ok(told.collect())
}

/// The fields that say what a matter is about and how it came to be, not how it was recorded; those that were renamed, under their new names.
fn matter(codebook: &Codebook) -> Vec<&str> {
    let first =
        [TECHNOLOGY, DOMAIN, DATA_COLLECTED, INSTRUMENT, PROCUREMENT, INITIATIVE, MOTIVE_STATED, MUNICIPAL_ACCESS];
    let fields = |known| codebook.followed(known).into_iter().map(|field| field.code.as_str());
    let first = first.into_iter().flat_map(fields);
    std::iter::once(VENDOR).chain(first).chain(["topic"]).chain(fields(END_REASON)).collect()
}

/// The codes of a document that can make it like another one.
fn coded(document: &Document, tables: Tables<'_>) -> BTreeSet<Coded> {
    let values = Projection::of(document, tables.codebook, tables.gazetteer).values;
    let matter = matter(tables.codebook);
    let tells = |field: &str, code: &str| !TELLS_NOTHING.iter().any(|none| tables.codebook.means(field, code, none));
    values
        .into_iter()
        .filter_map(|value| {
            let (field, code) = tables.codebook.filed(&value.field, value.code.as_deref());
            Some((field.to_owned(), code?.to_owned()))
        })
        .filter(|(field, code)| matter.contains(&field.as_str()) && tells(field, code))
        .collect()
}

/// What moderators set beside the case, with what it shares; then as many of the others as there is room for.
fn found(
    known: &Known,
    document: &Document,
    coded: &BTreeSet<Coded>,
    (ruled, beside): (&[Ruled], &[Beside]),
) -> Vec<Kin> {
    let apart = ruled.iter().filter(|one| matches!(one.ruling, Ruling::Apart(_))).map(|one| &one.other);
    let without: BTreeSet<&CaseId> =
        apart.chain(beside.iter().map(|set| &set.id)).chain(std::iter::once(&document.id)).collect();
    let placed = |set: &Beside| Kin {
        ordinal: set.ordinal,
        id: set.id.clone(),
        weight: 0,
        shared: shared(known, coded, set.ordinal),
    };
    let mut found: Vec<Kin> = beside.iter().map(placed).collect();
    let room = MOST.saturating_sub(found.len());
    found.extend(kin(known, &without, coded, MOST_ENTRIES).into_iter().take(room));
    found
}

/// The codes that a case shares; what all share says nothing.
fn shared(known: &Known, coded: &BTreeSet<Coded>, ordinal: u32) -> BTreeSet<Coded> {
    let all = known.facets.all().len();
    let has = |value: &&Coded| {
        let cases = known.facets.cases_with(&value.0, &value.1);
        cases.is_some_and(|cases| cases.len() < all && cases.contains(ordinal))
    };
    coded.iter().filter(has).cloned().collect()
}

/// The cases that share the most, weighted, but for those `without`; ties are settled by the random ids. They are found and weighed by the
/// rarest codes, as many as have `most` entries together; what else the found ones share is listed with it.
fn kin(known: &Known, without: &BTreeSet<&CaseId>, coded: &BTreeSet<Coded>, most: u64) -> Vec<Kin> {
    let all = known.facets.all().len();
    let mut sets: Vec<(&Coded, &RoaringBitmap)> = Vec::new();
    for value in coded {
        sets.extend(known.facets.cases_with(&value.0, &value.1).map(|cases| (value, cases)));
    }
    sets.sort_by(|(a, few), (b, many)| few.len().cmp(&many.len()).then_with(|| a.cmp(b)));
    // what all share says nothing
    sets.retain(|(_, cases)| cases.len() < all);
    let mut entries = 0;
    let through = sets.iter().take_while(|(_, cases)| {
        entries += cases.len();
        entries <= most
    });
    let through = through.count();
    let (rare, frequent) = sets.split_at(through);
    let mut kin: Vec<Kin> = heaviest(rare, all, MOST + without.len())
        .into_iter()
        .filter_map(|(ordinal, weight)| {
            let listed = known.cases.get(&ordinal)?;
            let kin = || Kin { ordinal, id: listed.id.clone(), weight, shared: BTreeSet::new() };
            (!without.contains(&listed.id)).then(kin)
        })
        .collect();
    kin.sort_by(|a, b| b.weight.cmp(&a.weight).then_with(|| a.id.cmp(&b.id)));
    kin.truncate(MOST);
    for (value, cases) in rare.iter().chain(frequent) {
        for one in kin.iter_mut().filter(|one| cases.contains(one.ordinal)) {
            one.shared.insert((*value).clone());
        }
    }
    kin
}

/// The cases that share enough of these codes, each with its weight: the `most` heaviest, and what weighs as much as the last of them.
fn heaviest(sets: &[(&Coded, &RoaringBitmap)], all: u64, most: usize) -> Vec<(u32, u64)> {
    let fields: BTreeSet<&str> = sets.iter().map(|((field, _), _)| field.as_str()).collect();
    let mut entries: Vec<(u32, usize, u64)> = Vec::new();
    for ((field, _), cases) in sets {
        let field = fields.iter().position(|known| known == field).unwrap_or_default().min(63);
        let weight = inverse_frequency(cases.len(), all);
        entries.extend(cases.iter().map(|ordinal| (ordinal, field, weight)));
    }
    entries.sort_unstable_by_key(|(ordinal, ..)| *ordinal);
    let mut found: Vec<(u32, u64)> = Vec::new();
    for of_case in entries.chunk_by(|(one, ..), (other, ..)| one == other) {
        let weight = of_case.iter().map(|(_, _, weight)| weight).sum();
        // a bit for each field
        let fields = of_case.iter().fold(0_u64, |fields, (_, field, _)| fields | 1 << field);
        if let Some((ordinal, ..)) = of_case.first()
            && weight >= LEAST_WEIGHT
            && fields.count_ones() >= LEAST_FIELDS
        {
            found.push((*ordinal, weight));
        }
    }
    found.sort_unstable_by_key(|(_, weight)| Reverse(*weight));
    let least = found.get(most.saturating_sub(1)).map_or(0, |(_, weight)| *weight);
    found.retain(|(_, weight)| *weight >= least);
    found
}

/// `ln(all / having)` in thousandths, for 1 to `all` cases that have it.
#[expect(clippy::cast_precision_loss, reason = "numbers of cases")]
#[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "a small number from 0 on")]
fn inverse_frequency(having: u64, all: u64) -> u64 {
    ((all as f64 / having as f64).ln() * 1000.0).round() as u64
}

/// What is shared in words, in the order of [`matter`].
fn in_common(shared: &BTreeSet<Coded>, parties: &Directory, tables: Tables<'_>) -> Vec<Common> {
    let name = |id: &str| {
        let record = id.parse::<OrganisationId>().ok().and_then(|id| parties.get(&id));
        record.map_or_else(|| id.to_owned(), |record| record.name().to_owned())
    };
    let of = |field: &str| {
        let codes = shared.iter().filter(|(of, _)| of == field).map(|(_, code)| code.as_str());
        let what = codes.map(|code| match field {
            VENDOR => name(code),
            field => tables.codebook.label(field, code, tables.lang).to_owned(),
        });
        let label = tables.codebook.field(field).map(|found| found.label(tables.lang).to_owned());
        Common { field: field.to_owned(), label: label.filter(|_| field != VENDOR), what: what.collect() }
    };
    matter(tables.codebook).into_iter().map(of).filter(|common| !common.what.is_empty()).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{
        cases::{
            Showing, Vocabulary,
            catalogue::Listed,
            facets::{Row, facet_names},
            seeds, set_visibility,
        },
        db::Actor,
        places::{Gazetteer, Jurisdictions},
        testing::TestDatabase,
    };

    /// The first cases, and for each the ids of those that are like it.
    fn all_similar(db: &TestDatabase, catalogue: &Catalogue) -> BTreeMap<CaseId, Vec<Similar>> {
        let (codebook, gazetteer) = (Codebook::embedded(), Gazetteer::embedded());
        let jurisdictions = Jurisdictions::embedded();
        let tables = Tables { codebook: &codebook, gazetteer: &gazetteer, jurisdictions: &jurisdictions, lang: "en" };
        let found = db.read(|r| {
            let mut found = BTreeMap::new();
            for (id, _) in published::ids(r)? {
                let document = published::find(r, &id, published::Eyes::Public)?.document;
                found.insert(id, similar(r, catalogue, &document, tables)?);
            }
            Ok(found)
        });
        found.unwrap()
    }

    fn planted() -> TestDatabase {
        let db = TestDatabase::open();
        let (codebook, gazetteer) = (Codebook::embedded(), Gazetteer::embedded());
        seeds::plant(&db, Vocabulary { codebook: &codebook, gazetteer: &gazetteer }, true).unwrap();
        db
    }

    #[test]
    fn every_field_of_the_matter_is_one_to_filter_by() {
        let codebook = Codebook::embedded();
        let facets = facet_names(&codebook);
        assert!(matter(&codebook).iter().all(|field| facets.contains(field)), "{facets:?}");
    }

    // R23: similar cases have something in common in two fields, and say what; no case is like itself.
    #[test]
    fn similar_cases_say_what_they_have_in_common() {
        let (db, catalogue) = (planted(), Catalogue::default());
        let found = all_similar(&db, &catalogue);
        assert!(found.values().any(|similar| !similar.is_empty()), "some of the first cases are alike");
        for (id, similar) in &found {
            assert!(similar.len() <= MOST && similar.iter().all(|one| one.id != *id), "{id}: {similar:?}");
            for one in similar {
                assert!(one.in_common.len() >= LEAST_FIELDS as usize, "{id}: {one:?}");
                assert!(one.in_common.iter().flat_map(|common| &common.what).all(|what| !what.is_empty()));
            }
        }
        let huawei = |similar: &&Similar| similar.in_common.iter().any(|common| common.what == ["Huawei"]);
        assert!(found.values().flatten().any(|similar| huawei(&similar)), "the same vendor is a reason: {found:?}");
    }

    // R23: a case that is hidden is like no other one.
    #[test]
    fn a_hidden_case_is_like_no_other_one() {
        let (db, catalogue) = (planted(), Catalogue::default());
        let before = all_similar(&db, &catalogue);
        let gone = before.values().flatten().next().unwrap().id.clone();
        let showing = Showing::Hidden("private_person".to_owned());
        db.write(Actor::System, |tx| set_visibility(tx, &gone, &showing)).unwrap();
        assert!(all_similar(&db, &catalogue).values().flatten().all(|similar| similar.id != gone));
    }

    #[test]
    fn what_few_share_weighs_more() {
        assert_eq!([2, 25, 50, 100].map(|having| inverse_frequency(having, 100)), [3912, 1386, 693, 0]);
    }

    const ASKED: &str = "00000000";
    const CODES: [(&str, &str); 3] = [("domain", "mobility"), ("technology", "cloud"), ("topic", "cost")];

    /// A case that is asked about with all codes, two that share the first two of them, one that shares all, and `others` that share none.
    /// The first two codes are had by four cases, the third by two.
    fn known(others: u32) -> Known {
        let sharing = [(ASKED, 3), ("0000000B", 2), ("0000000A", 2), ("0000000C", 3)].map(|(id, n)| (id.to_owned(), n));
        let others = (0..others).map(|other| (format!("0000001{other}"), 0));
        let mut known = Known::default();
        for (ordinal, (id, shared)) in (0..).zip(sharing.into_iter().chain(others)) {
            known.facets.publish(ordinal, None);
            let (title, revised) = (String::new(), String::new());
            known.cases.insert(ordinal, Listed { id: id.parse().unwrap(), title, revised, population: None });
            for (field, code) in CODES.into_iter().take(shared) {
                let (field, code) = (field.to_owned(), Some(code.to_owned()));
                known.facets.add(Row { ordinal, field, code, status: None, confidence: None, reliability: None });
            }
        }
        known
    }

    /// The ids of the cases that are like the one that is asked about, each with weight and number of reasons.
    fn found(known: &Known, most: u64) -> Vec<(String, u64, usize)> {
        let coded: BTreeSet<Coded> = CODES.map(|(field, code)| (field.to_owned(), code.to_owned())).into();
        let asked: CaseId = ASKED.parse().unwrap();
        let kin = kin(known, &BTreeSet::from([&asked]), &coded, most);
        kin.into_iter().map(|one| (one.id.to_string(), one.weight, one.shared.len())).collect()
    }

    fn expected<const N: usize>(these: [(&str, u64, usize); N]) -> Vec<(String, u64, usize)> {
        these.map(|(id, weight, reasons)| (id.to_owned(), weight, reasons)).into()
    }

    // R23: what shares more comes first; equal weights are told apart by the random ids, not by the order of publishing.
    #[test]
    fn the_most_alike_come_first_and_ties_are_settled_by_id() {
        let all = expected([("0000000C", 2772, 3), ("0000000A", 1386, 2), ("0000000B", 1386, 2)]);
        assert_eq!(found(&known(4), MOST_ENTRIES), all);
    }

    #[test]
    fn what_shares_little_is_not_alike() {
        assert_eq!(found(&known(3), MOST_ENTRIES), expected([("0000000C", 2373, 3)]));
        assert_eq!(found(&known(0), MOST_ENTRIES), expected([]), "what all share says nothing");
    }

    // In a large collection the rarest codes find and weigh, and the frequent ones are reasons all the same.
    #[test]
    fn no_more_entries_are_gone_through_than_allowed() {
        assert_eq!(found(&known(4), 10), found(&known(4), MOST_ENTRIES), "all of them are ten");
        assert_eq!(found(&known(4), 6), expected([("0000000C", 2079, 3)]));
        assert_eq!(found(&known(4), 5), expected([]), "one field is left");
    }
}
