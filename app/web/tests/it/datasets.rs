//! The pages of releases of the dataset, their files, and what programs are told of them.

use std::fs;

use casebook_core::{
    cases::{self, Showing},
    db::Actor,
    disclosure::Waivers,
    random::OsRandom,
    releases::{self, Press, ReleaseKey, Wish},
};
use casebook_web::url;
use data_encoding::HEXLOWER;
use reqwest::StatusCode;
use serde_json::Value;
use sha2::{Digest, Sha256};

use crate::site::{Answer, Site};

const REFERENCE: &str = "7K2MQX4T";

/// Makes the next release, or builds the one with this version anew.
fn prints(site: &Site, anew: Option<&str>, note: Option<&str>) {
    let key = ReleaseKey::open(&site.app.config, &OsRandom).unwrap();
    let folder = site.app.config.in_data(&site.app.config.releases.folder);
    let address = site.app.config.public_url();
    let site_of_cases = cases::exports::Site { address, case: url::case, revision: url::case_revision };
    let press = Press {
        db: &site.app.db,
        vocabulary: site.app.vocabulary(),
        key: &key,
        folder,
        site: site_of_cases,
        page: url::release,
    };
    let (waivers, actor) = (Waivers::none(), Actor::CommandLine);
    let wish = Wish { note, waivers: &waivers, dry_run: false };
    let made = match anew {
        None => releases::make(&press, &actor, wish, &mut |_, _| ()),
        Some(version) => releases::rebuild(&press, &actor, version.parse().unwrap(), wish, &mut |_, _| ()),
    };
    assert!(made.unwrap().released);
}

fn shows_as(site: &Site, showing: &Showing) {
    let id = REFERENCE.parse().unwrap();
    site.app.db.write(Actor::System, |tx| cases::set_visibility(tx, &id, showing)).unwrap();
}

/// What a page says of itself to search engines.
fn linked(page: &Answer) -> Value {
    let body = page.body();
    let (_, rest) = body.split_once("<script type=\"application/ld+json\">").expect("a block of data");
    let (inside, _) = rest.split_once("</script>").expect("its end");
    serde_json::from_str(inside).unwrap()
}

