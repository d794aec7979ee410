//! Two to four cases side by side.

mod samples;

use std::collections::BTreeMap;

use actix_web::{
    HttpResponse,
    web::{Data, block},
};
use askama::Template;
use casebook_core::{
    Result as CoreResult,
    cases::{
        compare::{self, Cell, Choice, Chosen, Cited, Column, Comparison, Fitting, Row, Said},
        exports::{self, About, Bounds},
        published::{self, Published},
        show::named_organisations,
        view::Lens,
    },
    clock::Day,
    codebook::Codebook,
    ids::{CaseId, OrganisationId},
    organisations::{self, Directory},
};

use super::{
    cite,
    export::{XLSX, file, small_sheet},
    words,
};
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
    /// The matrix; none as long as there are fewer than two cases.
    pub comparison: Option<Comparison>,
    /// The only case that there is.
    pub alone: Option<Alone>,
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
}

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
    parties: Directory,
}

/// `GET /compare` - the matrix (rows R20 to R22). What cannot be compared is said, and the others are compared.
///
/// # Errors
/// [`Error::BadRequest`] where there are too many.
pub async fn show(app: Data<App>, visit: Visit, pairs: Pairs) -> Result<Page<ComparePage>> {
    let only_differences = pairs.first("only") == "differences";
    let Compared { fitting, comparison, alone, .. } = compared(&app, &visit, choice(&pairs)?).await?;
    let Fitting { chosen, unfit, again, no_ids, .. } = fitting;
    let frame = visit.frame("compare-title").describing(visit.text("compare-description"));
    Ok(Page::new(ComparePage {
        frame,
        chosen,
        aside: Aside { unfit, again, no_ids },
        comparison: comparison.map(|all| if only_differences { all.only_differences() } else { all }),
        alone,
        only_differences,
        sections: sections(&app.codebook, &visit),
        site: app.config.public_url(),
        day: app.clock.today(),
    }))
}

/// `GET /compare.csv` - the same matrix as a sheet.
///
/// # Errors
/// As [`show`], and [`Error::BadRequest`] for fewer than two cases, or where one of them cannot be compared: a file has no place to say so.
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
    let Compared { fitting, comparison, parties, .. } = compared(app, visit, choice(pairs)?).await?;
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
fn choice(pairs: &Pairs) -> Result<Choice> {
    compare::choose(pairs.all("case")).map_err(|_| Error::BadRequest(Message::new("compare-too-many")))
}

fn too_few() -> Error {
    Error::BadRequest(Message::new("compare-too-few"))
}

/// Refuses to make a file of a part of what was asked for.
fn refuse_parts(fitting: &Fitting) -> Result<()> {
    if let Some(text) = fitting.no_ids.first() {
        return Err(Error::BadRequest(Message::new("compare-no-id").with("text", text)));
    }
    if fitting.unfit.is_empty() {
        return Ok(());
    }
    let named: Vec<String> = fitting.unfit.iter().map(Chosen::to_string).collect();
    Err(Error::BadRequest(Message::new("compare-unfit-file").with("ids", named.join(", "))))
}

async fn compared(app: &Data<App>, visit: &Visit, choice: Choice) -> Result<Compared> {
    let (state, visit) = (app.clone(), visit.clone());
    app.read(move |r| {
        let fitting = compare::look_up(r, choice)?;
        let cases = &fitting.cases;
        let named: Vec<OrganisationId> = cases.iter().flat_map(|case| named_organisations(&case.document)).collect();
        let parties = organisations::of_ids(r, &named)?;
        let comparison = (cases.len() > 1).then(|| compare::compare(cases, &lens(&state, &visit, &parties)));
        let alone = match cases.as_slice() {
            [case] => {
                let reference = published::reference(r)?.filter(|reference| *reference != case.document.id);
                Some(Alone { column: Column::of(case), reference })
            }
            _ => None,
        };
        Ok(Compared { fitting, comparison, alone, parties })
    })
    .await
}

