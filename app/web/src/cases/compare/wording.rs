//! What the template of the comparison asks the page for: words, addresses, marks.

use std::collections::BTreeMap;

use casebook_core::{
    cases::{
        compare::{Chosen, Cited, Column, Comparison, Differs, Row, Said},
        document::Status,
    },
    ids::CaseId,
    limits,
};

use super::{ComparePage, Meant, for_good};
use crate::{
    cases::{cite, words},
    url,
};

impl ComparePage {
    /// The rows under their topics, topics without a row left out.
    pub(super) fn topics(&self) -> Vec<(String, Vec<&Row>)> {
        let Some(comparison) = &self.comparison else { return Vec::new() };
        let rows = |code: Option<&str>| {
            comparison.rows.iter().filter(|row| row.section.as_deref() == code && !row.is_empty()).collect()
        };
        let mut topics = vec![(self.frame.t("compare-head"), rows(None))];
        topics.extend(self.sections.iter().map(|(code, label)| (label.clone(), rows(Some(code)))));
        topics.retain(|(_, rows): &(String, Vec<&Row>)| !rows.is_empty());
        topics
    }

    pub(super) fn address(&self, only_differences: bool) -> String {
        url::comparison(&self.chosen, only_differences)
    }

    pub(super) fn citations(&self) -> Vec<(&'static str, String)> {
        url::citations(&url::comparison(&self.chosen, false))
    }

    /// The comparison of these revisions as a line of text to be copied (row R17).
    pub(super) fn citation(&self, comparison: &Comparison) -> String {
        let titles: Vec<&str> = comparison.columns.iter().map(|column| column.title.as_str()).collect();
        let words = cite::Words::of_comparison(&for_good(comparison), &titles, self.frame.language);
        let address = format!("{}{}", self.site, url::comparison(&for_good(comparison), false));
        words.line(&address, self.day, self.frame.language)
    }

    pub(super) fn file_address(&self, ending: &str) -> String {
        url::comparison_file(&self.chosen, self.only_differences, ending)
    }

    /// The address that shows these revisions for good.
    pub(super) fn permanent_address(&self, comparison: &Comparison) -> String {
        url::comparison(&for_good(comparison), self.only_differences)
    }

    /// The same in full and the day, by which a printed sheet is cited.
    pub(super) fn printed(&self, comparison: &Comparison) -> String {
        let address = format!("{}{}", self.site, self.permanent_address(comparison));
        self.frame.t2("compare-printed", "address", address, "day", self.day.to_string())
    }

    /// How many cases have to be taken out.
    pub(super) fn too_many(&self) -> usize {
        self.crowd.len().saturating_sub(limits::COMPARED)
    }

    /// The first of the cases that are too many, as many as can stand side by side.
    pub(super) fn first_address(&self) -> String {
        let first: Vec<Chosen> = self.chosen.iter().take(limits::COMPARED).cloned().collect();
        url::comparison(&first, self.only_differences)
    }

    /// That the address names more than is looked at.
    pub(super) fn beyond(&self) -> Option<String> {
        let passed_over = self.aside.beyond;
        let told = || self.frame.t2("compare-beyond", "n", passed_over, "most", limits::COMPARED_NAMED);
        (passed_over > 0).then(told)
    }

    /// The comparison without one case.
    pub(super) fn without(&self, column: &usize) -> String {
        let left: Vec<Chosen> =
            self.chosen.iter().enumerate().filter(|(at, _)| at != column).map(|(_, chosen)| chosen.clone()).collect();
        url::comparison(&left, self.only_differences)
    }

    pub(super) fn case_address(&self, column: &Column) -> String {
        url::case_revision(&column.case, column.revision)
    }

    /// Where it is said what there is under an id.
    pub(super) fn own_address(&self, chosen: &Chosen) -> String {
        match chosen.revision {
            Some(revision) => url::case_revision(&chosen.case, revision),
            None => url::case(&chosen.case),
        }
    }

    /// The only case beside another one.
    pub(super) fn beside(&self, other: &CaseId) -> String {
        let other = Chosen { case: other.clone(), revision: None };
        let both: Vec<Chosen> = self.chosen.iter().cloned().chain([other]).collect();
        url::comparison(&both, self.only_differences)
    }

    /// The list of all cases that fit words.
    pub(super) fn all_meant(&self, meant: &Meant) -> String {
        url::cases_fitting(&[("q".to_owned(), meant.words.clone())])
    }

