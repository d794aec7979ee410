//! What moderators ruled on whether two cases are alike (row R23, decision 0040). It goes before what is computed (`similar.rs`).
//!
//! A moderator knows more than the two pages tell. So two cases are set beside each other only where both tell their places alike, and that is
//! asked again whenever readers would be told of it; nothing that is public leads from one case to another one that is in no list.

use std::{
    cmp::Ordering,
    collections::{BTreeMap, BTreeSet},
    fmt,
    str::FromStr,
};

use super::{
    document::{Document, Place},
    publish::CaseAct,
    published::{self, Eyes, Visibility},
    store,
    unite::are_told_alike,
};
use crate::{
    Error, Result,
    db::{Reading, Writing},
    ids::{CaseId, MalformedId},
};

/// Two cases, in the order of their ids, which are random.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct Pair {
    lesser: CaseId,
    greater: CaseId,
}

impl Pair {
    /// Two cases; none where it is one and the same.
    #[must_use]
    pub fn of(one: CaseId, other: CaseId) -> Option<Self> {
        match one.cmp(&other) {
            Ordering::Less => Some(Self { lesser: one, greater: other }),
            Ordering::Greater => Some(Self { lesser: other, greater: one }),
            Ordering::Equal => None,
        }
    }

    /// Both, the lesser id first.
    #[must_use]
    pub fn ids(&self) -> [&CaseId; 2] {
        [&self.lesser, &self.greater]
    }
}

impl fmt::Display for Pair {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} {}", self.lesser, self.greater)
    }
}

impl FromStr for Pair {
    type Err = MalformedId;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        let (one, other) = text.split_once(' ').ok_or(MalformedId)?;
        Self::of(one.parse()?, other.parse()?).ok_or(MalformedId)
    }
}

/// What a moderator ruled on two cases.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Ruling {
    /// They stand beside each other, for a code of `alike_reason`.
    Alike(String),
    /// Neither is named as similar to the other, for a code of `apart_reason`.
    Apart(String),
}

impl Ruling {
    /// Its code.
    #[must_use]
    pub fn code(&self) -> &'static str {
        match self {
            Self::Alike(_) => "alike",
            Self::Apart(_) => "apart",
        }
    }

    /// The code of its reason.
    #[must_use]
    pub fn reason(&self) -> &str {
        match self {
            Self::Alike(reason) | Self::Apart(reason) => reason,
        }
    }

    fn read(code: &str, reason: String) -> Result<Self> {
        match code {
            "alike" => Ok(Self::Alike(reason)),
            "apart" => Ok(Self::Apart(reason)),
            other => Err(Error::unexpected(format!("there is no ruling {other}"))),
        }
    }
}

/// A ruling on a case and another one.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Ruled {
    /// The other case.
    pub other: CaseId,
    /// What was ruled.
    pub ruling: Ruling,
}

/// A public case that a moderator set beside another one.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Beside {
    pub(super) ordinal: u32,
    pub(super) id: CaseId,
    /// A code of `alike_reason`.
    pub(super) reason: String,
}

/// The rulings on a case, in the order of random ids.
///
/// # Errors
/// Those of the database.
pub fn of(r: &mut Reading, id: &CaseId) -> Result<Vec<Ruled>> {
    let ruled = |(lesser, greater, ruling, reason): store::likeness::Row| {
        let other = if lesser == *id { greater } else { lesser };
        Ok(Ruled { other, ruling: Ruling::read(&ruling, reason)? })
    };
    store::likeness::of(r, id)?.into_iter().map(ruled).collect()
}

