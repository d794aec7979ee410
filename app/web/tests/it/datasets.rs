//! Releases of the dataset as readers, reference managers, search engines and catalogues of data find them.

use std::{collections::BTreeSet, fs};

use casebook_core::{
    cases::{
        self,
        published::{self, Eyes},
    },
    db::Actor,
    disclosure::Waivers,
    ids::CaseId,
    random::OsRandom,
    releases::{self, ReleaseKey, Version, Wish},
};
use data_encoding::HEXLOWER;
use oxrdf::{Term, Triple};
use oxttl::TurtleParser;
use reqwest::StatusCode;
use serde_json::Value;
use sha2::{Digest, Sha256};

use crate::{
    releases::press,
    site::{Answer, Site, Visitor, markup},
};

/// A note that would end the block of data in which it stands.
const NOTE: &str = "Read twice. </script><script>alert(1)</script> <!-- \"quoted\" & 'so on'";
/// A title that stands nowhere else.
const TITLE: &str = "Lamp posts by the Zwiebelturm";
/// How the words of DCAT begin.
const DCAT: &str = "http://www.w3.org/ns/dcat#";

/// Makes a release as the command does, or the next edition of one.
fn makes(site: &Site, note: Option<&str>, anew: Option<&str>) -> String {
    let key = ReleaseKey::open(&site.app.config, &OsRandom).unwrap();
    let waivers = Waivers::none();
    let wish = Wish { note, waivers: &waivers, dry_run: false };
    let (press, actor) = (press(site, &key), Actor::CommandLine);
    let made = match anew.map(|version| version.parse::<Version>().unwrap()) {
        Some(version) => releases::rebuild(&press, &actor, version, wish, &mut |_, _| ()),
        None => releases::make(&press, &actor, wish, &mut |_, _| ()),
    };
    let made = made.unwrap();
    assert!(made.released, "{:#?}", made.report);
    made.version.to_string()
}

/// What a page tells search engines.
fn linked(page: &Answer) -> Value {
    let blocks = page.texts("head > script[type='application/ld+json']");
    assert_eq!(blocks.len(), 1);
    serde_json::from_str(&blocks[0]).unwrap()
}

/// The statements that an address gives in Turtle.
async fn statements(reader: &Visitor, address: &str) -> Vec<Triple> {
    let answer = reader.get(address).await.is(StatusCode::OK);
    assert_eq!(answer.header("content-type"), "text/turtle; charset=utf-8");
    TurtleParser::new().for_slice(answer.bytes()).map(|triple| triple.unwrap()).collect()
}

/// What is said by a word of a vocabulary, of whatever.
fn said(statements: &[Triple], word: &str) -> BTreeSet<String> {
    let of = statements.iter().filter(|triple| triple.predicate.as_str() == word);
    let text = |triple: &Triple| match &triple.object {
        Term::NamedNode(node) => node.as_str().to_owned(),
        Term::Literal(literal) => literal.value().to_owned(),
        Term::BlankNode(node) => node.to_string(),
    };
    of.map(text).collect()
}

/// The files of a release with their checksums, as its page shows them.
fn files(page: &Answer) -> Vec<(String, String)> {
    let places = page.attributes("#files li > a", "href");
    let sums = page.texts("#files .checksum code");
    assert_eq!((places.len(), sums.len()), (5, 5));
    places.into_iter().zip(sums).collect()
}

