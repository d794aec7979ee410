//! What every format holds: of the first cases, of a case with hostile words, and of no case at all.

use std::{
    collections::{BTreeMap, BTreeSet},
    io::{Cursor, Read, Seek},
};

use calamine::{Data, Reader, Xlsx};
use data_encoding::HEXLOWER;
use parquet::{
    file::reader::{FileReader, SerializedFileReader},
    record::{Field as Typed, Row as TypedRow, RowAccessor},
};
use sha2::{Digest, Sha256};

use super::*;
use crate::{
    Error,
    cases::{
        Vocabulary,
        document::{self, Text},
        publish, published, seeds,
        sheet::Sheet,
        tables::{self, Kind, parted},
    },
    db::Actor,
    limits,
    places::Gazetteer,
    testing::TestDatabase,
};

const HOSTILE: &str = "=HYPERLINK(\"http://x\"),;\t'\n<b>&amp;\u{202e}";

/// Values of one field that hold what stands between values.
const LESSONS: [&str; 2] = [HOSTILE, "Too late; a\\b;\\"];

/// The first cases and a hostile one, published.
fn shelf() -> TestDatabase {
    let db = TestDatabase::open();
    let (codebook, gazetteer) = (Codebook::embedded(), Gazetteer::embedded());
    let vocabulary = Vocabulary { codebook: &codebook, gazetteer: &gazetteer };
    seeds::plant(&db, vocabulary, true).unwrap();
    let reference = db.read(published::reference).unwrap().unwrap();
    let mut hostile = db.read(|r| published::find(r, &reference, published::Eyes::Public)).unwrap().document;
    hostile.id = "00000001".parse().unwrap();
    hostile.reference = false;
    hostile.title = Text::new(HOSTILE, "en");
    hostile.narrative[0].text = format!("={}", "ü".repeat(limits::NARRATIVE - 1));
    hostile.statements[0].note = Some(Text::new(HOSTILE, "en"));
    hostile.sources[0].title = Some(HOSTILE.to_owned());
    let lessons = hostile.statements.iter_mut().filter(|statement| statement.field.as_str() == "lessons");
    for (statement, text) in lessons.zip(LESSONS) {
        statement.value = Some(document::Value::Text { text: text.to_owned(), lang: "en".to_owned() });
    }
    let mut sum = hostile.statements.iter().find(|statement| statement.field.as_str() == "instrument").unwrap().clone();
    (sum.id, sum.field, sum.qualifiers) = ("t900".to_owned(), "value".parse().unwrap(), BTreeMap::new());
    let amount = document::Amount { amount: 1_250_000.0, currency: "EUR".to_owned(), year: None, covers: None };
    sum.value = Some(document::Value::Amount(amount));
    hostile.statements.push(sum);
    let checked = vocabulary.check(hostile).unwrap();
    db.write(Actor::System, |tx| publish(tx, vocabulary, &checked)).unwrap();
    db
}

fn about() -> About {
    About {
        site: Site {
            address: "https://casebook.example".to_owned(),
            case: |id| format!("/cases/{id}"),
            revision: |id, revision| format!("/cases/{id}/r/{revision}"),
        },
        query: "f.country=DE".to_owned(),
        address: "https://casebook.example/cases?f.country=DE".to_owned(),
        date: "2026-11-23".parse().unwrap(),
        release: None,
    }
}

fn ordinals(db: &TestDatabase) -> Vec<u32> {
    db.read(|r| published::ordinals_after(r, None, 100)).unwrap()
}

/// The ids that a set has, by the gate.
fn ids(db: &TestDatabase, ordinals: &[u32]) -> BTreeSet<String> {
    let current = db.read(|r| published::current(r, ordinals)).unwrap();
    current.into_iter().map(|case| case.id.to_string()).collect()
}

/// Three cases a batch, so that there are several.
fn batches<'a>(db: &'a TestDatabase, ordinals: &'a [u32]) -> impl Iterator<Item = Result<Batch>> + 'a {
    ordinals.chunks(3).map(move |chunk| db.read(|r| Batch::read(r, chunk)))
}

