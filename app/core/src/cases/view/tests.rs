use super::*;
use crate::{codebook::Codebook, organisations::Organisation};

/// The packaged cases and organisations.
fn packaged() -> (Vec<Document>, Directory) {
    let seeds = [
        include_str!("../../../../../config/seeds/reference.jsonl"),
        include_str!("../../../../../config/seeds/cases.jsonl"),
    ];
    let (mut cases, mut parties) = (Vec::new(), Directory::new());
    for line in seeds.iter().flat_map(|file| file.lines()) {
        let mut record: serde_json::Value = serde_json::from_str(line).unwrap();
        let kind = record.as_object_mut().unwrap().remove("record").unwrap();
        match kind.as_str().unwrap() {
            "organisation" => {
                let organisation: Organisation = serde_json::from_value(record).unwrap();
                parties.insert(organisation.id.clone(), organisation);
            }
            "case" => cases.push(serde_json::from_value(record).unwrap()),
            _ => {}
        }
    }
    (cases, parties)
}

fn seen(document: &Document, parties: &Directory) -> CaseView {
    let (codebook, gazetteer) = (Codebook::embedded(), Gazetteer::embedded());
    let jurisdictions = Jurisdictions::embedded();
    let today = "2026-11-23".parse().unwrap();
    let lens =
        Lens { codebook: &codebook, gazetteer: &gazetteer, jurisdictions: &jurisdictions, parties, lang: "en", today };
    CaseView::of(document, &lens)
}

fn reference() -> CaseView {
    let (cases, parties) = packaged();
    seen(cases.iter().find(|case| case.reference).unwrap(), &parties)
}

// S1: the opposed points of view, with the note that they were translated.
#[test]
fn the_reference_case_sets_a_concern_beside_its_answers() {
    let case = reference();
    let pair = case.pairs.iter().find(|pair| pair.answers.len() > 1).unwrap();
    assert_eq!(pair.concern.words.translation.as_ref().unwrap().from, "de");
    assert!(!pair.answers[0].kinds.is_empty() && !pair.answers[0].voice.sources.is_empty());
    assert!(case.pairs.iter().any(|pair| pair.answers.is_empty() && pair.wait != Wait::Unclear));
}

// S2 and S3: the two axes.
#[test]
fn the_reference_case_has_both_measures() {
    let case = reference();
    let size = case.size.unwrap();
    assert!(matches!(size.residents, Some(Residents::Stated { .. })));
    assert_eq!((size.measures[0].ratio.employees, size.measures[0].ratio.residents), (2, 5));
    let distance = case.distance.unwrap();
    assert_eq!((distance.step, distance.country.as_str()), (Some(4), "China"));
    assert!(distance.law.is_some());
}

// S6: whose law could reach the data, by the vendor's seat and by the place of storage.
#[test]
fn the_reference_case_names_the_laws_that_could_reach_its_data() {
    let case = reference();
    let kinds: Vec<ReachKind> = case.reach.iter().map(|path| path.kind).collect();
    assert!(kinds.contains(&ReachKind::Seat) && kinds.contains(&ReachKind::HostCountry), "{kinds:?}");
    assert!(case.reach.iter().all(|path| path.confidence.is_some() && !path.through.is_empty()));
}

// D4 and R32: gaps stand beside what is said, and contradicting values beside one another.
#[test]
fn the_reference_case_shows_what_is_disputed_and_what_is_missing() {
    let case = reference();
    let rows = || case.topics.iter().flat_map(|topic| &topic.groups).flat_map(|group| &group.rows);
    let signatory = rows().find(|row| row.field == "signatory").unwrap();
    assert!(
        signatory.entries.iter().filter(|entry| entry.status == super::super::document::Status::Disputed).count() >= 2
    );
    assert!(!case.gaps.not_told.is_empty());
    assert!(case.gaps.answered < case.gaps.asked);
    assert_eq!(case.gaps.not_told.len(), rows().filter(|row| row.entries.is_empty()).count());
}

#[test]
fn every_packaged_case_can_be_shown() {
    let (cases, parties) = packaged();
    assert!(cases.len() >= 7);
    for document in &cases {
        let case = seen(document, &parties);
        assert!(!case.topics.is_empty() && !case.sources.is_empty(), "{}", document.title.text);
        let place = &case.head.place;
        assert!(!place.names.is_empty() || place.what.is_some(), "{}", document.title.text);
        assert!(case.timeline.windows(2).all(|two| two[0].record.date.order() <= two[1].record.date.order()));
    }
}
