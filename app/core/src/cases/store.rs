//! The queries for cases.

pub(super) mod addresses;
pub(super) mod cited;
pub(super) mod imports;
pub(super) mod likeness;
pub(super) mod merges;
pub(super) mod news;
pub(super) mod outdated;
mod redactions;

use std::collections::HashSet;

use diesel::prelude::*;

use super::{
    document::{Checked, Document},
    projection::{FORM, Projection},
};
use crate::{
    Result,
    db::{
        Reading, Unrecorded, each_backend,
        schema::{case_organisations, case_revisions, case_sources, case_values, cases},
    },
    ids::{CaseId, OrganisationId},
};

pub(super) use self::redactions::{
    current_document, delete_redaction, insert_redaction, project_anew, redactions_of, revisions_with_documents,
    rewrite_revision,
};

/// The reason for which a case is out of sight while its import is not finished; no code of the codebook.
pub(super) const UNFINISHED: &str = "import_unfinished";

/// The reason for which the row of a case is out of sight that was merged into another one; no code of the codebook.
pub(super) const MERGED: &str = "merged";

/// The head of a case as its row holds it.
#[derive(Debug, Clone, Queryable, Selectable)]
#[diesel(table_name = cases)]
pub(super) struct Head {
    pub(super) id: CaseId,
    pub(super) ordinal: i32,
    pub(super) visibility: String,
    pub(super) visibility_reason: Option<String>,
    pub(super) revision: i32,
    pub(super) computed: String,
}

/// Nothing for a case that an import keeps out of sight: before its end there is no such case, for readers and for staff.
pub(super) fn head(r: &mut Reading, id: &CaseId) -> Result<Option<Head>> {
    let head: Option<Head> = cases::table.find(id).select(Head::as_select()).first(r.conn()).optional()?;
    Ok(head.filter(|head| head.visibility_reason.as_deref() != Some(UNFINISHED)))
}

/// Whether a case has this id, also one that an import keeps out of sight.
pub(super) fn is_taken(r: &mut Reading, id: &CaseId) -> Result<bool> {
    Ok(diesel::select(diesel::dsl::exists(cases::table.find(id))).get_result(r.conn())?)
}

pub(super) fn reference(r: &mut Reading) -> Result<Option<CaseId>> {
    Ok(cases::table
        .filter(cases::reference.eq(true))
        .filter(cases::visibility.eq("public"))
        .order(cases::ordinal)
        .select(cases::id)
        .first(r.conn())
        .optional()?)
}

pub(super) fn count(r: &mut Reading) -> Result<i64> {
    Ok(cases::table.count().get_result(r.conn())?)
}

pub(super) fn next_ordinal(r: &mut Reading) -> Result<i32> {
    let greatest: Option<i32> = cases::table.select(diesel::dsl::max(cases::ordinal)).first(r.conn())?;
    Ok(greatest.map_or(0, |ordinal| ordinal + 1))
}

/// A revision's number, quarter and reason.
pub(super) type RevisionRow = (i32, String, Option<String>);

pub(super) fn revisions(r: &mut Reading, id: &CaseId) -> Result<Vec<RevisionRow>> {
    Ok(case_revisions::table
        .filter(case_revisions::case_id.eq(id))
        .order(case_revisions::revision)
        .select((case_revisions::revision, case_revisions::published, case_revisions::reason))
        .load(r.conn())?)
}

pub(super) fn document(r: &mut Reading, id: &CaseId, revision: i32) -> Result<Option<String>> {
    Ok(case_revisions::table.find((id, revision)).select(case_revisions::document).first(r.conn()).optional()?)
}

/// Every revision of the public cases among these, in order: case, reason and document.
pub(super) fn histories(r: &mut Reading, ids: &[CaseId]) -> Result<Vec<(CaseId, Option<String>, String)>> {
    Ok(cases::table
        .inner_join(case_revisions::table.on(case_revisions::case_id.eq(cases::id)))
        .filter(cases::id.eq_any(ids))
        .filter(cases::visibility.eq("public"))
        .order((case_revisions::case_id, case_revisions::revision))
        .select((case_revisions::case_id, case_revisions::reason, case_revisions::document))
        .load(r.conn())?)
}

