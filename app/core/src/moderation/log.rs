//! The public part of what staff did (protection.md section 5): nothing of it tells city, vendor or time of what is not published.

use std::collections::BTreeMap;

use super::acts::{DECLINED, PAUSED, RECEIVED, ReviewAct, STEPPED_ASIDE, STEPPED_ASIDE_FROM_CASE, WITHDRAWN};
use crate::{
    Result,
    audit::{self, AuditLine},
    clock::{Day, Quarter},
    db::{Actor, Database, Reading},
    ids::CaseId,
    intake::{State, review},
    staff,
};

/// Acts on published cases, told by the day.
const DATED: [&str; 5] = ["case_revised", "case_hidden", "case_unlisted", "case_shown", STEPPED_ASIDE_FROM_CASE];
/// Acts that are told by the quarter alone, in the order of random ids.
const BY_QUARTER: [&str; 5] = ["case_published", "case_enlarged", DECLINED, PAUSED, STEPPED_ASIDE];
/// How far back the page goes, in lines of each sort.
const MOST: i64 = 500;

/// The public log.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Log {
    /// Acts on published cases, the latest first.
    pub dated: Vec<Dated>,
    /// What was received, published and declined, the latest quarter first.
    pub quarters: Vec<Block>,
    /// Fewer than two people review at present.
    pub is_small_team: bool,
}

/// An act on a published case.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Dated {
    /// The day.
    pub day: String,
    /// Code of the act.
    pub act: String,
    /// The case.
    pub case: Option<CaseId>,
    /// Code of the reason.
    pub reason: Option<String>,
    /// Alias of who did it.
    pub alias: String,
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

/// The public part of the log.
///
/// # Errors
/// Those of the database.
pub fn log(r: &mut Reading) -> Result<Log> {
    let dated = audit::latest(r, &DATED, MOST)?.into_iter().map(|line| Dated {
        case: line.subject.parse().ok(),
        day: line.happened,
        act: line.act,
        reason: line.reason,
        alias: line.actor,
    });
    let mut decided = audit::latest(r, &BY_QUARTER, MOST)?;
    decided.sort_by(|a, b| a.subject.cmp(&b.subject));
    let mut blocks = BTreeMap::new();
    for line in decided {
        let Ok(quarter) = line.happened.parse::<Quarter>() else { continue };
        block(&mut blocks, quarter).entries.push(entry(line));
    }
    for line in audit::latest(r, &[RECEIVED, WITHDRAWN], MOST)? {
        let Ok(quarter) = line.subject.parse::<Quarter>() else { continue };
        let block = block(&mut blocks, quarter);
        let count = if line.act == RECEIVED { &mut block.received } else { &mut block.withdrawn };
        *count = line.reason;
    }
    Ok(Log {
        dated: dated.collect(),
        quarters: blocks.into_values().rev().collect(),
        is_small_team: staff::count_active(r)? < 2,
    })
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
        let known = audit::latest(tx, &[RECEIVED], MOST)?;
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
