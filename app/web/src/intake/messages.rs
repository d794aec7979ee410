//! What a contributor and the moderators write to each other, on the contributor's own page (row C10).

use actix_web::web::Data;
use casebook_core::{
    intake::{
        self, OwnCase,
        messages::{Author, INPUT, Message, MessageText, Standing},
    },
    limits,
};

use super::{
    browser::Reply,
    desk::{self, Browser, see},
    fault,
};
use crate::{
    kit::{App, Error, Frame, PostForm, Result, limits::Limited},
    url,
};

/// The messages about a case, and the form for more.
#[derive(Debug, Default)]
pub struct Exchange {
    /// The messages, the first first.
    pub lines: Vec<Line>,
    /// Whether the moderators wrote last.
    pub is_answered: bool,
    /// Key of the sentence that says why no more can be written.
    pub ended: Option<&'static str>,
    /// What was typed and not sent.
    pub typed: String,
    /// Why it was not sent.
    pub problem: Option<String>,
}

/// A message.
#[derive(Debug)]
pub struct Line {
    /// The words for who wrote it.
    pub from: String,
    /// Whether whoever reads it wrote it.
    pub is_mine: bool,
    /// What it says.
    pub text: String,
}

impl Line {
    fn new(message: &Message, frame: &Frame) -> Self {
        let from = match &message.from {
            Author::Contributor => frame.t("intake-message-mine"),
            Author::Moderator { alias } => frame.t1("intake-message-theirs", "alias", alias),
        };
        Self { from, is_mine: message.is_contributors(), text: message.text.as_str().to_owned() }
    }
}

impl Exchange {
    pub(super) fn new(own: &OwnCase, frame: &Frame) -> Self {
        let problem = own.unsent.as_deref().and_then(|typed| MessageText::parse(typed).err());
        Self {
            lines: own.thread.messages.iter().map(|message| Line::new(message, frame)).collect(),
            is_answered: own.thread.messages.last().is_some_and(|last| !last.is_contributors()),
            ended: match own.thread.standing {
                Standing::Open => None,
                Standing::Full => Some("intake-message-full"),
                Standing::Closed => Some("intake-message-closed"),
            },
            typed: own.unsent.clone().unwrap_or_default(),
            problem: problem.map(|wrong| fault::words(&wrong, frame.language)),
        }
    }

    /// How many characters fit.
    #[must_use]
    pub fn limit(&self) -> usize {
        limits::TEXT
    }

    /// Made-up content for samples.
    #[must_use]
    pub fn sample(words: &str) -> Self {
        let line = |is_mine| Line { from: words.to_owned(), is_mine, text: words.to_owned() };
        Self { lines: vec![line(true), line(false)], is_answered: true, ..Self::default() }
    }

    /// Made-up content with a message that was not sent.
    #[must_use]
    pub fn sample_unsent(words: &str) -> Self {
        Self { typed: words.to_owned(), problem: Some(words.to_owned()), ..Self::sample(words) }
    }

    /// Made-up content where no more can be written.
    #[must_use]
    pub fn sample_ended(words: &str, ended: &'static str) -> Self {
        Self { ended: Some(ended), typed: words.to_owned(), ..Self::sample(words) }
    }
}

/// `POST /return/message` - writes to the moderators. What cannot be sent is kept and shown again.
///
/// # Errors
/// If what was typed can neither be stored nor held.
pub async fn write(app: Data<App>, browser: Browser, form: PostForm) -> Result<Reply> {
    let token = browser.token_or_new(&app);
    if let Err(error) = browser.check(&app, Limited::Save) {
        return desk::held(&app, &token, form.pairs(), error);
    }
    let (state, cookie, typed) = (app.clone(), token.clone(), form.first(INPUT).to_owned());
    match app.write_unrecorded(move |tx| intake::write_message(tx, &cookie, &typed, &state.intake())).await {
        Ok(sent) => {
            let to = if sent { url::noting(&url::return_case(), "message") } else { url::return_message() };
            Reply::of(see(to)).with_deadline(&app, &token)
        }
        Err(Error::NotFound) if form.first(INPUT).trim().is_empty() => Ok(Reply::of(see(url::return_()))),
        Err(error) => desk::held(&app, &token, form.pairs(), error),
    }
}
