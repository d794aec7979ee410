//! What reviewers do, as the chain tells it. What happens before publication is told by the quarter and under the submission's random
//! id; that somebody was written to, under none.

use crate::{
    clock::Quarter,
    codebook::Code,
    db::outbox::{Act, Entry},
    ids::{CaseId, SubmissionId},
    intake::handling::Risk,
};

/// An act on a submission, or a count of them.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum ReviewAct {
    /// A moderator began to make a case of it.
    Begun(SubmissionId),
    /// A moderator said no, with a code of `decline_reason`.
    Declined(SubmissionId, Code),
    /// A moderator asked its contributor for changes.
    ChangesRequested(SubmissionId),
    /// A moderator took that back before it was answered.
    ChangesTakenBack(SubmissionId),
    /// A moderator answered what its contributor asks for after publication, with a code of `correction_outcome`.
    RequestAnswered(SubmissionId, Code),
    /// A moderator took it out of the pile, into the queue.
    Released(SubmissionId),
    /// A moderator looks at a declined one again.
    Reopened(SubmissionId),
    /// A moderator wrote to an author. The chain does not say to which: the messages of a thread, less the lines about it, would tell whether
    /// its contributor came back, and how often (decision 0014).
    WrittenTo,
    /// It waits for its day.
    Accepted(SubmissionId),
    /// A name that would tell its unnamed place may stand, for a code of `waiver_reason`.
    Waived(SubmissionId, Code),
    /// The same in the next revision of a case.
    WaivedInCase(CaseId, Code),
    /// A moderator took it back before its day.
    TakenBack(SubmissionId),
    /// The case that it was made from had moved on when its day came, or words of it were erased meanwhile.
    Returned(SubmissionId),
    /// A moderator works on it.
    Claimed(SubmissionId),
    /// And does so no more.
    GivenUp(SubmissionId),
    /// Its risk was marked, or the mark lifted.
    Marked(SubmissionId, Option<Risk>),
    /// The first of two moderators accepted it.
    AcceptedFirst(SubmissionId),
    /// The second confirmed.
    Confirmed(SubmissionId),
    /// It was published after a pause that stood in for the second moderator.
    Paused(SubmissionId),
    /// A moderator stepped aside for a conflict of interest.
    SteppedAside(SubmissionId),
    /// The same with a published case.
    SteppedAsideFromCase(CaseId),
    /// So many were received in a quarter that is over.
    Received(Quarter, usize),
    /// So many of them were taken back by their authors.
    Withdrawn(Quarter, usize),
}

impl Act for ReviewAct {
    fn entry(&self) -> Entry {
        let of = |act, id: &SubmissionId| Entry::new(act, "submission", id.as_str()).by_quarter();
        let count = |act, quarter: &Quarter, count: &usize| {
            Entry::new(act, "quarter", quarter.to_string()).because(count.to_string()).by_quarter()
        };
        match self {
            Self::Begun(id) => of("review_begun", id),
            Self::Declined(id, reason) => of(DECLINED, id).because(reason.as_str()),
            Self::ChangesRequested(id) => of("changes_requested", id),
            Self::ChangesTakenBack(id) => of("changes_taken_back", id),
            Self::RequestAnswered(id, outcome) => of(REQUEST_ANSWERED, id).because(outcome.as_str()),
            Self::Released(id) => of("submission_released", id),
            Self::Reopened(id) => of("submission_reopened", id),
            Self::WrittenTo => Entry::new("contributor_written_to", "inbox", "").by_quarter(),
            Self::Accepted(id) => of("submission_accepted", id),
            Self::Waived(id, reason) => of("name_waived", id).because(reason.as_str()),
            Self::WaivedInCase(id, reason) => Entry::new("name_waived", "case", id.as_str()).because(reason.as_str()),
            Self::TakenBack(id) => of("submission_taken_back", id),
            Self::Returned(id) => of("submission_returned", id),
            Self::Claimed(id) => of("submission_claimed", id),
            Self::GivenUp(id) => of("submission_given_up", id),
            Self::Marked(id, Some(risk)) => of("risk_marked", id).because(risk.code()),
            Self::Marked(id, None) => of("risk_mark_lifted", id),
            Self::AcceptedFirst(id) => of("submission_accepted_first", id),
            Self::Confirmed(id) => of("submission_confirmed", id),
            Self::Paused(id) => of(PAUSED, id),
            Self::SteppedAside(id) => of(STEPPED_ASIDE, id),
            Self::SteppedAsideFromCase(id) => Entry::new(STEPPED_ASIDE_FROM_CASE, "case", id.as_str()),
            Self::Received(quarter, number) => count(RECEIVED, quarter, number),
            Self::Withdrawn(quarter, number) => count(WITHDRAWN, quarter, number),
        }
    }
}

/// Code of the act of declining.
pub(super) const DECLINED: &str = "submission_declined";
/// Code of the act of answering what a contributor asks for after publication.
pub(super) const REQUEST_ANSWERED: &str = "request_answered";
/// Code of the pause that stood in for a second moderator.
pub(super) const PAUSED: &str = "publication_paused";
/// Code of stepping aside from a submission.
pub(super) const STEPPED_ASIDE: &str = "reviewer_stepped_aside";
/// Code of stepping aside from a published case.
pub(super) const STEPPED_ASIDE_FROM_CASE: &str = "case_stepped_aside";
/// Code of the count of what was received; the reason is the number.
pub(super) const RECEIVED: &str = "submissions_received";
/// Code of the count of what was withdrawn; the reason is the number.
pub(super) const WITHDRAWN: &str = "submissions_withdrawn";
