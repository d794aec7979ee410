//! A case as readers would see it, with everything marked that could lead to a person or, where the place is not named, to the place.

use std::{cell::RefCell, collections::BTreeMap, ops::Range};

use askama::{Template, filters::HtmlSafe};
use casebook_core::{
    cases::{
        document::{Document, Section, Source, Status},
        view::{CaseView, Cited, Entry, Pair, Row as ViewRow, Shown, Step, Topic, Voice},
    },
    text::{Mark, MarkKind, Names, marked_markdown, marks},
};

use crate::{
    kit::{
        Frame, Html,
        marks::{Marked, count_words, kind_words, remedy},
    },
    words,
};

/// What would be public.
#[derive(Debug, Template)]
#[template(path = "intake/case.html")]
pub struct Shape {
    /// Kind and place.
    pub kicker: String,
    /// The title.
    pub title: Marked,
    /// The summary.
    pub summary: Option<Marked>,
    /// Heading, language and text of each section of the narrative.
    pub narrative: Vec<(String, String, Html)>,
    /// Concerns and answers: the topic, and who said what.
    pub pairs: Vec<(String, Vec<(String, Marked)>)>,
    /// Topics with what is coded.
    pub topics: Vec<(String, Vec<Row>)>,
    /// The course: when, what, in which words.
    pub timeline: Vec<(String, String, Option<Marked>)>,
    /// The sources.
    pub sources: Vec<Marked>,
    /// The words over viewpoints, course, account and sources.
    pub headings: [String; 4],
}

/// One line of what is coded.
#[derive(Debug)]
pub struct Row {
    /// What is asked.
    pub label: String,
    /// The answers.
    pub values: Vec<Value>,
}

/// One answer.
#[derive(Debug)]
pub struct Value {
    /// The value with what is said beside it.
    pub text: Marked,
    /// How it stands, where it is not simply stated.
    pub standing: Option<String>,
    /// Whether accounts differ.
    pub disputed: bool,
}

impl HtmlSafe for Shape {}

/// What stands between the parts of a source.
const BETWEEN: &str = ", ";

/// A code as keys of messages are written.
pub(super) fn hyphened(code: &str) -> String {
    code.replace('_', "-")
}

/// Makes shapes, and counts what is marked.
pub(super) struct Marker<'a> {
    frame: &'a Frame,
    names: &'a Names,
    found: RefCell<BTreeMap<MarkKind, usize>>,
}

impl<'a> Marker<'a> {
    pub(super) fn new(frame: &'a Frame, names: &'a Names) -> Self {
        Self { frame, names, found: RefCell::default() }
    }

    /// What was marked so far: how many of each kind, and what can be done about it.
    pub(super) fn found(&self) -> Vec<(String, String)> {
        let (found, language) = (self.found.borrow(), self.frame.language);
        found.iter().map(|(kind, n)| (count_words(*kind, *n, language), remedy(*kind, language))).collect()
    }

    fn marks(&self, text: &str) -> Vec<Mark> {
        self.marks_but(text, 0..0)
    }

    /// Marks all but this stretch, whose words are not the author's.
    fn marks_but(&self, text: &str, stretch: Range<usize>) -> Vec<Mark> {
        let mut found = marks(text, self.names);
        found.retain(|mark| mark.start < stretch.start || stretch.end < mark.end);
        for mark in &found {
            *self.found.borrow_mut().entry(mark.kind).or_default() += 1;
        }
        found
    }

    pub(super) fn text(&self, text: &str, lang: &str) -> Marked {
        Marked::at(text, lang, &self.marks(text), self.frame.language)
    }

    fn own(&self, text: &str) -> Marked {
        self.text(text, self.frame.lang())
    }

    /// The whole case.
    pub(super) fn shape(&self, document: &Document, view: &CaseView) -> Shape {
        let place = &view.head.place;
        let place: Vec<&str> =
            place.names.iter().chain(&place.what).chain(&place.countries).map(String::as_str).collect();
        Shape {
            kicker: format!("{}. {}", view.head.kind, place.join(", ")),
            title: self.text(&document.title.text, &document.title.lang),
            summary: document.summary.as_ref().map(|summary| self.text(&summary.text, &summary.lang)),
            narrative: view.narrative.iter().map(|(heading, section)| self.section(heading, section)).collect(),
            pairs: view.pairs.iter().map(|pair| (pair.topic.clone(), self.voices(pair))).collect(),
            topics: self.topics(view),
            timeline: view.timeline.iter().map(|step| self.step(step)).collect(),
            sources: view.sources.iter().map(|cited| self.source(cited)).collect(),
            headings: ["case-viewpoints", "case-timeline", "case-narrative", "case-sources"]
                .map(|key| self.frame.t(key)),
        }
    }

    fn section(&self, heading: &str, section: &Section) -> (String, String, Html) {
        self.marks(&section.text);
        let html = marked_markdown(&section.text, self.names, &|kind| kind_words(kind, self.frame.language));
        (heading.to_owned(), section.lang.clone(), html.into())
    }

