//! What leads to a person in the words that a row would make public. The moderated way asks about it, and a release is refused for it: here
//! the row is, since nobody reads a table before it is public.

use percent_encoding::percent_decode_str;

use super::Composer;
use crate::{
    seal::contains_passphrase,
    text::{MarkKind, Names, marks, marks::Leads},
};

impl Composer<'_> {
    /// Refuses what leads to a person, and notes what may.
    pub(super) fn personal(&mut self) {
        let mut texts = std::mem::take(&mut self.new_names);
        self.document.each_text(&mut |text, _| texts.push(text.clone()));
        for text in &texts {
            self.words(text);
        }
        let addresses: Vec<String> = self.document.sources.iter().filter_map(|source| source.url.clone()).collect();
        for address in &addresses {
            self.address_of_source(address);
        }
    }

    fn words(&mut self, text: &str) {
        if contains_passphrase(text) {
            let columns = self.columns_where(contains_passphrase);
            self.leads(&columns, "holds twelve words that may be a passphrase; take them out");
        }
        for mark in marks(text, &Names::none()) {
            let words = mark.words(text);
            match mark.leads_in_words(text) {
                Leads::Surely => self.refuse(words, what(mark.kind)),
                Leads::Perhaps => self.hint(mark.kind, words),
                Leads::No => {}
            }
        }
    }

    /// Sources on social media have addresses that name users; those are noted only.
    fn address_of_source(&mut self, address: &str) {
        let plain = percent_decode_str(address).decode_utf8_lossy();
        for mark in marks(&plain, &Names::none()) {
            let words = mark.words(&plain);
            match mark.leads_in_address(&plain) {
                Leads::Surely if mark.kind == MarkKind::UserUrl => {
                    self.refuse(words, "is a web address with a user in it");
                }
                Leads::Surely => self.refuse(words, what(mark.kind)),
                Leads::Perhaps => self.hint(mark.kind, words),
                Leads::No => {}
            }
        }
    }

    fn refuse(&mut self, words: &str, what: &str) {
        let reason = format!("{words:?} {what}, and all of it would be public; take it out");
        let whole = self.columns_where(|cell| cell.contains(words));
        let parts = if whole.is_empty() { self.columns_of_parts(words) } else { Vec::new() };
        if parts.is_empty() {
            self.leads(&whole, &reason);
        } else {
            self.problem(&parts, &format!("{reason} of the cells that the mapping puts it together from"));
        }
    }

    /// Words that stand in no cell are the mapping's own.
    fn leads(&mut self, columns: &[usize], reason: &str) {
        let whence = if columns.is_empty() { "of the mapping, which writes it" } else { "of the cell" };
        self.problem(columns, &format!("{reason} {whence}"));
    }

    /// The columns whose cells are a part of these words, or else those that share a word with them: no cell holds all of them.
    fn columns_of_parts(&self, words: &str) -> Vec<usize> {
        let within = self.columns_where(|cell| stands_in(words, cell.trim()));
        if !within.is_empty() {
            return within;
        }
        self.columns_where(|cell| cell.split_whitespace().any(|word| word.len() > SHORT && stands_in(words, word)))
    }

    fn hint(&mut self, kind: MarkKind, words: &str) {
        let whole = self.columns_where(|cell| cell.contains(words)).into_iter().take(1).collect::<Vec<_>>();
        let columns = if whole.is_empty() { self.columns_of_parts(words) } else { whole };
        let names = columns.iter().filter_map(|column| self.frame.header.get(*column)).cloned().collect::<Vec<_>>();
        if !names.is_empty() {
            self.problems.noted.entry((names.join(", "), kind)).or_insert_with(|| words.to_owned());
        }
    }

    /// The columns that are used and of whose cells this is true.
    fn columns_where(&self, is_true: impl Fn(&str) -> bool) -> Vec<usize> {
        self.frame.plan.used.iter().copied().filter(|column| is_true(self.row.cell(*column))).collect()
    }
}

/// A word of so many bytes stands in many cells, and tells nothing.
const SHORT: usize = 2;

/// Whether a part stands in words, and not in the middle of one of them.
fn stands_in(words: &str, part: &str) -> bool {
    let is_open = |next: Option<char>| next.is_none_or(|next| !next.is_alphanumeric());
    !part.is_empty()
        && words.match_indices(part).any(|(at, _)| {
            let (before, rest) = words.split_at(at);
            let after = rest.strip_prefix(part).unwrap_or_default();
            is_open(before.chars().next_back()) && is_open(after.chars().next())
        })
}

/// What is said of a mark that surely leads to a person.
fn what(kind: MarkKind) -> &'static str {
    match kind {
        MarkKind::Email => "looks like an e-mail address",
        MarkKind::Iban => "looks like the number of a bank account",
        MarkKind::UserUrl => "is a web address that names a user (it may stand as the address of a source)",
        MarkKind::Phone => "looks like a telephone number",
        _ => "leads to a person",
    }
}