/// R15: before there is a release the page says what can be had, to readers and to programs.
#[actix_web::test]
async fn without_a_release_the_page_leads_to_what_is_public_today() {
    let site = Site::with_first_cases().await;
    let reader = site.visitor();
    let page = reader.get("/datasets").await.is(StatusCode::OK);
    let page = page.shows("There is no release yet.").shows("7 cases are public at this moment.");
    for (words, address) in
        [("ZIP", "/cases.zip"), ("CSV", "/cases.csv"), ("Choose cases and take them away", "/cases")]
    {
        assert_eq!(page.link(words), address);
        reader.get(address).await.is(StatusCode::OK);
    }
    let catalogue = linked(&page);
    let live = &catalogue["dataset"][0];
    assert_eq!(catalogue["@type"], "DataCatalog");
    assert_eq!(live["@type"], "Dataset");
    assert!(live["temporalCoverage"].as_str().is_some_and(|years| years.len() == 9), "{live:#}");
    assert!(live["spatialCoverage"].as_array().is_some_and(|places| places.iter().any(|p| p["identifier"] == "DE")));
    assert!(live["variableMeasured"].as_array().is_some_and(|fields| fields.len() > 20));
    for file in live["distribution"].as_array().unwrap() {
        let kind = file["encodingFormat"].as_str().unwrap();
        let answer = reader.get(file["contentUrl"].as_str().unwrap()).await.is(StatusCode::OK);
        assert!(answer.header("content-type").starts_with(kind), "{file}");
    }
    for nowhere in ["/datasets/latest", "/datasets/1.0", "/datasets/1.0.ttl", "/datasets/1.0.bib"] {
        reader.get(nowhere).await.is(StatusCode::NOT_FOUND);
    }
    for page in ["/", "/cases", "/about", "/api"] {
        let links = reader.get(page).await.attributes("main a[href='/datasets']", "href");
        assert_eq!(links.len(), 1, "{page} leads to the datasets");
    }
}

/// R15: a release is shown and fetched whole; its files are what their checksums and their signature say.
#[actix_web::test]
async fn a_release_is_fetched_whole_and_verified() {
    let site = Site::with_first_cases().await;
    let reader = site.visitor();
    assert_eq!(makes(&site, Some(NOTE), None), "1.0");
    let list = reader.get("/datasets").await.is(StatusCode::OK).shows("The newest release: 1.0");
    assert_eq!(list.link("Release 1.0"), "/datasets/1.0");
    let latest = reader.get("/datasets/latest").await.is(StatusCode::FOUND);
    assert_eq!(latest.location(), "/datasets/1.0");
    let page = latest.follow().await.is(StatusCode::OK).shows("7 cases, as they stood on 2026-11-23.").shows(NOTE);
    let page = page.shows("This is the first release: all its cases are new.");

    let fetched = tempfile::tempdir().unwrap();
    for (place, sum) in files(&page) {
        let file = reader.get(&place).await.is(StatusCode::OK);
        assert_eq!(HEXLOWER.encode(&Sha256::digest(file.bytes())), sum, "{place}");
        let name = place.strip_prefix("/datasets/1.0/").unwrap();
        fs::write(fetched.path().join(name), file.bytes()).unwrap();
        let length = file.bytes().len().to_string();
        for (header, expected) in [
            ("etag", format!("\"{sum}\"")),
            ("content-length", length.clone()),
            ("content-disposition", format!("attachment; filename=\"{name}\"")),
            ("cache-control", "no-cache".to_owned()),
            ("last-modified", String::new()),
            ("access-control-allow-origin", "*".to_owned()),
        ] {
            assert_eq!(file.header(header), expected, "{place}: {header}");
        }
        let head = reader.request("HEAD", &place, &[]).await.is(StatusCode::OK);
        assert_eq!((head.header("content-length"), head.bytes().len()), (length.as_str(), 0));
        let packed = reader.get_with(&place, &[("accept-encoding", "gzip, br")]).await;
        assert_eq!(packed.bytes(), file.bytes(), "the tag is that of these bytes");
        let known = reader.get_with(&place, &[("if-none-match", file.header("etag"))]).await;
        assert!(known.is(StatusCode::NOT_MODIFIED).bytes().is_empty());
        let part = reader.get_with(&place, &[("range", "bytes=10-19")]).await.is(StatusCode::PARTIAL_CONTENT);
        assert_eq!(part.bytes(), &file.bytes()[10..20]);
        assert_eq!(part.header("content-range"), format!("bytes 10-19/{length}"));
        let beyond = reader.get_with(&place, &[("range", "bytes=99999999-")]).await;
        beyond.is(StatusCode::RANGE_NOT_SATISFIABLE);
    }
    let key = &page.texts("#verify .checksum code")[0];
    let faults = releases::verify_folder(fetched.path(), key).unwrap();
    assert!(faults.is_empty(), "{faults:?}");
    assert!(page.texts("#verify pre")[0].contains(&format!("minisign -Vm SHA256SUMS -P {key}")));
    reader.get("/sitemap.xml").await.shows("/datasets/1.0");
}

