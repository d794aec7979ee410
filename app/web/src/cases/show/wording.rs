//! What the template of a case asks the page for: words, addresses, numbers.

use casebook_core::{
    cases::{
        document::{Confidence, DateQualifier, Document, Rank, Section, Source, Status, When},
        measures::SizeImbalance,
        view::{Cited, Distance, Entry, LawLine, Pair, Path, Qualified, Quote, Residents, Shown, Voice},
    },
    ids::CaseId,
    places::jurisdictions::Standing,
};

use super::CasePage;
use crate::{
    cases::words,
    kit::{Html, Language, Message},
    url,
};

/// A number of a source in the list, and where it stands.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Reference {
    /// The number.
    pub(super) number: usize,
    /// The id of its line.
    pub(super) anchor: String,
}

impl CasePage {
    pub(super) fn document(&self) -> &Document {
        &self.case.document
    }

    pub(super) fn is_old(&self) -> bool {
        self.document().revision != self.case.current
    }

    pub(super) fn when(&self, date: &When) -> String {
        words::when(date, self.frame.language)
    }

    /// When an answer was contested.
    pub(super) fn contested(&self, date: &When) -> String {
        words::contested(date, self.frame.language)
    }

    /// The time for which something holds; a date that says "before" or "after" speaks for itself.
    pub(super) fn as_of(&self, date: &When) -> String {
        match date {
            When::Entered { qualifier: DateQualifier::Exact, .. } => {
                self.frame.t1("case-as-of", "date", self.when(date))
            }
            _ => self.when(date),
        }
    }

    pub(super) fn shown(&self, value: &Shown) -> String {
        words::shown(value, self.frame.language)
    }

    /// Where a value leads, if it is an organisation: to the cases that it is part of.
    pub(super) fn leads_to(&self, value: &Shown) -> Option<String> {
        match value {
            Shown::Organisation { id, .. } => Some(url::cases_of(id)),
            _ => None,
        }
    }

    pub(super) fn status(&self, status: &Status) -> String {
        words::status(*status, self.frame.language)
    }

    pub(super) fn is_disputed(&self, status: &Status) -> bool {
        *status == Status::Disputed
    }

    pub(super) fn is_superseded(&self, entry: &Entry) -> bool {
        entry.rank == Rank::Superseded
    }

    pub(super) fn confidence(&self, confidence: &Confidence) -> String {
        words::confidence(*confidence, self.frame.language)
    }

    /// The value of a statement, or what stands in its place.
    pub(super) fn value(&self, entry: &Entry) -> String {
        match &entry.value {
            Some(value) => self.shown(value),
            None => self.frame.t(format!("case-value-{}", entry.status.code())),
        }
    }

    /// What stands beside the value: qualifiers, the agreement it is about, the time it holds for.
    pub(super) fn beside(&self, entry: &Entry) -> String {
        let mut beside: Vec<String> = qualifiers(&entry.qualifiers, self.frame.language);
        beside.extend(entry.agreement.clone());
        beside.extend(entry.as_of.iter().map(|date| self.as_of(date)));
        match entry.rank {
            Rank::Preferred => beside.push(self.frame.t("case-preferred")),
            Rank::Normal => {}
            Rank::Superseded => beside.push(self.frame.t("case-superseded")),
        }
        beside.join("; ")
    }

    pub(super) fn means(&self, entry: &Entry) -> String {
        let status = self.frame.t(format!("case-means-{}", entry.status.code()));
        format!("{status} {}", self.frame.t(format!("case-sure-{}", entry.confidence.code())))
    }

    pub(super) fn coder(&self, entry: &Entry) -> String {
        match self.case.coders.get(&entry.since_revision) {
            Some(coder) => self.frame.t1("case-coded", "coder", coder),
            None => self.frame.t("case-coded-unknown"),
        }
    }

    pub(super) fn field_address(&self, field: &str) -> String {
        url::codebook_field(field)
    }

    pub(super) fn revision_address(&self, revision: &u32) -> String {
        url::case_revision(&self.document().id, *revision)
    }

    /// The sources with these ids, by their numbers in the list.
    pub(super) fn references(&self, ids: &[String]) -> Vec<Reference> {
        let numbered = |id: &String| {
            let cited = self.case.view.sources.iter().find(|cited| &cited.record.id == id)?;
            Some(Reference { number: cited.number, anchor: format!("source-{id}") })
        };
        ids.iter().filter_map(numbered).collect()
    }

