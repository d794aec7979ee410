//! What can be counted of a set of cases: tables, pictures, the map, the two measures.

use std::collections::BTreeMap;

use casebook_core::{
    cases::{
        self, Showing,
        published::{self, Eyes},
    },
    config::Seed,
    db::Actor,
};
use reqwest::StatusCode;

use crate::site::{Answer, Site};

/// The cells of a sheet: row, column, and what stands there.
fn cells(sheet: &Answer) -> BTreeMap<(String, String), String> {
    let mut reader = csv::Reader::from_reader(sheet.bytes());
    let cell = |row: csv::Result<csv::StringRecord>| {
        let row = row.unwrap();
        ((row[1].to_owned(), row[4].to_owned()), row[6].to_owned())
    };
    reader.records().map(cell).collect()
}

async fn sheet(site: &Site, query: &str) -> BTreeMap<(String, String), String> {
    cells(&site.visitor().get(&format!("/statistics.csv?{query}")).await.is(StatusCode::OK))
}

fn at<'a>(cells: &'a BTreeMap<(String, String), String>, row: &str, column: &str) -> &'a str {
    &cells[&(row.to_owned(), column.to_owned())]
}

async fn everything_shown() -> Site {
    let site = Site::open_with(|config| {
        config.instance.seed = Seed::Always;
        config.statistics.suppress_below = 0;
    })
    .await;
    site.app.plant_first_cases().unwrap();
    site.works();
    site
}

/// R36: small counts are suppressed, and marked as such, on the page and in the sheet; what is not stated is something else.
#[actix_web::test]
async fn small_counts_are_suppressed_and_marked() {
    let site = Site::with_first_cases().await;
    let page = site.visitor().get("/statistics?rows=domain&columns=country").await.is(StatusCode::OK);
    page.shows("suppressed").shows("Fewer than 3 cases").shows("Number of cases: ");
    let query = "rows=scope&columns=country";
    let shown = sheet(&site, query).await;
    assert_eq!(at(&shown, "municipality", "DE"), "suppressed", "Duisburg is the only one");
    assert_eq!(at(&shown, "total", "total"), "7");
    assert!(shown.values().all(|count| count == "suppressed" || count.parse::<u64>().is_ok_and(|n| n == 0 || n >= 3)));
    let all = everything_shown().await;
    let exact = sheet(&all, query).await;
    assert_eq!(at(&exact, "municipality", "DE"), "1", "the control: without the rule the number is there");
    assert!(exact.values().all(|count| count != "suppressed"));
}

/// R36: statuses have lines of their own, a case with several codes counts in several cells, and the sheet has what the page has.
#[actix_web::test]
async fn a_table_counts_cases_and_says_what_is_not_stated() {
    let site = everything_shown().await;
    let counts = sheet(&site, "rows=municipal_access&columns=kind").await;
    assert_eq!(at(&counts, "none", "total"), "1", "the street lights");
    let silent: u64 = at(&counts, "status: not stated", "total").parse().unwrap();
    assert!(silent > 0);
    let page = site.visitor().get("/statistics?rows=domain&columns=kind").await.is(StatusCode::OK);
    let page = page.shows("A case with several codes counts in several cells");
    let numbers = page.texts("table.crossed td.number");
    let sheet = sheet(&site, "rows=domain&columns=kind").await;
    assert_eq!(numbers.len(), sheet.len());
    for number in numbers {
        assert!(sheet.values().any(|count| *count == number), "{number}");
    }
}

