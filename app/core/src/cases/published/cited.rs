//! Cases at the revisions at which a snapshot fixed them: the same revisions whenever they are read, as far as they may still be shown.

use std::collections::{HashMap, HashSet};

use super::{Current, opened, relatives::retaining};
use crate::{
    Result,
    cases::{publish::Vocabulary, store},
    db::Reading,
    ids::CaseId,
};

/// A case that is in every list, as a snapshot fixes it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Listed {
    /// The case.
    pub case: CaseId,
    /// Its current revision.
    pub revision: u32,
    /// The change of what is public in which other words were last shown of the same revision, by taking some out or showing some again;
    /// zero if there was none.
    pub reworded_in: i64,
}

/// All cases that are in every list, in the order of their random ids, which tells nothing.
///
/// # Errors
/// Those of the database.
pub fn listed(r: &mut Reading) -> Result<Vec<Listed>> {
    let rows = store::cited::listed(r)?;
    let listed = rows.into_iter().map(|(case, revision, reworded_in)| Listed {
        case,
        revision: u32::try_from(revision).unwrap_or_default(),
        reworded_in,
    });
    Ok(listed.collect())
}

/// Those of these cases that are in every list, or were merged into one that is.
///
/// # Errors
/// Those of the database.
pub fn listed_among(r: &mut Reading, cases: &[CaseId]) -> Result<HashSet<CaseId>> {
    if cases.is_empty() { Ok(HashSet::new()) } else { store::listed_among(r, cases) }
}

/// The documents of these revisions, in the order asked for, of the cases among them that are in every list. What is computed of each is
/// computed anew, since what is stored belongs to the current revision.
///
/// # Errors
/// Those of the database.
pub fn cited(r: &mut Reading, vocabulary: Vocabulary<'_>, wanted: &[(CaseId, u32)]) -> Result<Vec<Current>> {
    let ids: Vec<&CaseId> = wanted.iter().map(|(case, _)| case).collect();
    let numbers: HashSet<i32> = wanted.iter().filter_map(|(_, revision)| i32::try_from(*revision).ok()).collect();
    let pairs: HashSet<(&CaseId, u32)> = wanted.iter().map(|(case, revision)| (case, *revision)).collect();
    let mut rows = store::cited::revisions_of(r, &ids, &numbers.into_iter().collect::<Vec<_>>())?;
    rows.retain(|(_, case, revision, _)| u32::try_from(*revision).is_ok_and(|number| pairs.contains(&(case, number))));
    let rows = rows.into_iter().map(|(ordinal, case, _, document)| (ordinal, case, String::new(), document));
    let mut found: HashMap<CaseId, Current> = HashMap::new();
    for mut current in opened(r, rows.collect())? {
        let computed = vocabulary.project(&serde_json::from_str(&current.document)?).computed;
        current.computed = serde_json::to_string(&computed)?;
        found.insert(current.id.clone(), current);
    }
    Ok(wanted.iter().filter_map(|(case, _)| found.remove(case)).collect())
}

/// The same for a set that is to stand by itself: without relations to cases that do not belong to it. They may be public today, and not have
/// been when the set was fixed.
///
/// # Errors
/// Those of the database.
pub fn cited_within(
    r: &mut Reading,
    vocabulary: Vocabulary<'_>,
    wanted: &[(CaseId, u32)],
    set: &HashSet<CaseId>,
) -> Result<Vec<Current>> {
    let mut found = cited(r, vocabulary, wanted)?;
    for current in &mut found {
        let document = std::mem::take(&mut current.document);
        current.document = retaining(document, |other| set.contains(&other.case))?;
    }
    Ok(found)
}
