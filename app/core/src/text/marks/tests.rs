use std::time::{Duration, Instant};

use super::*;
use crate::clock::Quarter;

fn marked<'t>(text: &'t str, names: &Names) -> Vec<(MarkKind, &'t str)> {
    marks(text, names).iter().map(|mark| (mark.kind, mark.words(text))).collect()
}

/// What is marked without any names handed in.
fn found(text: &str) -> Vec<(MarkKind, &str)> {
    marked(text, &Names::none())
}

fn duisburg() -> Names {
    Names::new(
        ["Duisburg", "Düsseldorf", "Bremen", "Bad Homburg vor der Höhe", "Xi'an", "Ede"],
        ["DVV", "Stadtwerke Duisburg AG"],
    )
}

#[test]
fn addresses_are_marked() {
    assert_eq!(
        found("Write to anna.meyer+x@stadt.example, please."),
        [(MarkKind::Email, "anna.meyer+x@stadt.example")]
    );
    assert_eq!(found("anna (at) stadt (dot) example"), [(MarkKind::Email, "anna (at) stadt (dot) example")]);
    assert_eq!(found("see https://anna:pw@files.example/x."), [(MarkKind::UserUrl, "https://anna:pw@files.example/x")]);
    assert_eq!(
        found("(https://www.linkedin.com/in/anna-meyer)"),
        [(MarkKind::UserUrl, "https://www.linkedin.com/in/anna-meyer")]
    );
    assert_eq!(found("github.com/anna"), [(MarkKind::UserUrl, "github.com/anna")]);
    assert_eq!(found("https://city.example/~anna/ and https://m.example/@anna").len(), 2);
    assert_eq!(found("https://city.example/council/2018/paper.pdf, https://example.com/a/users"), []);
}

#[test]
fn names_of_users_are_marked_behind_an_at_sign_and_give_way_to_all_else() {
    assert_eq!(found("as @hansmueller wrote"), [(MarkKind::UserUrl, "@hansmueller")]);
    assert_eq!(found("(@hans_müller), \"@anna99\"").len(), 2);
    assert_eq!(found("12 @ 3, me@, @7, a@b, //x/@anna, \\@anna"), []);
    assert_eq!(found("@anna@social.example").last().map(|(kind, _)| *kind), Some(MarkKind::Email));
    assert_eq!(marked("so says @Duisburg", &duisburg()), [(MarkKind::Place, "Duisburg")]);
}

#[test]
fn paths_of_files_are_marked() {
    assert_eq!(found(r"in C:\Users\anna\offer.docx."), [(MarkKind::Path, r"C:\Users\anna\offer.docx")]);
    assert_eq!(found(r"\\server7\share\x and /home/anna/x, file:///tmp/a").len(), 3);
    assert_eq!(found("https://city.example/media/2018/paper.pdf"), []);
}

#[test]
fn account_numbers_count_only_with_a_valid_checksum() {
    assert_eq!(found("pay DE89 3704 0044 0532 0130 00 AND wait"), [(MarkKind::Iban, "DE89 3704 0044 0532 0130 00")]);
    assert_eq!(found("NL91ABNA0417164300"), [(MarkKind::Iban, "NL91ABNA0417164300")]);
    assert!(found("DE88 3704 0044 0532 0130 00").iter().all(|(kind, _)| *kind != MarkKind::Iban));
}

#[test]
fn telephone_numbers_are_marked_and_other_figures_are_not() {
    for number in
        ["+49 203 283-0000", "(0203) 283 2000", "0203/2832000", "00 31 10 267 1625", "01.23.45.67.89", "203-555-0143"]
    {
        assert_eq!(found(&format!("call {number} now")), [(MarkKind::Phone, number)], "{number}");
    }
    assert_eq!(found("504,358 people in 2018-2022, 12 of 345, 0.12345678, §§ 100-104"), []);
}

#[test]
fn dates_to_the_day_or_month_are_marked_and_years_are_not() {
    for date in [
        "2018-01-17",
        "2018-01",
        "17.01.2018",
        "17/1/18",
        "1/17/2018",
        "17 January 2018",
        "17th of January",
        "January 17, 2018",
        "Jan. 2018",
        "17. Januar 2018",
        "3 mars 2019",
        "12 de enero de 2020",
        "1er août 2021",
        "5 mei",
        "2018年1月17日",
    ] {
        assert_eq!(found(&format!("signed on {date} there")), [(MarkKind::Date, date)], "{date}");
    }
    assert_eq!(found("in 2018, in 2018-2020, version 3.2.1 and paragraph 17.1"), []);
}

