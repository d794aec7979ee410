//! Every page of contributors with made-up content: empty, full, hostile.

use casebook_core::{
    codebook::Codebook,
    intake::{Answers, Form},
    places::Gazetteer,
    text::Names,
};

use super::{
    addition::{AdditionPage, Known, KnownTopic},
    back::ReturnPage,
    build::{Builder, Hints, Parts, listed},
    case::{Marker, Row, Shape, Value},
    correction::CorrectionBlock,
    fault::Wrong,
    field::Field,
    first::FirstPage,
    leave::{HeldPage, LeftPage},
    messages::Exchange,
    own::{OwnPage, WithdrawPage},
    preview::{Choice, Level, PreviewPage, UnreadyPage},
    topic::TopicPage,
    topics::{Line, TopicsPage},
    twelve::{DonePage, WordsPage},
};
use crate::{
    asked::Asked,
    difference::DifferenceBlock,
    kit::{Frame, Html, Sample, marks::Marked, page::sample_visit},
};

const HOSTILE: &str = "<script>alert(1)</script> [x](javascript:x) \"quoted\" & more, someone@example.org";

fn frame(title: &'static str) -> Frame {
    sample_visit("/share").frame(title)
}

fn answers(full: bool) -> Answers {
    if !full {
        return Answers::default();
    }
    let pairs = [
        ("scope", "municipality"),
        ("country", "US"),
        ("city", "Springfield"),
        ("narrative", HOSTILE),
        ("technology", "drone"),
        ("retention.status", "disputed"),
        ("purpose.status", "withheld"),
        ("agreement.1.instrument", "contract"),
        ("agreement.2", ""),
        ("involvement.1.organisation", HOSTILE),
        ("viewpoint.1.concern", HOSTILE),
        ("viewpoint.1.answer.1.text", HOSTILE),
        ("timeline.1.event", "signed"),
        ("source.1.title", HOSTILE),
    ];
    pairs.into_iter().collect()
}

/// The questions and groups of every topic.
fn topic(code: &str, full: bool) -> (Vec<Field>, Vec<Parts>) {
    let (book, gazetteer, answers) = (Codebook::embedded(), Gazetteer::embedded(), answers(full));
    let form = Form { book: &book, gazetteer: &gazetteer, answers: &answers, lang: "en" };
    let wrong: Vec<Wrong> =
        if full { vec![Wrong { input: "narrative".into(), words: HOSTILE.into() }] } else { Vec::new() };
    let (frame, hints) = (frame("intake-topic-title"), Hints::default());
    let builder = Builder {
        frame: &frame,
        gazetteer: &gazetteer,
        wrong: &wrong,
        hints: &hints,
        asked: None,
        several_countries: full,
    };
    form.topic(code).map_or_else(Default::default, |topic| {
        let mut fields: Vec<Field> = topic.questions.iter().map(|question| builder.field(question, false)).collect();
        let mut groups: Vec<Parts> = topic.groups.iter().map(|group| builder.group(group)).collect();
        if full {
            fields.iter_mut().for_each(|field| field.asked.push(HOSTILE.to_owned()));
            groups.iter_mut().flat_map(|group| &mut group.parts).for_each(|part| part.asked.push(HOSTILE.to_owned()));
        }
        (fields, groups)
    })
}

impl Sample for FirstPage {
    fn samples() -> Vec<(&'static str, Self)> {
        let page = |full: bool| {
            let (frame, (fields, _)) = (frame("intake-first-title"), topic("what", full));
            let wrong = [Wrong { input: "narrative".into(), words: HOSTILE.into() }];
            Self {
                problems: if full { listed(&frame, &wrong, &fields.iter().collect::<Vec<_>>()) } else { Vec::new() },
                fields,
                begun: full,
                countries: vec!["Germany".into()],
                frame,
            }
        };
        vec![("empty", page(false)), ("full and hostile", page(true))]
    }
}

