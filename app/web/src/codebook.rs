//! The vocabulary, as the form, the filters and the exports have it.

use actix_web::{HttpResponse, http::header, web::Data};
use askama::Template;
use casebook_core::codebook::{Codebook, Field, In};
use std::sync::Arc;

use crate::{
    kit::{App, Error, Frame, Page, Result, Sample, Visit, page::sample_visit},
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
}

/// `GET /codebook` - every field and code with its definition.
pub async fn show(app: Data<App>, visit: Visit) -> Page<CodebookPage> {
    let frame = visit.frame("codebook-title").describing(visit.text("codebook-lead"));
    Page::new(CodebookPage { frame, codebook: app.codebook.clone() })
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

impl CodebookPage {
    /// The topics of the form first, then what stands around the answers.
    fn groups(&self) -> Vec<Group<'_>> {
        let lang = self.frame.language.code();
        let topics = self.codebook.sections().iter().map(|section| Group {
            code: section.code.clone(),
            label: section.label(lang).to_owned(),
            intro: section.intro.text(lang).to_owned(),
            fields: self.codebook.fields_of_section(&section.code).collect(),
        });
        let apart = self.codebook.fields().iter().filter(|field| field.section.is_none() && field.retired.is_none());
        let apart = Group {
            code: "around".to_owned(),
            label: self.frame.t("codebook-around"),
            intro: self.frame.t("codebook-around-intro"),
            fields: apart.collect(),
        };
        topics.chain(std::iter::once(apart)).filter(|group| !group.fields.is_empty()).collect()
    }

    /// What is known of a field beside its definition, in one line.
    fn facts(&self, field: &Field) -> String {
        let place = self.frame.t(format!("codebook-in-{}", place(field.within)));
        let mut facts = vec![place];
        if field.required {
            facts.push(self.frame.t("codebook-required"));
        }
        if field.core {
            facts.push(self.frame.t("codebook-core"));
        }
        facts.push(self.frame.t1("codebook-since", "version", field.since.to_string()));
        facts.join("; ")
    }

    /// The anchor of a field. Where a part's property shares its code with a field, it bears the part's name too.
    fn anchor(&self, field: &Field) -> String {
        let first = self.codebook.field(&field.code).is_some_and(|first| first.within == field.within);
        if first { field.code.clone() } else { format!("{}-{}", place(field.within), field.code) }
    }

    fn cases_with(&self, field: &Field, code: &str) -> Option<String> {
        field.facet.then(|| url::cases_fitting(&[(format!("f.{}", field.code), code.to_owned())]))
    }
}

fn place(within: In) -> &'static str {
    match within {
        In::Case => "case",
        In::Agreement => "agreement",
        In::Head => "head",
        In::Involvement => "involvement",
        In::Viewpoint => "viewpoint",
        In::Answer => "answer",
        In::Timeline => "timeline",
        In::Source => "source",
        In::Account => "account",
        In::Organisation => "organisation",
        In::Wrapper => "wrapper",
        In::Qualifier => "qualifier",
    }
}

impl Sample for CodebookPage {
    fn samples() -> Vec<(&'static str, Self)> {
        let frame = sample_visit("/codebook").frame("codebook-title");
        vec![("whole", Self { frame, codebook: Codebook::embedded() })]
    }
}