fn zipped(db: &TestDatabase, ordinals: &[u32]) -> BTreeMap<String, Vec<u8>> {
    let mut files = BTreeMap::new();
    let bytes = zip_bytes(db, ordinals);
    let mut archive = zip::ZipArchive::new(Cursor::new(bytes)).unwrap();
    for at in 0..archive.len() {
        let mut file = archive.by_index(at).unwrap();
        let mut content = Vec::new();
        file.read_to_end(&mut content).unwrap();
        files.insert(file.name().unwrap().into_owned(), content);
    }
    files
}

fn zip_bytes(db: &TestDatabase, ordinals: &[u32]) -> Vec<u8> {
    let mut bytes = Cursor::new(Vec::new());
    let files = package(&about(), &Codebook::embedded(), &mut batches(db, ordinals), db.folder.path()).unwrap();
    files.zip(&mut bytes).unwrap();
    bytes.into_inner()
}

fn workbook_of(db: &TestDatabase, ordinals: &[u32], bounds: Bounds) -> Result<Xlsx<Cursor<Vec<u8>>>> {
    let (mut bytes, temp) = (Vec::new(), db.folder.path());
    workbook(&about(), &Codebook::embedded(), &mut batches(db, ordinals), bounds, temp, &mut bytes)?;
    Ok(Xlsx::new(Cursor::new(bytes)).unwrap())
}

fn rows_of(csv: &[u8]) -> Vec<BTreeMap<String, String>> {
    let mut reader = csv::Reader::from_reader(csv);
    let head = reader.headers().unwrap().clone();
    let row = |row: csv::StringRecord| -> BTreeMap<String, String> {
        head.iter().zip(&row).map(|(name, cell)| (name.to_owned(), cell.to_owned())).collect()
    };
    reader.records().map(|record| row(record.unwrap())).collect()
}

/// R12: query, day, versions and counts are told, and every checksum and size holds. R10: types, codes, missing values and the licence.
#[test]
fn a_package_describes_each_of_its_files() {
    let db = shelf();
    for set in [ordinals(&db), Vec::new()] {
        let files = zipped(&db, &set);
        let described: Value = serde_json::from_slice(&files["datapackage.json"]).unwrap();
        assert_eq!(described["licenses"][0]["name"], "CC-BY-4.0");
        let facts = &described["casebook"];
        assert_eq!(facts["query"]["filters"], "f.country=DE");
        assert_eq!((&facts["date"], &facts["schema"]), (&json!("2026-11-23"), &json!(1)));
        assert_eq!((&facts["count"], &facts["vocabulary"]), (&json!(set.len()), &json!("0.1")));
        let resources = described["resources"].as_array().unwrap();
        assert_eq!(resources.len() + 1, files.len(), "each file but the description itself is described");
        for resource in resources {
            let content = &files[resource["path"].as_str().unwrap()];
            assert_eq!(resource["bytes"], content.len());
            assert_eq!(resource["hash"], format!("sha256:{}", HEXLOWER.encode(&Sha256::digest(content))));
            if let Some(fields) = resource["schema"]["fields"].as_array() {
                let names: Vec<&str> = fields.iter().map(|field| field["name"].as_str().unwrap()).collect();
                let mut reader = csv::Reader::from_reader(content.as_slice());
                assert_eq!(reader.headers().unwrap().iter().collect::<Vec<_>>(), names);
                assert_eq!(resource["rows"], reader.records().map(std::result::Result::unwrap).count());
                assert_eq!(resource["schema"]["missingValues"], json!([""]));
            }
        }
        let kinds = resources.iter().find(|resource| resource["name"] == "cases").unwrap()["schema"]["fields"].clone();
        let kind = kinds.as_array().unwrap().iter().find(|field| field["name"] == "kind").unwrap();
        assert!(kind["constraints"]["enum"].as_array().unwrap().contains(&json!("agreement")));
    }
}

