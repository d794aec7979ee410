//! `/share/preview` - exactly what would be public at the chosen disclosure, what is marked in it, the licence, and sending.

use actix_web::web::Data;
use askama::Template;
use casebook_core::{
    cases::{
        self, Alike,
        document::{Disclosure, Proximity},
        view::CaseView,
    },
    clock::Day,
    codebook::FieldCode,
    intake::{
        self, Answers, Composed, Delay, Knowers, Problems, names,
        wishes::{DELAY, KNOWERS},
    },
    moderation::{self, Wait},
    secret::Token,
    text::{Names, clean, fold_name},
};

use super::{
    browser::Reply,
    case::{Marker, Shape},
    changes,
    desk::{self, Browser, Opened, save, see, tables},
    fault, notes,
};
use crate::{
    asked::Asked,
    kit::{
        App, Error, Frame, Pairs, PostForm, Result, Visit,
        limits::Limited,
        stamp::{self, Age},
    },
    url, words,
};

/// What would be public, before it is sent.
#[derive(Debug, Template)]
#[template(path = "intake/preview.html")]
pub struct PreviewPage {
    /// The frame.
    pub frame: Frame,
    /// The case.
    pub case: Shape,
    /// What is marked in it, and what can be done about it.
    pub found: Vec<(String, String)>,
    /// Published cases that may be this one: number, title, its language.
    pub alike: Vec<(String, String, String)>,
    /// The published case that it adds to, whose level of disclosure stands.
    pub adds_to: Option<String>,
    /// How many people could have known it.
    pub knowers: Vec<Choice>,
    /// What was answered to that.
    pub knew: &'static str,
    /// Few could have known it.
    pub is_few: bool,
    /// How much later it is to be published.
    pub delays: Vec<Choice>,
    /// The months in which it would be published if it were accepted today; none where it would not wait.
    pub expected: Option<String>,
    /// The levels of disclosure.
    pub levels: Vec<Level>,
    /// The sentence on how many cities fit, and the advice where few do.
    pub crowd: Vec<String>,
    /// The level that is shown.
    pub shown: &'static str,
    /// For how many weeks an unpublished case lasts.
    pub weeks: u32,
    /// What moderators ask to be changed, where the form is open for that.
    pub asked: Option<Asked>,
    /// What the contributor says to that.
    pub reply: String,
    /// Why it cannot be sent.
    pub reply_problem: Option<String>,
    /// When the form was shown, signed.
    pub stamp: String,
}

/// A code on offer.
#[derive(Debug)]
pub struct Choice {
    /// The value.
    pub code: String,
    /// Its name.
    pub label: String,
    /// What it means.
    pub definition: String,
    /// Whether it is chosen.
    pub chosen: bool,
}

/// A level of disclosure on offer.
#[derive(Debug)]
pub struct Level {
    /// The value.
    pub code: &'static str,
    /// Its name.
    pub label: String,
    /// How many cities fit.
    pub fits: String,
}

/// What is still in the way of sending.
#[derive(Debug, Template)]
#[template(path = "intake/unready.html")]
pub struct UnreadyPage {
    /// The frame.
    pub frame: Frame,
    /// Where it is mended, and what is wrong.
    pub problems: Vec<(String, String)>,
}

/// `GET /share/preview` - what would be public, with its marks, likely duplicates and the last questions (rows C14, C20, C21, C22); or what is missing.
///
/// # Errors
/// Those of the database.
pub async fn preview(app: Data<App>, visit: Visit, browser: Browser, query: Pairs) -> Result<Reply> {
    let opened = match desk::open(&app, &visit, &browser).await? {
        Ok(opened) => opened,
        Err(elsewhere) => return Ok(elsewhere),
    };
    if opened.draft.is_none() {
        return Ok(Reply::of(see(url::share())));
    }
    let (state, answers, asker) = (app.clone(), opened.answers(), visit.clone());
    let composed = app
        .read(move |r| {
            let made = match intake::compose(r, &state.intake(), &answers, None)? {
                Ok(made) => made,
                Err(problems) => return Ok(Err(problems)),
            };
            let view = intake::view(r, &made.document, &made.organisations, tables(&state, &asker))?;
            let alike = if answers.adds_to().is_some() { Vec::new() } else { cases::alike(r, &made.full)? };
            Ok(Ok((made, view, alike)))
        })
        .await?;
    match composed {
        Ok((made, view, alike)) => {
            let mut frame = opened.frame(&visit, "intake-preview-title");
            frame.notice = notes::of(&visit, &query);
            opened.reply(&app, page(&app, frame, &opened, (&made, &view, alike)))
        }
        Err(problems) => opened.reply(&app, unready(&app, opened.frame(&visit, "intake-unready-title"), &problems)),
    }
}

