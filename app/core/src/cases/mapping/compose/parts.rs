//! The parts of a row's document: organisations, coded fields, events.

use std::collections::BTreeMap;

use super::{Composer, TABLE};
use crate::{
    cases::{
        document::{Agreement, CountryCode, Event, Involvement, Rank, Statement, Status, Text, Value},
        mapping::{
            plan::{About, FieldPlan, InvolvedPlan, Take},
            report::shown,
        },
    },
    codebook::{Code, FieldKind, In},
    ids::OrganisationId,
};

impl<'a> Composer<'a> {
    /// The organisation that a cell names.
    pub(super) fn organisation(
        &mut self,
        take: &'a Take,
        part: &str,
        seat: Option<CountryCode>,
    ) -> Option<OrganisationId> {
        if let Some(id) = take.names.get(part) {
            if !self.directory.knows(id) {
                let reason = format!("{} is {id} under names, and no such organisation is on record", shown(part));
                self.problem(&take.columns(), &reason);
            }
            return Some(id.clone());
        }
        let kind = take.kind.as_ref()?;
        match self.directory.named(part, kind, seat, self.frame.random) {
            Ok(id) => {
                if !self.directory.knows(&id) {
                    self.new_names.push(part.to_owned());
                }
                Some(id)
            }
            Err(reason) => {
                self.problem(&take.columns(), &format!("{}: {reason}", shown(part)));
                None
            }
        }
    }

    pub(super) fn organisations(&mut self) {
        let plan = self.frame.plan;
        for involved in &plan.organisations {
            for part in involved.from.parts(self.row) {
                self.involvement(involved, part);
            }
        }
    }

    fn involvement(&mut self, plan: &'a InvolvedPlan, part: &str) {
        let seat = plan.seat.as_ref().and_then(|take| Some((take, take.part(self.row)?)));
        let seat = seat.and_then(|(take, part)| self.country(take, part));
        let organisation = self.organisation(&plan.from, part, seat);
        let role = self.required(&plan.role, In::Involvement, "role");
        let (Some(organisation), Some(role)) = (organisation, role) else { return };
        let is_there = |known: &Involvement| known.organisation.as_ref() == Some(&organisation) && known.role == role;
        if self.document.involvements.iter().any(is_there) {
            return;
        }
        let id = format!("i{}", self.document.involvements.len() + 1);
        self.came_from(&id, plan.from.columns().into_iter().chain(plan.role.columns()));
        let involvement = Involvement {
            id,
            organisation: Some(organisation),
            body_type: None,
            role,
            status: plan.about.status,
            confidence: plan.about.confidence,
            rank: Rank::Normal,
            sources: self.cited(&plan.about.cites),
            note: self.note(&plan.about),
            since_revision: 1,
        };
        self.document.involvements.push(involvement);
    }

    fn note(&self, about: &About) -> Option<Text> {
        about.note.as_ref().and_then(|note| note.words(self.row)).map(|words| self.text(words))
    }

    /// The ids of the further sources that are named for something, as far as the row has them; the table where it has none.
    pub(super) fn cited(&self, cites: &[usize]) -> Vec<String> {
        let named = self.named(cites);
        if named.is_empty() { vec![TABLE.to_owned()] } else { named }
    }

    /// The ids of these further sources, as far as the row has them.
    pub(super) fn named(&self, further: &[usize]) -> Vec<String> {
        further.iter().filter_map(|position| self.sources.get(position).cloned()).collect()
    }

    /// The id of an agreement in this row, which gets one when something is first said of it.
    fn agreement(&mut self, position: usize) -> Option<String> {
        if let Some(id) = self.agreements.get(&position) {
            return Some(id.clone());
        }
        let label = self.frame.plan.agreements.get(position)?;
        let id = format!("a{}", self.document.agreements.len() + 1);
        self.came_from(&id, label.columns());
        let label = label.words(self.row).unwrap_or_default();
        self.document.agreements.push(Agreement { id: id.clone(), label });
        self.agreements.insert(position, id.clone());
        Some(id)
    }

    pub(super) fn fields(&mut self) {
        let plan = self.frame.plan;
        for field in &plan.fields {
            for part in field.from.parts(self.row) {
                match field.absent.get(part) {
                    Some(status) => self.statement(field, *status, None),
                    None => {
                        let value = self.field_value(field, part);
                        if value.is_some() {
                            self.statement(field, field.about.status, value);
                        }
                    }
                }
            }
            let is_empty = field.from.part(self.row).is_none();
            if let Some(status) = field.absent.get("").filter(|_| is_empty) {
                self.statement(field, *status, None);
            }
        }
    }

    fn statement(&mut self, plan: &'a FieldPlan, status: Status, value: Option<Value>) {
        let id = format!("t{}", self.document.statements.len() + 1);
        let part = plan.agreement.and_then(|position| self.agreement(position));
        self.came_from(&id, plan.from.columns());
        let is_first = !self.document.statements.iter().any(|said| said.field == plan.field && said.part == part);
        let rank = if is_first && plan.kind != FieldKind::Choices { Rank::Preferred } else { Rank::Normal };
        let statement = Statement {
            id,
            field: plan.field.clone(),
            part,
            qualifiers: if value.is_some() { self.qualifiers(plan) } else { BTreeMap::new() },
            value,
            status,
            confidence: plan.about.confidence,
            rank,
            sources: self.cited(&plan.about.cites),
            note: self.note(&plan.about),
            as_of: plan.as_of.as_ref().and_then(|take| self.when(take)),
            since_revision: 1,
        };
        self.document.statements.push(statement);
    }

    fn qualifiers(&mut self, plan: &'a FieldPlan) -> BTreeMap<Code, Value> {
        let mut qualifiers = BTreeMap::new();
        for (code, take) in &plan.qualifiers {
            let field = self.frame.vocabulary.codebook.qualifier(code.as_str());
            let part = take.part(self.row);
            let value = field.zip(part).and_then(|(field, part)| self.value(take, field, part));
            qualifiers.extend(value.map(|value| (code.clone(), value)));
        }
        qualifiers
    }

    pub(super) fn events(&mut self) {
        let plan = self.frame.plan;
        for event in &plan.events {
            let Some(code) = self.code(&event.event, In::Timeline, "event") else { continue };
            let Some(date) = self.when(&event.date) else {
                if event.date.part(self.row).is_none() && !event.event.columns().is_empty() {
                    self.problem(&event.date.columns(), "is empty, and the row names an event, which has a date");
                }
                continue;
            };
            let id = format!("e{}", self.document.timeline.len() + 1);
            self.came_from(&id, event.date.columns().into_iter().chain(event.event.columns()));
            let entry = Event {
                id,
                event: code,
                date,
                part: event.agreement.and_then(|position| self.agreement(position)),
                text: event.text.as_ref().and_then(|text| text.words(self.row)).map(|words| self.text(words)),
                sources: self.cited(&event.cites),
            };
            self.document.timeline.push(entry);
        }
    }
}
