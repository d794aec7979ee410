use std::collections::BTreeSet;

use super::*;
use crate::{
    cases::{
        Showing, Vocabulary,
        document::{Document, Rank},
        index, publish, published, seeds, set_visibility,
    },
    db::Actor,
    places::Gazetteer,
    search::Tantivy,
    testing::TestDatabase,
};

/// An instance with the seven first cases, its catalogue and its text index.
struct Forum {
    db: TestDatabase,
    catalogue: Catalogue,
    index: Tantivy,
}

impl Forum {
    fn open() -> Self {
        let db = TestDatabase::open();
        seeds::plant(&db, vocabulary(), true).unwrap();
        let forum = Self { index: Tantivy::new(db.folder.path().join("index")), catalogue: Catalogue::default(), db };
        forum.reindex();
        forum
    }

    fn reindex(&self) {
        index::rebuild(&self.db, vocabulary(), &self.index, &mut |_| ()).unwrap();
    }

    fn search(&self, address: &str) -> Results {
        let filters = filters(address);
        self.db.read(|r| results(r, &self.catalogue, &self.index, &Codebook::embedded(), &filters)).unwrap()
    }

    fn whole(&self, address: &str) -> Vec<u32> {
        let filters = filters(address);
        self.db.read(|r| whole_set(r, &self.catalogue, &self.index, &filters)).unwrap().ordinals
    }

    /// The cases from this place on, window by window.
    fn windows(&self, address: &str, mut after: Option<Cursor>, most: usize) -> Vec<u32> {
        let filters = filters(address);
        let mut read = Vec::new();
        loop {
            let part =
                self.db.read(|r| window(r, &self.catalogue, &self.index, &filters, after.as_ref(), most)).unwrap();
            read.extend(part.ordinals);
            match part.next {
                Some(next) => after = Some(next),
                None => return read,
            }
        }
    }

    fn titles(&self, address: &str) -> Vec<String> {
        let found = self.search(address).ordinals;
        self.documents(&found).into_iter().map(|document| document.title.text).collect()
    }

    fn documents(&self, ordinals: &[u32]) -> Vec<Document> {
        let current = self.db.read(|r| published::current(r, ordinals)).unwrap();
        current.iter().map(|current| current.read().unwrap().0).collect()
    }

    fn everything(&self) -> Vec<Document> {
        self.documents(&self.whole(""))
    }

    /// Publishes copies of the reference case under titles of their own.
    fn copies(&self, count: usize) {
        let reference = self.everything().into_iter().find(|document| document.reference).unwrap();
        let written = self.db.write(Actor::System, |tx| {
            for number in 0..count {
                let mut copy = reference.clone();
                copy.id = crate::cases::draw_id(tx)?;
                copy.reference = false;
                copy.title.text = format!("Copy {number:03}");
                publish(tx, vocabulary(), &vocabulary().check(copy).unwrap())?;
            }
            Ok(())
        });
        written.unwrap();
        self.reindex();
    }
}

fn vocabulary() -> Vocabulary<'static> {
    use std::sync::LazyLock;
    static BOOK: LazyLock<std::sync::Arc<Codebook>> = LazyLock::new(Codebook::embedded);
    static PLACES: LazyLock<std::sync::Arc<Gazetteer>> = LazyLock::new(Gazetteer::embedded);
    Vocabulary { codebook: &BOOK, gazetteer: &PLACES }
}

fn filters(address: &str) -> Filters {
    let pairs = address.split('&').filter_map(|pair| pair.split_once('='));
    Filters::parse(pairs, &Codebook::embedded()).unwrap().filters
}

// R1: a typo, and an umlaut or none.
#[test]
fn a_case_is_found_with_a_typo_and_however_its_umlauts_are_written() {
    let forum = Forum::open();
    for typed in ["Duisburg", "duisbrug", "DUISBURG Huawei", "vendor:huawei country:de place:duisburg"] {
        assert!(forum.titles(&format!("q={typed}")).iter().any(|title| title.contains("Duisburg")), "{typed}");
    }
    for typed in ["Düsseldorf", "Dusseldorf", "Duesseldorf", "Dusseldrof"] {
        assert_eq!(forum.whole(&format!("q={typed}")), forum.whole("q=Düsseldorf"), "{typed}");
    }
    assert_eq!(forum.search("q=xyzzy").total, 0);
}

// R3: every count equals a hand count on the seed data, and choosing the code shows as many.
#[test]
fn every_count_on_the_seed_data_equals_a_hand_count() {
    let forum = Forum::open();
    let documents = forum.everything();
    let counts = forum.search("").counts;
    let mut seen = 0;
    for facet in &counts.facets {
        for code in &facet.codes {
            let by_hand = documents.iter().filter(|document| has(document, &facet.field, &code.code)).count() as u64;
            if Codebook::embedded().statement_field(&facet.field).is_some() {
                assert_eq!(code.count, by_hand, "{}={}", facet.field, code.code);
                seen += code.count;
            }
            let address = format!("f.{}={}", facet.field, code.code);
            assert_eq!(forum.search(&address).total as u64, code.count, "{address}");
        }
    }
    assert!(seen > 50, "the seed data say too little to count: {seen}");
}

