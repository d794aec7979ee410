use super::*;
use crate::{ids::OrganisationId, random::OsRandom};

const SIDE_WORDS: [(&str, &str); 3] = [("other", "Vendor"), ("public", "Public side"), ("undeclared", "Nobody said")];

struct Room {
    codebook: Arc<Codebook>,
    gazetteer: Arc<Gazetteer>,
    organisations: Vec<Organisation>,
    sides: Vec<(&'static str, String)>,
}

impl Room {
    fn new() -> Self {
        let named = |id: &str, name: &str, kind: &str| {
            Organisation::named(id.parse::<OrganisationId>().unwrap(), name, kind.parse().unwrap())
        };
        let mut vendor = named("o_huawei", "Huawei", "company");
        vendor.seat = Some("CN".parse().unwrap());
        let mut utility = named("o_utility", "Stadtwerke Duisburg", "company");
        utility.seat = Some("DE".parse().unwrap());
        Self {
            codebook: Codebook::embedded(),
            gazetteer: Gazetteer::embedded(),
            organisations: vec![vendor, named("o_dvv", "DVV Duisburg", "state_company"), utility],
            sides: SIDE_WORDS.map(|(code, words)| (code, words.to_owned())).to_vec(),
        }
    }

    fn desk(&self) -> Desk<'_> {
        Desk {
            codebook: &self.codebook,
            gazetteer: &self.gazetteer,
            organisations: &self.organisations,
            sides: &self.sides,
            lang: "en",
        }
    }
}

fn published(place: &str) -> Document {
    let text = r#"{"schema":1,"vocabulary":"0.1","id":"7K2MQX4T","revision":3,"published":"2026-Q1","revised":"2026-Q2","coder":"mo","kind":"agreement",
      "title":{"text":"A city and Huawei","lang":"en"},"place":PLACE,"agreements":[{"id":"a1","label":"memorandum"}],
      "involvements":[{"id":"i1","organisation":"o_huawei","role":"lead_partner","status":"stated","confidence":"possible","rank":"normal","sources":["s1"]}],
      "statements":[{"id":"t1","field":"domain","value":{"code":"water"},"status":"stated","confidence":"possible","rank":"normal","sources":["s1"]},
        {"id":"t2","field":"binding","part":"a1","value":{"code":"partly"},"status":"stated","confidence":"possible","rank":"normal","since_revision":2}],
      "viewpoints":[{"id":"v1","topic":"secrecy","raised_by":"resident","concern":{"text":"Why?","lang":"en"},
        "answers":[{"id":"w1","answered_by":"vendor","text":{"text":"No.","lang":"en","translation":{"from":"de","by":"human"},"original":"Nein."},"kinds":["denial"]}]}],
      "timeline":[{"id":"e1","event":"signed","date":DATE,"part":"a1"}],
      "sources":[{"id":"s1","kind":"news","reliability":"established"}]}"#;
    let date = if place.contains("named") {
        r#"{"value":"2018-01","qualifier":"exact"}"#
    } else {
        r#"{"from":2016,"to":2018}"#
    };
    serde_json::from_str(&text.replace("PLACE", place).replace("DATE", date)).unwrap()
}

const NAMED: &str = r#"{"disclosure":"named","scope":"municipality","countries":["DE"],"places":[{"id":"p1","geonames":2934691,"name":"Duisburg","country":"DE"}]}"#;
const REGION: &str = r#"{"disclosure":"region","scope":"municipality","continent":"EU","size_class":"500k_1500k"}"#;

fn quarter() -> Quarter {
    "2026-Q4".parse().unwrap()
}

fn completed(draft: &Draft, room: &Room) -> Completed {
    draft.complete("jo", quarter(), &room.desk()).unwrap().unwrap()
}

/// What a browser would send from a sheet that nobody touched.
fn sent(draft: &Draft, sheet: &SheetName, room: &Room) -> Vec<(String, String)> {
    let mut pairs = Vec::new();
    for input in draft.sheet(sheet.clone(), &room.desk()).units.into_iter().flat_map(|unit| unit.inputs) {
        match input.kind {
            InputKind::Kept => {}
            InputKind::One | InputKind::Many => {
                let chosen = input.offers.into_iter().filter(|offer| offer.chosen);
                pairs.extend(chosen.map(|offer| (input.name.clone(), offer.code)));
            }
            _ => pairs.extend(input.values.into_iter().map(|value| (input.name.clone(), value))),
        }
    }
    pairs
}

fn with(mut pairs: Vec<(String, String)>, name: &str, value: &str) -> Vec<(String, String)> {
    pairs.retain(|(known, _)| known != name);
    pairs.push((name.to_owned(), value.to_owned()));
    pairs
}

