//! The bars of a set: how its cases stand, the years of their events, the inhabitants of their places; drawn, as tables, and as a sheet.

use std::ops::Range;

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
    Bars, Item,
    bars::{Counted, Fold},
    label, with_code,
};
use crate::{
    filters,
    kit::{App, Error, Frame, Pairs, Result, Visit},
    url,
};

/// So many bars of years without a case, or more, are drawn as one gap: one event in 2199 would make a picture of empty decades.
const FOLDED: usize = 3;

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
        picture.items.iter().map(|item| {
            let Item { value, label, count, .. } = item;
            vec![picture.id.to_owned(), value.clone(), label.clone(), count.to_string()]
        })
    });
    std::iter::once(head).chain(lines).collect()
}

/// The pictures. Where nothing is known of inhabitants there is none of them.
pub(super) fn drawn(namer: &Namer<'_>, frame: &Frame, filters: &Filters, found: &Histograms) -> Vec<Bars> {
    let mut pictures = vec![states(namer, frame, filters, found)];
    pictures.extend((!found.populations.is_empty()).then(|| sizes(frame, filters, found)));
    pictures.push(years(frame, filters, found));
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
    let counted = Counted { items: found.states.iter().map(item).collect(), folds: Vec::new(), cases: found.cases };
    let bars = Bars::of("states", [frame.t("statistics-states"), frame.t("statistics-state")], counted, frame);
    // Whoever looks for how a case stands now would take a state that it has left for that.
    Bars { summary: format!("{} {}", bars.summary, frame.t("statistics-states-counted")), ..bars }
}

fn years(frame: &Frame, filters: &Filters, found: &Histograms) -> Bars {
    let spans = &found.years.spans;
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
    let fold = |of: Range<usize>| {
        let gap = spans.get(of.clone())?;
        let (from, to) = (gap.first()?.from.to_string(), gap.last()?.to.to_string());
        let label = frame.t2("statistics-years-gap", "from", &from, "to", &to);
        Some(Fold { of, label, words: frame.t2("statistics-years-none", "from", &from, "to", &to) })
    };
    let counted = Counted {
        items: spans.iter().map(item).collect(),
        folds: empty_runs(spans).into_iter().filter_map(fold).collect(),
        cases: found.cases.saturating_sub(found.years.undated),
    };
    Bars::of("years", [frame.t("statistics-years"), frame.t("statistics-year")], counted, frame)
}

/// Which spans of years without a case lie so close together that they are drawn as one gap.
fn empty_runs(spans: &[Span]) -> Vec<Range<usize>> {
    let mut runs: Vec<Range<usize>> = Vec::new();
    for (at, _) in spans.iter().enumerate().filter(|(_, span)| span.count == 0) {
        match runs.last_mut() {
            Some(run) if run.end == at => run.end = at + 1,
            _ => runs.push(at..at + 1),
        }
    }
    runs.retain(|run| run.len() >= FOLDED);
    runs
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
    let counted = Counted { items, folds: Vec::new(), cases: found.cases };
    Bars::of("sizes", [frame.t("statistics-sizes"), frame.t("statistics-size")], counted, frame)
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

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn three_empty_bars_in_a_row_are_one_gap_and_two_are_not() {
        let spans = |counts: &[u64]| {
            let span = |(at, count): (i32, &u64)| Span { from: at * 10, to: at * 10 + 9, count: *count };
            (0..).zip(counts).map(span).collect::<Vec<_>>()
        };
        assert_eq!(empty_runs(&spans(&[2, 0, 0, 0, 1, 0, 0, 3, 0, 0, 0, 0, 1])), [1..4, 8..12]);
        assert!(empty_runs(&spans(&[2, 0, 0, 1])).is_empty());
        assert!(empty_runs(&[]).is_empty());
    }
}
