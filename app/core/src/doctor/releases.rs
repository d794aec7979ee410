//! Whether releases are waiting to be built anew, and whether their folder holds what it should.

use super::Finding;
use crate::{
    Result,
    config::Config,
    db::Database,
    releases::{self, Release, State},
};

const ABOUT: &str = "releases";

/// Whether every release can be handed out, and nothing lies about that was not finished.
///
/// # Errors
/// Those of the database and of reading the folder.
pub fn releases(db: &Database, config: &Config) -> Result<Finding> {
    let folder = config.in_data(&config.releases.folder);
    let all = db.read(releases::all)?;
    let kept: Vec<&Release> = all.iter().filter(|release| !matches!(release.state, State::Replaced { .. })).collect();
    let waiting: Vec<String> = kept.iter().filter_map(|release| recalled(release)).collect();
    if !waiting.is_empty() {
        return Ok(Finding::ill(
            ABOUT,
            format!("{}; their files are not handed out", waiting.join("; ")),
            "Run `casebook release rebuild` with the version, which makes the next edition and takes the files of this one away.",
        ));
    }
    if let Some(missing) =
        kept.iter().find(|release| release.files.iter().any(|file| !release.path(&folder, file).is_file()))
    {
        let (version, folder) = (missing.version, folder.display());
        return Ok(Finding::ill(
            ABOUT,
            format!("files of release {version} are missing in {folder}"),
            format!("Put the folder {version} back from your copy, or run `casebook release rebuild {version}`."),
        ));
    }
    let versions: Vec<_> = kept.iter().map(|release| release.version).collect();
    let left = releases::leftovers(&folder, &versions)?;
    Ok(match left.first() {
        Some(place) => Finding::ill(
            ABOUT,
            format!(
                "{} belongs to no release: it was left by a command that was broken off, or could not be taken away",
                place.display()
            ),
            format!("Unless a release is being made at this moment, run: rm -r {}", place.display()),
        ),
        None => Finding::well(ABOUT, format!("{} at hand, each whole and public", kept.len())),
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
