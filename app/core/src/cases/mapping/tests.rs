//! The example of the manual, and tables that mean harm or were made badly.

mod forms;
mod personal;

use super::*;
use crate::{
    cases::{
        document::{Document, Rank, Status, Value},
        published::{self, Eyes},
        transfer::{Existing, Imported},
    },
    codebook::Codebook,
    db::Actor,
    testing::{TestDatabase, dump},
};

const MAPPING: &str = include_str!("../../../../../docs/examples/import/mapping.toml");
const TABLE: &str = include_str!("../../../../../docs/examples/import/table.csv");

/// A mapping of six columns, for tables of a single row.
const SMALL: &str = r#"
[case]
kind = { value = "deployment" }
coder = "import"
language = "en"
title = "{City}: {Project}"
[[narrative]]
heading = "undivided"
text = "{Text}"
[place]
country = { value = "DE" }
city = { column = "City" }
[source]
kind = "ngo_report"
title = "Register"
url = "https://register.example/{Ref}"
[[organisation]]
from = { column = "Vendor", kind = "company" }
role = { value = "prime_contractor" }
[[field]]
field = "technology"
from = { column = "Technology", codes = { "CCTV" = "camera_cctv" } }
"#;
const HEADER: &str = "Ref,City,Project,Text,Vendor,Technology\n";

struct Desk {
    db: TestDatabase,
    codebook: std::sync::Arc<Codebook>,
    gazetteer: std::sync::Arc<Gazetteer>,
}

impl Desk {
    fn open() -> Self {
        Self { db: TestDatabase::open(), codebook: Codebook::embedded(), gazetteer: Gazetteer::embedded() }
    }

    fn vocabulary(&self) -> Vocabulary<'_> {
        Vocabulary { codebook: &self.codebook, gazetteer: &self.gazetteer }
    }

    fn reads(&self, mapping: &str, table: &[u8]) -> Result<(Translated, Vec<RowReport>), String> {
        let mut rows = Vec::new();
        let mut tell = |row: &RowReport| {
            rows.push(row.clone());
            Ok(())
        };
        let mapping = Mapping::parse(mapping, "m.toml").map_err(|error| error.to_string())?;
        let translated = translate(&self.db, self.vocabulary(), &mapping, ("t.csv", Box::new(table)), &mut tell)
            .map_err(|error| error.to_string())?;
        Ok((translated, rows))
    }

    fn writes(&self, translated: &Translated) -> Imported {
        let file = translated.file(self.vocabulary()).unwrap();
        transfer::import(&self.db, self.vocabulary(), &file, Existing::Refuse, &Actor::CommandLine, &mut |_| ())
            .unwrap()
    }

    /// All public cases by their titles.
    fn documents(&self) -> std::collections::BTreeMap<String, Document> {
        let ids = self.db.read(published::ids).unwrap();
        let find = |id: &CaseId| self.db.read(|r| published::find(r, id, Eyes::Public)).unwrap().document;
        ids.iter().map(|(id, _)| find(id)).map(|document| (document.title.text.clone(), document)).collect()
    }

    /// What is said of the one row of a table; nothing of it may come in.
    fn refuses(&self, row: &str) -> String {
        match self.reads(SMALL, format!("{HEADER}{row}\n").as_bytes()) {
            Err(said) => said,
            Ok((translated, rows)) => {
                assert_eq!((translated.totals().ready, translated.totals().refused), (0, 1), "{row:.80}: {rows:?}");
                let Outcome::Refused(reasons) = &rows[0].outcome else { panic!("{row:.80} is not refused") };
                reasons.join("\n")
            }
        }
    }
}

