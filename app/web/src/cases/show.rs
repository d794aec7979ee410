//! The page of one case: `/cases/{id}`, and `/cases/{id}/r/{n}` as it was cited.

mod gaps;
mod history;
mod measures;
mod retired;
pub(super) mod samples;
mod wording;

use actix_web::{
    HttpRequest, HttpResponse,
    http::header,
    web::{Data, Path},
};
use askama::Template;
use casebook_core::{
    cases::{
        published::{self, Eyes, Visibility},
        show::{self, Case, Tables},
        similar::{self, Common, Similar},
        view::Residents,
    },
    clock::Day,
    ids::CaseId,
    moderation::{self, Demand},
};

use crate::{
    kit::{App, Error, Frame, Page, Result, Viewer, Visit, page::Moved, page_cache::kept_or},
    record, url,
};

/// The page of one case.
#[derive(Debug, Template)]
#[template(path = "cases/show.html")]
pub struct CasePage {
    /// The frame.
    pub frame: Frame,
    /// The case.
    pub case: Case,
    /// The address of this revision, for citing.
    pub address: String,
    /// The day of access, for citing; none in a preview.
    pub accessed: Option<Day>,
    /// The words for the completeness of the case.
    pub completeness: String,
    /// Why it is hidden, where a moderator sees it all the same.
    pub hidden: Option<String>,
    /// Demands about it on which something was decided: what they were, and where the notice is.
    pub demands: Vec<(String, String)>,
    /// Why it stands in no list, where it is found by its address only.
    pub unlisted: Option<String>,
    /// Public cases that are like this one; none of an earlier revision, or where readers do not find it in lists.
    pub similar: Vec<Similar>,
}

/// `GET /cases/{id}` - the current revision.
///
/// # Errors
/// [`Error::NotFound`], [`Error::Gone`] with the reason where the case is hidden, or [`Error::Moved`] to the case that it was merged into.
pub async fn show(request: HttpRequest, app: Data<App>, viewer: Viewer, id: Path<String>) -> Result<HttpResponse> {
    let id = parsed(&id)?;
    kept_or(&request, &viewer.visit, url::case(&id), page(&app, &viewer, id, None)).await
}

/// `GET /cases/{id}/r/{n}` - a revision, as it was cited (row R16).
///
/// # Errors
/// [`Error::NotFound`], or [`Error::Gone`] with the reason where the case is hidden.
pub async fn revision(
    request: HttpRequest,
    app: Data<App>,
    viewer: Viewer,
    path: Path<(String, u32)>,
) -> Result<HttpResponse> {
    let (id, revision) = path.into_inner();
    let id = parsed(&id)?;
    let address = url::case_revision(&id, revision);
    kept_or(&request, &viewer.visit, address, page(&app, &viewer, id, Some(revision))).await
}

/// `GET /cases/{id}/{slug}` - leads to the case; so does an address in small letters.
///
/// # Errors
/// [`Error::NotFound`].
pub async fn slug(path: Path<(String, String)>) -> Result<Moved> {
    Ok(Moved(url::case(&parsed(&path.0)?)))
}

/// `GET /cases/{id}.json` - the document with its permanent address and what is computed of it (row R14).
///
/// # Errors
/// [`Error::NotFound`], or [`Error::Gone`] with the reason where the case is hidden.
pub async fn json(request: HttpRequest, app: Data<App>, visit: Visit, id: Path<String>) -> Result<HttpResponse> {
    let id = parsed(&id)?;
    kept_or(&request, &visit, url::case_json(&id), answer(&app, id, None)).await
}

/// `GET /cases/{id}/r/{n}.json` - the same of a revision.
///
/// # Errors
/// [`Error::NotFound`], or [`Error::Gone`] with the reason where the case is hidden.
pub async fn revision_json(
    request: HttpRequest,
    app: Data<App>,
    visit: Visit,
    path: Path<(String, u32)>,
) -> Result<HttpResponse> {
    let (id, revision) = path.into_inner();
    let id = parsed(&id)?;
    let address = url::case_revision_json(&id, revision);
    kept_or(&request, &visit, address, answer(&app, id, Some(revision))).await
}

async fn answer(app: &App, id: CaseId, revision: Option<u32>) -> Result<HttpResponse> {
    let found = app
        .read(move |r| match revision {
            Some(revision) => published::revision(r, &id, revision, Eyes::Public),
            None => published::find(r, &id, Eyes::Public),
        })
        .await;
    let found = match found {
        Err(Error::Moved { to }) => return Ok(Moved(url::case_json(&to)).into()),
        found => found?,
    };
    let body = record::of_revision(&found, app)?;
    let mut answer = HttpResponse::Ok();
    if found.visibility != Visibility::Public {
        answer.insert_header(("x-robots-tag", "noindex"));
    }
    Ok(answer.insert_header((header::CONTENT_TYPE, "application/json")).body(body))
}

