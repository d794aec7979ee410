//! Where languages are at home. A language that is at home in one small country tells the country where only the continent is public.

/// The countries in which a language is official or that of most, by the first part of its BCP 47 tag. English is at home everywhere a report is
/// written, and languages that do not stand here are not counted.
const HOME: [(&str, &str); 51] = [
    ("ar", "DZ BH EG IQ JO KW LB LY MA MR OM PS QA SA SD SY TN AE YE TD DJ SO"),
    ("az", "AZ"),
    ("be", "BY"),
    ("bg", "BG"),
    ("bs", "BA"),
    ("ca", "ES AD"),
    ("cs", "CZ"),
    ("da", "DK GL"),
    ("de", "DE AT CH LI LU BE"),
    ("el", "GR CY"),
    ("es", "ES MX GT HN SV NI CR PA CU DO PR CO VE EC PE BO CL AR UY PY GQ"),
    ("et", "EE"),
    ("eu", "ES FR"),
    ("fa", "IR AF TJ"),
    ("fi", "FI"),
    ("fr", "FR BE CH LU MC CA HT CD CG CI SN ML BF NE TG BJ GN GA CM TD CF DJ KM MG RW BI NC PF RE GP MQ GF"),
    ("ga", "IE"),
    ("he", "IL"),
    ("hr", "HR BA"),
    ("hu", "HU"),
    ("hy", "AM"),
    ("id", "ID"),
    ("is", "IS"),
    ("it", "IT CH SM VA"),
    ("ja", "JP"),
    ("ka", "GE"),
    ("ko", "KR KP"),
    ("lt", "LT"),
    ("lv", "LV"),
    ("mk", "MK"),
    ("ms", "MY BN SG"),
    ("mt", "MT"),
    ("nb", "NO"),
    ("nl", "NL BE SR AW CW"),
    ("nn", "NO"),
    ("no", "NO"),
    ("pl", "PL"),
    ("pt", "PT BR AO MZ CV GW ST TL MO"),
    ("ro", "RO MD"),
    ("ru", "RU BY KZ KG"),
    ("sk", "SK"),
    ("sl", "SI"),
    ("sq", "AL XK MK"),
    ("sr", "RS BA ME XK"),
    ("sv", "SE FI AX"),
    ("th", "TH"),
    ("tr", "TR CY"),
    ("uk", "UA"),
    ("ur", "PK IN"),
    ("vi", "VN"),
    ("zh", "CN TW HK MO SG"),
];

/// The countries of a language, with spaces between; `None` where they are not known or too many.
pub(super) fn countries(tag: &str) -> Option<&'static str> {
    let language = tag.split(['-', '_']).next()?.to_ascii_lowercase();
    HOME.iter().find(|(code, _)| *code == language).map(|(_, countries)| *countries)
}
