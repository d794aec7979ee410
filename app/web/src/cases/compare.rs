//! Two to four cases side by side.

mod samples;
mod wording;

use actix_web::{
    HttpResponse,
    web::{Data, block},
};
use askama::Template;
use casebook_core::{
    Result as CoreResult,
    cases::{
        compare::{self, Cell, Choice, Chosen, Column, Comparison, Fitting},
        document::Text,
        exports::{self, About, Bounds},
        facets::Filters,
        published::{self, Published},
        search,
        show::named_organisations,
        view::Lens,
    },
    clock::Day,
    codebook::Codebook,
    ids::{CaseId, OrganisationId},
    limits,
    organisations::{self, Directory},
};

use super::export::{XLSX, file, small_sheet};
use crate::{
    kit::{App, Error, Frame, Message, Page, Pairs, Result, Visit},
    record, url,
};

/// The matrix of two to four cases, or the question which ones.
#[derive(Debug, Template)]
#[template(path = "cases/compare.html")]
pub struct ComparePage {
    /// The frame.
    pub frame: Frame,
    /// The cases as the address names them, without those that cannot be compared.
    pub chosen: Vec<Chosen>,
    /// What was named and is not compared.
    pub aside: Aside,
    /// What was meant by words that are no id.
    pub meant: Option<Meant>,
    /// The matrix; none where there are fewer than two cases, or more than can stand side by side.
    pub comparison: Option<Comparison>,
    /// The only case that there is.
    pub alone: Option<Alone>,
    /// The cases, where they are more than can stand side by side.
    pub crowd: Vec<Column>,
    /// Whether only rows with a difference are shown.
    pub only_differences: bool,
    /// The topics' labels, by code.
    pub sections: Vec<(String, String)>,
    /// The address of the site, for what is printed.
    pub site: String,
    /// The day of access, for what is printed.
    pub day: Day,
}

/// What an address names beside the cases that are compared.
#[derive(Debug, Clone, Default)]
pub struct Aside {
    /// Cases that cannot be compared, whyever.
    pub unfit: Vec<Chosen>,
    /// Cases that would stand there twice.
    pub again: Vec<Chosen>,
    /// What is no id of a case.
    pub no_ids: Vec<String>,
    /// How many names were not looked at.
    pub beyond: usize,
}

/// Words where an id should stand, and the cases that fit them.
#[derive(Debug, Clone)]
pub struct Meant {
    /// The words.
    pub words: String,
    /// The first of the cases, without those that are chosen.
    pub cases: Vec<(CaseId, Text)>,
}

/// How many cases are offered for words.
const OFFERED: usize = 8;

/// A case with nothing beside it.
#[derive(Debug, Clone)]
pub struct Alone {
    /// The case.
    pub column: Column,
    /// The one that others are compared with, unless it is this one.
    pub reference: Option<CaseId>,
}

/// What was looked up for a choice.
struct Compared {
    fitting: Fitting,
    comparison: Option<Comparison>,
    alone: Option<Alone>,
    crowd: Vec<Column>,
    parties: Directory,
}

/// `GET /compare` - the matrix (rows R20 to R22). What cannot be compared is said, and the others are compared. Where they are too few or too
/// many, the page asks for more or lets some be taken out.
///
/// # Errors
/// Those of the database.
pub async fn show(app: Data<App>, visit: Visit, pairs: Pairs) -> Result<Page<ComparePage>> {
    let only_differences = pairs.first("only") == "differences";
    let Compared { fitting, comparison, alone, crowd, .. } = compared(&app, &visit, choice(&pairs)).await?;
    let Fitting { chosen, unfit, again, no_ids, beyond, .. } = fitting;
    let meant = match no_ids.first() {
        Some(words) if chosen.len() < limits::COMPARED => Some(meant(&app, words, &chosen).await?),
        _ => None,
    };
    let frame = visit.frame("compare-title").describing(visit.text("compare-description"));
    Ok(Page::new(ComparePage {
        frame,
        chosen,
        aside: Aside { unfit, again, no_ids, beyond },
        meant,
        comparison: comparison.map(|all| if only_differences { all.only_differences() } else { all }),
        alone,
        crowd,
        only_differences,
        sections: sections(&app.codebook, &visit),
        site: app.config.public_url(),
        day: app.clock.today(),
    }))
}

/// `GET /compare.csv` - the same matrix as a sheet.
///
/// # Errors
/// [`Error::BadRequest`] for fewer than two cases or more than four, or where one of them cannot be compared: a file has no place to say so.
pub async fn sheet(app: Data<App>, visit: Visit, pairs: Pairs) -> Result<HttpResponse> {
    small_sheet("compare.csv", matrix(&app, &visit, &pairs).await?.1)
}

/// `GET /compare.xlsx` - the same matrix as a workbook.
///
/// # Errors
/// As [`sheet`].
pub async fn workbook(app: Data<App>, visit: Visit, pairs: Pairs) -> Result<HttpResponse> {
    let (about, rows) = matrix(&app, &visit, &pairs).await?;
    let written = block(move || -> CoreResult<Vec<u8>> {
        let mut bytes = Vec::new();
        let table = ("comparison", rows.as_slice());
        exports::one_sheet(&about, &app.codebook, table, Bounds::XLSX, &std::env::temp_dir(), &mut bytes)?;
        Ok(bytes)
    });
    Ok(file(XLSX, "compare.xlsx").body(written.await.map_err(Error::unexpected)??))
}

