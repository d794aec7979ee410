//! All or nothing: what an import shows while it goes on, and what one leaves behind that came to no end.

use std::{
    panic::{AssertUnwindSafe, catch_unwind},
    sync::{
        Arc,
        atomic::{AtomicUsize, Ordering},
    },
};

use super::*;
use crate::{
    cases::{put_organisations, seeds::plant},
    codebook::Codebook,
    places::Gazetteer,
    testing::{TestDatabase, dump},
};

/// Seven cases with their organisations, as a file; the second case has two revisions.
struct Desk {
    codebook: Arc<Codebook>,
    gazetteer: Arc<Gazetteer>,
    whole: String,
}

impl Desk {
    fn open() -> Self {
        let (codebook, gazetteer) = (Codebook::embedded(), Gazetteer::embedded());
        let from = TestDatabase::open();
        plant(&from, Vocabulary { codebook: &codebook, gazetteer: &gazetteer }, true).unwrap();
        let mut lines: Vec<String> = exported(&from).lines().map(|line| format!("{line}\n")).collect();
        let second = lines.iter().position(|line| line.starts_with(CASE)).unwrap() + 1;
        lines.insert(second + 1, lines[second].replacen("\"revision\":1,", "\"revision\":2,", 1));
        assert_ne!(lines[second], lines[second + 1]);
        Self { whole: lines.concat(), codebook, gazetteer }
    }

    fn vocabulary(&self) -> Vocabulary<'_> {
        Vocabulary { codebook: &self.codebook, gazetteer: &self.gazetteer }
    }

    fn file(&self) -> CheckedFile<'_> {
        self.changing(&self.whole)
    }

    /// The file, which says something else when it is read to be written.
    fn changing<'a>(&'a self, later: &'a str) -> CheckedFile<'a> {
        let opened = AtomicUsize::new(0);
        let open: Box<Opener<'_>> = Box::new(move || {
            let text = if opened.fetch_add(1, Ordering::Relaxed) == 0 { &self.whole } else { later };
            Ok(Box::new(text.as_bytes()) as Box<dyn BufRead>)
        });
        let file = read("whole", open, self.vocabulary()).unwrap();
        // The second revision comes in another transaction than the first.
        CheckedFile { batch: 2, ..file }
    }

    fn without_the_last_case(&self) -> String {
        self.whole.trim_end().rsplit_once('\n').unwrap().0.to_owned() + "\n"
    }

    fn imports(
        &self,
        db: &Database,
        file: &CheckedFile<'_>,
        existing: Existing,
        progress: &mut dyn FnMut(usize),
    ) -> Result<Imported> {
        import(db, self.vocabulary(), file, existing, &Actor::CommandLine, progress)
    }

    /// All that an import writes that nothing disturbs.
    fn undisturbed(&self) -> Vec<(String, String)> {
        let db = TestDatabase::open();
        self.imports(&db, &self.file(), Existing::Refuse, &mut |_| ()).unwrap();
        let rows = written(&db);
        for column in ["organisations.record", "organisation_names.folded", "case_sources.record", "jobs.kind"] {
            assert!(rows.iter().any(|(name, _)| name == column), "an import writes {column}");
        }
        rows
    }
}

fn exported(db: &Database) -> String {
    let mut bytes = Vec::new();
    export(db, &mut bytes).unwrap();
    String::from_utf8(bytes).unwrap()
}

/// Every cell of an import: organisations, cases and all that hangs on them, lines in the log and waiting work; but for when it was.
fn written(db: &Database) -> Vec<(String, String)> {
    let is_import = |column: &str| {
        let of_rows = ["organisations.", "organisation_names.", "cases.", "case_"];
        let is_row = of_rows.iter().any(|table| column.starts_with(table)) && !column.ends_with("_in");
        is_row || matches!(column, "audit_lines.act" | "audit_lines.subject" | "jobs.kind")
    };
    let mut cells: Vec<_> = dump(db).into_iter().filter(|(column, _)| is_import(column)).collect();
    cells.sort();
    cells
}

#[test]
fn while_an_import_goes_on_nobody_sees_its_cases_or_its_organisations() {
    let desk = Desk::open();
    let file = desk.file();
    let mut there = file.organisations.first().unwrap().clone();
    there.names.truncate(1);
    there.parent = None;
    "Before".clone_into(&mut there.names[0].name);
    let new = file.organisations.last().unwrap().clone();
    let db = TestDatabase::open();
    db.write(Actor::System, |tx| put_organisations(tx, std::slice::from_ref(&there))).unwrap();
    let before = exported(&db);
    let mut looks = 0;
    desk.imports(&db, &file, Existing::Replace, &mut |done| {
        // The last call comes when all of it is to be seen.
        if looks == 0 {
            assert_eq!(done, 2);
            assert_eq!(exported(&db), before, "what is on record stays as it was");
            assert!(db.read(|r| organisations::find(r, &new.id)).unwrap().is_none());
            assert!(db.read(|r| organisations::of_name(r, new.name())).unwrap().is_empty());
            assert!(db.read(published::ids).unwrap().is_empty());
            let id = file.first_revisions.keys().min().unwrap();
            for eyes in [published::Eyes::Public, published::Eyes::Moderator] {
                let found = db.read(|r| published::find(r, id, eyes));
                assert!(matches!(found, Err(Error::NotFound)), "and it is not gone either");
            }
            let shown = db.write(Actor::System, |tx| publish::set_visibility(tx, id, &publish::Showing::Public));
            assert!(matches!(shown, Err(Error::NotFound)), "nobody shows half of an import");
            assert!(db.read(|r| store::is_taken(r, id)).unwrap(), "but nobody else gets the id");
            let waiting = |column: &str| dump(&db).iter().filter(|(name, _)| name == column).count();
            assert_eq!((waiting("cases.id"), waiting("organisations.id")), (2, file.organisations.len()));
        }
        looks += 1;
    })
    .unwrap();
    assert!(looks > 1);
    assert_eq!(exported(&db), desk.whole);
    assert_eq!(db.read(|r| organisations::of_name(r, new.name())).unwrap(), [new]);
}

