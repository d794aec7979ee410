//! The distance between the vendor's law and the city's (row S3), and whose law could reach the data (row S6): possibilities, never findings.

use super::Lens;
pub use crate::places::jurisdictions::ReachKind;
use crate::{
    cases::document::{Confidence, Document, Involvement, Place, Rank, Statement, Value},
    codebook::needed::{BACKUP_COUNTRY, STORAGE_PLACE},
    ids::OrganisationId,
    places::jurisdictions::{Caveat, Checked, CourtReview, Extent, Known, Law, Reason, Standing, Tie},
};

/// How far the farthest law that binds a vendor is from the city's.
#[derive(Debug, Clone, PartialEq)]
pub struct Distance {
    /// 0 to 4; none where the table does not hold the country.
    pub step: Option<u8>,
    /// Why.
    pub reason: Reason,
    /// The city's country.
    pub home: String,
    /// The country whose law it is.
    pub country: String,
    /// Whose seats lie there.
    pub seated: Vec<String>,
    /// The law that makes it step 4.
    pub law: Option<LawLine>,
    /// The adequacy decision that makes it step 2, or that did not count.
    pub adequacy: Option<String>,
    /// What a reader must know beside the number.
    pub caveats: Vec<Caveat>,
}

/// A law as a line of the page.
#[derive(Debug, Clone, PartialEq)]
pub struct LawLine {
    /// Its name.
    pub law: String,
    /// Year of its adoption.
    pub year: u16,
    /// Its articles or sections.
    pub articles: String,
    /// What can be demanded, and of whom.
    pub what: String,
    /// Who decides.
    pub court_review: CourtReview,
    /// The date of the page that confirmed it; none where a page shows none or nobody looked.
    pub checked: Option<String>,
    /// What it could reach by the link it stands under.
    pub extent: Option<Extent>,
    /// In force, or ended and still of effect.
    pub standing: Standing,
}

/// A link by which a country's law could reach the data.
#[derive(Debug, Clone, PartialEq)]
pub struct Path {
    /// What link it is.
    pub kind: ReachKind,
    /// The words for it.
    pub label: String,
    /// The country.
    pub country: String,
    /// What leads there, from the case outwards.
    pub through: Vec<String>,
    /// The weakest confidence on the way; none where a step is not rated.
    pub confidence: Option<Confidence>,
    /// How much the table knows of the country's laws.
    pub known: Known,
    /// Its laws.
    pub laws: Vec<LawLine>,
}

/// A step towards a country, before the table is asked.
struct Towards {
    tie: Tie<Confidence>,
    through: Vec<String>,
}

pub(super) fn distance(document: &Document, lens: &Lens<'_>) -> Option<Distance> {
    if matches!(document.place, Place::Region { .. }) {
        return None;
    }
    let seats = seats(document, lens);
    let homes = document.place.countries().iter();
    let farthest = homes.filter_map(|home| {
        let countries = seats.iter().map(|seat| seat.tie.country.as_str());
        lens.jurisdictions.farthest(home.as_str(), countries, lens.today).map(|distance| (home, distance))
    });
    let (home, distance) = farthest.max_by_key(|(_, distance)| distance.step)?;
    let here = seats.iter().filter(|seat| seat.tie.country == distance.country);
    let mut seated: Vec<String> = here.filter_map(|seat| seat.through.last().cloned()).collect();
    seated.dedup();
    Some(Distance {
        step: distance.step,
        reason: distance.reason,
        home: lens.country(home.as_str()),
        country: lens.country(&distance.country),
        seated,
        law: distance.law.map(|law| line(law, None, law.standing(lens.today))),
        adequacy: distance.adequacy.map(|adequacy| adequacy.decision.clone()),
        caveats: distance.caveats,
    })
}

pub(super) fn reach(document: &Document, lens: &Lens<'_>) -> Vec<Path> {
    if matches!(document.place, Place::Region { .. }) {
        return Vec::new();
    }
    let mut towards = seats(document, lens);
    towards.extend(places_of_storage(document, lens));
    let (ties, through): (Vec<_>, Vec<_>) = towards.into_iter().map(|step| (step.tie, step.through)).unzip();
    let reached = lens.jurisdictions.reach(&ties, lens.today).into_iter().zip(through);
    let path = reached.map(|(reach, through)| Path {
        kind: reach.kind,
        label: lens.label("reach_kind", reach.kind.code()),
        country: lens.country(&reach.country),
        through,
        confidence: reach.confidence,
        known: reach.known,
        laws: reach.laws.iter().map(|law| line(law.law, Some(law.extent), law.standing)).collect(),
    });
    path.collect()
}

fn line(law: &Law, extent: Option<Extent>, standing: Standing) -> LawLine {
    LawLine {
        law: law.law.clone(),
        year: law.year,
        articles: law.articles.clone(),
        what: law.what.clone(),
        court_review: law.court_review,
        checked: match &law.checked {
            Checked::On(day) => Some(day.to_string()),
            Checked::Undated | Checked::Unverified => None,
        },
        extent,
        standing,
    }
}

/// The seats of the vendors and of all that own them, each once.
fn seats(document: &Document, lens: &Lens<'_>) -> Vec<Towards> {
    let mut found: Vec<Towards> = Vec::new();
    for vendor in lens.vendors(document) {
        for seat in owners(vendor, lens) {
            if !found.iter().any(|other| other.through == seat.through) {
                found.push(seat);
            }
        }
    }
    found
}

/// The seat of an involved organisation, then of its owner, then of the owner's owner.
fn owners(vendor: &Involvement, lens: &Lens<'_>) -> Vec<Towards> {
    let mut found = Vec::new();
    let mut links = vec![Some(vendor.confidence)];
    let mut through = Vec::new();
    let mut seen: Vec<&OrganisationId> = Vec::new();
    let mut next = vendor.organisation.as_ref();
    while let Some(id) = next.filter(|id| !seen.contains(id)) {
        let Some(record) = lens.parties.get(id) else { break };
        seen.push(id);
        through.push(record.name().to_owned());
        // a record is rated by whether somebody looked it up
        links.push(Some(if record.verified { Confidence::Probable } else { Confidence::Possible }));
        if let Some(seat) = &record.seat {
            let kind = if through.len() == 1 { ReachKind::Seat } else { ReachKind::ParentSeat };
            let tie = Tie { kind, country: seat.as_str().to_owned(), links: links.clone() };
            found.push(Towards { tie, through: through.clone() });
        }
        next = record.parent.as_ref();
    }
    found
}

fn places_of_storage(document: &Document, lens: &Lens<'_>) -> Vec<Towards> {
    let country = |value: &Value| match value {
        Value::Country { country } => Some(country.as_str().to_owned()),
        _ => None,
    };
    let counts = |statement: &&Statement| statement.status.has_value() && statement.rank != Rank::Superseded;
    let towards = |statement: &Statement, kind: ReachKind, country: String| Towards {
        through: vec![lens.field(statement.field.as_str())],
        tie: Tie { kind, country, links: vec![Some(statement.confidence)] },
    };
    let host =
        document.statements_about(STORAGE_PLACE, lens.codebook).into_iter().filter(counts).filter_map(|statement| {
            let at = statement.qualifiers.get("country").and_then(country)?;
            Some(towards(statement, ReachKind::HostCountry, at))
        });
    let backup =
        document.statements_about(BACKUP_COUNTRY, lens.codebook).into_iter().filter(counts).filter_map(|statement| {
            let at = statement.value.as_ref().and_then(country)?;
            Some(towards(statement, ReachKind::BackupCountry, at))
        });
    host.chain(backup).collect()
}
