//! The map: outlines that travel in the program (D12), a circle for each country that has cases. Nothing is fetched from anywhere.
//!
//! The outlines are Natural Earth's (`config/places/README.md`), drawn by `scripts/world_map.py`. A circle says a country and a number, never
//! a town: of many cases the town is not public.

use std::sync::LazyLock;

use super::plot::{WIDTH, float, tenth};

static WORLD: &str = include_str!("../../../../../config/places/world.tsv");
static OUTLINES: LazyLock<Vec<Outline>> = LazyLock::new(|| WORLD.lines().filter_map(outline).collect());

/// The height of the map.
const HEIGHT: f64 = 315.0;
/// The smallest circle is as large as a finger hits.
const LEAST: f64 = 12.0;
const MOST: f64 = 24.0;
/// How often circles are moved apart at most.
const ROUNDS: usize = 400;

/// A country of the map.
#[derive(Debug, Clone, Copy)]
struct Outline {
    code: &'static str,
    x: f64,
    y: f64,
    path: &'static str,
}

/// A country with cases.
#[derive(Debug, Clone)]
pub struct Country {
    /// ISO 3166-1, two letters.
    pub code: String,
    /// Its name.
    pub name: String,
    /// How many cases.
    pub count: u64,
    /// The list of these cases, where there is one: other countries may have been chosen for the set.
    pub address: Option<String>,
}

/// The map with its table.
#[derive(Debug, Clone)]
pub struct WorldMap {
    /// The height.
    pub height: f64,
    /// Outlines, each with its class: of a country with cases, or without.
    pub lands: Vec<(&'static str, &'static str)>,
    /// The circles.
    pub circles: Vec<Circle>,
    /// All countries with cases, the most cases first.
    pub countries: Vec<Country>,
    /// Names of those for which the map has no place.
    pub unplaced: Vec<String>,
}

/// The circle of a country.
#[derive(Debug, Clone)]
pub struct Circle {
    /// The country.
    pub country: Country,
    /// Where it stands.
    pub x: f64,
    /// Where it stands.
    pub y: f64,
    /// Half of its width.
    pub radius: f64,
    /// Where its number stands.
    pub baseline: f64,
    /// Where the country is, if the circle had to give way to another.
    pub from: Option<(f64, f64)>,
}

fn outline(line: &'static str) -> Option<Outline> {
    let mut parts = line.split('\t');
    let (code, x, y) = (parts.next()?, parts.next()?.parse().ok()?, parts.next()?.parse().ok()?);
    Some(Outline { code, x, y, path: parts.next()? })
}

impl WorldMap {
    /// The map of these countries.
    #[must_use]
    pub fn of(countries: Vec<Country>) -> Self {
        let most = countries.iter().map(|country| country.count).max().unwrap_or(1).max(1);
        let has_cases = |code: &str| !code.is_empty() && countries.iter().any(|country| country.code == code);
        let lands = OUTLINES.iter().filter(|outline| !outline.path.is_empty());
        let lands =
            lands.map(|outline| (outline.path, if has_cases(outline.code) { "land has" } else { "land" })).collect();
        let mut unplaced = Vec::new();
        let mut circles = Vec::new();
        for country in &countries {
            match OUTLINES.iter().find(|outline| outline.code == country.code) {
                Some(outline) => {
                    let radius = LEAST + (MOST - LEAST) * (float(country.count) / float(most)).sqrt();
                    circles.push((country, *outline, radius));
                }
                None => unplaced.push(country.name.clone()),
            }
        }
        let wanted: Vec<_> = circles.iter().map(|(_, outline, radius)| (outline.x, outline.y, *radius)).collect();
        let places = apart(&wanted);
        let circles = circles.into_iter().zip(places).map(|((country, outline, radius), (x, y))| Circle {
            country: country.clone(),
            x: tenth(x),
            y: tenth(y),
            radius: tenth(radius),
            baseline: tenth(y + 4.5),
            from: ((x - outline.x).hypot(y - outline.y) > 3.0).then_some((outline.x, outline.y)),
        });
        Self { height: HEIGHT, lands, circles: circles.collect(), unplaced, countries }
    }
}

