//! `/staff/submissions/{id}/changes` - asking a contributor for changes, answer by answer (row C9), and what came of it.

use actix_web::{
    HttpResponse,
    web::{Data, Path},
};
use askama::Template;
use casebook_core::{
    codebook::Codebook,
    ids::SubmissionId,
    intake::{
        self, Account, Form, State,
        form::{Group, Question},
    },
    moderation::{self, Answered, GENERAL, NOTE, Wanted},
};

use super::{office, received::Reader, say, submission::see_other, words};
use crate::{
    asked::{Asked, label},
    difference::DifferenceBlock,
    kit::{
        App, Error, Filled, Frame, Language, Message, Moderator, Page, Pairs, PostForm, Problems, Result, Sample,
        SeeOther, page::sample_visit,
    },
    url,
};

/// Where notes are written beside the answers.
#[derive(Debug, Template)]
#[template(path = "moderation/changes.html")]
pub struct ChangesPage {
    /// The frame.
    pub frame: Frame,
    /// The submission.
    pub submission: String,
    /// Where it is sent.
    pub action: String,
    /// The topics of the form; none where nothing can be asked any more.
    pub topics: Option<Vec<TopicNotes>>,
    /// What was typed, where it cannot be asked any more.
    pub unasked: Vec<Unasked>,
    /// What was typed.
    pub form: Filled,
}

/// The answers of a topic.
#[derive(Debug)]
pub struct TopicNotes {
    /// Its name.
    pub label: String,
    /// Whether anything in it is answered, or noted already.
    pub open: bool,
    /// The answers.
    pub lines: Vec<AnswerLine>,
}

/// An answer that a note can be written beside.
#[derive(Debug)]
pub struct AnswerLine {
    /// Name and id of the input.
    pub name: String,
    /// The name of the answer.
    pub label: String,
    /// What was answered; empty for nothing.
    pub said: String,
    /// What was typed.
    pub note: String,
    /// What is wrong with it.
    pub problem: Option<String>,
}

/// A note that came too late.
#[derive(Debug)]
pub struct Unasked {
    /// Name of the input in which it was typed.
    pub name: String,
    /// The name of what it is about.
    pub label: String,
    /// What was typed.
    pub text: String,
}

impl Unasked {
    fn of(form: &Filled, book: &Codebook, language: Language) -> Vec<Self> {
        let about = |name: &str| match name.strip_prefix(NOTE) {
            Some(input) => Some(label(input, book, language)),
            None => (name == GENERAL).then(|| Message::new("changes-general").text(language)),
        };
        let typed = form.values().iter().filter(|(_, text)| !text.trim().is_empty());
        let note = |(name, text): (&str, &str)| {
            Some(Self { label: about(name)?, name: name.to_owned(), text: text.to_owned() })
        };
        typed.filter_map(note).collect()
    }
}

/// What was asked and answered, on the page of a submission.
#[derive(Debug)]
pub struct AnsweredBlock {
    /// What was asked.
    pub asked: Asked,
    /// What the contributor adds in words; may be empty.
    pub reply: String,
    /// What they changed, once there is an answer; none within where they changed nothing.
    pub changed: Option<Option<DifferenceBlock>>,
}

impl AnsweredBlock {
    pub(super) fn new(answered: Answered, app: &App, language: Language) -> Self {
        let Answered { exchange, changed } = answered;
        let block = |difference: casebook_core::cases::difference::Difference| {
            (!difference.is_empty()).then(|| DifferenceBlock::new(difference, language))
        };
        Self {
            asked: Asked::of(&exchange.request, false, &app.codebook, language),
            reply: exchange.reply,
            changed: changed.map(block),
        }
    }

    /// Made-up content for samples.
    pub(super) fn sample(words: &str, changed: Option<bool>) -> Self {
        let changed = changed.map(|changed| changed.then(|| DifferenceBlock::sample(words)));
        Self { asked: Asked::sample(words, false), reply: words.to_owned(), changed }
    }
}

/// What a page of topics is made from.
struct Desk<'a> {
    app: &'a App,
    account: &'a Account,
    language: Language,
    form: &'a Filled,
}

impl Desk<'_> {
    fn topics(&self) -> Vec<TopicNotes> {
        let (lang, answers) = (self.language.code(), &self.account.answers);
        let form = Form { book: &self.app.codebook, gazetteer: &self.app.gazetteer, answers, lang };
        let topics = self.app.codebook.sections().iter().filter_map(|section| form.topic(&section.code));
        let topics = topics.map(|topic| {
            let mut lines: Vec<AnswerLine> = topic.questions.iter().map(|question| self.question(question)).collect();
            topic.groups.iter().for_each(|group| self.parts(group, &mut lines));
            let is_told = |line: &AnswerLine| [&line.said, &line.note].iter().any(|text| !text.is_empty());
            TopicNotes { label: topic.label.to_owned(), open: lines.iter().any(is_told), lines }
        });
        topics.filter(|topic| !topic.lines.is_empty()).collect()
    }

    fn parts(&self, group: &Group<'_>, lines: &mut Vec<AnswerLine>) {
        for part in &group.parts {
            lines.push(self.line(&part.name, String::new()));
            lines.extend(part.questions.iter().map(|question| self.question(question)));
            part.groups.iter().for_each(|group| self.parts(group, lines));
        }
    }

    fn question(&self, question: &Question<'_>) -> AnswerLine {
        let beside = |name: &str| name.strip_prefix(question.name.as_str()).is_some_and(|rest| rest.starts_with('.'));
        let pairs = self
            .account
            .answers
            .pairs()
            .filter(|(name, value)| (*name == question.name || beside(name)) && !value.trim().is_empty());
        let reader = Reader { book: &self.app.codebook, gazetteer: &self.app.gazetteer, language: self.language };
        let said = pairs.map(|(name, value)| reader.answer(name, value).1);
        self.line(&question.name, said.collect::<Vec<_>>().join("; "))
    }

    fn line(&self, input: &str, said: String) -> AnswerLine {
        let name = format!("{NOTE}{input}");
        AnswerLine {
            label: label(input, &self.app.codebook, self.language),
            said,
            note: self.form.value(&name).to_owned(),
            problem: self.form.problem(&name),
            name,
        }
    }
}