/// R15: nothing but the files of a release is handed out, and a file that is not as it was made is not either.
#[actix_web::test]
async fn only_what_a_release_names_is_handed_out() {
    let site = Site::with_first_cases().await;
    let reader = site.visitor();
    makes(&site, None, None);
    let folder = site.folder().join("releases/1.0");
    fs::write(folder.join("left.txt"), "not of the release").unwrap();
    reader.get("/datasets/1.0/SHA256SUMS").await.is(StatusCode::OK);
    for nowhere in [
        "/datasets/2.0",
        "/datasets/01.0",
        "/datasets/1",
        "/datasets/2.0/SHA256SUMS",
        "/datasets/1.0/left.txt",
        "/datasets/1.0/nothing.zip",
        "/datasets/1.0/..%2F..%2Freleases.key",
        "/datasets/1.0/..%2F1.0%2FSHA256SUMS",
        "/datasets/..%2Freleases%2F1.0/SHA256SUMS",
        "/datasets/1.0/%00",
    ] {
        let answer = reader.get(nowhere).await.is(StatusCode::NOT_FOUND);
        assert_eq!(answer.link("Back to the start"), "/", "{nowhere}");
    }
    fs::remove_file(folder.join("CHANGELOG.md")).unwrap();
    fs::write(folder.join("changes.csv"), "case").unwrap();
    for name in ["CHANGELOG.md", "changes.csv"] {
        let answer = reader.get(format!("/datasets/1.0/{name}")).await.is(StatusCode::SERVICE_UNAVAILABLE);
        answer.shows("does not answer").does_not_show("casebook release verify");
    }
    site.expects_failures(2);
}

