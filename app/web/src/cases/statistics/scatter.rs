//! Imbalance of size and legal distance as a picture: each case a mark with a number, and a link (row S4).

use casebook_core::cases::{
    measures::Ratio,
    statistics::{Bound, Gap, Point, Scatter},
    view::Residents,
};

use super::plot::{Scale, WIDTH, float, tenth};
use crate::{
    cases::words,
    kit::{Frame, Message},
    url,
};

const LEFT: f64 = 150.0;
const RIGHT: f64 = WIDTH - 24.0;
const TOP: f64 = 10.0;
/// The height of a step, in which marks have three lanes.
const BAND: f64 = 80.0;
const STEPS: u8 = 5;
/// Half of the width that a finger needs.
const REACH: f64 = 12.0;
/// Half of the width of a mark.
const MARK: f64 = 9.0;

/// The picture with its table.
#[derive(Debug, Clone)]
pub struct Picture {
    /// The height.
    pub height: f64,
    /// The lower end of the steps.
    pub bottom: f64,
    /// The steps: where they begin, where their words stand, their words.
    pub steps: Vec<(f64, f64, String)>,
    /// Where the ratios of the axis stand, and what they say.
    pub ticks: Vec<(f64, String)>,
    /// The marks.
    pub marks: Vec<Mark>,
    /// The cases that lack a measure: address, title with its language, what is missing.
    pub gaps: Vec<Lacking>,
    /// How many are about no municipality.
    pub elsewhere: u64,
    /// Of how many only the continent is public.
    pub continent_only: u64,
    /// How many were not read.
    pub left_out: usize,
}

/// A case that lacks a measure.
#[derive(Debug, Clone)]
pub struct Lacking {
    /// The case's page.
    pub address: String,
    /// Its title.
    pub title: String,
    /// The title's language.
    pub lang: String,
    /// What is not on record.
    pub missing: String,
}

/// A case with both measures.
#[derive(Debug, Clone)]
pub struct Mark {
    /// Its number in picture and table.
    pub number: usize,
    /// The case's page.
    pub address: String,
    /// Its title.
    pub title: String,
    /// The title's language.
    pub lang: String,
    /// Both measures in one line.
    pub label: String,
    /// Left edge of the mark.
    pub x: f64,
    /// Upper edge.
    pub y: f64,
    /// Its width: a mark is as wide as the figure is uncertain.
    pub width: f64,
    /// The middle.
    pub middle: f64,
    /// Where its number stands.
    pub baseline: f64,
    /// An arrow, where the figure is open at one end.
    pub arrow: Option<String>,
    /// Whether both figures were looked up.
    pub verified: bool,
    /// The vendor.
    pub vendor: String,
    /// Its employees, with date and source.
    pub employees: (String, String),
    /// Who lives there, and how that is known.
    pub residents: (String, String),
    /// The ratio.
    pub ratio: String,
    /// The logarithm.
    pub log10: String,
    /// The step, and between which countries.
    pub distance: String,
}

impl Picture {
    /// The picture of these cases.
    #[must_use]
    pub fn of(scatter: &Scatter, frame: &Frame) -> Self {
        let bottom = TOP + BAND * f64::from(STEPS);
        let least = scatter.points.iter().map(|point| point.log10.0).fold(-2.0, f64::min).floor();
        let most = scatter.points.iter().map(|point| point.log10.1).fold(1.0, f64::max).ceil();
        let scale = Scale { numbers: (least, most), places: (LEFT + MARK * 2.0, RIGHT - MARK * 2.0) };
        let step = |step: u8| {
            let y = TOP + BAND * f64::from(STEPS - 1 - step);
            (y, y + BAND / 2.0 + 4.0, frame.t(format!("statistics-step-{step}")))
        };
        let mut lanes = Lanes::default();
        let marks = scatter.points.iter().enumerate().map(|(at, point)| mark(at + 1, point, scale, &mut lanes, frame));
        let marks = marks.collect();
        Self {
            height: bottom + 52.0,
            bottom,
            steps: (0..STEPS).map(step).collect(),
            ticks: powers(least, most).map(|power| (scale.at(f64::from(power)), ratio_of(power))).collect(),
            marks,
            gaps: scatter.gaps.iter().map(|gap| lacking(gap, frame)).collect(),
            elsewhere: scatter.elsewhere,
            continent_only: scatter.continent_only,
            left_out: scatter.left_out,
        }
    }

    /// Whether some mark is hollow.
    #[must_use]
    pub fn has_unverified(&self) -> bool {
        self.marks.iter().any(|mark| !mark.verified)
    }
}

/// The powers of ten between two whole logarithms; of many every second or third.
fn powers(least: f64, most: f64) -> impl Iterator<Item = i32> {
    let every = if most - least > 8.0 { 2 } else { 1 };
    (-12..=12_i32).filter(move |power| {
        f64::from(*power) >= least - 0.01 && f64::from(*power) <= most + 0.01 && power.rem_euclid(every) == 0
    })
}

/// `1:1,000` is one employee for a thousand residents.
fn ratio_of(power: i32) -> String {
    let whole = words::figure(10_f64.powi(power.abs()));
    if power < 0 { format!("1:{whole}") } else { format!("{whole}:1") }
}

/// Where the marks of each step end so far, lane by lane: marks that would cover each other go one above the other.
#[derive(Default)]
struct Lanes {
    ends: [[Vec<(f64, f64)>; 3]; STEPS as usize],
}

