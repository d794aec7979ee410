//! Imbalance of size and legal distance as a picture: each case a mark with a number, and a link (row S4).

use casebook_core::cases::{
    measures::Ratio,
    statistics::{Bound, Gap, Point, Scatter},
    view::Residents,
};

use super::plot::{NARROW, Scale, WIDTH, float, tenth};
use crate::{
    cases::words,
    kit::{Frame, Message},
    url,
};

const TOP: f64 = 10.0;
const STEPS: u8 = 5;
/// Half of the width that a finger needs.
const REACH: f64 = 13.0;
/// Half of the width of a mark.
const MARK: f64 = 9.0;
/// How many marks on one place stand one above the other at most.
const LANES: usize = 5;

/// The picture with its table.
#[derive(Debug, Clone)]
pub struct Picture {
    /// The drawings, for wide screens and for narrow ones.
    pub drawings: [Drawing; 2],
    /// The cases that are drawn.
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

/// One drawing of the cases.
#[derive(Debug, Clone)]
pub struct Drawing {
    /// For which screens it is.
    pub class: &'static str,
    /// The width.
    pub whole: f64,
    /// The height.
    pub height: f64,
    /// Where steps begin.
    pub left: f64,
    /// How wide they are.
    pub width: f64,
    /// How high they are.
    pub band: f64,
    /// The middle of the axis.
    pub middle: f64,
    /// Words of steps end beside them, or begin above them.
    pub beside: bool,
    /// The upper end of the steps.
    pub top: f64,
    /// Their lower end.
    pub bottom: f64,
    /// The steps: their upper edge, where their words stand, their words.
    pub steps: Vec<(f64, f64, String)>,
    /// Where the ratios of the axis stand, and what they say.
    pub ticks: Vec<(f64, String)>,
    /// The marks, in the order of the cases.
    pub dots: Vec<Dot>,
}

/// Where the parts of a drawing lie.
#[derive(Debug, Clone, Copy)]
struct Places {
    class: &'static str,
    whole: f64,
    across: (f64, f64),
    /// How far from both ends the ratios begin, so that their words have room.
    margin: f64,
    /// For how many ratios there is room, at most.
    ratios: f64,
    /// How far above a step its words begin.
    above: f64,
}

const WIDE: Places =
    Places { class: "wide", whole: WIDTH, across: (150.0, WIDTH - 24.0), margin: MARK * 2.0, ratios: 8.0, above: 0.0 };
const SLIM: Places =
    Places { class: "narrow", whole: NARROW, across: (1.0, NARROW - 1.0), margin: 36.0, ratios: 4.0, above: 20.0 };

/// The mark of a case.
#[derive(Debug, Clone)]
pub struct Dot {
    /// Left edge.
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
        let marks = scatter.points.iter().enumerate().map(|(at, point)| mark(at + 1, point, frame));
        Self {
            drawings: [WIDE, SLIM].map(|places| drawing(&scatter.points, places, frame)),
            marks: marks.collect(),
            gaps: scatter.gaps.iter().map(|gap| lacking(gap, frame)).collect(),
            elsewhere: scatter.elsewhere,
            continent_only: scatter.continent_only,
            left_out: scatter.left_out,
        }
    }

    /// The cases with their marks in one of the drawings.
    #[must_use]
    pub fn drawn<'a>(&'a self, drawing: &'a Drawing) -> Vec<(&'a Mark, &'a Dot)> {
        self.marks.iter().zip(&drawing.dots).collect()
    }

    /// Whether some mark is hollow.
    #[must_use]
    pub fn has_unverified(&self) -> bool {
        self.marks.iter().any(|mark| !mark.verified)
    }
}

