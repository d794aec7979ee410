//! A release is made of the first cases and two accounts, and passes. Then it is spoiled in one way after the other, in table and document
//! alike, and refused for it.

mod beside;
mod place;
mod release;

use std::{fs, io::Write, path::Path};

use serde_json::json;

use self::release::{CONTINENT, COUNTRY, Package, RELEASE, ZIP, described, looked_at, saying, spoiled};
use super::*;

fn codes(report: &Report) -> Vec<&'static str> {
    let mut codes: Vec<&str> = report.findings.iter().map(|finding| finding.code.code()).collect();
    codes.sort_unstable();
    codes.dedup();
    codes
}

fn lines(report: &Report) -> String {
    report.findings.iter().map(|finding| format!("{finding}\n")).collect()
}

// R15: what a release tells is looked at before it goes out. The control of all that follows: what the program publishes passes.
#[test]
fn what_the_program_publishes_passes() {
    let folder = tempfile::tempdir().unwrap();
    let zip = folder.path().join("release.zip");
    fs::write(&zip, ZIP.as_slice()).unwrap();
    for report in [check(&zip, &Waivers::none()).unwrap(), looked_at(&RELEASE, &Waivers::none()).unwrap()] {
        assert!(report.passes(), "{}", lines(&report));
        assert_eq!((report.cases, report.unnamed), (9, 2));
        let shared: Vec<&str> = report.small_groups.iter().map(|group| group.shared.as_str()).collect();
        assert_eq!(shared, ["DE, 500k_1500k, o_huawei, 2018", "EU, 500k_1500k, o_huawei, 2016"]);
    }
    assert!(
        looked_at(&described(RELEASE.clone()), &Waivers::none()).unwrap().passes(),
        "the way of these tests spoils nothing"
    );
}

// R15: names, figures, dates, sums and countries in words of people.
#[test]
fn words_that_tell_the_place_are_found_however_they_are_written() {
    for (case, words, code) in [
        (COUNTRY, "as they do in Duesseldorf", "city"),
        (COUNTRY, "as the Düsseldorfer say", "city"),
        (COUNTRY, "see www.stadt-duisburg.example/huawei", "city"),
        (COUNTRY, "a city of 504.358 Einwohner", "figure"),
        (COUNTRY, "it has 565 thousand inhabitants", "figure"),
        (COUNTRY, "on 17 January 2018", "date"),
        (COUNTRY, "in the spring of 2018", "date"),
        (COUNTRY, "for 1.234.567 EUR", "amount"),
        (CONTINENT, "as they do in Rotterdam", "city"),
        (CONTINENT, "as is the custom in Finland", "country"),
        (CONTINENT, "as is the custom in the Netherlands", "country"),
        (CONTINENT, "as the German law has it", "country"),
        (CONTINENT, "wie es das niederländische Recht verlangt", "country"),
        (CONTINENT, "as the law in germany has it", "country"),
        (CONTINENT, "as www.office.example.de says", "country"),
        (CONTINENT, "as »www.office.example.de« says", "country"),
        (CONTINENT, "as [it says](https://www.Office.Example.De/x)", "country"),
        (CONTINENT, "as WWW.OFFICE.EXAMPLE.DE’s page says", "country"),
        (CONTINENT, "for 2 million EUR", "amount"),
    ] {
        let report = looked_at(&saying(case, words), &Waivers::none()).unwrap();
        assert_eq!(codes(&report), [code], "{words}: {}", lines(&report));
        let finding = &report.findings[0];
        assert_eq!((finding.case.as_deref(), finding.file.as_str()), (Some(case), "narrative.csv"));
        assert_eq!(finding.column.as_deref(), Some("narrative.text"));
    }
    for (case, words) in [
        (COUNTRY, "for 2 million EUR in 2018"),
        (COUNTRY, "as they do in Potsdam or in Shenzhen"),
        (CONTINENT, "as they do in Shenzhen"),
        (CONTINENT, "the Chinese law and the German vendor"),
        (CONTINENT, "as they decided in Berlin and as Mayor Meyer said"),
        (COUNTRY, "as the German law has it"),
        (COUNTRY, "under Vorlage 0371/2019 and Drucksache 0123-18-1 and data under Article 6 may be shared"),
        (CONTINENT, "it counts 15473 lamps"),
        (CONTINENT, "see https://youtu.be/x and lib.rs and app.py"),
    ] {
        let report = looked_at(&saying(case, words), &Waivers::none()).unwrap();
        assert!(report.passes(), "{words}: {}", lines(&report));
    }
    let hints = looked_at(&saying(COUNTRY, "as they do in Potsdam"), &Waivers::none()).unwrap().hints;
    assert!(hints.iter().any(|hint| hint.words == "Potsdam"), "{hints:?}");
    let hints = looked_at(&saying(CONTINENT, "the German vendor"), &Waivers::none()).unwrap().hints;
    assert!(hints.iter().any(|hint| hint.words == "German"), "{hints:?}");
    let large = looked_at(&saying(CONTINENT, "as they decided in Berlin and as Mayor Meyer said"), &Waivers::none());
    let hints = large.unwrap().hints;
    let told = |code: &str, words: &str| hints.iter().any(|hint| hint.code.code() == code && hint.words == words);
    assert!(told("city", "Berlin") && told("person", "Mayor Meyer"), "{hints:?}");
}

