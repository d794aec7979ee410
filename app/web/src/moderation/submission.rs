//! `/staff/submissions/{id}` - what was sent beside the case that is made of it, and what can be done with it.

use actix_web::{
    HttpResponse,
    web::{Data, Path},
};
use askama::Template;
use casebook_core::{
    ids::SubmissionId,
    intake::State,
    moderation::{self, About, Decision, Subject, Verdict},
};

use super::{
    changes::AnsweredBlock,
    desk::{self, Desk, Point},
    inbox::Exchange,
    looked,
    notes::NoteLine,
    office, queue,
    received::Received,
    say, tables,
    words::{self, Choice, Overview},
};
use crate::{
    kit::{
        App, Error, Filled, Frame, Message, Moderator, Page, PostForm, Problems, Result, Sample, SeeOther,
        page::sample_visit,
    },
    url,
};

/// A submission under review.
#[derive(Debug, Template)]
#[template(path = "moderation/submission.html")]
pub struct SubmissionPage {
    /// The frame.
    pub frame: Frame,
    /// Where acts on it are sent.
    pub address: String,
    /// Where it stands.
    pub state: State,
    /// The words for it.
    pub state_words: String,
    /// The words for its completeness.
    pub completeness: String,
    /// Its author never confirmed the words.
    pub unconfirmed: bool,
    /// The day of publication, while it waits.
    pub due: Option<String>,
    /// The case that came of it.
    pub case: Option<String>,
    /// What was sent; none once it is destroyed.
    pub received: Option<Received>,
    /// The case that it adds to has moved on from the revision that the draft was made from.
    pub is_behind: bool,
    /// What was asked of its contributor, and answered.
    pub answered: Option<AnsweredBlock>,
    /// The case that is made of it.
    pub draft: Option<Overview>,
    /// Reasons for declining.
    pub reasons: Vec<Choice>,
    /// Why it was declined: the words for the reason, and what was added.
    pub declined: Option<(String, String)>,
    /// How it is handled.
    pub desk: Desk,
    /// What has to be looked at.
    pub points: Vec<Point>,
    /// Internal notes.
    pub notes: Vec<NoteLine>,
    /// What was written to its author and by them.
    pub exchange: Exchange,
    /// What was typed.
    pub form: Filled,
}

impl SubmissionPage {
    /// Whether it stands there.
    fn is(&self, state: &str) -> bool {
        self.state.code() == state
    }

    /// Whether declining was tried.
    fn is_declining(&self) -> bool {
        ["reason", "text"].iter().any(|input| self.form.problem(input).is_some())
    }
}

/// `GET /staff/submissions/{id}` - opens it.
///
/// # Errors
/// [`crate::kit::Error::NotFound`].
pub async fn show(app: Data<App>, by: Moderator, id: Path<SubmissionId>) -> Result<Page<SubmissionPage>> {
    let (id, authority, office) = (id.into_inner(), by.authority(), office(&app, &by.visit));
    let subject = Subject::Submission(id.clone());
    let (language, lang, state) = (by.visit.language, by.visit.language.code(), app.clone());
    let (opened, shown, answered, oversight, notes, thread) = app
        .read(move |r| {
            let opened = moderation::open(r, &authority, &id)?;
            let shown = match &opened.draft {
                Some(_) => Some(moderation::show(r, &authority, &subject, None, &office)?),
                None => None,
            };
            let oversight = moderation::oversight(r, &authority, &opened)?;
            let thread = moderation::thread(r, &authority, &id)?;
            let answered = moderation::answered(r, &authority, &opened, &office, tables(&state, lang))?;
            let notes = moderation::notes(r, &authority, &About::Submission(id))?;
            Ok((opened, shown, answered, oversight, notes, thread))
        })
        .await?;
    let submission = &opened.submission;
    let mut frame = by.frame("moderation-submission-title");
    let adds_to = opened.account.as_ref().and_then(|account| account.answers.adds_to());
    frame.title = queue::kicker(submission, adds_to.as_ref(), &frame);
    let code = |field: &str, code: &str| app.codebook.label(field, code, lang).to_lowercase();
    let form = app.form_for(&by.visit, Filled::default());
    Ok(Page::new(SubmissionPage {
        address: url::submission(&submission.id),
        state: submission.state,
        state_words: code("submission_state", submission.state.code()),
        completeness: code("completeness", submission.completeness.as_deref().unwrap_or_default()),
        unconfirmed: submission.unconfirmed,
        due: submission.due.map(|day| day.to_string()),
        case: submission.case.as_ref().map(url::case),
        received: opened.account.as_ref().map(|account| Received::of(account, &app, language)),
        is_behind: opened.is_behind,
        answered: answered.map(|answered| AnsweredBlock::new(answered, &app, language)),
        draft: shown.map(|shown| {
            let sheet = |name: &str| url::submission_sheet(&submission.id, name);
            words::overview(&shown, &app, language, sheet, url::submission_preview(&submission.id)).choosing(&form)
        }),
        reasons: words::choices(&app.codebook, "decline_reason", form.value("reason"), language),
        declined: opened.reason.as_ref().map(|reason| {
            (app.codebook.label("decline_reason", reason.code.as_str(), lang).to_owned(), reason.text.clone())
        }),
        desk: Desk::new(&opened, oversight, &app, language),
        points: desk::points(&app, &form, language),
        notes: notes.into_iter().map(NoteLine::from).collect(),
        exchange: Exchange::new(&thread, &frame),
        form,
        frame,
    }))
}

