//! The page of a case with made-up content.

use casebook_core::{
    cases::{
        document::{Document, Place, Proximity, Scope},
        facets::VENDOR,
        projection::Projection,
        published::{Merged, RevisionNote, Visibility},
        show::{Case, RelatedCase},
        similar::{Common, Similar},
        view::{CaseView, Lens},
    },
    codebook::Codebook,
    organisations::Directory,
    places::{Gazetteer, Jurisdictions},
};

use super::CasePage;
use crate::{
    kit::{Sample, page::sample_visit},
    url,
};

const SEEDS: [&str; 2] = [
    include_str!("../../../../../config/seeds/reference.jsonl"),
    include_str!("../../../../../config/seeds/cases.jsonl"),
];
/// Words that must stay words.
pub(in crate::cases) const HOSTILE: &str = "<script>alert(1)</script> </textarea> \u{202e} javascript:alert(1)";

impl Sample for CasePage {
    fn samples() -> Vec<(&'static str, Self)> {
        let mut samples = vec![];
        samples.extend(bare().map(|document| ("empty", page(document))));
        samples.extend(bare().map(hostile).map(|document| ("hostile", page(document))));
        samples.extend(packaged().into_iter().next().map(unnamed).map(|document| ("unnamed", page(document))));
        samples.extend(packaged().into_iter().map(|document| ("packaged", page(document))));
        samples
    }
}

fn page(document: Document) -> CasePage {
    let (codebook, gazetteer) = (Codebook::embedded(), Gazetteer::embedded());
    let jurisdictions = Jurisdictions::embedded();
    let lens = Lens {
        codebook: &codebook,
        gazetteer: &gazetteer,
        jurisdictions: &jurisdictions,
        parties: &Directory::new(),
        lang: "en",
        today: document.revised.first_day(),
    };
    let view = CaseView::of(&document, &lens);
    let computed = Projection::of(&document, &codebook, &gazetteer).computed;
    let note = RevisionNote { revision: 1, published: document.published, reason: Some(HOSTILE.to_owned()) };
    let case = Case {
        view,
        computed,
        visibility: Visibility::Unlisted(HOSTILE.to_owned()),
        current: 2,
        revisions: vec![note.clone()],
        merged: vec![Merged { case: document.id.clone(), revision: 2, revisions: vec![note] }],
        coders: [(1, "sample".to_owned())].into(),
        reference: Some(document.id.clone()),
        related: vec![RelatedCase { id: document.id.clone(), title: HOSTILE.to_owned(), kind: "Follow-up".to_owned() }],
        document,
    };
    let visit = sample_visit(&url::case(&case.document.id));
    let similar = Similar {
        id: case.document.id.clone(),
        title: case.document.title.clone(),
        set_beside: Some(HOSTILE.to_owned()),
        in_common: vec![
            Common { field: VENDOR.to_owned(), label: None, what: vec![HOSTILE.to_owned()] },
            Common {
                field: "domain".to_owned(),
                label: Some("Part of city life".to_owned()),
                what: vec!["Mobility".to_owned(); 3],
            },
        ],
    };
    let mut page = CasePage::new(&visit, case, "https://casebook.example", "good".to_owned());
    page.similar = vec![similar];
    page.accessed = Some(page.case.document.revised.first_day());
    page
}

/// The packaged cases, the reference case first.
pub(in crate::cases) fn packaged() -> Vec<Document> {
    SEEDS.iter().flat_map(|file| file.lines()).filter_map(document).collect()
}

fn document(line: &str) -> Option<Document> {
    let mut record: serde_json::Value = serde_json::from_str(line).ok()?;
    record.as_object_mut()?.remove("record").filter(|kind| kind == "case")?;
    serde_json::from_value(record).ok()
}

/// A document of which hardly anything is known.
fn bare() -> Option<Document> {
    let mut document = packaged().into_iter().next()?;
    document.reference = false;
    document.summary = None;
    document.narrative.clear();
    document.agreements.clear();
    document.involvements.clear();
    document.statements.clear();
    document.viewpoints.clear();
    document.timeline.clear();
    document.sources.clear();
    Some(document)
}

/// The reference case as it would be if an account told it: of a city that is not named.
fn unnamed(mut document: Document) -> Document {
    let size_class = "under_50k".parse().ok();
    let countries = document.place.countries().to_vec();
    document.place = Place::SizeClass { scope: Scope::Municipality, countries, size_class, body_type: None };
    for source in &mut document.sources {
        (source.title, source.publisher, source.url, source.published) = (None, None, None, None);
    }
    if let Some((source, kind)) = document.sources.first_mut().zip("first_hand_account".parse().ok()) {
        source.kind = kind;
        source.proximity = Some(Proximity::TookPart);
        source.quarter = Some(document.published);
    }
    document
}

/// The reference case with hostile words wherever there are words.
fn hostile(mut document: Document) -> Document {
    if let Some(full) = packaged().into_iter().next() {
        document = full;
    }
    document.title.text = HOSTILE.to_owned();
    for section in &mut document.narrative {
        section.text = format!("{HOSTILE} [a](javascript:alert(1)) ![b](http://example.org/x.png)");
    }
    for viewpoint in &mut document.viewpoints {
        viewpoint.concern.text = HOSTILE.repeat(30);
        viewpoint.speaker = Some(HOSTILE.to_owned());
    }
    for source in &mut document.sources {
        source.title = Some(HOSTILE.to_owned());
        source.url = Some("javascript:alert(1)".to_owned());
    }
    for agreement in &mut document.agreements {
        agreement.label = "x".repeat(200);
    }
    document
}
