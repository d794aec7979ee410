//! Sealing anew what still lies under a review key that is no longer in use, because somebody who held it has left.
//!
//! Whoever can open it does it: the request that removes a member, the next sign-in of an administrator, any moderator from the queue, or
//! the command line by the recovery key. Each transaction does a bounded part and says what is left.

use super::{papers::CasePapers, store};
use crate::{
    Result,
    db::{Actor, Database, Reading, Unrecorded, Writing},
    ids::{MemberId, ReviewDraftId},
    intake::{SubmissionParts, exchange::ExchangeItems, handling, messages::Messages},
    seal::{Envelope, RecoveryKey},
    secret::Token,
    staff::{self, Administrator, Anew, Entrance, Moderator, ReviewKeys, Shelf},
};

/// How many envelopes one transaction seals anew: a second's work at most, during which nobody else writes.
const BATCH: usize = 200;

/// What one transaction did.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Resealed {
    /// How many envelopes it sealed anew.
    pub done: usize,
    /// How many are still sealed to a retired key.
    pub left: usize,
}

/// What is done with one shelf.
struct Work {
    count: fn(&mut Reading, &[String]) -> Result<usize>,
    reseal: fn(&mut Unrecorded, &ReviewKeys, usize) -> Result<usize>,
}

const fn on<S: Shelf>() -> Work {
    Work { count: staff::count_sealed_to::<S>, reseal: staff::reseal::<S> }
}

/// All shelves: whatever else comes to be sealed to the review key has a line here.
const SHELVES: [Work; 5] =
    [on::<SubmissionParts>(), on::<ExchangeItems>(), on::<Drafts>(), on::<CasePapers>(), on::<Messages>()];

/// The drafts of revisions.
struct Drafts;

impl Shelf for Drafts {
    type Row = ReviewDraftId;
    const PURPOSE: &'static str = super::revise::PURPOSE;

    fn place(id: &Self::Row) -> String {
        id.to_string()
    }

    fn count(r: &mut Reading, beginning: &str) -> Result<usize> {
        store::count_sealed_to(r, beginning)
    }

    fn part(r: &mut Reading, beginning: &str, passed: usize, most: usize) -> Result<Vec<(Self::Row, Envelope)>> {
        store::sealed_to(r, beginning, passed, most)
    }

    fn replace(tx: &mut Unrecorded, id: &Self::Row, old: &Envelope, anew: &Anew) -> Result<()> {
        store::replace_sealed(tx, id, old, anew)
    }
}

/// How many envelopes are still sealed to retired review keys.
///
/// # Errors
/// Those of the database.
pub fn count_to_reseal(r: &mut Reading, by: &Moderator) -> Result<usize> {
    let keys = staff::review_keys(r, by)?;
    count(r, &keys.retired_beginnings())
}

/// The same, counted without opening any key: for whoever looks after the installation.
///
/// # Errors
/// Those of the database.
pub fn count_sealed_to_retired(r: &mut Reading) -> Result<usize> {
    let retired = staff::retired_review_keys(r)?;
    count(r, &retired.iter().map(Envelope::beginning).collect::<Vec<_>>())
}

/// Seals anew, to the review key in use, part of what is sealed to retired ones.
///
/// # Errors
/// Those of the database.
pub fn reseal(tx: &mut Writing, by: &Moderator) -> Result<Resealed> {
    staff::lock_review_key(tx)?;
    let keys = staff::review_keys(tx, by)?;
    reseal_part(tx, &keys, BATCH)
}

/// Removes a member and, in the same transaction, begins to seal anew what they could read. After an administrator there is a new recovery
/// key, which has to be shown.
///
/// # Errors
/// As [`staff::remove`].
pub fn remove_member(tx: &mut Writing, by: &Administrator, id: &MemberId) -> Result<(Option<RecoveryKey>, Resealed)> {
    let recovery_key = staff::remove(tx, by, id)?;
    handling::forget_member(tx, id)?;
    Ok((recovery_key, reseal(tx, by)?))
}

