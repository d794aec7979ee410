//! The inverse of the site map: links are functions, never strings. See [`crate::routes`].

mod alerts;
mod api;
mod exchange;
mod exports;
mod facets;
mod feeds;
mod flood;
mod oversight;
mod releases;
mod staff;
mod statistics;

use casebook_core::{
    cases::{citation::Format, compare::Chosen},
    ids::{CaseId, OrganisationId, ReviewDraftId, SubmissionId},
    moderation::Order,
};
use url::form_urlencoded;

pub use self::alerts::{confirm_alert, end_alert, new_alert};
pub use self::api::*;
pub use self::exchange::{changes, correction};
pub use self::exports::cases_as;
pub use self::facets::facet;
pub use self::feeds::{case_feed, cases_feed, organisation_feed};
pub use self::flood::{alike, pile};
pub use self::oversight::{
    demand, demands, erase_in_case, lift_redaction, log, log_page, notice, redact_in_case, transparency,
};
pub use self::releases::{datasets, datasets_as, release, release_as, release_file};
pub use self::staff::*;
pub use self::statistics::{method, statistics, statistics_bars, statistics_sheet};
use crate::kit::{Area, error::Kind};

/// The first page.
#[must_use]
pub fn home() -> String {
    "/".to_owned()
}

/// The list of cases with its search.
#[must_use]
pub fn cases() -> String {
    "/cases".to_owned()
}

/// One case.
#[must_use]
pub fn case(id: &CaseId) -> String {
    format!("/cases/{id}")
}

/// The document of a case.
#[must_use]
pub fn case_json(id: &CaseId) -> String {
    format!("/cases/{id}.json")
}

/// A revision of a case, for citing.
#[must_use]
pub fn case_revision(id: &CaseId, revision: u32) -> String {
    format!("/cases/{id}/r/{revision}")
}

/// What a revision of a case changed.
#[must_use]
pub fn case_changes(id: &CaseId, revision: u32) -> String {
    format!("/cases/{id}/r/{revision}/changes")
}

/// The document of a revision of a case.
#[must_use]
pub fn case_revision_json(id: &CaseId, revision: u32) -> String {
    format!("/cases/{id}/r/{revision}.json")
}

/// The cases that an organisation is part of.
#[must_use]
pub fn cases_of(organisation: &OrganisationId) -> String {
    with_query("/cases", &[("f.vendor", organisation.as_str())])
}

/// Cases side by side.
#[must_use]
pub fn compare(cases: &[&CaseId]) -> String {
    let pairs: Vec<(&str, &str)> = cases.iter().map(|id| ("case", id.as_str())).collect();
    with_query("/compare", &pairs)
}

/// The files of a citation: the name of each format, and where it is. `page` is what is cited, with what follows its question mark.
#[must_use]
pub fn citations(page: &str) -> Vec<(&'static str, String)> {
    let (path, query) = page.split_once('?').map_or((page, String::new()), |(path, query)| (path, format!("?{query}")));
    let file = |format: Format| (format.name(), format!("{path}.{}{query}", format.ending()));
    Format::ALL.into_iter().map(file).collect()
}

/// The list of the cases that these filters ask for.
#[must_use]
pub fn cases_fitting(pairs: &[(String, String)]) -> String {
    with_pairs("/cases", pairs)
}

/// Cases side by side as an address named them, with all rows or with those that differ.
#[must_use]
pub fn comparison(chosen: &[Chosen], only_differences: bool) -> String {
    with_pairs("/compare", &comparison_pairs(chosen, only_differences))
}

/// The same matrix as a file, whose format the ending tells: `csv` or `xlsx`.
#[must_use]
pub fn comparison_file(chosen: &[Chosen], only_differences: bool, ending: &str) -> String {
    with_pairs(&format!("/compare.{ending}"), &comparison_pairs(chosen, only_differences))
}

fn comparison_pairs(chosen: &[Chosen], only_differences: bool) -> Vec<(String, String)> {
    let mut pairs: Vec<_> = chosen.iter().map(|chosen| ("case".to_owned(), chosen.to_string())).collect();
    if only_differences {
        pairs.push(("only".to_owned(), "differences".to_owned()));
    }
    pairs
}

fn with_pairs(path: &str, pairs: &[(String, String)]) -> String {
    let pairs: Vec<(&str, &str)> = pairs.iter().map(|(name, value)| (name.as_str(), value.as_str())).collect();
    with_query(path, &pairs)
}

/// A field's place in the vocabulary.
#[must_use]
pub fn codebook_field(field: &str) -> String {
    format!("/codebook#{field}")
}

/// The vocabulary.
#[must_use]
pub fn codebook() -> String {
    "/codebook".to_owned()
}

/// Who runs this.
#[must_use]
pub fn about() -> String {
    "/about".to_owned()
}

/// What is held of whom, and what is not.
#[must_use]
pub fn protection() -> String {
    "/protection".to_owned()
}

/// The list of public pages for search engines.
#[must_use]
pub fn sitemap() -> String {
    "/sitemap.xml".to_owned()
}

/// Contributing.
#[must_use]
pub fn share() -> String {
    "/share".to_owned()
}

/// The page that tells a contributor what went wrong with what they sent.
#[must_use]
pub fn share_problem(kind: Kind) -> String {
    format!("/share/problem?what={}", kind.name())
}

/// A page with a note of what has just happened.
#[must_use]
pub fn noting(path: &str, note: &str) -> String {
    if note.is_empty() { path.to_owned() } else { format!("{path}?note={note}") }
}