/// The matrix as rows of texts, and what a file says of it: its address names the revisions.
async fn matrix(app: &Data<App>, visit: &Visit, pairs: &Pairs) -> Result<(About, Vec<Vec<String>>)> {
    let Compared { fitting, comparison, parties, .. } = compared(app, visit, choice(pairs)).await?;
    refuse_parts(&fitting)?;
    let comparison = comparison.ok_or_else(too_few)?;
    let only_differences = pairs.first("only") == "differences";
    let comparison = if only_differences { comparison.only_differences() } else { comparison };
    let addresses: Vec<String> = comparison
        .columns
        .iter()
        .map(|column| format!("{}{}", app.config.public_url(), url::case_revision(&column.case, column.revision)))
        .collect();
    let site = record::site(app);
    let page = url::comparison(&for_good(&comparison), only_differences);
    let query = page.split_once('?').map_or("", |(_, query)| query).to_owned();
    let address = format!("{}{page}", site.address);
    let about = About { query, address, site, date: app.clock.today(), release: None };
    Ok((about, comparison.table(&addresses, &lens(app, visit, &parties))))
}

/// The cases of a comparison with the revisions that it shows.
fn for_good(comparison: &Comparison) -> Vec<Chosen> {
    let columns = comparison.columns.iter();
    columns.map(|column| Chosen { case: column.case.clone(), revision: Some(column.revision) }).collect()
}

/// What the address names.
fn choice(pairs: &Pairs) -> Choice {
    compare::choose(pairs.all("case"))
}

fn too_few() -> Error {
    Error::BadRequest(Message::new("compare-too-few"))
}

/// Refuses to make a file of a part of what was asked for, and names all that is in its way.
fn refuse_parts(fitting: &Fitting) -> Result<()> {
    let unfit: Vec<String> = fitting.unfit.iter().map(Chosen::to_string).collect();
    let key = match (fitting.no_ids.is_empty(), unfit.is_empty()) {
        (true, true) if fitting.is_crowd() || fitting.beyond > 0 => "compare-too-many",
        (true, true) => return Ok(()),
        (true, false) => "compare-unfit-file",
        (false, true) => "compare-no-ids-file",
        (false, false) => "compare-neither-file",
    };
    let quoted: Vec<String> = fitting.no_ids.iter().map(|text| format!("\"{text}\"")).collect();
    let message = Message::new(key).with("ids", unfit.join(", ")).with("texts", quoted.join(", "));
    Err(Error::BadRequest(message.with("n", quoted.len())))
}

async fn compared(app: &Data<App>, visit: &Visit, choice: Choice) -> Result<Compared> {
    let (state, visit) = (app.clone(), visit.clone());
    app.read(move |r| {
        let fitting = compare::look_up(r, choice)?;
        let cases = &fitting.cases;
        let named: Vec<OrganisationId> = cases.iter().flat_map(|case| named_organisations(&case.document)).collect();
        let parties = organisations::of_ids(r, &named)?;
        let is_matrix = cases.len() > 1 && !fitting.is_crowd();
        let comparison = is_matrix.then(|| compare::compare(cases, &lens(&state, &visit, &parties)));
        let crowd = if fitting.is_crowd() { cases.iter().map(Column::of).collect() } else { Vec::new() };
        let alone = match cases.as_slice() {
            [case] => {
                let reference = published::reference(r)?.filter(|reference| *reference != case.document.id);
                Some(Alone { column: Column::of(case), reference })
            }
            _ => None,
        };
        Ok(Compared { fitting, comparison, alone, crowd, parties })
    })
    .await
}

/// The first cases that fit words, in the order of the list. Only these are looked up: a stranger's address should not cost a page of results.
async fn meant(app: &Data<App>, words: &str, chosen: &[Chosen]) -> Result<Meant> {
    let words: String = words.chars().take(limits::QUERY).collect();
    let filters = Filters { q: words.clone(), ..Filters::default() };
    let (state, chosen) = (app.clone(), chosen.to_vec());
    let cases = app
        .read(move |r| {
            let most = OFFERED + chosen.len();
            let found = search::window(r, &state.catalogue, &*state.index, &filters, None, most)?;
            let mut cases = Vec::new();
            for current in published::current(r, &found.ordinals)? {
                if cases.len() < OFFERED && chosen.iter().all(|one| one.case != current.id) {
                    let (document, _) = current.read()?;
                    cases.push((document.id, document.title));
                }
            }
            Ok(cases)
        })
        .await?;
    Ok(Meant { words, cases })
}

/// The documents of the cases that the address names.
///
/// # Errors
/// As [`sheet`].
pub(super) async fn documents(app: &Data<App>, pairs: &Pairs) -> Result<Vec<Published>> {
    let choice = choice(pairs);
    let fitting = app.read(move |r| compare::look_up(r, choice)).await?;
    refuse_parts(&fitting)?;
    if fitting.cases.len() < 2 { Err(too_few()) } else { Ok(fitting.cases) }
}

fn lens<'a>(app: &'a App, visit: &Visit, parties: &'a Directory) -> Lens<'a> {
    Lens {
        codebook: &app.codebook,
        gazetteer: &app.gazetteer,
        jurisdictions: &app.jurisdictions,
        parties,
        lang: visit.language.code(),
        today: app.clock.today(),
    }
}

fn sections(codebook: &Codebook, visit: &Visit) -> Vec<(String, String)> {
    codebook
        .sections()
        .iter()
        .map(|section| (section.code.clone(), section.label(visit.language.code()).to_owned()))
        .collect()
}