// R15, R17, R18: from nothing to a release that is fetched whole, verified, cited and described.
#[actix_web::test]
async fn a_release_is_shown_fetched_cited_and_described() {
    let site = Site::with_first_cases().await;
    site.expects_jobs();
    let reader = site.visitor();
    let empty = reader.get("/datasets").await.is(StatusCode::OK).shows("There is no release yet");
    assert_eq!(linked(&empty)["@type"], "DataCatalog");
    assert_eq!(reader.get("/datasets/latest").await.is(StatusCode::SEE_OTHER).location(), "/datasets");

    let hostile = "Ends </script><script>alert(1)</script> & \"so\"";
    prints(&site, None, Some(hostile));
    let all = reader.get("/datasets").await.is(StatusCode::OK).shows("release 1.0");
    assert_eq!(reader.get("/datasets/latest").await.location(), "/datasets/1.0");
    let page = reader.get("/datasets/1.0").await.is(StatusCode::OK).shows("minisign -Vm SHA256SUMS -P RW");
    for said in [&linked(&all)["dataset"][1], &linked(&page)] {
        assert_eq!((&said["@type"], &said["version"]), (&"Dataset".into(), &"1.0".into()));
        assert!(said["description"].as_str().unwrap().ends_with(hostile), "{said}");
        assert!(said["variableMeasured"].as_array().unwrap().len() > 20 && said["license"].is_string());
        assert!(said["temporalCoverage"].as_str().unwrap().contains('/'), "{said}");
    }
    assert_eq!(page.texts("script").len(), 1, "no text of ours ends the block");

    let files = linked(&page)["distribution"].as_array().unwrap().clone();
    assert_eq!(files.len(), 3);
    for file in &files {
        let path = file["contentUrl"].as_str().unwrap().strip_prefix(site.app.config.public_url().as_str()).unwrap();
        let fetched = reader.get(path).await.is(StatusCode::OK);
        let sum = HEXLOWER.encode(&Sha256::digest(fetched.bytes()));
        assert_eq!(file["sha256"], sum.as_str(), "{path}");
        assert_eq!((fetched.header("etag"), fetched.header("last-modified")), (format!("\"{sum}\"").as_str(), ""));
        assert_eq!((fetched.header("cache-control"), fetched.header("access-control-allow-origin")), ("no-cache", "*"));
        let known = [("if-none-match", fetched.header("etag"))];
        reader.get_with(path, &known).await.is(StatusCode::NOT_MODIFIED);
        let part = reader.get_with(path, &[("range", "bytes=2-5")]).await.is(StatusCode::PARTIAL_CONTENT);
        assert_eq!(part.bytes(), &fetched.bytes()[2..6], "{path}");
        let head = reader.request("HEAD", path, &[]).await.is(StatusCode::OK);
        assert_eq!((head.header("etag"), head.bytes().len()), (fetched.header("etag"), 0));
    }
    for ending in ["bib", "ris", "csl.json"] {
        let cited = reader.get(format!("/datasets/1.0.{ending}")).await.is(StatusCode::OK).body();
        assert!(cited.contains("Casebook collection") && cited.contains("/datasets/1.0"), "{cited}");
    }
    for path in ["/datasets.ttl", "/datasets/1.0.ttl"] {
        let turtle = reader.get(path).await.is(StatusCode::OK).body();
        let sum = files[0]["sha256"].as_str().unwrap();
        assert!(turtle.contains("dcat:DatasetSeries") && turtle.contains(sum), "{turtle}");
    }
    assert_eq!(reader.get("/datasets/1.0.jsonld").await.header("content-type"), "application/ld+json");
    for path in ["/datasets/2.0", "/datasets/01.0", "/datasets/x", "/datasets/1.0/nothing.csv", "/datasets/9.9.bib"] {
        reader.get(path).await.is(StatusCode::NOT_FOUND).shows("There is nothing under this address");
    }
    for path in ["/datasets/1.0/..%2f..%2fsecret.key", "/datasets/1.0/%2e%2e", "/datasets/1.0/SHA256SUMS%00"] {
        let status = reader.get(path).await.status();
        assert!(matches!(status, StatusCode::NOT_FOUND | StatusCode::BAD_REQUEST), "{path}: {status}");
    }
    assert!(reader.get("/sitemap.xml").await.body().contains("/datasets</loc>"));

    fs::remove_file(site.app.config.in_data(&site.app.config.releases.folder).join("1.0/changes.csv")).unwrap();
    site.expects_failures(1);
    reader.get("/datasets/1.0/changes.csv").await.is(StatusCode::SERVICE_UNAVAILABLE);
}

// R15, O8: a release that holds what is no longer public is not handed out until it is built anew; its page stays and tells nothing of the case.
#[actix_web::test]
async fn a_recalled_release_is_not_handed_out_until_it_is_built_anew() {
    let site = Site::with_first_cases().await;
    site.expects_jobs();
    let reader = site.visitor();
    prints(&site, None, None);
    let zip = "/datasets/1.0/casebook-1.0.zip";
    let tag = reader.get(zip).await.is(StatusCode::OK).header("etag").to_owned();
    assert!(reader.get("/datasets/1.0").await.body().contains(REFERENCE), "the page leads to the case");
    shows_as(&site, &Showing::Hidden("names_private_person".to_owned()));
    reader.get(zip).await.is(StatusCode::GONE).shows("not handed out until it is built anew");
    reader.get_with(zip, &[("if-none-match", &tag)]).await.is(StatusCode::GONE);
    for path in ["/datasets", "/datasets/1.0", "/datasets.ttl", "/datasets/1.0.ttl", "/datasets/1.0.jsonld"] {
        let page = reader.get(path).await.is(StatusCode::OK).body();
        assert!(!page.contains(REFERENCE) && !page.contains("Duisburg"), "{path}: {page}");
    }
    prints(&site, Some("1.0"), None);
    reader.get(zip).await.is(StatusCode::GONE).shows("Edition 1.1 took its place");
    let page = reader.get("/datasets/1.0").await.is(StatusCode::OK);
    assert_eq!(page.link("Go to release 1.1"), "/datasets/1.1");
    let anew = reader.get("/datasets/1.1/casebook-1.1.zip").await.is(StatusCode::OK);
    assert!(anew.bytes().len() > 1_000);
    assert_eq!(reader.get("/datasets/latest").await.location(), "/datasets/1.1");
}
