//! What a later edition or release must not tell, and what counts as a change.

use super::*;
use crate::{
    audit,
    cases::{
        derive_anew,
        document::Related,
        transfer::{self, Existing},
    },
    organisations::{self, Name, Organisation},
    testing::tamper,
};

fn related(case: &CaseId, kind: &str) -> Related {
    Related { case: case.clone(), kind: kind.parse().unwrap() }
}

/// R15, O8: an edition names no case that its snapshot does not hold, though the case is public by now; the next snapshot does.
#[test]
fn a_later_edition_names_no_case_that_came_after_its_snapshot() {
    let shelf = Shelf::new();
    let (known, later) = (shelf.tells("00000001", |_| ()), shelf.tells("00000002", |_| ()));
    let goes = shelf.tells("00000003", |_| ());
    shelf.tells("00000004", |document| {
        document.related = vec![related(&known, "same_vendor"), related(&later, "same_vendor")];
    });
    shelf.shows(&later, &Showing::Hidden("legal_demand".to_owned()));
    shelf.makes(None).unwrap();
    assert_eq!(shelf.holding("1.0", later.as_str()), [""; 0]);
    shelf.shows(&later, &Showing::Public);
    shelf.shows(&goes, &Showing::Hidden("legal_demand".to_owned()));
    assert_eq!(shelf.rebuilds("1.0").unwrap().version.to_string(), "1.1");
    assert_eq!(shelf.holding("1.1", later.as_str()), [""; 0]);
    let names = |version: &str, case: &CaseId| {
        let files = shelf.files(version);
        let (documents, relations) = (text(&files, "package/cases.jsonl"), text(&files, "package/case_related.csv"));
        let document = documents.lines().find(|line| line.contains("\"id\":\"00000004\"")).unwrap().to_owned();
        let row = relations.lines().any(|row| row.contains("00000004") && row.contains(case.as_str()));
        (document.contains(case.as_str()), row)
    };
    assert_eq!(names("1.1", &known), (true, true), "what the snapshot holds is still named");
    assert_eq!(names("1.1", &later), (false, false));
    shelf.makes(None).unwrap();
    assert_eq!(names("2.0", &later), (true, true), "the search finds the case where it is named");
}

/// R15: what a newer program only derives anew is told as no change; words that were taken out or are shown again are.
#[test]
fn what_is_only_derived_anew_is_no_change() {
    let shelf = Shelf::new();
    let (covered, lifted) = (shelf.tells("00000001", |_| ()), shelf.tells("00000002", |_| ()));
    shelf.redacts(&lifted, "lamps");
    shelf.makes(None).unwrap();
    let updates = || {
        tamper(&shelf.db, "UPDATE cases SET projected = 1");
        assert_eq!(derive_anew(&shelf.db, shelf.vocabulary(), &mut |_| ()).unwrap(), 9);
    };
    updates();
    assert!(shelf.makes(None).is_err(), "nothing that a reader could tell");
    assert_eq!(shelf.makes_anyway().counts, Counts::default());
    shelf.redacts(&covered, "lamps");
    let redaction = shelf.db.read(|r| redact::redactions(r, &lifted)).unwrap().remove(0);
    shelf.db.write(Actor::System, |tx| redact::lift(tx, shelf.vocabulary(), &lifted, &redaction.id)).unwrap();
    updates();
    let told = shelf.makes(None).unwrap();
    assert_eq!(told.counts, Counts { added: 0, changed: 2, withdrawn: 0 });
    let words = text(&shelf.files("3.0"), "CHANGELOG.md");
    for case in [&covered, &lifted] {
        assert!(words.contains(&format!("- {case} ")), "{words}");
    }
    assert_eq!(shelf.makes_anyway().counts, Counts::default());
}

/// R15: a release that would say nothing new is refused, and the one that says it is named; asked for all the same, it is made. Whatever the
/// change log tells is something new: a case that came, that was revised, whose words were taken out, that is gone. A release that is not handed
/// out says nothing.
#[test]
fn a_release_that_says_nothing_new_is_refused() {
    let shelf = Shelf::new();
    let (case, other) = (shelf.tells("00000001", |_| ()), shelf.tells("00000002", |_| ()));
    assert_eq!(shelf.told_by(), None, "of the first everything is new");
    shelf.makes(None).unwrap();
    let refused = shelf.makes(Some("The same again")).unwrap_err().to_string();
    let day = shelf.release("1.0").day;
    assert!(refused.contains(&format!("release 1.0 of {day} tells these cases already")), "{refused}");
    assert!(refused.contains("--anyway"), "{refused}");
    assert_eq!(shelf.told_by().as_deref(), Some("1.0"), "a trial is told the same");
    assert_eq!(fs::read_dir(shelf.folder.path()).unwrap().count(), 1, "no file is left of what was refused");
    assert_eq!(shelf.db.read(all).unwrap().len(), 1);
    assert_eq!(shelf.makes_anyway().version.to_string(), "2.0");

    shelf.tells("00000003", |_| ());
    assert_eq!(shelf.makes(None).unwrap().counts, Counts { added: 1, ..Counts::default() });
    shelf.revises(&case);
    assert_eq!(shelf.makes(None).unwrap().counts, Counts { changed: 1, ..Counts::default() });
    shelf.redacts(&case, "lamps");
    assert_eq!(shelf.makes(None).unwrap().counts, Counts { changed: 1, ..Counts::default() });
    assert_eq!(shelf.told_by().as_deref(), Some("5.0"));
    shelf.shows(&other, &Showing::Hidden("legal_demand".to_owned()));
    assert_eq!(shelf.told_by(), None);
    assert_eq!(shelf.rebuilds("5.0").unwrap().version.to_string(), "5.1");
    assert_eq!(shelf.told_by().as_deref(), Some("5.1"), "the edition that can be had is the one that says it");
    assert!(shelf.makes(None).unwrap_err().to_string().contains("release 5.1 of "));
}

