//! Sets and counts against plain SQL over the same tables: generated cases, generated filters, the same at each run.

use std::{collections::BTreeMap, fmt::Write, sync::Arc};

use diesel::{QueryableByName, RunQueryDsl, sql_query, sql_types};

use super::*;
use crate::{
    cases::catalogue::Catalogue,
    db::{Database, each_backend},
    places::SizeClass,
    random::Random,
    testing::{SeededRandom, TestDatabase, tamper},
};

const CASES: usize = 150;
const SETS: usize = 50;

/// A facet with the codes that generated cases have.
type Facet = (String, Vec<String>);

/// Field and code, status, confidence or reliability, with the number of cases.
type Tallies = BTreeMap<(String, String), u64>;

/// Inhabitants: on the bounds of classes, beside them and between.
const PEOPLE: [u64; 9] = [900, 49_999, 50_000, 120_000, 199_999, 200_000, 450_000, 1_500_000, 9_000_000];

struct Dice(SeededRandom);

impl Dice {
    fn below(&self, bound: usize) -> usize {
        let random: &dyn Random = &self.0;
        usize::try_from(random.below(bound as u64)).unwrap()
    }

    fn one_in(&self, number: usize) -> bool {
        self.below(number) == 0
    }

    fn of<'a, T>(&self, all: &'a [T]) -> &'a T {
        &all[self.below(all.len())]
    }
}

#[derive(QueryableByName)]
struct Found {
    #[diesel(sql_type = sql_types::Integer)]
    ordinal: i32,
}

#[derive(QueryableByName)]
struct Tally {
    #[diesel(sql_type = sql_types::Text)]
    field: String,
    #[diesel(sql_type = sql_types::Text)]
    code: String,
    #[diesel(sql_type = sql_types::BigInt)]
    number: i64,
}

/// Where the rows of a retired field are filed, said in SQL.
const FIELD: &str = "CASE v.field WHEN 'sector' THEN 'domain' ELSE v.field END";
/// Where those of a retired code are.
const CODE: &str = "CASE WHEN v.field IN ('domain', 'sector') AND v.code = 'energy' THEN 'water' ELSE v.code END";

/// Coded fields with retired codes among them, a retired field, countries, and more organisations than a list shows at once.
fn vocabulary(book: &Codebook) -> Vec<Facet> {
    let coded = book.facets().filter(|field| field.code != COUNTRY && field.code != "domain" && field.codes.len() >= 3);
    let coded = coded.take(3).chain(["domain", "sector"].map(|field| book.field(field).unwrap()));
    let mut all: Vec<Facet> = coded
        .map(|field| (field.code.clone(), field.codes.iter().take(5).map(|code| code.code.clone()).collect()))
        .collect();
    all.push((COUNTRY.to_owned(), ["CN", "DE", "FR", "KE", "NL"].map(str::to_owned).to_vec()));
    all.push((VENDOR.to_owned(), (0..20).map(|number| format!("o_vendor_{number}")).collect()));
    all
}

