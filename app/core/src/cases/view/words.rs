//! Values as a reader meets them: codes become their labels, ids become names; what needs a language's grammar stays typed.

use super::{Lens, Retired};
use crate::{
    cases::document::{Amount, Band, Number, Side, Text, Translation, Value, When},
    ids::OrganisationId,
};

/// A value or qualifier, ready to be put into words by the page.
#[derive(Debug, Clone, PartialEq)]
pub enum Shown {
    /// Words as they are: the label of a code, a country's name, a text.
    Words(String),
    /// A count, and its year.
    Number(Number),
    /// A sum of money.
    Amount(Amount),
    /// A sum of money between two bounds.
    Band(Band),
    /// A date, as entered.
    Date(When),
    /// Inside or outside of the case's continent.
    Side(Side),
    /// An organisation on record.
    Organisation {
        /// Its id.
        id: OrganisationId,
        /// Its name.
        name: String,
    },
}

/// A qualifier with its name.
#[derive(Debug, Clone, PartialEq)]
pub struct Qualified {
    /// The qualifier's label.
    pub label: String,
    /// Its value.
    pub value: Shown,
    /// The code is offered no more.
    pub retired: Option<Retired>,
}

/// Words that somebody said, with their language and how they came into it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Quote {
    /// The words.
    pub text: String,
    /// BCP 47 tag of their language.
    pub lang: String,
    /// From which language, and by whom they were translated.
    pub translation: Option<Translation>,
    /// The words as they were first said.
    pub original: Option<String>,
}

impl From<&Text> for Quote {
    fn from(text: &Text) -> Self {
        Self {
            text: text.text.clone(),
            lang: text.lang.clone(),
            translation: text.translation.clone(),
            original: text.original.clone(),
        }
    }
}

impl Lens<'_> {
    /// The label of a code of a field; the code itself where the codebook has none.
    #[must_use]
    pub fn label(&self, field: &str, code: &str) -> String {
        self.codebook.label(field, code, self.lang).to_owned()
    }

    /// The name of an organisation; the id itself where it is not on record.
    #[must_use]
    pub fn organisation(&self, id: &OrganisationId) -> String {
        self.parties.get(id).map_or_else(|| id.to_string(), |party| party.name().to_owned())
    }

    /// The name of a country; the code itself where the gazetteer has none.
    #[must_use]
    pub fn country(&self, iso2: &str) -> String {
        self.gazetteer.country(iso2).map_or_else(|| iso2.to_owned(), |country| country.name.to_owned())
    }

    /// A value of `field`.
    #[must_use]
    pub fn shown(&self, field: &str, value: &Value) -> Shown {
        match value {
            Value::Code { code, text: Some(text), .. } => {
                Shown::Words(format!("{}: {text}", self.label(field, code.as_str())))
            }
            Value::Code { code, text: None, .. } => Shown::Words(self.label(field, code.as_str())),
            Value::Text { text, .. } => Shown::Words(text.clone()),
            Value::Number(number) => Shown::Number(*number),
            Value::Amount(amount) => Shown::Amount(amount.clone()),
            Value::Band(band) => Shown::Band(band.clone()),
            Value::Date { date, qualifier } => Shown::Date(When::Entered { value: *date, qualifier: *qualifier }),
            Value::Interval(years) => Shown::Date(When::Between { from: years.from, to: years.to }),
            Value::Country { country } => Shown::Words(self.country(country.as_str())),
            Value::Continent { continent } => Shown::Side(*continent),
            Value::Organisation { organisation } => {
                Shown::Organisation { id: organisation.clone(), name: self.organisation(organisation) }
            }
            Value::BodyType { body_type } => Shown::Words(self.label("public_body_type", body_type.as_str())),
        }
    }

    /// A qualifier, by its own vocabulary.
    #[must_use]
    pub fn qualified(&self, code: &str, value: &Value) -> Qualified {
        let field = self.codebook.qualifier(code);
        let label = field.map_or(code, |field| field.label(self.lang)).to_owned();
        let retired = field.zip(value.as_code()).and_then(|(field, code)| self.retired_code(field, code.as_str()));
        let value = match (value, field) {
            (Value::Code { code, text, .. }, Some(field)) => {
                let words = field.code(code.as_str()).map_or(code.as_str(), |code| code.label(self.lang));
                Shown::Words(text.as_ref().map_or_else(|| words.to_owned(), |text| format!("{words}: {text}")))
            }
            (value, _) => self.shown(code, value),
        };
        Qualified { label, value, retired }
    }
}
