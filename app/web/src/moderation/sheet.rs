//! `/staff/submissions/{id}/edit/{sheet}`, `/staff/drafts/{id}/edit/{sheet}` - one sheet of a draft, saved by each button.

use actix_web::web::{Data, Path};
use askama::Template;
use casebook_core::{
    ids::{ReviewDraftId, SubmissionId},
    moderation::{
        self, Saved, Subject,
        draft::{self, InputKind, Offer},
    },
};

use super::{
    desk::ClaimLine,
    office,
    received::Received,
    say,
    words::{self, Overview},
};
use crate::{
    kit::{
        App, Error, Frame, Language, Message, Moderator, Page, PostForm, Result, Sample, SeeOther, page::sample_visit,
    },
    url,
};

/// Beyond so many choices a list is shown in place of boxes.
const MANY: usize = 40;

/// One sheet of a draft.
#[derive(Debug, Template)]
#[template(path = "moderation/sheet.html")]
pub struct SheetPage {
    /// The frame.
    pub frame: Frame,
    /// Where it is sent.
    pub address: String,
    /// Where the draft as a whole is shown.
    pub up: String,
    /// The draft.
    pub overview: Overview,
    /// The parts.
    pub units: Vec<Unit>,
    /// What can be added.
    pub adds: Vec<draft::Add>,
    /// What is wrong: input and words.
    pub problems: Vec<(String, String)>,
    /// What was sent, where the draft was made of it.
    pub received: Option<Received>,
    /// Who else works on it now.
    pub claimed: Option<ClaimLine>,
}

/// A part with its inputs.
#[derive(Debug)]
pub struct Unit {
    /// Its path.
    pub name: String,
    /// What it is, and what tells it from the others.
    pub title: String,
    /// Lies within the part before it.
    pub nested: bool,
    /// Can be taken out.
    pub removable: bool,
    /// What can be added within it.
    pub add: Option<String>,
    /// Its inputs.
    pub plain: Vec<Input>,
    /// Inputs shown on request.
    pub folded: Vec<Input>,
    /// Whether those on request are shown at once.
    pub unfolded: bool,
}

/// An input.
#[derive(Debug)]
pub struct Input {
    /// Its name, and its id.
    pub name: String,
    /// What it is called.
    pub label: String,
    /// What it asks for.
    pub help: String,
    /// What stands in it.
    pub value: String,
    /// What it offers.
    pub offers: Vec<Offer>,
    /// The part cannot be without it.
    pub required: bool,
    /// The most characters.
    pub most: Option<usize>,
    /// What is wrong with it.
    pub problem: Option<String>,
    kind: InputKind,
}

impl Input {
    fn new(input: draft::Input, language: Language) -> Self {
        Self {
            label: words::label(&input.label, language),
            problem: input.problem.as_ref().map(|fault| words::message(fault).text(language)),
            value: input.values.into_iter().next().unwrap_or_default(),
            name: input.name,
            help: input.help,
            offers: input.offers,
            required: input.required,
            most: input.most,
            kind: input.kind,
        }
    }

    /// How it is shown: `line`, `words`, `one`, `boxes`, `list`, `tick` or `kept`.
    #[must_use]
    pub fn shape(&self) -> &'static str {
        match self.kind {
            InputKind::Line => "line",
            InputKind::Words => "words",
            InputKind::One => "one",
            InputKind::Many if self.offers.len() > MANY => "list",
            InputKind::Many => "boxes",
            InputKind::Tick => "tick",
            InputKind::Kept => "kept",
        }
    }

    /// How many lines a text is given.
    #[must_use]
    pub fn rows(&self) -> usize {
        (self.value.chars().count() / 70 + 2).clamp(3, 24)
    }

    fn says_something(&self) -> bool {
        self.problem.is_some() || matches!(self.kind, InputKind::Line | InputKind::Words) && !self.value.is_empty()
    }
}

impl Unit {
    fn new(unit: draft::Unit, language: Language) -> Self {
        let kind = Message::new(unit.kind).text(language);
        let title = if unit.title.is_empty() { kind } else { format!("{kind}: {}", unit.title) };
        let (folded, plain): (Vec<_>, Vec<_>) = unit.inputs.into_iter().partition(|input| input.folded);
        let inputs = |inputs: Vec<draft::Input>| inputs.into_iter().map(|input| Input::new(input, language)).collect();
        let folded: Vec<Input> = inputs(folded);
        Self {
            unfolded: folded.iter().any(Input::says_something),
            name: unit.name,
            title,
            nested: unit.nested,
            removable: unit.removable,
            add: unit.add,
            plain: inputs(plain),
            folded,
        }
    }
}

/// `GET /staff/submissions/{id}/edit/{sheet}`
///
/// # Errors
/// [`Error::NotFound`].
pub async fn of_submission(
    app: Data<App>,
    by: Moderator,
    path: Path<(SubmissionId, String)>,
) -> Result<Page<SheetPage>> {
    let (id, sheet) = path.into_inner();
    show(&app, &by, Subject::Submission(id), sheet).await
}

/// `GET /staff/drafts/{id}/edit/{sheet}`
///
/// # Errors
/// [`Error::NotFound`].
pub async fn of_revision(
    app: Data<App>,
    by: Moderator,
    path: Path<(ReviewDraftId, String)>,
) -> Result<Page<SheetPage>> {
    let (id, sheet) = path.into_inner();
    show(&app, &by, Subject::Revision(id), sheet).await
}

/// `POST /staff/submissions/{id}/edit/{sheet}` - saves what was typed; its buttons add and take out parts.
///
/// # Errors
/// [`Error::Conflict`] if it was accepted meanwhile.
pub async fn save_of_submission(
    app: Data<App>,
    by: Moderator,
    path: Path<(SubmissionId, String)>,
    form: PostForm,
) -> Result<SeeOther> {
    let (id, sheet) = path.into_inner();
    save(&app, &by, Subject::Submission(id), sheet, &form).await
}

