//! `/share/topic/{code}` - one topic: every kind of field, parts that are added and removed by plain buttons.

use actix_web::web::{Data, Path};
use askama::Template;
use casebook_core::{
    cases::published,
    codebook::FieldKind,
    db::Reading,
    intake::{Answers, Draft, Form, Refusal, form::Topic, typed_organisations},
    organisations,
};

use super::{
    browser::Reply,
    build::{Builder, Hints, Listed, Parts, listed},
    desk::{self, Browser, Opened, save},
    field::Field,
    first, notes,
};
use crate::{
    kit::{App, Error, Frame, Pairs, PostForm, Result, Visit},
    url,
};

/// The most names of organisations that inputs offer.
const OFFERED: usize = 300;

/// One topic.
#[derive(Debug, Template)]
#[template(path = "intake/topic.html")]
pub struct TopicPage {
    /// The frame.
    pub frame: Frame,
    /// Where it is sent.
    pub action: String,
    /// The topic's name.
    pub label: String,
    /// What it asks.
    pub intro: String,
    /// Which of how many it is.
    pub place: String,
    /// What is wrong, leading to the questions.
    pub problems: Vec<Listed>,
    /// What is asked once.
    pub fields: Vec<Field>,
    /// What is asked for each part.
    pub groups: Vec<Parts>,
    /// Countries that inputs offer.
    pub countries: Vec<String>,
    /// Organisations that inputs offer.
    pub organisations: Vec<String>,
}

/// `GET /share/topic/{code}` - one topic.
///
/// # Errors
/// [`Error::NotFound`] for a topic that there is not, and those of the database.
pub async fn topic(
    app: Data<App>,
    (visit, query): (Visit, Pairs),
    browser: Browser,
    code: Path<String>,
) -> Result<Reply> {
    app.codebook.section(&code).ok_or(Error::NotFound)?;
    let opened = match desk::open(&app, &visit, &browser).await? {
        Ok(opened) => opened,
        Err(elsewhere) => return Ok(elsewhere),
    };
    let (state, answers, lang) = (app.clone(), opened.answers(), visit.language);
    let known = app.read(move |r| Known::of(r, &answers, &state)).await?;
    let mut frame = opened.frame(&visit, "intake-topic-title");
    frame.notice = notes::of(&visit, &query);
    let answers = opened.answers();
    let mut hints = known.hints(&frame);
    hints.extend(first::crowd_hint(&frame, &answers, &app));
    let form = Form { book: &app.codebook, gazetteer: &app.gazetteer, answers: &answers, lang: lang.code() };
    let asked = form.topic(&code).ok_or(Error::NotFound)?;
    let page = page(&app, frame, &opened, &asked, (&hints, known.offered));
    opened.reply(&app, page)
}

fn page(app: &App, mut frame: Frame, opened: &Opened, asked: &Topic<'_>, known: (&Hints, Vec<String>)) -> TopicPage {
    let (hints, offered) = known;
    frame.title = asked.label.to_owned();
    let problems = opened.problems.of_topic(asked.code, &app.codebook);
    let wrong = desk::wrong(&problems, frame.language, |_| true);
    let asked_for = opened.draft.as_ref().and_then(Draft::asked_for);
    let builder = Builder {
        frame: &frame,
        gazetteer: &app.gazetteer,
        wrong: &wrong,
        hints,
        asked: asked_for,
        several_countries: true,
    };
    let fields: Vec<Field> = asked.questions.iter().map(|question| builder.field(question, false)).collect();
    let groups: Vec<Parts> = asked.groups.iter().map(|group| builder.group(group)).collect();
    let all: Vec<&Field> = fields.iter().chain(groups.iter().flat_map(Parts::fields)).collect();
    let sections = app.codebook.sections();
    let number = sections.iter().position(|section| section.code == asked.code).map_or(0, |at| at + 1);
    TopicPage {
        action: url::share_topic(asked.code),
        label: asked.label.to_owned(),
        intro: asked.intro.to_owned(),
        place: frame.t2("intake-topic-place", "n", number, "of", sections.len()),
        problems: listed(&frame, &wrong, &all),
        fields,
        groups,
        countries: app.gazetteer.countries().iter().map(|country| country.name.to_owned()).collect(),
        organisations: offered,
        frame,
    }
}

/// The name of an organisation on record, and the country of its seat.
type OnRecord = (String, Option<String>);

/// What is on record around the answers.
struct Known {
    offered: Vec<String>,
    organisations: Vec<(String, Option<OnRecord>)>,
    sources: Vec<(String, String)>,
}

impl Known {
    fn of(r: &mut Reading, answers: &Answers, app: &App) -> Result<Self, casebook_core::Error> {
        let offered = organisations::all(r)?.iter().take(OFFERED).map(|record| record.name().to_owned()).collect();
        let mut known = Self { offered, organisations: Vec::new(), sources: Vec::new() };
        let mut names = typed_organisations(answers, &app.codebook);
        names.sort_unstable();
        names.dedup();
        for name in names {
            let record = organisations::of_name(r, name)?.into_iter().next();
            let seat = |seat: Option<casebook_core::places::CountryCode>| {
                seat.and_then(|seat| app.gazetteer.country(seat.as_str()).map(|country| country.name.to_owned()))
            };
            let record = record.map(|record| (record.name().to_owned(), seat(record.seat)));
            let inputs = answers.pairs().filter(|(input, value)| value.trim() == name && is_organisation(app, input));
            known.organisations.extend(inputs.map(|(input, _)| (input.to_owned(), record.clone())));
        }
        for number in 1..=answers.count("source") {
            let input = format!("source.{number}.url");
            let Ok(address) = ::url::Url::parse(answers.first(&input).trim()) else { continue };
            if let Some(source) = published::source_of_address(r, address.as_str())? {
                let told = [source.title, source.publisher].into_iter().flatten().collect::<Vec<_>>().join(", ");
                known.sources.push((input, told));
            }
        }
        Ok(known)
    }

