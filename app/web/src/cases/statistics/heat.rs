//! A table as a picture: the darker a field, the more cases; each field says its number all the same. A narrow screen has the words of a row above
//! its fields, and those of the columns upright.

use casebook_core::cases::statistics::Count;

use super::{
    Head, Table,
    plot::{NARROW, WIDTH, float, short, tenth},
};

/// Wider tables are drawn as far as there is room.
const COLUMNS: usize = 12;
const ROWS: usize = 40;
/// Letters of a label, and how long one is, about.
const ROW_LETTERS: usize = 36;
const COLUMN_LETTERS: usize = 24;
const LETTER: f64 = 6.6;

/// The picture of a table, for wide screens and for narrow ones; none of an empty table.
#[derive(Debug, Clone, Default)]
pub struct Heat {
    /// The two drawings.
    pub drawings: Vec<Drawing>,
    /// There are more rows or columns than are drawn.
    pub cut: bool,
}

/// One drawing of the table.
#[derive(Debug, Clone)]
pub struct Drawing {
    /// For which screens it is.
    pub class: &'static str,
    /// The width.
    pub whole: f64,
    /// The height.
    pub height: f64,
    /// The lower end of the labels of the columns.
    pub top: f64,
    /// By how much these labels are turned, in degrees.
    pub turn: f64,
    /// The labels of the columns.
    pub columns: Vec<Label>,
    /// The rows.
    pub rows: Vec<HeatRow>,
    /// How wide a field is.
    pub width: f64,
    /// Words of rows end at their fields, or begin above them.
    pub beside: bool,
}

/// The words of a row or a column.
#[derive(Debug, Clone)]
pub struct Label {
    /// Where they stand.
    pub at: f64,
    /// As many of them as have room.
    pub short: String,
    /// All of them.
    pub whole: String,
}

/// A row of the picture.
#[derive(Debug, Clone)]
pub struct HeatRow {
    /// Its words, and how far from above they stand.
    pub label: Label,
    /// Where they stand from the left.
    pub left: f64,
    /// Its upper edge.
    pub y: f64,
    /// Where its numbers stand.
    pub baseline: f64,
    /// Its fields.
    pub fields: Vec<Field>,
}

/// A field of the picture.
#[derive(Debug, Clone)]
pub struct Field {
    /// Its left edge.
    pub x: f64,
    /// Its middle.
    pub middle: f64,
    /// The count; none where it is suppressed.
    pub count: Option<u64>,
    /// 0 for none, 1 to 4 by the share of the largest count that is shown.
    pub shade: u64,
}

/// Where the parts of a drawing lie.
#[derive(Debug, Clone, Copy)]
struct Places {
    class: &'static str,
    whole: f64,
    /// Where fields begin, and where they end.
    across: (f64, f64),
    turn: f64,
    step: f64,
    /// How far above its fields a row begins, for its words.
    above: f64,
}

/// Turned labels of the last columns lean out over the fields, so there is room for them.
const WIDE: Places =
    Places { class: "wide", whole: WIDTH, across: (246.0, WIDTH - 112.0), turn: -38.0, step: 28.0, above: 0.0 };
const SLIM: Places =
    Places { class: "narrow", whole: NARROW, across: (1.0, NARROW - 1.0), turn: -90.0, step: 48.0, above: 18.0 };

impl Heat {
    /// The picture of a table, without its totals.
    #[must_use]
    pub fn of(table: &Table) -> Self {
        if table.cells.is_empty() || table.rows.is_empty() {
            return Self::default();
        }
        Self {
            drawings: [WIDE, SLIM].map(|places| drawing(table, places)).into(),
            cut: COLUMNS < table.columns.len() || ROWS < table.rows.len(),
        }
    }
}

