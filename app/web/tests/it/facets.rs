//! All values of a field that cases can be filtered by, on a page of their own.

use std::cmp::Reverse;

use casebook_core::{
    cases::{self, Showing},
    db::Actor,
    text::fold,
};
use reqwest::StatusCode;

use crate::site::{Answer, Site};

/// The values of a page with their counts, in order, and where each leads.
fn values(answer: &Answer) -> Vec<(String, usize, String)> {
    let labels = answer.texts(".values li > a:first-child");
    let counts = answer.texts(".values li > .count");
    let addresses = answer.attributes(".values li > a:first-child", "href");
    assert!(labels.len() == counts.len() && labels.len() == addresses.len(), "each value has a count and a link");
    let counts = counts.iter().map(|count| count.trim().parse().unwrap());
    labels.into_iter().zip(counts).zip(addresses).map(|((label, count), address)| (label, count, address)).collect()
}

async fn values_of(site: &Site, address: &str) -> Vec<(String, usize, String)> {
    values(&site.visitor().get(address).await.is(StatusCode::OK))
}

/// R2: every value has its count, which is what its link finds, under other filters too; the most frequent come first.
#[actix_web::test]
async fn every_value_of_a_facet_leads_to_as_many_cases_as_it_counts() {
    let site = Site::with_first_cases().await;
    for address in ["/cases/facet/vendor", "/cases/facet/country", "/cases/facet/domain?f.country=NL"] {
        let all = values_of(&site, address).await;
        assert!(!all.is_empty(), "{address}");
        assert!(all.iter().zip(all.iter().skip(1)).all(|(a, b)| a.1 >= b.1), "{address}: {all:?}");
        for (label, count, link) in all {
            let found = site.visitor().get(&link).await.is(StatusCode::OK);
            assert_eq!(found.attributes("input[type=checkbox][name=case]", "value").len(), count, "{address}: {label}");
        }
    }
}

/// R2: of a facet with many values the list shows the most frequent and the chosen ones, and says where all of them are.
#[actix_web::test]
async fn the_list_shows_a_dozen_values_and_leads_to_all_of_them() {
    let site = Site::with_first_cases().await;
    let list = site.visitor().get("/cases?f.country=NL&f.country=DE&f.country=CN").await.is(StatusCode::OK);
    let to_all = list.attributes("nav a[href*='/cases/facet/']", "href");
    let to_vendors = to_all.iter().find(|link| link.starts_with("/cases/facet/vendor?")).unwrap();
    assert!(to_vendors.contains("f.country=NL"), "the filters come along: {to_vendors}");
    let all = values_of(&site, to_vendors).await;
    assert!(all.len() > 12, "the first cases name more than a dozen organisations: {}", all.len());
    let beside = |list: &Answer| list.attributes(".facet a[href*='f.vendor=']:first-child", "href").len();
    let plain = site.visitor().get("/cases").await;
    assert_eq!(beside(&plain), 12, "a dozen of them stand beside the list");
    let labels = plain.texts(".facet a[href*='f.vendor=']:first-child");
    let counts = plain.texts(".facet a[href*='f.vendor=']:first-child + .count");
    let offered: Vec<(Reverse<usize>, String)> = counts
        .iter()
        .zip(&labels)
        .map(|(count, label)| (Reverse(count.trim().parse().unwrap()), fold(label)))
        .collect();
    assert!(
        offered.len() == 12 && offered.is_sorted(),
        "the most frequent first, the others by their names: {offered:?}"
    );
    let rarest = all.last().unwrap();
    let chosen = site.visitor().get(&rarest.2).await.is(StatusCode::OK);
    let current = chosen.texts(".facet a[aria-current]");
    assert!(current.contains(&rarest.0), "what is chosen is shown, however rare: {current:?}");
    let taken_back = values_of(&site, &format!("/cases/facet/vendor?{}", rarest.2.split_once('?').unwrap().1)).await;
    let back = taken_back.iter().find(|value| value.0 == rarest.0).unwrap();
    assert!(!back.2.contains("f.vendor"), "choosing it again takes it back: {}", back.2);
}

