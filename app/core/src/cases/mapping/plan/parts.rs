//! Working out the parts of a mapping: place, sources, organisations, fields, events.

use std::collections::HashMap;

use super::{
    About, EventPlan, FieldPlan, InvolvedPlan, KindOf, PlacePlan, SourcePlan, Take,
    compile::{Codes, Compiler},
};
use crate::{
    cases::{
        document::{Confidence, Reliability, Status},
        mapping::{
            near,
            shape::{
                EventShape, FieldShape, FurtherShape, InvolvedShape, PlaceShape, QualifierShape, SectionShape, Shape,
                SourceShape, TakeShape, TakeWord, Word,
            },
            template::Template,
        },
    },
    codebook::{Code, Field, FieldKind, In},
    currency,
    ids::OrganisationId,
};

/// What other parts of a mapping call by name.
pub(super) struct Names {
    agreements: Vec<String>,
    sources: Vec<String>,
}

pub(super) fn names(compiler: &mut Compiler<'_>, shape: &Shape) -> Names {
    let agreements = unique(compiler, shape.agreement.iter().map(|one| &one.name), "agreement");
    let sources = unique(compiler, shape.further_source.iter().map(|one| &one.name), "further source");
    Names { agreements, sources }
}

fn unique<'s>(compiler: &mut Compiler<'_>, words: impl Iterator<Item = &'s Word>, what: &str) -> Vec<String> {
    let mut names: Vec<String> = Vec::new();
    for word in words {
        if names.contains(word.get_ref()) {
            compiler.fault(word.span().start, format!("two {what}s have name = {:?}", word.get_ref()));
        }
        names.push(word.get_ref().clone());
    }
    names
}

fn position(compiler: &mut Compiler<'_>, names: &[String], word: &Word, what: &str) -> Option<usize> {
    let found = names.iter().position(|name| name == word.get_ref());
    if found.is_none() {
        let known = if names.is_empty() { "none".to_owned() } else { names.join(", ") };
        let reason = format!("there is no {what} with name = {:?}; there is {known}", word.get_ref());
        compiler.fault(word.span().start, reason);
    }
    found
}

pub(super) fn cites(compiler: &mut Compiler<'_>, names: &Names, words: &[Word]) -> Vec<usize> {
    words.iter().filter_map(|word| position(compiler, &names.sources, word, "[[further_source]]")).collect()
}

fn agreement(compiler: &mut Compiler<'_>, names: &Names, word: Option<&Word>) -> Option<usize> {
    position(compiler, &names.agreements, word?, "[[agreement]]")
}

/// The kind that new organisations of a take have.
pub(super) fn kind(compiler: &mut Compiler<'_>, shape: &TakeShape) -> Option<Code> {
    let word = shape.kind.as_ref()?;
    let field = compiler.field(word.span().start, In::Organisation, "organisation_kind")?;
    compiler.code(word, field)
}

/// The organisations that a take names outright.
pub(super) fn named(compiler: &mut Compiler<'_>, shape: &TakeShape) -> HashMap<String, OrganisationId> {
    let mut names = HashMap::new();
    for (cell, word) in &shape.names {
        match word.get_ref().parse() {
            Ok(id) => {
                names.insert(cell.trim().to_owned(), id);
            }
            Err(_) => {
                let reason = format!("{:?} is no id of an organisation; one is written o_acme", word.get_ref());
                compiler.fault(word.span().start, reason);
            }
        }
    }
    names
}

/// Asks for the kind of organisations that are not on record yet.
fn needs_kind(compiler: &mut Compiler<'_>, take: &TakeWord) {
    if take.get_ref().kind.is_none() {
        let reason = "say which kind an organisation is that is not on record yet: kind = \"company\" or another organisation_kind";
        compiler.fault(take.span().start, reason);
    }
}

pub(super) fn narrative(compiler: &mut Compiler<'_>, shapes: &[SectionShape]) -> Vec<(Code, Template)> {
    let mut sections = Vec::new();
    for shape in shapes {
        let field = compiler.field(shape.heading.span().start, In::Head, "narrative_heading");
        let heading = field.and_then(|field| compiler.code(&shape.heading, field));
        let text = compiler.template(&shape.text);
        sections.extend(heading.zip(text));
    }
    sections
}

pub(super) fn place(compiler: &mut Compiler<'_>, shape: &PlaceShape) -> Option<PlacePlan> {
    let scope = shape.scope.as_ref().and_then(|take| compiler.coded(take, In::Head, "scope"));
    let country = compiler.take(&shape.country, Codes::Countries);
    let city = compiler.plain(shape.city.as_ref());
    let mut cities = HashMap::new();
    for (cell, id) in &shape.cities {
        if compiler.vocabulary.gazetteer.city(*id.get_ref()).is_none() {
            compiler.fault(id.span().start, format!("the gazetteer has no city with the GeoNames id {}", id.get_ref()));
        }
        cities.insert(cell.trim().to_owned(), *id.get_ref());
    }
    Some(PlacePlan { scope, country: country?, city, cities, unlisted: shape.unlisted })
}

