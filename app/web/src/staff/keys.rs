//! `/staff/keys` - one's recovery codes and the recovery key of the instance: shown once, drawn anew, typed back.

use actix_web::{HttpResponse, Responder, web::Data};
use askama::Template;
use casebook_core::{
    seal::{RecoveryCode, RecoveryKey},
    secret::{LookupHash, Secret},
    staff::{self, Recovery},
};

use crate::{
    kit::{
        Administrator, App, Filled, Frame, FromPairs, Page, Pairs, PostForm, Problems, Result, Sample, SeeOther,
        SignedIn, page::sample_visit,
    },
    url,
};

const CODES: &str = "recovery codes";
const KEY: &str = "recovery key";

/// Keeps new codes for the page that shows them.
pub(super) fn show_codes(app: &App, to: &LookupHash, codes: &[RecoveryCode]) {
    app.flash.show(to, CODES, codes.iter().map(RecoveryCode::text).collect());
}

/// Keeps a new recovery key for the page that shows it.
pub(super) fn show_recovery_key(app: &App, to: &LookupHash, key: &RecoveryKey) {
    app.flash.show(to, KEY, key.words().into_iter().map(|word| Secret::new(word.to_owned())).collect());
}

/// Codes and keys.
#[derive(Debug, Template)]
#[template(path = "staff/keys.html")]
pub struct KeysPage {
    /// The frame.
    pub frame: Frame,
    /// The form in which the recovery key is typed back.
    pub form: Filled,
    /// New codes, if there are any to show.
    pub codes: Vec<String>,
    /// How many codes are left.
    pub left: i64,
    /// The words of a new recovery key, if there is one to show.
    pub words: Vec<String>,
    /// Whether the recovery key is this person's business.
    pub administers: bool,
    /// Whether the recovery key waits to be typed back.
    pub waits: bool,
    /// Whether it was ever typed back, so that accounts are taken.
    pub open: bool,
}

/// `GET /staff/keys` - shows what is new, and what one has.
///
/// # Errors
/// Those of the database.
pub async fn keys(app: Data<App>, by: SignedIn) -> Result<Page<KeysPage>> {
    let session = by.session.clone();
    let (left, recovery, open) = app
        .read(move |reading| {
            let left = staff::count_recovery_codes(reading, &session)?;
            Ok((left, staff::recovery(reading)?, staff::intake_is_open(reading)?))
        })
        .await?;
    let shown = |place| -> Vec<String> {
        let shown = app.flash.shown(by.session.lookup(), place);
        shown.iter().flat_map(|secrets| secrets.iter()).map(|secret| secret.reveal().to_owned()).collect()
    };
    Ok(Page::new(KeysPage {
        form: app.form_for(&by.visit, Filled::default()),
        codes: shown(CODES),
        left,
        words: shown(KEY),
        administers: by.session.administrator().is_some(),
        waits: recovery == Recovery::Shown,
        open,
        frame: by.visit.frame("staff-keys-title"),
    }))
}

/// `POST /staff/keys/codes` - draws ten new codes; the old ones hold no more.
///
/// # Errors
/// Those of the database.
pub async fn renew_codes(app: Data<App>, by: SignedIn, _: PostForm) -> Result<SeeOther> {
    let (session, keys) = (by.session.clone(), app.keys.clone());
    let codes = app.write(session.actor(), move |tx| staff::renew_recovery_codes(tx, &session, &keys)).await?;
    show_codes(&app, by.session.lookup(), &codes);
    Ok(SeeOther(url::staff_keys()))
}

/// `POST /staff/keys/recovery` - makes a new recovery key; the old one opens nothing any more.
///
/// # Errors
/// Those of the database.
pub async fn renew_recovery_key(app: Data<App>, by: Administrator, _: PostForm) -> Result<SeeOther> {
    let authority = by.authority();
    let key = app.write(by.actor(), move |tx| staff::renew_recovery_key(tx, &authority)).await?;
    if let Some(to) = &by.visit.key {
        show_recovery_key(&app, to, &key);
    }
    Ok(SeeOther(url::staff_keys()))
}

/// The words as they were typed back.
#[derive(Debug)]
pub struct ConfirmForm {
    words: Secret,
}

impl FromPairs for ConfirmForm {
    fn from_pairs(pairs: &Pairs) -> Self {
        Self { words: pairs.secret("words") }
    }
}

/// `POST /staff/keys/confirm` - the recovery key is typed back; the first time this opens the form for contributors.
///
/// # Errors
/// Those of the database.
pub async fn confirm(
    app: Data<App>,
    by: Administrator,
    form: PostForm<ConfirmForm>,
    request: actix_web::HttpRequest,
) -> Result<HttpResponse> {
    let back = |problems| {
        let back = app.again(&by.visit, url::staff_keys(), Pairs::default(), problems);
        Ok(back.into())
    };
    let typed = match RecoveryKey::parse(form.words.reveal()) {
        Ok(typed) => typed,
        Err(problem) => return back(Problems::one("words", problem)),
    };
    let authority = by.authority();
    let confirmed = app.write(by.actor(), move |tx| staff::confirm_recovery_key(tx, &authority, &typed)).await;
    match confirmed {
        Ok(()) => {
            if let Some(to) = &by.visit.key {
                app.flash.forget(to, KEY);
                app.flash.say(to, "staff-recovery-key-confirmed");
            }
            Ok(SeeOther(url::staff()).respond_to(&request))
        }
        Err(crate::kit::Error::Refused(why)) => back(Problems::one("words", why)),
        Err(other) => Err(other),
    }
}

impl Sample for KeysPage {
    fn samples() -> Vec<(&'static str, Self)> {
        let page = |codes: usize, words: usize, form: Filled, open: bool| Self {
            frame: sample_visit("/staff/keys").frame("staff-keys-title"),
            form,
            codes: vec!["7K2M-QX4D-7K2M-QX4D".to_owned(); codes],
            left: 10,
            words: vec!["abandon".to_owned(); words],
            administers: words > 0 || open,
            waits: words > 0,
            open,
        };
        let wrong = Filled::again(Pairs::default(), Problems::one("words", "form-words-checksum"));
        vec![
            ("founder", page(10, 24, Filled::default(), false)),
            ("founder again", page(10, 24, wrong, false)),
            ("moderator", page(0, 0, Filled::default(), false)),
            ("administrator", page(0, 0, Filled::default(), true)),
        ]
    }
}