/// R15: an instance that comes from an older program knows which of its cases were reworded: those that words were taken out of.
#[test]
fn rows_from_before_say_what_was_reworded() {
    let shelf = Shelf::new();
    let ids = ["00000001", "00000002", "00000003", "00000004"].map(|id| shelf.tells(id, |_| ()));
    shelf.redacts(&ids[3], "lamps");
    // Derived anew; lifted after a release; redacted and revised after it; redacted before the first release.
    for (id, (changed, revised, withheld)) in ids.iter().zip([(95, 93, 0), (95, 93, 94), (96, 96, 94), (95, 93, 0)]) {
        let set = format!("changed_in = {changed}, revised_in = {revised}, withheld_in = {withheld}, reworded_in = 0");
        tamper(&shelf.db, &format!("UPDATE cases SET {set} WHERE id = '{id}'"));
    }
    let migration = include_str!("../../../../../migrations/sqlite/0027_reworded/up.sql");
    let fills: Vec<&str> = migration.split(';').map(str::trim).filter(|sql| sql.starts_with("UPDATE")).collect();
    assert_eq!(fills.len(), 2);
    fills.iter().for_each(|fill| tamper(&shelf.db, fill));
    let listed = shelf.db.read(published::listed).unwrap();
    let reworded = ids.map(|id| listed.iter().find(|listed| listed.case == id).unwrap().reworded_in);
    assert_eq!(reworded, [0, 95, 94, 95]);
}

/// R15, M7: each time that a release is recalled, or handed out again, the log says so once; building anew says it as well, whoever was faster.
#[test]
fn the_log_says_once_that_a_release_was_recalled() {
    let shelf = Shelf::new();
    let case = shelf.tells("00000001", |_| ());
    let told = || {
        note_recalls(&shelf.db).unwrap();
        note_recalls(&shelf.db).unwrap();
        let lines = shelf.db.read(|r| audit::lines_after(r, 0, i64::MAX)).unwrap();
        let of_releases = lines.into_iter().filter(|line| line.subject_kind == "release");
        of_releases.map(|line| format!("{} {}", line.act, line.subject)).collect::<Vec<_>>()
    };
    shelf.makes(None).unwrap();
    assert_eq!(told(), ["dataset_released 1.0"]);
    for showing in [Showing::Hidden("legal_demand".to_owned()), Showing::Public] {
        shelf.shows(&case, &showing);
        told();
    }
    let expected = ["dataset_released 1.0", "release_recalled 1.0", "release_restored 1.0"];
    assert_eq!(told(), expected);
    shelf.shows(&case, &Showing::Hidden("legal_demand".to_owned()));
    shelf.rebuilds("1.0").unwrap();
    assert_eq!(told(), [&expected[..], &["release_recalled 1.0", "release_rebuilt 1.1"]].concat());
}