fn drawing(points: &[Point], places: Places, frame: &Frame) -> Drawing {
    let least = points.iter().map(|point| point.log10.0).fold(-2.0, f64::min).floor();
    let most = points.iter().map(|point| point.log10.1).fold(1.0, f64::max).ceil();
    let (left, right) = places.across;
    let scale = Scale { numbers: (least, most), places: (left + places.margin, right - places.margin) };
    let mut lanes = Lanes::default();
    let lane_of = |point: &Point| {
        let (from, to) = (scale.at(point.log10.0), scale.at(point.log10.1));
        lanes.room(point.step, from - REACH, to + REACH)
    };
    let lane_of_each: Vec<usize> = points.iter().map(lane_of).collect();
    // as many above the middle as below
    let lanes_used = 2 * lane_of_each.iter().max().map_or(0, |lane| lane.div_ceil(2)) + 1;
    let band = 2.0 * REACH * float(lanes_used) + 14.0;
    let upper = |step: u8| TOP + (band + places.above) * f64::from(STEPS - 1 - step.min(STEPS - 1)) + places.above;
    let words_at = |y: f64| if places.above > 0.0 { y - 6.0 } else { y + band / 2.0 + 4.0 };
    let step = |step: u8| (upper(step), words_at(upper(step)), frame.t(format!("statistics-step-{step}")));
    let dot = |(point, lane): (&Point, usize)| dot(point, scale, upper(point.step) + band / 2.0 + offset(lane));
    let bottom = upper(0) + band;
    Drawing {
        class: places.class,
        whole: places.whole,
        height: bottom + 52.0,
        left,
        width: right - left,
        band,
        middle: (left + right) / 2.0,
        beside: places.above <= 0.0,
        top: TOP + places.above,
        bottom,
        steps: (0..STEPS).map(step).collect(),
        ticks: powers(least, most, places.ratios).map(|power| (scale.at(f64::from(power)), ratio_of(power))).collect(),
        dots: points.iter().zip(lane_of_each).map(dot).collect(),
    }
}

/// The powers of ten between two whole logarithms; of many every second, or as many as there is room for.
fn powers(least: f64, most: f64, room: f64) -> impl Iterator<Item = i32> {
    let every = (1..12).find(|every| (most - least) / f64::from(*every) <= room).unwrap_or(12);
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
    ends: [[Vec<(f64, f64)>; LANES]; STEPS as usize],
}

impl Lanes {
    /// In which lane a mark between these two places has room; the first, where none has.
    fn room(&mut self, step: u8, from: f64, to: f64) -> usize {
        let Some(lanes) = self.ends.get_mut(usize::from(step)) else { return 0 };
        for (at, lane) in lanes.iter_mut().enumerate() {
            if lane.iter().all(|(begin, end)| to < *begin || from > *end) {
                lane.push((from, to));
                return at;
            }
        }
        0
    }
}

/// How far below the middle of its step a lane lies: in the middle, above, below, further above, further below.
fn offset(lane: usize) -> f64 {
    let far = 2.0 * REACH * float(lane.div_ceil(2));
    if lane % 2 == 1 { -far } else { far }
}

fn dot(point: &Point, scale: Scale, y: f64) -> Dot {
    let (from, to) = (scale.at(point.log10.0), scale.at(point.log10.1));
    Dot {
        x: tenth(from - MARK),
        y: tenth(y - MARK),
        width: tenth(to - from + 2.0 * MARK),
        middle: tenth((from + to) / 2.0),
        baseline: tenth(y + 4.0),
        arrow: arrow(point.bound, from, to, y),
    }
}

fn mark(number: usize, point: &Point, frame: &Frame) -> Mark {
    let ratio = ratio(point, frame);
    let step = Message::new("statistics-step").with("step", point.step).with("home", &point.home);
    let distance = frame.say(&step.with("country", &point.country));
    Mark {
        number,
        address: url::case(&point.case),
        title: point.title.text.clone(),
        lang: point.title.lang.clone(),
        label: format!("{number}. {}. {ratio}. {distance}", point.title.text),
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
        assert_eq!(powers(-2.0, 1.0, 4.0).collect::<Vec<_>>(), [-2, -1, 0, 1]);
        assert_eq!(powers(-5.0, 4.0, 4.0).collect::<Vec<_>>(), [-3, 0, 3], "a narrow screen has room for few");
    }

    #[test]
    fn marks_on_one_place_stand_one_above_the_other() {
        let mut lanes = Lanes::default();
        let rooms: Vec<usize> = (0..6).map(|_| lanes.room(4, 100.0, 124.0)).collect();
        assert_eq!(rooms, [0, 1, 2, 3, 4, 0]);
        assert_eq!(lanes.room(4, 130.0, 154.0), 0);
        let offsets: Vec<String> = (0..LANES).map(|lane| offset(lane).to_string()).collect();
        assert_eq!(offsets, ["0", "-26", "26", "-52", "52"]);
    }
}
