//! `casebook staff` - inviting and renewing on the command line, and what the recovery key does: admitting, and sealing anew.

use std::io::{self, BufRead};

use casebook_core::{
    Error, Result,
    config::Config,
    db::Actor,
    moderation,
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
    /// Make a link by which somebody on the staff sets password and second factor anew, where no administrator can sign in.
    #[command(after_help = "Example:\n  casebook staff renew \"Blue heron\"")]
    Renew(Renew),
    /// Seal anew what still lies under a review key that is no longer in use, where nobody who could do it signs in.
    #[command(after_help = "Example:\n  casebook staff reseal --recovery-key\n  (then type the twenty-four words)")]
    Reseal(Reseal),
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

/// Whose password and second factor are set anew.
#[derive(Debug, Args)]
pub(super) struct Renew {
    /// The alias of the person.
    alias: String,
}

/// By what it is opened.
#[derive(Debug, Args)]
pub(super) struct Reseal {
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
        Staff::Renew(what) => renew(config, &what),
        Staff::Reseal(_) => reseal(config),
    }
}

fn invite(config: Config, what: &Invite) -> Result<()> {
    let (site, days) = (config.public_url(), config.staff.invitation_days);
    let app = open(config)?;
    let link = app
        .db
        .write(Actor::CommandLine, |tx| staff::invite_from_command_line(tx, what.role.into(), days, &app.keys))?;
    say_link(&format!("{site}{}", url::join(&link.text())), days)
}

fn renew(config: Config, what: &Renew) -> Result<()> {
    let (site, days) = (config.public_url(), config.staff.invitation_days);
    let app = open(config)?;
    let offer = |tx: &mut _| staff::offer_renewal_from_command_line(tx, &what.alias, days, &app.keys);
    let link = app.db.write(Actor::CommandLine, offer).map_err(|error| match error {
        Error::NotFound => Error::Config(format!("nobody on the staff has the alias {}", what.alias)),
        other => other,
    })?;
    say_link(&format!("{site}{}", url::renew(&link.text())), days)?;
    say("Who uses it waits to be admitted: by an administrator, or by `casebook staff admit` with the recovery key.")
}

fn reseal(config: Config) -> Result<()> {
    let app = open(config)?;
    let typed = recovery_key()?;
    let mut told = Ok(());
    let mut sealed = 0;
    let renewed = moderation::reseal_by_recovery_key(&app.db, &typed, &mut |part| {
        sealed += part.done;
        told = say(&format!("{sealed} envelopes sealed anew, {} left", part.left));
    });
    let renewed = renewed.map_err(in_words)?;
    told?;
    say_new_key(&renewed)
}

fn say_link(link: &str, days: u32) -> Result<()> {
    say(link)?;
    say(&format!("This link holds once, for {days} days. Hand it over in a way that nobody else can read."))
}

/// The words of the recovery key, typed at the terminal.
fn recovery_key() -> Result<RecoveryKey> {
    say("Type the twenty-four words of the recovery key, then an empty line:")?;
    RecoveryKey::parse(&words()?).map_err(|problem| Error::Config(problem.to_string()))
}

fn in_words(error: Error) -> Error {
    match error {
        Error::Refused("staff-recovery-key-wrong") => {
            Error::Config("these are not the words of the recovery key".to_owned())
        }
        other => other,
    }
}

fn say_new_key(renewed: &RecoveryKey) -> Result<()> {
    say("The recovery key was used, so there is a new one. Write it down; it is shown only now:")?;
    say(&renewed.words().join(" "))?;
    say("An administrator types it back under /staff/keys.")
}

fn admit(config: Config, what: &Admit) -> Result<()> {
    let app = open(config)?;
    let waiting = app.db.read(staff::waiting)?;
    let Some(member) = waiting.iter().find(|member| member.alias == what.alias) else {
        let aliases: Vec<&str> = waiting.iter().map(|member| member.alias.as_str()).collect();
        let who = if aliases.is_empty() { "nobody".to_owned() } else { aliases.join(", ") };
        return Err(Error::Config(format!("{} does not wait to be admitted; {who} does", what.alias)));
    };
    let typed = recovery_key()?;
    let renewed = app.db.write(Actor::CommandLine, |tx| staff::admit_by_recovery_key(tx, &typed, &member.id));
    let renewed = renewed.map_err(in_words)?;
    say(&format!("{} is admitted.", what.alias))?;
    say_new_key(&renewed)
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