/// Goes on sealing anew for an administrator who has just signed in; of anybody else's session nothing comes.
///
/// # Errors
/// Those of the database.
pub fn reseal_at_sign_in(entrance: &Entrance, session: &Token) -> Result<()> {
    let session = entrance.db.read(|r| staff::session(r, session, &entrance.times))?;
    let Some(by) = session.and_then(|session| session.administrator()) else { return Ok(()) };
    if entrance.db.read(|r| count_to_reseal(r, &by))? > 0 {
        entrance.db.write(by.actor(), |tx| reseal(tx, &by))?;
    }
    Ok(())
}

/// Seals everything anew by the recovery key, on the command line; tells `progress` after each part. Having been used, the recovery key is
/// replaced; the new one has to be shown.
///
/// # Errors
/// [`crate::Error::Refused`] with `staff-recovery-key-wrong` if these are not its words.
pub fn reseal_by_recovery_key(
    db: &Database,
    typed: &RecoveryKey,
    progress: &mut dyn FnMut(Resealed),
) -> Result<RecoveryKey> {
    loop {
        let part = db.write(Actor::CommandLine, |tx| {
            staff::lock_review_key(tx)?;
            let keys = staff::review_keys_by_recovery_key(tx, typed)?;
            reseal_part(tx, &keys, BATCH)
        })?;
        progress(part);
        if part.done == 0 || part.left == 0 {
            break;
        }
    }
    db.write(Actor::CommandLine, |tx| staff::replace_used_recovery_key(tx, typed))
}

fn count(r: &mut Reading, beginnings: &[String]) -> Result<usize> {
    SHELVES.iter().map(|shelf| (shelf.count)(r, beginnings)).sum()
}

fn reseal_part(tx: &mut Writing, keys: &ReviewKeys, most: usize) -> Result<Resealed> {
    let mut done = 0;
    for shelf in &SHELVES {
        done += (shelf.reseal)(tx, keys, most - done)?;
    }
    Ok(Resealed { done, left: count(tx, &keys.retired_beginnings())? })
}

#[cfg(test)]
mod tests {
    use std::sync::Arc;

    use super::*;
    use crate::{
        Error,
        cases::{Vocabulary, published, seeds},
        codebook::Codebook,
        config::{Accounts, Batches},
        moderation::{Office, begin_revision},
        places::Gazetteer,
        seal::{InstanceKeys, Unopened},
        staff::Role,
        testing::{SeededRandom, TestDatabase, TestStaff, tamper},
    };

    /// Drafts of revisions of the first five cases, sealed to the review key.
    fn with_drafts() -> (TestDatabase, TestStaff, Administrator, RecoveryKey) {
        let (db, codebook, gazetteer) = (TestDatabase::open(), Codebook::embedded(), Gazetteer::embedded());
        seeds::plant(&db, Vocabulary { codebook: &codebook, gazetteer: &gazetteer }, true).unwrap();
        let staff = TestStaff::of(&db);
        let (by, key) = staff.founder("mo");
        let office = Office {
            codebook,
            gazetteer,
            keys: Arc::new(InstanceKeys::draw(&SeededRandom::new(7))),
            accounts: Accounts { delay_days: 0, jitter_days: 0, batches: Batches::None },
            retention_weeks: 26,
            sides: Vec::new(),
            lang: "en",
        };
        for (case, _) in db.read(published::ids).unwrap().iter().take(5) {
            db.write(by.actor(), |tx| begin_revision(tx, &by, case, &office)).unwrap();
        }
        (db, staff, by, key)
    }

    /// How many of the drafts these keys are for.
    fn openable(db: &TestDatabase, keys: &ReviewKeys) -> usize {
        let cells = crate::testing::dump(db);
        let envelopes = cells.into_iter().filter(|(column, _)| column == "review_drafts.envelope");
        let theirs = |text: String| keys.open("a test", "", &text.parse().unwrap()).err() != Some(Unopened::OtherKey);
        envelopes.filter(|(_, text)| theirs(text.clone())).count()
    }