/// The table as a source. Its address tells one row from another, and so whether a row came in before.
pub(super) fn source(compiler: &mut Compiler<'_>, shape: &SourceShape) -> Option<SourcePlan> {
    let kind = source_kind(compiler, &shape.kind);
    let url = compiler.template(&shape.url);
    if url.as_ref().is_some_and(|url| url.columns().is_empty()) {
        let reason = "the address must tell one row from another, or importing twice makes every case twice: put the column of the \
                      table's own id into it, such as https://data.example/projects#{ID}";
        compiler.fault(shape.url.span().start, reason);
    }
    let title = compiler.template(&shape.title);
    Some(SourcePlan {
        kind: KindOf::Always(kind?),
        title: Some(title?),
        licence: shape.licence.as_ref().map(|words| words.get_ref().trim().to_owned()),
        publisher: compiler.optional_template(shape.publisher.as_ref()),
        url: Some(url?),
        language: shape.language.as_ref().map(|word| compiler.language(word)),
        published: compiler.plain(shape.published.as_ref()),
        retrieved: compiler.plain(shape.retrieved.as_ref()),
        reliability: shape.reliability.unwrap_or(Reliability::Unassessed),
    })
}

/// Accounts are never imported: they come from whoever wrote them, by the form.
fn source_kind(compiler: &mut Compiler<'_>, word: &Word) -> Option<Code> {
    if matches!(word.get_ref().as_str(), "first_hand_account" | "second_hand_account") {
        compiler.fault(word.span().start, "a table is no account; accounts come by the form alone");
        return None;
    }
    let field = compiler.field(word.span().start, In::Source, "source_kind")?;
    compiler.code(word, field)
}

pub(super) fn further(compiler: &mut Compiler<'_>, shape: &FurtherShape) -> Option<SourcePlan> {
    let kind = compiler.coded(&shape.kind, In::Source, "source_kind");
    let (title, url) = (shape.title.as_ref(), shape.url.as_ref());
    if title.is_none() && url.is_none() {
        compiler.fault(shape.name.span().start, "a source has a title, a url, or both");
    }
    Some(SourcePlan {
        kind: KindOf::Of(Box::new(kind?)),
        title: compiler.optional_template(title),
        licence: None,
        publisher: compiler.optional_template(shape.publisher.as_ref()),
        url: compiler.optional_template(url),
        language: shape.language.as_ref().map(|word| compiler.language(word)),
        published: compiler.plain(shape.published.as_ref()),
        retrieved: None,
        reliability: shape.reliability.unwrap_or(Reliability::Unassessed),
    })
}

/// How something is known that has a value.
fn about(
    compiler: &mut Compiler<'_>,
    at: usize,
    (status, confidence): (Option<Status>, Option<Confidence>),
    note: Option<&Word>,
    cites: Vec<usize>,
) -> About {
    let status = status.unwrap_or(Status::Stated);
    if !status.has_value() {
        let reason = format!("{status} has no value; list the cells that mean it, such as {status} = [\"?\"]");
        compiler.fault(at, reason);
    }
    let note = compiler.optional_template(note);
    About { status, confidence: confidence.unwrap_or(Confidence::Possible), note, cites }
}

pub(super) fn organisations(compiler: &mut Compiler<'_>, shapes: &[InvolvedShape], names: &Names) -> Vec<InvolvedPlan> {
    let mut plans = Vec::new();
    for shape in shapes {
        needs_kind(compiler, &shape.from);
        let from = compiler.take(&shape.from, Codes::None);
        let role = compiler.coded(&shape.role, In::Involvement, "role");
        let seat = shape.seat.as_ref().and_then(|take| compiler.take(take, Codes::Countries));
        let cited = cites(compiler, names, &shape.cites);
        let at = shape.from.span().start;
        let about = about(compiler, at, (shape.status, shape.confidence), shape.note.as_ref(), cited);
        plans.extend(from.zip(role).map(|(from, role)| InvolvedPlan { from, role, seat, about }));
    }
    plans
}

pub(super) fn fields(compiler: &mut Compiler<'_>, shapes: &[FieldShape], names: &Names) -> Vec<FieldPlan> {
    shapes.iter().filter_map(|shape| field(compiler, shape, names)).collect()
}

