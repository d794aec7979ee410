//! The public part of what staff did (protection.md section 5): nothing of it tells city, vendor or time of what is not published.

use std::collections::{BTreeMap, BTreeSet};

use super::{
    acts::{
        DECLINED, PAUSED, RECEIVED, REQUEST_ANSWERED, ReviewAct, STEPPED_ASIDE, STEPPED_ASIDE_FROM_CASE, WITHDRAWN,
    },
    demands,
};
use crate::{
    Result,
    audit::{self, AuditLine, Selection},
    cases::{
        TWO_CASES,
        likeness::{self, Pair},
    },
    clock::{Day, Quarter},
    db::{Actor, Database, Reading},
    ids::{CaseId, DemandId},
    intake::{State, review},
    staff,
};

/// Acts on published cases, on demands and on releases, told by the day.
pub const DATED: [&str; 18] = [
    "case_revised",
    "case_hidden",
    "case_unlisted",
    "case_shown",
    "case_merged",
    "case_redacted",
    "redaction_lifted",
    "case_erased",
    "case_likened",
    "case_set_apart",
    "likeness_lifted",
    STEPPED_ASIDE_FROM_CASE,
    demands::RECORDED,
    demands::DECIDED,
    "dataset_released",
    "release_recalled",
    "release_restored",
    "release_rebuilt",
];
/// Acts that are told by the quarter alone, in the order of random ids.
pub const BY_QUARTER: [&str; 6] =
    ["case_published", "case_enlarged", DECLINED, PAUSED, STEPPED_ASIDE, REQUEST_ANSWERED];
/// How many lines of each sort a page shows.
const PAGE: i64 = 50;

/// Which lines of the public log are asked for.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct LogFilter {
    /// Code of one of [`DATED`] or [`BY_QUARTER`]; none for all of them.
    pub act: Option<String>,
    /// Code of a reason; none for whatever reason.
    pub reason: Option<String>,
    /// The page, from one; past the end it is the last.
    pub page: usize,
}

/// The public log.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Log {
    /// Acts on published cases, demands and releases, the latest first.
    pub dated: Vec<Dated>,
    /// What was received, published and declined, the latest quarter first.
    pub quarters: Vec<Block>,
    /// The last dated line of all: its hash stands for every line before it.
    pub head: Option<Dated>,
    /// The page that is shown, from one.
    pub page: usize,
    /// How many pages there are, at least one.
    pub pages: usize,
    /// Fewer than two people review at present.
    pub is_small_team: bool,
}

/// An act on a published case, on a demand or on a release.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Dated {
    /// The day.
    pub day: String,
    /// Code of the act.
    pub act: String,
    /// The case.
    pub case: Option<CaseId>,
    /// The other one, of an act on two. Neither is named where the log would connect cases of which one is in no list, or whose places are told
    /// differently.
    pub other: Option<CaseId>,
    /// The demand.
    pub demand: Option<DemandId>,
    /// The version of the release.
    pub release: Option<String>,
    /// Code of the reason.
    pub reason: Option<String>,
    /// Alias of who did it.
    pub alias: String,
    /// The hash that chains the line to all before it.
    pub hash: String,
}

/// A quarter.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Block {
    /// Which.
    pub quarter: Quarter,
    /// How many submissions came; known once the quarter is over.
    pub received: Option<String>,
    /// How many of them were taken back by their authors.
    pub withdrawn: Option<String>,
    /// What was published and declined, in the order of random ids.
    pub entries: Vec<Decided>,
}

/// A publication, a no, or what is told beside them without saying of which: a pause, and that somebody stepped aside.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Decided {
    /// Code of the act.
    pub act: String,
    /// The case; none where none is public.
    pub case: Option<CaseId>,
    /// Code of the reason of a no.
    pub reason: Option<String>,
    /// Alias of who decided; none where it would tell what an unpublished submission is about.
    pub alias: Option<String>,
}

impl LogFilter {
    fn is_empty(&self) -> bool {
        self.act.is_none() && self.reason.is_none()
    }

    /// Those of these acts that are asked for.
    fn among<'a>(&self, acts: &[&'a str]) -> Vec<&'a str> {
        acts.iter().copied().filter(|act| self.act.as_deref().is_none_or(|asked| asked == *act)).collect()
    }
}