// R15: what leads to a person refuses the release, whether the place is named or not.
#[test]
fn what_leads_to_a_person_is_found() {
    for (words, code) in [
        ("write to jo.doe@city.example", "email"),
        ("call +49 203 1234567", "phone"),
        ("pay to DE89 3704 0044 0532 0130 00", "iban"),
        ("see https://linkedin.com/in/jo-doe", "user_url"),
        ("legal winner thank year wave sausage worth useful legal winner thank yellow", "passphrase"),
    ] {
        let report = looked_at(&saying(COUNTRY, words), &Waivers::none()).unwrap();
        assert_eq!(codes(&report), [code], "{words}: {}", lines(&report));
        assert_ne!(report.findings[0].words, words, "the words of a passphrase are not told again");
    }
    let named = spoiled(
        "7K2MQX4T",
        |case| case["sources"].as_array_mut().unwrap().last_mut().unwrap()["title"] = json!("by jo.doe@city.example"),
        "sources",
        "title",
        "by jo.doe@city.example",
    );
    assert_eq!(codes(&looked_at(&named, &Waivers::none()).unwrap()), ["email"]);
}

// R15: a case that names its place does not say of one that holds it back that both are of one place.
#[test]
fn a_named_case_that_tells_the_place_of_another_is_found() {
    let mut package = RELEASE.clone();
    let relate = |kind: &str| format!("7K2MQX4T,{COUNTRY},{kind}\n");
    for (kind, found) in [("same_vendor", &[][..]), ("same_contract", &["told"][..])] {
        let documents = String::from_utf8(RELEASE["cases.jsonl"].clone()).unwrap();
        let changed = documents.lines().map(|line| {
            let mut document: serde_json::Value = serde_json::from_str(line).unwrap();
            if document["id"] == "7K2MQX4T" {
                document["related"] = json!([{"case": COUNTRY, "kind": kind}]);
            }
            format!("{document}\n")
        });
        package.insert("cases.jsonl".to_owned(), changed.collect::<String>().into_bytes());
        let table = String::from_utf8(RELEASE["case_related.csv"].clone()).unwrap();
        let (head, rows) = table.split_once('\n').unwrap();
        package.insert("case_related.csv".to_owned(), format!("{head}\n{}{rows}", relate(kind)).into_bytes());
        let report = looked_at(&described(package.clone()), &Waivers::none()).unwrap();
        assert_eq!(codes(&report), found, "{head}: {}", lines(&report));
    }
}

/// What the report must find, and how the files are spoiled.
type SpoiledFiles = (&'static str, fn(&mut Package));

/// A change of a case, and the cell that says the same: its table, its column, what stands there, and what is found.
type Spoil = (&'static str, fn(&mut serde_json::Value), [&'static str; 4]);

