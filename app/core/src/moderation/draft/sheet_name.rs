//! Which sheets a draft has.

use super::{
    Desk, Draft,
    parts::{self, word},
    slots::Label,
};
use crate::codebook::Codebook;

/// The beginning of the names of sheets with coded values, one for each topic of the codebook.
const CODED: &str = "coded-";

/// Which sheet.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum SheetName {
    /// Title, summary, kind.
    Head,
    /// The narrative under its headings.
    Narrative,
    /// Where, and how much of it is public.
    Place,
    /// Who took part.
    Organisations,
    /// The deals.
    Agreements,
    /// Coded values of one topic.
    Coded(String),
    /// Concerns and answers.
    Viewpoints,
    /// The course.
    Timeline,
    /// What it rests on.
    Sources,
    /// Other cases that belong to it.
    Related,
}

impl SheetName {
    /// All sheets, in the order in which one works through them.
    #[must_use]
    pub fn all(codebook: &Codebook) -> Vec<Self> {
        let coded = codebook.sections().iter().map(|section| section.code.clone()).filter(|code| {
            codebook.fields_of_section(code).any(|field| field.within.is_statement() && field.code != "label")
        });
        let mut all = vec![Self::Head, Self::Narrative, Self::Place, Self::Organisations, Self::Agreements];
        all.extend(coded.map(Self::Coded));
        all.extend([Self::Viewpoints, Self::Timeline, Self::Sources, Self::Related]);
        all
    }

    /// The sheet of this name.
    #[must_use]
    pub fn named(name: &str, codebook: &Codebook) -> Option<Self> {
        Self::all(codebook).into_iter().find(|sheet| sheet.name() == name)
    }

    /// Its name in addresses.
    #[must_use]
    pub fn name(&self) -> String {
        match self {
            Self::Head => "head".to_owned(),
            Self::Narrative => "narrative".to_owned(),
            Self::Place => "place".to_owned(),
            Self::Organisations => "organisations".to_owned(),
            Self::Agreements => "agreements".to_owned(),
            Self::Coded(section) => format!("{CODED}{section}"),
            Self::Viewpoints => "viewpoints".to_owned(),
            Self::Timeline => "timeline".to_owned(),
            Self::Sources => "sources".to_owned(),
            Self::Related => "related".to_owned(),
        }
    }

    /// What it is called.
    #[must_use]
    pub fn label(&self, desk: &Desk<'_>) -> Label {
        match self {
            Self::Head => Label::Key("moderation-sheet-head"),
            Self::Narrative => Label::Key("moderation-sheet-narrative"),
            Self::Place => Label::Key("moderation-sheet-place"),
            Self::Organisations => Label::Key("moderation-sheet-organisations"),
            Self::Agreements => Label::Key("moderation-sheet-agreements"),
            Self::Coded(section) => {
                Label::Words(desk.codebook.section(section).map_or(section.as_str(), |s| s.label(desk.lang)).to_owned())
            }
            Self::Viewpoints => Label::Key("moderation-sheet-viewpoints"),
            Self::Timeline => Label::Key("moderation-sheet-timeline"),
            Self::Sources => Label::Key("moderation-sheet-sources"),
            Self::Related => Label::Key("moderation-sheet-related"),
        }
    }

    /// The sheet on which the part under a path of the document is edited.
    pub(super) fn of_path(path: &str, draft: &Draft, codebook: &Codebook) -> Self {
        let mut steps = path.split('.');
        match (steps.next().unwrap_or_default(), steps.next()) {
            ("statements", Some(id)) => {
                let found = parts::items(&draft.body, "statements").find(|part| word(part, "id") == id);
                let field = found.and_then(|part| codebook.statement_field(word(part, "field")));
                field.and_then(|field| field.section.clone()).map_or(Self::Head, Self::Coded)
            }
            ("narrative", _) => Self::Narrative,
            ("place", _) => Self::Place,
            ("involvements" | "organisations" | "parties", _) => Self::Organisations,
            ("agreements", _) => Self::Agreements,
            ("viewpoints", _) => Self::Viewpoints,
            ("timeline", _) => Self::Timeline,
            ("sources", _) => Self::Sources,
            ("related", _) => Self::Related,
            _ => Self::Head,
        }
    }
}
