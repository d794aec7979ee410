//! `/staff/inbox` - what contributors wrote, and answering (rows C10 and M16).

use actix_web::{
    HttpResponse,
    web::{Data, Path},
};
use askama::Template;
use casebook_core::{
    ids::SubmissionId,
    intake::messages::{Author, INPUT, Message, MessageText, Standing, Thread, Written},
    limits,
    moderation::{self, Correspondence},
};

use super::{desk::ClaimLine, office, queue, say, submission::see_other, words};
use crate::{
    kit::{App, Error, Frame, Moderator, Page, PostForm, Problems, Result, Sample, page::sample_visit},
    url,
};

/// The inbox that moderators share.
#[derive(Debug, Template)]
#[template(path = "moderation/inbox.html")]
pub struct InboxPage {
    /// The frame.
    pub frame: Frame,
    /// Every thread, those first that wait for an answer.
    pub threads: Vec<Row>,
}

/// A thread. It tells nothing of when something was written.
#[derive(Debug)]
pub struct Row {
    /// Where it is read and answered.
    pub address: String,
    /// What the submission is, and the week in which it came.
    pub title: String,
    /// The words for where the submission stands.
    pub state: String,
    /// Whether it waits for an answer.
    pub is_unanswered: bool,
    /// Who works on the submission.
    pub claimed: Option<ClaimLine>,
}

impl Row {
    fn new(thread: &Correspondence, app: &App, frame: &Frame) -> Self {
        let submission = &thread.submission;
        Self {
            address: url::submission_messages(&submission.id),
            title: queue::kicker(submission, thread.adds_to.as_ref(), frame),
            state: app.codebook.label("submission_state", submission.state.code(), frame.lang()).to_lowercase(),
            is_unanswered: thread.is_unanswered,
            claimed: thread.claimed.as_ref().map(ClaimLine::new),
        }
    }
}

/// The messages about a submission, on its page.
#[derive(Debug, Default)]
pub struct Exchange {
    /// The messages, the first first.
    pub lines: Vec<Line>,
    /// Key of the sentence that says why no more can be written.
    pub ended: Option<&'static str>,
}

/// A message.
#[derive(Debug)]
pub struct Line {
    /// The words for who wrote it.
    pub from: String,
    /// Whether a moderator wrote it.
    pub is_ours: bool,
    /// What it says.
    pub text: String,
}

impl Exchange {
    pub(super) fn new(thread: &Thread, frame: &Frame) -> Self {
        let line = |message: &Message| Line {
            from: match &message.from {
                Author::Contributor => frame.t("moderation-message-theirs"),
                Author::Moderator { alias } => alias.clone(),
            },
            is_ours: !message.is_contributors(),
            text: message.text.as_str().to_owned(),
        };
        Self { lines: thread.messages.iter().map(line).collect(), ended: ended(thread.standing) }
    }

    /// How many characters fit.
    #[must_use]
    pub fn limit(&self) -> usize {
        limits::TEXT
    }

    /// Made-up content for samples.
    #[must_use]
    pub fn sample(words: &str) -> Self {
        let line = |is_ours| Line { from: words.to_owned(), is_ours, text: words.to_owned() };
        Self { lines: vec![line(false), line(true)], ended: None }
    }

    /// Made-up content where no more can be written.
    #[must_use]
    pub fn sample_ended(words: &str, ended: &'static str) -> Self {
        Self { ended: Some(ended), ..Self::sample(words) }
    }
}

/// Key of the sentence that says why no more can be written.
fn ended(standing: Standing) -> Option<&'static str> {
    match standing {
        Standing::Open => None,
        Standing::Full => Some("moderation-message-full"),
        Standing::Closed => Some("moderation-message-closed"),
    }
}

/// `GET /staff/inbox` - every thread, those first that wait for an answer.
///
/// # Errors
/// Those of the database.
pub async fn inbox(app: Data<App>, by: Moderator) -> Result<Page<InboxPage>> {
    let authority = by.authority();
    let threads = app.read(move |r| moderation::inbox(r, &authority)).await?;
    let frame = by.frame("moderation-inbox-title");
    Ok(Page::new(InboxPage { threads: threads.iter().map(|thread| Row::new(thread, &app, &frame)).collect(), frame }))
}

/// `POST /staff/submissions/{id}/messages` - writes to the contributor.
///
/// # Errors
/// [`Error::NotFound`].
pub async fn write(app: Data<App>, by: Moderator, id: Path<SubmissionId>, form: PostForm) -> Result<HttpResponse> {
    let back = url::submission_messages(&id);
    let again = |problem: crate::kit::Message| {
        let problems = Problems::one(INPUT, problem);
        Ok(app.again(&by.visit, url::submission(&id), form.pairs().clone(), problems).into())
    };
    let text = match MessageText::parse(form.first(INPUT)) {
        Ok(text) => text,
        Err(fault) => return again(words::message(&fault)),
    };
    let (authority, office, to) = (by.authority(), office(&app, &by.visit), SubmissionId::clone(&id));
    let sent = app.write(by.actor(), move |tx| moderation::write_message(tx, &authority, &to, text, &office)).await;
    let written = match sent {
        Err(Error::Conflict(why)) => return again(why),
        sent => sent?,
    };
    if let Written::Not(standing) = written
        && let Some(key) = ended(standing)
    {
        return again(key.into());
    }
    say(&app, &by, "moderation-message-sent");
    Ok(see_other(back))
}

impl Sample for InboxPage {
    fn samples() -> Vec<(&'static str, Self)> {
        const HOSTILE: &str = "<script>alert(1)</script> a long alias of somebody";
        let page = |threads| Self { frame: sample_visit("/staff/inbox").frame("moderation-inbox-title"), threads };
        let row = |is_unanswered: bool| Row {
            address: "/staff/submissions/x#messages".to_owned(),
            title: "New case, 2026-W45".to_owned(),
            state: "in review".to_owned(),
            is_unanswered,
            claimed: is_unanswered.then(|| ClaimLine {
                alias: HOSTILE.repeat(3),
                is_mine: false,
                until: "2026-11-24 12:00".to_owned(),
            }),
        };
        vec![("empty", page(Vec::new())), ("full and hostile", page(vec![row(true), row(true), row(false)]))]
    }
}
