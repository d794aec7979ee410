//! The matrix with made-up content.

use casebook_core::{
    cases::{
        compare::{Cell, Column, compare},
        document::{Document, Text},
        projection::Projection,
        published::{Published, Visibility},
        view::{Lens, Retired},
    },
    clock::Day,
    codebook::{Codebook, Version},
    limits,
    organisations::Directory,
    places::{Gazetteer, Jurisdictions},
};

use super::{Alone, Aside, Chosen, ComparePage, Meant, for_good};
use crate::{
    cases::show::samples::{HOSTILE, packaged},
    kit::{Sample, page::sample_visit},
};

impl Sample for ComparePage {
    fn samples() -> Vec<(&'static str, Self)> {
        let first = |count: usize| packaged().into_iter().take(count).collect::<Vec<_>>();
        let hostile = first(2).into_iter().map(hostile).collect();
        vec![
            ("nothing chosen", page(Vec::new(), false)),
            ("two", page(first(2), false)),
            ("differences of four", page(first(4), true)),
            ("no difference", page([first(1), first(1)].concat(), true)),
            ("longest", page(first(4).into_iter().map(longest).collect(), false)),
            ("hostile", ComparePage { aside: aside(HOSTILE), ..page(hostile, false) }),
            ("some left out", ComparePage { aside: aside(&"x".repeat(limits::LINE)), ..page(first(2), false) }),
            ("one left", one_left(page(first(1), false))),
            ("words", ComparePage { meant: Some(meant()), aside: aside(HOSTILE), ..page(first(2), false) }),
            ("too many", too_many(page(first(5), true))),
            ("retired", retired(page(first(2), false))),
        ]
    }
}

fn page(documents: Vec<Document>, only_differences: bool) -> ComparePage {
    let (codebook, gazetteer) = (Codebook::embedded(), Gazetteer::embedded());
    let jurisdictions = Jurisdictions::embedded();
    let lens = Lens {
        codebook: &codebook,
        gazetteer: &gazetteer,
        jurisdictions: &jurisdictions,
        parties: &Directory::new(),
        lang: "en",
        today: Day::default(),
    };
    let cases: Vec<Published> = documents.into_iter().map(|document| published(document, &lens)).collect();
    let comparison = (!cases.is_empty()).then(|| compare(&cases, &lens));
    let visit = sample_visit("/compare");
    ComparePage {
        frame: visit.frame("compare-title"),
        chosen: comparison.as_ref().map(for_good).unwrap_or_default(),
        aside: Aside::default(),
        alone: None,
        crowd: Vec::new(),
        comparison: comparison.map(|all| if only_differences { all.only_differences() } else { all }),
        meant: None,
        only_differences,
        sections: super::sections(&codebook, &visit),
        site: "https://casebook.example".to_owned(),
        day: Day::default(),
    }
}

/// Whatever can stand in an address beside cases that can be compared.
fn aside(no_id: &str) -> Aside {
    let named = |ids: &[&str]| -> Vec<Chosen> { ids.iter().filter_map(|id| id.parse().ok()).collect() };
    Aside {
        unfit: named(&["00000000", "ZZZZZZZZ@4000000000"]),
        again: named(&["7K2MQX4T"]),
        no_ids: vec![no_id.to_owned()],
        beyond: 64,
    }
}

/// Cases that fit hostile words, with hostile titles.
fn meant() -> Meant {
    let titled = |document: Document| (document.id, Text { text: HOSTILE.to_owned(), ..document.title });
    Meant { words: HOSTILE.to_owned(), cases: packaged().into_iter().map(titled).collect() }
}

/// The others cannot be compared.
fn one_left(page: ComparePage) -> ComparePage {
    let column = page.comparison.as_ref().and_then(|comparison| comparison.columns.first());
    let alone = column.map(|column| Alone {
        column: Column { title: HOSTILE.to_owned(), ..column.clone() },
        reference: Some(column.case.clone()),
    });
    ComparePage { comparison: None, alone, aside: aside("7K2MQX4"), ..page }
}

/// The cases are listed instead.
fn too_many(page: ComparePage) -> ComparePage {
    let columns = page.comparison.iter().flat_map(|comparison| &comparison.columns);
    let crowd = columns.map(|column| Column { title: HOSTILE.to_owned(), ..column.clone() }).collect();
    ComparePage { comparison: None, crowd, aside: aside(HOSTILE), ..page }
}

/// Everything in it is offered no more; of the fields nothing took the place, of the codes something with hostile words.
fn retired(mut page: ComparePage) -> ComparePage {
    let ended = |now: &[&str]| {
        let now = now.iter().map(|label| (*label).to_owned()).collect();
        let (handle, label) = ("domain".to_owned(), HOSTILE.to_owned());
        Some(Retired { handle, label, version: Version::default(), now, because: None })
    };
    for row in page.comparison.iter_mut().flat_map(|comparison| &mut comparison.rows) {
        row.retired = ended(&[]);
        for cell in &mut row.cells {
            let Cell::Says(said) = cell else { continue };
            for one in said {
                one.retired = ended(&[HOSTILE, "Transit"]);
                one.qualifiers.iter_mut().for_each(|beside| beside.retired = ended(&[HOSTILE]));
            }
        }
    }
    page
}

fn published(document: Document, lens: &Lens<'_>) -> Published {
    Published {
        computed: Projection::of(&document, lens.codebook, lens.gazetteer).computed,
        visibility: Visibility::Public,
        current: document.revision,
        revisions: Vec::new(),
        merged: Vec::new(),
        document,
    }
}

/// A case with a title and a summary of the greatest length, none of whose sources is left.
fn longest(mut document: Document) -> Document {
    document.title.text = "x".repeat(limits::TITLE);
    if let Some(summary) = &mut document.summary {
        summary.text = "x".repeat(limits::SUMMARY);
    }
    for statement in &mut document.statements {
        statement.sources.clear();
    }
    document
}

/// A case with hostile words where the matrix shows words of its authors.
fn hostile(mut document: Document) -> Document {
    document.title.text = HOSTILE.to_owned();
    if let Some(summary) = &mut document.summary {
        summary.text = HOSTILE.repeat(30);
    }
    for agreement in &mut document.agreements {
        agreement.label = HOSTILE.to_owned();
    }
    document
}
