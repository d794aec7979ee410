//! Fifty generated queries over generated cases: whatever way a set is taken, it is the same set.

use casebook_core::{ids::CaseId, random::Random, testing::SeededRandom};
use roxmltree::Document as Xml;

use super::*;

/// How many queries there are.
const QUERIES: usize = 50;
/// How many cases are made of each of the first ones.
const VARIANTS: usize = 3;

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

/// The first cases, hostile words, and cases that have some of what the first ones say: more than a page holds and fewer than a feed does.
async fn many(chance: &Chance) -> Site {
    let site = shelf().await;
    let app = &site.app;
    let known = app.db.read(published::ids).unwrap();
    for (at, (id, _)) in known.iter().cycle().take(VARIANTS * known.len()).enumerate() {
        let mut document = app.db.read(|r| published::find(r, id, Eyes::Public)).unwrap().document;
        document.id = format!("{:08}", at + 100).parse::<CaseId>().unwrap();
        document.reference = false;
        document.related.clear();
        document.statements.retain(|_| chance.below(3) > 0);
        let checked = app.vocabulary().check(document).unwrap();
        app.db.write(Actor::System, |tx| cases::publish(tx, app.vocabulary(), &checked)).unwrap();
    }
    site.works();
    site
}

async fn read(site: &Site, address: String) -> Value {
    object(site.visitor().get(address).await.is(StatusCode::OK).bytes())
}

/// Something to filter by that some case has: the pair of an address, its field, and its count as the site tells it.
fn some_pair(chance: &Chance, facets: &Value) -> (String, String, u64) {
    let facets = facets["facets"].as_array().unwrap();
    let facet = chance.of(facets);
    let field = facet["field"].as_str().unwrap().to_owned();
    let (group, counts) = *chance.of(&[
        ("f", "codes"),
        ("f", "codes"),
        ("status", "statuses"),
        ("confidence", "confidences"),
        ("reliability", "reliabilities"),
    ]);
    let counts: Vec<&Value> = facet[counts].as_array().unwrap().iter().filter(|it| it["count"] != 0).collect();
    if counts.is_empty() {
        return some_pair(chance, &json!({ "facets": facets }));
    }
    let count = chance.of(&counts);
    (format!("{group}.{field}={}", count["code"].as_str().unwrap()), field, count["count"].as_u64().unwrap())
}

/// A query without its last filter, that filter, and how many cases it is said to find.
async fn some_query(site: &Site, chance: &Chance) -> (String, u64) {
    let words = *chance.of(&["", "", "q=huawei&", "q=data+platform&", "q=HYPERLINK&"]);
    let years = *chance.of(&["", "", "year.from=2018&", "year.to=2017&"]);
    let people = *chance.of(&["", "", "population.from=200+000&", "population.to=499999&"]);
    let evidence = *chance.of(&[
        "",
        "",
        "",
        "evidence=established&",
        "status=disputed&",
        "reliability=interested&confidence=possible&",
    ]);
    let everything = read(site, "/api/v1/facets".to_owned()).await;
    let not = match chance.below(3) {
        0 => format!("{}&", some_pair(chance, &everything).0.replacen("f.", "not.", 1)),
        _ => String::new(),
    };
    let base = format!("{words}{years}{people}{evidence}{not}");
    let counts = read(site, format!("/api/v1/facets?{}", base.trim_end_matches('&'))).await;
    if counts["count"] == 0 {
        return (base.trim_end_matches('&').to_owned(), 0);
    }
    loop {
        let (pair, field, count) = some_pair(chance, &counts);
        // A field's own choice is left out of its own counts, so that they say something else where it is asked twice.
        if !base.contains(&format!(".{field}=")) {
            return (format!("{base}{pair}"), count);
        }
    }
}

/// The ids on all pages of a set, and how many the page says they are.
async fn on_pages(site: &Site, query: &str) -> (BTreeSet<String>, usize) {
    let first = site.visitor().get(format!("/cases?{query}")).await.is(StatusCode::OK);
    let heading = first.texts(".results-head h2").remove(0);
    let count = heading.split(' ').next().and_then(|number| number.parse().ok());
    let mut ids = shown(site, query).await;
    for page in 2..=count.unwrap_or(0_usize).div_ceil(25) {
        ids.extend(shown(site, &format!("{query}&page={page}")).await);
    }
    (ids, count.unwrap_or(0))
}

/// The ids of a feed's entries, which are addresses of revisions.
async fn in_feed(site: &Site, query: &str) -> BTreeSet<String> {
    let text = site.visitor().get(format!("/cases.atom?{query}")).await.is(StatusCode::OK).body();
    let feed = Xml::parse(&text).unwrap();
    let entries = feed.descendants().filter(|node| node.has_tag_name(("http://www.w3.org/2005/Atom", "entry")));
    let ids = entries.map(|entry| entry.children().find(|child| child.tag_name().name() == "id").unwrap());
    ids.map(|id| id.text().unwrap().split('/').rev().nth(2).unwrap().to_owned()).collect()
}

/// R2, R3, R6, R7, R19: page, page count, facet count, every file, the read API and the feed name the same cases, for each of fifty queries.
#[actix_web::test]
async fn whatever_way_a_set_is_taken_it_is_the_same_set() {
    let chance = Chance(Box::new(SeededRandom::new(4)));
    let site = many(&chance).await;
    let mut sizes = BTreeSet::new();
    for _ in 0..QUERIES {
        let (query, counted) = some_query(&site, &chance).await;
        let (page, count) = on_pages(&site, &query).await;
        assert_eq!(
            (page.len(), u64::try_from(page.len()).unwrap()),
            (count, counted),
            "page, its count, the facet: {query}"
        );
        for ending in FORMATS {
            let found = ids(ending, &taken(&site, ending, &query).await);
            assert_eq!(found.len(), page.len(), "{ending} of {query}: {found:?}");
            assert_eq!(found.into_iter().collect::<BTreeSet<_>>(), page, "{ending} of {query}");
        }
        let read = read(&site, format!("/api/v1/cases?limit=100&{query}")).await;
        let told = read["cases"].as_array().unwrap().iter().map(|case| case["id"].as_str().unwrap().to_owned());
        assert_eq!(
            (told.collect::<BTreeSet<_>>(), read["count"].as_u64()),
            (page.clone(), Some(counted)),
            "the API: {query}"
        );
        assert_eq!(in_feed(&site, &query).await, page, "the feed: {query}");
        sizes.insert(page.len());
    }
    assert!(sizes.len() > 8, "the sets were of many sizes: {sizes:?}");
}
