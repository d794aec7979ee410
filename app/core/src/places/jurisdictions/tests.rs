use super::*;

fn day(text: &str) -> NaiveDate {
    text.parse().unwrap()
}

fn today() -> NaiveDate {
    day("2026-11-23")
}

fn step(from: &str, to: &str) -> (Option<u8>, Reason, Vec<Caveat>) {
    let table = Jurisdictions::embedded();
    let distance = table.legal_distance(from, to, today());
    (distance.step, distance.reason, distance.caveats)
}

#[test]
fn the_embedded_table_is_read_and_its_countries_are_known_to_the_gazetteer() {
    let table = Jurisdictions::embedded();
    let gazetteer = crate::places::Gazetteer::embedded();
    assert!(table.all().len() >= 60);
    for entry in table.all() {
        assert_eq!(gazetteer.country(&entry.iso2).map(|country| country.iso2), Some(entry.iso2.as_str()));
    }
    assert_eq!(table.areas()["EEA"].members.len(), 30);
    assert_eq!((table.adequacy_other().len(), table.conflicts().len()), (1, 3));
}

#[test]
fn the_five_steps_are_told_apart() {
    assert_eq!(step("DE", "DE"), (Some(0), Reason::SameCountry, vec![]));
    assert_eq!(step("MX", "MX").0, Some(0));
    assert_eq!(step("DE", "FR"), (Some(1), Reason::SameArea, vec![Caveat::Unverified]));
    assert_eq!(step("DE", "NO").0, Some(1));
    assert_eq!(step("DE", "GB"), (Some(2), Reason::Adequacy, vec![]));
    assert_eq!(step("DE", "ZA").0, Some(3));
    assert_eq!(step("DE", "CN"), (Some(4), Reason::CompelledWithoutCourt, vec![]));
}

#[test]
fn step_four_names_the_law_that_reaches_farthest() {
    let table = Jurisdictions::embedded();
    let distance = table.legal_distance("DE", "CN", today());
    assert!(distance.law.is_some_and(|law| law.extraterritorial && law.court_review == CourtReview::None));
}

#[test]
fn limited_and_unclear_review_never_count_as_none() {
    assert_eq!(step("DE", "RU"), (Some(3), Reason::NoDecision, vec![]));
    assert_eq!(step("DE", "AE"), (Some(3), Reason::NoDecision, vec![Caveat::UnclearLaw]));
}

#[test]
fn a_decision_of_limited_scope_counts_where_it_covers_a_vendor() {
    assert_eq!(step("DE", "JP"), (Some(2), Reason::Adequacy, vec![Caveat::LimitedScope]));
    assert_eq!(step("DE", "IL"), (Some(2), Reason::Adequacy, vec![Caveat::LimitedScope]));
    assert_eq!(step("DE", "US"), (Some(3), Reason::NoDecision, vec![Caveat::ListedOnly]));
    assert_eq!(step("DE", "BR").0, Some(2));
    assert_eq!(step("NO", "BR"), (Some(3), Reason::NoDecision, vec![Caveat::NotForOrigin]));
}

#[test]
fn a_decision_counts_from_its_first_to_its_last_day() {
    let table = Jurisdictions::embedded();
    let uk = |on: &str| table.legal_distance("DE", "GB", day(on)).step;
    assert_eq!(
        (uk("2021-06-27"), uk("2021-06-28"), uk("2031-12-27"), uk("2031-12-28")),
        (Some(3), Some(2), Some(2), Some(3))
    );
}

#[test]
fn a_law_counts_from_its_first_day() {
    let table = Jurisdictions::embedded();
    let vietnam = |on: &str| table.legal_distance("DE", "VN", day(on)).step;
    assert_eq!((vietnam("2026-06-30"), vietnam("2026-07-01")), (Some(3), Some(4)));
}

#[test]
fn outside_of_the_area_the_decisions_say_nothing() {
    assert_eq!(step("KE", "DE").0, Some(3));
    assert!(step("KE", "GB").2.contains(&Caveat::OriginOutsideArea));
    assert_eq!(step("US", "CN"), (Some(4), Reason::CompelledWithoutCourt, vec![Caveat::OriginOutsideArea]));
}

#[test]
fn a_country_that_the_table_does_not_hold_has_no_step() {
    assert_eq!(step("DE", "MX"), (None, Reason::NotInTable, vec![]));
    assert_eq!(step("DE", "nonsense").0, None);
}

#[test]
fn the_farthest_of_several_counts() {
    let table = Jurisdictions::embedded();
    let farthest = |to: &[&str]| {
        let distance = table.farthest("DE", to.iter().copied(), today())?;
        Some((distance.country, distance.step, distance.caveats))
    };
    assert_eq!(farthest(&["NL", "CN", "GB"]), Some(("CN".into(), Some(4), vec![])));
    assert_eq!(farthest(&["DE", "MX"]), Some(("DE".into(), Some(0), vec![Caveat::OthersNotInTable])));
    assert_eq!(farthest(&["MX"]), Some(("MX".into(), None, vec![])));
    assert_eq!(farthest(&[]), None);
}