#[test]
fn the_example_of_the_manual_comes_in_as_it_says() {
    let desk = Desk::open();
    let (translated, rows) = desk.reads(MAPPING, TABLE.as_bytes()).unwrap();
    assert!(rows.iter().all(|row| row.outcome == Outcome::Ready), "{rows:#?}");
    assert_eq!(rows.iter().map(|row| row.line).collect::<Vec<_>>(), [2, 5, 6, 7, 8]);
    let totals = translated.totals();
    assert_eq!((totals.ready, totals.unused.as_slice()), (5, ["Remarks".to_owned()].as_slice()));
    assert_eq!(totals.organisations.len(), 4);
    assert!(desk.documents().is_empty(), "reading writes nothing");
    let imported = desk.writes(&translated);
    assert_eq!((imported.cases, imported.revisions, imported.organisations), (5, 5, 4));

    let acts = dump(&desk.db).into_iter().filter(|(column, act)| column == "audit_lines.act" && act == "file_imported");
    assert_eq!(acts.count(), 1, "one line in the chain of the log");

    let documents = desk.documents();
    let cologne = &documents["Köln: cameras along the ring road"];
    assert_eq!(cologne.place.places()[0].geonames, Some(2_886_242));
    assert!(cologne.narrative[0].text.contains("ring road.\n\nThe council"));
    assert_eq!(cologne.statements_of("technology").len(), 2);
    let Some(Value::Amount(sum)) = &cologne.statements_of("value")[0].value else { panic!("a sum") };
    assert_eq!((sum.amount, sum.currency.as_str()), (1_250_000.0, "EUR"));
    assert_eq!(cologne.sources[0].url.as_deref(), Some("https://register.example/projects#P-001"));
    assert_eq!(cologne.sources[0].title.as_deref(), Some("Register of made-up projects (CC BY 4.0)"));
    assert_eq!(cologne.viewpoints[0].sources, ["s2"]);
    let answer = &cologne.viewpoints[0].answers[0];
    assert!(answer.text.text.starts_with("The police alone") && !answer.quoted && answer.contested_after.is_none());
    assert_eq!(
        (answer.answered_by.as_str(), answer.sources.as_slice()),
        ("spokesperson", ["s2".to_owned()].as_slice())
    );
    assert_eq!(answer.kinds.iter().map(|kind| kind.as_str()).collect::<Vec<_>>(), ["assurance"]);
    assert_eq!(cologne.timeline[0].part.as_deref(), Some("a1"));

    assert!(documents["Springfield: street lights with sensors"].viewpoints[0].answers.is_empty(), "none was given");
    assert_eq!(documents["Springfield: street lights with sensors"].place.places()[0].geonames, Some(4_250_542));
    let bergen = &documents["Bergen: a dashboard for the harbour"];
    assert!(bergen.involvements.is_empty() && bergen.timeline.is_empty());
    let Some(Value::Code { code, text, .. }) = &bergen.statements_of("technology")[0].value else { panic!("a code") };
    assert_eq!((code.as_str(), text.as_deref()), ("other", Some("harbour dashboard")));
    let utrecht = &documents["Utrecht: free network in the streets"];
    assert_eq!(utrecht.viewpoints[0].answers[0].kinds.len(), 2);
    let cost = utrecht.statements_of("value")[0];
    assert_eq!((cost.status, cost.rank, cost.value.is_none()), (Status::Withheld, Rank::Preferred, true));
    assert!(utrecht.involvements.iter().any(|part| part.organisation == cologne.involvements[0].organisation));
}

#[test]
fn a_table_that_is_imported_again_brings_its_new_rows_alone() {
    let desk = Desk::open();
    let (first, _) = desk.reads(MAPPING, TABLE.as_bytes()).unwrap();
    desk.writes(&first);
    let longer = format!("{TABLE}P-006;Essen;DE;a pilot with lamps;;CCTV;beispielkamera gmbh;;;trial;Lamps.;;;;;;\n");
    let (second, rows) = desk.reads(MAPPING, longer.as_bytes()).unwrap();
    assert_eq!((second.totals().ready, second.totals().present), (1, 5));
    assert!(matches!(rows[0].outcome, Outcome::Present(_)) && rows[5].outcome == Outcome::Ready);
    assert!(second.totals().organisations.is_empty(), "the vendor is on record by now");
    desk.writes(&second);
    assert_eq!(desk.documents().len(), 6);
    let twice = format!("{HEADER}1,Essen,lamps,x,,CCTV\n1,Essen,lamps,y,,CCTV\n");
    let (_, rows) = desk.reads(SMALL, twice.as_bytes()).unwrap();
    let Outcome::Refused(reasons) = &rows[1].outcome else { panic!("the second is refused") };
    assert!(reasons[0].contains("same address as the one in line 2"), "{reasons:?}");
}

