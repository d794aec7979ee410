//! A release is made of the first cases and two accounts, and passes. Then it is spoiled in one way after the other, in table and document
//! alike, and refused for it.

use std::{
    collections::BTreeMap,
    fs,
    io::{Cursor, Read, Write},
    path::Path,
    sync::LazyLock,
};

use data_encoding::HEXLOWER;
use serde_json::json;
use sha2::{Digest, Sha256};

use super::*;
use crate::{
    cases::{
        Vocabulary,
        document::Document,
        exports,
        exports::{About, Batch, Site},
        publish, published, seeds,
    },
    codebook::Codebook,
    db::Actor,
    testing::TestDatabase,
};

const COUNTRY: &str = "ACC0NT01";
const CONTINENT: &str = "ACC0NT02";
const WORDS: &str = "Nobody was asked before the council agreed to it behind closed doors";

/// An account whose place is told by country and size, as the program publishes it.
fn of_country() -> serde_json::Value {
    let cited = json!({"status": "stated", "confidence": "possible", "rank": "preferred", "sources": ["s1"]});
    let with = |more: serde_json::Value| {
        let mut all = cited.as_object().unwrap().clone();
        all.extend(more.as_object().unwrap().clone());
        serde_json::Value::Object(all)
    };
    let year = json!({"value": "2018", "qualifier": "exact"});
    json!({
        "schema": 1, "vocabulary": "0.1", "id": COUNTRY, "revision": 1, "published": "2026-Q4", "revised": "2026-Q4", "coder": "mo",
        "kind": "agreement", "title": {"text": "A large city, a vendor, cloud services", "lang": "en"},
        "narrative": [{"heading": "undivided", "text": format!("{WORDS}."), "lang": "en"}],
        "place": {"disclosure": "size_class", "scope": "municipality", "countries": ["DE"], "size_class": "500k_1500k"},
        "agreements": [{"id": "a1", "label": "memorandum"}],
        "involvements": [
            with(json!({"id": "i1", "organisation": "o_huawei", "role": "lead_partner"})),
            with(json!({"id": "i2", "body_type": "municipal_company", "role": "research_partner"})),
        ],
        "statements": [
            with(json!({"id": "t1", "field": "instrument", "part": "a1", "value": {"code": "memorandum_of_understanding"}, "as_of": year})),
            with(json!({"id": "t2", "field": "value", "part": "a1", "value": {"min": 1_000_000, "max": 2_000_000, "currency": "EUR"}})),
        ],
        "viewpoints": [{"id": "v1", "topic": "secrecy", "raised_by": "council_member", "date": year, "sources": ["s1"],
            "concern": {"text": "We may not read what was signed.", "lang": "en"}}],
        "timeline": [{"id": "e1", "event": "signed", "date": year, "sources": ["s1", "s2"]}],
        "sources": [
            {"id": "s1", "kind": "first_hand_account", "proximity": "took_part", "quarter": "2026-Q4", "reliability": "unassessed"},
            {"id": "s2", "kind": "news", "reliability": "established", "country": "DE", "published": year},
        ],
    })
}

/// The same, told by continent and size.
fn of_continent() -> serde_json::Value {
    let mut case = of_country();
    let span = json!({"from": 2016, "to": 2018});
    case["id"] = json!(CONTINENT);
    case["place"] =
        json!({"disclosure": "region", "scope": "municipality", "continent": "EU", "size_class": "500k_1500k"});
    case["statements"].as_array_mut().unwrap().pop();
    case["statements"][0]["as_of"] = span.clone();
    case["viewpoints"][0]["date"] = span.clone();
    case["timeline"][0]["date"] = span;
    case["sources"][1] = json!({"id": "s2", "kind": "news", "reliability": "established"});
    case
}

/// The files of a release.
type Package = BTreeMap<String, Vec<u8>>;

static RELEASE: LazyLock<Package> = LazyLock::new(|| unpacked(&zipped()));