#[test]
fn saving_every_sheet_untouched_changes_nothing_but_the_head() {
    let room = Room::new();
    for place in [NAMED, REGION] {
        let document = published(place);
        let mut draft = Draft::of_published(&document, &room.gazetteer).unwrap();
        for sheet in SheetName::all(&room.codebook) {
            let pairs = sent(&draft, &sheet, &room);
            draft.save(&sheet, &pairs, &room.desk());
            assert!(draft.sheet(sheet.clone(), &room.desk()).problems.is_empty(), "{sheet:?}");
        }
        let mut expected = Document { revision: 4, revised: quarter(), coder: "jo".into(), ..document };
        if place == REGION {
            let answer = &mut expected.viewpoints[0].answers[0].text;
            (answer.original, answer.translation) = (None, None);
        }
        assert_eq!(completed(&draft, &room).document, expected);
    }
}

#[test]
fn what_is_typed_goes_into_the_document_and_keeps_the_ids() {
    let room = Room::new();
    let mut draft = Draft::of_published(&published(NAMED), &room.gazetteer).unwrap();
    let sheet = SheetName::Coded("what".into());
    let pairs = with(sent(&draft, &sheet, &room), "statements.t1.value", "waste");
    draft.save(&sheet, &pairs, &room.desk());
    draft.add("statements", "technology", &room.desk(), &OsRandom).unwrap();
    let added = draft.sheet(sheet.clone(), &room.desk()).units.pop().unwrap().name;
    let pairs = with(sent(&draft, &sheet, &room), &format!("{added}.value"), "drone");
    draft.save(&sheet, &with(pairs, &format!("{added}.qualifiers.deployment_status"), "pilot"), &room.desk());
    let document = completed(&draft, &room).document;
    assert_eq!((document.statements[0].id.as_str(), document.statements[0].since_revision), ("t1", 1));
    assert_eq!(document.statements[0].value.as_ref().unwrap().as_code().unwrap().as_str(), "waste");
    assert_eq!(document.statements[2].since_revision, 4);
    assert!(document.statements[2].qualifiers.contains_key("deployment_status"));
}

#[test]
fn what_cannot_be_read_is_kept_as_typed_with_every_problem_and_stands_in_the_way() {
    let room = Room::new();
    let mut draft = Draft::of_published(&published(NAMED), &room.gazetteer).unwrap();
    let pairs = with(sent(&draft, &SheetName::Timeline, &room), "timeline.e1.date", "  last <b>spring</b>");
    draft.save(&SheetName::Timeline, &with(pairs, "timeline.e1.event", "made_up"), &room.desk());
    let sheet = draft.sheet(SheetName::Timeline, &room.desk());
    assert_eq!(sheet.problems.len(), 2);
    let date = sheet.units[0].inputs.iter().find(|input| input.name == "timeline.e1.date").unwrap();
    assert_eq!((date.values[0].as_str(), date.problem.is_some()), ("  last <b>spring</b>", true));
    let unready = draft.complete("jo", quarter(), &room.desk()).unwrap().unwrap_err();
    assert!(unready.0.iter().all(|(sheet, _, _)| *sheet == SheetName::Timeline) && unready.0.len() == 2);
}

#[test]
fn a_source_that_is_taken_out_is_cited_nowhere_and_the_twelve_words_are_refused() {
    let room = Room::new();
    let mut draft = Draft::of_published(&published(NAMED), &room.gazetteer).unwrap();
    draft.remove("sources.s1").unwrap();
    draft.remove("agreements.a1").unwrap();
    draft.remove("statements.t2").unwrap();
    assert!(draft.remove("statements.t2").is_err() && draft.remove("place").is_err());
    let document = completed(&draft, &room).document;
    assert!(document.statements[0].sources.is_empty() && document.timeline[0].part.is_none());
    let words = crate::seal::Passphrase::draw(&OsRandom).words().join(" ");
    draft.save(&SheetName::Head, &with(sent(&draft, &SheetName::Head, &room), "summary", &words), &room.desk());
    assert_eq!(draft.sheet(SheetName::Head, &room.desk()).problems[0].0, "summary");
}

fn of_account(level: Disclosure) -> (Room, Draft) {
    let room = Room::new();
    let mut draft = Draft::of_published(&published(NAMED), &room.gazetteer).unwrap();
    draft.base = None;
    let pairs = sent(&draft, &SheetName::Place, &room);
    draft.save(&SheetName::Place, &with(pairs, "place.disclosure", level.code()), &room.desk());
    (room, draft)
}

