use super::*;

fn found<'t>(text: &'t str, countries: &[&str]) -> Vec<&'t str> {
    let spans = CountryWords::embedded().find(text, |country| countries.contains(&country));
    spans.into_iter().map(|span| &text[span]).collect()
}

#[test]
fn a_country_is_found_in_the_languages_of_accounts() {
    for (text, country, words) in [
        ("It was in the Netherlands.", "NL", "the Netherlands"),
        ("Under Dutch law", "NL", "Dutch"),
        ("das niederländische Recht", "NL", "niederländische"),
        ("aux Pays-Bas", "NL", "Pays-Bas"),
        ("in Deutschland", "DE", "Deutschland"),
        ("The German law says so", "DE", "German"),
        ("nach deutschem Recht", "DE", "deutschem"),
        ("la ley española", "ES", "española"),
        ("the U.K. government", "GB", "U.K"),
        ("als we in België waren", "BE", "België"),
        ("en Co\u{302}te d’Ivoire", "CI", "Co\u{302}te d’Ivoire"),
        ("ustawa polska", "PL", "polska"),
        ("everybody in germany knew", "DE", "germany"),
        ("The law in germany and in italy", "DE", "germany"),
        ("we Włoszech i w Wielkiej Brytanii", "GB", "Wielkiej Brytanii"),
    ] {
        assert_eq!(found(text, &[country]), [words], "{text}");
    }
}

#[test]
fn a_name_is_found_with_an_s_behind_it_as_it_must_be_written() {
    for (text, country, words) in [
        ("Deutschlands Städte", "DE", "Deutschlands"),
        ("die Bürger O\u{308}sterreichs", "AT", "O\u{308}sterreichs"),
        ("FRANKREICHS RECHT", "FR", "FRANKREICHS"),
        ("die Hauptstadt Polens", "PL", "Polens"),
        ("as most canadians do", "CA", "canadians"),
        ("in the eyes of Austrians", "AT", "Austrians"),
        ("empresas chinas", "CN", "chinas"),
        ("im Lande Nordrhein-Westfalens", "DE", "Westfalens"),
        ("Perus Hauptstadt", "PE", "Perus"),
        ("die Regierung Kubas", "CU", "Kubas"),
        ("im Norden Malis", "ML", "Malis"),
        ("die Küste Omans", "OM", "Omans"),
        ("Togos Häfen", "TG", "Togos"),
        ("die Küste Uruguays", "UY", "Uruguays"),
        ("Paraguays Flüsse", "PY", "Paraguays"),
        ("der Norden Iraks", "IQ", "Iraks"),
        ("die Städte Irans", "IR", "Irans"),
        ("der Gouverneur Utahs", "US", "Utahs"),
    ] {
        assert_eq!(found(text, &[country]), [words], "{text}");
    }
    for (text, country) in [
        ("Turkeys and turkeys were sold", "TR"),
        ("Jerseys for the team, jerseys", "JE"),
        ("Die polens von indiens", "PL"),
        ("He hung chads. Chads", "TD"),
        ("Réunions du conseil", "RE"),
        ("Indies and their games", "IN"),
        ("Servies voor de kantine", "RS"),
        ("Chins up", "CN"),
        ("Las cubas de vino. Cubas", "CU"),
        ("Os perus da granja", "PE"),
        ("usas or USAs", "US"),
    ] {
        assert_eq!(found(text, &[country]), Vec::<&str>::new(), "{text}");
    }
}