/// Whether a case says this code of this field, read from its document.
fn has(document: &Document, field: &str, code: &str) -> bool {
    let mut current = document.statements.iter().filter(|statement| statement.rank != Rank::Superseded);
    current.any(|statement| {
        statement.field == *field && statement.value.as_ref().and_then(|v| v.as_code()).is_some_and(|c| c == code)
    })
}

// R2: facets of parts, of heads and of qualifiers are counted as well.
#[test]
fn facets_of_parts_heads_and_qualifiers_have_counts() {
    let forum = Forum::open();
    let counts = forum.search("").counts;
    for field in [
        "kind",
        "country",
        "vendor",
        "role",
        "topic",
        "raised_by",
        "event",
        "completeness",
        "deployment_status",
        "stance",
    ] {
        let facet = counts.facets.iter().find(|facet| facet.field == field).unwrap();
        assert!(facet.distinct > 0, "{field}");
    }
    assert!(counts.evidence.iter().any(|(_, count)| *count > 0));
}

#[test]
fn words_and_filters_narrow_each_other_and_the_counts_follow() {
    let forum = Forum::open();
    let found = forum.search("q=huawei&f.country=DE");
    let vendor = found.counts.facets.iter().find(|facet| facet.field == "vendor").unwrap();
    let huawei = vendor.codes.iter().find(|code| code.code == "o_huawei").unwrap();
    assert!(huawei.count >= 1 && huawei.count <= found.total as u64);
    assert_eq!(forum.whole("q=huawei&f.country=DE").len(), found.total);
}

// O6: the search engine stopped.
#[test]
fn without_the_text_index_filters_are_the_same_and_words_are_looked_for_in_titles() {
    let forum = Forum::open();
    let (before, by_words) = (forum.search("f.country=DE"), forum.search("q=Duisburg"));
    std::fs::remove_dir_all(forum.db.folder.path().join("index")).unwrap();
    assert_eq!(forum.search("f.country=DE"), before);
    let now = forum.search("q=Duisburg");
    assert_eq!(now.notices, [Notice::TitlesOnly]);
    assert!(now.total >= 1 && now.total <= by_words.total);
    assert!(forum.search("q=duisburg country:nl").total == 0);
    assert!(forum.search("q=-duisburg").total == forum.search("").total - now.total);
}

#[test]
fn an_index_that_is_far_behind_is_treated_as_away() {
    let forum = Forum::open();
    forum.index.rebuild(&mut std::iter::empty(), &mut |_| ()).unwrap();
    let found = forum.search("q=Duisburg");
    assert_eq!(found.notices, [Notice::TitlesOnly]);
    assert!(found.total >= 1);
}

// O8: what is hidden is gone from sets and counts at the next search, in every process.
#[test]
fn a_hidden_case_is_found_by_nobody_from_the_next_search_on() {
    let forum = Forum::open();
    let elsewhere = Catalogue::default();
    let there = |address: &str| {
        let filters = filters(address);
        forum.db.read(|r| whole_set(r, &elsewhere, &forum.index, &filters)).unwrap().ordinals
    };
    let all = forum.whole("");
    assert_eq!(there(""), all);
    let hidden = forum.documents(&forum.whole("q=Duisburg")).remove(0);
    let showing = Showing::Hidden("private_person".to_owned());
    forum.db.write(Actor::System, |tx| set_visibility(tx, &hidden.id, &showing)).unwrap();
    for left in [forum.whole(""), there("")] {
        assert_eq!(left.len(), all.len() - 1);
    }
    let ids: BTreeSet<_> =
        forum.documents(&forum.whole("q=Duisburg")).into_iter().map(|document| document.id).collect();
    assert!(!ids.contains(&hidden.id), "the index still holds it, the catalogue does not");
    let counted: u64 = forum
        .search("")
        .counts
        .facets
        .iter()
        .find(|facet| facet.field == "kind")
        .unwrap()
        .codes
        .iter()
        .map(|code| code.count)
        .sum();
    assert_eq!(counted as usize, all.len() - 1);
    forum.db.write(Actor::System, |tx| set_visibility(tx, &hidden.id, &Showing::Public)).unwrap();
    assert_eq!(forum.whole(""), all);
}

#[test]
fn an_unlisted_case_is_in_no_list() {
    let forum = Forum::open();
    let case = forum.everything().remove(0);
    forum
        .db
        .write(Actor::System, |tx| set_visibility(tx, &case.id, &Showing::Unlisted("private_person".to_owned())))
        .unwrap();
    assert!(forum.everything().iter().all(|document| document.id != case.id));
}

// R7: an export is exactly the set that the pages show, all of them.
#[test]
fn the_whole_set_is_what_the_pages_show_one_after_the_other() {
    let forum = Forum::open();
    forum.copies(60);
    for address in ["", "f.country=DE", "q=huawei", "q=huawei&sort=title", "sort=population"] {
        let first = forum.search(address);
        assert_eq!(first.pages, first.total.div_ceil(limits::PAGE), "{address}");
        let paged: Vec<u32> =
            (1..=first.pages).flat_map(|page| forum.search(&format!("{address}&page={page}")).ordinals).collect();
        assert_eq!(paged, forum.whole(address), "{address}");
        assert_eq!(paged.iter().collect::<BTreeSet<_>>().len(), first.total);
    }
}

