//! Releases of the dataset: which there are, the page of each with its files, and what programs are told of them (rows R15, R17 and R18).

mod catalogue;
pub mod cite;
mod describe;
pub mod feed;
pub mod file;
mod graph;
mod linked;
pub mod list;
pub mod programs;
mod samples;
pub mod show;

use actix_web::web::Data;
use casebook_core::{
    Result as CoreResult,
    cases::catalogue::Catalogue,
    db::Reading,
    releases::{self, Counts, Coverage, Release, ReleaseFile, SIGNATURE, SUMS, State, Version},
};

use crate::kit::{App, Error, Language, Message, Result};

/// What is public today, as far as a description of it says.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(crate) struct Live {
    /// How many cases.
    pub(crate) cases: u64,
    /// What they span.
    pub(crate) coverage: Coverage,
}

impl Live {
    fn of(r: &mut Reading, catalogue: &Catalogue) -> CoreResult<Self> {
        let known = catalogue.fresh(r)?;
        let all = known.facets.all();
        let countries = known.facets.codes_of("country").filter(|(_, cases)| !cases.is_empty());
        let countries = countries.map(|(country, _)| country.to_owned()).collect();
        Ok(Self { cases: all.len(), coverage: Coverage { years: known.facets.years_of(all), countries } })
    }
}

/// All releases, the newest first, and what is public today.
async fn everything(app: &Data<App>) -> Result<(Vec<Release>, Live)> {
    let state = app.clone();
    app.read(move |r| Ok((releases::all(r)?, Live::of(r, &state.catalogue)?))).await
}

/// The release that an address names.
async fn named(app: &Data<App>, version: &str) -> Result<Release> {
    let version: Version = version.parse().map_err(|_| Error::NotFound)?;
    app.read(move |r| releases::find(r, version)).await?.ok_or(Error::NotFound)
}

/// The newest release that can be fetched.
fn newest(releases: &[Release]) -> Option<&Release> {
    releases.iter().find(|release| release.may_be_fetched())
}

/// The media type of a file, which its name tells.
fn media_type(name: &str) -> &'static str {
    match name.rsplit('.').next().unwrap_or_default() {
        "zip" => "application/zip",
        "csv" => "text/csv",
        "md" => "text/markdown",
        "jsonl" => "application/jsonl",
        _ => "text/plain",
    }
}

/// The files that hold data or say what changed, without those by which they are verified.
fn data_files(release: &Release) -> impl Iterator<Item = &ReleaseFile> {
    release.files.iter().filter(|file| file.name != SUMS && file.name != SIGNATURE)
}

/// Day, size and vocabulary of a release, in words.
fn facts(release: &Release, language: Language) -> String {
    let message = Message::new("datasets-facts").with("day", release.day.to_string()).with("n", release.cases);
    message.with("vocabulary", &release.vocabulary).text(language)
}

/// How many cases changed against the release before, in words.
fn changed(counts: &Counts, language: Language) -> String {
    let message = Message::new("datasets-changed").with("added", counts.added).with("changed", counts.changed);
    message.with("withdrawn", counts.withdrawn).text(language)
}

/// How large something is, in words, to the nearest tenth of its unit.
fn size(bytes: u64, language: Language) -> String {
    let tenths = |unit: u64| {
        let tenths = bytes.saturating_mul(10).saturating_add(unit / 2) / unit;
        format!("{}.{}", tenths / 10, tenths % 10)
    };
    match bytes {
        0..1_000 => Message::new("datasets-bytes").with("n", bytes).text(language),
        1_000..999_950 => Message::new("datasets-kilobytes").with("n", tenths(1_000)).text(language),
        _ => Message::new("datasets-megabytes").with("n", tenths(1_000_000)).text(language),
    }
}

/// Why a release cannot be fetched, and what can be done instead; none where it can.
fn standing(release: &Release, language: Language) -> Option<String> {
    match release.state {
        State::Current => None,
        State::Recalled { cases } => Some(Message::new("datasets-recalled").with("n", cases).text(language)),
        State::Replaced { by } => {
            Some(Message::new("datasets-replaced").with("version", by.to_string()).text(language))
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_size_is_told_in_the_unit_that_fits_it_to_the_nearest_tenth() {
        let told = [0, 999, 1_000, 1_049, 1_050, 125_815, 999_949].map(|bytes| size(bytes, Language::English));
        assert_eq!(told, ["0 bytes", "999 bytes", "1.0 kB", "1.0 kB", "1.1 kB", "125.8 kB", "999.9 kB"]);
        let told = [999_950, 1_000_000, 12_340_001, 12_350_000].map(|bytes| size(bytes, Language::English));
        assert_eq!(told, ["1.0 MB", "1.0 MB", "12.3 MB", "12.4 MB"]);
    }

    #[test]
    fn a_name_tells_the_kind_of_a_file() {
        let names = ["casebook-1.0.zip", "changes.csv", "CHANGELOG.md", SUMS, SIGNATURE];
        let kinds = ["application/zip", "text/csv", "text/markdown", "text/plain", "text/plain"];
        assert_eq!(names.map(media_type), kinds);
    }
}
