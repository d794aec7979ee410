//! `/staff` - where a member begins.

use actix_web::web::Data;
use askama::Template;
use casebook_core::{
    moderation,
    staff::{self, MemberState, Recovery},
};

use crate::kit::{App, Frame, Page, Result, Sample, SignedIn, page::sample_visit};

/// What there is to do.
#[derive(Debug, Template)]
#[template(path = "staff/home.html")]
pub struct StaffPage {
    /// The frame.
    pub frame: Frame,
    /// Whether the member waits to be admitted.
    pub waiting: bool,
    /// Whether the member decides on staff.
    pub administers: bool,
    /// Whether the recovery key waits to be typed back.
    pub key_waits: bool,
    /// How many wait to be admitted; for administrators.
    pub to_admit: usize,
    /// How many envelopes are still sealed to a retired review key; for those who hold it.
    pub to_reseal: usize,
}

/// `GET /staff` - what there is to do.
///
/// # Errors
/// Those of the database.
pub async fn home(app: Data<App>, by: SignedIn) -> Result<Page<StaffPage>> {
    let administers = by.session.administrator().is_some();
    let reviewer = by.session.moderator();
    let (recovery, waiting, to_reseal) = app
        .read(move |reading| {
            let to_reseal = reviewer.map(|by| moderation::count_to_reseal(reading, &by)).transpose()?;
            Ok((staff::recovery(reading)?, staff::waiting(reading)?.len(), to_reseal.unwrap_or_default()))
        })
        .await?;
    Ok(Page::new(StaffPage {
        waiting: by.session.member().state == MemberState::Waiting,
        administers,
        key_waits: administers && recovery == Recovery::Shown,
        to_admit: if administers { waiting } else { 0 },
        to_reseal,
        frame: by.visit.frame("staff-home-title"),
    }))
}

impl Sample for StaffPage {
    fn samples() -> Vec<(&'static str, Self)> {
        let page = |waiting: bool, administers: bool| Self {
            frame: sample_visit("/staff").frame("staff-home-title"),
            waiting,
            administers,
            key_waits: administers,
            to_admit: usize::from(administers),
            to_reseal: if waiting { 0 } else { 1234 },
        };
        vec![("waiting", page(true, false)), ("moderator", page(false, false)), ("administrator", page(false, true))]
    }
}