#[test]
fn a_city_is_chosen_for_any_of_the_countries_of_its_row() {
    let desk = Desk::open();
    let city = "country = { column = \"Where\", split = \";\" }\ncities = { \"Springfield, US\" = 4250542 }";
    let mapping = SMALL.replace("country = { value = \"DE\" }", &format!("scope = {{ value = \"several\" }}\n{city}"));
    let mapping = mapping.replace("city = { column = \"City\" }", "city = { column = \"City\", split = \";\" }");
    let table = "Ref,City,Project,Text,Vendor,Technology,Where\n1,Essen;Springfield,lamps,x,Acme,CCTV,DE;US\n";
    let (translated, rows) = desk.reads(&mapping, table.as_bytes()).unwrap();
    assert_eq!(rows[0].outcome, Outcome::Ready);
    desk.writes(&translated);
    let places: Vec<_> = desk.documents().values().next().unwrap().place.places().to_vec();
    assert_eq!(places.iter().map(|place| place.country.as_str()).collect::<Vec<_>>(), ["DE", "US"]);
    assert_eq!(places[1].geonames, Some(4_250_542));
}

#[test]
fn all_that_is_wrong_with_a_row_is_told_at_once_with_what_could_stand_there() {
    let desk = Desk::open();
    let without_choice = MAPPING.replace("cities = { \"Springfield, US\" = 4250542 }", "");
    let (translated, rows) = desk.reads(&without_choice, TABLE.as_bytes()).unwrap();
    let Outcome::Refused(reasons) = &rows[2].outcome else { panic!("Springfield is refused") };
    assert!(reasons[0].contains("4250542 = Springfield, Illinois (US, 114394 inhabitants)"), "{reasons:?}");
    assert!(translated.totals().ambiguous["Springfield"].contains("Oregon"));

    let row = "P-009;Atlantis;Nowhere;lamps;soon;CCTV;Beispiel;much;euro;broken;x;;;;;not an address;\n";
    let table = format!("{}\n{row}", TABLE.lines().next().unwrap());
    let (translated, rows) = desk.reads(MAPPING, table.as_bytes()).unwrap();
    let Outcome::Refused(reasons) = &rows[0].outcome else { panic!("refused") };
    let said = reasons.join("\n");
    for expected in [
        "\"Country\": \"Nowhere\" is no country",
        "\"City\": \"Atlantis\" cannot be looked for without a country",
        "\"Signed\": \"soon\" is no date; write 2018",
        "\"Cost\": \"much\" is no number",
        "\"Status\": \"broken\" has no code of state (proposed, agreed_not_started",
        "\"Article\": an address begins with http",
    ] {
        assert!(said.contains(expected), "{expected} is missing in:\n{said}");
    }
    let unmapped = translated.totals().unmapped[&("Status".to_owned(), "\"broken\"".to_owned())];
    assert_eq!(unmapped, 1, "two fields read it, in one row");
    assert!(rows[0].title.starts_with("Atlantis"));
}

#[test]
fn hostile_cells_and_broken_tables_are_refused_with_a_sentence_each() {
    let desk = Desk::open();
    let megabyte = format!("1,Essen,lamps,{},Acme,CCTV", "x".repeat(1 << 20));
    for (row, expected) in [
        ("1,Essen,=1+1,x,Acme,CCTV", "\"Project\": the cell holds a formula"),
        ("1,Essen,lamps,a <script>b</script>,Acme,CCTV", "\"Text\": the cell holds HTML (<script>)"),
        ("1,Essen,lamps,nul\0,Acme,CCTV", "\"Text\": the cell holds U+0000"),
        (megabyte.as_str(), "\"Text\": the cell has more than 50000 characters"),
        ("1,Essen,lamps", "the row has 3 cells and the header 6"),
        ("1,Essen,lamps,x,Acme,CCTV,more", "the row has 7 cells and the header 6"),
        ("1,Essen,la\"mps,x,Acme,CCTV", "t.csv:2: a quotation mark stands within the cell"),
        (
            "1,Essen,\"lamps,x,Acme,CCTV\n2,Essen",
            "t.csv:2: the quotation mark that opens a cell in this line is never closed",
        ),
        ("1,,lamps,x,Acme,CCTV", "\"City\": is empty, and the title needs it"),
        (",Essen,lamps,x,Acme,CCTV", "\"Ref\": is empty, and the address of the row needs it"),
        ("1,Essen,lamps,x,–,CCTV", "no letter and no digit"),
        ("1,Essen,lamps,x,Acme,Gunshot mics", "\"Technology\": \"Gunshot mics\" has no code of technology"),
    ] {
        let said = desk.refuses(row);
        assert!(said.contains(expected), "{row:.60}: {said:.300}");
    }
    for row in ["1,,lamps,x,Acme,CCTV", "1,Essen,lamps"] {
        let (_, rows) = desk.reads(SMALL, format!("{HEADER}{row}\n").as_bytes()).unwrap();
        assert_eq!((rows[0].title.as_str(), rows[0].line), ("", 2), "it has no half of a title");
    }
    let long_title = desk.refuses(&format!("1,Essen,{},x,Acme,CCTV", "long ".repeat(40)));
    assert!(long_title.contains("\"City\", \"Project\": more than 120 characters"), "{long_title}");
    // The same row without fault comes in, with a byte-order mark before the table.
    let well = format!("\u{feff}{HEADER}1,Essen,lamps,x,Acme,CCTV\n");
    let (translated, rows) = desk.reads(SMALL, well.as_bytes()).unwrap();
    assert_eq!(translated.totals().ready, 1, "{rows:?}");
}

