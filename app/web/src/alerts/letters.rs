//! The words of mails to readers. What somebody typed on a page stands in none that goes to a mailbox whose owner has not said yes: nobody
//! can have this site carry their words to others.

use std::sync::Arc;

use askama::Template;
use casebook_core::{
    Error, Result,
    alerts::{Asking, Letters, NewCase, News},
    codebook::Codebook,
    config::Config,
    mail::Letter,
    places::Gazetteer,
    secret::Token,
};

use super::Search;
use crate::{
    filters::Labels,
    kit::{Frame, Language, Message},
    url,
};

/// The longest line of a mail, unless it is an address.
const WIDTH: usize = 76;

/// The words of this instance.
#[must_use]
pub fn letters(config: &Config) -> Arc<dyn Letters> {
    Arc::new(Words { name: config.instance.name.clone(), site: config.public_url() })
}

struct Words {
    name: String,
    site: String,
}

/// The question to the owner of a mailbox.
struct Question {
    frame: Frame,
    name: String,
    site: String,
    link: String,
    until: String,
}

/// What is new.
struct Told {
    frame: Frame,
    name: String,
    cases: Vec<(String, String)>,
    more: usize,
    incomplete: bool,
    /// What was asked for, in lines.
    search: String,
    page: String,
    coverage: String,
    end: String,
}

impl Told {
    fn count(&self) -> usize {
        self.cases.len() + self.more
    }
}

#[derive(Template)]
#[template(path = "mail/alert-asking.subject.txt")]
struct AskingSubject<'a> {
    mail: &'a Question,
}

#[derive(Template)]
#[template(path = "mail/alert-asking.txt")]
struct AskingText<'a> {
    mail: &'a Question,
}

#[derive(Template)]
#[template(path = "mail/alert-news.subject.txt")]
struct NewsSubject<'a> {
    mail: &'a Told,
}

#[derive(Template)]
#[template(path = "mail/alert-news.txt")]
struct NewsText<'a> {
    mail: &'a Told,
}

impl Words {
    fn case(&self, frame: &Frame, case: &NewCase) -> (String, String) {
        let title = match case.revision {
            1 => case.title.clone(),
            n => frame.t2("alert-news-revision", "title", &case.title, "n", n),
        };
        (wrapped(&title), format!("{}{}", self.site, url::case(&case.id)))
    }
}

impl Letters for Words {
    fn asking(&self, asking: &Asking) -> Result<Letter> {
        let mail = Question {
            frame: Frame::default(),
            name: self.name.clone(),
            site: self.site.clone(),
            link: format!("{}{}", self.site, url::confirm_alert(&asking.token, asking.rhythm)),
            until: asking.until.to_string(),
        };
        letter(&AskingSubject { mail: &mail }, &AskingText { mail: &mail })
    }

    fn news(&self, news: &News, codebook: &Codebook) -> Result<Letter> {
        let frame = Frame::default();
        let gazetteer = Gazetteer::embedded();
        let labels = Labels { codebook, gazetteer: &gazetteer, parties: &news.parties, language: Language::default() };
        let search = Search::of(labels, &news.filters);
        let asked = match search.words.is_empty() {
            true => frame.t("alert-everything"),
            false => search.words,
        };
        let number = |n: u64| i64::try_from(n).unwrap_or(i64::MAX);
        let coverage = Message::new("alert-news-coverage")
            .with("found", number(news.found))
            .with("published", number(news.published));
        let mail = Told {
            name: self.name.clone(),
            cases: news.cases.iter().map(|case| self.case(&frame, case)).collect(),
            more: news.more,
            incomplete: news.incomplete,
            search: wrapped(&asked),
            page: format!("{}{}", self.site, search.page),
            coverage: frame.say(&coverage),
            end: self.end(&news.token),
            frame,
        };
        letter(&NewsSubject { mail: &mail }, &NewsText { mail: &mail })
    }

    fn end(&self, token: &Token) -> String {
        format!("{}{}", self.site, url::end_alert(token))
    }
}

fn letter(subject: &impl Template, text: &impl Template) -> Result<Letter> {
    let render = |rendered: askama::Result<String>| rendered.map_err(Error::unexpected);
    let text = render(text.render())?;
    Ok(Letter { subject: render(subject.render())?.trim().to_owned(), text: format!("{}\n", text.trim_end()) })
}

