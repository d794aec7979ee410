//! Two documents of one matter become one (row M18). Pure: what comes of it is a draft that a moderator reads before it is published.

use std::collections::{BTreeMap, BTreeSet};

use serde_json::Value as Json;

use super::document::{Document, Place, Section, Source};
use crate::{Result, ids::part_id, random::Random};

/// Whether two places are told alike, so that neither case gives away what the other holds back: both named, or the very same words.
#[must_use]
pub fn are_told_alike(one: &Place, other: &Place) -> bool {
    matches!((one, other), (Place::Named { .. }, Place::Named { .. })) || one == other
}

/// The document `stays` with all that `goes` says beside it.
///
/// Head and place are those of `stays`. Parts of `goes` whose ids are taken get new ones. A source with the same address, an agreement with
/// the same name, and a part that says the very same stand once, with the sources of both; accounts stay apart, because each is somebody's.
///
/// # Errors
/// If the documents cannot be written as JSON, which does not happen.
pub fn united(stays: &Document, goes: &Document, random: &dyn Random) -> Result<Document> {
    let mut goes = renumbered(stays, goes, random)?;
    let since = stays.revision + 1;
    goes.statements.iter_mut().for_each(|statement| statement.since_revision = since);
    goes.involvements.iter_mut().for_each(|involvement| involvement.since_revision = since);
    let mut united = stays.clone();
    united.reference |= goes.reference;
    united.summary = united.summary.or(goes.summary);
    for section in goes.narrative {
        append(&mut united.narrative, section);
    }
    if let (Place::Named { places, countries, .. }, Place::Named { places: more, countries: from, .. }) =
        (&mut united.place, goes.place)
    {
        // The same city stands once.
        places.extend(more.into_iter().filter(|new| !stays.place.places().iter().any(|known| known.name == new.name)));
        countries.extend(from.into_iter().filter(|new| !stays.place.countries().contains(new)));
    }
    let is_new = |id: &String| !stays.agreements.iter().any(|known| known.id == *id);
    united.agreements.extend(goes.agreements.into_iter().filter(|agreement| is_new(&agreement.id)));
    add(&mut united.involvements, goes.involvements, |part| {
        (&mut part.id, &mut part.sources, Some(&mut part.since_revision))
    });
    add(&mut united.statements, goes.statements, |part| {
        (&mut part.id, &mut part.sources, Some(&mut part.since_revision))
    });
    add(&mut united.viewpoints, goes.viewpoints, |part| (&mut part.id, &mut part.sources, None));
    add(&mut united.timeline, goes.timeline, |part| (&mut part.id, &mut part.sources, None));
    let known: BTreeSet<String> = united.sources.iter().map(|source| source.id.clone()).collect();
    united.sources.extend(goes.sources.into_iter().filter(|source| !known.contains(&source.id)));
    united.related.extend(goes.related);
    united.related.retain(|related| related.case != stays.id && related.case != goes.id);
    let mut seen = BTreeSet::new();
    united.related.retain(|related| seen.insert((related.case.clone(), related.kind.to_string())));
    Ok(united)
}

/// `goes` with ids that `stays` does not have; a public source that both cite, and an agreement that both call alike, have the id that they
/// have in `stays`.
fn renumbered(stays: &Document, goes: &Document, random: &dyn Random) -> Result<Document> {
    let taken = ids(stays);
    let same = |known: &&Source, of: &Source| {
        let address = known.url.is_some() && known.url == of.url;
        !of.is_account() && (address || Source { id: known.id.clone(), ..of.clone() } == **known)
    };
    let mut new = BTreeMap::new();
    for source in &goes.sources {
        if let Some(known) = stays.sources.iter().find(|known| same(known, source)) {
            new.insert(source.id.clone(), known.id.clone());
        }
    }
    for agreement in &goes.agreements {
        if let Some(known) = stays.agreements.iter().find(|known| known.label == agreement.label) {
            new.insert(agreement.id.clone(), known.id.clone());
        }
    }
    for id in ids(goes) {
        if taken.contains(&id) && !new.contains_key(&id) {
            let prefix = id.chars().next().unwrap_or('x');
            new.insert(id, part_id(prefix, random));
        }
    }
    let mut tree = serde_json::to_value(goes)?;
    rename(&mut tree, &new);
    Ok(serde_json::from_value(tree)?)
}

/// The ids of all parts of a document.
fn ids(document: &Document) -> BTreeSet<String> {
    let answers = document.viewpoints.iter().flat_map(|viewpoint| viewpoint.answers.iter().map(|answer| &answer.id));
    (document.place.places().iter().map(|part| &part.id))
        .chain(document.agreements.iter().map(|part| &part.id))
        .chain(document.involvements.iter().map(|part| &part.id))
        .chain(document.statements.iter().map(|part| &part.id))
        .chain(document.viewpoints.iter().map(|part| &part.id))
        .chain(document.timeline.iter().map(|part| &part.id))
        .chain(document.sources.iter().map(|part| &part.id))
        .chain(answers)
        .cloned()
        .collect()
}

/// Puts new ids where a part has one, cites one or speaks of one.
fn rename(tree: &mut Json, new: &BTreeMap<String, String>) {
    match tree {
        Json::Object(part) => {
            for (key, value) in part.iter_mut() {
                match (key.as_str(), value) {
                    ("id" | "part", Json::String(id)) => {
                        if let Some(other) = new.get(id) {
                            id.clone_from(other);
                        }
                    }
                    ("sources", Json::Array(cited)) if cited.iter().all(Json::is_string) => {
                        for id in cited.iter_mut() {
                            if let Some(other) = id.as_str().and_then(|id| new.get(id)) {
                                *id = Json::String(other.clone());
                            }
                        }
                    }
                    (_, value) => rename(value, new),
                }
            }
        }
        Json::Array(items) => items.iter_mut().for_each(|item| rename(item, new)),
        _ => {}
    }
}