/// R2: a value is found by a part of its name, whatever its case and marks; filters stay and can be removed one by one.
#[actix_web::test]
async fn a_value_is_found_by_its_name() {
    let site = Site::with_first_cases().await;
    let answer = site.visitor().get("/cases/facet/vendor?f.country=DE&find=HUÁW").await.is(StatusCode::OK);
    let found = values(&answer);
    assert!(!found.is_empty() && found.iter().all(|value| value.0.contains("Huawei")), "{found:?}");
    assert!(found.iter().all(|value| value.2.contains("f.country=DE")), "the filter stays: {found:?}");
    let chips = answer.attributes(".chosen a", "href");
    assert!(chips[0].starts_with("/cases/facet/vendor?find="), "a filter is taken back, the words stay: {chips:?}");
    site.visitor()
        .get("/cases/facet/vendor?find=xylophonist")
        .await
        .is(StatusCode::OK)
        .shows("No value has these words");
    site.visitor().get("/cases/facet/vendor?page=9").await.is(StatusCode::OK).shows("There is no page 9");
}

#[actix_web::test]
async fn a_field_that_is_no_facet_is_refused_with_what_is_allowed() {
    let site = Site::with_first_cases().await;
    for address in ["/cases/facet/colour", "/cases/facet/population", "/cases/facet/vendor?f.colour=red"] {
        site.visitor().get(address).await.is(StatusCode::BAD_REQUEST).shows("domain").shows("vendor");
    }
}

/// R2: a case that is hidden is counted nowhere, and what only it names is gone.
#[actix_web::test]
async fn a_hidden_case_leaves_no_value_behind() {
    let site = Site::with_first_cases().await;
    let countries = || values_of(&site, "/cases/facet/country");
    assert!(countries().await.iter().any(|value| value.2.contains("f.country=DE")));
    let (id, hidden) = ("7K2MQX4T".parse().unwrap(), Showing::Hidden("names_private_person".to_owned()));
    site.app.db.write(Actor::System, |tx| cases::set_visibility(tx, &id, &hidden)).unwrap();
    site.works();
    assert!(!countries().await.iter().any(|value| value.2.contains("f.country=DE")), "its country is gone");
}

/// R2: the years of dated events have bars, each with its count, which is what its link finds; another year can be chosen from there.
#[actix_web::test]
async fn every_year_leads_to_as_many_cases_as_its_bar_counts() {
    let site = Site::with_first_cases().await;
    let bars = |list: &Answer| {
        let counts = list.texts(".years li > a ~ .count").into_iter().map(|count| count.parse::<usize>().unwrap());
        list.attributes(".years li > a", "href").into_iter().zip(counts).collect::<Vec<_>>()
    };
    let (all, dutch) = ("/cases", "/cases?f.country=NL");
    for address in [all, dutch] {
        let bars_of_list = bars(&site.visitor().get(address).await.is(StatusCode::OK));
        assert!(bars_of_list.len() > 2, "{address}: {bars_of_list:?}");
        for (link, count) in &bars_of_list {
            let found = site.visitor().get(link).await.is(StatusCode::OK);
            assert_eq!(found.attributes("input[type=checkbox][name=case]", "value").len(), *count, "{link}");
            let still: Vec<usize> = bars(&found).into_iter().map(|(_, count)| count).collect();
            let before: Vec<usize> = bars_of_list.iter().map(|(_, count)| *count).collect();
            assert_eq!(still, before, "{link}: what is chosen of the years does not lower their counts");
            let back = found.attributes(".years a[aria-current]", "href");
            assert_eq!(back, [address], "choosing a year again takes it back");
        }
    }
}