/// R36: where suppression leaves nothing, the page opens with what it can tell, and says in a sentence from which number on a count is told.
#[actix_web::test]
async fn a_page_opens_with_what_can_be_told() {
    let site = Site::with_first_cases().await;
    let reader = site.visitor();
    let sections = |page: &Answer| page.attributes("main section", "aria-labelledby");
    let bare = reader.get("/statistics").await.is(StatusCode::OK);
    let in_order = sections(&bare);
    assert_eq!(in_order, ["h-states", "h-sizes", "h-years", "h-table", "h-world", "h-axes"]);
    let section = "section[aria-labelledby=h-table]";
    assert!(bare.texts(&format!("{section} table")).is_empty() && bare.texts(&format!("{section} svg")).is_empty());
    let why = bare.texts(&format!("{section} .notice"));
    assert!(
        why.len() == 1 && why[0].starts_with("No count of this table can be told: a count is told from 3 cases on")
    );
    assert_eq!(bare.link("One field by another"), "#h-table");
    let bare = bare.shows("Choose fields with fewer codes").does_not_show("Remove a filter");
    assert!(bare.texts(".chosen").is_empty(), "no filter is set");
    assert!(
        !sheet(&site, "").await.values().any(|count| count.parse().is_ok_and(|count: u64| count > 0 && count != 7))
    );
    let told = reader.get("/statistics?rows=domain&columns=country").await.is(StatusCode::OK);
    assert_eq!(sections(&told)[0], "h-table", "the control: this table tells that four cases are about mobility");
    assert!(told.texts(&format!("{section} td")).contains(&"4".to_owned()));
    let small = reader.get("/statistics?f.country=DE&rows=kind&columns=scope").await.is(StatusCode::OK);
    assert_eq!(sections(&small)[0], "h-states");
    let small = small.shows("too small for a table").shows("a count is told from 3 cases on");
    small.shows("Remove a filter, or choose fields with fewer codes");
}

#[actix_web::test]
async fn the_set_is_that_of_the_list() {
    let site = Site::with_first_cases().await;
    let reader = site.visitor();
    let list = reader.get("/cases?f.country=NL").await;
    let page = list.link("Statistics of this set");
    let page = reader.get(&page).await.is(StatusCode::OK).shows("4 of 7 published cases fit").shows("These 4 cases");
    assert_eq!(page.texts("ul.chosen a").len(), 2, "the filter, and removing all");
    assert!(page.attributes("form.two-fields input", "name").contains(&"f.country".to_owned()));
    reader.get("/statistics?q=xylophonist").await.is(StatusCode::OK).shows("nothing to count");
    reader.get("/statistics?f.country=DE&rows=kind&columns=scope").await.shows("too small for a table");
}

#[actix_web::test]
async fn what_is_no_field_is_refused_with_what_is_allowed() {
    let site = Site::with_first_cases().await;
    for query in ["rows=colour", "columns=colour", "f.colour=red"] {
        for path in ["/statistics", "/statistics.csv"] {
            let answer = site.visitor().get(&format!("{path}?{query}")).await;
            answer.is(StatusCode::BAD_REQUEST).shows("colour").shows("municipal_access");
        }
    }
}

