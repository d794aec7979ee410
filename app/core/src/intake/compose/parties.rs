//! Organisations as they are typed: found on record by their names, or new under an id drawn here.

use std::collections::{BTreeMap, BTreeSet, HashMap};

use crate::{
    cases::generalise::Party,
    codebook::{Code, Codebook, FieldKind},
    ids::OrganisationId,
    intake::answers::Answers,
    organisations::Organisation,
    places::CountryCode,
    random::Random,
    text::fold_name,
};

/// The organisations on record among which typed names are looked for.
#[derive(Debug, Default)]
pub struct OnRecord {
    records: Vec<Organisation>,
    by_name: HashMap<String, usize>,
}

impl OnRecord {
    /// Takes the records; where two bear a name the first one has it.
    #[must_use]
    pub fn new(records: Vec<Organisation>) -> Self {
        let mut by_name = HashMap::new();
        for (position, record) in records.iter().enumerate() {
            let names = record.names.iter().map(|name| fold_name(&name.name));
            for name in names.chain([record.id.as_str().to_owned()]) {
                by_name.entry(name).or_insert(position);
            }
        }
        Self { records, by_name }
    }

    /// The record that bears a name, or has it as its id.
    #[must_use]
    pub fn find(&self, typed: &str) -> Option<&Organisation> {
        let typed = typed.trim();
        let position = self.by_name.get(typed).or_else(|| self.by_name.get(&fold_name(typed)))?;
        self.records.get(*position)
    }
}

/// On which side somebody said that an organisation stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Declared {
    Public,
    Other,
}

/// The organisations that one case names.
pub(super) struct Parties<'a> {
    on_record: &'a OnRecord,
    random: &'a dyn Random,
    new: Vec<Organisation>,
    /// Those on record that were typed.
    spoken_of: BTreeSet<OrganisationId>,
    declared: BTreeMap<OrganisationId, Declared>,
}

impl<'a> Parties<'a> {
    pub(super) fn new(on_record: &'a OnRecord, random: &'a dyn Random) -> Self {
        Self { on_record, random, new: Vec::new(), spoken_of: BTreeSet::new(), declared: BTreeMap::new() }
    }

    /// The id of the organisation that bears a typed name; a new one is noted once, however often it is named.
    pub(super) fn resolve(&mut self, name: &str) -> OrganisationId {
        if let Some(record) = self.on_record.find(name) {
            self.spoken_of.insert(record.id.clone());
            return record.id.clone();
        }
        let folded = fold_name(name);
        if let Some(known) = self.new.iter().find(|known| fold_name(known.name()) == folded) {
            return known.id.clone();
        }
        let id = OrganisationId::draw(self.random);
        self.new.push(Organisation::named(id.clone(), name, Code::known("company")));
        id
    }

    /// What else was said of an organisation that is not on record.
    pub(super) fn new_record(&mut self, id: &OrganisationId) -> Option<&mut Organisation> {
        self.new.iter_mut().find(|known| known.id == *id)
    }

    /// The records, and the new ones.
    pub(super) fn records(&self) -> Vec<&Organisation> {
        self.on_record.records.iter().chain(&self.new).collect()
    }

    /// Notes on which side an organisation stands; the public side wins where both were said.
    pub(super) fn declare(&mut self, id: &OrganisationId, side: Declared) {
        let known = self.declared.entry(id.clone()).or_insert(side);
        if side == Declared::Public {
            *known = side;
        }
    }

    /// On which side each of them stands that was typed. What nobody said follows from the record where it is of the public side, or a company
    /// from abroad; of a new one only from a public kind. Anything else has to be asked: a company of the city may be on record as any company.
    pub(super) fn sides(
        &self,
        body_type: &Code,
        company_type: &Code,
        is_home: &dyn Fn(&CountryCode) -> bool,
    ) -> BTreeMap<OrganisationId, Party> {
        let record_of = |id: &OrganisationId| self.on_record.records.iter().find(|record| record.id == *id);
        let spoken_of = self.on_record.records.iter().filter(|record| self.spoken_of.contains(&record.id));
        let recorded = spoken_of.map(|record| (record, true));
        let new = self.new.iter().map(|record| (record, false));
        recorded
            .chain(new)
            .map(|(record, on_record)| {
                let public = || {
                    let company = record.kind != "public_body" && record.kind != "person_group";
                    Party::Public(if company { company_type } else { body_type }.clone())
                };
                let party = match self.declared.get(&record.id) {
                    Some(Declared::Public) => public(),
                    Some(Declared::Other) => Party::Other,
                    None if on_record && record.is_company_from_abroad(record_of, is_home) => Party::Other,
                    None if record.is_public_side() => public(),
                    None => Party::Undeclared,
                };
                (record.id.clone(), party)
            })
            .collect()
    }

    /// Those that were not on record. Which of them were said to be of the public side is written into their records.
    pub(super) fn into_new(self) -> Vec<Organisation> {
        let Self { mut new, declared, .. } = self;
        let public = new.iter_mut().filter(|record| declared.get(&record.id) == Some(&Declared::Public));
        public.for_each(Organisation::note_public_side);
        new
    }
}

/// The names of organisations that were typed anywhere, so that their records can be fetched at once.
#[must_use]
pub fn typed_organisations<'a>(answers: &'a Answers, book: &Codebook) -> Vec<&'a str> {
    let is_organisation =
        |word: &str| book.fields().iter().any(|f| f.code == word && f.kind == FieldKind::Organisation);
    let typed = answers.pairs().filter(|(name, _)| {
        let name = name.strip_suffix(".second").unwrap_or(name);
        is_organisation(name.rsplit('.').next().unwrap_or(name))
    });
    typed.map(|(_, value)| value.trim()).filter(|value| !value.is_empty()).collect()
}
