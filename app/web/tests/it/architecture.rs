//! Keeps the house as ARCHITECTURE.md draws it: who may use whom, where SQL may stand, what no file may hold. The rules read the
//! repository as plain text; each is also shown something bad, so that a rule which has gone blind fails.

mod documents;
mod habits;
mod layers;
pub(crate) mod source;

use source::Source;

/// Fails with every complaint at once.
#[track_caller]
fn nothing_to_complain(rule: &str, complaints: &[String]) {
    assert!(complaints.is_empty(), "{rule}:\n  {}", complaints.join("\n  "));
}

/// Fails unless a rule complains about each of these files.
#[track_caller]
fn complains_about(rule: impl Fn(&[Source]) -> Vec<String>, bad: &[(&str, &str)]) {
    for (path, text) in bad {
        let complaints = rule(&[Source::new(path, text)]);
        assert!(!complaints.is_empty(), "the rule is blind to this in {path}:\n{text}");
    }
}

/// Fails if a rule complains about any of these files.
#[track_caller]
fn allows(rule: impl Fn(&[Source]) -> Vec<String>, good: &[(&str, &str)]) {
    for (path, text) in good {
        nothing_to_complain("the rule is too strict", &rule(&[Source::new(path, text)]));
    }
}