fn page(
    app: &App,
    frame: Frame,
    opened: &Opened,
    (made, view, alike): (&Composed, &CaseView, Vec<Alike>),
) -> PreviewPage {
    let level = made.document.place.disclosure();
    let names = names(app, made, level);
    let marker = Marker::new(&frame, &names);
    let (case, answers) = (marker.shape(&made.document, view), opened.answers());
    let crowd = intake::crowd(&answers, level, &app.gazetteer);
    let knowers = answers.knowers();
    let reply = opened.draft.as_ref().map(|draft| draft.reply.clone()).unwrap_or_default();
    PreviewPage {
        case,
        found: marker.found(),
        alike: alike.into_iter().map(|case| (case.id.to_string(), case.title.text, case.title.lang)).collect(),
        adds_to: answers.adds_to().map(|case| case.to_string()),
        knowers: choices(app, &frame, KNOWERS, knowers.map_or("", Knowers::code)),
        knew: knowers.map_or("", Knowers::code),
        is_few: knowers.is_some_and(Knowers::is_few),
        delays: choices(app, &frame, DELAY, answers.delay().code()),
        expected: expected(app, &answers, &frame),
        levels: levels(app, &frame, &answers),
        crowd: crowd.map(|crowd| words::crowd(&crowd, frame.language)).unwrap_or_default(),
        shown: level.code(),
        weeks: app.config.submissions.retention_weeks,
        asked: opened.asked(app, frame.language),
        reply_problem: changes::wrong_reply(&reply).map(|note| frame.t(format!("intake-note-{note}"))),
        reply,
        stamp: stamp::stamp(app, &opened.token),
        frame,
    }
}

/// What is marked beside what can be told by its form: names that give an unnamed place away, and cities of the gazetteer other than a
/// place that is to be named.
fn names(app: &App, made: &Composed, level: Disclosure) -> Names {
    let gazetteer = app.gazetteer.clone();
    if level != Disclosure::Named {
        return made.giveaways.clone().with_cities(move |words| gazetteer.knows(words));
    }
    let named: Vec<String> = made.document.place.places().iter().map(|place| fold_name(&place.name)).collect();
    Names::none().with_cities(move |words| gazetteer.knows(words) && !named.contains(&fold_name(words)))
}

fn choices(app: &App, frame: &Frame, field: &str, chosen: &str) -> Vec<Choice> {
    let codes = app.codebook.field(field).into_iter().flat_map(|field| field.current_codes());
    let choice = |code: &FieldCode| Choice {
        code: code.code.clone(),
        label: code.label(frame.lang()).to_owned(),
        definition: code.definition(frame.lang()).to_owned(),
        chosen: code.code == chosen,
    };
    codes.map(choice).collect()
}

/// Row C22: roughly when it would be public, to the month.
fn expected(app: &App, answers: &Answers, frame: &Frame) -> Option<String> {
    let public_sources = answers.first("proximity") == Proximity::PublicSources.code();
    let (wait, today) = (Wait { public_sources, delay: answers.delay(), paused: false }, app.clock.today());
    let (first, last) = moderation::expected(today, wait, &app.config.accounts);
    let month = |day: Day| day.format("%Y-%m").to_string();
    let (first, last) = (month(first), (last > today).then(|| month(last))?);
    Some(if first == last {
        frame.t1("intake-expected-month", "month", first)
    } else {
        frame.t2("intake-expected", "first", first, "last", last)
    })
}

fn levels(app: &App, frame: &Frame, answers: &Answers) -> Vec<Level> {
    let level = |level: Disclosure| Level {
        code: level.code(),
        label: app.codebook.label("place_disclosure", level.code(), frame.lang()).to_owned(),
        fits: intake::crowd(answers, level, &app.gazetteer)
            .map(|crowd| frame.tn("intake-fits", crowd.cities))
            .unwrap_or_default(),
    };
    [Disclosure::SizeClass, Disclosure::Region, Disclosure::Named].into_iter().map(level).collect()
}

