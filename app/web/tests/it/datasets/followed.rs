//! How whoever follows the releases hears of each: by the feed and by the public log.

use casebook_core::cases::Showing;
use chrono::TimeDelta;
use reqwest::StatusCode;

use super::{REFERENCE, prints, retitles, shows_as};
use crate::{
    feeds::{Entry, entries_of_any},
    site::{Site, TODAY, Visitor},
};

/// What the feed of releases tells.
async fn in_feed(reader: &Visitor) -> Vec<Entry> {
    entries_of_any(&reader.get("/datasets.atom").await.is(StatusCode::OK))
}

/// The lines of the public log on releases: what each says, and where its link leads.
async fn in_log(reader: &Visitor, act: &str) -> (String, Vec<String>) {
    let log = reader.get(format!("/log?act={act}")).await.is(StatusCode::OK);
    (log.texts("ol.log > li").join("; "), log.attributes("ol.log a", "href"))
}

/// Recalls release 1.0 and shows all of it again. What is handed out changes at once, and the date when that is noted, within the hour.
async fn recalls_and_restores_on_one_day(site: &Site, reader: &Visitor) {
    let hidden = Showing::Hidden("names_private_person".to_owned());
    for (nth, showing, act) in [(1, hidden, "release_recalled"), (2, Showing::Public, "release_restored")] {
        let is_there = showing == Showing::Public;
        shows_as(site, &showing);
        let unnoted = in_feed(reader).await.remove(0);
        let before = format!("{TODAY}T00:00:{:02}Z", nth - 1);
        assert_eq!((unnoted.updated, unnoted.file.is_some()), (before, is_there), "{act}");
        assert_eq!(in_log(reader, act).await.1, [""; 0]);
        site.clock.advance(TimeDelta::hours(1));
        site.works();
        let noted = in_feed(reader).await.remove(0);
        assert_eq!((noted.updated, noted.file.is_some()), (format!("{TODAY}T00:00:{nth:02}Z"), is_there), "{act}");
        let (said, links) = in_log(reader, act).await;
        assert!(said.contains(TODAY), "{said}");
        assert_eq!(links, ["/datasets/1.0"]);
    }
}

// R6, R15, M7: whoever follows the releases hears of each, of what took its place, and no word of what is gone; the log tells the same acts by the day.
#[actix_web::test]
async fn releases_are_told_by_feed_and_log() {
    let site = Site::with_first_cases().await;
    site.expects_jobs();
    let reader = site.visitor();
    assert_eq!(in_feed(&reader).await, []);
    let page = reader.get("/datasets").await.is(StatusCode::OK);
    let address = page.link("Feed of releases");
    assert_eq!(address, "/datasets.atom");
    assert_eq!(page.attributes("link[rel=alternate][type='application/atom+xml']", "href"), [address]);
    for act in ["dataset_released", "release_recalled", "release_restored", "release_rebuilt"] {
        assert_eq!(in_log(&reader, act).await, (String::new(), Vec::new()), "{act}");
    }

    prints(&site, None, Some("Adds what was said in Duisburg & </summary><script>alert(1)</script>"));
    let found = in_feed(&reader).await;
    assert_eq!(found.len(), 1);
    assert!(found[0].id.ends_with("/datasets/1.0") && found[0].title.contains("release 1.0"), "{found:?}");
    assert_eq!(found[0].updated, format!("{TODAY}T00:00:00Z"));
    let said = found[0].summary.clone().unwrap();
    assert!(said.contains("7 added, 0 changed, 0 withdrawn. Adds what was said in Duisburg & </summary>"), "{said}");
    let (said, links) = in_log(&reader, "dataset_released").await;
    assert!(said.contains(TODAY) && said.contains("Made a release of the dataset: 1.0"), "{said}");
    assert_eq!(links, ["/datasets/1.0"]);

    recalls_and_restores_on_one_day(&site, &reader).await;
    shows_as(&site, &Showing::Hidden("names_private_person".to_owned()));
    site.clock.advance(TimeDelta::days(2));
    site.works();
    let (said, links) = in_log(&reader, "release_recalled").await;
    assert!(said.contains("Recalled a release of the dataset") && said.contains("2026-11-25"), "{said}");
    assert_eq!(links, ["/datasets/1.0", "/datasets/1.0"]);
    let recalled = in_feed(&reader).await.remove(0);
    let told = (recalled.updated.as_str(), recalled.file);
    assert_eq!(told, ("2026-11-25T00:00:00Z", None), "the day on which the recall was noted");
    let said = recalled.summary.as_ref().unwrap();
    assert!(said.contains("not handed out until it is built anew") && !said.contains("Duisburg"), "{said}");

    prints(&site, Some("1.0"), None);
    let found = in_feed(&reader).await;
    let titles: Vec<&str> = found.iter().map(|entry| entry.id.rsplit('/').next().unwrap()).collect();
    assert_eq!(titles, ["1.1", "1.0"]);
    assert_eq!(found[1].updated, found[0].updated, "whoever has the old one hears of the new one");
    assert_ne!(found[1].updated, recalled.updated);
    assert!(found[0].file.is_some() && found[1].file.is_none(), "what is not handed out is not offered: {found:?}");
    assert!(found[1].summary.as_ref().unwrap().contains("Edition 1.1 took its place"), "{found:?}");
    assert_eq!(in_log(&reader, "release_rebuilt").await.1, ["/datasets/1.1"]);
    for path in ["/datasets.atom", "/log?act=release_rebuilt"] {
        reader.get(path).await.is(StatusCode::OK).does_not_show(REFERENCE).does_not_show("Duisburg");
    }
    reader.get("/log").await.shows(REFERENCE);
}

// R6, R15: an entry leads to the package, which is as long as it says; releases of one day are told apart, in the order in which they came.
#[actix_web::test]
async fn an_entry_of_the_feed_leads_to_the_package() {
    let site = Site::with_first_cases().await;
    let reader = site.visitor();
    prints(&site, None, None);
    retitles(&site, "Lamp posts by the Zwiebelturm");
    prints(&site, None, None);
    let found = in_feed(&reader).await;
    let told: Vec<&str> = found.iter().map(|entry| entry.updated.as_str()).collect();
    assert_eq!(told, [format!("{TODAY}T00:00:01Z"), format!("{TODAY}T00:00:00Z")]);
    for (entry, version) in found.iter().zip(["2.0", "1.0"]) {
        let [address, kind, length] = entry.file.clone().unwrap();
        assert_eq!(address, format!("{}/casebook-{version}.zip", entry.id));
        let path = address.strip_prefix(site.app.config.public_url().as_str()).unwrap();
        let package = reader.get(path).await.is(StatusCode::OK);
        assert_eq!((kind.as_str(), length), (package.header("content-type"), package.bytes().len().to_string()));
    }
}
