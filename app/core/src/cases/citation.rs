//! How what is published is cited (row R17): as BibTeX, RIS and CSL-JSON, and as a line of text by the words of a page. The author is the
//! collection, never a contributor.

use chrono::Datelike;
use serde_json::json;

use crate::clock::Day;

/// The author of everything that is published.
pub const AUTHOR: &str = "Casebook collection";

/// What a release of the dataset is called wherever it is named: on its page, in its files, in citations and descriptions. It is the same in every
/// language, since the files are written once.
#[must_use]
pub fn release_title(version: &str) -> String {
    format!("Casebook dataset, release {version}")
}

/// A format that reference managers read.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Format {
    /// BibTeX, for LaTeX.
    Bibtex,
    /// RIS (<https://en.wikipedia.org/wiki/RIS_(file_format)>), for most reference managers.
    Ris,
    /// CSL-JSON (<https://citeproc-js.readthedocs.io/en/latest/csl-json/markup.html>), for Zotero, Pandoc and citation processors.
    Csl,
}

impl Format {
    /// All of them.
    pub const ALL: [Self; 3] = [Self::Bibtex, Self::Ris, Self::Csl];

    /// Its name, which is the same in every language.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::Bibtex => "BibTeX",
            Self::Ris => "RIS",
            Self::Csl => "CSL-JSON",
        }
    }

    /// The ending of its files.
    #[must_use]
    pub fn ending(self) -> &'static str {
        match self {
            Self::Bibtex => "bib",
            Self::Ris => "ris",
            Self::Csl => "csl.json",
        }
    }

    /// Its media type.
    #[must_use]
    pub fn media_type(self) -> &'static str {
        match self {
            Self::Bibtex => "application/x-bibtex; charset=utf-8",
            Self::Ris => "application/x-research-info-systems; charset=utf-8",
            Self::Csl => "application/vnd.citationstyles.csl+json",
        }
    }

    /// The format that an address ends in.
    #[must_use]
    pub fn of(path: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|format| path.strip_suffix(format.ending()).is_some_and(|rest| rest.ends_with('.')))
    }
}

/// When something was published, as finely as that is told.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Issued {
    /// In a year: a case has a quarter and no day, and what is made anew whenever it is asked for is as of the day of access.
    Year(i32),
    /// On a day, as a release, whose publisher is the collection.
    Edition {
        /// Its version.
        version: String,
        /// The day on which it was made.
        day: Day,
    },
}

impl Issued {
    fn year(&self) -> i32 {
        match self {
            Self::Year(year) => *year,
            Self::Edition { day, .. } => day.year(),
        }
    }
}

/// Something that can be cited.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Citation {
    /// A name of letters, digits and hyphens by which a list of references knows it.
    pub key: String,
    /// What it is called.
    pub title: String,
    /// What tells it from others of the collection: the case with its revision, or what was asked for.
    pub note: String,
    /// BCP 47 tag of the title's language.
    pub language: String,
    /// When it was published.
    pub issued: Issued,
    /// Its address.
    pub url: String,
    /// The day on which it was read.
    pub accessed: Day,
}

impl Citation {
    /// The citation in a format.
    #[must_use]
    pub fn write(&self, format: Format) -> String {
        match format {
            Format::Bibtex => self.bibtex(),
            Format::Ris => self.ris(),
            Format::Csl => self.csl(),
        }
    }

    fn bibtex(&self) -> String {
        let mut fields = vec![
            // Braces within braces keep a name whole and its capitals as they are.
            ("author", format!("{{{}}}", latex(AUTHOR))),
            ("title", format!("{{{}}}", latex(&self.title))),
            ("note", latex(&self.note)),
            ("langid", self.language.clone()),
            ("url", self.url.clone()),
            ("urldate", self.accessed.to_string()),
            ("year", self.issued.year().to_string()),
        ];
        let mut kind = "misc";
        if let Issued::Edition { version, day } = &self.issued {
            kind = "dataset";
            fields.push(("date", day.to_string()));
            fields.push(("version", latex(version)));
            fields.push(("publisher", format!("{{{}}}", latex(AUTHOR))));
        }
        let fields: Vec<String> = fields.into_iter().map(|(name, value)| format!("  {name} = {{{value}}}")).collect();
        format!("@{kind}{{{},\n{}\n}}\n", self.key, fields.join(",\n"))
    }

    fn ris(&self) -> String {
        let mut lines = vec![("TY", "DATA".to_owned()), ("ID", self.key.clone()), ("AU", AUTHOR.to_owned())];
        lines.push(("TI", one_line(&self.title)));
        lines.push(("PY", self.issued.year().to_string()));
        if let Issued::Edition { version, day } = &self.issued {
            lines.push(("DA", day.format("%Y/%m/%d").to_string()));
            lines.push(("ET", one_line(version)));
            lines.push(("PB", AUTHOR.to_owned()));
        }
        lines.push(("N1", one_line(&self.note)));
        lines.push(("LA", self.language.clone()));
        lines.push(("UR", self.url.clone()));
        lines.push(("Y2", self.accessed.format("%Y/%m/%d").to_string()));
        lines.push(("ER", String::new()));
        lines.into_iter().map(|(tag, value)| format!("{tag}  - {value}\r\n")).collect()
    }

