//! `/staff/cases/{id}/redact` and `/erase` - words taken out of a published case: from readers' sight, or for ever.

use actix_web::{
    HttpResponse,
    web::{Data, Path},
};
use askama::Template;
use casebook_core::{
    cases::redact::{Place, Redaction},
    ids::{CaseId, RedactionId},
    moderation::{self, Removal, Removals},
    releases,
};

use super::{
    case::parsed,
    office, say,
    submission::see_other,
    words::{self, Choice},
};
use crate::{
    kit::{
        Administrator, App, Error, Filled, Frame, Moderator, Page, Pairs, PostForm, Problems, Result, Sample, SeeOther,
        page::sample_visit,
    },
    url,
};

/// Words on their way out of a case, and what is out of sight already.
#[derive(Debug, Template)]
#[template(path = "moderation/removal.html")]
pub struct RemovalPage {
    /// The frame.
    pub frame: Frame,
    /// Whether the words go for ever.
    pub erases: bool,
    /// The title of the case.
    pub title: String,
    /// Where the case is administered.
    pub case: String,
    /// Where the form is sent.
    pub address: String,
    /// Where a redaction is lifted.
    pub lift: String,
    /// Where the other of the two acts is done; none for those who may not.
    pub other: Option<String>,
    /// What readers do not see.
    pub redactions: Vec<RedactionLine>,
    /// Where the words stand; none as long as none were looked for.
    pub places: Option<Vec<PlaceLine>>,
    /// The releases that wait to be built anew.
    pub releases: Vec<String>,
    /// Reasons to choose from.
    pub reasons: Vec<Choice>,
    /// What was typed.
    pub form: Filled,
}

/// Words that readers do not see.
#[derive(Debug)]
pub struct RedactionLine {
    /// The id.
    pub id: String,
    /// The words.
    pub words: String,
    /// The words for the reason.
    pub reason: String,
}

/// A place where words stand.
#[derive(Debug)]
pub struct PlaceLine {
    /// What stands before.
    pub before: String,
    /// What goes.
    pub words: String,
    /// What stands behind.
    pub after: String,
    /// The numbers of the revisions.
    pub revisions: String,
}

impl RemovalPage {
    /// The key of the words for one thing of the two pages.
    fn key(&self, what: &str) -> String {
        format!("removal-{}-{what}", if self.erases { "erase" } else { "redact" })
    }
}

/// `GET /staff/cases/{id}/redact` - what readers do not see, and words to be added to it.
///
/// # Errors
/// [`Error::NotFound`].
pub async fn redact(app: Data<App>, by: Moderator, id: Path<String>) -> Result<Page<RemovalPage>> {
    let id = parsed(&id)?;
    let other = by.visit.member.as_ref().filter(|member| member.administrator).map(|_| url::erase_in_case(&id));
    page(&app, &by, id, false, other).await
}

/// `GET /staff/cases/{id}/erase` - words to go for ever; the page says that there is no way back.
///
/// # Errors
/// [`Error::NotFound`].
pub async fn erase(app: Data<App>, by: Administrator, id: Path<String>) -> Result<Page<RemovalPage>> {
    let id = parsed(&id)?;
    let other = Some(url::redact_in_case(&id));
    let by = Moderator::from(by);
    page(&app, &by, id, true, other).await
}

async fn page(
    app: &Data<App>,
    by: &Moderator,
    id: CaseId,
    erases: bool,
    other: Option<String>,
) -> Result<Page<RemovalPage>> {
    let form = app.form_for(&by.visit, Filled::default());
    let words = moderation::parse_words(form.value("words")).ok();
    let (authority, case) = (by.authority(), id.clone());
    let found = app.read(move |r| {
        let removals = moderation::removals(r, &authority, &case, words.as_ref())?;
        Ok((removals, releases::waiting(r)?))
    });
    let (Removals { title, redactions, places }, waiting) = found.await?;
    let redaction = |known: Redaction| RedactionLine {
        id: known.id.to_string(),
        words: known.words,
        reason: app.reason(&known.reason),
    };
    Ok(Page::new(RemovalPage {
        frame: by.frame(if erases { "removal-erase-title" } else { "removal-redact-title" }),
        erases,
        title,
        case: url::staff_case(&id),
        address: if erases { url::erase_in_case(&id) } else { url::redact_in_case(&id) },
        lift: url::lift_redaction(&id),
        other,
        redactions: redactions.into_iter().map(redaction).collect(),
        places: places.map(|places| places.into_iter().map(PlaceLine::from).collect()),
        releases: waiting.into_iter().map(|release| release.version.to_string()).collect(),
        reasons: words::choices(&app.codebook, "visibility_reason", form.value("reason"), by.visit.language),
        form,
    }))
}

impl From<Place> for PlaceLine {
    fn from(place: Place) -> Self {
        let Place { before, words, after, revisions } = place;
        let revisions = revisions.iter().map(ToString::to_string).collect::<Vec<_>>().join(", ");
        Self { before, words, after, revisions }
    }
}