fn zipped() -> Vec<u8> {
    let db = TestDatabase::open();
    let (codebook, gazetteer) = (Codebook::embedded(), Gazetteer::embedded());
    let vocabulary = Vocabulary { codebook: &codebook, gazetteer: &gazetteer };
    seeds::plant(&db, vocabulary, true).unwrap();
    for case in [of_country(), of_continent()] {
        let document: Document = serde_json::from_value(case).unwrap();
        let checked = vocabulary.check(document).unwrap();
        db.write(Actor::System, |tx| publish(tx, vocabulary, &checked)).unwrap();
    }
    let about = About {
        site: Site {
            address: "https://casebook.example".to_owned(),
            case: |id| format!("/cases/{id}"),
            revision: |id, revision| format!("/cases/{id}/r/{revision}"),
        },
        query: String::new(),
        address: "https://casebook.example/cases".to_owned(),
        date: "2026-11-23".parse().unwrap(),
    };
    let ordinals = db.read(|r| published::ordinals_after(r, None, 100)).unwrap();
    let mut batches = ordinals.chunks(3).map(|chunk| db.read(|r| Batch::read(r, chunk)));
    let files = exports::package(&about, &codebook, &mut batches, db.folder.path()).unwrap();
    let mut bytes = Cursor::new(Vec::new());
    files.zip(&mut bytes).unwrap();
    bytes.into_inner()
}

fn unpacked(bytes: &[u8]) -> Package {
    let mut archive = zip::ZipArchive::new(Cursor::new(bytes)).unwrap();
    let mut files = Package::new();
    for at in 0..archive.len() {
        let mut file = archive.by_index(at).unwrap();
        let mut content = Vec::new();
        file.read_to_end(&mut content).unwrap();
        files.insert(file.name().unwrap().into_owned(), content);
    }
    files
}

/// The report on these files, in a folder of their own.
fn report(package: &Package, waivers: &Waivers) -> Result<Report> {
    let folder = tempfile::tempdir().unwrap();
    for (name, content) in package {
        fs::write(folder.path().join(name), content).unwrap();
    }
    check(folder.path(), waivers)
}

/// Describes the files as they are now, with the rows that they have.
fn described(mut package: Package) -> Package {
    let mut description: serde_json::Value = serde_json::from_slice(&package["datapackage.json"]).unwrap();
    for resource in description["resources"].as_array_mut().unwrap() {
        let content = &package[resource["path"].as_str().unwrap()];
        resource["bytes"] = json!(content.len());
        resource["hash"] = json!(format!("sha256:{}", HEXLOWER.encode(&Sha256::digest(content))));
        if resource["rows"].is_u64() {
            resource["rows"] = json!(csv::Reader::from_reader(content.as_slice()).records().count());
        }
    }
    package.insert("datapackage.json".to_owned(), serde_json::to_vec(&description).unwrap());
    package
}

/// The release with one case said otherwise: its document changed, and a cell of one of its rows.
fn spoiled(case: &str, change: fn(&mut serde_json::Value), table: &str, column: &str, cell: &str) -> Package {
    let mut package = RELEASE.clone();
    let lines = String::from_utf8(package["cases.jsonl"].clone()).unwrap();
    let changed = lines.lines().map(|line| {
        let mut document: serde_json::Value = serde_json::from_str(line).unwrap();
        if document["id"] == case {
            change(&mut document);
        }
        format!("{document}\n")
    });
    package.insert("cases.jsonl".to_owned(), changed.collect::<String>().into_bytes());
    let name = format!("{table}.csv");
    let mut reader = csv::Reader::from_reader(package[&name].as_slice());
    let head = reader.headers().unwrap().clone();
    let (key, at) = (
        head.iter().position(|name| name == "case_id" || table == "cases" && name == "id").unwrap(),
        head.iter().position(|name| name == column).unwrap(),
    );
    let mut writer = csv::Writer::from_writer(Vec::new());
    writer.write_record(&head).unwrap();
    let mut rows: Vec<csv::StringRecord> = reader.records().map(std::result::Result::unwrap).collect();
    // The last row of the case: the news among its sources.
    let of_case = rows.iter().rposition(|row| &row[key] == case).expect("a row of the case");
    rows[of_case] = rows[of_case].iter().enumerate().map(|(n, old)| if n == at { cell } else { old }).collect();
    rows.iter().for_each(|row| writer.write_record(row).unwrap());
    package.insert(name, writer.into_inner().unwrap());
    described(package)
}

