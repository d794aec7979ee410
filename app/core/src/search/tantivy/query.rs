//! From words to a query of the embedded index.
//!
//! Two searches are made: first for the words as they are, then with one or two typing mistakes forgiven; what the first one finds comes first.
//! Mistaken words are taken from the dictionary, so that they are weighed like others. The first letter is hardly ever mistyped: a mistake
//! there counts double.

use std::{cell::Cell, collections::BTreeSet};

use ::tantivy::{
    DocId, Score, Searcher, SegmentOrdinal, SegmentReader, Term,
    collector::{Collector, SegmentCollector},
    columnar::Column,
    query::{AllQuery, BooleanQuery, BoostQuery, FuzzyTermQuery, PhraseQuery, Query, TermQuery},
    schema::{Field, IndexRecordOption},
};
use roaring::RoaringBitmap;

use super::schema::{Fields, ORDINAL, TIE};
use crate::search::{
    Clause, ClauseKind, Matches, WordField, WordQuery,
    words::{self, Kind, Piece},
};

/// How much less a word counts that is only close to the one asked for.
const CLOSE: f32 = 0.3;
/// How much less a word counts of which only the beginning was asked for.
const BEGUN: f32 = 0.5;

type Built = ::tantivy::Result<Box<dyn Query>>;

/// The numbers of the cases that fit, best first.
///
/// What is left out is looked for by itself: Tantivy 0.27 excludes a phrase by a call that its own assertions refuse.
pub(super) fn run(searcher: &Searcher, fields: &Fields, words: &WordQuery) -> ::tantivy::Result<Matches> {
    let builder = Builder { searcher, fields, found_close: Cell::new(false) };
    let mut found = wanted(&builder, words)?;
    if !words.none.is_empty() {
        let unwanted = searcher.search(&builder.unwanted(words)?, &InOrder)?.set;
        found.ordinals.retain(|&ordinal| !unwanted.contains(ordinal));
        found.set -= &unwanted;
        found.similar -= &unwanted;
    }
    Ok(found)
}

/// As [`run`], with what is to be left out.
fn wanted(builder: &Builder<'_>, words: &WordQuery) -> ::tantivy::Result<Matches> {
    let searcher = builder.searcher;
    let mut found = searcher.search(&builder.wanted(words, false)?, &InOrder)?;
    if found.set.len() == searcher.num_docs() {
        // Forgiving finds nothing more.
        return Ok(found);
    }
    let forgiving = builder.wanted(words, true)?;
    if !builder.found_close.get() {
        return Ok(found);
    }
    let close = searcher.search(&forgiving, &InOrder)?;
    found.ordinals.extend(close.ordinals.into_iter().filter(|&ordinal| !found.set.contains(ordinal)));
    found.similar = &close.set - &found.set;
    found.set |= close.set;
    Ok(found)
}

/// The numbers of all cases.
pub(super) fn held(searcher: &Searcher) -> ::tantivy::Result<RoaringBitmap> {
    Ok(searcher.search(&AllQuery, &InOrder)?.set)
}

struct Builder<'a> {
    searcher: &'a Searcher,
    fields: &'a Fields,
    /// Whether the dictionary has words close to one that was asked for; if not, forgiving finds nothing more.
    found_close: Cell<bool>,
}

impl Builder<'_> {
    fn wanted(&self, words: &WordQuery, forgiving: bool) -> Built {
        if words.all.is_empty() {
            return Ok(Box::new(AllQuery));
        }
        let all = words.all.iter().map(|clause| self.clause(clause, forgiving)).collect::<Result<Vec<_>, _>>()?;
        Ok(Box::new(BooleanQuery::intersection(all)))
    }

    fn unwanted(&self, words: &WordQuery) -> Built {
        Ok(any(words.none.iter().map(|clause| self.clause(clause, false)).collect::<Result<Vec<_>, _>>()?))
    }

    fn clause(&self, clause: &Clause, forgiving: bool) -> Built {
        let pieces = words::asked(&clause.text);
        let mut places: Vec<Box<dyn Query>> = Vec::new();
        for (field, weight) in self.fields.searched(clause.field) {
            let found = match pieces.as_slice() {
                [piece] => self.piece(field, piece, clause, forgiving)?,
                pieces if pieces.iter().any(|piece| piece.kind == Kind::Single) => self.each(field, pieces, clause)?,
                pieces => phrase(field, pieces),
            };
            places.push(Box::new(BoostQuery::new(found, weight)));
        }
        Ok(any(places))
    }

    /// Pieces next to a lone character of a script without spaces: pairs are indexed there, so each piece is asked for by itself.
    fn each(&self, field: Field, pieces: &[Piece], clause: &Clause) -> Built {
        let found =
            pieces.iter().map(|piece| self.piece(field, piece, clause, false)).collect::<Result<Vec<_>, _>>()?;
        Ok(Box::new(BooleanQuery::intersection(found)))
    }

    fn piece(&self, field: Field, piece: &Piece, clause: &Clause, forgiving: bool) -> Built {
        let is_code = clause.field == Some(WordField::Country) && clause.text.chars().count() == 2;
        let begun = clause.kind == ClauseKind::Prefix && !is_code || piece.kind == Kind::Single;
        let mut ways = vec![term(field, &piece.word)];
        if begun {
            let beginning = FuzzyTermQuery::new_prefix(Term::from_field_text(field, &piece.word), 0, true);
            ways.push(Box::new(BoostQuery::new(Box::new(beginning), BEGUN)));
        }
        if forgiving && clause.kind != ClauseKind::Phrase && piece.kind == Kind::Word {
            let mut close = self.close_to(field, &piece.word)?;
            // Two letters that changed places can look like an umlaut: "huwaei" is folded to "huwai".
            let plain = clause.text.to_lowercase();
            if plain != piece.word && plain.bytes().all(|letter| letter.is_ascii_lowercase()) {
                close.append(&mut self.close_to(field, &plain)?);
                close.remove(&piece.word);
            }
            for close in close {
                ways.push(Box::new(BoostQuery::new(term(field, &close), CLOSE)));
            }
        }
        Ok(any(ways))
    }

    /// Words of the dictionary that may be meant by this one: one mistake from four letters on, two from eight.
    fn close_to(&self, field: Field, word: &str) -> ::tantivy::Result<BTreeSet<String>> {
        let mut close = BTreeSet::new();
        let first = word.chars().next();
        match word.chars().count() {
            0..4 => {}
            4..8 => self.within(1, field, word, |other| other.chars().next() == first, &mut close)?,
            _ => {
                self.within(1, field, word, |_| true, &mut close)?;
                self.within(2, field, word, |other| other.chars().next() == first, &mut close)?;
            }
        }
        close.remove(word);
        self.found_close.set(self.found_close.get() || !close.is_empty());
        Ok(close)
    }

    fn within(
        &self,
        mistakes: u8,
        field: Field,
        word: &str,
        fits: impl Fn(&str) -> bool,
        close: &mut BTreeSet<String>,
    ) -> ::tantivy::Result<()> {
        let fuzzy = FuzzyTermQuery::new(Term::from_field_text(field, word), mistakes, true);
        for segment in self.searcher.segment_readers() {
            let index = segment.inverted_index(field)?;
            let mut stream = index.terms().search(fuzzy.automaton()?).into_stream()?;
            while stream.advance() {
                if let Ok(other) = std::str::from_utf8(stream.key())
                    && fits(other)
                {
                    close.insert(other.to_owned());
                }
            }
        }
        Ok(())
    }
}

