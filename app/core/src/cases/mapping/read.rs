//! Reading the mapping file. A key that there is not is told and left aside, so that what is wrong besides is told with it.

use std::ops::Range;

use serde::Deserialize;
use toml::de::{DeTable, DeValue, Deserializer, Error};

use super::shape::Shape;

/// What is wrong, and where in the file.
pub(super) type Fault = (usize, String);

/// How the reader of TOML begins to tell of such a key. The tests of the mapping hold it to these words: with others the first would be told alone.
const UNKNOWN: &str = "unknown field";

/// The mapping, unless it cannot be understood at all, and what is wrong with it.
pub(super) fn read(text: &str) -> (Option<Shape>, Vec<Fault>) {
    let (mut faults, mut unknown) = (Vec::new(), Vec::new());
    loop {
        match without(text, &unknown) {
            Ok(shape) => return (Some(shape), faults),
            Err(error) => {
                // A key that was told and could not be taken out is told once.
                if error.span().is_some_and(|key| unknown.contains(&key)) {
                    return (None, faults);
                }
                faults.push((error.span().map_or(0, |span| span.start), error.message().to_owned()));
                let is_unknown = error.message().starts_with(UNKNOWN);
                match error.span().filter(|_| is_unknown) {
                    Some(key) => unknown.push(key),
                    None => return (None, faults),
                }
            }
        }
    }
}

/// The mapping without these keys.
fn without(text: &str, keys: &[Range<usize>]) -> Result<Shape, Error> {
    let mut table = DeTable::parse(text)?;
    for key in keys {
        if !take_out(table.get_mut(), key) {
            break;
        }
    }
    Shape::deserialize(Deserializer::from(table))
}

/// Takes out the key that stands there; says whether it was found.
fn take_out(table: &mut DeTable<'_>, key: &Range<usize>) -> bool {
    let name = table.keys().find(|known| known.span() == *key).map(|known| known.get_ref().to_string());
    match name {
        Some(name) => table.remove(name.as_str()).is_some(),
        None => table.iter_mut().any(|(_, value)| take_out_of(value.get_mut(), key)),
    }
}

fn take_out_of(value: &mut DeValue<'_>, key: &Range<usize>) -> bool {
    match value {
        DeValue::Table(table) => take_out(table, key),
        DeValue::Array(values) => values.iter_mut().any(|value| take_out_of(value.get_mut(), key)),
        _ => false,
    }
}
