//! Statements for catalogues, and how they are written as Turtle.

use oxrdf::{BlankNode, Literal, NamedNode, NamedNodeRef, NamedOrBlankNode, Term, Triple, vocab::rdf};
use oxttl::TurtleSerializer;

use crate::kit::{Error, Result};

/// The vocabularies that are used, each under the prefix by which it is known.
const PREFIXES: [(&str, &str); 9] = [
    ("adms", "http://www.w3.org/ns/adms#"),
    ("dcat", "http://www.w3.org/ns/dcat#"),
    ("dct", "http://purl.org/dc/terms/"),
    ("foaf", "http://xmlns.com/foaf/0.1/"),
    ("owl", "http://www.w3.org/2002/07/owl#"),
    ("rdf", "http://www.w3.org/1999/02/22-rdf-syntax-ns#"),
    ("rdfs", "http://www.w3.org/2000/01/rdf-schema#"),
    ("spdx", "http://spdx.org/rdf/terms#"),
    ("xsd", "http://www.w3.org/2001/XMLSchema#"),
];

/// Statements, in the order in which they were made.
#[derive(Debug, Default)]
pub(super) struct Graph {
    triples: Vec<Triple>,
    things: usize,
}

/// A word of one of the vocabularies, such as `dcat:Dataset`.
///
/// # Errors
/// For a prefix that is not in the list, which would be a defect.
pub(super) fn word(name: &str) -> Result<NamedNode> {
    let known = name.split_once(':').and_then(|(prefix, word)| {
        let (_, begins) = PREFIXES.iter().find(|(known, _)| *known == prefix)?;
        Some(format!("{begins}{word}"))
    });
    known.map_or_else(|| Err(Error::unexpected(format!("{name} is in no vocabulary"))), |address| named(&address))
}

/// What stands at an address.
///
/// # Errors
/// For an address that is none: the setting `server.public_url` may hold anything.
pub(super) fn named(address: &str) -> Result<NamedNode> {
    NamedNode::new(address).map_err(Error::unexpected)
}

/// Words in a language.
///
/// # Errors
/// For a language that is none, which would be a defect.
pub(super) fn words(text: &str, language: &str) -> Result<Literal> {
    Literal::new_language_tagged_literal(text, language).map_err(Error::unexpected)
}

/// A value with its type.
pub(super) fn value(text: impl Into<String>, kind: NamedNodeRef<'_>) -> Literal {
    Literal::new_typed_literal(text, kind)
}

impl Graph {
    /// Says something of a subject.
    ///
    /// # Errors
    /// As [`word`].
    pub(super) fn say(
        &mut self,
        subject: impl Into<NamedOrBlankNode>,
        predicate: &str,
        object: impl Into<Term>,
    ) -> Result<()> {
        self.triples.push(Triple::new(subject, word(predicate)?, object));
        Ok(())
    }

    /// Says what kind of thing a subject is.
    ///
    /// # Errors
    /// As [`word`].
    pub(super) fn is_a(&mut self, subject: impl Into<NamedOrBlankNode>, kind: &str) -> Result<()> {
        self.triples.push(Triple::new(subject, rdf::TYPE, word(kind)?));
        Ok(())
    }

    /// A thing without an address. Its name is a number, so that the same statements are the same bytes.
    ///
    /// # Errors
    /// If a number were no name, which would be a defect.
    pub(super) fn thing(&mut self) -> Result<BlankNode> {
        self.things += 1;
        BlankNode::new(format!("b{}", self.things)).map_err(Error::unexpected)
    }

    /// The statements as Turtle (<https://www.w3.org/TR/turtle/>).
    ///
    /// # Errors
    /// If they cannot be written, which would be a defect.
    pub(super) fn turtle(&self) -> Result<Vec<u8>> {
        let mut serializer = TurtleSerializer::new();
        for (prefix, begins) in PREFIXES {
            serializer = serializer.with_prefix(prefix, begins).map_err(Error::unexpected)?;
        }
        let mut writer = serializer.for_writer(Vec::new());
        for triple in &self.triples {
            writer.serialize_triple(triple).map_err(Error::unexpected)?;
        }
        writer.finish().map_err(Error::unexpected)
    }
}

#[cfg(test)]
mod tests {
    use oxrdf::vocab::xsd;
    use oxttl::TurtleParser;

    use super::*;

    #[test]
    fn what_is_said_is_read_again_whatever_words_it_holds() {
        let hostile = "a \"quote\" \\ and\na line, ''' \"\"\" </script> . <http://x> @prefix";
        let subject = named("https://casebook.example/datasets/1.0").unwrap();
        let mut graph = Graph::default();
        graph.is_a(subject.clone(), "dcat:Dataset").unwrap();
        graph.say(subject.clone(), "dct:title", words(hostile, "en").unwrap()).unwrap();
        let (one, other) = (graph.thing().unwrap(), graph.thing().unwrap());
        graph.say(one, "dct:issued", value("2026-11-23", xsd::DATE)).unwrap();
        graph.say(subject, "dct:relation", other).unwrap();
        let turtle = graph.turtle().unwrap();
        let read = TurtleParser::new().for_slice(&turtle).collect::<std::result::Result<Vec<Triple>, _>>().unwrap();
        assert_eq!(read.len(), graph.triples.len());
        assert!(read.iter().any(|triple| triple.object == Term::from(words(hostile, "en").unwrap())), "{read:?}");
    }

    #[test]
    fn what_is_no_word_and_no_address_is_refused() {
        assert!(word("dcat:Dataset").is_ok() && word("dc:title").is_err() && word("title").is_err());
        assert!(named("https://casebook.example/a b>").is_err() && named("").is_err());
    }
}