    fn voices(&self, pair: &Pair) -> Vec<(String, Marked)> {
        let voice = |key: &'static str, voice: &Voice| {
            let mut who = vec![self.frame.t(key), voice.speaker.clone()];
            who.extend(voice.date.as_ref().map(|date| words::when(date, self.frame.language)));
            who.retain(|part| !part.is_empty());
            (who.join(", "), self.text(&voice.words.text, &voice.words.lang))
        };
        let mut voices = vec![voice("case-concern", &pair.concern)];
        voices.extend(pair.answers.iter().map(|reply| voice("case-answer", &reply.voice)));
        voices
    }

    fn topics(&self, view: &CaseView) -> Vec<(String, Vec<Row>)> {
        let topics = view.topics.iter().map(|topic| (topic.label.clone(), self.rows(topic)));
        topics.filter(|(_, rows)| !rows.is_empty()).collect()
    }

    /// The rows that have an answer; the others show as gaps.
    fn rows(&self, topic: &Topic) -> Vec<Row> {
        let row = |group: Option<&String>, row: &ViewRow| Row {
            label: match group {
                Some(group) => format!("{group}: {}", self.shown(&row.label)),
                None => self.shown(&row.label),
            },
            values: row.entries.iter().map(|entry| self.value(entry)).collect(),
        };
        let groups =
            topic.groups.iter().flat_map(|group| group.rows.iter().map(move |row| (group.label.as_ref(), row)));
        groups.filter(|(_, row)| !row.entries.is_empty()).map(|(group, found)| row(group, found)).collect()
    }

    fn shown(&self, value: &Shown) -> String {
        words::shown(value, self.frame.language)
    }

    fn value(&self, entry: &Entry) -> Value {
        let language = self.frame.language;
        let mut parts = vec![match &entry.value {
            Some(value) => self.shown(value),
            None => self.frame.t(format!("case-value-{}", entry.status.code())),
        }];
        parts.extend(entry.qualifiers.iter().map(|qualifier| words::qualified(qualifier, language)));
        parts.extend(entry.as_of.iter().map(|date| self.frame.t1("case-as-of", "date", words::when(date, language))));
        parts.extend(entry.note.iter().map(|note| note.text.clone()));
        Value {
            text: self.own(&parts.join("; ")),
            standing: (entry.status != Status::Stated).then(|| words::status(entry.status, language)),
            disputed: entry.status == Status::Disputed,
        }
    }

    fn step(&self, step: &Step) -> (String, String, Option<Marked>) {
        let text = step.record.text.as_ref().map(|text| self.text(&text.text, &text.lang));
        (words::when(&step.record.date, self.frame.language), step.event.clone(), text)
    }

    /// Everything that stands in the record of a source. Of an account its quarter is public in any case, and no finding.
    fn source(&self, cited: &Cited) -> Marked {
        let Source { title, publisher, url, published, quarter, .. } = &cited.record;
        let mut parts: Vec<String> = [title, publisher, url].into_iter().flatten().cloned().collect();
        parts.extend(published.as_ref().map(|date| words::when(date, self.frame.language)));
        parts.push(cited.kind.clone());
        let quarter = quarter.map(|quarter| quarter.to_string()).unwrap_or_default();
        let start: usize = parts.iter().map(|part| part.len() + BETWEEN.len()).sum();
        let stretch = start..start + quarter.len();
        parts.extend(Some(quarter).filter(|quarter| !quarter.is_empty()));
        parts.extend(cited.proximity.clone());
        parts.extend(cited.country.clone());
        parts.push(cited.reliability.to_lowercase());
        let text = parts.join(BETWEEN);
        let marks = self.marks_but(&text, stretch);
        Marked::at(&text, self.frame.lang(), &marks, self.frame.language)
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;
    use crate::kit::page::sample_visit;

    fn account(title: &str, quarter: Option<&str>) -> Cited {
        let mut record = json!({"id": "s1", "kind": "first_hand_account", "title": title, "reliability": "unassessed"});
        if let Some(quarter) = quarter {
            record["quarter"] = quarter.into();
        }
        Cited {
            number: 1,
            record: serde_json::from_value(record).unwrap(),
            kind: "First-hand account".to_owned(),
            reliability: "Unclear".to_owned(),
            proximity: None,
            country: None,
        }
    }

    // What the author wrote is marked, though it is called like the quarter of the account.
    #[test]
    fn only_the_quarter_of_the_account_itself_is_no_finding() {
        for (title, quarter, dates) in [
            ("An account", Some("2026-Q4"), 0),
            ("Signed in 2026-Q4", Some("2026-Q4"), 1),
            ("Signed in 2018-Q3", Some("2026-Q4"), 1),
            ("Signed in 2018-Q3", None, 1),
        ] {
            let (frame, names) = (sample_visit("/share").frame("intake-preview-title"), Names::none());
            let marker = Marker::new(&frame, &names);
            let _ = marker.source(&account(title, quarter));
            assert_eq!(marker.found.borrow().get(&MarkKind::Date).copied().unwrap_or(0), dates, "{title}");
        }
    }
}
