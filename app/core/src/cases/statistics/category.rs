//! The lines of a table: codes, then what stands where there is no code. Nothing that is not known disappears.

use roaring::{MultiOps, RoaringBitmap};

use crate::{
    cases::{
        document::Status,
        facets::{COUNTRY, Facets},
    },
    codebook::Codebook,
};

/// How many codes of a field have a line of their own; the codebook's own lists are shorter, organisations and countries may be more.
const MOST: usize = 60;

/// Statuses without a value, in the order in which they stand below the codes.
const WITHOUT: [Status; 3] = [Status::Unknown, Status::Withheld, Status::NotApplicable];

/// What stands at the head of a row or a column.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Category {
    /// Cases with this code, however well it is supported.
    Code(String),
    /// Cases with a code that is none of the most frequent ones.
    OtherCodes,
    /// Cases that say it is unknown, withheld or not applicable.
    Without(Status),
    /// Cases that say something that is no code.
    Uncoded,
    /// Cases that say nothing of it. Not the same as suppressed: that is about a count.
    NotStated,
}

impl Category {
    /// The machine word, as the sheet has it. That of a code is the code.
    #[must_use]
    pub fn word(&self) -> String {
        match self {
            Self::Code(code) => code.clone(),
            Self::OtherCodes => "other codes".to_owned(),
            Self::Without(status) => format!("status: {status}"),
            Self::Uncoded => "status: not coded".to_owned(),
            Self::NotStated => "status: not stated".to_owned(),
        }
    }

    /// Whether it says what is not known.
    #[must_use]
    pub fn is_gap(&self) -> bool {
        matches!(self, Self::Without(_) | Self::NotStated)
    }

    /// Whether its cases are in no other line of the field: by what it says, they have neither a code nor a status without one.
    pub(super) fn is_apart(&self) -> bool {
        matches!(self, Self::Uncoded | Self::NotStated)
    }
}

/// The lines that a field has among these cases, each with its cases; a case with several codes is in several.
pub(super) fn categories(
    facets: &Facets,
    field: &str,
    within: &RoaringBitmap,
    codebook: &Codebook,
) -> Vec<(Category, RoaringBitmap)> {
    let within_of = |(code, cases): (&str, &RoaringBitmap)| (code.to_owned(), cases & within);
    let mut codes: Vec<(String, RoaringBitmap)> =
        facets.codes_of(field).map(within_of).filter(|(_, cases)| !cases.is_empty()).collect();
    in_order(&mut codes, field, codebook);
    let rest = codes.split_off(codes.len().min(MOST));
    let mut lines: Vec<(Category, RoaringBitmap)> =
        codes.into_iter().map(|(code, cases)| (Category::Code(code), cases)).collect();
    lines.push((Category::OtherCodes, rest.iter().map(|(_, cases)| cases).union()));
    lines.extend(WITHOUT.map(|status| (Category::Without(status), facets.cases_without_code(field, status) & within)));
    let saying = facets.cases_saying(field) & within;
    let found = lines.iter().map(|(_, cases)| cases).union();
    lines.push((Category::Uncoded, &saying - found));
    lines.push((Category::NotStated, within - saying));
    lines.retain(|(_, cases)| !cases.is_empty());
    lines
}

/// Codes of the codebook in its order; organisations and countries by their number of cases.
fn in_order(codes: &mut [(String, RoaringBitmap)], field: &str, codebook: &Codebook) {
    let listed = codebook.field(field).filter(|found| field != COUNTRY && !found.codes.is_empty());
    match listed {
        Some(listed) => {
            let place =
                |code: &str| listed.codes.iter().position(|known| known.code == code).unwrap_or(listed.codes.len());
            codes.sort_by(|(a, _), (b, _)| place(a).cmp(&place(b)).then_with(|| a.cmp(b)));
        }
        None => codes.sort_by(|(a, some), (b, others)| others.len().cmp(&some.len()).then_with(|| a.cmp(b))),
    }
}
