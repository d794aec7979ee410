//! What the settings of mail say together.

use chrono::NaiveTime;

use super::{Mail, MailTransport};

impl Mail {
    /// Whether mail leaves at all.
    #[must_use]
    pub fn leaves(&self) -> bool {
        self.transport != MailTransport::None
    }

    /// The key of what does not fit, and why.
    pub(super) fn consistent(&self) -> Result<(), (&'static str, &'static str)> {
        if self.transport == MailTransport::Smtp && (self.smtp_url.is_empty() || self.from.is_empty()) {
            return Err(("mail.smtp_url", "needed with mail.from where mail.transport is \"smtp\""));
        }
        if self.smtp_timeout_seconds == 0 {
            return Err(("mail.smtp_timeout_seconds", "at least 1"));
        }
        if !self.digest_at.is_empty() && time_of_day(&self.digest_at).is_none() {
            return Err(("mail.digest_at", "expected a time of the day such as \"07:00\", or \"\" for no digest"));
        }
        if !self.alerts_at.is_empty() && time_of_day(&self.alerts_at).is_none() {
            return Err((
                "mail.alerts_at",
                "expected a time of the day such as \"08:00\", or \"\" for no mail to readers",
            ));
        }
        Ok(())
    }

    /// At what time of the day (UTC) readers are told of new cases; nothing where they are not, or where no mail leaves.
    #[must_use]
    pub fn alerts_time(&self) -> Option<NaiveTime> {
        self.leaves().then(|| time_of_day(&self.alerts_at)).flatten()
    }

    /// At what time of the day (UTC) the digest is sent; nothing where none is, or where no mail leaves.
    #[must_use]
    pub fn digest_time(&self) -> Option<NaiveTime> {
        self.leaves().then(|| time_of_day(&self.digest_at)).flatten()
    }
}

fn time_of_day(text: &str) -> Option<NaiveTime> {
    NaiveTime::parse_from_str(text, "%H:%M").ok()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{Result, config::Config};

    fn load(variables: &[(&str, &str)]) -> Result<Config> {
        Config::load(None, variables.iter().map(|(name, value)| ((*name).to_owned(), (*value).to_owned())))
    }

    #[test]
    fn the_digest_has_a_time_of_the_day_or_none() {
        let at = |time| load(&[("CASEBOOK_MAIL_TRANSPORT", "directory"), ("CASEBOOK_MAIL_DIGEST_AT", time)]);
        assert_eq!(at("06:30").unwrap().mail.digest_time(), NaiveTime::from_hms_opt(6, 30, 0));
        assert_eq!(at("").unwrap().mail.digest_time(), None);
        assert_eq!(load(&[]).unwrap().mail.digest_time(), None, "no mail leaves");
        for wrong in ["7", "25:00", "noon"] {
            assert!(at(wrong).unwrap_err().to_string().contains("mail.digest_at"), "{wrong}");
            let alerts = load(&[("CASEBOOK_MAIL_ALERTS_AT", wrong)]).unwrap_err();
            assert!(alerts.to_string().contains("mail.alerts_at"), "{wrong}");
        }
        assert!(at("").unwrap().mail.alerts_time().is_some(), "each for itself");
        assert_eq!(load(&[]).unwrap().mail.alerts_time(), None, "no mail leaves");
    }
}
