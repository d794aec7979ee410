//! Forms that were sent after their session had ended: kept for the member, sealed so that only a new session of theirs opens them.
//!
//! The sealing needs the public half of the member's key pair alone, and the row lies in the database, so that any process can keep a form
//! and any other show it. To know whose a session was once its row is gone, its look-up hash is remembered for some days; it opens nothing.

use chrono::Days;
use serde::{Deserialize, Serialize};

use super::{
    Member, MemberState, Session, SessionTimes, policy,
    store::{
        kept::{self, Row},
        members,
        sessions::{self, Stage},
    },
};
use crate::{
    Error, Result,
    clock::{Day, end_of_next_day},
    db::{Reading, Unrecorded, Writing},
    ids::{KeptFormId, MemberId},
    seal::{open_json, seal_json},
    secret::{LookupHash, Token, silent_debug},
};

/// The purpose of their envelopes; the place is the row's id.
const PURPOSE: &str = "kept form";
/// For how many days forms are kept, and an ended session is known.
const DAYS: u64 = 7;
/// How many forms are kept for one member; beyond that the oldest give way.
const MOST: usize = 50;

/// A form as it was sent.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct KeptForm {
    /// The path to which it was sent.
    pub path: String,
    /// What was sent: names and values.
    pub pairs: Vec<(String, String)>,
}

silent_debug!(KeptForm);

/// A form in its member's list.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct KeptLine {
    /// Its id.
    pub id: KeptFormId,
    /// The path to which it was sent.
    pub path: String,
    /// The last day on which it is kept.
    pub until: Day,
}

/// Whose session it was that has ended. It proves nothing but that something can be kept for them.
#[derive(Debug, Clone)]
pub struct Ended(Member);

/// Destroys every form that is kept, whosever it is: what was erased elsewhere may stand in any of them, and nobody can look.
///
/// # Errors
/// Those of the database.
pub fn forget_kept_forms(tx: &mut Unrecorded) -> Result<()> {
    kept::delete_all(tx)
}

pub(super) fn kept_until(today: Day) -> Day {
    today.checked_add_days(Days::new(DAYS)).map_or(Day::MAX, end_of_next_day)
}

/// Remembers whose a session was that is about to end.
pub(super) fn remember(tx: &mut Unrecorded, lookup: &LookupHash, member: &MemberId) -> Result<()> {
    let until = kept_until(tx.today());
    sessions::insert_ended(tx, lookup, member, until)
}

/// Whose session a token was that has ended; nothing where it lives, was never one, or the member is of the staff no more.
///
/// # Errors
/// Those of the database.
pub fn ended(r: &mut Reading, token: &Token, times: &SessionTimes) -> Result<Option<Ended>> {
    let lookup = token.lookup();
    let owner = match sessions::find(r, &lookup, Stage::Full)? {
        Some(row) if policy::session_holds(row.started, row.seen, r.now(), times) => None,
        Some(row) => Some(row.member),
        None => sessions::find_ended(r, &lookup)?,
    };
    let Some(owner) = owner else { return Ok(None) };
    let member = members::find(r, &owner)?.filter(|member| member.state != MemberState::Removed);
    Ok(member.map(Ended))
}

/// Keeps a form.
///
/// # Errors
/// Those of the database.
pub fn keep_form(tx: &mut Unrecorded, of: &Ended, form: &KeptForm) -> Result<KeptFormId> {
    let Ended(member) = of;
    let before = kept::of_member(tx, &member.id)?;
    for row in before.iter().take((before.len() + 1).saturating_sub(MOST)) {
        kept::delete(tx, &member.id, &row.id)?;
    }
    let id = KeptFormId::draw(tx.random());
    let envelope = seal_json(&member.public_key, PURPOSE, id.as_str(), form, tx.random())?;
    let expires = kept_until(tx.today());
    kept::insert(tx, &member.id, &Row { id: id.clone(), envelope, expires })?;
    Ok(id)
}

/// What is kept for the member of this session, what goes first before the rest.
///
/// # Errors
/// Those of the database.
pub fn kept_forms(r: &mut Reading, by: &Session) -> Result<Vec<KeptLine>> {
    let rows = kept::of_member(r, &by.member.id)?;
    rows.into_iter().map(|row| Ok(KeptLine { path: open(by, &row)?.path, id: row.id, until: row.expires })).collect()
}

/// One of them.
///
/// # Errors
/// [`Error::NotFound`] if the member has no such form.
pub fn kept_form(r: &mut Reading, by: &Session, id: &KeptFormId) -> Result<(KeptForm, Day)> {
    let row = kept::find(r, &by.member.id, id)?.ok_or(Error::NotFound)?;
    Ok((open(by, &row)?, row.expires))
}

fn open(by: &Session, row: &Row) -> Result<KeptForm> {
    Ok(open_json(&by.keys, PURPOSE, row.id.as_str(), &row.envelope)?)
}

/// Throws one of them away.
///
/// # Errors
/// [`Error::NotFound`] if the member has no such form.
pub fn forget_form(tx: &mut Writing, by: &Session, id: &KeptFormId) -> Result<()> {
    if kept::delete(tx, &by.member.id, id)? { Ok(()) } else { Err(Error::NotFound) }
}

/// Removes what has had its time.
pub(super) fn remove_expired(tx: &mut Unrecorded) -> Result<usize> {
    Ok(kept::delete_expired(tx)? + sessions::delete_ended(tx)?)
}
