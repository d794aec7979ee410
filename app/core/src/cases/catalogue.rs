//! What filters, counts and orders need of all public cases, held in memory and kept in step with the database.
//!
//! Every search compares the number of the last change of what is public with the one it knows, inside its own read, and takes in the
//! cases that changed since: so several processes agree, and what is hidden is gone from the next search on.
//!
//! Here retired codes are filed under the one that took their place (decision 0037): the rows of the database keep what the documents say, so
//! that another vocabulary needs no more than a start of the program.

use std::{
    collections::BTreeMap,
    sync::{Arc, PoisonError, RwLock, RwLockReadGuard},
};

use roaring::RoaringBitmap;

use super::{
    facets::{Facets, Row},
    store,
};
use crate::{Error, Result, codebook::Codebook, db::Reading, ids::CaseId, limits};

/// The catalogue of public cases of one process.
pub struct Catalogue {
    codebook: Arc<Codebook>,
    known: RwLock<Known>,
}

/// By the vocabulary that the program brings along.
impl Default for Catalogue {
    fn default() -> Self {
        Self::by(Codebook::embedded())
    }
}

/// The catalogue as it is now.
pub struct Known {
    /// The change of what is public up to which it is known.
    generation: i64,
    /// The sets by which cases are filtered and counted.
    pub facets: Facets,
    /// What lists are ordered by.
    pub cases: BTreeMap<u32, Listed>,
    /// All cases in each order: a list of some of them is picked from it, not sorted anew.
    pub orders: Orders,
}

/// All public cases, ordered. Ties are settled by the random ids: the ordinals would tell in which order cases of one quarter became
/// public.
#[derive(Debug, Default)]
pub struct Orders {
    /// What was published or revised last comes first.
    pub recent: Vec<u32>,
    /// By title.
    pub title: Vec<u32>,
    /// The largest population comes first, cases without one last.
    pub population: Vec<u32>,
}

impl Orders {
    fn of(cases: &BTreeMap<u32, Listed>) -> Self {
        let ordered = |before: &dyn Fn(&Listed, &Listed) -> std::cmp::Ordering| {
            let mut all: Vec<(&u32, &Listed)> = cases.iter().collect();
            all.sort_unstable_by(|(_, a), (_, b)| before(a, b).then_with(|| a.id.cmp(&b.id)));
            all.into_iter().map(|(ordinal, _)| *ordinal).collect()
        };
        Self {
            recent: ordered(&|a, b| b.revised.cmp(&a.revised)),
            title: ordered(&|a, b| a.title.cmp(&b.title)),
            population: ordered(&|a, b| b.population.cmp(&a.population).then_with(|| a.title.cmp(&b.title))),
        }
    }
}

impl Default for Known {
    fn default() -> Self {
        Self { generation: -1, facets: Facets::default(), cases: BTreeMap::new(), orders: Orders::default() }
    }
}

/// What a list is ordered by.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Listed {
    /// The id.
    pub id: CaseId,
    /// The title, folded.
    pub title: String,
    /// The quarter of the current revision, as text that sorts by time.
    pub revised: String,
    /// Inhabitants.
    pub population: Option<i64>,
}

impl Catalogue {
    /// A catalogue that files cases by this vocabulary.
    #[must_use]
    pub fn by(codebook: Arc<Codebook>) -> Self {
        Self { codebook, known: RwLock::default() }
    }

    /// The catalogue, up to what this read sees.
    ///
    /// # Errors
    /// Those of the database.
    pub fn fresh(&self, r: &mut Reading) -> Result<RwLockReadGuard<'_, Known>> {
        let generation = r.visibility_generation()?;
        let known = self.known.read().unwrap_or_else(PoisonError::into_inner);
        // A read that began before the last refresh sees an older state; what was hidden since stays hidden.
        if known.generation >= generation {
            return Ok(known);
        }
        drop(known);
        let mut known = self.known.write().unwrap_or_else(PoisonError::into_inner);
        if known.generation < generation {
            known.catch_up(r, &self.codebook)?;
            known.orders = Orders::of(&known.cases);
            known.generation = generation;
        }
        drop(known);
        Ok(self.known.read().unwrap_or_else(PoisonError::into_inner))
    }
}

impl Known {
    /// Takes in what changed since. If it fails half-way, the next call takes the same changes in again.
    fn catch_up(&mut self, r: &mut Reading, codebook: &Codebook) -> Result<()> {
        let (mut after, most) = (-1, i64::try_from(limits::BATCH).unwrap_or(i64::MAX));
        loop {
            let changed = store::changed_since(r, self.generation, after, most)?;
            let Some(last) = changed.last() else { return Ok(()) };
            after = last.ordinal;
            self.take_in(r, &changed, codebook)?;
        }
    }

    fn take_in(&mut self, r: &mut Reading, changed: &[store::Changed], codebook: &Codebook) -> Result<()> {
        let ordinals = changed.iter().map(ordinal).collect::<Result<RoaringBitmap>>()?;
        let public: BTreeMap<&CaseId, u32> = changed
            .iter()
            .filter(|case| case.visibility == "public")
            .map(|case| Ok((&case.id, ordinal(case)?)))
            .collect::<Result<_>>()?;
        let values = store::values_of(r, &public.keys().copied().collect::<Vec<_>>())?;
        self.facets.forget(&ordinals);
        for ordinal in &ordinals {
            self.cases.remove(&ordinal);
        }
        for case in changed {
            let Some(&ordinal) = public.get(&case.id) else { continue };
            self.facets.publish(ordinal, case.year_from.zip(case.year_to));
            let (id, title, revised) = (case.id.clone(), case.title_folded.clone(), case.revised.clone());
            self.cases.insert(ordinal, Listed { id, title, revised, population: case.population });
        }
        for (id, field, code, status, confidence) in values {
            let Some(&ordinal) = public.get(&id) else { continue };
            let status = status.map(|status| status.parse()).transpose().map_err(Error::unexpected)?;
            let confidence = confidence.map(|confidence| confidence.parse()).transpose().map_err(Error::unexpected)?;
            let (field, code) = codebook.filed(&field, code.as_deref());
            let (field, code) = (field.to_owned(), code.map(str::to_owned));
            self.facets.add(Row { ordinal, field, code, status, confidence });
        }
        Ok(())
    }
}

fn ordinal(case: &store::Changed) -> Result<u32> {
    u32::try_from(case.ordinal).map_err(Error::unexpected)
}