#[test]
fn peoples_cases_and_regions_are_found() {
    for (text, country, words) in [
        ("Die Niederländerinnen klagten", "NL", "Niederländerinnen"),
        ("wie es Franzosen tun", "FR", "Franzosen"),
        ("bei den Dänen", "DK", "Dänen"),
        ("wat Duitsers doen", "DE", "Duitsers"),
        ("jak u Niemców", "DE", "Niemców"),
        ("we Francji i z Francją", "FR", "Francji"),
        ("prawo Holendrów", "NL", "Holendrów"),
        ("z Wielką Brytanią", "GB", "Wielką Brytanią"),
        ("los neerlandeses", "NL", "neerlandeses"),
        ("le imprese ceche e i cechi", "CZ", "cechi"),
        ("le leggi della Cina", "CN", "Cina"),
        ("en EE.UU. y en la EUA", "US", "EE.UU"),
        ("nos E.U.A.", "US", "E.U.A"),
        ("the state of New South Wales", "AU", "New South Wales"),
        ("im Kanton", "CH", "Kanton"),
        ("w województwie", "PL", "województwie"),
        ("nella Regione Marche", "IT", "Regione Marche"),
        ("no Rio Grande do Sul", "BR", "Rio Grande do Sul"),
    ] {
        assert_eq!(found(text, &[country]).first(), Some(&words), "{text}");
    }
}

#[test]
fn ordinary_words_that_are_nearly_a_people_are_not_found() {
    for (text, country) in [
        ("Inderdaad, zo was het", "IN"),
        ("Sodann beschloss der Rat", "SD"),
        ("Der Austritt und Austritte", "AT"),
        ("Los albañiles", "AL"),
        ("Jako cechę podano", "CZ"),
        ("Danie główne. Danina", "DK"),
        ("Denen war es gleich", "DK"),
        ("El daño es dañino", "DK"),
        ("Połączone systemy na polach", "PL"),
        ("De auto wegrijdt", "HU"),
        ("Unter extremen Kosten", "ES"),
        ("Estén atentos. Esten", "EE"),
        ("Letten op. Letten", "LV"),
        ("Lets go. Fins", "FI"),
        ("The islanders came", "IS"),
        ("La montaña. Montaña", "US"),
        ("Irá e irão. Irão", "IR"),
        ("Namen und Anhalt, Baden und Franken", "DE"),
        ("Le marché. Marché public. Les marches", "IT"),
        ("Para o Pará. Acre", "BR"),
        ("un vendeur sud-américain, des Latino-Américains", "US"),
        ("In New South Wales", "GB"),
    ] {
        assert_eq!(found(text, &[country]), Vec::<&str>::new(), "{text}");
    }
    assert_eq!(found("A Parisian in Paraná", &["BR"]), ["Paraná"]);
}

#[test]
fn other_countries_and_ordinary_words_are_not_found() {
    for (text, country) in [
        ("a Chinese vendor", "DE"),
        ("They wanted to polish it.", "PL"),
        ("He told us so.", "US"),
        ("Let us see", "US"),
        ("The Poles of the lamps", "DE"),
        ("spanning all", "ES"),
        ("the franchise of a dentist", "FR"),
        ("Poles with lamps. Smart Light Poles", "PL"),
        ("a suicide, and a roman novel", "CH"),
        ("a romantic, roman novel", "RO"),
        ("in New Jersey", "JE"),
        ("It was in North America and for South Americans", "US"),
        ("La réunion du conseil", "RE"),
        ("Aby połączyć dane", "PL"),
        ("Dane są w chmurze", "DK"),
    ] {
        assert_eq!(found(text, &[country]), Vec::<&str>::new(), "{text}");
    }
    assert_eq!(found("He told the US so.", &["US"]), ["US"]);
}

#[test]
fn the_table_has_words_for_every_country_of_the_gazetteer_and_for_no_other() {
    let gazetteer = Gazetteer::embedded();
    for line in TABLE.lines().skip(1) {
        let (country, words) = line.split_once(',').unwrap();
        assert!(gazetteer.country(country).is_some(), "{line}");
        for word in words.split('|') {
            let bare = word.strip_suffix('*').unwrap_or(word);
            assert!(!fold_name(bare).is_empty() && !bare.contains('*'), "{country}: {word}");
            assert!(bare == word || words_of(bare).len() == 1, "{country}: {word}");
            assert!(!found(bare, &[country]).is_empty(), "{country}: {word}");
        }
    }
    for country in gazetteer.countries() {
        assert!(!found(country.name, &[country.iso2]).is_empty(), "{}", country.name);
    }
}
