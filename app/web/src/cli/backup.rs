//! `casebook backup` and `restore` - the database as one file, and back.

use std::{path::PathBuf, sync::Arc, time::Duration};

use casebook_core::{
    Error, Result,
    audit::Head,
    backup::{self, Key, Proven},
    clock::SystemClock,
    config::Config,
    db::{self, Database},
    random::OsRandom,
    seal::InstanceKeys,
};
use clap::Args;
use indicatif::{ProgressBar, ProgressStyle};

use super::{say, transfer};

/// How long one query of a back-up may take.
const PATIENCE: Duration = Duration::from_secs(600);

/// What `backup` is told.
#[derive(Debug, Args)]
pub(super) struct Backup {
    /// The file to write; with --check the one to look at.
    file: PathBuf,
    /// Make no back-up: restore the one in FILE into a temporary place, compare, and say how it is.
    #[arg(long)]
    check: bool,
}

/// What `restore` is told.
#[derive(Debug, Args)]
pub(super) struct Restore {
    /// The back-up.
    file: PathBuf,
}

/// Writes a back-up and proves it, or proves one that is there.
pub(super) fn backup(config: Config, wish: &Backup) -> Result<()> {
    let keys = InstanceKeys::find(&config)?;
    let db = open(&config)?;
    let bar = spinner()?;
    let mut progress = |words: &str| bar.set_message(words.to_owned());
    let proven = if wish.check {
        backup::check(&db, keys.as_ref(), &wish.file, &mut progress)?
    } else {
        backup::create(&db, keys.as_ref(), &wish.file, &mut progress)?
    };
    bar.finish_and_clear();
    tell(&wish.file.display().to_string(), &proven)
}

/// The database is opened as it is: a back-up made before bringing an instance up to date must not do so itself.
fn open(config: &Config) -> Result<Database> {
    let url = config.database.url.reveal();
    if !db::is_there(url, &config.data.folder)? {
        let folder = config.data.folder.display();
        return Err(Error::Config(format!(
            "there is no database in {folder}: let data.folder and database.url name the one to save"
        )));
    }
    Database::open(url, &config.data.folder, 2, PATIENCE, Arc::new(SystemClock), Arc::new(OsRandom))
}

fn tell(name: &str, proven: &Proven) -> Result<()> {
    say(&format!(
        "{name}: ok. It was restored into a temporary place and compared: {} tables, {} rows.",
        proven.tables.len(),
        proven.rows()
    ))?;
    say(&ends(&proven.head))?;
    match proven.key {
        Key::Right => say("The secret key is not in it. Keep a copy of that apart from back-ups: without it nothing sealed opens again."),
        Key::Missing => Err(Error::Config("the back-up is good, but there is no secret key in place: without it nothing sealed opens again".into())),
        Key::Wrong => Err(Error::Config("the back-up is good, but the secret key in place is not the one of this database: nothing sealed opens with it".into())),
    }
}

fn ends(head: &Head) -> String {
    format!(
        "Its log of acts is whole and ends with line {}, {}.",
        head.sequence,
        head.hash.get(..16).unwrap_or_default()
    )
}

/// Puts a back-up in place and builds the text index.
pub(super) fn restore(config: Config, wish: &Restore) -> Result<()> {
    let secret = config.in_data(&config.secret.file);
    let bar = spinner()?;
    let mut progress = |words: &str| bar.set_message(words.to_owned());
    let (clock, random) = (Arc::new(SystemClock), Arc::new(OsRandom));
    let restored = backup::restore(config, clock, random, &wish.file, &mut progress)?;
    bar.finish_and_clear();
    say(&format!("The back-up of {} is in place, compared table by table.", restored.manifest.made))?;
    say(&ends(&restored.head))?;
    say(
        "What was hidden, redacted or erased after that line is back: do it again by the log of acts before the site is reached.",
    )?;
    match restored.instance {
        Some(instance) => say(&format!("The text index holds {} cases.", transfer::index(&instance)?)),
        None => say(&format!(
            "The secret key is missing: put {} back from your copy, then run `casebook reindex`. A new key would open nothing.",
            secret.display()
        )),
    }
}

fn spinner() -> Result<ProgressBar> {
    let style = ProgressStyle::with_template("{spinner} {elapsed} {msg}").map_err(Error::unexpected)?;
    let bar = ProgressBar::new_spinner().with_style(style);
    bar.enable_steady_tick(Duration::from_millis(200));
    Ok(bar)
}
