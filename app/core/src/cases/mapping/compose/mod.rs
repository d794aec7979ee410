//! A row of the table made into a document, with all that stands in the way.

mod parts;
mod personal;
mod place;
mod values;
mod viewpoints;

use std::collections::HashMap;

use super::{
    cells,
    directory::Directory,
    plan::{KindOf, Plan, SourcePlan, Take},
    report::Problems,
    table::Row,
    template::Template,
};
use crate::{
    cases::{
        document::{Checked, Document, Place, SCHEMA, Scope, Section, Source, Text, When},
        publish::Vocabulary,
    },
    clock::{Day, Quarter},
    codebook::{Code, In},
    ids::CaseId,
    random::Random,
};

/// What is the same for all rows of a table.
#[derive(Clone, Copy)]
pub(super) struct Frame<'a> {
    pub(super) plan: &'a Plan,
    pub(super) header: &'a [String],
    pub(super) vocabulary: Vocabulary<'a>,
    pub(super) random: &'a dyn Random,
    /// Codes of countries by their three letters, and by their folded English names.
    pub(super) countries: &'a HashMap<String, &'static str>,
    pub(super) today: Day,
}

/// A row that was made into a document.
pub(super) struct Composed {
    /// The title; empty where cells are empty that it needs.
    pub(super) title: String,
    /// The document, unless something stands in the way.
    pub(super) checked: Option<Checked>,
    pub(super) problems: Problems,
}

/// A row on its way to a document.
struct Composer<'a> {
    frame: Frame<'a>,
    row: &'a Row,
    directory: &'a mut Directory,
    problems: Problems,
    document: Document,
    /// Which columns a part of the document came from, by its id or path.
    origins: HashMap<String, Vec<usize>>,
    /// The ids of agreements and further sources in this row, by their positions in the plan.
    agreements: HashMap<usize, String>,
    sources: HashMap<usize, String>,
    /// Names of organisations that are not on record: they would be public with the case.
    new_names: Vec<String>,
}

/// The id of the source that the table is of its rows.
const TABLE: &str = "s1";

/// Makes a document of a row.
pub(super) fn compose(
    frame: Frame<'_>,
    row: &Row,
    (id, quarter): (CaseId, Quarter),
    directory: &mut Directory,
) -> Composed {
    let mut problems = Problems::default();
    for column in &frame.plan.used {
        if let Some(reason) = row.cells.get(*column).and_then(|cell| cells::fault(cell)) {
            problems.cell(frame.header, *column, &reason);
        }
    }
    let row = Row { line: row.line, cells: row.cells.iter().map(|cell| cells::clean(cell)).collect() };
    let mut composer = Composer {
        frame,
        row: &row,
        directory,
        problems,
        document: blank(frame.plan, id, quarter),
        origins: HashMap::new(),
        agreements: HashMap::new(),
        sources: HashMap::new(),
        new_names: Vec::new(),
    };
    composer.head();
    composer.place();
    composer.all_sources();
    composer.organisations();
    composer.fields();
    composer.events();
    composer.viewpoints();
    composer.personal();
    composer.checked()
}

/// The address by which a row is known again: that of the table as its source.
pub(super) fn address(plan: &Plan, row: &Row) -> Option<String> {
    let row = Row { line: row.line, cells: row.cells.iter().map(|cell| cells::clean(cell)).collect() };
    let filled = plan.source.url.as_ref()?.address(&row);
    filled.gaps.is_empty().then_some(filled.text)
}

fn blank(plan: &Plan, id: CaseId, quarter: Quarter) -> Document {
    Document {
        schema: SCHEMA,
        vocabulary: String::new(),
        id,
        revision: 1,
        published: quarter,
        revised: quarter,
        coder: plan.coder.clone(),
        kind: Code::known("kind"),
        reference: false,
        related: Vec::new(),
        title: Text::new("", &plan.language),
        summary: None,
        narrative: Vec::new(),
        place: Place::Named { scope: Scope::Municipality, countries: Vec::new(), places: Vec::new() },
        agreements: Vec::new(),
        involvements: Vec::new(),
        statements: Vec::new(),
        viewpoints: Vec::new(),
        timeline: Vec::new(),
        sources: Vec::new(),
    }
}

impl<'a> Composer<'a> {
    fn problem(&mut self, columns: &[usize], reason: &str) {
        self.problems.add(self.frame.header, columns, reason);
    }

    fn came_from(&mut self, part: &str, columns: impl IntoIterator<Item = usize>) {
        self.origins.entry(part.to_owned()).or_default().extend(columns);
    }

    fn text(&self, words: String) -> Text {
        Text::new(words, &self.frame.plan.language)
    }

