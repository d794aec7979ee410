//! Review: from what a contributor sent to a published case, and what is done to published ones.
//!
//! The rows of submissions are intake's; here is who may do what with them, what is recorded of it and what follows. Drafts of revisions are
//! rows of this feature, sealed to the review key alone.

mod accept;
mod acts;
mod addition;
mod changes;
pub mod checklist;
mod claim;
mod conflict;
mod corrections;
mod demands;
mod digest;
pub mod draft;
mod edit;
mod likeness;
mod log;
mod merge;
mod messages;
mod notes;
mod papers;
mod pile;
mod policy;
mod publish;
mod queue;
mod removal;
mod reseal;
mod revise;
mod store;
mod submission;
mod transparency;

use std::sync::Arc;

use crate::{
    codebook::Codebook, config::Accounts, intake::Tools, organisations::Organisation, places::Gazetteer,
    seal::InstanceKeys,
};

pub use self::{
    accept::{Verdict, accept, oversight},
    acts::ReviewAct,
    addition::begin_anew,
    changes::{Answered, GENERAL, NOTE, Wanted, answered, ask_for_changes, go_on},
    checklist::{Checked, Checklist, Looked},
    claim::{Claimed, claim, give_up, mark_risk, parse_risk},
    conflict::{About, admit, step_aside},
    corrections::{CorrectionAnswer, answer_correction, correction},
    demands::{
        Decided as DemandDecided, Demand, NewDemand, decide_demand, demand, demands, demands_about, record_demand,
    },
    digest::{
        COUNTED_AT, Counts, Digest, Letters, Post, SendDigest, SendTrial, count_for_digest, enqueue_digests, waiting,
    },
    draft::Draft,
    edit::{Saved, Shown, Subject, save, show},
    likeness::{LIKENESS_REASONS, parse_ruling, rule_on_likeness, rulings},
    log::{BY_QUARTER, Block, DATED, Dated, Decided, Log, LogFilter, count_last_quarter, log},
    merge::begin_merge,
    messages::{Correspondence, count_unanswered, inbox, thread, write_message},
    notes::{Note, NoteText, add_note, notes},
    pile::{Heap, count_held, decline_all, family, pile, release},
    policy::{Oversight, Wait, expected},
    publish::{PublishDue, publish},
    queue::{Assignee, Awaits, Line, Order, queue},
    removal::{Removal, Removals, erase, lift, parse_words, redact, removals},
    reseal::{
        Resealed, count_sealed_to_retired, count_to_reseal, remove_member, reseal, reseal_at_sign_in,
        reseal_by_recovery_key,
    },
    revise::{
        Revised, RevisionReason, begin_revision, discard, parse_showing, publish_revision, revision_under_way,
        show as set_visibility,
    },
    submission::{Decision, Opened, begin, decline, open, reopen, take_back},
    transparency::{Quarterly, Transparency, transparency},
};

/// What review works with.
#[derive(Debug, Clone)]
pub struct Office {
    /// The vocabulary.
    pub codebook: Arc<Codebook>,
    /// Cities and countries.
    pub gazetteer: Arc<Gazetteer>,
    /// The keys of the instance, to which accepted texts are sealed.
    pub keys: Arc<InstanceKeys>,
    /// How long accounts wait.
    pub accounts: Accounts,
    /// How long unpublished submissions last.
    pub retention_weeks: u32,
    /// The words for [`draft::SIDES`].
    pub sides: Vec<(&'static str, String)>,
    /// The language of labels.
    pub lang: &'static str,
}

impl Office {
    fn tools(&self) -> Tools<'_> {
        Tools {
            book: &self.codebook,
            gazetteer: &self.gazetteer,
            keys: &self.keys,
            retention_weeks: self.retention_weeks,
            pace: None,
        }
    }

    /// The waivers whose reason is of the list.
    fn with_reasons(&self, mut waivers: Vec<draft::Waiver>) -> Vec<draft::Waiver> {
        let reasons = self.codebook.field("waiver_reason");
        waivers.retain(|waiver| reasons.is_some_and(|field| field.code(waiver.reason.as_str()).is_some()));
        waivers
    }

    /// Everything that drafts are shown and read with; `records` are all organisations on record.
    fn desk<'a>(&'a self, records: &'a [Organisation]) -> draft::Desk<'a> {
        draft::Desk {
            codebook: &self.codebook,
            gazetteer: &self.gazetteer,
            organisations: records,
            sides: &self.sides,
            lang: self.lang,
        }
    }
}
