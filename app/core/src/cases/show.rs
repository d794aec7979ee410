//! One case with all that its page says of it: read through the gate, then through the lens.

use std::collections::{BTreeMap, BTreeSet};

use super::{
    document::{Document, Value},
    projection::{Computed, Projection},
    published::{self, Eyes, Merged, RevisionNote, Visibility},
    view::{CaseView, Lens},
};
use crate::{
    Error, Result,
    codebook::Codebook,
    db::Reading,
    ids::{CaseId, OrganisationId},
    organisations::{self, Directory, Organisation},
    places::{Gazetteer, Jurisdictions},
};

/// What the page needs beside the database.
#[derive(Debug, Clone, Copy)]
pub struct Tables<'a> {
    /// The vocabulary.
    pub codebook: &'a Codebook,
    /// Countries and populations.
    pub gazetteer: &'a Gazetteer,
    /// Whose law reaches what.
    pub jurisdictions: &'a Jurisdictions,
    /// The language of labels.
    pub lang: &'a str,
}

/// A case, ready for its page.
#[derive(Debug, Clone)]
pub struct Case {
    /// The revision asked for.
    pub document: Document,
    /// What is shown of it.
    pub view: CaseView,
    /// What is computed of that revision.
    pub computed: Computed,
    /// Whether and how it is public.
    pub visibility: Visibility,
    /// The number of the current revision.
    pub current: u32,
    /// All revisions, oldest first.
    pub revisions: Vec<RevisionNote>,
    /// Who coded which revision, as far as a statement first stood in it.
    pub coders: BTreeMap<u32, String>,
    /// The case that others are compared with, where it is another one.
    pub reference: Option<CaseId>,
    /// Other cases that this one names, as far as they are public.
    pub related: Vec<RelatedCase>,
    /// Cases that were merged into this one.
    pub merged: Vec<Merged>,
}

/// Another case and how it belongs to this one.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RelatedCase {
    /// Its id.
    pub id: CaseId,
    /// Its title.
    pub title: String,
    /// The words for the relation.
    pub kind: String,
}

/// The case with this id: its current revision, or the one that was cited.
///
/// # Errors
/// [`Error::NotFound`], or [`Error::Gone`] where it is hidden.
pub fn show(r: &mut Reading, id: &CaseId, revision: Option<u32>, eyes: Eyes, tables: Tables<'_>) -> Result<Case> {
    let found = match revision {
        Some(revision) => published::revision(r, id, revision, eyes)?,
        None => published::find(r, id, eyes)?,
    };
    let computed = found.computed_of(tables.codebook, tables.gazetteer).into_owned();
    let mut document = found.document;
    if eyes == Eyes::Moderator {
        published::mark(r, &mut document)?;
    }
    let named: Vec<OrganisationId> = named_organisations(&document).into_iter().collect();
    let parties = organisations::with_parents(r, &named)?;
    let state = State {
        computed,
        visibility: found.visibility,
        current: found.current,
        revisions: found.revisions,
        merged: found.merged,
        eyes,
    };
    assemble(r, document, &parties, state, tables)
}

/// A case as it would be shown once it is public: `newcomers` are the organisations that would come on record with it.
///
/// # Errors
/// Those of the database.
pub fn unpublished(
    r: &mut Reading,
    document: Document,
    newcomers: &[Organisation],
    tables: Tables<'_>,
) -> Result<Case> {
    let named: Vec<OrganisationId> = named_organisations(&document).into_iter().collect();
    let mut parties = organisations::with_parents(r, &named)?;
    parties.extend(newcomers.iter().map(|record| (record.id.clone(), record.clone())));
    let state = State {
        computed: Projection::of(&document, tables.codebook, tables.gazetteer).computed,
        visibility: Visibility::Public,
        current: document.revision,
        revisions: Vec::new(),
        merged: Vec::new(),
        eyes: Eyes::Moderator,
    };
    assemble(r, document, &parties, state, tables)
}

/// What is said of a case beside its document.
struct State {
    computed: Computed,
    visibility: Visibility,
    current: u32,
    revisions: Vec<RevisionNote>,
    merged: Vec<Merged>,
    eyes: Eyes,
}

fn assemble(
    r: &mut Reading,
    document: Document,
    parties: &Directory,
    state: State,
    tables: Tables<'_>,
) -> Result<Case> {
    let lens = Lens {
        codebook: tables.codebook,
        gazetteer: tables.gazetteer,
        jurisdictions: tables.jurisdictions,
        parties,
        lang: tables.lang,
        today: r.now().date(),
    };
    let view = CaseView::of(&document, &lens);
    let coders = coders(r, &document, state.eyes)?;
    let related = related(r, &document, &lens)?;
    let reference = published::reference(r)?.filter(|reference| *reference != document.id);
    Ok(Case {
        document,
        view,
        computed: state.computed,
        visibility: state.visibility,
        current: state.current,
        revisions: state.revisions,
        coders,
        reference,
        related,
        merged: state.merged,
    })
}

/// The organisations that a document names, in whatever place.
#[must_use]
pub fn named_organisations(document: &Document) -> BTreeSet<OrganisationId> {
    let values =
        document.statements.iter().flat_map(|statement| statement.value.iter().chain(statement.qualifiers.values()));
    let stated = values.filter_map(Value::as_organisation);
    let involved = document.involvements.iter().filter_map(|involvement| involvement.organisation.as_ref());
    stated.chain(involved).cloned().collect()
}

/// The coder of each revision in which a statement of this one first stood.
pub(super) fn coders(r: &mut Reading, document: &Document, eyes: Eyes) -> Result<BTreeMap<u32, String>> {
    let statements = document.statements.iter().map(|statement| statement.since_revision);
    let involvements = document.involvements.iter().map(|involvement| involvement.since_revision);
    let since: BTreeSet<u32> = statements.chain(involvements).collect();
    let mut coders = BTreeMap::from([(document.revision, document.coder.clone())]);
    for revision in since {
        if revision != document.revision {
            match published::revision(r, &document.id, revision, eyes) {
                Ok(earlier) => {
                    coders.insert(revision, earlier.document.coder);
                }
                Err(Error::NotFound) => {}
                Err(error) => return Err(error),
            }
        }
    }
    Ok(coders)
}

/// The titles of related cases; those that are hidden, or found by their address only, are not spoken of.
fn related(r: &mut Reading, document: &Document, lens: &Lens<'_>) -> Result<Vec<RelatedCase>> {
    let mut related = Vec::new();
    for other in &document.related {
        match published::find_wherever(r, &other.case, Eyes::Public) {
            Ok(found) if found.document.id == document.id => {}
            Ok(found) if found.visibility != Visibility::Public => {}
            Ok(found) => related.push(RelatedCase {
                id: found.document.id,
                title: found.document.title.text,
                kind: lens.label("related_kind", other.kind.as_str()),
            }),
            Err(Error::NotFound | Error::Gone { .. }) => {}
            Err(error) => return Err(error),
        }
    }
    Ok(related)
}