    /// Cases of which several revisions stand side by side.
    pub(super) fn of_one_case(&self) -> Vec<&CaseId> {
        let columns = self.comparison.iter().flat_map(|comparison| &comparison.columns);
        let cases: BTreeMap<&CaseId, usize> = columns.fold(BTreeMap::new(), |mut cases, column| {
            *cases.entry(&column.case).or_default() += 1;
            cases
        });
        cases.into_iter().filter(|(_, count)| *count > 1).map(|(case, _)| case).collect()
    }

    /// Where it is told what counts as a difference.
    pub(super) fn method_address(&self) -> String {
        url::method()
    }

    pub(super) fn definition(&self, row: &Row) -> String {
        url::codebook_field(&row.field)
    }

    /// How long what names a case may be: an id, or the address of its page.
    pub(super) fn longest_name(&self) -> usize {
        limits::LINE
    }

    pub(super) fn can_add(&self) -> bool {
        self.chosen.len() < limits::COMPARED
    }

    pub(super) fn short(&self, at: &usize) -> String {
        let title = self
            .comparison
            .as_ref()
            .and_then(|comparison| comparison.columns.get(*at))
            .map(|column| column.title.as_str());
        title.map(|title| title.split(':').next().unwrap_or(title).to_owned()).unwrap_or_default()
    }

    pub(super) fn said(&self, said: &Said) -> String {
        let mut text = said.value.as_ref().map(|value| words::shown(value, self.frame.language)).unwrap_or_default();
        let mut aside: Vec<String> = said.qualifiers.iter().map(|q| words::qualified(q, self.frame.language)).collect();
        aside.extend(said.agreement.clone());
        aside.extend(said.when.as_ref().map(|when| words::when(when, self.frame.language)));
        if !aside.is_empty() {
            text = format!("{text} ({})", aside.join("; "));
        }
        text
    }

    /// That the code is offered no more, and what is now.
    pub(super) fn ended(&self, said: &Said) -> Option<String> {
        said.retired.as_ref().map(|ended| words::retired(ended, self.frame.language))
    }

    /// The same of a field.
    pub(super) fn field_ended(&self, row: &Row) -> Option<String> {
        row.retired.as_ref().map(|ended| words::retired(ended, self.frame.language))
    }

    /// Whether a mark has to be explained.
    pub(super) fn has_retired(&self) -> bool {
        self.topics().iter().flat_map(|(_, rows)| rows).any(|row| row.has_retired())
    }

    /// The status that is worth a mark: that of a contested value, or of one that is not there.
    pub(super) fn mark(&self, said: &Said) -> Option<String> {
        let status = said.status.filter(|_| self.is_disputed(said) || said.value.is_none())?;
        Some(words::status(status, self.frame.language))
    }

    /// What the answer rests on, in a line: status unless it is marked, confidence, sources, rank.
    pub(super) fn weight(&self, said: &Said) -> Option<String> {
        let language = self.frame.language;
        let status = said.status.filter(|_| self.mark(said).is_none()).map(|status| words::status(status, language));
        let confidence = said.confidence.map(|confidence| words::confidence(confidence, language));
        let known: Vec<String> = status.into_iter().chain(confidence).collect();
        let known = (!known.is_empty()).then(|| known.join(", "));
        let cited = said.cited.map(|cited| self.sources(cited));
        let rank = said.rank.map(|rank| self.frame.t(format!("compare-rank-{}", rank.code())));
        let weight: Vec<String> = known.into_iter().chain(cited).chain(rank).collect();
        (!weight.is_empty()).then(|| weight.join("; "))
    }

    pub(super) fn sources(&self, cited: Cited) -> String {
        let Some(best) = cited.best else { return self.frame.t("compare-no-source") };
        let best = self.frame.t(format!("compare-reliability-{}", best.code()));
        self.frame.t2("compare-sources", "n", cited.count, "best", best)
    }

    /// How a mark looks: a value that is missing as a gap, but not one that does not apply.
    pub(super) fn mark_class(&self, said: &Said) -> &'static str {
        match said.status {
            Some(Status::Disputed) => "mark disputed",
            Some(Status::Unknown | Status::Withheld) => "mark gap",
            _ => "mark",
        }
    }

    fn is_disputed(&self, said: &Said) -> bool {
        said.status == Some(Status::Disputed)
    }

    /// How a row looks by whether the cases differ in it.
    pub(super) fn row_class(&self, row: &Row) -> &'static str {
        match row.differs {
            Differs::Yes => "differs",
            Differs::OneIsGap => "differs by-gap",
            Differs::AllGaps => "same by-gap",
            Differs::No => "same",
        }
    }

    /// The mark that says so; none where they do not.
    pub(super) fn differs(&self, row: &Row) -> Option<String> {
        (row.differs != Differs::No).then(|| self.frame.t(format!("compare-differs-{}", row.differs.code())))
    }
}
