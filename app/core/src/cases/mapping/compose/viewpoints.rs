//! The viewpoints of a row's document: concerns, and what was answered to them.

use super::Composer;
use crate::{
    cases::{
        document::{Answer, Contested, Viewpoint},
        mapping::plan::{AnswerPlan, ViewpointPlan},
    },
    codebook::In,
};

impl<'a> Composer<'a> {
    pub(super) fn viewpoints(&mut self) {
        let plan = self.frame.plan;
        for viewpoint in &plan.viewpoints {
            match viewpoint.concern.words(self.row) {
                Some(concern) => self.viewpoint(viewpoint, concern),
                None => self.unasked(viewpoint),
            }
        }
    }

    fn viewpoint(&mut self, plan: &'a ViewpointPlan, concern: String) {
        let topic = self.required(&plan.topic, In::Viewpoint, "topic");
        let raised_by = self.required(&plan.raised_by, In::Viewpoint, "raised_by");
        let (Some(topic), Some(raised_by)) = (topic, raised_by) else { return };
        let id = format!("v{}", self.document.viewpoints.len() + 1);
        self.came_from(&id, plan.concern.columns());
        let before: usize = self.document.viewpoints.iter().map(|viewpoint| viewpoint.answers.len()).sum();
        let mut answers = Vec::new();
        for answer in &plan.answers {
            let number = before + answers.len() + 1;
            answers.extend(self.answer(answer, &id, format!("w{number}")));
        }
        let entry = Viewpoint {
            id,
            topic,
            raised_by,
            speaker: plan.speaker.as_ref().and_then(|speaker| speaker.words(self.row)),
            concern: self.text(concern),
            quoted: plan.quoted,
            date: plan.date.as_ref().and_then(|take| self.when(take)),
            sources: self.cited(&plan.cites),
            note: None,
            answers,
        };
        self.document.viewpoints.push(entry);
    }

    /// An answer of the row, as far as it has one.
    fn answer(&mut self, plan: &'a AnswerPlan, viewpoint: &str, id: String) -> Option<Answer> {
        let text = plan.text.words(self.row)?;
        self.came_from(&format!("viewpoints.{viewpoint}.answers.{id}"), plan.text.columns());
        let kinds = plan.kinds.as_ref().map(|take| self.codes(take, In::Answer, "kinds")).unwrap_or_default();
        let answered_by = self.required(&plan.answered_by, In::Answer, "answered_by")?;
        let contested = self.named(&plan.contested_by);
        Some(Answer {
            id,
            answered_by,
            speaker: plan.speaker.as_ref().and_then(|speaker| speaker.words(self.row)),
            text: self.text(text),
            quoted: plan.quoted,
            date: plan.date.as_ref().and_then(|take| self.when(take)),
            kinds,
            sources: self.cited(&plan.cites),
            contested_after: (!contested.is_empty()).then_some(Contested { date: None, sources: contested }),
        })
    }

    /// An answer does not come in without the concern that it answers, and is not dropped either.
    fn unasked(&mut self, plan: &'a ViewpointPlan) {
        for answer in &plan.answers {
            let columns: Vec<usize> = answer.text.columns().into_iter().collect();
            if columns.iter().any(|column| !self.row.cell(*column).is_empty()) {
                let reason = "is an answer, and the row names no concern that it answers; write the concern, or leave both empty";
                self.problem(&columns, reason);
            }
        }
    }
}
