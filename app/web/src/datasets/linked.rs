//! The dataset as search engines read it: `schema.org/Dataset` in JSON-LD (row R18).

use casebook_core::{
    cases::{citation::AUTHOR, exports::LICENCE},
    codebook::Version as Vocabulary,
    releases::{Coverage, Release, ReleaseFile},
};
use serde_json::{Map, Value, json};

use super::{
    Live, data_files,
    describe::{Describer, year},
    media_type, newest,
};
use crate::url;

/// The vocabulary of the words below.
const CONTEXT: &str = "https://schema.org";
/// Where the places and populations are from.
const GEONAMES: &str = "https://www.geonames.org/";

/// The formats in which everything public can be taken away at any time: the ending of the address, and the media type.
pub(super) const LIVE_FORMATS: [(&str, &str); 5] = [
    ("csv", "text/csv"),
    ("json", "application/json"),
    ("jsonl", "application/jsonl"),
    ("parquet", "application/vnd.apache.parquet"),
    ("zip", "application/zip"),
];

impl Describer {
    /// The catalogue: what is public today, and the newest release that can be fetched.
    pub(super) fn linked_catalogue(&self, releases: &[Release], live: &Live) -> Value {
        let newest = newest(releases).map(|release| self.dataset(release));
        // The fields are the same ones: once is enough.
        let live = self.live(live, newest.is_none());
        let datasets: Vec<Value> = [live].into_iter().chain(newest).collect();
        json!({
            "@context": CONTEXT,
            "@type": "DataCatalog",
            "@id": self.at(&url::datasets()),
            "name": self.text("datasets-catalogue"),
            "description": self.text("datasets-catalogue-description"),
            "url": self.at(&url::datasets()),
            "license": LICENCE[2],
            "inLanguage": self.language.code(),
            "isAccessibleForFree": true,
            "publisher": self.collection(),
            "dataset": datasets,
        })
    }

    /// One release. What cannot be fetched has no files and tells nothing of its cases.
    pub(super) fn linked_release(&self, release: &Release) -> Value {
        let mut said = self.dataset(release);
        if let Some(said) = said.as_object_mut() {
            said.insert("@context".to_owned(), json!(CONTEXT));
        }
        said
    }

    fn dataset(&self, release: &Release) -> Value {
        let address = self.at(&url::release(release.version));
        let based_on = release.base.map(|base| self.at(&url::release(base)));
        let based_on: Vec<String> = [GEONAMES.to_owned()].into_iter().chain(based_on).collect();
        let mut said = self.common(&release.title(), &self.description(release), &address);
        said.extend(entries(json!({
            "version": release.version.to_string(),
            "datePublished": release.day.to_string(),
            "isBasedOn": based_on,
            "variableMeasured": self.variables(release.vocabulary.parse().ok()),
        })));
        if release.may_be_fetched() {
            said.extend(self.covered(&release.coverage));
            let files: Vec<Value> = data_files(release).map(|file| self.file(release, file)).collect();
            said.insert("distribution".to_owned(), json!(files));
        } else {
            said.insert("creativeWorkStatus".to_owned(), json!(self.text("datasets-status-recalled")));
        }
        Value::Object(said)
    }

    fn live(&self, live: &Live, with_variables: bool) -> Value {
        let address = self.at(&url::cases());
        let mut said = self.common(&self.text("datasets-live"), &self.text("datasets-live-description"), &address);
        let files = LIVE_FORMATS.map(|(ending, kind)| {
            json!({
                "@type": "DataDownload",
                "contentUrl": self.at(&url::cases_as(ending, &[])),
                "encodingFormat": kind,
            })
        });
        said.insert("isBasedOn".to_owned(), json!([GEONAMES]));
        if with_variables {
            said.insert("variableMeasured".to_owned(), json!(self.variables(None)));
        }
        said.insert("distribution".to_owned(), json!(files));
        said.extend(self.covered(&live.coverage));
        Value::Object(said)
    }

    /// What holds of every dataset of the collection.
    fn common(&self, name: &str, description: &str, address: &str) -> Map<String, Value> {
        let catalogue = self.at(&url::datasets());
        entries(json!({
            "@type": "Dataset",
            "@id": address,
            "name": name,
            "description": description,
            "url": address,
            "identifier": address,
            "license": LICENCE[2],
            "isAccessibleForFree": true,
            "conditionsOfAccess": self.text("datasets-conditions"),
            "inLanguage": self.language.code(),
            "keywords": self.keywords(),
            "creator": self.collection(),
            "publisher": self.collection(),
            "measurementTechnique": [self.text("datasets-technique"), self.at(&url::method())],
            "includedInDataCatalog": {
                "@type": "DataCatalog",
                "@id": catalogue,
                "name": self.text("datasets-catalogue"),
                "url": catalogue,
            },
        }))
    }

    fn collection(&self) -> Value {
        json!({"@type": "Organization", "@id": self.author(), "name": AUTHOR, "url": self.at(&url::about())})
    }

    fn covered(&self, coverage: &Coverage) -> Map<String, Value> {
        let mut said = Map::new();
        if let Some((first, last)) = coverage.years {
            said.insert("temporalCoverage".to_owned(), json!(format!("{}/{}", year(first), year(last))));
        }
        let places = self.countries(coverage);
        let places =
            places.map(|country| json!({"@type": "Country", "name": country.name, "identifier": country.iso2}));
        let places: Vec<Value> = places.collect();
        if !places.is_empty() {
            said.insert("spatialCoverage".to_owned(), json!(places));
        }
        said
    }

    fn variables(&self, vocabulary: Option<Vocabulary>) -> Vec<Value> {
        let lang = self.language.code();
        let variables = self.fields(vocabulary).map(|(field, address)| {
            json!({
                "@type": "PropertyValue",
                "propertyID": field.code,
                "name": field.label(lang),
                "description": field.definition(lang),
                "url": address,
            })
        });
        variables.collect()
    }

    fn file(&self, release: &Release, file: &ReleaseFile) -> Value {
        json!({
            "@type": "DataDownload",
            "name": file.name,
            "contentUrl": self.at(&url::release_file(release.version, &file.name)),
            "encodingFormat": media_type(&file.name),
            "contentSize": format!("{} B", file.bytes),
            "sha256": file.sha256,
        })
    }
}

/// The entries of an object.
fn entries(value: Value) -> Map<String, Value> {
    match value {
        Value::Object(entries) => entries,
        _ => Map::new(),
    }
}
