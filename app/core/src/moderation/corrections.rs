//! Answering a contributor who asks for correction or removal of what is published (row C12). What is done about it is another act.

use super::{
    Office,
    acts::ReviewAct,
    conflict::{self, About},
};
use crate::{
    Result,
    codebook::{Code, Codebook},
    db::{Reading, Writing},
    ids::{CaseId, SubmissionId},
    intake::{
        Problems,
        corrections::{self, Answer, OpenedCorrection},
        problems::Fault,
        review,
    },
    limits,
    seal::contains_passphrase,
    secret::silent_debug,
    staff::{self, Moderator},
    text::clean,
};

/// What a moderator answers to the request that they read: an outcome of the list, and words for the contributor.
pub struct CorrectionAnswer {
    round: String,
    outcome: Code,
    text: String,
}

silent_debug!(CorrectionAnswer);

impl CorrectionAnswer {
    /// Reads what was chosen and typed to the request of this round.
    ///
    /// # Errors
    /// Every problem at once.
    pub fn parse(round: &str, outcome: &str, text: &str, codebook: &Codebook) -> Result<Self, Problems> {
        let mut problems = Problems::default();
        let known = codebook.field("correction_outcome").and_then(|field| field.code(outcome));
        let outcome = problems.check("outcome", known.map(Code::from).ok_or(Fault::new("moderation-not-on-list")));
        let text = clean(text).trim().to_owned();
        let length = text.chars().count();
        if length == 0 {
            problems.add("text", Fault::new("correction-no-text"));
        } else if length > limits::TEXT {
            let fault = Fault::new("moderation-too-long").number("most", limits::TEXT).number("length", length);
            problems.add("text", fault);
        } else if contains_passphrase(&text) {
            problems.add("text", Fault::new("moderation-passphrase"));
        }
        match outcome {
            Some(outcome) if problems.is_empty() => Ok(Self { round: round.to_owned(), outcome, text }),
            _ => Err(problems),
        }
    }
}

/// A request as a moderator opens it, with the case that it is about.
///
/// # Errors
/// [`crate::Error::NotFound`] where there is none; [`crate::Error::Refused`] for whoever stepped aside.
pub fn correction(r: &mut Reading, by: &Moderator, id: &SubmissionId) -> Result<(OpenedCorrection, Option<CaseId>)> {
    conflict::admit(r, by, &About::Submission(id.clone()))?;
    let keys = staff::review_keys(r, by)?;
    Ok((corrections::open(r, id, &keys)?, review::find(r, id)?.case))
}

/// Answers a request.
///
/// # Errors
/// [`crate::Error::Conflict`] if somebody else was faster, or if it is not the one that was read; [`crate::Error::Refused`] for whoever
/// stepped aside.
pub fn answer_correction(
    tx: &mut Writing,
    by: &Moderator,
    id: &SubmissionId,
    answer: CorrectionAnswer,
    office: &Office,
) -> Result<()> {
    conflict::admit(tx, by, &About::Submission(id.clone()))?;
    let keys = staff::review_keys(tx, by)?;
    let CorrectionAnswer { round, outcome, text } = answer;
    let answer = Answer { outcome: outcome.clone(), text, day: tx.today() };
    corrections::answer(tx, id, &round, &answer, &keys, office.retention_weeks)?;
    tx.record(&ReviewAct::RequestAnswered(id.clone(), outcome));
    Ok(())
}