/// A text in lines that fit a mail, without control characters; a word that is longer than a line is cut.
fn wrapped(text: &str) -> String {
    let (mut lines, mut line) = (Vec::new(), String::new());
    for word in text.split(|c: char| c.is_whitespace() || c.is_control()).filter(|word| !word.is_empty()) {
        let letters: Vec<char> = word.chars().collect();
        for piece in letters.chunks(WIDTH) {
            if !line.is_empty() && line.chars().count() + 1 + piece.len() > WIDTH {
                lines.push(std::mem::take(&mut line));
            }
            if !line.is_empty() {
                line.push(' ');
            }
            line.extend(piece);
        }
    }
    lines.push(line);
    lines.join("\n")
}

#[cfg(test)]
mod tests {
    use casebook_core::{alerts::Rhythm, cases::facets::Filters, organisations::Directory, random::OsRandom};

    use super::*;

    fn news(title: &str, count: u32, q: &str) -> News {
        let case =
            |revision| NewCase { id: "7K2MQX4T".parse().unwrap(), title: title.to_owned(), revision: revision + 1 };
        News {
            token: Token::draw(&OsRandom),
            filters: Filters { q: q.to_owned(), ..Filters::default() },
            parties: Directory::new(),
            cases: (0..count).map(case).collect(),
            more: usize::try_from(count).unwrap() / 3,
            incomplete: count > 1,
            found: 123_456,
            published: 1_234_567,
        }
    }

    /// Every mail, full, longest and hostile.
    fn samples() -> Vec<Letter> {
        let (mut config, codebook) = (Config::defaults().unwrap(), Codebook::embedded());
        let hostile = "<script>alert(1)</script> & \"friends\"\r\nBcc: x@example.org\u{8}";
        let mut all = Vec::new();
        for name in ["Casebook", "<script>alert(1)</script> & \"friends\""] {
            config.instance.name = name.to_owned();
            let words = letters(&config);
            for rhythm in Rhythm::ALL {
                let (token, until) = (Token::draw(&OsRandom), "2026-11-24".parse().unwrap());
                all.push(words.asking(&Asking { token, rhythm, until }).unwrap());
            }
            let (long, word) = ("long ".repeat(24), "W".repeat(400));
            let told =
                [("Lights", 1, ""), ("Lights", 50, "lights"), (long.as_str(), 2, word.as_str()), (hostile, 3, hostile)];
            for (title, count, q) in told {
                all.push(words.news(&news(title, count, q), &codebook).unwrap());
            }
        }
        all
    }

    #[test]
    fn each_mail_is_plain_text_in_short_lines_with_a_subject_of_one_line() {
        for Letter { subject, text } in samples() {
            assert!(!subject.is_empty() && !subject.contains('\n'), "{subject}");
            let long = |line: &&str| line.chars().count() >= 78 && !line.starts_with("http");
            assert_eq!(text.lines().find(long), None, "{text}");
            assert!(!text.contains("alert-") && !subject.contains("alert-"), "a text is missing: {subject}\n{text}");
            assert!(!text.contains("&#") && !subject.contains("&#"), "{subject}\n{text}");
            assert!(!text.contains(['\r', '\u{8}']), "{text}");
            assert!(text.contains("http://127.0.0.1:8080/alerts/"), "{text}");
        }
        let templates = std::fs::read_dir(concat!(env!("CARGO_MANIFEST_DIR"), "/../../templates/mail")).unwrap();
        let names = templates.map(|template| template.unwrap().file_name().into_string().unwrap());
        let here = include_str!("letters.rs");
        for name in names.filter(|name| name.starts_with("alert")) {
            assert!(here.contains(&format!("path = \"mail/{name}\"")), "{name} is not among the samples");
        }
    }

    /// The question holds one link, and nothing that whoever asked has typed.
    #[test]
    fn the_first_mail_carries_nobodys_words() {
        let words = letters(&Config::defaults().unwrap());
        let token = Token::draw(&OsRandom);
        let asking = Asking { token, rhythm: Rhythm::Daily, until: "2026-11-24".parse().unwrap() };
        let letter = words.asking(&asking).unwrap();
        let link = format!("/alerts/{}/confirm?often=daily\n", asking.token.text().reveal());
        assert!(letter.text.contains(&link), "{}", letter.text);
        assert_eq!(letter.text.matches("/alerts/").count(), 1, "{}", letter.text);
    }

    #[test]
    fn words_stay_whole_where_they_fit() {
        assert_eq!(wrapped("a  b\nc\u{0}d"), "a b c d");
        let long = "W".repeat(100);
        let lines = wrapped(&format!("a {long}"));
        assert_eq!(lines.lines().map(|line| line.chars().count()).collect::<Vec<_>>(), [1, 76, 24]);
    }
}
