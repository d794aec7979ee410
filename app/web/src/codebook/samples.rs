//! The codebook as tests see it: that of the program, one in which much was retired, and one with hostile words.

use std::sync::Arc;

use casebook_core::{cases::usage::Usage, codebook::Codebook};

use super::CodebookPage;
use crate::kit::{Sample, page::sample_visit};

const HOSTILE: &str = "<script>alert(1)</script> & 'Supercalifragilisticexpialidocious'";

/// A field of which one code was renamed, one split and one given up, and a field that took the place of another.
const RETIRING: &str = r#"version = "0.3"
[[section]]
code = "what"
label.en = "What it is about"
intro.en = "WORDS"
[[field]]
code = "domain"
in = "case"
section = "what"
type = "choices"
facet = true
since = "0.1"
label.en = "WORDS"
definition.en = "WORDS"
example.en = "WORDS"
codes = [
  { code = "water", label.en = "WORDS", definition.en = "Water." },
  { code = "rain", since = "0.2", label.en = "Rain", definition.en = "WORDS" },
  { code = "sewage", retired = "0.2", replaced_by = "water", label.en = "WORDS", definition.en = "Used water." },
  { code = "wells", retired = "0.2", replaced_by = ["water", "rain"], label.en = "Wells", definition.en = "Water from below." },
  { code = "gas", retired = "0.3", retired_because.en = "WORDS", label.en = "Gas", definition.en = "Gas." },
]
[[field]]
code = "area"
in = "case"
section = "what"
type = "line"
since = "0.1"
retired = "0.3"
replaced_by = "reach"
label.en = "Area"
definition.en = "WORDS"
example.en = "WORDS"
[[field]]
code = "reach"
in = "case"
section = "what"
type = "line"
since = "0.3"
label.en = "WORDS"
definition.en = "How far it reaches."
example.en = "The whole city."
"#;

impl Sample for CodebookPage {
    fn samples() -> Vec<(&'static str, Self)> {
        let page = |codebook: Arc<Codebook>| {
            let frame = sample_visit("/codebook").frame("codebook-title");
            Self { frame, codebook, usage: Usage::default() }
        };
        let with = |words: &str| Codebook::parse(&RETIRING.replace("WORDS", words), "sample").ok().map(Arc::new);
        let mut samples = vec![("whole", page(Codebook::embedded()))];
        samples.extend(with("Words").map(|book| ("retiring", page(book))));
        samples.extend(with(HOSTILE).map(|book| ("hostile", page(book))));
        samples.extend(with(&"longest ".repeat(60)).map(|book| ("longest", page(book))));
        samples
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_sample_is_there() {
        let names: Vec<&str> = CodebookPage::samples().into_iter().map(|(name, _)| name).collect();
        assert_eq!(names, ["whole", "retiring", "hostile", "longest"]);
    }
}