// R15: the table of schema.md section 3, checked on the files.
#[test]
fn values_finer_than_the_place_allows_are_found() {
    let spoils: [Spoil; 17] = [
        (
            COUNTRY,
            |c| c["viewpoints"][0]["concern"]["text"] = json!("In DUISBURG nobody reads."),
            ["viewpoints", "concern", "In DUISBURG nobody reads.", "city"],
        ),
        (
            COUNTRY,
            |c| c["timeline"][0]["date"]["value"] = json!("2018-01-17"),
            ["timeline", "date", "2018-01-17", "date"],
        ),
        (
            CONTINENT,
            |c| c["timeline"][0]["date"] = json!({"from": 2017, "to": 2018}),
            ["timeline", "date_from_year", "2017", "date"],
        ),
        (
            COUNTRY,
            |c| c["statements"][1]["value"]["min"] = json!(1_300_000),
            ["statements", "amount_min", "1300000", "amount"],
        ),
        (
            COUNTRY,
            |c| c["sources"][1]["url"] = json!("https://news.example/duisburg"),
            ["sources", "url", "https://news.example/duisburg", "told"],
        ),
        (COUNTRY, |c| c["sources"][1]["title"] = json!("A title"), ["sources", "title", "A title", "told"]),
        (COUNTRY, |c| c["sources"][1]["publisher"] = json!("A paper"), ["sources", "publisher", "A paper", "told"]),
        (
            COUNTRY,
            |c| c["sources"][1]["archived_url"] = json!("https://archive.example/1"),
            ["sources", "archived_url", "https://archive.example/1", "told"],
        ),
        (CONTINENT, |c| c["sources"][1]["country"] = json!("DE"), ["sources", "country", "DE", "told"]),
        (COUNTRY, |c| c["computed"]["population"] = json!(504_358), ["cases", "population", "504358", "told"]),
        (COUNTRY, |c| c["sources"][1]["quarter"] = json!("2026-Q4"), ["sources", "quarter", "2026-Q4", "account"]),
        (
            COUNTRY,
            |c| c["involvements"][1]["organisation"] = json!("o_stadt_essen"),
            ["involvements", "organisation", "o_stadt_essen", "city"],
        ),
        (
            COUNTRY,
            |c| c["place"]["size_class"] = json!("over_1500k"),
            ["cases", "size_class", "over_1500k", "few_cities"],
        ),
        (
            COUNTRY,
            |c| c["place"]["body_type"] = json!("port_authority"),
            ["cases", "body_type", "port_authority", "told"],
        ),
        (COUNTRY, |c| c["place"]["scope"] = json!("facility"), ["cases", "scope", "facility", "told"]),
        (CONTINENT, |c| c["title"]["lang"] = json!("fi"), ["cases", "title_lang", "fi", "few_cities"]),
        (
            COUNTRY,
            |c| c["narrative"][0]["original"] = json!("Niemand fragte."),
            ["narrative", "text_original", "Niemand fragte.", "told"],
        ),
    ];
    for (case, change, [table, column, cell, code]) in spoils {
        let report = looked_at(&spoiled(case, change, table, column, cell), &Waivers::none()).unwrap();
        let found = codes(&report);
        assert!(found.contains(&code), "{table}.{column}: {found:?} {}", lines(&report));
        let computed = column == "size_class";
        assert!(computed || !found.contains(&"disagreement"), "both were spoiled alike: {}", lines(&report));
    }
}

