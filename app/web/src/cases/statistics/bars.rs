//! Bars that lie: a label, a length, a number. Lengths are shares of the picture's width, so that it fits every screen and its words keep their size.

use std::ops::Range;

use super::plot::{float, short, tenth};
use crate::kit::{Frame, Message};

/// Labels of so many letters stand beside their bars; where one is longer, all stand above them.
const BESIDE: usize = 9;
/// As many letters have room above a bar on the narrowest screen.
const ABOVE: usize = 42;
const TOP: f64 = 4.0;

/// What a bar stands for.
#[derive(Debug, Clone)]
pub struct Item {
    /// What programs read in its place.
    pub value: String,
    /// The words.
    pub label: String,
    /// How many cases.
    pub count: u64,
    /// It says what is not known.
    pub is_gap: bool,
    /// The list of these cases.
    pub address: Option<String>,
}

/// Items without a case that are drawn as one gap. The sheet has each of them.
#[derive(Debug, Clone)]
pub struct Fold {
    /// Which of the items.
    pub of: Range<usize>,
    /// What they stand for together, as the table says it.
    pub label: String,
    /// The same as the picture says it, with the number.
    pub words: String,
}

/// What is drawn as bars.
#[derive(Debug, Clone, Default)]
pub struct Counted {
    /// The bars.
    pub items: Vec<Item>,
    /// Which of them are drawn as one gap.
    pub folds: Vec<Fold>,
    /// How many different cases stand in the bars.
    pub cases: u64,
}

/// A picture of bars with its table.
#[derive(Debug, Clone)]
pub struct Bars {
    /// By which the picture's parts name each other.
    pub id: &'static str,
    /// The heading.
    pub title: String,
    /// What the labels are, at the head of the table.
    pub head: String,
    /// What the picture shows, in words.
    pub summary: String,
    /// The height.
    pub height: f64,
    /// Where the bars begin.
    pub left: f64,
    /// Labels stand above their bars.
    pub stacked: bool,
    /// How far the line at which bars begin goes on above and below each of them: to the next, unless a label stands between.
    pub beyond: f64,
    /// What is drawn, from above.
    pub rows: Vec<Row>,
    /// Everything that is counted, as the sheet has it.
    pub items: Vec<Item>,
}

/// One bar, or the gap of several without a case.
#[derive(Debug, Clone)]
pub struct Row {
    /// The words.
    pub label: String,
    /// The words, as far as there is room.
    pub short: String,
    /// How many cases.
    pub count: u64,
    /// It says what is not known.
    pub is_gap: bool,
    /// The list of these cases.
    pub address: Option<String>,
    /// What the picture says in the place of several bars.
    pub fold: Option<String>,
    /// Where its label stands.
    pub line: f64,
    /// The upper edge of the bar.
    pub y: f64,
    /// Where its number stands.
    pub baseline: f64,
    /// Its length, in hundredths of the picture's width.
    pub length: f64,
}

/// Where the parts of each row lie; all but the share in pixels.
#[derive(Debug, Clone, Copy)]
struct Places {
    left: f64,
    step: f64,
    above: f64,
    /// Of the longest bar, so that its number has room behind it.
    share: f64,
}

const STACKED: Places = Places { left: 0.0, step: 46.0, above: 18.0, share: 80.0 };
const SIDE_BY_SIDE: Places = Places { left: 76.0, step: 26.0, above: 0.0, share: 58.0 };

impl Bars {
    /// The picture of what was counted; `words` are heading and head of the table.
    #[must_use]
    pub fn of(id: &'static str, words: [String; 2], counted: Counted, frame: &Frame) -> Self {
        let [title, head] = words;
        let stacked = counted.items.iter().any(|item| item.label.chars().count() > BESIDE);
        let places = if stacked { STACKED } else { SIDE_BY_SIDE };
        let most = counted.items.iter().map(|item| item.count).max().unwrap_or(0);
        let rows: Vec<Row> =
            drawn(&counted).into_iter().enumerate().map(|(at, drawn)| row(at, drawn, places, most)).collect();
        Self {
            id,
            title,
            head,
            summary: summary(&counted, &rows, most, frame),
            height: TOP + places.step * float(rows.len()),
            left: places.left,
            stacked,
            beyond: if stacked { 0.0 } else { (places.step - 20.0) / 2.0 },
            rows,
            items: counted.items,
        }
    }

    /// Where labels stand.
    #[must_use]
    pub fn label_at(&self) -> f64 {
        if self.stacked { 0.0 } else { self.left - 8.0 }
    }
}

enum Drawn<'a> {
    Item(&'a Item),
    Fold(&'a Fold),
}

fn drawn(counted: &Counted) -> Vec<Drawn<'_>> {
    let mut all = Vec::new();
    for (at, item) in counted.items.iter().enumerate() {
        match counted.folds.iter().find(|fold| fold.of.contains(&at)) {
            Some(fold) if fold.of.start == at => all.push(Drawn::Fold(fold)),
            Some(_) => {}
            None => all.push(Drawn::Item(item)),
        }
    }
    all
}

