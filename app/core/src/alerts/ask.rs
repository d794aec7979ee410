//! Asking to be told, saying yes to it, and ending it.

use chrono::{Days, NaiveTime, TimeDelta};
use data_encoding::HEXLOWER;

use super::{PURPOSE, Rhythm, SendConfirmation, SendNews, Watched, store, token};
use crate::{
    Error, Result,
    cases::facets::Filters,
    clock::Day,
    db::{Reading, Unrecorded, Writing},
    ids::AlertId,
    jobs,
    mail::{Address, draw_id},
    seal::{InstanceKeys, seal_json},
    secret::Token,
};

/// For how many days a link can be used, that of asking included: 48 hours at most.
const DAYS: u64 = 2;

/// What somebody asks for.
#[derive(Debug, Clone)]
pub struct Wish {
    /// Where the mails go.
    pub address: Address,
    /// What is looked for; order and page do not count.
    pub filters: Filters,
    /// How often.
    pub rhythm: Rhythm,
}

/// What an alert is about, for whoever holds its token.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Found {
    /// The pairs of the search.
    pub pairs: Vec<(String, String)>,
    /// How often mails come, or would come.
    pub rhythm: Rhythm,
    /// Whether its reader has said yes.
    pub confirmed: bool,
}

/// The last day on which a link can be used that was asked for on `day`.
pub(super) fn last_day(day: Day) -> Day {
    day.checked_add_days(Days::new(DAYS - 1)).unwrap_or(Day::MAX)
}

/// Puts down what somebody asks for, and leaves the mail to be sent that asks the owner of the mailbox. If one was asked for today already,
/// nothing is done; whoever asks is told the same in each case.
///
/// # Errors
/// Those of the database; [`Error::Conflict`] where somebody else asks for the same mailbox at this very moment.
pub fn ask(tx: &mut Writing, wish: &Wish, keys: &InstanceKeys) -> Result<()> {
    let pairs = wish.filters.pairs_of_set();
    let address = wish.address.reveal().to_lowercase();
    let mailbox = mark(keys, "mailbox", &[mailbox_of(&address).as_str()]);
    let today = tx.today();
    if store::was_asked_on(tx, &mailbox, today)? {
        return Ok(());
    }
    let named: Vec<String> = pairs.iter().map(|(name, value)| format!("{name}={value}")).collect();
    let parts: Vec<&str> = std::iter::once(address.as_str()).chain(named.iter().map(String::as_str)).collect();
    let same = mark(keys, "wish", &parts);
    let alert = match store::of_wish(tx, &same)? {
        Some(id) => {
            store::ask_again(tx, &id, wish.rhythm, today)?;
            id
        }
        None => {
            let id = AlertId::draw(tx.random());
            let watched = Watched { address: wish.address.reveal().to_owned(), pairs };
            let envelope = seal_json(keys.key_pair().public(), PURPOSE, id.as_str(), &watched, tx.random())?;
            let told = tx.visibility_generation()?;
            let row = store::Row { id: id.clone(), envelope, rhythm: wish.rhythm.code().to_owned(), told, due: None };
            store::insert(tx, &row, &token(keys, &id).lookup(), &mailbox, &same, today)?;
            id
        }
    };
    let mail = draw_id(tx.random());
    tx.enqueue(&SendConfirmation { alert, rhythm: wish.rhythm, day: today, mail })
}

/// The mark of texts for one use; their lengths keep them apart.
fn mark(keys: &InstanceKeys, usage: &str, parts: &[&str]) -> String {
    let mut text = usage.to_owned();
    for part in parts {
        text.push_str(&format!(" {}:{part}", part.len()));
    }
    HEXLOWER.encode(&keys.alerts().mark(text.as_bytes()))
}

/// The address without what many mail servers let its owner add after a plus sign: all such addresses are one mailbox.
fn mailbox_of(address: &str) -> String {
    let (user, domain) = address.rsplit_once('@').unwrap_or((address, ""));
    let user = user.split('+').next().unwrap_or(user);
    format!("{user}@{domain}")
}

/// The alert that a token belongs to; none where it was never one, has ended, or nobody said yes in time.
///
/// # Errors
/// Those of the database.
pub fn find(r: &mut Reading, token: &Token, keys: &InstanceKeys) -> Result<Option<Found>> {
    let today = r.today();
    let Some(row) = store::of_token(r, &token.lookup(), first_day(today))? else { return Ok(None) };
    let watched = Watched::open(keys, &row.id, &row.envelope)?;
    Ok(Some(Found { pairs: watched.pairs, rhythm: row.rhythm()?, confirmed: row.due.is_some() }))
}

/// Says yes: from tomorrow on mails come in this rhythm. Saying it again changes the rhythm. What is public already is not told of.
///
/// # Errors
/// [`Error::NotFound`] for what [`find`] does not find.
pub fn confirm(tx: &mut Unrecorded, token: &Token, rhythm: Rhythm) -> Result<()> {
    let today = tx.today();
    let row = store::of_token(tx, &token.lookup(), first_day(today))?.ok_or(Error::NotFound)?;
    let told = if row.due.is_some() { row.told } else { tx.visibility_generation()? };
    store::confirm(tx, &row.id, rhythm, told, rhythm.next(today))
}

/// Ends the alert that a token belongs to, and forgets all of it. That there is none any more is no failure.
///
/// # Errors
/// Those of the database.
pub fn end(tx: &mut Unrecorded, token: &Token) -> Result<()> {
    store::delete(tx, &token.lookup())
}

/// Removes what nobody said yes to in time with the mails that were laid aside, and forgets on which day others were asked for.
///
/// # Errors
/// Those of the database.
pub fn remove_expired(tx: &mut Unrecorded) -> Result<()> {
    let today = tx.today();
    store::delete_unconfirmed(tx, first_day(today))?;
    // Their links have had their time; and a mailbox that refused what was new is tried again after a week.
    jobs::discard_older::<SendConfirmation>(tx, first_day(today).and_time(NaiveTime::MIN))?;
    let week_ago = tx.now() - TimeDelta::days(7);
    jobs::discard_older::<SendNews>(tx, week_ago)?;
    store::forget_days_before(tx, today)
}

/// The first day of asking whose link can still be used.
fn first_day(today: Day) -> Day {
    today.checked_sub_days(Days::new(DAYS - 1)).unwrap_or(Day::MIN)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::testing::SeededRandom;

    #[test]
    fn a_mailbox_is_known_again_whatever_stands_after_the_plus() {
        assert_eq!(mailbox_of("mo+casebook@example.org"), "mo@example.org");
        assert_eq!(mailbox_of("mo@example.org"), "mo@example.org");
        let keys = InstanceKeys::draw(&SeededRandom::new(1));
        assert_ne!(mark(&keys, "wish", &["ab", "c"]), mark(&keys, "wish", &["a", "bc"]));
        assert_ne!(mark(&keys, "wish", &["a"]), mark(&keys, "mailbox", &["a"]));
    }
}
