//! What is sent: the question whether a reader wants to be told, and what is new. Jobs name an alert by its id; address, search and token
//! stand in none of them, and in no log line.

use std::collections::HashSet;

use data_encoding::HEXLOWER;
use serde::{Deserialize, Serialize};

use super::{Asking, Letters, NewCase, News, Rhythm, Watched, ask, store, token};
use crate::{
    Error, Result,
    cases::{
        catalogue::Catalogue,
        facets::{Filters, Sort},
        index::{IndexCases, RebuildIndex},
        published,
        search::{self, Notice},
    },
    clock::Day,
    codebook::Codebook,
    db::{Actor, Database, Reading, outbox::Job},
    ids::AlertId,
    jobs,
    mail::{Address, Letter, Mailer, Message},
    organisations,
    seal::InstanceKeys,
    search::SearchIndex,
    secret::Token,
};

/// How many cases a mail names.
const MOST: usize = 50;

/// What sending works with.
#[derive(Clone, Copy)]
pub struct Post<'a> {
    /// The database.
    pub db: &'a Database,
    /// The keys of the instance, to which addresses are sealed.
    pub keys: &'a InstanceKeys,
    /// The vocabulary, by which searches are read.
    pub codebook: &'a Codebook,
    /// What searches are answered from.
    pub catalogue: &'a Catalogue,
    /// The text index.
    pub index: &'a dyn SearchIndex,
    /// The way that mail leaves.
    pub mailer: &'a dyn Mailer,
    /// The words.
    pub letters: &'a dyn Letters,
}

impl Post<'_> {
    /// Sends a letter. No transaction is open while the mail server takes its time.
    fn send(&self, mail: &str, to: Address, letter: Letter, end: Option<String>) -> Result<()> {
        let message = Message::new(mail.to_owned(), to, letter, self.db.clock().now());
        let message = match end {
            Some(address) => message.ended_by(address),
            None => message,
        };
        self.mailer.send(&message)?;
        tracing::info!("a mail to a reader has left");
        Ok(())
    }
}

/// The question to the owner of a mailbox. Once its link cannot be used any more it is not sent.
#[derive(Debug, Serialize, Deserialize)]
pub struct SendConfirmation {
    pub(super) alert: AlertId,
    pub(super) rhythm: Rhythm,
    /// The day on which it was asked for.
    pub(super) day: Day,
    /// Names the mail.
    pub(super) mail: String,
}

impl Job for SendConfirmation {
    const KIND: &'static str = "send_alert_confirmation";
}

impl SendConfirmation {
    /// Sends it.
    ///
    /// # Errors
    /// Those of the database and of the mailer.
    pub fn run(&self, post: Post<'_>) -> Result<()> {
        let until = ask::last_day(self.day);
        let row = post.db.read(|r| {
            let holds = r.today() <= until;
            Ok(store::find(r, &self.alert)?.filter(|_| holds))
        })?;
        let Some(row) = row else { return Ok(()) };
        let watched = Watched::open(post.keys, &row.id, &row.envelope)?;
        let to = watched.address()?;
        let token = token(post.keys, &row.id);
        let asking = Asking { token, rhythm: self.rhythm, until };
        post.send(&self.mail, to, post.letters.asking(&asking)?, None)
    }
}

/// Leaves a mail to be looked into for each alert whose day has come, unless nothing at all has come into view since it was told last. For
/// the schedule.
///
/// # Errors
/// Those of the database.
pub fn enqueue_news(db: &Database) -> Result<()> {
    let (today, latest, due) = db.read(|r| {
        let today = r.today();
        Ok((today, published::latest(r)?, store::due(r, today)?))
    })?;
    for (alert, rhythm, told) in due {
        let next = store::rhythm(&rhythm)?.next(today);
        // One alert a transaction: contributors write meanwhile.
        db.write(Actor::System, |tx| {
            let job = SendNews { alert: alert.clone() };
            // What lies aside is tried again after a week, or when an administrator says so: a mailbox can be gone for good.
            if store::set_due(tx, &alert, today, next)? && told < latest && !jobs::is_laid_aside(tx, &job)? {
                tx.enqueue(&job)?;
            }
            Ok(())
        })?;
    }
    Ok(())
}

