//! `casebook release` - dated snapshots of everything public: made, listed, verified, built anew, and the key that signs them.

mod check;

use std::{
    path::{Path, PathBuf},
    time::Duration,
};

use casebook_core::{
    Error, Result,
    config::Config,
    db::Actor,
    disclosure::Waivers,
    releases::{self, Fault, Made, Next, Press, Release as Released, ReleaseKey, State, Step, Version, Wish},
};
use clap::{Args, Subcommand};
use indicatif::{ProgressBar, ProgressStyle};
use serde_json::json;

pub(super) use self::check::{Check, check};
use super::{open, open_existing, say};
use crate::{kit::App, record, url};

/// How often it is shown that something is still being done.
const TICK: Duration = Duration::from_millis(200);

/// What to do.
#[derive(Debug, Subcommand)]
pub(super) enum Release {
    /// Make the next release: everything that is in the lists, checked, signed and dated.
    #[command(
        after_help = "Examples:\n  casebook release make --dry-run\n  casebook release make --note \"With the accounts of 2026\" --waivers \
                      waivers.toml\n  casebook release make --anyway --note \"With the workbook put right\"\n  casebook release make --dry-run \
                      --json > report.json"
    )]
    Make(Make),
    /// Say which releases there are and how they stand.
    #[command(after_help = "Example:\n  casebook release list")]
    List,
    /// Compare the files of releases with their checksums and signatures; ends with a failure if a byte differs.
    #[command(
        after_help = "Examples:\n  casebook release verify\n  casebook release verify 3.0\n  casebook release verify --folder downloads/3.0 \
                      --public-key RWQ...\n  casebook release verify 3.0 --folder downloads --public-key RWQ..."
    )]
    Verify(Verify),
    /// Make the next edition of a release without what is not public any more, and take the files of the old one away.
    #[command(after_help = "Example:\n  casebook release rebuild 3.0")]
    Rebuild(Rebuild),
    /// Look at a release or a package as a stranger would, for what tells a place that is not named or a person; ends with a failure if something does.
    ///
    /// It reads the files alone: no database, no settings, no folder of data.
    #[command(
        after_help = "Examples:\n  casebook release check casebook-3.0.zip\n  casebook release check casebook-3.0.zip --waivers \
                      waivers.toml\n  casebook release check unpacked/ --json\n  casebook release check data/releases/3.0"
    )]
    Check(Check),
    /// Print the public key by which releases are verified; made if there is none yet.
    #[command(after_help = "Example:\n  minisign -Vm SHA256SUMS -P \"$(casebook release key)\"")]
    Key,
}

/// How the next release is made.
#[derive(Debug, Args)]
pub(super) struct Make {
    /// What there is to say of it, for everybody.
    #[arg(long, value_name = "TEXT")]
    note: Option<String>,
    /// Make it even if no case was added, changed, withdrawn or reworded since the release before, such as when an organisation has a new name.
    #[arg(long)]
    anyway: bool,
    #[command(flatten)]
    how: How,
}

/// Which release is built anew, and how.
#[derive(Debug, Args)]
pub(super) struct Rebuild {
    /// The version, such as 3.0.
    #[arg(value_name = "VERSION")]
    which: Version,
    /// What there is to say of the new edition, for everybody.
    #[arg(long, value_name = "TEXT")]
    note: Option<String>,
    #[command(flatten)]
    how: How,
}

/// What holds of both.
#[derive(Debug, Args)]
struct How {
    /// A file that names findings of the disclosure check to let pass, each with its reason.
    #[arg(long, value_name = "FILE")]
    waivers: Option<PathBuf>,
    /// Write, check and sign everything, and keep nothing of it.
    #[arg(long)]
    dry_run: bool,
    /// Write what came of it, with the whole report of the disclosure check, as JSON instead of lines.
    #[arg(long)]
    json: bool,
}

/// What is verified: all releases, one of them, or a folder that was fetched.
#[derive(Debug, Args)]
pub(super) struct Verify {
    /// The version, such as 3.0; all that can be handed out if none is given. With --folder, the release that must have been signed.
    #[arg(value_name = "VERSION")]
    which: Option<Version>,
    /// A folder with the files of a release, wherever they are from.
    #[arg(long, value_name = "PATH")]
    folder: Option<PathBuf>,
    /// The public key that should have signed it; this instance's own if none is given.
    #[arg(long, value_name = "KEY", requires = "folder")]
    public_key: Option<String>,
}

/// Runs one of them.
///
/// # Errors
/// What keeps it from being done, in words.
pub(super) fn release(config: Config, command: Release) -> Result<()> {
    match command {
        Release::Make(wish) => make(config, &wish),
        Release::List => list(config),
        Release::Verify(Verify { which, folder: Some(folder), public_key }) => {
            verify_folder(&config, &folder, public_key.as_deref(), which)
        }
        Release::Verify(wish) => verify(config, wish.which),
        Release::Rebuild(wish) => rebuild(config, &wish),
        Release::Check(wish) => check(&wish),
        Release::Key => key(config),
    }
}