/// R17 R18: a release is cited like a case, and described to search engines and catalogues in words that nobody can break out of.
#[actix_web::test]
async fn a_release_is_cited_and_described_for_programs() {
    let site = Site::with_first_cases().await;
    let reader = site.visitor();
    makes(&site, Some(NOTE), None);
    let at = |path: &str| format!("{}{path}", site.app.config.public_url());
    let address = at("/datasets/1.0");
    let page = reader.get("/datasets/1.0").await.is(StatusCode::OK).shows(&format!(
        "Casebook collection. Cases, release 1.0. 7 cases, as of 2026-11-23. {address} (accessed 2026-11-23)."
    ));
    assert_eq!(markup::complaints(&page.body()), [""; 0]);
    assert!(!page.body().contains("<script>alert"), "{}", page.body());
    for format in ["BibTeX", "RIS", "CSL-JSON"] {
        let file = reader.get(page.link(format)).await.is(StatusCode::OK).body();
        for part in ["Casebook collection", "Cases, release 1.0", "7 cases, as of 2026-11-23", address.as_str(), "2026"]
        {
            assert!(file.contains(part), "{part}: {file}");
        }
    }
    for rest in
        ["rel=\"cite-as\"", "rel=\"license\"", "/datasets/1.0/casebook-1.0.zip>; rel=\"item\"", "/datasets/1.0.ttl>"]
    {
        assert!(page.header("link").contains(rest), "{rest}: {}", page.header("link"));
    }

    let told = linked(&page);
    let whole: Value =
        serde_json::from_str(&reader.get("/datasets/1.0.jsonld").await.is(StatusCode::OK).body()).unwrap();
    assert_eq!(told, whole, "the page and the file say the same");
    assert_eq!(linked(&reader.get("/datasets").await)["dataset"][1]["@id"], address.as_str());
    let description = told["description"].as_str().unwrap();
    assert!((50..=5_000).contains(&description.chars().count()) && description.ends_with(NOTE), "{description}");
    for (name, expected) in [
        ("@type", "Dataset"),
        ("url", address.as_str()),
        ("identifier", address.as_str()),
        ("version", "1.0"),
        ("datePublished", "2026-11-23"),
        ("license", "https://creativecommons.org/licenses/by/4.0/"),
    ] {
        assert_eq!(told[name], expected, "{name}");
    }
    assert_eq!(told["creator"]["name"], "Casebook collection");
    assert_eq!(told["isAccessibleForFree"], true);
    assert_eq!(told["includedInDataCatalog"]["url"], at("/datasets").as_str());
    assert!(told["temporalCoverage"].is_string() && told["spatialCoverage"].is_array(), "{told:#}");
    let codebook = reader.get("/codebook").await.body();
    for field in told["variableMeasured"].as_array().unwrap() {
        let place = field["url"].as_str().unwrap().split_once('#').unwrap().1;
        assert!(codebook.contains(&format!("id=\"{place}\"")), "{field}");
        assert!(field["name"].as_str().is_some_and(|name| !name.is_empty()), "{field}");
    }
    let data: BTreeSet<(String, String)> = files(&page).into_iter().take(3).map(|(p, sum)| (at(&p), sum)).collect();
    let text = |value: &Value| value.as_str().unwrap().to_owned();
    let shared = told["distribution"].as_array().unwrap().iter();
    let shared: BTreeSet<_> = shared.map(|file| (text(&file["contentUrl"]), text(&file["sha256"]))).collect();
    assert_eq!(shared, data);

    for place in ["/datasets/1.0.ttl", "/datasets.ttl"] {
        let told = statements(&reader, place).await;
        let fetched = said(&told, &format!("{DCAT}downloadURL"));
        let sums = said(&told, "http://spdx.org/rdf/terms#checksumValue");
        assert!(data.iter().all(|(place, sum)| fetched.contains(place) && sums.contains(sum)), "{place}: {fetched:?}");
        assert!(said(&told, "http://www.w3.org/ns/adms#versionNotes").contains(NOTE), "{place}");
        assert!(
            said(&told, &format!("{DCAT}version")).contains("1.0")
                && said(&told, &format!("{DCAT}inSeries")).len() == 1
        );
        let countries = said(&told, "http://purl.org/dc/terms/spatial");
        assert!(countries.iter().any(|country| country.ends_with("/country/DEU")), "{countries:?}");
    }
}

/// Everything that is said of releases, for whoever asks.
async fn told(reader: &Visitor, versions: &[&str]) -> Vec<(String, String)> {
    let mut places = ["", ".jsonld", ".ttl"].map(|ending| format!("/datasets{ending}")).to_vec();
    places.extend(["/sitemap.xml".to_owned(), "/cases.atom".to_owned()]);
    for version in versions {
        places.extend(["", ".jsonld", ".ttl", ".bib"].map(|ending| format!("/datasets/{version}{ending}")));
    }
    let mut told = Vec::new();
    for place in places {
        let answer = reader.get(&place).await.is(StatusCode::OK);
        told.push((place, format!("{:?}{}", answer.headers(), answer.body())));
    }
    told
}

fn those_that_tell(told: &[(String, String)], word: &str) -> Vec<String> {
    told.iter().filter(|(_, text)| text.contains(word)).map(|(place, _)| place.clone()).collect()
}

/// The second revision of a case, with a title of its own.
fn revises(site: &Site, case: &CaseId) {
    let app = &site.app;
    let mut document = app.db.read(|r| published::find(r, case, Eyes::Public)).unwrap().document;
    document.revision = 2;
    document.title.text = TITLE.to_owned();
    let checked = app.vocabulary().check(document).unwrap();
    app.db.write(Actor::System, |tx| cases::revise(tx, app.vocabulary(), &checked, 1, Some("Read again"))).unwrap();
    site.works();
}

async fn hides(site: &Site, case: &CaseId) {
    let mo = site.moderator("mo").await;
    let form = mo.get(format!("/staff/cases/{case}")).await.form("/visibility").tick("visibility", "hidden");
    form.fill("reason", "names_private_person").send().await.is(StatusCode::SEE_OTHER);
    site.works();
}

