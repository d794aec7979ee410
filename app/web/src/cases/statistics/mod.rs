//! What can be counted of a set of cases: two fields crossed, states, years and inhabitants, a map, and the two measures beside each other. Each picture
//! is drawn here, as text, and has a table of the same numbers.

mod bars;
mod heat;
pub mod histograms;
mod labels;
mod plot;
mod samples;
mod scatter;
mod world;

use actix_web::{Either, HttpResponse, web::Data};
use askama::Template;
use casebook_core::{
    cases::{
        facets::{COUNTRY, Filters, facet_names},
        show::Tables,
        statistics::{self as counting, Axes, Category, Count, Crosstab, Question, Statistics},
    },
    organisations::Directory,
};

pub use self::{
    bars::{Bars, Item},
    heat::Heat,
    scatter::Picture,
    world::WorldMap,
};
use super::{
    export::small_sheet,
    list::{Choice, facets::Namer},
    words,
};
use crate::{
    filters,
    kit::{App, Error, Frame, Page, Pairs, Result, Visit, page::Moved},
    url,
};

/// What is counted of a set of cases.
#[derive(Debug, Template)]
#[template(path = "cases/statistics.html")]
pub struct StatisticsPage {
    /// The frame.
    pub frame: Frame,
    /// The filters of the set.
    pub filters: Filters,
    /// The filters that are set, each with the address without it.
    pub chosen: Vec<Choice>,
    /// What the reader should know.
    pub notices: Vec<String>,
    /// How many cases the set holds.
    pub found: u64,
    /// How many cases are published.
    pub published: u64,
    /// The two fields of the table.
    pub axes: Axes,
    /// All fields that can be crossed: code and label.
    pub fields: Vec<(String, String)>,
    /// Counts below this are suppressed.
    pub below: u64,
    /// The table.
    pub table: Table,
    /// The picture of the table.
    pub heat: Heat,
    /// States, years and inhabitants.
    pub histograms: Vec<Bars>,
    /// How many cases have no dated event.
    pub undated: u64,
    /// The map.
    pub world: WorldMap,
    /// How many cases have no country.
    pub without_country: u64,
    /// The two measures.
    pub picture: Picture,
}

/// The table of two fields in words.
#[derive(Debug, Clone, Default)]
pub struct Table {
    /// The label of the field whose codes are the rows.
    pub rows_label: String,
    /// The label of the field whose codes are the columns.
    pub columns_label: String,
    /// The heads of the rows.
    pub rows: Vec<Head>,
    /// The heads of the columns.
    pub columns: Vec<Head>,
    /// Row by row, the total at the end; at the end the totals of the columns.
    pub cells: Vec<Vec<Count>>,
    /// How many counts are suppressed.
    pub suppressed: usize,
    /// Cells add up to more than their total.
    pub overlaps: bool,
    /// The set is too small for a table.
    pub withheld: bool,
    /// Nothing is told in it but noughts.
    pub bare: bool,
}

/// The head of a row or a column.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Head {
    /// The words.
    pub label: String,
    /// It says what is not known.
    pub is_gap: bool,
}

/// `GET /statistics` - what can be counted of a set (rows R36, D12, S2 to S4).
///
/// # Errors
/// [`Error::BadRequest`] with what is allowed, for a filter or a field that is not.
pub async fn show(app: Data<App>, visit: Visit, pairs: Pairs) -> Result<Either<Page<StatisticsPage>, Moved>> {
    let (question, moved) = asked(&app, &pairs)?;
    if moved {
        return Ok(Either::Right(Moved(address(&question.filters, &question.axes))));
    }
    let (state, asked, lang) = (app.clone(), question.clone(), visit.language.code());
    let found = app
        .read(move |r| counting::statistics(r, &state.catalogue, &*state.index, tables(&state, lang), &asked))
        .await?;
    Ok(Either::Left(Page::new(StatisticsPage::new(&app, &visit, question, found))))
}

/// `GET /statistics.csv` - the table as a sheet: a line for each cell, `suppressed` where the count is not told.
///
/// # Errors
/// As [`show`].
pub async fn sheet(app: Data<App>, visit: Visit, pairs: Pairs) -> Result<HttpResponse> {
    let (question, moved) = asked(&app, &pairs)?;
    if moved {
        let address = url::statistics_sheet(&with_axes(&question.filters, &question.axes));
        return Err(Error::Renamed { address });
    }
    let (state, asked, lang) = (app.clone(), question.clone(), visit.language.code());
    let (table, parties) =
        app.read(move |r| counting::table(r, &state.catalogue, &*state.index, tables(&state, lang), &asked)).await?;
    let lines = lines(&app, &visit, &table, &parties);
    small_sheet("statistics.csv", lines)
}

