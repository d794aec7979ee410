//! How often somebody may try: one table, each row with the sentence that the visitor reads.

use std::num::NonZeroU32;

use governor::{DefaultDirectRateLimiter, DefaultKeyedRateLimiter, Quota, RateLimiter};

use super::{Error, Message, Result, origin::Client};

/// What is limited.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Limited {
    /// Guessing a password, a second factor, a recovery code or an invitation.
    SignIn,
    /// Guessing the twelve words.
    Passphrase,
    /// Saving a page of the contributor's form.
    Save,
    /// Sending an account.
    Send,
    /// Sending a mail to try it out.
    Mail,
    /// Asking to be told of cases by mail.
    Alert,
}

/// What comes over the site's pace is held, not refused (the setting `limits.submissions_per_hour`): the limit of the site on sending only keeps
/// the disk from being filled.
///
/// One row: so many at once from one neighbourhood, then as many again in each `minutes`; and so many times that from everywhere.
struct Row {
    limited: Limited,
    burst: u32,
    minutes: u32,
    site: u32,
    message: &'static str,
}

const TABLE: [Row; 6] = [
    Row { limited: Limited::SignIn, burst: 10, minutes: 10, site: 30, message: "error-limit-sign-in" },
    Row { limited: Limited::Passphrase, burst: 10, minutes: 10, site: 30, message: "error-limit-passphrase" },
    Row { limited: Limited::Save, burst: 120, minutes: 10, site: 50, message: "error-limit-save" },
    Row { limited: Limited::Send, burst: 10, minutes: 60, site: 500, message: "error-limit-send" },
    Row { limited: Limited::Mail, burst: 5, minutes: 60, site: 4, message: "error-limit-mail" },
    Row { limited: Limited::Alert, burst: 5, minutes: 60, site: 20, message: "error-limit-alert" },
];

/// The limits with their counters, which live in memory only and are keyed by marks, not addresses.
#[derive(Debug)]
pub struct Limits {
    rows: Option<Vec<Counters>>,
}

#[derive(Debug)]
struct Counters {
    limited: Limited,
    near: DefaultKeyedRateLimiter<[u8; 16]>,
    everywhere: DefaultDirectRateLimiter,
    message: Message,
}

impl Limits {
    /// Counters for every row, or none at all where `enabled` is false.
    #[must_use]
    pub fn new(enabled: bool) -> Self {
        let counters = |row: &Row| Counters {
            limited: row.limited,
            near: RateLimiter::keyed(quota(row.burst, row.minutes)),
            everywhere: RateLimiter::direct(quota(row.burst * row.site, row.minutes)),
            message: Message::new(row.message).with("minutes", row.minutes),
        };
        Self { rows: enabled.then(|| TABLE.iter().map(counters).collect()) }
    }

    /// Counts one try.
    ///
    /// # Errors
    /// [`Error::TooMany`] with the sentence of the row.
    pub fn check(&self, limited: Limited, client: Client) -> Result<()> {
        let Some(row) = self.rows.iter().flatten().find(|row| row.limited == limited) else { return Ok(()) };
        if row.near.len() > 10_000 {
            row.near.retain_recent();
        }
        let near = client.0.is_none_or(|mark| row.near.check_key(&mark).is_ok());
        if near && row.everywhere.check().is_ok() { Ok(()) } else { Err(Error::TooMany(row.message.clone())) }
    }
}

fn quota(burst: u32, minutes: u32) -> Quota {
    let burst = NonZeroU32::new(burst).unwrap_or(NonZeroU32::MIN);
    let pause = std::time::Duration::from_secs(u64::from(minutes) * 60) / burst.get();
    Quota::with_period(pause).unwrap_or_else(|| Quota::per_minute(burst)).allow_burst(burst)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_neighbourhood_is_stopped_and_its_neighbours_are_not() {
        let limits = Limits::new(true);
        let (one, other) = (Client(Some([1; 16])), Client(Some([2; 16])));
        for _ in 0..10 {
            limits.check(Limited::SignIn, one).unwrap();
        }
        assert!(matches!(limits.check(Limited::SignIn, one), Err(Error::TooMany(_))));
        limits.check(Limited::SignIn, other).unwrap();
        limits.check(Limited::Send, one).unwrap();
        assert!(Limits::new(false).check(Limited::SignIn, one).is_ok());
    }

    #[test]
    fn the_onion_address_has_the_limit_of_the_site() {
        let limits = Limits::new(true);
        let allowed = (0..1000).filter(|_| limits.check(Limited::SignIn, Client(None)).is_ok()).count();
        assert_eq!(allowed, 300);
    }
}
