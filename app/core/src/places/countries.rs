//! Countries and continents.

/// A continent, by GeoNames' two letters.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Continent {
    /// Africa.
    Africa,
    /// Antarctica.
    Antarctica,
    /// Asia.
    Asia,
    /// Europe.
    Europe,
    /// North America, with Central America and the Caribbean.
    NorthAmerica,
    /// Oceania.
    Oceania,
    /// South America.
    SouthAmerica,
}

impl Continent {
    /// All continents, by their English names.
    pub const ALL: [Self; 7] = [
        Self::Africa,
        Self::Antarctica,
        Self::Asia,
        Self::Europe,
        Self::NorthAmerica,
        Self::Oceania,
        Self::SouthAmerica,
    ];

    /// The two letters that documents hold.
    #[must_use]
    pub fn code(self) -> &'static str {
        match self {
            Self::Africa => "AF",
            Self::Antarctica => "AN",
            Self::Asia => "AS",
            Self::Europe => "EU",
            Self::NorthAmerica => "NA",
            Self::Oceania => "OC",
            Self::SouthAmerica => "SA",
        }
    }

    /// The English name.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::Africa => "Africa",
            Self::Antarctica => "Antarctica",
            Self::Asia => "Asia",
            Self::Europe => "Europe",
            Self::NorthAmerica => "North America",
            Self::Oceania => "Oceania",
            Self::SouthAmerica => "South America",
        }
    }

    /// The continent with these two letters.
    #[must_use]
    pub fn from_code(code: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|continent| continent.code() == code)
    }
}

/// A country.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Country {
    /// ISO 3166-1, two letters.
    pub iso2: &'static str,
    /// ISO 3166-1, three letters.
    pub iso3: &'static str,
    /// English name.
    pub name: &'static str,
    /// The continent to which GeoNames counts it.
    pub continent: Continent,
    /// Inhabitants, as packaged; GeoNames gives no year.
    pub population: u64,
    languages: &'static str,
}

impl Country {
    /// BCP 47 tags of its languages, those that matter most first.
    pub fn languages(&self) -> impl Iterator<Item = &'static str> + use<> {
        self.languages.split(',').filter(|tag| !tag.is_empty())
    }
}

/// Reads the table; the result is sorted by `iso2`.
pub(super) fn parse(text: &'static str) -> Vec<Country> {
    let mut countries: Vec<Country> = text.lines().skip(1).filter_map(country).collect();
    countries.sort_by_key(|country| country.iso2);
    countries
}

fn country(line: &'static str) -> Option<Country> {
    let (iso2, rest) = line.split_once(',')?;
    let (iso3, rest) = rest.split_once(',')?;
    let (name, rest) = match rest.strip_prefix('"') {
        Some(quoted) => quoted.split_once("\",")?,
        None => rest.split_once(',')?,
    };
    let (continent, rest) = rest.split_once(',')?;
    let (population, languages) = rest.split_once(',')?;
    let (continent, population) = (Continent::from_code(continent)?, population.parse().ok()?);
    Some(Country { iso2, iso3, name: name.trim(), continent, population, languages: languages.trim_matches('"') })
}