fn codes(report: &Report) -> Vec<&'static str> {
    let mut codes: Vec<&str> = report.findings.iter().map(|finding| finding.code.code()).collect();
    codes.sort_unstable();
    codes.dedup();
    codes
}

/// Says something in the narrative of a case, in table and document.
fn saying(case: &str, words: &'static str) -> Package {
    let mut package = RELEASE.clone();
    for (name, before) in [("narrative.csv", "\n"), ("cases.jsonl", "\n")] {
        let text = String::from_utf8(package[name].clone()).unwrap();
        let changed = text.split_inclusive(before).map(|line| {
            if line.contains(case) { line.replace(WORDS, &format!("{WORDS}, {words}")) } else { line.to_owned() }
        });
        package.insert(name.to_owned(), changed.collect::<String>().into_bytes());
    }
    described(package)
}

fn lines(report: &Report) -> String {
    report.findings.iter().map(|finding| format!("{finding}\n")).collect()
}

// R15: what a release tells is looked at before it goes out. The control of all that follows: what the program publishes passes.
#[test]
fn what_the_program_publishes_passes() {
    let folder = tempfile::tempdir().unwrap();
    let zip = folder.path().join("release.zip");
    fs::write(&zip, zipped()).unwrap();
    for report in [check(&zip, &Waivers::none()).unwrap(), report(&RELEASE, &Waivers::none()).unwrap()] {
        assert!(report.passes(), "{}", lines(&report));
        assert_eq!((report.cases, report.unnamed), (9, 2));
        let shared: Vec<&str> = report.small_groups.iter().map(|group| group.shared.as_str()).collect();
        assert_eq!(shared, ["DE, 500k_1500k, o_huawei, 2018", "EU, 500k_1500k, o_huawei, 2016"]);
    }
    assert!(
        report(&described(RELEASE.clone()), &Waivers::none()).unwrap().passes(),
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
        (COUNTRY, "for 1 234 567 EUR", "amount"),
        (CONTINENT, "as they do in Rotterdam", "city"),
        (CONTINENT, "as is the custom in Finland", "country"),
        (CONTINENT, "for 2 million EUR", "amount"),
    ] {
        let report = report(&saying(case, words), &Waivers::none()).unwrap();
        assert_eq!(codes(&report), [code], "{words}: {}", lines(&report));
        let finding = &report.findings[0];
        assert_eq!((finding.case.as_deref(), finding.file.as_str()), (Some(case), "narrative.csv"));
        assert_eq!(finding.column.as_deref(), Some("narrative.text"));
    }
    for (case, words) in [
        (COUNTRY, "for 2 million EUR, in 2018"),
        (COUNTRY, "as they do in Potsdam or in Shenzhen"),
        (CONTINENT, "as they do in Shenzhen"),
    ] {
        let report = report(&saying(case, words), &Waivers::none()).unwrap();
        assert!(report.passes(), "{words}: {}", lines(&report));
    }
    let hints = report(&saying(COUNTRY, "as they do in Potsdam"), &Waivers::none()).unwrap().hints;
    assert!(hints.iter().any(|hint| hint.words == "Potsdam"), "{hints:?}");
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
        let report = report(&saying(COUNTRY, words), &Waivers::none()).unwrap();
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
    assert_eq!(codes(&report(&named, &Waivers::none()).unwrap()), ["email"]);
}

/// A change of a case, and the cell that says the same: its table, its column, what stands there, and what is found.
type Spoil = (&'static str, fn(&mut serde_json::Value), [&'static str; 4]);

