//! The review checklist: what has to be looked at before anything is accepted or published. Its points are codes of `review_checklist` in
//! the codebook, so that an operator can add to them.

use serde::{Deserialize, Serialize};

use super::{draft::Waiver, papers};
use crate::{
    Result,
    codebook::{Code, Codebook},
    db::Unrecorded,
    ids::{CaseId, MemberId, SubmissionId},
    intake::{
        Problems,
        handling::{self, Paper},
        problems::Fault,
    },
    staff::{Moderator, ReviewKeys},
};

/// The field whose codes are the points.
pub const FIELD: &str = "review_checklist";

/// Every point, looked at. It does not exist with a point left out.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Checklist(Vec<Code>);

impl Checklist {
    /// Reads which points were ticked; the input of each is `checked.` and its code.
    ///
    /// # Errors
    /// Each point that was left out.
    pub fn parse(is_ticked: impl Fn(&str) -> bool, codebook: &Codebook, lang: &str) -> Result<Self, Problems> {
        let (mut problems, mut looked_at) = (Problems::default(), Vec::new());
        for point in codebook.field(FIELD).into_iter().flat_map(|field| field.current_codes()) {
            let input = format!("checked.{}", point.code);
            if is_ticked(&input) {
                looked_at.push(Code::from(point));
            } else {
                problems.add(&input, Fault::new("moderation-not-checked").text("point", point.label(lang)));
            }
        }
        if problems.is_empty() { Ok(Self(looked_at)) } else { Err(problems) }
    }

    pub(super) fn by(self, member: &Moderator) -> Checked {
        Checked { member: member.id().clone(), alias: member.alias().to_owned(), points: self.0 }
    }
}

/// What comes with a decision to publish: names that may stand, and the checklist.
#[derive(Debug, Clone)]
pub struct Looked {
    /// Names that may stand, with reasons.
    pub waivers: Vec<Waiver>,
    /// What was looked at.
    pub checklist: Checklist,
}

/// The checklist of one moderator, as it is kept with the decision.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Checked {
    /// Who looked.
    pub member: MemberId,
    /// Their alias.
    pub alias: String,
    /// Codes of what they looked at.
    pub points: Vec<Code>,
}

/// The checklist of a revision.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
struct OfRevision {
    revision: u32,
    checked: Checked,
}

/// Keeps who looked at what with a submission.
pub(super) fn keep(tx: &mut Unrecorded, id: &SubmissionId, checked: &[Checked]) -> Result<()> {
    handling::put_paper(tx, id, Paper::Checklist, &checked)
}

/// Keeps who looked at what before a revision, beside those of the revisions before.
pub(super) fn keep_with_case(
    tx: &mut Unrecorded,
    case: &CaseId,
    revision: u32,
    checked: Checked,
    keys: &ReviewKeys,
) -> Result<()> {
    let mut all: Vec<OfRevision> = papers::of_case(tx, case, Paper::Checklist, keys)?.unwrap_or_default();
    all.push(OfRevision { revision, checked });
    papers::put(tx, case, Paper::Checklist, &all)
}
