//! A release of the first cases and two accounts, and the ways to spoil it.

use std::{
    collections::BTreeMap,
    fs,
    io::{Cursor, Read},
    sync::LazyLock,
};

use data_encoding::HEXLOWER;
use serde_json::json;
use sha2::{Digest, Sha256};

use crate::{
    Result,
    cases::{
        Vocabulary,
        document::Document,
        exports::{self, About, Batch, Site},
        publish, published, seeds,
    },
    codebook::Codebook,
    db::Actor,
    disclosure::{Report, Waivers, check},
    places::Gazetteer,
    testing::TestDatabase,
};

pub(super) const COUNTRY: &str = "ACC0NT01";
pub(super) const CONTINENT: &str = "ACC0NT02";
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
pub(super) type Package = BTreeMap<String, Vec<u8>>;

pub(super) static RELEASE: LazyLock<Package> = LazyLock::new(|| unpacked(&ZIP));

/// The same as one ZIP file.
pub(super) static ZIP: LazyLock<Vec<u8>> = LazyLock::new(zipped);

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
        release: Some("1.0".to_owned()),
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
pub(super) fn looked_at(package: &Package, waivers: &Waivers) -> Result<Report> {
    let folder = tempfile::tempdir().unwrap();
    for (name, content) in package {
        fs::write(folder.path().join(name), content).unwrap();
    }
    check(folder.path(), waivers)
}

/// Describes the files as they are now, with the rows that they have.
pub(super) fn described(mut package: Package) -> Package {
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
pub(super) fn spoiled(
    case: &str,
    change: fn(&mut serde_json::Value),
    table: &str,
    column: &str,
    cell: &str,
) -> Package {
    spoiled_too(RELEASE.clone(), case, change, table, column, cell)
}

/// The same with a release that was spoiled before.
pub(super) fn spoiled_too(
    mut package: Package,
    case: &str,
    change: fn(&mut serde_json::Value),
    table: &str,
    column: &str,
    cell: &str,
) -> Package {
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

/// Says something in the narrative of a case, in table and document; without commas, which would part the cells of the table.
pub(super) fn saying(case: &str, words: &str) -> Package {
    let mut package = RELEASE.clone();
    for name in ["narrative.csv", "cases.jsonl"] {
        let text = String::from_utf8(package[name].clone()).unwrap();
        let changed = text.split_inclusive('\n').map(|line| {
            if line.contains(case) { line.replace(WORDS, &format!("{WORDS} {words}")) } else { line.to_owned() }
        });
        package.insert(name.to_owned(), changed.collect::<String>().into_bytes());
    }
    described(package)
}
