//! `/share/topics` - the task list: each topic, empty or done, to be left and come back to.

use actix_web::web::Data;
use askama::Template;
use casebook_core::intake::{Draft, Form, names::topic_of};

use super::{
    browser::Reply,
    desk::{self, Browser},
    first, notes,
};
use crate::{
    asked::Asked,
    kit::{App, Frame, Pairs, PostForm, Result, Visit, limits::Limited},
    url,
};

/// The task list.
#[derive(Debug, Template)]
#[template(path = "intake/topics.html")]
pub struct TopicsPage {
    /// The frame.
    pub frame: Frame,
    /// The topics.
    pub topics: Vec<Line>,
    /// Whether it is kept under its words.
    pub kept: bool,
    /// The number of the case that it adds to.
    pub adds_to: Option<String>,
    /// What moderators ask to be changed, where the form is open for that.
    pub asked: Option<Asked>,
}

/// A topic in the list.
#[derive(Debug)]
pub struct Line {
    /// Where it is filled in.
    pub address: String,
    /// Its name.
    pub label: String,
    /// What it asks.
    pub intro: String,
    /// How far it is, in words.
    pub state: String,
    /// Whether anything is answered.
    pub done: bool,
    /// How many notes of moderators are about it.
    pub notes: usize,
}

/// `GET /share/topics` - the list.
///
/// # Errors
/// Those of the database.
pub async fn topics(app: Data<App>, visit: Visit, browser: Browser, query: Pairs) -> Result<Reply> {
    let opened = match desk::open(&app, &visit, &browser).await? {
        Ok(opened) => opened,
        Err(elsewhere) => return Ok(elsewhere),
    };
    let mut frame = opened.frame(&visit, "intake-topics-title");
    frame.notice = notes::of(&visit, &query);
    let answers = opened.answers();
    let form = Form { book: &app.codebook, gazetteer: &app.gazetteer, answers: &answers, lang: visit.language.code() };
    let request = opened.draft.as_ref().and_then(Draft::asked_for);
    let about = |topic: &str| {
        let notes = request.into_iter().flat_map(|request| &request.notes);
        notes.filter(|note| topic_of(&app.codebook, &note.input) == Some(topic)).count()
    };
    let lines = form.overview().into_iter().map(|topic| Line {
        address: url::share_topic(topic.code),
        label: topic.label.to_owned(),
        intro: topic.intro.to_owned(),
        state: state(&frame, topic.answered, topic.asked, topic.missing),
        done: topic.answered > 0 && topic.missing == 0,
        notes: about(topic.code),
    });
    let adds_to = answers.adds_to().map(|case| case.to_string());
    let asked = opened.asked(&app, visit.language);
    let page = TopicsPage { topics: lines.collect(), kept: opened.is_kept(), adds_to, asked, frame };
    opened.reply(&app, page)
}

fn state(frame: &Frame, answered: usize, asked: usize, missing: usize) -> String {
    match (answered, missing) {
        (_, 1..) => frame.tn("intake-topic-missing", missing),
        (0, 0) => frame.t("intake-topic-empty"),
        _ => frame.t2("intake-topic-answered", "answered", answered, "asked", asked),
    }
}

/// `POST /share/keep` - keeps the form for another day (row C13).
///
/// # Errors
/// Those of the database.
pub async fn keep(app: Data<App>, browser: Browser, _form: PostForm) -> Result<Reply> {
    browser.check(&app, Limited::Save)?;
    first::keep(&app, browser.token_or_new(&app)).await
}
