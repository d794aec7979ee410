//! Sessions: begun at sign-in, found by the cookie's token, listed and ended by their owner.

use super::{
    MemberState, Session, SessionTimes, StaffAct, kept,
    policy::{self, HALF_WAY, WINDOW},
    store::{
        attempts, invitations, members,
        sessions::{self, Row, Stage},
    },
};
use crate::{
    Error, Result,
    clock::Timestamp,
    db::{Reading, Unrecorded, Writing},
    ids::MemberId,
    seal::{KeyPair, open, seal},
    secret::{LookupHash, Token},
};

/// The purpose of the envelope that holds a member's private half under a session's token.
const SESSION: &str = "session";

/// A session in its owner's list.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct OwnSession {
    /// What it is known by.
    pub lookup: LookupHash,
    /// When it began, in UTC.
    pub started: Timestamp,
    /// When it was last used, to the minute, in UTC.
    pub seen: Timestamp,
    /// Whether it is the one that asks.
    pub is_this: bool,
}

/// The key pair that follows from a session's token.
fn token_keys(token: &Token) -> KeyPair {
    KeyPair::from_seed(token.bits(), SESSION)
}

/// Begins a session with both factors.
pub(super) fn begin(tx: &mut Unrecorded, member: &MemberId, keys: &KeyPair) -> Result<Token> {
    begin_at(tx, member, keys, Stage::Full)
}

/// Begins a session at a stage under a new token.
pub(super) fn begin_at(tx: &mut Unrecorded, member: &MemberId, keys: &KeyPair, stage: Stage) -> Result<Token> {
    let token = Token::draw(tx.random());
    let lookup = token.lookup().as_str().to_owned();
    let private_half =
        seal(token_keys(&token).public(), SESSION, &lookup, keys.private_half().as_slice(), tx.random())?;
    let now = tx.now();
    sessions::insert(tx, &Row { lookup, member: member.clone(), private_half, started: now, seen: now }, stage)?;
    Ok(token)
}

/// The member's key pair that a session's row holds for the bearer of its token.
pub(super) fn open_keys(token: &Token, row: &Row) -> Result<KeyPair> {
    let private_half = open(&token_keys(token), SESSION, &row.lookup, &row.private_half)?;
    KeyPair::from_private_half(&private_half).map_err(Error::unexpected)
}

/// The live session of a token, if it has one; an ended session, a removed member and a half-way sign-in have none.
///
/// # Errors
/// Those of the database.
pub fn session(r: &mut Reading, token: &Token, times: &SessionTimes) -> Result<Option<Session>> {
    let lookup = token.lookup();
    let Some(row) = sessions::find(r, &lookup, Stage::Full)? else { return Ok(None) };
    if !policy::session_holds(row.started, row.seen, r.now(), times) {
        return Ok(None);
    }
    let member = members::find(r, &row.member)?.filter(|member| member.state != MemberState::Removed);
    let Some(member) = member else { return Ok(None) };
    let keys = open_keys(token, &row)?;
    Ok(Some(Session { lookup, member, keys, seen: row.seen }))
}

impl Session {
    /// Whether [`touch`] should write down that it is alive; once a minute is enough.
    #[must_use]
    pub fn wants_touch(&self, now: Timestamp) -> bool {
        policy::is_stale(self.seen, now)
    }
}

/// Writes down that the session is alive.
///
/// # Errors
/// Those of the database.
pub fn touch(tx: &mut Unrecorded, session: &Session) -> Result<()> {
    let now = tx.now();
    sessions::touch(tx, &session.lookup, now)
}

/// The member's own live sessions, the latest used first.
///
/// # Errors
/// Those of the database.
pub fn own_sessions(r: &mut Reading, by: &Session, times: &SessionTimes) -> Result<Vec<OwnSession>> {
    let now = r.now();
    let rows = sessions::of_member(r, &by.member.id)?;
    let live = rows.into_iter().filter(|row| policy::session_holds(row.started, row.seen, now, times));
    let own = live.map(|row| {
        let lookup = LookupHash::from_column(row.lookup);
        OwnSession { is_this: lookup == by.lookup, lookup, started: row.started, seen: row.seen }
    });
    Ok(own.collect())
}

/// When any member of staff was last seen.
///
/// # Errors
/// Those of the database.
pub fn last_seen(r: &mut Reading) -> Result<Option<Timestamp>> {
    sessions::last_seen(r)
}

/// Ends one of the member's own sessions.
///
/// # Errors
/// [`Error::NotFound`] if they have no such session.
pub fn end_session(tx: &mut Writing, by: &Session, lookup: &LookupHash) -> Result<()> {
    if !sessions::delete(tx, &by.member.id, lookup)? {
        return Err(Error::NotFound);
    }
    kept::remember(tx, lookup, &by.member.id)?;
    tx.record(&StaffAct::SessionEnded(by.member.id.clone()));
    Ok(())
}

/// Ends the session that asks.
///
/// # Errors
/// Those of the database.
pub fn sign_out(tx: &mut Writing, by: &Session) -> Result<()> {
    end_session(tx, by, &by.lookup)
}

/// Removes sessions, invitations, kept forms and counts of attempts whose time is over, and says how many rows that were. Whose a session
/// was is remembered for some days. For the schedule.
///
/// # Errors
/// Those of the database.
pub fn remove_expired(tx: &mut Unrecorded, times: &SessionTimes) -> Result<usize> {
    let now = tx.now();
    let (seen_before, started_before) = (now - times.idle, now - times.absolute);
    for (lookup, member) in sessions::about_to_expire(tx, seen_before, started_before)? {
        kept::remember(tx, &LookupHash::from_column(lookup), &member)?;
    }
    let sessions = sessions::delete_expired(tx, seen_before, started_before, now - HALF_WAY)?;
    let kept = kept::remove_expired(tx)?;
    Ok(sessions + kept + invitations::delete_expired(tx, now)? + attempts::forget_before(tx, now - WINDOW)?)
}
