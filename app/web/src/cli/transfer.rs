//! `casebook import`, `export` and `reindex` - cases in and out as files, and the text index made anew.

use std::{
    fs::File,
    io::{self, BufRead, BufReader, BufWriter},
    path::PathBuf,
};

use casebook_core::{
    Error, Result, background,
    cases::transfer::{self, CheckedFile, Existing},
    config::Config,
    db::Actor,
    instance::Instance,
};
use clap::Args;
use indicatif::{ProgressBar, ProgressStyle};

use super::{mapping, open, open_existing, say};
use crate::letters;

/// What `import` is told.
#[derive(Debug, Args)]
pub(super) struct Import {
    /// The file of JSON Lines, or, with --map, a table (CSV).
    pub(super) file: PathBuf,
    /// Make a new revision of a case that is there already, and write an organisation anew, instead of refusing the file.
    #[arg(long, conflicts_with = "map")]
    replace: bool,
    /// Read a table by this mapping, and say row by row what would come in. Nothing is written without --write.
    #[arg(long, value_name = "MAPPING")]
    pub(super) map: Option<PathBuf>,
    /// Write what the mapping makes of the table, if no row is refused.
    #[arg(long, requires = "map")]
    pub(super) write: bool,
    /// Write the other rows where some are refused.
    #[arg(long, requires = "write")]
    pub(super) skip_refused: bool,
}

/// What `export` is told.
#[derive(Debug, Args)]
pub(super) struct Export {
    /// The file to write; "-" writes to the terminal or into a pipe.
    file: PathBuf,
}

/// Reads a file, writes what it holds, and indexes it.
pub(super) fn import(config: Config, wish: &Import) -> Result<()> {
    if let Some(map) = &wish.map {
        return mapping::import(config, map, wish);
    }
    let instance = open(config)?.instance.clone();
    let name = wish.file.display().to_string();
    let open_file = || Ok(Box::new(BufReader::new(File::open(&wish.file)?)) as Box<dyn BufRead>);
    let file = transfer::read(&name, Box::new(open_file), instance.vocabulary())?;
    write(&instance, &file, if wish.replace { Existing::Replace } else { Existing::Refuse })
}

/// Writes a file that was checked, and indexes what it brought.
pub(super) fn write(instance: &Instance, file: &CheckedFile<'_>, existing: Existing) -> Result<()> {
    let bar = bar(Some(file.case_count()), "cases written")?;
    let imported =
        transfer::import(&instance.db, instance.vocabulary(), file, existing, &Actor::CommandLine, &mut |done| {
            bar.set_position(done as u64);
        })?;
    bar.finish_and_clear();
    say(&format!(
        "Imported {} with {} and {}.",
        counted(imported.cases, "case"),
        counted(imported.revisions, "revision"),
        counted(imported.organisations, "organisation")
    ))?;
    do_waiting_work(instance)
}

/// A number of things: `1 row`, `2 rows`.
pub(super) fn counted(number: usize, thing: &str) -> String {
    if number == 1 { format!("1 {thing}") } else { format!("{number} {thing}s") }
}

/// Writes everything public.
pub(super) fn export(config: Config, wish: &Export) -> Result<()> {
    let instance = open_existing(config)?.instance.clone();
    if wish.file.as_os_str() == "-" {
        transfer::export(&instance.db, &mut io::stdout().lock()).map(drop)
    } else {
        let name = wish.file.display();
        let file =
            File::create(&wish.file).map_err(|error| Error::Config(format!("{name}: cannot be written: {error}")))?;
        let cases = transfer::export(&instance.db, &mut BufWriter::new(file))?;
        say(&format!("Wrote {} to {name}.", counted(cases, "case")))
    }
}

/// Makes the text index anew.
pub(super) fn reindex(config: Config) -> Result<()> {
    let instance = open(config)?.instance.clone();
    let cases = index(&instance)?;
    say(&format!("The text index holds {cases} cases."))
}

/// Where no other process works, the command does what it has left to be done.
fn do_waiting_work(instance: &Instance) -> Result<()> {
    if background::is_at_work(instance)? {
        return say("The running instance will bring its text index up to date.");
    }
    let bar = bar(None, "tasks done")?;
    background::run_all(instance, &letters(&instance.config), |done| bar.set_position(done as u64))?;
    bar.finish_and_clear();
    say("The text index is up to date.")
}

/// Builds the text index anew; gives how many cases it holds.
pub(super) fn index(instance: &Instance) -> Result<usize> {
    let bar = bar(None, "cases indexed")?;
    let cases = background::rebuild_index(instance, &mut |done| bar.set_position(done as u64))?;
    bar.finish_and_clear();
    Ok(cases)
}

fn bar(most: Option<usize>, what: &str) -> Result<ProgressBar> {
    let (bar, template) = match most {
        Some(most) => (ProgressBar::new(most as u64), format!("{{bar:40}} {{pos}}/{{len}} {what}, {{eta}} left")),
        None => (ProgressBar::new_spinner(), format!("{{spinner}} {{pos}} {what}")),
    };
    Ok(bar.with_style(ProgressStyle::with_template(&template).map_err(Error::unexpected)?))
}
