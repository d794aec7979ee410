//! `/share/addition` - the published case that an account adds to: what is known of it, and which fields are empty (row C15).
//!
//! The case is chosen by a posted form, so that no address in the browser's history tells which one it is.

use actix_web::web::Data;
use askama::Template;
use casebook_core::{
    Error as CoreError,
    cases::{
        published::Eyes,
        show::{self, Case},
        view::{Row, Topic},
    },
    ids::CaseId,
    intake,
};

use super::{
    browser::Reply,
    desk::{self, Browser, save, see, tables},
    notes,
};
use crate::{
    kit::{App, Error, Frame, Language, Pairs, PostForm, Result, Visit},
    url, words,
};

/// The case that an account adds to.
#[derive(Debug, Template)]
#[template(path = "intake/addition.html")]
pub struct AdditionPage {
    /// The frame.
    pub frame: Frame,
    /// The case; none where none was chosen, or it is not public any more.
    pub case: Option<Known>,
}

/// What is public of a case, as far as one who adds to it has to know.
#[derive(Debug)]
pub struct Known {
    /// Its number.
    pub id: String,
    /// Its title.
    pub title: String,
    /// The language of the title.
    pub lang: String,
    /// How many accounts stand behind it.
    pub accounts: usize,
    /// The topics.
    pub topics: Vec<KnownTopic>,
}

/// What is public of one topic.
#[derive(Debug)]
pub struct KnownTopic {
    /// Where it is filled in.
    pub address: String,
    /// Its name.
    pub label: String,
    /// The fields of which nothing is known.
    pub empty: Vec<String>,
    /// The fields of which something is known, and what.
    pub known: Vec<(String, String)>,
}

/// `GET /share/addition` - what is known, and what is not.
///
/// # Errors
/// Those of the database.
pub async fn addition(app: Data<App>, visit: Visit, browser: Browser, query: Pairs) -> Result<Reply> {
    let opened = match desk::open(&app, &visit, &browser).await? {
        Ok(opened) => opened,
        Err(elsewhere) => return Ok(elsewhere),
    };
    let mut frame = opened.frame(&visit, "intake-addition-title");
    frame.notice = notes::of(&visit, &query);
    let case = match opened.answers().adds_to() {
        Some(id) => case(&app, &visit, id).await?,
        None => None,
    };
    let case = case.map(|case| Known::of(&case, visit.language));
    opened.reply(&app, AdditionPage { case, frame })
}

/// The case as readers see it; none where it is not public any more.
async fn case(app: &Data<App>, visit: &Visit, id: CaseId) -> Result<Option<Case>> {
    let (state, asker) = (app.clone(), visit.clone());
    app.read(move |r| match show::show(r, &id, None, Eyes::Public, tables(&state, &asker)) {
        Ok(case) => Ok(Some(case)),
        Err(CoreError::NotFound | CoreError::Gone { .. }) => Ok(None),
        Err(error) => Err(error),
    })
    .await
}

impl Known {
    fn of(case: &Case, language: Language) -> Self {
        let title = &case.document.title;
        Self {
            id: case.document.id.to_string(),
            title: title.text.clone(),
            lang: title.lang.clone(),
            accounts: case.view.accounts,
            topics: case.view.topics.iter().map(|topic| KnownTopic::of(topic, language)).collect(),
        }
    }
}

impl KnownTopic {
    fn of(topic: &Topic, language: Language) -> Self {
        let label = |row: &Row| words::shown(&row.label, language);
        let (empty, known): (Vec<&Row>, Vec<&Row>) =
            topic.groups.iter().flat_map(|group| &group.rows).partition(|row| row.entries.is_empty());
        let said = |row: &Row| {
            let values = row.entries.iter().map(|entry| match &entry.value {
                Some(value) => words::shown(value, language),
                None => words::status(entry.status, language),
            });
            values.collect::<Vec<_>>().join("; ")
        };
        Self {
            address: url::share_topic(&topic.code),
            label: topic.label.clone(),
            empty: empty.into_iter().map(label).collect(),
            known: known.into_iter().map(|row| (label(row), said(row))).collect(),
        }
    }
}

/// `POST /share/addition` - makes the form one that adds to a case, or with `next=alone` one of its own again.
///
/// # Errors
/// Those of the database and of the rate limit's page.
pub async fn choose(app: Data<App>, browser: Browser, form: PostForm) -> Result<Reply> {
    let base = match (form.first("next"), parsed(form.first("case"))) {
        ("alone", _) => None,
        (_, Some(id)) => match app.read(move |r| intake::base(r, &id)).await {
            Ok(base) => Some(base),
            Err(Error::NotFound | Error::Gone { .. }) => return Ok(no_such_case()),
            Err(error) => return Err(error),
        },
        (_, None) => return Ok(no_such_case()),
    };
    let adds = base.is_some();
    let saved = save(&app, &browser, form.pairs(), move |draft, _| match &base {
        Some(base) => intake::add_to(&mut draft.answers, base),
        None => intake::stand_alone(&mut draft.answers),
    });
    match saved.await? {
        Ok(saved) if adds => saved.lead(&app, url::share_addition()),
        Ok(saved) => saved.lead(&app, url::noting(&url::share_topics(), "alone")),
        Err(elsewhere) => Ok(elsewhere),
    }
}

fn no_such_case() -> Reply {
    Reply::of(see(url::noting(&url::share_addition(), "no-such-case")))
}

/// The number of a case, as people copy it: alone, in small letters, or at the end of its address.
fn parsed(typed: &str) -> Option<CaseId> {
    let typed = typed.trim().trim_end_matches('/');
    typed.rsplit('/').next()?.to_ascii_uppercase().parse().ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_number_of_a_case_is_read_as_it_is_copied() {
        let id = "7K2MQX4T".parse::<CaseId>().ok();
        for typed in ["7K2MQX4T", " 7k2mqx4t ", "https://casebook.example/cases/7K2MQX4T", "/cases/7K2MQX4T/"] {
            assert_eq!(parsed(typed), id, "{typed}");
        }
        assert_eq!(parsed("Duisburg"), None);
    }
}
