//! The filters as the list shows them: labels, counts, and the address that each leads to.

use std::{cmp::Reverse, collections::HashSet};

use casebook_core::{
    cases::{
        document::{Confidence, Reliability, Status},
        facets::{CodeCount, Counts, FacetCount, Filters, Group, VENDOR},
        meant::Meant,
    },
    limits,
    organisations::Directory,
    text::fold,
};

use crate::{
    filters::{Labels, labels, reversed},
    kit::{App, Message, Visit},
    url,
};

/// One field to filter by.
#[derive(Debug, Clone)]
pub struct FacetBox {
    /// The field's label.
    pub label: String,
    /// How many different values there are.
    pub distinct: usize,
    /// Whether something of it is chosen.
    pub open: bool,
    /// Its codes; of many the most frequent, and what is chosen.
    pub codes: Vec<Offer>,
    /// Where all of them are, if not here.
    pub all: Option<String>,
    /// Standing of its statements: disputed, unknown, withheld, and how well they are supported.
    pub standing: Vec<Choice>,
}

/// A code that can be chosen.
#[derive(Debug, Clone)]
pub struct Offer {
    /// The code's label.
    pub label: String,
    /// How many cases a reader finds who chooses it.
    pub count: u64,
    /// Whether it is chosen.
    pub chosen: bool,
    /// The address that chooses it, or takes it back.
    pub address: String,
    /// The address that leaves it out; none where it is chosen.
    pub without: Option<String>,
}

/// A filter with the address that sets it or takes it back.
#[derive(Debug, Clone)]
pub struct Choice {
    /// What it says.
    pub label: String,
    /// How many cases.
    pub count: u64,
    /// Whether it is set.
    pub chosen: bool,
    /// The address.
    pub address: String,
}

/// A filter that the words may mean.
#[derive(Debug, Clone)]
pub struct Hint {
    /// What it says.
    pub label: String,
    /// How many cases a reader finds there, in words; none where it takes another search to know.
    pub counted: Option<String>,
    /// The address.
    pub address: String,
}

/// Puts codes into words, and filters into links.
pub(in crate::cases) struct Namer<'a> {
    pub(in crate::cases) app: &'a App,
    pub(in crate::cases) parties: &'a Directory,
    pub(in crate::cases) visit: &'a Visit,
    /// The address of the page under other filters.
    pub(in crate::cases) address: &'a dyn Fn(&Filters) -> String,
}

