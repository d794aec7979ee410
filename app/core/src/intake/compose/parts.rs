//! The parts that repeat: sources, agreements, organisations, concerns with their answers, steps.

use super::{Work, parties::Declared, values};
use crate::{
    cases::document::{
        Agreement, Answer, Confidence, DateQualifier, Event, Involvement, PrefixDate, Rank, Reliability, Source,
        Status, Text, Viewpoint, When,
    },
    codebook::{Code, In, needed::INSTRUMENT},
    ids::part_id,
    intake::{names, problems::Fault},
    limits,
};

/// A source of which nothing is known but what it is.
pub(super) fn bare_source(id: String, kind: Code, reliability: Reliability) -> Source {
    Source {
        id,
        kind,
        title: None,
        publisher: None,
        url: None,
        url_not_recorded: false,
        archived_url: None,
        language: None,
        country: None,
        published: None,
        retrieved: None,
        proximity: None,
        quarter: None,
        reliability,
    }
}

/// An agreement under way: what it is called, and where its answers stand.
pub(super) struct Typed {
    pub(super) id: String,
    pub(super) name: String,
    pub(super) label: Option<String>,
}

impl Work<'_> {
    /// The names of the parts under a path of which anything was said.
    fn filled(&self, path: &str) -> Vec<String> {
        let names = (1..=self.answers.count(path)).map(|number| format!("{path}.{number}"));
        names.filter(|name| !self.answers.part_is_empty(name)).collect()
    }

    /// The code of a part's property, which must be there.
    fn must_code(&mut self, within: In, part: &str, property: &str) -> Option<Code> {
        let input = format!("{part}.{property}");
        let field = self.on.book.field_in(within, property)?;
        let raw = self.answers.first(&input);
        if raw.is_empty() {
            self.problems.add(input, Fault::new("intake-missing-here"));
            return None;
        }
        self.code(field, &input, raw)
    }

    /// The text of a part's property, which must be there.
    fn must_text(&mut self, input: &str) -> Option<Text> {
        let text = self.text(input, limits::TEXT);
        if text.is_none() && !self.answers.is_filled(input) {
            self.problems.add(input, Fault::new("intake-missing-here"));
        }
        text
    }

    /// A date with its exactness; `None` where nothing was typed.
    pub(super) fn date(&mut self, input: &str) -> Option<(PrefixDate, DateQualifier)> {
        if !self.answers.is_filled(input) {
            return None;
        }
        let value = self.problems.check(input, values::date(self.answers.first(input)));
        let how = format!("{input}.qualifier");
        let raw = self.answers.first(&how);
        let exactness = if raw.is_empty() {
            Ok(DateQualifier::Exact)
        } else {
            raw.parse().map_err(|_| Fault::new("intake-unknown-code").text("typed", raw))
        };
        Some((value?, self.problems.check(&how, exactness)?))
    }

    pub(super) fn when(&mut self, input: &str) -> Option<When> {
        self.date(input).map(|(value, qualifier)| When::Entered { value, qualifier })
    }

    /// The sources of the form; one that nothing was said of stays out, and whoever cites it cites nothing.
    pub(super) fn typed_sources(&mut self) -> Vec<Source> {
        let mut sources = Vec::new();
        for number in 1..=self.answers.count(names::SOURCE) {
            let part = format!("{}.{number}", names::SOURCE);
            let source = if self.answers.part_is_empty(&part) { None } else { self.source(&part) };
            self.sources.push(source.as_ref().map(|source| source.id.clone()));
            sources.extend(source);
        }
        sources
    }

    fn source(&mut self, part: &str) -> Option<Source> {
        let address = format!("{part}.url");
        let typed = self.problems.check(&address, values::address(self.answers.first(&address)));
        let url = typed.clone().flatten();
        let title = self.line(&format!("{part}.title"), limits::LINE);
        let publisher = self.line(&format!("{part}.publisher"), limits::LINE);
        let published = self.when(&format!("{part}.published"));
        let public = url.as_deref().and_then(|url| (self.on.known_source)(url)).filter(|source| !source.is_account());
        if title.is_none() && typed == Some(None) {
            self.problems.add(address, Fault::new("intake-title-or-address"));
            return None;
        }
        let kind = format!("{part}.source_kind");
        let kind = match (&public, self.answers.first(&kind)) {
            (Some(public), "") => Some(public.kind.clone()),
            (_, raw) if names::ACCOUNTS.contains(&raw) => {
                self.problems.add(kind, Fault::new("intake-unknown-code").text("typed", raw));
                None
            }
            _ => self.must_code(In::Source, part, "source_kind"),
        };
        let reliability = public.as_ref().map_or(Reliability::Unassessed, |public| public.reliability);
        let mut source = bare_source(part_id('s', self.on.random), kind?, reliability);
        if let Some(public) = public {
            source = Source { id: source.id, kind: source.kind, ..public };
        }
        source.url_not_recorded = url.is_none();
        source.url = url;
        source.title = title.or(source.title);
        source.publisher = publisher.or(source.publisher);
        source.published = published.or(source.published);
        Some(source)
    }

    pub(super) fn agreements(&mut self) -> Vec<Typed> {
        let names = self.filled("agreement");
        let typed = names.into_iter().map(|name| {
            let label = self.line(&format!("{name}.label"), limits::LINE);
            Typed { id: part_id('a', self.on.random), name, label }
        });
        typed.collect()
    }

    /// What an agreement is called: as typed, or what kind of agreement it is, or its number.
    pub(super) fn named_agreement(&self, typed: Typed, number: usize) -> Agreement {
        let instrument = || {
            let fields = self.on.book.followed(INSTRUMENT).into_iter();
            let mut codes =
                fields.filter_map(|field| field.code(self.answers.first(&format!("{}.{}", typed.name, field.code))));
            codes.next().map_or_else(|| format!("Agreement {number}"), |code| code.label("en").to_owned())
        };
        Agreement { label: typed.label.clone().unwrap_or_else(instrument), id: typed.id }
    }

    pub(super) fn involvements(&mut self) -> Vec<Involvement> {
        let names = self.filled("involvement");
        names.iter().filter_map(|part| self.involvement(part)).collect()
    }

    fn involvement(&mut self, part: &str) -> Option<Involvement> {
        let role = self.must_code(In::Involvement, part, "role");
        let note = self.text(&format!("{part}.note"), limits::TEXT);
        let input = format!("{part}.organisation");
        let kind = format!("{part}.organisation_kind");
        let kind = self
            .on
            .book
            .field("organisation_kind")
            .and_then(|field| self.code(field, &kind, self.answers.first(&kind)));
        let seat = format!("{part}.seat");
        let seat = if self.answers.is_filled(&seat) {
            self.problems.check(&seat, values::country(self.answers.first(&seat), self.on.gazetteer))
        } else {
            None
        };
        if !self.answers.is_filled(&input) {
            self.problems.add(input, Fault::new("intake-missing-here"));
            return None;
        }
        let name = self.line(&input, limits::LINE)?;
        let organisation = self.parties.resolve(&name);
        if let Some(record) = self.parties.new_record(&organisation) {
            record.kind = kind.unwrap_or_else(|| record.kind.clone());
            record.seat = seat.or_else(|| record.seat.clone());
        }
        self.side(&input, &organisation);
        self.named.push((input, organisation.clone()));
        Some(Involvement {
            id: part_id('i', self.on.random),
            organisation: Some(organisation),
            body_type: None,
            role: role?,
            status: Status::Stated,
            confidence: Confidence::Possible,
            rank: Rank::Normal,
            sources: self.cited(part),
            note,
            since_revision: 1,
        })
    }

    /// Notes the side that was chosen beside an organisation's name.
    pub(super) fn side(&mut self, input: &str, organisation: &crate::ids::OrganisationId) {
        let input = format!("{input}.side");
        let Some(field) = self.on.book.qualifier("side") else { return };
        let Some(code) = self.code(field, &input, self.answers.first(&input)) else { return };
        let side = if code == "public" { Declared::Public } else { Declared::Other };
        self.parties.declare(organisation, side);
    }

    pub(super) fn viewpoints(&mut self) -> Vec<Viewpoint> {
        let names = self.filled("viewpoint");
        names.iter().filter_map(|part| self.viewpoint(part)).collect()
    }

    fn viewpoint(&mut self, part: &str) -> Option<Viewpoint> {
        let topic = self.must_code(In::Viewpoint, part, "topic");
        let raised_by = self.must_code(In::Viewpoint, part, "raised_by");
        let speaker = self.line(&format!("{part}.speaker"), limits::LINE);
        let concern = self.must_text(&format!("{part}.concern"));
        let date = self.when(&format!("{part}.date"));
        let answers = self.filled(&format!("{part}.answer"));
        let answers = answers.iter().filter_map(|answer| self.answer(answer)).collect();
        Some(Viewpoint {
            id: part_id('v', self.on.random),
            topic: topic?,
            raised_by: raised_by?,
            speaker,
            concern: concern?,
            quoted: self.answers.is_filled(&format!("{part}.quoted")),
            date,
            sources: self.cited(part),
            note: None,
            answers,
        })
    }

    fn answer(&mut self, part: &str) -> Option<Answer> {
        let answered_by = self.must_code(In::Answer, part, "answered_by");
        let speaker = self.line(&format!("{part}.speaker"), limits::LINE);
        let text = self.must_text(&format!("{part}.text"));
        let date = self.when(&format!("{part}.date"));
        let input = format!("{part}.kinds");
        let mut kinds: Vec<Code> = Vec::new();
        if let Some(field) = self.on.book.field_in(In::Answer, "kinds") {
            for raw in self.answers.all(&input) {
                let code = self.code(field, &input, raw);
                kinds.extend(code.filter(|code| !kinds.contains(code)));
            }
        }
        Some(Answer {
            id: part_id('w', self.on.random),
            answered_by: answered_by?,
            speaker,
            text: text?,
            quoted: self.answers.is_filled(&format!("{part}.quoted")),
            date,
            kinds,
            sources: self.cited(part),
            contested_after: None,
        })
    }

    pub(super) fn timeline(&mut self) -> Vec<Event> {
        let names = self.filled("timeline");
        names.iter().filter_map(|part| self.step(part)).collect()
    }

    fn step(&mut self, part: &str) -> Option<Event> {
        let event = self.must_code(In::Timeline, part, "event");
        let text = self.text(&format!("{part}.text"), limits::TEXT);
        let input = format!("{part}.date");
        let date = self.when(&input);
        if date.is_none() && !self.answers.is_filled(&input) {
            self.problems.add(input, Fault::new("intake-missing-here"));
        }
        let id = part_id('e', self.on.random);
        Some(Event { id, event: event?, date: date?, part: None, text, sources: self.cited(part) })
    }
}
