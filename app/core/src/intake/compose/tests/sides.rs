use super::*;

#[test]
fn an_unnamed_place_hides_its_bodies_and_keeps_its_vendor() {
    let answers = with(&[
        ("involvement.1.organisation", "Huawei"),
        ("involvement.1.role", "lead_partner"),
        ("involvement.2.organisation", "City of Duisburg"),
        ("involvement.2.role", "platform_operator"),
        ("involvement.3.organisation", "Stadtwerke Beispiel"),
        ("involvement.3.role", "cloud_host"),
        ("involvement.3.organisation.side", "public"),
        ("involvement.4.organisation", "New Vendor"),
        ("involvement.4.role", "reseller"),
        ("involvement.4.organisation.side", "vendor"),
        ("involvement.4.seat", "AT"),
        ("technology", "smart_light_pole"),
    ]);
    let made = compose_at(&answers, None).unwrap();
    let text = serde_json::to_string(&made.document).unwrap();
    assert!(text.contains("o_huawei") && text.contains(r#""body_type":"municipal_company""#), "{text}");
    assert!(!text.contains("duisburg") && !text.contains("Stadtwerke"), "{text}");
    let new: Vec<(&str, Option<&str>)> = made
        .organisations
        .iter()
        .map(|record| (record.name(), record.seat.as_ref().map(|seat| seat.as_str())))
        .collect();
    assert_eq!(new, [("New Vendor", Some("AT"))], "a body of the public side is not put on record");
    assert_eq!(made.document.title.text, "Germany, 500,000 to 1.5 million - Huawei, New Vendor - smart light pole");
    assert!(!marks("as the Stadtwerke Beispiel say", &made.giveaways).is_empty());
    compose_at(&answers, Some(Disclosure::Region)).unwrap();
}

#[test]
fn where_the_place_is_not_named_each_new_organisation_needs_a_side() {
    let pairs = [("involvement.1.organisation", "Stadtwerke Beispiel"), ("involvement.1.role", "cloud_host")];
    complains(&pairs, "involvement.1.organisation.side", "intake-which-side");
    let named = composed(&pairs);
    assert!(named.involvements[0].organisation.is_some());
}

// A company of the city may be on record as any company is, from a case that names its place.
#[test]
fn where_the_place_is_not_named_a_recorded_company_from_home_needs_a_side_too() {
    let pairs = [("involvement.1.organisation", "Beispielwerke"), ("involvement.1.role", "cloud_host")];
    complains(&pairs, "involvement.1.organisation.side", "intake-which-side");
    let [organisation, role] = pairs;
    let public = [organisation, role, ("involvement.1.organisation.side", "public")];
    let made = compose_at(&with(&public), None).unwrap();
    assert!(made.document.involvements[0].organisation.is_none());
    assert!(!marks("as the Beispielwerke say", &made.giveaways).is_empty());
}

#[test]
fn who_was_said_to_be_of_the_public_side_goes_on_record_as_such() {
    let answers = with(&[
        ("involvement.1.organisation", "Stadtwerke Beispiel"),
        ("involvement.1.role", "cloud_host"),
        ("involvement.1.organisation.side", "public"),
    ]);
    let made = compose_at(&answers, Some(Disclosure::Named)).unwrap();
    assert_eq!(made.organisations[0].kind, "state_company");
}

#[test]
fn bodies_of_the_place_are_marked_wherever_they_are_named_and_even_where_they_are_not() {
    let answers = with(&[
        ("storage_place", "city_data_centre"),
        ("storage_place.city_data_centre.operator", "Rechenzentrum Beispiel"),
    ]);
    let made = compose_at(&answers, None).unwrap();
    for text in ["The Rechenzentrum Beispiel has it.", "The DVV has it."] {
        assert!(!marks(text, &made.giveaways).is_empty(), "{text}");
    }
    let country =
        ["It lies in Germany.", "That is the German law.", "nach deutschem Recht", "See “www.office.example.de”."];
    for text in country {
        assert!(marks(text, &made.giveaways).is_empty(), "{text}");
    }
    let made = compose_at(&answers, Some(Disclosure::Region)).unwrap();
    for text in country {
        assert!(!marks(text, &made.giveaways).is_empty(), "{text}");
    }
    for text in ["That is the Dutch law.", "See www.office.example.nl."] {
        assert!(marks(text, &made.giveaways).is_empty(), "another country's: {text}");
    }
}
