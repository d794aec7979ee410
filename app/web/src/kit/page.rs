//! A page is a template with its frame: title, place in the site, language, form token, notice.

use actix_web::{
    HttpRequest, HttpResponse, Responder,
    body::BoxBody,
    http::{StatusCode, header},
};
use askama::Template;

use super::{Area, Error, Language, Message, Visit, assets, messages, messages::ToArg};
use crate::url;

/// What every template is handed as `frame`.
#[derive(Debug, Clone, Default)]
pub struct Frame {
    /// The page's title, which is its `<h1>` in most cases.
    pub title: String,
    /// One sentence for search engines and previews; empty on private pages.
    pub description: String,
    /// The path, by which the navigation marks where one is.
    pub path: String,
    /// The language of the interface.
    pub language: Language,
    /// The part of the site.
    pub area: Area,
    /// Who is signed in, if anybody.
    pub member: Option<FrameMember>,
    /// The token that each form of the page carries.
    pub csrf: String,
    /// What has just happened, said once above the page.
    pub notice: Option<String>,
    /// What stands in the search box.
    pub query: String,
}

/// The signed-in member of staff, as the frame shows them.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FrameMember {
    /// The alias under which they act.
    pub name: String,
    /// Whether the administration is shown.
    pub administrator: bool,
}

impl Frame {
    /// The frame of a page with this title.
    #[must_use]
    pub fn new(visit: &Visit, title: String) -> Self {
        Self {
            title,
            path: visit.path.clone(),
            language: visit.language,
            area: visit.area,
            csrf: visit.csrf.clone(),
            ..Self::default()
        }
    }

    /// Adds the sentence for search engines.
    #[must_use]
    pub fn describing(mut self, description: impl Into<String>) -> Self {
        self.description = description.into();
        self
    }

    /// Adds what has just happened.
    #[must_use]
    pub fn noting(mut self, notice: Option<impl Into<Message>>) -> Self {
        self.notice = notice.map(|notice| notice.into().text(self.language));
        self
    }

    /// What stands in the browser's title bar. On a contributor's page the site is not named, so that a history tells little.
    #[must_use]
    pub fn window_title(&self) -> String {
        if self.is_neutral() { self.title.clone() } else { format!("{} - {}", self.title, self.t("frame-site")) }
    }

    /// Whether the page must not say what it is for.
    #[must_use]
    pub fn is_neutral(&self) -> bool {
        self.area == Area::Contributor
    }

    /// Whether search engines are asked to leave the page out.
    #[must_use]
    pub fn is_private(&self) -> bool {
        self.area.is_private()
    }

    /// Whether the navigation marks the item that leads to `prefix`.
    #[must_use]
    pub fn is_at(&self, prefix: &str) -> bool {
        self.path == prefix || self.path.strip_prefix(prefix).is_some_and(|rest| rest.starts_with('/'))
    }

    /// The language code for the page's `lang`.
    #[must_use]
    pub fn lang(&self) -> &'static str {
        self.language.code()
    }

    /// The address of an embedded file such as `css/frame.css`, with the mark of its content.
    #[must_use]
    pub fn asset(&self, file: &str) -> String {
        assets::address(file)
    }

    /// The text under `key`.
    #[must_use]
    pub fn t(&self, key: impl AsRef<str>) -> String {
        messages::text(self.language, key.as_ref())
    }

    /// The text under `key` for `n` of something.
    #[must_use]
    pub fn tn(&self, key: impl AsRef<str>, n: impl ToArg) -> String {
        self.t1(key, "n", n)
    }

    /// The text under `key` with one value put in.
    #[must_use]
    pub fn t1(&self, key: impl AsRef<str>, name: &'static str, value: impl ToArg) -> String {
        Message::new(key.as_ref().to_owned()).with(name, value).text(self.language)
    }

    /// The text under `key` with two values put in.
    #[must_use]
    pub fn t2(
        &self,
        key: impl AsRef<str>,
        first: &'static str,
        one: impl ToArg,
        second: &'static str,
        two: impl ToArg,
    ) -> String {
        Message::new(key.as_ref().to_owned()).with(first, one).with(second, two).text(self.language)
    }

    /// A message in the page's language.
    #[must_use]
    pub fn say(&self, message: &Message) -> String {
        message.text(self.language)
    }
}

/// The answer that shows a template.
#[derive(Debug)]
pub struct Page<T> {
    template: T,
    status: StatusCode,
    scripted: bool,
}

impl<T: Template> Page<T> {
    /// A page without script.
    #[must_use]
    pub fn new(template: T) -> Self {
        Self { template, status: StatusCode::OK, scripted: false }
    }

    /// A page that loads a script of ours; not for contributors' pages.
    #[must_use]
    pub fn scripted(template: T) -> Self {
        Self { scripted: true, ..Self::new(template) }
    }

    /// The same page with another status.
    #[must_use]
    pub fn with_status(mut self, status: StatusCode) -> Self {
        self.status = status;
        self
    }
}

