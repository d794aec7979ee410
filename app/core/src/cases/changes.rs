//! What a revision changed: two published revisions of a case laid beside each other, both read through the gate.

use super::{
    difference::{Difference, Pairing},
    document::Document,
    published::{self, Eyes, RevisionNote, Visibility},
    show::{Tables, named_organisations},
    view::Lens,
};
use crate::{
    Error, Result,
    db::Reading,
    ids::CaseId,
    organisations::{self, Organisation},
};

/// The difference between two revisions.
#[derive(Debug, Clone)]
pub struct Changes {
    /// The later of the two.
    pub document: Document,
    /// The number of the earlier one.
    pub since: u32,
    /// All revisions, oldest first, with the reasons for which they were made.
    pub revisions: Vec<RevisionNote>,
    /// The number of the current revision.
    pub current: u32,
    /// Whether and how the case is public.
    pub visibility: Visibility,
    /// What differs.
    pub difference: Difference,
}

/// What revision `until` changed since revision `since`, or since the one before it.
///
/// # Errors
/// [`Error::NotFound`] if there are no such revisions in this order; [`Error::Gone`] where the case is hidden.
pub fn changes(
    r: &mut Reading,
    id: &CaseId,
    since: Option<u32>,
    until: u32,
    eyes: Eyes,
    tables: Tables<'_>,
) -> Result<Changes> {
    let new = published::revision(r, id, until, eyes)?;
    let before = new.revisions.iter().map(|note| note.revision).take_while(|revision| *revision < until).last();
    let since = since.or(before).filter(|since| *since < until).ok_or(Error::NotFound)?;
    let old = published::revision(r, id, since, eyes)?;
    let difference = between(r, (&old.document, &new.document), &[], Pairing::Ids, tables)?;
    Ok(Changes {
        since,
        difference,
        revisions: new.revisions,
        current: new.current,
        visibility: new.visibility,
        document: new.document,
    })
}

/// What differs between two documents; `newcomers` are organisations that they name and that are not on record yet.
///
/// # Errors
/// Those of the database.
pub fn between(
    r: &mut Reading,
    (old, new): (&Document, &Document),
    newcomers: &[Organisation],
    pairing: Pairing,
    tables: Tables<'_>,
) -> Result<Difference> {
    let mut named = named_organisations(old);
    named.extend(named_organisations(new));
    let mut parties = organisations::of_ids(r, &named.into_iter().collect::<Vec<_>>())?;
    for record in newcomers {
        parties.entry(record.id.clone()).or_insert_with(|| record.clone());
    }
    let lens = Lens {
        codebook: tables.codebook,
        gazetteer: tables.gazetteer,
        jurisdictions: tables.jurisdictions,
        parties: &parties,
        lang: tables.lang,
        today: r.today(),
    };
    Ok(Difference::between(old, new, pairing, &lens))
}
