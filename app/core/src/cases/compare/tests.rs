use super::*;
use crate::{
    cases::{
        Vocabulary,
        document::{Place, Scope, Statement, Value},
        published::{self, Eyes},
        seeds,
    },
    codebook::Codebook,
    limits,
    organisations::{self, Directory},
    places::{Gazetteer, Jurisdictions},
    testing::TestDatabase,
};

struct Library {
    cases: Vec<Published>,
    parties: Directory,
    codebook: std::sync::Arc<Codebook>,
    gazetteer: std::sync::Arc<Gazetteer>,
    jurisdictions: std::sync::Arc<Jurisdictions>,
}

impl Library {
    /// The first cases, the reference case first.
    fn open() -> Self {
        let (codebook, gazetteer) = (Codebook::embedded(), Gazetteer::embedded());
        let db = TestDatabase::open();
        seeds::plant(&db, Vocabulary { codebook: &codebook, gazetteer: &gazetteer }, true).unwrap();
        let mut cases: Vec<Published> = db
            .read(|r| published::ids(r)?.iter().map(|(id, _)| published::find(r, id, Eyes::Public)).collect())
            .unwrap();
        cases.sort_by_key(|case| !case.document.reference);
        let ids: Vec<_> =
            cases.iter().flat_map(|case| &case.document.involvements).filter_map(|i| i.organisation.clone()).collect();
        let parties = db.read(|r| organisations::of_ids(r, &ids)).unwrap();
        Self { cases, parties, codebook, gazetteer, jurisdictions: Jurisdictions::embedded() }
    }

    fn lens(&self) -> Lens<'_> {
        Lens {
            codebook: &self.codebook,
            gazetteer: &self.gazetteer,
            jurisdictions: &self.jurisdictions,
            parties: &self.parties,
            lang: "en",
            today: "2026-11-23".parse().unwrap(),
        }
    }

    fn compare(&self, count: usize) -> Comparison {
        compare(&self.cases[..count], &self.lens())
    }
}

fn row<'a>(comparison: &'a Comparison, field: &str) -> &'a Row {
    comparison.rows.iter().find(|row| row.field == field).unwrap()
}

// R20: rows are fields, differences and gaps are marked.
#[test]
fn every_field_is_a_row_and_every_case_a_column() {
    let library = Library::open();
    let comparison = library.compare(4);
    assert_eq!(comparison.columns.len(), 4);
    assert!(comparison.rows.iter().all(|row| row.cells.len() == 4));
    for field in library.codebook.core_fields().filter(|field| field.within.is_statement()) {
        assert!(comparison.rows.iter().any(|row| row.field == field.code), "{}", field.code);
    }
    assert!(
        row(&comparison, "country").differs == Differs::Yes
            || library.cases[..4]
                .iter()
                .all(|case| case.document.place.countries() == library.cases[0].document.place.countries())
    );
    for known in Differs::ALL {
        assert!(comparison.rows.iter().any(|row| row.differs == known), "{known:?}");
    }
}

#[test]
fn a_case_beside_itself_differs_in_nothing() {
    let library = Library::open();
    let twice = [library.cases[0].clone(), library.cases[0].clone()];
    let comparison = compare(&twice, &library.lens());
    assert!(comparison.rows.iter().all(|row| !row.differs.is_difference()));
    assert!(comparison.only_differences().rows.is_empty());
}

// R21: the address of an earlier revision shows what is computed of it, not of the current one.
#[test]
fn an_earlier_revision_shows_what_is_computed_of_it() {
    let library = Library::open();
    let mut other = library.cases[0].clone();
    other.computed.completeness = "stub".to_owned();
    other.computed.size_class = Some("under_50k".to_owned());
    other.computed.population = Some(1);
    let beside = |other: &Published| compare(&[library.cases[0].clone(), other.clone()], &library.lens());
    let current = beside(&other);
    for field in ["completeness", "size_class"] {
        assert_eq!(row(&current, field).differs, Differs::Yes, "what is kept is shown: {field}");
    }
    other.current += 1;
    let earlier = beside(&other);
    for field in ["completeness", "size_class", "population"] {
        assert_eq!(row(&earlier, field).differs, Differs::No, "{field}");
    }
}

#[test]
fn only_differences_leaves_out_what_is_the_same_and_what_nobody_says() {
    let library = Library::open();
    let all = library.compare(3);
    let fewer = all.clone().only_differences();
    assert!(!fewer.rows.is_empty() && fewer.rows.len() < all.rows.len());
    assert!(fewer.rows.iter().all(|row| row.differs.is_difference() && !row.is_empty()));
    let mut left_out = all.rows.iter().filter(|row| !fewer.rows.contains(row));
    assert!(left_out.all(|row| matches!(row.differs, Differs::No | Differs::AllGaps)));
}

