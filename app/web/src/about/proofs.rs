//! Promises and the tests that prove them. In the text, `{proof: a_test another.test.js}` at the end of a paragraph or list item names the
//! tests of its promise, and `{no promise}` says that it makes none. On the page a small number leads to the names, which stand where the text
//! says `{proofs}`. A test fails on a name that is no test, and on a paragraph without a mark.

use std::fmt::Write;

const BEGIN: &str = "{proof:";
const NO_PROMISE: &str = "{no promise}";
const LIST: &str = "{proofs}";

/// The text with its marks made into numbers and the list of names; `label` words a number for whoever hears the page.
pub(super) fn numbered(text: &str, label: impl Fn(usize) -> String) -> String {
    let (mut marked, mut list, mut number) = (String::with_capacity(text.len()), String::new(), 0);
    let mut rest = text;
    while let Some((before, after)) = rest.split_once(BEGIN) {
        let Some((names, after)) = after.split_once('}') else { break };
        number += 1;
        // The line break before a mark belongs to it, so that the number stands beside the last word.
        let _ = write!(
            marked,
            "{}<sup><a class=\"proof\" id=\"proved-{number}\" href=\"#proof-{number}\" aria-label=\"{}\">{number}</a></sup>",
            before.trim_end(),
            label(number)
        );
        let names: Vec<String> = names.split_whitespace().map(|name| format!("<code>{name}</code>")).collect();
        let _ = writeln!(list, "<li id=\"proof-{number}\">{}</li>", names.join(", "));
        rest = after;
    }
    marked.push_str(rest);
    marked.replace(NO_PROMISE, "").replace(LIST, &format!("<ol class=\"proofs\">\n{list}</ol>"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_mark_becomes_a_number_that_leads_to_the_names() {
        let text = "Kept.\n{proof: a_test b.test.js}\n\nExplained.\n{no promise}\n\n{proofs}";
        let shown = numbered(text, |number| format!("Test {number}"));
        let link = "Kept.<sup><a class=\"proof\" id=\"proved-1\" href=\"#proof-1\" aria-label=\"Test 1\">1</a></sup>";
        assert!(shown.starts_with(link), "{shown}");
        assert!(shown.contains("<li id=\"proof-1\"><code>a_test</code>, <code>b.test.js</code></li>"), "{shown}");
        assert!(!shown.contains('{'), "{shown}");
    }
}
