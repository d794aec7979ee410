//! Reading single values strictly: what is not understood is said, never guessed.

use url::Url;

use crate::{
    cases::document::{CountryCode, PrefixDate},
    currency,
    intake::problems::Fault,
    limits,
    places::Gazetteer,
    text::clean,
};

/// The years that a figure, a date or a price may lie in.
const YEARS: std::ops::RangeInclusive<i32> = 1800..=2100;

/// Words, cleaned; `None` where there are none.
pub(super) fn words(raw: &str, most: usize) -> Result<Option<String>, Fault> {
    let text = clean(raw);
    let length = text.chars().count();
    if length > most {
        return Err(Fault::new("intake-too-long").number("most", most).number("length", length));
    }
    Ok(Some(text).filter(|text| !text.is_empty()))
}

/// Words that stand in one line.
pub(super) fn line(raw: &str, most: usize) -> Result<Option<String>, Fault> {
    let text = words(raw, most)?;
    Ok(text.map(|text| text.split_whitespace().collect::<Vec<_>>().join(" ")))
}

/// A whole number of up to twelve digits, plain or grouped by threes: `504358`, `504,358`, `504.358`, `504 358`, `504'358`.
pub(super) fn count(raw: &str) -> Result<f64, Fault> {
    let fault = || Fault::new("intake-number");
    let digits = ungrouped(&clean(raw)).ok_or_else(fault)?;
    if digits.len() > 12 {
        return Err(fault());
    }
    digits.parse().map_err(|_| fault())
}

/// A sum: a whole number as in [`count`], or digits with a point and at most two decimals.
pub(super) fn sum(raw: &str) -> Result<f64, Fault> {
    let text = clean(raw);
    if let Some((whole, cents)) = text.rsplit_once('.')
        && (1..=2).contains(&cents.len())
        && cents.bytes().all(|b| b.is_ascii_digit())
    {
        let whole = count(whole).map_err(|_| Fault::new("intake-amount"))?;
        return format!("{whole}.{cents}").parse().map_err(|_| Fault::new("intake-amount"));
    }
    count(&text).map_err(|_| Fault::new("intake-amount"))
}

/// Digits without their marks of grouping, where those stand before each three digits and are all the same.
fn ungrouped(text: &str) -> Option<String> {
    let is_mark = |c: char| matches!(c, ',' | '.' | '\'' | '’' | ' ' | '\u{a0}' | '\u{202f}');
    let all_digits = |group: &str| !group.is_empty() && group.bytes().all(|b| b.is_ascii_digit());
    let Some(mark) = text.chars().find(|c| is_mark(*c)) else { return all_digits(text).then(|| text.to_owned()) };
    let mut groups = text.split(mark);
    let first = groups.next().filter(|first| all_digits(first) && first.len() <= 3)?;
    let mut digits = first.to_owned();
    for group in groups {
        if group.len() != 3 || !all_digits(group) {
            return None;
        }
        digits.push_str(group);
    }
    Some(digits)
}

/// A year of four digits.
pub(super) fn year(raw: &str) -> Result<i32, Fault> {
    let text = clean(raw);
    let digits = text.len() == 4 && text.bytes().all(|b| b.is_ascii_digit());
    text.parse().ok().filter(|year| digits && YEARS.contains(year)).ok_or_else(|| Fault::new("intake-year"))
}

/// A date as precise as it is known: `2018`, `2018-01`, `2018-01-17`.
pub(super) fn date(raw: &str) -> Result<PrefixDate, Fault> {
    let date: Result<PrefixDate, _> = clean(raw).parse();
    date.ok().filter(|date| YEARS.contains(&date.year())).ok_or_else(|| Fault::new("intake-date"))
}

/// Three letters of ISO 4217, small or great.
pub(super) fn currency(raw: &str) -> Result<String, Fault> {
    let text = clean(raw).to_ascii_uppercase();
    if currency::is_known(&text) { Ok(text) } else { Err(Fault::new("intake-currency")) }
}

