//! The formats that are sent while they are made: JSON Lines, JSON, and the sheet as CSV.

use std::{collections::HashSet, io::Write, sync::Arc};

use super::{About, Site, Streamed};
use crate::{
    Error, Result,
    cases::{document::Document, projection::Computed, published::Current, shares, sheet::Sheet, tables::Cell},
    codebook::Codebook,
    db::Reading,
    ids::OrganisationId,
    organisations::{self, Directory},
};

/// JSON Lines: a document a line, with its address and what is computed of it.
#[derive(Debug)]
pub struct Lines {
    /// Where cases stand.
    pub site: Site,
}

impl Streamed for Lines {
    fn begin(&mut self, _: &mut dyn Write) -> Result<()> {
        Ok(())
    }

    fn batch(&mut self, _: &mut Reading, cases: Vec<Current>, to: &mut dyn Write) -> Result<()> {
        cases.iter().try_for_each(|case| line(case, &self.site, to))
    }

    fn end(&mut self, _: &mut dyn Write) -> Result<()> {
        Ok(())
    }
}

/// Writes a case as a line.
pub(super) fn line(case: &Current, site: &Site, to: &mut dyn Write) -> Result<()> {
    write_case(case, site, to)?;
    Ok(to.write_all(b"\n")?)
}

/// Writes a case as one object: the document, its address and what is computed of it. It is put together as text: reading and writing each
/// document again would cost more than sending it.
///
/// # Errors
/// Those of writing, and if what is stored is no object, which would be a defect.
pub fn write_case(case: &Current, site: &Site, to: &mut dyn Write) -> Result<()> {
    let document =
        case.document.strip_suffix('}').ok_or_else(|| Error::unexpected("a stored document is no object"))?;
    let address = serde_json::to_string(&format!("{}{}", site.address, (site.case)(&case.id)))?;
    Ok(write!(to, "{document},\"url\":{address},\"computed\":{}}}", case.computed)?)
}

/// One JSON object: what the export is, then the documents as in [`Lines`], then how many they were.
#[derive(Debug)]
pub struct Json {
    /// What the export says of itself.
    pub about: About,
    /// The vocabulary.
    pub codebook: Arc<Codebook>,
    /// How many cases were written.
    count: u64,
}

impl Json {
    /// Nothing is written yet.
    #[must_use]
    pub fn new(about: About, codebook: Arc<Codebook>) -> Self {
        Self { about, codebook, count: 0 }
    }
}

impl Streamed for Json {
    fn begin(&mut self, to: &mut dyn Write) -> Result<()> {
        let facts = serde_json::to_string(&self.about.facts(&self.codebook))?;
        let facts = facts.strip_suffix('}').ok_or_else(|| Error::unexpected("facts are an object"))?;
        Ok(write!(to, "{facts},\"cases\":[")?)
    }

    fn batch(&mut self, _: &mut Reading, cases: Vec<Current>, to: &mut dyn Write) -> Result<()> {
        for case in &cases {
            let between: &[u8] = if self.count == 0 { b"\n" } else { b",\n" };
            to.write_all(between)?;
            write_case(case, &self.about.site, to)?;
            self.count += 1;
        }
        Ok(())
    }

    fn end(&mut self, to: &mut dyn Write) -> Result<()> {
        Ok(writeln!(to, "],\"count\":{}}}", self.count)?)
    }
}

/// The sheet as CSV, a row a case.
#[derive(Debug)]
pub struct Rows {
    /// Where cases stand.
    pub site: Site,
    /// The vocabulary.
    pub codebook: Arc<Codebook>,
}

impl Rows {
    fn rows(&self, cases: &[(Document, Computed)], parties: &Directory) -> Result<Vec<u8>> {
        let sheet = Sheet::new(&self.codebook);
        let mut writer = csv::Writer::from_writer(Vec::new());
        for (document, computed) in cases {
            let address = format!("{}{}", self.site.address, (self.site.revision)(&document.id, document.revision));
            let row = sheet.row(document, computed, parties, &address);
            writer.write_record(row.iter().map(Cell::for_csv)).map_err(Error::unexpected)?;
        }
        writer.into_inner().map_err(|error| Error::unexpected(error.to_string()))
    }
}

impl Streamed for Rows {
    fn begin(&mut self, to: &mut dyn Write) -> Result<()> {
        let mut writer = csv::Writer::from_writer(to);
        let columns = Sheet::new(&self.codebook).columns();
        writer.write_record(columns.iter().map(|column| column.name.as_str())).map_err(Error::unexpected)?;
        Ok(writer.flush()?)
    }

    fn batch(&mut self, r: &mut Reading, cases: Vec<Current>, to: &mut dyn Write) -> Result<()> {
        let read = shares::over(&cases, |some| some.iter().map(Current::read).collect::<Result<Vec<_>>>())?;
        let documents: Vec<(Document, Computed)> = read.into_iter().flatten().collect();
        let named: HashSet<OrganisationId> =
            documents.iter().flat_map(|(d, _)| d.involvements.iter().filter_map(|i| i.organisation.clone())).collect();
        let parties = organisations::of_ids(r, &named.into_iter().collect::<Vec<_>>())?;
        let this = &*self;
        let written = shares::over(&documents, |some| this.rows(some, &parties))?;
        Ok(written.iter().try_for_each(|rows| to.write_all(rows))?)
    }

    fn end(&mut self, _: &mut dyn Write) -> Result<()> {
        Ok(())
    }
}
