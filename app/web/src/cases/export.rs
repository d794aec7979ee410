//! Exactly the set that the same query shows, all of it, without a login, in each format that it can be taken away in (rows R7 to R14).
//!
//! CSV and JSON are sent while they are made. A workbook, Parquet and the package are made first, in a file without a name: what a format
//! cannot hold is said instead of half a file, and a slow reader keeps no thread and no connection of the database. To a HEAD it is answered
//! without being made: its length is told to a GET alone.

use std::{
    collections::VecDeque,
    fs::File,
    io::{self, Read, Seek, SeekFrom},
    iter,
};

use actix_web::{
    HttpMessage, HttpRequest, HttpResponse, HttpResponseBuilder,
    body::SizedStream,
    http::header::{self, ContentDisposition, ContentEncoding, DispositionParam, DispositionType},
    web::{Bytes, Data, block},
};
use casebook_core::{
    Result as CoreResult,
    cases::{
        exports::{self, About, Batch, Bounds, Json, Lines, Rows, Streamed},
        facets::Filters,
        published, search,
        tables::defused,
    },
    limits,
};
use futures_util::{Stream, stream};
use tokio::sync::OwnedSemaphorePermit;

use crate::{
    filters,
    kit::{App, Error, Message, Pairs, Result, headers::HeadersAlone},
    record::site,
    url,
};

/// The formats of a set: the ending of the address, and the name.
pub(super) const FORMATS: [(&str, &str); 6] = [
    ("csv", "CSV"),
    ("xlsx", "XLSX"),
    ("json", "JSON"),
    ("jsonl", "JSON Lines"),
    ("parquet", "Parquet"),
    ("zip", "ZIP"),
];

/// The media type of a workbook.
pub(super) const XLSX: &str = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet";

/// How much of a file is read at once, in bytes.
const PIECE: usize = 128 * 1024;

/// `GET /cases.jsonl` - one current document a line, with its permanent address and what is computed of it.
///
/// # Errors
/// [`Error::BadRequest`] with what is allowed, for a filter that is not.
pub async fn lines(app: Data<App>, pairs: Pairs) -> Result<HttpResponse> {
    let filters = asked(&app, &pairs, "cases.jsonl")?;
    let ordinals = whole_set(&app, &filters).await?;
    let writer = Lines { site: site(&app) };
    Ok(file("application/jsonl", "cases.jsonl").streaming(streamed(app, ordinals, writer)))
}

/// `GET /cases.json` - the same documents as one object, with the query, the day, the licence and the versions.
///
/// # Errors
/// As [`lines`].
pub async fn json(app: Data<App>, pairs: Pairs) -> Result<HttpResponse> {
    let filters = asked(&app, &pairs, "cases.json")?;
    let ordinals = whole_set(&app, &filters).await?;
    let writer = Json::new(about(&app, &filters), app.codebook.clone());
    Ok(file("application/json", "cases.json").streaming(streamed(app, ordinals, writer)))
}

/// `GET /cases.csv` - one row a case: a view of the same set for spreadsheets. It is kept under another name than the table `cases.csv` of a
/// package, which has other columns.
///
/// # Errors
/// As [`lines`].
pub async fn sheet(app: Data<App>, pairs: Pairs) -> Result<HttpResponse> {
    let filters = asked(&app, &pairs, "cases.csv")?;
    let ordinals = whole_set(&app, &filters).await?;
    let writer = Rows { site: site(&app), codebook: app.codebook.clone() };
    Ok(file("text/csv; charset=utf-8", "casebook-cases-flat.csv").streaming(streamed(app, ordinals, writer)))
}

/// `GET /cases.xlsx` - all tables of the set, a sheet each.
///
/// # Errors
/// As [`lines`]; [`Error::Refused`] where a table has more rows than a sheet can hold.
pub async fn workbook(app: Data<App>, request: HttpRequest, pairs: Pairs) -> Result<HttpResponse> {
    made(app, (&request, pairs), (XLSX, "cases.xlsx"), |app, about, batches, to| {
        exports::workbook(about, &app.codebook, batches, Bounds::XLSX, &std::env::temp_dir(), to)
    })
    .await
}

