//! What filters, counts and orders need of all public cases, held in memory and kept in step with the database.
//!
//! Every search compares the number of the last change of what is public with the one it knows, inside its own read, and takes in the
//! cases that changed since: so several processes agree, and what is hidden is gone from the next search on.
//!
//! Here retired codes are filed under the one that took their place (decision 0037): the rows of the database keep what the documents say, so
//! that another vocabulary needs no more than a start of the program.

use std::{
    cmp::Ordering,
    collections::BTreeMap,
    sync::{
        Arc, PoisonError, RwLock, RwLockReadGuard,
        atomic::{AtomicBool, Ordering::Relaxed},
    },
};

use roaring::RoaringBitmap;

use super::{
    facets::{Facets, Row},
    meant::Names,
    store,
};
use crate::{Error, Result, codebook::Codebook, db::Reading, ids::CaseId, limits};

/// The catalogue of public cases of one process.
pub struct Catalogue {
    codebook: Arc<Codebook>,
    /// The names of its codes, by which words are led to filters.
    names: Names,
    known: RwLock<Known>,
    /// Whether all cases were read once.
    is_read: AtomicBool,
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

/// Which of two cases comes first.
type Before = fn(&Listed, &Listed) -> Ordering;

fn recent(a: &Listed, b: &Listed) -> Ordering {
    b.revised.cmp(&a.revised).then_with(|| a.id.cmp(&b.id))
}

fn title(a: &Listed, b: &Listed) -> Ordering {
    a.title.cmp(&b.title).then_with(|| a.id.cmp(&b.id))
}

fn population(a: &Listed, b: &Listed) -> Ordering {
    b.population.cmp(&a.population).then_with(|| title(a, b))
}

impl Orders {
    /// Puts the cases that changed where they belong now, and takes out those that are there no more. The others keep their places: most
    /// changes are of one case among many.
    fn take_in(&mut self, cases: &BTreeMap<u32, Listed>, changed: &RoaringBitmap) {
        if changed.is_empty() {
            return;
        }
        let orders: [(&mut Vec<u32>, Before); 3] =
            [(&mut self.recent, recent), (&mut self.title, title), (&mut self.population, population)];
        for (order, before) in orders {
            let came: Vec<(u32, &Listed)> =
                changed.iter().filter_map(|ordinal| Some((ordinal, cases.get(&ordinal)?))).collect();
            order.retain(|ordinal| !changed.contains(*ordinal));
            *order = merged(order, cases, came, before);
        }
    }
}

/// An order with the cases that came put in between, each found by halves.
fn merged(order: &[u32], cases: &BTreeMap<u32, Listed>, mut came: Vec<(u32, &Listed)>, before: Before) -> Vec<u32> {
    came.sort_unstable_by(|(_, a), (_, b)| before(a, b));
    let mut merged = Vec::with_capacity(order.len() + came.len());
    let mut rest = order;
    for (ordinal, case) in came {
        let comes_first = |other: &u32| cases.get(other).is_some_and(|other| before(other, case) == Ordering::Less);
        let (ahead, behind) = rest.split_at(rest.partition_point(comes_first));
        merged.extend_from_slice(ahead);
        merged.push(ordinal);
        rest = behind;
    }
    merged.extend_from_slice(rest);
    merged
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
        Self { names: Names::of(&codebook), codebook, known: RwLock::default(), is_read: AtomicBool::new(false) }
    }

    pub(super) fn names(&self) -> &Names {
        &self.names
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
            known.generation = generation;
            self.is_read.store(true, Relaxed);
        }
        drop(known);
        Ok(self.known.read().unwrap_or_else(PoisonError::into_inner))
    }

    /// Whether all cases were read once. Before, whoever asks for the catalogue waits, where cases are many for a while, and keeps others from
    /// the database.
    #[must_use]
    pub fn is_read(&self) -> bool {
        self.is_read.load(Relaxed)
    }
}

impl Known {
    /// Takes in what changed since. If it fails half-way, the next call takes the same changes in again.
    fn catch_up(&mut self, r: &mut Reading, codebook: &Codebook) -> Result<()> {
        let (mut after, most) = (-1, i64::try_from(limits::BATCH).unwrap_or(i64::MAX));
        let mut all = RoaringBitmap::new();
        loop {
            let changed = store::changed_since(r, self.generation, after, most)?;
            let Some(last) = changed.last() else { break };
            after = last.ordinal;
            all |= self.take_in(r, &changed, codebook)?;
        }
        self.orders.take_in(&self.cases, &all);
        Ok(())
    }