#[test]
fn tables_in_another_form_than_the_mapping_says_are_refused_with_what_to_say() {
    let desk = Desk::open();
    for (table, expected) in [
        (&b"Ref;City;Project;Text;Vendor;Technology\n1;Essen;a;b;c;CCTV\n"[..], "say delimiter = \";\" under [file]"),
        (b"Ref,City,Project,Text,Vendor,Technology\n1,K\xf6ln,a,b,c,CCTV\n", "t.csv:2: the table is not UTF-8"),
        (b"\xff\xfeR\0e\0f\0", "the table is not UTF-8"),
        (b"", "the table is empty"),
        (
            b"Ref,City,Project,Text,Vendor\n",
            "m.toml:22: the table has no column \"Technology\"; it has \"Ref\", \"City\"",
        ),
        (b"Ref,City,City,Project,Text,Vendor,Technology\n", "the table has two columns \"City\""),
    ] {
        let said = desk.reads(SMALL, table).err().unwrap();
        assert!(said.contains(expected), "{said}");
    }
}

#[test]
fn every_fault_of_a_mapping_is_told_with_its_line() {
    let desk = Desk::open();
    for (from, to, expected) in [
        ("\"deployment\"", "\"deploy\"", "m.toml:3: kind has no code \"deploy\"; it has agreement, deployment"),
        ("\"undivided\"", "\"story\"", "m.toml:8: narrative_heading has no code \"story\""),
        ("{City}: {Project}", "{City: {Project}", "m.toml:6: the table has no column"),
        ("\"technology\"", "\"gadget\"", "m.toml:21: the vocabulary has no field \"gadget\""),
        ("\"camera_cctv\"", "\"cctv\"", "m.toml:22: technology has no code \"cctv\""),
        ("https://register.example/{Ref}", "https://register.example/", "m.toml:16: the address must tell one row"),
        ("kind = \"ngo_report\"", "kind = \"first_hand_account\"", "m.toml:14: a table is no account"),
        (", kind = \"company\"", "", "m.toml:18: say which kind an organisation is"),
        ("city = { column = \"City\" }", "city = { }", "m.toml:12: say either value"),
        ("coder = \"import\"", "codder = \"import\"", "m.toml:4: unknown field `codder`"),
        ("language = \"en\"", "language = \"en", "m.toml:5: "),
    ] {
        let mapping = SMALL.replacen(from, to, 1);
        assert_ne!(mapping, SMALL, "{from} is not there");
        let said = desk.reads(&mapping, HEADER.as_bytes()).err().unwrap_or_default();
        assert!(said.contains(expected), "{from}: {said}");
    }
    let several = SMALL.replace("\"deployment\"", "\"deploy\"").replace("\"camera_cctv\"", "\"cctv\"");
    assert_eq!(desk.reads(&several, HEADER.as_bytes()).err().unwrap().lines().count(), 2);
    // Keys that there are not hide nothing, wherever they stand.
    let strange = several.replace("title = \"Register\"", "titel = \"x\"\ntitle = \"Register\"");
    let strange = strange.replace("kind = \"company\" }", "kind = \"company\", splitt = \",\" }");
    let said = desk.reads(&strange, HEADER.as_bytes()).err().unwrap();
    let starts =
        ["m.toml:3: kind has no code", "m.toml:15: unknown field `titel`", "m.toml:19: unknown field `splitt`"];
    for (line, start) in said.lines().zip(starts.into_iter().chain(["m.toml:23: technology has no code"])) {
        assert!(line.starts_with(start), "{said}");
    }
    assert_eq!(said.lines().count(), 4, "{said}");
    let said = desk.reads(&SMALL.replace("coder =", "codder ="), HEADER.as_bytes()).err().unwrap();
    assert!(said.contains("unknown field `codder`") && said.contains("missing field `coder`"), "{said}");
}