fn drawing(table: &Table, places: Places) -> Drawing {
    let (drawn, rows) = (table.columns.len().min(COLUMNS), table.rows.len().min(ROWS));
    let (left, right) = places.across;
    let width = tenth((right - left) / float(drawn.max(1))).min(120.0);
    let x = |at: usize| tenth(left + width * float(at));
    let middle = |at: usize| tenth(x(at) + width / 2.0);
    let columns: Vec<Label> = table
        .columns
        .iter()
        .take(drawn)
        .enumerate()
        .map(|(at, head)| label(head, middle(at), COLUMN_LETTERS))
        .collect();
    let top = top(&columns, places.turn);
    let cells = move || table.cells.iter().take(rows).map(move |row| row.iter().take(drawn));
    let most = cells().flatten().filter_map(|count| count.shown()).max().unwrap_or(0);
    let field = |(at, count): (usize, &Count)| Field {
        x: x(at),
        middle: middle(at),
        count: count.shown(),
        shade: count.shown().map_or(0, |count| (count * 4).div_ceil(most.max(1))),
    };
    let beside = places.above <= 0.0;
    let row = |(at, (head, cells)): (usize, (&Head, std::iter::Take<std::slice::Iter<'_, Count>>))| {
        let upper = top + 8.0 + places.step * float(at);
        let y = upper + places.above;
        HeatRow {
            label: label(head, if beside { y + 18.0 } else { upper + 12.0 }, ROW_LETTERS),
            left: if beside { left - 8.0 } else { left },
            y,
            baseline: y + 18.0,
            fields: cells.enumerate().map(field).collect(),
        }
    };
    Drawing {
        class: places.class,
        whole: places.whole,
        height: top + 8.0 + places.step * float(rows) + 6.0,
        top,
        turn: places.turn,
        rows: table.rows.iter().zip(cells()).enumerate().map(row).collect(),
        columns,
        width: tenth(width - 2.0),
        beside,
    }
}

/// As far down as the longest label reaches, turned as it is.
fn top(columns: &[Label], turn: f64) -> f64 {
    let letters = columns.iter().map(|label| label.short.chars().count()).max().unwrap_or(0);
    (float(letters) * LETTER * turn.to_radians().sin().abs() + 14.0).ceil()
}

fn label(head: &Head, at: f64, letters: usize) -> Label {
    Label { at, short: short(&head.label, letters), whole: head.label.clone() }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn table(labels: &[&str]) -> Table {
        let head = |label: &&str| Head { label: (*label).to_owned(), is_gap: false };
        let heads: Vec<Head> = labels.iter().map(head).collect();
        let row = |at: u64| (0..=heads.len()).map(|_| Count::Shown(at)).collect::<Vec<_>>();
        let cells = (0..=4_u64).map(row).take(heads.len() + 1).collect();
        Table { rows: heads.clone(), columns: heads, cells, ..Table::default() }
    }

    #[test]
    fn words_of_columns_have_room_in_both_drawings() {
        let heat = Heat::of(&table(&["The Netherlands", "China", "United States"]));
        assert_eq!(heat.drawings.iter().map(|drawing| drawing.class).collect::<Vec<_>>(), ["wide", "narrow"]);
        for drawing in &heat.drawings {
            for column in &drawing.columns {
                assert_eq!(column.short, column.whole, "nothing is cut");
                let length = float(column.short.chars().count()) * LETTER;
                let (down, along) = drawing.turn.to_radians().sin_cos();
                assert!(column.at + length * along <= drawing.whole, "{}: {}", drawing.class, column.whole);
                assert!(length * down.abs() <= drawing.top, "{}: {}", drawing.class, column.whole);
            }
            assert!(drawing.rows.iter().all(|row| row.fields.len() == 3 && row.label.short == row.label.whole));
            let last = drawing.rows.last().unwrap();
            assert!(last.y + 26.0 <= drawing.height && last.fields[2].x + drawing.width <= drawing.whole);
        }
    }

    #[test]
    fn what_is_cut_is_said() {
        let long = "Administration and participation of residents";
        let heat = Heat::of(&table(&[long, "China"]));
        let label = &heat.drawings[0].rows[0].label;
        assert!(label.short.ends_with('\u{2026}') && label.whole == long);
        assert!(!heat.cut && Heat::of(&table(&["one"; 13])).cut);
        assert!(Heat::of(&Table::default()).drawings.is_empty());
    }
}
