//! What differs between two documents of one case: part by part, field by field, and in texts word by word (row M6).
//!
//! Pure, and the same for readers, who see published revisions, and for a contributor, who sees the text that was sent and what it became.
//! What the program stamps on a document, such as its number and its quarter, is no difference.

mod parts;
#[cfg(test)]
mod tests;

use std::time::Duration;

use similar::{ChangeTag, TextDiff};

use super::{
    document::Document,
    view::{Lens, Shown},
};

/// After this time two texts are told apart more coarsely: the difference stays right, though it is not the shortest.
const LONGEST_SEARCH: Duration = Duration::from_millis(200);

/// The lists of parts that have something to show, in the order of the page.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Difference {
    /// The groups.
    pub groups: Vec<Group>,
}

/// The parts of one kind that differ.
#[derive(Debug, Clone, PartialEq)]
pub struct Group {
    /// What they are.
    pub list: List,
    /// The parts.
    pub changes: Vec<Change>,
}

/// A kind of part.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum List {
    /// Title, summary, kind.
    Head,
    /// The narrative under its headings.
    Narrative,
    /// Where, as far as it is public.
    Place,
    /// Who took part.
    Organisations,
    /// The deals.
    Agreements,
    /// Coded values.
    Values,
    /// Concerns.
    Concerns,
    /// Answers to them.
    Answers,
    /// The course.
    Timeline,
    /// What it rests on.
    Sources,
    /// Other cases.
    Related,
}

/// A part that was added, taken out, or changed.
#[derive(Debug, Clone, PartialEq)]
pub struct Change {
    /// Its id within the later document, or the earlier one if it was taken out.
    pub id: String,
    /// What tells it from the others; empty where there is one of its kind only.
    pub title: String,
    /// What became of it.
    pub fate: Fate,
    /// What it says, as far as that differs.
    pub lines: Vec<LineChange>,
}

/// What became of a part.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Fate {
    /// It stands in the later document only.
    Added,
    /// It stood in the earlier document only.
    Removed,
    /// It stands in both and says something else.
    Changed,
}

/// A field of a part that differs.
#[derive(Debug, Clone, PartialEq)]
pub struct LineChange {
    /// What it is called.
    pub name: Name,
    /// How it differs.
    pub change: What,
}

/// What a field is called: words of the codebook, or a key of the messages.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Name {
    /// Words as they stand.
    Words(String),
    /// Key of a message.
    Key(&'static str),
}

/// How a field differs.
#[derive(Debug, Clone, PartialEq)]
pub enum What {
    /// It says this now, and nothing before.
    Added(Vec<Shown>),
    /// It said this before, and nothing now.
    Removed(Vec<Shown>),
    /// It said the first before and says the second now.
    Replaced(Vec<Shown>, Vec<Shown>),
    /// Words in a text differ.
    Text(Vec<Run>),
}

/// A stretch of a text whose words share a fate.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Run {
    /// The words, with the white space that belongs to them.
    pub text: String,
    /// Whether they were added or taken out; neither where they stayed.
    pub fate: Option<Fate>,
}

/// How parts of the two documents are told to be the same.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Pairing {
    /// By their ids, which are stable across the revisions of a case.
    Ids,
    /// By what they are about: a text that was sent and the draft that moderators made of it have ids of their own.
    Subjects,
}

impl Difference {
    /// What differs from `old` to `new`.
    #[must_use]
    pub fn between(old: &Document, new: &Document, pairing: Pairing, lens: &Lens<'_>) -> Self {
        let (old, new) = (parts::of(old, lens), parts::of(new, lens));
        let groups = old
            .into_iter()
            .zip(new)
            .map(|((list, old), (_, new))| Group { list, changes: changes(&old, &new, pairing) });
        Self { groups: groups.filter(|group| !group.changes.is_empty()).collect() }
    }

    /// Whether nothing differs.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.groups.is_empty()
    }
}