/// Every picture has a title, a description and a table of the same numbers, and none a style or a script of its own.
#[actix_web::test]
async fn every_picture_has_words_and_a_table() {
    let site = Site::with_first_cases().await;
    let page = site.visitor().get("/statistics?rows=domain&columns=country").await.is(StatusCode::OK);
    let pictures = page.attributes("figure.plot svg:not(.narrow)", "aria-labelledby");
    assert_eq!(pictures.len(), 6, "table, states, sizes, years, map, measures");
    assert_eq!(page.attributes("figure.plot svg.narrow", "aria-labelledby").len(), 3, "bars alone fit every screen");
    assert_eq!(page.texts("figure.plot svg > title").iter().filter(|title| !title.is_empty()).count(), 9);
    assert_eq!(page.texts("figure.plot svg > desc").iter().filter(|desc| !desc.is_empty()).count(), 9);
    assert_eq!(page.texts("figure.plot figcaption").len(), 6);
    assert!(page.attributes("figure.plot .scroll", "class").is_empty(), "no picture is wider than the screen");
    for (section, numbers) in [("h-table", "text.count"), ("h-world", "text.middle"), ("h-axes", "text.on-dot")] {
        let drawn = |class: &str| page.texts(&format!("section[aria-labelledby={section}] svg.{class} {numbers}"));
        assert!(!drawn("wide").is_empty(), "{section}");
        assert_eq!(drawn("wide"), drawn("narrow"), "{section}");
    }
    let drawn = page.texts("section[aria-labelledby=h-states] svg text.count");
    assert_eq!(drawn, page.texts("section[aria-labelledby=h-states] table td"));
    let drawn = page.texts("section[aria-labelledby=h-sizes] svg text.count");
    assert_eq!(drawn, page.texts("section[aria-labelledby=h-sizes] table td"));
    let bars = page.attributes("section[aria-labelledby=h-sizes] table a", "href");
    assert!(bars.iter().any(|bar| bar == "/cases?population.from=200000&population.to=499999"), "{bars:?}");
    let drawn = page.texts("section[aria-labelledby=h-years] svg text.count");
    assert_eq!(drawn, page.texts("section[aria-labelledby=h-years] table td"));
    assert!(!page.body().contains("<script"));
}

/// R2, R36: inhabitants have the same numbers on the page, in its table, in the sheet, beside the list and in the API, and each bar leads to as
/// many cases; the other bars stand in the sheet as they stand on the page. A case without inhabitants says why.
#[actix_web::test]
async fn bars_have_the_same_numbers_everywhere() {
    let site = Site::with_first_cases().await;
    let reader = site.visitor();
    for query in ["", "f.country=CN"] {
        let page = reader.get(&format!("/statistics?{query}")).await.is(StatusCode::OK);
        let sheet = reader.get(&page.link("The bars as CSV")).await.is(StatusCode::OK);
        let mut sheet = csv::Reader::from_reader(sheet.bytes());
        let lines: Vec<csv::StringRecord> = sheet.records().map(|line| line.unwrap()).collect();
        let of_sheet = |bars: &str, column: usize| {
            let lines = lines.iter().filter(|line| &line[0] == bars);
            lines.map(|line| line[column].to_owned()).collect::<Vec<_>>()
        };
        for bars in ["states", "sizes", "years"] {
            let section = format!("section[aria-labelledby=h-{bars}] table");
            assert_eq!(page.texts(&format!("{section} td")), of_sheet(bars, 3), "{query}: {bars}");
            assert_eq!(page.texts(&format!("{section} th[scope=row]")), of_sheet(bars, 2), "{query}: {bars}");
        }
        let api = reader.get(&format!("/api/v1/facets?{query}")).await.is(StatusCode::OK).body();
        let api: serde_json::Value = serde_json::from_str(&api).unwrap();
        let spans = api["populations"].as_array().unwrap().iter().filter(|span| span["finer"] == false);
        let mut told: Vec<(String, String)> = spans
            .map(|span| {
                let to = span["to"].as_u64().map_or_else(String::new, |to| to.to_string());
                (format!("{}-{to}", span["from"]), span["count"].to_string())
            })
            .collect();
        let list = reader.get(&format!("/cases?{query}")).await.is(StatusCode::OK);
        let counts: Vec<String> = told.iter().map(|(_, count)| count.clone()).collect();
        assert_eq!(list.texts(".people li:not(.finer) .count"), counts, "{query}");
        assert!(counts.iter().any(|count| count != "0") && counts.len() == 5, "{query}: {counts:?}");
        told.extend(
            lines
                .iter()
                .filter(|line| line[1].starts_with("status: ") && &line[0] == "sizes")
                .map(|line| (line[1].to_owned(), line[3].to_owned())),
        );
        let of_sizes: Vec<(String, String)> = of_sheet("sizes", 1).into_iter().zip(of_sheet("sizes", 3)).collect();
        assert_eq!(of_sizes, told, "{query}");
        let all: u64 = of_sheet("sizes", 3).iter().map(|count| count.parse::<u64>().unwrap()).sum();
        assert_eq!(all, api["count"].as_u64().unwrap(), "{query}: every case is in one class, or in none");
    }
    let page = reader.get("/statistics").await;
    let links = page.attributes("section[aria-labelledby=h-sizes] table a", "href");
    let counted = page.texts("section[aria-labelledby=h-sizes] table td");
    assert_eq!((links.len(), counted.len()), (6, 6), "five classes, and what is about no single municipality");
    assert_eq!(links[5], "/cases?not.scope=municipality");
    let rows = page.texts("section[aria-labelledby=h-sizes] table th[scope=row]");
    assert_eq!((rows[5].as_str(), counted[5].as_str()), ("no single municipality", "5"), "none of them is silent");
    for (link, count) in links.iter().zip(counted) {
        let found = reader.get(link).await.is(StatusCode::OK).attributes("input[type=checkbox][name=case]", "value");
        assert_eq!(found.len().to_string(), count, "{link}");
    }
    reader.get("/statistics/bars.csv?f.colour=red").await.is(StatusCode::BAD_REQUEST).shows("municipal_access");
}

