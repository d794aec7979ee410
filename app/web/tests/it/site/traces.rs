//! Everything that an instance has written, searched for a word in whatever form it may lie there.

use std::{
    fs,
    path::{Path, PathBuf},
};

use casebook_core::testing::dump;
use data_encoding::{BASE64, HEXLOWER, HEXUPPER};

use super::{Site, log_text};

/// A word as it may lie in a file.
pub(crate) fn forms_of(word: &str) -> Vec<(&'static str, Vec<u8>)> {
    let utf16 = |bytes: fn(u16) -> [u8; 2]| word.encode_utf16().flat_map(bytes).collect::<Vec<u8>>();
    let encoded: String = url::form_urlencoded::byte_serialize(word.as_bytes()).collect();
    let every: String = word.bytes().map(|byte| format!("%{byte:02X}")).collect();
    let mut forms = vec![
        ("UTF-8", word.as_bytes().to_vec()),
        ("UTF-16 LE", utf16(u16::to_le_bytes)),
        ("UTF-16 BE", utf16(u16::to_be_bytes)),
        ("URL", encoded.into_bytes()),
        ("URL, every byte", every.into_bytes()),
        ("hex", HEXLOWER.encode(word.as_bytes()).into_bytes()),
        ("HEX", HEXUPPER.encode(word.as_bytes()).into_bytes()),
    ];
    for shift in 0..3 {
        // Whatever stands before and after, the middle of the word looks the same at each of three offsets.
        let padded = [&b"xxx"[..shift], word.as_bytes()].concat();
        let whole = BASE64.encode(&padded);
        let end = padded.len() / 3 * 4;
        let begin = if shift == 0 { 0 } else { 4 };
        forms.push(("base 64", whole.as_bytes()[begin..end].to_vec()));
    }
    forms
}

/// Whether these bytes stand among those.
pub(crate) fn contains(haystack: &[u8], needle: &[u8]) -> bool {
    !needle.is_empty() && haystack.windows(needle.len()).any(|window| window == needle)
}

fn files(folder: &Path, found: &mut Vec<PathBuf>) {
    for entry in fs::read_dir(folder).into_iter().flatten().flatten() {
        let path = entry.path();
        if path.is_dir() { files(&path, found) } else { found.push(path) }
    }
}

/// Everything that the instance has written: its folder with database, index and mail; the log; what the database says of itself.
fn everything(site: &Site) -> Vec<(String, Vec<u8>)> {
    let mut paths = Vec::new();
    files(site.folder().parent().unwrap(), &mut paths);
    let mut all: Vec<(String, Vec<u8>)> =
        paths.iter().map(|path| (path.display().to_string(), fs::read(path).unwrap())).collect();
    all.push(("the log".to_owned(), log_text().into_bytes()));
    all.extend(dump(&site.app.db).into_iter().map(|(column, value)| (column, value.into_bytes())));
    all
}

/// Where a word lies, in whatever form.
pub(crate) fn found(site: &Site, word: &str) -> Vec<String> {
    let mut places = Vec::new();
    for (place, bytes) in everything(site) {
        for (form, needle) in forms_of(word) {
            if contains(&bytes, &needle) {
                places.push(format!("{place} ({form})"));
            }
        }
    }
    places
}
