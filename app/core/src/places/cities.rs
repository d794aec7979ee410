//! One city: a line of the embedded table, of which only the position and a few numbers are held.

use super::SizeClass;

/// What is held of a city: sixteen bytes.
#[derive(Debug, Clone, Copy)]
pub(super) struct Row {
    pub(super) id: u32,
    /// Where its line begins in the text.
    pub(super) at: u32,
    pub(super) population: u32,
    pub(super) country: [u8; 2],
}

/// A city of the gazetteer.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct City {
    /// GeoNames id.
    pub id: u32,
    /// The name, as GeoNames writes it.
    pub name: &'static str,
    /// ISO 3166-1, two letters.
    pub country: &'static str,
    /// The division (state) of the country, where the table has one: United States only.
    pub division: Option<&'static str>,
    /// Degrees north, WGS 84.
    pub latitude: f64,
    /// Degrees east, WGS 84.
    pub longitude: f64,
    /// Inhabitants, as packaged; GeoNames gives no year. 0: not known.
    pub population: u64,
    other_names: &'static str,
}

impl City {
    /// Other names in Latin script: of other languages, older ones, spellings.
    pub fn other_names(&self) -> impl Iterator<Item = &'static str> + use<> {
        self.other_names.split('|').filter(|name| !name.is_empty())
    }

    /// The name and all other names, for marking them in a text.
    pub fn names(&self) -> impl Iterator<Item = &'static str> + use<> {
        std::iter::once(self.name).chain(self.other_names())
    }

    /// The name, with the division where there is one: `Springfield, Illinois`.
    #[must_use]
    pub fn label(&self) -> String {
        match self.division {
            Some(division) => format!("{}, {division}", self.name),
            None => self.name.to_owned(),
        }
    }

    /// How large it is.
    #[must_use]
    pub fn size_class(&self) -> SizeClass {
        SizeClass::of(self.population)
    }
}

/// Reads the numbers of every line; the result is sorted by id.
pub(super) fn parse(text: &'static str) -> Vec<Row> {
    let mut rows = Vec::with_capacity(30_000);
    let mut at = 0;
    for line in text.split_inclusive('\n') {
        rows.extend(row(line.trim_end(), at));
        at += line.len();
    }
    rows.sort_unstable_by_key(|row| row.id);
    rows
}

fn row(line: &str, at: usize) -> Option<Row> {
    let id = line.split(',').next()?.parse().ok()?;
    let mut from_the_end = line.rsplit(',');
    let population = from_the_end.next()?.parse().ok()?;
    let country = from_the_end.nth(3)?.as_bytes().try_into().ok()?;
    Some(Row { id, at: u32::try_from(at).ok()?, population, country })
}

/// Reads one line. Only names can be quoted, since only they can hold a comma; they never hold a quotation mark (a test looks).
pub(super) fn city(line: &'static str) -> Option<City> {
    let mut from_the_end = line.rsplitn(6, ',');
    let population = from_the_end.next()?.parse().ok()?;
    let longitude = from_the_end.next()?.parse().ok()?;
    let latitude = from_the_end.next()?.parse().ok()?;
    let division = from_the_end.next().filter(|division| !division.is_empty());
    let country = from_the_end.next()?;
    let (id, names) = from_the_end.next()?.split_once(',')?;
    let (name, other_names) = name_and_others(names)?;
    Some(City { id: id.parse().ok()?, name, country, division, latitude, longitude, population, other_names })
}

/// The first name of a line and the text of its other names.
pub(super) fn name_and_others(names: &'static str) -> Option<(&'static str, &'static str)> {
    let (name, others) = match names.strip_prefix('"') {
        Some(quoted) => quoted.split_once("\",")?,
        None => names.split_once(',')?,
    };
    Some((name, others.trim_matches('"')))
}
