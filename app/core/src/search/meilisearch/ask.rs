//! From words to searches of the server: it knows no fields beside other words, and reads ten words at most, so one search may become several.

use crate::search::{
    Clause, ClauseKind, WordField, WordQuery,
    words::{self, Kind},
};

/// The server ignores what comes after ten words.
const MOST_WORDS: usize = 10;

/// Where plain words are looked for, the weightiest first.
pub(super) const ANYWHERE: [&str; 5] = ["title", "vendor", "place", "text", "label"];

/// One search of the server.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Ask {
    /// What it is sent.
    pub(super) q: String,
    /// The attributes to look in.
    pub(super) attributes: &'static [&'static str],
}

/// What to ask: cases must be in all of the first, in none of the second.
pub(super) fn asks(query: &WordQuery) -> (Vec<Ask>, Vec<Ask>) {
    let (anywhere, in_fields): (Vec<_>, Vec<_>) = query.all.iter().partition(|clause| clause.field.is_none());
    let (barred, barred_in_fields): (Vec<_>, Vec<_>) = query.none.iter().partition(|clause| clause.field.is_none());
    // The server takes a minus itself, before it counts and cuts its hits; it goes first, so that an unfinished word stays last.
    let minus = barred.into_iter().map(|clause| {
        let (text, words) = said(clause);
        (format!("-{} ", text.trim_end()), words)
    });
    let mut all = groups(minus.chain(anywhere.into_iter().map(said)));
    all.extend(in_fields.into_iter().map(one));
    if all.is_empty() {
        all.push(Ask { q: String::new(), attributes: &ANYWHERE });
    }
    (all, barred_in_fields.into_iter().map(one).collect())
}

fn groups(clauses: impl Iterator<Item = (String, usize)>) -> Vec<Ask> {
    let mut groups: Vec<Ask> = Vec::new();
    let mut room = 0;
    for (text, words) in clauses {
        match groups.last_mut() {
            // An unfinished word is understood as such only at the end.
            Some(group) if words <= room && group.q.ends_with(' ') => group.q.push_str(&text),
            _ => {
                groups.push(Ask { q: text, attributes: &ANYWHERE });
                room = MOST_WORDS;
            }
        }
        room = room.saturating_sub(words);
    }
    groups
}

fn one(clause: &Clause) -> Ask {
    let attributes: &'static [&'static str] = match clause.field {
        None => &ANYWHERE,
        Some(WordField::Title) => &["title"],
        Some(WordField::Place) => &["place"],
        Some(WordField::Vendor) => &["vendor"],
        Some(WordField::Country) => &["country"],
    };
    Ask { q: said(clause).0, attributes }
}

/// A clause as the server reads it, and how many words it has. A space at the end says that the word is finished.
fn said(clause: &Clause) -> (String, usize) {
    let pieces = words::asked(&clause.text);
    let is_code = clause.field == Some(WordField::Country) && clause.text.chars().count() == 2;
    let text = pieces.iter().map(|piece| piece.word.as_str()).collect::<Vec<_>>().join(" ");
    let text = match pieces.as_slice() {
        [piece] if piece.kind == Kind::Single => text,
        [_] if clause.kind == ClauseKind::Prefix && !is_code => text,
        [_] if clause.kind == ClauseKind::Word && !is_code => format!("{text} "),
        pieces if pieces.len() > 1 && pieces.iter().any(|piece| piece.kind == Kind::Single) => format!("{text} "),
        _ => format!("\"{text}\" "),
    };
    (text, pieces.len())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::search::parse;

    fn shown(typed: &str) -> Vec<String> {
        let (all, none) = asks(&parse(typed).query);
        let show = |sign: &str, ask: &Ask| {
            let place = if ask.attributes == ANYWHERE { "anywhere" } else { ask.attributes[0] };
            format!("{sign}{place}[{}]", ask.q)
        };
        all.iter().map(|ask| show("+", ask)).chain(none.iter().map(|ask| show("-", ask))).collect()
    }

    #[test]
    fn plain_words_and_phrases_are_one_search() {
        assert_eq!(shown("Köln \"smart city\" duis"), ["+anywhere[koln \"smart city\" duis]"]);
        assert_eq!(shown("e-gate"), ["+anywhere[\"e gate\" ]"]);
    }

    #[test]
    fn a_field_is_a_search_of_its_own_and_a_country_code_is_exact() {
        assert_eq!(
            shown("light vendor:huawei country:de"),
            ["+anywhere[light ]", "+vendor[huawei ]", "+country[\"de\" ]"]
        );
    }

    #[test]
    fn a_minus_goes_before_the_words_so_that_the_last_stays_last() {
        assert_eq!(shown("-camera -\"face recognition\" duis"), ["+anywhere[-camera -\"face recognition\" duis]"]);
        assert_eq!(shown("-vendor:zte duis"), ["+anywhere[duis]", "-vendor[zte ]"]);
        assert_eq!(shown("-camera"), ["+anywhere[-camera ]"]);
        assert_eq!(shown("-camera vendor:zte"), ["+anywhere[-camera ]", "+vendor[zte]"]);
    }

    #[test]
    fn more_than_ten_words_become_several_searches() {
        assert_eq!(shown("a1 b2 c3 d4 e5 f6 g7 h8 i9 j10 k11").len(), 2);
        assert_eq!(shown("a1 b2 c3 d4 e5 f6 g7 h8 -i9 -j10 -k11").len(), 2);
        assert_eq!(shown("duis* lights"), ["+anywhere[duis]", "+anywhere[lights]"]);
    }
}
