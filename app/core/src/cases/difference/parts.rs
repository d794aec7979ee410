//! The parts of a document as flat lists of fields, so that two documents can be laid beside each other.

use super::{Line, List, Name, Part};
use crate::{
    cases::{
        document::{
            Answer, Confidence, Document, Event, Involvement, Place, Rank, Related, Section, Source, Statement, Status,
            Text, Translation, Viewpoint, When,
        },
        view::{Lens, Shown},
    },
    codebook::In,
};

/// Every list, also where it is empty, in the order of the page.
pub(super) fn of(document: &Document, lens: &Lens<'_>) -> Vec<(List, Vec<Part>)> {
    let on = On { document, lens };
    let answers = document.viewpoints.iter().flat_map(|viewpoint| viewpoint.answers.iter());
    vec![
        (List::Head, vec![on.head()]),
        (List::Narrative, document.narrative.iter().map(|section| on.section(section)).collect()),
        (List::Place, vec![on.place()]),
        (List::Organisations, document.involvements.iter().map(|part| on.involvement(part)).collect()),
        (List::Agreements, document.agreements.iter().map(|part| on.agreement(&part.id, &part.label)).collect()),
        (List::Values, document.statements.iter().map(|part| on.statement(part)).collect()),
        (List::Concerns, document.viewpoints.iter().map(|part| on.viewpoint(part)).collect()),
        (List::Answers, answers.map(|part| on.answer(part)).collect()),
        (List::Timeline, document.timeline.iter().map(|part| on.event(part)).collect()),
        (List::Sources, document.sources.iter().map(|part| on.source(part)).collect()),
        (List::Related, document.related.iter().map(|part| on.related(part)).collect()),
    ]
}

/// One document, seen through a lens.
struct On<'a> {
    document: &'a Document,
    lens: &'a Lens<'a>,
}

