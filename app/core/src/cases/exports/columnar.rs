//! The sheet as Parquet (<https://parquet.apache.org/docs/file-format/>), a row a case, with types. What has any number of values is a list of
//! them; nothing is joined or defused, since programs and not spreadsheets read it.

use std::{io::Write, sync::Arc};

use parquet::{
    basic::{Compression, LogicalType, Repetition, Type as Physical},
    data_type::{BoolType, ByteArray, ByteArrayType, DataType, DoubleType, Int64Type},
    errors::ParquetError,
    file::{
        metadata::KeyValue,
        properties::WriterProperties,
        writer::{SerializedColumnWriter, SerializedFileWriter},
    },
    schema::types::{Type, TypePtr},
};

use super::{About, Batch};
use crate::{
    Error, Result,
    cases::{
        sheet::Sheet,
        tables::{Cell, Column, Kind, Row},
    },
    codebook::Codebook,
};

/// Writes the cases of these batches; each becomes a row group, so that no more than one is in memory.
///
/// # Errors
/// Those of the batches and of writing.
pub fn columnar(
    about: &About,
    codebook: &Codebook,
    batches: &mut dyn Iterator<Item = Result<Batch>>,
    to: impl Write + Send,
) -> Result<()> {
    let sheet = Sheet::new(codebook);
    let columns = sheet.columns();
    let facts = about.lines(codebook).into_iter();
    let facts = facts.map(|(name, words)| KeyValue::new(format!("casebook.{name}"), words)).collect();
    let properties = WriterProperties::builder()
        .set_compression(Compression::SNAPPY)
        .set_created_by("Casebook".to_owned())
        .set_key_value_metadata(Some(facts))
        .build();
    let schema = schema(&columns).map_err(Error::unexpected)?;
    let mut writer = SerializedFileWriter::new(to, schema, Arc::new(properties)).map_err(Error::unexpected)?;
    for batch in batches {
        let batch = batch?;
        let of_case =
            |case: &super::Exported| sheet.row(&case.document, &case.computed, &batch.parties, &case.url(&about.site));
        let rows: Vec<Row> = batch.cases.iter().map(of_case).collect();
        if !rows.is_empty() {
            group(&mut writer, &columns, &rows).map_err(Error::unexpected)?;
        }
    }
    writer.close().map_err(Error::unexpected)?;
    Ok(())
}

fn schema(columns: &[Column]) -> Result<TypePtr, ParquetError> {
    let fields = columns.iter().map(field).collect::<Result<Vec<_>, _>>()?;
    Type::group_type_builder("cases").with_fields(fields).build().map(Arc::new)
}

/// A column: a value that may be missing, or a list of such.
fn field(column: &Column) -> Result<TypePtr, ParquetError> {
    if !column.several {
        return value(&column.name, &column.kind);
    }
    let values = Type::group_type_builder("list")
        .with_repetition(Repetition::REPEATED)
        .with_fields(vec![value("element", &column.kind)?])
        .build()?;
    Type::group_type_builder(&column.name)
        .with_repetition(Repetition::OPTIONAL)
        .with_logical_type(Some(LogicalType::List))
        .with_fields(vec![Arc::new(values)])
        .build()
        .map(Arc::new)
}

fn value(name: &str, kind: &Kind) -> Result<TypePtr, ParquetError> {
    let (physical, logical) = match kind {
        Kind::Integer => (Physical::INT64, None),
        Kind::Number => (Physical::DOUBLE, None),
        Kind::Flag => (Physical::BOOLEAN, None),
        Kind::Text | Kind::Coded(_) | Kind::Pattern(_) => (Physical::BYTE_ARRAY, Some(LogicalType::String)),
    };
    Type::primitive_type_builder(name, physical)
        .with_repetition(Repetition::OPTIONAL)
        .with_logical_type(logical)
        .build()
        .map(Arc::new)
}

fn group<W: Write + Send>(
    writer: &mut SerializedFileWriter<W>,
    columns: &[Column],
    rows: &[Row],
) -> Result<(), ParquetError> {
    let mut group = writer.next_row_group()?;
    for (at, column) in columns.iter().enumerate() {
        let cells: Vec<&Cell> = rows.iter().map(|row| row.get(at).unwrap_or(&Cell::Empty)).collect();
        if let Some(mut chunk) = group.next_column()? {
            fill(&mut chunk, column, &cells)?;
            chunk.close()?;
        }
    }
    group.close()?;
    Ok(())
}

/// Writes the cells of one column.
fn fill(chunk: &mut SerializedColumnWriter<'_>, column: &Column, cells: &[&Cell]) -> Result<(), ParquetError> {
    let several = column.several;
    match column.kind {
        Kind::Integer => put::<Int64Type>(chunk, several, cells, |cell| match cell {
            Cell::Integer(number) => Some(*number),
            _ => None,
        }),
        Kind::Number => put::<DoubleType>(chunk, several, cells, |cell| match cell {
            Cell::Number(number) => Some(*number),
            _ => None,
        }),
        Kind::Flag => put::<BoolType>(chunk, several, cells, |cell| match cell {
            Cell::Flag(flag) => Some(*flag),
            _ => None,
        }),
        Kind::Text | Kind::Coded(_) | Kind::Pattern(_) => {
            put::<ByteArrayType>(chunk, several, cells, |cell| match cell {
                Cell::Empty => None,
                cell => Some(ByteArray::from(cell.plain().into_bytes())),
            })
        }
    }
}

fn put<T: DataType>(
    chunk: &mut SerializedColumnWriter<'_>,
    several: bool,
    cells: &[&Cell],
    value: impl Fn(&Cell) -> Option<T::T>,
) -> Result<(), ParquetError> {
    let Levels { there, goes_on, values } = Levels::of(several, cells, value);
    let goes_on = several.then_some(goes_on.as_slice());
    chunk.typed::<T>().write_batch(values.as_slice(), Some(&there), goes_on)?;
    Ok(())
}

/// Cells as the format holds them (<https://parquet.apache.org/docs/file-format/nestedencoding/>): one entry for each value, and one for each
/// list without any.
struct Levels<T> {
    /// How much of an entry is there: of a value 0 for nothing, 1 for itself; of a list 1 for the list, 2 for a place in it, 3 for the value there.
    there: Vec<i16>,
    /// 1 where an entry goes on with the list before it, 0 where it begins a row.
    goes_on: Vec<i16>,
    /// The values that there are.
    values: Vec<T>,
}

impl<T> Levels<T> {
    fn of(several: bool, cells: &[&Cell], value: impl Fn(&Cell) -> Option<T>) -> Self {
        let mut levels = Self { there: Vec::new(), goes_on: Vec::new(), values: Vec::new() };
        let around = if several { 2 } else { 0 };
        for &cell in cells {
            match cell {
                Cell::Several(listed) if listed.is_empty() => levels.enter(1, 0, None),
                Cell::Several(listed) => {
                    for (at, cell) in listed.iter().enumerate() {
                        levels.enter(around, i16::from(at > 0), value(cell));
                    }
                }
                cell => levels.enter(around, 0, value(cell)),
            }
        }
        levels
    }

    /// One entry; `around` is how much is there without the value itself.
    fn enter(&mut self, around: i16, goes_on: i16, value: Option<T>) {
        self.there.push(around + i16::from(value.is_some()));
        self.goes_on.push(goes_on);
        self.values.extend(value);
    }
}