// R20: a value beside a gap is one thing and gaps beside each other another; unknown and withheld are gaps, and what does not apply is none.
#[test]
fn a_difference_is_told_from_a_gap_and_a_gap_from_gaps_alone() {
    let library = Library::open();
    let case = |said: Option<(Status, Option<&str>)>| {
        let mut case = library.cases[0].clone();
        let statements = &mut case.document.statements;
        let at = statements.iter().position(|statement| statement.field == "funding").unwrap();
        let statement = statements.remove(at);
        if let Some((status, code)) = said {
            let value = code.map(|code| Value::code(code.parse().unwrap()));
            statements.push(Statement { status, value, ..statement });
        }
        case
    };
    let (silent, city, eu) = (None, Some((Status::Stated, Some("city_budget"))), Some((Status::Inferred, Some("eu"))));
    let (unknown, withheld) = (Some((Status::Unknown, None)), Some((Status::Withheld, None)));
    let not_applicable = Some((Status::NotApplicable, None));
    let stories = [
        (vec![city, eu], Differs::Yes),
        (vec![city, eu, silent], Differs::Yes),
        (vec![city, city], Differs::No),
        (vec![city, silent], Differs::OneIsGap),
        (vec![unknown, city], Differs::OneIsGap),
        (vec![city, withheld, city, silent], Differs::OneIsGap),
        (vec![silent, silent], Differs::AllGaps),
        (vec![unknown, silent], Differs::AllGaps),
        (vec![unknown, withheld], Differs::AllGaps),
        (vec![not_applicable, silent], Differs::AllGaps),
        (vec![not_applicable, not_applicable], Differs::No),
        (vec![not_applicable, city], Differs::No),
        (vec![not_applicable, city, eu], Differs::Yes),
        (vec![not_applicable, city, unknown], Differs::OneIsGap),
    ];
    for (said, expected) in stories {
        let cases: Vec<Published> = said.iter().map(|said| case(*said)).collect();
        let comparison = compare(&cases, &library.lens());
        assert_eq!(row(&comparison, "funding").differs, expected, "{said:?}");
        let in_file = comparison.table(&[], &library.lens());
        let line = in_file.iter().find(|line| line[0] == "funding").unwrap();
        assert_eq!(line[2], expected.code(), "{said:?}");
        let shown = comparison.only_differences().rows.iter().any(|row| row.field == "funding");
        assert_eq!(shown, matches!(expected, Differs::Yes | Differs::OneIsGap), "{said:?}");
    }
}

// R20: a country has no name of a city and no size of a municipality, so that nothing is missing there.
#[test]
fn what_a_place_cannot_have_is_no_gap_and_no_difference() {
    let library = Library::open();
    let of = |scope: Scope| library.cases.iter().filter(move |case| case.document.place.scope() == scope).cloned();
    let (cities, nations): (Vec<_>, Vec<_>) = (of(Scope::Municipality).collect(), of(Scope::Nation).collect());
    let beside = |cases: &[&Published]| {
        let cases: Vec<Published> = cases.iter().map(|case| (*case).clone()).collect();
        compare(&cases, &library.lens())
    };
    let comparison = beside(&[&cities[0], &nations[0]]);
    for field in ["city", "size_class"] {
        let row = row(&comparison, field);
        assert!(matches!(row.cells.as_slice(), [Cell::Says(_), Cell::DoesNotApply]), "{field}: {:?}", row.cells);
        assert!(row.differs == Differs::No && !row.cells[1].is_gap(), "{field}");
    }
    let table = comparison.table(&[], &library.lens());
    assert!(table.iter().any(|line| line[0] == "city" && line[2] == "no" && line[4] == "(does not apply)"));
    assert_eq!(row(&beside(&[&cities[0], &cities[1], &nations[0]]), "city").differs, Differs::Yes, "the control");
    assert!(row(&beside(&[&nations[0], &nations[1]]), "city").is_empty());
    let facility = of(Scope::Facility).next().unwrap();
    let comparison = beside(&[&cities[0], &facility]);
    assert_eq!(row(&comparison, "city").differs, Differs::Yes, "an airport has a name");
    assert_eq!(row(&comparison, "size_class").cells[1], Cell::DoesNotApply);
    let mut unnamed = library.cases.iter().find(|case| case.document.place.scope() == Scope::Several).unwrap().clone();
    if let Place::Named { places, .. } = &mut unnamed.document.place {
        places.clear();
    }
    let comparison = beside(&[&cities[0], &unnamed]);
    assert_eq!(row(&comparison, "city").differs, Differs::OneIsGap, "several municipalities have names, told or not");
}

#[test]
fn contradicting_statements_stand_side_by_side_in_one_cell() {
    let library = Library::open();
    let comparison = library.compare(2);
    let Cell::Says(said) = &row(&comparison, "signatory").cells[0] else { panic!("no signatory") };
    assert!(said.iter().filter(|said| said.status == Some(Status::Disputed)).count() >= 2);
}

