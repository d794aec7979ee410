//! Review: the queue, submissions, drafts, published cases, and the public log.

pub mod case;
pub mod log;
pub mod pile;
pub mod queue;
pub mod revision;
pub mod sheet;
pub mod submission;
mod words;

use casebook_core::moderation::{
    Office,
    draft::{SIDES, Waiver},
};

use crate::kit::{App, Message, Moderator, Pairs, Visit};

/// What review works with.
fn office(app: &App, visit: &Visit) -> Office {
    Office {
        codebook: app.codebook.clone(),
        gazetteer: app.gazetteer.clone(),
        keys: app.keys.clone(),
        accounts: app.config.accounts.clone(),
        retention_weeks: app.config.submissions.retention_weeks,
        sides: SIDES.map(|side| (side, visit.text(Message::new(format!("moderation-side-{side}"))))).to_vec(),
        lang: visit.language.code(),
    }
}

/// Leaves a sentence for the next page.
fn say(app: &App, by: &Moderator, message: impl Into<Message>) {
    if let Some(to) = &by.visit.key {
        app.flash.say(to, message);
    }
}

/// The waivers of a form: `waived.N.at`, `waived.N.words` and, where one was chosen, `waived.N.reason`.
fn waivers(pairs: &Pairs) -> Vec<Waiver> {
    let read = |number: usize| {
        let value = |leaf: &str| pairs.first(&format!("waived.{number}.{leaf}")).to_owned();
        Some(Waiver { at: value("at"), words: value("words"), reason: value("reason").parse().ok()? })
    };
    let numbers = (1..).take_while(|number| pairs.has(&format!("waived.{number}.at")));
    numbers.filter_map(read).collect()
}
