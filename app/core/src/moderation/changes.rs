//! Asking a contributor for changes, by field (row C9), and what came of it.

use super::{Office, acts::ReviewAct, claim, submission::open};
use crate::{
    Error, Result,
    cases::{
        changes::between,
        difference::{Difference, Pairing},
        document::Document,
        show::Tables,
    },
    codebook::Codebook,
    db::{Reading, Writing},
    ids::SubmissionId,
    intake::{
        self, Account, Problems, State,
        changes::{self, Exchange, FieldNote},
        names,
        problems::Fault,
        review,
    },
    limits,
    organisations::Organisation,
    seal::contains_passphrase,
    secret::silent_debug,
    staff::{self, Moderator},
    text::clean,
};

/// Inputs with notes are named so, and then like the answer that the note is about.
pub const NOTE: &str = "note.";
/// Name of the input for what is asked of the whole.
pub const GENERAL: &str = "general";

/// What is to be asked.
pub struct Wanted {
    notes: Vec<FieldNote>,
    general: String,
}

silent_debug!(Wanted);

impl Wanted {
    /// Reads what was typed: a note for each answer under `note.` and the answer's name, and one for the whole.
    ///
    /// # Errors
    /// Every problem at once.
    pub fn parse<'a>(pairs: impl Iterator<Item = (&'a str, &'a str)>, codebook: &Codebook) -> Result<Self, Problems> {
        let (mut problems, mut wanted) = (Problems::default(), Self { notes: Vec::new(), general: String::new() });
        for (name, typed) in pairs {
            let about = name.strip_prefix(NOTE);
            let known = about.is_some_and(|input| names::topic_of(codebook, input).is_some());
            let text = clean(typed).trim().to_owned();
            if text.is_empty() || !(known || name == GENERAL) {
                continue;
            }
            if let Some(text) = problems.check(name, sound(text)) {
                match about {
                    Some(input) => wanted.notes.push(FieldNote { input: input.to_owned(), text }),
                    None => wanted.general = text,
                }
            }
        }
        if problems.is_empty() && wanted.notes.is_empty() && wanted.general.is_empty() {
            problems.add(GENERAL, Fault::new("changes-nothing-asked"));
        }
        if problems.is_empty() { Ok(wanted) } else { Err(problems) }
    }
}

fn sound(text: String) -> Result<String, Fault> {
    match text.chars().count() {
        length if length > limits::TEXT => {
            Err(Fault::new("moderation-too-long").number("most", limits::TEXT).number("length", length))
        }
        _ if contains_passphrase(&text) => Err(Fault::new("moderation-passphrase")),
        _ => Ok(text),
    }
}

/// Asks the contributor for changes. Until they answer, or the request is taken back, nothing is decided.
///
/// # Errors
/// [`Error::Conflict`] if it is not under review any more, also where its author took it back, or a first moderator has accepted it.
pub fn ask_for_changes(
    tx: &mut Writing,
    by: &Moderator,
    id: &SubmissionId,
    wanted: Wanted,
    office: &Office,
) -> Result<()> {
    let handling = claim::locked(tx, by, id)?;
    if handling.acceptor.is_some() || review::find(tx, id)?.state != State::InReview {
        return Err(Error::Conflict("intake-moved-on"));
    }
    let keys = staff::review_keys(tx, by)?;
    let before = review::open(tx, id, &keys)?;
    changes::ask(tx, id, wanted.notes, wanted.general, &before, office.retention_weeks)?;
    tx.record(&ReviewAct::ChangesRequested(id.clone()));
    Ok(())
}

/// Goes on with the draft as it is: without the answer that was asked for, or with one that has come and that the draft does not hold.
///
/// # Errors
/// [`Error::Conflict`] if it stands elsewhere by now, or has no draft.
pub fn go_on(tx: &mut Writing, by: &Moderator, id: &SubmissionId, office: &Office) -> Result<()> {
    claim::locked(tx, by, id)?;
    let opened = open(tx, by, id)?;
    match (opened.submission.state, opened.draft) {
        (State::ChangesRequested, _) => {
            changes::take_back(tx, id, office.retention_weeks)?;
            tx.record(&ReviewAct::ChangesTakenBack(id.clone()));
        }
        (State::Received, Some(_)) => {
            review::set_state(tx, id, &[State::Received], State::InReview, office.retention_weeks)?;
            tx.record(&ReviewAct::Begun(id.clone()));
        }
        _ => return Err(Error::Conflict("intake-moved-on")),
    }
    Ok(())
}

/// What was asked and answered, and what that changed.
#[derive(Debug)]
pub struct Answered {
    /// What was asked and answered.
    pub exchange: Exchange,
    /// What the answer changed in the account; none while there is none.
    pub changed: Option<Difference>,
}

/// What was asked last of a submission that was opened.
///
/// # Errors
/// Those of the database.
pub fn answered(
    r: &mut Reading,
    by: &Moderator,
    opened: &super::Opened,
    office: &Office,
    tables: Tables<'_>,
) -> Result<Option<Answered>> {
    let keys = staff::review_keys(r, by)?;
    let Some(exchange) = changes::exchanged(r, &opened.submission.id, &keys)? else { return Ok(None) };
    let waits = opened.submission.state == State::ChangesRequested;
    let changed = match opened.account.as_ref().filter(|_| !waits) {
        Some(account) => Some(changed(r, &exchange.before, account, office, tables)?),
        None => None,
    };
    Ok(Some(Answered { exchange, changed }))
}

/// What differs between two accounts, also in what is not to be public.
fn changed(r: &mut Reading, old: &Account, new: &Account, office: &Office, tables: Tables<'_>) -> Result<Difference> {
    let (old, mut newcomers) = whole(r, old, office)?;
    let (new, more) = whole(r, new, office)?;
    newcomers.extend(more);
    between(r, (&old, &new), &newcomers, Pairing::Subjects, tables)
}

fn whole(r: &mut Reading, account: &Account, office: &Office) -> Result<(Document, Vec<Organisation>)> {
    match intake::compose(r, &office.tools(), &account.answers, Some(account.disclosure))? {
        Ok(composed) => Ok((composed.full.document, composed.organisations)),
        // The vocabulary has changed since: what the contributor saw is what there is.
        Err(_) => Ok((account.document.clone(), account.organisations.clone())),
    }
}
