//! A case as programs read it: the document with its permanent address and what is computed of it (row R14). The same for the address of a
//! case, for JSON Lines and for the read API.

use casebook_core::{
    Error as CoreError, Result as CoreResult,
    cases::published::{Current, Published, Visibility},
};
use serde_json::json;

use crate::url;

/// A current document. It is put together as text: reading and writing each one again would cost more than sending it.
///
/// # Errors
/// If what is stored is no object, which would be a defect.
pub(crate) fn of_current(current: &Current, site: &str) -> CoreResult<String> {
    let document =
        current.document.strip_suffix('}').ok_or_else(|| CoreError::unexpected("a stored document is no object"))?;
    let address = serde_json::to_string(&format!("{site}{}", url::case(&current.id)))?;
    Ok(format!("{document},\"url\":{address},\"computed\":{}}}", current.computed))
}

/// A revision of a case, with what a reader should know of its standing.
///
/// # Errors
/// If the document cannot be written, which would be a defect.
pub(crate) fn of_revision(found: &Published, site: &str) -> CoreResult<String> {
    let address = format!("{site}{}", url::case_revision(&found.document.id, found.document.revision));
    let mut record = serde_json::to_value(&found.document)?;
    if let Some(record) = record.as_object_mut() {
        record.insert("url".to_owned(), json!(address));
        record.insert("computed".to_owned(), json!(found.computed));
        match &found.visibility {
            Visibility::Unlisted(reason) => {
                record.insert("unlisted".to_owned(), json!(reason));
            }
            Visibility::Merged(into) => {
                record.insert("merged_into".to_owned(), json!(into));
            }
            Visibility::Public | Visibility::Hidden(_) => {}
        }
    }
    Ok(serde_json::to_string(&record)?)
}
