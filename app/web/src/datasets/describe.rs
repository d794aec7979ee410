//! What is said of the dataset whatever it is said in: names, sentences, fields, places. The descriptions for search engines and for catalogues
//! take it from here, so that they cannot differ.

use std::sync::Arc;

use casebook_core::{
    codebook::{Codebook, Field, Version as Vocabulary},
    places::{Country, Gazetteer},
    releases::{Coverage, Release},
};

use crate::{
    kit::{App, Language, Message, messages},
    url,
};

/// How long a description may be, in characters.
const LONGEST: usize = 5_000;

/// What descriptions are made with.
pub(super) struct Describer {
    /// The address of the site, without a slash at the end.
    pub(super) site: String,
    /// The vocabulary.
    pub(super) codebook: Arc<Codebook>,
    /// Cities and countries.
    pub(super) gazetteer: Arc<Gazetteer>,
    /// The language of its sentences.
    pub(super) language: Language,
}

impl Describer {
    pub(super) fn new(app: &App, language: Language) -> Self {
        let (codebook, gazetteer) = (app.codebook.clone(), app.gazetteer.clone());
        Self { site: app.config.public_url(), codebook, gazetteer, language }
    }

    /// The whole address of a path of the site.
    pub(super) fn at(&self, path: &str) -> String {
        format!("{}{path}", self.site)
    }

    /// By which the collection is known as the author of everything.
    pub(super) fn author(&self) -> String {
        format!("{}#collection", self.at(&url::about()))
    }

    pub(super) fn text(&self, key: &str) -> String {
        messages::text(self.language, key)
    }

    pub(super) fn say(&self, message: Message) -> String {
        message.text(self.language)
    }

    /// What a release is, with what whoever made it has to say.
    pub(super) fn description(&self, release: &Release) -> String {
        let message = Message::new("datasets-description").with("n", release.cases);
        let message = message.with("day", release.day.to_string()).with("version", release.version.to_string());
        let words = self.say(message);
        let words = release.note.iter().fold(words, |words, note| format!("{words} {note}"));
        words.chars().take(LONGEST).collect()
    }

    /// The subjects of the collection.
    pub(super) fn keywords(&self) -> Vec<String> {
        self.text("datasets-keywords").split(',').map(|word| word.trim().to_owned()).collect()
    }

    /// The fields that cases of this vocabulary have been asked for, each with its place in the codebook. Of several with one code the codebook
    /// gives the code to the first.
    pub(super) fn fields(&self, vocabulary: Option<Vocabulary>) -> impl Iterator<Item = (&Field, String)> {
        let fields = self.codebook.fields().iter().filter(move |field| {
            let first = self.codebook.field(&field.code).is_some_and(|first| first.within == field.within);
            let asked = vocabulary.is_none_or(|version| field.was_asked_in(version));
            first && asked && field.retired.is_none()
        });
        fields.map(move |field| (field, self.at(&url::codebook_field(&field.code))))
    }

    /// The countries that some cases lie in.
    pub(super) fn countries<'a>(&'a self, coverage: &'a Coverage) -> impl Iterator<Item = &'a Country> {
        coverage.countries.iter().filter_map(move |code| self.gazetteer.country(code))
    }
}

/// A year in four figures, as standards write it.
pub(super) fn year(year: i32) -> String {
    format!("{year:04}")
}
