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
