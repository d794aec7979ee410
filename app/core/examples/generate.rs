//! Writes many cases as `casebook import` reads them, for measuring: `generate FILE COUNT`. The same count gives the same bytes.
//! Every field of the codebook is answered now and then; every text holds the word "city".
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::print_stderr,
    reason = "a tool of the workshop"
)]

use std::{
    collections::{BTreeMap, HashSet},
    env,
    fs::File,
    io::{BufWriter, Write},
};

use serde::Serialize;

use casebook_core::{
    cases::{
        Vocabulary,
        document::{
            Agreement, Answer, Code, Confidence, CountryCode, Disclosure, Document, Event, Involvement, NamedPlace,
            Place, PrefixDate, Proximity, Rank, Reliability, SCHEMA, Scope, Section, Source, Statement, Status, Text,
            Value, Viewpoint, When,
        },
        generalise::{FullCase, FullPlace, Party, generalise},
    },
    clock::Quarter,
    codebook::{Codebook, Field, FieldKind, In},
    ids::{CaseId, OrganisationId},
    organisations::Organisation,
    places::{City, Gazetteer, SizeClass},
    random::Random,
    testing::SeededRandom,
};

/// Words of which texts are made, the frequent ones first.
const WORDS: &str = "city council the of and contract data vendor platform sensor traffic light residents answer concern memorandum server \
    street tender mayor department office camera water meter school bus harbour energy budget pilot network cloud supplier term risk law \
    public access copy storage report minutes vote committee question reply audit licence repair lamp tunnel bridge market parking waste \
    bin heat pump grid charge station tram line ticket card portal form signature clause annex notice renewal delay fee saving hospital \
    library pupil tenant visitor driver nurse clerk lawyer auditor engineer journalist petition protest hearing ruling appeal";

/// How many vendors there are.
const VENDORS: usize = 40;

/// After how many cases it says how far it is.
const PROGRESS: usize = 50_000;

const COUNTRIES: [&str; 8] = ["DE", "NL", "FR", "ES", "PL", "SE", "IT", "GB"];

/// Chance with the few shapes that are needed here.
struct Chance(Box<dyn Random>);

impl Chance {
    fn below(&self, limit: usize) -> usize {
        usize::try_from(u64::from_le_bytes(self.0.bytes::<8>()) % limit as u64).unwrap()
    }

    fn one_in(&self, odds: usize) -> bool {
        self.below(odds) == 0
    }

    fn of<'a, T: ?Sized>(&self, all: &[&'a T]) -> &'a T {
        all[self.below(all.len())]
    }

    /// A text of so many words; low places in the list come up far more often, as in any language.
    fn words(&self, count: usize) -> String {
        let all: Vec<&str> = WORDS.split_whitespace().collect();
        let mut text = String::from("City");
        for block in 0..count.div_ceil(8) {
            for byte in self.0.bytes::<8>().into_iter().take(count - block * 8) {
                let place = usize::from(byte) * usize::from(byte) * all.len() / 65536;
                text.push(' ');
                text.push_str(all[place]);
            }
        }
        text.push('.');
        text
    }

    fn text(&self, count: usize) -> Text {
        Text::new(self.words(count), "en")
    }

    fn month(&self) -> PrefixDate {
        format!("{}-{:02}", 2008 + self.below(18), 1 + self.below(12)).parse().unwrap()
    }
}

fn code(text: &str) -> Code {
    text.parse().unwrap()
}

/// One of a field's codes, the earlier ones more often.
fn some_code(field: &Field, chance: &Chance) -> Code {
    let codes: Vec<&str> =
        field.current_codes().filter(|code| !code.takes_text()).map(|code| code.code.as_str()).collect();
    code(codes[chance.below(codes.len()).min(chance.below(codes.len()))])
}

fn property(codebook: &Codebook, within: In, field: &str, chance: &Chance) -> Code {
    some_code(codebook.field_in(within, field).unwrap_or_else(|| panic!("the codebook has no {field}")), chance)
}