fn field(compiler: &mut Compiler<'_>, shape: &FieldShape, names: &Names) -> Option<FieldPlan> {
    let at = shape.field.span().start;
    let code = shape.field.get_ref();
    let Some(field) = compiler.vocabulary.codebook.statement_field(code).filter(|field| field.retired.is_none()) else {
        let fields = compiler.vocabulary.codebook.fields().iter();
        let asked = fields.filter(|field| field.within.is_statement() && field.retired.is_none());
        let near = near::did_you_mean(code, asked.map(|field| field.code.as_str()));
        compiler.fault(
            at,
            format!("the vocabulary has no field {code:?} of a case or an agreement; /codebook lists them{near}"),
        );
        return None;
    };
    let agreement = agreement(compiler, names, shape.agreement.as_ref());
    if field.within == In::Agreement && shape.agreement.is_none() {
        compiler.fault(at, format!("{code} speaks of an agreement: add one with [[agreement]] and name it here"));
    }
    check_kind(compiler, shape, field);
    check_currency(compiler, shape);
    let from = compiler.take(&shape.from, codes(field));
    let qualifiers = shape.qualifiers.iter().filter_map(|one| qualifier(compiler, one, field)).collect::<Vec<_>>();
    let cited = cites(compiler, names, &shape.cites);
    let about = about(compiler, at, (shape.status, shape.confidence), shape.note.as_ref(), cited);
    Some(FieldPlan {
        field: field.into(),
        kind: field.kind,
        agreement,
        from: from?,
        absent: absent(shape),
        qualifiers,
        currency: compiler.plain(shape.currency.as_ref()),
        year: compiler.plain(shape.year.as_ref()),
        as_of: compiler.plain(shape.as_of.as_ref()),
        about,
    })
}

/// Cells that say why there is no value.
fn absent(shape: &FieldShape) -> HashMap<String, Status> {
    let lists = [
        (&shape.unknown, Status::Unknown),
        (&shape.withheld, Status::Withheld),
        (&shape.not_applicable, Status::NotApplicable),
    ];
    let cells = lists.into_iter().flat_map(|(cells, status)| cells.iter().map(move |cell| (cell, status)));
    cells.map(|(cell, status)| (cell.trim().to_owned(), status)).collect()
}

fn codes(field: &Field) -> Codes<'_> {
    match field.kind {
        FieldKind::Choice | FieldKind::Choices | FieldKind::Amount => Codes::Of(field),
        FieldKind::Country => Codes::Countries,
        _ => Codes::None,
    }
}

fn check_kind(compiler: &mut Compiler<'_>, shape: &FieldShape, field: &Field) {
    let at = shape.field.span().start;
    match field.kind {
        FieldKind::Organisation => needs_kind(compiler, &shape.from),
        FieldKind::Amount if shape.currency.is_none() => {
            compiler.fault(at, "a sum needs its currency, such as currency = { value = \"EUR\" }");
        }
        FieldKind::Address | FieldKind::Language | FieldKind::Flag => {
            compiler.fault(at, format!("{} is of a kind that no table can be mapped to", field.code));
        }
        _ => {}
    }
    let takes_year = matches!(field.kind, FieldKind::Number | FieldKind::Amount);
    if shape.year.is_some() && !takes_year {
        compiler.fault(at, format!("{} has no year beside its value; as_of says of when it is true", field.code));
    }
    if shape.currency.is_some() && field.kind != FieldKind::Amount {
        compiler.fault(at, format!("{} is no sum of money and has no currency", field.code));
    }
}

/// The same currency for each row is wrong once, not in each row.
fn check_currency(compiler: &mut Compiler<'_>, shape: &FieldShape) {
    if let Some(value) = shape.currency.as_ref().and_then(|take| take.get_ref().value.as_ref())
        && !currency::is_known(value.get_ref().trim())
    {
        let reason = format!("{:?} is no currency; write three letters of ISO 4217, such as EUR", value.get_ref());
        compiler.fault(value.span().start, reason);
    }
}

fn qualifier(compiler: &mut Compiler<'_>, shape: &QualifierShape, field: &Field) -> Option<(Code, Take)> {
    let (at, code) = (shape.field.span().start, shape.field.get_ref());
    let declared = compiler.vocabulary.codebook.qualifier(code).filter(|_| field.qualifiers.contains(code));
    let Some(qualifier) = declared else {
        let known = field.qualifiers.join(", ");
        compiler.fault(at, format!("{} has no qualifier {code:?}; it has: {known}", field.code));
        return None;
    };
    if qualifier.kind == FieldKind::Organisation {
        needs_kind(compiler, &shape.from);
    }
    let take = compiler.take(&shape.from, codes(qualifier))?;
    Some((qualifier.into(), take))
}

pub(super) fn events(compiler: &mut Compiler<'_>, shapes: &[EventShape], names: &Names) -> Vec<EventPlan> {
    let mut plans = Vec::new();
    for shape in shapes {
        let event = compiler.coded(&shape.event, In::Timeline, "event");
        let date = compiler.take(&shape.date, Codes::None);
        let agreement = agreement(compiler, names, shape.agreement.as_ref());
        let text = compiler.optional_template(shape.text.as_ref());
        let cites = cites(compiler, names, &shape.cites);
        plans.extend(event.zip(date).map(|(event, date)| EventPlan { event, date, agreement, text, cites }));
    }
    plans
}
