//! `/datasets.atom` - the releases as a feed: whoever works with the dataset learns of a new one by any feed reader (rows R6, R15).
//!
//! Its dates are the days on which releases were made, which their pages tell as well. The date of an edition that another one took the place of is that
//! of the other one, so that whoever has it hears of that too.

use actix_web::{HttpResponse, web::Data};
use casebook_core::{
    cases::citation::AUTHOR,
    clock::{Day, Quarter},
    releases::{self, Release, State},
};

use super::{changed, describe::Describer, facts, standing};
use crate::{
    kit::{
        App, Message, Result, Visit,
        feed::{Entry, Feed, legal},
    },
    url,
};

/// `GET /datasets.atom` - all releases with all their editions, the newest first.
///
/// # Errors
/// Those of the database.
pub async fn feed(app: Data<App>, visit: Visit) -> Result<HttpResponse> {
    let all = app.read(releases::all).await?;
    of(&Describer::new(&app, visit.language), &all, app.clock.today()).answer()
}

fn of(describer: &Describer, all: &[Release], today: Day) -> Feed {
    let entries: Vec<Entry> = all.iter().map(|release| entry(describer, release, all)).collect();
    let newest = entries.iter().map(|entry| entry.updated).max();
    Feed {
        lang: describer.language.code(),
        author: AUTHOR,
        address: describer.at(&url::datasets_as("atom")),
        page: describer.at(&url::datasets()),
        title: legal(&describer.text("datasets-feed-title")),
        // A feed must have a date, and one without entries has nothing that it could follow from.
        updated: newest.unwrap_or_else(|| Quarter::of(today).first_day()),
        entries,
    }
}

fn entry(describer: &Describer, release: &Release, all: &[Release]) -> Entry {
    let lang = describer.language.code().to_owned();
    let successor = match release.state {
        State::Replaced { by } => all.iter().find(|other| other.version == by),
        State::Current | State::Recalled { .. } => None,
    };
    Entry {
        address: describer.at(&url::release(release.version)),
        changes: None,
        title: legal(&super::title(release)),
        updated: successor.map_or(release.day, |successor| successor.day),
        summary: Some((legal(&summary(describer, release)), lang.clone())),
        lang,
    }
}

/// Day, size and changes; what whoever made it has to say, or why it is not handed out.
fn summary(describer: &Describer, release: &Release) -> String {
    let message = Message::new("datasets-feed-summary").with("facts", facts(release, describer.language));
    let words = describer.say(message.with("changed", changed(&release.counts, describer.language)));
    let more = release.note.clone().into_iter().chain(standing(release, describer.language));
    more.fold(words, |words, more| format!("{words} {more}"))
}