/// What tells a part's words from what it is called and rests on.
type Apart<'p> = (&'p mut String, &'p mut Vec<String>, Option<&'p mut u32>);

/// Adds parts; one that says the very same as one that is there lends it its sources.
fn add<T: Clone + PartialEq>(parts: &mut Vec<T>, more: Vec<T>, apart: impl for<'p> Fn(&'p mut T) -> Apart<'p>) {
    let bare = |part: &T| {
        let mut bare = part.clone();
        let (id, sources, since) = apart(&mut bare);
        id.clear();
        sources.clear();
        if let Some(since) = since {
            *since = 0;
        }
        bare
    };
    for mut new in more {
        let words = bare(&new);
        match parts.iter_mut().find(|known| bare(known) == words) {
            Some(known) => {
                let cited = std::mem::take(apart(&mut new).1);
                let sources = apart(known).1;
                for source in cited {
                    if !sources.contains(&source) {
                        sources.push(source);
                    }
                }
            }
            None => parts.push(new),
        }
    }
}

/// Adds a section; under a heading that has text already it follows in a paragraph of its own.
fn append(narrative: &mut Vec<Section>, section: Section) {
    let Some(known) = narrative.iter_mut().find(|known| known.heading == section.heading) else {
        narrative.push(section);
        return;
    };
    if known.text.trim() != section.text.trim() {
        known.text = format!("{}\n\n{}", known.text.trim_end(), section.text);
    }
    known.original = match (known.original.take(), section.original) {
        (Some(one), Some(other)) if one != other => Some(format!("{one}\n\n{other}")),
        (one, other) => one.or(other),
    };
    known.translation = known.translation.take().or(section.translation);
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{cases::Vocabulary, codebook::Codebook, places::Gazetteer, testing::SeededRandom};

    fn packaged() -> Document {
        let line = include_str!("../../../../config/seeds/reference.jsonl")
            .lines()
            .find(|line| line.contains("\"record\":\"case\""))
            .unwrap();
        serde_json::from_str(&line.replace("\"record\":\"case\",", "")).unwrap()
    }

    fn check(document: &Document) {
        let (codebook, gazetteer) = (Codebook::embedded(), Gazetteer::embedded());
        let vocabulary = Vocabulary { codebook: &codebook, gazetteer: &gazetteer };
        let faults = vocabulary.check(document.clone()).err();
        assert_eq!(faults, None);
    }

    // M18
    #[test]
    fn what_both_say_stands_once_and_nothing_collides() {
        let stays = packaged();
        let mut goes = stays.clone();
        goes.id = "ZZZZZZZZ".parse().unwrap();
        let same = united(&stays, &goes, &SeededRandom::new(7)).unwrap();
        check(&same);
        assert_eq!(same.statements, stays.statements, "a copy adds nothing");
        assert_eq!((same.timeline.len(), same.narrative.len()), (stays.timeline.len(), stays.narrative.len()));

        goes.statements[0].confidence = crate::cases::document::Confidence::Doubtful;
        goes.narrative[0].text = "Another telling.".to_owned();
        for source in &mut goes.sources {
            source.url = source.url.take().map(|url| format!("{url}?other"));
        }
        let both = united(&stays, &goes, &SeededRandom::new(7)).unwrap();
        check(&both);
        assert_eq!(both.statements.len(), stays.statements.len() + 1);
        assert_eq!(both.narrative[0].text, format!("{}\n\nAnother telling.", stays.narrative[0].text.trim_end()));
        let added = both.statements.last().unwrap();
        assert_eq!(added.since_revision, stays.revision + 1);
        assert!(added.sources.iter().all(|id| both.source(id).is_some()));
        assert!(both.sources.len() > stays.sources.len());
        assert_eq!((both.id, both.title), (stays.id, stays.title));
    }

    // M18: both cases' accounts count.
    #[test]
    fn accounts_stay_apart_and_a_source_with_the_same_address_stands_once() {
        let mut stays = packaged();
        let account: Source = serde_json::from_str(
            r#"{"id":"s900","kind":"first_hand_account","proximity":"took_part","quarter":"2026-Q4","reliability":"unassessed"}"#,
        )
        .unwrap();
        stays.sources.push(account.clone());
        let mut goes = stays.clone();
        goes.id = "ZZZZZZZZ".parse().unwrap();
        goes.statements[0].sources = vec!["s900".to_owned()];
        goes.statements[0].field = "domain".parse().unwrap();
        let both = united(&stays, &goes, &SeededRandom::new(7)).unwrap();
        let accounts = |document: &Document| document.sources.iter().filter(|source| source.is_account()).count();
        assert_eq!((accounts(&stays), accounts(&both)), (1, 2));
        let with_address = |document: &Document| document.sources.iter().filter(|source| source.url.is_some()).count();
        assert_eq!(with_address(&both), with_address(&stays));
        let cited = &both.statements.last().unwrap().sources;
        assert!(cited.len() == 1 && cited[0] != "s900", "{cited:?}");
    }

    #[test]
    fn a_named_case_and_an_unnamed_one_are_not_told_alike() {
        let named = packaged().place;
        let unnamed: Place = serde_json::from_str(
            r#"{"disclosure":"size_class","scope":"municipality","countries":["DE"],"size_class":"500k_1500k"}"#,
        )
        .unwrap();
        assert!(are_told_alike(&named, &named) && are_told_alike(&unnamed, &unnamed));
        assert!(!are_told_alike(&named, &unnamed) && !are_told_alike(&unnamed, &named));
    }
}