/// Writes generated cases: some out of sight, some without dates, with values of every status and confidence, or of none.
fn write_cases(db: &Database, dice: &Dice, vocabulary: &[Facet]) {
    let (mut cases, mut values) = (Vec::new(), Vec::new());
    for ordinal in 0..CASES {
        let visibility = *dice.of(&["public", "public", "public", "public", "public", "public", "unlisted", "hidden"]);
        let years = match dice.one_in(6) {
            true => "NULL, NULL".to_owned(),
            false => {
                let first = 1990 + dice.below(35);
                format!("{first}, {}", first + dice.below(8))
            }
        };
        let people = (!dice.one_in(3)).then(|| *dice.of(&PEOPLE));
        let number = people.map_or_else(|| "NULL".to_owned(), |number| number.to_string());
        cases.push(format!(
            "('{ordinal:08}', {ordinal}, '{visibility}', 1, FALSE, 'case {ordinal}', '2026-Q1', {years}, '{{}}', 0, {number})"
        ));
        let mut position = 0;
        let mut add = |field: &str, code: Option<&str>, support: [Option<&str>; 3]| {
            let quoted = |text: Option<&str>| text.map_or_else(|| "NULL".to_owned(), |text| format!("'{text}'"));
            let (code, [status, confidence, reliability]) = (quoted(code), support.map(quoted));
            values.push(format!(
                "('{ordinal:08}', {position}, '{field}', {code}, {status}, {confidence}, {reliability})"
            ));
            position += 1;
        };
        for (field, codes) in vocabulary {
            for _ in 0..dice.below(4) {
                let code = (!dice.one_in(6)).then(|| dice.of(codes).as_str());
                let said = field != COUNTRY;
                let status = said.then(|| dice.of(Status::ALL).code());
                let confidence = (said && !dice.one_in(5)).then(|| dice.of(Confidence::ALL).code());
                let reliability = (said && !dice.one_in(5)).then(|| dice.of(Reliability::ALL).code());
                add(field, code, [status, confidence, reliability]);
            }
        }
        if !dice.one_in(4) {
            let class = people.map_or_else(|| *dice.of(&SizeClass::ALL), SizeClass::of);
            add("size_class", Some(class.code()), [None; 3]);
        }
        for _ in 0..dice.below(3) {
            add(EVIDENCE, Some(dice.of(Reliability::ALL).code()), [None; 3]);
        }
    }
    let columns = "id, ordinal, visibility, revision, reference, title_folded, revised, year_from, year_to, computed, changed_in, population";
    tamper(db, &format!("INSERT INTO cases ({columns}) VALUES {}", cases.join(", ")));
    let columns = "case_id, position, field, code, status, confidence, reliability";
    tamper(db, &format!("INSERT INTO case_values ({columns}) VALUES {}", values.join(", ")));
}

/// What a reader may ask for, as it stands in an address.
fn asked(dice: &Dice, vocabulary: &[Facet]) -> Vec<(String, String)> {
    let mut pairs = Vec::new();
    for _ in 0..=dice.below(2) {
        let (field, codes) = dice.of(vocabulary);
        let mut add = |group: Group, code: &str| pairs.push((group.name(field), code.to_owned()));
        if !dice.one_in(4) {
            (0..=dice.below(3)).for_each(|_| add(Group::Any, dice.of(codes).as_str()));
        }
        if dice.one_in(3) {
            (0..=dice.below(2)).for_each(|_| add(Group::Status, dice.of(Status::ALL).code()));
        }
        if dice.one_in(4) {
            (0..=dice.below(2)).for_each(|_| add(Group::Confidence, dice.of(Confidence::ALL).code()));
        }
        if dice.one_in(5) {
            (0..=dice.below(2)).for_each(|_| add(Group::Reliability, dice.of(Reliability::ALL).code()));
        }
        if dice.one_in(3) {
            add(Group::Not, dice.of(codes).as_str());
        }
    }
    if dice.one_in(4) {
        let of_any = [
            (Group::Status, dice.of(Status::ALL).code()),
            (Group::Confidence, dice.of(Confidence::ALL).code()),
            (Group::Reliability, dice.of(Reliability::ALL).code()),
        ];
        let some = of_any.into_iter().filter(|_| dice.one_in(2));
        pairs.extend(some.map(|(group, code)| (group.name(ANY), code.to_owned())));
    }
    if dice.one_in(4) {
        pairs.push(("evidence".to_owned(), dice.of(Reliability::ALL).code().to_owned()));
    }
    for name in ["year.from", "year.to"] {
        if dice.one_in(3) {
            pairs.push((name.to_owned(), (1990 + dice.below(35)).to_string()));
        }
    }
    let ends = [
        ("population.from", ["0", "50 000", "100000", "200.000"]),
        ("population.to", ["199999", "200,000", "499999", "5000000"]),
    ];
    for (name, numbers) in ends {
        if dice.one_in(6) {
            pairs.push((name.to_owned(), (*dice.of(&numbers)).to_owned()));
        }
    }
    pairs
}