fn make(config: Config, wish: &Make) -> Result<()> {
    let note = cleaned(wish.note.as_deref());
    printed(config, &wish.how, note.as_deref(), |press, asked, progress| {
        releases::make(press, &Actor::CommandLine, Wish { anyway: wish.anyway, ..asked }, progress)
    })
}

fn rebuild(config: Config, wish: &Rebuild) -> Result<()> {
    let note = cleaned(wish.note.as_deref());
    printed(config, &wish.how, note.as_deref(), |press, asked, progress| {
        releases::rebuild(press, &Actor::CommandLine, wish.which, asked, progress).map(Next::Made)
    })
}

/// A note as it can stand on a page; none where it says nothing.
fn cleaned(note: Option<&str>) -> Option<String> {
    note.map(|note| casebook_core::text::clean(note).trim().to_owned()).filter(|note| !note.is_empty())
}

/// Makes files by `print`, with its progress shown, and says what came of it.
fn printed(
    config: Config,
    how: &How,
    note: Option<&str>,
    print: impl FnOnce(&Press<'_>, Wish<'_>, &mut dyn FnMut(Step)) -> Result<Next>,
) -> Result<()> {
    let waivers = how.waivers.as_deref().map_or_else(|| Ok(Waivers::none()), Waivers::read)?;
    let app = if how.dry_run { open_existing(config)? } else { open(config)? };
    let random = &**app.db.random();
    let key = match ReleaseKey::find(&app.config)? {
        Some(key) => key,
        None if how.dry_run => ReleaseKey::draw(random),
        None => ReleaseKey::open(&app.config, random)?,
    };
    let bar = ProgressBar::new(0).with_style(
        ProgressStyle::with_template("{bar:40} {pos}/{len} cases written, {eta} left").map_err(Error::unexpected)?,
    );
    let waiting = ProgressStyle::with_template("{spinner} {msg}, {elapsed}").map_err(Error::unexpected)?;
    let mut progress = |step: Step| {
        let says = match step {
            Step::Written(done, most) => {
                bar.set_length(most as u64);
                return bar.set_position(done as u64);
            }
            Step::Packing => "packing the files",
            Step::Checking => "looking at the package as a stranger would",
            Step::Signing => "signing the checksums",
        };
        bar.set_style(waiting.clone());
        bar.set_message(says);
        bar.enable_steady_tick(TICK);
    };
    let asked = Wish { note, waivers: &waivers, dry_run: how.dry_run, anyway: false };
    let next = print(&press(&app, &key), asked, &mut progress)?;
    bar.finish_and_clear();
    tell(next, how)
}

fn press<'a>(app: &'a App, key: &'a ReleaseKey) -> Press<'a> {
    Press {
        db: &app.db,
        vocabulary: app.vocabulary(),
        key,
        folder: folder(&app.config),
        site: record::site(app),
        page: url::release,
    }
}

fn folder(config: &Config) -> PathBuf {
    config.in_data(&config.releases.folder)
}

/// What the check found, and what came of the files; or which release tells the same already.
fn tell(next: Next, how: &How) -> Result<()> {
    if how.json {
        say(&serde_json::to_string_pretty(&for_programs(&next, how.dry_run)?)?)?;
    }
    let made = next.made()?;
    if !how.json {
        check::tell(&made.report)?;
    }
    if !made.report.passes() {
        return Err(Error::Config(format!(
            "release {} is refused, nothing of it is kept: mend each finding by revising or redacting its case, or let it pass with its reason in a file \
             given with --waivers; take out waivers that are for nothing",
            made.version
        )));
    }
    if !how.json {
        tell_files(&made, how.dry_run)?;
    }
    match made.left {
        Some(place) => Err(Error::Config(format!(
            "the release is made, but {0} could not be taken away: run rm -r {0}",
            place.display()
        ))),
        None => Ok(()),
    }
}

fn tell_files(made: &Made, dry_run: bool) -> Result<()> {
    let Made { version, cases, counts, .. } = made;
    let is = if dry_run { "could be made; nothing of it is kept" } else { "is made" };
    say(&format!(
        "Release {version} {is}. Cases: {cases}; added: {}, changed: {}, withdrawn: {}.",
        counts.added, counts.changed, counts.withdrawn
    ))?;
    made.files.iter().try_for_each(|file| say(&format!("{}  {} ({} bytes)", file.sha256, file.name, file.bytes)))
}

