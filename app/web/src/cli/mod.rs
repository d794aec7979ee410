//! The command line. Each command has a file; its `--help` shows an example.

mod serve;

use std::{
    io::{self, Write},
    path::PathBuf,
    process::ExitCode,
    sync::Arc,
};

use casebook_core::{Error, Result, clock::SystemClock, config::Config, random::OsRandom};
use clap::{Parser, Subcommand};

use crate::kit::App;

/// First-hand accounts of how smart-city decisions are really made.
#[derive(Debug, Parser)]
#[command(name = "casebook", version, arg_required_else_help = true)]
struct Arguments {
    /// A file of settings to lay over the defaults; variables that begin with CASEBOOK_ override it.
    #[arg(long, global = true, value_name = "FILE")]
    config: Option<PathBuf>,
    #[command(subcommand)]
    command: Command,
}

#[derive(Debug, Subcommand)]
enum Command {
    /// Answer requests, and do the waiting work unless told otherwise.
    #[command(after_help = "Example:\n  CASEBOOK_SERVER_LISTEN=127.0.0.1:9000 casebook serve --config casebook.toml")]
    Serve,
    /// Bring the database up to date and end.
    #[command(after_help = "Example:\n  casebook migrate --config casebook.toml")]
    Migrate,
}

/// Runs the command that the program was started with.
#[must_use]
pub fn run() -> ExitCode {
    let arguments = Arguments::parse();
    let done = Config::load(arguments.config.as_deref(), std::env::vars())
        .and_then(|config| perform(arguments.command, config));
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
        Command::Migrate => migrate(config),
    }
}

fn migrate(config: Config) -> Result<()> {
    let app = open(config)?;
    let _ = app;
    say("The database is up to date.")
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
