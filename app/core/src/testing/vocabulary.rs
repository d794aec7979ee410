//! An operator's own vocabulary, made from the one in the program.

const OURS: &str = include_str!("../../../../config/codebook.toml");

/// The program's vocabulary as its version 0.2, in which fields were renamed: each is retired, and a copy of it under another name takes its
/// place.
///
/// # Panics
/// If there is no such field.
#[must_use]
pub fn renaming(fields: &[(&str, &str)]) -> String {
    let mut text = OURS.replacen("version = \"0.1\"", "version = \"0.2\"", 1);
    for (old, new) in fields {
        let head = format!("[[field]]\ncode = \"{old}\"\n");
        let begin = text.find(&head).expect("a field of the vocabulary");
        let rest = &text[begin + head.len()..];
        let end = rest.find("[[field]]\n").map_or(text.len(), |at| begin + head.len() + at);
        let own = text[begin..end].to_owned();
        let retired = own.replacen(&head, &format!("{head}retired = \"0.2\"\nreplaced_by = \"{new}\"\n"), 1);
        let renamed = own.replacen(&head, &format!("[[field]]\ncode = \"{new}\"\n"), 1);
        let renamed = renamed.replace("since = \"0.1\"", "since = \"0.2\"");
        text.replace_range(begin..end, &format!("{}\n\n{}\n\n", retired.trim_end(), renamed.trim_end()));
    }
    text
}