/// Rules on two cases, in place of what was ruled before. What was ruled already is not ruled again.
///
/// # Errors
/// [`Error::NotFound`] or [`Error::Moved`] of one of them; [`Error::Refused`] with `likeness-not-listed` where one is in no list, or with
/// `likeness-place` where they would be set beside each other and tell their places differently.
pub fn rule(tx: &mut Writing, pair: &Pair, ruling: &Ruling) -> Result<()> {
    // It makes others wait, so that of two rulings at once the later one stands.
    tx.change_public()?;
    let [one, other] = pair.ids();
    let (one, other) = (listed(tx, one)?, listed(tx, other)?);
    if matches!(ruling, Ruling::Alike(_)) && !are_told_alike(&one.place, &other.place) {
        return Err(Error::Refused("likeness-place"));
    }
    if ruling_on(tx, pair)?.as_ref() == Some(ruling) {
        return Ok(());
    }
    store::likeness::put(tx, pair, ruling.code(), ruling.reason())?;
    let act = match ruling {
        Ruling::Alike(reason) => CaseAct::Likened(pair, reason),
        Ruling::Apart(reason) => CaseAct::SetApart(pair, reason),
    };
    tx.record(&act);
    Ok(())
}

/// Takes a ruling back: from then on what is computed holds again.
///
/// # Errors
/// [`Error::Refused`] with `likeness-none` where nothing was ruled.
pub fn lift(tx: &mut Writing, pair: &Pair) -> Result<()> {
    tx.change_public()?;
    let ruling = ruling_on(tx, pair)?.ok_or(Error::Refused("likeness-none"))?;
    store::likeness::delete(tx, pair)?;
    tx.record(&CaseAct::LikenessLifted(pair, ruling.reason()));
    Ok(())
}

/// What stood beside a case stands beside the one that it is merged into, unless something was ruled on that. What was set apart was so for
/// one case alone, and falls away.
pub(super) fn carry(tx: &mut Writing, case: &CaseId, into: &CaseId) -> Result<()> {
    for Ruled { other, ruling } in of(tx, case)? {
        if let Some(before) = Pair::of(case.clone(), other.clone()) {
            store::likeness::delete(tx, &before)?;
        }
        let Some(pair) = Pair::of(into.clone(), other) else { continue };
        if matches!(ruling, Ruling::Alike(_)) && ruling_on(tx, &pair)?.is_none() {
            store::likeness::put(tx, &pair, ruling.code(), ruling.reason())?;
        }
    }
    Ok(())
}

/// The public cases that were set beside this one, as far as readers may be told, in the order of random ids.
pub(super) fn beside(r: &mut Reading, document: &Document, ruled: &[Ruled]) -> Result<Vec<Beside>> {
    let mut reasons: BTreeMap<CaseId, String> = BTreeMap::new();
    for one in ruled {
        if let Ruling::Alike(reason) = &one.ruling {
            reasons.insert(one.other.clone(), reason.clone());
        }
    }
    let ids: Vec<CaseId> = reasons.keys().cloned().collect();
    let mut beside = Vec::new();
    for (ordinal, id, place) in places(r, &ids)? {
        let reason = reasons.remove(&id).filter(|_| are_told_alike(&document.place, &place));
        beside.extend(reason.map(|reason| Beside { ordinal, id, reason }));
    }
    beside.sort_by(|a, b| a.id.cmp(&b.id));
    Ok(beside)
}

/// Those of these pairs that readers may be told of: both are in every list, and they tell their places alike.
///
/// # Errors
/// Those of the database.
pub fn tellable(r: &mut Reading, pairs: &[Pair]) -> Result<BTreeSet<Pair>> {
    let ids: BTreeSet<&CaseId> = pairs.iter().flat_map(Pair::ids).collect();
    let ids: Vec<CaseId> = ids.into_iter().cloned().collect();
    let places: BTreeMap<CaseId, Place> = places(r, &ids)?.into_iter().map(|(_, id, place)| (id, place)).collect();
    let may_be_told = |pair: &&Pair| match pair.ids().map(|id| places.get(id)) {
        [Some(one), Some(other)] => are_told_alike(one, other),
        _ => false,
    };
    Ok(pairs.iter().filter(may_be_told).cloned().collect())
}

