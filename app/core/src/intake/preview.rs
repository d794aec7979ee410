//! What would be public, read as the page of a case reads it.

use super::send::Account;
use crate::{
    Result,
    cases::{
        document::Document,
        show::{Tables, named_organisations},
        view::{CaseView, Lens},
    },
    db::Reading,
    ids::OrganisationId,
    organisations::{self, Organisation},
};

/// The view of a document that is not public yet, with organisations that are not on record yet.
///
/// # Errors
/// Those of the database.
pub fn view(r: &mut Reading, document: &Document, new: &[Organisation], tables: Tables<'_>) -> Result<CaseView> {
    let named: Vec<OrganisationId> = named_organisations(document).into_iter().collect();
    let mut parties = organisations::with_parents(r, &named)?;
    parties.extend(new.iter().map(|record| (record.id.clone(), record.clone())));
    let lens = Lens {
        codebook: tables.codebook,
        gazetteer: tables.gazetteer,
        jurisdictions: tables.jurisdictions,
        parties: &parties,
        lang: tables.lang,
        today: r.today(),
    };
    Ok(CaseView::of(document, &lens))
}

impl Account {
    /// The view of what was sent.
    ///
    /// # Errors
    /// Those of the database.
    pub fn view(&self, r: &mut Reading, tables: Tables<'_>) -> Result<CaseView> {
        view(r, &self.document, &self.organisations, tables)
    }
}
