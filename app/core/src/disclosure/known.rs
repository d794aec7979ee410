//! What is known besides the case at hand: what other cases of the files tell, and the vocabulary.

use std::{
    collections::{HashMap, HashSet},
    io::{BufRead, BufReader},
};

use serde_json::Value;

use super::{
    crowd::Crowds,
    files::{CODEBOOK, DOCUMENTS, Files, Handle},
};
use crate::{Error, Result, places::Gazetteer, text::fold_name};

/// What is known besides the case.
pub(super) struct Known {
    pub(super) crowds: Crowds,
    /// Organisations that some case says to stand on the public side. One whose place is named may say it of a body whose name would tell the
    /// place of another.
    pub(super) bodies: HashSet<String>,
    /// Organisations that cases of more than one country name: they are no town, and no body of one.
    pub(super) widespread: HashSet<String>,
    /// Cases whose place is not named.
    pub(super) unnamed: HashSet<String>,
    /// Folded names of the places that are named.
    pub(super) places: HashSet<String>,
    /// Codes of the vocabulary.
    pub(super) codes: HashSet<String>,
}

impl Known {
    /// Reads all documents once.
    pub(super) fn read(files: &Files) -> Result<Self> {
        let mut known = Self {
            crowds: Crowds::new(Gazetteer::embedded()),
            bodies: HashSet::new(),
            widespread: HashSet::new(),
            unnamed: HashSet::new(),
            places: HashSet::new(),
            codes: codes(files)?,
        };
        let mut homes = HashMap::new();
        each_document(files, |_, document| {
            let Some(document) = document else { return };
            known.take_in_place(&document);
            known.take_in_organisations(&document, &mut homes);
        })?;
        Ok(known)
    }

    fn take_in_place(&mut self, document: &Value) {
        if document.pointer("/place/disclosure").and_then(Value::as_str) != Some("named") {
            self.unnamed.extend(document.get("id").and_then(Value::as_str).map(str::to_owned));
        }
        let places = list(document, "/place/places").filter_map(|place| place.get("name")?.as_str());
        self.places.extend(places.map(fold_name).filter(|name| !name.is_empty()));
    }

    /// Where organisations are named, by the country of the case, and of which it is said that they stand on the public side.
    fn take_in_organisations(&mut self, document: &Value, homes: &mut HashMap<String, String>) {
        for statement in list(document, "/statements") {
            let organisation = statement.pointer("/value/organisation").and_then(Value::as_str);
            let side = statement.pointer("/qualifiers/side/code").and_then(Value::as_str);
            if let (Some(organisation), Some("public")) = (organisation, side) {
                self.bodies.insert(organisation.to_owned());
            }
        }
        let mut countries = list(document, "/place/countries").filter_map(Value::as_str);
        let (Some(country), None) = (countries.next(), countries.next()) else { return };
        let stated = list(document, "/statements").filter_map(|said| said.pointer("/value/organisation"));
        let involved = list(document, "/involvements").filter_map(|part| part.get("organisation"));
        for organisation in stated.chain(involved).filter_map(Value::as_str) {
            match homes.get(organisation) {
                Some(home) if home == country => {}
                Some(_) => {
                    self.widespread.insert(organisation.to_owned());
                }
                None => {
                    homes.insert(organisation.to_owned(), country.to_owned());
                }
            }
        }
    }
}

/// The members of a list of a document.
fn list<'d>(document: &'d Value, at: &str) -> impl Iterator<Item = &'d Value> + use<'d> {
    document.pointer(at).and_then(Value::as_array).into_iter().flatten()
}

/// One of the files, which were all there a moment ago.
pub(super) fn there(files: &Files, path: &str) -> Result<Handle> {
    files.handle(path)?.ok_or_else(|| Error::Config(format!("{path}: is gone. Check the files once more.")))
}

/// Reads the documents, a line each; `None` is no JSON.
pub(super) fn each_document(files: &Files, mut take: impl FnMut(u64, Option<Value>)) -> Result<()> {
    let mut handle = there(files, DOCUMENTS)?;
    let mut content = BufReader::new(handle.content()?);
    let (mut line, mut number) = (Vec::new(), 0);
    loop {
        line.clear();
        if content.read_until(b'\n', &mut line)? == 0 {
            return Ok(());
        }
        number += 1;
        take(number, serde_json::from_slice(&line).ok());
    }
}

/// The codes of the vocabulary that the files bring along.
fn codes(files: &Files) -> Result<HashSet<String>> {
    let mut handle = there(files, CODEBOOK)?;
    let mut reader = csv::Reader::from_reader(handle.content()?);
    let says = |error: csv::Error| Error::Config(format!("{CODEBOOK}: cannot be read: {error}. Make the files anew."));
    let column = reader.headers().map_err(says)?.iter().position(|name| name == "code");
    let mut codes = HashSet::new();
    for record in reader.records() {
        let record = record.map_err(says)?;
        codes.extend(column.and_then(|column| record.get(column)).map(str::to_owned));
    }
    Ok(codes)
}