/// The public part of the log: one page of what is told by the day, and one of what is told by the quarter.
///
/// # Errors
/// Those of the database.
pub fn log(r: &mut Reading, filter: &LogFilter) -> Result<Log> {
    let (dated, by_quarter) = (filter.among(&DATED), filter.among(&BY_QUARTER));
    let reason = filter.reason.as_deref();
    // What contributors were answered is told once the quarter is over, as what was received is: whoever looks every day would learn when one
    // of them had come back.
    let present = Quarter::of(r.today()).to_string();
    let dated = Selection { acts: &dated, reason, but: None };
    let by_quarter = Selection { acts: &by_quarter, reason, but: Some((REQUEST_ANSWERED, &present)) };
    let longer = audit::count(r, dated)?.max(audit::count(r, by_quarter)?);
    let pages = usize::try_from(longer.max(1).unsigned_abs().div_ceil(PAGE.unsigned_abs())).unwrap_or(1);
    let page = filter.page.clamp(1, pages);
    let skip = i64::try_from(page - 1).unwrap_or_default() * PAGE;
    let lines = audit::select(r, dated, audit::Order::Latest, skip, PAGE)?;
    let last = audit::select(r, Selection { acts: &DATED, reason: None, but: None }, audit::Order::Latest, 0, 1)?;
    let demands = demands::demands(r)?;
    let tellable = likeness::tellable(r, &lines.iter().filter_map(pair).collect::<Vec<_>>())?;
    let about = |id: &DemandId| demands.iter().find(|demand| demand.id == *id).and_then(|demand| demand.case.clone());
    let blocks = blocks(audit::select(r, by_quarter, audit::Order::Quarters, skip, PAGE)?);
    Ok(Log {
        dated: lines.into_iter().map(|line| dated_line(line, &about, &tellable)).collect(),
        quarters: with_counts(r, blocks, filter.is_empty() && page == 1)?.into_values().rev().collect(),
        head: last.into_iter().next().map(|line| dated_line(line, &about, &tellable)),
        page,
        pages,
        is_small_team: staff::count_active(r)? < 2,
    })
}

/// The cases of an act on two.
fn pair(line: &AuditLine) -> Option<Pair> {
    (line.subject_kind == TWO_CASES).then(|| line.subject.parse().ok()).flatten()
}

fn dated_line(line: AuditLine, about: &dyn Fn(&DemandId) -> Option<CaseId>, tellable: &BTreeSet<Pair>) -> Dated {
    let two = pair(&line).filter(|two| tellable.contains(two));
    let [one, other] = two.as_ref().map_or([None, None], |two| two.ids().map(|id| Some(id.clone())));
    let demand: Option<DemandId> = (line.subject_kind == "demand").then(|| line.subject.parse().ok()).flatten();
    Dated {
        case: one.or_else(|| demand.as_ref().map_or_else(|| line.subject.parse().ok(), about)),
        other,
        demand,
        release: (line.subject_kind == "release").then_some(line.subject),
        day: line.happened,
        act: line.act,
        reason: line.reason,
        alias: line.actor,
        hash: line.hash,
    }
}

fn blocks(lines: Vec<AuditLine>) -> BTreeMap<Quarter, Block> {
    let mut blocks = BTreeMap::new();
    for line in lines {
        let Ok(quarter) = line.happened.parse::<Quarter>() else { continue };
        block(&mut blocks, quarter).entries.push(entry(line));
    }
    blocks
}

/// Adds what came in each quarter; quarters in which nothing was decided stand on the first page of the whole log.
fn with_counts(r: &mut Reading, mut blocks: BTreeMap<Quarter, Block>, all: bool) -> Result<BTreeMap<Quarter, Block>> {
    let counts = Selection { acts: &[RECEIVED, WITHDRAWN], reason: None, but: None };
    for line in audit::select(r, counts, audit::Order::Latest, 0, i64::MAX)? {
        let Ok(quarter) = line.subject.parse::<Quarter>() else { continue };
        if !all && !blocks.contains_key(&quarter) {
            continue;
        }
        let block = block(&mut blocks, quarter);
        let count = if line.act == RECEIVED { &mut block.received } else { &mut block.withdrawn };
        *count = line.reason;
    }
    Ok(blocks)
}

fn block(blocks: &mut BTreeMap<Quarter, Block>, quarter: Quarter) -> &mut Block {
    let empty = || Block { quarter, received: None, withdrawn: None, entries: Vec::new() };
    blocks.entry(quarter).or_insert_with(empty)
}

fn entry(line: AuditLine) -> Decided {
    let case = (line.subject_kind == "case").then(|| line.subject.parse().ok()).flatten();
    // Of somebody known to work for a city, the name beside a conflict would tell that an account of that city is there.
    let alias = (![PAUSED, STEPPED_ASIDE].contains(&line.act.as_str())).then_some(line.actor);
    Decided { case, reason: line.reason, alias, act: line.act }
}

/// Counts what came in the quarter before this one, once it is over: a count that rose while one watched would tell when an account came.
///
/// # Errors
/// Those of the database.
pub fn count_last_quarter(db: &Database) -> Result<()> {
    db.write(Actor::System, |tx| {
        let Some(last) = tx.quarter().first_day().pred_opt().map(Quarter::of) else { return Ok(()) };
        let received = Selection { acts: &[RECEIVED], reason: None, but: None };
        let known = audit::select(tx, received, audit::Order::Latest, 0, i64::MAX)?;
        if known.iter().any(|line| line.subject == last.to_string()) {
            return Ok(());
        }
        let of_quarter = |day: Day| Quarter::of(day) == last;
        let all = review::list(tx, &State::ALL)?;
        let came: Vec<State> = all.iter().filter(|s| of_quarter(s.week.first_day())).map(|s| s.state).collect();
        if !came.is_empty() {
            let withdrawn = came.iter().filter(|state| **state == State::Withdrawn).count();
            tx.record(&ReviewAct::Received(last, came.len()));
            tx.record(&ReviewAct::Withdrawn(last, withdrawn));
        }
        Ok(())
    })
}
