//! What goes out beside a package: the note of whoever made the release, and what its change log calls cases.

use std::fs;

use super::{CONTINENT, COUNTRY, RELEASE, ZIP, codes, lines, waivers};
use crate::disclosure::{Report, Waivers, check};

/// The report on the folder of a release with these files beside its package.
fn released(beside: &[(&str, String)], waivers: &Waivers) -> Report {
    let folder = tempfile::tempdir().unwrap();
    fs::write(folder.path().join("casebook-1.0.zip"), ZIP.as_slice()).unwrap();
    fs::write(folder.path().join("SHA256SUMS"), "").unwrap();
    for (name, content) in beside {
        fs::write(folder.path().join(name), content).unwrap();
    }
    check(folder.path(), waivers).unwrap()
}

fn words(note: &str) -> [(&'static str, String); 1] {
    [("CHANGELOG.md", format!("# Release 1.0 of 2026-11-27\n\nThe first release. Cases: 9.\n\n{note}\n"))]
}

fn table(rows: &str) -> [(&'static str, String); 1] {
    let head = "case,change,revision_before,revision,title,end,reason,merged_into";
    [("changes.csv", format!("{head}\n{rows}"))]
}

/// What the files call a case.
fn title(case: &str) -> String {
    let documents = String::from_utf8(RELEASE["cases.jsonl"].clone()).unwrap();
    let mut documents = documents.lines().map(|line| serde_json::from_str::<serde_json::Value>(line).unwrap());
    documents.find(|document| document["id"] == case).unwrap()["title"]["text"].as_str().unwrap().to_owned()
}

// R15: the note goes out with the files, and is looked at as a stranger finds it.
#[test]
fn the_note_is_looked_at_as_well() {
    let noting = |note: &str| released(&words(note), &Waivers::none());
    let nothing = noting("With the accounts of 2026\\.");
    assert!(nothing.passes(), "{}", lines(&nothing));
    assert_eq!(nothing.hints, released(&[], &Waivers::none()).hints);

    let refused = noting("Thanks to jo\\.doe\\@city\\.example\\.");
    assert_eq!(codes(&refused), ["email"]);
    assert!(lines(&refused).starts_with("CHANGELOG.md:5: [email]"), "{}", lines(&refused));

    // A city that fits the case which tells its country, and is named by none.
    let refused = noting("With what they know in Dresden\\.");
    assert_eq!(codes(&refused), ["city"]);
    let waived = released(&words("With what they know in Dresden\\."), &waivers(&[("", "", "Dresden")]));
    assert!(waived.passes() && waived.waived_in_all[0].findings == 1, "{}", lines(&waived));
    assert_eq!(waived.waived_in_all[0].cases, 0);
    // This one a case names, which may be meant; and countries hide more than one.
    let told = noting("With what they know in Duisburg, and of Finland, see www\\.office\\.example\\.fi\\.");
    assert!(told.passes(), "{}", lines(&told));
    let hinted: Vec<&str> = told.hints.iter().map(|hint| hint.words.as_str()).collect();
    for words in ["Duisburg", "Finland", "www.office.example.fi"] {
        assert!(hinted.contains(&words), "{words}: {hinted:?}");
    }
}

// R15: a change log calls cases as the package does, and tells of no others.
#[test]
fn a_change_log_that_says_something_else_of_a_case_is_found() {
    let (known, other) = (title(COUNTRY), "Anna and the lamps");
    let line = |case: &str, title: &str| format!("## Changed\n\n- {case} {title} (revision 1 after 1)");
    let row = |case: &str, title: &str| format!("{case},changed,1,1,\"{title}\",,,\n");
    for whole in [words(&line(COUNTRY, &known)), table(&row(COUNTRY, &known))] {
        let report = released(&whole, &Waivers::none());
        assert!(report.passes(), "{}", lines(&report));
    }
    for (beside, code) in [
        (words(&line(COUNTRY, other)), "disagreement"),
        (table(&row(COUNTRY, other)), "disagreement"),
        (words(&line("00000009", other)), "disagreement"),
        (table(&row("00000009", other)), "disagreement"),
        (table(&format!("{CONTINENT},withdrawn,1,,,hidden,Anna did it,\n")), "form"),
        ([("changes.csv", "case,title\n".to_owned())], "form"),
        ([("notes.txt", "more".to_owned())], "unknown"),
    ] {
        let report = released(&beside, &Waivers::none());
        assert_eq!(codes(&report), [code], "{beside:?}: {}", lines(&report));
    }
    let gone = released(&table("00000009,withdrawn,1,,,hidden,legal_demand,\n"), &Waivers::none());
    assert!(gone.passes(), "of a case that is gone nothing is told: {}", lines(&gone));
}