    /// Takes in some of what changed; gives their ordinals.
    fn take_in(&mut self, r: &mut Reading, changed: &[store::Changed], codebook: &Codebook) -> Result<RoaringBitmap> {
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
            if let Some(number) = case.population.and_then(|number| u64::try_from(number).ok()) {
                self.facets.inhabit(ordinal, number);
            }
            let (id, title, revised) = (case.id.clone(), case.title_folded.clone(), case.revised.clone());
            self.cases.insert(ordinal, Listed { id, title, revised, population: case.population });
        }
        for (id, field, code, status, confidence, reliability) in values {
            let Some(&ordinal) = public.get(&id) else { continue };
            let status = status.map(|status| status.parse()).transpose().map_err(Error::unexpected)?;
            let confidence = confidence.map(|confidence| confidence.parse()).transpose().map_err(Error::unexpected)?;
            let reliability = reliability.map(|known| known.parse()).transpose().map_err(Error::unexpected)?;
            let (field, code) = codebook.filed(&field, code.as_deref());
            let (field, code) = (field.to_owned(), code.map(str::to_owned));
            self.facets.add(Row { ordinal, field, code, status, confidence, reliability });
        }
        Ok(ordinals)
    }
}

fn ordinal(case: &store::Changed) -> Result<u32> {
    u32::try_from(case.ordinal).map_err(Error::unexpected)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::testing::TestDatabase;

    #[test]
    fn whether_all_cases_were_read_is_told_without_waiting_for_who_reads_them() {
        let (db, catalogue) = (TestDatabase::open(), Catalogue::default());
        let reading = catalogue.known.write().unwrap();
        assert!(!catalogue.is_read());
        drop(reading);
        db.read(|r| catalogue.fresh(r).map(drop)).unwrap();
        let changing = catalogue.known.write().unwrap();
        assert!(catalogue.is_read(), "what changed since is soon taken in");
        drop(changing);
    }

    fn listed(number: u32, revised: &str, title: &str) -> Listed {
        let id = format!("{number:08}").parse().unwrap();
        let population = (!number.is_multiple_of(3)).then_some(i64::from(number % 5));
        Listed { id, title: title.to_owned(), revised: revised.to_owned(), population }
    }

    /// The orders as sorting everything gives them.
    fn sorted(cases: &BTreeMap<u32, Listed>) -> [Vec<u32>; 3] {
        let sorted = |before: Before| {
            let mut all: Vec<(&u32, &Listed)> = cases.iter().collect();
            all.sort_by(|(_, a), (_, b)| before(a, b));
            all.into_iter().map(|(ordinal, _)| *ordinal).collect()
        };
        [sorted(recent), sorted(title), sorted(population)]
    }

    #[test]
    fn what_changed_is_put_where_sorting_would_put_it() {
        let (mut cases, mut orders) = (BTreeMap::new(), Orders::default());
        let mut change = |cases: &mut BTreeMap<u32, Listed>, gone: &[u32], came: &[(u32, &str, &str)]| {
            gone.iter().for_each(|ordinal| drop(cases.remove(ordinal)));
            for &(ordinal, revised, title) in came {
                cases.insert(ordinal, listed(ordinal, revised, title));
            }
            let changed = gone.iter().copied().chain(came.iter().map(|(ordinal, ..)| *ordinal)).collect();
            orders.take_in(cases, &changed);
            let found = [&orders.recent, &orders.title, &orders.population].map(Clone::clone);
            assert_eq!(found, sorted(cases), "{gone:?} {came:?}");
        };
        let first: Vec<(u32, &str, &str)> = (0..40)
            .map(|n| (n * 7 % 40, ["2026-Q1", "2026-Q3"][(n % 2) as usize], ["b", "d", "f"][(n % 3) as usize]))
            .collect();
        change(&mut cases, &[], &first);
        change(&mut cases, &[], &[(40, "2026-Q2", "c")]);
        change(&mut cases, &[3, 39, 0], &[]);
        change(
            &mut cases,
            &[5],
            &[(41, "2027-Q1", "a"), (42, "2025-Q1", "z"), (7, "2026-Q3", "d"), (8, "2026-Q1", "a")],
        );
        change(&mut cases, &[99], &[]);
        change(&mut cases, &(0..43).collect::<Vec<u32>>(), &[]);
        assert_eq!(cases.len(), 0);
    }
}
