//! The chain of what staff did: read, and checked. Lines are written by the transaction itself (`db::outbox`).

mod store;

use crate::{
    Result,
    clock::Day,
    db::{
        Reading, Unrecorded,
        outbox::{Line, note_hash},
    },
};

/// A line of the chain.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct AuditLine {
    /// Counts from one.
    pub sequence: i64,
    /// The day, or the quarter where the day would tell too much.
    pub happened: String,
    /// Alias of who did it.
    pub actor: String,
    /// Code of the act.
    pub act: String,
    /// What kind of thing it was done to.
    pub subject_kind: String,
    /// Its id.
    pub subject: String,
    /// Code of the reason.
    pub reason: Option<String>,
    /// Hash of the free text beside the line.
    pub note_hash: Option<String>,
    /// Hash over the line before and this one.
    pub hash: String,
}

/// The last line's number and hash.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Head {
    /// How many lines there are.
    pub sequence: i64,
    /// The hash of the last one.
    pub hash: String,
}

/// What a check of the chain found.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Verdict {
    /// Every line follows from the one before, and the head is the last line's.
    Whole(Head),
    /// The first line that does not.
    Broken {
        /// Its number, or that of the missing one.
        sequence: i64,
        /// What is wrong, in words.
        reason: &'static str,
    },
}

/// Lines after `after`, oldest first, at most `most` of them.
///
/// # Errors
/// Those of the database.
pub fn lines_after(r: &mut Reading, after: i64, most: i64) -> Result<Vec<AuditLine>> {
    store::lines_after(r, after, most)
}

/// Lines of some acts, and for some reason.
#[derive(Debug, Clone, Copy, Default)]
pub struct Selection<'a> {
    /// Codes of the acts.
    pub acts: &'a [&'a str],
    /// Code of the reason; none for whatever reason.
    pub reason: Option<&'a str>,
    /// An act and when it happened: its lines of that time are left out.
    pub but: Option<(&'a str, &'a str)>,
}

/// The order of lines.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Order {
    /// The last line first.
    Latest,
    /// The last quarter first, within it in the order of the subjects' random ids, which tells nothing of when.
    Quarters,
}

/// Some of the lines of a selection, after leaving out the first `skip` of them.
///
/// # Errors
/// Those of the database.
pub fn select(r: &mut Reading, selection: Selection<'_>, order: Order, skip: i64, most: i64) -> Result<Vec<AuditLine>> {
    store::select(r, selection, order, skip, most)
}

/// How many lines a selection has.
///
/// # Errors
/// Those of the database.
pub fn count(r: &mut Reading, selection: Selection<'_>) -> Result<i64> {
    store::count(r, selection)
}

/// How often an act was done, by when and for which reason.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Tally {
    /// Code of the act.
    pub act: String,
    /// The day or the quarter.
    pub happened: String,
    /// Code of the reason.
    pub reason: Option<String>,
    /// How often.
    pub count: i64,
}

/// Counts acts.
///
/// # Errors
/// Those of the database.
pub fn tally(r: &mut Reading, acts: &[&str]) -> Result<Vec<Tally>> {
    store::tally(r, acts)
}

/// The number of the line with this hash: whoever noted it down once can see whether the chain still holds it.
///
/// # Errors
/// Those of the database.
pub fn line_of_hash(r: &mut Reading, hash: &str) -> Result<Option<i64>> {
    store::line_of_hash(r, hash)
}

/// Erases what was noted in free text beside the acts on a subject. The lines and the chain stay.
///
/// # Errors
/// Those of the database.
pub fn erase_notes(tx: &mut Unrecorded, subject_kind: &str, subject: &str) -> Result<()> {
    store::erase_notes(tx, subject_kind, subject)
}

/// The newest day that a line tells.
///
/// # Errors
/// Those of the database.
pub fn newest_day(r: &mut Reading) -> Result<Option<Day>> {
    Ok(store::newest_day(r)?.and_then(|day| day.parse().ok()))
}

/// The head of the chain.
///
/// # Errors
/// Those of the database.
pub fn head(r: &mut Reading) -> Result<Head> {
    store::head(r)
}

