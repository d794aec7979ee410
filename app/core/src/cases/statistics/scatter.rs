//! The two measures of schema.md section 12 beside each other: imbalance of size and legal distance (rows S2 to S4).
//!
//! Both come from the view of a case, so that the picture says what the case's own page says. A case that lacks a figure is no point but a
//! gap, with what it lacks.

use std::collections::HashSet;

use roaring::RoaringBitmap;

use crate::{
    Result,
    cases::{
        document::{Disclosure, Document, Scope, Text},
        facets::Facets,
        measures::Ratio,
        published,
        show::Tables,
        view::{self, Distance, Lens, Residents, Shown, Size},
    },
    db::Reading,
    ids::{CaseId, OrganisationId},
    organisations::{self, Employees},
    places::jurisdictions::Caveat,
};

/// How many cases one picture reads at most; more could not be told apart.
pub const POINTS: usize = 300;

/// Caveats that say of a step that something of it was not looked up.
const NOT_LOOKED_UP: [Caveat; 3] = [Caveat::Unverified, Caveat::LawsNotLookedUp, Caveat::OthersNotInTable];

/// Cases by both measures.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Scatter {
    /// Those with both.
    pub points: Vec<Point>,
    /// Those that lack one, and what they lack.
    pub gaps: Vec<Gap>,
    /// How many are about no municipality, so that there are no residents to compare with.
    pub elsewhere: u64,
    /// How many are about a municipality of which only the continent is public: neither measure may be shown.
    pub continent_only: u64,
    /// How many were not read because there are too many.
    pub left_out: usize,
}

/// A case with both measures.
#[derive(Debug, Clone, PartialEq)]
pub struct Point {
    /// The case.
    pub case: CaseId,
    /// Its title.
    pub title: Text,
    /// The largest vendor in the lead.
    pub vendor: String,
    /// How many people it employs.
    pub employees: Employees,
    /// Whether the vendor's figures were looked up.
    pub verified: bool,
    /// How many people live there.
    pub residents: Residents,
    /// log10 of employees for each resident, the least and the most that it can be.
    pub log10: (f64, f64),
    /// The same as whole numbers, in the same order.
    pub ratios: (Ratio, Ratio),
    /// Where the class of the place is open at one end.
    pub bound: Bound,
    /// 0 to 4.
    pub step: u8,
    /// The country of the case.
    pub home: String,
    /// The country whose law is farthest.
    pub country: String,
    /// Whether the step rests on sources alone: all countries involved are in the table, and what it says was looked up.
    pub step_verified: bool,
}

/// What is known of an imbalance.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Bound {
    /// It is this.
    Exact,
    /// It lies between two numbers: of the place the size class is public.
    Between,
    /// It is this or more: the smallest class has no lower end.
    AtLeast,
    /// It is this or less: the largest class has no upper end.
    AtMost,
}

/// A case that lacks a measure.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Gap {
    /// The case.
    pub case: CaseId,
    /// Its title.
    pub title: Text,
    /// What is not on record.
    pub missing: Vec<Missing>,
}

/// What is not on record.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Missing {
    /// A vendor.
    Vendor,
    /// How many people the vendor employs.
    Employees,
    /// How many people live there.
    Residents,
    /// Where a vendor has its seat.
    Seat,
    /// The vendor's country, in the table of jurisdictions.
    Jurisdiction,
}

impl Missing {
    /// The machine word, for message keys.
    #[must_use]
    pub fn code(self) -> &'static str {
        match self {
            Self::Vendor => "vendor",
            Self::Employees => "employees",
            Self::Residents => "residents",
            Self::Seat => "seat",
            Self::Jurisdiction => "jurisdiction",
        }
    }
}

impl Scatter {
    /// The cases whose documents are to be read, and the numbers of those that have no measures at all.
    pub(super) fn among(facets: &Facets, set: &RoaringBitmap, ordinals: &[u32]) -> (Self, Vec<u32>) {
        let with =
            |field: &str, code: &str| facets.cases_with(field, code).map(|cases| cases & set).unwrap_or_default();
        let municipal = with("scope", Scope::Municipality.code());
        let continent_only = &municipal & with("place_disclosure", Disclosure::Region.code());
        let candidates = &municipal - &continent_only;
        let candidates: Vec<u32> = ordinals.iter().copied().filter(|ordinal| candidates.contains(*ordinal)).collect();
        let scatter = Self {
            elsewhere: set.len() - municipal.len(),
            continent_only: continent_only.len(),
            left_out: candidates.len().saturating_sub(POINTS),
            ..Self::default()
        };
        (scatter, candidates.into_iter().take(POINTS).collect())
    }