/// R2: the inhabitants of places have bars, each with its count, which is what its link finds; of a place that is not named no range tells
/// more than its class. Numbers are read as people write them.
#[actix_web::test]
async fn every_bar_of_inhabitants_leads_to_as_many_cases_as_it_counts() {
    let site = Site::with_first_cases().await;
    let list = site.visitor().get("/cases").await.is(StatusCode::OK);
    let counts = list.texts(".people li > a ~ .count");
    let links = list.attributes(".people li > a", "href");
    assert!(links.len() > 2 && links.len() == counts.len(), "{links:?}");
    for (link, count) in links.iter().zip(counts) {
        let found = site.visitor().get(link).await.is(StatusCode::OK);
        let cases = found.attributes("input[type=checkbox][name=case]", "value");
        assert_eq!(cases.len().to_string(), count.trim(), "{link}");
        assert_eq!(
            found.attributes(".people a[aria-current]", "href"),
            ["/cases"],
            "{link}: choosing it again takes it back"
        );
    }
    for number in ["500000", "500+000", "500.000"] {
        let list =
            site.visitor().get(&format!("/cases?population.from={number}&f.country=DE")).await.is(StatusCode::OK);
        list.shows("Duisburg").shows("at least 500,000 inhabitants");
    }
    let refused = site.visitor().get("/cases?population.to=half+a+million").await.is(StatusCode::BAD_REQUEST);
    refused.shows("is no number of inhabitants").shows("500 000");
    for (query, example) in
        [("year.from=abc", "such as 2018"), ("f.country=Germany", "such as DE, NL"), ("not.vendor=1", "such as o_")]
    {
        let refused = site.visitor().get(&format!("/cases?{query}")).await.is(StatusCode::BAD_REQUEST);
        refused.shows(example).does_not_show("These are");
    }
    site.visitor().get("/cases?f.domain=cats").await.is(StatusCode::BAD_REQUEST).shows("These are").shows("mobility");
}

/// R2: a slip in one filter does not cost the others: the page that says so leads on to the rest.
#[actix_web::test]
async fn a_slip_in_a_filter_leads_on_to_the_same_without_it() {
    let site = Site::with_first_cases().await;
    for (asked, without, rest) in [
        ("/cases?year.from=20l8&f.country=NL", "year.from", "/cases?f.country=NL"),
        ("/cases?f.domain=mobility&f.domain=cats&q=a+b", "f.domain", "/cases?f.domain=mobility&q=a+b"),
        ("/cases?year.to=x&year.from=+y&page=1", "year.from, year.to", "/cases?page=1"),
        ("/cases?f.cats=1", "f.cats", "/cases"),
        ("/statistics?year.from=20l8&f.country=NL", "year.from", "/statistics?f.country=NL"),
    ] {
        let refused = site.visitor().get(asked).await.is(StatusCode::BAD_REQUEST);
        assert_eq!(refused.link(&format!("The same without {without}")), rest, "{asked}");
        site.visitor().get(rest).await.is(StatusCode::OK);
    }
    site.visitor().get("/compare.csv").await.is(StatusCode::BAD_REQUEST).does_not_show("The same without");
}

/// R2: a range that ends before it begins is told, and leads to the one that was meant.
#[actix_web::test]
async fn a_reversed_range_is_told_and_turned_round() {
    let site = Site::with_first_cases().await;
    for (reversed, told, turned) in [
        ("f.country=DE&year.from=2020&year.to=2010", "2020 to 2010", "/cases?f.country=DE&year.from=2010&year.to=2020"),
        ("population.from=900000&population.to=7", "900,000 to 7", "/cases?population.from=7&population.to=900000"),
    ] {
        let list = site
            .visitor()
            .get(&format!("/cases?{reversed}"))
            .await
            .is(StatusCode::OK)
            .shows(told)
            .shows("ends before it begins");
        assert!(list.attributes(".hints a", "href").contains(&turned.to_owned()), "{}", list.body());
        let there = site.visitor().get(turned).await.is(StatusCode::OK).does_not_show("ends before it begins");
        assert!(!there.attributes("input[type=checkbox][name=case]", "value").is_empty(), "{turned}");
        let told = site.visitor().get(&format!("/api/v1/cases?{reversed}")).await.is(StatusCode::OK);
        told.shows("reversed_range");
    }
}

/// R2: the words and both ends of the years are among the filters that can be removed one by one.
#[actix_web::test]
async fn words_and_years_can_be_removed_one_by_one() {
    let site = Site::with_first_cases().await;
    let list = site.visitor().get("/cases?q=huawei&year.from=2018&year.to=2020").await.is(StatusCode::OK);
    let chips = list.attributes(".chosen a:not(.plain)", "href");
    assert_eq!(
        chips,
        ["/cases?year.from=2018&year.to=2020", "/cases?q=huawei&year.to=2020", "/cases?q=huawei&year.from=2018"]
    );
    assert_eq!(list.texts(".chosen a:not(.plain)"), ["words: huawei", "from 2018", "to 2020"]);
}
