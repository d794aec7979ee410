//! As much of JSON Schema as the description uses: whether a value is what a schema says, and whether all of it is described.

use regex::Regex;
use serde_json::Value;

/// What is wrong with a value that should be of the schema of this name.
pub(super) fn complaints(description: &Value, name: &str, value: &Value) -> Vec<String> {
    let mut found = Vec::new();
    let schema = &description["components"]["schemas"][name];
    assert!(schema.is_object(), "there is no schema {name}");
    Reader { description }.look(schema, value, name, &mut found);
    found
}

struct Reader<'a> {
    description: &'a Value,
}

impl Reader<'_> {
    fn look(&self, schema: &Value, value: &Value, at: &str, found: &mut Vec<String>) {
        if let Some(reference) = schema["$ref"].as_str() {
            let schema = self.description.pointer(reference.trim_start_matches('#')).unwrap();
            return self.look(schema, value, at, found);
        }
        if let Some(shapes) = schema["anyOf"].as_array() {
            return self.look_at_shapes(shapes, value, at, found);
        }
        if !is_of_type(&schema["type"], value) {
            found.push(format!("{at} is {value}, not {}", schema["type"]));
            return;
        }
        if schema["enum"].as_array().is_some_and(|codes| !codes.contains(value)) {
            found.push(format!("{at} is {value}, none of {}", schema["enum"]));
        }
        let (least, most) = (schema["minimum"].as_f64(), schema["maximum"].as_f64());
        if value
            .as_f64()
            .is_some_and(|number| least.is_some_and(|least| number < least) || most.is_some_and(|most| number > most))
        {
            found.push(format!("{at} is {value}, out of bounds"));
        }
        if let (Some(pattern), Some(text)) = (schema["pattern"].as_str(), value.as_str())
            && !Regex::new(pattern).unwrap().is_match(text)
        {
            found.push(format!("{at} is {value}, not like {pattern}"));
        }
        for (number, item) in value.as_array().into_iter().flatten().enumerate() {
            self.look(&schema["items"], item, &format!("{at}[{number}]"), found);
        }
        self.look_at_members(schema, value, at, found);
    }

    fn look_at_members(&self, schema: &Value, value: &Value, at: &str, found: &mut Vec<String>) {
        let Some(members) = value.as_object() else { return };
        for name in schema["required"].as_array().into_iter().flatten().filter_map(Value::as_str) {
            if !members.contains_key(name) {
                found.push(format!("{at} has no {name}"));
            }
        }
        for (name, member) in members {
            let at = format!("{at}.{name}");
            match (&schema["properties"][name], &schema["additionalProperties"]) {
                (Value::Null, Value::Null) => found.push(format!("{at} is not described")),
                (Value::Null, schema) | (schema, _) => self.look(schema, member, &at, found),
            }
        }
    }

    /// One shape must fit; if none does, the complaints about the nearest one are told.
    fn look_at_shapes(&self, shapes: &[Value], value: &Value, at: &str, found: &mut Vec<String>) {
        let tried = shapes.iter().map(|shape| {
            let mut complaints = Vec::new();
            self.look(shape, value, at, &mut complaints);
            complaints
        });
        found.extend(tried.min_by_key(Vec::len).unwrap());
    }
}

fn is_of_type(kinds: &Value, value: &Value) -> bool {
    let is = |kind: &Value| match kind.as_str().unwrap() {
        "object" => value.is_object(),
        "array" => value.is_array(),
        "string" => value.is_string(),
        "integer" => value.is_i64() || value.is_u64(),
        "number" => value.is_number(),
        "boolean" => value.is_boolean(),
        "null" => value.is_null(),
        other => panic!("what is {other}?"),
    };
    match kinds {
        Value::Array(kinds) => kinds.iter().any(is),
        kind => is(kind),
    }
}