/// A city of the gazetteer, or now and then a whole nation.
fn place(cities: &[City], chance: &Chance) -> FullPlace {
    let city = &cities[chance.below(cities.len())];
    let country: CountryCode = city.country.parse().unwrap();
    let nation = FullPlace {
        scope: Scope::Nation,
        countries: vec![country.clone()],
        places: Vec::new(),
        size_class: None,
        body_type: Some(code("national_government")),
    };
    if chance.one_in(8) {
        return nation;
    }
    let place = NamedPlace { id: "p1".into(), geonames: Some(city.id), name: city.name.into(), country };
    let size_class = Some(code(city.size_class().code()));
    FullPlace { scope: Scope::Municipality, places: vec![place], size_class, body_type: None, ..nation }
}

fn statement(number: usize, field: &Field, part: Option<&str>, chance: &Chance) -> Statement {
    let status = if chance.one_in(12) { Status::Unknown } else { Status::Stated };
    Statement {
        id: format!("t{number}"),
        field: code(&field.code),
        part: part.map(str::to_owned),
        value: status.has_value().then(|| Value::code(some_code(field, chance))),
        qualifiers: BTreeMap::new(),
        status,
        confidence: if chance.one_in(3) { Confidence::Probable } else { Confidence::Possible },
        rank: Rank::Normal,
        sources: vec![format!("s{}", 1 + chance.below(2))],
        note: None,
        as_of: chance.one_in(4).then(|| When::exact(chance.month())),
        since_revision: 1,
    }
}

/// About a third of the coded fields get an answer, and some of the others several.
fn statements(codebook: &Codebook, chance: &Chance) -> Vec<Statement> {
    let mut made = Vec::new();
    for within in [In::Case, In::Agreement] {
        let part = (within == In::Agreement).then_some("a1");
        for field in codebook.fields_of(within).filter(|field| field.kind.is_coded() && field.retired.is_none()) {
            let mut answers = usize::from(field.code == "domain" || chance.one_in(4));
            if field.kind == FieldKind::Choices && answers == 1 {
                answers += chance.below(3);
            }
            let mut seen: Vec<Option<Value>> = Vec::new();
            for _ in 0..answers {
                let next = statement(made.len() + 1, field, part, chance);
                if !seen.contains(&next.value) && (next.value.is_some() || seen.is_empty()) {
                    seen.push(next.value.clone());
                    made.push(next);
                }
            }
        }
    }
    made
}

fn viewpoint(number: usize, codebook: &Codebook, chance: &Chance) -> Viewpoint {
    let answer = |place: usize| Answer {
        id: format!("w{number}{place}"),
        answered_by: property(codebook, In::Answer, "answered_by", chance),
        speaker: None,
        text: chance.text(24),
        quoted: false,
        date: Some(When::exact(chance.month())),
        kinds: vec![property(codebook, In::Answer, "kinds", chance)],
        sources: vec!["s1".into()],
        contested_after: None,
    };
    Viewpoint {
        id: format!("v{number}"),
        topic: property(codebook, In::Viewpoint, "topic", chance),
        raised_by: property(codebook, In::Viewpoint, "raised_by", chance),
        speaker: None,
        concern: chance.text(24),
        quoted: false,
        date: Some(When::exact(chance.month())),
        sources: vec!["s1".into()],
        note: None,
        answers: (0..chance.below(2)).map(answer).collect(),
    }
}

fn sources(chance: &Chance, quarter: Quarter) -> Vec<Source> {
    let document = |number: usize| Source {
        id: format!("s{number}"),
        kind: code(chance.of(&["news", "council_paper", "contract_or_mou", "press_release"])),
        title: Some(chance.words(6)),
        publisher: Some(chance.words(2)),
        url: Some(format!("https://source.example/{number}/{}", chance.below(1_000_000))),
        url_not_recorded: false,
        archived_url: None,
        language: Some("en".into()),
        country: None,
        published: Some(When::exact(chance.month())),
        retrieved: None,
        proximity: None,
        quarter: None,
        reliability: Reliability::ALL[chance.below(Reliability::ALL.len())],
    };
    let mut account = document(2);
    if chance.one_in(2) {
        account.kind = code("first_hand_account");
        (account.title, account.publisher, account.url, account.language, account.published) =
            (None, None, None, None, None);
        account.proximity = Some(Proximity::TookPart);
        account.quarter = Some(quarter);
        account.reliability = Reliability::Unassessed;
    }
    vec![document(1), account]
}

