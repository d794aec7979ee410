//! The queries for releases.

use diesel::{
    dsl::{count_star, sql},
    prelude::*,
    sql_types::Bool,
};

use super::Version;
use crate::{
    Result,
    clock::Day,
    db::{
        Reading,
        schema::{case_merges, cases, release_cases, releases},
    },
    ids::CaseId,
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

/// What became of a case: case, revision, visibility, its reason, and the case that it was merged into.
pub(super) type EndRow = (CaseId, i32, String, Option<String>, Option<CaseId>);

/// The cases that a release does not hold any more, in the order of their random ids.
pub(super) fn withdrawn(r: &mut Reading, of: Version, most: i64) -> Result<Vec<EndRow>> {
    Ok(release_cases::table
        .inner_join(cases::table.on(cases::id.eq(release_cases::case_id)))
        .left_join(case_merges::table.on(case_merges::case_id.eq(release_cases::case_id)))
        .filter(release_cases::number.eq(signed(of.number)))
        .filter(release_cases::edition.eq(signed(of.edition)))
        .filter(release_cases::change.eq(WITHDRAWN))
        .order(release_cases::case_id)
        .limit(most)
        .select((
            release_cases::case_id,
            release_cases::revision,
            cases::visibility,
            cases::visibility_reason,
            case_merges::into_id.nullable(),
        ))
        .load(r.conn())?)
}