fn row(at: usize, drawn: Drawn<'_>, places: Places, most: u64) -> Row {
    let upper = TOP + places.step * float(at);
    let y = upper + places.above;
    let bare = Row {
        label: String::new(),
        short: String::new(),
        count: 0,
        is_gap: false,
        address: None,
        fold: None,
        line: upper + if places.above > 0.0 { 12.0 } else { 15.0 },
        y,
        baseline: y + 15.0,
        length: 0.0,
    };
    match drawn {
        Drawn::Fold(fold) => Row { label: fold.label.clone(), fold: Some(fold.words.clone()), ..bare },
        Drawn::Item(item) => Row {
            label: item.label.clone(),
            short: short(&item.label, ABOVE),
            count: item.count,
            is_gap: item.is_gap,
            address: item.address.clone(),
            length: tenth(places.share * float(item.count) / float(most.max(1))),
            ..bare
        },
    }
}

/// How many bars there are, which are the longest, and whether a case stands in several.
fn summary(counted: &Counted, rows: &[Row], most: u64, frame: &Frame) -> String {
    let mut longest = counted.items.iter().filter(|item| item.count == most).map(|item| item.label.as_str());
    let Some(first) = longest.next() else { return String::new() };
    let others: Vec<&str> = longest.collect();
    let message = match others.as_slice() {
        [] => Message::new("statistics-bars-longest"),
        [second] => Message::new("statistics-bars-two").with("second", *second),
        more => Message::new("statistics-bars-more").with("others", more.len()),
    };
    let drawn = rows.iter().filter(|row| row.fold.is_none()).count();
    let said = frame.say(&message.with("n", drawn).with("label", first).with("most", most));
    let counted_twice = counted.items.iter().map(|item| item.count).sum::<u64>() > counted.cases;
    if counted_twice { format!("{said} {}", frame.t("statistics-bars-overlap")) } else { said }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::kit::page::sample_visit;

    fn counted(counts: &[(&str, u64)], cases: u64) -> Counted {
        let item = |(label, count): &(&str, u64)| Item {
            value: (*label).to_owned(),
            label: (*label).to_owned(),
            count: *count,
            is_gap: false,
            address: None,
        };
        Counted { items: counts.iter().map(item).collect(), folds: Vec::new(), cases }
    }

    fn bars(counted: Counted) -> Bars {
        let frame = sample_visit("/statistics").frame("statistics-title");
        Bars::of("years", [String::new(), String::new()], counted, &frame)
    }

    #[test]
    fn all_that_are_longest_are_named_or_counted() {
        let said = |counts: &[(&str, u64)]| bars(counted(counts, 100)).summary;
        assert_eq!(said(&[("2018", 5), ("2019", 6)]), "2 bars; the longest is \"2019\": 6.");
        assert_eq!(said(&[("2018", 6), ("2019", 6)]), "2 bars; the longest are \"2018\" and \"2019\": 6 each.");
        let three = said(&[("2018", 6), ("2019", 6), ("2020", 6), ("2021", 1)]);
        assert_eq!(three, "4 bars; the longest are \"2018\" and 2 more: 6 each.");
        assert_eq!(said(&[("2018", 6)]), "1 bar; it stands for \"2018\": 6.");
        assert_eq!(said(&[]), "");
    }

    #[test]
    fn that_a_case_counts_in_several_is_said_where_it_does() {
        let said = |cases| bars(counted(&[("2018", 5), ("2019", 6)], cases)).summary;
        assert!(said(10).ends_with("A case can count in several bars."));
        assert!(!said(11).contains("several"), "each of the eleven stands in one");
    }

    #[test]
    fn a_fold_takes_the_place_of_its_bars_and_the_sheet_keeps_them() {
        let mut counted = counted(&[("2018", 2), ("2019", 0), ("2020", 0), ("2021", 0), ("2022", 1)], 3);
        counted.folds.push(Fold { of: 1..4, label: "2019 to 2021".into(), words: "2019 to 2021: none".into() });
        let bars = bars(counted);
        let labels: Vec<&str> = bars.rows.iter().map(|row| row.label.as_str()).collect();
        assert_eq!(labels, ["2018", "2019 to 2021", "2022"]);
        assert_eq!(bars.items.len(), 5);
        assert!(bars.summary.starts_with("2 bars;"), "{}", bars.summary);
    }

    #[test]
    fn long_labels_stand_above_their_bars() {
        assert!(!bars(counted(&[("2010-2019", 5)], 5)).stacked);
        assert!(bars(counted(&[("In operation", 5)], 5)).stacked);
    }
}