/// Ordinal, id, computed and current document, in the order of the ordinals.
pub(super) type CurrentRow = (i32, CaseId, String, String);

/// Current documents of the public cases among these; hidden and unlisted ones are left out.
pub(super) fn current_of(r: &mut Reading, ordinals: &[i32]) -> Result<Vec<CurrentRow>> {
    Ok(cases::table
        .inner_join(
            case_revisions::table
                .on(case_revisions::case_id.eq(cases::id).and(case_revisions::revision.eq(cases::revision))),
        )
        .filter(cases::ordinal.eq_any(ordinals))
        .filter(cases::visibility.eq("public"))
        .order(cases::ordinal)
        .select((cases::ordinal, cases::id, cases::computed, case_revisions::document))
        .load(r.conn())?)
}

/// Ordinals of the public cases whose current revision is of the latest quarters.
pub(super) fn newest_ordinals(r: &mut Reading, most: i64) -> Result<Vec<i32>> {
    Ok(cases::table
        .filter(cases::visibility.eq("public"))
        .order((cases::revised.desc(), cases::id))
        .limit(most)
        .select(cases::ordinal)
        .load(r.conn())?)
}

/// Ordinals of the public cases after `after`, in order.
pub(super) fn public_ordinals_after(r: &mut Reading, after: i32, most: i64) -> Result<Vec<i32>> {
    Ok(cases::table
        .filter(cases::visibility.eq("public"))
        .filter(cases::ordinal.gt(after))
        .order(cases::ordinal)
        .limit(most)
        .select(cases::ordinal)
        .load(r.conn())?)
}

/// Ordinals of the public cases in which one of these organisations takes part, in order.
pub(super) fn ordinals_naming(r: &mut Reading, organisations: &[&OrganisationId]) -> Result<Vec<u32>> {
    let found: Vec<i32> = case_organisations::table
        .inner_join(cases::table.on(cases::id.eq(case_organisations::case_id)))
        .filter(case_organisations::organisation_id.eq_any(organisations))
        .filter(cases::visibility.eq("public"))
        .order(cases::ordinal)
        .select(cases::ordinal)
        .distinct()
        .load(r.conn())?;
    Ok(found.into_iter().filter_map(|ordinal| u32::try_from(ordinal).ok()).collect())
}

/// Those of these cases that are in every list, or were merged into one that is.
pub(super) fn listed_among(r: &mut Reading, ids: &[CaseId]) -> Result<HashSet<CaseId>> {
    let listed = cases::table.filter(cases::id.eq_any(ids)).filter(cases::visibility.eq("public")).select(cases::id);
    let mut found: HashSet<CaseId> = listed.load(r.conn())?.into_iter().collect();
    found.extend(merges::into_listed(r, ids)?);
    Ok(found)
}

/// Ids of the public cases and their current revision, in order of their ordinals.
pub(super) fn public_ids(r: &mut Reading) -> Result<Vec<(CaseId, String)>> {
    Ok(cases::table
        .filter(cases::visibility.eq("public"))
        .order(cases::id)
        .select((cases::id, cases::revised))
        .load(r.conn())?)
}

/// What of a case changed: for bitmaps and caches of every process.
#[derive(Debug, Clone, Queryable)]
pub(super) struct Changed {
    pub(super) id: CaseId,
    pub(super) ordinal: i32,
    pub(super) visibility: String,
    pub(super) title_folded: String,
    pub(super) revised: String,
    pub(super) population: Option<i64>,
    pub(super) year_from: Option<i32>,
    pub(super) year_to: Option<i32>,
}

