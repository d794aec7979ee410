//! `casebook staff` - inviting on the command line, and admitting by the recovery key.

use std::io::{self, BufRead};

use casebook_core::{
    Error, Result,
    config::Config,
    db::Actor,
    seal::RecoveryKey,
    staff::{self, Role},
};
use clap::{Args, Subcommand, ValueEnum};

use super::{open, say};
use crate::url;

/// What to do.
#[derive(Debug, Subcommand)]
pub(super) enum Staff {
    /// Make a link by which one person joins. The first is an administrator's.
    #[command(after_help = "Example:\n  casebook staff invite --role moderator")]
    Invite(Invite),
    /// Give somebody who has joined the key to what is sealed, where no administrator can sign in.
    #[command(
        after_help = "Example:\n  casebook staff admit \"Blue heron\" --recovery-key\n  (then type the twenty-four words)"
    )]
    Admit(Admit),
}

/// Whom to invite.
#[derive(Debug, Args)]
pub(super) struct Invite {
    /// What the person will be.
    #[arg(long, value_enum, default_value = "moderator")]
    role: RoleName,
}

/// Whom to admit.
#[derive(Debug, Args)]
pub(super) struct Admit {
    /// The alias under which the person has joined.
    alias: String,
    /// Take the twenty-four words of the recovery key from the standard input.
    #[arg(long, required = true)]
    recovery_key: bool,
}

#[derive(Debug, Clone, Copy, ValueEnum)]
enum RoleName {
    Moderator,
    Administrator,
}

impl From<RoleName> for Role {
    fn from(name: RoleName) -> Self {
        match name {
            RoleName::Moderator => Self::Moderator,
            RoleName::Administrator => Self::Administrator,
        }
    }
}

/// Runs one of them.
///
/// # Errors
/// What keeps it from being done, in words.
pub(super) fn staff(config: Config, command: Staff) -> Result<()> {
    match command {
        Staff::Invite(what) => invite(config, &what),
        Staff::Admit(what) => admit(config, &what),
    }
}

fn invite(config: Config, what: &Invite) -> Result<()> {
    let (site, days) = (config.public_url(), config.staff.invitation_days);
    let app = open(config)?;
    let link = app
        .db
        .write(Actor::CommandLine, |tx| staff::invite_from_command_line(tx, what.role.into(), days, &app.keys))?;
    say(&format!("{site}{}", url::join(&link.text())))?;
    say(&format!("This link holds once, for {days} days. Hand it over in a way that nobody else can read."))
}

fn admit(config: Config, what: &Admit) -> Result<()> {
    let app = open(config)?;
    let waiting = app.db.read(staff::waiting)?;
    let Some(member) = waiting.iter().find(|member| member.alias == what.alias) else {
        let aliases: Vec<&str> = waiting.iter().map(|member| member.alias.as_str()).collect();
        let who = if aliases.is_empty() { "nobody".to_owned() } else { aliases.join(", ") };
        return Err(Error::Config(format!("{} does not wait to be admitted; {who} does", what.alias)));
    };
    say("Type the twenty-four words of the recovery key, then an empty line:")?;
    let typed = RecoveryKey::parse(&words()?).map_err(|problem| Error::Config(problem.to_string()))?;
    let renewed = app.db.write(Actor::CommandLine, |tx| staff::admit_by_recovery_key(tx, &typed, &member.id));
    let renewed = renewed.map_err(|error| match error {
        Error::Refused(_) => Error::Config("these are not the words of the recovery key".to_owned()),
        other => other,
    })?;
    say(&format!("{} is admitted.", what.alias))?;
    say("The recovery key was used, so there is a new one. Write it down; it is shown only now:")?;
    say(&renewed.words().join(" "))?;
    say("An administrator types it back under /staff/keys.")
}

/// The words up to an empty line or the end.
fn words() -> Result<String> {
    let mut words = String::new();
    for line in io::stdin().lock().lines() {
        let line = line?;
        if line.trim().is_empty() && !words.is_empty() {
            break;
        }
        words.push_str(&line);
        words.push(' ');
    }
    Ok(words)
}
