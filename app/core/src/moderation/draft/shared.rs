//! The inputs that many parts share: texts with their language, dates with how they are meant, sources, notes.

use super::{
    Body,
    parts::Bench,
    slots::{Choice, Label, Reads, Slot},
};
use crate::{codebook::In, limits};

impl Bench<'_> {
    /// What kind of knowledge it is, how well supported, which counts first, and on what it rests.
    pub(super) fn standing(&self, name: &str) -> Vec<Slot> {
        vec![
            self.one_at(In::Wrapper, "status", name, "status", "status").preset("stated"),
            self.one_at(In::Wrapper, "confidence", name, "confidence", "confidence").preset("possible"),
            self.one_at(In::Wrapper, "rank", name, "rank", "rank").preset("normal"),
            self.cited(name),
        ]
    }

    pub(super) fn note(&self, name: &str) -> Vec<Slot> {
        let label = Label::Key("moderation-note");
        let note = Slot::new(format!("{name}.note"), "note.text", label, Reads::Words(limits::TEXT)).folded();
        vec![note, self.language(format!("{name}.note.lang"), "note.lang").beside("note.text")]
    }

    /// A text with its language and, where it is a translation, what it was translated from.
    pub(super) fn text(
        &self,
        within: In,
        field: &str,
        name: &str,
        path: &str,
        reads: Reads,
        required: bool,
    ) -> Vec<Slot> {
        let at = |leaf: &str| format!("{path}.{leaf}");
        let most = if let Reads::Line(most) | Reads::Words(most) = reads { most } else { limits::TEXT };
        let mut words = Slot::new(name.to_owned(), &at("text"), self.desk.label(within, field), reads);
        words.help = self.desk.definition(within, field);
        words.required = required;
        vec![
            words,
            self.language(format!("{name}.lang"), &at("lang")).beside(&at("text")),
            self.language_from(format!("{name}.translation.from"), &at("translation.from")).beside(&at("text")),
            self.translator(format!("{name}.translation.by"), &at("translation.by")).beside(&at("translation.from")),
            self.original(format!("{name}.original"), &at("original"), most).beside(&at("translation.from")),
        ]
    }

    pub(super) fn language(&self, name: String, path: &str) -> Slot {
        let label = Label::Key("moderation-language");
        Slot::new(name, path, label, Reads::One(self.languages.clone())).preset("en").folded()
    }

    pub(super) fn language_from(&self, name: String, path: &str) -> Slot {
        let label = Label::Key("moderation-translated-from");
        Slot::new(name, path, label, Reads::One(self.languages.clone())).folded()
    }

    pub(super) fn translator(&self, name: String, path: &str) -> Slot {
        let by: Vec<Choice> =
            self.desk.codes(In::Head, "translation").iter().filter(|c| c.code != "original").cloned().collect();
        Slot::new(name, path, Label::Key("moderation-translated-by"), Reads::One(by.into())).preset("human").folded()
    }

    pub(super) fn original(&self, name: String, path: &str, most: usize) -> Slot {
        Slot::new(name, path, Label::Key("moderation-original"), Reads::Words(most)).folded()
    }

    /// A date with how it is meant; what stands as an interval of years stays.
    pub(super) fn when(&self, within: In, field: &str, name: &str, path: &str, part: &Body) -> Vec<Slot> {
        let (name, label) = (format!("{name}.{path}"), self.desk.label(within, field));
        if part.get(path).is_some_and(|when| when.get("from").is_some()) {
            return vec![Slot::new(name, &format!("{path}.kept"), label, Reads::Kept)];
        }
        let qualifier = self.date_qualifier(&name, path).beside(&format!("{path}.value"));
        vec![Slot::new(name, &format!("{path}.value"), label, Reads::Date), qualifier]
    }

    pub(super) fn date_qualifier(&self, name: &str, path: &str) -> Slot {
        let reads = Reads::One(self.desk.codes(In::Wrapper, "date_qualifier"));
        self.wrapper("date_qualifier", format!("{name}.qualifier"), &format!("{path}.qualifier"), reads).preset("exact")
    }

    pub(super) fn cited(&self, name: &str) -> Slot {
        let label = Label::Key("moderation-cited");
        Slot::new(format!("{name}.sources"), "sources", label, Reads::Many(self.sources.clone()))
    }

    pub(super) fn wrapper(&self, word: &str, name: String, path: &str, reads: Reads) -> Slot {
        Slot::new(name, path, self.desk.label(In::Wrapper, word), reads)
    }

    pub(super) fn line(&self, within: In, field: &str, name: &str, leaf: &str) -> Slot {
        self.slot(within, field, name, leaf, leaf, Reads::Line(limits::LINE))
    }

    pub(super) fn one(&self, within: In, field: &str, name: &str, path: &str) -> Slot {
        let reads = Reads::One(self.desk.codes(within, field));
        Slot::new(name.to_owned(), path, self.desk.label(within, field), reads)
    }

    pub(super) fn one_at(&self, within: In, field: &str, name: &str, leaf: &str, path: &str) -> Slot {
        self.one(within, field, &format!("{name}.{leaf}"), path)
    }

    pub(super) fn slot(&self, within: In, field: &str, name: &str, leaf: &str, path: &str, reads: Reads) -> Slot {
        Slot::new(format!("{name}.{leaf}"), path, self.desk.label(within, field), reads)
    }
}
