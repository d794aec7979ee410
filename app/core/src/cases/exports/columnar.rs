//! The sheet as Parquet (<https://parquet.apache.org/docs/file-format/>), a row a case, with types. What has several values is one text, joined
//! as in the sheet; nothing is defused, since programs and not spreadsheets read it.

use std::{io::Write, sync::Arc};

use parquet::{
    basic::{Compression, LogicalType, Repetition, Type as Physical},
    data_type::{BoolType, ByteArray, ByteArrayType, DoubleType, Int64Type},
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

/// Every column may be empty.
fn schema(columns: &[Column]) -> Result<TypePtr, ParquetError> {
    let field = |column: &Column| {
        let (physical, logical) = match column.kind {
            Kind::Integer => (Physical::INT64, None),
            Kind::Number => (Physical::DOUBLE, None),
            Kind::Flag => (Physical::BOOLEAN, None),
            Kind::Text | Kind::Coded(_) | Kind::Pattern(_) => (Physical::BYTE_ARRAY, Some(LogicalType::String)),
        };
        Type::primitive_type_builder(&column.name, physical)
            .with_repetition(Repetition::OPTIONAL)
            .with_logical_type(logical)
            .build()
            .map(Arc::new)
    };
    let fields = columns.iter().map(field).collect::<Result<Vec<_>, _>>()?;
    Type::group_type_builder("cases").with_fields(fields).build().map(Arc::new)
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
            fill(&mut chunk, &column.kind, &cells)?;
            chunk.close()?;
        }
    }
    group.close()?;
    Ok(())
}

/// Writes the cells of one column: which of them are there, then those.
fn fill(chunk: &mut SerializedColumnWriter<'_>, kind: &Kind, cells: &[&Cell]) -> Result<(), ParquetError> {
    match kind {
        Kind::Integer => {
            let (there, values) = split(cells, |cell| match cell {
                Cell::Integer(number) => Some(*number),
                _ => None,
            });
            chunk.typed::<Int64Type>().write_batch(&values, Some(&there), None)?;
        }
        Kind::Number => {
            let (there, values) = split(cells, |cell| match cell {
                Cell::Number(number) => Some(*number),
                _ => None,
            });
            chunk.typed::<DoubleType>().write_batch(&values, Some(&there), None)?;
        }
        Kind::Flag => {
            let (there, values) = split(cells, |cell| match cell {
                Cell::Flag(flag) => Some(*flag),
                _ => None,
            });
            chunk.typed::<BoolType>().write_batch(&values, Some(&there), None)?;
        }
        Kind::Text | Kind::Coded(_) | Kind::Pattern(_) => {
            let (there, values) = split(cells, |cell| match cell {
                Cell::Empty => None,
                cell => Some(ByteArray::from(cell.plain().into_bytes())),
            });
            chunk.typed::<ByteArrayType>().write_batch(&values, Some(&there), None)?;
        }
    }
    Ok(())
}

/// The definition levels of cells, 1 where there is a value, and the values that there are.
fn split<T>(cells: &[&Cell], value: impl Fn(&Cell) -> Option<T>) -> (Vec<i16>, Vec<T>) {
    let values: Vec<Option<T>> = cells.iter().map(|cell| value(cell)).collect();
    let there = values.iter().map(|value| i16::from(value.is_some())).collect();
    (there, values.into_iter().flatten().collect())
}
