//! The repository's files, and their code without comments, strings and tests.

use std::{fs, ops::Range, path::Path};

/// A text file of the repository.
pub(crate) struct Source {
    /// From the repository's root, with `/` between folders.
    pub(crate) path: String,
    /// As it is.
    pub(crate) text: String,
    /// Whether the module that declares it does so for tests only.
    declared_for_tests: bool,
}

impl Source {
    pub(crate) fn new(path: &str, text: &str) -> Self {
        Self { path: path.to_owned(), text: text.to_owned(), declared_for_tests: false }
    }

    /// Whether the whole file belongs to tests.
    pub(crate) fn is_test(&self) -> bool {
        ["/tests/", "/testing/", "/examples/"].iter().any(|folder| self.path.contains(folder))
            || self.path.ends_with("tests.rs")
            || self.declared_for_tests
    }

    /// The code that ships: no comments, no test modules; strings are kept.
    pub(crate) fn code(&self) -> String {
        self.shipped(false)
    }

    /// The same with the contents of strings blanked.
    pub(crate) fn bare(&self) -> String {
        self.shipped(true)
    }

    fn shipped(&self, without_strings: bool) -> String {
        let (mut comments, mut literals) = (Vec::new(), Vec::new());
        for place in quiet_places(&self.text) {
            match place {
                Quiet::Comment(range) => comments.push(range),
                Quiet::Literal(range) => literals.push(range),
            }
        }
        let code = hide(&self.text, &comments);
        let bare = hide(&code, &literals);
        hide(if without_strings { &bare } else { &code }, &tests_in(&bare))
    }

    /// Path and line of a place in the text, for a complaint.
    pub(crate) fn at(&self, offset: usize) -> String {
        format!("{}:{}", self.path, 1 + self.text[..offset].matches('\n').count())
    }
}

/// Where the repository begins.
pub(crate) fn root() -> &'static Path {
    Path::new(concat!(env!("CARGO_MANIFEST_DIR"), "/../.."))
}

/// Every text file under a folder of the repository whose name ends with one of these.
pub(crate) fn files(folder: &str, endings: &[&str]) -> Vec<Source> {
    let mut found = Vec::new();
    walk(&root().join(folder), folder, &mut found);
    found.retain(|source| endings.is_empty() || endings.iter().any(|ending| source.path.ends_with(ending)));
    found
}

/// The Rust files of both packages.
pub(crate) fn rust() -> Vec<Source> {
    let mut found = files("app", &[".rs"]);
    assert!(found.len() > 20, "the walk through the tree has lost its way: {} files", found.len());
    let for_tests: Vec<String> = found.iter().flat_map(modules_for_tests).collect();
    for source in &mut found {
        let module = source.path.trim_end_matches(".rs").trim_end_matches("/mod");
        source.declared_for_tests = for_tests.iter().any(|declared| declared == module);
    }
    found
}

/// The modules in files of their own that a file declares under `#[cfg(test)]`.
fn modules_for_tests(source: &Source) -> Vec<String> {
    let declared = regex::Regex::new(r"#\[cfg\(test\)\]\s*(?:pub(?:\([a-z]+\))? )?mod (\w+);").expect("a pattern");
    let own = source.path.trim_end_matches(".rs");
    let folder = ["/mod", "/lib", "/main"].iter().find_map(|name| own.strip_suffix(name)).unwrap_or(own);
    declared.captures_iter(&source.text).map(|found| format!("{folder}/{}", &found[1])).collect()
}

/// What git does not keep.
const PASSED_OVER: [&str; 5] = [".git", "target", "node_modules", "data", "test-results"];

fn walk(folder: &Path, name: &str, found: &mut Vec<Source>) {
    let mut entries: Vec<_> = fs::read_dir(folder).into_iter().flatten().flatten().collect();
    entries.sort_by_key(fs::DirEntry::file_name);
    for entry in entries {
        let file_name = entry.file_name().to_string_lossy().into_owned();
        let path = if name.is_empty() { file_name.clone() } else { format!("{name}/{file_name}") };
        if PASSED_OVER.contains(&file_name.as_str()) && !path.starts_with("app/core/") {
            continue;
        }
        if entry.file_type().is_ok_and(|kind| kind.is_dir()) {
            walk(&entry.path(), &path, found);
        } else if let Ok(text) = fs::read_to_string(entry.path()) {
            found.push(Source::new(&path, &text));
        }
    }
}

/// Blanks these places byte for byte, so that offsets and lines stay.
fn hide(text: &str, places: &[Range<usize>]) -> String {
    let mut out = text.as_bytes().to_vec();
    for place in places {
        out[place.clone()].iter_mut().filter(|byte| **byte != b'\n').for_each(|byte| *byte = b' ');
    }
    String::from_utf8(out).expect("whole literals and items are blanked")
}

