//! `/staff/mail` - where a member wants the digest sent, if anywhere; and `/staff/continue`, where the link in a mail leads.

use actix_web::{HttpResponse, web::Data};
use askama::Template;
use casebook_core::{Error as CoreError, mail::Address, moderation::SendTrial, staff};

use crate::{
    kit::{
        App, Filled, Frame, FromPairs, Page, Pairs, PostForm, Problems, Result, Sample, SeeOther, SignedIn, Visit,
        limits::Limited, origin::Client, page::sample_visit,
    },
    url,
};

/// The address, and what is sent there.
#[derive(Debug, Template)]
#[template(path = "staff/mail.html")]
pub struct MailPage {
    /// The frame.
    pub frame: Frame,
    /// The form for an address.
    pub form: Filled,
    /// The present address, masked.
    pub address: Option<String>,
    /// Whether mail leaves this instance at all.
    pub leaves: bool,
    /// At what time of the day (UTC) the digest is sent; none where there is no digest.
    pub time: Option<String>,
}

/// `GET /staff/mail` - one's own address, masked.
///
/// # Errors
/// Those of the database.
pub async fn mail(app: Data<App>, by: SignedIn) -> Result<Page<MailPage>> {
    let (session, keys) = (by.session.clone(), app.keys.clone());
    let address = app.read(move |r| staff::own_mail_address(r, &session, &keys)).await?;
    let settings = &app.config.mail;
    Ok(Page::new(MailPage {
        form: app.form_for(&by.visit, Filled::default()),
        frame: by.visit.frame("staff-mail-title"),
        address: address.map(|address| address.masked()),
        leaves: settings.leaves(),
        time: settings.digest_time().map(|time| time.format("%H:%M").to_string()),
    }))
}

/// What the form sends.
#[derive(Debug)]
pub struct MailForm {
    address: String,
}

impl FromPairs for MailForm {
    fn from_pairs(pairs: &Pairs) -> Self {
        Self { address: pairs.first("address").to_owned() }
    }
}

/// `POST /staff/mail` - takes an address, or another one.
///
/// # Errors
/// Those of the database.
pub async fn set_address(app: Data<App>, by: SignedIn, form: PostForm<MailForm>) -> Result<HttpResponse> {
    let mut problems = Problems::new();
    let parsed = Address::parse(&form.address).map_err(|_| "staff-mail-malformed");
    let Some(address) = problems.check("address", parsed) else {
        return Ok(app.again(&by.visit, url::staff_mail(), form.pairs().clone(), problems).into());
    };
    let (session, keys) = (by.session.clone(), app.keys.clone());
    app.write(session.actor(), move |tx| staff::set_mail_address(tx, &session, &address, &keys)).await?;
    app.flash.say(by.session.lookup(), "staff-mail-set");
    Ok(SeeOther(url::staff_mail()).into())
}

/// `POST /staff/mail/forget` - forgets it.
///
/// # Errors
/// Those of the database.
pub async fn forget_address(app: Data<App>, by: SignedIn, _: PostForm) -> Result<SeeOther> {
    let session = by.session.clone();
    app.write(session.actor(), move |tx| staff::forget_mail_address(tx, &session)).await?;
    app.flash.say(by.session.lookup(), "staff-mail-forgotten");
    Ok(SeeOther(url::staff_mail()))
}

/// `POST /staff/mail/trial` - leaves a mail to be sent there.
///
/// # Errors
/// [`crate::kit::Error::NotFound`] without an address; [`crate::kit::Error::Conflict`] where no mail leaves;
/// [`crate::kit::Error::TooMany`].
pub async fn send_trial(app: Data<App>, by: SignedIn, client: Client, _: PostForm) -> Result<SeeOther> {
    app.limits.check(Limited::Mail, client)?;
    let (session, keys, leaves) = (by.session.clone(), app.keys.clone(), app.config.mail.leaves());
    let enqueue = move |tx: &mut _| match SendTrial::enqueue(tx, &session, &keys)? {
        true if leaves => Ok(()),
        true => Err(CoreError::Conflict("staff-mail-off")),
        false => Err(CoreError::NotFound),
    };
    app.write(by.session.actor(), enqueue).await?;
    app.flash.say(by.session.lookup(), "staff-mail-trial-sent");
    Ok(SeeOther(url::staff_mail()))
}

/// The page between a mail and the pages for staff.
#[derive(Debug, Template)]
#[template(path = "staff/continue.html")]
pub struct ContinuePage {
    /// The frame.
    pub frame: Frame,
}

/// `GET /staff/continue` - the browser keeps the cookie of a session back when somebody comes from elsewhere, such as from a mail; from
/// here it sends it.
pub async fn go_on(visit: Visit) -> Page<ContinuePage> {
    Page::new(ContinuePage { frame: visit.frame("staff-continue-title") })
}

impl Sample for MailPage {
    fn samples() -> Vec<(&'static str, Self)> {
        let page = |address: Option<&str>, form| Self {
            frame: sample_visit("/staff/mail").frame("staff-mail-title"),
            form,
            address: address.map(ToOwned::to_owned),
            leaves: true,
            time: Some("07:00".to_owned()),
        };
        let hostile = Pairs::parse(b"address=%22%3E%3Cscript%3Ealert(1)%3C%2Fscript%3E");
        let again = Filled::again(hostile, Problems::one("address", "staff-mail-malformed"));
        let long = format!("m…@{}.example", "station.".repeat(28));
        vec![
            ("none", page(None, Filled::default())),
            ("set", page(Some("m…@example.org"), Filled::default())),
            ("again, hostile", page(Some("<script>alert(1)</script>"), again)),
            ("longest", page(Some(&long), Filled::default())),
            ("no digest", Self { time: None, ..page(Some("m…@example.org"), Filled::default()) }),
            ("no mail", Self { leaves: false, time: None, ..page(Some("m…@example.org"), Filled::default()) }),
        ]
    }
}

impl Sample for ContinuePage {
    fn samples() -> Vec<(&'static str, Self)> {
        vec![("plain", Self { frame: sample_visit("/staff/continue").frame("staff-continue-title") })]
    }
}
