//! What leads to a person does not come in by a table.

use super::*;
use crate::text::MarkKind;

#[test]
fn a_row_that_would_make_a_person_public_is_refused_with_the_column_and_the_remedy() {
    let desk = Desk::open();
    let row = "1,Essen,lamps,\"Ask Anna Meier, anna.meier@example.org, +43 1 5550199\",Acme,CCTV";
    let said = desk.refuses(row);
    for expected in [
        "\"Text\": \"anna.meier@example.org\" looks like an e-mail address, and all of it would be public; take it out of the cell",
        "\"Text\": \"+43 1 5550199\" looks like a telephone number",
    ] {
        assert!(said.contains(expected), "{expected} is missing in:\n{said}");
    }
    let words = "legal winner thank year wave sausage worth useful legal winner thank yellow";
    for (row, expected) in [
        ("1,Essen,lamps for anna (at) example.org,x,Acme,CCTV", "\"Project\": \"anna (at) example.org\""),
        (
            "1,Essen,lamps,paid to DE89 3704 0044 0532 0130 00,Acme,CCTV",
            "\"Text\": \"DE89 3704 0044 0532 0130 00\" looks",
        ),
        ("1,Essen,lamps,see https://example.org/users/anna,Acme,CCTV", "is a web address that names a user"),
        ("1,Essen,lamps,x,anna@example.org,CCTV", "\"Vendor\": \"anna@example.org\" looks like an e-mail address"),
        ("anna@example.org,Essen,lamps,x,Acme,CCTV", "\"Ref\": \"anna@example.org\" looks like an e-mail address"),
    ] {
        let said = desk.refuses(row);
        assert!(said.contains(expected), "{row}: {said}");
    }
    let said = desk.refuses(&format!("1,Essen,lamps,{words},Acme,CCTV"));
    assert!(said.contains("\"Text\": holds twelve words that may be a passphrase"), "{said}");
    // What the mapping itself writes is public as well; a cell that only means a code is not.
    let owned = SMALL.replace("title = \"Register\"", "title = \"Register, anna@example.org\"");
    let (_, rows) = desk.reads(&owned, format!("{HEADER}1,Essen,lamps,x,Acme,CCTV\n").as_bytes()).unwrap();
    let Outcome::Refused(reasons) = &rows[0].outcome else { panic!("the mapping writes an address") };
    assert!(reasons[0].ends_with("take it out of the mapping, which writes it"), "{reasons:?}");
    let coded = SMALL.replace("\"CCTV\" =", "\"see anna@example.org\" =");
    let (translated, rows) =
        desk.reads(&coded, format!("{HEADER}1,Essen,lamps,x,Acme,see anna@example.org\n").as_bytes()).unwrap();
    assert_eq!(translated.totals().ready, 1, "{rows:?}");
}

#[test]
fn names_and_dates_in_words_come_in_and_are_told_in_sum() {
    let desk = Desk::open();
    let text = "Mayor Anna Muster signed it on 3 May 2019; see Vorlage 0455/22-1199.";
    let table = format!("{HEADER}1,Essen,lamps,{text},Acme,CCTV\n2,Essen,bins,{text},Acme,CCTV\n");
    let (translated, rows) = desk.reads(SMALL, table.as_bytes()).unwrap();
    assert_eq!(translated.totals().ready, 2, "{rows:?}");
    let noted = &translated.totals().noted;
    assert_eq!(noted[&("Text".to_owned(), MarkKind::Person)], (2, "Mayor Anna Muster".to_owned()));
    assert_eq!(noted[&("Text".to_owned(), MarkKind::Date)], (2, "3 May 2019".to_owned()));
    assert_eq!(noted.len(), 2, "{noted:?}");
}

#[test]
fn what_a_template_puts_together_is_told_by_the_columns_of_its_parts() {
    let desk = Desk::open();
    let mapping = SMALL.replace("text = \"{Text}\"", "text = \"Mayor {Project} {Text} signed it.\"");
    let table = format!("{HEADER}1,Essen,Anna,Muster,Acme,CCTV\n");
    let (translated, rows) = desk.reads(&mapping, table.as_bytes()).unwrap();
    let totals = translated.totals();
    assert_eq!(totals.ready, 1, "{rows:?}");
    let noted = totals.noted.get(&("Project, Text".to_owned(), MarkKind::Person));
    assert_eq!(noted, Some(&(1, "Mayor Anna Muster".to_owned())), "{:?}", totals.noted);
    let mapping = SMALL.replace("text = \"{Text}\"", "text = \"Ask {Project}@{Text}\"");
    let table = format!("{HEADER}1,Essen,anna,example.org,Acme,CCTV\n");
    let (_, rows) = desk.reads(&mapping, table.as_bytes()).unwrap();
    let Outcome::Refused(reasons) = &rows[0].outcome else { panic!("an address is put together") };
    assert!(reasons[0].starts_with("\"Project\", \"Text\": \"anna@example.org\""), "{reasons:?}");
    assert!(reasons[0].ends_with("of the cells that the mapping puts it together from"), "{reasons:?}");
}
