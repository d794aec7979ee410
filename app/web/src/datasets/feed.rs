//! `/datasets.atom` - the releases as a feed: whoever works with the dataset learns of a new one by any feed reader (rows R6, R15).
//!
//! Its dates are the days on which it was noted in the log that a release was made, recalled or handed out again; seconds only count what was noted on
//! one day. A recall holds at once and is noted within the hour: until then an entry offers no file any more and has the date that it had.
//! The date of an edition that another one took the place of is that of the other one, so that whoever has it hears of that too.

use std::collections::HashMap;

use actix_web::{HttpResponse, web::Data};
use casebook_core::{
    cases::citation::AUTHOR,
    clock::{Day, Moment, Quarter},
    releases::{self, Release, State, Version, package_name},
};

use super::{changed, describe::Describer, facts, media_type, standing};
use crate::{
    kit::{
        App, Message, Result, Visit,
        feed::{Enclosure, Entry, Feed, legal},
    },
    url,
};

/// `GET /datasets.atom` - all releases with all their editions, the newest first.
///
/// # Errors
/// Those of the database.
pub async fn feed(app: Data<App>, visit: Visit) -> Result<HttpResponse> {
    let (all, moments) = app.read(|r| Ok((releases::all(r)?, releases::moments(r)?))).await?;
    of(&Describer::new(&app, visit.language), &all, &moments, app.clock.today()).answer()
}

fn of(describer: &Describer, all: &[Release], moments: &HashMap<Version, Moment>, today: Day) -> Feed {
    let when = |release: &Release| moments.get(&release.version).copied().unwrap_or_else(|| release.day.into());
    let entries: Vec<Entry> = all
        .iter()
        .map(|release| {
            let successor = all.iter().find(|other| release.state == State::Replaced { by: other.version });
            entry(describer, release, when(successor.unwrap_or(release)))
        })
        .collect();
    let newest = entries.iter().map(|entry| entry.updated).max();
    Feed {
        lang: describer.language.code(),
        author: AUTHOR,
        address: describer.at(&url::datasets_as("atom")),
        page: describer.at(&url::datasets()),
        title: legal(&describer.text("datasets-feed-title")),
        // A feed must have a date, and one without entries has nothing that it could follow from.
        updated: newest.unwrap_or_else(|| Quarter::of(today).first_day().into()),
        entries,
    }
}

fn entry(describer: &Describer, release: &Release, updated: Moment) -> Entry {
    let lang = describer.language.code().to_owned();
    Entry {
        address: describer.at(&url::release(release.version)),
        changes: None,
        title: legal(&release.title()),
        updated,
        enclosure: package(describer, release),
        summary: Some((legal(&summary(describer, release)), lang.clone())),
        lang,
    }
}

/// The package, as long as it is handed out.
fn package(describer: &Describer, release: &Release) -> Option<Enclosure> {
    let file = release.file(&package_name(release.version)).filter(|_| release.may_be_fetched())?;
    let address = describer.at(&url::release_file(release.version, &file.name));
    Some(Enclosure { address, kind: media_type(&file.name), bytes: file.bytes })
}

/// Day, size and changes; what whoever made it has to say, or why it is not handed out.
fn summary(describer: &Describer, release: &Release) -> String {
    let message = Message::new("datasets-feed-summary").with("facts", facts(release, describer.language));
    let words = describer.say(message.with("changed", changed(&release.counts, describer.language)));
    let more = release.note.clone().into_iter().chain(standing(release, describer.language));
    more.fold(words, |words, more| format!("{words} {more}"))
}
