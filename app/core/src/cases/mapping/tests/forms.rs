//! Tables as spreadsheets and other countries write them, and towns whose rows name several countries.

use std::io::Read;

use super::*;

/// The small mapping with the country from a column, and these lines under `[place]`.
fn abroad(lines: &str) -> String {
    let country = format!("country = {{ column = \"Vendor\", split = \";\" }}\n{lines}");
    let mapping = SMALL.replace("country = { value = \"DE\" }", &country);
    mapping.replace(
        "from = { column = \"Vendor\", kind = \"company\" }",
        "from = { value = \"Acme\", kind = \"company\" }",
    )
}

/// What becomes of a single row: the town's GeoNames id, or what is wrong.
fn town(desk: &Desk, lines: &str, city: &str, countries: &str) -> Result<Option<u64>, String> {
    let table = format!("{HEADER}1,{city},lamps,x,{countries},CCTV\n");
    let (translated, rows) = desk.reads(&abroad(lines), table.as_bytes())?;
    match &rows[0].outcome {
        Outcome::Refused(reasons) => return Err(reasons.join("\n")),
        outcome => assert_eq!(*outcome, Outcome::Ready),
    }
    let mut text = String::new();
    open_again(&translated.lines).unwrap().read_to_string(&mut text).unwrap();
    let case: serde_json::Value = serde_json::from_str(text.lines().last().unwrap()).unwrap();
    let place = &case["place"]["places"][0];
    assert!(place["name"].is_string(), "{place}");
    Ok(place["geonames"].as_u64())
}

#[test]
fn a_town_is_looked_for_in_all_countries_of_its_row_and_refused_only_where_several_fit() {
    let desk = Desk::open();
    let both = "cities = { \"London, CA\" = 6058560, \"London, GB\" = 2643743 }";
    let one = "cities = { \"London, GB\" = 2643743 }";
    for (lines, city, countries, expected) in [
        ("", "Köln", "FR; DE", Some(2_886_242)),
        (one, "London", "CA; GB", Some(2_643_743)),
        (one, "London", "GB; CA", Some(2_643_743)),
        (both, "London", "Canada", Some(6_058_560)),
        (one, "London", "CA", Some(6_058_560)),
        ("cities = { \"Londres\" = 2643743 }", "Londres", "CA;GB", Some(2_643_743)),
        ("unlisted = \"keep\"", "Atlantis", "GB", None),
    ] {
        assert_eq!(town(&desk, lines, city, countries), Ok(expected), "{lines} {city} {countries}");
    }
    for (lines, city, countries, expected) in [
        ("", "London", "CA; GB", "6058560 = London (CA, "),
        ("", "London", "CA; GB", "say which one under [place], such as cities = { \"London, "),
        (both, "London", "CA; GB", "the mapping says each of them: name one country in the row"),
        (
            "cities = { \"London\" = 2643743 }",
            "London",
            "CA; FR",
            "lies in GB, and the row names CA, FR; mend the country",
        ),
        ("", "Atlantis", "CA; GB", "no city of CA, GB is called \"Atlantis\""),
        ("unlisted = \"keep\"", "Atlantis", "CA; GB", "is kept only where the row names one country"),
        ("", "London", "Germny", "\"Vendor\": \"Germny\" is no country"),
        ("", "London", "Germny", "; did you mean \"Germany\"?"),
    ] {
        let said = town(&desk, lines, city, countries).unwrap_err();
        assert!(said.contains(expected), "{lines} {city} {countries}: {said}");
    }
}

