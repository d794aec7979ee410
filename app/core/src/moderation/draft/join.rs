//! A published case and an account that adds to it, as one document: where they agree the account stands behind what is there, where they
//! differ both stay, each with its source.

use std::collections::BTreeMap;

use crate::{
    cases::document::{Agreement, Document, Event, Involvement, Rank, Section, Source, Statement, Status},
    text::fold,
};

/// New ids of parts, by those of the account.
type Renamed = BTreeMap<String, String>;

/// The case with what the account adds. Head, place and summary stay those of the case; the account's words come under its own heading.
pub(super) fn joined(mut case: Document, account: Document) -> Document {
    let next = case.revision + 1;
    let sources = join_sources(&mut case.sources, account.sources);
    let agreements = join_agreements(&mut case.agreements, account.agreements);
    for mut part in account.involvements {
        rename_all(&mut part.sources, &sources);
        join_involvement(&mut case.involvements, Involvement { since_revision: next, ..part });
    }
    let known = case.statements.len();
    for mut said in account.statements {
        rename_all(&mut said.sources, &sources);
        said.part = said.part.map(|part| renamed(part, &agreements));
        join_statement(&mut case.statements, known, Statement { since_revision: next, ..said });
    }
    for mut part in account.viewpoints {
        rename_all(&mut part.sources, &sources);
        for answer in &mut part.answers {
            rename_all(&mut answer.sources, &sources);
            answer.contested_after.iter_mut().for_each(|contested| rename_all(&mut contested.sources, &sources));
        }
        case.viewpoints.push(part);
    }
    for mut event in account.timeline {
        rename_all(&mut event.sources, &sources);
        event.part = event.part.map(|part| renamed(part, &agreements));
        join_event(&mut case.timeline, event);
    }
    account.narrative.into_iter().for_each(|section| join_section(&mut case.narrative, section));
    case
}

/// A source that both cite under one address is one source.
fn join_sources(known: &mut Vec<Source>, more: Vec<Source>) -> Renamed {
    let mut renamed = Renamed::new();
    for source in more {
        let same = known.iter().find(|known| known.url.is_some() && known.url == source.url);
        match same {
            Some(same) => {
                renamed.insert(source.id, same.id.clone());
            }
            None => known.push(source),
        }
    }
    renamed
}

/// Where each speaks of one agreement they mean the same; of several, those with the same name.
fn join_agreements(known: &mut Vec<Agreement>, more: Vec<Agreement>) -> Renamed {
    let alone = known.len() == 1 && more.len() == 1;
    let mut renamed = Renamed::new();
    for agreement in more {
        let same = known.iter().find(|known| alone || fold(&known.label) == fold(&agreement.label));
        match same {
            Some(same) => {
                renamed.insert(agreement.id, same.id.clone());
            }
            None => known.push(agreement),
        }
    }
    renamed
}

fn join_involvement(known: &mut Vec<Involvement>, part: Involvement) {
    let who = |part: &Involvement| (part.organisation.clone(), part.body_type.clone(), part.role.clone());
    let counts = |known: &&mut Involvement| known.rank != Rank::Superseded && who(known) == who(&part);
    match known.iter_mut().find(counts) {
        Some(same) => cite(&mut same.sources, part.sources),
        None => known.push(part),
    }
}

/// `before` statements are those of the case. What the account says beside them counts no more than they do, and its "I don't know" says nothing
/// against what is known.
fn join_statement(known: &mut Vec<Statement>, before: usize, mut said: Statement) {
    let of_field = |other: &Statement| other.field == said.field && other.part == said.part;
    let is_known = known[..before].iter().any(of_field);
    if is_known && said.status == Status::Unknown {
        return;
    }
    let same = known[..before].iter_mut().find(|other| {
        other.rank != Rank::Superseded
            && of_field(other)
            && (&other.value, &other.qualifiers, other.as_of) == (&said.value, &said.qualifiers, said.as_of)
            && other.status.has_value() == said.status.has_value()
            && (said.status.has_value() || other.status == said.status)
    });
    if let Some(same) = same {
        return cite(&mut same.sources, said.sources);
    }
    if is_known && said.rank == Rank::Preferred {
        said.rank = Rank::Normal;
    }
    known.push(said);
}

