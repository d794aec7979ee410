//! Where a member wants mail to go, if anywhere. The address lies sealed to the instance key: the program opens it when a mail is due.

use super::{Session, StaffAct, store::members};
use crate::{
    Error, Result,
    db::{Reading, Writing},
    ids::MemberId,
    mail::Address,
    seal::{InstanceKeys, open, seal},
};

/// The purpose of envelopes that hold a member's mail address.
const MAIL_ADDRESS: &str = "mail address";

/// The address of the member who asks.
///
/// # Errors
/// Those of the database.
pub fn own_mail_address(r: &mut Reading, by: &Session, keys: &InstanceKeys) -> Result<Option<Address>> {
    opened(r, &by.member.id, keys)
}

/// Sends the member's mail to this address from now on.
///
/// # Errors
/// Those of the database.
pub fn set_mail_address(tx: &mut Writing, by: &Session, address: &Address, keys: &InstanceKeys) -> Result<()> {
    let id = &by.member.id;
    let to = keys.key_pair().public();
    let sealed = seal(to, MAIL_ADDRESS, id.as_str(), address.reveal().as_bytes(), tx.random())?;
    members::set_mail_address(tx, id, Some(&sealed))?;
    tx.record(&StaffAct::MailWanted(id.clone()));
    Ok(())
}

/// Forgets the address of the member who asks; without one nothing is to be done.
///
/// # Errors
/// Those of the database.
pub fn forget_mail_address(tx: &mut Writing, by: &Session) -> Result<()> {
    let id = &by.member.id;
    if members::mail_address(tx, id)?.is_some() {
        members::set_mail_address(tx, id, None)?;
        tx.record(&StaffAct::MailDeclined(id.clone()));
    }
    Ok(())
}

/// The address of a member, for the job that sends them a mail; none where they want no mail or are of the staff no more.
///
/// # Errors
/// Those of the database.
pub fn mail_address(r: &mut Reading, id: &MemberId, keys: &InstanceKeys) -> Result<Option<Address>> {
    opened(r, id, keys)
}

/// The active members who want mail.
///
/// # Errors
/// Those of the database.
pub fn members_with_mail(r: &mut Reading) -> Result<Vec<MemberId>> {
    members::with_mail_address(r)
}

fn opened(r: &mut Reading, id: &MemberId, keys: &InstanceKeys) -> Result<Option<Address>> {
    let Some(sealed) = members::mail_address(r, id)? else { return Ok(None) };
    let text = open(keys.key_pair(), MAIL_ADDRESS, id.as_str(), &sealed)?;
    let text = std::str::from_utf8(&text).map_err(Error::unexpected)?;
    Address::parse(text).map(Some).map_err(Error::unexpected)
}
