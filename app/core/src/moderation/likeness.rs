//! A moderator's word on whether two cases are alike (row R23).

use super::conflict::{self, About};
use crate::{
    Error, Result,
    cases::likeness::{self, Pair, Ruled, Ruling},
    codebook::Codebook,
    db::{Reading, Writing},
    ids::CaseId,
    staff::Moderator,
};

/// Codes of the lists of reasons, each with the ruling that it is for.
pub const LIKENESS_REASONS: [(&str, &str); 2] = [("alike", "alike_reason"), ("apart", "apart_reason")];
/// What stands in place of a ruling where it is taken back.
const LIFTED: &str = "lifted";

/// Reads what is ruled: `alike:` or `apart:` and a code of the list of that ruling, or `lifted`, which is none.
///
/// # Errors
/// The key of the message that says what is wrong.
pub fn parse_ruling(text: &str, codebook: &Codebook) -> Result<Option<Ruling>, &'static str> {
    if text == LIFTED {
        return Ok(None);
    }
    let (ruling, reason) = text.split_once(':').ok_or("likeness-choose")?;
    let list = LIKENESS_REASONS.iter().find(|(known, _)| *known == ruling).map(|(_, list)| *list);
    let list = list.and_then(|list| codebook.field(list)).ok_or("likeness-choose")?;
    if list.code(reason).is_none() {
        return Err("likeness-choose");
    }
    let reason = reason.to_owned();
    Ok(Some(if ruling == "alike" { Ruling::Alike(reason) } else { Ruling::Apart(reason) }))
}

/// Rules on a case and another one, or takes back what was ruled.
///
/// # Errors
/// [`Error::Refused`] with `likeness-self`, for whoever stepped aside from one of them, and as [`likeness::rule`] and [`likeness::lift`] do;
/// [`Error::NotFound`] and [`Error::Moved`] where there is no such case.
pub fn rule_on_likeness(
    tx: &mut Writing,
    by: &Moderator,
    case: &CaseId,
    other: &CaseId,
    ruling: Option<&Ruling>,
) -> Result<()> {
    for one in [case, other] {
        conflict::admit(tx, by, &About::Case(one.clone()))?;
    }
    let pair = Pair::of(case.clone(), other.clone()).ok_or(Error::Refused("likeness-self"))?;
    match ruling {
        Some(ruling) => likeness::rule(tx, &pair, ruling),
        None => likeness::lift(tx, &pair),
    }
}

/// What was ruled on a case, each with whether readers are shown what follows from it.
///
/// # Errors
/// [`Error::Refused`] for whoever stepped aside.
pub fn rulings(r: &mut Reading, by: &Moderator, case: &CaseId) -> Result<Vec<(Ruled, bool)>> {
    conflict::admit(r, by, &About::Case(case.clone()))?;
    let ruled = likeness::of(r, case)?;
    let pairs: Vec<Pair> = ruled.iter().filter_map(|one| Pair::of(case.clone(), one.other.clone())).collect();
    let tellable = likeness::tellable(r, &pairs)?;
    let holds = |one: Ruled| {
        let is_told = Pair::of(case.clone(), one.other.clone()).is_some_and(|pair| tellable.contains(&pair));
        let holds = is_told || matches!(one.ruling, Ruling::Apart(_));
        (one, holds)
    };
    Ok(ruled.into_iter().map(holds).collect())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_ruling_is_read_with_a_reason_of_its_own_list() {
        let codebook = Codebook::embedded();
        let read = |text: &str| parse_ruling(text, &codebook);
        assert_eq!(read("alike:same_contract"), Ok(Some(Ruling::Alike("same_contract".to_owned()))));
        assert_eq!(read("apart:codes_only"), Ok(Some(Ruling::Apart("codes_only".to_owned()))));
        assert_eq!(read("lifted"), Ok(None));
        for wrong in ["", "alike", "alike:", "alike:codes_only", "apart:same_contract", "near:same_contract"] {
            assert_eq!(read(wrong), Err("likeness-choose"), "{wrong}");
        }
    }
}
