//! Schemas in few words.

use utoipa::openapi::{
    ArrayBuilder, ObjectBuilder, Ref, RefOr, Schema, Type,
    schema::{AnyOfBuilder, SchemaType},
};

/// A schema or the name of one.
pub(super) type Any = RefOr<Schema>;
/// A property with its schema.
pub(super) type Property = (&'static str, Any);
/// A schema with its name.
pub(super) type Named = (&'static str, Any);

/// An object with properties that are always there, and others that may be. More may come with time, so none is forbidden.
pub(super) fn object(description: &str, always: Vec<Property>, maybe: Vec<Property>) -> Any {
    let object = ObjectBuilder::new().schema_type(Type::Object).description(Some(description));
    let object = always.into_iter().fold(object, |object, (name, schema)| object.property(name, schema).required(name));
    maybe.into_iter().fold(object, |object, (name, schema)| object.property(name, schema)).into()
}

/// An object whose properties are not known beforehand, with a schema for all of them.
pub(super) fn map(description: &str, of: &str) -> Any {
    let of = Ref::from_schema_name(of);
    ObjectBuilder::new().schema_type(Type::Object).description(Some(description)).additional_properties(Some(of)).into()
}

/// The schema of this name.
pub(super) fn a(name: &str) -> Any {
    Ref::from_schema_name(name).into()
}

/// Any number of these.
pub(super) fn list(items: Any) -> Any {
    ArrayBuilder::new().items(items).into()
}

/// One or more of these.
pub(super) fn some(items: Any) -> Any {
    ArrayBuilder::new().items(items).min_items(Some(1)).into()
}

/// One of these shapes.
pub(super) fn any_of(description: &str, shapes: Vec<Any>) -> Any {
    let any = AnyOfBuilder::new().description(Some(description));
    shapes.into_iter().fold(any, AnyOfBuilder::item::<Any>).into()
}

/// A text.
pub(super) fn string(description: &str) -> Any {
    plain(Type::String, description).into()
}

/// A text, or nothing.
pub(super) fn string_or_null(description: &str) -> Any {
    let either: SchemaType = [Type::String, Type::Null].into_iter().collect();
    ObjectBuilder::new().schema_type(either).description(Some(description)).into()
}

/// A text of a form.
pub(super) fn pattern(pattern: &str, description: &str) -> Any {
    plain(Type::String, description).pattern(Some(pattern)).into()
}

/// One of these texts.
pub(super) fn codes(codes: impl IntoIterator<Item = impl Into<String>>, description: &str) -> Any {
    let codes: Vec<String> = codes.into_iter().map(Into::into).collect();
    plain(Type::String, description).enum_values(Some(codes)).into()
}

/// Yes or no.
pub(super) fn flag(description: &str) -> Any {
    plain(Type::Boolean, description).into()
}

/// A number.
pub(super) fn number(description: &str) -> Any {
    plain(Type::Number, description).into()
}

/// A whole number, not less than this.
pub(super) fn least(least: u32, description: &str) -> Any {
    plain(Type::Integer, description).minimum(Some(least)).into()
}

/// A whole number that is not less than this, or nothing.
pub(super) fn least_or_null(least: u32, description: &str) -> Any {
    let either: SchemaType = [Type::Integer, Type::Null].into_iter().collect();
    ObjectBuilder::new().schema_type(either).description(Some(description)).minimum(Some(least)).into()
}

/// A whole number between these, both included.
pub(super) fn between(least: u32, most: u32, description: &str) -> Any {
    plain(Type::Integer, description).minimum(Some(least)).maximum(Some(most)).into()
}

fn plain(kind: Type, description: &str) -> ObjectBuilder {
    ObjectBuilder::new().schema_type(kind).description(Some(description))
}
