//! A table as a picture: the darker a field, the more cases; each field says its number all the same.

use casebook_core::cases::statistics::Count;

use super::{
    Head, Table,
    plot::{WIDTH, float, short, tenth},
};

const LEFT: f64 = 200.0;
const TOP: f64 = 130.0;
const STEP: f64 = 28.0;
/// Wider tables are drawn as far as there is room.
const COLUMNS: usize = 12;
const ROWS: usize = 40;

/// The picture of a table.
#[derive(Debug, Clone, Default)]
pub struct Heat {
    /// The height.
    pub height: f64,
    /// Where the labels of the columns stand, and what they say.
    pub columns: Vec<(f64, String)>,
    /// The rows.
    pub rows: Vec<HeatRow>,
    /// How wide a field is.
    pub width: f64,
    /// There are more rows or columns than are drawn.
    pub cut: bool,
}

/// A row of the picture.
#[derive(Debug, Clone)]
pub struct HeatRow {
    /// Its upper edge.
    pub y: f64,
    /// Where its words stand.
    pub baseline: f64,
    /// The label, as far as there is room.
    pub label: String,
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

impl Heat {
    /// The picture of a table, without its totals.
    #[must_use]
    pub fn of(table: &Table) -> Self {
        if table.cells.is_empty() || table.rows.is_empty() {
            return Self::default();
        }
        let (drawn, rows) = (table.columns.len().min(COLUMNS), table.rows.len().min(ROWS));
        let width = tenth((WIDTH - LEFT - 4.0) / float(drawn)).min(120.0);
        let x = |at: usize| tenth(LEFT + width * float(at));
        let cells = move || table.cells.iter().take(rows).map(move |row| row.iter().take(drawn));
        let most = cells().flatten().filter_map(|count| count.shown()).max().unwrap_or(0);
        let field = |(at, count): (usize, &Count)| Field {
            x: x(at),
            middle: tenth(x(at) + width / 2.0),
            count: count.shown(),
            shade: count.shown().map_or(0, |count| (count * 4).div_ceil(most.max(1))),
        };
        let row = |(at, (head, cells)): (usize, (&Head, std::iter::Take<std::slice::Iter<'_, Count>>))| {
            let y = TOP + STEP * float(at);
            HeatRow {
                y,
                baseline: y + 18.0,
                label: short(&head.label, 30),
                fields: cells.enumerate().map(field).collect(),
            }
        };
        let heads = table.columns.iter().take(drawn).enumerate();
        Self {
            height: TOP + STEP * float(rows) + 6.0,
            columns: heads.map(|(at, head)| (tenth(x(at) + width / 2.0), short(&head.label, 24))).collect(),
            rows: table.rows.iter().zip(cells()).enumerate().map(row).collect(),
            width: tenth(width - 2.0),
            cut: drawn < table.columns.len() || rows < table.rows.len(),
        }
    }
}
