//! Derives anew what an older program derived: after an update of the program, before anything is answered.

use super::{publish::Vocabulary, redact, store};
use crate::{
    Result,
    db::{Actor, Database, Reading, Writing},
    limits,
};

/// How many cases an older program derived.
///
/// # Errors
/// Those of the database.
pub fn outdated(r: &mut Reading) -> Result<i64> {
    store::outdated::count(r)
}

/// Derives these cases anew, hidden ones too, and tells `progress` after each batch how many are done. Where it is cut off, the next call
/// goes on.
///
/// # Errors
/// Those of the database.
pub fn derive_anew(db: &Database, vocabulary: Vocabulary<'_>, progress: &mut dyn FnMut(usize)) -> Result<usize> {
    let (mut after, mut done) = (-1, 0);
    loop {
        let batch = db.write(Actor::System, |tx| batch(tx, vocabulary, after))?;
        let Some(last) = batch.last else { return Ok(done) };
        after = last;
        done += batch.cases;
        progress(done);
    }
}

/// What a batch did.
struct Batch {
    cases: usize,
    /// The number of its last case.
    last: Option<i32>,
}

fn batch(tx: &mut Writing, vocabulary: Vocabulary<'_>, after: i32) -> Result<Batch> {
    let cases = store::outdated::some(tx, after, i64::try_from(limits::BATCH).unwrap_or(i64::MAX))?;
    for (_, id) in &cases {
        redact::project_anew(tx, vocabulary, id)?;
    }
    Ok(Batch { cases: cases.len(), last: cases.last().map(|(ordinal, _)| *ordinal) })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{
        cases::{Showing, seeds, set_visibility},
        codebook::Codebook,
        places::Gazetteer,
        testing::{TestDatabase, dump, tamper},
    };

    fn derived(db: &Database) -> Vec<(String, String)> {
        let mut cells = dump(db);
        cells.retain(|(column, _)| column.starts_with("case_values.") || column == "cases.projected");
        cells.sort();
        cells
    }

    /// R4: after an update, what an older program derived is what this one derives, of hidden cases too; nothing is done twice.
    #[test]
    fn what_an_older_program_derived_is_derived_anew() {
        let (db, codebook, gazetteer) = (TestDatabase::open(), Codebook::embedded(), Gazetteer::embedded());
        let vocabulary = Vocabulary { codebook: &codebook, gazetteer: &gazetteer };
        seeds::plant(&db, vocabulary, true).unwrap();
        let (id, hidden) = ("7K2MQX4T".parse().unwrap(), Showing::Hidden("names_private_person".to_owned()));
        db.write(Actor::System, |tx| set_visibility(tx, &id, &hidden)).unwrap();
        let before = derived(&db);
        assert!(before.iter().any(|(column, code)| column == "case_values.reliability" && code == "established"));
        assert_eq!(derive_anew(&db, vocabulary, &mut |_| ()).unwrap(), 0, "this program derived them all");
        tamper(&db, "UPDATE cases SET projected = 1");
        tamper(&db, "UPDATE case_values SET reliability = NULL, status = NULL");
        assert_ne!(derived(&db), before);
        assert_eq!(db.read(outdated).unwrap(), 7);
        let mut told = Vec::new();
        assert_eq!(derive_anew(&db, vocabulary, &mut |done| told.push(done)).unwrap(), 7);
        assert_eq!((told, db.read(outdated).unwrap()), (vec![7], 0));
        assert_eq!(derived(&db), before);
    }
}