/// Moves circles apart that would cover each other, by as little as they need, and keeps them on the map.
fn apart(circles: &[(f64, f64, f64)]) -> Vec<(f64, f64)> {
    let mut places: Vec<(f64, f64)> = circles.iter().map(|(x, y, _)| (*x, *y)).collect();
    for _ in 0..ROUNDS {
        let mut moved = false;
        for first in 0..circles.len() {
            for second in first + 1..circles.len() {
                let reach = circles[first].2 + circles[second].2 + 2.0;
                let (dx, dy) = (places[second].0 - places[first].0, places[second].1 - places[first].1);
                let distance = dx.hypot(dy);
                if distance >= reach {
                    continue;
                }
                // those on one spot part sidewards
                let (ux, uy) = if distance > 0.01 { (dx / distance, dy / distance) } else { (1.0, 0.0) };
                let half = (reach - distance) / 2.0 + 0.05;
                places[first] = on_map(places[first].0 - ux * half, places[first].1 - uy * half, circles[first].2);
                places[second] = on_map(places[second].0 + ux * half, places[second].1 + uy * half, circles[second].2);
                moved = true;
            }
        }
        if !moved {
            break;
        }
    }
    places
}

fn on_map(x: f64, y: f64, radius: f64) -> (f64, f64) {
    (x.clamp(radius, WIDTH - radius), y.clamp(radius, HEIGHT - radius))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn country(code: &str, count: u64) -> Country {
        Country { code: code.into(), name: code.into(), count, address: None }
    }

    // D12: the outlines are part of the program, and every country of the gazetteer that has a city has its place.
    #[test]
    fn the_map_has_outlines_and_a_place_for_each_country() {
        assert!(OUTLINES.iter().filter(|outline| !outline.path.is_empty()).count() > 150);
        let inside = |outline: &Outline| (0.0..=WIDTH).contains(&outline.x) && (0.0..=HEIGHT).contains(&outline.y);
        assert!(OUTLINES.iter().all(inside));
        for code in ["DE", "NL", "CN", "US", "GB", "FR", "SG", "MT", "TW", "XK"] {
            assert!(OUTLINES.iter().any(|outline| outline.code == code), "{code}");
        }
    }

    /// The longest way that an outline goes to the side in one step, or from its end back to its beginning.
    fn longest_step(path: &str) -> f64 {
        let mut longest = 0.0_f64;
        for ring in path.split('M').skip(1) {
            let steps = ring.split(['l', 'z']).nth(1).unwrap().replace('-', " -");
            let numbers: Vec<f64> = steps.split_whitespace().map(|number| number.parse().unwrap()).collect();
            let aside: Vec<f64> = numbers.chunks(2).map(|step| step[0]).collect();
            let back = aside.iter().sum::<f64>();
            longest = aside.into_iter().chain([back]).map(f64::abs).fold(longest, f64::max);
        }
        longest
    }

    // D12: Russia and Fiji lie on both sides of 180 degrees. An outline that went on there would be a band across the map.
    #[test]
    fn no_outline_runs_across_the_map() {
        let torn = "M711 222l0.5-0.5 1 1zM4.5 218.5l0 1.5 709.5 0.5-1.5 0.5-711 0z";
        assert!(longest_step(torn) > 700.0, "the control: a path that does");
        for outline in &*OUTLINES {
            assert!(longest_step(outline.path) < WIDTH / 8.0, "{}", outline.code);
        }
    }

    #[test]
    fn circles_do_not_cover_each_other() {
        let codes = ["NL", "BE", "DE", "LU", "FR", "CH", "AT", "CZ", "DK"];
        let map = WorldMap::of(codes.map(|code| country(code, 5)).to_vec());
        for (at, one) in map.circles.iter().enumerate() {
            for other in &map.circles[at + 1..] {
                let distance = (one.x - other.x).hypot(one.y - other.y);
                assert!(distance >= one.radius + other.radius, "{} and {}", one.country.code, other.country.code);
            }
        }
        assert!(map.circles.iter().any(|circle| circle.from.is_some()));
    }

    #[test]
    fn a_country_without_a_place_is_named() {
        assert_eq!(WorldMap::of(vec![country("QQ", 1)]).unplaced, ["QQ"]);
    }
}
