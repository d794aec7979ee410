//! What pictures are drawn with: two widths, scales, short labels. Colours are those of the style sheet.

/// The width of a drawing for wide screens, in its own units.
pub(super) const WIDTH: f64 = 720.0;
/// The width of a drawing for narrow screens, in its own units, which are about pixels on a small telephone.
pub(super) const NARROW: f64 = 310.0;

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