/// What came of the wish for a release, for programs; among it the release that tells the same already.
fn for_programs(next: &Next, dry_run: bool) -> Result<serde_json::Value> {
    let (made, told_by, cases) = match next {
        Next::Made(made) => (Some(made), None, json!(made.cases)),
        Next::Told(by) => (None, Some(by.version.to_string()), json!(by.cases)),
    };
    let counts = made.map(|made| made.counts).unwrap_or_default();
    let report = made.map(|made| check::for_programs(&made.report)).transpose()?;
    Ok(json!({
        "version": made.map(|made| made.version.to_string()),
        "released": made.is_some_and(|made| made.released),
        "dry_run": dry_run,
        "told_by": told_by,
        "cases": cases,
        "added": counts.added,
        "changed": counts.changed,
        "withdrawn": counts.withdrawn,
        "files": made.map(|made| made.files.as_slice()).unwrap_or_default(),
        "report": report,
    }))
}

fn list(config: Config) -> Result<()> {
    let app = open_existing(config)?;
    let all = app.db.read(releases::all)?;
    if all.is_empty() {
        return say(NO_RELEASE);
    }
    all.iter().try_for_each(|release| {
        let stands = match release.state {
            State::Current => "can be fetched".to_owned(),
            State::Recalled { cases } => {
                format!("recalled, {cases} of its cases changed: run casebook release rebuild {}", release.version)
            }
            State::Replaced { by } => format!("replaced by {by}"),
        };
        say(&format!("{:6} {}  cases: {}, {stands}", release.version.to_string(), release.day, release.cases))
    })
}

/// What is said where a release is asked for and there is none.
const NO_RELEASE: &str = "There is no release yet: `casebook release make` makes the first.";

fn verify(config: Config, version: Option<Version>) -> Result<()> {
    let app = open_existing(config)?;
    let all = app.db.read(releases::all)?;
    if all.is_empty() && version.is_none() {
        return say(NO_RELEASE);
    }
    let there = all.iter().filter(|release| !matches!(release.state, State::Replaced { .. }));
    let asked: Vec<&Released> = match version {
        None => there.collect(),
        Some(version) => {
            let known = there.filter(|release| release.version == version).collect::<Vec<_>>();
            if known.is_empty() {
                return Err(Error::Config(format!(
                    "there is no release {version} with files: `casebook release list` says which there are"
                )));
            }
            known
        }
    };
    let mut faults = Vec::new();
    for release in &asked {
        let reading = reads(format!("release {}", release.version))?;
        let found = releases::verify(release, &folder(&app.config))?;
        reading.finish_and_clear();
        if found.is_empty() {
            say(&format!("Release {}: every file is as it was signed.", release.version))?;
        }
        faults.extend(found);
    }
    judge(&faults)
}

fn verify_folder(config: &Config, place: &Path, public_key: Option<&str>, expected: Option<Version>) -> Result<()> {
    let key = match public_key {
        Some(key) => key.to_owned(),
        None => ReleaseKey::find(config)?.map(|key| key.public()).ok_or_else(|| {
            Error::Config(
                "this instance has no key of its own: name the one that should have signed it with --public-key".into(),
            )
        })?,
    };
    let reading = reads(place.display().to_string())?;
    let found = releases::verify_folder(place, &key, expected)?;
    reading.finish_and_clear();
    if let Some(signed) = &found.signed {
        say(&format!("Signed: release {} of {}, with the key {}.", signed.version, signed.day, signed.key))?;
        say(&format!("Trusted comment: {}", signed.comment))?;
        if let Some(called) = found.called {
            say(&format!(
                "Note: the folder is called {called}, and release {} was signed. If {called} is meant, put it behind `casebook release verify`.",
                signed.version
            ))?;
        }
    }
    judge(&found.faults)?;
    say(&format!("{}: every file is as it was signed.", place.display()))
}

/// Shows that files are read, until they are.
fn reads(what: String) -> Result<ProgressBar> {
    let style = ProgressStyle::with_template("{spinner} reading {msg}, {elapsed}").map_err(Error::unexpected)?;
    let reading = ProgressBar::new_spinner().with_style(style).with_message(what);
    reading.enable_steady_tick(TICK);
    Ok(reading)
}

/// One line for each fault, among them files and keys that cannot be read; a failure if there is one.
fn judge(faults: &[Fault]) -> Result<()> {
    faults.iter().try_for_each(|fault| say(&fault.to_string()))?;
    match faults.len() {
        0 => Ok(()),
        1 => Err(Error::Config("that it is as it was signed could not be shown: see the line above".into())),
        many => {
            Err(Error::Config(format!("that it is as it was signed could not be shown: see the {many} lines above")))
        }
    }
}

fn key(config: Config) -> Result<()> {
    let app = open(config)?;
    say(&ReleaseKey::open(&app.config, &**app.db.random())?.public())
}