/// `POST /staff/submissions/{id}/begin` - begins the review: a draft of the case is made of what was sent.
///
/// # Errors
/// [`crate::kit::Error::Conflict`] if somebody else was faster.
pub async fn begin(app: Data<App>, by: Moderator, id: Path<SubmissionId>, _: PostForm) -> Result<SeeOther> {
    let (authority, office) = (by.authority(), office(&app, &by.visit));
    let back = url::submission(&id);
    app.write(by.actor(), move |tx| moderation::begin(tx, &authority, &id, &office)).await?;
    Ok(SeeOther(back))
}

/// `POST /staff/submissions/{id}/begin-anew` - makes the draft of an addition anew, from the case as it is by now.
///
/// # Errors
/// [`crate::kit::Error::Conflict`] if the case has not moved on.
pub async fn begin_anew(app: Data<App>, by: Moderator, id: Path<SubmissionId>, _: PostForm) -> Result<SeeOther> {
    let (authority, office) = (by.authority(), office(&app, &by.visit));
    let back = url::submission(&id);
    app.write(by.actor(), move |tx| moderation::begin_anew(tx, &authority, &id, &office)).await?;
    say(&app, &by, "moderation-begun-anew");
    Ok(SeeOther(back))
}

/// `POST /staff/submissions/{id}/decline` - says no, with a reason; nothing is deleted.
///
/// # Errors
/// Those of the database. Where it moved on meanwhile, what was typed is shown to be copied.
pub async fn decline(app: Data<App>, by: Moderator, id: Path<SubmissionId>, form: PostForm) -> Result<HttpResponse> {
    let again = |problems| Ok(app.again(&by.visit, url::submission(&id), form.pairs().clone(), problems).into());
    let decision = match Decision::parse(form.first("reason"), form.first("text"), &app.codebook) {
        Ok(decision) => decision,
        Err(wrong) => return again(words::problems(&wrong)),
    };
    let (authority, office, declined) = (by.authority(), office(&app, &by.visit), SubmissionId::clone(&id));
    let done = app.write(by.actor(), move |tx| moderation::decline(tx, &authority, &declined, decision, &office)).await;
    if let Err(Error::Conflict(why)) = done {
        return again(Problems::one("text", why));
    }
    done?;
    say(&app, &by, "moderation-declined");
    Ok(see_other(url::queue()))
}

/// `POST /staff/submissions/{id}/reopen` - looks at a declined one again.
///
/// # Errors
/// [`crate::kit::Error::Conflict`] if it is not declined any more.
pub async fn reopen(app: Data<App>, by: Moderator, id: Path<SubmissionId>, _: PostForm) -> Result<SeeOther> {
    let (authority, office) = (by.authority(), office(&app, &by.visit));
    let back = url::submission(&id);
    app.write(by.actor(), move |tx| moderation::reopen(tx, &authority, &id, &office)).await?;
    say(&app, &by, "moderation-reopened");
    Ok(SeeOther(back))
}

/// `POST /staff/submissions/{id}/accept` - what waits for its day then, or for a second moderator; waivers and checklist come with it.
///
/// # Errors
/// [`crate::kit::Error::Conflict`] if it is not under review any more.
pub async fn accept(app: Data<App>, by: Moderator, id: Path<SubmissionId>, form: PostForm) -> Result<HttpResponse> {
    let (authority, office, back) = (by.authority(), office(&app, &by.visit), url::submission(&id));
    let again = |problems| Ok(app.again(&by.visit, url::submission(&id), form.pairs().clone(), problems).into());
    let looked = match looked(&app, &by.visit, form.pairs()) {
        Ok(looked) => looked,
        Err(problems) => return again(problems),
    };
    let sought = id.clone();
    let verdict = app.write(by.actor(), move |tx| moderation::accept(tx, &authority, &sought, looked, &office)).await?;
    let waits = |key, day: casebook_core::clock::Day| Message::new(key).with("day", day.to_string());
    let message = match verdict {
        Verdict::Accepted(day) => waits("moderation-accepted", day),
        Verdict::AcceptedWithPause(day) => waits("moderation-accepted-with-pause", day),
        Verdict::AwaitsSecond => "moderation-awaits-second".into(),
        Verdict::Unready => return again(Problems::one("", "moderation-not-ready")),
        Verdict::Telling => return again(Problems::one("", "moderation-telling")),
        Verdict::Behind => return again(Problems::one("", "moderation-behind")),
    };
    say(&app, &by, message);
    Ok(see_other(back))
}