// R19: windows of any size give each case exactly once, in the order of the pages.
#[test]
fn windows_hold_the_whole_set_one_after_the_other() {
    let forum = Forum::open();
    forum.copies(20);
    for address in ["", "f.country=DE", "q=huawei", "q=huawei&sort=title", "sort=population", "q=xylophonist"] {
        for most in [1, 4, 26, 100] {
            assert_eq!(forum.windows(address, None, most), forum.whole(address), "{address} by {most}");
        }
    }
}

// R19: what is hidden while somebody reads takes nothing else along.
#[test]
fn a_window_goes_on_where_the_last_one_ended_though_a_case_went() {
    let forum = Forum::open();
    let all = forum.whole("");
    let first = forum.db.read(|r| window(r, &forum.catalogue, &forum.index, &filters(""), None, 3)).unwrap();
    for hidden in [0, 2] {
        let gone = forum.documents(&[all[hidden]]).remove(0);
        let showing = Showing::Hidden("private_person".to_owned());
        forum.db.write(Actor::System, |tx| set_visibility(tx, &gone.id, &showing)).unwrap();
        assert_eq!(forum.windows("", first.next.clone(), 2), all[3..], "number {hidden} went");
        forum.db.write(Actor::System, |tx| set_visibility(tx, &gone.id, &Showing::Public)).unwrap();
    }
}

#[test]
fn a_page_past_the_end_shows_the_last_one_and_says_so() {
    let forum = Forum::open();
    let found = forum.search("page=9");
    assert_eq!((found.page, found.pages, found.ordinals.len()), (1, 1, 7));
    assert_eq!(found.notices, [Notice::PastTheEnd { asked: 9 }]);
}

// R2: whoever asks for the numbers alone is given those of the page.
#[test]
fn counts_without_cases_are_those_of_the_page() {
    let forum = Forum::open();
    for address in ["", "q=Duisburg", "f.kind=agreement&year.from=2018", "population.from=500000"] {
        let (page, filters) = (forum.search(address), filters(address));
        let (catalogue, codebook) = (&forum.catalogue, Codebook::embedded());
        let alone = forum.db.read(|r| counted(r, catalogue, &forum.index, &codebook, &filters)).unwrap();
        assert!(!page.populations.is_empty(), "{address}");
        assert_eq!((alone.total, alone.counts, alone.notices), (page.total, page.counts, page.notices), "{address}");
        assert_eq!(alone.populations, page.populations, "{address}");
    }
}

#[test]
fn results_can_be_put_in_four_orders() {
    let forum = Forum::open();
    let titles = forum.titles("sort=title");
    let mut sorted = titles.clone();
    sorted.sort_by_key(|title| fold(title));
    assert_eq!(titles, sorted);
    let population: Vec<Option<i64>> = {
        let found = forum.whole("sort=population");
        forum
            .db
            .read(|r| Ok(found.iter().map(|o| forum.catalogue.fresh(r).unwrap().cases[o].population).collect()))
            .unwrap()
    };
    assert!(population.windows(2).all(|two| two[0] >= two[1]), "{population:?}");
    assert_eq!(forum.whole("sort=recent"), forum.whole(""));
    assert!(forum.titles("q=Duisburg")[0].contains("Duisburg"), "the title counts most");
}

// R37: what the set covers, and from where.
#[test]
fn the_coverage_statement_counts_countries_and_years() {
    let forum = Forum::open();
    let coverage = forum.search("").coverage;
    assert_eq!((coverage.found, coverage.published), (7, 7));
    assert!(coverage.countries.len() <= 3 && coverage.countries[0].1 >= coverage.countries.last().unwrap().1);
    let (from, to) = coverage.years.unwrap();
    assert!((1990..=to).contains(&from) && to <= 2026);
    let one = forum.search("q=Duisburg&f.kind=agreement").coverage;
    assert!(one.found < one.published);
}

#[test]
fn a_word_that_cannot_be_read_as_meant_is_noted() {
    let forum = Forum::open();
    assert_eq!(forum.search("q=\"street light").notices.first(), Some(&Notice::Words(Note::OpenQuote)));
}

// The order within a quarter must not tell in which order cases became public.
#[test]
fn cases_of_one_quarter_stand_in_the_order_of_their_random_ids() {
    let forum = Forum::open();
    forum.copies(12);
    let ids = |address: &str| -> Vec<_> {
        forum.documents(&forum.whole(address)).into_iter().map(|document| document.id).collect()
    };
    let recent = ids("sort=recent");
    assert!(recent.is_sorted(), "all are of one quarter: {recent:?}");
    let listed: Vec<_> = forum.db.read(published::ids).unwrap().into_iter().map(|(id, _)| id).collect();
    assert_eq!(listed, recent);
}