#[test]
fn quarters_seasons_and_weeks_of_a_year_are_marked() {
    for part in [
        "Q3 2018",
        "Q3-2018",
        "2018 Q3",
        "2018/Q3",
        "2018Q3",
        "Q3/18",
        "3Q 2018",
        "H1 2018",
        "2018-H1",
        "2018-W12",
        "third quarter of 2018",
        "quarter 3 of 2018",
        "second half of 2018",
        "dritten Quartal 2018",
        "erstes Quartal 2018",
        "erste Quartal 2018",
        "ersten Quartals 2018",
        "Quartal III/2018",
        "1. Halbjahr 2018",
        "zweite Jahreshälfte 2018",
        "deuxième trimestre 2019",
        "1er semestre 2018",
        "2ème trimestre 2018",
        "primera mitad de 2018",
        "eerste helft van 2018",
        "pierwszym kwartale 2018",
        "II kwartał 2018",
        "spring of 2018",
        "summer in 2018",
        "2018 summer",
        "summer ’18",
        "fall 2018",
        "Herbst 2018",
        "otoño de 2020",
        "estate 2018",
        "estate del 2018",
        "wiosną 2021",
        "lato 2018",
        "KW 12/2018",
        "12. KW 2018",
    ] {
        assert_eq!(found(&format!("signed in {part} there")), [(MarkKind::Date, part)], "{part}");
    }
    assert_eq!(found("in the 2018 summer, then in the 2018 fall").len(), 2);
    assert_eq!(found("a quarter of 2000 lamps, since 2018 or 2019, a real estate 2018, FAQ3 2018"), []);
    assert_eq!(found("The estate 2018 plan, prices fall in 2018, lata 2018-2020, 2018, in Q and H 2"), []);
}

// What the program itself prints as a quarter is finer than a year, too.
#[test]
fn a_quarter_as_the_program_writes_it_is_marked() {
    for quarter in ["2018-Q1", "2018-Q2", "2018-Q3", "2018-Q4"] {
        let printed = quarter.parse::<Quarter>().unwrap().to_string();
        assert_eq!(found(&format!("signed in {printed}.")), [(MarkKind::Date, quarter)]);
    }
}

#[test]
fn sums_of_money_are_marked() {
    for sum in [
        "€ 12.5 million",
        "€500",
        "EUR 1,234,567",
        "12 Mio. Euro",
        "3,4 Milliarden Euro",
        "1.234.567,89 €",
        "US$ 40m",
        "25 000 zł",
        "500 dollars",
        "200万元",
        "10 bn RMB",
    ] {
        assert_eq!(found(&format!("paid {sum} for it")), [(MarkKind::Amount, sum)], "{sum}");
    }
    assert_eq!(found("500 cameras, 12 million people"), []);
}

#[test]
fn titles_and_offices_lead_to_names() {
    for name in [
        "Mr Smith",
        "Ms. Anna-Lena Meyer",
        "Dr. von der Leyen",
        "Herrn Prof. Dr. Hans Müller",
        "Frau Meier",
        "Mayor Adams",
        "deputy mayor Jane Q. Public",
        "Oberbürgermeister Hans Meyer",
        "Mme Dupont",
        "wethouder Jan de Vries",
    ] {
        assert_eq!(found(&format!("then {name} said no")), [(MarkKind::Person, name)], "{name}");
    }
    assert_eq!(found("The mayor said so. Der Oberbürgermeister Sagte nichts. A drone."), []);
}

#[test]
fn places_are_found_however_they_are_written_and_inflected() {
    let names = duisburg();
    for word in [
        "Duisburg",
        "duisburg",
        "DUISBURG",
        "Duisburgs",
        "Duisburger",
        "Duisburgern",
        "Düsseldorf",
        "Duesseldorf",
        "Dusseldorfer",
        "Bremer",
        "Bad Homburg vor der Höhe",
        "Bad-Homburg vor der Hoehe",
        "Xi’an",
        "Ede",
    ] {
        assert_eq!(marked(&format!("in {word}, there"), &names), [(MarkKind::Place, word)], "{word}");
    }
    assert_eq!(marked("Duisburg's lamps", &names), [(MarkKind::Place, "Duisburg")]);
    assert_eq!(marked("Duisburgundy, ede, bad homburg", &names), []);
}

