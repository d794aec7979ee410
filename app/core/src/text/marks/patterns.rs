//! What can be told by its form alone.

use std::sync::LazyLock;

use regex::Regex;

use super::{Mark, MarkKind};

const GAP: &str = r"(?:[ \t\u{a0}\u{202f}]{1,2}|\n)";

/// Month names and their short forms in English, German, Dutch, French, Spanish, Italian and Portuguese.
const MONTH: &str = r"(?:jan(?:uary|uari|uar|vier)?|jänner|gennaio|enero|janeiro|feb(?:ruary|ruari|ruar|braio|rero)?|février|fevereiro|mar(?:ch|s|zo)?|märz|maart|março|apr(?:ile|il)?|avril|abril|may|mai|mei|mayo|maggio|maio|june?|juni|juin|junio|giugno|junho|july?|juli|juillet|julio|luglio|julho|aug(?:ustus|ust)?|août|agosto|sept?(?:ember|embre|iembre)?|settembre|setembro|oct(?:ober|obre|ubre)?|okt(?:ober)?|ottobre|outubro|nov(?:ember|embre|iembre|embro)?|de[cz](?:ember|embro)?|décembre|diciembre|dicembre)";

const NUMBER: &str = r"(?:\d{1,3}(?:[.,'’ \u{a0}\u{202f}]\d{3})+(?:[.,]\d{1,2})?|\d+(?:[.,]\d+)?)";
const MAGNITUDE: &str = r"(?:thousand|million(?:s|en)?|milliard(?:s|en)?|billion(?:s|en)?|trillion|miljoen|miljard|millones|milioni|milhões|mio\.?|mrd\.?|mln\.?|mld\.?|tsd\.?|bn|tn|[km])";
const CURRENCY: &str = r"(?:€|\$|£|¥|₹|₽|₺|zł|(?:EUR|USD|GBP|CHF|CNY|RMB|JPY|SEK|NOK|DKK|PLN|CZK|HUF|INR|BRL|TRY|RUB|CAD|AUD|SGD|HKD|KRW|ZAR|euros?|dollars?|pounds?|francs?|franken|yuan|renminbi|yen|rupees?|kronor|kroner|rand)\b)";

const PARTICLE: &str = r"(?:von|vom|van|der|den|de|du|di|da|del|della|la|le|zu|zur|ten|ter|bin|al)";
const NAME: &str = r"(?:\p{Lu}\.|\p{Lu}[\p{L}\p{M}'’]+(?:-\p{Lu}[\p{L}\p{M}'’]+)*)";

/// Looks at what was found more closely, and at the text before it; returns how many bytes of it are marked.
type Check = fn(before: &str, found: &str) -> Option<usize>;

struct Pattern {
    kind: MarkKind,
    regex: Regex,
    check: Check,
}

