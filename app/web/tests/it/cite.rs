//! Citations in files for reference managers (row R17).

use std::collections::BTreeSet;

use casebook_core::cases::published;
use reqwest::StatusCode;
use serde_json::Value;

use crate::site::Site;

/// R17: a revision, a comparison and a set of cases are cited with their address and the day of access; the author is the collection.
#[actix_web::test]
async fn what_is_published_is_cited_in_the_formats_of_reference_managers() {
    let site = Site::with_first_cases().await;
    let reader = site.visitor();
    let ids: Vec<String> = site.app.db.read(published::ids).unwrap().iter().map(|(id, _)| id.to_string()).collect();
    let (one, other) = (&ids[0], &ids[1]);
    for page in [
        format!("/cases/{one}"),
        format!("/cases/{one}/r/1"),
        format!("/compare?case={one}&case={other}"),
        "/cases".to_owned(),
        "/cases?f.domain=mobility".to_owned(),
    ] {
        let shown = reader.get(&page).await.is(StatusCode::OK);
        let files = ["BibTeX", "RIS", "CSL-JSON"].map(|format| shown.link(format));
        let [bibtex, ris, csl] = [reader.get(&files[0]), reader.get(&files[1]), reader.get(&files[2])];
        let (bibtex, ris) = (bibtex.await.is(StatusCode::OK).body(), ris.await.is(StatusCode::OK).body());
        let csl = csl.await.is(StatusCode::OK);
        assert!(csl.header("content-disposition").ends_with(".csl.json\""), "{}", csl.header("content-disposition"));
        let csl: Value = serde_json::from_str(&csl.body()).unwrap();
        let (title, address) = (csl[0]["title"].as_str().unwrap(), csl[0]["URL"].as_str().unwrap());
        assert_eq!(csl[0]["author"][0]["literal"], "Casebook collection");
        assert_eq!(csl[0]["accessed"]["date-parts"][0], serde_json::json!([2026, 11, 23]));
        assert!(ris.contains(&format!("TI  - {title}\r\n")) && ris.contains(&format!("UR  - {address}\r\n")), "{ris}");
        assert!(
            bibtex.contains(&format!("url = {{{address}}}")) && bibtex.contains("urldate = {2026-11-23}"),
            "{bibtex}"
        );
        let line = shown.texts(".citation").concat();
        assert!(line.starts_with("Casebook collection") && line.contains(title) && line.contains(address), "{line}");
        assert!(line.contains("(accessed 2026-11-23)"), "{line}");
        assert!(line.starts_with(&format!("Casebook collection (2026): {title}. ")), "one style for all: {line}");
        assert_eq!(
            csl[0]["issued"]["date-parts"][0][0], 2026,
            "a year of its own, or that of the day on which it is cited"
        );
        assert!(ris.contains("PY  - 2026\r\n") && bibtex.contains("year = {2026}"), "{ris}{bibtex}");
        assert!(
            page.contains("/cases/") || title.contains("Casebook collection"),
            "a set names what it is of: {title}"
        );
        let cited = address.strip_prefix(site.app.config.public_url().as_str()).unwrap();
        reader.get(cited).await.is(StatusCode::OK);
    }
    let of_one = reader.get(format!("/cases/{one}/r/1.csl.json")).await.body();
    assert!(of_one.contains(&format!("/cases/{one}/r/1")), "a revision that stays: {of_one}");
    let compared = reader.get(format!("/compare.ris?case={one}&case={other}")).await.body();
    assert!(compared.contains(&format!("{one}@1")) && compared.contains(&format!("{other}@1")), "{compared}");
    reader.get(format!("/compare.bib?case={one}")).await.is(StatusCode::BAD_REQUEST);
    let mut keys = BTreeSet::new();
    for set in ["", "?f.domain=mobility", "?f.domain=governance"] {
        let answer = reader.get(format!("/cases.csl.json{set}")).await.is(StatusCode::OK);
        let name = answer.header("content-disposition").to_owned();
        let csl: Value = serde_json::from_str(&answer.body()).unwrap();
        let key = csl[0]["id"].as_str().unwrap().to_owned();
        assert!(name.contains(&format!("\"{key}.csl.json\"")), "{name}");
        keys.insert(key);
    }
    assert_eq!(keys.len(), 3, "sets of one day are told apart: {keys:?}");
    let sorted = reader.get("/cases.csl.json?f.domain=mobility&sort=title").await.body();
    assert!(keys.iter().any(|key| sorted.contains(&format!("\"{key}\""))), "another order is the same set: {sorted}");
    reader.get(format!("/cases/{one}/r/9.bib")).await.is(StatusCode::NOT_FOUND);
    reader.get("/cases.bib?f.domain=nothing").await.is(StatusCode::BAD_REQUEST);
}

/// R17: what is hidden is not cited.
#[actix_web::test]
async fn a_hidden_case_is_cited_no_more() {
    let site = Site::with_first_cases().await;
    let mo = site.moderator("mo").await;
    let case = site.app.db.read(published::reference).unwrap().unwrap();
    let address = format!("/cases/{case}/r/1.bib");
    site.visitor().get(&address).await.is(StatusCode::OK);
    let form = mo.get(format!("/staff/cases/{case}")).await.form("/visibility").tick("visibility", "hidden");
    form.fill("reason", "names_private_person").send().await;
    site.works();
    site.visitor().get(&address).await.is(StatusCode::GONE);
}