/// R15: whoever verifies a folder is told which release was signed; a valid signature of another one is no proof of the one that was meant.
#[test]
fn a_signature_of_another_release_is_told() {
    let shelf = Shelf::new();
    shelf.makes(None).unwrap();
    shelf.tells("00000001", |_| ());
    shelf.makes(None).unwrap();
    let (key, fetched) = (shelf.key.public(), tempfile::tempdir().unwrap());
    let place = fetched.path().join("2.0");
    fs::rename(shelf.folder.path().join("2.0"), &place).unwrap();
    let looks = |place: &Path, expected: Option<&str>| {
        let looked = verify_folder(place, &key, expected.map(|version| version.parse().unwrap())).unwrap();
        let faults: Vec<String> = looked.faults.iter().map(ToString::to_string).collect();
        (looked.signed.map(|signed| signed.version.to_string()), faults.join("; "))
    };
    for expected in [None, Some("2.0")] {
        assert_eq!(looks(&place, expected), (Some("2.0".to_owned()), String::new()));
    }
    let (signed, faults) = looks(&place, Some("1.0"));
    assert!(signed.as_deref() == Some("2.0") && faults.contains("is release 2.0, and not 1.0"), "{faults}");
    let renamed = fetched.path().join("3.0");
    fs::rename(&place, &renamed).unwrap();
    assert!(looks(&renamed, Some("3.0")).1.contains("is release 2.0, and not 3.0"));
    assert_eq!(looks(&renamed, None), (Some("2.0".to_owned()), String::new()), "a folder may be called anything");
    let called = |expected: Option<Version>| verify_folder(&renamed, &key, expected).unwrap().called;
    assert_eq!((called(None), called("2.0".parse().ok())), ("3.0".parse().ok(), None));
    let plain = fetched.path().join("downloads");
    fs::rename(&renamed, &plain).unwrap();
    assert_eq!(looks(&plain, None).1, "");
    assert_eq!(verify_folder(&plain, &key, None).unwrap().called, None);
    fs::rename(plain.join("casebook-2.0.zip"), plain.join("casebook-3.0.zip")).unwrap();
    let (signed, faults) = looks(&plain, None);
    assert_eq!(signed.as_deref(), Some("2.0"), "it says so although the files do not fit");
    assert!(faults.contains("does not stand in SHA256SUMS; what was signed is release 2.0"), "{faults}");

    let sums = fs::read(plain.join(SUMS)).unwrap();
    fs::write(plain.join(SIGNATURE), shelf.key.sign(&sums, "a shopping list")).unwrap();
    let (signed, faults) = looks(&plain, None);
    assert!(signed.is_none() && faults.contains("is no release: a shopping list"), "{faults}");
    fs::write(plain.join(SUMS), vec![b'x'; 1024 * 1024 + 1]).unwrap();
    assert!(looks(&plain, None).1.contains("is larger than any list of checksums"));
}

/// Puts another name of an organisation in place of another one, in whatever stands for it in JSON.
fn naming(document: &mut Document, from: &str, to: &str) {
    let text = serde_json::to_string(document).unwrap();
    assert!(text.contains(&format!("\"{from}\"")), "the search finds the organisation where it is");
    *document = serde_json::from_str(&text.replace(&format!("\"{from}\""), &format!("\"{to}\""))).unwrap();
}

/// R15, O8: a name of an organisation that left the record recalls every release that tells it, though the case names another one by now. A
/// further name, or one that is kept as an earlier one, recalls nothing. A new usual name changes no case: the next release tells it, where one is
/// asked for all the same.
#[test]
fn a_name_that_left_the_record_recalls_what_tells_it() {
    let shelf = Shelf::new();
    let told = "Quandlberg Systems";
    let mut record = shelf.db.read(|r| organisations::find(r, &"o_huawei".parse().unwrap())).unwrap().unwrap();
    record.id = "o_quandlberg".parse().unwrap();
    let imports = |names: &[&str]| {
        let names = names.iter().map(|name| Name { name: (*name).to_owned(), from: None, to: None });
        let record = serde_json::to_string(&Organisation { names: names.collect(), ..record.clone() }).unwrap();
        let line = format!("{{\"record\":\"organisation\",{}\n", record.strip_prefix('{').unwrap());
        let file = transfer::read("names", Box::new(|| Ok(Box::new(line.as_bytes()))), shelf.vocabulary()).unwrap();
        let (actor, existing) = (Actor::CommandLine, Existing::Replace);
        transfer::import(&shelf.db, shelf.vocabulary(), &file, existing, &actor, &mut |_| ()).unwrap();
    };
    imports(&[told]);
    let case = shelf.tells("00000001", |document| naming(document, "o_huawei", "o_quandlberg"));
    shelf.makes(None).unwrap();
    assert!(shelf.holding("1.0", told).contains(&"package/involvements.csv".to_owned()), "where the name is told");
    imports(&["Quandlberg", told]);
    let refused = shelf.makes(None).unwrap_err().to_string();
    assert!(refused.contains("no case was added") && refused.contains("a new name of an organisation"), "{refused}");
    assert_eq!(shelf.makes_anyway().counts, Counts::default());
    assert!(!text(&shelf.files("2.0"), "package/involvements.csv").contains(told), "the new name stands there");
    let mut document = shelf.db.read(|r| published::find(r, &case, published::Eyes::Moderator)).unwrap().document;
    naming(&mut document, "o_quandlberg", "o_huawei");
    document.revision = 2;
    let checked = shelf.vocabulary().check(document).unwrap();
    shelf.db.write(Actor::System, |tx| revise(tx, shelf.vocabulary(), &checked, 1, None)).unwrap();

    for names in [&[told, "Quandlberg"][..], &["Quandlberg", told], &["Quandlberg", told, "QS"]] {
        imports(names);
        assert_eq!(shelf.release("1.0").state, State::Current, "{names:?}");
    }
    imports(&["Quandlberg"]);
    assert_eq!(shelf.release("1.0").state, State::Recalled { cases: 1 });
    let made = shelf.rebuilds("1.0").unwrap();
    assert_eq!(made.counts, Counts { added: 0, changed: 1, withdrawn: 0 });
    assert_eq!(shelf.holding("1.1", told), [""; 0]);
    assert!(!shelf.holding("1.1", "o_quandlberg").is_empty(), "the revision is the one that was cited");
}