/// R11: the codebook of a package has every field and code of the vocabulary.
#[test]
fn a_package_holds_the_codebook() {
    let db = TestDatabase::open();
    let files = zipped(&db, &[]);
    let codebook = Codebook::embedded();
    assert_eq!(
        serde_json::from_slice::<Value>(&files["codebook.json"]).unwrap(),
        serde_json::to_value(&*codebook).unwrap()
    );
    let rows = rows_of(&files["codebook.csv"]);
    let ids: BTreeSet<&str> = rows.iter().map(|row| row["id"].as_str()).collect();
    let codes: usize = codebook.fields().iter().map(|field| field.codes.len() + 1).sum();
    assert_eq!((ids.len(), rows.len()), (codes, codes));
    assert!(ids.contains("agreement.instrument.contract") && ids.contains("case.technology"));
}

/// R8, R9, R14: all tables stand in the package, each case with its address for good; the documents are whole.
#[test]
fn a_package_holds_all_tables_of_exactly_these_cases() {
    let db = shelf();
    let set = ordinals(&db);
    let files = zipped(&db, &set);
    let cases = rows_of(&files["cases.csv"]);
    assert_eq!(cases.iter().map(|row| row["id"].clone()).collect::<BTreeSet<_>>(), ids(&db, &set));
    assert!(cases.iter().all(|row| row["url"] == format!("https://casebook.example/cases/{}/r/1", row["id"])));
    let ids = ids(&db, &set);
    for table in tables::all(&Codebook::embedded()) {
        let rows = rows_of(&files[&format!("{}.csv", table.name)]);
        assert!(rows.iter().filter_map(|row| row.get("case_id")).all(|case| ids.contains(case)), "{}", table.name);
    }
    let lines = String::from_utf8(files["cases.jsonl"].clone()).unwrap();
    let titles: Vec<Value> = lines.lines().map(|line| serde_json::from_str::<Value>(line).unwrap()).collect();
    assert_eq!(titles.len(), set.len());
    assert!(titles.iter().any(|case| case["title"]["text"] == HOSTILE), "JSON has the words as they are");
}

/// R12: the same set, vocabulary and day make the same bytes.
#[test]
fn the_same_set_makes_the_same_bytes() {
    let db = shelf();
    let set = ordinals(&db);
    assert!(zip_bytes(&db, &set) == zip_bytes(&db, &set));
    let book = || {
        let mut bytes = Vec::new();
        let (bounds, temp) = (Bounds::XLSX, db.folder.path());
        workbook(&about(), &Codebook::embedded(), &mut batches(&db, &set), bounds, temp, &mut bytes).unwrap();
        bytes
    };
    assert!(book() == book());
}

/// R13: no text begins like a formula, in any table; what was put before it can be taken away again.
#[test]
fn no_text_of_a_table_begins_like_a_formula() {
    let db = shelf();
    let files = zipped(&db, &ordinals(&db));
    for (name, content) in files.iter().filter(|(name, _)| name.ends_with(".csv")) {
        for row in rows_of(content) {
            let cells = row.values().filter(|cell| cell.parse::<f64>().is_err());
            for cell in cells {
                assert!(!cell.starts_with(['=', '+', '-', '@', '\t', '\r']), "{name}: {cell}");
            }
        }
    }
    let hostile = rows_of(&files["cases.csv"]).into_iter().find(|row| row["id"] == "00000001").unwrap();
    assert_eq!(hostile["title"].strip_prefix('\''), Some(HOSTILE));
}

