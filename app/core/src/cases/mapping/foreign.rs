//! Files that are no table of UTF-8, told by how they begin: what each is, and what to do with it.

/// How files begin that people take for a table, and what is said of them.
const BEGINNINGS: [(&[u8], &str); 7] = [
    (
        b"PK\x03\x04",
        "this is a ZIP archive, such as a workbook (XLSX, ODS), and no CSV: open it in a spreadsheet and save its sheet as \"CSV UTF-8\"",
    ),
    (
        b"\xd0\xcf\x11\xe0",
        "this is an old workbook (XLS) and no CSV: open it in a spreadsheet and save its sheet as \"CSV UTF-8\"",
    ),
    (b"\x1f\x8b", "this is compressed (gzip): unpack it first"),
    (
        b"%PDF",
        "this is a PDF and no CSV: ask for the table itself, or copy it into a spreadsheet and save it as \"CSV UTF-8\"",
    ),
    (
        b"\xff\xfe",
        "the table is not UTF-8 but UTF-16, which spreadsheets call \"Unicode text\"; save it as UTF-8, which they call \"CSV UTF-8\"",
    ),
    (
        b"\xfe\xff",
        "the table is not UTF-8 but UTF-16, which spreadsheets call \"Unicode text\"; save it as UTF-8, which they call \"CSV UTF-8\"",
    ),
    (b"<", "this is a web page or XML and no CSV: look where the table itself can be had, and save that"),
];

/// How JSON Lines begin, which are no table, and what is said of them where one is wanted.
const LINES: (&[u8], &str) = (b"{\"", "this is JSON and no table: JSON Lines of cases are imported without --map");

/// What a file is that begins so and is no table; nothing where it may be one.
pub(super) fn told(begin: &[u8]) -> Option<&'static str> {
    told_of_lines(begin).or_else(|| begins(begin, LINES.0).then_some(LINES.1))
}

/// What a file is that begins so and is neither a table nor JSON Lines; for an import without a mapping.
pub(in crate::cases) fn told_of_lines(begin: &[u8]) -> Option<&'static str> {
    BEGINNINGS.into_iter().find(|(magic, _)| begins(begin, magic)).map(|(_, said)| said)
}

/// Whether a file begins so, perhaps behind a byte order mark and white space.
fn begins(begin: &[u8], magic: &[u8]) -> bool {
    let text = begin.strip_prefix(b"\xef\xbb\xbf").unwrap_or(begin).trim_ascii_start();
    begin.starts_with(magic) || text.starts_with(magic)
}

/// The delimiter that a note to spreadsheets names, `sep=;`, where the line is one.
pub(super) fn noted_delimiter(line: &str) -> Option<char> {
    let note = line.trim_matches('"');
    let (key, value) = note.split_at_checked(4)?;
    let mut characters = value.chars();
    let delimiter = characters.next().filter(|_| key.eq_ignore_ascii_case("sep="))?;
    characters.next().is_none().then_some(delimiter)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_no_table_is_told_by_its_beginning() {
        for (begin, expected) in [
            (&b"PK\x03\x04\x14\0"[..], "XLSX"),
            (b"\xd0\xcf\x11\xe0\xa1\xb1", "XLS"),
            (b"\x1f\x8b\x08", "gzip"),
            (b"%PDF-1.7", "PDF"),
            (b"\xff\xfeI\0D\0", "UTF-16"),
            (b"\xfe\xff\0I\0D", "UTF-16"),
            (b"{\"record\":\"case\"}", "without --map"),
            (b"\xef\xbb\xbf <!DOCTYPE html>", "web page"),
        ] {
            assert!(told(begin).is_some_and(|said| said.contains(expected)), "{expected}: {:?}", told(begin));
            assert_eq!(
                told_of_lines(begin).is_none(),
                expected == "without --map",
                "JSON Lines are no foreign file there"
            );
        }
        for table in [&b"ID,City"[..], b"\xef\xbb\xbfID;City", b"", b"PKW,City", b"Stra\xdfe"] {
            assert_eq!(told(table), None);
        }
    }

    #[test]
    fn a_note_to_spreadsheets_names_one_character() {
        for (line, expected) in [
            ("sep=;", Some(';')),
            ("SEP=\t", Some('\t')),
            ("\"sep=,\"", Some(',')),
            ("sep=", None),
            ("sep=;;", None),
            ("sept;City", None),
            ("ßßß", None),
        ] {
            assert_eq!(noted_delimiter(line), expected, "{line}");
        }
    }
}