/// R15 O8: a release tells what changed; what is hidden afterwards recalls it: no file is handed out, no word and no id of the case is told, and
/// the next edition takes its place.
#[actix_web::test]
async fn what_is_hidden_recalls_the_releases_that_hold_it_until_they_are_built_anew() {
    let site = Site::with_first_cases().await;
    let reader = site.visitor();
    let ids = site.app.db.read(published::ids).unwrap();
    let (case, _) = ids.iter().find(|(id, _)| id.as_str() != "7K2MQX4T").unwrap();
    makes(&site, None, None);
    revises(&site, case);
    assert_eq!(makes(&site, None, None), "2.0");
    let page = reader.get("/datasets/2.0").await.is(StatusCode::OK).shows("0 added, 1 changed, 0 withdrawn");
    assert_eq!(page.link(TITLE), format!("/cases/{case}/r/2"));
    let difference = page.attributes("#changes li .meta a", "href");
    assert_eq!(difference, [format!("/cases/{case}/r/2/changes")]);
    reader.get(&difference[0]).await.is(StatusCode::OK);
    assert_eq!(
        those_that_tell(&told(&reader, &["1.0", "2.0"]).await, TITLE),
        ["/cases.atom", "/datasets/2.0"],
        "the control"
    );
    let (zip, sums) = ("/datasets/2.0/casebook-2.0.zip", "/datasets/2.0/SHA256SUMS");
    let tag = reader.get(sums).await.is(StatusCode::OK).header("etag").to_owned();
    reader.get(zip).await.is(StatusCode::OK);

    hides(&site, case).await;
    let everything = told(&reader, &["1.0", "2.0"]).await;
    for word in [TITLE, case.as_str(), "casebook-2.0.zip>", "\"distribution\":[{\"@type\":\"DataDownload\",\"name\""] {
        assert_eq!(those_that_tell(&everything, word), [""; 0], "{word}");
    }
    assert_eq!(those_that_tell(&everything, "DataDownload"), ["/datasets", "/datasets.jsonld"], "what is public today");
    reader.get("/datasets").await.shows("cannot be fetched").does_not_show("The newest release");
    reader.get("/datasets/latest").await.is(StatusCode::NOT_FOUND);
    for version in ["1.0", "2.0"] {
        let page = reader.get(format!("/datasets/{version}")).await.is(StatusCode::OK);
        let page = page.shows("One case of this release is not public any more");
        assert_eq!(page.attributes("#files a", "href"), [""; 0]);
        let description = reader.get(format!("/datasets/{version}.jsonld")).await.body();
        assert!(!description.contains("Coverage\"") && description.contains("Recalled"), "{description}");
    }
    for place in [zip, sums] {
        let gone = reader.get_with(place, &[("if-none-match", &tag)]).await.is(StatusCode::GONE);
        gone.shows("Its files are no longer handed out.").does_not_show(case.as_str());
    }

    assert_eq!(makes(&site, None, Some("2.0")), "2.1");
    reader.get(zip).await.is(StatusCode::GONE).shows("Release 2.1 holds the same cases without it.");
    let latest = reader.get("/datasets/latest").await.is(StatusCode::FOUND);
    let page = latest.follow().await.is(StatusCode::OK).shows("6 cases, as they stood").does_not_show(TITLE);
    page.shows(&format!("{case}, revision 2: hidden (Names a private person)"));
    reader.get("/datasets/2.1/casebook-2.1.zip").await.is(StatusCode::OK);
    let statements = statements(&reader, "/datasets.ttl").await;
    let by = said(&statements, "http://purl.org/dc/terms/isReplacedBy");
    assert!(by.len() == 1 && by.iter().all(|place| place.ends_with("/datasets/2.1")), "{by:?}");
    assert_eq!(those_that_tell(&told(&reader, &["1.0", "2.0", "2.1"]).await, case.as_str()), ["/datasets/2.1"]);
}
