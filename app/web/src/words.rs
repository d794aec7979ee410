//! What the core leaves typed, put into words: dates as entered, figures, waits, standing.

use casebook_core::{
    cases::{
        document::{Amount, Band, Confidence, DateQualifier, Number, PrefixDate, Side, Status, Translation, When},
        view::{Qualified, Retired, Shown, Wait},
    },
    intake::{Advice, Crowd},
};

use crate::kit::{Language, Message, messages};

/// A date as it was entered, never padded to a day (row R30).
pub(crate) fn when(when: &When, language: Language) -> String {
    match when {
        When::Entered { value, qualifier: DateQualifier::Exact } => value.to_string(),
        When::Entered { value, qualifier } => {
            let key = format!("case-date-{}", qualifier.code());
            Message::new(key).with("date", value.to_string()).text(language)
        }
        When::Between { from, to } if from == to => from.to_string(),
        When::Between { from, to } => {
            let (from, to) = (from.to_string(), to.to_string());
            Message::new("case-date-between").with("from", from).with("to", to).text(language)
        }
    }
}

/// When an answer was contested: on a day, in a month or a year. A date that says "about" or "before", and an interval, speak for themselves.
pub(crate) fn contested(date: &When, language: Language) -> String {
    let key = match date {
        When::Entered { value: PrefixDate::Day(_), qualifier: DateQualifier::Exact } => "case-contested-on",
        When::Entered { qualifier: DateQualifier::Exact, .. } => "case-contested-in",
        When::Between { from, to } if from == to => "case-contested-in",
        _ => return when(date, language),
    };
    Message::new(key).with("date", when(date, language)).text(language)
}

/// A value or qualifier.
pub(crate) fn shown(value: &Shown, language: Language) -> String {
    match value {
        Shown::Words(words) => words.clone(),
        Shown::Number(Number { number, year: None }) => figure(*number),
        Shown::Number(Number { number, year: Some(year) }) => in_year(&figure(*number), &year.to_string(), language),
        Shown::Amount(amount) => sum(amount, language),
        Shown::Band(Band { min, max, currency }) => Message::new("case-band")
            .with("min", figure(*min))
            .with("max", figure(*max))
            .with("currency", currency)
            .text(language),
        Shown::Date(date) => when(date, language),
        Shown::Side(Side::Inside) => messages::text(language, "case-side-inside"),
        Shown::Side(Side::Outside) => messages::text(language, "case-side-outside"),
        Shown::Organisation { name, .. } => name.clone(),
    }
}

/// How many cities fit what readers would learn of a place, and the advice where they are few (row S13).
pub(crate) fn crowd(crowd: &Crowd, language: Language) -> Vec<String> {
    let (fit, few) = match crowd.class {
        Some(_) => ("intake-crowd", "intake-crowd-advice"),
        None => ("intake-crowd-any-size", "intake-crowd-any-size-advice"),
    };
    let fit = Message::new(fit).with("n", crowd.cities).with("where", &crowd.whereabouts).text(language);
    let advice = crowd.advice.map(|why| match why {
        Advice::FewCities => messages::text(language, few),
        Advice::CityState => messages::text(language, "intake-crowd-city-state"),
    });
    [fit].into_iter().chain(advice).collect()
}

/// That a field or a code is offered no more, and what took its place.
pub(crate) fn retired(ended: &Retired, language: Language) -> String {
    if ended.now.is_empty() {
        return messages::text(language, "case-ended");
    }
    Message::new("case-ended-now").with("now", ended.now.join(", ")).text(language)
}

/// A qualifier with its name.
pub(crate) fn qualified(qualifier: &Qualified, language: Language) -> String {
    let value = shown(&qualifier.value, language);
    let value = match &qualifier.retired {
        Some(ended) => Message::new("case-qualified-retired")
            .with("value", value)
            .with("ended", retired(ended, language))
            .text(language),
        None => value,
    };
    Message::new("case-qualified").with("label", &qualifier.label).with("value", value).text(language)
}

fn sum(amount: &Amount, language: Language) -> String {
    let Amount { amount, currency, year, covers } = amount;
    let plain = format!("{} {currency}", figure(*amount));
    let dated = year.map_or_else(|| plain.clone(), |year| in_year(&plain, &year.to_string(), language));
    match covers {
        Some(covers) => Message::new("case-amount-covers").with("amount", dated).with("covers", covers).text(language),
        None => dated,
    }
}

fn in_year(what: &str, year: &str, language: Language) -> String {
    Message::new("case-in-year").with("what", what).with("year", year).text(language)
}