#[test]
fn an_import_that_fails_half_way_leaves_nothing_and_the_next_one_is_as_if_it_had_never_been() {
    let desk = Desk::open();
    let db = TestDatabase::open();
    let organisation = desk.whole.lines().next().unwrap();
    for (later, cases) in [
        (desk.without_the_last_case(), 6),
        (desk.whole.replacen("partnership", "friendship", 1), 7),
        (desk.whole.replacen(organisation, &organisation.replacen("\"name\":\"", "\"name\":\"The ", 1), 1), 7),
    ] {
        let mut most = 0;
        let changing = desk.changing(&later);
        let failed = desk.imports(&db, &changing, Existing::Refuse, &mut |done| most = most.max(done));
        let said = failed.unwrap_err().to_string();
        assert!(said.contains("whole: the file was changed while it was imported"), "{said}");
        assert_eq!(most, cases, "cases were written by then");
        assert_eq!(written(&db), written(&TestDatabase::open()));
    }
    // At once, without --replace.
    let again = desk.imports(&db, &desk.file(), Existing::Refuse, &mut |_| ()).unwrap();
    assert_eq!(again.cases, 7);
    assert_eq!(written(&db), desk.undisturbed());
}

#[test]
fn an_import_that_was_killed_leaves_nothing_that_anybody_sees_or_that_stands_in_the_way() {
    let desk = Desk::open();
    let file = desk.file();
    let db = TestDatabase::open();
    let killed = catch_unwind(AssertUnwindSafe(|| {
        desk.imports(&db, &file, Existing::Refuse, &mut |_| panic!("killed")).map(drop)
    }));
    assert!(killed.is_err());
    assert!(written(&db).iter().any(|(column, _)| column == "cases.id"), "it had come half way");
    assert_eq!(exported(&db), "");
    let again = || desk.imports(&db, &file, Existing::Refuse, &mut |_| ());
    let refused = again().unwrap_err().to_string();
    assert!(refused.contains("another import is going on, or was broken off"), "{refused}");
    assert_eq!(plant(&db, desk.vocabulary(), true).unwrap().cases, 0, "whoever imports brings the first cases");
    db.clock.advance(TimeDelta::minutes(1));
    assert_eq!(again().unwrap().cases, 7);
    assert_eq!(exported(&db), desk.whole);
    assert_eq!(written(&db), desk.undisturbed());
}

#[test]
fn what_a_killed_import_left_is_taken_back_without_another_import() {
    let desk = Desk::open();
    let file = desk.file();
    let db = TestDatabase::open();
    let nothing = written(&db);
    let killed = catch_unwind(AssertUnwindSafe(|| {
        desk.imports(&db, &file, Existing::Refuse, &mut |_| panic!("killed")).map(drop)
    }));
    assert!(killed.is_err());
    take_back_broken_off(&db).unwrap();
    assert_ne!(written(&db), nothing, "for half a minute nobody knows that it will not go on");
    db.clock.advance(TimeDelta::minutes(1));
    for _ in 0..2 {
        take_back_broken_off(&db).unwrap();
        assert_eq!(written(&db), nothing);
    }
    assert_eq!(desk.imports(&db, &file, Existing::Refuse, &mut |_| ()).unwrap().cases, 7, "at once");
    take_back_broken_off(&db).unwrap();
    assert_eq!(exported(&db), desk.whole);
}

#[test]
fn an_import_that_lost_its_lease_leaves_what_is_there_to_whoever_took_it() {
    let desk = Desk::open();
    let later = desk.without_the_last_case();
    let file = desk.changing(&later);
    let db = TestDatabase::open();
    let other = Lease::new(&db, IMPORTING, SPAN);
    let failed = desk.imports(&db, &file, Existing::Refuse, &mut |_| {
        db.clock.advance(TimeDelta::minutes(1));
        assert!(other.hold().unwrap());
    });
    assert!(failed.is_err());
    assert!(written(&db).iter().any(|(column, _)| column == "cases.id"), "they may be those of the other one");
    assert!(db.read(|r| crate::jobs::is_lease_held(r, IMPORTING)).unwrap(), "nor is its lease given up");
}