#[test]
fn a_lapsed_law_lingers_until_its_effect_ends() {
    let table = Jurisdictions::embedded();
    let fisa = |on: &str| {
        let laws = table.laws("US", day(on));
        laws.iter().find(|law| law.law.contains("702")).map(|law| law.standing(day(on)))
    };
    assert_eq!(fisa("2026-01-01"), Some(Standing::InForce));
    assert_eq!(fisa("2026-11-23"), Some(Standing::Lingering));
    assert_eq!(fisa("2027-03-31"), Some(Standing::Lingering));
    assert_eq!(fisa("2027-04-01"), None);
    assert!(table.laws("US", today()).iter().all(|law| !law.law.contains("PATRIOT")));
}

#[test]
fn reach_keeps_the_weakest_confidence_and_says_what_is_not_known() {
    let table = Jurisdictions::embedded();
    let tie = |kind, country: &str, links: &[Option<u8>]| Tie { kind, country: country.into(), links: links.to_vec() };
    let reach = table.reach(
        &[
            tie(ReachKind::ParentSeat, "CN", &[Some(1), Some(3), Some(2)]),
            tie(ReachKind::HostCountry, "CN", &[Some(1)]),
            tie(ReachKind::HostCountry, "DE", &[Some(1), None]),
            tie(ReachKind::SupportCountry, "MX", &[]),
            tie(ReachKind::Seat, "AD", &[]),
        ],
        today(),
    );
    let summary: Vec<_> = reach.iter().map(|reach| (reach.confidence, reach.known, reach.laws.len())).collect();
    assert_eq!(
        summary,
        [
            (Some(3), Known::LookedUp, 3),
            (Some(1), Known::LookedUp, 3),
            (None, Known::AreaOnly, 1),
            (None, Known::NotInTable, 0),
            (None, Known::NotLookedUp, 0),
        ]
    );
    let extents = |at: usize| reach[at].laws.iter().map(|reaching| reaching.extent).collect::<Vec<_>>();
    assert_eq!(extents(0), [Extent::Anywhere, Extent::HeldAtHome, Extent::HeldAtHome]);
    assert_eq!(extents(1), [Extent::Anywhere, Extent::InCountry, Extent::InCountry]);
}

#[test]
fn the_law_of_the_area_does_not_hold_where_a_state_stands_apart() {
    let table = Jurisdictions::embedded();
    assert_eq!(table.laws("DE", today()).len(), 1);
    assert_eq!(table.laws("DK", today()).len(), 0);
    assert_eq!(table.laws("DE", day("2026-08-17")).len(), 0);
}

fn fault(change: impl Fn(&str) -> String) -> String {
    Jurisdictions::parse(&change(EMBEDDED), "own.toml").unwrap_err().to_string()
}

/// The number of the line that holds `words`.
fn line(text: &str, words: &str) -> usize {
    text[..text.find(words).unwrap()].matches('\n').count() + 1
}

#[test]
fn a_faulty_table_is_refused_with_the_line_and_the_reason() {
    let wrong = EMBEDDED.replacen("court_review = \"none\"", "court_review = \"perhaps\"", 1);
    let at = line(&wrong, "\"perhaps\"");
    assert!(fault(|_| wrong.clone()).starts_with(&format!("own.toml:{at}: unknown variant `perhaps`")));
    let message = fault(|text| text.replacen("checked = \"2019-01\"", "checked = \"last year\"", 1));
    assert!(message.contains("a date is written"), "{message}");
    assert!(fault(|text| text.replace("iso2 = \"AT\"", "iso2 = \"BE\"")).contains("stands twice"));
    assert!(fault(|text| text.replace("iso2 = \"AT\"", "iso2 = \"Austria\"")).contains("two capital letters"));
    assert!(fault(|text| text.replace("iso2 = \"RU\"", "iso2 = \"RU\"\narea = \"EEA\"")).contains("does not list it"));
    assert!(fault(|text| text.replace("\"AT\", \"BE\"", "\"RU\", \"AT\", \"BE\"")).contains("member of EEA"));
    assert!(fault(|text| text.replacen("extraterritorial =", "extra =", 1)).contains("unknown field `extra`"));
}

#[test]
fn an_own_file_is_read_from_its_path() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("own.toml");
    std::fs::write(&path, EMBEDDED).unwrap();
    assert!(Jurisdictions::load(&path).is_ok());
    assert!(Jurisdictions::load(&folder.path().join("none.toml")).unwrap_err().to_string().contains("cannot be read"));
}
