//! The imbalance of size between the largest vendor in the lead and a municipality (row S2).

use super::{Lens, Shown};
use crate::{
    cases::{
        document::{Document, Involvement, Place, Scope},
        measures::{SizeImbalance, size_imbalance, stated_population},
    },
    organisations::Employees,
    places::SizeClass,
};

/// The two figures and what they give.
#[derive(Debug, Clone, PartialEq)]
pub struct Size {
    /// The vendor.
    pub vendor: Shown,
    /// How many people it employs; a gap where it is not recorded.
    pub employees: Option<Employees>,
    /// How many people live there.
    pub residents: Option<Residents>,
    /// The measure; two where the place is not named: at the upper and the lower bound of its class.
    pub measures: Vec<SizeImbalance>,
}

/// How many people live there, and how we know.
#[derive(Debug, Clone, PartialEq)]
pub enum Residents {
    /// As a source of the case says.
    Stated {
        /// How many.
        number: f64,
        /// The year.
        year: Option<i32>,
        /// Ids of sources.
        sources: Vec<String>,
    },
    /// As the gazetteer has it.
    Gazetteer(u64),
    /// Between the bounds of a size class; the largest has no upper bound.
    Class {
        /// The class's label.
        label: String,
        /// The least.
        least: u64,
        /// The first above it.
        above: Option<u64>,
    },
}

pub(super) fn size(document: &Document, lens: &Lens<'_>) -> Option<Size> {
    if document.place.scope() != Scope::Municipality {
        return None;
    }
    let leads = lens.vendors(document);
    let first = leads.iter().map(|lead| lens.role_order(lead.role.as_str())).min()?;
    let employees = |lead: &&&Involvement| {
        let party = lead.organisation.as_ref().and_then(|id| lens.parties.get(id));
        party.and_then(|party| party.employees.clone())
    };
    let candidates = leads.iter().filter(|lead| lens.role_order(lead.role.as_str()) == first);
    let number = |lead: &&&Involvement| employees(lead).map(|figure| figure.number);
    let vendor = candidates.max_by_key(number)?;
    let employees = employees(&vendor);
    let residents = residents(document, lens);
    let measures = measures(employees.as_ref(), residents.as_ref());
    Some(Size { vendor: lens.who(vendor), employees, residents, measures })
}

/// How many people live there; nothing where only the continent is public.
pub(in crate::cases) fn residents(document: &Document, lens: &Lens<'_>) -> Option<Residents> {
    let class = match &document.place {
        Place::SizeClass { size_class, .. } => size_class.as_ref(),
        // where only the continent is public no imbalance is shown at all (schema.md section 3)
        Place::Region { .. } => return None,
        Place::Named { places, .. } => {
            if let Some((statement, figure)) = stated_population(document) {
                let sources = statement.sources.clone();
                return Some(Residents::Stated { number: figure.number, year: figure.year, sources });
            }
            let city = places.iter().find_map(|place| lens.gazetteer.city(place.geonames?));
            return city.filter(|city| city.population > 0).map(|city| Residents::Gazetteer(city.population));
        }
    }?;
    let (least, above) = class.as_str().parse::<SizeClass>().ok()?.bounds();
    Some(Residents::Class { label: lens.label("size_class", class.as_str()), least, above })
}

#[expect(clippy::cast_precision_loss, reason = "a number of people")]
fn measures(employees: Option<&Employees>, residents: Option<&Residents>) -> Vec<SizeImbalance> {
    let (Some(employees), Some(residents)) = (employees, residents) else { return Vec::new() };
    let bounds = match residents {
        Residents::Stated { number, .. } => vec![*number],
        Residents::Gazetteer(number) => vec![*number as f64],
        Residents::Class { least, above, .. } => {
            // the least of the smallest class is zero, which says nothing
            above.iter().chain((*least > 0).then_some(least)).map(|bound| *bound as f64).collect()
        }
    };
    bounds.into_iter().filter_map(|bound| size_imbalance(employees.number as f64, bound)).collect()
}
