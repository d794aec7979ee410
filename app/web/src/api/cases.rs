//! Cases for programs: by filters, one by one, and as they were cited.

use actix_web::{
    HttpResponse,
    http::header,
    web::{Data, Path},
};
use casebook_core::{
    Result as CoreResult,
    cases::{
        facets::Filters,
        published::{self, Eyes, Merged, Published, RevisionNote},
        search::{self, Notice},
    },
    codebook::Codebook,
    ids::CaseId,
    search::Note,
};
use serde_json::{Value, json as value};

use super::{asked::Part, json};
use crate::{
    filters,
    kit::{App, Error, Language, Pairs, Result, page::Moved},
    record, url,
};

/// `GET /api/v1/cases` - a page of the cases that fit words and filters, and where the next one is.
///
/// # Errors
/// [`Error::Parameter`] for a part of the address that cannot be used.
pub async fn list(app: Data<App>, pairs: Pairs) -> Result<HttpResponse> {
    let asked = Part::parse(&app, &pairs)?;
    if asked.set.moved {
        return Ok(Moved(url::api_cases(&asked.pairs(asked.cursor.as_ref()))).into());
    }
    let (state, site) = (app.clone(), record::site(&app));
    let (sought, cursor, limit) = (asked.set.filters.clone(), asked.cursor.clone(), asked.limit);
    let (window, cases) = app
        .read(move |r| {
            let window = search::window(r, &state.catalogue, &*state.index, &sought, cursor.as_ref(), limit)?;
            let cases = published::current(r, &window.ordinals)?;
            let cases: Vec<String> =
                cases.iter().map(|case| record::of_current(case, &site)).collect::<CoreResult<_>>()?;
            Ok((window, cases))
        })
        .await?;
    let pairs = window.next.as_ref().map(|cursor| asked.pairs(Some(cursor)));
    let next = pairs.map(|pairs| format!("{}{}", app.config.public_url(), url::api_cases(&pairs)));
    let mut answer = json();
    if let Some(next) = &next {
        // RFC 8288; the same address as in the body, for programs that follow links.
        answer.insert_header((header::LINK, format!("<{next}>; rel=\"next\"")));
    }
    // The documents are texts already; putting them together as such spares reading and writing them again.
    Ok(answer.body(format!(
        "{{\"count\":{},\"cases\":[{}],\"next\":{},\"notices\":{}}}",
        window.total,
        cases.join(","),
        value!(next),
        notices(&app.codebook, &asked.set.filters, &window.notices)
    )))
}

/// `GET /api/v1/cases/{id}` - the current revision of a case.
///
/// # Errors
/// [`Error::NotFound`], or [`Error::Gone`] with the reason where it is hidden.
pub async fn show(app: Data<App>, id: Path<String>) -> Result<HttpResponse> {
    let id = parsed(&id)?;
    match app.read(move |r| published::find(r, &id, Eyes::Public)).await {
        Err(Error::Moved { to }) => Ok(Moved(url::api_case(&to)).into()),
        found => whole(&app, &found?),
    }
}

/// `GET /api/v1/cases/{id}/revisions/{revision}` - a revision, as it was cited; also of a case that was merged into another one.
///
/// # Errors
/// [`Error::NotFound`], or [`Error::Gone`] with the reason where the case is hidden.
pub async fn revision(app: Data<App>, path: Path<(String, u32)>) -> Result<HttpResponse> {
    let (id, revision) = path.into_inner();
    let id = parsed(&id)?;
    whole(&app, &app.read(move |r| published::revision(r, &id, revision, Eyes::Public)).await?)
}

/// `GET /api/v1/cases/{id}/revisions` - which revisions there are, and why each was made.
///
/// # Errors
/// [`Error::NotFound`], or [`Error::Gone`] with the reason where the case is hidden.
pub async fn revisions(app: Data<App>, id: Path<String>) -> Result<HttpResponse> {
    let id = parsed(&id)?;
    let found = match app.read(move |r| published::find(r, &id, Eyes::Public)).await {
        Err(Error::Moved { to }) => return Ok(Moved(url::api_revisions(&to)).into()),
        found => found?,
    };
    let (site, id) = (app.config.public_url(), &found.document.id);
    let merged = |merged: &Merged| {
        value!({
            "id": merged.case,
            "revision": merged.revision,
            "revisions": notes(&merged.revisions, &merged.case, &site),
        })
    };
    let body = value!({
        "id": id,
        "current": found.current,
        "revisions": notes(&found.revisions, id, &site),
        "merged": found.merged.iter().map(merged).collect::<Vec<_>>(),
    });
    Ok(json().body(body.to_string()))
}

fn whole(app: &App, found: &Published) -> Result<HttpResponse> {
    Ok(json().body(record::of_revision(found, app)?))
}

/// Revisions, each with its address.
fn notes(notes: &[RevisionNote], case: &CaseId, site: &str) -> Vec<Value> {
    let note = |note: &RevisionNote| {
        let mut told = value!({ "revision": note.revision, "published": note.published });
        if let Some(reason) = &note.reason {
            told["reason"] = value!(reason);
        }
        told["url"] = value!(format!("{site}{}", url::api_revision(case, note.revision)));
        told
    };
    notes.iter().map(note).collect()
}

/// What a program should know of a result, by a code and in words.
pub(super) fn notices(codebook: &Codebook, asked: &Filters, notices: &[Notice]) -> Value {
    let language = Language::default();
    let ended = filters::retired(codebook, asked, language.code()).into_iter().map(|ended| {
        let code = if ended.was_split { "code_split" } else { "code_given_up" };
        value!({ "code": code, "detail": ended.words.text(language) })
    });
    let reversed = filters::reversed(asked).into_iter();
    let reversed = reversed.map(|range| value!({ "code": "reversed_range", "detail": range.words.text(language) }));
    let told = |notice: &Notice| {
        let code = match notice {
            Notice::Words(Note::Cut) => "words_cut",
            Notice::Words(_) => "words_read_plainly",
            Notice::TitlesOnly => "titles_only",
            Notice::Incomplete => "incomplete",
            Notice::Similar { .. } => "similar_spelling",
            Notice::PastTheEnd { .. } => "past_the_end",
        };
        value!({ "code": code, "detail": filters::notice(notice).text(language) })
    };
    ended.chain(reversed).chain(notices.iter().map(told)).collect()
}

fn parsed(id: &str) -> Result<CaseId> {
    id.parse().map_err(|_| Error::NotFound)
}
