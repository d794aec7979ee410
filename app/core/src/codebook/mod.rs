//! The vocabulary: fields, codes, labels and definitions, read from `config/codebook.toml` (schema.md rule 1).
//!
//! One definition drives forms, facets, the compare page, the codebook page and the exports; none of them names a field that is not
//! looked up here. A faulty file is refused with the line and the reason. Retired codes keep resolving and name their successors. The few
//! names that the program itself speaks of stand in `needed.rs`.

mod code;
mod field;
mod history;
pub mod needed;
mod read;
mod succession;
#[cfg(test)]
mod tests;

use std::{
    collections::HashMap,
    path::Path,
    sync::{Arc, LazyLock},
};

use serde::Serialize;

pub(crate) use self::code::codes;
pub use self::code::{Code, MalformedCode};
pub use self::field::{Field, FieldCode, FieldKind, In, Section, Text, Version};
pub use self::history::{Change, Changes, What};
use self::{needed::Spot, read::Lines};
use crate::{Error, Result};

const EMBEDDED: &str = include_str!("../../../../config/codebook.toml");
const EMBEDDED_NAME: &str = "config/codebook.toml";

/// The whole vocabulary of one version.
#[derive(Debug, Serialize)]
pub struct Codebook {
    version: Version,
    sections: Vec<Section>,
    fields: Vec<Field>,
    /// Positions in `fields` of each code; several where a qualifier or another part bears the same name, in the order of [`In`].
    #[serde(skip)]
    by_code: HashMap<String, Vec<usize>>,
}

impl Codebook {
    /// The vocabulary that the program brings along.
    #[must_use]
    #[expect(clippy::panic, reason = "a test reads the embedded file; a program without a vocabulary must not go on")]
    pub fn embedded() -> Arc<Self> {
        static BOOK: LazyLock<Arc<Codebook>> = LazyLock::new(|| match Codebook::parse(EMBEDDED, EMBEDDED_NAME) {
            Ok(book) => Arc::new(book),
            Err(error) => panic!("{error}"),
        });
        Arc::clone(&BOOK)
    }

    /// Reads an operator's own file.
    ///
    /// # Errors
    /// [`Error::Config`] where it cannot be read, is faulty, or lacks what the program itself speaks of.
    pub fn load(path: &Path) -> Result<Arc<Self>> {
        let name = path.display().to_string();
        let text =
            std::fs::read_to_string(path).map_err(|error| Error::Config(format!("{name}: cannot be read: {error}")))?;
        Self::own(&text, &name).map(Arc::new)
    }

    /// Reads a vocabulary with which the program is to work.
    fn own(text: &str, file_name: &str) -> Result<Self> {
        let (book, lines) = Self::read(text, file_name)?;
        refuse(book.unfit_names(&Self::embedded()), &lines, file_name)?;
        Ok(book)
    }

    /// Reads a vocabulary from its text; `file_name` is what errors call it.
    ///
    /// # Errors
    /// [`Error::Config`] that lists every fault, each with file, line and reason.
    pub fn parse(text: &str, file_name: &str) -> Result<Self> {
        Self::read(text, file_name).map(|(book, _)| book)
    }

    fn read(text: &str, file_name: &str) -> Result<(Self, Lines)> {
        let read::Read { version, sections, fields, lines } = read::read(text, file_name)?;
        let mut by_code: HashMap<String, Vec<usize>> = HashMap::new();
        for (position, field) in fields.iter().enumerate() {
            by_code.entry(field.code.clone()).or_default().push(position);
        }
        for positions in by_code.values_mut() {
            positions.sort_by_key(|position| fields[*position].within);
        }
        let book = Self { version, sections, fields, by_code };
        let unfit = book.unfit_successors().into_iter();
        let unfit = unfit.map(|(field, reason)| ((field.within, field.code.clone()), reason)).collect();
        refuse(unfit, &lines, file_name)?;
        Ok((book, lines))
    }

    /// The version under which cases are coded now.
    #[must_use]
    pub fn version(&self) -> Version {
        self.version
    }

