//! What every picture is drawn with: one width, round scales, short labels. Colours are those of the style sheet.

/// The width of every picture, in its own units, which are pixels as long as nobody enlarges.
pub(super) const WIDTH: f64 = 720.0;

/// A number as a coordinate.
pub(super) fn float(number: impl TryInto<u32>) -> f64 {
    f64::from(number.try_into().unwrap_or(u32::MAX))
}

/// A coordinate to a tenth of a unit, so that it is written in few letters.
pub(super) fn tenth(coordinate: f64) -> f64 {
    (coordinate * 10.0).round() / 10.0
}

/// A line of numbers laid along a line of the picture.
#[derive(Debug, Clone, Copy)]
pub(super) struct Scale {
    /// The first and the last number.
    pub(super) numbers: (f64, f64),
    /// Where they lie.
    pub(super) places: (f64, f64),
}

impl Scale {
    /// Where a number lies.
    pub(super) fn at(&self, number: f64) -> f64 {
        let (from, to) = self.numbers;
        let share = if to > from { (number - from) / (to - from) } else { 0.0 };
        tenth(self.places.0 + share * (self.places.1 - self.places.0))
    }
}

/// Whole numbers for an axis from nought to at least `most`: steps of 1, 2 or 5 and their tenfolds, at most six of them.
pub(super) fn ticks(most: u64) -> Vec<u64> {
    let steps = (0..18).flat_map(|power| [1, 2, 5].map(|step| step * 10_u64.pow(power)));
    let step = steps.into_iter().find(|step| most.div_ceil(*step) <= 6).unwrap_or(u64::MAX);
    (0..=most.div_ceil(step).max(1)).map(|at| at * step).collect()
}

/// The beginning of a label that is too long for its place; the table has all of it.
pub(super) fn short(label: &str, most: usize) -> String {
    if label.chars().count() <= most {
        return label.to_owned();
    }
    let mut kept: String = label.chars().take(most.saturating_sub(1)).collect();
    kept.truncate(kept.trim_end().len());
    kept + "\u{2026}"
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ticks_are_round_and_reach_the_largest_number() {
        assert_eq!(ticks(0), [0, 1]);
        assert_eq!(ticks(4), [0, 1, 2, 3, 4]);
        assert_eq!(ticks(7), [0, 2, 4, 6, 8]);
        assert_eq!(ticks(1234), [0, 500, 1000, 1500]);
    }

    #[test]
    fn a_long_label_is_cut_with_a_mark() {
        assert_eq!(short("In operation", 20), "In operation");
        assert_eq!(short("Rejected before it began", 10), "Rejected\u{2026}");
    }

    #[test]
    fn a_scale_lays_numbers_along_a_line() {
        let scale = Scale { numbers: (0.0, 4.0), places: (100.0, 300.0) };
        let places: Vec<String> = [0.0, 1.0, 4.0].map(|number| scale.at(number).to_string()).to_vec();
        assert_eq!(places, ["100", "150", "300"]);
    }
}