impl On<'_> {
    /// The name of a field in its place in the vocabulary.
    fn name(&self, within: In, field: &str) -> Name {
        let found = self.lens.codebook.field_in(within, field);
        Name::Words(found.map_or(field, |field| field.label(self.lens.lang)).to_owned())
    }

    fn line(&self, within: In, field: &str, says: impl IntoIterator<Item = Shown>) -> Line {
        Line { name: self.name(within, field), says: says.into_iter().collect(), quiet: false }
    }

    fn quiet(&self, within: In, field: &str, says: impl IntoIterator<Item = Shown>) -> Line {
        Line { quiet: true, ..self.line(within, field, says) }
    }

    /// A code of a field that has the same name as the property.
    fn code(&self, within: In, field: &str, code: &str) -> Line {
        let found = self.lens.codebook.field_in(within, field).and_then(|field| field.code(code));
        let words = found.map_or(code, |code| code.label(self.lens.lang));
        self.line(within, field, [Shown::Words(words.to_owned())])
    }

    fn text(&self, within: In, field: &str, text: &Text) -> Vec<Line> {
        let mut lines = vec![self.line(within, field, words(&text.text))];
        lines.extend(self.tongue(&text.lang, text.translation.as_ref(), text.original.as_deref()));
        lines
    }

    /// In which language a text is, and from which words it was translated.
    fn tongue(&self, lang: &str, translation: Option<&Translation>, original: Option<&str>) -> Vec<Line> {
        vec![
            self.quiet(In::Head, "language", words(lang)),
            Line {
                name: Name::Key("case-change-translated-from"),
                says: translation.map(|translation| Shown::Words(translation.from.clone())).into_iter().collect(),
                quiet: true,
            },
            Line {
                name: Name::Key("case-change-original"),
                says: original.map(|original| Shown::Words(original.to_owned())).into_iter().collect(),
                quiet: false,
            },
        ]
    }

    fn note(&self, note: Option<&Text>) -> Vec<Line> {
        note.map(|note| Line { name: Name::Key("case-change-note"), says: words(&note.text), quiet: false })
            .into_iter()
            .collect()
    }

    /// The sources, as a reader knows them.
    fn cited(&self, ids: &[String]) -> Line {
        let cited =
            ids.iter().filter_map(|id| self.document.source(id)).map(|source| Shown::Words(self.called(source)));
        Line { name: Name::Key("case-change-cited"), says: cited.collect(), quiet: false }
    }

    fn called(&self, source: &Source) -> String {
        let own = source.title.as_ref().or(source.publisher.as_ref()).or(source.url.as_ref());
        own.cloned().unwrap_or_else(|| self.lens.label("source_kind", source.kind.as_str()))
    }

    fn when(&self, within: In, field: &str, when: Option<When>) -> Line {
        self.line(within, field, when.map(Shown::Date))
    }

    fn standing(&self, status: Status, confidence: Confidence, rank: Rank) -> Vec<Line> {
        let rank = self.code(In::Wrapper, "rank", rank.code());
        vec![
            self.code(In::Wrapper, "status", status.code()),
            self.code(In::Wrapper, "confidence", confidence.code()),
            Line { quiet: true, ..rank },
        ]
    }

    fn head(&self) -> Part {
        let document = self.document;
        let mut lines = self.text(In::Head, "title", &document.title);
        lines.push(self.code(In::Head, "kind", document.kind.as_str()));
        let kind = self.lens.label("kind", document.kind.as_str());
        lines.push(Line {
            name: Name::Key("case-reference"),
            says: document.reference.then_some(Shown::Words(kind)).into_iter().collect(),
            quiet: true,
        });
        if let Some(summary) = &document.summary {
            lines.push(self.line(In::Head, "summary", words(&summary.text)));
        }
        Part { id: "head".to_owned(), title: String::new(), lines }
    }

    fn section(&self, section: &Section) -> Part {
        let text = Line { name: Name::Key("case-change-text"), says: words(&section.text), quiet: false };
        let mut lines = vec![text];
        lines.extend(self.tongue(&section.lang, section.translation.as_ref(), section.original.as_deref()));
        let title = self.lens.label("narrative_heading", section.heading.as_str());
        Part { id: section.heading.to_string(), title, lines }
    }

    fn place(&self) -> Part {
        let place = &self.document.place;
        let (size_class, body_type, continent) = match place {
            Place::Named { .. } => (None, None, None),
            Place::SizeClass { size_class, body_type, .. } => (size_class.as_ref(), body_type.as_ref(), None),
            Place::Region { size_class, body_type, continent, .. } => {
                (size_class.as_ref(), body_type.as_ref(), Some(continent))
            }
        };
        let label = |field: &str, code: &str| Shown::Words(self.lens.label(field, code));
        let countries = place.countries().iter().map(|country| self.lens.country(country.as_str()));
        let countries = countries.chain(continent.map(|continent| self.lens.continent(continent)));
        let lines = vec![
            self.code(In::Head, "place_disclosure", place.disclosure().code()),
            self.code(In::Head, "scope", place.scope().code()),
            self.line(In::Head, "country", countries.map(Shown::Words)),
            self.line(In::Head, "city", place.places().iter().map(|place| Shown::Words(place.name.clone()))),
            self.line(In::Head, "size_class", size_class.map(|code| label("size_class", code.as_str()))),
            self.line(In::Case, "public_body_type", body_type.map(|code| label("public_body_type", code.as_str()))),
        ];
        Part { id: "place".to_owned(), title: String::new(), lines }
    }

    fn agreement(&self, id: &str, label: &str) -> Part {
        let line = self.line(In::Agreement, "label", words(label));
        Part { id: id.to_owned(), title: label.to_owned(), lines: vec![line] }
    }

    fn involvement(&self, part: &Involvement) -> Part {
        let organisation = part.organisation.as_ref().map(|id| self.lens.organisation(id));
        let body = part.body_type.as_ref().map(|code| self.lens.label("public_body_type", code.as_str()));
        let title = organisation.or(body).unwrap_or_default();
        let mut lines = vec![
            self.line(In::Involvement, "organisation", words(&title)),
            self.code(In::Involvement, "role", part.role.as_str()),
        ];
        lines.extend(self.standing(part.status, part.confidence, part.rank));
        lines.push(self.cited(&part.sources));
        lines.extend(self.note(part.note.as_ref()));
        Part { id: part.id.clone(), title, lines }
    }

    fn statement(&self, part: &Statement) -> Part {
        let field = part.field.as_str();
        let agreement = part.part.as_deref().and_then(|id| self.document.agreement(id)).map(|part| part.label.clone());
        let title = self.lens.field(field);
        let value = part.value.as_ref().map(|value| self.lens.shown(field, value));
        let mut lines =
            vec![Line { name: Name::Key("case-change-value"), says: value.into_iter().collect(), quiet: false }];
        lines.extend(part.qualifiers.iter().map(|(code, value)| {
            let qualified = self.lens.qualified(code.as_str(), value);
            Line { name: Name::Words(qualified.label), says: vec![qualified.value], quiet: false }
        }));
        let spoken_of = agreement.map(Shown::Words).into_iter().collect();
        lines.push(Line { name: Name::Key("case-change-agreement"), says: spoken_of, quiet: false });
        lines.extend(self.standing(part.status, part.confidence, part.rank));
        lines.push(self.when(In::Wrapper, "as_of", part.as_of));
        lines.push(self.cited(&part.sources));
        lines.extend(self.note(part.note.as_ref()));
        Part { id: part.id.clone(), title, lines }
    }

    fn viewpoint(&self, part: &Viewpoint) -> Part {
        let mut lines = vec![
            self.code(In::Viewpoint, "topic", part.topic.as_str()),
            self.code(In::Viewpoint, "raised_by", part.raised_by.as_str()),
            self.line(In::Viewpoint, "speaker", part.speaker.iter().cloned().map(Shown::Words)),
        ];
        lines.extend(self.text(In::Viewpoint, "concern", &part.concern));
        lines.push(self.flag(In::Viewpoint, "quoted", part.quoted));
        lines.push(self.when(In::Viewpoint, "date", part.date));
        lines.push(self.cited(&part.sources));
        lines.extend(self.note(part.note.as_ref()));
        Part { id: part.id.clone(), title: self.lens.label("topic", part.topic.as_str()), lines }
    }

    fn answer(&self, part: &Answer) -> Part {
        let mut lines = vec![
            self.code(In::Answer, "answered_by", part.answered_by.as_str()),
            self.line(In::Answer, "speaker", part.speaker.iter().cloned().map(Shown::Words)),
        ];
        lines.extend(self.text(In::Answer, "text", &part.text));
        lines.push(self.flag(In::Answer, "quoted", part.quoted));
        let kinds = part.kinds.iter().map(|kind| Shown::Words(self.lens.label("kinds", kind.as_str())));
        lines.push(self.line(In::Answer, "kinds", kinds));
        lines.push(self.when(In::Answer, "date", part.date));
        lines.push(self.cited(&part.sources));
        let contested = part.contested_after.as_ref();
        lines.push(Line {
            name: Name::Key("case-change-contested"),
            says: contested.map(|contested| self.cited(&contested.sources).says).unwrap_or_default(),
            quiet: false,
        });
        Part { id: part.id.clone(), title: self.lens.label("answered_by", part.answered_by.as_str()), lines }
    }

    fn event(&self, part: &Event) -> Part {
        let agreement = part.part.as_deref().and_then(|id| self.document.agreement(id)).map(|part| part.label.clone());
        let mut lines = vec![
            self.code(In::Timeline, "event", part.event.as_str()),
            self.when(In::Timeline, "date", Some(part.date)),
        ];
        let spoken_of = agreement.map(Shown::Words).into_iter().collect();
        lines.push(Line { name: Name::Key("case-change-agreement"), says: spoken_of, quiet: false });
        if let Some(text) = &part.text {
            lines.extend(self.text(In::Timeline, "text", text));
        }
        lines.push(self.cited(&part.sources));
        Part { id: part.id.clone(), title: self.lens.label("event", part.event.as_str()), lines }
    }

    fn source(&self, part: &Source) -> Part {
        let said = |text: &Option<String>| text.clone().map(Shown::Words);
        let proximity = part.proximity.map(|proximity| Shown::Words(self.lens.label("proximity", proximity.code())));
        let country = part.country.as_ref().map(|country| Shown::Words(self.lens.country(country.as_str())));
        let lines = vec![
            self.code(In::Source, "source_kind", part.kind.as_str()),
            self.line(In::Source, "title", said(&part.title)),
            self.line(In::Source, "publisher", said(&part.publisher)),
            self.line(In::Source, "url", said(&part.url)),
            Line {
                name: Name::Key("case-source-archived"),
                says: said(&part.archived_url).into_iter().collect(),
                quiet: false,
            },
            self.quiet(In::Source, "language", said(&part.language)),
            self.line(In::Qualifier, "country", country),
            self.when(In::Source, "published", part.published),
            Line { quiet: true, ..self.when(In::Source, "retrieved", part.retrieved) },
            self.line(In::Account, "proximity", proximity),
            self.code(In::Source, "reliability", part.reliability.code()),
        ];
        Part { id: part.id.clone(), title: self.called(part), lines }
    }

    fn related(&self, part: &Related) -> Part {
        let title = part.case.to_string();
        Part { id: title.clone(), title, lines: vec![self.code(In::Head, "related_kind", part.kind.as_str())] }
    }

    fn flag(&self, within: In, field: &str, is_set: bool) -> Line {
        let Name::Words(words) = self.name(within, field) else { return self.quiet(within, field, None) };
        self.line(within, field, is_set.then_some(Shown::Words(words)))
    }
}

fn words(text: &str) -> Vec<Shown> {
    vec![Shown::Words(text.to_owned())]
}