/// R13: a workbook has texts and no formula, the same rows as the package, and says which texts were too long for their cells.
#[test]
fn a_workbook_holds_the_same_rows_as_texts_and_says_what_it_cut() {
    let db = shelf();
    let set = ordinals(&db);
    let files = zipped(&db, &set);
    let mut book = workbook_of(&db, &set, Bounds::XLSX).unwrap();
    for table in tables::all(&Codebook::embedded()) {
        let sheet = book.worksheet_range(table.name).unwrap();
        let rows = rows_of(&files[&format!("{}.csv", table.name)]);
        assert_eq!(sheet.rows().count(), rows.len() + 1, "{}", table.name);
        assert_eq!(book.worksheet_formula(table.name).unwrap().used_cells().count(), 0, "{}", table.name);
    }
    let cases = book.worksheet_range("cases").unwrap();
    let names: BTreeSet<String> = cases.rows().skip(1).map(|row| row[0].to_string()).collect();
    assert_eq!(names, ids(&db, &set));
    assert!(cases.rows().flatten().any(|cell| *cell == Data::String(HOSTILE.to_owned())));
    let notes = book.worksheet_range("Notes").unwrap();
    let told: Vec<String> = notes.rows().map(|row| format!("{}: {}", row[0], row[1])).collect();
    assert!(
        told.iter().any(|line| line.starts_with("narrative: row") && line.contains("50000 characters")),
        "{told:?}"
    );
    assert!(told.iter().any(|line| line == "query: f.country=DE"), "{told:?}");
    let long = book.worksheet_range("narrative").unwrap();
    let long = long.rows().flatten().map(ToString::to_string).find(|cell| cell.contains("üü")).unwrap();
    assert!(long.starts_with("=ü") && long.ends_with("cut: see the sheet Notes›"), "the end says so");
    assert_eq!(long.encode_utf16().count(), Bounds::XLSX.units);
}

#[test]
fn more_rows_than_a_sheet_can_hold_are_refused() {
    let db = shelf();
    let set = ordinals(&db);
    let bounds = Bounds { rows: 40, ..Bounds::XLSX };
    assert!(matches!(workbook_of(&db, &set, bounds), Err(Error::Refused("list-export-too-many-rows"))));
    workbook_of(&db, &[], bounds).unwrap();
}

/// R13: Parquet has typed columns and the texts as they are; of no case at all it has the columns.
#[test]
fn the_sheet_as_parquet_has_types_and_every_case() {
    let db = shelf();
    for set in [ordinals(&db), Vec::new()] {
        let mut file = tempfile::tempfile().unwrap();
        columnar(&about(), &Codebook::embedded(), &mut batches(&db, &set), &mut file).unwrap();
        file.rewind().unwrap();
        let reader = SerializedFileReader::new(file).unwrap();
        let rows: Vec<_> = reader.get_row_iter(None).unwrap().map(std::result::Result::unwrap).collect();
        let found: BTreeSet<String> = rows.iter().map(|row| row.get_string(0).unwrap().clone()).collect();
        assert_eq!(found, ids(&db, &set));
        assert!(rows.iter().all(|row| row.get_long(2).unwrap() == 1), "the revision is a whole number");
        let titles: Vec<_> = rows.iter().map(|row| row.get_string(6).unwrap().as_str()).collect();
        assert_eq!(titles.contains(&HOSTILE), !set.is_empty());
    }
}

/// What a list holds.
fn listed<'a>(row: &'a TypedRow, column: &str) -> &'a [Typed] {
    let (_, field) = row.get_column_iter().find(|(name, _)| *name == column).unwrap();
    let Typed::ListInternal(list) = field else { panic!("{column} is no list: {field}") };
    list.elements()
}

/// The texts of a list; one that is missing is empty.
fn texts(row: &TypedRow, column: &str) -> Vec<String> {
    let text = |value: &Typed| match value {
        Typed::Str(text) => text.clone(),
        Typed::Null => String::new(),
        other => panic!("{column} has {other}"),
    };
    listed(row, column).iter().map(text).collect()
}