/// The first page of the form with a note of what has just happened.
#[must_use]
pub fn share_noting(note: &str) -> String {
    noting("/share", note)
}

/// The task list.
#[must_use]
pub fn share_topics() -> String {
    "/share/topics".to_owned()
}

/// One topic of the form.
#[must_use]
pub fn share_topic(code: &str) -> String {
    format!("/share/topic/{code}")
}

/// What would be public.
#[must_use]
pub fn share_preview() -> String {
    "/share/preview".to_owned()
}

/// The case that an account adds to.
#[must_use]
pub fn share_addition() -> String {
    "/share/addition".to_owned()
}

/// The twelve words.
#[must_use]
pub fn share_words() -> String {
    "/share/words".to_owned()
}

/// After the quick exit; says whether something stays under its words.
#[must_use]
pub fn share_left(stays: bool) -> String {
    if stays { "/share/left?stays".to_owned() } else { "/share/left".to_owned() }
}

/// What was typed while it could not be saved.
#[must_use]
pub fn share_held(kind: Kind) -> String {
    format!("/share/held?what={}", kind.name())
}

/// A contributor's own case.
#[must_use]
pub fn return_case() -> String {
    "/return/case".to_owned()
}

/// The field for a message on a contributor's own case.
#[must_use]
pub fn return_message() -> String {
    format!("{}#message", return_case())
}

/// The field in which correction or removal is asked for, with a note of what has just happened.
#[must_use]
pub fn return_wish(note: &str) -> String {
    format!("{}#wish", noting(&return_case(), note))
}

/// The field for words to the moderators in the preview, with a note of what has just happened.
#[must_use]
pub fn share_reply(note: &str) -> String {
    format!("{}#reply", noting(&share_preview(), note))
}

/// Asking for the words, with a note of what has just happened.
#[must_use]
pub fn return_noting(note: &str) -> String {
    noting("/return", note)
}

/// Asking for the words again: what was wrong with them, and at which place.
#[must_use]
pub fn return_wrong(what: &str, number: Option<usize>) -> String {
    match number {
        Some(number) => format!("/return?wrong={what}&n={number}"),
        None => format!("/return?wrong={what}"),
    }
}

/// Back with the passphrase.
#[must_use]
pub fn return_() -> String {
    "/return".to_owned()
}

/// Signing in.
#[must_use]
pub fn sign_in() -> String {
    "/staff/sign-in".to_owned()
}

/// Signing in, and then back to `address`.
#[must_use]
pub fn sign_in_and_return(address: Option<&str>) -> String {
    match address {
        Some(address) => with_query("/staff/sign-in", &[("to", address)]),
        None => sign_in(),
    }
}

/// The second step of signing in, and then on to `address`.
#[must_use]
pub fn second_factor(address: Option<&str>) -> String {
    match address {
        Some(address) => with_query("/staff/second-factor", &[("to", address)]),
        None => "/staff/second-factor".to_owned(),
    }
}

/// Signing out.
#[must_use]
pub fn sign_out() -> String {
    "/staff/sign-out".to_owned()
}

/// Where the staff begin.
#[must_use]
pub fn staff() -> String {
    "/staff".to_owned()
}

/// What waits for moderators.
#[must_use]
pub fn queue() -> String {
    "/staff/queue".to_owned()
}

/// What waits, or what was declined, in an order.
#[must_use]
pub fn queue_sorted(order: Order, declined: bool) -> String {
    let show: &[(&str, &str)] = if declined { &[("show", "declined")] } else { &[] };
    let pairs: Vec<(&str, &str)> = [("sort", order.word())].into_iter().chain(show.iter().copied()).collect();
    with_query("/staff/queue", &pairs)
}

/// A submission under review.
#[must_use]
pub fn submission(id: &SubmissionId) -> String {
    format!("/staff/submissions/{id}")
}

/// The messages about a submission.
#[must_use]
pub fn submission_messages(id: &SubmissionId) -> String {
    format!("{}#messages", submission(id))
}

/// One sheet of the draft that is made of a submission.
#[must_use]
pub fn submission_sheet(id: &SubmissionId, sheet: &str) -> String {
    format!("/staff/submissions/{id}/edit/{sheet}")
}

/// The draft that is made of a submission, as it would be public.
#[must_use]
pub fn submission_preview(id: &SubmissionId) -> String {
    format!("/staff/submissions/{id}/preview")
}

/// The draft of a revision.
#[must_use]
pub fn revision_draft(id: &ReviewDraftId) -> String {
    format!("/staff/drafts/{id}")
}

/// One sheet of the draft of a revision.
#[must_use]
pub fn revision_sheet(id: &ReviewDraftId, sheet: &str) -> String {
    format!("/staff/drafts/{id}/edit/{sheet}")
}

/// The draft of a revision, as it would be public.
#[must_use]
pub fn revision_preview(id: &ReviewDraftId) -> String {
    format!("/staff/drafts/{id}/preview")
}

/// A published case, for moderators.
#[must_use]
pub fn staff_case(id: &CaseId) -> String {
    format!("/staff/cases/{id}")
}

/// The page from which one starts again in a part of the site.
#[must_use]
pub fn start_of(area: Area) -> String {
    match area {
        Area::Public => home(),
        Area::Api => api(),
        Area::Contributor => share(),
        Area::Staff => staff(),
    }
}

/// `path` with these pairs after a question mark.
#[must_use]
pub fn with_query(path: &str, pairs: &[(&str, &str)]) -> String {
    let query = form_urlencoded::Serializer::new(String::new()).extend_pairs(pairs).finish();
    if query.is_empty() { path.to_owned() } else { format!("{path}?{query}") }
}