/// Each problem leads to the page where it is mended.
fn unready(app: &App, frame: Frame, problems: &Problems) -> UnreadyPage {
    let address = |input: &str| {
        if intake::is_on_first_page(&app.codebook, input) {
            return url::share();
        }
        names::topic_of(&app.codebook, input).map_or_else(url::share_topics, url::share_topic)
    };
    let told = fault::told(problems, frame.language).into_iter().map(|wrong| {
        let label = label(app, &wrong.input, frame.lang());
        (address(&wrong.input), frame.t2("intake-problem", "label", label, "words", wrong.words))
    });
    UnreadyPage { problems: told.collect(), frame }
}

/// The name of the question that an input belongs to.
pub(super) fn label(app: &App, input: &str, lang: &str) -> String {
    let known = input.split('.').filter_map(|word| app.codebook.field(word)).next_back();
    known.map_or_else(|| input.to_owned(), |field| field.label(lang).to_owned())
}

/// `POST /share/preview` - shows another level of disclosure, or sends.
///
/// # Errors
/// Those of the database and of the rate limit.
pub async fn decide(app: Data<App>, browser: Browser, form: PostForm) -> Result<Reply> {
    let level: Option<Disclosure> = form.first("place_disclosure").parse().ok();
    let knowers: Option<Knowers> = form.first(KNOWERS).parse().ok();
    let delay: Option<Delay> = form.first(DELAY).parse().ok();
    let reply = form.get("reply").map(|typed| clean(typed).trim().to_owned());
    let saved = save(&app, &browser, form.pairs(), move |draft, _| {
        draft.reply = reply.unwrap_or_else(|| std::mem::take(&mut draft.reply));
        let chosen = [
            ("place_disclosure", level.map(Disclosure::code)),
            (KNOWERS, knowers.map(Knowers::code)),
            (DELAY, delay.map(Delay::code)),
        ];
        for (input, code) in chosen.into_iter().filter_map(|(input, code)| Some((input, code?))) {
            draft.answers.set(input, [code]);
        }
        draft.checked = true;
        changes::wrong_reply(&draft.reply)
    });
    let saved = match saved.await? {
        Ok(saved) => saved,
        Err(elsewhere) => return Ok(elsewhere),
    };
    let address = if saved.fresh {
        url::share_noting("fresh")
    } else if form.first("next") != "send" {
        url::share_preview()
    } else if level.is_some_and(|level| level.code() != form.first("shown")) {
        url::noting(&url::share_preview(), "level")
    } else if knowers.is_some_and(|few| few.is_few() && few.code() != form.first("knew")) {
        url::noting(&url::share_preview(), "few")
    } else if !form.has("licence") {
        url::noting(&url::share_preview(), "licence")
    } else if let Some(note) = saved.value {
        url::share_reply(note)
    } else if let Some(note) = suspicion(&app, &saved.token, form.pairs()) {
        url::noting(&url::share_preview(), note)
    } else {
        browser.check(&app, Limited::Send)?;
        send(&app, saved.token.clone()).await?
    };
    saved.lead(&app, address)
}

/// The name of the field that nobody sees and programs fill in; it stands in the template too.
const EMPTY: &str = "homepage";

/// What makes the form look as if a program sent it: the note that says so. Nothing is lost by it, the draft is saved already.
fn suspicion(app: &App, token: &Token, pairs: &Pairs) -> Option<&'static str> {
    if !pairs.first(EMPTY).is_empty() {
        return Some("filled");
    }
    match stamp::age(app, token, pairs.first(stamp::FIELD)) {
        Age::Early => Some("early"),
        Age::Late => Some("late"),
        Age::Fine => None,
    }
}

/// Sends, and says where that leads. A copy of the same form that arrives at the same moment finds it sent.
async fn send(app: &Data<App>, token: Token) -> Result<String> {
    let once = || {
        let (state, token) = (app.clone(), token.clone());
        async move { app.write_unrecorded(move |tx| intake::send(tx, &token, &state.intake())).await }
    };
    let sent = match once().await {
        Err(Error::Conflict(_)) => once().await?,
        other => other?,
    };
    Ok(changes::after(&sent))
}
