//! The vocabulary, as the form, the filters and the exports have it: what there is, what was retired, and what took its place (row R35).

mod changes;
mod samples;

use actix_web::{HttpResponse, http::header, web::Data};
use askama::Template;
use casebook_core::{
    cases::usage::Usage,
    codebook::{Codebook, Field, FieldCode, Text, Version},
};
use std::sync::Arc;

use crate::{
    kit::{App, Error, Frame, Message, Page, Result, Visit},
    url,
};

/// The codebook.
#[derive(Debug, Template)]
#[template(path = "codebook/show.html")]
pub struct CodebookPage {
    /// The frame.
    pub frame: Frame,
    /// The vocabulary.
    pub codebook: Arc<Codebook>,
    /// How many cases have which code.
    pub usage: Usage,
}

/// `GET /codebook` - every field and code with its definition, its history and the number of its cases.
///
/// # Errors
/// Those of the database.
pub async fn show(app: Data<App>, visit: Visit) -> Result<Page<CodebookPage>> {
    let state = app.clone();
    let usage = app.read(move |r| Usage::of(r, &state.catalogue, &state.codebook)).await?;
    let frame = visit.frame("codebook-title").describing(visit.text("codebook-lead"));
    Ok(Page::new(CodebookPage { frame, codebook: app.codebook.clone(), usage }))
}

/// `GET /codebook.json` - the same for programs.
///
/// # Errors
/// If the vocabulary cannot be written, which would be a defect.
pub async fn json(app: Data<App>) -> Result<HttpResponse> {
    let body = serde_json::to_string(&*app.codebook).map_err(Error::unexpected)?;
    Ok(HttpResponse::Ok().insert_header((header::CONTENT_TYPE, "application/json")).body(body))
}

/// Fields that belong together.
struct Group<'a> {
    code: String,
    label: String,
    intro: String,
    fields: Vec<&'a Field>,
}

/// Another field or code, with its place on the page.
struct Mention {
    label: String,
    address: String,
    /// The cases that carry it, where some still do.
    cases: Option<Number>,
}

/// A number of cases.
struct Number {
    words: String,
    /// What it counts, for who hears it alone.
    meaning: String,
    /// The list of them; none where they cannot be filtered by, or where there is no case.
    address: Option<String>,
}