/// `POST /staff/submissions/{id}/take-back` - takes an accepted text back under review.
///
/// # Errors
/// [`crate::kit::Error::Conflict`] if it does not wait any more.
pub async fn take_back(app: Data<App>, by: Moderator, id: Path<SubmissionId>, _: PostForm) -> Result<SeeOther> {
    let (authority, office) = (by.authority(), office(&app, &by.visit));
    let back = url::submission(&id);
    app.write(by.actor(), move |tx| moderation::take_back(tx, &authority, &id, &office)).await?;
    say(&app, &by, "moderation-taken-back");
    Ok(SeeOther(back))
}

pub(super) fn see_other(address: String) -> HttpResponse {
    HttpResponse::SeeOther().insert_header((actix_web::http::header::LOCATION, address)).finish()
}

impl Sample for SubmissionPage {
    fn samples() -> Vec<(&'static str, Self)> {
        const HOSTILE: &str = "<script>alert(1)</script> </textarea> javascript:alert(1)";
        let page = |state: State, draft: Option<Overview>, words: &str, decides: &'static str| Self {
            frame: sample_visit("/staff/submissions/x").frame("moderation-submission-title"),
            address: "/staff/submissions/x".to_owned(),
            state,
            state_words: state.code().to_owned(),
            completeness: "partial".to_owned(),
            unconfirmed: state == State::Received,
            due: (state == State::Accepted).then(|| "2026-12-01".to_owned()),
            case: (state == State::Published).then(|| "/cases/7K2MQX4T".to_owned()),
            received: (state != State::Published).then(|| Received::sample(&words.repeat(20))),
            is_behind: state == State::InReview,
            answered: match state {
                State::ChangesRequested => Some(AnsweredBlock::sample(words, None)),
                State::Received => Some(AnsweredBlock::sample(words, Some(draft.is_some()))),
                _ => None,
            },
            draft,
            reasons: vec![Choice {
                code: "off_topic".to_owned(),
                label: words.to_owned(),
                definition: words.to_owned(),
                chosen: false,
            }],
            declined: (state == State::Declined).then(|| (words.to_owned(), words.to_owned())),
            desk: Desk::sample(words, decides),
            points: Point::samples(words),
            exchange: if decides == "waits" { Exchange::default() } else { Exchange::sample(words) },
            notes: (decides != "one").then(|| NoteLine::sample(words)).into_iter().collect(),
            form: match state {
                State::InReview if decides != "second" => {
                    let problems = Problems::one("reason", "moderation-choose-a-reason");
                    Filled::again(crate::kit::Pairs::default(), problems)
                }
                _ => Filled::default(),
            },
        };
        let ended = |key, page: Self| Self { exchange: Exchange::sample_ended("words", key), ..page };
        let unsent = |key: &'static str, page: Self| {
            let typed = std::iter::once(("message".to_owned(), HOSTILE.to_owned())).collect();
            Self { form: Filled::again(typed, Problems::one("message", key)), ..page }
        };
        let full = ended("moderation-message-full", page(State::Received, None, "words", "one"));
        let taken = page(State::InReview, Some(Overview::sample(true)), HOSTILE, "second");
        vec![
            ("thread full, with an answer", unsent("moderation-message-full", full)),
            ("claimed by another, with an answer", unsent("moderation-message-taken", taken)),
            ("thread closed", ended("moderation-message-closed", page(State::Published, None, "words", "one"))),
            ("received", page(State::Received, None, "words", "one")),
            ("changes asked for", page(State::ChangesRequested, Some(Overview::sample(false)), HOSTILE, "one")),
            ("answered", page(State::Received, Some(Overview::sample(false)), HOSTILE, "one")),
            ("in review", page(State::InReview, Some(Overview::sample(true)), HOSTILE, "first")),
            ("claimed by another", page(State::InReview, Some(Overview::sample(true)), HOSTILE, "second")),
            ("half accepted", page(State::InReview, Some(Overview::sample(false)), "words", "waits")),
            ("pause", page(State::InReview, Some(Overview::sample(false)), &"words ".repeat(200), "pause")),
            ("accepted", page(State::Accepted, Some(Overview::sample(false)), "words", "one")),
            ("declined", page(State::Declined, None, HOSTILE, "one")),
            ("published", page(State::Published, None, "words", "one")),
        ]
    }
}