impl Namer<'_> {
    /// Every field that can be filtered by, those without any value left out.
    pub(super) fn boxes(&self, filters: &Filters, counts: &Counts) -> Vec<FacetBox> {
        let shown =
            counts.facets.iter().filter(|facet| facet.distinct > 0 || filters.fields.contains_key(&facet.field));
        shown.map(|facet| self.of_field(filters, facet)).collect()
    }

    fn of_field(&self, filters: &Filters, facet: &FacetCount) -> FacetBox {
        let field = &facet.field;
        let mut codes: Vec<Offer> =
            beside_the_list(filters, facet).map(|code| self.offer(filters, field, code)).collect();
        if field == VENDOR {
            // Organisations have no order of their own; this is that of the page with all of them.
            codes.sort_by_cached_key(|offer| (Reverse(offer.count), fold(&offer.label)));
        }
        FacetBox {
            label: self.field(field),
            distinct: facet.distinct,
            open: filters.fields.contains_key(field),
            codes,
            all: (facet.distinct > limits::FACET_VALUES).then(|| url::facet(field, &filters.on_page(0).pairs())),
            standing: self.standing(filters, facet),
        }
    }

    /// A code with the addresses that choose it, and that leave it out.
    pub(in crate::cases) fn offer(&self, filters: &Filters, field: &str, code: &CodeCount) -> Offer {
        let chosen = filters.has(Group::Any, field, &code.code);
        Offer {
            label: self.code(field, &code.code),
            count: code.count,
            chosen,
            address: (self.address)(&filters.toggled(Group::Any, field, &code.code)),
            without: (!chosen).then(|| (self.address)(&filters.toggled(Group::Not, field, &code.code))),
        }
    }

    /// What a reader looks for apart from values: disputed, unknown, refused (row R4), how well values are
    /// supported, and what they rest on (row R33).
    fn standing(&self, filters: &Filters, facet: &FacetCount) -> Vec<Choice> {
        let field = &facet.field;
        let of = |group: Group, code: &str, count: u64| Choice {
            label: self.code(group.prefix(), code),
            count,
            chosen: filters.has(group, field, code),
            address: (self.address)(&filters.toggled(group, field, code)),
        };
        let statuses = facet.statuses.iter().filter(|(status, count)| {
            (*count > 0 && *status != Status::Stated) || filters.has(Group::Status, field, status.code())
        });
        let confidences = facet.confidences.iter().filter(|(confidence, count)| {
            (*count > 0 && *confidence != Confidence::Possible)
                || filters.has(Group::Confidence, field, confidence.code())
        });
        let reliabilities = facet.reliabilities.iter().filter(|(reliability, count)| {
            (*count > 0 && *reliability != Reliability::Unassessed)
                || filters.has(Group::Reliability, field, reliability.code())
        });
        let statuses = statuses.map(|(status, count)| of(Group::Status, status.code(), *count));
        let confidences = confidences.map(|(confidence, count)| of(Group::Confidence, confidence.code(), *count));
        let reliabilities = reliabilities.map(|(reliability, count)| Choice {
            label: self.labels().best_source(reliability.code()),
            ..of(Group::Reliability, reliability.code(), *count)
        });
        statuses.chain(confidences).chain(reliabilities).collect()
    }

    /// Each filter that is set, with the address without it.
    pub(in crate::cases) fn chosen(&self, filters: &Filters) -> Vec<Choice> {
        let chosen = self.labels().chosen(filters).into_iter();
        chosen
            .map(|(label, without)| Choice { label, count: 0, chosen: true, address: (self.address)(&without) })
            .collect()
    }

    /// The filters that may be meant: ranges turned round, and what the words may mean.
    pub(super) fn hints(&self, filters: &Filters, meant: &[Meant]) -> Vec<Hint> {
        let hint = |meant: &Meant| Hint {
            label: self.labels().choice(&meant.choice),
            counted: meant.count.map(|n| self.visit.text(Message::new("list-meant-cases").with("n", n))),
            address: (self.address)(&meant.filters),
        };
        let turned = reversed(filters).into_iter().map(|range| Hint {
            label: self.visit.text(range.meant),
            counted: None,
            address: (self.address)(&range.turned),
        });
        turned.chain(meant.iter().map(hint)).collect()
    }

    /// The label of a facet.
    pub(in crate::cases) fn field(&self, field: &str) -> String {
        self.labels().field(field)
    }

    /// The label of one of its codes.
    pub(in crate::cases) fn code(&self, field: &str, code: &str) -> String {
        self.labels().code(field, code)
    }

    fn labels(&self) -> Labels<'_> {
        labels(self.app, self.parties, self.visit.language)
    }
}

/// The codes that some case has or that are chosen.
pub(in crate::cases) fn in_use<'a>(filters: &'a Filters, facet: &'a FacetCount) -> impl Iterator<Item = &'a CodeCount> {
    facet.codes.iter().filter(move |code| code.count > 0 || filters.has(Group::Any, &facet.field, &code.code))
}

/// Of these the most frequent and those that are chosen, in the facet's order.
fn beside_the_list<'a>(filters: &'a Filters, facet: &'a FacetCount) -> impl Iterator<Item = &'a CodeCount> {
    let mut by_number: Vec<&CodeCount> = in_use(filters, facet).collect();
    by_number.sort_by_key(|code| Reverse(code.count));
    let frequent: HashSet<&str> = by_number.iter().take(limits::FACET_VALUES).map(|code| code.code.as_str()).collect();
    in_use(filters, facet)
        .filter(move |code| frequent.contains(code.code.as_str()) || filters.has(Group::Any, &facet.field, &code.code))
}