    #[test]
    fn what_a_leaver_could_read_is_sealed_anew_part_by_part_and_their_keys_are_for_none_of_it() {
        let (db, staff, by, _) = with_drafts();
        let leaver = staff.admitted(&by, Role::Moderator, "kim");
        let leaver = staff.session(&leaver.session).unwrap().moderator().unwrap();
        let held = db.read(|r| staff::review_keys(r, &leaver)).unwrap();
        assert_eq!(openable(&db, &held), 5, "the control");
        db.write(by.actor(), |tx| staff::remove(tx, &by, leaver.id())).unwrap();
        let part = || {
            db.write(by.actor(), |tx| {
                let keys = staff::review_keys(tx, &by)?;
                reseal_part(tx, &keys, 2)
            })
            .unwrap()
        };
        let parts = [part(), part(), part(), part()].map(|part| (part.done, part.left));
        assert_eq!(parts, [(2, 3), (2, 1), (1, 0), (0, 0)]);
        assert_eq!(openable(&db, &held), 0);
        assert_eq!(openable(&db, &db.read(|r| staff::review_keys(r, &by)).unwrap()), 5);
    }

    #[test]
    fn damaged_ones_are_counted_and_keep_nothing_else_from_being_sealed_anew() {
        let (db, staff, by, _) = with_drafts();
        let leaver = staff.admitted(&by, Role::Moderator, "kim");
        let leaver = staff.session(&leaver.session).unwrap().moderator().unwrap();
        db.write(by.actor(), |tx| staff::remove(tx, &by, leaver.id())).unwrap();
        // In another one's place an envelope does not open; the first three of the order hold the last one's.
        let [first, last] = ["ORDER BY id LIMIT 3", "ORDER BY id DESC LIMIT 1"];
        tamper(
            &db,
            &format!(
                "UPDATE review_drafts SET envelope = (SELECT envelope FROM review_drafts {last}) \
                 WHERE id IN (SELECT id FROM review_drafts {first})"
            ),
        );
        let part = || {
            db.write(by.actor(), |tx| {
                let keys = staff::review_keys(tx, &by)?;
                reseal_part(tx, &keys, 1)
            })
            .unwrap()
        };
        let parts = [part(), part(), part()].map(|part| (part.done, part.left));
        assert_eq!(parts, [(1, 4), (1, 3), (0, 3)]);
    }

    #[test]
    fn the_request_that_removes_a_member_begins_with_it() {
        let (db, staff, by, old_key) = with_drafts();
        let leaver = staff.admitted(&by, Role::Administrator, "kim");
        let leaver = staff.session(&leaver.session).unwrap().moderator().unwrap();
        let held = db.read(|r| staff::review_keys(r, &leaver)).unwrap();
        let (key, resealed) = db.write(by.actor(), |tx| remove_member(tx, &by, leaver.id())).unwrap();
        assert_eq!(resealed, Resealed { done: 5, left: 0 });
        assert_eq!(openable(&db, &held), 0);
        let opened = |key: &RecoveryKey| db.read(|r| staff::review_keys_by_recovery_key(r, key));
        assert!(matches!(opened(&old_key), Err(Error::Refused("staff-recovery-key-wrong"))));
        assert_eq!(openable(&db, &opened(&key.unwrap()).unwrap()), 5);
    }

    #[test]
    fn the_recovery_key_seals_everything_anew_and_is_used_up() {
        let (db, staff, by, key) = with_drafts();
        let leaver = staff.admitted(&by, Role::Moderator, "kim");
        let leaver = staff.session(&leaver.session).unwrap().moderator().unwrap();
        let held = db.read(|r| staff::review_keys(r, &leaver)).unwrap();
        db.write(by.actor(), |tx| staff::remove(tx, &by, leaver.id())).unwrap();
        let wrong = reseal_by_recovery_key(&db, &RecoveryKey::draw(&**db.random()), &mut |_| ());
        assert!(matches!(wrong, Err(Error::Refused("staff-recovery-key-wrong"))));
        assert_eq!(openable(&db, &held), 5, "nothing was done");
        let mut told = Vec::new();
        let renewed = reseal_by_recovery_key(&db, &key, &mut |part| told.push((part.done, part.left))).unwrap();
        assert_eq!(told, [(5, 0)]);
        assert_eq!(openable(&db, &held), 0);
        let again = reseal_by_recovery_key(&db, &key, &mut |_| ());
        assert!(matches!(again, Err(Error::Refused("staff-recovery-key-wrong"))));
        assert!(db.read(|r| staff::review_keys_by_recovery_key(r, &renewed)).is_ok());
    }
}