fn quoted<'a>(codes: impl Iterator<Item = &'a str>) -> String {
    codes.map(|code| format!("'{code}'")).collect::<Vec<_>>().join(", ")
}

/// What one statement `v` must be; what is asked of the column `but` is left out.
fn of_statement(filter: &FieldFilter, but: &str) -> String {
    let columns = [
        (CODE, quoted(filter.any.iter().map(String::as_str))),
        ("v.status", quoted(filter.status.iter().map(|status| status.code()))),
        ("v.confidence", quoted(filter.confidence.iter().map(|confidence| confidence.code()))),
        ("v.reliability", quoted(filter.reliability.iter().map(|reliability| reliability.code()))),
    ];
    let mut sql = String::new();
    for (column, codes) in columns.into_iter().filter(|(column, codes)| *column != but && !codes.is_empty()) {
        write!(sql, " AND {column} IN ({codes})").unwrap();
    }
    sql
}

/// What the case `c` must be; what the field `but` asks for is left out, but not what it excludes.
fn of_case(filters: &Filters, but: &str) -> String {
    let says = |field: &str, what: &str| {
        let of_field = if field == ANY { "v.status IS NOT NULL".to_owned() } else { format!("{FIELD} = '{field}'") };
        format!("EXISTS (SELECT 1 FROM case_values v WHERE v.case_id = c.id AND {of_field}{what})")
    };
    let mut sql = "c.visibility = 'public'".to_owned();
    for (field, filter) in &filters.fields {
        let statement = of_statement(filter, "");
        if !statement.is_empty() && field != but {
            write!(sql, " AND {}", says(field, &statement)).unwrap();
        }
        if !filter.not.is_empty() {
            let codes = quoted(filter.not.iter().map(String::as_str));
            write!(sql, " AND NOT {}", says(field, &format!(" AND {CODE} IN ({codes})"))).unwrap();
        }
    }
    if !filters.evidence.is_empty() && but != EVIDENCE {
        let codes = quoted(filters.evidence.iter().map(|reliability| reliability.code()));
        write!(sql, " AND {}", says(EVIDENCE, &format!(" AND v.code IN ({codes})"))).unwrap();
    }
    filters.year_from.iter().for_each(|from| write!(sql, " AND c.year_to >= {from}").unwrap());
    filters.year_to.iter().for_each(|to| write!(sql, " AND c.year_from <= {to}").unwrap());
    if filters.asks_for_population() {
        write!(sql, " AND {}", of_population(filters)).unwrap();
    }
    sql
}

/// The number lies in the range, or the whole class does where there is no number.
fn of_population(filters: &Filters) -> String {
    let (from, to) = (filters.population_from.unwrap_or(0), filters.population_to.unwrap_or(99_999_999_999));
    let covered = SizeClass::ALL.into_iter().filter(|class| {
        let (least, above) = class.bounds();
        from <= least && above.unwrap_or(99_999_999_999) <= to + 1
    });
    let classes = quoted(covered.map(SizeClass::code));
    let of_class = match classes.is_empty() {
        true => "FALSE".to_owned(),
        false => format!(
            "c.population IS NULL AND EXISTS (SELECT 1 FROM case_values v WHERE v.case_id = c.id AND v.field = 'size_class' AND v.code IN ({classes}))"
        ),
    };
    format!("(c.population BETWEEN {from} AND {to} OR ({of_class}))")
}

fn set_by_sql(db: &Database, filters: &Filters) -> Vec<u32> {
    let sql = format!("SELECT c.ordinal AS ordinal FROM cases c WHERE {} ORDER BY c.ordinal", of_case(filters, ""));
    let found = db.read(|r| Ok(each_backend!(r.conn(), |c| sql_query(sql.as_str()).load::<Found>(c))?)).unwrap();
    found.into_iter().map(|found| u32::try_from(found.ordinal).unwrap()).collect()
}