    /// Reads these cases and puts each among the points or the gaps.
    pub(super) fn read(&mut self, r: &mut Reading, candidates: &[u32], tables: Tables<'_>) -> Result<()> {
        let mut documents = Vec::with_capacity(candidates.len());
        for current in published::current(r, candidates)? {
            documents.push(current.read()?.0);
        }
        let involved = documents.iter().flat_map(|document| &document.involvements);
        let named: HashSet<OrganisationId> = involved.filter_map(|one| one.organisation.clone()).collect();
        let parties = organisations::with_parents(r, &named.into_iter().collect::<Vec<_>>())?;
        let lens = Lens {
            codebook: tables.codebook,
            gazetteer: tables.gazetteer,
            jurisdictions: tables.jurisdictions,
            parties: &parties,
            lang: tables.lang,
            today: r.today(),
        };
        for document in documents {
            match point(&document, &lens) {
                Ok(point) => self.points.push(point),
                Err(missing) => self.gaps.push(Gap { case: document.id, title: document.title, missing }),
            }
        }
        self.points.sort_by(|a, b| {
            b.step.cmp(&a.step).then(b.log10.0.total_cmp(&a.log10.0)).then_with(|| a.case.cmp(&b.case))
        });
        Ok(())
    }
}

fn point(document: &Document, lens: &Lens<'_>) -> Result<Point, Vec<Missing>> {
    let (size, distance) = view::measures(document, lens);
    let mut missing = lacks(size.as_ref(), distance.as_ref());
    match (size.and_then(|size| sized(size, lens)), distance) {
        (Some(sized), Some(Distance { step: Some(step), home, country, caveats, .. })) if missing.is_empty() => {
            Ok(Point {
                case: document.id.clone(),
                title: document.title.clone(),
                step,
                home,
                country,
                step_verified: !caveats.iter().any(|caveat| NOT_LOOKED_UP.contains(caveat)),
                vendor: sized.vendor,
                employees: sized.employees,
                verified: sized.verified,
                residents: sized.residents,
                log10: sized.log10,
                ratios: sized.ratios,
                bound: sized.bound,
            })
        }
        _ => {
            // both figures are there, but one of them is nought
            if missing.is_empty() {
                missing.push(Missing::Residents);
            }
            Err(missing)
        }
    }
}

fn lacks(size: Option<&Size>, distance: Option<&Distance>) -> Vec<Missing> {
    let Some(size) = size else { return vec![Missing::Vendor] };
    let of_size = [
        size.employees.is_none().then_some(Missing::Employees),
        size.residents.is_none().then_some(Missing::Residents),
    ];
    let of_law = match distance {
        None => Some(Missing::Seat),
        Some(Distance { step: None, .. }) => Some(Missing::Jurisdiction),
        Some(_) => None,
    };
    of_size.into_iter().chain([of_law]).flatten().collect()
}

/// The size of a vendor beside a municipality, with both figures on record.
struct Sized {
    vendor: String,
    employees: Employees,
    verified: bool,
    residents: Residents,
    log10: (f64, f64),
    ratios: (Ratio, Ratio),
    bound: Bound,
}

fn sized(size: Size, lens: &Lens<'_>) -> Option<Sized> {
    let (employees, residents) = (size.employees?, size.residents?);
    let least = size.measures.iter().copied().min_by(|a, b| a.log10.total_cmp(&b.log10))?;
    let most = size.measures.iter().copied().max_by(|a, b| a.log10.total_cmp(&b.log10))?;
    let bound = match &residents {
        Residents::Class { least: 0, .. } => Bound::AtLeast,
        Residents::Class { above: None, .. } => Bound::AtMost,
        Residents::Class { .. } => Bound::Between,
        Residents::Stated { .. } | Residents::Gazetteer(_) => Bound::Exact,
    };
    let (vendor, verified) = match size.vendor {
        Shown::Organisation { id, name } => (name, lens.parties.get(&id).is_some_and(|record| record.verified)),
        Shown::Words(words) => (words, false),
        _ => (String::new(), false),
    };
    Some(Sized {
        vendor,
        employees,
        verified,
        residents,
        log10: (least.log10, most.log10),
        ratios: (least.ratio, most.ratio),
        bound,
    })
}