    /// Said beside the inputs: whether an organisation is on record, and that a source's address is (row C18).
    fn hints(&self, frame: &Frame) -> Hints {
        let organisation = |record: &Option<(String, Option<String>)>| match record {
            Some((name, Some(seat))) => frame.t2("intake-on-record-seat", "name", name, "seat", seat),
            Some((name, None)) => frame.t1("intake-on-record", "name", name),
            None => frame.t("intake-not-on-record"),
        };
        let organisations =
            self.organisations.iter().map(|(input, record)| (input.clone(), vec![organisation(record)]));
        let sources = self
            .sources
            .iter()
            .map(|(input, told)| (input.clone(), vec![frame.t1("intake-source-known", "source", told)]));
        organisations.chain(sources).collect()
    }
}

fn is_organisation(app: &App, input: &str) -> bool {
    let last = input.rsplit('.').next().unwrap_or(input);
    app.codebook.fields().iter().any(|field| field.code == last && field.kind == FieldKind::Organisation)
}

/// What pressing a button asks for.
enum Asked {
    Add(String),
    Remove(String),
    Next,
}

/// `POST /share/topic/{code}` - saves the topic; adds or removes a part; leads on, or back to what is wrong.
///
/// # Errors
/// [`Error::NotFound`] for a topic that there is not.
pub async fn save_topic(app: Data<App>, browser: Browser, code: Path<String>, form: PostForm) -> Result<Reply> {
    let code = code.into_inner();
    app.codebook.section(&code).ok_or(Error::NotFound)?;
    let posted = first::pairs(&form);
    let asked = match (form.get("add"), form.get("remove")) {
        (Some(path), _) => Asked::Add(path.to_owned()),
        (_, Some(part)) => Asked::Remove(part.to_owned()),
        _ => Asked::Next,
    };
    let topic = code.clone();
    let saved = save(&app, &browser, form.pairs(), move |draft, book| {
        let before = in_question(&draft.answers);
        draft.answers.merge(&topic, &posted, book)?;
        let place = match &asked {
            Asked::Add(path) => Some(draft.answers.add_part(path)?),
            Asked::Remove(part) => draft.remove_part(part).map(|()| None)?,
            Asked::Next => None,
        };
        Ok::<_, Refusal>((place, in_question(&draft.answers) > before))
    });
    let saved = match saved.await? {
        Ok(saved) => saved,
        Err(elsewhere) => return Ok(elsewhere),
    };
    let here = url::share_topic(&code);
    let pressed = form.has("add") || form.has("remove");
    let address = match &saved.value {
        Err(Refusal::TooMuch) => url::noting(&here, "too-much"),
        Err(Refusal::TooManyParts) => url::noting(&here, "too-many-parts"),
        Err(Refusal::NoSuchPart) => here,
        _ if saved.fresh => url::noting(&here, "fresh"),
        Ok((Some(part), _)) => format!("{here}#{}-part", super::field::id(part)),
        Ok((None, _)) if pressed => here,
        Ok((None, true)) => url::noting(&here, "more"),
        Ok((None, false)) if is_wrong(&app, &saved.token, &code).await? => here,
        Ok((None, false)) => match form.first("next") {
            "keep" => return first::keep(&app, saved.token.clone()).await,
            "topic" => following(&app, &code),
            "topics" => url::share_topics(),
            "send" => url::share_preview(),
            _ => url::noting(&here, "saved"),
        },
    };
    saved.lead(&app, address)
}

/// How many answers ask for something more once they are saved: a second version, a ground.
fn in_question(answers: &Answers) -> usize {
    answers
        .pairs()
        .filter(|(name, value)| name.ends_with(".status") && matches!(*value, "disputed" | "withheld"))
        .count()
}

/// Whether something in the topic was answered wrongly.
async fn is_wrong(app: &Data<App>, token: &casebook_core::secret::Token, code: &str) -> Result<bool> {
    let (state, token, code) = (app.clone(), token.clone(), code.to_owned());
    app.read(move |r| {
        let Some(draft) = casebook_core::intake::draft::load(r, &token)? else { return Ok(false) };
        let composed = casebook_core::intake::compose(r, &state.intake(), &draft.answers, None)?;
        Ok(composed.is_err_and(|problems| !problems.of_topic(&code, &state.codebook).without_missing().is_empty()))
    })
    .await
}

/// The topic after this one, or the list.
fn following(app: &App, code: &str) -> String {
    let mut sections = app.codebook.sections().iter().skip_while(|section| section.code != code).skip(1);
    sections.next().map_or_else(url::share_topics, |section| url::share_topic(&section.code))
}