/// How many cases each code, status, confidence or reliability has, whichever `column` is: a field's own choice in that column is left out.
fn tallies_by_sql(db: &Database, filters: &Filters, column: &str) -> Tallies {
    let none = FieldFilter::default();
    let asked = filters.fields.iter().map(|(field, filter)| (field.as_str(), filter));
    let asked: Vec<(&str, &FieldFilter)> =
        asked.filter(|(field, _)| *field != ANY).chain([(EVIDENCE, &none)]).collect();
    let others = quoted(asked.iter().map(|(field, _)| *field));
    let mut conditions = vec![format!("{FIELD} NOT IN ({others}) AND {}", of_case(filters, ""))];
    for (field, filter) in asked {
        // The facet asks nothing of the case here, but all else of the statement that is counted.
        let statement = of_statement(filter, column);
        conditions.push(format!("{FIELD} = '{field}'{statement} AND {}", of_case(filters, field)));
    }
    let mut tallies = Tallies::new();
    for condition in conditions {
        let sql = format!(
            "SELECT {FIELD} AS field, {column} AS code, COUNT(DISTINCT c.ordinal) AS number \
             FROM cases c JOIN case_values v ON v.case_id = c.id \
             WHERE ({column}) IS NOT NULL AND {condition} GROUP BY {FIELD}, {column}"
        );
        let found = db.read(|r| Ok(each_backend!(r.conn(), |c| sql_query(sql.as_str()).load::<Tally>(c))?)).unwrap();
        for Tally { field, code, number } in found {
            tallies.insert((field, code), u64::try_from(number).unwrap());
        }
    }
    tallies
}

fn tallies_of<'a>(counts: impl Iterator<Item = (&'a str, &'a str, u64)>) -> Tallies {
    let some = counts.filter(|(_, _, number)| *number > 0);
    some.map(|(field, code, number)| ((field.to_owned(), code.to_owned()), number)).collect()
}

/// Compares one set with all its counts; says how many cases fit and how many there are.
fn compare(db: &Database, catalogue: &Catalogue, book: &Codebook, pairs: &[(String, String)]) -> (usize, usize) {
    let filters = Filters::parse(pairs.iter().map(|(name, value)| (name, value)), book).unwrap().filters;
    let (set, counts, all) = db
        .read(|r| {
            let known = catalogue.fresh(r)?;
            let all = known.facets.all().clone();
            Ok((known.facets.fitting(&filters), known.facets.counts(&filters, &all, book), all))
        })
        .unwrap();
    assert_eq!(set.iter().collect::<Vec<u32>>(), set_by_sql(db, &filters), "{pairs:?}");
    let codes = counts
        .facets
        .iter()
        .flat_map(|facet| facet.codes.iter().map(|code| (facet.field.as_str(), code.code.as_str(), code.count)));
    let evidence = counts.evidence.iter().map(|(reliability, number)| (EVIDENCE, reliability.code(), *number));
    let codes = tallies_of(codes.chain(evidence));
    assert_eq!(codes, tallies_by_sql(db, &filters, CODE), "{pairs:?}");
    let facets = || counts.facets.iter();
    let statuses = facets()
        .flat_map(|facet| facet.statuses.iter().map(|(status, number)| (facet.field.as_str(), status.code(), *number)));
    assert_eq!(tallies_of(statuses), tallies_by_sql(db, &filters, "v.status"), "{pairs:?}");
    let confidences = facets().flat_map(|facet| {
        facet.confidences.iter().map(|(confidence, number)| (facet.field.as_str(), confidence.code(), *number))
    });
    assert_eq!(tallies_of(confidences), tallies_by_sql(db, &filters, "v.confidence"), "{pairs:?}");
    let reliabilities = facets().flat_map(|facet| {
        facet.reliabilities.iter().map(|(reliability, number)| (facet.field.as_str(), reliability.code(), *number))
    });
    assert_eq!(tallies_of(reliabilities), tallies_by_sql(db, &filters, "v.reliability"), "{pairs:?}");
    compare_statements(db, &filters, &counts.statements);
    for facet in &counts.facets {
        assert_eq!(facet.distinct, codes.keys().filter(|(field, _)| *field == facet.field).count(), "{pairs:?}");
    }
    (set.iter().count(), all.iter().count())
}

