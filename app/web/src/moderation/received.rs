//! What a contributor sent, in words: by topic and part, as it was asked.

use std::collections::BTreeMap;

use casebook_core::{
    codebook::{Codebook, Field, FieldKind, In},
    intake::{
        Account,
        names::{PartPath, topic_of},
        wishes::KNOWERS,
    },
    places::Gazetteer,
    text::Names,
};

use crate::{
    asked::{part_label, part_of},
    kit::{App, Language, Message, marks::Marked},
};

/// What was sent, in words.
#[derive(Debug)]
pub struct Received {
    /// The account, with its marks.
    pub narrative: Marked,
    /// Every other answer, in the order of the form.
    pub groups: Vec<Group>,
    /// What its author says of how many could have known it; none where they did not say.
    pub knowers: Option<String>,
}

/// Answers that belong together: those of a topic, or of one part such as an agreement.
#[derive(Debug)]
pub struct Group {
    /// What they are about.
    pub title: String,
    /// What was asked, and what was answered, with its marks.
    pub answers: Vec<(String, Marked)>,
}

/// Where a group stands among the others: the topic, the word of its parts, the numbers of the part.
type Order<'a> = (usize, &'a str, Vec<usize>);

impl Received {
    /// What a contributor answered.
    pub(super) fn of(account: &Account, app: &App, language: Language) -> Self {
        let gazetteer = app.gazetteer.clone();
        let names = Names::none().with_cities(move |words| gazetteer.knows(words));
        let marked = |text: &str| Marked::new(text, "", &names, language);
        let reader = Reader { book: &app.codebook, gazetteer: &app.gazetteer, language };
        let mut groups: BTreeMap<Order<'_>, Group> = BTreeMap::new();
        for (name, value) in account.answers.pairs() {
            if ["narrative", KNOWERS].contains(&name) || value.trim().is_empty() {
                continue;
            }
            let (asked, said) = reader.answer(name, value);
            let group = groups.entry(reader.order(name));
            let group = group.or_insert_with(|| Group { title: reader.title(name), answers: Vec::new() });
            group.answers.push((asked, marked(&said)));
        }
        let knowers = account.answers.knowers();
        Self {
            narrative: marked(account.answers.first("narrative")),
            groups: groups.into_values().collect(),
            knowers: knowers.map(|knowers| app.codebook.label(KNOWERS, knowers.code(), language.code()).to_lowercase()),
        }
    }

    /// Made-up content for samples.
    pub(super) fn sample(words: &str) -> Self {
        let marked = |text: &str| Marked::new(text, "", &Names::none(), Language::default());
        let group =
            |title: &str| Group { title: title.to_owned(), answers: vec![("Domain".to_owned(), marked(words))] };
        Self {
            narrative: marked(words),
            groups: vec![group("Basics"), group("Agreement 1")],
            knowers: Some("fewer than ten".to_owned()),
        }
    }
}

/// Reads input names and values in a language.
pub(super) struct Reader<'a> {
    /// The vocabulary.
    pub(super) book: &'a Codebook,
    /// The countries' names.
    pub(super) gazetteer: &'a Gazetteer,
    /// The language.
    pub(super) language: Language,
}

impl<'a> Reader<'a> {
    /// Topics in the order of the form, and in each what is asked once before the parts that repeat.
    fn order<'n>(&self, name: &'n str) -> Order<'n> {
        let topic = topic_of(self.book, name);
        let position = self.book.sections().iter().position(|section| Some(section.code.as_str()) == topic);
        let numbers: Vec<usize> = match PartPath::of(name) {
            Some(part) => part_of(name, &part).split('.').filter_map(|word| word.parse().ok()).collect(),
            None => Vec::new(),
        };
        let word = if numbers.is_empty() { "" } else { name.split('.').next().unwrap_or_default() };
        (position.map_or(0, |position| position + 1), word, numbers)
    }

    /// The words for the group of an answer: the name of the part, or else of the topic.
    fn title(&self, name: &str) -> String {
        if let Some(part) = PartPath::of(name) {
            return part_label(name, &part, self.language);
        }
        let topic = topic_of(self.book, name).and_then(|topic| self.book.section(topic));
        topic.map_or_else(
            || self.text("moderation-received-basics"),
            |topic| topic.label(self.language.code()).to_owned(),
        )
    }

    /// An answer in words: the labels of what was asked, and of what was chosen.
    pub(super) fn answer(&self, name: &str, value: &str) -> (String, String) {
        let (within, rest) = match PartPath::of(name) {
            Some(part) => (Some(part.kind.within()), part.rest),
            None => (None, name),
        };
        let (mut asked, mut field) = (Vec::new(), None);
        for word in rest.split('.') {
            let (label, found) = self.word(word, within, field);
            asked.push(label);
            field = found.or(field);
        }
        let cites = rest.rsplit('.').next() == Some("sources");
        let said = match field {
            _ if cites => Message::new("intake-part-source").with("n", value).text(self.language),
            Some(field) if field.kind == FieldKind::Country => {
                self.gazetteer.country(value).map_or(value, |country| country.name).to_owned()
            }
            Some(field) => field.code(value).map_or(value, |code| code.label(self.language.code())).to_owned(),
            None => value.to_owned(),
        };
        (asked.join(": "), said)
    }

    /// A word of an input name: a field, a code of the field before it, or something said beside it. Gives the field whose codes come next.
    fn word(&self, word: &str, within: Option<In>, before: Option<&'a Field>) -> (String, Option<&'a Field>) {
        let lang = self.language.code();
        if let Some(code) = before.and_then(|field| field.code(word)) {
            return (code.label(lang).to_owned(), None);
        }
        match word {
            "sources" => return (self.text("moderation-cited"), None),
            "second" => return (self.text("moderation-received-second"), None),
            "code" => return (self.text("moderation-instead-of-a-sum"), None),
            _ => {}
        }
        let word = if word == "qualifier" { "date_qualifier" } else { word };
        let book = self.book;
        let beside = |word| book.qualifier(word).or_else(|| book.field_in(In::Wrapper, word));
        let own = within.and_then(|within| book.field_in(within, word));
        let field = if before.is_some() { beside(word).or(own) } else { own };
        let field = field.or_else(|| book.field(word));
        (field.map_or(word, |field| field.label(lang)).to_owned(), field)
    }

    fn text(&self, key: &'static str) -> String {
        Message::new(key).text(self.language)
    }
}
