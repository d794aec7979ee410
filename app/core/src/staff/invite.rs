//! Invitations: a link with a token, made by an administrator or on the command line.

use chrono::TimeDelta;

use super::{
    Administrator, Role, StaffAct,
    store::{
        invitations::{self, Link},
        keys,
    },
};
use crate::{
    Error, Result,
    clock::Timestamp,
    db::{Reading, Writing},
    ids::MemberId,
    seal::{InstanceKeys, TotpSecret, open, seal},
    secret::Token,
};

/// The purpose of envelopes that hold a second factor's secret.
pub(super) const SECOND_FACTOR: &str = "second factor";

/// What somebody who opens a valid link is offered.
#[derive(Debug)]
pub struct Invitation {
    /// What they will be.
    pub role: Role,
    /// Whether theirs is the first membership, which makes the review key and the recovery key.
    pub founding: bool,
    /// The secret to put into their authenticator.
    pub totp_secret: TotpSecret,
    /// Until when the link holds, in UTC.
    pub expires: Timestamp,
}

/// Makes a link for somebody in `role`, which holds for `days`. Who joins by it waits until an administrator admits them.
///
/// # Errors
/// Those of the database.
pub fn invite(tx: &mut Writing, by: &Administrator, role: Role, days: u32, keys: &InstanceKeys) -> Result<Token> {
    draw_link(tx, Some(by.id().clone()), role, days, keys)
}

/// Makes a link on the command line. On an instance without staff it is the first administrator's, whatever `role` says; later its bearer
/// waits as others do, until somebody who holds the review key admits them.
///
/// # Errors
/// Those of the database.
pub fn invite_from_command_line(tx: &mut Writing, role: Role, days: u32, keys: &InstanceKeys) -> Result<Token> {
    let role = if keys::exist(tx)? { role } else { Role::Administrator };
    draw_link(tx, None, role, days, keys)
}

fn draw_link(
    tx: &mut Writing,
    inviter: Option<MemberId>,
    role: Role,
    days: u32,
    instance: &InstanceKeys,
) -> Result<Token> {
    let token = store_link(tx, inviter, role, None, days, instance)?;
    tx.record(&StaffAct::Invited(role));
    Ok(token)
}

/// Draws a token and the secret of a second factor, and stores the link that they make.
pub(super) fn store_link(
    tx: &mut Writing,
    inviter: Option<MemberId>,
    role: Role,
    renews: Option<MemberId>,
    days: u32,
    instance: &InstanceKeys,
) -> Result<Token> {
    let (token, secret) = (Token::draw(tx.random()), TotpSecret::draw(tx.random()));
    let lookup = token.lookup();
    let to = instance.key_pair().public();
    let totp_secret = seal(to, SECOND_FACTOR, lookup.as_str(), secret.bytes(), tx.random())?;
    let expires = tx.now() + TimeDelta::days(days.into());
    invitations::insert(tx, &lookup, &Link { role, inviter, totp_secret, expires, renews })?;
    Ok(token)
}

/// What the link with this token offers.
///
/// # Errors
/// [`Error::NotFound`] if there is no such link, if it was used, or if its time is over: all answer alike.
pub fn invitation(r: &mut Reading, token: &Token, keys: &InstanceKeys) -> Result<Invitation> {
    let (link, totp_secret) = holding_link(r, token, keys)?;
    if link.renews.is_some() {
        return Err(Error::NotFound);
    }
    let founding = !keys::exist(r)?;
    let role = if founding { Role::Administrator } else { link.role };
    Ok(Invitation { role, founding, totp_secret, expires: link.expires })
}

/// Whether the link with this token, of either kind, can still be used.
///
/// # Errors
/// Those of the database.
pub fn link_holds(r: &mut Reading, token: &Token) -> Result<bool> {
    let now = r.now();
    Ok(invitations::find(r, &token.lookup())?.is_some_and(|link| now < link.expires))
}

/// A link whose time is not over, and the secret of the second factor that it offers.
pub(super) fn holding_link(r: &mut Reading, token: &Token, keys: &InstanceKeys) -> Result<(Link, TotpSecret)> {
    let lookup = token.lookup();
    let link = invitations::find(r, &lookup)?.filter(|link| r.now() < link.expires).ok_or(Error::NotFound)?;
    let secret = open(keys.key_pair(), SECOND_FACTOR, lookup.as_str(), &link.totp_secret)?;
    Ok((link, TotpSecret::from_bytes(&secret).ok_or(Error::NotFound)?))
}
