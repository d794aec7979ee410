//! The first cases, which come with the program: the reference case always, six further ones where the instance wants them.

use super::{
    publish::Vocabulary,
    store,
    transfer::{self, Existing, Imported},
};
use crate::{
    Result,
    db::{Actor, Database},
};

const REFERENCE: &str = include_str!("../../../../config/seeds/reference.jsonl");
const FURTHER: &str = include_str!("../../../../config/seeds/cases.jsonl");

/// Brings the first cases into a database that never held one; does nothing to any other.
///
/// # Errors
/// Those of the database; and [`crate::Error::Config`] where an operator's own vocabulary does not know a code that they use.
pub fn plant(db: &Database, vocabulary: Vocabulary<'_>, further: bool) -> Result<Imported> {
    if db.read(store::count)? > 0 {
        return Ok(Imported::default());
    }
    let mut files = vec![("config/seeds/reference.jsonl", REFERENCE)];
    if further {
        files.push(("config/seeds/cases.jsonl", FURTHER));
    }
    let mut planted = Imported::default();
    for (name, text) in files {
        let file = transfer::read(name, text.as_bytes(), vocabulary)?;
        let imported = transfer::import(db, vocabulary, file, Existing::Refuse, &Actor::System, &mut |_| ())?;
        planted.organisations += imported.organisations;
        planted.cases += imported.cases;
        planted.revisions += imported.revisions;
    }
    Ok(planted)
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
        let file = transfer::read("export", first.as_bytes(), vocabulary).unwrap();
        transfer::import(&to, vocabulary, file, Existing::Refuse, &Actor::CommandLine, &mut |_| ()).unwrap();
        assert_eq!(exported(&to), first);
    }

    #[test]
    fn an_unreadable_line_is_named_and_nothing_of_the_file_comes_in() {
        let (codebook, gazetteer) = (Codebook::embedded(), Gazetteer::embedded());
        let vocabulary = Vocabulary { codebook: &codebook, gazetteer: &gazetteer };
        let broken = format!("{REFERENCE}{{\"record\":\"case\",\"schema\":\n");
        let line = broken.lines().count();
        let error = transfer::read("cases.jsonl", broken.as_bytes(), vocabulary).err().unwrap().to_string();
        assert!(error.starts_with(&format!("cases.jsonl:{line}: ")), "{error}");
        let dangling = REFERENCE.replacen("\"sources\":[\"s1\"]", "\"sources\":[\"s99\"]", 1);
        let error = transfer::read("cases.jsonl", dangling.as_bytes(), vocabulary).err().unwrap().to_string();
        assert!(error.contains("there is no source s99"), "{error}");
    }
}
