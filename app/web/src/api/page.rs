//! `/api`: what there is for programs, for the people who write them.

use actix_web::web::Data;
use askama::Template;
use casebook_core::limits;

use crate::kit::{App, Frame, Html, Page, Sample, Visit, page::sample_visit, problem};

const TEXT: &str = include_str!("../../messages/en/api.md");
/// The address in the examples, which stands for this site's.
const SITE_OF_EXAMPLES: &str = "https://casebook.example";
/// The examples as they are run by `scripts/check_api.py`, each with the name of its language.
const EXAMPLES: [(&str, &str); 3] = [
    ("curl", include_str!("../../../../scripts/api-examples/list.sh")),
    ("Python", include_str!("../../../../scripts/api-examples/list.py")),
    ("R", include_str!("../../../../scripts/api-examples/list.R")),
];

/// What there is for programs.
#[derive(Debug, Template)]
#[template(path = "api/show.html")]
pub struct ApiPage {
    /// The frame.
    pub frame: Frame,
    /// What there is, and how it is read.
    pub text: Html,
    /// Programs that read a set: the name of the language and the program.
    pub examples: Vec<(&'static str, String)>,
    /// The kinds of failure.
    pub failures: Vec<Failure>,
}

/// A kind of failure.
#[derive(Debug)]
pub struct Failure {
    /// Its name, to which a problem's type leads.
    pub name: &'static str,
    /// The status of the answer.
    pub status: u16,
    /// What happened.
    pub title: String,
    /// What it means, and what to do.
    pub words: String,
}

/// `GET /api` - what programs can read, and how. Row R19.
pub async fn show(app: Data<App>, visit: Visit) -> Page<ApiPage> {
    Page::new(ApiPage::new(&visit, &app.config.public_url()))
}

impl ApiPage {
    /// The page of a site with this address.
    #[must_use]
    pub fn new(visit: &Visit, site: &str) -> Self {
        let failure = |(name, status)| Failure {
            name,
            status,
            title: visit.text(problem::title(name)),
            words: visit.text(problem::words(name)),
        };
        Self {
            frame: visit.frame("api-title").describing(visit.text("api-description")),
            text: text(),
            examples: EXAMPLES.map(|(language, program)| (language, program.replace(SITE_OF_EXAMPLES, site))).into(),
            failures: problem::kinds().into_iter().map(failure).collect(),
        }
    }
}

fn text() -> Html {
    let values = [("{least}", 1), ("{most}", limits::API_PAGE_MOST), ("{usual}", limits::API_PAGE)];
    let text = values.iter().fold(TEXT.to_owned(), |text, (name, value)| text.replace(name, &value.to_string()));
    Html::from_our_own(&text)
}

impl Sample for ApiPage {
    fn samples() -> Vec<(&'static str, Self)> {
        let page = |site: &str| Self::new(&sample_visit("/api"), site);
        vec![("whole", page("https://casebook.example")), ("hostile", page("<script>alert(1)</script>"))]
    }
}