/// R36: an event far ahead makes no picture of empty decades: picture and table have one gap, and the sheet has each of them. What is said below the
/// bars is true of each: a case can stand in several years, and in one class of inhabitants alone.
#[actix_web::test]
async fn empty_decades_are_one_gap_and_the_sheet_has_them_all() {
    let site = Site::with_first_cases().await;
    let (reader, app) = (site.visitor(), &site.app);
    let before = reader.get("/statistics").await.is(StatusCode::OK);
    let caption =
        |page: &Answer, bars: &str| page.texts(&format!("section[aria-labelledby=h-{bars}] figcaption")).remove(0);
    assert!(before.texts("svg text.fold, tr.fold").is_empty(), "the control: no year is far from the others");
    assert!(caption(&before, "years").ends_with("A case can count in several bars."));
    assert!(!caption(&before, "sizes").contains("several"), "{}", caption(&before, "sizes"));
    let counted = "A case counts at each state that it is known to have had, not at its last one alone.";
    assert!(caption(&before, "states").ends_with(counted), "{}", caption(&before, "states"));
    assert!(!caption(&before, "years").contains(counted), "it is said of states alone");
    let id = "7K2MQX4T".parse().unwrap();
    let mut document = app.db.read(|r| published::find(r, &id, Eyes::Moderator)).unwrap().document;
    document.revision = 2;
    let far = serde_json::from_value(serde_json::json!({"value": "2199", "qualifier": "exact"})).unwrap();
    document.timeline.iter_mut().for_each(|event| event.date = far);
    let checked = app.vocabulary().check(document).unwrap();
    app.db.write(Actor::System, |tx| cases::revise(tx, app.vocabulary(), &checked, 1, Some("Planned"))).unwrap();
    site.works();
    let page = reader.get("/statistics").await.is(StatusCode::OK);
    let section = "section[aria-labelledby=h-years]";
    assert_eq!(page.texts(&format!("{section} svg text.fold")), ["2020 to 2189: none"]);
    assert_eq!(page.texts(&format!("{section} tr.fold th")), ["2020 to 2189"]);
    assert_eq!(page.texts(&format!("{section} tr.fold td")), ["0"]);
    assert_eq!(page.texts(&format!("{section} svg text.label")), ["2010-2019", "2190-2199"]);
    let drawn = page.texts(&format!("{section} svg text.count"));
    assert_eq!(drawn, page.texts(&format!("{section} tbody tr:not(.fold) td")));
    let sheet = reader.get("/statistics/bars.csv").await.is(StatusCode::OK).body();
    assert_eq!(sheet.lines().filter(|line| line.starts_with("years,")).count(), 19);
    assert!(sheet.contains("years,2030-2039,2030-2039,0"), "{sheet}");
}