// R21: the same matrix as rows of a file.
#[test]
fn the_table_has_a_row_for_each_field_and_names_gaps_and_revisions() {
    let library = Library::open();
    let comparison = library.compare(2);
    let addresses = ["https://example.org/cases/A".to_owned(), "https://example.org/cases/B".to_owned()];
    let table = comparison.table(&addresses, &library.lens());
    assert_eq!(table.len(), comparison.rows.len() + 3);
    assert!(table.iter().all(|row| row.len() == 5));
    assert!(table[0][3].ends_with("@1"));
    assert_eq!(table[2][3..], addresses);
    assert!(table.iter().flatten().any(|cell| cell == "(gap)"));
    let label = |field: &str, code: &str| library.lens().label(field, code);
    let disputed = format!("[{}, {}; 1 source: ", label("status", "disputed"), label("confidence", "possible"));
    assert!(table.iter().flatten().any(|cell| cell.contains(&disputed)));
}

// R20: beside each answer stands what it rests on: status, confidence, number and reliability of sources, and rank where there are several.
#[test]
fn an_answer_is_weighed() {
    let mut library = Library::open();
    let document = &mut library.cases[0].document;
    let only = document.statements.iter().position(|statement| statement.field == "population").unwrap();
    let worse = Reliability::ALL.iter().rev().take(2);
    for (source, reliability) in document.sources.iter_mut().zip(worse) {
        source.reliability = *reliability;
    }
    let ids: Vec<String> = document.sources.iter().take(2).map(|source| source.id.clone()).collect();
    let statement = &mut document.statements[only];
    (statement.status, statement.confidence, statement.sources) = (Status::Stated, Confidence::Probable, ids);
    let mut second = statement.clone();
    (second.id, second.rank, second.sources) = ("t999".to_owned(), Rank::Normal, Vec::new());

    let alone = library.compare(2);
    let Cell::Says(said) = &row(&alone, "population").cells[0] else { panic!("no population") };
    assert_eq!((said[0].status, said[0].confidence), (Some(Status::Stated), Some(Confidence::Probable)));
    assert_eq!(said[0].cited, Some(Cited { count: 2, best: Some(Reliability::Interested) }));
    assert_eq!(said[0].rank, None, "it stands alone");
    let text = |comparison: &Comparison| comparison.table(&[], &library.lens()).concat().join("\n");
    assert!(text(&alone).contains("[Stated, Probable; 2 sources, best: Interested]"));

    let mut cases = library.cases[..2].to_vec();
    cases[0].document.statements.push(second);
    let several = compare(&cases, &library.lens());
    let Cell::Says(said) = &row(&several, "population").cells[0] else { panic!("no population") };
    assert_eq!(said.len(), 2);
    assert!(said.iter().all(|one| one.rank.is_some()));
    assert!(text(&several).contains("[Stated, Probable; no source; Rank: Normal]"));
    let head = &row(&several, "kind").cells;
    assert!(head.iter().all(|cell| matches!(cell, Cell::Says(said) if said[0].cited.is_none())));
}

#[test]
fn cases_are_chosen_by_id_and_revision() {
    let texts = |chosen: &[Chosen]| chosen.iter().map(ToString::to_string).collect::<Vec<_>>();
    let choice = choose(["7K2MQX4T", "7k2mqx4t@3", "7K2MQX4T", "", " 7K2MQX4T "]);
    assert_eq!(texts(&choice.cases), ["7K2MQX4T", "7K2MQX4T@3"]);
    assert_eq!((texts(&choice.again), choice.no_ids.len()), (vec!["7K2MQX4T".to_owned()], 0));
    let choice = choose(["7K2MQX4T", "../etc", "../etc", "7K2MQX4T@-1"]);
    assert_eq!((choice.cases.len(), choice.no_ids), (1, vec!["../etc".to_owned(), "7K2MQX4T@-1".to_owned()]));
    let addresses = [
        "https://casebook.example/cases/7K2MQX4T",
        " https://casebook.example/cases/7k2mqx4t/?a=b#gaps ",
        "/cases/7K2MQX4T.json",
        "casebook.example/cases/7K2MQX4T/duisburg-huawei",
        "https://casebook.example/cases/7K2MQX4T/r/12.json",
        "http://127.0.0.1:8080/cases/7K2MQX4T/r/12/changes",
        "https://casebook.example/api/v1/cases/7K2MQX4T/revisions/12",
    ];
    let read: Vec<String> = addresses.iter().map(|text| text.parse::<Chosen>().unwrap().to_string()).collect();
    assert_eq!(read[..4], ["7K2MQX4T"; 4]);
    assert_eq!(read[4..], ["7K2MQX4T@12"; 3]);
    for bad in ["https://casebook.example/cases", "/cases/", "/cases/7K2MQX4T/r/", "/cases/7K2MQX4T/r/x", "/cases/7K2"]
    {
        assert!(bad.parse::<Chosen>().is_err(), "{bad}");
    }
    let many: Vec<String> = (10..99).map(|n| format!("AAAAAA{n}")).collect();
    let choice = choose(many.iter().chain(&many[..1]));
    assert_eq!((choice.cases.len(), choice.again.len()), (limits::COMPARED_NAMED, 1));
    assert_eq!(choice.beyond, 89 - limits::COMPARED_NAMED);
}
