//! `/staff` - where a member begins.

use actix_web::web::Data;
use askama::Template;
use casebook_core::{
    moderation,
    staff::{self, MemberState, Recovery},
};

use crate::{
    kit::{App, Frame, Page, Result, Sample, SignedIn, page::sample_visit},
    url,
};

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
    /// How many pieces of work were laid aside; for administrators.
    pub laid_aside: usize,
    /// How many envelopes are still sealed to a retired review key; for those who hold it.
    pub to_reseal: usize,
    /// How much in the queue waits for somebody to begin with it; for moderators.
    pub to_begin: usize,
    /// How many contributors wait for an answer; for moderators.
    pub unanswered: usize,
    /// Forms that were sent after their session had ended: where they are shown, and where they were sent.
    pub kept: Vec<(String, String)>,
}

/// `GET /staff` - what there is to do.
///
/// # Errors
/// Those of the database.
pub async fn home(app: Data<App>, by: SignedIn) -> Result<Page<StaffPage>> {
    let administrator = by.session.administrator();
    let administers = administrator.is_some();
    let (reviewer, session) = (by.session.moderator(), by.session.clone());
    let (recovery, waiting, (to_reseal, unanswered, to_begin), laid_aside, kept) = app
        .read(move |r| {
            let review = match reviewer {
                Some(by) => (
                    moderation::count_to_reseal(r, &by)?,
                    moderation::count_unanswered(r, &by)?,
                    moderation::waiting(r, &by)?.to_begin(),
                ),
                None => (0, 0, 0),
            };
            let laid_aside = administrator.map(|by| staff::laid_aside(r, &by)).transpose()?.unwrap_or_default().len();
            let kept = staff::kept_forms(r, &session)?;
            Ok((staff::recovery(r)?, staff::waiting(r)?.len(), review, laid_aside, kept))
        })
        .await?;
    Ok(Page::new(StaffPage {
        waiting: by.session.member().state == MemberState::Waiting,
        administers,
        key_waits: administers && recovery == Recovery::Shown,
        to_admit: if administers { waiting } else { 0 },
        laid_aside,
        to_reseal,
        to_begin,
        unanswered,
        kept: kept.into_iter().map(|line| (url::kept_form(&line.id), line.path)).collect(),
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
            laid_aside: usize::from(administers) * 2,
            to_reseal: if waiting { 0 } else { 1234 },
            to_begin: usize::from(!waiting) * 3,
            unanswered: if administers { 12 } else { 0 },
            kept: vec![
                ("/staff/kept/x".to_owned(), "/staff/submissions/x/edit/head".to_owned());
                usize::from(administers)
            ],
        };
        vec![("waiting", page(true, false)), ("moderator", page(false, false)), ("administrator", page(false, true))]
    }
}