/// What is new, to one reader; no mail where nothing of it fits.
#[derive(Debug, Serialize, Deserialize)]
pub struct SendNews {
    alert: AlertId,
}

impl Job for SendNews {
    const KIND: &'static str = "send_alert";
}

/// What was found for a reader, as of one change of what is public.
struct Lookup {
    /// Names the mail: the same as long as the reader was not told, however often it is tried.
    mail: String,
    to: Address,
    news: News,
    generation: i64,
}

impl SendNews {
    /// Looks what is new at this moment, and sends it.
    ///
    /// # Errors
    /// Those of the database and of the mailer; [`Error::Unavailable`] while the text index cannot say what fits.
    pub fn run(&self, post: Post<'_>) -> Result<()> {
        let Some(found) = post.db.read(|r| self.look(r, post))? else { return Ok(()) };
        if !found.news.cases.is_empty() {
            let end = post.letters.end(&found.news.token);
            post.send(&found.mail, found.to, post.letters.news(&found.news, post.codebook)?, Some(end))?;
        }
        post.db.write(Actor::System, |tx| store::set_told(tx, &self.alert, found.generation))
    }

    fn look(&self, r: &mut Reading, post: Post<'_>) -> Result<Option<Lookup>> {
        let Some(row) = store::find(r, &self.alert)?.filter(|row| row.due.is_some()) else { return Ok(None) };
        let watched = Watched::open(post.keys, &row.id, &row.envelope)?;
        let pairs = watched.pairs.iter().map(|(name, value)| (name.as_str(), value.as_str()));
        let Ok(parsed) = Filters::parse(pairs, post.codebook) else {
            tracing::warn!("an alert asks for what the vocabulary no longer has, and is passed over");
            return Ok(None);
        };
        let (to, token) = (watched.address()?, token(post.keys, &row.id));
        let generation = r.visibility_generation()?;
        let news = news(r, post, &parsed.filters, row.told, token)?;
        let mail = post.keys.alerts().mark(format!("mail {} {}", row.id, row.told).as_bytes());
        Ok(Some(Lookup { mail: HEXLOWER.encode(mail.get(..16).unwrap_or(&mail)), to, news, generation }))
    }
}

/// What came into view after the change `told` and fits, what was published or revised last first.
fn news(r: &mut Reading, post: Post<'_>, filters: &Filters, told: i64, token: Token) -> Result<News> {
    let filters = Filters { sort: Some(Sort::Recent), page: 0, ..filters.clone() };
    // Told too early, a reader would never hear of what the text index does not hold yet.
    if !filters.q.is_empty() && jobs::is_any_open(r, &[IndexCases::KIND, RebuildIndex::KIND])? {
        return Err(Error::Unavailable("the text index does not hold the newest cases yet".to_owned()));
    }
    let fitting = search::whole_set(r, post.catalogue, post.index, &filters)?;
    if fitting.notices.contains(&Notice::TitlesOnly) {
        return Err(Error::Unavailable("the text index does not say which cases fit an alert".to_owned()));
    }
    let since: HashSet<u32> = published::ordinals_since(r, told)?.into_iter().collect();
    let mut fresh: Vec<u32> = fitting.ordinals.iter().copied().filter(|ordinal| since.contains(ordinal)).collect();
    let more = fresh.len().saturating_sub(MOST);
    fresh.truncate(MOST);
    let mut cases = Vec::with_capacity(fresh.len());
    for current in published::current(r, &fresh)? {
        let (document, _) = current.read()?;
        cases.push(NewCase { id: document.id, title: document.title.text, revision: document.revision });
    }
    Ok(News {
        token,
        parties: organisations::of_ids(r, &filters.organisations())?,
        filters,
        cases,
        more,
        incomplete: fitting.notices.contains(&Notice::Incomplete),
        found: u64::try_from(fitting.ordinals.len()).unwrap_or(u64::MAX),
        published: post.catalogue.fresh(r)?.facets.all().len(),
    })
}