/// `POST /staff/cases/{id}/redact` - looks for the words, or takes them from readers' sight.
///
/// # Errors
/// [`Error::NotFound`].
pub async fn redact_words(app: Data<App>, by: Moderator, id: Path<String>, form: PostForm) -> Result<HttpResponse> {
    let id = parsed(&id)?;
    let back = url::redact_in_case(&id);
    let removal = match asked(&app, &form) {
        Ok(removal) => removal,
        Err(problems) => return Ok(app.again(&by.visit, back, form.pairs().clone(), problems).into()),
    };
    let (authority, office) = (by.authority(), office(&app, &by.visit));
    let done = app.write(by.actor(), move |tx| moderation::redact(tx, &authority, &id, &removal, &office)).await;
    finish(&app, &by, &form, back, done, "removal-redact-done")
}

/// `POST /staff/cases/{id}/redact/lift` - shows redacted words again.
///
/// # Errors
/// [`Error::NotFound`].
pub async fn lift(app: Data<App>, by: Moderator, id: Path<String>, form: PostForm) -> Result<SeeOther> {
    let id = parsed(&id)?;
    let redaction: RedactionId = form.first("redaction").parse().map_err(|_| Error::NotFound)?;
    let (authority, office, back) = (by.authority(), office(&app, &by.visit), url::redact_in_case(&id));
    app.write(by.actor(), move |tx| moderation::lift(tx, &authority, &id, &redaction, &office)).await?;
    say(&app, &by, "removal-lifted");
    Ok(SeeOther(back))
}

/// `POST /staff/cases/{id}/erase` - looks for the words, or erases them for ever.
///
/// # Errors
/// [`Error::NotFound`].
pub async fn erase_words(app: Data<App>, by: Administrator, id: Path<String>, form: PostForm) -> Result<HttpResponse> {
    let id = parsed(&id)?;
    let back = url::erase_in_case(&id);
    let removal = match asked(&app, &form) {
        Ok(removal) if form.has("sure") => removal,
        Ok(_) => {
            let problems = Problems::one("sure", "removal-not-sure");
            return Ok(app.again(&by.visit, back, form.pairs().clone(), problems).into());
        }
        Err(problems) => return Ok(app.again(&by.visit, back, form.pairs().clone(), problems).into()),
    };
    let (authority, office) = (by.authority(), office(&app, &by.visit));
    let done = app.write(by.actor(), move |tx| moderation::erase(tx, &authority, &id, &removal, &office)).await;
    finish(&app, &Moderator::from(by), &form, back, done, "removal-erase-done")
}

/// What is to be taken out; where the words are only looked for, the form comes back without a problem.
fn asked(app: &App, form: &PostForm) -> std::result::Result<Removal, Problems> {
    let removal = Removal::parse(form.first("words"), form.first("reason"), &app.codebook);
    if form.first("step") != "look" {
        return removal.map_err(|problems| words::problems(&problems));
    }
    let wrong = moderation::parse_words(form.first("words")).err();
    Err(wrong.map_or_else(Problems::new, |fault| Problems::one("words", words::message(&fault))))
}

/// A refusal stands beside the words, which are kept.
fn finish(
    app: &App,
    by: &Moderator,
    form: &PostForm,
    back: String,
    done: Result<()>,
    said: &'static str,
) -> Result<HttpResponse> {
    match done {
        Ok(()) => {
            say(app, by, said);
            Ok(see_other(back))
        }
        Err(Error::Refused(message)) => {
            Ok(app.again(&by.visit, back, form.pairs().clone(), Problems::one("words", message)).into())
        }
        Err(error) => Err(error),
    }
}

impl Sample for RemovalPage {
    fn samples() -> Vec<(&'static str, Self)> {
        let page = |erases: bool, words: &str| {
            let place = || Place {
                before: "in the room sat ".to_owned(),
                words: words.to_owned(),
                after: words.repeat(3),
                revisions: vec![1, 2],
            };
            let redaction = || RedactionLine { id: "x".to_owned(), words: words.to_owned(), reason: words.to_owned() };
            Self {
                frame: sample_visit("/staff/cases/7K2MQX4T/redact").frame("removal-redact-title"),
                erases,
                title: words.to_owned(),
                case: "/staff/cases/7K2MQX4T".to_owned(),
                address: "/staff/cases/7K2MQX4T/redact".to_owned(),
                lift: "/staff/cases/7K2MQX4T/redact/lift".to_owned(),
                other: erases.then(|| "/staff/cases/7K2MQX4T/redact".to_owned()),
                redactions: (!words.is_empty()).then(redaction).into_iter().collect(),
                releases: (!words.is_empty()).then(|| "3.0".to_owned()).into_iter().collect(),
                places: erases.then(|| (!words.is_empty()).then(|| place().into()).into_iter().collect()),
                reasons: Vec::new(),
                form: match erases {
                    true => Filled::again(Pairs::parse(b"words=a"), Problems::one("sure", "removal-not-sure")),
                    false => Filled::default(),
                },
            }
        };
        let hostile = "<script>alert(1)</script>";
        vec![
            ("empty", page(false, "")),
            ("nowhere", page(true, "")),
            ("redact", page(false, hostile)),
            ("erase", page(true, hostile)),
        ]
    }
}
