//! What a case is coded with that the vocabulary no longer offers, and what took its place (row R35).

use std::collections::BTreeSet;

use super::Lens;
use crate::{
    cases::document::Document,
    codebook::{Field, In, Version},
};

/// A field or a code that is offered no more. The case keeps it: nobody can know what it would be coded with today.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Retired {
    /// Its name in an address of the codebook page.
    pub handle: String,
    /// Its label.
    pub label: String,
    /// The version of the vocabulary that no longer offers it.
    pub version: Version,
    /// The labels of what took its place: none, one, or several where it was split.
    pub now: Vec<String>,
    /// Why it was retired.
    pub because: Option<String>,
}

impl Lens<'_> {
    /// What is to be said of a field that is offered no more; none for a current one.
    #[must_use]
    pub fn retired_field(&self, field: &Field) -> Option<Retired> {
        let now = self.codebook.successors_of(field).map(|next| next.label(self.lang).to_owned());
        Some(Retired {
            version: field.retired?,
            handle: self.codebook.handle(field),
            label: field.label(self.lang).to_owned(),
            now: now.collect(),
            because: field.retired_because.as_ref().map(|words| words.text(self.lang).to_owned()),
        })
    }

    /// What is to be said of a code that is offered no more; none for a current one.
    #[must_use]
    pub fn retired_code(&self, field: &Field, code: &str) -> Option<Retired> {
        let found = field.code(code)?;
        let now = field.successors(found).map(|next| next.label(self.lang).to_owned());
        Some(Retired {
            version: found.retired?,
            handle: format!("{}-{}", self.codebook.handle(field), found.code),
            label: found.label(self.lang).to_owned(),
            now: now.collect(),
            because: found.retired_because.as_ref().map(|words| words.text(self.lang).to_owned()),
        })
    }

    /// The same of a field that is known by its name.
    #[must_use]
    pub fn retired_in(&self, within: In, field: &str, code: &str) -> Option<Retired> {
        self.retired_code(self.codebook.field_in(within, field)?, code)
    }
}

/// The retired codes that stand elsewhere than in statements and roles, which carry their own mark.
pub(super) fn elsewhere(document: &Document, lens: &Lens<'_>) -> Vec<Retired> {
    codes(document).into_iter().filter_map(|(within, field, code)| lens.retired_in(within, field, code)).collect()
}

fn codes(document: &Document) -> BTreeSet<(In, &'static str, &str)> {
    let mut codes = BTreeSet::from([(In::Head, "kind", document.kind.as_str())]);
    codes.extend(document.narrative.iter().map(|part| (In::Head, "narrative_heading", part.heading.as_str())));
    codes.extend(document.related.iter().map(|part| (In::Head, "related_kind", part.kind.as_str())));
    for viewpoint in &document.viewpoints {
        codes.insert((In::Viewpoint, "topic", viewpoint.topic.as_str()));
        codes.insert((In::Viewpoint, "raised_by", viewpoint.raised_by.as_str()));
        for answer in &viewpoint.answers {
            codes.insert((In::Answer, "answered_by", answer.answered_by.as_str()));
            codes.extend(answer.kinds.iter().map(|kind| (In::Answer, "kinds", kind.as_str())));
        }
    }
    codes.extend(document.timeline.iter().map(|event| (In::Timeline, "event", event.event.as_str())));
    codes.extend(document.sources.iter().map(|source| (In::Source, "source_kind", source.kind.as_str())));
    codes
}
