use super::*;

fn first(name: &str) -> String {
    let gazetteer = Gazetteer::embedded();
    gazetteer.find(name, None).first().map(|city| format!("{} {}", city.name, city.country)).unwrap_or_default()
}

#[test]
fn the_whole_table_is_read() {
    let gazetteer = Gazetteer::embedded();
    assert_eq!(gazetteer.rows.len(), CITIES.lines().count() - 1);
    assert_eq!(gazetteer.countries.len(), COUNTRIES.lines().count() - 1);
    assert!(gazetteer.rows.iter().all(|row| gazetteer.city_at(row).is_some_and(|city| city.id == row.id)));
    assert!(gazetteer.rows.windows(2).all(|pair| pair[0].id < pair[1].id));
    assert!(!CITIES.contains("\"\"") && !COUNTRIES.contains("\"\""));
}

#[test]
fn every_city_lies_in_a_known_country() {
    let gazetteer = Gazetteer::embedded();
    for row in &gazetteer.rows {
        let city = gazetteer.city_at(row).unwrap();
        assert!(gazetteer.country(city.country).is_some(), "{}", city.name);
        assert_eq!((city.population, city.country.as_bytes()), (u64::from(row.population), &row.country[..]));
    }
}

#[test]
fn duisburg_is_found_by_its_name_and_by_others() {
    for name in ["Duisburg", "duisburg", " DUISBURG ", "Duisbourg", "duisbourg", "Duisburg, Germany", "Duisburg, DE"] {
        assert_eq!(first(name), "Duisburg DE", "{name}");
    }
    let city = Gazetteer::embedded().city(2_934_691).unwrap();
    assert_eq!((city.name, city.population, city.size_class()), ("Duisburg", 504_358, SizeClass::From500kTo1500k));
}

#[test]
fn umlauts_do_not_matter_however_they_are_written() {
    for name in ["Köln", "Koeln", "Koln", "Cologne", "KÖLN", "Ko\u{308}ln"] {
        assert_eq!(first(name), "Köln DE", "{name}");
    }
    for name in ["Düsseldorf", "Duesseldorf", "Dusseldorf"] {
        assert_eq!(first(name), "Düsseldorf DE", "{name}");
    }
    assert_eq!(first("Malmoe"), "Malmö SE");
    assert_eq!(first("The Hague"), "The Hague NL");
    assert_eq!(first("Den Haag"), "The Hague NL");
}

#[test]
fn punctuation_does_not_matter() {
    assert_eq!(first("Frankfurt-am-Main"), first("Frankfurt am Main"));
    assert_eq!(first("Xian"), first("Xi'an"));
    assert_eq!(first("Misato, Saitama"), "Misato, Saitama JP");
}

#[test]
fn several_springfields_are_offered_with_their_divisions_the_largest_first() {
    let gazetteer = Gazetteer::embedded();
    let found = gazetteer.find("Springfield", Some("US"));
    assert!(found.len() >= 8);
    assert!(found.windows(2).all(|pair| pair[0].name != pair[1].name || pair[0].population >= pair[1].population));
    assert_eq!(found[0].label(), "Springfield, Missouri");
    assert!(found.iter().all(|city| city.division.is_some()));
    let one = gazetteer.find("springfield, illinois", None);
    assert_eq!(one.iter().map(City::label).collect::<Vec<_>>(), ["Springfield, Illinois"]);
}

#[test]
fn the_spelling_asked_for_comes_before_the_larger_city() {
    assert_eq!(first("Münster"), "Münster DE");
    let gazetteer = Gazetteer::embedded();
    assert!(gazetteer.find("Munster", None).iter().any(|city| city.name == "Münster"));
    assert!(gazetteer.find("Paris", Some("fr")).iter().all(|city| city.country == "FR"));
}

#[test]
fn what_is_no_city_finds_nothing() {
    let gazetteer = Gazetteer::embedded();
    for name in ["", "   ", ",", "Nowhere at all", "---", "\u{0}"] {
        assert!(gazetteer.find(name, None).is_empty(), "{name}");
    }
    assert!(gazetteer.find("Duisburg", Some("FR")).is_empty());
    assert_eq!(gazetteer.city(1), None);
}

#[test]
fn cities_that_fit_are_counted_by_country_and_continent() {
    let gazetteer = Gazetteer::embedded();
    let class = SizeClass::From500kTo1500k;
    let german = gazetteer.count("DE", class);
    assert_eq!(german, gazetteer.cities("de", class).count());
    assert!((9..=14).contains(&german), "{german}");
    assert!(gazetteer.count_in_continent(Continent::Europe, class) > german);
    assert_eq!((gazetteer.count("XX", class), gazetteer.count("nonsense", class)), (0, 0));
    let known = gazetteer.rows.iter().filter(|row| row.population > 0).count();
    let counted: usize = SizeClass::ALL
        .into_iter()
        .flat_map(|class| Continent::ALL.map(|continent| gazetteer.count_in_continent(continent, class)))
        .sum();
    assert_eq!(counted, known);
}

#[test]
fn countries_are_sorted_by_name_and_found_by_code() {
    let gazetteer = Gazetteer::embedded();
    let germany = gazetteer.country("de").unwrap();
    assert_eq!((germany.iso3, germany.name, germany.continent), ("DEU", "Germany", Continent::Europe));
    let names: Vec<&str> = gazetteer.countries().iter().map(|country| country.name).collect();
    assert_eq!(names.first(), Some(&"Afghanistan"));
    assert!(names.contains(&"Bonaire, Saint Eustatius and Saba"));
    assert_eq!(Continent::from_code("EU").map(Continent::name), Some("Europe"));
}

#[test]
fn all_names_of_a_city_can_be_marked_in_a_text() {
    use crate::text::{Names, marks};
    let city = Gazetteer::embedded().find("Köln", Some("DE"))[0];
    let names = Names::new(city.names(), Vec::<&str>::new());
    for text in ["in Köln", "in Cologne", "in Keulen", "die Koelner Messe"] {
        assert_eq!(marks(text, &names).len(), 1, "{text}");
    }
}