/// A country of the gazetteer, by its two letters or its English name.
pub(super) fn country(raw: &str, gazetteer: &Gazetteer) -> Result<CountryCode, Fault> {
    let text = clean(raw);
    let found = gazetteer.country(&text).or_else(|| {
        let named = |country: &&crate::places::Country| country.name.eq_ignore_ascii_case(&text);
        gazetteer.countries().into_iter().find(named)
    });
    let code = found.and_then(|country| country.iso2.parse().ok());
    code.ok_or_else(|| Fault::new("intake-country").text("typed", text))
}

/// A web address, `http` or `https`, without user name or password.
pub(super) fn address(raw: &str) -> Result<Option<String>, Fault> {
    let Some(text) = words(raw, limits::ADDRESS)? else { return Ok(None) };
    let fault = || Fault::new("intake-address");
    let url = Url::parse(&text).map_err(|_| fault())?;
    let web = matches!(url.scheme(), "http" | "https") && url.host_str().is_some_and(|host| host.contains('.'));
    if !web || !url.username().is_empty() || url.password().is_some() {
        return Err(fault());
    }
    Ok(Some(url.into()))
}

/// A BCP 47 tag; English where nothing was chosen.
pub(super) fn language(raw: &str) -> Result<String, Fault> {
    let text = clean(raw);
    if text.is_empty() {
        return Ok("en".into());
    }
    let mut subtags = text.split('-');
    let primary = subtags.next().unwrap_or_default();
    let well_formed = (2..=3).contains(&primary.len())
        && primary.bytes().all(|b| b.is_ascii_lowercase())
        && subtags.all(|tag| (1..=8).contains(&tag.len()) && tag.bytes().all(|b| b.is_ascii_alphanumeric()));
    if well_formed && text.len() <= 35 { Ok(text) } else { Err(Fault::new("intake-language")) }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_are_read_plain_or_grouped_and_nothing_else() {
        for text in ["504358", "504,358", "504.358", "504 358", "504'358", " 504\u{202f}358 "] {
            assert_eq!(count(text), Ok(504_358.0), "{text}");
        }
        for text in ["", "-5", "5e3", "50,43", "5,04,358", "1.000,000", "about 500", "1234567890123", "٥٠٤", "1_000"]
        {
            assert!(count(text).is_err(), "{text}");
        }
    }

    #[test]
    fn sums_may_have_two_decimals() {
        assert_eq!((sum("1,200,000"), sum("99.50"), sum("1,200.5")), (Ok(1_200_000.0), Ok(99.5), Ok(1_200.5)));
        assert!(sum("99,50").is_err() && sum("1.2.3").is_err() && sum("free").is_err());
    }

    // R30: dates are as precise as they were given.
    #[test]
    fn dates_and_years_are_read_strictly() {
        assert_eq!(date(" 2018-01 ").unwrap().to_string(), "2018-01");
        for text in ["1/2/2018", "2018-13", "January 2018", "0018", "9999", ""] {
            assert!(date(text).is_err(), "{text}");
        }
        assert!(year("2019").is_ok() && year("19").is_err() && year("20190").is_err() && year("+201").is_err());
    }

    #[test]
    fn addresses_are_of_the_web_and_name_no_user() {
        assert_eq!(address("https://a.example/x y").unwrap().unwrap(), "https://a.example/x%20y");
        assert_eq!(address("  ").unwrap(), None);
        for text in
            ["a.example", "javascript:alert(1)", "file:///etc/passwd", "https://me:pw@a.example/", "https://localhost/"]
        {
            assert!(address(text).is_err(), "{text}");
        }
    }

    #[test]
    fn countries_languages_and_currencies_are_codes() {
        let gazetteer = Gazetteer::embedded();
        assert_eq!(country("de", &gazetteer).unwrap().as_str(), "DE");
        assert_eq!(country("germany", &gazetteer).unwrap().as_str(), "DE");
        assert!(country("Atlantis", &gazetteer).is_err());
        assert_eq!(
            (currency("eur"), language(""), language("zh-Hans")),
            (Ok("EUR".into()), Ok("en".into()), Ok("zh-Hans".into()))
        );
        assert!(
            currency("€").is_err()
                && currency("xyz").is_err()
                && language("german").is_err()
                && language("<b>").is_err()
        );
    }
}
