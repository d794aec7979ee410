use std::fs;

use super::*;
use crate::search::{contract, parse};

fn case(ordinal: u32, title: &str, text: &str) -> Entry {
    Entry { ordinal, titles: vec![title.into()], texts: vec![text.into()], ..Entry::default() }
}

fn built(folder: &Path, entries: &[Entry]) -> Tantivy {
    let index = Tantivy::new(folder);
    index.rebuild(&mut std::iter::once(Ok(entries.to_vec())), &mut |_| {}).unwrap();
    index
}

fn found(index: &Tantivy, typed: &str) -> Vec<u32> {
    index.matches(&parse(typed).query).unwrap().ordinals.clone()
}

#[test]
fn it_keeps_the_contract() {
    let folder = tempfile::tempdir().unwrap();
    contract::holds_for(&Tantivy::new(folder.path().join("search")));
}

#[test]
fn what_is_written_as_asked_comes_before_what_is_only_close() {
    let folder = tempfile::tempdir().unwrap();
    let index = built(
        folder.path(),
        &[case(1, "Camrea camrea camrea", ""), case(2, "", "one camera among many other words in a long text")],
    );
    assert_eq!(found(&index, "camera"), [2, 1]);
    let similar = |typed: &str| index.matches(&parse(typed).query).unwrap().similar.iter().collect::<Vec<_>>();
    assert_eq!(similar("camera"), [1], "it has the word in another spelling alone");
    assert_eq!(
        (similar("camrea"), similar("caemra")),
        (vec![2], vec![1, 2]),
        "two letters that changed places are one mistake"
    );
    index.replace(&[case(3, "Huawei and Duesseldorf", "")]).unwrap();
    for typed in ["huwaei", "hauwei", "Dusseldrof", "Duesseldrof"] {
        assert_eq!(similar(typed), [3], "{typed}");
    }
    assert!(similar("words camera").is_empty() && similar("\"camera\"").is_empty());
}

#[test]
fn a_tie_is_settled_by_the_number_drawn_for_it_and_not_by_the_ordinal() {
    let folder = tempfile::tempdir().unwrap();
    let tied = |ordinal, tie| Entry { tie, ..case(ordinal, "Street lights", "") };
    let index = built(folder.path(), &[tied(1, 30), tied(2, 10), tied(3, 20)]);
    assert_eq!(found(&index, "street lights"), [2, 3, 1]);
}

#[test]
fn a_title_counts_more_than_a_text() {
    let folder = tempfile::tempdir().unwrap();
    let index = built(folder.path(), &[case(1, "Other", "street lights"), case(2, "Street lights", "other")]);
    assert_eq!(found(&index, "street lights"), [2, 1]);
}

#[test]
fn a_mistake_in_the_first_letter_counts_double() {
    let folder = tempfile::tempdir().unwrap();
    let index = built(folder.path(), &[case(1, "later", ""), case(2, "water", ""), case(3, "surveillance", "")]);
    assert_eq!(found(&index, "water"), [2]);
    assert_eq!(found(&index, "zurveillance"), [3]);
}

#[test]
fn an_index_that_is_not_there_is_away_until_it_is_rebuilt() {
    let folder = tempfile::tempdir().unwrap();
    let index = Tantivy::new(folder.path().join("none"));
    assert_eq!(index.state(), State::Away(Away::Missing));
    assert!(matches!(index.matches(&parse("x").query), Err(Error::Unavailable(_))));
    assert!(matches!(index.replace(&[case(1, "x", "")]), Err(Error::Unavailable(_))));
    index.rebuild(&mut std::iter::once(Ok(vec![case(1, "x", "")])), &mut |_| {}).unwrap();
    assert_eq!(found(&index, "x"), [1]);
}

