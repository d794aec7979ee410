//! The queries for releases.

use diesel::{
    dsl::{count_star, sql},
    prelude::*,
    sql_types::Bool,
};

use super::{
    Version,
    plan::{Plan, count},
};
use crate::{
    Result,
    clock::Day,
    db::{
        Reading, Unrecorded, each_backend,
        schema::{case_merges, cases, release_cases, releases},
    },
    ids::CaseId,
    limits,
};

/// A release as it is stored.
#[derive(Queryable, Selectable)]
#[diesel(table_name = releases)]
pub(super) struct Row {
    number: i32,
    edition: i32,
    pub(super) day: Day,
    pub(super) generation: i64,
    cases: i64,
    form: i32,
    pub(super) vocabulary: String,
    base_number: Option<i32>,
    base_edition: Option<i32>,
    added: i64,
    changed: i64,
    withdrawn: i64,
    pub(super) note: Option<String>,
    pub(super) public_key: String,
    pub(super) manifest: String,
}

impl Row {
    pub(super) fn version(&self) -> Version {
        version((self.number, self.edition))
    }

    pub(super) fn base(&self) -> Option<Version> {
        self.base_number.zip(self.base_edition).map(version)
    }

    pub(super) fn form(&self) -> u32 {
        unsigned(self.form)
    }

    pub(super) fn cases(&self) -> u64 {
        self.cases.unsigned_abs()
    }

    /// Those that were added, changed and withdrawn.
    pub(super) fn counts(&self) -> [u64; 3] {
        [self.added, self.changed, self.withdrawn].map(i64::unsigned_abs)
    }
}

fn version((number, edition): (i32, i32)) -> Version {
    Version { number: unsigned(number), edition: unsigned(edition) }
}

fn unsigned(number: i32) -> u32 {
    u32::try_from(number).unwrap_or_default()
}

fn signed(number: u32) -> i32 {
    i32::try_from(number).unwrap_or(i32::MAX)
}

/// All releases, the newest first.
pub(super) fn all(r: &mut Reading) -> Result<Vec<Row>> {
    Ok(releases::table
        .order((releases::number.desc(), releases::edition.desc()))
        .select(Row::as_select())
        .load(r.conn())?)
}

/// The change of a case that a release does not hold any more; the rows of all others are held.
pub(super) const WITHDRAWN: &str = "withdrawn";

/// What recalls a release, as the index `cases_withheld` has it: without these words neither database would look there.
const WITHHELD: &str = "(cases.visibility <> 'public' OR cases.withheld_in > 0)";

/// How many cases of each release are in the lists no more, or had words taken out since; those of which there are none are left out.
pub(super) fn recalled(r: &mut Reading) -> Result<Vec<(Version, u64)>> {
    let held = release_cases::number.eq(releases::number).and(release_cases::edition.eq(releases::edition));
    let rows: Vec<(i32, i32, i64)> = release_cases::table
        .inner_join(releases::table.on(held))
        .inner_join(cases::table.on(cases::id.eq(release_cases::case_id)))
        .filter(sql::<Bool>(WITHHELD))
        .filter(release_cases::change.ne(WITHDRAWN))
        .filter(cases::visibility.ne("public").or(cases::withheld_in.gt(releases::generation)))
        .group_by((release_cases::number, release_cases::edition))
        .select((release_cases::number, release_cases::edition, count_star()))
        .load(r.conn())?;
    Ok(rows.into_iter().map(|(number, edition, count)| (version((number, edition)), count.unsigned_abs())).collect())
}

/// A case of a release with its revision, and the one that the release before held.
pub(super) type ChangeRow = (CaseId, i32, Option<i32>);

/// The cases of a release with which this was done, in the order of their random ids.
pub(super) fn changes(r: &mut Reading, of: Version, change: &str, most: i64) -> Result<Vec<ChangeRow>> {
    Ok(release_cases::table
        .filter(release_cases::number.eq(signed(of.number)))
        .filter(release_cases::edition.eq(signed(of.edition)))
        .filter(release_cases::change.eq(change))
        .order(release_cases::case_id)
        .limit(most)
        .select((release_cases::case_id, release_cases::revision, release_cases::before))
        .load(r.conn())?)
}

/// What became of a case.
#[derive(Debug, Queryable)]
pub(super) struct Standing {
    pub(super) case: CaseId,
    pub(super) visibility: String,
    pub(super) reason: Option<String>,
    /// The case that it was merged into.
    pub(super) into: Option<CaseId>,
}