    /// The topics, in order.
    #[must_use]
    pub fn sections(&self) -> &[Section] {
        &self.sections
    }

    /// The topic with this code.
    #[must_use]
    pub fn section(&self, code: &str) -> Option<&Section> {
        self.sections.iter().find(|section| section.code == code)
    }

    /// All fields, in the order of the file, retired ones included.
    #[must_use]
    pub fn fields(&self) -> &[Field] {
        &self.fields
    }

    /// The field with this code. Where a part's property or a qualifier shares the name, the first in the order of [`In`] is meant:
    /// `country` is the country of the place, not the qualifier; [`Self::field_in`] tells them apart.
    #[must_use]
    pub fn field(&self, code: &str) -> Option<&Field> {
        self.by_code.get(code)?.first().map(|position| &self.fields[*position])
    }

    /// The field with this code in this place.
    #[must_use]
    pub fn field_in(&self, within: In, code: &str) -> Option<&Field> {
        self.by_code.get(code)?.iter().map(|position| &self.fields[*position]).find(|field| field.within == within)
    }

    /// The qualifier with this code.
    #[must_use]
    pub fn qualifier(&self, code: &str) -> Option<&Field> {
        self.field_in(In::Qualifier, code)
    }

    /// A name for the field that no other has, as it stands in addresses: its code, behind its place where another field comes first by it.
    #[must_use]
    pub fn handle(&self, field: &Field) -> String {
        let comes_first = self.field(&field.code).is_some_and(|first| first.within == field.within);
        if comes_first { field.code.clone() } else { format!("{}-{}", field.within.code(), field.code) }
    }

    /// A field of which there are statements: of the case or of an agreement.
    #[must_use]
    pub fn statement_field(&self, code: &str) -> Option<&Field> {
        self.field(code).filter(|field| field.within.is_statement())
    }

    /// The fields of one place, in the order of the file, without retired ones.
    pub fn fields_of(&self, within: In) -> impl Iterator<Item = &Field> {
        self.current().filter(move |field| field.within == within)
    }

    /// The fields of one topic, in the order of the file, without retired ones.
    pub fn fields_of_section<'a>(&'a self, section: &'a str) -> impl Iterator<Item = &'a Field> {
        self.current().filter(move |field| field.section.as_deref() == Some(section))
    }

    /// The fields that count for completeness, without retired ones.
    pub fn core_fields(&self) -> impl Iterator<Item = &Field> {
        self.current().filter(|field| field.core)
    }

    /// The coded fields that readers filter by. A retired one is among them where cases cannot be found under another field in its stead.
    pub fn facets(&self) -> impl Iterator<Item = &Field> {
        let stands = move |field: &&Field| field.retired.is_none() || self.standing_field(field).code == field.code;
        self.fields.iter().filter(|field| field.facet).filter(stands)
    }

    /// The qualifiers that a field declares, in its order.
    pub fn qualifiers_of<'a>(&'a self, field: &'a Field) -> impl Iterator<Item = &'a Field> {
        field.qualifiers.iter().filter_map(|code| self.qualifier(code))
    }

    /// The label of a code of a field, or the code itself where the codebook has none: so that old documents stay readable.
    #[must_use]
    pub fn label<'a>(&'a self, field: &str, code: &'a str, lang: &str) -> &'a str {
        self.field(field).and_then(|field| field.code(code)).map_or(code, |found| found.label(lang))
    }

    fn current(&self) -> impl Iterator<Item = &Field> {
        self.fields.iter().filter(|field| field.retired.is_none())
    }
}

/// Refuses a file with all faults that were found in it, each with the line at which it stands.
fn refuse(faults: Vec<(Spot, String)>, lines: &Lines, file_name: &str) -> Result<()> {
    if faults.is_empty() {
        return Ok(());
    }
    let told = faults.into_iter().map(|(spot, reason)| {
        let line = lines.get(&spot).copied().unwrap_or(1);
        format!("{file_name}:{line}: {reason}")
    });
    Err(Error::Config(told.collect::<Vec<_>>().join("\n")))
}
