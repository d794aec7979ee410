//! Removes what cannot be seen but can be used: to hide a name from a search, to turn a line around, to mark a copy.

use unicode_normalization::UnicodeNormalization;

/// Brings a text that somebody sent into the one form in which it is kept.
///
/// Composed characters (NFC), line ends as `\n`, no control characters but line end and tab, nothing invisible (zero-width characters, soft
/// hyphens, fillers), no controls of writing direction, no variation selectors, no private-use characters, no tags; white space at both ends
/// is cut off (protection.md section 5). Cleaning twice changes nothing.
#[must_use]
pub fn clean(text: &str) -> String {
    let mut lines = String::with_capacity(text.len());
    let mut characters = text.chars().peekable();
    while let Some(c) = characters.next() {
        match c {
            '\r' => {
                characters.next_if_eq(&'\n');
                lines.push('\n');
            }
            '\u{85}' | '\u{2028}' | '\u{2029}' => lines.push('\n'),
            c if is_hidden(c) => {}
            c => lines.push(c),
        }
    }
    lines.trim().nfc().collect()
}

/// Whether a character is dropped: it shows nothing of its own, or means something only among those who agreed on it.
fn is_hidden(c: char) -> bool {
    if matches!(c, '\n' | '\t') {
        return false;
    }
    c.is_control()
        || matches!(c,
            '\u{ad}' | '\u{34f}' | '\u{61c}' | '\u{180b}'..='\u{180f}'            // soft hyphen, joiners, Mongolian selectors
            | '\u{115f}' | '\u{1160}' | '\u{17b4}' | '\u{17b5}' | '\u{3164}' | '\u{ffa0}' // fillers
            | '\u{200b}'..='\u{200f}' | '\u{202a}'..='\u{202e}'                     // zero width, direction
            | '\u{2060}'..='\u{206f}' | '\u{feff}'                                  // joiners, isolates, byte-order mark
            | '\u{fe00}'..='\u{fe0f}' | '\u{e0100}'..='\u{e01ef}'                   // variation selectors
            | '\u{fff0}'..='\u{fffb}' | '\u{fdd0}'..='\u{fdef}'                     // annotations, no characters
            | '\u{1bca0}'..='\u{1bca3}' | '\u{1d173}'..='\u{1d17a}'                 // format controls of shorthand and music
            | '\u{e000}'..='\u{f8ff}' | '\u{f0000}'..='\u{10ffff}'                  // private use
            | '\u{e0000}'..='\u{e00ff}') // tags
        || (c as u32) & 0xfffe == 0xfffe
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_cannot_be_seen_is_dropped() {
        assert_eq!(clean("Du\u{200b}is\u{ad}burg\u{feff}"), "Duisburg");
        assert_eq!(clean("\u{202e}grubsiuD\u{202c}"), "grubsiuD");
        assert_eq!(clean("a\u{e0041}\u{e007f}b\u{e000}c\u{f0001}\u{10fffd}d\u{fe0f}"), "abcd");
        assert_eq!(clean("bell\u{7} null\0 escape\u{1b}[31m"), "bell null escape[31m");
    }

    #[test]
    fn line_ends_become_one_kind_and_tabs_stay() {
        assert_eq!(clean("one\r\ntwo\rthree\u{2028}four\tfive"), "one\ntwo\nthree\nfour\tfive");
    }

    #[test]
    fn characters_are_composed_and_the_ends_are_trimmed() {
        assert_eq!(clean("  Du\u{308}sseldorf \n\n"), "Düsseldorf");
        assert_eq!(clean("u\u{200d}\u{308}"), "ü");
    }

    #[test]
    fn other_scripts_pass_unharmed() {
        for text in ["杜伊斯堡与华为", "Дуйсбург", "دويسبورغ", "डुइसबुर्ग", "Ærø, Łódź, İzmir", "emoji 🙂"]
        {
            assert_eq!(clean(text), text);
        }
    }

    proptest::proptest! {
        #[test]
        fn cleaning_twice_changes_nothing(text in "\\PC{0,40}|.{0,40}") {
            let once = clean(&text);
            proptest::prop_assert_eq!(clean(&once), once);
        }
    }
}
