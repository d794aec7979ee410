//! Cities and countries, how large they are, how many of a size there are, and which law could reach data there.
//!
//! The gazetteer is GeoNames, as packaged (`config/places/README.md`, CC BY 4.0). It is part of the program: read when it is first needed, in
//! some milliseconds, and held as positions in the embedded text rather than as copies of it.

mod cities;
mod code;
mod countries;
mod country_domains;
mod country_words;
mod gazetteer;
pub mod jurisdictions;
mod size;

pub use cities::City;
pub use code::CountryCode;
pub use countries::{Continent, Country};
pub use country_domains::hosts_of_countries;
pub use country_words::CountryWords;
pub use gazetteer::{ATTRIBUTION, Gazetteer, LEAST_POPULATION};
pub use jurisdictions::Jurisdictions;
pub use size::{FEW, Precision, SizeClass};