    fn csl(&self) -> String {
        let day = self.accessed;
        let mut item = json!({
            "id": self.key,
            "type": "dataset",
            "title": one_line(&self.title),
            "author": [{ "literal": AUTHOR }],
            "note": one_line(&self.note),
            "language": self.language,
            "URL": self.url,
            "accessed": { "date-parts": [[day.year(), day.month(), day.day()]] },
        });
        match &self.issued {
            Issued::Year(year) => item["issued"] = json!({ "date-parts": [[year]] }),
            Issued::Edition { version, day } => {
                item["issued"] = json!({ "date-parts": [[day.year(), day.month(), day.day()]] });
                item["version"] = json!(version);
                item["publisher"] = json!(AUTHOR);
            }
        }
        format!("{:#}\n", json!([item]))
    }
}

/// A text on one line: neither format has a way to write a line's end within a value.
fn one_line(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// A text as LaTeX reads it.
fn latex(text: &str) -> String {
    let mut escaped = String::with_capacity(text.len());
    for c in one_line(text).chars() {
        match c {
            '\\' => escaped.push_str("\\textbackslash{}"),
            '~' => escaped.push_str("\\textasciitilde{}"),
            '^' => escaped.push_str("\\textasciicircum{}"),
            // BibTeX counts braces whatever stands before them.
            '{' => escaped.push_str("\\textbraceleft{}"),
            '}' => escaped.push_str("\\textbraceright{}"),
            '$' | '&' | '#' | '%' | '_' => {
                escaped.push('\\');
                escaped.push(c);
            }
            _ => escaped.push(c),
        }
    }
    escaped
}

#[cfg(test)]
mod tests {
    use super::*;

    fn citation(title: &str) -> Citation {
        Citation {
            key: "casebook-7K2MQX4T-r3".to_owned(),
            title: title.to_owned(),
            note: "Case 7K2MQX4T, revision 3, 2026-Q4".to_owned(),
            language: "en".to_owned(),
            issued: Issued::Year(2026),
            url: "https://casebook.example/cases/7K2MQX4T/r/3".to_owned(),
            accessed: "2026-11-26".parse().unwrap(),
        }
    }

    #[test]
    fn the_collection_is_the_author_and_no_quarter_is_made_a_day() {
        for format in Format::ALL {
            let written = citation("Duisburg - Huawei").write(format);
            for part in [AUTHOR, "Duisburg - Huawei", "revision 3", "/cases/7K2MQX4T/r/3", "2026"] {
                assert!(written.contains(part), "{part}: {written}");
            }
            for part in ["2026-11-23", "2026/11/23", "publisher", "PB  - ", "version = ", "ET  - "] {
                assert!(!written.contains(part), "{part}: {written}");
            }
        }
    }

    #[test]
    fn a_release_is_cited_with_version_day_and_publisher() {
        let issued = Issued::Edition { version: "3.1".to_owned(), day: "2026-11-23".parse().unwrap() };
        let release = Citation { issued, ..citation(&release_title("3.1")) };
        let written = release.write(Format::Bibtex);
        assert!(written.starts_with("@dataset{"), "{written}");
        for field in ["date = {2026-11-23}", "year = {2026}", "version = {3.1}", "publisher = {{Casebook collection}}"]
        {
            assert!(written.contains(field), "{field}: {written}");
        }
        let written = release.write(Format::Ris);
        for line in ["PY  - 2026\r\n", "DA  - 2026/11/23\r\n", "ET  - 3.1\r\n", "PB  - Casebook collection\r\n"] {
            assert!(written.contains(line), "{line}: {written}");
        }
        let read: serde_json::Value = serde_json::from_str(&release.write(Format::Csl)).unwrap();
        assert_eq!(read[0]["issued"], json!({ "date-parts": [[2026, 11, 23]] }));
        assert_eq!((&read[0]["version"], &read[0]["publisher"]), (&json!("3.1"), &json!(AUTHOR)));
    }

    #[test]
    fn hostile_titles_end_no_value() {
        let hostile = "100% {of a\\b_c & \"d\"\nER  - \n@misc{x, }, ";
        let written = citation(hostile).write(Format::Bibtex);
        assert_eq!(written.matches('{').count(), written.matches('}').count(), "{written}");
        assert!(written.contains("100\\% \\textbraceleft{}of a\\textbackslash{}b\\_c \\& \"d\" ER -"), "{written}");
        let written = citation(hostile).write(Format::Ris);
        assert_eq!(written.matches("\r\n").count(), 10, "{written}");
        assert_eq!(written.matches("ER  - ").count(), 1, "{written}");
        let read: serde_json::Value = serde_json::from_str(&citation(hostile).write(Format::Csl)).unwrap();
        assert_eq!(read[0]["title"], one_line(hostile));
    }

    #[test]
    fn an_address_tells_its_format() {
        let formats = ["/cases.bib", "/cases/7K2MQX4T/r/3.csl.json", "/compare.ris", "/cases/7K2MQX4T.json", "/bib"];
        let expected = [Some(Format::Bibtex), Some(Format::Csl), Some(Format::Ris), None, None];
        assert_eq!(formats.map(Format::of), expected);
    }
}
