//! `/return/case` - a contributor's own case: where it stands, why, the text to copy, what moderators ask, withdrawing (rows C3, C7, C8, C9, C11).

use actix_web::web::Data;
use askama::Template;
use casebook_core::{
    cases::{difference::Difference, view::CaseView},
    codebook::FieldKind,
    intake::{self, Answers, OwnCase, State},
    secret::Token,
    text::Names,
};

use super::{
    browser::{Reply, form_token},
    case::{Marker, Shape},
    correction::CorrectionBlock,
    desk::{Browser, see, tables},
    messages::Exchange,
    notes,
};
use crate::{
    asked::{self, Asked},
    difference::DifferenceBlock,
    kit::{App, Error, Frame, Language, Page, Pairs, PostForm, Result, Visit, limits::Limited},
    url,
};

/// A contributor's own case.
#[derive(Debug, Template)]
#[template(path = "intake/own.html")]
pub struct OwnPage {
    /// The frame.
    pub frame: Frame,
    /// Where it stands.
    pub state: String,
    /// What that means.
    pub means: String,
    /// The week in which it was sent.
    pub week: String,
    /// Until when it is kept.
    pub until: Option<String>,
    /// In how many weeks it goes, where that is soon.
    pub ending: Option<u32>,
    /// The day of publication, while it waits.
    pub due: Option<String>,
    /// Where the case is that came of it.
    pub case: Option<String>,
    /// Why it was declined, and what the moderator adds.
    pub reason: Option<(String, String)>,
    /// What was written about it, and the form for more.
    pub exchange: Exchange,
    /// What moderators ask to be changed.
    pub asked: Option<Asked>,
    /// What can be asked for after publication.
    pub correction: Option<CorrectionBlock>,
    /// The final text that waits for its day.
    pub waiting: Option<Shape>,
    /// What the moderators changed, once there is a final text; none within where they changed nothing.
    pub changes: Option<Option<DifferenceBlock>>,
    /// What was sent, to be copied.
    pub text: Option<String>,
    /// What was changed and not sent before the moderators went on, to be copied.
    pub left: Option<String>,
    /// Whether it can still be withdrawn.
    pub withdrawable: bool,
}

/// Asks whether it is really to be withdrawn.
#[derive(Debug, Template)]
#[template(path = "intake/withdraw.html")]
pub struct WithdrawPage {
    /// The frame.
    pub frame: Frame,
}

/// The token of a browser whose time for reading is not over.
fn awake(browser: &Browser) -> Option<Token> {
    browser.token.clone().filter(|_| browser.awake)
}

/// The way back for a browser whose time for reading is over.
fn idle() -> Reply {
    Reply::of(see(url::return_noting("idle")))
}

/// `GET /return/case` - where it stands.
///
/// # Errors
/// Those of the database.
pub async fn own(app: Data<App>, visit: Visit, browser: Browser, query: Pairs) -> Result<Reply> {
    let Some(token) = awake(&browser) else { return Ok(idle()) };
    let (state, asker, cookie) = (app.clone(), visit.clone(), token.clone());
    let found = app.read(move |r| {
        let Some(own) = intake::own_case(r, &cookie)? else { return Ok(None) };
        let new = own.account.as_ref().map(|account| account.organisations.clone()).unwrap_or_default();
        let waiting = own.waiting.as_ref();
        let view = waiting.map(|document| intake::view(r, document, &new, tables(&state, &asker))).transpose()?;
        let changes = intake::changes_to(r, &own, tables(&state, &asker))?;
        Ok(Some((own, view, changes)))
    });
    let Some((own, view, changes)) = found.await? else { return Ok(Reply::of(see(url::return_()))) };
    let notice = notes::of(&visit, &query);
    let frame = Frame { csrf: form_token(&token), notice, ..visit.frame("intake-own-title") };
    let page = OwnPage {
        changes: changes.map(|found| told(found, &visit)),
        ..page(&app, frame, &own, (view.as_ref(), query.first("note")))
    };
    Reply::of(Page::new(page)).with_deadline(&app, &token)
}

