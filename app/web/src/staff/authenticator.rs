//! The secret of a second factor, for a camera and for people.

use casebook_core::{seal::TotpSecret, secret::Secret};
use qrcode::{Color, QrCode};

use crate::kit::{Error, Result};

/// What goes into an authenticator, twice.
#[derive(Debug)]
pub struct Authenticator {
    /// As a picture.
    pub qr: Qr,
    /// As text, in groups of four letters.
    pub secret: String,
}

/// A square of dark and light for a camera, drawn as one path.
#[derive(Debug)]
pub struct Qr {
    /// How many squares a side has, with the quiet zone.
    pub side: usize,
    /// The dark squares.
    pub path: String,
}

impl Authenticator {
    /// The secret under which the authenticator lists `name` at `site`.
    pub(super) fn of(secret: &TotpSecret, site: &str, name: &str) -> Result<Self> {
        let qr = Qr::of(&secret.address(site, name)?)?;
        Ok(Self { qr, secret: in_groups(secret.text().reveal()) })
    }

    /// One for the samples of pages.
    pub(super) fn sample() -> Option<Self> {
        Self::of(&TotpSecret::from_bytes(&[7; 20])?, "casebook.example", "moderator").ok()
    }
}

impl Qr {
    fn of(text: &Secret) -> Result<Self> {
        const QUIET: usize = 4;
        let code = QrCode::new(text.reveal()).map_err(Error::unexpected)?;
        let width = code.width();
        let dark = code.to_colors().into_iter().enumerate().filter(|(_, color)| *color == Color::Dark);
        let path = dark.map(|(at, _)| format!("M{} {}h1v1h-1z", at % width + QUIET, at / width + QUIET)).collect();
        Ok(Self { side: width + 2 * QUIET, path })
    }
}

fn in_groups(text: &str) -> String {
    let letters: Vec<char> = text.chars().collect();
    letters.chunks(4).map(|group| group.iter().collect::<String>()).collect::<Vec<_>>().join(" ")
}
