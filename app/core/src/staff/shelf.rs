//! The places where envelopes lie that are sealed to the review key, and how those under retired keys are sealed anew.

use super::{ReviewKeys, lock_review_key};
use crate::{
    Result,
    db::{Reading, Unrecorded},
    ids::ReviewKeyId,
    seal::{self, Envelope},
};

/// A place where envelopes lie that are sealed to the review key.
pub trait Shelf {
    /// What names one of them.
    type Row;
    /// The purpose that they are sealed for; see [`seal::seal`].
    const PURPOSE: &'static str;

    /// Where an envelope belongs; see [`seal::seal`].
    fn place(row: &Self::Row) -> String;

    /// How many of them begin like this; see [`Envelope::beginning`].
    ///
    /// # Errors
    /// Those of the database.
    fn count(r: &mut Reading, beginning: &str) -> Result<usize>;

    /// The next `most` of those that begin like this, past the first `passed`, in an order that stays.
    ///
    /// # Errors
    /// Those of the database.
    fn part(r: &mut Reading, beginning: &str, passed: usize, most: usize) -> Result<Vec<(Self::Row, Envelope)>>;

    /// Stores one in place of `old`, sealed to this key, unless that was destroyed or replaced since it was read.
    ///
    /// # Errors
    /// Those of the database.
    fn replace(tx: &mut Unrecorded, row: &Self::Row, old: &Envelope, anew: &Anew) -> Result<()>;
}

/// An envelope that was sealed anew.
#[derive(Debug)]
pub struct Anew {
    /// The key in use.
    pub key: ReviewKeyId,
    /// What is sealed to it.
    pub envelope: Envelope,
}

/// How many envelopes on a shelf begin like one of these.
///
/// # Errors
/// Those of the database.
pub fn count_sealed_to<S: Shelf>(r: &mut Reading, beginnings: &[String]) -> Result<usize> {
    beginnings.iter().map(|beginning| S::count(r, beginning)).sum()
}

/// Seals anew to the review key in use at most `most` of the envelopes on a shelf that lie under retired ones, and says how many that were.
/// A damaged one opens for nobody: it stays, takes nothing of `most`, and a count goes on to tell of it.
///
/// # Errors
/// Those of the database.
pub fn reseal<S: Shelf>(tx: &mut Unrecorded, keys: &ReviewKeys, most: usize) -> Result<usize> {
    let mut done = 0;
    for beginning in keys.retired_beginnings() {
        let mut passed = 0;
        while done < most {
            let part = S::part(tx, &beginning, passed, most - done)?;
            if part.is_empty() {
                break;
            }
            for (row, envelope) in part {
                if reseal_one::<S>(tx, keys, &row, &envelope)? {
                    done += 1;
                } else {
                    passed += 1;
                }
            }
        }
    }
    Ok(done)
}

/// Says whether it opened.
fn reseal_one<S: Shelf>(tx: &mut Unrecorded, keys: &ReviewKeys, row: &S::Row, envelope: &Envelope) -> Result<bool> {
    let place = S::place(row);
    let Ok(text) = keys.open(S::PURPOSE, &place, envelope) else { return Ok(false) };
    let recipient = lock_review_key(tx)?;
    let anew = seal::seal(&recipient.public_key, S::PURPOSE, &place, &text, tx.random())?;
    S::replace(tx, row, envelope, &Anew { key: recipient.id, envelope: anew })?;
    Ok(true)
}