#[test]
fn a_name_of_an_unnamed_place_is_found_in_every_text_until_it_is_waived() {
    let (room, mut draft) = of_account(Disclosure::SizeClass);
    let pairs = with(sent(&draft, &SheetName::Head, &room), "summary", "In Duisburgs streets, by the DVV Duisburg.");
    draft.save(&SheetName::Head, &pairs, &room.desk());
    let done = completed(&draft, &room);
    assert!(done.is_telling() && done.found.iter().all(|found| found.at == "summary.text"));
    assert!(!serde_json::to_string(&done.document.place).unwrap().contains("Duisburg"));
    let waived = done.found.iter().map(|found| Waiver {
        at: found.at.clone(),
        words: found.words.clone(),
        reason: "fits_many".parse().unwrap(),
    });
    draft.set_waivers(waived.collect());
    assert!(!completed(&draft, &room).is_telling());
    let (room, draft) = of_account(Disclosure::Named);
    assert!(completed(&draft, &room).found.is_empty(), "a named place may be named");
}

#[test]
fn where_the_place_is_not_named_each_organisation_needs_its_side() {
    let (room, mut draft) = of_account(Disclosure::SizeClass);
    draft.add("involvements", "", &room.desk(), &OsRandom).unwrap();
    draft.add("organisations", "", &room.desk(), &OsRandom).unwrap();
    let newcomer = draft.body["organisations"][0]["id"].as_str().unwrap().to_owned();
    let involved = draft.body["involvements"][1]["id"].as_str().unwrap().to_owned();
    let mut pairs = sent(&draft, &SheetName::Organisations, &room);
    for (name, value) in [
        (format!("involvements.{involved}.organisation"), newcomer.clone()),
        (format!("involvements.{involved}.role"), "cloud_host".into()),
        (format!("organisations.{newcomer}.name"), "Stadtwerke Somewhere".into()),
        (format!("organisations.{newcomer}.kind"), "public_body".into()),
    ] {
        pairs = with(pairs, &name, &value);
    }
    draft.save(&SheetName::Organisations, &pairs, &room.desk());
    let unready = draft.complete("jo", quarter(), &room.desk()).unwrap().unwrap_err();
    assert_eq!(unready.0[0].1, format!("parties.{newcomer}.side"));
    let pairs = with(sent(&draft, &SheetName::Organisations, &room), &format!("parties.{newcomer}.side"), "public");
    let pairs = with(pairs, &format!("parties.{newcomer}.body_type"), "municipal_company");
    draft.save(&SheetName::Organisations, &pairs, &room.desk());
    let done = completed(&draft, &room);
    assert!(done.newcomers.is_empty(), "a body that would tell the place does not come on record");
    assert!(!serde_json::to_string(&done.document).unwrap().contains(&newcomer));
}

// A company of the city may be on record as any company is.
#[test]
fn a_recorded_company_from_home_needs_its_side_and_its_name_is_found_where_it_stays() {
    for level in [Disclosure::SizeClass, Disclosure::Region] {
        let (room, mut draft) = of_account(level);
        let sheet = SheetName::Organisations;
        let pairs = with(sent(&draft, &sheet, &room), "involvements.i1.organisation", "o_utility");
        draft.save(&sheet, &pairs, &room.desk());
        let unready = draft.complete("jo", quarter(), &room.desk()).unwrap().unwrap_err();
        assert_eq!(unready.0[0].1, "parties.o_utility.side");
        let pairs = with(sent(&draft, &sheet, &room), "parties.o_utility.side", "other");
        draft.save(&sheet, &pairs, &room.desk());
        let found = completed(&draft, &room).found;
        assert!(found.iter().any(|found| found.at == "organisations.o_utility"));
    }
}

#[test]
fn what_a_revision_adds_to_an_unnamed_case_is_asked_about_and_searched_for_every_city_it_may_be() {
    let room = Room::new();
    let mut draft = Draft::of_published(&published(REGION), &room.gazetteer).unwrap();
    let pairs = with(sent(&draft, &SheetName::Head, &room), "summary", "Cologne knows, see www.Office.Example.At/x.");
    draft.save(&SheetName::Head, &pairs, &room.desk());
    let found = completed(&draft, &room).found;
    for words in ["Cologne", "www.Office.Example.At"] {
        assert!(found.iter().any(|found| found.words == words && found.at == "summary.text"), "{words}");
    }
    let sheet = SheetName::Organisations;
    let pairs = with(sent(&draft, &sheet, &room), "involvements.i1.organisation", "o_utility");
    draft.save(&sheet, &pairs, &room.desk());
    let unready = draft.complete("jo", quarter(), &room.desk()).unwrap().unwrap_err();
    assert_eq!(unready.0[0].1, "parties.o_utility.side");
}