#[test]
fn what_spreadsheets_write_is_read_or_told_with_the_remedy() {
    let desk = Desk::open();
    let well = "1,Essen,lamps,x,Acme,CCTV\n";
    for table in [
        format!("sep=,\r\n{HEADER}{well}"),
        format!("\u{feff}\n\n{HEADER}\n{well}\n,,,,,\n"),
        " Ref , City ,Project,Text,Vendor,Technology,,\n1,Essen,lamps,x,Acme,CCTV,,\n".to_owned(),
    ] {
        let (translated, rows) = desk.reads(SMALL, table.as_bytes()).unwrap();
        assert_eq!((translated.totals().ready, rows.len()), (1, 1), "{table}: {rows:?}");
    }
    let (translated, _) =
        desk.reads(SMALL, b"Ref,City,Project,Text,Vendor,Technology,\n1,Essen,a,b,c,CCTV,d\n").unwrap();
    assert_eq!(translated.totals().unused, ["column 7, which has no name"]);
    for (table, expected) in [
        (&b"PK\x03\x04\x14\0\x08\0"[..], "t.csv:1: this is a ZIP archive, such as a workbook (XLSX, ODS), and no CSV"),
        (b"sep=;\nRef;City\n", "t.csv:1: read with \",\" between cells, where \";\" is meant"),
        (b"{\"record\":\"case\"}\n", "t.csv:1: this is JSON and no table"),
        (b"Ref,city,Project,Text,Vendor,Technology\n", "did you mean \"city\"?"),
        (b"Ref,City,Project,Text,Vendor,City,Technology\n", "two columns \"City\", at positions 2 and 6"),
    ] {
        let said = desk.reads(SMALL, table).err().unwrap();
        assert!(said.contains(expected), "{said}");
    }
    let said = desk.refuses("1,Essen,lamps,KÃ¶ln,Acme,camera cctv");
    assert!(said.contains("\"Text\": the cell holds \"Ã¶\""), "{said}");
    assert!(
        said.contains("\"camera cctv\" has no code of technology") && said.contains("mean \"camera_cctv\"?"),
        "{said}"
    );
}

#[test]
fn days_and_numbers_of_another_country_are_told_with_what_to_say_in_the_mapping() {
    let desk = Desk::open();
    let mapping = format!(
        "{SMALL}[[agreement]]\nname = \"a\"\nlabel = \"contract\"\n[[field]]\nfield = \"value\"\nagreement = \"a\"\n\
         from = {{ column = \"Vendor\" }}\ncurrency = {{ value = \"EUR\" }}\n\
         [[event]]\nevent = {{ value = \"signed\" }}\ndate = {{ column = \"Text\" }}\n"
    );
    let reads = |text: &str, vendor: &str| {
        let table = format!("{HEADER}1,Essen,lamps,{text},\"{vendor}\",CCTV\n");
        desk.reads(&mapping, table.as_bytes()).unwrap()
    };
    for (text, vendor, expected) in [
        (
            "31.12.2021",
            "5",
            "\"Text\": \"31.12.2021\" is no day as YYYY-MM-DD; say dates = \"DD.MM.YYYY\" under [file]",
        ),
        ("2021-12-31 00:00", "5", "write the date alone, 2021-12-31"),
        ("2021", "1.234,5", "\"Vendor\": \"1.234,5\" is no number with \".\" before the fraction; say decimal = \",\""),
        ("2021", "EUR 5", "\"EUR 5\" is no number alone"),
    ] {
        let (_, rows) = reads(text, vendor);
        let Outcome::Refused(reasons) = &rows[0].outcome else { panic!("{text}, {vendor} is not refused") };
        assert!(reasons.iter().any(|reason| reason.contains(expected)), "{reasons:?}");
    }
    let (translated, _) = reads("2021-12-31", "1.250");
    assert_eq!(translated.totals().doubtful["Vendor"], (1, "1.250".to_owned()), "it comes in, and is told");
    let (translated, _) = reads("2021-12-31", "1250.5");
    assert!(translated.totals().ready == 1 && translated.totals().doubtful.is_empty());
    let said = desk.reads(&mapping.replace("\"EUR\"", "\"XYZ\""), HEADER.as_bytes()).map(drop).unwrap_err();
    assert!(said.contains("m.toml:") && said.contains("\"XYZ\" is no currency"), "{said}");
    let of_column = mapping.replace("{ value = \"EUR\" }", "{ column = \"Project\" }");
    for (currency, ready) in [("ZZZ", 0), ("eur", 0), ("DEM", 1)] {
        let table = format!("{HEADER}1,Essen,{currency},2021-12-31,1250.5,CCTV\n");
        let (translated, rows) = desk.reads(&of_column, table.as_bytes()).unwrap();
        assert_eq!(translated.totals().ready, ready, "{currency}: {rows:?}");
    }
}