// R15: a body of the public side is found by its name, and by what another case of the files says of it.
#[test]
fn a_body_of_the_public_side_is_found() {
    let involve =
        |id: &'static str, change: fn(&mut Value)| spoiled(COUNTRY, change, "involvements", "organisation", id);
    let mut package = involve("o_north", |case| case["involvements"][1]["organisation"] = json!("o_north"));
    let text = String::from_utf8(package["involvements.csv"].clone()).unwrap();
    let named = text.replace("o_north,,", "o_north,City of the North,");
    package.insert("involvements.csv".to_owned(), named.into_bytes());
    assert_eq!(codes(&looked_at(&described(package), &Waivers::none()).unwrap()), ["body"]);
    // Nobody said where this one stands.
    let other = involve("o_north", |case| case["involvements"][1]["organisation"] = json!("o_north"));
    assert_eq!(codes(&looked_at(&other, &Waivers::none()).unwrap()), [""; 0]);
    // A vendor on record in one country only may be the town itself, under its own bare name.
    let town = |id: &'static str, change: fn(&mut Value)| {
        let mut package = involve(id, change);
        let text = String::from_utf8(package["involvements.csv"].clone()).unwrap();
        package.insert(
            "involvements.csv".to_owned(),
            text.replace(&format!("{id},,"), &format!("{id},Dresden,")).into_bytes(),
        );
        described(package)
    };
    let package = town("o_x1", |case| case["involvements"][1]["organisation"] = json!("o_x1"));
    let report = looked_at(&package, &Waivers::none()).unwrap();
    assert_eq!((codes(&report), words_found(&report)), (vec!["city"], vec!["Dresden"]));
    // One that cases of several countries name is none.
    let package = town("o_huawei", |case| case["involvements"][1]["organisation"] = json!("o_huawei"));
    let report = looked_at(&package, &Waivers::none()).unwrap();
    assert!(report.passes() && report.hints.iter().any(|hint| hint.words == "Dresden"), "{}", lines(&report));
    // The reference case says that its holding stands on the public side.
    let holding = involve("o_dvv", |case| case["involvements"][1]["organisation"] = json!("o_dvv"));
    assert_eq!(codes(&looked_at(&holding, &Waivers::none()).unwrap()), ["body"]);
}

// R15: an account shows its proximity and its quarter.
#[test]
fn more_of_an_account_than_its_proximity_and_quarter_is_found() {
    let mut package = RELEASE.clone();
    for (name, from, to) in [
        ("cases.jsonl", "\"quarter\":\"2026-Q4\"", "\"quarter\":\"2026-W48\""),
        ("cases.jsonl", "\"kind\":\"first_hand_account\"", "\"kind\":\"first_hand_account\",\"language\":\"de\""),
    ] {
        let text = String::from_utf8(package[name].clone()).unwrap();
        assert!(text.contains(from), "the document is written otherwise");
        package.insert(name.to_owned(), text.replace(from, to).into_bytes());
    }
    let found = codes(&looked_at(&described(package), &Waivers::none()).unwrap()).join(" ");
    for code in ["account", "date", "disagreement"] {
        assert!(found.contains(code), "{found}");
    }
}

// R15: the files are what the description says, and nothing besides.
#[test]
fn files_that_are_not_what_the_description_says_are_found() {
    let spoil = |change: fn(&mut Package)| {
        let mut package = RELEASE.clone();
        change(&mut package);
        let report = looked_at(&package, &Waivers::none()).unwrap();
        (codes(&report).join(" "), lines(&report))
    };
    let spoils: [SpoiledFiles; 4] = [
        ("file", |files| files.get_mut("README.md").unwrap().push(b'!')),
        ("file", |files| drop(files.insert("notes.txt".into(), b"more".to_vec()))),
        ("file", |files| drop(files.remove("sources.csv"))),
        ("file form", |files| {
            files.get_mut("timeline.csv").unwrap().extend(b"ACC0NT09,ACC0NT09-e1,signed,,2018,exact,,,,,,,\n")
        }),
    ];
    for (code, change) in spoils {
        let (found, said) = spoil(change);
        assert_eq!(found, code, "{said}");
    }
    let unknown = described({
        let mut package = RELEASE.clone();
        let text = String::from_utf8(package["cases.jsonl"].clone()).unwrap();
        package.insert(
            "cases.jsonl".into(),
            text.replace("\"kind\":\"agreement\"", "\"mayor\":\"x\",\"kind\":\"agreement\"").into_bytes(),
        );
        package
    });
    assert_eq!(codes(&looked_at(&unknown, &Waivers::none()).unwrap()), ["unknown"]);
    let nothing = tempfile::tempdir().unwrap();
    assert!(check(nothing.path(), &Waivers::none()).unwrap_err().to_string().contains("has no datapackage.json"));
    assert!(check(Path::new("no/such.zip"), &Waivers::none()).is_err());
}

