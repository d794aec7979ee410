//! What moderators say on whether two cases are alike (row R23): the part of a case's page for it, and `POST /staff/cases/{id}/similar`.

use actix_web::{
    HttpResponse,
    web::{Data, Path},
};
use casebook_core::{
    cases::likeness::{Ruled, Ruling},
    ids::CaseId,
    moderation::{self, LIKENESS_REASONS},
};

use super::{
    case::parsed,
    say,
    submission::see_other,
    words::{self, Choice},
};
use crate::{
    kit::{App, Error, Filled, Language, Message, Moderator, PostForm, Problems, Result},
    url,
};

/// What was ruled on a case, and what can be.
#[derive(Debug, Default)]
pub struct Likeness {
    /// What was ruled.
    pub rulings: Vec<RulingLine>,
    /// The reasons, under the ruling that they are for.
    pub groups: Vec<Group>,
}

/// A ruling on the case and another one.
#[derive(Debug)]
pub struct RulingLine {
    /// The id of the other case.
    pub other: String,
    /// Its public address.
    pub address: String,
    /// What was ruled, and why.
    pub words: String,
    /// Whether readers are shown what follows from it.
    pub holds: bool,
}

/// The reasons for one ruling.
#[derive(Debug)]
pub struct Group {
    /// The ruling.
    pub label: String,
    /// The reasons; what is sent names the ruling too.
    pub choices: Vec<Choice>,
}

impl Likeness {
    pub(super) fn new(app: &App, rulings: Vec<(Ruled, bool)>, form: &Filled, language: Language) -> Self {
        let line = |(ruled, holds): (Ruled, bool)| RulingLine {
            address: url::case(&ruled.other),
            words: ruling_words(app, &ruled.ruling, language),
            other: ruled.other.to_string(),
            holds,
        };
        let group = |(ruling, field): (&str, &str)| {
            let mut choices = words::choices(&app.codebook, field, "", language);
            for choice in &mut choices {
                choice.code = format!("{ruling}:{}", choice.code);
                choice.chosen = choice.code == form.value("holds");
            }
            Group { label: Message::new(format!("likeness-group-{ruling}")).text(language), choices }
        };
        Self {
            rulings: rulings.into_iter().map(line).collect(),
            groups: LIKENESS_REASONS.into_iter().map(group).collect(),
        }
    }

    /// Made-up content for samples.
    pub(super) fn sample(words: &str) -> Self {
        let line = |holds: bool| RulingLine {
            other: "7K2MQX4T".to_owned(),
            address: "/cases/7K2MQX4T".to_owned(),
            words: words.to_owned(),
            holds,
        };
        let code = "alike:same_contract".to_owned();
        let choice = Choice { code, label: words.to_owned(), definition: String::new(), chosen: true };
        Self {
            rulings: vec![line(true), line(false)],
            groups: vec![Group { label: words.to_owned(), choices: vec![choice] }],
        }
    }
}

fn ruling_words(app: &App, ruling: &Ruling, language: Language) -> String {
    let list = LIKENESS_REASONS.into_iter().find(|(code, _)| *code == ruling.code()).map_or("", |(_, list)| list);
    let reason = app.codebook.label(list, ruling.reason(), language.code()).to_lowercase();
    Message::new(format!("likeness-ruled-{}", ruling.code())).with("reason", reason).text(language)
}

/// `POST /staff/cases/{id}/similar` - sets another case beside this one, sets the two apart, or takes that back.
///
/// # Errors
/// [`Error::NotFound`] if the address names no case.
pub async fn rule(app: Data<App>, by: Moderator, id: Path<String>, form: PostForm) -> Result<HttpResponse> {
    let id = parsed(&id)?;
    let again =
        |problems: Problems| Ok(app.again(&by.visit, url::staff_case(&id), form.pairs().clone(), problems).into());
    let mut problems = Problems::new();
    let other = form.first("beside").trim().parse::<CaseId>().map_err(|_| "moderation-no-case-id");
    let other = problems.check("beside", other);
    let ruling = problems.check("holds", moderation::parse_ruling(form.first("holds"), &app.codebook));
    let (Some(other), Some(ruling)) = (other, ruling) else { return again(problems) };
    let said = match &ruling {
        Some(Ruling::Alike(_)) => "likeness-set-beside",
        Some(Ruling::Apart(_)) => "likeness-set-apart",
        None => "likeness-lifted",
    };
    let (authority, case) = (by.authority(), id.clone());
    let ruled =
        app.write(by.actor(), move |tx| moderation::rule_on_likeness(tx, &authority, &case, &other, ruling.as_ref()));
    match ruled.await {
        Ok(()) => {
            say(&app, &by, said);
            Ok(see_other(url::staff_case(&id)))
        }
        Err(Error::NotFound | Error::Moved { .. }) => again(Problems::one("beside", "likeness-no-case")),
        Err(Error::Refused(why)) => again(Problems::one("beside", why)),
        Err(error) => Err(error),
    }
}