    /// What a source is, in a few words, for what stands behind a value.
    pub(super) fn source_words(&self, reference: &Reference) -> String {
        let cited = self.case.view.sources.iter().find(|cited| cited.number == reference.number);
        let Some(cited) = cited else { return String::new() };
        let record = &cited.record;
        let who = record.publisher.clone().or_else(|| record.title.clone()).unwrap_or_else(|| cited.kind.clone());
        let date = record.published.as_ref().map(|date| format!(", {}", self.when(date))).unwrap_or_default();
        format!("{who}{date} ({})", cited.reliability.to_lowercase())
    }

    /// When it was said, how it was taken down, from which language.
    pub(super) fn about(&self, voice: &Voice) -> String {
        let mut about = vec![voice.date.as_ref().map_or_else(|| self.frame.t("case-undated"), |date| self.when(date))];
        about.push(self.frame.t(if voice.quoted { "case-quoted" } else { "case-paraphrased" }));
        about.extend(self.translated(&voice.words));
        about.join(", ")
    }

    pub(super) fn translated(&self, words: &Quote) -> Option<String> {
        words.translation.as_ref().map(|translation| words::translation(translation, self.frame.language))
    }

    pub(super) fn waited(&self, pair: &Pair) -> String {
        let words = if pair.answers.is_empty() { words::open_for } else { words::answered_after };
        words(pair.wait, self.frame.language)
    }

    /// The ratio of size in words: one line for each bound that is known.
    pub(super) fn ratios(&self) -> Vec<String> {
        let Some(size) = &self.case.view.size else { return Vec::new() };
        let vendor = self.shown(&size.vendor);
        let line = |measure: &SizeImbalance| {
            let message = Message::new("case-size-ratio").with("vendor", &vendor);
            let message = message.with("employees", measure.ratio.employees);
            self.frame.say(&message.with("residents", measure.ratio.residents))
        };
        size.measures.iter().map(line).collect()
    }

    /// What a ratio is worth where the place is known by its size class only.
    pub(super) fn bounds(&self) -> Option<String> {
        let residents = self.case.view.size.as_ref()?.residents.as_ref()?;
        let Residents::Class { least, above, .. } = residents else { return None };
        Some(self.frame.t(match (least, above) {
            (0, _) => "case-size-at-least",
            (_, None) => "case-size-at-most",
            _ => "case-size-between",
        }))
    }

    pub(super) fn logarithms(&self) -> String {
        let measures = self.case.view.size.iter().flat_map(|size| &size.measures);
        let values: Vec<String> = measures.map(|measure| format!("{:.2}", measure.log10)).collect();
        values.join(", ")
    }

    pub(super) fn residents(&self, residents: &Residents) -> String {
        match residents {
            Residents::Stated { number, .. } => words::figure(*number),
            Residents::Gazetteer(number) => words::people(*number),
            Residents::Class { label, .. } => self.frame.t1("case-size-class", "label", label),
        }
    }

    pub(super) fn law(&self, law: &LawLine) -> String {
        let message = Message::new("case-law").with("law", &law.law).with("year", law.year.to_string());
        self.frame.say(&message.with("articles", &law.articles))
    }

    /// What a law could reach, who decides, and whether it has ended already.
    pub(super) fn effect(&self, law: &LawLine) -> String {
        let mut effect = vec![self.frame.t(format!("case-court-{}", law.court_review.code()))];
        effect.extend(law.extent.map(|extent| self.frame.t(format!("case-extent-{}", extent.code()))));
        if law.standing == Standing::Lingering {
            effect.push(self.frame.t("case-standing-lingering"));
        }
        effect.extend(law.checked.as_ref().map(|day| self.frame.t1("case-checked", "day", day)));
        effect.join(" ")
    }

    pub(super) fn known(&self, path: &Path) -> String {
        self.frame.t(format!("case-known-{}", path.known.code()))
    }

    pub(super) fn step(&self, step: &u8) -> String {
        self.frame.t(format!("case-step-{step}"))
    }

    pub(super) fn reason(&self, distance: &Distance) -> String {
        self.frame.t(format!("case-reason-{}", distance.reason.code()))
    }

    pub(super) fn caveats(&self, distance: &Distance) -> Vec<String> {
        distance.caveats.iter().map(|caveat| self.frame.t(format!("case-caveat-{}", caveat.code()))).collect()
    }

    pub(super) fn between(&self, distance: &Distance) -> String {
        let country = &distance.country;
        let Some(step) = distance.step else { return self.frame.t1("case-distance-none", "country", country) };
        if step == 0 {
            return self.frame.t1("case-distance-same", "country", country);
        }
        let message = Message::new("case-distance-step").with("step", step).with("home", &distance.home);
        self.frame.say(&message.with("country", country))
    }