#[test]
fn a_damaged_index_is_away_and_repaired_by_a_rebuild() {
    let folder = tempfile::tempdir().unwrap();
    let index = built(folder.path(), &[case(1, "one two three", "four five six")]);
    let inside = folder.path().join("v3-1");
    for entry in fs::read_dir(&inside).unwrap() {
        fs::write(entry.unwrap().path(), b"nonsense").unwrap();
    }
    assert!(matches!(index.state(), State::Away(Away::Broken(_))));
    assert!(matches!(index.matches(&parse("one").query), Err(Error::Unavailable(_))));
    fs::write(folder.path().join("current"), "../../etc").unwrap();
    assert!(matches!(index.state(), State::Away(Away::Broken(_))));
    index.rebuild(&mut std::iter::once(Ok(vec![case(2, "one", "")])), &mut |_| {}).unwrap();
    assert_eq!(found(&index, "one"), [2]);
    assert!(!inside.exists());
}

#[test]
fn an_index_of_another_version_is_away() {
    let folder = tempfile::tempdir().unwrap();
    fs::write(folder.path().join("current"), "v0-3\n").unwrap();
    assert_eq!(Tantivy::new(folder.path()).state(), State::Away(Away::OtherVersion));
}

#[test]
fn a_second_process_sees_what_the_first_one_wrote() {
    let folder = tempfile::tempdir().unwrap();
    let (here, there) = (built(folder.path(), &[case(1, "one", "")]), Tantivy::new(folder.path()));
    assert_eq!(found(&there, "one"), [1]);
    here.replace(&[case(2, "one", "")]).unwrap();
    assert_eq!(found(&there, "one"), [1, 2]);
    here.rebuild(&mut std::iter::once(Ok(vec![case(7, "one", "")])), &mut |_| {}).unwrap();
    assert_eq!(found(&there, "one"), [7]);
}

#[test]
fn a_rebuild_that_fails_leaves_the_old_index_in_use() {
    let folder = tempfile::tempdir().unwrap();
    let index = built(folder.path(), &[case(1, "one", "")]);
    let mut batches = vec![Ok(vec![case(2, "one", "")]), Err(Error::NotFound)].into_iter();
    assert!(matches!(index.rebuild(&mut batches, &mut |_| {}), Err(Error::NotFound)));
    assert_eq!(found(&index, "one"), [1]);
    assert!(!folder.path().join("v3-2").exists());
}

#[test]
fn words_of_a_removed_case_leave_the_disk() {
    let folder = tempfile::tempdir().unwrap();
    let index = built(folder.path(), &[case(1, "harmless", ""), case(2, "marzipanmarker", "")]);
    index.replace(&[case(1, "harmless", "otherwisemarker")]).unwrap();
    assert!(on_disk(folder.path(), "marzipan"));
    index.replace(&[case(1, "harmless", "")]).unwrap();
    index.remove(&[2]).unwrap();
    assert!(!on_disk(folder.path(), "marzipan"));
    assert!(!on_disk(folder.path(), "otherwise"));
}

/// Whether the start of a word stands in the dictionaries on disk, letter for letter or as the dictionary shares it.
fn on_disk(folder: &Path, begin: &str) -> bool {
    let index = Tantivy::new(folder);
    let opened = index.current().unwrap();
    let searcher = opened.reader.searcher();
    searcher.segment_readers().iter().any(|segment| {
        [opened.fields.title, opened.fields.text].into_iter().any(|field| {
            let terms = segment.inverted_index(field).unwrap();
            let mut stream = terms.terms().stream().unwrap();
            let mut seen = false;
            while stream.advance() {
                seen |= stream.key().starts_with(begin.as_bytes());
            }
            seen
        })
    })
}

#[test]
fn writers_take_turns() {
    let folder = tempfile::tempdir().unwrap();
    built(folder.path(), &[]);
    std::thread::scope(|scope| {
        for writer in 0..4 {
            let path = folder.path();
            scope.spawn(move || Tantivy::new(path).replace(&[case(writer, "one", "")]).unwrap());
        }
    });
    assert_eq!(Tantivy::new(folder.path()).held().unwrap().len(), 4);
}