/// A concern with two answers from columns, the second contested, and a second concern with an answer of its own.
const ANSWERED: &str = r#"
[[further_source]]
name = "protocol"
kind = { value = "council_paper" }
title = "{Text}"
[[viewpoint]]
topic = { value = "privacy_of_residents" }
raised_by = { value = "resident" }
concern = "{Project}"
quoted = true
[[viewpoint.answer]]
answered_by = { value = "mayor" }
text = "{Vendor}"
date = { value = "2020-05" }
quoted = true
[[viewpoint.answer]]
answered_by = { column = "Technology", codes = { "CCTV" = "vendor" } }
text = "{City} said so"
speaker = "press officer"
cites = ["protocol"]
contested_by = ["protocol"]
[[viewpoint]]
topic = { value = "privacy_of_residents" }
raised_by = { value = "council_member" }
concern = "{Text}"
[[viewpoint.answer]]
answered_by = { value = "mayor" }
text = "{Ref}"
"#;

#[test]
fn answers_come_in_with_the_concern_that_they_answer_and_never_without() {
    let desk = Desk::open();
    let mapping = format!("{SMALL}{ANSWERED}").replace("title = \"{City}: {Project}\"", "title = \"{City}: {Ref}\"");
    let table = format!("{HEADER}1,Essen,Why?,Who?,Because.,CCTV\n");
    let (translated, rows) = desk.reads(&mapping, table.as_bytes()).unwrap();
    assert_eq!(translated.totals().ready, 1, "{rows:?}");
    desk.writes(&translated);
    let documents = desk.documents();
    let case = &documents["Essen: 1"];
    let [why, who] = case.viewpoints.as_slice() else { panic!("two concerns") };
    let [first, second] = why.answers.as_slice() else { panic!("two answers") };
    assert_eq!((first.id.as_str(), second.id.as_str(), who.answers[0].id.as_str()), ("w1", "w2", "w3"));
    assert!(why.quoted && first.quoted && !second.quoted && !who.quoted);
    assert_eq!((first.text.text.as_str(), first.sources.as_slice()), ("Because.", ["s1".to_owned()].as_slice()));
    assert!(first.date.is_some() && first.contested_after.is_none());
    assert_eq!((second.answered_by.as_str(), second.speaker.as_deref()), ("vendor", Some("press officer")));
    assert_eq!(second.contested_after.as_ref().unwrap().sources, ["s2"]);

    for (row, expected) in [
        ("2,Essen,,Who?,Because.,CCTV", "\"Vendor\": is an answer, and the row names no concern that it answers"),
        ("2,Essen,Why?,Who?,Because.,", "\"Technology\": says nothing that is a answered_by"),
    ] {
        let (_, rows) = desk.reads(&mapping, format!("{HEADER}{row}\n").as_bytes()).unwrap();
        let Outcome::Refused(reasons) = &rows[0].outcome else { panic!("{row} is not refused") };
        assert!(reasons.iter().any(|reason| reason.contains(expected)), "{row}: {reasons:?}");
    }
    let long = format!("2,Essen,Why?,Who?,{},CCTV", "long ".repeat(4000));
    let (_, rows) = desk.reads(&mapping, format!("{HEADER}{long}\n").as_bytes()).unwrap();
    let Outcome::Refused(reasons) = &rows[0].outcome else { panic!("it is too long") };
    assert!(reasons.iter().any(|reason| reason.starts_with("\"Vendor\": more than")), "{reasons:?}");
    let wrong = mapping.replacen("{ value = \"mayor\" }", "{ value = \"lord_mayor\" }", 1);
    let said = desk.reads(&wrong, HEADER.as_bytes()).err().unwrap();
    assert!(said.starts_with("m.toml:34: answered_by has no code \"lord_mayor\"; it has mayor, "), "{said}");
}