async fn page(app: &Data<App>, viewer: &Viewer, id: CaseId, revision: Option<u32>) -> Result<Page<CasePage>> {
    let state = app.clone();
    let lang = viewer.visit.language.code();
    let eyes = if viewer.moderator().is_some() { Eyes::Moderator } else { Eyes::Public };
    let (case, demands, similar) = app
        .read(move |r| {
            let tables = Tables {
                codebook: &state.codebook,
                gazetteer: &state.gazetteer,
                jurisdictions: &state.jurisdictions,
                lang,
            };
            let case = show::show(r, &id, revision, eyes, tables)?;
            let is_listed = case.visibility == Visibility::Public && case.document.revision == case.current;
            let similar = match is_listed {
                true => similar::similar(r, &state.catalogue, &case.document, tables)?,
                false => Vec::new(),
            };
            Ok((case, moderation::demands_about(r, &id)?, similar))
        })
        .await?;
    let completeness = app.codebook.label("completeness", &case.computed.completeness, lang).to_lowercase();
    let mut page = CasePage::new(&viewer.visit, case, &app.config.public_url(), completeness);
    page.hidden = page.hidden.map(|reason| app.reason(&reason));
    page.demands = demands.iter().filter_map(|demand| demand_words(app, demand, lang)).collect();
    page.unlisted = page.unlisted.map(|reason| app.reason(&reason));
    page.similar = similar;
    page.accessed = Some(app.clock.today());
    Ok(Page::new(page))
}

/// What a demand was and what came of it, and where the notice is.
fn demand_words(app: &App, demand: &Demand, lang: &str) -> Option<(String, String)> {
    let label = |field: &str, code: &str| app.codebook.label(field, code, lang).to_owned();
    let outcome = label("demand_outcome", demand.decided.as_ref()?.outcome.as_str());
    let claimant = label("demand_claimant", demand.claimant.as_str());
    let sought = label("demand_sought", demand.sought.as_str());
    Some((format!("{}: {claimant}, {sought}. {outcome}", demand.received), url::notice(&demand.id)))
}

/// An id as people copy it: in small letters too.
pub(super) fn parsed(id: &str) -> Result<CaseId> {
    id.to_ascii_uppercase().parse().map_err(|_| Error::NotFound)
}

impl CasePage {
    /// The page of a case on a site with this address.
    #[must_use]
    pub fn new(visit: &Visit, case: Case, site: &str, completeness: String) -> Self {
        let document = &case.document;
        let summary = document.summary.as_ref().map(|summary| summary.text.clone()).unwrap_or_default();
        let mut frame = Frame::new(visit, document.title.text.clone()).describing(summary).noting(visit.notice.clone());
        frame.member.clone_from(&visit.member);
        let address = format!("{site}{}", url::case_revision(&document.id, document.revision));
        let (hidden, unlisted) = match &case.visibility {
            Visibility::Hidden(reason) => (Some(reason.clone()), None),
            Visibility::Unlisted(reason) => (None, Some(reason.clone())),
            Visibility::Public | Visibility::Merged(_) => (None, None),
        };
        let (accessed, demands, similar) = (None, Vec::new(), Vec::new());
        Self { frame, address, accessed, completeness, hidden, unlisted, case, demands, similar }
    }

    /// The feed of the case; none where readers see no such case, as in a preview.
    fn feed_address(&self) -> Option<String> {
        let is_there = self.frame.is_at(&url::cases()) && self.hidden.is_none() && self.merged_into().is_none();
        is_there.then(|| url::case_feed(&self.case.document.id))
    }

    fn similar_address(&self, similar: &Similar) -> String {
        url::case(&similar.id)
    }

    fn method_address(&self) -> String {
        url::method()
    }

    /// Why a moderator set a similar case beside this one, and what both have in common, a sentence for each field.
    fn reasons(&self, similar: &Similar) -> Vec<String> {
        let sentence = |common: &Common| {
            let label = common.label.clone().unwrap_or_else(|| self.frame.t("list-vendor"));
            self.frame.t2("case-similar-common", "label", label, "what", common.what.join(", "))
        };
        let set =
            similar.set_beside.as_ref().map(|why| self.frame.t1("case-similar-set", "reason", why.to_lowercase()));
        set.into_iter().chain(similar.in_common.iter().map(sentence)).collect()
    }
}