#[test]
fn dates_of_years_to_come_are_refused_but_for_what_is_planned() {
    let desk = Desk::open();
    let mapping = format!(
        "{SMALL}[[agreement]]\nname = \"a\"\nlabel = \"contract\"\n\
         [[event]]\nevent = {{ value = \"signed\" }}\ndate = {{ column = \"Text\", skip = [\"9999-12-31\"] }}\n\
         [[field]]\nfield = \"term_start\"\nagreement = \"a\"\nfrom = {{ column = \"Project\" }}\n\
         [[field]]\nfield = \"term_end\"\nagreement = \"a\"\nfrom = {{ column = \"Vendor\" }}\n"
    );
    let mapping = mapping.replace(
        "from = { column = \"Vendor\", kind = \"company\" }",
        "from = { value = \"Acme\", kind = \"company\" }",
    );
    let row = |signed: &str, starts: &str, ends: &str| {
        let table = format!("{HEADER}1,Essen,{starts},{signed},{ends},CCTV\n");
        desk.reads(&mapping, table.as_bytes()).unwrap().1.remove(0).outcome
    };
    for (signed, starts, ends) in
        [("2026-11-23", "2027-01", "2046-12-31"), ("2026", "2026", "2119"), ("9999-12-31", "2020", "2021")]
    {
        assert_eq!(row(signed, starts, ends), Outcome::Ready, "{signed}, {starts}, {ends}");
    }
    for (signed, starts, ends, expected) in [
        ("2199", "2020", "2021", "\"Text\": \"2199\" lies after today, 2026-11-23"),
        ("2020", "2062", "2063", "\"Project\": \"2062\" lies more than 5 years after today"),
        ("2020", "2020", "2199", "\"Vendor\": \"2199\" lies more than 99 years after today"),
    ] {
        let Outcome::Refused(reasons) = row(signed, starts, ends) else { panic!("{expected}: it is not refused") };
        assert!(reasons.len() == 1 && reasons[0].contains(expected), "{reasons:?}");
    }
}

#[test]
fn what_becomes_other_is_told_in_sum_with_the_code_that_may_be_meant() {
    let desk = Desk::open();
    let mapping = SMALL.replace("codes = {", "split = \"+\", otherwise = \"other\", codes = {");
    let rows = "1,Essen,a,x,Acme,camera_ctv+camera_ctv\n2,Essen,b,x,Acme,camera_ctv\n\
                3,Essen,c,x,Acme,CCTV\n4,Essen,d,x,Acme,harbour dashboard\n";
    let (translated, told) = desk.reads(&mapping, format!("{HEADER}{rows}").as_bytes()).unwrap();
    assert_eq!(translated.totals().ready, 4, "{told:?}");
    let column = |value: &str| ("Technology".to_owned(), value.to_owned());
    let others = &translated.totals().others;
    assert_eq!(others[&column("\"camera_ctv\"")], (2, "; did you mean \"camera_cctv\"?".to_owned()));
    assert_eq!(others[&column("\"harbour dashboard\"")], (1, String::new()));
    assert_eq!(others.len(), 2, "what has a code is none of them: {others:?}");
}

#[test]
fn a_new_organisation_is_told_with_the_one_on_record_that_may_be_meant() {
    let desk = Desk::open();
    let (first, _) = desk.reads(SMALL, format!("{HEADER}1,Essen,a,x,Huawei,CCTV\n").as_bytes()).unwrap();
    assert_eq!(first.totals().organisations["Huawei"], None);
    desk.writes(&first);
    let rows = "2,Essen,b,x,Huwaei,CCTV\n3,Essen,c,x,HUAWEI,CCTV\n4,Essen,d,x,Huawei Technologies,CCTV\n5,Essen,e,x,Acme,CCTV\n";
    let (second, told) = desk.reads(SMALL, format!("{HEADER}{rows}").as_bytes()).unwrap();
    let new = &second.totals().organisations;
    assert_eq!(new.keys().collect::<Vec<_>>(), ["Acme", "Huawei Technologies", "Huwaei"], "{told:?}");
    for name in ["Huwaei", "Huawei Technologies"] {
        assert!(matches!(&new[name], Some(Alike::OnRecord(_, meant)) if meant == "Huawei"), "{new:?}");
    }
    assert_eq!(new["Acme"], None);
}
