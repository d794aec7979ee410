//! `/about`, `/method` and `/protection`: Markdown from the message files, with what the settings and the data inventory add.

use actix_web::web::Data;
use askama::Template;
use casebook_core::{
    cases::statistics::POINTS,
    config::{Accounts, Batches, Instance},
};

use super::proofs;
use crate::kit::{App, Frame, Html, Message, Page, Sample, Visit, page::sample_visit};

const ABOUT: &str = include_str!("../../messages/en/about.md");
const PROTECTION: &str = include_str!("../../messages/en/protection.md");
const METHOD: &str = include_str!("../../messages/en/method.md");
/// Every column, line, file and header that holds something; a test compares it with the running program.
const INVENTORY: &str = include_str!("../../../../docs/data-inventory.md");

/// The text without its first heading, which the page's own title stands for.
fn below_title(text: &str) -> &str {
    match text.trim_start().strip_prefix("# ") {
        Some(rest) => rest.split_once('\n').map_or("", |(_, rest)| rest),
        None => text,
    }
}

/// Headings one level down, so that a document stands under a heading of the page.
fn one_level_down(text: &str) -> String {
    text.lines().map(|line| if line.starts_with('#') { format!("#{line}\n") } else { format!("{line}\n") }).collect()
}

/// A text with what the settings say put in at its `{names}`.
fn prose(text: &str, values: &[(&str, String)]) -> Html {
    let filled = values
        .iter()
        .fold(below_title(text).to_owned(), |text, (name, value)| text.replace(&format!("{{{name}}}"), value));
    Html::from_our_own(&filled)
}

/// What the operator says, or that they say nothing; as text, whatever signs are in it.
fn told(visit: &Visit, said: &str, label: &'static str, silent: &'static str) -> String {
    if said.is_empty() { visit.text(silent) } else { visit.text(Message::new(label).with("text", literal(said))) }
}

/// A text in which Markdown finds nothing to do.
fn literal(text: &str) -> String {
    let mut literal = String::with_capacity(text.len());
    for c in text.chars().filter(|c| !c.is_control()) {
        if c.is_ascii_punctuation() {
            literal.push('\\');
        }
        literal.push(c);
    }
    literal
}

/// A page of prose.
#[derive(Debug, Template)]
#[template(path = "about/prose.html")]
pub struct ProsePage {
    /// The frame.
    pub frame: Frame,
    /// The text.
    pub text: Html,
}

fn about_text(visit: &Visit, instance: &Instance) -> Html {
    let values = [
        ("moderation", visit.text("about-moderation")),
        ("operator", told(visit, &instance.operator, "about-operator", "about-operator-silent")),
        ("funding", told(visit, &instance.funding, "about-funding", "about-funding-silent")),
        ("contact", told(visit, &instance.contact, "about-contact", "about-contact-silent")),
    ];
    prose(ABOUT, &values)
}

/// `GET /about` - who moderates, who pays, what this is for. Row D11.
pub async fn about(app: Data<App>, visit: Visit) -> Page<ProsePage> {
    Page::new(ProsePage {
        text: about_text(&visit, &app.config.instance),
        frame: visit.frame("about-title").describing(visit.text("about-description")),
    })
}

/// The sentence on the days on which accounts are published.
fn batches(batches: Batches) -> &'static str {
    match batches {
        Batches::Quarterly => "about-batches-quarterly",
        Batches::Monthly => "about-batches-monthly",
        Batches::None => "about-batches-none",
    }
}

/// The sentence on how long an account waits once it is accepted.
fn waits(accounts: &Accounts) -> Message {
    let (delay, jitter) = (accounts.delay_days, accounts.jitter_days);
    if delay + jitter == 0 && accounts.batches == Batches::None {
        return Message::new("about-waits-for-nothing");
    }
    Message::new("about-waits").with("delay", delay).with("jitter", jitter)
}

/// `GET /protection` - what is stored, what is not, and what nobody can protect against. Row D11.
pub async fn protection(app: Data<App>, visit: Visit) -> Page<ProsePage> {
    let values = [
        ("retention_weeks", app.config.submissions.retention_weeks.to_string()),
        ("waits", visit.text(waits(&app.config.accounts))),
        ("batches", visit.text(batches(app.config.accounts.batches))),
        ("inventory", one_level_down(below_title(INVENTORY))),
    ];
    Page::new(ProsePage { text: promises(&visit, &values), frame: visit.frame("about-protection-title") })
}

/// `GET /method` - how the measures are computed, from which sources, and what they do not say. Rows S2 to S4 and R36.
pub async fn method(app: Data<App>, visit: Visit) -> Page<ProsePage> {
    Page::new(ProsePage {
        text: method_text(app.config.statistics.suppress_below),
        frame: visit.frame("about-method-title").describing(visit.text("about-method-description")),
    })
}

fn method_text(suppress_below: u32) -> Html {
    prose(METHOD, &[("suppress_below", suppress_below.to_string()), ("points", POINTS.to_string())])
}

/// The page's promises, each with the number of its proof.
fn promises(visit: &Visit, values: &[(&str, String)]) -> Html {
    prose(
        &proofs::numbered(PROTECTION, |number| visit.text(Message::new("about-proof").with("number", number))),
        values,
    )
}

impl Sample for ProsePage {
    fn samples() -> Vec<(&'static str, Self)> {
        let visit = sample_visit("/about");
        let page = |said: &str| {
            let said = said.to_owned();
            let values = [("operator", told(&visit, &said, "about-operator", "about-operator-silent"))];
            Self { frame: visit.frame("about-title"), text: prose(ABOUT, &values) }
        };
        let inventory = [("inventory", one_level_down(below_title(INVENTORY)))];
        let text = promises(&visit, &inventory);
        let protection = Self { frame: visit.frame("about-protection-title"), text };
        let method = Self { frame: visit.frame("about-method-title"), text: method_text(3) };
        vec![
            ("silent", page("")),
            ("hostile", page("<script>alert(1)</script> [x](javascript:x)")),
            ("protection", protection),
            ("method", method),
        ]
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_title_is_taken_off_and_documents_go_one_level_down() {
        assert_eq!(below_title("# About\n\nText\n"), "\nText\n");
        assert_eq!(below_title("Text\n"), "Text\n");
        assert_eq!(prose("{a}", &[("a", literal("<b> *c* & d"))]).to_string(), "<p>&lt;b&gt; *c* &amp; d</p>\n");
        assert_eq!(one_level_down("# A\ntext # b\n"), "## A\ntext # b\n");
    }
}
