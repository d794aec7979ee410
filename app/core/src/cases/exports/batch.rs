//! Cases as exports read them.

use std::collections::{BTreeMap, HashSet};

use super::Site;
use crate::{
    Result,
    cases::{
        document::Document,
        projection::Computed,
        publish::Vocabulary,
        published::{self, Current, Eyes},
        shares,
        show::{coders, named_organisations},
        tables::{Record, Row, Table},
    },
    db::Reading,
    ids::{CaseId, OrganisationId},
    organisations::{self, Directory},
};

/// Some cases and what their rows say besides their documents.
#[derive(Debug)]
pub struct Batch {
    /// The cases, in the order of the set.
    pub cases: Vec<Exported>,
    /// The organisations that they name.
    pub parties: Directory,
}

/// A case as it is exported.
#[derive(Debug)]
pub struct Exported {
    /// The document and what is computed of it, as JSON.
    pub current: Current,
    /// The document.
    pub document: Document,
    /// What is computed of it.
    pub computed: Computed,
    /// The coder of each revision that something of it stands since.
    pub coders: BTreeMap<u32, String>,
}

impl Batch {
    /// The public cases with these ordinals; what was hidden meanwhile is left out.
    ///
    /// # Errors
    /// Those of the database.
    pub fn read(r: &mut Reading, ordinals: &[u32]) -> Result<Self> {
        let cases = published::current(r, ordinals)?;
        Self::of(r, cases)
    }

    /// The public cases among these at these revisions, for a snapshot; what is in no list any more is left out, and so are relations to cases
    /// that are not in `set`, which is all that the snapshot holds.
    ///
    /// # Errors
    /// Those of the database.
    pub fn cited(
        r: &mut Reading,
        vocabulary: Vocabulary<'_>,
        wanted: &[(CaseId, u32)],
        set: &HashSet<CaseId>,
    ) -> Result<Self> {
        let cases = published::cited_within(r, vocabulary, wanted, set)?;
        Self::of(r, cases)
    }

    fn of(r: &mut Reading, cases: Vec<Current>) -> Result<Self> {
        let read = shares::over(&cases, |some| some.iter().map(Current::read).collect::<Result<Vec<_>>>())?;
        let mut exported = Vec::with_capacity(cases.len());
        for (current, (document, computed)) in cases.into_iter().zip(read.into_iter().flatten()) {
            let coders = coders(r, &document, Eyes::Public)?;
            exported.push(Exported { current, document, computed, coders });
        }
        let named: HashSet<OrganisationId> =
            exported.iter().flat_map(|case| named_organisations(&case.document)).collect();
        let parties = organisations::of_ids(r, &named.into_iter().collect::<Vec<_>>())?;
        Ok(Self { cases: exported, parties })
    }

    /// The rows that these cases have in a table.
    pub(super) fn rows(&self, table: &Table, site: &Site) -> Vec<Row> {
        let of_case = |case: &Exported| {
            let url = case.url(site);
            (table.rows)(&Record {
                document: &case.document,
                computed: &case.computed,
                parties: &self.parties,
                coders: &case.coders,
                url: &url,
            })
        };
        self.cases.iter().flat_map(of_case).collect()
    }
}

impl Exported {
    /// The permanent address of the revision (row R14).
    pub(super) fn url(&self, site: &Site) -> String {
        format!("{}{}", site.address, (site.revision)(&self.document.id, self.document.revision))
    }
}