/// Where a comment or a literal stands.
enum Quiet {
    Comment(Range<usize>),
    Literal(Range<usize>),
}

fn quiet_places(text: &str) -> Vec<Quiet> {
    let bytes = text.as_bytes();
    let mut found = Vec::new();
    let mut at = 0;
    while at < bytes.len() {
        let rest = &bytes[at..];
        let (comment, length) = if rest.starts_with(b"//") {
            (true, position(rest, b"\n").unwrap_or(rest.len()))
        } else if rest.starts_with(b"/*") {
            (true, position(rest, b"*/").map_or(rest.len(), |end| end + 2))
        } else if rest.starts_with(b"\"") {
            (false, quoted(rest))
        } else if rest.starts_with(b"r\"") || rest.starts_with(b"r#") {
            (false, raw(rest))
        } else if rest.starts_with(b"'") {
            (false, character(rest))
        } else {
            (false, 1)
        };
        if comment {
            found.push(Quiet::Comment(at..at + length));
        } else if length > 1 {
            found.push(Quiet::Literal(at..at + length));
        }
        at += length;
    }
    found
}

fn position(text: &[u8], what: &[u8]) -> Option<usize> {
    text.windows(what.len()).position(|window| window == what)
}

/// The length of a string literal that begins here.
fn quoted(text: &[u8]) -> usize {
    let mut at = 1;
    while at < text.len() {
        match text[at] {
            b'\\' => at += 2,
            b'"' => return at + 1,
            _ => at += 1,
        }
    }
    text.len()
}

/// The length of a raw string literal that begins here; 1 where it is none.
fn raw(text: &[u8]) -> usize {
    let hashes = text[1..].iter().take_while(|byte| **byte == b'#').count();
    if text.get(1 + hashes) != Some(&b'"') {
        return 1;
    }
    let closing = format!("\"{}", "#".repeat(hashes));
    let body = 2 + hashes;
    body + position(&text[body..], closing.as_bytes()).map_or(text.len() - body, |found| found + closing.len())
}

/// The length of a character literal that begins here; 1 where it is a lifetime.
fn character(text: &[u8]) -> usize {
    if text.get(1) == Some(&b'\\') {
        return position(&text[2..], b"'").map_or(1, |found| found + 3);
    }
    let width = std::str::from_utf8(&text[1..text.len().min(5)])
        .or_else(|error| std::str::from_utf8(&text[1..=error.valid_up_to()]))
        .ok()
        .and_then(|rest| rest.chars().next())
        .map_or(1, char::len_utf8);
    if text.get(1 + width) == Some(&b'\'') { width + 2 } else { 1 }
}

/// Where in code without strings the items under `#[cfg(test)]` or `#[cfg(any(test, ...))]` stand.
fn tests_in(bare: &str) -> Vec<Range<usize>> {
    let marks = regex::Regex::new(r"#\[cfg\((?:test|any\(test[^\]]*)\)\]").expect("a pattern");
    let item = |start: usize| {
        let rest = &bare[start..];
        match rest.find(['{', ';']) {
            Some(brace) if rest[brace..].starts_with('{') => start + brace + block(&rest[brace..]),
            Some(semicolon) => start + semicolon + 1,
            None => bare.len(),
        }
    };
    marks.find_iter(bare).map(|mark| mark.start()..item(mark.end())).collect()
}

/// The length of the block in braces that begins here.
fn block(text: &str) -> usize {
    let mut depth = 0_usize;
    for (at, c) in text.char_indices() {
        match c {
            '{' => depth += 1,
            '}' if depth == 1 => return at + 1,
            '}' => depth -= 1,
            _ => {}
        }
    }
    text.len()
}

#[test]
fn comments_strings_and_tests_are_told_from_code() {
    let source = Source::new(
        "app/core/src/sample.rs",
        "fn a<'a>() { b('\"'); c(\"x { y\", r#\"z \" z\"#); } // d\n#[cfg(test)]\nmod tests { fn e() { \"ü\" } }\nfn f() {} /* g */",
    );
    let bare = source.bare();
    for kept in ["fn a<'a>", "b(", "c(", "fn f()"] {
        assert!(bare.contains(kept), "{kept} is lost: {bare}");
    }
    for blanked in ["x {", "z \" z", "// d", "fn e", "/* g"] {
        assert!(!bare.contains(blanked), "{blanked} is kept: {bare}");
    }
    assert!(source.code().contains("x { y"), "strings are code: {}", source.code());
    assert!(!source.code().contains("fn e"), "tests are not: {}", source.code());
}