/// A part of one document as its fields tell it.
#[derive(Debug)]
struct Part {
    id: String,
    title: String,
    lines: Vec<Line>,
}

/// A field of a part.
#[derive(Debug)]
struct Line {
    name: Name,
    /// Several where it takes several; none where it says nothing.
    says: Vec<Shown>,
    /// Of interest only where it changed: a language, a rank.
    quiet: bool,
}

fn changes(old: &[Part], new: &[Part], pairing: Pairing) -> Vec<Change> {
    let mut unmatched: Vec<&Part> = old.iter().collect();
    let mut take = |part: &Part| {
        let by_id = unmatched.iter().position(|known| known.id == part.id);
        let alike = |known: &&Part| known.title == part.title && pairing == Pairing::Subjects;
        // Of several that are about the same, the one that says the same.
        let equal = || unmatched.iter().position(|known| alike(known) && differing(known, part).is_empty());
        let first = || unmatched.iter().position(alike);
        by_id.or_else(equal).or_else(first).map(|at| unmatched.remove(at))
    };
    let mut found = Vec::new();
    for part in new {
        match take(part) {
            None => found.push(whole(part, Fate::Added)),
            Some(before) => {
                let lines = differing(before, part);
                if !lines.is_empty() {
                    found.push(Change { id: part.id.clone(), title: part.title.clone(), fate: Fate::Changed, lines });
                }
            }
        }
    }
    found.extend(unmatched.into_iter().map(|part| whole(part, Fate::Removed)));
    found
}

/// A part that stands in one of the documents only.
fn whole(part: &Part, fate: Fate) -> Change {
    let says = |line: &&Line| !line.says.is_empty() && !line.quiet;
    let lines = part.lines.iter().filter(says).map(|line| LineChange {
        name: line.name.clone(),
        change: match fate {
            Fate::Removed => What::Removed(line.says.clone()),
            Fate::Added | Fate::Changed => What::Added(line.says.clone()),
        },
    });
    Change { id: part.id.clone(), title: part.title.clone(), fate, lines: lines.collect() }
}

/// The fields in which two parts differ, in the order of the later one.
fn differing(old: &Part, new: &Part) -> Vec<LineChange> {
    let find = |part: &'_ Part, name: &Name| -> Vec<Shown> {
        part.lines.iter().find(|line| line.name == *name).map(|line| line.says.clone()).unwrap_or_default()
    };
    let only_old = old.lines.iter().filter(|line| !new.lines.iter().any(|known| known.name == line.name));
    let names = new.lines.iter().chain(only_old).map(|line| &line.name);
    let change = |name: &Name| {
        let (before, after) = (find(old, name), find(new, name));
        let change = match (before.as_slice(), after.as_slice()) {
            (before, after) if before == after => return None,
            ([], after) => What::Added(after.to_vec()),
            (before, []) => What::Removed(before.to_vec()),
            ([Shown::Words(before)], [Shown::Words(after)]) if is_prose(before) && is_prose(after) => {
                What::Text(runs(before, after))
            }
            (before, after) => What::Replaced(before.to_vec(), after.to_vec()),
        };
        Some(LineChange { name: name.clone(), change })
    };
    names.filter_map(change).collect()
}

/// Whether a text is long enough for its words to be looked at one by one.
fn is_prose(text: &str) -> bool {
    text.split_whitespace().nth(3).is_some()
}

fn runs(old: &str, new: &str) -> Vec<Run> {
    let mut runs: Vec<Run> = Vec::new();
    for change in TextDiff::configure().timeout(LONGEST_SEARCH).diff_words(old, new).iter_all_changes() {
        let fate = match change.tag() {
            ChangeTag::Equal => None,
            ChangeTag::Delete => Some(Fate::Removed),
            ChangeTag::Insert => Some(Fate::Added),
        };
        match runs.last_mut().filter(|run| run.fate == fate) {
            Some(run) => run.text.push_str(change.value()),
            None => runs.push(Run { text: change.value().to_owned(), fate }),
        }
    }
    runs
}