    pub(super) fn proximity(&self, record: &Source) -> Option<String> {
        record.proximity.map(|proximity| self.frame.t(format!("case-proximity-{}", proximity.code())))
    }

    pub(super) fn markdown(&self, text: &str) -> Html {
        Html::from_markdown(text)
    }

    /// Where it happened, as far as it is public.
    pub(super) fn whereabouts(&self) -> String {
        let place = &self.case.view.head.place;
        let named = place.names.iter().chain(&place.what).chain(&place.countries);
        named.cloned().collect::<Vec<_>>().join(", ")
    }

    /// The population of a named municipality, from its statement or the gazetteer.
    pub(super) fn population(&self) -> Option<String> {
        self.case.computed.population.map(words::people)
    }

    pub(super) fn people(&self, number: &u64) -> String {
        words::people(*number)
    }

    pub(super) fn published_sources(&self) -> usize {
        self.case.view.sources.len() - self.case.view.accounts
    }

    /// Whether a topic is the one that the reach of laws belongs to.
    pub(super) fn is_data(&self, topic: &str) -> bool {
        topic == "data"
    }

    pub(super) fn translated_section(&self, section: &Section) -> Option<String> {
        section.translation.as_ref().map(|translation| words::translation(translation, self.frame.language))
    }

    /// Publisher, date, kind, language, country; whether the address is missing; when it was seen.
    pub(super) fn imprint(&self, cited: &Cited) -> String {
        let record = &cited.record;
        let mut parts: Vec<String> = record.publisher.iter().cloned().collect();
        parts.extend(record.published.as_ref().map(|date| self.when(date)));
        // where the place is not named the title is left out, and the kind stands in its place
        if record.title.is_some() || !self.case.view.head.place.unnamed {
            parts.push(cited.kind.clone());
        }
        let language = record.language.as_ref().map(|tag| words::tongue(tag, self.frame.language));
        parts.extend(language.map(|language| self.frame.t1("case-source-language", "language", language)));
        parts.extend(cited.country.clone());
        let mut imprint = if parts.is_empty() { String::new() } else { format!("{}.", parts.join(", ")) };
        if record.url_not_recorded {
            imprint.push(' ');
            imprint.push_str(&self.frame.t("case-source-no-address"));
        }
        if let Some(seen) = &record.retrieved {
            imprint.push(' ');
            imprint.push_str(&self.frame.t1("case-source-seen", "date", self.when(seen)));
        }
        imprint
    }

    /// The address of a source, if it is one of the web; anything else is not linked.
    pub(super) fn web_address(&self, record: &Source) -> Option<String> {
        record.url.clone().filter(|address| is_web(address))
    }

    pub(super) fn archive_address(&self, record: &Source) -> Option<String> {
        record.archived_url.clone().filter(|address| is_web(address))
    }

    pub(super) fn case_address(&self) -> String {
        url::case(&self.document().id)
    }

    pub(super) fn other_case(&self, id: &CaseId) -> String {
        url::case(id)
    }

    pub(super) fn json_address(&self) -> String {
        url::case_revision_json(&self.document().id, self.document().revision)
    }

    pub(super) fn compare_address(&self, reference: &CaseId) -> String {
        url::compare(&[&self.document().id, reference])
    }

    /// Where another case is set beside this one, which is chosen there already; one that is not public yet can only be left for the list.
    pub(super) fn others_address(&self) -> String {
        if self.frame.is_at(&url::cases()) { url::compare(&[&self.document().id]) } else { url::cases() }
    }

    pub(super) fn codebook_address(&self) -> String {
        url::codebook()
    }

    pub(super) fn share_address(&self) -> String {
        url::share()
    }

    pub(super) fn citations(&self) -> Vec<(&'static str, String)> {
        url::citations(&url::case_revision(&self.document().id, self.document().revision))
    }

    pub(super) fn citation(&self) -> String {
        let document = self.document();
        let year = document.revised.first_day().format("%Y").to_string();
        let message = Message::new("case-citation").with("year", year).with("title", &document.title.text);
        let message = message.with("id", document.id.to_string()).with("n", document.revision);
        self.frame.say(&message.with("quarter", document.revised.to_string()))
    }
}

fn is_web(address: &str) -> bool {
    address.starts_with("https://") || address.starts_with("http://")
}

pub(super) fn qualifiers(qualifiers: &[Qualified], language: Language) -> Vec<String> {
    qualifiers.iter().map(|qualifier| words::qualified(qualifier, language)).collect()
}
