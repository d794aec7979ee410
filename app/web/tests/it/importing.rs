//! Import of somebody else's table by a mapping, by the real program: the example of `docs/importing.md`.

use std::{
    fs,
    panic::{AssertUnwindSafe, catch_unwind},
    path::Path,
};

use casebook_core::{
    cases::transfer::{self, Existing},
    db::Actor,
    testing::test_database_url,
};
use chrono::TimeDelta;
use reqwest::StatusCode;

use crate::site::{Program, Site};

/// A file of the example.
fn example(name: &str) -> String {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../docs/examples/import").join(name);
    fs::read_to_string(path).unwrap()
}

/// The trial run tells of every row and writes nothing; a refused row keeps everything out; what comes in is on the site, once.
#[actix_web::test]
async fn a_table_of_others_comes_in_by_a_mapping_after_a_trial_run_and_only_once() {
    let mut program = Program::new();
    let (map, table) = (program.file("mapping.toml"), program.file("table.csv"));
    let (mapping, rows) = (example("mapping.toml"), example("table.csv"));
    let (map_name, table_name) = (map.display().to_string(), table.display().to_string());
    let words = |further: &[&'static str]| {
        let mut words = vec!["import".to_owned(), "--map".to_owned(), map_name.clone(), table_name.clone()];
        words.extend(further.iter().map(|word| (*word).to_owned()));
        words
    };
    let runs = |program: &Program, further: &[&'static str]| {
        let words = words(further);
        program.runs(&words.iter().map(String::as_str).collect::<Vec<_>>())
    };
    fs::write(&map, mapping.replace("cities = { \"Springfield, US\" = 4250542 }", "")).unwrap();
    fs::write(&table, &rows).unwrap();
    let (well, said) = runs(&program, &["--write"]);
    assert!(!well, "{said}");
    for expected in [
        "table.csv:6: refused: Springfield: street lights with sensors",
        "\"City\": \"Springfield\" fits several cities: ",
        "Rows ready: 4, refused: 1, there already: 0",
        "Columns not used: Remarks",
        "1 of 5 rows is refused and nothing was written",
        "table.csv:2: ready: Köln: cameras along the ring road",
        "--skip-refused",
    ] {
        assert!(said.contains(expected), "{expected} is missing in:\n{said}");
    }
    let nameless = rows.replace("P-002;Tartu;Estonia;", "P-002;;Estonia;");
    fs::write(&table, nameless.replace("dashboard;;2.400.000", "dashboard;Anna Muster, anna@example.org;2.400.000"))
        .unwrap();
    fs::write(&map, &mapping).unwrap();
    let (well, said) = runs(&program, &[]);
    assert!(!well && said.contains("2 of 5 rows are refused"), "{said}");
    for expected in [
        "table.csv:5: refused: the row of line 5\n    \"City\": is empty, and the title needs it",
        "table.csv:7: refused: Bergen: a dashboard for the harbour\n    \"Vendor\": \"anna@example.org\" looks like an e-mail address",
        ", or bring the others in with --write --skip-refused",
    ] {
        assert!(said.contains(expected), "{expected} is missing in:\n{said}");
    }
    assert!(!said.contains("harbour dashboard"), "what a refused row would become is not told: {said}");
    fs::write(&table, format!("{}\n", rows.lines().next().unwrap())).unwrap();
    let (well, said) = runs(&program, &[]);
    assert!(well && said.contains("The table has no row under its header.") && !said.contains("--write"), "{said}");
    fs::write(&table, &rows).unwrap();
    let (well, said) = runs(&program, &[]);
    assert!(well && said.contains("table.csv:2: ready: Köln: cameras along the ring road"), "{said}");
    assert!(said.starts_with("Compared with the Casebook whose data folder is ") && said.contains(": 0 public cases."));
    assert!(said.contains("Becomes \"other\" in \"Technology\", in 1 row: \"harbour dashboard\"\n"), "{said}");
    assert!(said.contains("New organisations (4): Beispielkamera GmbH; ") && said.contains("Nothing was written"));
    let (well, said) = program.runs(&["export", "-"]);
    assert!(well && !said.contains("Köln"), "the trial run wrote something: {said}");
    let (well, said) = runs(&program, &["--write"]);
    assert!(well && said.contains("Imported 5 cases with 5 revisions and 4 organisations."), "{said}");
    let (well, said) = runs(&program, &["--write"]);
    assert!(well && said.contains("there already: 5") && said.contains("There is nothing to write."), "{said}");
    let (well, said) = program.runs(&["export", "-"]);
    assert!(well && said.matches("\"record\":\"case\"").count() == 5, "{said}");
    mends_a_case_as_the_manual_says(&program, &said);
    let (well, said) = runs(&program, &["--write"]);
    assert!(well && said.contains("there already: 5"), "what was mended is known again: {said}");

    program.starts().await;
    let found = program.visitor().get("/cases?q=harbour").await.is(StatusCode::OK);
    found.shows("Bergen: a dashboard for the harbour").does_not_show("cameras along the ring road");
}

