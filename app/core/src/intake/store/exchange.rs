//! What moderators and contributors ask of each other, sealed.

use std::collections::BTreeSet;

use diesel::prelude::*;

use crate::{
    Error, Result,
    db::{Reading, Unrecorded, schema::exchange_envelopes},
    ids::SubmissionId,
    intake::{exchange::Item, sealed::Recipient},
    seal::Envelope,
};

pub(in crate::intake) fn find(
    r: &mut Reading,
    id: &SubmissionId,
    item: Item,
    recipient: Recipient,
) -> Result<Option<Envelope>> {
    let row = exchange_envelopes::table.find((id, item.code(), recipient.code()));
    Ok(row.select(exchange_envelopes::envelope).first(r.conn()).optional()?)
}

/// The submissions of which there is such an item.
pub(in crate::intake) fn having(r: &mut Reading, item: Item) -> Result<BTreeSet<SubmissionId>> {
    let rows: Vec<SubmissionId> = exchange_envelopes::table
        .filter(exchange_envelopes::item.eq(item.code()))
        .filter(exchange_envelopes::recipient.eq(Recipient::Review.code()))
        .order(exchange_envelopes::submission_id)
        .select(exchange_envelopes::submission_id)
        .load(r.conn())?;
    Ok(rows.into_iter().collect())
}

pub(in crate::intake) fn put(
    tx: &mut Unrecorded,
    id: &SubmissionId,
    item: &str,
    recipient: Recipient,
    envelope: &Envelope,
) -> Result<()> {
    diesel::delete(exchange_envelopes::table.find((id, item, recipient.code()))).execute(tx.conn())?;
    diesel::insert_into(exchange_envelopes::table)
        .values((
            exchange_envelopes::submission_id.eq(id),
            exchange_envelopes::item.eq(item),
            exchange_envelopes::recipient.eq(recipient.code()),
            exchange_envelopes::envelope.eq(envelope),
        ))
        .execute(tx.conn())?;
    Ok(())
}

pub(in crate::intake) fn delete(tx: &mut Unrecorded, id: &SubmissionId, items: &[Item]) -> Result<()> {
    let codes: Vec<&str> = items.iter().map(|item| item.code()).collect();
    let rows = exchange_envelopes::table
        .filter(exchange_envelopes::submission_id.eq(id))
        .filter(exchange_envelopes::item.eq_any(codes));
    diesel::delete(rows).execute(tx.conn())?;
    Ok(())
}

/// The next `most` of the items for reviewers that begin like this, past the first `passed`: the submission, the code of the item, the
/// envelope.
pub(in crate::intake) fn sealed_to(
    r: &mut Reading,
    beginning: &str,
    passed: usize,
    most: usize,
) -> Result<Vec<((SubmissionId, String), Envelope)>> {
    Ok(exchange_envelopes::table
        .filter(exchange_envelopes::recipient.eq(Recipient::Review.code()))
        .filter(exchange_envelopes::envelope.like(format!("{beginning}%")))
        .order((exchange_envelopes::submission_id, exchange_envelopes::item))
        .offset(i64::try_from(passed).unwrap_or(i64::MAX))
        .limit(i64::try_from(most).unwrap_or(i64::MAX))
        .select(((exchange_envelopes::submission_id, exchange_envelopes::item), exchange_envelopes::envelope))
        .load(r.conn())?)
}

/// Stores an envelope for reviewers in place of `old`, unless that was destroyed or replaced meanwhile.
pub(in crate::intake) fn replace_sealed(
    tx: &mut Unrecorded,
    (id, item): (&SubmissionId, &str),
    old: &Envelope,
    anew: &Envelope,
) -> Result<()> {
    let row = exchange_envelopes::table
        .find((id, item, Recipient::Review.code()))
        .filter(exchange_envelopes::envelope.eq(old));
    diesel::update(row).set(exchange_envelopes::envelope.eq(anew)).execute(tx.conn())?;
    Ok(())
}

/// How many of those for reviewers begin like this.
pub(in crate::intake) fn count_sealed_to(r: &mut Reading, beginning: &str) -> Result<usize> {
    let sealed = exchange_envelopes::table
        .filter(exchange_envelopes::recipient.eq(Recipient::Review.code()))
        .filter(exchange_envelopes::envelope.like(format!("{beginning}%")));
    usize::try_from(sealed.count().get_result::<i64>(r.conn())?).map_err(Error::unexpected)
}
