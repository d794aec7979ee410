//! What statements are worth, as filters: what kind of knowledge they are, how well they are supported, and what they rest on.

use casebook_core::cases::facets::{ANY, Counts, FacetCount, Filters, Group};

use super::facets::{Choice, Namer};

/// One thing that statements are asked for, with what can be chosen.
#[derive(Debug, Clone)]
pub struct Worth {
    /// The words before the choices.
    pub label: String,
    /// What can be chosen.
    pub choices: Vec<Choice>,
}

impl Namer<'_> {
    /// What any statement can be asked for (rows R4, R33), and which sources are cited at all.
    pub(super) fn evidence(&self, filters: &Filters, counts: &Counts) -> Vec<Worth> {
        let mut all = self.worth(filters, &counts.statements);
        let cited = counts.evidence.iter().map(|(reliability, count)| Choice {
            label: self.code("reliability", reliability.code()),
            count: *count,
            chosen: filters.evidence.contains(reliability),
            address: (self.address)(&filters.toggled_evidence(*reliability)),
        });
        all.extend(self.offered("list-worth-cited", cited));
        all
    }

    /// What statements of one field can be asked for, or any statements.
    pub(in crate::cases) fn worth(&self, filters: &Filters, facet: &FacetCount) -> Vec<Worth> {
        let statuses = facet.statuses.iter().map(|(status, count)| (status.code(), *count));
        let confidences = facet.confidences.iter().map(|(confidence, count)| (confidence.code(), *count));
        let reliabilities = facet.reliabilities.iter().map(|(reliability, count)| (reliability.code(), *count));
        let mut all = Vec::new();
        all.extend(self.offered("list-worth-status", self.choices(filters, facet, Group::Status, statuses)));
        all.extend(self.offered("list-worth-confidence", self.choices(filters, facet, Group::Confidence, confidences)));
        all.extend(
            self.offered("list-worth-reliability", self.choices(filters, facet, Group::Reliability, reliabilities)),
        );
        all
    }

    fn choices(
        &self,
        filters: &Filters,
        facet: &FacetCount,
        group: Group,
        counted: impl Iterator<Item = (&'static str, u64)>,
    ) -> Vec<Choice> {
        let counted: Vec<(&'static str, u64)> = counted.collect();
        let uncounted = chosen(filters, &facet.field, group)
            .into_iter()
            .filter(|code| counted.iter().all(|(other, _)| other != code))
            .map(|code| (code, 0));
        let uncounted: Vec<(&'static str, u64)> = uncounted.collect();
        let all = counted.into_iter().chain(uncounted);
        all.map(|(code, count)| Choice {
            label: self.code(group.prefix(), code),
            count,
            chosen: filters.has(group, &facet.field, code),
            address: (self.address)(&filters.toggled(group, &facet.field, code)),
        })
        .collect()
    }

    /// The choices under their words; none where nothing can be chosen.
    fn offered(&self, label: &'static str, choices: impl IntoIterator<Item = Choice>) -> Option<Worth> {
        let choices: Vec<Choice> = choices.into_iter().filter(|choice| choice.count > 0 || choice.chosen).collect();
        (!choices.is_empty()).then(|| Worth { label: self.visit.text(label), choices })
    }
}

/// What is chosen of a field, so that it can be taken back though no case has it.
fn chosen(filters: &Filters, field: &str, group: Group) -> Vec<&'static str> {
    let Some(filter) = filters.fields.get(field) else { return Vec::new() };
    match group {
        Group::Status => filter.status.iter().map(|status| status.code()).collect(),
        Group::Confidence => filter.confidence.iter().map(|confidence| confidence.code()).collect(),
        Group::Reliability => filter.reliability.iter().map(|reliability| reliability.code()).collect(),
        Group::Any | Group::Not => Vec::new(),
    }
}

/// Whether any of it is chosen.
pub(super) fn is_chosen(filters: &Filters) -> bool {
    !filters.evidence.is_empty() || filters.fields.contains_key(ANY)
}