/// `GET /cases.parquet` - the sheet with types and lists, for programs that compute.
///
/// # Errors
/// As [`lines`].
pub async fn columnar(app: Data<App>, request: HttpRequest, pairs: Pairs) -> Result<HttpResponse> {
    made(
        app,
        (&request, pairs),
        ("application/vnd.apache.parquet", "casebook-cases-flat.parquet"),
        |app, about, batches, to| exports::columnar(about, &app.codebook, batches, to),
    )
    .await
}

/// `GET /cases.zip` - all tables of the set as a Data Package, with the codebook, the documents and checksums.
///
/// # Errors
/// As [`lines`].
pub async fn package(app: Data<App>, request: HttpRequest, pairs: Pairs) -> Result<HttpResponse> {
    made(app, (&request, pairs), ("application/zip", "cases.zip"), |app, about, batches, to| {
        exports::package(about, &app.codebook, batches, &std::env::temp_dir())?.zip(to)
    })
    .await
}

/// What an address asks for; where it names a retired code, the newer address of the same file.
fn asked(app: &App, pairs: &Pairs, name: &str) -> Result<Filters> {
    let ending = name.split_once('.').map_or(name, |(_, ending)| ending);
    filters::current(app, pairs, |pairs| url::cases_as(ending, pairs))
}

async fn whole_set(app: &Data<App>, filters: &Filters) -> Result<Vec<u32>> {
    let (state, filters) = (app.clone(), filters.clone());
    Ok(app.read(move |r| search::whole_set(r, &state.catalogue, &*state.index, &filters)).await?.ordinals)
}

fn about(app: &App, filters: &Filters) -> About {
    let pairs = filters.pairs_of_set();
    let (site, page) = (site(app), url::cases_fitting(&pairs));
    About {
        query: pairs.into_iter().collect::<Pairs>().encode(),
        address: format!("{}{page}", site.address),
        site,
        date: app.clock.today(),
        release: None,
    }
}

/// A sheet that is small enough to be made at once; each cell is defused where it must be.
pub(super) fn small_sheet(name: &str, rows: impl IntoIterator<Item = Vec<String>>) -> Result<HttpResponse> {
    let mut writer = csv::Writer::from_writer(Vec::new());
    for row in rows {
        writer.write_record(row.iter().map(|cell| defused(cell))).map_err(Error::unexpected)?;
    }
    let body = writer.into_inner().map_err(|error| Error::unexpected(error.to_string()))?;
    Ok(file("text/csv; charset=utf-8", name).body(body))
}

/// `GET /codebook.csv` - the vocabulary, a line for each field and each code; the name of the file is that of its version.
///
/// # Errors
/// If it cannot be written, which would be a defect.
pub async fn codebook(app: Data<App>) -> Result<HttpResponse> {
    small_sheet(&format!("codebook-{}.csv", app.codebook.version()), exports::codebook_rows(&app.codebook)?)
}

/// The answer that a browser keeps as a file of this name.
pub(super) fn file(kind: &'static str, name: &str) -> HttpResponseBuilder {
    let mut answer = HttpResponse::Ok();
    answer.insert_header((header::CONTENT_TYPE, kind)).insert_header(ContentDisposition {
        disposition: DispositionType::Attachment,
        parameters: vec![DispositionParam::Filename(name.to_owned())],
    });
    answer
}

/// A step of a file that is sent while it is made.
enum Step {
    Begin,
    Cases(Vec<u32>),
    End,
}

