//! The first cases, which come with the program: the reference case always, six further ones where the instance wants them.

use super::{
    publish::Vocabulary,
    store,
    transfer::{self, Existing, Imported},
};
use crate::{
    Result,
    db::{Actor, Database},
    jobs::is_lease_held,
};

const REFERENCE: &str = include_str!("../../../../config/seeds/reference.jsonl");
const FURTHER: &str = include_str!("../../../../config/seeds/cases.jsonl");

/// Brings the first cases into a database that never held one; does nothing to any other.
///
/// # Errors
/// Those of the database; and [`crate::Error::Config`] where an operator's own vocabulary does not know a code that they use.
pub fn plant(db: &Database, vocabulary: Vocabulary<'_>, further: bool) -> Result<Imported> {
    // What a first start that was killed left behind does not count as cases. While somebody imports, theirs will be the first.
    if db.read(|r| Ok(store::imports::is_any_finished(r)? || is_lease_held(r, transfer::IMPORTING)?))? {
        return Ok(Imported::default());
    }
    let text = if further { [REFERENCE, FURTHER].concat() } else { REFERENCE.to_owned() };
    let file = transfer::read("config/seeds", Box::new(|| Ok(Box::new(text.as_bytes()))), vocabulary)?;
    transfer::import(db, vocabulary, &file, Existing::Replace, &Actor::System, &mut |_| ())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{cases::published, codebook::Codebook, places::Gazetteer, testing::TestDatabase};

    fn exported(db: &Database) -> String {
        let mut bytes = Vec::new();
        transfer::export(db, &mut bytes).unwrap();
        String::from_utf8(bytes).unwrap()
    }

    // O14: a fresh instance has the codebook and the reference case; the others come where they are wanted.
    #[test]
    fn a_fresh_instance_has_the_reference_case_and_the_others_where_they_are_wanted() {
        let (codebook, gazetteer) = (Codebook::embedded(), Gazetteer::embedded());
        let vocabulary = Vocabulary { codebook: &codebook, gazetteer: &gazetteer };
        let alone = TestDatabase::open();
        assert_eq!(plant(&alone, vocabulary, false).unwrap().cases, 1);
        let all = TestDatabase::open();
        assert_eq!(plant(&all, vocabulary, true).unwrap().cases, 7);
        assert_eq!(plant(&all, vocabulary, true).unwrap().cases, 0, "only once");
        assert_eq!(all.read(published::reference).unwrap().unwrap().as_str(), "7K2MQX4T");
    }

    #[test]
    fn what_is_exported_imported_and_exported_again_is_the_same_bytes() {
        let (codebook, gazetteer) = (Codebook::embedded(), Gazetteer::embedded());
        let vocabulary = Vocabulary { codebook: &codebook, gazetteer: &gazetteer };
        let (from, to) = (TestDatabase::open(), TestDatabase::open());
        plant(&from, vocabulary, true).unwrap();
        let first = exported(&from);
        assert_eq!(first.lines().filter(|line| line.starts_with("{\"record\":\"case\"")).count(), 7);
        let file = transfer::read("export", Box::new(|| Ok(Box::new(first.as_bytes()))), vocabulary).unwrap();
        transfer::import(&to, vocabulary, &file, Existing::Refuse, &Actor::CommandLine, &mut |_| ()).unwrap();
        assert_eq!(exported(&to), first);
    }

    #[test]
    fn an_unreadable_line_is_named_and_nothing_of_the_file_comes_in() {
        let (codebook, gazetteer) = (Codebook::embedded(), Gazetteer::embedded());
        let vocabulary = Vocabulary { codebook: &codebook, gazetteer: &gazetteer };
        let broken = format!("{REFERENCE}{{\"record\":\"case\",\"schema\":\n");
        let line = broken.lines().count();
        let error = transfer::read("cases.jsonl", Box::new(|| Ok(Box::new(broken.as_bytes()))), vocabulary)
            .err()
            .unwrap()
            .to_string();
        assert!(error.starts_with(&format!("cases.jsonl:{line}: ")), "{error}");
        let dangling = REFERENCE.replacen("\"sources\":[\"s1\"]", "\"sources\":[\"s99\"]", 1);
        let error = transfer::read("cases.jsonl", Box::new(|| Ok(Box::new(dangling.as_bytes()))), vocabulary)
            .err()
            .unwrap()
            .to_string();
        assert!(error.contains("there is no source s99"), "{error}");
    }

    // Section 8 of protection.md: a process that starts while somebody imports takes nothing of it away.
    #[test]
    fn a_start_leaves_an_import_that_goes_on_alone() {
        let (codebook, gazetteer) = (Codebook::embedded(), Gazetteer::embedded());
        let vocabulary = Vocabulary { codebook: &codebook, gazetteer: &gazetteer };
        for planted in [false, true] {
            let (from, to) = (TestDatabase::open(), TestDatabase::open());
            plant(&from, vocabulary, true).unwrap();
            if planted {
                plant(&to, vocabulary, false).unwrap();
            }
            let cases = exported(&from);
            let file = transfer::read("export", Box::new(|| Ok(Box::new(cases.as_bytes()))), vocabulary).unwrap();
            let mut starts = |_: usize| assert_eq!(plant(&to, vocabulary, true).unwrap().cases, 0);
            transfer::import(&to, vocabulary, &file, Existing::Replace, &Actor::CommandLine, &mut starts).unwrap();
            assert_eq!(to.read(published::ids).unwrap().len(), 7);
        }
    }

    #[test]
    fn a_case_that_is_there_gets_a_new_revision_where_the_file_may_replace() {
        let (codebook, gazetteer) = (Codebook::embedded(), Gazetteer::embedded());
        let vocabulary = Vocabulary { codebook: &codebook, gazetteer: &gazetteer };
        let db = TestDatabase::open();
        plant(&db, vocabulary, false).unwrap();
        let file = transfer::read("again", Box::new(|| Ok(Box::new(REFERENCE.as_bytes()))), vocabulary).unwrap();
        let refused = transfer::import(&db, vocabulary, &file, Existing::Refuse, &Actor::CommandLine, &mut |_| ());
        assert!(refused.unwrap_err().to_string().contains("--replace"));
        transfer::import(&db, vocabulary, &file, Existing::Replace, &Actor::CommandLine, &mut |_| ()).unwrap();
        let id = "7K2MQX4T".parse().unwrap();
        let case = db.read(|r| published::find(r, &id, published::Eyes::Public)).unwrap();
        assert_eq!((case.current, case.revisions.len()), (2, 2));
        let fresh = TestDatabase::open();
        let revised = exported(&db);
        let file = transfer::read("revised", Box::new(|| Ok(Box::new(revised.as_bytes()))), vocabulary).unwrap();
        transfer::import(&fresh, vocabulary, &file, Existing::Refuse, &Actor::CommandLine, &mut |_| ()).unwrap();
        assert_eq!(exported(&fresh), revised);
    }
}
