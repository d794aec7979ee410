//! What a page needs to know of the request it answers: where it is, in which language, and the token for its forms.

use std::future::{Ready, ready};

use actix_web::{FromRequest, HttpRequest, dev::Payload, web::Data};

use casebook_core::secret::{LookupHash, Token};

use super::{App, Area, Error, Frame, Language, Message, cookies::Kind, csrf, page::FrameMember};

/// The request, as far as a page's frame shows it. It holds no address of the visitor, no header and no cookie.
#[derive(Debug, Clone, Default)]
pub struct Visit {
    /// The part of the site.
    pub area: Area,
    /// The language of the interface.
    pub language: Language,
    /// The path, such as `/cases`.
    pub path: String,
    /// The path with what follows the question mark.
    pub address: String,
    /// The token for this page's forms; empty where the visitor has no cookie.
    pub csrf: String,
    /// The hash of the visitor's cookie, under which [`super::flash::Flash`] keeps things for them.
    pub key: Option<LookupHash>,
    /// What has just happened, to be said above the page.
    pub notice: Option<Message>,
    /// Who is signed in.
    pub member: Option<FrameMember>,
}

impl Visit {
    /// The visit that `request` is.
    #[must_use]
    pub fn of(app: &App, request: &HttpRequest) -> Self {
        let area = Area::of(request.path());
        let cookie = app.cookies.read(request, Kind::of(area));
        Self {
            area,
            language: Language::default(),
            path: request.path().to_owned(),
            address: request.uri().path_and_query().map_or_else(String::new, ToString::to_string),
            csrf: cookie.as_ref().map(csrf::token).unwrap_or_default(),
            key: cookie.as_ref().map(Token::lookup),
            notice: None,
            member: None,
        }
    }

    /// The frame of a page with this title.
    #[must_use]
    pub fn frame(&self, title: impl Into<Message>) -> Frame {
        let mut frame = Frame::new(self, title.into().text(self.language)).noting(self.notice.clone());
        frame.member.clone_from(&self.member);
        frame
    }

    /// A message in the visitor's language.
    #[must_use]
    pub fn text(&self, message: impl Into<Message>) -> String {
        message.into().text(self.language)
    }
}

impl FromRequest for Visit {
    type Error = Error;
    type Future = Ready<Result<Self, Error>>;

    fn from_request(request: &HttpRequest, _: &mut Payload) -> Self::Future {
        ready(App::of(request).map(|app: &Data<App>| Self::of(app, request)))
    }
}
