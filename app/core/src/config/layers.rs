//! Lays settings over one another and says of each fault in which file or variable it stands.

use serde::de::DeserializeOwned;
use toml::{Spanned, Table, Value, de::DeTable, de::DeValue};

use crate::{Error, Result};

const PREFIX: &str = "CASEBOOK_";

/// The defaults with what was laid over them.
pub(super) struct Layers {
    settings: Table,
    /// The layer that set each key last, for naming it in a complaint: `server.listen` and a file with line, or a variable.
    origins: std::collections::HashMap<String, String>,
}

impl Layers {
    pub(super) fn new(defaults: &str) -> Result<Self> {
        let settings = defaults.parse().map_err(|error| Error::Config(format!("config/default.toml: {error}")))?;
        Ok(Self { settings, origins: std::collections::HashMap::new() })
    }

    /// Lays a file over what is there.
    pub(super) fn add_file(&mut self, name: &str, text: &str) -> Result<()> {
        let table = DeTable::parse(text).map_err(|error| Error::Config(format!("{name}: {error}")))?;
        for (section, entries) in table.get_ref() {
            let section_name = section.get_ref().as_ref();
            let DeValue::Table(entries) = entries.get_ref() else {
                return Err(Error::Config(format!("{name}:{}: {section_name} is not a section", line(text, section))));
            };
            for (key, value) in entries {
                let path = format!("{section_name}.{}", key.get_ref());
                let origin = format!("{name}:{}", line(text, key));
                let value =
                    plain(value.get_ref()).ok_or_else(|| Error::Config(format!("{origin}: {path}: cannot be read")))?;
                self.set(&path, value, &origin)?;
            }
        }
        Ok(())
    }

    /// Lays the variables that begin with `CASEBOOK_` over what is there.
    pub(super) fn add_variables(&mut self, variables: impl Iterator<Item = (String, String)>) -> Result<()> {
        let paths: Vec<String> = self.paths();
        for (name, text) in variables.filter(|(name, _)| name.starts_with(PREFIX)) {
            let path = paths.iter().find(|path| variable(path) == name);
            let path = path.ok_or_else(|| Error::Config(format!("{name}: no setting has this variable")))?;
            let value = self.read_like_default(path, &text).ok_or_else(|| {
                Error::Config(format!("{name}: {path}: expected {}, found \"{text}\"", kind(self.present(path))))
            })?;
            self.set(path, value, &name)?;
        }
        Ok(())
    }

    /// The typed settings.
    pub(super) fn finish<T: DeserializeOwned>(self) -> Result<T> {
        for path in self.paths() {
            if let Some(reason) = self.reason_against::<T>(&path) {
                let origin = self.origins.get(&path).map_or(String::new(), |origin| format!("{origin}: "));
                return Err(Error::Config(format!("{origin}{path}: {reason}")));
            }
        }
        Table::try_into(self.settings).map_err(|error| Error::Config(error.to_string()))
    }

    /// Why the value under `path` does not fit: the defaults with only this value laid over them cannot be read.
    fn reason_against<T: DeserializeOwned>(&self, path: &str) -> Option<String> {
        self.origins.get(path)?;
        let mut alone = Self::new(super::DEFAULT).ok()?;
        alone.replace(path, self.present(path)?.clone());
        Table::try_into::<T>(alone.settings).err().map(|error| error.message().to_owned())
    }

    fn set(&mut self, path: &str, value: Value, origin: &str) -> Result<()> {
        let Some(present) = self.present(path) else {
            return Err(Error::Config(format!("{origin}: {path}: no such setting")));
        };
        if present.type_str() != value.type_str() {
            let (expected, found) = (kind(Some(present)), kind(Some(&value)));
            return Err(Error::Config(format!("{origin}: {path}: expected {expected}, found {found}")));
        }
        self.replace(path, value);
        self.origins.insert(path.to_owned(), origin.to_owned());
        Ok(())
    }

    fn replace(&mut self, path: &str, value: Value) {
        let Some((section, key)) = path.split_once('.') else { return };
        if let Some(Value::Table(entries)) = self.settings.get_mut(section) {
            entries.insert(key.to_owned(), value);
        }
    }

    fn present(&self, path: &str) -> Option<&Value> {
        let (section, key) = path.split_once('.')?;
        self.settings.get(section)?.get(key)
    }

    fn paths(&self) -> Vec<String> {
        let sections = self.settings.iter().filter_map(|(section, entries)| Some((section, entries.as_table()?)));
        sections.flat_map(|(section, entries)| entries.keys().map(move |key| format!("{section}.{key}"))).collect()
    }

    fn read_like_default(&self, path: &str, text: &str) -> Option<Value> {
        Some(match self.present(path)? {
            Value::String(_) => Value::String(text.to_owned()),
            Value::Integer(_) => Value::Integer(text.trim().parse().ok()?),
            Value::Boolean(_) => Value::Boolean(text.trim().parse().ok()?),
            Value::Array(_) => {
                let items = text.split(',').map(str::trim).filter(|item| !item.is_empty());
                Value::Array(items.map(|item| Value::String(item.to_owned())).collect())
            }
            _ => return None,
        })
    }
}

/// The variable of a setting: `CASEBOOK_SERVER_LISTEN` for `server.listen`.
fn variable(path: &str) -> String {
    format!("{PREFIX}{}", path.replace('.', "_").to_ascii_uppercase())
}

fn kind(value: Option<&Value>) -> &'static str {
    match value {
        Some(Value::Integer(_)) => "a whole number",
        Some(Value::Boolean(_)) => "true or false",
        Some(Value::Array(_)) => "a list",
        Some(Value::String(_)) => "a text",
        _ => "something else",
    }
}

fn line<T>(text: &str, spanned: &Spanned<T>) -> usize {
    text.get(..spanned.span().start).map_or(1, |before| before.matches('\n').count() + 1)
}

fn plain(value: &DeValue<'_>) -> Option<Value> {
    Some(match value {
        DeValue::String(text) => Value::String(text.to_string()),
        DeValue::Integer(number) => Value::Integer(i64::from_str_radix(number.as_str(), number.radix()).ok()?),
        DeValue::Boolean(flag) => Value::Boolean(*flag),
        DeValue::Array(items) => Value::Array(items.iter().map(|item| plain(item.get_ref())).collect::<Option<_>>()?),
        DeValue::Float(_) | DeValue::Datetime(_) | DeValue::Table(_) => return None,
    })
}
