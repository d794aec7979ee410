//! How surely a mark leads to a person, wherever words are public without a reader before.

use super::{Mark, MarkKind, filed::is_of_a_file};

/// How surely a mark leads to a person.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Leads {
    /// It does: the words may not be public.
    Surely,
    /// It may: somebody should look.
    Perhaps,
    /// It says nothing of a person.
    No,
}

impl Mark {
    /// How surely it leads to a person, as a mark in words of this text.
    #[must_use]
    pub fn leads_in_words(&self, text: &str) -> Leads {
        match self.kind {
            // The name of a user may be that of an office, or no name: "working @home".
            MarkKind::UserUrl if self.words(text).starts_with('@') => Leads::Perhaps,
            MarkKind::Email | MarkKind::Iban | MarkKind::UserUrl => Leads::Surely,
            MarkKind::Phone if !is_of_a_file(text.get(..self.start).unwrap_or_default(), self.words(text)) => {
                Leads::Surely
            }
            MarkKind::Person | MarkKind::Date | MarkKind::Path => Leads::Perhaps,
            _ => Leads::No,
        }
    }

    /// How surely it leads to a person, as a mark in the address of a source. Sources on social media have addresses that name users.
    #[must_use]
    pub fn leads_in_address(&self, text: &str) -> Leads {
        let words = self.words(text);
        let authority = words.split_once("://").map_or(words, |(_, rest)| rest);
        let authority = authority.split(['/', '?', '#']).next().unwrap_or_default();
        match self.kind {
            MarkKind::Email => Leads::Surely,
            MarkKind::UserUrl if authority.contains('@') && !authority.starts_with('@') => Leads::Surely,
            MarkKind::UserUrl => Leads::Perhaps,
            _ => Leads::No,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::text::{Names, marks};

    fn in_words(text: &str) -> Vec<Leads> {
        marks(text, &Names::none()).iter().map(|mark| mark.leads_in_words(text)).collect()
    }

    #[test]
    fn a_telephone_number_leads_to_a_person_and_the_number_of_a_file_does_not() {
        for text in [
            "Tel.-Nr. 0203 123456",
            "mobile no. +49 171 1234567",
            "phone no: +43 1 5550199",
            "Telefon 030/2023 4567",
            "0203/1990 12",
            "write to anna@stadt.example",
            "see github.com/anna",
        ] {
            assert_eq!(in_words(text), [Leads::Surely], "{text}");
        }
        for text in ["under 0123/2019", "see Vorlage 0455 1234567", "Nr. 0203 123456"] {
            assert_eq!(in_words(text), [Leads::No], "{text}");
        }
        assert_eq!(in_words("then Mr Smith said no"), [Leads::Perhaps]);
        assert_eq!(in_words("as @hansmueller wrote"), [Leads::Perhaps]);
    }

    #[test]
    fn the_address_of_a_source_may_name_a_user_and_holds_no_passwords() {
        let in_address = |text: &str| -> Vec<Leads> {
            marks(text, &Names::none()).iter().map(|mark| mark.leads_in_address(text)).collect()
        };
        assert_eq!(in_address("https://github.com/anna"), [Leads::Perhaps]);
        assert_eq!(in_address("https://anna:pw@files.example/x"), [Leads::Surely]);
        assert_eq!(in_address("https://files.example/x:@anna"), [Leads::Perhaps]);
        assert_eq!(in_address("https://city.example/2018/0203-1234567"), [Leads::No; 0]);
        assert_eq!(in_address("https://city.example/ 0203 1234567"), [Leads::No]);
    }
}