#[test]
fn names_stand_in_scripts_without_spaces() {
    let names = Names::new(["杜伊斯堡", "뒤스부르크"], ["市政府"]);
    assert_eq!(marked("华为与杜伊斯堡市政府合作", &names), [(MarkKind::Place, "杜伊斯堡"), (MarkKind::Body, "市政府")]);
    assert_eq!(marked("뒤스부르크의 가로등", &names), [(MarkKind::Place, "뒤스부르크")]);
}

#[test]
fn the_longest_name_wins_and_a_body_is_known_without_its_legal_form() {
    assert_eq!(
        marked("The Stadtwerke Duisburg and DVV", &duisburg()),
        [(MarkKind::Body, "Stadtwerke Duisburg"), (MarkKind::Body, "DVV")]
    );
}

#[test]
fn words_that_mix_alphabets_are_marked() {
    assert_eq!(
        found("Du\u{456}sburg and Москва and Αθήνα, 5G网络, 10 µm"),
        [(MarkKind::MixedScript, "Du\u{456}sburg")]
    );
}

#[test]
fn marks_neither_overlap_nor_lose_a_byte() {
    let text = "Mail x@duisburg.example on 17.01.2018 10:30, Mr Smith of Duisburg, +49 203 1234567, Ümläut";
    let all = marks(text, &duisburg());
    assert_eq!(
        all.iter().map(|mark| mark.kind).collect::<Vec<_>>(),
        [MarkKind::Email, MarkKind::Date, MarkKind::Person, MarkKind::Place, MarkKind::Phone]
    );
    assert!(all.windows(2).all(|pair| pair[0].end <= pair[1].start));
    let segments = highlight(text, &all);
    assert_eq!(segments.iter().map(|segment| segment.text).collect::<String>(), text);
    assert_eq!(segments.iter().filter(|segment| segment.kind.is_some()).count(), 5);
    assert_eq!(highlight("", &[]), []);
}

#[test]
fn every_kind_has_a_code_of_its_own() {
    for kind in MarkKind::ALL {
        assert_eq!(serde_json::to_value(kind).unwrap(), kind.code());
    }
}

#[test]
fn a_long_hostile_text_is_searched_quickly() {
    let names = duisburg();
    for piece in ["a.", "1 ", "A1", "x@", "Mr A ", "\\\\a", "Bad Homburg vor ", "12.", "DE00 0000 ", "€ 1,000", "ю a"]
    {
        let text = piece.repeat(50_000 / piece.len());
        let start = Instant::now();
        let _ = marks(&text, &names);
        assert!(start.elapsed() < Duration::from_secs(10), "{piece}");
    }
}

proptest::proptest! {
    #[test]
    fn any_text_can_be_marked_and_put_together_again(text in ".{0,60}") {
        let all = marks(&text, &duisburg());
        let again: String = highlight(&text, &all).iter().map(|segment| segment.text).collect();
        proptest::prop_assert_eq!(again, text);
    }
}

#[test]
fn names_under_a_farewell_after_a_colleague_and_with_initials_are_marked() {
    assert_eq!(found("It was so.\n\nKind regards,\nAnna Meyer"), [(MarkKind::Person, "Kind regards,\nAnna Meyer")]);
    assert_eq!(found("Mit freundlichen Grüßen\nJürgen von Ahn").len(), 1);
    assert_eq!(found("I asked my boss Anna for it."), [(MarkKind::Person, "my boss Anna")]);
    assert_eq!(found("signed by J. R. Miller."), [(MarkKind::Person, "J. R. Miller")]);
    assert_eq!(found("With regards to the offer. It was the U.S. Army, e.g. Lamps, vitamin B. and more."), []);
}

#[test]
fn what_is_called_like_a_city_is_marked_and_ordinary_words_are_not() {
    let cities = ["Köln", "Bad Homburg", "Most", "Reading", "Rotterdam", "Dresden"];
    let names = Names::none().with_cities(move |words| cities.contains(&words));
    let marked = |text| marked(text, &names).into_iter().map(|(_, words)| words).collect::<Vec<_>>();
    assert_eq!(
        marked("Rotterdam asked Köln and Bad Homburg, Dresdens mayor and Dresdner people."),
        ["Rotterdam", "Köln", "Bad Homburg", "Dresdens", "Dresdner"]
    );
    assert_eq!(marked("Most of it. Reading the paper is reading."), [""; 0]);
    assert_eq!(marked("a train to Most"), ["Most"]);
    let both = Names::new(["Köln"], [""; 0]).with_cities(|_| true);
    assert_eq!(super::marks("in Köln", &both)[0].kind, MarkKind::Place, "the place itself comes first");
}
