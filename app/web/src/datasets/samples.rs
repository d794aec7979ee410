//! Samples of the pages of releases.

use casebook_core::{
    codebook::Codebook,
    places::Gazetteer,
    releases::{Change, Changes, Counts, Coverage, End, Release, ReleaseFile, SIGNATURE, SUMS, State, Withdrawn},
};

use super::{Live, describe::Describer, list::ListPage, show::ReleasePage};
use crate::kit::{Frame, Language, LinkedData, Sample, page::sample_visit};

fn describer() -> Describer {
    Describer {
        site: "https://casebook.example".to_owned(),
        codebook: Codebook::embedded(),
        gazetteer: Gazetteer::embedded(),
        language: Language::default(),
    }
}

fn release(version: &str, state: State, note: Option<String>) -> Option<Release> {
    let file = |name: String, bytes: u64| ReleaseFile { name, bytes, sha256: "0f".repeat(32) };
    let names = [format!("casebook-{version}.zip"), "CHANGELOG.md".to_owned(), SUMS.to_owned(), SIGNATURE.to_owned()];
    Some(Release {
        version: version.parse().ok()?,
        day: "2026-11-23".parse().ok()?,
        cases: 7,
        schema: 1,
        vocabulary: "0.1".to_owned(),
        generation: 9,
        base: None,
        counts: Counts { added: 7, changed: 1, withdrawn: 1 },
        note,
        public_key: "RWQ".to_owned() + &"x".repeat(53),
        files: names.into_iter().map(|name| file(name, 125_808)).collect(),
        waived: Vec::new(),
        coverage: Coverage { years: Some((2018, 2026)), countries: ["DE".to_owned()].into() },
        state,
    })
}

fn changes(title: &str) -> Changes {
    let change = |before: Option<u32>| {
        let case = "7K2MQX4T".parse().ok()?;
        Some(Change { case, title: title.to_owned(), revision: 2, before })
    };
    let gone = "00000001".parse().ok().map(|case| Withdrawn { case, revision: 1, end: End::Shown });
    Changes {
        added: change(None).into_iter().collect(),
        changed: change(Some(1)).into_iter().collect(),
        withdrawn: gone.into_iter().collect(),
        unnamed: 1,
    }
}

impl Sample for ListPage {
    fn samples() -> Vec<(&'static str, Self)> {
        let visit = sample_visit("/datasets");
        let hostile = Some("</script><script>alert(1)</script>".to_owned());
        let page = |releases: Vec<Option<Release>>| {
            let releases = releases.into_iter().flatten().collect();
            Self::new(&visit, &describer(), releases, &Live::default(), "Casebook collection.".to_owned())
        };
        vec![
            ("empty", page(Vec::new())),
            ("one", page(vec![release("1.0", State::Current, None)])),
            (
                "many",
                page(vec![
                    release("3.0", State::Recalled { cases: 1 }, None),
                    release("2.0", State::Current, hostile),
                    release("1.0", State::Current, Some("W".repeat(400))),
                ]),
            ),
        ]
    }
}

impl Sample for ReleasePage {
    fn samples() -> Vec<(&'static str, Self)> {
        let page = |release: Option<Release>, title: &str| {
            let release = release?;
            let describer = describer();
            let frame = Frame::new(&sample_visit("/datasets/1.0"), release.title());
            let linked = LinkedData::new(&describer.linked_release(&release));
            let (changes, ends) = (changes(title), vec!["It stands in the lists again".to_owned()]);
            let newer = self::release("2.0", State::Current, None).filter(|_| title.len() < 100);
            let citation = "Casebook collection.".to_owned();
            Some(Self { frame, linked, release, newer, changes, ends, citation })
        };
        let hostile = "</script><script>alert(1)</script>".to_owned();
        let pages = [
            ("plain", page(release("1.0", State::Current, None), "Street lights")),
            ("hostile", page(release("1.0", State::Current, Some(hostile.clone())), &hostile)),
            ("longest", page(release("1.0", State::Recalled { cases: 3 }, Some("W".repeat(900))), &"W".repeat(120))),
        ];
        pages.into_iter().filter_map(|(name, page)| Some((name, page?))).collect()
    }
}
