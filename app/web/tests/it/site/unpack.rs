//! Files that hold what they say in a packed form, unpacked, so that a test can read them.

use std::{
    collections::BTreeMap,
    io::{Cursor, Read},
};

use actix_web::web::Bytes;
use calamine::{Reader, Xlsx};
use parquet::{
    file::reader::{FileReader, SerializedFileReader},
    record::Row,
};

/// The files of a ZIP file.
pub(crate) fn zip_files(bytes: &[u8]) -> BTreeMap<String, Vec<u8>> {
    let mut archive = zip::ZipArchive::new(Cursor::new(bytes)).unwrap();
    let mut files = BTreeMap::new();
    for at in 0..archive.len() {
        let mut file = archive.by_index(at).unwrap();
        let mut content = Vec::new();
        file.read_to_end(&mut content).unwrap();
        files.insert(file.name().unwrap().into_owned(), content);
    }
    files
}

/// The rows of a sheet of a workbook, as texts.
pub(crate) fn sheet_rows(bytes: &[u8], sheet: &str) -> Vec<Vec<String>> {
    let mut book = Xlsx::new(Cursor::new(bytes)).unwrap();
    let range = book.worksheet_range(sheet).unwrap();
    range.rows().map(|row| row.iter().map(ToString::to_string).collect()).collect()
}

/// The rows of a Parquet file.
pub(crate) fn parquet_rows(bytes: &[u8]) -> Vec<Row> {
    let reader = SerializedFileReader::new(Bytes::copy_from_slice(bytes)).unwrap();
    reader.get_row_iter(None).unwrap().map(Result::unwrap).collect()
}

/// Everything that a file says; of one that is not packed, its text.
pub(crate) fn unpacked(bytes: &[u8]) -> String {
    if bytes.starts_with(b"PK") {
        zip_files(bytes).into_values().map(|content| String::from_utf8_lossy(&content).into_owned() + "\n").collect()
    } else if bytes.starts_with(b"PAR1") {
        parquet_rows(bytes).iter().map(|row| format!("{row}\n")).collect()
    } else {
        String::from_utf8_lossy(bytes).into_owned()
    }
}
