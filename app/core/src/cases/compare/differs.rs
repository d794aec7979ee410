//! Whether cases differ in a field: one notion for the marks of the page, for what is left where only differences are shown, and for files
//! (decision 0048).

use std::collections::BTreeSet;

use super::{Cell, Said};
use crate::cases::document::Status;

/// Whether cases differ in a field.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Differs {
    /// Those that have a value do not say the same.
    Yes,
    /// All of them say the same, apart from those to which the field does not apply.
    No,
    /// Some have a value, and they say the same; the others have none.
    OneIsGap,
    /// None has a value.
    AllGaps,
}

impl Differs {
    /// All of them, in the order in which they are explained.
    pub const ALL: [Self; 4] = [Self::Yes, Self::OneIsGap, Self::AllGaps, Self::No];

    /// The word that files have for it.
    #[must_use]
    pub fn code(self) -> &'static str {
        match self {
            Self::Yes => "yes",
            Self::No => "no",
            Self::OneIsGap => "one_is_gap",
            Self::AllGaps => "all_gaps",
        }
    }

    /// Whether the field is shown where only differences are.
    #[must_use]
    pub fn is_difference(self) -> bool {
        matches!(self, Self::Yes | Self::OneIsGap)
    }

    pub(super) fn among(cells: &[Cell]) -> Self {
        let said: BTreeSet<BTreeSet<String>> = cells.iter().filter_map(Cell::content).collect();
        match (said.len(), cells.iter().any(Cell::is_gap)) {
            (0, true) => Self::AllGaps,
            (1, true) => Self::OneIsGap,
            (0 | 1, false) => Self::No,
            _ => Self::Yes,
        }
    }
}

impl Cell {
    /// Whether a value is missing: nothing was said or asked, or what was said is that it is unknown or withheld. What does not apply has none to
    /// miss.
    #[must_use]
    pub fn is_gap(&self) -> bool {
        match self {
            Self::Says(said) => !self.has_value() && !said.iter().all(Said::does_not_apply),
            Self::Gap | Self::NotAsked => true,
            Self::DoesNotApply => false,
        }
    }

    fn has_value(&self) -> bool {
        matches!(self, Self::Says(said) if said.iter().any(|one| one.value.is_some()))
    }

    /// What is said by a case that has a value, so that it can be compared: values and qualifiers, not when it holds or where it comes from.
    fn content(&self) -> Option<BTreeSet<String>> {
        let Self::Says(said) = self else { return None };
        let content = |said: &Said| match (&said.value, said.status) {
            (Some(value), _) => format!("{value:?} {:?}", said.qualifiers),
            (None, status) => format!("{status:?} {:?}", said.qualifiers),
        };
        self.has_value().then(|| said.iter().filter(|one| !one.does_not_apply()).map(content).collect())
    }
}

impl Said {
    /// Whether it says that the field does not apply.
    #[must_use]
    pub fn does_not_apply(&self) -> bool {
        self.status == Some(Status::NotApplicable)
    }
}
