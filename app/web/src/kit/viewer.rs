//! Who is asking: nobody in particular, or a member of staff. A handler takes the extractor whose proof its use case asks for.

use std::{future::Future, ops::Deref, pin::Pin};

use actix_web::{FromRequest, HttpMessage, HttpRequest, dev::Payload, http::Method};
use casebook_core::staff::{self, Role, Session};

use super::{App, Error, Frame, Message, Result, Visit, cookies::Kind, headers::Private, page::FrameMember};

type Extracted<T> = Pin<Box<dyn Future<Output = Result<T>>>>;

/// Somebody who reads: with a session if they are of the staff, and then the page is not for a cache.
#[derive(Debug, Clone)]
pub struct Viewer {
    /// The request.
    pub visit: Visit,
    session: Option<Session>,
}

impl Viewer {
    /// The frame of a page with this title.
    #[must_use]
    pub fn frame(&self, title: impl Into<Message>) -> Frame {
        self.visit.frame(title)
    }

    /// The authority to see what moderators see.
    #[must_use]
    pub fn moderator(&self) -> Option<staff::Moderator> {
        self.session.as_ref().and_then(Session::moderator)
    }
}

impl FromRequest for Viewer {
    type Error = Error;
    type Future = Extracted<Self>;

    fn from_request(request: &HttpRequest, _: &mut Payload) -> Self::Future {
        let request = request.clone();
        Box::pin(async move {
            let session = session(&request).await?;
            let visit = visit(&request, session.as_ref())?;
            Ok(Self { visit, session })
        })
    }
}

/// A member of staff who has shown both factors, admitted or not.
#[derive(Debug, Clone)]
pub struct SignedIn {
    /// The request.
    pub visit: Visit,
    /// The session.
    pub session: Session,
}

impl FromRequest for SignedIn {
    type Error = Error;
    type Future = Extracted<Self>;

    fn from_request(request: &HttpRequest, _: &mut Payload) -> Self::Future {
        let request = request.clone();
        Box::pin(async move {
            let session = session(&request).await?.ok_or(Error::SignIn)?;
            let visit = visit(&request, Some(&session))?;
            // Where this request fails, the page that says so belongs to whoever is signed in.
            request.extensions_mut().insert(visit.clone());
            Ok(Self { visit, session })
        })
    }
}

macro_rules! authority {
    ($(#[$meta:meta])* $name:ident, $proof:ident) => {
        $(#[$meta])*
        #[derive(Debug, Clone)]
        pub struct $name {
            /// The request.
            pub visit: Visit,
            authority: staff::$name,
        }

        impl $name {
            /// The frame of a page with this title.
            #[must_use]
            pub fn frame(&self, title: impl Into<Message>) -> Frame {
                self.visit.frame(title)
            }

            /// The proof, to be moved into a use case.
            #[must_use]
            pub fn authority(&self) -> staff::$name {
                self.authority.clone()
            }
        }

        impl Deref for $name {
            type Target = staff::$name;

            fn deref(&self) -> &Self::Target {
                &self.authority
            }
        }

        impl FromRequest for $name {
            type Error = Error;
            type Future = Extracted<Self>;

            fn from_request(request: &HttpRequest, payload: &mut Payload) -> Self::Future {
                let signed_in = SignedIn::from_request(request, payload);
                Box::pin(async move {
                    let signed_in = signed_in.await?;
                    let authority = signed_in.session.$proof().ok_or(Error::Forbidden)?;
                    Ok(Self { visit: signed_in.visit, authority })
                })
            }
        }
    };
}

authority! {
    /// An admitted member of staff.
    Moderator, moderator
}
authority! {
    /// A member of staff who also decides on staff.
    Administrator, administrator
}

/// Whoever decides on staff reviews as well.
impl From<Administrator> for Moderator {
    fn from(by: Administrator) -> Self {
        Self { visit: by.visit, authority: (*by.authority).clone() }
    }
}

/// The live session of the request's cookie. It is written down as alive once a minute.
async fn session(request: &HttpRequest) -> Result<Option<Session>> {
    let app = App::of(request)?;
    let Some(token) = app.cookies.read(request, Kind::Staff) else { return Ok(None) };
    let times = app.entrance.times;
    let session = app.read(move |reading| staff::session(reading, &token, &times)).await?;
    if let Some(session) = session.clone().filter(|session| session.wants_touch(app.clock.now())) {
        app.write_unrecorded(move |tx| staff::touch(tx, &session)).await?;
    }
    Ok(session)
}

/// The request as its frame shows it to a member of staff: with their name, and with what has just happened.
fn visit(request: &HttpRequest, session: Option<&Session>) -> Result<Visit> {
    let app = App::of(request)?;
    let mut visit = Visit::of(app, request);
    let Some(session) = session else { return Ok(visit) };
    request.extensions_mut().insert(Private);
    let member = session.member();
    visit.member = Some(FrameMember { name: member.alias.clone(), administrator: member.role == Role::Administrator });
    if request.method() == Method::GET {
        visit.notice = visit.key.as_ref().and_then(|key| app.flash.said(key));
    }
    Ok(visit)
}
