//! The bars of a set: how its cases stand, the years of their events, the inhabitants of their places; drawn, as tables, and as a sheet.

use actix_web::{HttpResponse, web::Data};
use casebook_core::{
    cases::{
        document::{Scope, Status},
        facets::{Filters, Group, PopulationSpan},
        statistics::{self as counting, Category, Histograms, Span},
    },
    organisations::Directory,
};

use super::{
    super::{
        export::small_sheet,
        list::{facets::Namer, population},
    },
    Bars, Item, label, with_code,
};
use crate::{
    filters,
    kit::{App, Error, Frame, Pairs, Result, Visit},
    url,
};

/// `GET /statistics/bars.csv` - what the bars count, as a sheet: a line for each bar.
///
/// # Errors
/// [`Error::BadRequest`] with what is allowed, for a filter that is none.
pub async fn sheet(app: Data<App>, visit: Visit, pairs: Pairs) -> Result<HttpResponse> {
    let parsed = filters::parse(&app, &pairs)?;
    let filters = parsed.filters;
    if parsed.moved {
        return Err(Error::Renamed { address: url::statistics_bars(&filters.pairs_of_set()) });
    }
    let (state, sought) = (app.clone(), filters.clone());
    let found =
        app.read(move |r| counting::histograms(r, &state.catalogue, &*state.index, &state.codebook, &sought)).await?;
    let to = |filters: &Filters| url::cases_fitting(&filters.pairs_of_set());
    let parties = Directory::new();
    let namer = Namer { app: &app, parties: &parties, visit: &visit, address: &to };
    let frame = visit.frame("statistics-title");
    small_sheet("statistics_bars.csv", lines(&drawn(&namer, &frame, &filters, &found)))
}

/// The lines of the sheet: of which picture, what the bar stands for to programs and in words, and how many cases.
fn lines(pictures: &[Bars]) -> Vec<Vec<String>> {
    let head = ["bars", "value", "label", "cases"].map(str::to_owned).to_vec();
    let lines = pictures.iter().flat_map(|picture| {
        picture.bars.iter().map(|bar| {
            let Item { value, label, count, .. } = &bar.item;
            vec![picture.id.to_owned(), value.clone(), label.clone(), count.to_string()]
        })
    });
    std::iter::once(head).chain(lines).collect()
}

/// The pictures. Where nothing is known of inhabitants there is none of them.
pub(super) fn drawn(namer: &Namer<'_>, frame: &Frame, filters: &Filters, found: &Histograms) -> Vec<Bars> {
    let mut pictures = vec![states(namer, frame, filters, found)];
    pictures.extend((!found.populations.is_empty()).then(|| sizes(frame, filters, found)));
    pictures.push(years(frame, filters, &found.years.spans));
    pictures
}

fn states(namer: &Namer<'_>, frame: &Frame, filters: &Filters, found: &Histograms) -> Bars {
    let field = found.state.as_str();
    let item = |bar: &counting::Bar| Item {
        value: bar.category.word(),
        label: label(namer, field, &bar.category),
        count: bar.count,
        is_gap: bar.category.is_gap(),
        // a choice of the same field in the set would ask for something else than the bar counts
        address: match &bar.category {
            _ if filters.fields.contains_key(field) => None,
            Category::Code(code) => Some(with_code(filters, field, code)),
            Category::Without(status) => {
                Some(url::cases_fitting(&filters.toggled(Group::Status, field, status.code()).pairs_of_set()))
            }
            _ => None,
        },
    };
    let items = found.states.iter().map(item).collect();
    Bars::of("states", [frame.t("statistics-states"), frame.t("statistics-state")], items, frame)
}

fn years(frame: &Frame, filters: &Filters, spans: &[Span]) -> Bars {
    let item = |span: &Span| {
        let label = if span.from == span.to { span.from.to_string() } else { format!("{}-{}", span.from, span.to) };
        Item {
            value: label.clone(),
            label,
            count: span.count,
            is_gap: false,
            address: (filters.year_from.is_none() && filters.year_to.is_none()).then(|| {
                let narrowed = Filters { year_from: Some(span.from), year_to: Some(span.to), ..filters.clone() };
                url::cases_fitting(&narrowed.pairs_of_set())
            }),
        }
    };
    let items = spans.iter().map(item).collect();
    Bars::of("years", [frame.t("statistics-years"), frame.t("statistics-year")], items, frame)
}

fn sizes(frame: &Frame, filters: &Filters, found: &Histograms) -> Bars {
    let item = |span: &PopulationSpan| Item {
        value: format!("{}-{}", span.from, span.to.map_or_else(String::new, |to| to.to_string())),
        label: population::label(frame, span),
        count: span.count,
        is_gap: false,
        address: (!filters.asks_for_population()).then(|| {
            let (population_from, population_to) = (Some(span.from), span.to);
            url::cases_fitting(&Filters { population_from, population_to, ..filters.clone() }.pairs_of_set())
        }),
    };
    let items = found.populations.iter().map(item).chain(sizeless(frame, filters, found)).collect();
    Bars::of("sizes", [frame.t("statistics-sizes"), frame.t("statistics-size")], items, frame)
}

/// The cases without inhabitants, by why: those about no single municipality have none, of the others it is not known.
fn sizeless(frame: &Frame, filters: &Filters, found: &Histograms) -> impl Iterator<Item = Item> {
    let elsewhere = Item {
        value: Category::Without(Status::NotApplicable).word(),
        label: frame.t("statistics-no-municipality"),
        count: found.elsewhere,
        is_gap: true,
        // any other choice of the extent would lead to other cases than the bar counts
        address: (!filters.fields.contains_key("scope")).then(|| {
            let without = filters.toggled(Group::Not, "scope", Scope::Municipality.code());
            url::cases_fitting(&without.pairs_of_set())
        }),
    };
    let silent = Item {
        value: Category::NotStated.word(),
        label: frame.t("statistics-not-stated"),
        count: found.without_population,
        is_gap: true,
        address: None,
    };
    [elsewhere, silent].into_iter().filter(|item| item.count > 0)
}