/// The pieces in this order.
fn phrase(field: Field, pieces: &[Piece]) -> Box<dyn Query> {
    let terms = pieces.iter().map(|piece| Term::from_field_text(field, &piece.word)).collect();
    Box::new(PhraseQuery::new(terms))
}

fn term(field: Field, word: &str) -> Box<dyn Query> {
    Box::new(TermQuery::new(Term::from_field_text(field, word), IndexRecordOption::WithFreqs))
}

fn any(mut ways: Vec<Box<dyn Query>>) -> Box<dyn Query> {
    match ways.pop() {
        Some(only) if ways.is_empty() => only,
        Some(last) => {
            ways.push(last);
            Box::new(BooleanQuery::union(ways))
        }
        None => Box::new(BooleanQuery::new(Vec::new())),
    }
}

/// Collects every fitting case, not only the best ones; ties in the order of the numbers made for that.
struct InOrder;

/// A fitting case as one number, so that many are sorted fast: how well it fits, the best being the least; what settles a tie; its ordinal.
type Fitting = u128;

struct InSegment {
    ordinals: Column<u64>,
    ties: Column<u64>,
    found: Vec<Fitting>,
}

fn fitting(score: Score, tie: u64, ordinal: u32) -> Fitting {
    // The bits of a float in an order that rises with it, negative ones first (IEEE 754-2019, 5.10 totalOrder).
    let bits = score.to_bits();
    let rising = if bits >> 31 == 0 { bits | 1 << 31 } else { !bits };
    u128::from(!rising) << 96 | u128::from(tie) << 32 | u128::from(ordinal)
}

#[expect(clippy::cast_possible_truncation, reason = "the last 32 bits are meant")]
fn ordinal(fitting: Fitting) -> u32 {
    fitting as u32
}

impl Collector for InOrder {
    type Fruit = Matches;
    type Child = InSegment;

    fn for_segment(&self, _: SegmentOrdinal, segment: &SegmentReader) -> ::tantivy::Result<InSegment> {
        let numbers = segment.fast_fields();
        Ok(InSegment { ordinals: numbers.u64(ORDINAL)?, ties: numbers.u64(TIE)?, found: Vec::new() })
    }

    fn requires_scoring(&self) -> bool {
        true
    }

    fn merge_fruits(&self, segments: Vec<Vec<Fitting>>) -> ::tantivy::Result<Matches> {
        let mut found = segments.concat();
        // As they lie in the index ordinals rise for the most part, which makes a set fast.
        let set: RoaringBitmap = found.iter().copied().map(ordinal).collect();
        found.sort_unstable();
        let ordinals = found.into_iter().map(ordinal).collect();
        Ok(Matches { ordinals, set, similar: RoaringBitmap::new(), complete: true })
    }
}

impl SegmentCollector for InSegment {
    type Fruit = Vec<Fitting>;

    fn collect(&mut self, document: DocId, score: Score) {
        if let Some(ordinal) = self.ordinals.first(document).and_then(|ordinal| u32::try_from(ordinal).ok()) {
            self.found.push(fitting(score, self.ties.first(document).unwrap_or_default(), ordinal));
        }
    }

    fn harvest(self) -> Self::Fruit {
        self.found
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_best_comes_first_then_the_lesser_tie_then_the_lesser_ordinal() {
        let ordered = [(2.5, 9, 9), (1.0, 1, 7), (1.0, 2, 3), (1.0, 2, 4), (0.0, 0, 0), (-0.0, 0, 1), (-3.0, 0, 2)];
        let mut sorted = ordered.map(|(score, tie, ordinal)| fitting(score, tie, ordinal));
        sorted.reverse();
        sorted.sort_unstable();
        assert_eq!(sorted.map(ordinal), ordered.map(|(_, _, ordinal)| ordinal));
        assert_eq!(ordinal(fitting(f32::MAX, u64::MAX, u32::MAX)), u32::MAX);
    }
}