/// A case as coarse as a drawn level of disclosure asks for.
fn case(codebook: &Codebook, gazetteer: &Gazetteer, cities: &[City], chance: &Chance) -> Document {
    let place = place(cities, chance);
    let level = *chance.of(&[&Disclosure::Named, &Disclosure::Named, &Disclosure::SizeClass, &Disclosure::Region]);
    let document = whole(codebook, &place, chance);
    let parties = (0..VENDORS).map(|number| (vendor(number), Party::Other)).collect();
    generalise(FullCase { document, place, parties }, level, gazetteer)
}

fn whole(codebook: &Codebook, place: &FullPlace, chance: &Chance) -> Document {
    let quarter: Quarter = format!("20{}-Q{}", 20 + chance.below(6), 1 + chance.below(4)).parse().unwrap();
    let section = |heading: &str| Section {
        heading: code(heading),
        text: chance.words(45),
        lang: "en".into(),
        translation: None,
        original: None,
    };
    let event = |number: usize| Event {
        id: format!("e{number}"),
        event: property(codebook, In::Timeline, "event", chance),
        date: When::exact(chance.month()),
        part: None,
        text: None,
        sources: vec!["s1".into()],
    };
    Document {
        schema: SCHEMA,
        vocabulary: codebook.version().to_string(),
        id: CaseId::draw(&*chance.0),
        revision: 1,
        published: quarter,
        revised: quarter,
        coder: "bench".into(),
        kind: property(codebook, In::Head, "kind", chance),
        reference: false,
        related: Vec::new(),
        title: chance.text(7),
        summary: Some(chance.text(30)),
        narrative: ["problem", "since"].into_iter().map(section).collect(),
        place: Place::Named { scope: place.scope, countries: place.countries.clone(), places: place.places.clone() },
        agreements: vec![Agreement { id: "a1".into(), label: "contract".into() }],
        involvements: vec![Involvement {
            id: "i1".into(),
            organisation: Some(vendor(chance.below(VENDORS).min(chance.below(VENDORS)))),
            body_type: None,
            role: property(codebook, In::Involvement, "role", chance),
            status: Status::Stated,
            confidence: Confidence::Probable,
            rank: Rank::Preferred,
            sources: vec!["s1".into()],
            note: None,
            since_revision: 1,
        }],
        statements: statements(codebook, chance),
        viewpoints: (1..=1 + chance.below(2)).map(|number| viewpoint(number, codebook, chance)).collect(),
        timeline: (1..=3).map(event).collect(),
        sources: sources(chance, quarter),
    }
}

fn vendor(number: usize) -> OrganisationId {
    format!("o_generated_{number}").parse().unwrap()
}

/// One line of the file: a record with its kind in front.
fn write(out: &mut impl Write, kind: &str, record: &impl Serialize) {
    let text = serde_json::to_string(record).expect("a record is JSON");
    writeln!(out, "{{\"record\":\"{kind}\",{}", &text[1..]).expect("FILE can be written");
}

fn main() {
    let words: Vec<String> = env::args().collect();
    let [_, file, count] = words.as_slice() else { panic!("generate FILE COUNT") };
    let count: usize = count.parse().expect("COUNT is a number");
    let codebook = Codebook::embedded();
    let gazetteer = Gazetteer::embedded();
    let classes = COUNTRIES.iter().flat_map(|country| SizeClass::ALL.map(|class| (country, class)));
    let cities: Vec<City> = classes.flat_map(|(country, class)| gazetteer.cities(country, class)).collect();
    let chance = Chance(Box::new(SeededRandom::new(1)));
    let mut out = BufWriter::new(File::create(file).expect("FILE can be made"));
    for number in 0..VENDORS {
        let mut record = Organisation::named(vendor(number), &format!("Generated {number}"), code("company"));
        record.seat = Some(COUNTRIES[number % COUNTRIES.len()].parse().unwrap());
        write(&mut out, "organisation", &record);
    }
    let vocabulary = Vocabulary { codebook: &codebook, gazetteer: &gazetteer };
    let mut seen = HashSet::new();
    while seen.len() < count {
        let document = case(&codebook, &gazetteer, &cities, &chance);
        // Ids of forty random bits meet now and then among so many.
        if seen.insert(document.id.clone()) {
            let checked =
                vocabulary.check(document).unwrap_or_else(|faults| panic!("the generator is out of date: {faults:?}"));
            write(&mut out, "case", checked.document());
            if seen.len() % PROGRESS == 0 {
                eprintln!("{} of {count} cases", seen.len());
            }
        }
    }
    out.flush().expect("FILE can be written");
}
