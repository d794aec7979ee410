//! Exactly the set that the same query shows, all of it, without a login: as JSON Lines and as a sheet.

use std::collections::{HashSet, VecDeque};

use actix_web::{
    HttpResponse,
    http::header::{self, ContentDisposition, DispositionParam, DispositionType},
    web::{Bytes, Data},
};
use casebook_core::{
    Error as CoreError, Result as CoreResult,
    cases::{
        published::{self, Current},
        search,
        sheet::Sheet,
    },
    db::Reading,
    ids::OrganisationId,
    limits, organisations,
};
use futures_util::{Stream, stream};

use crate::{
    filters,
    kit::{App, Pairs, Result},
    record, url,
};

/// `GET /cases.jsonl` - one current document a line, with its permanent address and what is computed of it.
///
/// # Errors
/// [`crate::kit::Error::BadRequest`] with what is allowed, for a filter that is not.
pub async fn lines(app: Data<App>, pairs: Pairs) -> Result<HttpResponse> {
    let ordinals = whole_set(&app, &pairs).await?;
    let site = app.config.public_url();
    let body = batches(app, ordinals, Vec::new(), move |_, _, batch| {
        let mut text = String::with_capacity(batch.len() * 16_384);
        for current in batch {
            text.push_str(&record::of_current(current, &site)?);
            text.push('\n');
        }
        Ok(text.into_bytes())
    });
    Ok(file("application/jsonl", "cases.jsonl").streaming(body))
}

/// `GET /cases.csv` - one row a case: a view of the same set for spreadsheets.
///
/// # Errors
/// As [`lines`].
pub async fn sheet(app: Data<App>, pairs: Pairs) -> Result<HttpResponse> {
    let ordinals = whole_set(&app, &pairs).await?;
    let site = app.config.public_url();
    let head = rows([Sheet::new(&app.codebook).columns()])?;
    let body = batches(app, ordinals, head, move |app, r, batch| {
        let mut documents = Vec::with_capacity(batch.len());
        for current in batch {
            documents.push(current.read()?);
        }
        let named: HashSet<OrganisationId> =
            documents.iter().flat_map(|(d, _)| d.involvements.iter().filter_map(|i| i.organisation.clone())).collect();
        let parties = organisations::of_ids(r, &named.into_iter().collect::<Vec<_>>())?;
        let sheet = Sheet::new(&app.codebook);
        rows(documents.iter().map(|(document, computed)| {
            let address = format!("{site}{}", url::case_revision(&document.id, document.revision));
            sheet.row(document, computed, &parties, &address)
        }))
    });
    Ok(file("text/csv; charset=utf-8", "cases.csv").streaming(body))
}

async fn whole_set(app: &Data<App>, pairs: &Pairs) -> Result<Vec<u32>> {
    let (state, filters) = (app.clone(), filters::parse(app, pairs)?.filters);
    Ok(app.read(move |r| search::whole_set(r, &state.catalogue, &*state.index, &filters)).await?.ordinals)
}

/// Rows of a sheet.
pub(super) fn rows(rows: impl IntoIterator<Item = Vec<String>>) -> CoreResult<Vec<u8>> {
    let mut writer = csv::Writer::from_writer(Vec::new());
    for row in rows {
        writer.write_record(row).map_err(CoreError::unexpected)?;
    }
    writer.into_inner().map_err(|error| CoreError::unexpected(error.to_string()))
}

/// The answer that a browser keeps as a file.
pub(super) fn file(kind: &'static str, name: &str) -> actix_web::HttpResponseBuilder {
    let mut answer = HttpResponse::Ok();
    answer.insert_header((header::CONTENT_TYPE, kind)).insert_header(ContentDisposition {
        disposition: DispositionType::Attachment,
        parameters: vec![DispositionParam::Filename(name.to_owned())],
    });
    answer
}

/// The ids are fixed; documents are read in batches through the gate, so that no transaction is long and what is hidden meanwhile is left out.
fn batches(
    app: Data<App>,
    ordinals: Vec<u32>,
    head: Vec<u8>,
    write: impl Fn(&App, &mut Reading, &[Current]) -> CoreResult<Vec<u8>> + Clone + Send + Sync + 'static,
) -> impl Stream<Item = Result<Bytes>> + 'static {
    let left: VecDeque<Vec<u32>> = ordinals.chunks(limits::BATCH).map(<[u32]>::to_vec).collect();
    stream::unfold((app, left, Some(head)), move |(app, mut left, head)| {
        let write = write.clone();
        async move {
            if let Some(head) = head {
                return Some((Ok(Bytes::from(head)), (app, left, None)));
            }
            let batch = left.pop_front()?;
            let state = app.clone();
            let bytes = app.read(move |r| {
                let batch = published::current(r, &batch)?;
                write(&state, r, &batch)
            });
            Some((bytes.await.map(Bytes::from), (app, left, None)))
        }
    })
}
