//! Where somebody stands who reads a set page by page.
//!
//! A cursor names the last case that was given, not a page: what is published or taken down before it moves nothing. It holds nothing that is
//! not public: the case's id, how many cases came up to it, and two digests, of the question and of what the case is ordered by. The ordinal
//! is not in it, since that would tell in which order the cases of one quarter became public.

use std::{collections::BTreeMap, fmt, str::FromStr};

use data_encoding::BASE64URL_NOPAD;
use sha2::{Digest, Sha256};

use super::{catalogue::Listed, facets::Filters};
use crate::ids::CaseId;

/// The form of the text; a later program can tell an older cursor by it.
const FORM: u8 = 1;
/// How many bytes of a digest are kept: a mix-up is to be noticed, nobody is to be kept out.
const MARK: usize = 6;
/// Form, question, count, id, what the case is ordered by.
const LENGTH: usize = 1 + MARK + 4 + CaseId::LENGTH + MARK;

/// The place after one case of a set in its order.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Cursor {
    question: [u8; MARK],
    count: u32,
    case: CaseId,
    order: [u8; MARK],
}

/// A text that is no cursor.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("not a cursor")]
pub struct MalformedCursor;

impl Cursor {
    /// The place after `last`, which is the `count`th case of what `filters` ask for.
    pub(super) fn after(filters: &Filters, count: usize, last: &Listed) -> Self {
        let count = u32::try_from(count).unwrap_or(u32::MAX);
        Self { question: question(filters), count, case: last.id.clone(), order: order(last) }
    }

    /// Whether it was given to somebody who asked for this set in this order.
    #[must_use]
    pub fn is_of(&self, filters: &Filters) -> bool {
        self.question == question(filters)
    }

    /// How many of `ordered` come before the place.
    ///
    /// That is up to and including the last case, as long as it stands in the set by what it was ordered by. Where it went, or was revised and
    /// may stand elsewhere, what followed it has moved up by one.
    pub(super) fn begin(&self, ordered: &[u32], cases: &BTreeMap<u32, Listed>) -> usize {
        let same = cases.iter().find(|(_, case)| case.id == self.case && order(case) == self.order);
        let found = same.and_then(|(ordinal, _)| ordered.iter().position(|one| one == ordinal));
        match found {
            Some(position) => position + 1,
            None => usize::try_from(self.count).unwrap_or(usize::MAX).saturating_sub(1).min(ordered.len()),
        }
    }
}

impl fmt::Display for Cursor {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let mut bytes = vec![FORM];
        bytes.extend(self.question);
        bytes.extend(self.count.to_be_bytes());
        bytes.extend(self.case.as_str().as_bytes());
        bytes.extend(self.order);
        f.write_str(&BASE64URL_NOPAD.encode(&bytes))
    }
}

impl FromStr for Cursor {
    type Err = MalformedCursor;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        let bytes = BASE64URL_NOPAD.decode(text.as_bytes()).map_err(|_| MalformedCursor)?;
        let (&form, rest) = bytes.split_first().ok_or(MalformedCursor)?;
        if form != FORM || bytes.len() != LENGTH {
            return Err(MalformedCursor);
        }
        let (question, rest) = rest.split_first_chunk::<MARK>().ok_or(MalformedCursor)?;
        let (count, rest) = rest.split_first_chunk::<4>().ok_or(MalformedCursor)?;
        let (case, order) = rest.split_at_checked(CaseId::LENGTH).ok_or(MalformedCursor)?;
        let case = std::str::from_utf8(case).ok().and_then(|case| case.parse().ok()).ok_or(MalformedCursor)?;
        Ok(Self {
            question: *question,
            count: u32::from_be_bytes(*count),
            case,
            order: order.try_into().map_err(|_| MalformedCursor)?,
        })
    }
}

/// A digest of what is asked, without the page.
fn question(filters: &Filters) -> [u8; MARK] {
    let pairs = filters.on_page(0).pairs();
    mark(pairs.iter().flat_map(|(name, value)| [name.as_str(), value.as_str()]))
}

/// A digest of what lists are ordered by.
fn order(case: &Listed) -> [u8; MARK] {
    let population = case.population.map(|count| count.to_string()).unwrap_or_default();
    mark([case.revised.as_str(), case.title.as_str(), population.as_str()])
}

fn mark<'a>(parts: impl IntoIterator<Item = &'a str>) -> [u8; MARK] {
    let mut digest = Sha256::new();
    for part in parts {
        digest.update(part.as_bytes());
        digest.update([0]);
    }
    let digest = digest.finalize();
    let mut mark = [0; MARK];
    mark.copy_from_slice(&digest[..MARK]);
    mark
}

#[cfg(test)]
mod tests {
    use super::*;

    fn listed(id: &str, revised: &str) -> Listed {
        Listed { id: id.parse().unwrap(), title: "lights".to_owned(), revised: revised.to_owned(), population: None }
    }

    #[test]
    fn a_cursor_is_read_back_and_knows_its_question() {
        let asked = Filters { q: "lights".to_owned(), ..Filters::default() };
        let cursor = Cursor::after(&asked, 20, &listed("7K2MQX4T", "2026-Q4"));
        assert_eq!(cursor.to_string().parse::<Cursor>().unwrap(), cursor);
        assert!(cursor.is_of(&asked.on_page(3)) && !cursor.is_of(&Filters::default()));
        let short = cursor.to_string()[..20].to_owned();
        for wrong in ["", "20", "?", "AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA", "é", short.as_str()] {
            assert_eq!(wrong.parse::<Cursor>(), Err(MalformedCursor), "{wrong}");
        }
    }

    #[test]
    fn it_goes_on_after_its_case_wherever_that_stands_now() {
        let mut cases: BTreeMap<u32, Listed> =
            (0..6).zip(["A", "B", "C", "D", "E", "F"]).map(|(n, id)| (n, listed(&id.repeat(8), "2026-Q4"))).collect();
        let cursor = Cursor::after(&Filters::default(), 3, &cases[&2]);
        assert_eq!(cursor.begin(&[0, 1, 2, 3, 4], &cases), 3, "nothing changed");
        assert_eq!(cursor.begin(&[5, 0, 1, 2, 3, 4], &cases), 4, "one came before it");
        assert_eq!(cursor.begin(&[1, 2, 3, 4], &cases), 2, "one before it went");
        assert_eq!(cursor.begin(&[0, 1, 3, 4], &cases), 2, "it went itself");
        assert_eq!(cursor.begin(&[0], &cases), 1, "the place lies past the end");
        cases.insert(2, listed(&"C".repeat(8), "2027-Q1"));
        assert_eq!(
            cursor.begin(&[2, 0, 1, 3, 4], &cases),
            2,
            "it moved to the front: one comes twice, none is left out"
        );
    }
}
