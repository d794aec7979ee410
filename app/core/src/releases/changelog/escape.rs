//! Words that stand in Markdown as they are. What Markdown would read as a sign of its own is escaped and nothing else, since the file is read as
//! plain text as well.

/// A text in one line, to stand within a line.
pub(super) fn within(text: &str) -> String {
    escaped(&one_line(text), None)
}

/// A text in one line, to be a paragraph of its own.
pub(super) fn paragraph(text: &str) -> String {
    let line = one_line(text);
    escaped(&line, opener(&line))
}

fn one_line(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

fn escaped(line: &str, opener: Option<usize>) -> String {
    let mut escaped = String::with_capacity(line.len());
    let mut before = None;
    for (at, sign) in line.char_indices() {
        let after = line.get(at + sign.len_utf8()..).unwrap_or_default();
        if opener == Some(at) || is_markup(line, before, sign, after) {
            escaped.push('\\');
        }
        escaped.push(sign);
        before = Some(sign);
    }
    escaped
}

/// Whether Markdown would read this sign of a line as more than itself.
fn is_markup(line: &str, before: Option<char>, sign: char, after: &str) -> bool {
    let next = after.chars().next();
    let within_a_word = || before.is_some_and(char::is_alphanumeric) && next.is_some_and(char::is_alphanumeric);
    let in_pairs = || line.matches(sign).count() > 1;
    match sign {
        '*' | '`' | '~' => in_pairs(),
        '_' => in_pairs() && !within_a_word(),
        '\\' => next.is_none_or(|next| next.is_ascii_punctuation()),
        '[' => after.contains(']'),
        '<' => after.contains('>') && !after.starts_with(' '),
        '&' => begins_entity(after),
        _ => false,
    }
}

/// Whether what follows a `&` makes it a letter under another name.
fn begins_entity(after: &str) -> bool {
    let rest = after.trim_start_matches(|sign: char| sign == '#' || sign.is_ascii_alphanumeric());
    rest.len() < after.len() && rest.starts_with(';')
}

/// Where the sign stands by which Markdown would take a line for a heading, a list, a quotation, a rule or HTML.
fn opener(line: &str) -> Option<usize> {
    let rest = line.trim_start_matches(|sign: char| sign.is_ascii_digit());
    let digits = line.len() - rest.len();
    let (sign, after) = (rest.chars().next()?, rest.get(1..).unwrap_or_default());
    let stands_alone = after.is_empty() || after.starts_with(' ');
    let opens = match (sign, digits) {
        ('.' | ')', 1..=9) => stands_alone,
        ('-' | '+' | '*', 0) => stands_alone || line.chars().all(|other| matches!(other, '-' | ' ')),
        ('#', 0) => {
            let heading = line.trim_start_matches('#');
            line.len() - heading.len() <= 6 && (heading.is_empty() || heading.starts_with(' '))
        }
        ('>' | '<', 0) => true,
        _ => false,
    };
    opens.then_some(digits)
}

#[cfg(test)]
mod tests {
    use pulldown_cmark::{Event, Options, Parser, Tag, TagEnd};

    use super::*;

    /// The words of a document; none where anything in it is more than words in a paragraph, a heading or an item of a list.
    fn words_alone(markdown: &str) -> Option<String> {
        let options = Options::ENABLE_TABLES | Options::ENABLE_FOOTNOTES | Options::ENABLE_STRIKETHROUGH;
        let mut words = String::new();
        let mut parts = 0;
        for event in Parser::new_ext(markdown, options) {
            match event {
                Event::Text(text) => words.push_str(&text),
                Event::Start(Tag::Paragraph | Tag::List(None) | Tag::Item) => parts += 1,
                Event::End(TagEnd::Paragraph | TagEnd::List(_) | TagEnd::Item) => {}
                _ => return None,
            }
        }
        (parts <= 2).then_some(words)
    }

    #[test]
    fn what_is_no_sign_of_markdown_stays_as_it_is() {
        for text in [
            "First one, with Leipzig: parking sensors (2021-2024)!",
            "snake_case, a * b, ~5 km, 3 < 4 & AT&T, C:\\temp",
            "2026 was a year. - \"Quoted\" #1 > 0 | 50% = half + more",
        ] {
            assert_eq!((within(text), paragraph(text)), (text.to_owned(), text.to_owned()));
        }
    }

    #[test]
    fn what_is_one_is_escaped() {
        assert_eq!(
            within("*see* [x](https://a.example) <b>&amp;</b>"),
            "\\*see\\* \\[x](https://a.example) \\<b>\\&amp;\\</b>"
        );
        for (text, expected) in [
            ("# A title", "\\# A title"),
            ("- an item", "\\- an item"),
            ("1. First", "1\\. First"),
            ("> said", "\\> said"),
            ("---", "\\---"),
            ("-- -", "\\-- -"),
        ] {
            assert_eq!((paragraph(text), within(text)), (expected.to_owned(), text.to_owned()));
        }
        assert_eq!(words_alone("# A title"), None, "the trial finds markup where there is some");
        assert_eq!(words_alone("*see*"), None, "the trial finds markup where there is some");
    }

    proptest::proptest! {
        #[test]
        fn words_come_out_as_they_went_in(text in "[-a-c0-2 .)(&#;:!_*~`<>\\[\\]\\\\|=+\"'/]{0,14}|\\PC{0,20}") {
            let line = one_line(&text);
            proptest::prop_assert_eq!(words_alone(&format!("{}\n", paragraph(&text))), Some(line.clone()));
            let item = format!("- 7K2MQX4T {} (revision 1)\n", within(&text));
            proptest::prop_assert_eq!(words_alone(&item), Some(format!("7K2MQX4T {line} (revision 1)")));
        }
    }
}
