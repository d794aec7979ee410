//! `/share` - the first page: what is required, and one large box for the account.

use actix_web::web::Data;
use askama::Template;
use casebook_core::{
    cases::document::Disclosure,
    intake::{self, Answers, Draft, Form, first_questions, form::Question, is_on_first_page, merge_first},
};

use super::{
    browser::Reply,
    build::{Builder, Hints, Listed, listed},
    desk::{self, Browser, Opened, save, see},
    field::Field,
    notes,
};
use crate::{
    kit::{App, Frame, Pairs, PostForm, Result, Visit},
    url, words,
};

/// The first page of the form.
#[derive(Debug, Template)]
#[template(path = "intake/first.html")]
pub struct FirstPage {
    /// The frame.
    pub frame: Frame,
    /// What is wrong, leading to the questions.
    pub problems: Vec<Listed>,
    /// The questions.
    pub fields: Vec<Field>,
    /// Whether something was saved before, so that there is more to come back to.
    pub begun: bool,
    /// Countries that inputs offer.
    pub countries: Vec<String>,
}

/// `GET /share` - the first page.
///
/// # Errors
/// Those of the database.
pub async fn first(app: Data<App>, visit: Visit, browser: Browser, query: Pairs) -> Result<Reply> {
    match desk::open(&app, &visit, &browser).await? {
        Ok(opened) => opened.reply(&app, page(&app, &visit, &opened, &query)),
        Err(elsewhere) => Ok(elsewhere),
    }
}

fn page(app: &App, visit: &Visit, opened: &Opened, query: &Pairs) -> FirstPage {
    let mut frame = opened.frame(visit, "intake-first-title");
    frame.notice = notes::of(visit, query);
    let answers = opened.answers();
    let wrong = desk::wrong(&opened.problems, visit.language, |input| is_on_first_page(&app.codebook, input));
    let hints = crowd_hint(&frame, &answers, app);
    let form = Form { book: &app.codebook, gazetteer: &app.gazetteer, answers: &answers, lang: visit.language.code() };
    let builder = Builder {
        frame: &frame,
        gazetteer: &app.gazetteer,
        wrong: &wrong,
        hints: &hints,
        asked: opened.draft.as_ref().and_then(Draft::asked_for),
        several_countries: false,
    };
    let fields: Vec<Field> = questions(&form, app).iter().map(|question| builder.field(question, false)).collect();
    FirstPage {
        problems: listed(&frame, &wrong, &fields.iter().collect::<Vec<_>>()),
        fields,
        begun: opened.draft.is_some(),
        countries: Vec::new(),
        frame,
    }
}

/// The questions of the first page, without what is asked around their answers.
fn questions<'a>(form: &Form<'a>, app: &'a App) -> Vec<Question<'a>> {
    let wanted = first_questions(&app.codebook);
    let topics = app.codebook.sections().iter().filter_map(|section| form.topic(&section.code));
    let mut found: Vec<Question<'a>> =
        topics.flat_map(|topic| topic.questions).filter(|question| wanted.contains(&question.field)).collect();
    found.sort_by_key(|question| wanted.iter().position(|field| *field == question.field));
    for question in &mut found {
        question.standing = None;
        question.sources = Vec::new();
        for choice in &mut question.choices {
            choice.details.retain(|detail| is_on_first_page(&app.codebook, &detail.name));
        }
    }
    found
}

/// How many cities fit, where readers would learn the country, and of a municipality its size (row S13).
pub(super) fn crowd_hint(frame: &Frame, answers: &Answers, app: &App) -> Hints {
    let level = answers.first("place_disclosure").parse().unwrap_or(Disclosure::SizeClass);
    let crowd = intake::crowd(answers, level, &app.gazetteer);
    crowd.map(|crowd| ("city".to_owned(), words::crowd(&crowd, frame.language))).into_iter().collect()
}

/// `POST /share` - saves the first page and leads on, or back to what is missing.
///
/// # Errors
/// Those of the rate limit's page.
pub async fn save_first(app: Data<App>, browser: Browser, form: PostForm) -> Result<Reply> {
    let (posted, next, again) = (pairs(&form), form.first("next").to_owned(), form.has("again"));
    let saved = save(&app, &browser, form.pairs(), move |draft, book| {
        draft.checked |= next_is_on(&next);
        merge_first(&mut draft.answers, &posted, book)
    });
    let saved = match saved.await? {
        Ok(saved) => saved,
        Err(elsewhere) => return Ok(elsewhere),
    };
    if saved.value.is_err() {
        return saved.lead(&app, url::share_noting("too-much"));
    }
    if saved.fresh && again {
        return saved.lead(&app, url::share_noting("fresh"));
    }
    let address = match form.first("next") {
        "keep" => return keep(&app, saved.token.clone()).await,
        "topics" | "send" if is_wrong(&app, saved.token.clone()).await? => url::share(),
        "topics" => url::share_topics(),
        "send" => url::share_preview(),
        _ => url::share_noting("saved"),
    };
    saved.lead(&app, address)
}

/// Whether going on means that what is missing is to be said.
fn next_is_on(next: &str) -> bool {
    matches!(next, "topics" | "send")
}

/// Whether something on the first page needs attention.
async fn is_wrong(app: &Data<App>, token: casebook_core::secret::Token) -> Result<bool> {
    let state = app.clone();
    app.read(move |r| {
        let Some(draft) = intake::draft::load(r, &token)? else { return Ok(false) };
        let composed = intake::compose(r, &state.intake(), &draft.answers, None)?;
        let here = |input: &str| is_on_first_page(&state.codebook, input);
        Ok(composed.is_err_and(|problems| problems.iter().any(|problem| here(&problem.input))))
    })
    .await
}

/// What was posted, as the core takes it.
pub(super) fn pairs(form: &PostForm) -> Vec<(String, String)> {
    form.iter().map(|(name, value)| (name.to_owned(), value.to_owned())).collect()
}

/// Keeps what is open under its words, and leads to them as long as they are not confirmed.
pub(super) async fn keep(app: &Data<App>, token: casebook_core::secret::Token) -> Result<Reply> {
    let (state, cookie) = (app.clone(), token.clone());
    app.write_unrecorded(move |tx| intake::keep(tx, &cookie, &state.intake())).await?;
    Ok(Reply::of(see(url::share_words())).with(app, &token))
}