/// The ids are fixed; documents are read in batches through the gate, so that no transaction is long and what is hidden meanwhile is left out.
fn streamed<W: Streamed + 'static>(
    app: Data<App>,
    ordinals: Vec<u32>,
    writer: W,
) -> impl Stream<Item = Result<Bytes>> + 'static {
    let batches = ordinals.chunks(limits::BATCH).map(|batch| Step::Cases(batch.to_vec()));
    let steps: VecDeque<Step> = iter::once(Step::Begin).chain(batches).chain([Step::End]).collect();
    stream::unfold((steps, Some(writer)), move |(mut steps, writer)| {
        let db = app.db.clone();
        async move {
            // After a failure there is no writer, and nothing more is sent.
            let (step, mut writer) = (steps.pop_front()?, writer?);
            let written = block(move || -> CoreResult<(W, Vec<u8>)> {
                let mut bytes = Vec::new();
                match step {
                    Step::Begin => writer.begin(&mut bytes)?,
                    Step::Cases(batch) => db.read(|r| {
                        let cases = published::current(r, &batch)?;
                        writer.batch(r, cases, &mut bytes)
                    })?,
                    Step::End => writer.end(&mut bytes)?,
                }
                Ok((writer, bytes))
            });
            match written.await.map_err(Error::unexpected).and_then(|written| written.map_err(Error::from)) {
                Ok((writer, bytes)) => Some((Ok(Bytes::from(bytes)), (steps, Some(writer)))),
                Err(error) => Some((Err(error), (steps, None))),
            }
        }
    })
}

/// The batches of a set, each read in a transaction of its own when it is asked for.
type Batches<'a> = dyn Iterator<Item = CoreResult<Batch>> + 'a;

/// A file that is made before it is sent. Few are made at once; the others wait for leave, as long as there is room for them.
async fn made(
    app: Data<App>,
    (request, pairs): (&HttpRequest, Pairs),
    (kind, name): (&'static str, &'static str),
    write: impl FnOnce(&App, &About, &mut Batches<'_>, &mut File) -> CoreResult<()> + Send + 'static,
) -> Result<HttpResponse> {
    let filters = asked(&app, &pairs, name)?;
    // These formats are compressed already.
    let mut answer = file(kind, name);
    answer.insert_header(ContentEncoding::Identity);
    if request.extensions().contains::<HeadersAlone>() {
        return Ok(answer.streaming(stream::empty::<Result<Bytes>>()));
    }
    let busy = |_| Error::TooMany(Message::new("list-export-busy"));
    let room = app.export_files.clone().try_acquire_owned().map_err(busy)?;
    let leave = app.exports.clone().acquire_owned().await.map_err(Error::unexpected)?;
    let ordinals = whole_set(&app, &filters).await?;
    let (state, about) = (app.clone(), about(&app, &filters));
    let made = block(move || -> CoreResult<(File, u64)> {
        let mut to = tempfile::tempfile()?;
        let mut batches = ordinals.chunks(limits::BATCH).map(|batch| state.db.read(|r| Batch::read(r, batch)));
        write(&state, &about, &mut batches, &mut to)?;
        let length = to.seek(SeekFrom::End(0))?;
        to.rewind()?;
        drop(leave);
        Ok((to, length))
    });
    let (made, length) = made.await.map_err(Error::unexpected)??;
    Ok(answer.body(SizedStream::new(length, pieces(made, room))))
}

/// A file bit by bit, whose room is free again when it has left or its reader went away; each is read on the blocking pool when the one before it has left.
fn pieces(file: File, room: OwnedSemaphorePermit) -> impl Stream<Item = Result<Bytes>> + 'static {
    stream::unfold(Some((file, room)), |left| async move {
        let (mut file, room) = left?;
        let read = block(move || -> io::Result<(File, Vec<u8>)> {
            let mut bytes = vec![0; PIECE];
            let length = file.read(&mut bytes)?;
            bytes.truncate(length);
            Ok((file, bytes))
        });
        match read.await.map_err(Error::unexpected).and_then(|read| read.map_err(Error::unexpected)) {
            Ok((_, bytes)) if bytes.is_empty() => None,
            Ok((file, bytes)) => Some((Ok(Bytes::from(bytes)), Some((file, room)))),
            Err(error) => Some((Err(error), None)),
        }
    })
}
