//! Nothing of who sent a case, when, or what stands in it lies anywhere in plain (protection.md section 9). Each search that must find
//! nothing has a control: the same search finds the same word where it was put on purpose.

use std::{fs, path::PathBuf};

use casebook_core::{
    clock::Clock,
    db::{Actor, facts},
    random::{OsRandom, Random},
    testing::dump,
};
use chrono::{NaiveDateTime, TimeDelta};
use data_encoding::{BASE64, HEXLOWER};

use super::{account, first_page, open, send, shown_words};
use crate::site::{
    CANARY_ADDRESS, CANARY_AGENT, CANARY_FORWARDED, CANARY_LANGUAGE, Site,
    traces::{contains, forms_of, found},
};

/// Files of the temporary folder that were written since, and are no other test's folder.
fn found_in_temporary_files(word: &str, since: std::time::SystemTime) -> Vec<PathBuf> {
    let files = fs::read_dir(std::env::temp_dir()).into_iter().flatten().flatten().map(|entry| entry.path());
    let young = |path: &PathBuf| fs::metadata(path).and_then(|it| it.modified()).is_ok_and(|at| at >= since);
    let holds = |path: &PathBuf| fs::read(path).is_ok_and(|bytes| contains(&bytes, word.as_bytes()));
    files.filter(|path| path.is_file() && young(path) && holds(path)).collect()
}

fn drawn(prefix: &str) -> String {
    format!("{prefix}{}", HEXLOWER.encode(&(&OsRandom as &dyn Random).bytes::<6>()))
}

/// Temporary files bear the machine's time, not that of the site's clock.
#[expect(clippy::disallowed_methods, reason = "files are dated by the machine")]
fn machine_time() -> std::time::SystemTime {
    std::time::SystemTime::now()
}

/// O1, O2, M17
#[actix_web::test]
async fn who_sent_a_case_and_what_it_says_is_found_nowhere() {
    let site = open().await;
    let (word, since) = (drawn("canary"), machine_time());
    site.clock.advance(TimeDelta::minutes(5 * 60 + 17));
    let somebody = site.visitor();
    let text = format!("{} The bridge is called {word}.", account());
    let form = first_page(&somebody).await.fill("narrative", &text).fill("city", "Gelsenkirchen");
    form.tick("next", "topics").send().await.redirects_to("/share/topics");
    let what = somebody.get("/share/topic/what").await.form("/share/topic/").tick("technology", "other");
    what.fill("technology.other.own_words", &word).tick("next", "topics").send().await.redirects_to("/share/topics");
    let words = shown_words(&send(&somebody).await);
    let passphrase = words.join(" ");
    let row = words[3..9].join(" ");
    let secrets =
        [CANARY_ADDRESS, CANARY_AGENT, CANARY_LANGUAGE, CANARY_FORWARDED, &word, "Gelsenkirchen", &passphrase, &row];
    for secret in secrets {
        assert_eq!(found(&site, secret), [""; 0], "{secret}");
    }
    assert!(found_in_temporary_files(&word, since).is_empty());
    no_value_lies_near(&site, site.clock.now());
    it_is_found_once_it_is_public(&site, &word).await;
}

/// The first control: the same search finds the same word where it must be, after a moderator has published the text.
async fn it_is_found_once_it_is_public(site: &Site, word: &str) {
    let mo = site.moderator("mo").await;
    let waiting = mo.get("/staff/queue").await.attributes("tbody th a", "href").remove(0);
    let begun = mo.get(&waiting).await.form("/begin").send().await.redirects_to(&waiting).follow().await;
    begun.form("/accept").tick_every("checked.").send().await.redirects_to(&waiting);
    site.works();
    let places = found(site, word);
    assert!(places.iter().any(|place| place.starts_with("case_revisions.document")), "{places:?}");
}

/// The second control of the test above: what is put there on purpose is found, in each form and each place.
#[actix_web::test]
async fn what_lies_in_plain_is_found() {
    let site = open().await;
    let word = drawn("control");
    for (form, bytes) in forms_of(&word) {
        let file = site.folder().join("control");
        fs::write(&file, [b"before ".as_slice(), &bytes, b" after"].concat()).unwrap();
        assert!(!found(&site, &word).is_empty(), "{form} is not found");
        fs::remove_file(file).unwrap();
    }
    assert_eq!(found(&site, &word), [""; 0]);
    for shift in 0..3 {
        let whole = BASE64.encode(format!("{}{word} and more", &"abc"[..shift]).as_bytes());
        fs::write(site.folder().join("control"), whole).unwrap();
        assert!(!found(&site, &word).is_empty(), "base 64 at offset {shift} is not found");
    }
    fs::remove_file(site.folder().join("control")).unwrap();
    site.app.db.write(Actor::System, |tx| facts::set(tx, "control", &word)).unwrap();
    assert!(found(&site, &word).iter().any(|place| place.starts_with("instance_facts.value")));
    tracing::warn!(word, "a control");
    assert!(found(&site, &word).iter().any(|place| place.starts_with("the log")));
    let file = std::env::temp_dir().join(&word);
    fs::write(&file, &word).unwrap();
    assert_eq!(found_in_temporary_files(&word, std::time::SystemTime::UNIX_EPOCH), std::slice::from_ref(&file));
    fs::remove_file(file).unwrap();
}

/// Values of the database that tell a moment within an hour of another.
fn near(values: &[(String, String)], moment: NaiveDateTime) -> Vec<String> {
    let close = |at: NaiveDateTime| (at - moment).abs() <= TimeDelta::hours(1);
    let written = regex::Regex::new(r"\d{4}-\d\d-\d\d[ T]\d\d:\d\d(:\d\d)?").unwrap();
    let reads = |text: &str| {
        let text = text.replace('T', " ");
        let seconds = if text.len() == 16 { format!("{text}:00") } else { text };
        NaiveDateTime::parse_from_str(&seconds, "%Y-%m-%d %H:%M:%S").is_ok_and(close)
    };
    let counts = |value: &str| {
        let Ok(number) = value.parse::<i64>() else { return false };
        [1, 1_000, 1_000_000]
            .iter()
            .any(|unit| chrono::DateTime::from_timestamp(number / unit, 0).is_some_and(|at| close(at.naive_utc())))
    };
    let tells = |value: &str| counts(value) || written.find_iter(value).any(|found| reads(found.as_str()));
    values.iter().filter(|(_, value)| tells(value)).map(|(column, value)| format!("{column}: {value}")).collect()
}

#[track_caller]
fn no_value_lies_near(site: &Site, moment: NaiveDateTime) {
    let values = dump(&site.app.db);
    assert_eq!(near(&values, moment), [""; 0]);
    let control = |value: String| near(&[("control".to_owned(), value)], moment).len();
    let unix = moment.and_utc().timestamp();
    let forms =
        [moment.to_string(), moment.format("%Y-%m-%dT%H:%M").to_string(), unix.to_string(), (unix * 1000).to_string()];
    for form in forms {
        assert_eq!(control(form.clone()), 1, "{form} is not seen");
    }
    assert_eq!(control((moment + TimeDelta::hours(2)).to_string()), 0);
}
