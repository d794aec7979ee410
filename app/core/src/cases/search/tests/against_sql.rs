//! Sets and counts beside what plain SQL says over the same rows, for many generated cases and filters.

use std::collections::BTreeMap;

use super::*;
use crate::{
    cases::{
        document::{Confidence, Status},
        facets::FieldFilter,
    },
    random::Random,
    testing::{Counted, SeededRandom, counted},
};

/// How many cases are generated, and how many filters.
const CASES: usize = 120;
const QUERIES: usize = 50;

/// Chance, the same in each run.
struct Chance(Box<dyn Random>);

impl Chance {
    fn below(&self, limit: usize) -> usize {
        usize::from(u16::from_le_bytes(self.0.bytes::<2>())) % limit
    }

    fn of<'a, T>(&self, all: &'a [T]) -> &'a T {
        &all[self.below(all.len())]
    }
}

impl Forum {
    /// Publishes cases that say some of what the first ones say, each statement as sure as chance will have it.
    fn variants(&self, chance: &Chance) {
        let originals = self.everything();
        let written = self.db.write(Actor::System, |tx| {
            for _ in 0..CASES {
                let mut case = chance.of(&originals).clone();
                case.id = crate::cases::draw_id(tx)?;
                case.reference = false;
                case.related.clear();
                case.statements.retain(|_| chance.below(3) > 0);
                for statement in &mut case.statements {
                    statement.confidence = *chance.of(Confidence::ALL);
                    if statement.status == Status::Stated && chance.below(4) == 0 {
                        statement.status = Status::Disputed;
                    }
                }
                publish(tx, vocabulary(), &vocabulary().check(case).unwrap())?;
            }
            Ok(())
        });
        written.unwrap();
    }

    /// What SQL counts, by field and code: of the cases for which `cases` holds, by the rows for which `values` holds.
    fn sql(&self, cases: &[String], values: &str) -> BTreeMap<(String, String), u64> {
        let cases: String = cases.iter().map(|condition| format!(" AND {condition}")).collect();
        let rows = counted(
            &self.db,
            &format!(
                "SELECT v.field AS name, v.code AS code, count(DISTINCT c.id) AS count FROM cases c \
                 JOIN case_values v ON v.case_id = c.id \
                 WHERE c.visibility = 'public' AND v.code IS NOT NULL{cases} AND {values} GROUP BY v.field, v.code"
            ),
        );
        let count = |Counted { name, code, count }| ((name, code), u64::try_from(count).unwrap());
        rows.into_iter().map(count).collect()
    }

    /// How many cases SQL finds.
    fn sql_total(&self, cases: &[String]) -> usize {
        let cases: String = cases.iter().map(|condition| format!(" AND {condition}")).collect();
        let sql = format!(
            "SELECT '' AS name, '' AS code, count(*) AS count FROM cases c WHERE c.visibility = 'public'{cases}"
        );
        usize::try_from(counted(&self.db, &sql)[0].count).unwrap()
    }
}

fn listed(column: &str, values: impl IntoIterator<Item = String>) -> Option<String> {
    let values: Vec<String> = values.into_iter().map(|value| format!("'{value}'")).collect();
    (!values.is_empty()).then(|| format!("{column} IN ({})", values.join(", ")))
}

/// What must hold within one row: status and confidence.
fn support(filter: &FieldFilter) -> Vec<String> {
    let statuses = filter.status.iter().map(|status| status.code().to_owned());
    let confidences = filter.confidence.iter().map(|confidence| confidence.code().to_owned());
    listed("v.status", statuses).into_iter().chain(listed("v.confidence", confidences)).collect()
}

fn exists(field: &str, conditions: &[String]) -> String {
    let conditions: String = conditions.iter().map(|condition| format!(" AND {condition}")).collect();
    format!("EXISTS (SELECT 1 FROM case_values v WHERE v.case_id = c.id AND v.field = '{field}'{conditions})")
}