/// Cases that changed after `generation`, in order of their ordinals after `after`.
pub(super) fn changed_since(r: &mut Reading, generation: i64, after: i32, most: i64) -> Result<Vec<Changed>> {
    Ok(cases::table
        .filter(cases::changed_in.gt(generation))
        .filter(cases::ordinal.gt(after))
        .order(cases::ordinal)
        .limit(most)
        .select((
            cases::id,
            cases::ordinal,
            cases::visibility,
            cases::title_folded,
            cases::revised,
            cases::population,
            cases::year_from,
            cases::year_to,
        ))
        .load(r.conn())?)
}

/// A coded value with its case: id, field, code, status, confidence, reliability.
pub(super) type ValueRow = (CaseId, String, Option<String>, Option<String>, Option<String>, Option<String>);

pub(super) fn values_of(r: &mut Reading, ids: &[&CaseId]) -> Result<Vec<ValueRow>> {
    Ok(case_values::table
        .filter(case_values::case_id.eq_any(ids))
        .select((
            case_values::case_id,
            case_values::field,
            case_values::code,
            case_values::status,
            case_values::confidence,
            case_values::reliability,
        ))
        .load(r.conn())?)
}

/// A source with this address in a public case, as JSON.
pub(super) fn source_of_address(r: &mut Reading, address: &str) -> Result<Option<String>> {
    Ok(case_sources::table
        .inner_join(cases::table.on(cases::id.eq(case_sources::case_id)))
        .filter(case_sources::address.eq(address))
        .filter(cases::visibility.eq("public"))
        .order((cases::ordinal, case_sources::source))
        .select(case_sources::record)
        .first(r.conn())
        .optional()?)
}

/// What the row of a case takes beside its document.
pub(super) struct NewRow<'a> {
    /// The visibility and its reason.
    pub(super) visibility: (&'a str, Option<&'a str>),
    pub(super) ordinal: i32,
    pub(super) generation: i64,
}

pub(super) fn insert(tx: &mut Unrecorded, checked: &Checked, projection: &Projection, new: &NewRow<'_>) -> Result<()> {
    let document = checked.document();
    diesel::insert_into(cases::table)
        .values((
            cases::id.eq(&document.id),
            cases::ordinal.eq(new.ordinal),
            cases::visibility.eq(new.visibility.0),
            cases::visibility_reason.eq(new.visibility.1),
            cases::revision.eq(number(document.revision)),
            cases::reference.eq(document.reference),
            cases::title_folded.eq(&projection.title_folded),
            cases::revised.eq(document.revised.to_string()),
            cases::population.eq(projection.computed.population.and_then(|count| i64::try_from(count).ok())),
            cases::year_from.eq(projection.years.map(|(from, _)| from)),
            cases::year_to.eq(projection.years.map(|(_, to)| to)),
            cases::computed.eq(serde_json::to_string(&projection.computed)?),
            cases::changed_in.eq(new.generation),
            cases::revised_in.eq(new.generation),
            cases::projected.eq(FORM),
        ))
        .execute(tx.conn())?;
    insert_projection(tx, &document.id, projection)
}

/// Makes `checked` the current revision; says whether the one before was still current.
pub(super) fn advance(
    tx: &mut Unrecorded,
    checked: &Checked,
    projection: &Projection,
    base: u32,
    generation: i64,
) -> Result<bool> {
    let document = checked.document();
    let moved = diesel::update(cases::table.find(&document.id).filter(cases::revision.eq(number(base))))
        .set((
            cases::revision.eq(number(document.revision)),
            cases::reference.eq(document.reference),
            cases::title_folded.eq(&projection.title_folded),
            cases::revised.eq(document.revised.to_string()),
            cases::population.eq(projection.computed.population.and_then(|count| i64::try_from(count).ok())),
            cases::year_from.eq(projection.years.map(|(from, _)| from)),
            cases::year_to.eq(projection.years.map(|(_, to)| to)),
            cases::computed.eq(serde_json::to_string(&projection.computed)?),
            cases::changed_in.eq(generation),
            cases::revised_in.eq(generation),
            cases::projected.eq(FORM),
        ))
        .execute(tx.conn())?;
    if moved == 1 {
        delete_projection(tx, &document.id)?;
        insert_projection(tx, &document.id, projection)?;
    }
    Ok(moved == 1)
}