fn tables<'a>(app: &'a App, lang: &'a str) -> Tables<'a> {
    Tables { codebook: &app.codebook, gazetteer: &app.gazetteer, jurisdictions: &app.jurisdictions, lang }
}

/// What an address asks, and whether it names something that has moved.
fn asked(app: &App, pairs: &Pairs) -> Result<(Question, bool)> {
    let parsed = filters::parse(app, pairs)?;
    let (rows, columns) = (pairs.first("rows").trim(), pairs.first("columns").trim());
    let axes = Axes::parse(rows, columns, &app.codebook).map_err(|problems| filters::unreadable(&problems))?;
    let suppress_below = u64::from(app.config.statistics.suppress_below);
    let moved = parsed.moved || axes.are_other_than(rows, columns);
    Ok((Question { filters: parsed.filters, axes, suppress_below }, moved))
}

/// The statistics of other filters, with the same table.
fn address(filters: &Filters, axes: &Axes) -> String {
    url::statistics(&with_axes(filters, axes))
}

fn with_axes(filters: &Filters, axes: &Axes) -> Vec<(String, String)> {
    let mut pairs = filters.pairs_of_set();
    pairs.extend(axes.pairs());
    pairs
}

/// The lines of the sheet: field and code of row and column, their labels, and the count. Nobody can take `suppressed`, which stands
/// in the place of a count, for `status: not stated`, which stands in the place of a code.
fn lines(app: &App, visit: &Visit, table: &Crosstab, parties: &Directory) -> Vec<Vec<String>> {
    let to = |filters: &Filters| url::cases_fitting(&filters.pairs_of_set());
    let namer = Namer { app, parties, visit, address: &to };
    let heads = |field: &str, categories: &[Category]| {
        let heads = categories.iter().map(|category| (category.word(), label(&namer, field, category)));
        heads.chain([("total".to_owned(), visit.text("statistics-total"))]).collect::<Vec<_>>()
    };
    let (axes, columns) = (&table.axes, heads(&table.axes.columns, &table.columns));
    let names = ["rows", "row", "row_label", "columns", "column", "column_label", "cases"];
    let mut lines = vec![names.map(str::to_owned).to_vec()];
    for ((row, row_label), cells) in heads(&axes.rows, &table.rows).iter().zip(&table.cells) {
        for ((column, column_label), count) in columns.iter().zip(cells) {
            let cases = count.shown().map_or_else(|| "suppressed".to_owned(), |count| count.to_string());
            let line = [&axes.rows, row, row_label, &axes.columns, column, column_label, &cases];
            lines.push(line.map(String::clone).to_vec());
        }
    }
    lines
}

/// What stands at the head of a line, in words.
fn label(namer: &Namer<'_>, field: &str, category: &Category) -> String {
    let visit = namer.visit;
    match category {
        Category::Code(code) => namer.code(field, code),
        Category::OtherCodes => visit.text("statistics-other-codes"),
        Category::Without(status) => words::status(*status, visit.language),
        Category::Uncoded => visit.text("statistics-uncoded"),
        Category::NotStated if field == COUNTRY => visit.text("statistics-without-country"),
        Category::NotStated => visit.text("statistics-not-stated"),
    }
}

impl StatisticsPage {
    /// The page of a set.
    #[must_use]
    pub fn new(app: &App, visit: &Visit, question: Question, found: Statistics) -> Self {
        let Question { filters, axes, suppress_below } = question;
        let frame = visit.frame("statistics-title").describing(visit.text("statistics-description"));
        let to = |filters: &Filters| address(filters, &axes);
        let namer = Namer { app, parties: &found.parties, visit, address: &to };
        let table = Table::of(&namer, &found.table);
        let histograms = histograms::drawn(&namer, &frame, &filters, &found.bars);
        let countries = found.countries.iter().map(|(code, count)| world::Country {
            code: code.clone(),
            name: namer.code(COUNTRY, code),
            count: *count,
            address: leads_to(&filters, code).then(|| with_code(&filters, COUNTRY, code)),
        });
        let world = WorldMap::of(countries.collect(), &frame);
        let fields = facet_names(&app.codebook).into_iter().map(|field| (field.to_owned(), namer.field(field)));
        let (fields, chosen) = (fields.collect(), namer.chosen(&filters));
        Self {
            fields,
            chosen,
            notices: filters::notices(app, visit, &filters, &found.notices),
            found: found.found,
            published: found.published,
            below: suppress_below,
            heat: Heat::of(&table),
            table,
            histograms,
            undated: found.bars.years.undated,
            world,
            without_country: found.without_country,
            picture: Picture::of(&found.scatter, &frame),
            frame,
            filters,
            axes,
        }
    }