/// The documents of the cases that the address names.
///
/// # Errors
/// As [`sheet`].
pub(super) async fn documents(app: &Data<App>, pairs: &Pairs) -> Result<Vec<Published>> {
    let choice = choice(pairs)?;
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

impl ComparePage {
    /// The rows under their topics, topics without a row left out.
    fn topics(&self) -> Vec<(String, Vec<&Row>)> {
        let Some(comparison) = &self.comparison else { return Vec::new() };
        let rows = |code: Option<&str>| {
            comparison.rows.iter().filter(|row| row.section.as_deref() == code && !row.is_empty()).collect()
        };
        let mut topics = vec![(self.frame.t("compare-head"), rows(None))];
        topics.extend(self.sections.iter().map(|(code, label)| (label.clone(), rows(Some(code)))));
        topics.retain(|(_, rows): &(String, Vec<&Row>)| !rows.is_empty());
        topics
    }

    fn address(&self, only_differences: bool) -> String {
        url::comparison(&self.chosen, only_differences)
    }

    fn citations(&self) -> Vec<(&'static str, String)> {
        url::citations(&url::comparison(&self.chosen, false))
    }

    /// The comparison of these revisions as a line of text to be copied (row R17).
    fn citation(&self, comparison: &Comparison) -> String {
        let titles: Vec<&str> = comparison.columns.iter().map(|column| column.title.as_str()).collect();
        let words = cite::Words::of_comparison(&for_good(comparison), &titles, self.frame.language);
        let address = format!("{}{}", self.site, url::comparison(&for_good(comparison), false));
        words.line(&address, self.day, self.frame.language)
    }

    fn file_address(&self, ending: &str) -> String {
        url::comparison_file(&self.chosen, self.only_differences, ending)
    }

    /// The address that shows these revisions for good.
    fn permanent_address(&self, comparison: &Comparison) -> String {
        url::comparison(&for_good(comparison), self.only_differences)
    }

    /// The same in full and the day, by which a printed sheet is cited.
    fn printed(&self, comparison: &Comparison) -> String {
        let address = format!("{}{}", self.site, self.permanent_address(comparison));
        self.frame.t2("compare-printed", "address", address, "day", self.day.to_string())
    }

    /// The comparison without one case.
    fn without(&self, column: &usize) -> String {
        let left: Vec<Chosen> =
            self.chosen.iter().enumerate().filter(|(at, _)| at != column).map(|(_, chosen)| chosen.clone()).collect();
        url::comparison(&left, self.only_differences)
    }

    fn case_address(&self, column: &Column) -> String {
        url::case_revision(&column.case, column.revision)
    }

    /// Where it is said what there is under an id.
    fn own_address(&self, chosen: &Chosen) -> String {
        match chosen.revision {
            Some(revision) => url::case_revision(&chosen.case, revision),
            None => url::case(&chosen.case),
        }
    }

    /// The only case beside another one.
    fn beside(&self, other: &CaseId) -> String {
        let other = Chosen { case: other.clone(), revision: None };
        let both: Vec<Chosen> = self.chosen.iter().cloned().chain([other]).collect();
        url::comparison(&both, self.only_differences)
    }

    /// Cases of which several revisions stand side by side.
    fn of_one_case(&self) -> Vec<&CaseId> {
        let columns = self.comparison.iter().flat_map(|comparison| &comparison.columns);
        let cases: BTreeMap<&CaseId, usize> = columns.fold(BTreeMap::new(), |mut cases, column| {
            *cases.entry(&column.case).or_default() += 1;
            cases
        });
        cases.into_iter().filter(|(_, count)| *count > 1).map(|(case, _)| case).collect()
    }

    fn definition(&self, row: &Row) -> String {
        url::codebook_field(&row.field)
    }

    fn can_add(&self) -> bool {
        self.chosen.len() < casebook_core::limits::COMPARED
    }

    fn short(&self, at: &usize) -> String {
        let title = self
            .comparison
            .as_ref()
            .and_then(|comparison| comparison.columns.get(*at))
            .map(|column| column.title.as_str());
        title.map(|title| title.split(':').next().unwrap_or(title).to_owned()).unwrap_or_default()
    }

    fn said(&self, said: &Said) -> String {
        let mut text = said.value.as_ref().map(|value| words::shown(value, self.frame.language)).unwrap_or_default();
        let mut aside: Vec<String> = said.qualifiers.iter().map(|q| words::qualified(q, self.frame.language)).collect();
        aside.extend(said.agreement.clone());
        aside.extend(said.when.as_ref().map(|when| words::when(when, self.frame.language)));
        if !aside.is_empty() {
            text = format!("{text} ({})", aside.join("; "));
        }
        text
    }

    /// That the code is offered no more, and what is now.
    fn ended(&self, said: &Said) -> Option<String> {
        said.retired.as_ref().map(|ended| words::retired(ended, self.frame.language))
    }

    /// The same of a field.
    fn field_ended(&self, row: &Row) -> Option<String> {
        row.retired.as_ref().map(|ended| words::retired(ended, self.frame.language))
    }

    /// Whether a mark has to be explained.
    fn has_retired(&self) -> bool {
        self.topics().iter().flat_map(|(_, rows)| rows).any(|row| row.has_retired())
    }

    /// The status that is worth a mark: that of a contested value, or of one that is not there.
    fn mark(&self, said: &Said) -> Option<String> {
        let status = said.status.filter(|_| self.is_disputed(said) || said.value.is_none())?;
        Some(words::status(status, self.frame.language))
    }

    /// What the answer rests on, in a line: status unless it is marked, confidence, sources, rank.
    fn weight(&self, said: &Said) -> Option<String> {
        let language = self.frame.language;
        let status = said.status.filter(|_| self.mark(said).is_none()).map(|status| words::status(status, language));
        let confidence = said.confidence.map(|confidence| words::confidence(confidence, language));
        let known: Vec<String> = status.into_iter().chain(confidence).collect();
        let known = (!known.is_empty()).then(|| known.join(", "));
        let cited = said.cited.map(|cited| self.sources(cited));
        let rank = said.rank.map(|rank| self.frame.t(format!("compare-rank-{}", rank.code())));
        let weight: Vec<String> = known.into_iter().chain(cited).chain(rank).collect();
        (!weight.is_empty()).then(|| weight.join("; "))
    }

    fn sources(&self, cited: Cited) -> String {
        let Some(best) = cited.best else { return self.frame.t("compare-no-source") };
        let best = self.frame.t(format!("compare-reliability-{}", best.code()));
        self.frame.t2("compare-sources", "n", cited.count, "best", best)
    }

    fn is_disputed(&self, said: &Said) -> bool {
        said.status == Some(casebook_core::cases::document::Status::Disputed)
    }

    fn is_gap(&self, cell: &Cell) -> bool {
        !matches!(cell, Cell::Says(said) if said.iter().any(|one| one.value.is_some()))
    }
}