pub(super) fn insert_revision(tx: &mut Unrecorded, document: &Document, reason: Option<&str>) -> Result<()> {
    diesel::insert_into(case_revisions::table)
        .values((
            case_revisions::case_id.eq(&document.id),
            case_revisions::revision.eq(number(document.revision)),
            case_revisions::published.eq(document.revised.to_string()),
            case_revisions::reason.eq(reason),
            case_revisions::document.eq(serde_json::to_string(document)?),
        ))
        .execute(tx.conn())?;
    Ok(())
}

/// Says whether there is such a case.
pub(super) fn set_visibility(
    tx: &mut Unrecorded,
    id: &CaseId,
    to: &str,
    reason: Option<&str>,
    generation: i64,
) -> Result<bool> {
    let reason_before = cases::visibility_reason;
    let there = cases::table.find(id).filter(reason_before.is_null().or(reason_before.ne(UNFINISHED)));
    let changed = diesel::update(there)
        .set((
            cases::visibility.eq(to),
            cases::visibility_reason.eq(reason),
            cases::changed_in.eq(generation),
            (to == "public").then(|| cases::revised_in.eq(generation)),
        ))
        .execute(tx.conn())?;
    Ok(changed == 1)
}

fn delete_projection(tx: &mut Unrecorded, id: &CaseId) -> Result<()> {
    diesel::delete(case_values::table.filter(case_values::case_id.eq(id))).execute(tx.conn())?;
    diesel::delete(case_organisations::table.filter(case_organisations::case_id.eq(id))).execute(tx.conn())?;
    diesel::delete(case_sources::table.filter(case_sources::case_id.eq(id))).execute(tx.conn())?;
    Ok(())
}

fn insert_projection(tx: &mut Unrecorded, id: &CaseId, projection: &Projection) -> Result<()> {
    let rows: Vec<_> = (0..)
        .zip(&projection.values)
        .map(|(position, value): (i32, _)| {
            (
                case_values::case_id.eq(id),
                case_values::position.eq(position),
                case_values::field.eq(&value.field),
                case_values::code.eq(value.code.as_deref()),
                case_values::status.eq(value.status.map(|status| status.code())),
                case_values::confidence.eq(value.confidence.map(|confidence| confidence.code())),
                case_values::reliability.eq(value.reliability.map(|reliability| reliability.code())),
            )
        })
        .collect();
    if tx.conn().is_sqlite() {
        // A statement of many rows would be prepared anew for each case; one of a single row is prepared once.
        each_backend!(tx.conn(), |c| rows
            .into_iter()
            .try_for_each(|row| diesel::insert_into(case_values::table).values(row).execute(c).map(drop)))?;
    } else {
        each_backend!(tx.conn(), |c| diesel::insert_into(case_values::table).values(rows).execute(c))?;
    }
    for (organisation, role) in &projection.organisations {
        diesel::insert_into(case_organisations::table)
            .values((
                case_organisations::case_id.eq(id),
                case_organisations::organisation_id.eq(organisation),
                case_organisations::role.eq(role),
            ))
            .execute(tx.conn())?;
    }
    for source in &projection.sources {
        diesel::insert_into(case_sources::table)
            .values((
                case_sources::case_id.eq(id),
                case_sources::source.eq(&source.id),
                case_sources::address.eq(source.url.as_deref().unwrap_or_default()),
                case_sources::record.eq(serde_json::to_string(source)?),
            ))
            .execute(tx.conn())?;
    }
    Ok(())
}

fn number(revision: u32) -> i32 {
    i32::try_from(revision).unwrap_or(i32::MAX)
}