/// R9, R13: what has several values can be taken apart again in CSV, whatever the values hold, and is the list that Parquet has. Sums are numbers.
#[test]
fn several_values_of_a_cell_are_told_apart() {
    let (db, codebook) = (shelf(), Codebook::embedded());
    let set = ordinals(&db);
    let (mut writer, mut bytes) = (Rows { site: about().site, codebook: codebook.clone() }, Vec::new());
    writer.begin(&mut bytes).unwrap();
    db.read(|r| {
        let cases = published::current(r, &set)?;
        writer.batch(r, cases, &mut bytes)
    })
    .unwrap();
    let mut file = tempfile::tempfile().unwrap();
    columnar(&about(), &codebook, &mut batches(&db, &set), &mut file).unwrap();
    file.rewind().unwrap();
    let reader = SerializedFileReader::new(file).unwrap();
    let typed: Vec<TypedRow> = reader.get_row_iter(None).unwrap().map(std::result::Result::unwrap).collect();
    let rows = rows_of(&bytes);
    assert_eq!(rows.len(), typed.len());

    let columns = Sheet::new(&codebook).columns();
    for (row, typed) in rows.iter().zip(&typed) {
        assert_eq!(&row["id"], typed.get_string(0).unwrap());
        for column in columns.iter().filter(|column| column.several && column.kind == Kind::Text) {
            let cell = &row[&column.name];
            let apart = parted(cell.strip_prefix('\'').unwrap_or(cell));
            let list = texts(typed, &column.name);
            assert!(apart == list || (apart.is_empty() && list == [""]), "{}: {cell} is {list:?}", column.name);
        }
    }
    let plain = rows.iter().find(|row| row["id"] == "7K2MQX4T").unwrap();
    assert!(
        plain["domain"].split(';').any(|code| code == "governance") && !plain["domain"].contains('\\'),
        "{}",
        plain["domain"]
    );
    let at = typed.iter().position(|row| row.get_string(0).unwrap() == "00000001").unwrap();
    assert_eq!(
        (texts(&typed[at], "lessons"), texts(&typed[at], "lessons.status").len()),
        (LESSONS.map(str::to_owned).to_vec(), 2)
    );
    let sums = ["value.min", "value.max"].map(|column| listed(&typed[at], column).to_vec());
    assert_eq!(sums, [vec![Typed::Double(1_250_000.0)], vec![Typed::Double(1_250_000.0)]]);
    assert_eq!((rows[at]["value.min"].as_str(), rows[at]["value.currency"].as_str()), ("1250000", "EUR"));
    // R32: of several states the one that counts first is told, and how each is known.
    assert_eq!(plain["state.rank"], "preferred;normal;normal;normal");
    assert!(plain["state"].starts_with("expired_not_renewed;") && plain["state.confidence"].starts_with("probable;"));
    // What each organisation does stands beside it: not each of them is a vendor.
    assert_eq!(plain["vendor.role"], "lead_partner;cloud_host;certifier");
    assert_eq!(plain["vendor.rank"], "preferred;normal;normal");
    assert_eq!(plain["vendor"].split(';').count(), 3);
}

/// R7: what is hidden between two batches is left out, and the count says so.
#[test]
fn json_counts_what_was_written() {
    let db = shelf();
    let set = ordinals(&db);
    for set in [set.as_slice(), &[]] {
        let mut writer = Json::new(about(), Codebook::embedded());
        let mut bytes = Vec::new();
        writer.begin(&mut bytes).unwrap();
        for chunk in set.chunks(3) {
            // The last number of each batch is asked for as if its case had been hidden meanwhile.
            let shorter = &chunk[..chunk.len() - 1];
            db.read(|r| {
                let cases = published::current(r, shorter)?;
                writer.batch(r, cases, &mut bytes)
            })
            .unwrap();
        }
        writer.end(&mut bytes).unwrap();
        let whole: Value = serde_json::from_slice(&bytes).unwrap();
        assert_eq!(whole["count"], whole["cases"].as_array().unwrap().len());
        assert_eq!(whole["count"], set.len() - set.chunks(3).count());
        assert_eq!(whole["licence"]["name"], "CC-BY-4.0");
    }
}
