//! Classes of size, and how precisely a place can be told without telling which it is.

use std::{fmt, str::FromStr};

use serde::{Deserialize, Serialize};

/// With fewer fitting cities than this, the next coarser step is advised.
pub const FEW: usize = 5;

/// How large a city is, by inhabitants (the classes of the OECD; schema.md section 3).
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub enum SizeClass {
    /// Fewer than 50,000.
    #[serde(rename = "under_50k")]
    Under50k,
    /// 50,000 to 200,000.
    #[serde(rename = "50k_200k")]
    From50kTo200k,
    /// 200,000 to 500,000.
    #[serde(rename = "200k_500k")]
    From200kTo500k,
    /// 500,000 to 1,500,000.
    #[serde(rename = "500k_1500k")]
    From500kTo1500k,
    /// 1,500,000 and more.
    #[serde(rename = "over_1500k")]
    Over1500k,
}

/// A text that is no size class.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("not a size class")]
pub struct UnknownSizeClass;

impl SizeClass {
    /// All classes, the smallest first.
    pub const ALL: [Self; 5] =
        [Self::Under50k, Self::From50kTo200k, Self::From200kTo500k, Self::From500kTo1500k, Self::Over1500k];

    /// The class of a population.
    #[must_use]
    pub fn of(population: u64) -> Self {
        match population {
            0..50_000 => Self::Under50k,
            50_000..200_000 => Self::From50kTo200k,
            200_000..500_000 => Self::From200kTo500k,
            500_000..1_500_000 => Self::From500kTo1500k,
            _ => Self::Over1500k,
        }
    }

    /// The least population of the class, and the first that is above it; the largest class has no upper bound.
    #[must_use]
    pub fn bounds(self) -> (u64, Option<u64>) {
        match self {
            Self::Under50k => (0, Some(50_000)),
            Self::From50kTo200k => (50_000, Some(200_000)),
            Self::From200kTo500k => (200_000, Some(500_000)),
            Self::From500kTo1500k => (500_000, Some(1_500_000)),
            Self::Over1500k => (1_500_000, None),
        }
    }

    /// The code of the codebook's `size_class`.
    #[must_use]
    pub fn code(self) -> &'static str {
        match self {
            Self::Under50k => "under_50k",
            Self::From50kTo200k => "50k_200k",
            Self::From200kTo500k => "200k_500k",
            Self::From500kTo1500k => "500k_1500k",
            Self::Over1500k => "over_1500k",
        }
    }
}

impl fmt::Display for SizeClass {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.code())
    }
}

impl FromStr for SizeClass {
    type Err = UnknownSizeClass;

    fn from_str(code: &str) -> Result<Self, Self::Err> {
        Self::ALL.into_iter().find(|class| class.code() == code).ok_or(UnknownSizeClass)
    }
}

/// How precisely a place is told, the most precise first (schema.md section 3).
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Precision {
    /// City and country.
    Named,
    /// Country and size class.
    SizeClass,
    /// Continent and size class.
    Region,
}

impl Precision {
    /// The next coarser step, where so few cities fit that naming none of them hides little; `None` where enough fit, where the place is
    /// named anyway, or where nothing coarser exists. Many fitting cities are no anonymity either, and no page may call them that.
    #[must_use]
    pub fn advice(self, fitting: usize) -> Option<Self> {
        match self {
            Self::SizeClass if fitting < FEW => Some(Self::Region),
            _ => None,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_population_is_in_exactly_the_class_whose_bounds_hold_it() {
        for population in
            [0, 49_999, 50_000, 199_999, 200_000, 499_999, 500_000, 504_358, 1_499_999, 1_500_000, 30_000_000]
        {
            let fitting = SizeClass::ALL.into_iter().filter(|class| {
                let (least, above) = class.bounds();
                population >= least && above.is_none_or(|above| population < above)
            });
            assert_eq!(fitting.collect::<Vec<_>>(), [SizeClass::of(population)]);
        }
        assert_eq!(SizeClass::of(504_358), SizeClass::From500kTo1500k);
    }

    #[test]
    fn codes_are_read_back() {
        for class in SizeClass::ALL {
            assert_eq!(class.code().parse(), Ok(class));
            assert_eq!(serde_json::to_value(class).unwrap(), class.code());
        }
        assert_eq!("huge".parse::<SizeClass>(), Err(UnknownSizeClass));
    }

    #[test]
    fn a_coarser_step_is_advised_below_five() {
        assert_eq!(Precision::SizeClass.advice(4), Some(Precision::Region));
        assert_eq!(Precision::SizeClass.advice(5), None);
        assert_eq!(Precision::Region.advice(1), None);
        assert_eq!(Precision::Named.advice(1), None);
    }
}
