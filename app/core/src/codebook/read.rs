//! Reading the file: shape by serde, then every rule that the shape cannot hold, each fault with its line.

mod retirement;

use std::collections::{BTreeMap, HashMap, HashSet};

use serde::Deserialize;
use toml::Spanned;

use self::retirement::{Family, Fate, Retirement, Successors};
use super::field::{BASE_LANGUAGE, Field, FieldCode, FieldKind, In, Section, Text, Version};
use crate::{Error, Result};

type Words = Option<BTreeMap<String, String>>;

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct RawBook {
    version: Spanned<String>,
    #[serde(default)]
    section: Vec<RawSection>,
    #[serde(default)]
    field: Vec<RawField>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct RawSection {
    code: Spanned<String>,
    label: Words,
    intro: Words,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct RawField {
    code: Spanned<String>,
    #[serde(rename = "in")]
    within: In,
    section: Option<Spanned<String>>,
    #[serde(rename = "type")]
    kind: FieldKind,
    #[serde(default)]
    core: bool,
    #[serde(default)]
    facet: bool,
    #[serde(default)]
    form: bool,
    #[serde(default)]
    required: bool,
    #[serde(default)]
    dated: bool,
    since: Option<Spanned<String>>,
    retired: Option<Spanned<String>>,
    replaced_by: Option<Spanned<Successors>>,
    retired_because: Words,
    #[serde(default)]
    qualifiers: Vec<Spanned<String>>,
    label: Words,
    definition: Words,
    example: Words,
    #[serde(default)]
    codes: Vec<RawCode>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct RawCode {
    code: Spanned<String>,
    since: Option<Spanned<String>>,
    retired: Option<Spanned<String>>,
    replaced_by: Option<Spanned<Successors>>,
    retired_because: Words,
    label: Words,
    definition: Words,
}

/// What was read.
pub(super) struct Read {
    pub(super) version: Version,
    pub(super) sections: Vec<Section>,
    pub(super) fields: Vec<Field>,
    /// On which line each field stands, and each code, by the field's name, a dot and its own.
    pub(super) lines: Lines,
}

/// The line of each field and code.
pub(super) type Lines = HashMap<(In, String), usize>;

/// Reads the text.
///
/// # Errors
/// [`Error::Config`] that lists every fault, each with file, line and reason.
pub(super) fn read(text: &str, file_name: &str) -> Result<Read> {
    let mut faults = Faults { text, file_name, found: Vec::new() };
    let raw: RawBook = match toml::from_str(text) {
        Ok(raw) => raw,
        Err(error) => {
            faults.add(error.span().map_or(0, |span| span.start), error.message());
            return Err(faults.into_error());
        }
    };
    let version = faults.version(&raw.version);
    let names = Names::of(&raw);
    let sections = raw.section.into_iter().map(|section| read_section(section, &mut faults)).collect();
    let mut fields: Vec<Field> = Vec::new();
    let mut lines = HashMap::new();
    for field in raw.field {
        let line = faults.line(field.code.span().start);
        if lines.insert((field.within, field.code.get_ref().clone()), line).is_some() {
            faults.at(&field.code, &format!("the field {} stands twice", field.code.get_ref()));
        }
        for code in &field.codes {
            let line = faults.line(code.code.span().start);
            lines.insert((field.within, format!("{}.{}", field.code.get_ref(), code.code.get_ref())), line);
        }
        fields.push(read_field(field, &names, version, &mut faults));
    }
    if faults.found.is_empty() { Ok(Read { version, sections, fields, lines }) } else { Err(faults.into_error()) }
}

fn read_section(raw: RawSection, faults: &mut Faults<'_>) -> Section {
    faults.machine_code(&raw.code);
    let label = faults.words(&raw.code, "label", raw.label);
    let intro = faults.words(&raw.code, "intro", raw.intro);
    Section { code: raw.code.into_inner(), label, intro }
}

fn read_field(raw: RawField, names: &Names, version: Version, faults: &mut Faults<'_>) -> Field {
    faults.machine_code(&raw.code);
    if let Some(section) = &raw.section
        && !names.sections.contains(section.get_ref())
    {
        faults.at(section, &format!("there is no section {}", section.get_ref()));
    }
    for qualifier in &raw.qualifiers {
        if !names.qualifiers.contains(qualifier.get_ref()) {
            faults.at(qualifier, &format!("there is no qualifier {}", qualifier.get_ref()));
        }
    }
    check_kind(&raw, faults);
    let since = faults.since(&raw.code, raw.since.as_ref(), version);
    let retired = faults.retired(&Retirement::of_field(&raw), since, version, names.places.get(&raw.within));
    let because = faults.because(&raw.code, raw.retired_because);
    let label = faults.words(&raw.code, "label", raw.label);
    let definition = faults.words(&raw.code, "definition", raw.definition);
    let example = faults.words(&raw.code, "example", raw.example);
    let codes = read_codes(raw.codes, since, version, faults);
    let by_code = codes.iter().enumerate().map(|(position, code)| (code.code.clone(), position)).collect();
    Field {
        code: raw.code.into_inner(),
        within: raw.within,
        section: raw.section.map(Spanned::into_inner),
        kind: raw.kind,
        core: raw.core,
        facet: raw.facet,
        form: raw.form,
        required: raw.required,
        dated: raw.dated,
        since,
        retired,
        replaced_by: Successors::names(raw.replaced_by),
        retired_because: because,
        qualifiers: raw.qualifiers.into_iter().map(Spanned::into_inner).collect(),
        label,
        definition,
        example,
        codes,
        by_code,
    }
}

fn check_kind(raw: &RawField, faults: &mut Faults<'_>) {
    let code = &raw.code;
    match (raw.kind.is_coded(), raw.codes.is_empty()) {
        (true, true) => faults.at(code, "a choice needs codes"),
        (false, false) if !matches!(raw.kind, FieldKind::Amount | FieldKind::Language) => {
            faults.at(code, "only choices, amounts and languages have codes");
        }
        _ => {}
    }
    if raw.facet && !raw.kind.is_coded() && raw.kind != FieldKind::Country {
        faults.at(code, "only coded fields and countries can be facets");
    }
    if raw.core && !raw.within.is_statement() {
        faults.at(code, "only fields of the case or an agreement can be core");
    }
    if raw.required && !raw.form {
        faults.at(code, "what is required must be asked: form = true");
    }
    let beside = matches!(raw.within, In::Qualifier | In::Wrapper);
    if raw.form && raw.section.is_none() && !beside {
        faults.at(code, "what is asked needs a section to be asked in");
    }
}

fn read_codes(raw: Vec<RawCode>, since: Version, version: Version, faults: &mut Faults<'_>) -> Vec<FieldCode> {
    let family: Family = raw.iter().map(|code| (code.code.get_ref().clone(), Fate::of_code(code))).collect();
    let mut seen = HashSet::new();
    let mut codes = Vec::new();
    for code in raw {
        faults.machine_code(&code.code);
        if !seen.insert(code.code.get_ref().clone()) {
            faults.at(&code.code, &format!("the code {} stands twice in this field", code.code.get_ref()));
        }
        let since = if code.since.is_some() { faults.since(&code.code, code.since.as_ref(), version) } else { since };
        codes.push(FieldCode {
            since,
            retired: faults.retired(&Retirement::of_code(&code), since, version, Some(&family)),
            replaced_by: Successors::names(code.replaced_by),
            retired_because: faults.because(&code.code, code.retired_because),
            label: faults.words(&code.code, "label", code.label),
            definition: faults.words(&code.code, "definition", code.definition),
            code: code.code.into_inner(),
        });
    }
    codes
}

/// What names can be referred to.
struct Names {
    sections: HashSet<String>,
    qualifiers: HashSet<String>,
    places: HashMap<In, Family>,
}

impl Names {
    fn of(raw: &RawBook) -> Self {
        let qualifiers = raw.field.iter().filter(|field| field.within == In::Qualifier);
        let mut places: HashMap<In, Family> = HashMap::new();
        for field in &raw.field {
            places.entry(field.within).or_default().insert(field.code.get_ref().clone(), Fate::of_field(field));
        }
        Self {
            sections: raw.section.iter().map(|section| section.code.get_ref().clone()).collect(),
            qualifiers: qualifiers.map(|field| field.code.get_ref().clone()).collect(),
            places,
        }
    }
}

/// The faults found so far, each with its place in the text.
struct Faults<'a> {
    text: &'a str,
    file_name: &'a str,
    found: Vec<String>,
}

impl Faults<'_> {
    fn line(&self, offset: usize) -> usize {
        let before = self.text.get(..offset).unwrap_or(self.text);
        before.bytes().filter(|byte| *byte == b'\n').count() + 1
    }

    fn add(&mut self, offset: usize, reason: &str) {
        let line = self.line(offset);
        self.found.push(format!("{}:{line}: {reason}", self.file_name));
    }

    fn at(&mut self, place: &Spanned<String>, reason: &str) {
        self.add(place.span().start, reason);
    }

    fn into_error(self) -> Error {
        Error::Config(self.found.join("\n"))
    }

    fn machine_code(&mut self, code: &Spanned<String>) {
        let text = code.get_ref();
        let allowed = |byte: u8| byte.is_ascii_lowercase() || byte.is_ascii_digit() || byte == b'_';
        if !(1..=60).contains(&text.len()) || !text.bytes().all(allowed) {
            self.at(code, &format!("{text:?} is no code: lower-case letters, digits and underscores, at most 60"));
        }
    }

    fn words(&mut self, code: &Spanned<String>, what: &str, words: Words) -> Text {
        let words = words.unwrap_or_default();
        if !words.contains_key(BASE_LANGUAGE) {
            self.at(code, &format!("{} has no {what} in English ({what}.en)", code.get_ref()));
        }
        for (lang, text) in &words {
            if text.trim().is_empty() {
                self.at(code, &format!("{what}.{lang} of {} is empty", code.get_ref()));
            }
        }
        Text(words)
    }

    fn version(&mut self, text: &Spanned<String>) -> Version {
        text.get_ref().parse().unwrap_or_else(|_| {
            self.at(text, &format!("{:?} is no version such as 0.1", text.get_ref()));
            Version::default()
        })
    }

    fn since(&mut self, code: &Spanned<String>, since: Option<&Spanned<String>>, newest: Version) -> Version {
        let Some(since) = since else {
            self.at(code, &format!("{} does not say since which version it exists", code.get_ref()));
            return newest;
        };
        let version = self.version(since);
        if version > newest {
            self.at(since, &format!("{version} is later than the version of the file, {newest}"));
        }
        version
    }
}
