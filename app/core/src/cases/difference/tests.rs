use super::*;
use crate::{
    cases::document::Text,
    codebook::Codebook,
    organisations::Directory,
    places::{Gazetteer, Jurisdictions},
};

fn packaged() -> Document {
    let line = include_str!("../../../../../config/seeds/reference.jsonl")
        .lines()
        .find(|line| line.contains("\"record\":\"case\""))
        .unwrap();
    serde_json::from_str(&line.replace("\"record\":\"case\",", "")).unwrap()
}

fn between(old: &Document, new: &Document, pairing: Pairing) -> Difference {
    let (codebook, gazetteer) = (Codebook::embedded(), Gazetteer::embedded());
    let lens = Lens {
        codebook: &codebook,
        gazetteer: &gazetteer,
        jurisdictions: &Jurisdictions::embedded(),
        parties: &Directory::new(),
        lang: "en",
        today: new.revised.first_day(),
    };
    Difference::between(old, new, pairing, &lens)
}

fn told(difference: &Difference) -> Vec<(List, Fate, usize)> {
    let groups = difference.groups.iter();
    groups.flat_map(|group| group.changes.iter().map(|c| (group.list, c.fate, c.lines.len()))).collect()
}

#[test]
fn what_the_program_stamps_is_no_difference() {
    let old = packaged();
    let mut new = old.clone();
    new.revision += 1;
    new.coder = "somebody else".to_owned();
    new.revised = "2031-Q1".parse().unwrap();
    assert!(between(&old, &new, Pairing::Ids).is_empty());
}

// M6
#[test]
fn parts_are_told_as_added_removed_and_changed_field_by_field() {
    let old = packaged();
    let mut new = old.clone();
    new.statements[0].confidence = crate::cases::document::Confidence::Doubtful;
    let gone = new.statements.remove(1);
    let mut added = gone.clone();
    added.id = "t_new".to_owned();
    new.statements.push(added);
    assert_eq!(
        told(&between(&old, &new, Pairing::Ids)).iter().map(|(list, fate, _)| (*list, *fate)).collect::<Vec<_>>(),
        [(List::Values, Fate::Changed), (List::Values, Fate::Added), (List::Values, Fate::Removed)]
    );
    let changed = &between(&old, &new, Pairing::Ids).groups[0].changes[0];
    assert_eq!(changed.lines.len(), 1);
    let What::Replaced(_, after) = &changed.lines[0].change else { panic!("{:?}", changed.lines) };
    assert_eq!(after, &[Shown::Words("Doubtful".to_owned())]);
    // The same part under another id is told as the same where ids say nothing.
    let subjects = told(&between(&old, &new, Pairing::Subjects));
    assert_eq!(subjects, [(List::Values, Fate::Changed, 1)]);
}

// M6
#[test]
fn a_text_shows_the_words_that_were_added_and_taken_out() {
    let mut old = packaged();
    old.summary = Some(Text::new("The city signed a contract in secret.", "en"));
    let mut new = old.clone();
    new.summary = Some(Text::new("The city signed two contracts in secret.", "en"));
    let difference = between(&old, &new, Pairing::Ids);
    assert_eq!(told(&difference), [(List::Head, Fate::Changed, 1)]);
    let What::Text(runs) = &difference.groups[0].changes[0].lines[0].change else { panic!("{difference:?}") };
    let of = |fate| runs.iter().filter(|run| run.fate == fate).map(|run| run.text.as_str()).collect::<String>();
    assert!(of(Some(Fate::Removed)).contains("contract") && of(Some(Fate::Added)).contains("contracts"));
    let (before, after): (String, String) = runs.iter().fold(Default::default(), |(mut before, mut after), run| {
        if run.fate != Some(Fate::Added) {
            before.push_str(&run.text);
        }
        if run.fate != Some(Fate::Removed) {
            after.push_str(&run.text);
        }
        (before, after)
    });
    assert_eq!((before, after), (old.summary.unwrap().text, new.summary.unwrap().text), "the runs are both texts");
}
