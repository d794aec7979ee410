//! The words of mails for tests of the core: the bare numbers.

use std::sync::Arc;

use crate::{
    Result,
    alerts::{self, Asking, News},
    background::Words,
    codebook::Codebook,
    mail::Letter,
    moderation::{self, Digest},
    secret::Token,
};

struct Plain;

impl moderation::Letters for Plain {
    fn digest(&self, digest: &Digest) -> Result<Letter> {
        Ok(Letter { subject: digest.day.to_string(), text: serde_json::to_string(&digest.counts)? })
    }

    fn trial(&self) -> Result<Letter> {
        Ok(Letter { subject: "trial".to_owned(), text: "trial".to_owned() })
    }
}

impl alerts::Letters for Plain {
    fn asking(&self, asking: &Asking) -> Result<Letter> {
        Ok(Letter { subject: "asking".to_owned(), text: asking.token.text().reveal().to_owned() })
    }

    fn news(&self, news: &News, _: &Codebook) -> Result<Letter> {
        Ok(Letter { subject: "news".to_owned(), text: news.cases.len().to_string() })
    }

    fn end(&self, token: &Token) -> String {
        token.text().reveal().to_owned()
    }
}

/// Words that are nothing but numbers.
#[must_use]
pub fn plain_letters() -> Words {
    Words { staff: Arc::new(Plain), readers: Arc::new(Plain) }
}