/// Each problem, with the name of the answer that the note is about.
fn named(wrong: &intake::Problems, book: &Codebook, language: Language) -> Problems {
    let mut problems = Problems::new();
    for problem in wrong.iter() {
        let words = words::message(&problem.fault);
        let message = match problem.input.strip_prefix(NOTE) {
            Some(input) => Message::new("intake-problem")
                .with("label", label(input, book, language))
                .with("words", words.text(language)),
            None => words,
        };
        problems.add(problem.input.clone(), message);
    }
    problems
}

/// `GET /staff/submissions/{id}/changes` - the answers, each with room for a note; or the notes that came too late, to be copied.
///
/// # Errors
/// [`Error::Conflict`] if it is not under review and nothing was typed.
pub async fn show(app: Data<App>, by: Moderator, id: Path<SubmissionId>) -> Result<Page<ChangesPage>> {
    let (id, authority) = (id.into_inner(), by.authority());
    let sought = id.clone();
    let opened = app.read(move |r| moderation::open(r, &authority, &sought)).await?;
    let under_review = opened.submission.state == State::InReview && opened.handling.acceptor.is_none();
    let account = opened.account.filter(|_| under_review);
    let (form, language) = (app.form_for(&by.visit, Filled::default()), by.visit.language);
    let topics = account.as_ref().map(|account| Desk { app: &app, account, language, form: &form }.topics());
    let unasked = if topics.is_none() { Unasked::of(&form, &app.codebook, language) } else { Vec::new() };
    if topics.is_none() && unasked.is_empty() {
        return Err(Error::Conflict("changes-not-now".into()));
    }
    Ok(Page::new(ChangesPage {
        submission: url::submission(&id),
        action: url::changes(&id),
        topics,
        unasked,
        frame: by.frame("changes-title"),
        form,
    }))
}

/// `POST /staff/submissions/{id}/changes` - asks. Where somebody else was faster, what was typed is shown to be copied.
///
/// # Errors
/// Those of the database.
pub async fn ask(app: Data<App>, by: Moderator, id: Path<SubmissionId>, form: PostForm) -> Result<HttpResponse> {
    let again = |problems| Ok(app.again(&by.visit, url::changes(&id), form.pairs().clone(), problems).into());
    let wanted = match Wanted::parse(form.iter(), &app.codebook) {
        Ok(wanted) => wanted,
        Err(wrong) => return again(named(&wrong, &app.codebook, by.visit.language)),
    };
    let (authority, office, of) = (by.authority(), office(&app, &by.visit), SubmissionId::clone(&id));
    let asked =
        app.write(by.actor(), move |tx| moderation::ask_for_changes(tx, &authority, &of, wanted, &office)).await;
    if let Err(Error::Conflict(why)) = asked {
        return again(Problems::one("", why));
    }
    asked?;
    say(&app, &by, "changes-asked");
    Ok(see_other(url::submission(&id)))
}

/// `POST /staff/submissions/{id}/go-on` - goes on with the draft as it is.
///
/// # Errors
/// [`Error::Conflict`] if it stands elsewhere by now.
pub async fn go_on(app: Data<App>, by: Moderator, id: Path<SubmissionId>, _: PostForm) -> Result<SeeOther> {
    let (authority, office, back) = (by.authority(), office(&app, &by.visit), url::submission(&id));
    app.write(by.actor(), move |tx| moderation::go_on(tx, &authority, &id, &office)).await?;
    Ok(SeeOther(back))
}

impl Sample for ChangesPage {
    fn samples() -> Vec<(&'static str, Self)> {
        const HOSTILE: &str = "<script>alert(1)</script> </textarea> javascript:alert(1)";
        let line = |number: usize, problem: bool| AnswerLine {
            name: format!("note.timeline.{number}.date"),
            label: HOSTILE.to_owned(),
            said: if problem { HOSTILE.repeat(20) } else { String::new() },
            note: HOSTILE.to_owned(),
            problem: problem.then(|| HOSTILE.to_owned()),
        };
        let page = |topics: Option<Vec<TopicNotes>>, form: Filled| Self {
            frame: sample_visit("/staff/submissions/x/changes").frame("changes-title"),
            submission: "/staff/submissions/x".to_owned(),
            action: "/staff/submissions/x/changes".to_owned(),
            topics,
            unasked: Vec::new(),
            form,
        };
        let late = |name: &str| Unasked { name: name.to_owned(), label: HOSTILE.to_owned(), text: HOSTILE.repeat(20) };
        let topic = TopicNotes { label: HOSTILE.to_owned(), open: true, lines: vec![line(1, true), line(2, false)] };
        let mut wrong = Problems::one(GENERAL, "moderation-passphrase");
        wrong.add("note.timeline.1.date", "moderation-passphrase");
        vec![
            ("hostile", page(Some(vec![topic]), Filled::again(Pairs::default(), wrong.clone()))),
            ("empty", page(Some(Vec::new()), Filled::default())),
            (
                "too late",
                Self {
                    unasked: vec![late(GENERAL), late("note.timeline.1.date")],
                    ..page(None, Filled::again(Pairs::default(), wrong))
                },
            ),
        ]
    }
}