fn join_event(known: &mut Vec<Event>, event: Event) {
    let same = |known: &&mut Event| {
        (&known.event, known.date, &known.part, &known.text) == (&event.event, event.date, &event.part, &event.text)
    };
    match known.iter_mut().find(same) {
        Some(same) => cite(&mut same.sources, event.sources),
        None => known.push(event),
    }
}

/// A heading stands once: the account's words come after those that stand under it.
fn join_section(known: &mut Vec<Section>, section: Section) {
    match known.iter_mut().find(|known| known.heading == section.heading) {
        Some(same) => {
            same.text.push_str("\n\n");
            same.text.push_str(&section.text);
        }
        None => known.push(section),
    }
}

fn cite(sources: &mut Vec<String>, more: Vec<String>) {
    for source in more {
        if !sources.contains(&source) {
            sources.push(source);
        }
    }
}

fn renamed(id: String, names: &Renamed) -> String {
    names.get(&id).cloned().unwrap_or(id)
}

fn rename_all(ids: &mut Vec<String>, names: &Renamed) {
    for id in ids {
        if let Some(name) = names.get(id) {
            id.clone_from(name);
        }
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    fn said(id: &str, field: &str, value: &str, source: &str) -> serde_json::Value {
        json!({"id": id, "field": field, "part": "a1", "value": {"code": value}, "status": "stated", "confidence": "possible",
               "rank": "preferred", "sources": [source], "since_revision": 1})
    }

    fn document(id: &str, source: serde_json::Value, statements: &[serde_json::Value]) -> Document {
        let part = format!("a{id}");
        let mut statements = statements.to_vec();
        statements.iter_mut().for_each(|said| said["part"] = json!(part));
        serde_json::from_value(json!({
            "schema": 1, "vocabulary": "0.1", "id": "7K2MQX4T", "revision": 3, "published": "2026-Q3", "revised": "2026-Q4", "coder": "mo",
            "kind": "agreement", "title": {"text": id, "lang": "en"},
            "narrative": [{"heading": "undivided", "text": id, "lang": "en"}],
            "place": {"disclosure": "size_class", "scope": "municipality", "countries": ["DE"], "size_class": "500k_1500k"},
            "agreements": [{"id": part, "label": id}], "statements": statements, "sources": [source],
        }))
        .unwrap()
    }

    fn account(id: &str) -> serde_json::Value {
        json!({"id": id, "kind": "first_hand_account", "proximity": "took_part", "reliability": "unassessed"})
    }

    /// C15: what agrees is cited by both, what differs stays both, and "I don't know" says nothing against what is known.
    #[test]
    fn agreeing_statements_get_a_source_more_and_differing_ones_stay_both() {
        let case = document(
            "1",
            account("s1"),
            &[said("t1", "binding", "binding", "s1"), said("t2", "instrument", "contract", "s1")],
        );
        let mut unknown = said("t5", "binding", "", "s2");
        unknown["status"] = json!("unknown");
        unknown.as_object_mut().unwrap().remove("value");
        let other = [said("t3", "binding", "binding", "s2"), said("t4", "instrument", "grant", "s2"), unknown];
        let joined = joined(case, document("2", account("s2"), &other));
        let cited = |id: &str| joined.statements.iter().find(|said| said.id == id).map(|said| said.sources.join(" "));
        assert_eq!(cited("t1").as_deref(), Some("s1 s2"));
        assert_eq!((cited("t2").as_deref(), cited("t4").as_deref()), (Some("s1"), Some("s2")));
        assert_eq!((cited("t3"), cited("t5")), (None, None));
        let further = joined.statements.iter().find(|said| said.id == "t4").unwrap();
        assert_eq!((further.part.as_deref(), further.rank, further.since_revision), (Some("a1"), Rank::Normal, 4));
        assert_eq!((joined.agreements.len(), joined.sources.len(), joined.title.text.as_str()), (1, 2, "1"));
        assert_eq!(joined.narrative[0].text, "1\n\n2");
    }

    #[test]
    fn a_source_under_one_address_is_one_source() {
        let news = |id: &str| json!({"id": id, "kind": "news", "url": "https://paper.example/1", "reliability": "established"});
        let case = document("1", news("s1"), &[said("t1", "binding", "binding", "s1")]);
        let joined = joined(case, document("2", news("s2"), &[said("t2", "binding", "unclear", "s2")]));
        assert_eq!((joined.sources.len(), joined.statements[1].sources.as_slice()), (1, &["s1".to_owned()][..]));
    }
}