/// Waivers of these words in a column, for one case or for all.
fn waivers(all: &[(&str, &str, &str)]) -> Waivers {
    let mut file = tempfile::NamedTempFile::new().unwrap();
    for (case, column, words) in all {
        let line =
            |key: &str, value: &str| if value.is_empty() { String::new() } else { format!("{key} = \"{value}\"\n") };
        let (case, column) = (line("case", case), line("column", column));
        write!(file, "[[waiver]]\n{case}finding = \"city\"\n{column}words = \"{words}\"\nreason = \"A vendor.\"\n")
            .unwrap();
    }
    Waivers::read(file.path()).unwrap()
}

fn words_found(report: &Report) -> Vec<&str> {
    report.findings.iter().map(|finding| finding.words.as_str()).collect()
}

// R15: a finding is waived with a reason. A waiver for nothing refuses, and everything else is told beside it.
#[test]
fn a_waived_finding_passes_and_an_unused_waiver_is_told_beside_what_was_found() {
    let dresden = waivers(&[(COUNTRY, "narrative.text", "Dresden")]);
    let package = saying(COUNTRY, "as they do in Dresden");
    assert!(!looked_at(&package, &Waivers::none()).unwrap().passes());
    let waived = looked_at(&package, &dresden).unwrap();
    assert!(waived.passes(), "{}", lines(&waived));
    assert_eq!((waived.waived.len(), waived.unused_waivers.len()), (1, 0));
    let left = looked_at(&saying(COUNTRY, "as they do in Dresden and in Bremen"), &dresden).unwrap();
    assert_eq!(words_found(&left), ["Bremen"]);
    let unused = looked_at(&saying(COUNTRY, "as they do in Bremen"), &dresden).unwrap();
    assert_eq!((words_found(&unused), unused.unused_waivers.len()), (vec!["Bremen"], 1));
    let told = unused.unused_waivers[0].to_string();
    assert!(told.contains(":2: nothing was found that this waiver is for"), "{told}");
    let stale = looked_at(&RELEASE, &dresden).unwrap();
    assert!(stale.findings.is_empty() && !stale.passes());
    assert_eq!(stale.small_groups.len(), 2, "the report is whole");
}

// R15: a vendor that is called like a town is waived once, and it is told how often that covered something.
#[test]
fn a_waiver_without_a_case_covers_its_words_in_all() {
    let mut package = saying(COUNTRY, "as they do in Dresden");
    let also = spoiled(
        COUNTRY,
        |case| case["agreements"][0]["label"] = json!("of Dresden"),
        "agreements",
        "label",
        "of Dresden",
    );
    package.insert("agreements.csv".to_owned(), also["agreements.csv"].clone());
    let documents = String::from_utf8(package["cases.jsonl"].clone()).unwrap();
    let documents = documents.lines().map(|line| {
        let at_home = line.contains(COUNTRY);
        if at_home { line.replace("\"label\":\"memorandum\"", "\"label\":\"of Dresden\"") } else { line.to_owned() }
    });
    let documents: String = documents.map(|line| line + "\n").collect();
    package.insert("cases.jsonl".to_owned(), documents.into_bytes());
    let package = described(package);
    assert_eq!(words_found(&looked_at(&package, &Waivers::none()).unwrap()), ["Dresden", "Dresden"]);
    let report = looked_at(&package, &waivers(&[("", "", "Dresden")])).unwrap();
    assert!(report.passes() && report.waived.is_empty(), "{}", lines(&report));
    let covered = &report.waived_in_all[0];
    assert_eq!((covered.words.as_str(), covered.findings, covered.cases), ("Dresden", 2, 1));
    // In one column alone, it covers what stands there.
    let report = looked_at(&package, &waivers(&[("", "agreements.label", "Dresden")])).unwrap();
    assert_eq!(report.findings[0].column.as_deref(), Some("narrative.text"));
    assert_eq!((report.findings.len(), report.waived_in_all[0].findings), (1, 1));
}
