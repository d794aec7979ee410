//! The words of mails to staff: for each mail a struct, with a template for the subject and one for the text. Plain text, numbers only, and
//! one link, the same in every mail: to the page that leads on to the pages for staff (decision 0028).

use std::sync::Arc;

use askama::Template;
use casebook_core::{
    Error, Result,
    config::Config,
    mail::Letter,
    moderation::{Counts, Digest, Letters},
};

use crate::{kit::Frame, url};

/// The words of this instance.
#[must_use]
pub fn letters(config: &Config) -> Arc<dyn Letters> {
    Arc::new(Words {
        site: config.instance.name.clone(),
        link: format!("{}{}", config.public_url(), url::staff_continue()),
    })
}

struct Words {
    site: String,
    link: String,
}

/// A mail as its two templates see it.
struct Mail {
    frame: Frame,
    site: String,
    link: String,
    day: String,
    lines: Vec<String>,
}

#[derive(Template)]
#[template(path = "mail/digest.subject.txt")]
struct DigestSubject<'a> {
    mail: &'a Mail,
}

#[derive(Template)]
#[template(path = "mail/digest.txt")]
struct DigestText<'a> {
    mail: &'a Mail,
}

#[derive(Template)]
#[template(path = "mail/trial.subject.txt")]
struct TrialSubject<'a> {
    mail: &'a Mail,
}

#[derive(Template)]
#[template(path = "mail/trial.txt")]
struct TrialText<'a> {
    mail: &'a Mail,
}

impl Words {
    fn mail(&self, day: String, lines: Vec<String>) -> Mail {
        Mail { frame: Frame::default(), site: self.site.clone(), link: self.link.clone(), day, lines }
    }
}

impl Letters for Words {
    fn digest(&self, digest: &Digest) -> Result<Letter> {
        let lines = digest.counts.as_ref().map_or_else(Vec::new, lines);
        let mail = self.mail(digest.day.to_string(), lines);
        letter(&DigestSubject { mail: &mail }, &DigestText { mail: &mail })
    }

    fn trial(&self) -> Result<Letter> {
        let mail = self.mail(String::new(), Vec::new());
        letter(&TrialSubject { mail: &mail }, &TrialText { mail: &mail })
    }
}

fn letter(subject: &impl Template, text: &impl Template) -> Result<Letter> {
    let render = |rendered: askama::Result<String>| rendered.map_err(Error::unexpected);
    let text = render(text.render())?;
    Ok(Letter { subject: render(subject.render())?.trim().to_owned(), text: format!("{}\n", text.trim_end()) })
}

/// One line for each number, in the order in which an account goes.
fn lines(counts: &Counts) -> Vec<String> {
    let frame = Frame::default();
    let line = |(count, key): (usize, &str)| format!("{count:>6}  {}", frame.t(key));
    let all = [
        (counts.received, "mail-digest-received"),
        (counts.held, "mail-digest-held"),
        (counts.in_review, "mail-digest-in-review"),
        (counts.to_confirm, "mail-digest-to-confirm"),
        (counts.changes_requested, "mail-digest-changes-requested"),
        (counts.answered, "mail-digest-answered"),
        (counts.accepted, "mail-digest-accepted"),
        (counts.ending, "mail-digest-ending"),
        (counts.requests, "mail-digest-requests"),
        (counts.demands, "mail-digest-demands"),
    ];
    all.into_iter().map(line).collect()
}

#[cfg(test)]
mod tests {
    use casebook_core::clock::Day;

    use super::*;

    /// Every mail, empty, full and with a hostile name of the instance.
    fn samples() -> Vec<Letter> {
        let day: Day = "2026-11-22".parse().unwrap();
        let full = Counts {
            received: 123_456,
            held: 1_000,
            in_review: 7,
            to_confirm: 1,
            changes_requested: 2,
            answered: 8,
            accepted: 3,
            ending: 4,
            requests: 6,
            demands: 5,
        };
        let digests = [None, Some(Counts::default()), Some(full)].map(|counts| Digest { day, counts });
        let mut config = Config::defaults().unwrap();
        let mut all = Vec::new();
        for name in ["Casebook", "<script>alert(1)</script> & \"friends\""] {
            config.instance.name = name.to_owned();
            let words = letters(&config);
            all.extend(digests.iter().map(|digest| words.digest(digest).unwrap()));
            all.push(words.trial().unwrap());
        }
        all
    }

    /// A template of a mail is one of a subject or of a text; each is rendered by the samples.
    #[test]
    fn each_mail_is_plain_text_with_a_subject_of_one_line_and_one_link() {
        for Letter { subject, text } in samples() {
            assert!(!subject.is_empty() && !subject.contains('\n'), "{subject}");
            assert!(text.lines().all(|line| line.len() < 78), "{text}");
            assert!(!text.contains("mail-") && !subject.contains("mail-"), "a text is missing: {subject}\n{text}");
            assert_eq!(text.matches("http").count(), 1, "{text}");
            assert!(text.contains("http://127.0.0.1:8080/staff/continue\n"), "{text}");
            assert!(!text.contains("&#") && !subject.contains("&#"), "{subject}\n{text}");
        }
        let templates = std::fs::read_dir(concat!(env!("CARGO_MANIFEST_DIR"), "/../../templates/mail")).unwrap();
        let here = include_str!("letters.rs");
        let names = templates.map(|template| template.unwrap().file_name().into_string().unwrap());
        // Those to readers have their own samples.
        for name in names.filter(|name| !name.starts_with("alert")) {
            assert!(here.contains(&format!("path = \"mail/{name}\"")), "{name} is not among the samples");
        }
    }
}