/// The cases that a release does not hold any more with the revision that was released last, in the order of their random ids.
pub(super) fn withdrawn(r: &mut Reading, of: Version, most: i64) -> Result<Vec<(u32, Standing)>> {
    let rows: Vec<(i32, Standing)> = release_cases::table
        .inner_join(cases::table.on(cases::id.eq(release_cases::case_id)))
        .left_join(case_merges::table.on(case_merges::case_id.eq(release_cases::case_id)))
        .filter(release_cases::number.eq(signed(of.number)))
        .filter(release_cases::edition.eq(signed(of.edition)))
        .filter(release_cases::change.eq(WITHDRAWN))
        .order(release_cases::case_id)
        .limit(most)
        .select((
            release_cases::revision,
            (cases::id, cases::visibility, cases::visibility_reason, case_merges::into_id.nullable()),
        ))
        .load(r.conn())?;
    Ok(rows.into_iter().map(|(revision, standing)| (unsigned(revision), standing)).collect())
}

/// What became of these cases, in the order of their random ids.
pub(super) fn standing(r: &mut Reading, of: &[&CaseId]) -> Result<Vec<Standing>> {
    Ok(cases::table
        .left_join(case_merges::table.on(case_merges::case_id.eq(cases::id)))
        .filter(cases::id.eq_any(of))
        .order(cases::id)
        .select((cases::id, cases::visibility, cases::visibility_reason, case_merges::into_id.nullable()))
        .load(r.conn())?)
}

/// The cases that a release holds with their revisions.
pub(super) fn held(r: &mut Reading, by: Version) -> Result<Vec<(CaseId, u32)>> {
    let rows: Vec<(CaseId, i32)> = release_cases::table
        .filter(release_cases::number.eq(signed(by.number)))
        .filter(release_cases::edition.eq(signed(by.edition)))
        .filter(release_cases::change.ne(WITHDRAWN))
        .select((release_cases::case_id, release_cases::revision))
        .load(r.conn())?;
    Ok(rows.into_iter().map(|(case, revision)| (case, unsigned(revision))).collect())
}

/// What is stored of a release that was made.
pub(super) struct NewRelease<'a> {
    pub(super) plan: &'a Plan,
    /// The versions of the documents' form and of the vocabulary.
    pub(super) versions: (u32, &'a str),
    pub(super) note: Option<&'a str>,
    pub(super) public_key: &'a str,
    pub(super) manifest: &'a str,
}

pub(super) fn insert(tx: &mut Unrecorded, new: &NewRelease<'_>) -> Result<()> {
    let NewRelease { plan, versions: (form, vocabulary), note, public_key, manifest } = new;
    let counts = plan.counts();
    diesel::insert_into(releases::table)
        .values((
            releases::number.eq(signed(plan.version.number)),
            releases::edition.eq(signed(plan.version.edition)),
            releases::day.eq(plan.day),
            releases::generation.eq(plan.generation),
            releases::cases.eq(long(count(plan.items.len()))),
            releases::form.eq(signed(*form)),
            releases::vocabulary.eq(*vocabulary),
            releases::base_number.eq(plan.base.map(|base| signed(base.number))),
            releases::base_edition.eq(plan.base.map(|base| signed(base.edition))),
            releases::added.eq(long(counts.added)),
            releases::changed.eq(long(counts.changed)),
            releases::withdrawn.eq(long(counts.withdrawn)),
            releases::note.eq(*note),
            releases::public_key.eq(*public_key),
            releases::manifest.eq(*manifest),
        ))
        .execute(tx.conn())?;
    insert_cases(tx, plan)
}

fn insert_cases(tx: &mut Unrecorded, plan: &Plan) -> Result<()> {
    let held = plan.items.iter().map(|item| (&item.case, item.revision, item.kind.code(), item.before));
    let gone = plan.withdrawn.iter().map(|gone| (&gone.case, gone.revision, WITHDRAWN, Some(gone.revision)));
    let all: Vec<_> = held.chain(gone).collect();
    for chunk in all.chunks(limits::BATCH) {
        let rows: Vec<_> = chunk
            .iter()
            .map(|(case, revision, change, before)| {
                (
                    release_cases::number.eq(signed(plan.version.number)),
                    release_cases::edition.eq(signed(plan.version.edition)),
                    release_cases::case_id.eq(*case),
                    release_cases::revision.eq(signed(*revision)),
                    release_cases::change.eq(*change),
                    release_cases::before.eq(before.map(signed)),
                )
            })
            .collect();
        each_backend!(tx.conn(), |c| diesel::insert_into(release_cases::table).values(rows).execute(c))?;
    }
    Ok(())
}

fn long(number: u64) -> i64 {
    i64::try_from(number).unwrap_or(i64::MAX)
}