impl CodebookPage {
    /// The topics of the form first, then what stands around the answers; in each what is retired comes last.
    fn groups(&self) -> Vec<Group<'_>> {
        let lang = self.frame.language.code();
        let topics = self.codebook.sections().iter().map(|section| Group {
            code: section.code.clone(),
            label: section.label(lang).to_owned(),
            intro: section.intro.text(lang).to_owned(),
            fields: self.fields_in(Some(&section.code)),
        });
        let apart = Group {
            code: "around".to_owned(),
            label: self.frame.t("codebook-around"),
            intro: self.frame.t("codebook-around-intro"),
            fields: self.fields_in(None),
        };
        topics.chain(std::iter::once(apart)).filter(|group| !group.fields.is_empty()).collect()
    }

    fn fields_in(&self, section: Option<&str>) -> Vec<&Field> {
        let mut fields: Vec<&Field> =
            self.codebook.fields().iter().filter(|field| field.section.as_deref() == section).collect();
        fields.sort_by_key(|field| field.retired.is_some());
        fields
    }

    /// What is known of a field beside its definition, in one line.
    fn facts(&self, field: &Field) -> String {
        let lang = self.frame.language.code();
        let mut facts = vec![
            self.frame.t(format!("codebook-in-{}", field.within.code())),
            self.frame.t(format!("codebook-type-{}", kind(field))),
        ];
        let beside: Vec<&str> = self.codebook.qualifiers_of(field).map(|qualifier| qualifier.label(lang)).collect();
        if !beside.is_empty() {
            facts.push(self.frame.t1("codebook-beside", "labels", beside.join(", ")));
        }
        if field.required {
            facts.push(self.frame.t("codebook-required"));
        }
        if field.core {
            facts.push(self.frame.t("codebook-core"));
        }
        facts.push(self.frame.t1("codebook-since", "version", field.since.to_string()));
        facts.join("; ")
    }

    /// The version that first had a code, where it came later than its field.
    fn came_later(&self, field: &Field, code: &FieldCode) -> Option<String> {
        (code.since > field.since).then(|| self.frame.t1("codebook-since", "version", code.since.to_string()))
    }

    /// The anchor of a field. Where a part's property shares its code with a field, it bears the part's name too.
    fn anchor(&self, field: &Field) -> String {
        self.codebook.handle(field)
    }

    fn code_anchor(&self, field: &Field, code: &FieldCode) -> String {
        format!("{}-{}", self.codebook.handle(field), code.code)
    }

    /// That a field was retired, and why.
    fn end_of_field(&self, field: &Field) -> Option<String> {
        Some(self.end(field.retired?, field.retired_because.as_ref(), field.replaced_by.len()))
    }

    /// That a code was retired, and why.
    fn end_of_code(&self, code: &FieldCode) -> Option<String> {
        Some(self.end(code.retired?, code.retired_because.as_ref(), code.replaced_by.len()))
    }

    fn end(&self, version: Version, because: Option<&Text>, successors: usize) -> String {
        let key = if successors == 0 { "codebook-given-up" } else { "codebook-retired" };
        let words = self.frame.t1(key, "version", version.to_string());
        match because {
            Some(because) => format!("{words} {}", because.text(self.frame.language.code())),
            None => words,
        }
    }

    /// What took the place of a code.
    fn successors(&self, field: &Field, code: &FieldCode) -> Vec<Mention> {
        field.successors(code).map(|next| self.mention(field, Some(next))).collect()
    }

    /// What a code took the place of. Of one that was split, some cases may still carry it.
    fn predecessors(&self, field: &Field, code: &FieldCode) -> Vec<Mention> {
        field.predecessors(code).map(|earlier| self.mention(field, Some(earlier))).collect()
    }

    /// What took the place of a field.
    fn field_successors(&self, field: &Field) -> Vec<Mention> {
        self.codebook.successors_of(field).map(|next| self.mention(next, None)).collect()
    }

    /// What a field took the place of.
    fn field_predecessors(&self, field: &Field) -> Vec<Mention> {
        self.codebook.predecessors_of(field).map(|earlier| self.mention(earlier, None)).collect()
    }

    fn mention(&self, field: &Field, code: Option<&FieldCode>) -> Mention {
        let lang = self.frame.language.code();
        let anchor = code.map_or_else(|| self.anchor(field), |code| self.code_anchor(field, code));
        let still = code.filter(|code| code.retired.is_some()).and_then(|code| self.number(field, code));
        Mention {
            label: code.map_or_else(|| field.label(lang), |code| code.label(lang)).to_owned(),
            address: url::codebook_field(&anchor),
            cases: still.filter(|number| number.address.is_some()),
        }
    }

    /// How many cases are found by a code; none where cases are not counted by it.
    fn number(&self, field: &Field, code: &FieldCode) -> Option<Number> {
        let cases = self.usage.of_code(field, code)?;
        let words = self.frame.tn("codebook-cases", cases);
        let label = code.label(self.frame.language.code());
        let meaning = Message::new("codebook-cases-with").with("cases", &words).with("label", label);
        let filter = (format!("f.{}", field.code), code.code.clone());
        let address = (cases > 0 && field.facet).then(|| url::cases_fitting(&[filter]));
        Some(Number { meaning: self.frame.say(&meaning), words, address })
    }

    /// How many cases say anything of a field.
    fn answers(&self, field: &Field) -> Option<String> {
        Some(self.frame.tn("codebook-answers", self.usage.of_field(field)?))
    }
}

/// The word of the file for what an answer looks like.
fn kind(field: &Field) -> &'static str {
    use casebook_core::codebook::FieldKind as Kind;
    match field.kind {
        Kind::Choice => "choice",
        Kind::Choices => "choices",
        Kind::Text => "text",
        Kind::Line => "line",
        Kind::Number => "number",
        Kind::Amount => "amount",
        Kind::Date => "date",
        Kind::Country => "country",
        Kind::Organisation => "organisation",
        Kind::Address => "address",
        Kind::Language => "language",
        Kind::Flag => "flag",
    }
}
