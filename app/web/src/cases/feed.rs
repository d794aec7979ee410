//! Feeds in Atom (RFC 4287): of what a query shows, of one case, and of the cases of an organisation (rows R6, D10).
//!
//! A date is the first day of a quarter, never the day itself. An entry is a revision, known by the address under which it is cited: so a
//! revised case is a new entry, in whatever feed it stands. The author is the collection.

use actix_web::{
    HttpResponse,
    http::header::{HeaderName, HeaderValue},
    web::{Data, Path},
};
use casebook_core::{
    Error as CoreError,
    cases::{
        citation::AUTHOR,
        document::Document,
        facets::{FieldFilter, Filters, Sort, VENDOR},
        published::{self, Eyes, Published, RevisionNote, Visibility},
        search::{self, Notice},
    },
    clock::Quarter,
    ids::OrganisationId,
    organisations,
};

use super::show::parsed;
use crate::{
    filters,
    kit::{
        App, Error, Message, Pairs, Result, Visit,
        feed::{Entry, Feed, legal},
        page::Moved,
    },
    url,
};

/// How many cases a feed of a set holds: those published or revised last.
const MOST: usize = 50;

/// `GET /cases.atom` - the cases that fit words and filters, what was published or revised last first.
///
/// # Errors
/// [`Error::BadRequest`] with what is allowed, for a filter that is not.
pub async fn set(app: Data<App>, visit: Visit, pairs: Pairs) -> Result<HttpResponse> {
    let asked = filters::parse(&app, &pairs)?;
    let pairs = asked.filters.pairs_of_set();
    if asked.moved {
        return Ok(Moved(url::cases_feed(&pairs)).into());
    }
    let named = asked.filters.organisations();
    let parties = app.read(move |r| organisations::of_ids(r, &named)).await?;
    let words = filters::labels(&app, &parties, visit.language).words(&asked.filters);
    let title = match words.is_empty() {
        true => Message::new("feed-all"),
        false => Message::new("feed-set").with("filters", words),
    };
    let documents = newest(&app, asked.filters).await?;
    let (address, page) = (url::cases_feed(&pairs), url::cases_fitting(&pairs));
    of_set(&app, &visit, &title, (address, page), &documents).answer()
}

/// `GET /organisations/{id}.atom` - the cases that an organisation is part of.
///
/// # Errors
/// [`Error::NotFound`] for an organisation that no public case names.
pub async fn organisation(app: Data<App>, visit: Visit, id: Path<String>) -> Result<HttpResponse> {
    let id: OrganisationId = id.parse().map_err(|_| Error::NotFound)?;
    let vendor = FieldFilter { any: [id.as_str().to_owned()].into(), ..FieldFilter::default() };
    let documents =
        newest(&app, Filters { fields: [(VENDOR.to_owned(), vendor)].into(), ..Filters::default() }).await?;
    if documents.is_empty() {
        return Err(Error::NotFound);
    }
    let sought = id.clone();
    let record = app.read(move |r| organisations::find(r, &sought)).await?.ok_or(Error::NotFound)?;
    let title = Message::new("feed-organisation").with("name", record.name());
    of_set(&app, &visit, &title, (url::organisation_feed(&id), url::cases_of(&id)), &documents).answer()
}

/// `GET /cases/{id}.atom` - the revisions of a case, the newest first, each with the reason for it.
///
/// # Errors
/// [`Error::NotFound`], or [`Error::Gone`] with the reason where the case is hidden.
pub async fn case(app: Data<App>, visit: Visit, id: Path<String>) -> Result<HttpResponse> {
    let id = parsed(&id)?;
    let found = match app.read(move |r| published::find(r, &id, Eyes::Public)).await {
        Err(Error::Moved { to }) => return Ok(Moved(url::case_feed(&to)).into()),
        found => found?,
    };
    let mut answer = of_case(&app.config.public_url(), &visit, &found).answer()?;
    if found.visibility != Visibility::Public {
        answer.headers_mut().insert(HeaderName::from_static("x-robots-tag"), HeaderValue::from_static("noindex"));
    }
    Ok(answer)
}

/// The documents of the newest cases that fit, in the order in which they are told.
async fn newest(app: &Data<App>, filters: Filters) -> Result<Vec<Document>> {
    let state = app.clone();
    let filters = Filters { sort: Some(Sort::Recent), page: 0, ..filters };
    app.read(move |r| {
        let found = search::whole_set(r, &state.catalogue, &*state.index, &filters)?;
        // A feed reader keeps what it is given and sees no notice: it comes again.
        if found.notices.contains(&Notice::TitlesOnly) {
            return Err(CoreError::Unavailable("the text index does not say which cases a feed holds".to_owned()));
        }
        let mut ordinals = found.ordinals;
        ordinals.truncate(MOST);
        let mut documents = Vec::with_capacity(ordinals.len());
        for current in published::current(r, &ordinals)? {
            documents.push(current.read()?.0);
        }
        Ok(documents)
    })
    .await
}

fn of_set(app: &App, visit: &Visit, title: &Message, (own, page): (String, String), documents: &[Document]) -> Feed {
    let site = app.config.public_url();
    // A feed must have a date, and one without entries has nothing that it could follow from.
    let newest = documents.iter().map(|document| document.revised).max();
    let updated = newest.unwrap_or_else(|| Quarter::of(app.clock.today()));
    Feed {
        lang: visit.language.code(),
        author: AUTHOR,
        address: format!("{site}{own}"),
        page: format!("{site}{page}"),
        title: legal(&visit.text(title.clone())),
        updated: updated.first_day().into(),
        entries: documents.iter().map(|document| of_document(&site, visit, document)).collect(),
    }
}

fn of_document(site: &str, visit: &Visit, document: &Document) -> Entry {
    let summary = document.summary.as_ref().map(|summary| (legal(&summary.text), summary.lang.clone()));
    let title = match document.revision {
        1 => document.title.text.clone(),
        revision => titled(visit, &document.title.text, revision),
    };
    Entry {
        address: format!("{site}{}", url::case_revision(&document.id, document.revision)),
        changes: None,
        title: legal(&title),
        lang: document.title.lang.clone(),
        updated: document.revised.first_day().into(),
        enclosure: None,
        summary,
    }
}

fn of_case(site: &str, visit: &Visit, found: &Published) -> Feed {
    let document = &found.document;
    let first = found.revisions.first().map_or(1, |note| note.revision);
    let changes = |n: u32| (n > first).then(|| format!("{site}{}", url::case_changes(&document.id, n)));
    let entry = |note: &RevisionNote| Entry {
        address: format!("{site}{}", url::case_revision(&document.id, note.revision)),
        changes: changes(note.revision),
        title: legal(&titled(visit, &document.title.text, note.revision)),
        lang: document.title.lang.clone(),
        updated: note.published.first_day().into(),
        enclosure: None,
        summary: note.reason.as_deref().map(|reason| (legal(reason), visit.language.code().to_owned())),
    };
    Feed {
        lang: visit.language.code(),
        author: AUTHOR,
        address: format!("{site}{}", url::case_feed(&document.id)),
        page: format!("{site}{}", url::case(&document.id)),
        title: legal(&visit.text(Message::new("feed-case").with("title", &document.title.text))),
        updated: document.revised.first_day().into(),
        entries: found.revisions.iter().rev().map(entry).collect(),
    }
}

fn titled(visit: &Visit, title: &str, revision: u32) -> String {
    visit.text(Message::new("feed-revision").with("title", title).with("n", revision))
}
