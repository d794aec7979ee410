//! The pages of releases of the dataset, their files, and what programs are told of them.

mod followed;

use std::{collections::BTreeSet, fs};

use casebook_core::{
    cases::{
        self, Showing,
        published::{self, Eyes},
    },
    db::Actor,
    disclosure::Waivers,
    random::OsRandom,
    releases::{self, Next, Press, ReleaseKey, Wish},
};
use casebook_web::url;
use data_encoding::HEXLOWER;
use oxrdf::{Term, Triple};
use oxttl::TurtleParser;
use reqwest::StatusCode;
use serde_json::Value;
use sha2::{Digest, Sha256};

use crate::site::{Answer, Site, Visitor};

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
    let wish = Wish { note, waivers: &waivers, dry_run: false, anyway: false };
    let made = match anew {
        None => releases::make(&press, &actor, wish, &mut |_| ()).and_then(Next::made),
        Some(version) => releases::rebuild(&press, &actor, version.parse().unwrap(), wish, &mut |_| ()),
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
    let empty = empty
        .shows("pandas.read_parquet(\"casebook-cases-flat.parquet\", dtype_backend=\"numpy_nullable\")")
        .shows("7 cases are public today")
        .does_not_show("in a release yet");
    assert_eq!(linked(&empty)["@type"], "DataCatalog");
    assert_eq!(reader.get("/datasets/latest").await.is(StatusCode::SEE_OTHER).location(), "/datasets");

    let hostile = "Ends </script><script>alert(1)</script> & \"so\"";
    prints(&site, None, Some(hostile));
    let all =
        reader.get("/datasets").await.is(StatusCode::OK).shows("release 1.0").shows("may not be in a release yet");
    assert_eq!(reader.get("/datasets/latest").await.location(), "/datasets/1.0");
    let page = reader.get("/datasets/1.0").await.is(StatusCode::OK).shows("minisign -Vm SHA256SUMS -P RW");
    for said in [&linked(&all)["dataset"][1], &linked(&page)] {
        assert_eq!((&said["@type"], &said["version"]), (&"Dataset".into(), &"1.0".into()));
        assert!(said["description"].as_str().unwrap().ends_with(hostile), "{said}");
        assert!(said["variableMeasured"].as_array().unwrap().len() > 20 && said["license"].is_string());
        assert!(said["temporalCoverage"].as_str().unwrap().contains('/'), "{said}");
    }
    assert_eq!(page.texts("script").len(), 1, "no text of ours ends the block");
    let title = "Casebook dataset, release 1.0";
    assert_eq!((page.texts("h1"), all.texts("h3 > a")), (vec![title.to_owned()], vec![title.to_owned()]));
    for (shown, heading) in [(&all, "h3"), (&page, "h2")] {
        assert!(shown.texts(heading).contains(&"Cite this release".to_owned()), "{heading}");
    }
    let heads = all.texts(".releases thead th").split_off(1);
    assert_eq!(all.attributes(".releases tbody td", "data-head"), heads, "a narrow screen shows them in the cells");
    assert!(linked(&page)["name"] == title && page.texts(".citation")[0].contains(title), "one title everywhere");

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
        let told = match ending {
            "bib" => ["version = {1.0}", "date = {2026-11-23}", "publisher = {{Casebook collection}}"],
            "ris" => ["ET  - 1.0\r\n", "DA  - 2026/11/23\r\n", "PB  - Casebook collection\r\n"],
            _ => ["\"version\": \"1.0\"", "\"issued\"", "\"publisher\": \"Casebook collection\""],
        };
        assert!(told.iter().all(|part| cited.contains(part)), "{told:?}: {cited}");
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
    for path in ["/datasets/1.0/..%2f..%2fsecret.key", "/datasets/1.0/SHA256SUMS%00"] {
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
    prints(&site, None, Some("Adds what was said in Duisburg."));
    let zip = "/datasets/1.0/casebook-1.0.zip";
    for path in ["/datasets", "/datasets/1.0", "/datasets.ttl", "/datasets/1.0.ttl", "/datasets/1.0.jsonld"] {
        assert!(reader.get(path).await.body().contains("said in Duisburg"), "{path} tells the note");
    }
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

/// The statements that an address gives in Turtle.
async fn statements(reader: &Visitor, path: &str) -> Vec<Triple> {
    let answer = reader.get(path).await.is(StatusCode::OK);
    assert_eq!(answer.header("content-type"), "text/turtle; charset=utf-8");
    TurtleParser::new().for_slice(answer.bytes()).map(|triple| triple.unwrap()).collect()
}

/// What is said by a word of a vocabulary, of whatever.
fn said(statements: &[Triple], word: &str) -> BTreeSet<String> {
    let of = statements.iter().filter(|triple| triple.predicate.as_str() == word);
    let text = |triple: &Triple| match &triple.object {
        Term::NamedNode(node) => node.as_str().to_owned(),
        Term::Literal(literal) => literal.value().to_owned(),
        Term::BlankNode(node) => node.as_str().to_owned(),
    };
    of.map(text).collect()
}

// R15, R18: without a release the page leads to all that can be had, and tells programs of it.
#[actix_web::test]
async fn without_a_release_the_page_leads_to_what_is_public_today() {
    let site = Site::with_first_cases().await;
    let reader = site.visitor();
    let page = reader.get("/datasets").await.is(StatusCode::OK).shows("7 cases are public today");
    for format in ["CSV", "XLSX", "JSON", "JSON Lines", "Parquet", "ZIP"] {
        reader.get(page.link(format)).await.is(StatusCode::OK);
    }
    let live = &linked(&page)["dataset"][0];
    assert!(live["variableMeasured"].as_array().unwrap().len() > 20, "{live:#}");
    assert!(live["spatialCoverage"].as_array().unwrap().iter().any(|place| place["identifier"] == "DE"), "{live:#}");
    for file in live["distribution"].as_array().unwrap() {
        let answer = reader.get(file["contentUrl"].as_str().unwrap()).await.is(StatusCode::OK);
        let kind = file["encodingFormat"].as_str().unwrap();
        assert!(answer.header("content-type").starts_with(kind), "{file}");
    }
    for path in ["/", "/cases", "/about", "/api"] {
        let links = reader.get(path).await.attributes("main a[href='/datasets']", "href");
        assert_eq!(links.len(), 1, "{path} leads to the datasets");
    }
}

// R15, R18: whoever fetches everything that the page names can verify it by the key that the page tells; catalogues name the same files.
#[actix_web::test]
async fn what_is_fetched_is_verified_by_what_the_page_tells() {
    let site = Site::with_first_cases().await;
    let reader = site.visitor();
    prints(&site, None, Some("\"\"\" ' \\ </script> @en . <x>"));
    let page = reader.get("/datasets/1.0").await.is(StatusCode::OK);
    let folder = tempfile::tempdir().unwrap();
    let places = page.attributes(".files > li > a", "href");
    assert_eq!(places.len(), 5);
    for (place, sum) in places.iter().zip(page.texts(".files .sum")) {
        let file = reader.get_with(place, &[("accept-encoding", "gzip, br")]).await.is(StatusCode::OK);
        assert_eq!(HEXLOWER.encode(&Sha256::digest(file.bytes())), sum, "{place}");
        assert_eq!(file.header("content-length"), file.bytes().len().to_string(), "{place}");
        let name = place.strip_prefix("/datasets/1.0/").unwrap();
        assert_eq!(file.header("content-disposition"), format!("attachment; filename=\"{name}\""));
        fs::write(folder.path().join(name), file.bytes()).unwrap();
        let beyond = reader.get_with(place, &[("range", "bytes=99999999-")]).await;
        beyond.is(StatusCode::RANGE_NOT_SATISFIABLE);
    }
    let keys = page.texts("p > code.sum");
    let looked = releases::verify_folder(folder.path(), &keys[0], Some("1.0".parse().unwrap())).unwrap();
    assert!(keys.len() == 1 && looked.signed.is_some() && looked.faults.is_empty(), "{keys:?} {looked:?}");

    let links = page.header("link");
    for link in
        ["rel=\"cite-as\"", "rel=\"license\"", "casebook-1.0.zip>; rel=\"item\"", "1.0.ttl>; rel=\"describedby\""]
    {
        assert!(links.contains(link), "{link}: {links}");
    }
    let text = |value: &Value| value.as_str().unwrap().to_owned();
    let files = linked(&page)["distribution"].as_array().unwrap().clone();
    let in_catalogue = statements(&reader, "/datasets.ttl").await;
    let places = said(&in_catalogue, "http://www.w3.org/ns/dcat#downloadURL");
    let sums = said(&in_catalogue, "http://spdx.org/rdf/terms#checksumValue");
    assert!(files.iter().all(|file| places.contains(&text(&file["contentUrl"]))), "{places:?}");
    let expected: BTreeSet<String> = files.iter().map(|file| text(&file["sha256"])).collect();
    assert_eq!(sums, expected, "those of the data, and no others");
    let alone = statements(&reader, "/datasets/1.0.ttl").await;
    let words = said(&alone, "http://purl.org/dc/terms/description");
    assert!(words.contains(&text(&linked(&page)["description"])), "{words:?}");
    let codebook = reader.get("/codebook").await.body();
    for field in linked(&page)["variableMeasured"].as_array().unwrap() {
        let (_, place) = field["url"].as_str().unwrap().split_once('#').unwrap();
        assert!(codebook.contains(&format!("id=\"{place}\"")), "{field}");
    }
    assert!(reader.get("/sitemap.xml").await.body().contains("/datasets/1.0</loc>"));
    let short = site.app.config.in_data(&site.app.config.releases.folder).join("1.0/changes.csv");
    fs::write(short, "case").unwrap();
    reader.get("/datasets/1.0/changes.csv").await.is(StatusCode::SERVICE_UNAVAILABLE);
    site.expects_failures(1);
}

/// The next revision of the reference case, with a title that stands nowhere else.
fn retitles(site: &Site, title: &str) {
    let (app, id) = (&site.app, REFERENCE.parse().unwrap());
    let mut document = app.db.read(|r| published::find(r, &id, Eyes::Public)).unwrap().document;
    document.revision = 2;
    document.title.text = title.to_owned();
    let checked = app.vocabulary().check(document).unwrap();
    app.db.write(Actor::System, |tx| cases::revise(tx, app.vocabulary(), &checked, 1, Some("Read again"))).unwrap();
    site.works();
}

// R15, O8: what a release changed is told with a way to the difference, and no more once the case is hidden; the next edition says why it went.
#[actix_web::test]
async fn a_release_tells_what_it_changed_as_long_as_that_is_public() {
    let site = Site::with_first_cases().await;
    let reader = site.visitor();
    let title = "Lamp posts by the Zwiebelturm";
    prints(&site, None, None);
    retitles(&site, title);
    prints(&site, None, None);
    let page = reader.get("/datasets/2.0").await.is(StatusCode::OK).shows("0 added, 1 changed, 0 withdrawn");
    assert_eq!(page.link(title), format!("/cases/{REFERENCE}/r/2"));
    reader.get(page.link(&format!("what it changed ({title})"))).await.is(StatusCode::OK).shows("Read again");
    page.does_not_show("There is a newer release");
    let old = reader.get("/datasets/1.0").await.is(StatusCode::OK).shows("There is a newer release, of 2026-11-23");
    assert_eq!(old.link("Go to release 2.0"), "/datasets/2.0");
    shows_as(&site, &Showing::Hidden("names_private_person".to_owned()));
    site.works();
    let paths = [
        "/datasets",
        "/datasets.jsonld",
        "/datasets.ttl",
        "/datasets/2.0",
        "/datasets/2.0.jsonld",
        "/datasets/2.0.ttl",
    ];
    for path in paths {
        reader.get(path).await.is(StatusCode::OK).does_not_show(title).does_not_show(REFERENCE);
    }
    let page = reader.get("/datasets").await.shows("Release 2.0 is newer, but something in it is no longer public");
    assert_eq!(page.link("Go to release 2.0"), "/datasets/2.0");
    assert!(page.attributes("a[download]", "href").is_empty(), "nothing is handed out");
    assert!(linked(&reader.get("/datasets/2.0").await)["spatialCoverage"].is_null());
    assert!(!reader.get("/sitemap.xml").await.body().contains("/datasets/2.0"));
    prints(&site, Some("2.0"), None);
    let page = reader.get("/datasets/2.1").await.is(StatusCode::OK).does_not_show(title);
    page.shows(REFERENCE).shows("revision 2: no longer public: Names a private person");
    reader.get("/datasets/2.0").await.does_not_show("There is a newer release").shows("Edition 2.1 took its place");
    assert_eq!(reader.get("/datasets/1.0").await.link("Go to release 2.1"), "/datasets/2.1");
    let by = said(&statements(&reader, "/datasets.ttl").await, "http://purl.org/dc/terms/isReplacedBy");
    assert!(by.len() == 1 && by.iter().all(|place| place.ends_with("/datasets/2.1")), "{by:?}");
    for path in ["/datasets", "/datasets.ttl", "/datasets/2.1.jsonld", "/datasets/2.0"] {
        reader.get(path).await.is(StatusCode::OK).does_not_show(REFERENCE);
    }
}