/// D12: the map is part of the page, its countries lead to their cases, and its table has the same numbers.
#[actix_web::test]
async fn the_map_leads_to_the_cases_of_each_country() {
    let site = Site::with_first_cases().await;
    let reader = site.visitor();
    let page = reader.get("/statistics").await.is(StatusCode::OK).shows("Natural Earth");
    assert!(page.attributes("section[aria-labelledby=h-world] svg path.land", "d").len() > 150);
    assert_eq!(page.attributes("section[aria-labelledby=h-world] svg path.has", "d").len(), 3);
    let places = page.attributes("section[aria-labelledby=h-world] svg.wide a", "href");
    assert_eq!(places[0], "/cases?f.country=NL", "most cases come first");
    assert_eq!(places, page.attributes("section[aria-labelledby=h-world] table a", "href"));
    assert_eq!(places, page.attributes("section[aria-labelledby=h-world] svg.narrow a", "href"));
    let names = page.attributes("section[aria-labelledby=h-world] svg.wide a", "aria-label");
    assert_eq!(names[0], "NL 4: The Netherlands, 4 cases", "what is read out begins with what is seen");
    assert_eq!(page.texts("section[aria-labelledby=h-world] svg.wide a")[0], "NL 4");
    reader.get(&places[0]).await.is(StatusCode::OK).shows("4 cases");
    for image in page.attributes("img", "src") {
        assert!(image.starts_with('/'), "{image}");
    }
}

/// S2, S3, S4: Duisburg and Hangzhou have both measures and are links in picture and table; what is about no municipality is counted, and
/// the page says what the picture does not say.
#[actix_web::test]
async fn cases_stand_by_size_and_legal_distance() {
    let site = Site::with_first_cases().await;
    let reader = site.visitor();
    let page = reader.get("/statistics").await.is(StatusCode::OK);
    let page = page
        .shows("Possible legal reach, not evidence of access")
        .shows("208,000")
        .shows("Step 4 of 4, Germany to China");
    let marks = page.attributes("section[aria-labelledby=h-axes] svg.wide a", "href");
    assert!(
        marks.contains(&"/cases/7K2MQX4T".to_owned()) && marks.contains(&"/cases/X2B8GR6T".to_owned()),
        "{marks:?}"
    );
    assert_eq!(marks, page.attributes("section[aria-labelledby=h-axes] table a", "href"));
    let page = page.shows("2:5").shows("5 cases are about no single municipality");
    assert_eq!(page.texts("section[aria-labelledby=h-axes] svg.wide text.on-dot"), ["1", "2"]);
    assert_eq!(marks, page.attributes("section[aria-labelledby=h-axes] svg.narrow a", "href"));
}

/// S2, S3: the formulae, their sources and their limits stand on a page of their own.
#[actix_web::test]
async fn the_method_is_told() {
    let site = Site::open_with(|config| config.statistics.suppress_below = 4).await;
    let page = site.visitor().get("/method").await.is(StatusCode::OK);
    let page = page.shows("log10(employees / residents)").shows("possible legal reach, not evidence of access");
    page.shows("a count below 4").shows("Handbook on Statistical Disclosure Control").shows("Natural Earth");
}

/// A hidden case leaves every count and every picture.
#[actix_web::test]
async fn a_hidden_case_is_counted_nowhere() {
    let site = Site::with_first_cases().await;
    let (id, hidden) = ("7K2MQX4T".parse().unwrap(), Showing::Hidden("names_private_person".to_owned()));
    site.app.db.write(Actor::System, |tx| cases::set_visibility(tx, &id, &hidden)).unwrap();
    site.works();
    let page = site.visitor().get("/statistics").await.is(StatusCode::OK).shows("6 of 6 published cases fit");
    page.does_not_show("/cases/7K2MQX4T").does_not_show("f.country=DE");
}
