//! Legal distance: how far the law that a vendor obeys is from the law of the city (schema.md section 12).
//!
//! | step | meaning |
//! |---|---|
//! | 0 | the same country |
//! | 1 | the same data-protection area |
//! | 2 | an adequacy decision in force that covers what a city gives to a vendor |
//! | 3 | none of these |
//! | 4 | none of these, and a law in force that compels companies to hand over data without independent court review |
//!
//! Only a law whose court review is `none` counts for step 4; `limited` and `unclear` never do. A decision that covers only organisations on
//! a list counts as none, since the table does not know who is on it. The decisions are those of the European Commission: for a city outside
//! of the area they say nothing, and the result carries a caveat. A country that the table does not hold has no step at all.

use chrono::NaiveDate;

use super::{ADEQUACY_AREA, Adequacy, Checked, CourtReview, Covers, Jurisdiction, Jurisdictions, Law, Standing};

/// How far one law is from another, and why.
#[derive(Debug, Clone)]
pub struct LegalDistance<'t> {
    /// 0 to 4; `None` where the table does not know the country.
    pub step: Option<u8>,
    /// Why this step.
    pub reason: Reason,
    /// The country whose law it is, ISO code of two letters.
    pub country: String,
    /// The decision, where there is one, also where it did not count.
    pub adequacy: Option<&'t Adequacy>,
    /// The law that makes it step 4.
    pub law: Option<&'t Law>,
    /// What a reader must know beside the number.
    pub caveats: Vec<Caveat>,
}

/// Why a distance has its step.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Reason {
    /// The same country.
    SameCountry,
    /// The same data-protection area.
    SameArea,
    /// An adequacy decision.
    Adequacy,
    /// No decision, and no law that counts for step 4.
    NoDecision,
    /// No decision, and a law that compels without independent court review.
    CompelledWithoutCourt,
    /// The table does not hold the country.
    NotInTable,
}

impl Reason {
    /// The machine word, for message keys.
    #[must_use]
    pub fn code(self) -> &'static str {
        match self {
            Self::SameCountry => "same_country",
            Self::SameArea => "same_area",
            Self::Adequacy => "adequacy",
            Self::NoDecision => "no_decision",
            Self::CompelledWithoutCourt => "compelled_without_court",
            Self::NotInTable => "not_in_table",
        }
    }
}

/// What a reader must know beside the number.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Caveat {
    /// The city lies outside of the area whose decisions the table holds.
    OriginOutsideArea,
    /// The decision covers certain recipients or kinds of processing only.
    LimitedScope,
    /// The decision covers organisations on a list only, and was not counted.
    ListedOnly,
    /// The decision did not hold for the city's country when it was checked, and was not counted.
    NotForOrigin,
    /// No law of the country was looked up, so the step may be too low.
    LawsNotLookedUp,
    /// A law was not counted because sources disagree about it.
    UnclearLaw,
    /// The entry rests on general knowledge.
    Unverified,
    /// Other countries that are involved are not in the table.
    OthersNotInTable,
}

impl Caveat {
    /// The machine word, for message keys.
    #[must_use]
    pub fn code(self) -> &'static str {
        match self {
            Self::OriginOutsideArea => "origin_outside_area",
            Self::LimitedScope => "limited_scope",
            Self::ListedOnly => "listed_only",
            Self::NotForOrigin => "not_for_origin",
            Self::LawsNotLookedUp => "laws_not_looked_up",
            Self::UnclearLaw => "unclear_law",
            Self::Unverified => "unverified",
            Self::OthersNotInTable => "others_not_in_table",
        }
    }
}

impl Jurisdictions {
    /// How far the law of `to` is from that of the city's country `from` on a day; both are ISO codes of two letters.
    #[must_use]
    pub fn legal_distance(&self, from: &str, to: &str, on: NaiveDate) -> LegalDistance<'_> {
        let mut distance = LegalDistance {
            step: None,
            reason: Reason::NotInTable,
            country: to.to_owned(),
            adequacy: None,
            law: None,
            caveats: Vec::new(),
        };
        if from == to {
            return distance.at(0, Reason::SameCountry);
        }
        let Some(entry) = self.of(to) else { return distance };
        if entry.checked == Checked::Unverified {
            distance.caveats.push(Caveat::Unverified);
        }
        let origin = self.of(from).and_then(|entry| entry.area.as_deref());
        if origin.is_some() && origin == entry.area.as_deref() {
            return distance.at(1, Reason::SameArea);
        }
        if origin == Some(ADEQUACY_AREA) {
            if counts(&mut distance, entry.adequacy.as_ref(), from, on) {
                return distance.at(2, Reason::Adequacy);
            }
        } else {
            distance.caveats.push(Caveat::OriginOutsideArea);
        }
        without_decision(distance, entry, on)
    }

    /// The distance to the farthest of several countries: the vendor's seat and its owners'. `None` where none is given. Countries that the
    /// table does not hold leave a caveat; only where it holds none of them, the result has no step.
    #[must_use]
    pub fn farthest<'c>(
        &self,
        from: &str,
        to: impl IntoIterator<Item = &'c str>,
        on: NaiveDate,
    ) -> Option<LegalDistance<'_>> {
        let mut farthest: Option<LegalDistance<'_>> = None;
        let mut unknown = 0;
        for country in to {
            let distance = self.legal_distance(from, country, on);
            unknown += usize::from(distance.step.is_none());
            if farthest.as_ref().is_none_or(|farthest| farthest.step < distance.step) {
                farthest = Some(distance);
            }
        }
        farthest.map(|mut distance| {
            if unknown > 0 && distance.step.is_some() {
                distance.caveats.push(Caveat::OthersNotInTable);
            }
            distance
        })
    }
}

impl LegalDistance<'_> {
    fn at(self, step: u8, reason: Reason) -> Self {
        Self { step: Some(step), reason, ..self }
    }
}

/// Whether a decision counts for data from this country on this day; if not, the caveats say why.
fn counts<'t>(distance: &mut LegalDistance<'t>, decision: Option<&'t Adequacy>, from: &str, on: NaiveDate) -> bool {
    let in_force = |decision: &&Adequacy| {
        decision.since.first_day() <= on && decision.until.as_ref().is_none_or(|until| on <= until.last_day())
    };
    let Some(decision) = decision.filter(in_force) else { return false };
    distance.adequacy = Some(decision);
    if decision.not_from.iter().any(|state| state == from) {
        distance.caveats.push(Caveat::NotForOrigin);
        return false;
    }
    match decision.covers {
        Covers::All => true,
        Covers::Part => {
            distance.caveats.push(Caveat::LimitedScope);
            true
        }
        Covers::Listed => {
            distance.caveats.push(Caveat::ListedOnly);
            false
        }
    }
}

/// Step 3, or 4 where a law in force compels without a court.
fn without_decision<'t>(mut distance: LegalDistance<'t>, entry: &'t Jurisdiction, on: NaiveDate) -> LegalDistance<'t> {
    let in_force = || entry.compelled_access.iter().filter(|law| law.standing(on) == Standing::InForce);
    let without_court = in_force().filter(|law| law.court_review == CourtReview::None);
    distance.law = without_court.max_by_key(|law| law.extraterritorial);
    if distance.law.is_some() {
        return distance.at(4, Reason::CompelledWithoutCourt);
    }
    if entry.compelled_access.is_empty() {
        distance.caveats.push(Caveat::LawsNotLookedUp);
    }
    if in_force().any(|law| law.court_review == CourtReview::Unclear) {
        distance.caveats.push(Caveat::UnclearLaw);
    }
    distance.at(3, Reason::NoDecision)
}