impl<T: Template> Responder for Page<T> {
    type Body = BoxBody;

    fn respond_to(self, _: &HttpRequest) -> HttpResponse {
        match self.template.render() {
            Ok(html) => {
                let mut answer = HttpResponse::build(self.status).content_type("text/html; charset=utf-8").body(html);
                if self.scripted {
                    answer.extensions_mut().insert(Scripted);
                }
                answer
            }
            Err(error) => HttpResponse::from_error(Error::unexpected(error)),
        }
    }
}

/// Marks an answer whose page loads a script of ours.
#[derive(Debug, Clone, Copy)]
pub struct Scripted;

/// The answer that leads elsewhere with GET.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SeeOther(pub String);

impl Responder for SeeOther {
    type Body = BoxBody;

    fn respond_to(self, _: &HttpRequest) -> HttpResponse {
        self.into()
    }
}

impl From<SeeOther> for HttpResponse {
    fn from(elsewhere: SeeOther) -> Self {
        Self::SeeOther().insert_header((header::LOCATION, elsewhere.0)).finish()
    }
}

/// The answer that leads to where something now stays for good.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Moved(pub String);

impl Responder for Moved {
    type Body = BoxBody;

    fn respond_to(self, _: &HttpRequest) -> HttpResponse {
        self.into()
    }
}

impl From<Moved> for HttpResponse {
    fn from(moved: Moved) -> Self {
        Self::MovedPermanently().insert_header((header::LOCATION, moved.0)).finish()
    }
}

/// A template that can show itself with made-up content: empty, full, longest, hostile. One test renders every sample and looks at
/// headings, labels and markup.
pub trait Sample: Template + Sized {
    /// The samples, each with a name for the test's report.
    fn samples() -> Vec<(&'static str, Self)>;
}

/// A sample as the test sees it: name and HTML.
pub type Rendered = (String, Result<String, askama::Error>);

/// Renders the samples of one template; `samples::all` of this package lists every template.
#[must_use]
pub fn render_samples<T: Sample>() -> Vec<Rendered> {
    let template = std::any::type_name::<T>();
    T::samples().into_iter().map(|(name, page)| (format!("{template} ({name})"), page.render())).collect()
}

/// A visit for samples: a reader at `path`.
#[must_use]
pub fn sample_visit(path: &str) -> Visit {
    Visit {
        area: Area::of(path),
        path: path.to_owned(),
        address: path.to_owned(),
        csrf: "sample-token".to_owned(),
        ..Visit::default()
    }
}

/// A link of the header or the footer.
#[derive(Debug, Clone)]
pub struct Item {
    /// The words.
    pub label: String,
    /// Where it leads.
    pub address: String,
    /// Whether it stands apart, at the end of the line.
    pub apart: bool,
}

impl Frame {
    fn item(&self, key: &str, address: String) -> Item {
        Item { label: self.t(key), address, apart: false }
    }

    /// The main navigation.
    #[must_use]
    pub fn navigation(&self) -> Vec<Item> {
        let mut items = vec![
            self.item("frame-nav-cases", url::cases()),
            self.item("frame-nav-statistics", url::statistics(&[])),
            self.item("frame-nav-datasets", url::datasets()),
            self.item("frame-nav-codebook", url::codebook()),
            self.item("frame-nav-about", url::about()),
        ];
        if self.member.is_some() {
            items.push(self.item("frame-nav-staff", url::staff()));
        }
        items.push(Item { apart: true, ..self.item("frame-nav-share", url::share()) });
        items.push(self.item("frame-nav-return", url::return_()));
        items
    }

    /// The links of the footer.
    #[must_use]
    pub fn footer(&self) -> Vec<Item> {
        vec![
            self.item("frame-nav-about", url::about()),
            self.item("frame-nav-method", url::method()),
            self.item("frame-nav-statistics", url::statistics(&[])),
            self.item("frame-nav-datasets", url::datasets()),
            self.item("frame-nav-protection", url::protection()),
            self.item("frame-nav-log", url::log()),
            self.item("frame-nav-transparency", url::transparency()),
            self.item("frame-nav-api", url::api()),
        ]
    }

    /// Where the button of the header signs out.
    #[must_use]
    pub fn sign_out(&self) -> String {
        url::sign_out()
    }

    /// The styles, in the order in which they build on one another.
    #[must_use]
    pub fn styles(&self) -> Vec<&'static str> {
        let base = ["vendor/pico/pico.css", "css/tokens.css", "css/base.css", "css/frame.css", "css/forms.css"];
        let own: &[&str] = match self.area {
            Area::Public | Area::Api => &["css/list.css", "css/case.css", "css/compare.css", "css/statistics.css"],
            Area::Contributor => &["css/case.css"],
            Area::Staff => &["css/case.css", "css/staff.css"],
        };
        base.iter().chain(own).copied().collect()
    }
}
