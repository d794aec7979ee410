//! The words of mails for tests of the core: the bare numbers.

use std::sync::Arc;

use crate::{
    Result,
    mail::Letter,
    moderation::{Digest, Letters},
};

struct Plain;

impl Letters for Plain {
    fn digest(&self, digest: &Digest) -> Result<Letter> {
        Ok(Letter { subject: digest.day.to_string(), text: serde_json::to_string(&digest.counts)? })
    }

    fn trial(&self) -> Result<Letter> {
        Ok(Letter { subject: "trial".to_owned(), text: "trial".to_owned() })
    }
}

/// Words that are nothing but numbers.
#[must_use]
pub fn plain_letters() -> Arc<dyn Letters> {
    Arc::new(Plain)
}