impl Sample for TopicsPage {
    fn samples() -> Vec<(&'static str, Self)> {
        let line = Line {
            address: "/share/topic/data".into(),
            label: HOSTILE.into(),
            intro: "What is collected".into(),
            state: "empty".into(),
            done: true,
            notes: 2,
        };
        vec![
            (
                "full",
                Self {
                    frame: frame("intake-topics-title"),
                    topics: vec![line],
                    kept: true,
                    adds_to: None,
                    asked: Some(Asked::sample(HOSTILE, true)),
                },
            ),
            (
                "empty",
                Self {
                    frame: frame("intake-topics-title"),
                    topics: Vec::new(),
                    kept: false,
                    adds_to: Some("7K2MQX4T".into()),
                    asked: None,
                },
            ),
        ]
    }
}

impl Sample for TopicPage {
    fn samples() -> Vec<(&'static str, Self)> {
        let page = |code: &'static str, full: bool| {
            let (fields, groups) = topic(code, full);
            let page = Self {
                action: "/share/topic/data".into(),
                label: "Data".into(),
                intro: "What is collected".into(),
                place: "1 of 9".into(),
                problems: Vec::new(),
                fields,
                groups,
                countries: vec!["Germany".into()],
                organisations: vec![HOSTILE.into()],
                frame: frame("intake-topic-title"),
            };
            (code, page)
        };
        let codes = ["place", "what", "vendors", "agreement", "data", "decision", "viewpoints", "course", "sources"];
        codes.into_iter().flat_map(|code| [page(code, false), page(code, true)]).collect()
    }
}

fn marked() -> Marked {
    let (frame, names) = (frame("intake-preview-title"), Names::none());
    Marker::new(&frame, &names).text(HOSTILE, "en")
}

fn shape() -> Shape {
    let value = |disputed| Value { text: marked(), standing: Some("disputed".into()), disputed };
    Shape {
        kicker: "Agreement. Germany".into(),
        title: marked(),
        summary: Some(marked()),
        narrative: vec![("Account".into(), "en".into(), Html::from_markdown(HOSTILE))],
        pairs: vec![("Secrecy".into(), vec![("Concern, resident".into(), marked())])],
        topics: vec![("Data".into(), vec![Row { label: "Retention".into(), values: vec![value(true), value(false)] }])],
        timeline: vec![("2018".into(), "Signed".into(), Some(marked()))],
        sources: vec![marked()],
        headings: ["Viewpoints", "Course", "Account", "Sources"].map(str::to_owned),
    }
}

impl Sample for PreviewPage {
    fn samples() -> Vec<(&'static str, Self)> {
        let choice = || Choice {
            code: "under_ten".into(),
            label: "Fewer than ten".into(),
            definition: HOSTILE.into(),
            chosen: true,
        };
        let page = |full: bool| Self {
            frame: frame("intake-preview-title"),
            case: shape(),
            found: if full { vec![("an e-mail address".into(), "Take it out.".into())] } else { Vec::new() },
            alike: if full { vec![("7K2MQX4T".into(), HOSTILE.into(), "en".into())] } else { Vec::new() },
            adds_to: (!full).then(|| "7K2MQX4T".into()),
            knowers: vec![choice()],
            knew: "under_ten",
            is_few: true,
            delays: vec![choice()],
            expected: full.then(|| "Between 2027-01 and 2027-04.".into()),
            levels: vec![Level {
                code: "size_class",
                label: "Country and size class".into(),
                fits: "12 cities fit".into(),
            }],
            crowd: vec!["Our gazetteer has 12 cities.".into()],
            shown: "size_class",
            weeks: 26,
            asked: full.then(|| Asked::sample(HOSTILE, true)),
            reply: HOSTILE.into(),
            reply_problem: full.then(|| HOSTILE.into()),
            stamp: "1.x".into(),
        };
        vec![("hostile", page(true)), ("addition", page(false))]
    }
}