static PATTERNS: LazyLock<Vec<Pattern>> = LazyLock::new(|| {
    let sources: [(MarkKind, String, Check); 15] = [
        (MarkKind::Email, r"[\p{L}\p{N}._%+-]+@(?:[\p{L}\p{N}-]+\.)+\p{L}{2,}".into(), whole),
        (MarkKind::Email, r"(?i)[\p{L}\p{N}._%+-]+ ?[(\[{] ?at ?[)\]}] ?[\p{L}\p{N}.-]+(?: ?[(\[{] ?(?:dot|punkt) ?[)\]}] ?\p{L}{2,})*".into(), whole),
        (MarkKind::UserUrl, r#"(?i)(?:\b(?:https?|ftps?|ssh|sftp)://|\bwww\.|\b(?:[a-z0-9-]+\.)?(?:linkedin|xing|facebook|instagram|twitter|x|tiktok|github|gitlab|bsky|t|threads)\.(?:com|app|me|net)/)[^\s<>"]+"#.into(), names_a_user),
        (MarkKind::Path, r#"(?i)(?:\b[a-z]:\\|\\\\[\p{L}\p{N}._-]+\\|\bfile://|~/|/(?:home|users|root|var|mnt|media|tmp|etc|srv|opt|volumes|private)/)[^\s<>"|?*]+"#.into(), path),
        (MarkKind::Iban, r"(?i)\b[a-z]{2}\d{2}(?: ?[a-z0-9]){11,32}\b".into(), iban),
        (MarkKind::Date, dates(), whole),
        (MarkKind::Date, parts_of_years(), part_of_a_year),
        (MarkKind::Amount, format!(r"(?i)(?:\b(?:US|A|C|HK|R))?{CURRENCY}{GAP}?{NUMBER}(?:{GAP}?{MAGNITUDE}\b)?"), whole),
        (MarkKind::Amount, format!(r"(?i)\b{NUMBER}(?:{GAP}?{MAGNITUDE})?{GAP}?(?:US-?|U\.S\. )?{CURRENCY}"), whole),
        (MarkKind::Amount, r"\d+(?:[.,]\d+)*\s?[百千万亿億萬]{0,3}\s?(?:元|欧元|美元|人民币|円|원)".into(), whole),
        (MarkKind::Phone, r"(?:\+|\(0|0)\d{1,5}\)?(?:[ \t\u{a0}./()–-]{0,3}\d){4,14}".into(), phone),
        (MarkKind::Phone, r"\(?\b\d{3}\)?[ .-]\d{3}[ .-]\d{4}\b".into(), phone),
        (MarkKind::Person, persons(), whole),
        (MarkKind::Person, signatures(), whole),
        (MarkKind::Person, format!(r"\b(?:\p{{Lu}}\.[ \u{{a0}}]?){{1,3}}(?:{PARTICLE} ){{0,2}}\p{{Lu}}[\p{{Ll}}\p{{M}}'’-]{{2,}}"), initials),
    ];
    let compiled = sources.into_iter().map(|(kind, source, check)| {
        #[expect(clippy::expect_used, reason = "constant patterns, compiled by every test of this module")]
        let regex = Regex::new(&source).expect("a constant pattern");
        Pattern { kind, regex, check }
    });
    compiled.collect()
});

static HANDLE: LazyLock<Regex> = LazyLock::new(|| {
    #[expect(clippy::expect_used, reason = "a constant pattern, compiled by every test of this module")]
    Regex::new(r"@[\p{L}_][\p{L}\p{M}\p{N}_]{2,}").expect("a constant pattern")
});

/// Names of users as social networks have them, `@anna_meyer`: what else is marked there goes before them.
pub(super) fn handles(text: &str) -> impl Iterator<Item = Mark> {
    let stands_apart = move |start: usize| {
        let before = text.get(..start).and_then(|before| before.chars().next_back());
        before.is_none_or(|c| !c.is_alphanumeric() && !r"./\_-%+=@".contains(c))
    };
    let hits = HANDLE.find_iter(text).filter(move |hit| stands_apart(hit.start()));
    hits.map(|hit| Mark { start: hit.start(), end: hit.end(), kind: MarkKind::UserUrl })
}

fn dates() -> String {
    let day = r"(?:0?[1-9]|[12]\d|3[01])";
    let month = r"(?:0?[1-9]|1[0-2])";
    let year = r"(?:19|20)\d{2}";
    format!(
        r"(?i)\b{year}-(?:0[1-9]|1[0-2])(?:-(?:0[1-9]|[12]\d|3[01]))?\b|\b{day}[./-]{month}[./-](?:{year}|\d{{2}})\b|\b{month}/{day}/(?:{year}|\d{{2}})\b|\b{day}(?:st|nd|rd|th|er|º|\.)?{GAP}(?:of |de )?{MONTH}\b\.?(?:,?{GAP}(?:de )?{year}\b)?|\b{MONTH}\.?{GAP}{day}(?:st|nd|rd|th)?\b(?:,?{GAP}{year}\b)?|\b{MONTH}\.?{GAP}(?:de )?{year}\b|{year}\s?年\s?\d{{1,2}}\s?月(?:\s?\d{{1,2}}\s?日)?"
    )
}

/// A quarter, half, season or week of a year, before it or behind it.
fn parts_of_years() -> String {
    let ordinal = r"(?:[1-4](?:st|nd|rd|th|\.|er|re|e|[eè]me|º|°|ª)?|(?:i{1,3}|iv)\.?)\s?";
    let word = r"(?:first|second|third|fourth|last|(?:erste|zweite|dritte|vierte|letzte)[mnrs]?|premi(?:er|ère)|deuxième|seconde|troisième|quatrième|derni(?:er|ère)|primera?|segund[ao]|tercer|cuarto|último|prim[ao]|second[ao]|terzo|quarto|ultimo|primeir[ao]|terceiro|eerste|tweede|derde|vierde|laatste|(?:pierwsz|drugi|trzeci|czwart)\p{L}{0,3})\s";
    let part = r"(?:quarter|half(?:-year)?|quartals?|halbjahre?s?|(?:jahres)?hälfte|trimestre|semestre|moitié|mitad|metà|metade|kwartaal|halfjaar|helft|kwarta\p{L}+|półrocz\p{L}+)";
    let behind = r"(?:quarter|quartal|trimestre|semestre|halbjahr|kwartaal|kwarta\p{L}+)\s(?:[1-4]|i{1,3}|iv)";
    let season = r"(?:spring|summer|autumn|fall|winter|frühjahr|frühling|sommer|herbst|printemps|été|automne|hiver|primavera|verano|verão|otoño|outono|estate|autunno|invierno|inverno|voorjaar|lente|zomer|najaar|herfst|wiosn\p{L}|lato|latem|lecie|jesieni\p{L}?|zim[aąęy])";
    let week = r"(?:(?:KW|(?:calendar )?week|semaine|semana|settimana|kalenderwoche)\s?\d{1,2}|\d{1,2}\.\s?(?:KW|kalenderwoche)|W\d{2})";
    let between = r"(?:\s(?:of|of the year|in|in the year|des jahres|im jahre?|de|de l['’]année|del|dell['’]anno|di|do|van|w|w roku))?(?:\s?[/,–-]\s?|\s{1,2})";
    let short = r"(?:Q[1-4]|[1-4]Q|H[12]|W\d{2}|KW\s?\d{1,2})";
    let year = r"(?:19|20)\d{2}";
    format!(
        r"(?i)\b(?:(?:Q[1-4]|[1-4]Q|H[12]|{ordinal}{part}|{word}{part}|{behind}|{season}|{week}){between}{year}|{year}(?:\s?[/–-]\s?|,?\s|\s?\()?{short}|{year}[\s-](?:spring|summer|autumn|winter)|the\s{year}\sfall|Q[1-4]\s?[/'’]\s?\d{{2}}|{season}\s['’]\d{{2}})\b"
    )
}

/// Whether it is a part of a year, rather than a "real estate 2018" or prices that "fall in 2018".
fn part_of_a_year(before: &str, found: &str) -> Option<usize> {
    const ESTATES: [&str; 14] = [
        "real",
        "the",
        "an",
        "this",
        "that",
        "our",
        "their",
        "its",
        "housing",
        "council",
        "industrial",
        "trading",
        "business",
        "whole",
    ];
    let small = found.to_lowercase();
    let last = before.split_whitespace().next_back().unwrap_or_default().to_lowercase();
    let other = small.starts_with("fall in") || small.starts_with("estate") && ESTATES.contains(&last.as_str());
    (!other).then_some(found.len())
}

fn persons() -> String {
    let title = r"(?:Mr|Mrs|Ms|Mx|Miss|Mister|Dr|Prof|Professor|Sir|Dame|Lord|Lady|Herrn?|Frau|Hr|Fr|Dipl\.-Ing|Ing|Monsieur|Madame|Mme|M|Mevrouw|Meneer|Dhr|Mevr|Mw|Señora?|Sra?|Signora?|Sig)\.?";
    let office = r"(?i:(?:deputy |vice |lord )?mayor(?:ess)?|councill?or|council(?:man|woman)|alder(?:man|woman)|wethouder|burgemeester|maire|alcalde(?:sa)?|sindac[oa]|my (?:boss|colleague|manager|superior|supervisor|predecessor|successor)|mein(?:e|em|en|er)? (?:chefin|chef|kollegin|kollegen?|vorgesetzter?)|my name is|mein name ist|ich heiße|je m'appelle)";
    let german = r"(?:(?:Ober)?[Bb]ürgermeister(?:in|s)?|Ratsherrn?|Ratsfrau|Stadtr(?:at|ätin)|Dezernent(?:in)?|Beigeordnete[rn]?|(?:Amts|Abteilungs|Referats)leiter(?:in)?|Geschäftsführer(?:in)?)";
    let name = format!(r"{GAP}(?:{PARTICLE}{GAP}){{0,2}}{NAME}");
    let titles = format!(r"(?:{GAP}(?:Dr|Prof|med|jur|phil|rer|nat|Ing|h\.c)\.?){{0,4}}");
    format!(
        r"\b(?:{title}{titles}(?:{name}){{1,3}}|{office}{titles}(?:{name}){{1,3}}|{german}{titles}(?:{name}){{2,3}})"
    )
}

/// A farewell with the name under it.
fn signatures() -> String {
    let farewell = r"(?:(?:(?:kind|best|warm) )?regards|(?:yours )?sincerely(?: yours)?|yours (?:truly|faithfully)|mit freundlichen grüßen|(?:viele|beste|liebe) grüße|met vriendelijke groet(?:en)?|cordialement|saludos cordiales|cordiali saluti)";
    format!(r"(?i:\b{farewell})[,.]?\s{{1,3}}{NAME}(?:{GAP}(?:{PARTICLE}{GAP}){{0,2}}{NAME}){{0,2}}")
}

/// Every mark that the patterns find; they may overlap.
pub(super) fn find(text: &str) -> Vec<Mark> {
    let mut found = Vec::new();
    for pattern in PATTERNS.iter() {
        for hit in pattern.regex.find_iter(text) {
            if let Some(length) = (pattern.check)(&text[..hit.start()], hit.as_str()) {
                found.push(Mark { start: hit.start(), end: hit.start() + length, kind: pattern.kind });
            }
        }
    }
    found
}

fn whole(_before: &str, found: &str) -> Option<usize> {
    Some(found.len())
}

/// Whether initials stand before a surname, rather than the end of an abbreviation.
fn initials(before: &str, found: &str) -> Option<usize> {
    let apart = before.chars().next_back().is_none_or(|c| !c.is_alphanumeric() && c != '.' && c != '-');
    let country = ["U.S.", "U.K.", "U.N.", "E.U."].iter().any(|country| found.starts_with(country));
    (apart && !country).then_some(found.len())
}

/// Leaves out the punctuation of the sentence that follows an address.
fn trimmed(_before: &str, found: &str) -> Option<usize> {
    Some(found.trim_end_matches(['.', ',', ';', ':', '!', '?', ')', ']', '}', '\'', '*', '_']).len())
}

/// Whether it begins a path, rather than being the middle of a web address.
fn path(before: &str, found: &str) -> Option<usize> {
    let inside = before.ends_with(|c: char| c.is_alphanumeric() || matches!(c, '.' | '/' | '-' | '_' | '~' | '%'));
    if inside && found.starts_with(['/', '~']) { None } else { trimmed(before, found) }
}

/// Whether a web address names somebody: user information, a profile, an account on a social network.
fn names_a_user(before: &str, found: &str) -> Option<usize> {
    const SOCIAL: [&str; 13] = [
        "linkedin.",
        "xing.",
        "facebook.",
        "instagram.",
        "twitter.",
        "x.com",
        "tiktok.",
        "github.com",
        "gitlab.com",
        "bsky.",
        "t.me",
        "threads.",
        "mastodon.",
    ];
    const PROFILES: [&str; 12] = [
        "in", "u", "user", "users", "profile", "profiles", "people", "person", "author", "authors", "member", "members",
    ];
    let length = trimmed(before, found)?;
    let address = found[..length].to_lowercase();
    let address = address.split_once("://").map_or(address.as_str(), |(_, rest)| rest);
    let (authority, path) = address.split_at(address.find(['/', '?', '#']).unwrap_or(address.len()));
    let host = authority.strip_prefix("www.").unwrap_or(authority);
    let segments: Vec<&str> = path.split(['/', '?', '#', '&']).filter(|part| !part.is_empty()).collect();
    let follows = |word: &&str| PROFILES.contains(word);
    let named = authority.contains('@')
        || (!segments.is_empty()
            && SOCIAL.iter().any(|site| host.starts_with(site) || host.contains(&format!(".{site}"))))
        || segments
            .iter()
            .any(|part| part.starts_with('~') && part.len() > 1 || part.starts_with('@') && part.len() > 1)
        || segments.split_last().is_some_and(|(_, before_last)| before_last.iter().any(follows))
        || segments
            .iter()
            .any(|part| ["user=", "username=", "author=", "login=", "email="].iter().any(|key| part.starts_with(key)));
    named.then_some(length)
}

/// Whether a number is long enough for a telephone, and stands for itself.
fn phone(before: &str, found: &str) -> Option<usize> {
    let digits = found.bytes().filter(u8::is_ascii_digit).count();
    let apart = before.chars().next_back().is_none_or(|c| !c.is_alphanumeric() && !matches!(c, '.' | ',' | '-' | '/'));
    let decimal = found
        .strip_prefix("0.")
        .or(found.strip_prefix("0,"))
        .is_some_and(|rest| rest.bytes().all(|b| b.is_ascii_digit()));
    (apart && !decimal && (7..=15).contains(&digits)).then_some(found.len())
}

/// The longest beginning whose checksum is right (ISO 7064, modulo 97), with the country's letters and the check digits at the end.
fn iban(_before: &str, found: &str) -> Option<usize> {
    let characters: Vec<(usize, u8)> = found.bytes().enumerate().filter(|(_, b)| b.is_ascii_alphanumeric()).collect();
    let (head, body) = characters.split_at_checked(4)?;
    let ends_a_group = |at: usize| found.as_bytes().get(at + 1).is_none_or(|b| !b.is_ascii_alphanumeric());
    let mut remainder = 0;
    let mut length = None;
    for (count, (at, byte)) in body.iter().take(30).enumerate() {
        remainder = append(remainder, *byte);
        let whole = head.iter().fold(remainder, |sum, (_, byte)| append(sum, *byte));
        if whole == 1 && count >= 10 && ends_a_group(*at) {
            length = Some(at + 1);
        }
    }
    length
}

/// Appends a digit, or a letter as its two digits (A = 10), to a number modulo 97.
fn append(remainder: u32, byte: u8) -> u32 {
    match byte {
        b'0'..=b'9' => (remainder * 10 + u32::from(byte - b'0')) % 97,
        letter => (remainder * 100 + u32::from(letter.to_ascii_uppercase() - b'A') + 10) % 97,
    }
}