/// Walks the whole chain: a changed, removed, added or swapped line breaks it. A note that was erased does not; one that was changed does.
///
/// # Errors
/// Those of the database.
pub fn verify(r: &mut Reading) -> Result<Verdict> {
    const BATCH: i64 = 1000;
    let head = store::head(r)?;
    let (mut sequence, mut hash) = (0, String::new());
    loop {
        let lines = store::lines_after(r, sequence, BATCH)?;
        if lines.is_empty() {
            break;
        }
        for line in lines {
            if line.sequence != sequence + 1 {
                return Ok(Verdict::Broken { sequence: sequence + 1, reason: "a line is missing" });
            }
            if line.computed_hash(&hash) != line.hash {
                return Ok(Verdict::Broken {
                    sequence: line.sequence,
                    reason: "the line was changed or does not follow the one before",
                });
            }
            (sequence, hash) = (line.sequence, line.hash);
        }
    }
    if (sequence, &hash) != (head.sequence, &head.hash) {
        return Ok(Verdict::Broken { sequence: sequence + 1, reason: "the chain does not end where its head says" });
    }
    for (sequence, expected, salt, note) in store::notes(r)? {
        if expected.as_deref() != Some(&note_hash(&salt, &note)) {
            return Ok(Verdict::Broken { sequence, reason: "the note beside the line was changed" });
        }
    }
    Ok(Verdict::Whole(head))
}

impl AuditLine {
    fn computed_hash(&self, before: &str) -> String {
        Line {
            sequence: self.sequence,
            happened: &self.happened,
            actor: &self.actor,
            act: &self.act,
            subject_kind: &self.subject_kind,
            subject: &self.subject,
            reason: self.reason.as_deref(),
            note_hash: self.note_hash.as_deref(),
        }
        .hash(before)
    }
}

#[cfg(test)]
mod tests {
    use diesel::{prelude::*, sql_query, sql_types};

    use super::*;
    use crate::{
        db::{
            Actor, Database, each_backend,
            outbox::{Act, Entry},
            schema::audit_lines,
        },
        testing::TestDatabase,
    };

