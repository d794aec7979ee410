//! What the page of a case says of what is missing.

use casebook_core::cases::{
    document::Status,
    view::{Gap, Group, Row},
};

use super::{CasePage, wording::qualifiers};

impl CasePage {
    /// Whether a value is missing; one that does not apply is not.
    pub(super) fn is_gap(&self, status: &Status) -> bool {
        matches!(status, Status::Unknown | Status::Withheld)
    }

    /// A gap with what is known around it: the agreement, the ground of a refusal.
    pub(super) fn gap(&self, gap: &Gap) -> String {
        let mut beside = qualifiers(&gap.qualifiers, self.frame.language);
        beside.extend(gap.agreement.clone());
        beside.join("; ")
    }

    /// The fields of which nothing is said: those that were asked, and those that did not exist when the case was coded.
    pub(super) fn unsaid<'g>(&self, group: &'g Group) -> Vec<(String, Vec<&'g Row>)> {
        let rows = |not_asked: bool| {
            let unsaid = group.rows.iter().filter(|row| row.entries.is_empty());
            unsaid.filter(|row| row.not_asked == not_asked).collect::<Vec<_>>()
        };
        let lists = [("case-not-stated", rows(false)), ("case-not-asked", rows(true))];
        lists.into_iter().filter(|(_, rows)| !rows.is_empty()).map(|(key, rows)| (self.frame.t(key), rows)).collect()
    }

    /// Why more is listed than the number of open questions says; nothing where it is as many.
    pub(super) fn gaps_listed(&self) -> Option<String> {
        let gaps = &self.case.view.gaps;
        let looked_for = gaps.refused.len() + gaps.not_found.len();
        let listed = looked_for + gaps.not_told.len();
        if listed == gaps.asked - gaps.answered {
            return None;
        }
        let mut sentences = vec![self.frame.tn("case-gaps-listed", listed)];
        if looked_for > 0 {
            sentences.push(self.frame.t("case-gaps-listed-looked"));
        }
        if self.document().agreements.len() > 1 {
            sentences.push(self.frame.t("case-gaps-listed-agreements"));
        }
        Some(sentences.join(" "))
    }

    /// The kinds of gaps that there are, each with its heading.
    pub(super) fn gap_lists(&self) -> Vec<(String, &[Gap])> {
        let gaps = &self.case.view.gaps;
        let lists = [
            ("case-gaps-refused", gaps.refused.as_slice()),
            ("case-gaps-not-found", gaps.not_found.as_slice()),
            ("case-gaps-not-told", gaps.not_told.as_slice()),
        ];
        lists.into_iter().filter(|(_, gaps)| !gaps.is_empty()).map(|(key, gaps)| (self.frame.t(key), gaps)).collect()
    }
}