fn page(app: &App, frame: Frame, own: &OwnCase, (view, note): (Option<&CaseView>, &str)) -> OwnPage {
    let (lang, language) = (frame.lang(), frame.language);
    let (state, today) = (own.submission.state, app.clock.today());
    let code = app.codebook.field("submission_state").and_then(|field| field.code(state.code()));
    let names = Names::none();
    let marker = Marker::new(&frame, &names);
    let reason = |reason: &intake::review::Reason| {
        (app.codebook.label("decline_reason", reason.code.as_str(), lang).to_owned(), reason.text.clone())
    };
    OwnPage {
        state: app.codebook.label("submission_state", state.code(), lang).to_owned(),
        means: code.map(|code| code.definition(lang).to_owned()).unwrap_or_default(),
        week: own.submission.week.to_string(),
        until: own.submission.expires.filter(|_| state != State::Published).map(|day| day.to_string()),
        ending: own.submission.weeks_left(today).filter(|_| own.submission.is_ending(today)),
        due: own.submission.due.map(|day| day.to_string()),
        case: own.submission.case.as_ref().map(url::case),
        reason: own.reason.as_ref().map(reason),
        correction: CorrectionBlock::of(own, app, &frame, note),
        exchange: Exchange::new(own, &frame),
        asked: asked(own, app, &frame),
        waiting: own.waiting.as_ref().zip(view).map(|(document, view)| marker.shape(document, view)),
        changes: None,
        text: own.account.as_ref().map(|account| text(app, &account.answers, language)),
        left: own
            .left
            .as_ref()
            .map(|left| format!("{}\n\n{}", text(app, &left.answers, language), left.reply).trim_end().to_owned()),
        withdrawable: state.is_withdrawable(),
        frame,
    }
}

/// What is asked at present, or else what was asked before with what was said to it.
fn asked(own: &OwnCase, app: &App, frame: &Frame) -> Option<Asked> {
    let of = |request| Asked::of(request, false, &app.codebook, frame.language);
    let answered = own.answered.as_ref().map(|(request, reply)| of(request).answered(reply));
    own.request.as_ref().map(of).or(answered)
}

fn told(changes: Difference, visit: &Visit) -> Option<DifferenceBlock> {
    (!changes.is_empty()).then(|| DifferenceBlock::new(changes, visit.language))
}

/// Everything that was answered, as plain text: the account first, then the other answers with their questions.
fn text(app: &App, answers: &Answers, language: Language) -> String {
    let told = answers.pairs().filter(|(name, value)| *name != "narrative" && !value.trim().is_empty());
    let line = |(name, value): (&str, &str)| {
        let field = app.codebook.field(name.rsplit('.').next().unwrap_or(name));
        let value = match field {
            Some(field) if field.kind == FieldKind::Country => app.gazetteer.country(value).map_or(value, |it| it.name),
            Some(field) => field.code(value).map_or(value, |code| code.label(language.code())),
            None => value,
        };
        format!("{}: {value}", asked::label(name, &app.codebook, language))
    };
    let lines: Vec<String> = told.map(line).collect();
    format!("{}\n\n{}", answers.first("narrative"), lines.join("\n"))
}

/// `GET /return/withdraw` - asks once more.
///
/// # Errors
/// Those of the database.
pub async fn ask(app: Data<App>, visit: Visit, browser: Browser) -> Result<Reply> {
    let Some(token) = awake(&browser) else { return Ok(idle()) };
    let frame = Frame { csrf: form_token(&token), ..visit.frame("intake-withdraw-title") };
    Reply::of(Page::new(WithdrawPage { frame })).with_deadline(&app, &token)
}

/// `POST /return/withdraw` - takes it back at once.
///
/// # Errors
/// [`Error::Conflict`] where it is published already, and those of the database.
pub async fn withdraw(app: Data<App>, browser: Browser, _form: PostForm) -> Result<Reply> {
    browser.check(&app, Limited::Save)?;
    let token = browser.token.clone().ok_or(Error::Forged)?;
    match app.write_unrecorded(move |tx| intake::withdraw(tx, &token)).await {
        Ok(()) => Ok(Reply::of(see(url::return_noting("withdrawn"))).clearing(&app)),
        Err(Error::NotFound) => Ok(Reply::of(see(url::return_()))),
        Err(error) => Err(error),
    }
}

/// `POST /return/stop` - stops a text that waits for its day.
///
/// # Errors
/// [`Error::Conflict`] where it does not wait any more, and those of the database.
pub async fn stop(app: Data<App>, browser: Browser, _form: PostForm) -> Result<Reply> {
    browser.check(&app, Limited::Save)?;
    let token = browser.token.clone().ok_or(Error::Forged)?;
    let state = app.clone();
    match app.write_unrecorded(move |tx| intake::stop(tx, &token, &state.intake())).await {
        Ok(()) => Ok(Reply::of(see(url::noting(&url::return_case(), "stopped")))),
        Err(Error::NotFound) => Ok(Reply::of(see(url::return_()))),
        Err(error) => Err(error),
    }
}
