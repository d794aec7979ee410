//! An account that adds to a published case (row C15): which case, and what of the form is filled in from it.

use super::{Answers, wishes::ADDS_TO};
use crate::{
    Result,
    cases::{
        document::{Disclosure, Document, Place},
        published::{self, Eyes},
    },
    codebook::Code,
    db::Reading,
    ids::CaseId,
    organisations,
};

/// What a form takes from the case that it adds to.
#[derive(Debug, Clone)]
pub struct Base {
    case: CaseId,
    place: Place,
    /// The organisations that take part, other than those of the public side, with their roles.
    vendors: Vec<(String, Code)>,
}

/// What is public of a case, as far as a form takes it over.
///
/// # Errors
/// [`crate::Error::NotFound`], or [`crate::Error::Gone`] where it is hidden.
pub fn base(r: &mut Reading, case: &CaseId) -> Result<Base> {
    let Document { id, place, involvements, .. } = published::find_wherever(r, case, Eyes::Public)?.document;
    let ids: Vec<_> = involvements.iter().filter_map(|part| part.organisation.clone()).collect();
    let records = organisations::of_ids(r, &ids)?;
    let vendors = involvements.into_iter().filter_map(|part| {
        let record = records.get(&part.organisation?).filter(|record| !record.is_public_side())?;
        Some((record.name().to_owned(), part.role))
    });
    Ok(Base { case: id, place, vendors: vendors.collect() })
}

/// Makes the form one that adds to a case. The place and the vendors are filled in where nothing was said of them yet.
pub fn add_to(answers: &mut Answers, base: &Base) {
    answers.set(ADDS_TO, [base.case.as_str()]);
    if !["scope", "country", "city", "size_class"].iter().any(|input| answers.is_filled(input)) {
        fill_in_place(answers, &base.place);
    }
    if (1..=answers.count("involvement")).all(|number| answers.part_is_empty(&format!("involvement.{number}"))) {
        for (number, (name, role)) in (1..).zip(&base.vendors) {
            let part = format!("involvement.{number}");
            answers.set(&format!("{part}.organisation"), [name.as_str()]);
            answers.set(&format!("{part}.role"), [role.as_str()]);
            if base.place.disclosure() != Disclosure::Named {
                answers.set(&format!("{part}.organisation.side"), ["vendor"]);
            }
        }
    }
}

fn fill_in_place(answers: &mut Answers, place: &Place) {
    answers.set("scope", [place.scope().code()]);
    answers.set("country", place.countries().iter().map(|country| country.as_str()));
    let names: Vec<&str> = place.places().iter().map(|place| place.name.as_str()).collect();
    answers.set("city", [names.join("; ")]);
    if let [only] = place.places() {
        answers.set("city.geonames", only.geonames.map(|id| id.to_string()));
    }
    if let Place::SizeClass { size_class: Some(class), .. } | Place::Region { size_class: Some(class), .. } = place {
        answers.set("size_class", [class.as_str()]);
    }
}

/// Makes the form a case of its own again; what was filled in stays.
pub fn stand_alone(answers: &mut Answers) {
    answers.set::<String>(ADDS_TO, []);
}

/// How much of the place the case shows to which the answers add: what is added can show neither more nor less.
pub(super) fn level(r: &mut Reading, answers: &Answers) -> Result<Option<Disclosure>> {
    let Some(case) = answers.adds_to() else { return Ok(None) };
    match published::find_wherever(r, &case, Eyes::Moderator) {
        Ok(found) => Ok(Some(found.document.place.disclosure())),
        Err(crate::Error::NotFound) => Ok(None),
        Err(error) => Err(error),
    }
}