#[test]
fn a_code_that_is_no_longer_on_offer_stays_until_somebody_changes_it() {
    let room = Room::new();
    let mut document = published(NAMED);
    document.kind = "treaty".parse().unwrap();
    let mut draft = Draft::of_published(&document, &room.gazetteer).unwrap();
    let pairs = sent(&draft, &SheetName::Head, &room);
    assert!(pairs.contains(&("kind".to_owned(), "treaty".to_owned())));
    draft.save(&SheetName::Head, &pairs, &room.desk());
    assert!(draft.sheet(SheetName::Head, &room.desk()).problems.is_empty());
    draft.save(&SheetName::Head, &with(pairs, "kind", "pact"), &room.desk());
    assert_eq!(draft.sheet(SheetName::Head, &room.desk()).problems.len(), 1);
}

/// R35: a retired code is offered where it stands, by its label, and nowhere else; another one can stand beside it.
#[test]
fn a_retired_code_is_offered_only_where_it_stands() {
    let mut room = Room::new();
    let text =
        include_str!("../../../../../config/codebook.toml").replacen("version = \"0.1\"", "version = \"0.2\"", 1);
    let (before, answers) = text.split_once("code = \"kinds\"").unwrap();
    let ended = "code = \"denial\"\nretired = \"0.2\"\nretired_because.en = \"Nobody denies.\"";
    let own = format!("{before}code = \"kinds\"{}", answers.replacen("code = \"denial\"", ended, 1));
    room.codebook = Arc::new(Codebook::parse(&own, "test").unwrap());
    let (mut draft, sheet) = (Draft::of_published(&published(NAMED), &room.gazetteer).unwrap(), SheetName::Viewpoints);
    let kinds = |draft: &Draft, room: &Room| {
        let units = draft.sheet(sheet.clone(), &room.desk()).units.into_iter();
        let kinds = units.flat_map(|unit| unit.inputs).find(|input| input.name == "viewpoints.v1.answers.w1.kinds");
        kinds.unwrap().offers.into_iter().filter(|offer| offer.retired).map(|offer| offer.label).collect::<Vec<_>>()
    };
    let label = room.codebook.label("kinds", "denial", "en").to_owned();
    assert_eq!(kinds(&draft, &room), [label]);
    let other = room.codebook.field("kinds").unwrap().current_codes().next().unwrap().code.clone();
    let mut pairs = sent(&draft, &sheet, &room);
    pairs.push(("viewpoints.v1.answers.w1.kinds".to_owned(), other.clone()));
    draft.save(&sheet, &pairs, &room.desk());
    assert!(draft.sheet(sheet.clone(), &room.desk()).problems.is_empty());
    draft.save(&sheet, &with(pairs.clone(), "viewpoints.v1.answers.w1.kinds", &other), &room.desk());
    assert_eq!(kinds(&draft, &room), [""; 0], "taken out, it is gone from the list");
    draft.save(&sheet, &with(pairs, "viewpoints.v1.answers.w1.kinds", "denial"), &room.desk());
    assert_eq!(draft.sheet(sheet.clone(), &room.desk()).problems.len(), 1);
}

#[test]
fn relations_and_the_mark_of_the_reference_case_are_edited_like_any_other_part() {
    let room = Room::new();
    let kind = room.codebook.field("related_kind").unwrap().codes[0].code.clone();
    let mut document = published(NAMED);
    document.reference = true;
    document.related = vec![serde_json::from_value(json!({"case": "9Z9Z9Z9Z", "kind": kind.as_str()})).unwrap()];
    let mut draft = Draft::of_published(&document, &room.gazetteer).unwrap();
    let unchanged = completed(&draft, &room).document;
    assert_eq!((unchanged.reference, &unchanged.related), (true, &document.related));

    let pairs = sent(&draft, &SheetName::Head, &room);
    assert!(pairs.contains(&("reference".to_owned(), "yes".to_owned())));
    let without: Vec<_> = pairs.into_iter().filter(|(name, _)| name != "reference").collect();
    draft.save(&SheetName::Head, &without, &room.desk());
    draft.add("related", "", &room.desk(), &OsRandom).unwrap();
    let added = draft.sheet(SheetName::Related, &room.desk()).units.pop().unwrap().name;
    let pairs = with(sent(&draft, &SheetName::Related, &room), &format!("{added}.case"), "no id");
    draft.save(&SheetName::Related, &with(pairs, &format!("{added}.kind"), &kind), &room.desk());
    assert_eq!(draft.sheet(SheetName::Related, &room.desk()).problems.len(), 1);
    let pairs = with(sent(&draft, &SheetName::Related, &room), &format!("{added}.case"), "1a1a1a1a");
    draft.save(&SheetName::Related, &with(pairs, &format!("{added}.kind"), &kind), &room.desk());
    draft.remove("related.r0").unwrap();
    let document = completed(&draft, &room).document;
    let cases: Vec<&str> = document.related.iter().map(|related| related.case.as_str()).collect();
    assert_eq!((document.reference, cases), (false, vec!["1A1A1A1A"]));
}
