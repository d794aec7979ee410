//! How many public cases speak of each field, and have each code: the numbers that stand in the codebook (row R35).

use std::collections::HashMap;

use super::catalogue::Catalogue;
use crate::{
    Result,
    codebook::{Codebook, Field, FieldCode, In},
    db::Reading,
};

/// The numbers of cases. What no case can be found by has none.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Usage {
    fields: HashMap<(In, String), Used>,
}

#[derive(Debug, Clone, PartialEq, Eq)]
struct Used {
    /// How many cases say anything of it.
    cases: u64,
    codes: HashMap<String, u64>,
}

impl Usage {
    /// The numbers as they are now.
    ///
    /// # Errors
    /// Those of the database.
    pub fn of(r: &mut Reading, catalogue: &Catalogue, codebook: &Codebook) -> Result<Self> {
        let known = catalogue.fresh(r)?;
        let counted = codebook.fields().iter().filter(|field| is_counted(field, codebook));
        let used = counted.map(|field| {
            let codes = known.facets.codes_of(&field.code).map(|(code, cases)| (code.to_owned(), cases.len()));
            let used = Used { cases: known.facets.cases_saying(&field.code).len(), codes: codes.collect() };
            ((field.within, field.code.clone()), used)
        });
        Ok(Self { fields: used.collect() })
    }

    /// How many cases say anything of a field, be it that it is unknown; none where that is not counted.
    #[must_use]
    pub fn of_field(&self, field: &Field) -> Option<u64> {
        self.used(field).map(|used| used.cases)
    }

    /// How many cases are found by a code; none where that is not counted, or where they are found under another code.
    #[must_use]
    pub fn of_code(&self, field: &Field, code: &FieldCode) -> Option<u64> {
        let used = self.used(field).filter(|_| !field.facet || field.standing(&code.code) == code.code)?;
        Some(used.codes.get(&code.code).copied().unwrap_or_default())
    }

    fn used(&self, field: &Field) -> Option<&Used> {
        self.fields.get(&(field.within, field.code.clone()))
    }
}

/// Facets that stand for themselves, and what statements say. A name that several fields share counts for the facet among them.
fn is_counted(field: &Field, codebook: &Codebook) -> bool {
    let named = codebook.facet(&field.code);
    let is_own = named.is_none_or(|facet| facet.within == field.within);
    let stands = !field.facet || codebook.standing_field(field).code == field.code;
    is_own && stands && (field.facet || field.within.is_statement())
}
