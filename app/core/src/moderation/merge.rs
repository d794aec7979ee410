//! Merging two cases of one matter (row M18): a draft that unites them is reviewed like any revision, and by its publication the other
//! case is taken in. That is for good: what was united can be hidden, but not taken apart again.

use super::{Office, draft::Draft, revise, store};
use crate::{
    Error, Result,
    cases::{
        self,
        published::{self, Eyes, Published, Visibility},
        unite,
    },
    db::Writing,
    ids::{CaseId, ReviewDraftId},
    staff::Moderator,
};

/// Makes a draft of the next revision of `stays` that says all that `goes` says as well.
///
/// # Errors
/// [`Error::NotFound`] if there is no such case; [`Error::Refused`] with `moderation-merge-self`, `moderation-merge-hidden`,
/// `moderation-merge-place` where one place is named and the other is not, or `moderation-merge-draft` while a draft of one of them is
/// under way.
pub fn begin_merge(
    tx: &mut Writing,
    _by: &Moderator,
    stays: &CaseId,
    goes: &CaseId,
    office: &Office,
) -> Result<ReviewDraftId> {
    if stays == goes {
        return Err(Error::Refused("moderation-merge-self"));
    }
    let (stays, goes) = (in_view(tx, stays)?, in_view(tx, goes)?);
    if !unite::are_told_alike(&stays.document.place, &goes.document.place) {
        return Err(Error::Refused("moderation-merge-place"));
    }
    for case in [&stays.document.id, &goes.document.id] {
        if store::of_case(tx, case)?.is_some() {
            return Err(Error::Refused("moderation-merge-draft"));
        }
    }
    let united = unite::united(&stays.document, &goes.document, tx.random())?;
    let draft = Draft::of_published(&united, &office.gazetteer)?.merging(goes.document.id, goes.current);
    revise::insert(tx, &stays.document.id, stays.current, &draft)
}

/// The current revision of a case that readers can find.
fn in_view(tx: &mut Writing, id: &CaseId) -> Result<Published> {
    let found = published::find(tx, id, Eyes::Moderator)?;
    match found.visibility {
        Visibility::Public | Visibility::Unlisted(_) => Ok(found),
        Visibility::Hidden(_) | Visibility::Merged(_) => Err(Error::Refused("moderation-merge-hidden")),
    }
}

/// Takes the other case in, once the revision that unites them is public.
pub(super) fn finish(tx: &mut Writing, other: (&CaseId, u32), into: &CaseId, revision: u32) -> Result<()> {
    if let Some((draft, _)) = store::of_case(tx, other.0)? {
        store::delete(tx, &draft)?;
    }
    cases::merge(tx, other, into, revision)
}