/// Ordinal, id and place of the public cases among these.
fn places(r: &mut Reading, ids: &[CaseId]) -> Result<Vec<(u32, CaseId, Place)>> {
    if ids.is_empty() {
        return Ok(Vec::new());
    }
    let ordinals = store::likeness::ordinals_among(r, ids)?;
    let ordinals: Vec<u32> = ordinals.into_iter().filter_map(|ordinal| u32::try_from(ordinal).ok()).collect();
    let mut places = Vec::new();
    for current in published::current(r, &ordinals)? {
        let (document, _) = current.read()?;
        places.push((current.ordinal, document.id, document.place));
    }
    Ok(places)
}

fn ruling_on(r: &mut Reading, pair: &Pair) -> Result<Option<Ruling>> {
    let found = store::likeness::find(r, pair)?;
    found.map(|(ruling, reason)| Ruling::read(&ruling, reason)).transpose()
}

/// The current document of a case that is in every list.
fn listed(r: &mut Reading, id: &CaseId) -> Result<Document> {
    let found = published::find(r, id, Eyes::Moderator)?;
    match found.visibility {
        Visibility::Public => Ok(found.document),
        Visibility::Unlisted(_) | Visibility::Hidden(_) | Visibility::Merged(_) => {
            Err(Error::Refused("likeness-not-listed"))
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{
        cases::{Showing, Vocabulary, document::Scope, merge, seeds, set_visibility},
        codebook::Codebook,
        db::Actor,
        places::Gazetteer,
        testing::TestDatabase,
    };

    /// The first cases, all of which name their places, and their ids.
    fn planted() -> (TestDatabase, Vec<CaseId>) {
        let db = TestDatabase::open();
        let (codebook, gazetteer) = (Codebook::embedded(), Gazetteer::embedded());
        seeds::plant(&db, Vocabulary { codebook: &codebook, gazetteer: &gazetteer }, true).unwrap();
        let ids = db.read(published::ids).unwrap().into_iter().map(|(id, _)| id).collect();
        (db, ids)
    }

    fn pair(one: &CaseId, other: &CaseId) -> Pair {
        Pair::of(one.clone(), other.clone()).unwrap()
    }

    fn alike() -> Ruling {
        Ruling::Alike("same_contract".to_owned())
    }

    fn apart() -> Ruling {
        Ruling::Apart("codes_only".to_owned())
    }

    fn rules(db: &TestDatabase, one: &CaseId, other: &CaseId, ruling: &Ruling) -> Result<()> {
        db.write(Actor::System, |tx| rule(tx, &pair(one, other), ruling))
    }

    fn shows(db: &TestDatabase, id: &CaseId, showing: Showing) {
        db.write(Actor::System, |tx| set_visibility(tx, id, &showing)).unwrap();
    }

    fn beside_it(db: &TestDatabase, document: &Document) -> Vec<CaseId> {
        let found = db.read(|r| {
            let ruled = of(r, &document.id)?;
            beside(r, document, &ruled)
        });
        found.unwrap().into_iter().map(|one| one.id).collect()
    }

    #[test]
    fn a_pair_is_the_same_from_both_sides_and_has_two_cases() {
        let [one, other] = ["7K2MQX4T", "0000000A"].map(|id| id.parse::<CaseId>().unwrap());
        assert_eq!(pair(&one, &other), pair(&other, &one));
        assert_eq!(pair(&one, &other).to_string(), "0000000A 7K2MQX4T");
        assert_eq!("7K2MQX4T 0000000A".parse::<Pair>(), Ok(pair(&one, &other)));
        assert_eq!(Pair::of(one.clone(), one), None);
        for wrong in ["", "7K2MQX4T", "7K2MQX4T 7K2MQX4T", "7K2MQX4T nothing"] {
            assert!(wrong.parse::<Pair>().is_err(), "{wrong}");
        }
    }

    // R23 O8: what was ruled is told while both cases are in every list and tell their places alike, and never otherwise.
    #[test]
    fn a_case_is_told_beside_another_one_only_where_that_gives_nothing_away() {
        let (db, ids) = planted();
        rules(&db, &ids[0], &ids[1], &alike()).unwrap();
        let mut document = db.read(|r| published::find(r, &ids[0], Eyes::Public)).unwrap().document;
        let may_be_told = || {
            let both = pair(&ids[0], &ids[1]);
            db.read(|r| tellable(r, std::slice::from_ref(&both))).unwrap().contains(&both)
        };
        assert_eq!((beside_it(&db, &document), may_be_told()), (vec![ids[1].clone()], true));
        for showing in [Showing::Unlisted("duplicate".to_owned()), Showing::Hidden("duplicate".to_owned())] {
            shows(&db, &ids[1], showing);
            assert_eq!((beside_it(&db, &document), may_be_told()), (Vec::new(), false));
            let refused = rules(&db, &ids[0], &ids[1], &apart());
            assert!(matches!(refused, Err(Error::Refused("likeness-not-listed"))), "{refused:?}");
        }
        shows(&db, &ids[1], Showing::Public);
        assert_eq!(beside_it(&db, &document), [ids[1].clone()]);
        let countries = document.place.countries().to_vec();
        document.place = Place::SizeClass { scope: Scope::Municipality, countries, size_class: None, body_type: None };
        assert!(beside_it(&db, &document).is_empty(), "its place is not named any more");
    }

    #[test]
    fn the_last_ruling_stands_and_can_be_taken_back_once() {
        let (db, ids) = planted();
        for ruling in [alike(), alike(), apart()] {
            rules(&db, &ids[0], &ids[1], &ruling).unwrap();
        }
        let on = |id: &CaseId| db.read(|r| of(r, id)).unwrap();
        assert_eq!(on(&ids[0]), [Ruled { other: ids[1].clone(), ruling: apart() }]);
        assert_eq!(on(&ids[1]), [Ruled { other: ids[0].clone(), ruling: apart() }]);
        let acts = || {
            let lines = db.read(|r| crate::audit::lines_after(r, 0, i64::MAX)).unwrap();
            lines.into_iter().filter(|line| line.subject_kind == crate::cases::TWO_CASES).map(|line| line.act)
        };
        assert_eq!(acts().collect::<Vec<_>>(), ["case_likened", "case_set_apart"], "nothing is ruled twice");
        let lifts = || db.write(Actor::System, |tx| lift(tx, &pair(&ids[1], &ids[0])));
        lifts().unwrap();
        assert!(matches!(lifts(), Err(Error::Refused("likeness-none"))));
        assert_eq!((on(&ids[0]), acts().next_back().as_deref()), (Vec::new(), Some("likeness_lifted")));
    }

    // R23 M18: what stood beside a case stands beside the one that takes it in; what was ruled on that one before stands.
    #[test]
    fn rulings_go_with_a_case_that_is_merged() {
        let (db, ids) = planted();
        let (goes, stays, third, fourth, fifth) = (&ids[0], &ids[1], &ids[2], &ids[3], &ids[4]);
        for (one, other, ruling) in [
            (goes, stays, alike()),
            (goes, third, alike()),
            (goes, fourth, apart()),
            (goes, fifth, alike()),
            (stays, fifth, apart()),
        ] {
            rules(&db, one, other, &ruling).unwrap();
        }
        let (codebook, gazetteer) = (Codebook::embedded(), Gazetteer::embedded());
        let vocabulary = Vocabulary { codebook: &codebook, gazetteer: &gazetteer };
        db.write(Actor::System, |tx| merge(tx, vocabulary, (goes, 1), stays, 1)).unwrap();
        let on = |id: &CaseId| {
            let mut ruled = db.read(|r| of(r, id)).unwrap();
            ruled.sort_by(|a, b| a.other.cmp(&b.other));
            ruled
        };
        let mut expected =
            [Ruled { other: third.clone(), ruling: alike() }, Ruled { other: fifth.clone(), ruling: apart() }];
        expected.sort_by(|a, b| a.other.cmp(&b.other));
        assert_eq!((on(goes), on(stays)), (Vec::new(), expected.to_vec()));
        assert!(on(fourth).is_empty());
    }
}
