use super::*;

fn shown(typed: &str) -> String {
    let query = parse(typed).query;
    let show = |sign: &str, clause: &Clause| {
        let field = clause.field.map_or(String::new(), |field| format!("{}:", field.name()));
        let text = match clause.kind {
            ClauseKind::Word => clause.text.clone(),
            ClauseKind::Prefix => format!("{}*", clause.text),
            ClauseKind::Phrase => format!("[{}]", clause.text),
        };
        format!("{sign}{field}{text}")
    };
    let all = query.all.iter().map(|clause| show("+", clause));
    all.chain(query.none.iter().map(|clause| show("-", clause))).collect::<Vec<_>>().join(" ")
}

#[test]
fn every_word_must_match_and_the_last_may_be_unfinished() {
    assert_eq!(shown("smart city duis"), "+smart +city +duis*");
    assert_eq!(shown("  smart* city"), "+smart* +city*");
}

#[test]
fn phrases_minus_and_fields_are_read_as_typed() {
    assert_eq!(
        shown("\"street light\" -camera vendor:huawei country:de"),
        "+[street light] +vendor:huawei +country:de* -camera"
    );
    assert_eq!(shown("-\"face recognition\" lights"), "+lights* -[face recognition]");
    assert_eq!(shown("-vendor:\"alibaba cloud\" Vendor: zte place:x"), "+vendor:zte +place:x* -vendor:[alibaba cloud]");
    assert_eq!(shown("„smart city“ 「数据」"), "+[smart city] +[数据]");
}

#[test]
fn words_of_other_search_engines_do_what_they_can() {
    assert_eq!(shown("huawei AND duisburg NOT camera"), "+huawei +duisburg -camera");
    assert_eq!(parse("huawei OR zte").notes, [Note::NoOr]);
    assert_eq!(shown("huawei OR zte"), "+huawei +zte*");
    assert_eq!(shown("OR"), "+OR*");
}

#[test]
fn plain_text_is_never_an_error() {
    assert!(parse("").notes.is_empty());
    assert_eq!(parse("???").notes, [Note::NoWords]);
    assert_eq!(shown("Huawei - Duisburg"), "+Huawei +Duisburg*");
    assert_eq!(shown("5\" screen vendor:"), "+5\" +screen +vendor:*");
    assert_eq!(parse("say \"smart city").notes, [Note::OpenQuote]);
    assert_eq!(shown("say \"smart city"), "+say +smart +city*");
    for plain in ["https://example.org/x", "at 10:30", "note: huawei", "huawei:", "a:?"] {
        assert!(parse(plain).notes.is_empty(), "{plain}");
    }
}

fn unread(name: &str, value: &str, minus: bool, rest: &str) -> Note {
    let (name, value, rest) = (name.to_owned(), value.to_owned(), rest.to_owned());
    Note::UnknownField(Unread { name, value, minus, rest })
}

#[test]
fn behind_an_unknown_field_a_word_is_searched_anywhere_and_each_is_noted() {
    assert_eq!(shown("vednor:huawei"), "+huawei*");
    assert_eq!(parse("vednor:huawei").notes, [unread("vednor", "huawei", false, "")]);
    let typed = "cloud technology:\"face recognition\" -state:dormant city:de* \"a:b\"";
    assert_eq!(shown(typed), "+cloud +[face recognition] +de* +[a:b] -dormant");
    let expected = [
        unread("technology", "face recognition", false, "cloud -state:dormant city:de* \"a:b\""),
        unread("state", "dormant", true, "cloud technology:\"face recognition\" city:de* \"a:b\""),
        unread("city", "de*", false, "cloud technology:\"face recognition\" -state:dormant \"a:b\""),
    ];
    assert_eq!(parse(typed).notes, expected);
    let open = parse("technology:\"face recognition");
    assert_eq!(open.notes, [Note::OpenQuote]);
    assert_eq!(shown("technology:\"face recognition"), "+technology: +face +recognition*");
    assert_eq!(shown("year:2019 NOT kind:agreement"), "+2019 -agreement");
    let expected =
        [unread("year", "2019", false, "NOT kind:agreement"), unread("kind", "agreement", true, "year:2019")];
    assert_eq!(parse("year:2019 NOT kind:agreement").notes, expected);
}

#[test]
fn each_unknown_field_is_told_once_and_not_without_end() {
    let twice = parse("state:dormant huawei state:dormant -state:dormant");
    let told: Vec<bool> = twice.notes.iter().map(|note| matches!(note, Note::UnknownField(_))).collect();
    assert_eq!(told, [true, true], "with the minus it is another thing: {:?}", twice.notes);
    assert_eq!(twice.query.all.len(), 3, "what is not told twice is searched all the same");
    let many: Vec<String> = (0..20).map(|n| format!("f{n}:word")).collect();
    let many = parse(&format!("{} huawei OR zte", many.join(" ")));
    assert_eq!(many.notes.len(), MOST_UNKNOWN + 1, "{:?}", many.notes);
    assert_eq!(many.notes.last(), Some(&Note::NoOr), "other things are told beside them");
}

#[test]
fn a_field_with_nothing_behind_it_is_told_and_searched_plainly() {
    assert_eq!(parse("title:").notes, [Note::NothingBehind(WordField::Title)]);
    assert_eq!(parse("huawei Vendor: ").notes, [Note::NothingBehind(WordField::Vendor)]);
    assert_eq!(shown("huawei vendor:"), "+huawei +vendor:*");
    assert!(parse("vendor: huawei").notes.is_empty());
}

#[test]
fn a_long_search_is_cut_and_says_so() {
    let long = parse(&"word ".repeat(200));
    assert_eq!(long.notes, [Note::Cut]);
    assert_eq!(long.query.all.len(), MOST_CLAUSES);
    assert_eq!(parse(&"x".repeat(1000)).notes, [Note::Cut]);
}

proptest::proptest! {
    #[test]
    fn nothing_that_can_be_typed_breaks_it(typed in "\\PC{0,60}") {
        let _ = parse(&typed);
    }
}