    fn head(&mut self) {
        let Frame { plan, vocabulary, .. } = self.frame;
        self.document.vocabulary = vocabulary.codebook.version().to_string();
        self.came_from("kind", plan.kind.columns());
        if let Some(kind) = self.required(&plan.kind, In::Head, "kind") {
            self.document.kind = kind;
        }
        let title = plan.title.fill(self.row);
        for column in title.gaps {
            self.problem(&[column], "is empty, and the title needs it; say {Column|other words} for where it is");
        }
        self.document.title.text = title.text.trim().to_owned();
        self.came_from("title", plan.title.columns());
        if let Some(summary) = &plan.summary {
            self.document.summary = summary.words(self.row).map(|words| self.text(words));
            self.came_from("summary", summary.columns());
        }
        for (heading, text) in &plan.narrative {
            let Some(text_of_row) = text.words(self.row) else { continue };
            self.came_from(&format!("narrative.{heading}"), text.columns());
            self.document.narrative.push(Section {
                heading: heading.clone(),
                text: text_of_row,
                lang: plan.language.clone(),
                translation: None,
                original: None,
            });
        }
    }

    /// The table first, then what the row names.
    fn all_sources(&mut self) {
        let (plan, row) = (self.frame.plan, self.row);
        let has = |text: &Option<Template>| text.as_ref().is_some_and(|text| text.words(row).is_some());
        self.source(&plan.source, TABLE.to_owned());
        for (position, further) in plan.further.iter().enumerate() {
            if has(&further.url) || has(&further.title) {
                let id = format!("s{}", position + 2);
                self.sources.insert(position, id.clone());
                self.source(further, id);
            }
        }
    }

    fn source(&mut self, plan: &'a SourcePlan, id: String) {
        let kind = match &plan.kind {
            KindOf::Always(code) => Some(code.clone()),
            KindOf::Of(take) => self.source_kind(take),
        };
        let url = plan.url.as_ref().map(|url| url.address(self.row));
        for column in url.iter().filter(|_| id == TABLE).flat_map(|url| url.gaps.clone()).collect::<Vec<_>>() {
            self.problem(&[column], "is empty, and the address of the row needs it");
        }
        let url = url.filter(|url| url.gaps.is_empty()).map(|url| url.text.trim().to_owned());
        let url = url.filter(|url| !url.is_empty());
        self.came_from(&id, plan.url.iter().flat_map(|url| url.columns()).collect::<Vec<_>>());
        let title = plan.title.as_ref().and_then(|title| title.words(self.row));
        let licence = plan.licence.as_ref().map(|licence| format!(" ({licence})")).unwrap_or_default();
        let Some(kind) = kind else { return };
        let source = Source {
            id,
            kind,
            title: title.map(|title| format!("{title}{licence}")),
            publisher: plan.publisher.as_ref().and_then(|publisher| publisher.words(self.row)),
            url_not_recorded: url.is_none(),
            url,
            archived_url: None,
            language: plan.language.clone(),
            country: None,
            published: plan.published.as_ref().and_then(|take| self.when(take)),
            retrieved: plan.retrieved.as_ref().and_then(|take| self.when(take)),
            proximity: None,
            quarter: None,
            reliability: plan.reliability,
        };
        self.document.sources.push(source);
    }

    /// A row that names a source says of what kind it is; that it is an account no table can say.
    fn source_kind(&mut self, take: &'a Take) -> Option<Code> {
        let kind = self.required(take, In::Source, "source_kind")?;
        if matches!(kind.as_str(), "first_hand_account" | "second_hand_account") {
            self.problem(&take.columns(), "a table holds no accounts; they come by the form alone");
        }
        Some(kind)
    }

    /// A date of the row.
    fn when(&mut self, take: &'a Take) -> Option<When> {
        let (value, qualifier) = self.date(take)?;
        Some(When::Entered { value, qualifier })
    }

    /// What the vocabulary says of it, told by columns.
    fn checked(self) -> Composed {
        let Self { frame, row, mut problems, document, origins, .. } = self;
        let is_named = frame.plan.title.fill(row).gaps.is_empty();
        let title = if is_named { document.title.text.clone() } else { String::new() };
        match frame.vocabulary.check(document) {
            Ok(checked) => Composed { title, checked: problems.is_empty().then_some(checked), problems },
            Err(faults) => {
                for fault in faults {
                    let mut known = std::iter::once(fault.path.as_str()).chain(fault.path.split('.'));
                    match known.find_map(|part| origins.get(part)) {
                        Some(columns) if !columns.is_empty() => {
                            problems.add_fault(frame.header, columns, &fault.reason);
                        }
                        _ => problems.add_fault(frame.header, &[], &fault.to_string()),
                    }
                }
                Composed { title, checked: None, problems }
            }
        }
    }
}