/// "If it went wrong" of the manual: the last line of a case, mended in an editor, becomes its next revision.
fn mends_a_case_as_the_manual_says(program: &Program, exported: &str) {
    let line = exported.lines().rfind(|line| line.contains("a dashboard for the harbour")).unwrap();
    let file = program.file("mended.jsonl");
    fs::write(&file, line.replace("Ships and lorries on one screen.", "Ships on one screen.")).unwrap();
    let name = file.display().to_string();
    let (well, said) = program.runs(&["import", &name]);
    assert!(!well && said.contains("is there already; --replace makes a new revision of it"), "{said}");
    let (well, said) = program.runs(&["import", "--replace", &name]);
    assert!(well && said.contains("Imported 1 case with 1 revision and 0 organisations."), "{said}");
    let (_, said) = program.runs(&["export", "-"]);
    let revisions: Vec<&str> = said.lines().filter(|line| line.contains("a dashboard for the harbour")).collect();
    assert!(revisions.len() == 2 && revisions[1].contains("Ships on one screen."), "{revisions:?}");
    assert!(revisions[1].contains("\"revision\":2"), "{revisions:?}");
}

/// `--help` shows how, and flags that mean nothing together are refused.
#[test]
fn the_command_explains_itself_and_refuses_what_does_not_belong_together() {
    let program = Program::new();
    let (well, said) = program.runs(&["import", "--help"]);
    assert!(well && said.contains("casebook import --map mapping.toml table.csv") && said.contains("--skip-refused"));
    for words in [
        &["import", "--write", "table.csv"][..],
        &["import", "--map", "m.toml", "--skip-refused", "table.csv"],
        &["import", "--map", "m.toml", "--replace", "table.csv"],
    ] {
        assert!(!program.runs(words).0, "{words:?}");
    }
    // A folder that holds no Casebook stays as it is, whatever only reads.
    if test_database_url().starts_with("sqlite:") {
        let (map, table) = (program.file("good.toml"), program.file("good.csv"));
        fs::write(&map, example("mapping.toml")).unwrap();
        fs::write(&table, example("table.csv")).unwrap();
        for words in [
            &["import", "--map", map.to_str().unwrap(), table.to_str().unwrap()][..],
            &["release", "list"],
            &["release", "verify"],
            &["release", "make", "--dry-run"],
            &["export", "-"],
            &["check"],
        ] {
            let (well, said) = program.runs(words);
            assert!(
                !well && said.contains("there is no Casebook in ") && !program.data().exists(),
                "{words:?}: {said}"
            );
        }
    }
    let (well, said) = program.runs(&["import", "--map", "nowhere.toml", "table.csv"]);
    assert!(!well && said.contains("nowhere.toml: cannot be read"), "{said}");
    fs::write(program.file("broken.toml"), "[case]\nkind = 1\n").unwrap();
    let (well, said) = program.runs(&["import", "--map", "broken.toml", "table.csv"]);
    assert!(!well && said.contains("broken.toml:2: "), "{said}");
}

/// An import that was killed half way, as one that still goes on: no page tells of its cases or its organisations.
#[actix_web::test]
async fn no_page_tells_of_an_import_before_its_end() {
    let site = Site::open().await;
    let seeds = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../config/seeds/reference.jsonl");
    let text = fs::read_to_string(seeds).unwrap();
    let app = &site.app;
    let file = transfer::read("seeds", Box::new(|| Ok(Box::new(text.as_bytes()))), app.vocabulary()).unwrap();
    let imports = |progress: &mut dyn FnMut(usize)| {
        transfer::import(&app.db, app.vocabulary(), &file, Existing::Refuse, &Actor::CommandLine, progress).map(drop)
    };
    let killed = catch_unwind(AssertUnwindSafe(|| imports(&mut |_| panic!("killed"))));
    assert!(killed.is_err() && site.stored().contains("import_unfinished"), "it had come half way");
    let (reader, case, feed) = (site.visitor(), "/cases/7K2MQX4T", "/organisations/o_huawei.atom");
    reader.get(case).await.is(StatusCode::NOT_FOUND);
    reader.get(feed).await.is(StatusCode::NOT_FOUND);
    reader.get("/cases").await.is(StatusCode::OK).does_not_show("Huawei");
    let staff = site.moderator("mo").await;
    staff.get(case).await.is(StatusCode::NOT_FOUND);

    site.clock.advance(TimeDelta::minutes(1));
    imports(&mut |_| ()).unwrap();
    site.works();
    reader.get(case).await.is(StatusCode::OK);
    reader.get(feed).await.is(StatusCode::OK);
    reader.get("/cases").await.is(StatusCode::OK).shows("Huawei");
}
