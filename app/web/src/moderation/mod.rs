//! Review: the queue, submissions, drafts, published cases, demands, the public log and its numbers.

pub mod case;
pub mod changes;
pub mod corrections;
pub mod demands;
pub mod desk;
pub mod inbox;
pub mod letters;
pub mod log;
pub mod notes;
pub mod pile;
pub mod queue;
mod received;
pub mod removal;
pub mod revision;
pub mod sheet;
pub mod similar;
pub mod submission;
pub mod transparency;
mod words;

use casebook_core::{
    cases::show::Tables,
    moderation::{
        Checklist, Looked, Office,
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

/// What the view of a case is made with.
fn tables<'a>(app: &'a App, lang: &'a str) -> Tables<'a> {
    Tables { codebook: &app.codebook, gazetteer: &app.gazetteer, jurisdictions: &app.jurisdictions, lang }
}

/// Leaves a sentence for the next page.
fn say(app: &App, by: &Moderator, message: impl Into<Message>) {
    if let Some(to) = &by.visit.key {
        app.flash.say(to, message);
    }
}

/// What comes with a decision to publish: the waivers and the checklist of a form, or what is missing of the latter.
fn looked(app: &App, visit: &Visit, pairs: &Pairs) -> Result<Looked, Problems> {
    let ticked = |input: &str| pairs.has(input);
    let checklist =
        Checklist::parse(ticked, &app.codebook, visit.language.code()).map_err(|wrong| words::problems(&wrong))?;
    Ok(Looked { waivers: waivers(pairs), checklist })
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