/// `POST /staff/drafts/{id}/edit/{sheet}` - saves what was typed; its buttons add and take out parts.
///
/// # Errors
/// [`Error::NotFound`].
pub async fn save_of_revision(
    app: Data<App>,
    by: Moderator,
    path: Path<(ReviewDraftId, String)>,
    form: PostForm,
) -> Result<SeeOther> {
    let (id, sheet) = path.into_inner();
    save(&app, &by, Subject::Revision(id), sheet, &form).await
}

fn sheet_address(subject: &Subject, sheet: &str) -> String {
    match subject {
        Subject::Submission(id) => url::submission_sheet(id, sheet),
        Subject::Revision(id) => url::revision_sheet(id, sheet),
    }
}

async fn show(app: &App, by: &Moderator, subject: Subject, sheet: String) -> Result<Page<SheetPage>> {
    let (authority, office, about) = (by.authority(), office(app, &by.visit), subject.clone());
    let address = sheet_address(&subject, &sheet);
    let (shown, account) = app
        .read(move |r| {
            let shown = moderation::show(r, &authority, &about, Some(&sheet), &office)?;
            let account = match &about {
                Subject::Submission(id) => moderation::open(r, &authority, id)?.account,
                Subject::Revision(_) => None,
            };
            Ok((shown, account))
        })
        .await?;
    let language = by.visit.language;
    let (up, preview) = match &subject {
        Subject::Submission(id) => (url::submission(id), url::submission_preview(id)),
        Subject::Revision(id) => (url::revision_draft(id), url::revision_preview(id)),
    };
    let overview = words::overview(&shown, app, language, |name: &str| sheet_address(&subject, name), preview);
    let sheet = shown.sheet.ok_or(Error::NotFound)?;
    let mut frame = by.frame("moderation-submission-title");
    frame.title = words::label(&sheet.label, language);
    Ok(Page::new(SheetPage {
        address,
        up,
        overview,
        units: sheet.units.into_iter().map(|unit| Unit::new(unit, language)).collect(),
        adds: sheet.adds,
        problems: sheet
            .problems
            .iter()
            .map(|(input, fault)| (input.clone(), words::message(fault).text(language)))
            .collect(),
        claimed: shown.claimed.as_ref().filter(|claimed| !claimed.is_mine).map(ClaimLine::new),
        received: account.as_ref().map(|account| Received::of(account, app, language)),
        frame,
    }))
}

async fn save(app: &App, by: &Moderator, subject: Subject, sheet: String, form: &PostForm) -> Result<SeeOther> {
    let (authority, office) = (by.authority(), office(app, &by.visit));
    let pairs: Vec<(String, String)> =
        form.pairs().iter().map(|(name, value)| (name.to_owned(), value.to_owned())).collect();
    let back = sheet_address(&subject, &sheet);
    let saved =
        app.write(by.actor(), move |tx| moderation::save(tx, &authority, &subject, &sheet, &pairs, &office)).await?;
    say(
        app,
        by,
        match saved {
            Saved::Read => "moderation-saved",
            Saved::Kept => "moderation-kept",
            Saved::NoPart(key) => key,
        },
    );
    Ok(SeeOther(back))
}

impl Sample for SheetPage {
    fn samples() -> Vec<(&'static str, Self)> {
        let input = |kind: InputKind, offers: usize, words: &str| Input {
            name: format!("statements.t1.{kind:?}.{offers}"),
            label: "Label".to_owned(),
            help: words.to_owned(),
            value: words.repeat(9),
            offers: (0..offers)
                .map(|n| Offer { code: n.to_string(), label: words.to_owned(), chosen: n == 1, retired: n == 1 })
                .collect(),
            required: kind == InputKind::Line,
            most: (kind == InputKind::Words).then_some(500),
            problem: (kind == InputKind::One).then(|| words.to_owned()),
            kind,
        };
        let all = |words: &str| {
            let kinds =
                [InputKind::Line, InputKind::Words, InputKind::One, InputKind::Many, InputKind::Tick, InputKind::Kept];
            let mut all: Vec<Input> = kinds.into_iter().map(|kind| input(kind, 3, words)).collect();
            all.push(input(InputKind::Many, MANY + 1, words));
            all
        };
        let unit = |words: &str| Unit {
            name: "statements.t1".to_owned(),
            title: words.to_owned(),
            nested: true,
            removable: true,
            add: Some("viewpoints.v1.answers".to_owned()),
            plain: all(words),
            folded: vec![input(InputKind::Line, 0, words)],
            unfolded: true,
        };
        let page = |units: Vec<Unit>, words: &str| Self {
            frame: sample_visit("/staff/drafts/x/edit/head").frame("moderation-submission-title"),
            address: "/staff/drafts/x/edit/head".to_owned(),
            up: "/staff/drafts/x".to_owned(),
            overview: Overview::sample(true),
            units,
            adds: vec![draft::Add {
                value: "statements",
                label: "moderation-add-statement",
                fields: vec![draft::Choice { code: "domain".to_owned(), label: words.to_owned(), retired: false }],
            }],
            problems: vec![(String::new(), words.to_owned())],
            claimed: Some(ClaimLine { alias: words.to_owned(), is_mine: false, until: "2026-11-24 12:00".to_owned() }),
            received: Some(Received::sample(words)),
        };
        vec![
            ("empty", page(Vec::new(), "words")),
            ("hostile", page(vec![unit("<script>alert(1)</script> \"'</textarea>")], "<script>alert(1)</script>")),
        ]
    }
}