/// The conditions on a case, but for what the field `without` is asked for.
fn conditions(filters: &Filters, without: Option<&str>) -> Vec<String> {
    let mut all = Vec::new();
    for (field, filter) in &filters.fields {
        let asked: Vec<String> =
            listed("v.code", filter.any.iter().cloned()).into_iter().chain(support(filter)).collect();
        if !asked.is_empty() && without != Some(field) {
            all.push(exists(field, &asked));
        }
        all.extend(
            listed("v.code", filter.not.iter().cloned()).map(|codes| format!("NOT {}", exists(field, &[codes]))),
        );
    }
    let cited = listed("v.code", filters.evidence.iter().map(|reliability| reliability.code().to_owned()));
    all.extend(cited.map(|codes| exists("evidence", &[codes])));
    all.extend(filters.year_from.map(|year| format!("c.year_to >= {year}")));
    all.extend(filters.year_to.map(|year| format!("c.year_from <= {year}")));
    all
}

/// An address with one to four filters, of codes that some case has.
fn some_address(chance: &Chance, codes: &[(String, String)]) -> String {
    let mut pairs = Vec::new();
    for _ in 0..=chance.below(4) {
        let (field, code) = chance.of(codes);
        pairs.push(match chance.below(9) {
            0..4 => format!("f.{field}={code}"),
            4 => format!("not.{field}={code}"),
            5 => format!("status.{field}={}", chance.of(Status::ALL).code()),
            6 => format!("f.{field}={code}&confidence.{field}={}", chance.of(Confidence::ALL).code()),
            7 => format!("evidence={}", chance.of(&["primary", "established", "interested"])),
            _ => format!("year.from={}&year.to={}", 2012 + chance.below(4), 2015 + chance.below(6)),
        });
    }
    pairs.join("&")
}

// R2, R3, R4: every set and every count equals what plain SQL says; code, status and confidence within one statement.
#[test]
fn every_set_and_every_count_equals_what_sql_says() {
    let (forum, chance) = (Forum::open(), Chance(Box::new(SeededRandom::new(7))));
    forum.variants(&chance);
    let everything = forum.search("").counts;
    let facets = everything.facets.iter().flat_map(|facet| facet.codes.iter().map(move |code| (facet, code)));
    let codes: Vec<(String, String)> = facets
        .filter(|(_, code)| code.count > 0)
        .map(|(facet, code)| (facet.field.clone(), code.code.clone()))
        .collect();
    let (mut found, mut compared) = (0, 0);
    for _ in 0..QUERIES {
        let address = some_address(&chance, &codes);
        let asked = filters(&address);
        let results = forum.search(&address);
        assert_eq!(results.total, forum.sql_total(&conditions(&asked, None)), "{address}");
        assert_eq!(forum.whole(&address).len(), results.total, "{address}");
        found += usize::from(results.total > 0);
        let common = forum.sql(&conditions(&asked, None), "1 = 1");
        for facet in &results.counts.facets {
            let own = asked
                .fields
                .get(&facet.field)
                .filter(|own| **own != FieldFilter { not: own.not.clone(), ..FieldFilter::default() });
            let told = match own {
                None => &common,
                Some(own) => {
                    let values = support(own).into_iter().chain([format!("v.field = '{}'", facet.field)]);
                    &forum.sql(&conditions(&asked, Some(&facet.field)), &values.collect::<Vec<_>>().join(" AND "))
                }
            };
            for code in &facet.codes {
                let by_sql = told.get(&(facet.field.clone(), code.code.clone())).copied().unwrap_or(0);
                assert_eq!(code.count, by_sql, "{}={} under {address}", facet.field, code.code);
                compared += 1;
            }
            let distinct = told.keys().filter(|(field, _)| *field == facet.field).count();
            assert_eq!(facet.distinct, distinct, "values of {} under {address}", facet.field);
        }
    }
    assert!(found > QUERIES / 3, "many of the generated filters fit some case: {found}");
    assert!(compared > 10_000, "many counts were compared: {compared}");
}
