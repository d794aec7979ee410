//! The matrix as rows of text, for a file.

use super::{Cell, Cited, Comparison, Said};
use crate::{
    cases::{
        document::{Amount, Band, Number, Side, Status, When},
        view::{Lens, Retired, Shown},
    },
    dates::DateQualifier,
};

impl Comparison {
    /// The rows in which the cases differ, or in which one has no value where another has one.
    #[must_use]
    pub fn only_differences(mut self) -> Self {
        self.rows.retain(|row| row.differs.is_difference());
        self
    }

    /// A head, then one row for each field; `addresses` are those of the columns. A gap is written as one, so that no empty cell has to be
    /// guessed at.
    #[must_use]
    pub fn table(&self, addresses: &[String], lens: &Lens<'_>) -> Vec<Vec<String>> {
        let names = self.columns.iter().map(|column| format!("{}@{}", column.case, column.revision));
        let head = begin("field", "label", "differs").into_iter().chain(names).collect();
        let titles = self.columns.iter().map(|column| column.title.clone());
        let titles = begin("title", &lens.field("title"), "").into_iter().chain(titles).collect();
        let addresses = begin("url", "", "").into_iter().chain(addresses.iter().cloned()).collect();
        let rows = self.rows.iter().map(|row| {
            begin(&row.field, &format!("{}{}", row.label, ended(row.retired.as_ref())), row.differs.code())
                .into_iter()
                .chain(row.cells.iter().map(|cell| cell.text(lens)))
                .collect()
        });
        [head, titles, addresses].into_iter().chain(rows).collect()
    }
}

fn begin(field: &str, label: &str, differs: &str) -> [String; 3] {
    [field, label, differs].map(str::to_owned)
}

impl Cell {
    fn text(&self, lens: &Lens<'_>) -> String {
        match self {
            Self::Says(said) => said.iter().map(|said| said.text(lens)).collect::<Vec<_>>().join(" | "),
            Self::Gap => "(gap)".to_owned(),
            Self::NotAsked => "(not asked)".to_owned(),
            Self::DoesNotApply => "(does not apply)".to_owned(),
        }
    }
}

impl Said {
    /// On one line: `Cloud (Deployment status: In use), 2018-06, cloud framework [Accounts differ, Possible; 1 source: Established; Rank: Normal]`.
    fn text(&self, lens: &Lens<'_>) -> String {
        let status = |status: Status| lens.label("status", status.code());
        let mut text = match (&self.value, self.status) {
            (Some(value), _) => plain(value, lens),
            (None, known) => known.map_or_else(String::new, status),
        };
        text.push_str(&ended(self.retired.as_ref()));
        if !self.qualifiers.is_empty() {
            let all = self
                .qualifiers
                .iter()
                .map(|one| format!("{}: {}{}", one.label, plain(&one.value, lens), ended(one.retired.as_ref())));
            text.push_str(&format!(" ({})", all.collect::<Vec<_>>().join(", ")));
        }
        if let Some(when) = self.when {
            text.push_str(&format!(", {}", date(when, lens)));
        }
        if let Some(agreement) = &self.agreement {
            text.push_str(&format!(", {agreement}"));
        }
        let weight = self.weight(lens);
        if !weight.is_empty() {
            text.push_str(&format!(" [{}]", weight.join("; ")));
        }
        text
    }

    /// What it rests on: status and confidence, sources, rank. The status of what has no value stands in its place.
    fn weight(&self, lens: &Lens<'_>) -> Vec<String> {
        let status = self.status.filter(|_| self.value.is_some()).map(|status| lens.label("status", status.code()));
        let confidence = self.confidence.map(|confidence| lens.label("confidence", confidence.code()));
        let known: Vec<String> = status.into_iter().chain(confidence).collect();
        let known = (!known.is_empty()).then(|| known.join(", "));
        let cited = self.cited.map(|cited| cited.text(lens));
        let rank = self.rank.map(|rank| format!("{}: {}", lens.field("rank"), lens.label("rank", rank.code())));
        known.into_iter().chain(cited).chain(rank).collect()
    }
}

impl Cited {
    fn text(self, lens: &Lens<'_>) -> String {
        let best = self.best.map(|best| lens.label("reliability", best.code()));
        match (self.count, best) {
            (1, Some(only)) => format!("1 source: {only}"),
            (count, Some(best)) => format!("{count} sources, best: {best}"),
            (_, None) => "no source".to_owned(),
        }
    }
}

/// That a field or a code is offered no more, and what took its place; nothing for a current one.
fn ended(retired: Option<&Retired>) -> String {
    match retired {
        None => String::new(),
        Some(ended) if ended.now.is_empty() => " (retired, nothing took its place)".to_owned(),
        Some(ended) => format!(" (retired, now {})", ended.now.join(", ")),
    }
}

fn plain(value: &Shown, lens: &Lens<'_>) -> String {
    match value {
        Shown::Words(words) => words.clone(),
        Shown::Number(Number { number, year }) => with_year(number.to_string(), *year),
        Shown::Amount(Amount { amount, currency, year, covers }) => {
            let sum = with_year(format!("{amount} {currency}"), *year);
            covers.as_ref().map_or(sum.clone(), |covers| format!("{sum}, {covers}"))
        }
        Shown::Band(Band { min, max, currency }) => format!("{min} to {max} {currency}"),
        Shown::Date(when) => date(*when, lens),
        Shown::Side(Side::Inside) => "inside the continent".to_owned(),
        Shown::Side(Side::Outside) => "outside the continent".to_owned(),
        Shown::Organisation { name, .. } => name.clone(),
    }
}

fn with_year(count: String, year: Option<i32>) -> String {
    year.map_or(count.clone(), |year| format!("{count} ({year})"))
}

/// As entered, with the word that qualifies it.
fn date(when: When, lens: &Lens<'_>) -> String {
    match when {
        When::Entered { value, qualifier: DateQualifier::Exact } => value.to_string(),
        When::Entered { value, qualifier } => {
            format!("{} {value}", lens.label("date_qualifier", qualifier.code()).to_lowercase())
        }
        When::Between { from, to } if from == to => from.to_string(),
        When::Between { from, to } => format!("{from} to {to}"),
    }
}