    struct Hidden(&'static str);

    impl Act for Hidden {
        fn entry(&self) -> Entry {
            Entry::new("case_hidden", "case", self.0).because("names_private_person").noting(Some("a note".into()))
        }
    }

    fn with_three_lines() -> TestDatabase {
        let db = TestDatabase::open();
        for case in ["AAAAAAAA", "BBBBBBBB", "CCCCCCCC"] {
            db.write(Actor::System, |tx| {
                tx.record(&Hidden(case));
                Ok(())
            })
            .unwrap();
        }
        db
    }

    fn verdict(db: &Database) -> Verdict {
        db.read(verify).unwrap()
    }

    #[test]
    fn an_untouched_chain_is_whole() {
        let db = with_three_lines();
        assert!(matches!(verdict(&db), Verdict::Whole(Head { sequence: 3, .. })));
    }

    #[test]
    fn a_changed_line_shows() {
        let db = with_three_lines();
        db.write(Actor::System, |tx| {
            diesel::update(audit_lines::table.find(2)).set(audit_lines::subject.eq("DDDDDDDD")).execute(tx.conn())?;
            Ok(())
        })
        .unwrap();
        assert!(matches!(verdict(&db), Verdict::Broken { sequence: 2, .. }));
    }

    #[test]
    fn a_removed_last_line_shows() {
        let db = with_three_lines();
        db.write(Actor::System, |tx| {
            diesel::delete(crate::db::schema::audit_notes::table.find(3)).execute(tx.conn())?;
            diesel::delete(audit_lines::table.find(3)).execute(tx.conn())?;
            Ok(())
        })
        .unwrap();
        assert!(matches!(verdict(&db), Verdict::Broken { sequence: 3, .. }));
    }

    fn mend(db: &Database, change: impl Fn(&mut crate::db::Writing) -> Result<()>) {
        db.write(Actor::System, |tx| change(tx)).unwrap();
    }

    #[test]
    fn a_removed_line_in_the_middle_shows() {
        let db = with_three_lines();
        mend(&db, |tx| {
            diesel::delete(crate::db::schema::audit_notes::table.find(2)).execute(tx.conn())?;
            diesel::delete(audit_lines::table.find(2)).execute(tx.conn())?;
            Ok(())
        });
        assert!(matches!(verdict(&db), Verdict::Broken { sequence: 2, reason: "a line is missing" }));
    }

    #[test]
    fn two_swapped_lines_show() {
        let db = with_three_lines();
        mend(&db, |tx| {
            diesel::delete(crate::db::schema::audit_notes::table).execute(tx.conn())?;
            for (from, to) in [(2, 9), (3, 2), (9, 3)] {
                diesel::update(audit_lines::table.find(from)).set(audit_lines::sequence.eq(to)).execute(tx.conn())?;
            }
            Ok(())
        });
        assert!(matches!(verdict(&db), Verdict::Broken { sequence: 2, .. }));
    }

    #[test]
    fn notes_beside_the_acts_on_one_subject_are_erased_and_the_chain_stays_whole() {
        let db = with_three_lines();
        mend(&db, |tx| erase_notes(tx, "case", "BBBBBBBB"));
        let left: i64 = db.read(|r| Ok(crate::db::schema::audit_notes::table.count().get_result(r.conn())?)).unwrap();
        assert_eq!(left, 2);
        assert!(matches!(verdict(&db), Verdict::Whole(_)));
    }

    #[test]
    fn lines_are_selected_counted_and_found_by_their_hash() {
        let db = with_three_lines();
        let some = Selection { acts: &["case_hidden"], reason: Some("names_private_person"), but: None };
        db.read(|r| {
            assert_eq!((count(r, some)?, count(r, Selection { reason: Some("duplicate"), ..some })?), (3, 0));
            let lines = select(r, some, Order::Latest, 1, 1)?;
            assert_eq!((lines.len(), lines[0].sequence), (1, 2));
            assert_eq!(select(r, some, Order::Quarters, 0, 9)?[0].subject, "AAAAAAAA");
            assert_eq!(line_of_hash(r, &lines[0].hash)?, Some(2));
            assert_eq!(line_of_hash(r, "0")?, None);
            assert_eq!(tally(r, &["case_hidden"])?[0].count, 3);
            Ok(())
        })
        .unwrap();
    }

    #[derive(QueryableByName)]
    struct Told {
        #[diesel(sql_type = sql_types::Text)]
        detail: String,
    }

    /// R6: whoever reads the feed of releases has not every line of the chain walked. PostgreSQL walks a short one all the same, so there the index is
    /// looked for.
    #[test]
    fn lines_of_some_acts_are_found_by_an_index() {
        let db = with_three_lines();
        let (sql, expected) = if db.is_sqlite() {
            let asked = "SELECT * FROM audit_lines WHERE act IN ('a', 'b') ORDER BY sequence DESC LIMIT 9 OFFSET 0";
            (format!("EXPLAIN QUERY PLAN {asked}"), "SEARCH audit_lines USING INDEX audit_lines_by_act (act=?)")
        } else {
            let of_chain = "schemaname = current_schema() AND tablename = 'audit_lines'";
            (format!("SELECT indexdef AS detail FROM pg_indexes WHERE {of_chain}"), "(act, sequence)")
        };
        let told = db.read(|r| Ok(each_backend!(r.conn(), |c| sql_query(sql.as_str()).load::<Told>(c))?)).unwrap();
        let told: Vec<String> = told.into_iter().map(|told| told.detail).collect();
        assert!(told.iter().any(|detail| detail.contains(expected)), "{told:?}");
    }

    #[test]
    fn an_erased_note_leaves_the_chain_whole_and_a_changed_one_does_not() {
        use crate::db::schema::audit_notes;
        let db = with_three_lines();
        db.write(Actor::System, |tx| Ok(diesel::delete(audit_notes::table.find(1)).execute(tx.conn())?)).unwrap();
        assert!(matches!(verdict(&db), Verdict::Whole(_)));
        db.write(Actor::System, |tx| {
            Ok(diesel::update(audit_notes::table.find(2)).set(audit_notes::note.eq("another")).execute(tx.conn())?)
        })
        .unwrap();
        assert!(matches!(verdict(&db), Verdict::Broken { sequence: 2, .. }));
    }

    #[test]
    fn a_failed_transaction_leaves_no_line() {
        let db = TestDatabase::open();
        let failed: Result<()> = db.write(Actor::System, |tx| {
            tx.record(&Hidden("AAAAAAAA"));
            Err(crate::Error::NotFound)
        });
        assert!(failed.is_err());
        assert_eq!(db.read(head).unwrap().sequence, 0);
    }
}
