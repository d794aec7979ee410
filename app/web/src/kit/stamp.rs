//! How long ago a form was shown: a signed moment that travels in the form and is stored nowhere.
//!
//! Whoever sends faster than a person reads is most likely a program, and a form that is a day old was most likely taken from somewhere
//! (protection.md section 7).

use casebook_core::{clock::Timestamp, secret::Token};
use chrono::{DateTime, TimeDelta};
use data_encoding::BASE64URL_NOPAD;

use super::App;

/// The name of the hidden field.
pub const FIELD: &str = "shown_at";
/// The least time between showing a form and sending it.
const LEAST: TimeDelta = TimeDelta::seconds(4);
/// The most.
const MOST: TimeDelta = TimeDelta::hours(24);

/// What a stamp says of its form.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Age {
    /// Sent faster than a person reads.
    Early,
    /// Sent by somebody who looked at it.
    Fine,
    /// Shown too long ago, or never shown to this browser.
    Late,
}

/// The stamp for a form that is shown now under this cookie.
#[must_use]
pub fn stamp(app: &App, cookie: &Token) -> String {
    let shown = app.clock.now().and_utc().timestamp();
    format!("{shown}.{}", BASE64URL_NOPAD.encode(&app.keys.forms().mark(signed(shown, cookie).as_bytes())))
}

/// What the stamp of a sent form says.
#[must_use]
pub fn age(app: &App, cookie: &Token, stamp: &str) -> Age {
    let shown = || -> Option<Timestamp> {
        let (shown, mark) = stamp.split_once('.')?;
        let (shown, mark) = (shown.parse::<i64>().ok()?, BASE64URL_NOPAD.decode(mark.as_bytes()).ok()?);
        let genuine = app.keys.forms().is_mark_of(&mark, signed(shown, cookie).as_bytes());
        DateTime::from_timestamp(shown, 0).filter(|_| genuine).map(|shown| shown.naive_utc())
    };
    shown().map_or(Age::Late, |shown| age_of(app.clock.now() - shown))
}

fn signed(shown: i64, cookie: &Token) -> String {
    format!("form shown {shown} {}", cookie.lookup().as_str())
}

fn age_of(age: TimeDelta) -> Age {
    match age {
        age if age < LEAST => Age::Early,
        age if age > MOST => Age::Late,
        _ => Age::Fine,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_person_needs_four_seconds_and_has_a_day() {
        assert_eq!(age_of(TimeDelta::seconds(3)), Age::Early);
        assert_eq!(age_of(TimeDelta::seconds(4)), Age::Fine);
        assert_eq!(age_of(TimeDelta::hours(24)), Age::Fine);
        assert_eq!(age_of(TimeDelta::hours(24) + TimeDelta::seconds(1)), Age::Late);
        assert_eq!(age_of(TimeDelta::seconds(-1)), Age::Early, "a form from the future");
    }
}
