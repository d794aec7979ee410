//! What the page says of fields and codes that the vocabulary no longer offers (row R35).

use casebook_core::cases::view::Retired;

use super::CasePage;
use crate::{kit::Message, url};

impl CasePage {
    /// That it was retired, and in which version.
    pub(super) fn ended_in(&self, ended: &Retired) -> String {
        self.frame.t1("case-retired", "version", ended.version.to_string())
    }

    /// What took its place, or that nothing did; and why.
    pub(super) fn ended_for(&self, ended: &Retired) -> String {
        let words = if ended.now.is_empty() {
            self.frame.t("case-retired-for-nothing")
        } else {
            self.frame.say(&Message::new("case-retired-now").with("now", ended.now.join(", ")))
        };
        let because = ended.because.iter().map(String::as_str);
        std::iter::once(words.as_str()).chain(because).collect::<Vec<_>>().join(" ")
    }

    /// Its place in the codebook.
    pub(super) fn ended_address(&self, ended: &Retired) -> String {
        url::codebook_field(&ended.handle)
    }
}
