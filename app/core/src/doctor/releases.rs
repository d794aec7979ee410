//! Whether releases are waiting to be built anew, and whether their folder holds what it should.

use std::path::{Path, PathBuf};

use super::Finding;
use crate::{
    Result,
    config::Config,
    db::Database,
    releases::{self, Release, State},
};

const ABOUT: &str = "releases";

/// What is wrong, and what to do about it.
type Trouble = (String, String);

/// Whether every release can be handed out, and nothing lies about that was not finished. All of it is told, whatever else is wrong: what was
/// left behind may hold what is not public any more.
///
/// # Errors
/// Those of the database and of reading the folder.
pub fn releases(db: &Database, config: &Config) -> Result<Finding> {
    let folder = config.in_data(&config.releases.folder);
    let all = db.read(releases::all)?;
    let kept: Vec<&Release> = all.iter().filter(|release| !matches!(release.state, State::Replaced { .. })).collect();
    let versions: Vec<_> = kept.iter().map(|release| release.version).collect();
    let left = releases::leftovers(&folder, &versions)?;
    let troubles: Vec<Trouble> =
        waiting(&kept).into_iter().chain(missing(&kept, &folder)).chain(left_behind(&left)).collect();
    if troubles.is_empty() {
        return Ok(Finding::well(ABOUT, format!("{} at hand, each whole and public", kept.len())));
    }
    let (says, remedies): (Vec<String>, Vec<String>) = troubles.into_iter().unzip();
    Ok(Finding::ill(ABOUT, says.join(". "), remedies.join(" ")))
}

/// Releases that hold what is not public any more.
fn waiting(kept: &[&Release]) -> Option<Trouble> {
    let waiting: Vec<String> = kept.iter().filter_map(|release| recalled(release)).collect();
    (!waiting.is_empty()).then(|| {
        (
            format!("{}; their files are not handed out", waiting.join("; ")),
            "Run `casebook release rebuild` with the version, which makes the next edition and takes the files of this one away.".to_owned(),
        )
    })
}

fn recalled(release: &Release) -> Option<String> {
    match release.state {
        State::Recalled { cases } => Some(format!(
            "release {} waits to be built anew without {cases} of its cases or with words taken out",
            release.version
        )),
        State::Current | State::Replaced { .. } => None,
    }
}

/// Releases that could be handed out, if their files were there. Those of one that waits may have gone already.
fn missing(kept: &[&Release], folder: &Path) -> Option<Trouble> {
    let is_missing = |release: &&&Release| {
        release.may_be_fetched() && release.files.iter().any(|file| !release.path(folder, file).is_file())
    };
    let missing: Vec<String> = kept.iter().filter(is_missing).map(|release| release.version.to_string()).collect();
    let first = missing.first()?;
    Some((
        format!("files of release {} are missing in {}", missing.join(", "), folder.display()),
        format!("Put the folder {first} back from your copy, or run `casebook release rebuild {first}`."),
    ))
}

/// What lies in the folder and belongs to no release.
fn left_behind(left: &[PathBuf]) -> Option<Trouble> {
    let places: Vec<String> = left.iter().map(|place| place.display().to_string()).collect();
    let belong = if places.len() == 1 { "belongs" } else { "belong" };
    (!places.is_empty()).then(|| {
        (
            format!(
                "{} {belong} to no release: left by a command that was broken off, or could not be taken away",
                places.join(", ")
            ),
            format!("Unless a release is being made at this moment, run: rm -r {}", places.join(" ")),
        )
    })
}
