//! What the core says in keys and codes, in words; and what several pages of review show alike.

use casebook_core::{
    codebook::Codebook,
    intake::{
        self,
        problems::{Argument, Fault},
    },
    moderation::{
        Shown,
        draft::{Found, Label, SheetName},
    },
};

use crate::{
    kit::{App, Filled, Language, Message, Problems},
    words,
};

/// A label in words.
pub(super) fn label(label: &Label, language: Language) -> String {
    match label {
        Label::Key(key) => Message::new(*key).text(language),
        Label::Words(words) => words.clone(),
    }
}

/// A problem as a message.
pub(super) fn message(fault: &Fault) -> Message {
    let mut message = Message::new(fault.key);
    for (name, argument) in &fault.args {
        message = match argument {
            Argument::Number(number) => message.with(*name, *number),
            Argument::Text(text) => message.with(*name, text),
        };
    }
    message
}

/// Problems as a form shows them.
pub(super) fn problems(wrong: &intake::Problems) -> Problems {
    let mut problems = Problems::new();
    wrong.iter().for_each(|problem| problems.add(problem.input.clone(), message(&problem.fault)));
    problems
}

/// A code with its label, for a list to choose from.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Choice {
    /// What is sent.
    pub code: String,
    /// Its name.
    pub label: String,
    /// What it means; may be empty.
    pub definition: String,
    /// Whether it is chosen.
    pub chosen: bool,
}

/// The codes of a vocabulary.
pub(super) fn choices(codebook: &Codebook, field: &str, chosen: &str, language: Language) -> Vec<Choice> {
    let codes = codebook.field(field).into_iter().flat_map(|field| field.current_codes());
    let choice = |code: &casebook_core::codebook::FieldCode| Choice {
        chosen: code.code == chosen,
        code: code.code.clone(),
        label: code.label(language.code()).to_owned(),
        definition: code.definition(language.code()).to_owned(),
    };
    codes.map(choice).collect()
}

/// A draft as an overview shows it: its sheets, what stands in the way, and names that would tell its place.
#[derive(Debug, Default)]
pub struct Overview {
    /// The title as it stands.
    pub title: String,
    /// The words for the level of disclosure.
    pub level: String,
    /// How many cities fit what readers would learn of the place, and what is advised where they are few.
    pub crowd: Vec<String>,
    /// Its sheets.
    pub sheets: Vec<SheetLine>,
    /// What stands in the way of publication.
    pub problems: Vec<Obstacle>,
    /// Names in texts of a case whose place is not named.
    pub found: Vec<FoundLine>,
    /// Where it can be seen as it would be public; none as long as something stands in the way.
    pub preview: Option<String>,
    /// Whether it can be edited now.
    pub is_open: bool,
}

/// A sheet in the overview.
#[derive(Debug)]
pub struct SheetLine {
    /// What it is called.
    pub label: String,
    /// Where it is edited.
    pub address: String,
    /// How much is to be mended on it.
    pub problems: usize,
    /// Whether it is the one that is shown.
    pub is_here: bool,
}

/// Something that stands in the way of publication.
#[derive(Debug)]
pub struct Obstacle {
    /// The sheet on which it is mended.
    pub sheet: String,
    /// Where it is mended.
    pub address: String,
    /// What is wrong.
    pub words: String,
}

/// A name that was found.
#[derive(Debug)]
pub struct FoundLine {
    /// Counts from one.
    pub number: usize,
    /// Where it stands.
    pub at: String,
    /// The name.
    pub words: String,
    /// The text around it.
    pub context: String,
    /// The words for what kind of name it is.
    pub kind: String,
    /// Reasons for letting it stand.
    pub reasons: Vec<Choice>,
}

/// The overview of a draft whose sheets lie at `address` and whose preview lies at `preview`.
pub(super) fn overview(
    shown: &Shown,
    app: &App,
    language: Language,
    address: impl Fn(&str) -> String,
    preview: String,
) -> Overview {
    let here = shown.sheet.as_ref().map(|sheet| &sheet.name);
    let unready = shown.outcome.as_ref().err().map_or(&[][..], |unready| &unready.0);
    let completed = shown.outcome.as_ref().ok();
    let of = |name: &SheetName| unready.iter().filter(|(sheet, _, _)| sheet == name).count();
    let called = |name: &SheetName| {
        let known = shown.sheets.iter().find(|(sheet, _)| sheet == name);
        known.map_or_else(|| name.name(), |(_, words)| label(words, language))
    };
    let level = shown.draft.level();
    let crowd = completed.and_then(|done| intake::crowd_of(&done.document, &app.gazetteer));
    Overview {
        title: shown.draft.title().to_owned(),
        level: app.codebook.label("place_disclosure", level.code(), language.code()).to_owned(),
        crowd: crowd.map(|crowd| words::crowd(&crowd, language)).unwrap_or_default(),
        sheets: shown
            .sheets
            .iter()
            .map(|(name, words)| SheetLine {
                label: label(words, language),
                address: address(&name.name()),
                problems: of(name),
                is_here: here == Some(name),
            })
            .collect(),
        problems: unready
            .iter()
            .map(|(name, input, fault)| Obstacle {
                sheet: called(name),
                address: format!("{}#{input}", address(&name.name())),
                words: message(fault).text(language),
            })
            .collect(),
        found: completed.map_or_else(Vec::new, |done| found(&done.found, &app.codebook, language)),
        preview: completed.map(|_| preview),
        is_open: shown.is_open,
    }
}

fn found(found: &[Found], codebook: &Codebook, language: Language) -> Vec<FoundLine> {
    let line = |(number, found): (usize, &Found)| FoundLine {
        number,
        at: found.at.clone(),
        words: found.words.clone(),
        context: found.context.clone(),
        kind: Message::new(format!("moderation-mark-{}", found.kind.code())).text(language),
        reasons: choices(
            codebook,
            "waiver_reason",
            found.waived.as_ref().map_or("", |reason| reason.as_str()),
            language,
        ),
    };
    (1..).zip(found).map(line).collect()
}

impl Overview {
    /// The same with the reasons that were chosen in a form which is shown again.
    #[must_use]
    pub(super) fn choosing(mut self, form: &Filled) -> Self {
        for line in &mut self.found {
            let input = format!("waived.{}.reason", line.number);
            if form.ticked(&input) {
                line.reasons.iter_mut().for_each(|reason| reason.chosen = reason.code == form.value(&input));
            }
        }
        self
    }

    /// Made-up content for samples.
    #[must_use]
    pub fn sample(hostile: bool) -> Self {
        let words = if hostile { "<script>alert(1)</script>" } else { "A title" };
        let reasons = vec![Choice {
            code: "common_word".to_owned(),
            label: "Common word".to_owned(),
            definition: String::new(),
            chosen: hostile,
        }];
        Self {
            title: words.to_owned(),
            level: "Country and size".to_owned(),
            crowd: vec![words.to_owned()],
            sheets: vec![SheetLine {
                label: "Head".to_owned(),
                address: "/staff/drafts/x/edit/head".to_owned(),
                problems: usize::from(hostile),
                is_here: true,
            }],
            problems: vec![Obstacle {
                sheet: "Head".to_owned(),
                address: "/staff/drafts/x/edit/head#title".to_owned(),
                words: words.to_owned(),
            }],
            found: vec![FoundLine {
                number: 1,
                at: "summary.text".to_owned(),
                words: words.to_owned(),
                context: format!("in {words} it was"),
                kind: "place".to_owned(),
                reasons,
            }],
            preview: Some("/staff/drafts/x/preview".to_owned()),
            is_open: true,
        }
    }
}