impl Lanes {
    /// How far above or below the middle a mark between these two places has room.
    fn room(&mut self, step: u8, from: f64, to: f64) -> f64 {
        const OFFSETS: [f64; 3] = [0.0, -2.0 * REACH, 2.0 * REACH];
        let Some(lanes) = self.ends.get_mut(usize::from(step)) else { return 0.0 };
        for (lane, offset) in lanes.iter_mut().zip(OFFSETS) {
            if lane.iter().all(|(begin, end)| to < *begin || from > *end) {
                lane.push((from, to));
                return offset;
            }
        }
        0.0
    }
}

fn mark(number: usize, point: &Point, scale: Scale, lanes: &mut Lanes, frame: &Frame) -> Mark {
    let (from, to) = (scale.at(point.log10.0), scale.at(point.log10.1));
    let middle_of_step = TOP + BAND * (f64::from(STEPS - 1) - f64::from(point.step)) + BAND / 2.0;
    let y = middle_of_step + lanes.room(point.step, from - REACH, to + REACH);
    let ratio = ratio(point, frame);
    let step = Message::new("statistics-step").with("step", point.step).with("home", &point.home);
    let distance = frame.say(&step.with("country", &point.country));
    Mark {
        number,
        address: url::case(&point.case),
        title: point.title.text.clone(),
        lang: point.title.lang.clone(),
        label: format!("{number}. {}. {ratio}. {distance}", point.title.text),
        x: tenth(from - MARK),
        y: tenth(y - MARK),
        width: tenth(to - from + 2.0 * MARK),
        middle: tenth((from + to) / 2.0),
        baseline: tenth(y + 4.0),
        arrow: arrow(point.bound, from, to, y),
        verified: point.verified && point.step_verified,
        vendor: point.vendor.clone(),
        employees: (
            words::people(point.employees.number),
            format!("{}. {}", point.employees.as_of, point.employees.source),
        ),
        residents: residents(&point.residents, frame),
        ratio,
        log10: logarithm(point),
        distance,
    }
}

/// A small triangle beside the mark, towards where the figure may lie.
fn arrow(bound: Bound, from: f64, to: f64, y: f64) -> Option<String> {
    let (at, tip) = match bound {
        Bound::AtLeast => (to + MARK + 2.0, to + MARK + 8.0),
        Bound::AtMost => (from - MARK - 2.0, from - MARK - 8.0),
        Bound::Exact | Bound::Between => return None,
    };
    let (at, tip) = (tenth(at), tenth(tip));
    Some(format!("M{at} {}L{tip} {}L{at} {}z", tenth(y - 5.0), tenth(y), tenth(y + 5.0)))
}

fn ratio(point: &Point, frame: &Frame) -> String {
    let told = |ratio: &Ratio| {
        let (employees, residents) = (float(ratio.employees), float(ratio.residents));
        format!("{}:{}", words::figure(employees), words::figure(residents))
    };
    let (least, most) = (told(&point.ratios.0), told(&point.ratios.1));
    match point.bound {
        Bound::Exact => least,
        Bound::Between => frame.t2("statistics-between", "from", least, "to", most),
        Bound::AtLeast => frame.t1("statistics-at-least", "ratio", least),
        Bound::AtMost => frame.t1("statistics-at-most", "ratio", most),
    }
}

fn logarithm(point: &Point) -> String {
    let (least, most) = point.log10;
    match point.bound {
        Bound::Between => format!("{least:.2} \u{2026} {most:.2}"),
        Bound::AtLeast => format!("\u{2265} {least:.2}"),
        Bound::AtMost => format!("\u{2264} {most:.2}"),
        Bound::Exact => format!("{least:.2}"),
    }
}

fn residents(residents: &Residents, frame: &Frame) -> (String, String) {
    match residents {
        Residents::Stated { number, year, .. } => {
            let year = year.map_or_else(String::new, |year| format!("{year}. "));
            (words::figure(*number), format!("{year}{}", frame.t("statistics-residents-case")))
        }
        Residents::Gazetteer(number) => (words::people(*number), frame.t("case-size-gazetteer")),
        Residents::Class { label, .. } => (label.clone(), frame.t("statistics-residents-class")),
    }
}

fn lacking(gap: &Gap, frame: &Frame) -> Lacking {
    let missing = gap.missing.iter().map(|missing| frame.t(format!("statistics-missing-{}", missing.code())));
    Lacking {
        address: url::case(&gap.case),
        title: gap.title.text.clone(),
        lang: gap.title.lang.clone(),
        missing: missing.collect::<Vec<_>>().join("; "),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_axis_says_ratios() {
        assert_eq!([-3, 0, 2].map(ratio_of), ["1:1,000", "1:1", "100:1"]);
        assert_eq!(powers(-2.0, 1.0).collect::<Vec<_>>(), [-2, -1, 0, 1]);
    }

    #[test]
    fn marks_on_one_place_stand_one_above_the_other() {
        let mut lanes = Lanes::default();
        let rooms: Vec<String> = (0..4).map(|_| lanes.room(4, 100.0, 124.0).to_string()).collect();
        assert_eq!(rooms, ["0", "-24", "24", "0"]);
        assert_eq!(lanes.room(4, 130.0, 154.0).to_string(), "0");
    }
}
