//! Bars that lie: a label, a length, a number.

use super::plot::{Scale, WIDTH, float, short, tenth, ticks};
use crate::kit::{Frame, Message};

const LEFT: f64 = 190.0;
const RIGHT: f64 = WIDTH - 50.0;
const TOP: f64 = 8.0;
const STEP: f64 = 26.0;

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
    /// Where the bars end below.
    pub bottom: f64,
    /// Where numbers of the axis stand.
    pub ticks: Vec<(f64, u64)>,
    /// The bars.
    pub bars: Vec<Bar>,
}

/// One bar.
#[derive(Debug, Clone)]
pub struct Bar {
    /// What it stands for.
    pub item: Item,
    /// The label, as far as there is room.
    pub short: String,
    /// Its upper edge.
    pub y: f64,
    /// Where its words stand.
    pub baseline: f64,
    /// Its length.
    pub length: f64,
    /// Where its number stands.
    pub end: f64,
}

impl Bars {
    /// The picture of these items; `words` are heading and head of the table.
    #[must_use]
    pub fn of(id: &'static str, words: [String; 2], items: Vec<Item>, frame: &Frame) -> Self {
        let [title, head] = words;
        let most = items.iter().max_by_key(|item| item.count);
        let summary = most.map_or_else(String::new, |most| {
            let message = Message::new("statistics-bars-summary").with("n", items.len());
            frame.say(&message.with("label", &most.label).with("most", most.count))
        });
        let ticks = ticks(most.map_or(0, |most| most.count));
        let last = ticks.last().copied().unwrap_or(1);
        let scale = Scale { numbers: (0.0, float(last)), places: (LEFT, RIGHT) };
        let bottom = TOP + STEP * float(items.len());
        let bar = |(at, item): (usize, Item)| {
            let (y, end) = (TOP + STEP * float(at), scale.at(float(item.count)));
            Bar {
                short: short(&item.label, 28),
                y: y + 3.0,
                baseline: y + 17.0,
                length: tenth(end - LEFT),
                end: end + 6.0,
                item,
            }
        };
        Self {
            id,
            title,
            head,
            summary,
            height: bottom + 24.0,
            bottom,
            ticks: ticks.into_iter().map(|tick| (scale.at(float(tick)), tick)).collect(),
            bars: items.into_iter().enumerate().map(bar).collect(),
        }
    }
}
