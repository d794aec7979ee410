//! Review: the queue, submissions, drafts, published cases, demands, the public log and its numbers.

pub mod case;
pub mod demands;
pub mod log;
pub mod queue;
pub mod removal;
pub mod revision;
pub mod sheet;
pub mod submission;
pub mod transparency;
mod words;

use casebook_core::{
    intake,
    moderation::{
        Office,
        draft::{SIDES, Waiver},
    },
};

use crate::kit::{App, Message, Moderator, Pairs, Problems, Visit};

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

/// What the core found wrong with a form, as the page says it.
fn core_problems(wrong: &intake::Problems) -> Problems {
    let mut problems = Problems::new();
    wrong.iter().for_each(|problem| problems.add(problem.input.clone(), words::message(&problem.fault)));
    problems
}