// R15: the table of schema.md section 3, checked on the files.
#[test]
fn values_finer_than_the_place_allows_are_found() {
    let spoils: [Spoil; 15] = [
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
        (CONTINENT, |c| c["title"]["lang"] = json!("fi"), ["cases", "title_lang", "fi", "few_cities"]),
        (
            COUNTRY,
            |c| c["narrative"][0]["original"] = json!("Niemand fragte."),
            ["narrative", "text_original", "Niemand fragte.", "told"],
        ),
    ];
    for (case, change, [table, column, cell, code]) in spoils {
        let report = report(&spoiled(case, change, table, column, cell), &Waivers::none()).unwrap();
        let found = codes(&report);
        assert!(found.contains(&code), "{table}.{column}: {found:?} {}", lines(&report));
        let computed = column == "size_class";
        assert!(computed || !found.contains(&"disagreement"), "both were spoiled alike: {}", lines(&report));
    }
}

// R15: a body of the public side is found by what the files say of it elsewhere.
#[test]
fn a_body_of_the_public_side_is_found_by_its_name() {
    let named = spoiled(COUNTRY, |_| {}, "involvements", "organisation_name", "City of the North");
    let report = report(&named, &Waivers::none()).unwrap();
    // The row that was spoiled has a type of body and no organisation: the name alone is nothing that tables hold beside an id.
    assert!(codes(&report).is_empty(), "{}", lines(&report));
    let with_id = spoiled(
        COUNTRY,
        |c| c["involvements"][1]["organisation"] = json!("o_north"),
        "involvements",
        "organisation",
        "o_north",
    );
    let mut package = with_id;
    let text = String::from_utf8(package["involvements.csv"].clone()).unwrap();
    package.insert("involvements.csv".to_owned(), text.replace("o_north,,", "o_north,City of the North,").into_bytes());
    assert_eq!(codes(&super::tests::report(&described(package), &Waivers::none()).unwrap()), ["body"]);
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
    let found = codes(&report(&described(package), &Waivers::none()).unwrap()).join(" ");
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
        let report = report(&package, &Waivers::none()).unwrap();
        (codes(&report).join(" "), lines(&report))
    };
    let spoils: [(&str, fn(&mut Package)); 4] = [
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
    assert_eq!(codes(&report(&unknown, &Waivers::none()).unwrap()), ["unknown"]);
    let nothing = tempfile::tempdir().unwrap();
    assert!(check(nothing.path(), &Waivers::none()).unwrap_err().to_string().contains("has no datapackage.json"));
    assert!(check(Path::new("no/such.zip"), &Waivers::none()).is_err());
}

// R15: a finding is waived with a reason, and a waiver for nothing is refused.
#[test]
fn a_waived_finding_passes_and_an_unused_waiver_is_refused() {
    let waivers = |words: &str| {
        let mut file = tempfile::NamedTempFile::new().unwrap();
        write!(
            file,
            "[[waiver]]\ncase = \"{COUNTRY}\"\nfinding = \"city\"\ncolumn = \"narrative.text\"\nwords = \"{words}\"\nreason = \"It is the vendor's.\"\n"
        )
        .unwrap();
        Waivers::read(file.path()).unwrap()
    };
    let package = saying(COUNTRY, "as they do in Dresden");
    assert!(!report(&package, &Waivers::none()).unwrap().passes());
    let waived = report(&package, &waivers("Dresden")).unwrap();
    assert!(waived.passes(), "{}", lines(&waived));
    assert_eq!(waived.waived.len(), 1);
    let both = saying(COUNTRY, "as they do in Dresden and in Bremen");
    let left = report(&both, &waivers("Dresden")).unwrap();
    assert_eq!(left.findings.iter().map(|finding| finding.words.as_str()).collect::<Vec<_>>(), ["Bremen"]);
    let unused = report(&RELEASE, &waivers("Dresden")).unwrap_err().to_string();
    assert!(unused.contains(":2: nothing was found that this waiver is for"), "{unused}");
}
