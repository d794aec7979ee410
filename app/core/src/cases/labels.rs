//! The names of codes as words to search by: what the page of a case calls its values is found like what people wrote.

use std::collections::BTreeSet;

use data_encoding::HEXLOWER;
use sha2::{Digest, Sha256};

use super::{document::Document, projection};
use crate::codebook::{Codebook, Field, FieldCode, Text};

/// The names of the codes of a case in every language of the vocabulary, and the codes themselves, each once. A code that another one took the
/// place of has the names of both, since readers see both.
pub(super) fn of_case(document: &Document, codebook: &Codebook) -> Vec<String> {
    let mut names = BTreeSet::new();
    for (name, code) in projection::said(document, codebook) {
        let Some(field) = codebook.facet(&name).or_else(|| codebook.field(&name)) else { continue };
        let standing = codebook.standing_field(field);
        let codes = [field.code(&code), standing.code(standing.standing(&code))];
        names.extend(codes.into_iter().flatten().flat_map(of_code));
    }
    names.into_iter().collect()
}

/// The names of a code, and the code itself.
pub(super) fn of_code(code: &FieldCode) -> impl Iterator<Item = String> {
    in_all_languages(&code.label).chain([code.code.as_str()]).map(str::to_owned)
}

fn in_all_languages(text: &Text) -> impl Iterator<Item = &str> {
    text.languages().map(|lang| text.text(lang))
}

/// The names of a field, and the field's own code.
pub(super) fn of_field(field: &Field) -> impl Iterator<Item = String> {
    in_all_languages(&field.label).chain([field.code.as_str()]).map(str::to_owned)
}

/// What all names together come to: another vocabulary has another one, and then cases have to be indexed anew.
pub(super) fn fingerprint(codebook: &Codebook) -> String {
    let mut digest = Sha256::new();
    let mut add = |word: &str| {
        digest.update(word.as_bytes());
        digest.update([0]);
    };
    for field in codebook.fields() {
        digest_field(field, &mut add);
    }
    HEXLOWER.encode(&digest.finalize())
}

fn digest_field(field: &Field, add: &mut impl FnMut(&str)) {
    add(field.within.code());
    add(&field.code);
    field.replaced_by.iter().for_each(|next| add(next));
    for code in &field.codes {
        add(&code.code);
        in_all_languages(&code.label).for_each(&mut *add);
        code.replaced_by.iter().for_each(|next| add(next));
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{
        cases::{Vocabulary, document::Rank, published, seeds},
        places::Gazetteer,
        testing::TestDatabase,
    };

    /// A vocabulary in which one thing is another one; it must differ.
    fn other(from: &str, to: &str) -> Codebook {
        let text = include_str!("../../../../config/codebook.toml");
        assert!(text.contains(from), "{from}");
        Codebook::parse(&text.replacen(from, to, 1), "own.toml").unwrap()
    }

    fn duisburg(codebook: &Codebook) -> Document {
        let (db, gazetteer) = (TestDatabase::open(), Gazetteer::embedded());
        seeds::plant(&db, Vocabulary { codebook, gazetteer: &gazetteer }, false).unwrap();
        db.read(|r| published::current(r, &[0])).unwrap()[0].read().unwrap().0
    }

    // R1: each code that the page shows as a value is found by its name, in each language; what was overtaken is not.
    #[test]
    fn a_case_has_the_names_of_the_codes_that_it_shows() {
        let codebook = other(
            "label.en = \"Smart light pole\"",
            "label.en = \"Smart light pole\"\nlabel.de = \"Kluger Laternenmast\"",
        );
        let mut document = duisburg(&codebook);
        let names = of_case(&document, &codebook);
        let has = |names: &[String], name: &str| names.iter().any(|other| other == name);
        for name in
            ["Smart light pole", "Kluger Laternenmast", "smart_light_pole", "Memorandum of understanding", "Expired"]
        {
            assert!(has(&names, name), "{name}: {names:?}");
        }
        assert!(has(&names, "Agreement"), "its kind");
        assert!(!has(&names, "Drone"), "another case's");
        for statement in document.statements.iter_mut().filter(|said| said.field == "technology") {
            statement.rank = Rank::Superseded;
        }
        let names = of_case(&document, &codebook);
        assert!(!has(&names, "Smart light pole") && has(&names, "Expired"));
    }

    #[test]
    fn a_code_that_another_one_took_the_place_of_has_both_names() {
        let today = Codebook::embedded();
        let document = duisburg(&today);
        let retired = "since = \"0.1\"\nretired = \"0.2\"\nreplaced_by = [\"drone\"]\nlabel.en = \"Smart light pole\"";
        let text =
            include_str!("../../../../config/codebook.toml").replacen("version = \"0.1\"", "version = \"0.2\"", 1);
        let text = text.replacen("since = \"0.1\"\nlabel.en = \"Smart light pole\"", retired, 1);
        let later = Codebook::parse(&text, "own.toml").unwrap();
        let names = of_case(&document, &later);
        assert!(names.contains(&"Smart light pole".to_owned()) && names.contains(&"Drone".to_owned()), "{names:?}");
    }

    #[test]
    fn another_name_is_another_fingerprint() {
        let today = fingerprint(&Codebook::embedded());
        assert_eq!(today, fingerprint(&Codebook::embedded()));
        assert_ne!(today, fingerprint(&other("label.en = \"Smart light pole\"", "label.en = \"Clever light pole\"")));
    }
}