/// A number with its thousands set apart; decimals only where there are some.
pub(crate) fn figure(number: f64) -> String {
    let text = if number.fract() == 0.0 { format!("{number:.0}") } else { format!("{number}") };
    let (sign, text) = text.strip_prefix('-').map_or(("", text.as_str()), |rest| ("-", rest));
    let (whole, decimals) = text.split_once('.').map_or((text, None), |(whole, rest)| (whole, Some(rest)));
    let mut grouped = String::from(sign);
    for (at, digit) in whole.chars().enumerate() {
        if at > 0 && (whole.len() - at).is_multiple_of(3) {
            grouped.push(',');
        }
        grouped.push(digit);
    }
    if let Some(decimals) = decimals {
        grouped.push('.');
        grouped.push_str(decimals);
    }
    grouped
}

/// A number of people, with its thousands set apart.
pub(crate) fn people(number: u64) -> String {
    #[expect(clippy::cast_precision_loss, reason = "a number of people")]
    figure(number as f64)
}

/// What kind of knowledge it is.
pub(crate) fn status(status: Status, language: Language) -> String {
    messages::text(language, &format!("case-status-{}", status.code()))
}

/// How well it is supported.
pub(crate) fn confidence(confidence: Confidence, language: Language) -> String {
    messages::text(language, &format!("case-confidence-{}", confidence.code()))
}

/// From which language a text was translated, and by whom (row S1).
pub(crate) fn translation(translation: &Translation, language: Language) -> String {
    let key = format!("case-translated-{}", translation.by.code());
    Message::new(key).with("from", tongue(&translation.from, language)).text(language)
}

/// The name of a language; its tag where the message files have no name for it.
pub(crate) fn tongue(tag: &str, language: Language) -> String {
    let main = tag.split('-').next().unwrap_or(tag);
    let key = format!("case-language-{main}");
    let name = messages::text(language, &key);
    if name == key { tag.to_owned() } else { name }
}

/// How long an answer took.
pub(crate) fn answered_after(wait: Wait, language: Language) -> String {
    let (key, n) = match wait {
        Wait::Days(0) => ("case-answered-same-day", 0),
        Wait::Days(n) => ("case-answered-days", n),
        Wait::Months(0) => ("case-answered-same-month", 0),
        Wait::Months(n) => ("case-answered-months", n),
        Wait::Years(0) => ("case-answered-same-year", 0),
        Wait::Years(n) => ("case-answered-years", n),
        Wait::Unclear => ("case-answered-unclear", 0),
    };
    Message::new(key).with("n", n).text(language)
}

/// For how long a concern has been without an answer (row D2).
pub(crate) fn open_for(wait: Wait, language: Language) -> String {
    let (key, n) = match wait {
        Wait::Days(n) => ("case-open-days", n),
        Wait::Months(n) => ("case-open-months", n),
        Wait::Years(n) => ("case-open-years", n),
        Wait::Unclear => ("case-open-unclear", 0),
    };
    Message::new(key).with("n", n).text(language)
}

#[cfg(test)]
mod tests {
    use casebook_core::codebook::Codebook;

    use super::*;

    // One word for one thing. What pages call a status or a confidence is what the vocabulary calls it.
    #[test]
    fn pages_and_the_vocabulary_use_the_same_words() {
        let codebook = Codebook::embedded();
        let called = |field: &str, code: &str| codebook.label(field, code, "en").to_lowercase();
        for known in Status::ALL {
            assert_eq!(status(*known, Language::English), called("status", known.code()));
        }
        for known in Confidence::ALL {
            assert_eq!(confidence(*known, Language::English), called("confidence", known.code()));
        }
        assert_eq!(status(Status::Disputed, Language::English), "accounts differ");
    }

    // R30: dates are shown as entered.
    #[test]
    fn dates_are_shown_as_entered() {
        let about = When::Entered { value: "2018-01".parse().unwrap(), qualifier: DateQualifier::About };
        assert_eq!(when(&about, Language::English), "about 2018-01");
        assert_eq!(when(&When::exact("2018".parse().unwrap()), Language::English), "2018");
        assert_eq!(when(&When::Between { from: 2017, to: 2019 }, Language::English), "2017 to 2019");
    }

    // R30: a day is "on", a month and a year are "in".
    #[test]
    fn when_something_was_contested_is_as_exact_as_its_date() {
        let on = |text: &str| contested(&When::exact(text.parse().unwrap()), Language::English);
        assert_eq!([on("2018-12-07"), on("2018-12"), on("2018")], ["on 2018-12-07", "in 2018-12", "in 2018"]);
        let about = When::Entered { value: "2018-12-07".parse().unwrap(), qualifier: DateQualifier::About };
        assert_eq!(contested(&about, Language::English), "about 2018-12-07");
        assert_eq!(contested(&When::Between { from: 2017, to: 2017 }, Language::English), "in 2017");
        assert_eq!(contested(&When::Between { from: 2017, to: 2019 }, Language::English), "2017 to 2019");
    }

    #[test]
    fn figures_have_their_thousands_set_apart() {
        let figures: Vec<String> = [5.0, 504_358.0, 1_000_000.0, 999.5, -1234.0].into_iter().map(figure).collect();
        assert_eq!(figures, ["5", "504,358", "1,000,000", "999.5", "-1,234"]);
    }
}
