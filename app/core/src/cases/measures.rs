//! Measures that are computed from figures on record, with their limits (schema.md section 12). `/method` tells readers the formula.

use super::document::{Document, Number, Rank, Statement, Value};
use crate::codebook::needed::POPULATION;

/// How large a vendor is beside a municipality: employees for each resident.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct SizeImbalance {
    /// log10 of employees divided by residents: 0 where they are equal, 1 where the vendor has ten times as many.
    pub log10: f64,
    /// The same as small whole numbers.
    pub ratio: Ratio,
}

/// So many employees for so many residents.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Ratio {
    /// Employees.
    pub employees: u64,
    /// Residents.
    pub residents: u64,
}

/// How many people live in the place, by a source of the case: the preferred figure, else the first that is not superseded, with its statement.
/// What is said to be unknown or withheld is no figure.
pub(super) fn stated_population(document: &Document) -> Option<(&Statement, &Number)> {
    let current = document.statements_of(POPULATION).into_iter().filter(|statement| statement.rank != Rank::Superseded);
    let mut figures = current.filter_map(|statement| match &statement.value {
        Some(Value::Number(figure)) if figure.number >= 0.0 => Some((statement, figure)),
        _ => None,
    });
    figures.next()
}

/// The imbalance of size; none where a figure is missing or zero.
#[must_use]
pub fn size_imbalance(employees: f64, residents: f64) -> Option<SizeImbalance> {
    let quotient = employees / residents;
    (employees > 0.0 && residents > 0.0 && quotient.is_finite())
        .then(|| SizeImbalance { log10: quotient.log10(), ratio: Ratio::of(quotient) })
}

impl Ratio {
    /// The smallest round numbers that are off by no more than a twentieth: 0.41 is 2 for every 5.
    fn of(quotient: f64) -> Self {
        if quotient >= 10.0 {
            return Self { employees: whole(quotient), residents: 1 };
        }
        let round = (1..=10).chain((1..9).flat_map(|power| [2, 5, 10].map(|step| step * 10_u64.pow(power))));
        let mut nearest = Self { employees: 1, residents: 1_000_000_000 };
        for residents in round {
            let employees = whole(quotient * as_float(residents)).max(1);
            let off = (as_float(employees) / as_float(residents) / quotient - 1.0).abs();
            nearest = Self { employees, residents };
            if off <= 0.05 {
                break;
            }
        }
        nearest
    }
}

#[expect(
    clippy::cast_possible_truncation,
    clippy::cast_sign_loss,
    reason = "a positive number of people, rounded; casts saturate"
)]
fn whole(number: f64) -> u64 {
    number.round().max(0.0) as u64
}

#[expect(clippy::cast_precision_loss, reason = "at most a thousand million")]
fn as_float(number: u64) -> f64 {
    number as f64
}

#[cfg(test)]
mod tests {
    use super::*;

    // S2: the ratio in words.
    #[test]
    fn a_ratio_is_told_in_small_whole_numbers() {
        let ratio = |employees, residents| {
            let ratio = size_imbalance(employees, residents).unwrap().ratio;
            (ratio.employees, ratio.residents)
        };
        assert_eq!(ratio(208_000.0, 500_000.0), (2, 5));
        assert_eq!(ratio(500_000.0, 500_000.0), (1, 1));
        assert_eq!(ratio(1_550_000.0, 20_000.0), (78, 1));
        assert_eq!(ratio(300.0, 200.0), (3, 2));
        assert_eq!(ratio(120.0, 1_500_000.0), (4, 50_000));
    }

    #[test]
    fn without_a_figure_there_is_no_measure() {
        assert_eq!(size_imbalance(0.0, 5.0), None);
        assert_eq!(size_imbalance(5.0, 0.0), None);
    }
}