    /// The pairs that the form of the two fields carries along.
    fn carried(&self) -> Vec<(String, String)> {
        self.filters.pairs_of_set()
    }

    fn everything(&self) -> String {
        address(&Filters::default(), &self.axes)
    }

    fn list_address(&self) -> String {
        url::cases_fitting(&self.filters.pairs_of_set())
    }

    fn sheet_address(&self) -> String {
        url::statistics_sheet(&with_axes(&self.filters, &self.axes))
    }

    fn bars_address(&self) -> String {
        url::statistics_bars(&self.filters.pairs_of_set())
    }

    fn method_address(&self) -> String {
        url::method()
    }

    /// What stands where nothing can be counted: there are no cases, the filters leave none, or none has what a picture shows.
    fn nothing_to_count(&self) -> String {
        self.frame.t(if self.filters.is_everything() { "statistics-nothing" } else { "statistics-none" })
    }

    /// What stands in the place of bars.
    fn nothing_to_draw(&self) -> String {
        if self.found == 0 { self.nothing_to_count() } else { self.frame.t("statistics-years-undated") }
    }

    /// What helps where a table tells nothing.
    fn advice(&self) -> String {
        self.frame.t(if self.filters.is_everything() { "statistics-advice" } else { "statistics-advice-filtered" })
    }

    /// Whether the table tells something: else the page opens with what does.
    fn opens_with_table(&self) -> bool {
        !self.table.withheld && !self.table.bare
    }

    fn is_rows(&self, field: &str) -> bool {
        self.axes.rows == field
    }

    fn is_columns(&self, field: &str) -> bool {
        self.axes.columns == field
    }

    /// Each row of the table with its cells; the totals at the end.
    fn rows(&self) -> Vec<(Head, Vec<Option<u64>>)> {
        let total = Head { label: self.frame.t("statistics-total"), is_gap: false };
        let heads = self.table.rows.iter().cloned().chain([total]);
        heads.zip(self.table.cells.iter().map(|row| row.iter().map(|cell| cell.shown()).collect())).collect()
    }
}

/// Whether the list, narrowed to this country, holds all cases of the set that are counted for it: not if the set was chosen by another
/// country, or by what is said of one.
fn leads_to(filters: &Filters, country: &str) -> bool {
    filters.fields.get(COUNTRY).is_none_or(|chosen| {
        let among = chosen.any.is_empty() || chosen.any.contains(country);
        among && chosen.status.is_empty() && chosen.confidence.is_empty() && chosen.reliability.is_empty()
    })
}

/// The list of these cases, narrowed to one code.
fn with_code(filters: &Filters, field: &str, code: &str) -> String {
    let mut narrowed = filters.clone();
    narrowed.fields.entry(field.to_owned()).or_default().any = [code.to_owned()].into();
    url::cases_fitting(&narrowed.pairs_of_set())
}

impl Table {
    fn of(namer: &Namer<'_>, table: &Crosstab) -> Self {
        let heads = |field: &str, categories: &[Category]| {
            let head = |category: &Category| Head { label: label(namer, field, category), is_gap: category.is_gap() };
            categories.iter().map(head).collect::<Vec<_>>()
        };
        Self {
            rows_label: namer.field(&table.axes.rows),
            columns_label: namer.field(&table.axes.columns),
            rows: heads(&table.axes.rows, &table.rows),
            columns: heads(&table.axes.columns, &table.columns),
            cells: table.cells.clone(),
            suppressed: table.suppressed(),
            overlaps: table.overlaps,
            withheld: table.withheld,
            bare: table.is_bare(),
        }
    }
}

#[cfg(test)]
mod tests {
    use casebook_core::cases::facets::Group;

    use super::*;

    // D12: of a case in two countries one may have been chosen; the list of the other holds other cases.
    #[test]
    fn a_circle_of_another_country_than_the_chosen_one_leads_nowhere() {
        let all = Filters::default();
        assert!(leads_to(&all, "DE"));
        let chosen = all.toggled(Group::Any, COUNTRY, "NL");
        assert!(leads_to(&chosen, "NL") && !leads_to(&chosen, "DE"));
        assert!(leads_to(&all.toggled(Group::Not, COUNTRY, "NL"), "DE"));
        assert!(leads_to(&all.toggled(Group::Any, "kind", "agreement"), "DE"));
        assert!(!leads_to(&all.toggled(Group::Status, COUNTRY, "disputed"), "DE"));
    }
}
