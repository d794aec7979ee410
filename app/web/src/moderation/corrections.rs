//! `/staff/corrections/{id}` - what the contributor of a published account asks for, and the answer (row C12).

use actix_web::{
    HttpResponse,
    web::{Data, Path},
};
use askama::Template;
use casebook_core::{
    ids::SubmissionId,
    intake::corrections::OpenedCorrection,
    moderation::{self, CorrectionAnswer},
};

use super::{
    office, say,
    submission::see_other,
    words::{self, Choice},
};
use crate::{
    kit::{
        App, Error, Filled, Frame, Message, Moderator, Page, PostForm, Problems, Result, Sample, page::sample_visit,
    },
    url,
};

/// A request, for answering it.
#[derive(Debug, Template)]
#[template(path = "moderation/correction.html")]
pub struct CorrectionPage {
    /// The frame.
    pub frame: Frame,
    /// Where the answer is sent.
    pub address: String,
    /// The week in which it was asked for.
    pub week: String,
    /// Tells the request from one that is made later.
    pub round: String,
    /// What is asked; none once it is destroyed.
    pub text: Option<String>,
    /// The public page of the case, and where it is revised, hidden or redacted.
    pub case: Option<(String, String)>,
    /// The outcome, the words and the day of the answer.
    pub answer: Option<(String, String, String)>,
    /// What can come of it.
    pub outcomes: Vec<Choice>,
    /// What was typed.
    pub form: Filled,
}

/// `GET /staff/corrections/{id}` - opens it.
///
/// # Errors
/// [`Error::NotFound`].
pub async fn show(app: Data<App>, by: Moderator, id: Path<SubmissionId>) -> Result<Page<CorrectionPage>> {
    let (id, authority) = (id.into_inner(), by.authority());
    let address = url::correction(&id);
    let (opened, case) = app.read(move |r| moderation::correction(r, &authority, &id)).await?;
    let OpenedCorrection { request, round, text, answer } = opened;
    let (form, language) = (app.form_for(&by.visit, Filled::default()), by.visit.language);
    let outcome = |code: &str| app.codebook.label("correction_outcome", code, language.code()).to_owned();
    Ok(Page::new(CorrectionPage {
        frame: by.frame(Message::new(format!("moderation-kind-{}", request.kind.code()))),
        address,
        week: request.week.to_string(),
        round,
        text,
        case: case.map(|case| (url::case(&case), url::staff_case(&case))),
        answer: answer.map(|answer| (outcome(answer.outcome.as_str()), answer.text, answer.day.to_string())),
        outcomes: words::choices(&app.codebook, "correction_outcome", form.value("outcome"), language),
        form,
    }))
}

/// `POST /staff/corrections/{id}` - answers it. Where somebody else was faster, what was typed is shown beside their answer.
///
/// # Errors
/// [`Error::NotFound`].
pub async fn answer(app: Data<App>, by: Moderator, id: Path<SubmissionId>, form: PostForm) -> Result<HttpResponse> {
    let again = |problems| Ok(app.again(&by.visit, url::correction(&id), form.pairs().clone(), problems).into());
    let (round, outcome, text) = (form.first("round"), form.first("outcome"), form.first("text"));
    let answer = match CorrectionAnswer::parse(round, outcome, text, &app.codebook) {
        Ok(answer) => answer,
        Err(wrong) => return again(words::problems(&wrong)),
    };
    let (authority, office, to) = (by.authority(), office(&app, &by.visit), SubmissionId::clone(&id));
    let done =
        app.write(by.actor(), move |tx| moderation::answer_correction(tx, &authority, &to, answer, &office)).await;
    if let Err(Error::Conflict(why)) = done {
        return again(Problems::one("text", why));
    }
    done?;
    say(&app, &by, "correction-done");
    Ok(see_other(url::correction(&id)))
}

impl Sample for CorrectionPage {
    fn samples() -> Vec<(&'static str, Self)> {
        const HOSTILE: &str = "<script>alert(1)</script> </textarea> javascript:alert(1)";
        let choice = Choice {
            code: "granted".to_owned(),
            label: HOSTILE.to_owned(),
            definition: HOSTILE.to_owned(),
            chosen: false,
        };
        let page = |answered: bool, form: Filled| Self {
            frame: sample_visit("/staff/corrections/x").frame("moderation-kind-correction"),
            address: "/staff/corrections/x".to_owned(),
            week: "2026-W48".to_owned(),
            round: HOSTILE.to_owned(),
            text: (!answered).then(|| HOSTILE.repeat(20)),
            case: Some(("/cases/7K2MQX4T".to_owned(), "/staff/cases/7K2MQX4T".to_owned())),
            answer: answered.then(|| (HOSTILE.to_owned(), HOSTILE.to_owned(), "2026-11-23".to_owned())),
            outcomes: vec![choice.clone()],
            form,
        };
        let wrong = Problems::one("text", "correction-no-text");
        let typed = std::iter::once(("text".to_owned(), HOSTILE.repeat(20))).collect();
        vec![
            ("open", page(false, Filled::again(crate::kit::Pairs::default(), wrong))),
            ("answered", page(true, Filled::default())),
            (
                "answered by somebody faster",
                page(true, Filled::again(typed, Problems::one("text", "correction-answered"))),
            ),
        ]
    }
}