/// Compares how many cases have any statement of each status, confidence and reliability.
fn compare_statements(db: &Database, filters: &Filters, found: &FacetCount) {
    let own = filters.fields.get(ANY).cloned().unwrap_or_default();
    let by_sql = |column: &str| -> BTreeMap<String, u64> {
        let sql = format!(
            "SELECT '*' AS field, {column} AS code, COUNT(DISTINCT c.ordinal) AS number \
             FROM cases c JOIN case_values v ON v.case_id = c.id \
             WHERE v.status IS NOT NULL AND {column} IS NOT NULL{} AND {} GROUP BY {column}",
            of_statement(&own, column),
            of_case(filters, ANY)
        );
        let found = db.read(|r| Ok(each_backend!(r.conn(), |c| sql_query(sql.as_str()).load::<Tally>(c))?)).unwrap();
        found.into_iter().map(|tally| (tally.code, u64::try_from(tally.number).unwrap())).collect()
    };
    let statuses = found.statuses.iter().map(|(status, number)| (status.code().to_owned(), *number));
    assert_eq!(statuses.collect::<BTreeMap<_, _>>(), by_sql("v.status"), "{filters:?}");
    let confidences = found.confidences.iter().map(|(confidence, number)| (confidence.code().to_owned(), *number));
    assert_eq!(confidences.collect::<BTreeMap<_, _>>(), by_sql("v.confidence"), "{filters:?}");
    let reliabilities =
        found.reliabilities.iter().map(|(reliability, number)| (reliability.code().to_owned(), *number));
    assert_eq!(reliabilities.collect::<BTreeMap<_, _>>(), by_sql("v.reliability"), "{filters:?}");
}

/// R2, R3, R4, R33, R35: each set and each count is what plain SQL says, before and after cases come into view and go out of sight;
/// what carries a retired code is found and counted under the one that took its place.
#[test]
fn sets_and_counts_are_those_of_plain_sql() {
    let (db, book, dice) = (TestDatabase::open(), Arc::new(retiring()), Dice(SeededRandom::new(2)));
    let (vocabulary, catalogue) = (vocabulary(&book), Catalogue::by(Arc::clone(&book)));
    write_cases(&db, &dice, &vocabulary);
    let (found, published) = compare(&db, &catalogue, &book, &[]);
    assert!(found == published && found > CASES / 2 && found < CASES, "some are public, some are not: {found}");
    let mut telling = 0;
    for number in 1..SETS {
        if number == SETS / 2 {
            tamper(&db, "UPDATE cases SET visibility = 'hidden', changed_in = 1 WHERE ordinal % 9 = 4");
            tamper(&db, "UPDATE cases SET visibility = 'public', changed_in = 1 WHERE visibility = 'unlisted'");
            tamper(&db, "UPDATE visibility_generation SET generation = 1");
        }
        let (found, published) = compare(&db, &catalogue, &book, &asked(&dice, &vocabulary));
        telling += usize::from(found > 0 && found < published);
    }
    let renamed: BTreeMap<_, _> = tallies_by_sql(&db, &Filters::default(), CODE);
    let domain = |code: &str| renamed.get(&("domain".to_owned(), code.to_owned())).copied().unwrap_or_default();
    assert!(domain("water") > domain("waste") && domain("mobility") > 0 && domain("energy") == 0, "{renamed:?}");
    assert!(telling > SETS / 3, "most sets are neither empty nor everything: {telling}");
}