impl Sample for AdditionPage {
    fn samples() -> Vec<(&'static str, Self)> {
        let topic = KnownTopic {
            address: "/share/topic/data".into(),
            label: "Data".into(),
            empty: vec![HOSTILE.into()],
            known: vec![("Retention".into(), HOSTILE.into())],
        };
        let case =
            Known { id: "7K2MQX4T".into(), title: HOSTILE.into(), lang: "en".into(), accounts: 1, topics: vec![topic] };
        vec![
            ("hostile", Self { frame: frame("intake-addition-title"), case: Some(case) }),
            ("none", Self { frame: frame("intake-addition-title"), case: None }),
        ]
    }
}

impl Sample for UnreadyPage {
    fn samples() -> Vec<(&'static str, Self)> {
        let problems = vec![("/share".to_owned(), HOSTILE.to_owned())];
        vec![("hostile", Self { frame: frame("intake-unready-title"), problems })]
    }
}

impl Sample for WordsPage {
    fn samples() -> Vec<(&'static str, Self)> {
        let page = |sent: bool| Self {
            frame: frame("intake-words-title"),
            words: vec!["lantern"; 12],
            asked: [2, 7, 11],
            sent,
            wrong: sent,
            weeks: 26,
        };
        vec![("sent", page(true)), ("kept", page(false))]
    }
}

impl Sample for DonePage {
    fn samples() -> Vec<(&'static str, Self)> {
        vec![("done", Self { frame: frame("intake-done-title"), weeks: 1 })]
    }
}

impl Sample for LeftPage {
    fn samples() -> Vec<(&'static str, Self)> {
        vec![("left", Self { frame: frame("intake-left-title"), words: "Deleted.".into() })]
    }
}

impl Sample for HeldPage {
    fn samples() -> Vec<(&'static str, Self)> {
        let texts = vec![("What happened".to_owned(), HOSTILE.repeat(9)), ("City".to_owned(), "Duisburg".to_owned())];
        vec![("hostile", Self { frame: frame("intake-held-title"), why: "Away.".into(), texts })]
    }
}

impl Sample for ReturnPage {
    fn samples() -> Vec<(&'static str, Self)> {
        let page = |wrong: Option<&str>| Self { frame: frame("intake-return-title"), wrong: wrong.map(str::to_owned) };
        vec![("empty", page(None)), ("wrong", page(Some("Word 7 is not in the list.")))]
    }
}

impl Sample for OwnPage {
    fn samples() -> Vec<(&'static str, Self)> {
        let page = |full: bool| Self {
            frame: frame("intake-own-title"),
            state: "Received".into(),
            means: "It was sent and waits for a moderator.".into(),
            week: "2026-W48".into(),
            until: full.then(|| "2027-06-01".into()),
            ending: full.then_some(3),
            due: full.then(|| "2026-12-01".into()),
            case: full.then(|| "/cases/7K2MQX4T".into()),
            reason: full.then(|| ("Not credible".into(), HOSTILE.into())),
            exchange: if full { Exchange::sample(HOSTILE) } else { Exchange::default() },
            asked: full.then(|| Asked::sample(HOSTILE, false)),
            correction: Some(CorrectionBlock::sample(HOSTILE, full)),
            waiting: full.then(shape),
            changes: full.then(|| Some(DifferenceBlock::sample(HOSTILE))),
            text: full.then(|| HOSTILE.into()),
            left: full.then(|| HOSTILE.into()),
            withdrawable: full,
        };
        let with = |exchange: Exchange| Self { exchange, ..page(true) };
        let answered = Asked::sample(HOSTILE, false).answered(HOSTILE);
        vec![
            ("with changes that were answered", Self { asked: Some(answered), ..page(true) }),
            ("full and hostile", page(true)),
            ("bare", page(false)),
            ("with a message that was not sent", with(Exchange::sample_unsent(&HOSTILE.repeat(40)))),
            ("with a full thread", with(Exchange::sample_ended(HOSTILE, "intake-message-full"))),
            ("with a thread that is closed", with(Exchange::sample_ended(HOSTILE, "intake-message-closed"))),
        ]
    }
}

impl Sample for WithdrawPage {
    fn samples() -> Vec<(&'static str, Self)> {
        vec![("asked", Self { frame: frame("intake-withdraw-title") })]
    }
}
