//! The command line. Each command has a file; its `--help` shows an example.

mod backup;
mod check;
mod mapping;
mod release;
mod serve;
mod staff;
mod transfer;

use std::{
    io::{self, Write},
    path::PathBuf,
    process::ExitCode,
    sync::Arc,
};

use casebook_core::{Error, Result, clock::SystemClock, config::Config, db, random::OsRandom};
use clap::{Parser, Subcommand};

use crate::kit::App;

/// First-hand accounts of how smart-city decisions are really made.
#[derive(Debug, Parser)]
#[command(
    name = "casebook",
    version,
    after_help = "Without a command it serves, with everything in the folder \"data\"."
)]
struct Arguments {
    /// A file of settings to lay over the defaults; variables that begin with CASEBOOK_ override it.
    #[arg(long, global = true, value_name = "FILE")]
    config: Option<PathBuf>,
    #[command(subcommand)]
    command: Option<Command>,
}

#[derive(Debug, Subcommand)]
enum Command {
    /// Answer requests, and do the waiting work unless told otherwise.
    #[command(after_help = "Example:\n  CASEBOOK_SERVER_LISTEN=127.0.0.1:9000 casebook serve --config casebook.toml")]
    Serve,
    /// Do the waiting work and nothing else, beside processes that serve without working.
    #[command(after_help = "Example:\n  CASEBOOK_DATABASE_URL=postgres://casebook@db/casebook casebook worker")]
    Worker,
    /// Invite and admit members of staff.
    #[command(subcommand, after_help = "Example:\n  casebook staff invite --role administrator")]
    Staff(staff::Staff),
    /// Read cases and organisations from a file of JSON Lines, or from somebody else's table by a mapping; the whole file is checked before
    /// anything of it comes in.
    #[command(
        after_help = "Examples:\n  casebook import cases.jsonl\n  casebook import --replace corrected.jsonl\n  casebook import --map \
                      mapping.toml table.csv            says row by row what would come in\n  casebook import --map mapping.toml table.csv \
                      --write    writes it\n\nA mapping says what columns and codes of the table mean here; docs/importing.md explains it."
    )]
    Import(transfer::Import),
    /// Write every public case with all its revisions, and the organisations, as JSON Lines.
    #[command(
        after_help = "Example:\n  casebook export everything.jsonl\n  casebook export - | gzip > everything.jsonl.gz"
    )]
    Export(transfer::Export),
    /// Make, check and build anew dated snapshots of everything public.
    #[command(
        subcommand,
        after_help = "Examples:\n  casebook release make --note \"The first one\"\n  casebook release verify 1.0"
    )]
    Release(release::Release),
    /// Build the text index anew beside the old one, and swap.
    #[command(after_help = "Example:\n  casebook reindex")]
    Reindex,
    /// Check the chain of the log, the text index, the work laid aside and the releases; ends with a failure if something is wrong.
    #[command(after_help = "Examples:\n  casebook check\n  casebook check --head 0f5c...")]
    Check(check::Check),
    /// Write the database into one file while the site runs, and prove that it can be restored. The secret key is not in it.
    #[command(
        after_help = "Examples:\n  casebook backup /backups/casebook-2026-11-23.backup\n  casebook backup --check \
                      /backups/casebook-2026-11-23.backup"
    )]
    Backup(backup::Backup),
    /// Put a back-up in place where there is no database yet, compare it, and build the text index.
    #[command(after_help = "Example:\n  casebook restore /backups/casebook-2026-11-23.backup --config casebook.toml")]
    Restore(backup::Restore),
    /// Say in words what is wrong with this installation, each with its remedy; ends with a failure if something is.
    #[command(after_help = "Example:\n  casebook doctor --config casebook.toml")]
    Doctor,
    /// Bring the database up to date and end.
    #[command(after_help = "Example:\n  casebook migrate --config casebook.toml")]
    Migrate,
}

/// Runs the command that the program was started with.
#[must_use]
pub fn run() -> ExitCode {
    let arguments = Arguments::parse();
    if let Some(Command::Release(release::Release::Check(wish))) = &arguments.command {
        return ended(release::check(wish));
    }
    let done = Config::load(arguments.config.as_deref(), std::env::vars())
        .and_then(|config| perform(arguments.command.unwrap_or(Command::Serve), config));
    ended(done)
}

/// How the program ends.
fn ended(done: Result<()>) -> ExitCode {
    match done {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            complain(&error);
            ExitCode::FAILURE
        }
    }
}

fn perform(command: Command, config: Config) -> Result<()> {
    match command {
        Command::Serve => serve::serve(config),
        Command::Worker => serve::worker(config),
        Command::Staff(command) => staff::staff(config, command),
        Command::Import(import) => transfer::import(config, &import),
        Command::Export(export) => transfer::export(config, &export),
        Command::Release(command) => release::release(config, command),
        Command::Reindex => transfer::reindex(config),
        Command::Check(wish) => check::check(config, &wish),
        Command::Backup(wish) => backup::backup(config, &wish),
        Command::Restore(wish) => backup::restore(config, &wish),
        Command::Doctor => check::doctor(&config),
        Command::Migrate => migrate(config),
    }
}

fn migrate(config: Config) -> Result<()> {
    open(config)?;
    say("The database is up to date.")
}

/// Opens an instance that is there already, for a command that only reads: a folder that was mistyped must not become one.
fn open_existing(config: Config) -> Result<App> {
    let folder = config.data.folder.display();
    if !db::is_there(config.database.url.reveal(), &config.data.folder)? {
        return Err(Error::Config(format!(
            "there is no Casebook in {folder}: let CASEBOOK_DATA_FOLDER or data.folder name the folder of yours, or start `casebook serve` \
             once, which makes one"
        )));
    }
    open(config)
}

/// Opens the instance with the machine's clock and the operating system's chance.
fn open(config: Config) -> Result<App> {
    App::open(config, Arc::new(SystemClock), Arc::new(OsRandom))
}

/// Says a line to whoever sits at the terminal.
fn say(line: &str) -> Result<()> {
    writeln!(io::stdout(), "{line}").map_err(Error::from)
}

/// Says why the command failed.
fn complain(error: &Error) {
    // Nobody is left to tell if this fails.
    let _ = writeln!(io::stderr(), "casebook: {error}");
}
