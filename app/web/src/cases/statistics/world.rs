//! The map: outlines that travel in the program (D12), a circle for each country that has cases. Nothing is fetched from anywhere.
//!
//! The outlines are Natural Earth's (`config/places/README.md`), drawn by `scripts/world_map.py`. A circle says a country and a number, never
//! a town: of many cases the town is not public. Circles stay where their countries are; their labels stand where there is room.

use std::sync::LazyLock;

use super::{
    labels::{Area, Wish, placed},
    plot::{WIDTH, float, tenth},
};
use crate::kit::{Frame, Message};

static WORLD: &str = include_str!("../../../../../config/places/world.tsv");
static OUTLINES: LazyLock<Vec<Outline>> = LazyLock::new(|| WORLD.lines().filter_map(outline).collect());

/// The height of the map.
const HEIGHT: f64 = 315.0;
const WORLD_WIDE: Area = Area { x: 0.0, y: 0.0, width: WIDTH, height: HEIGHT };
/// On a wide screen, a pixel's worth of a label in units of the map: where it is first shown, a label is as high as a finger needs.
const WIDE_UNIT: f64 = 0.75;
/// How wide the part of the map is on the narrowest screen, in pixels.
const NARROW_PIXELS: f64 = 270.0;
/// A narrow map shows at least so much, in units of the map.
const NARROW_LEAST: f64 = 240.0;
/// How many labels a map has at most.
const WIDE_LABELS: usize = 40;
const NARROW_LABELS: usize = 12;

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
    /// Outlines, each with its class: of a country with cases, or without.
    pub lands: Vec<(&'static str, &'static str)>,
    /// The map of the world for wide screens, and the part that has cases for narrow ones.
    pub views: [View; 2],
    /// All countries with cases, the most cases first.
    pub countries: Vec<Country>,
    /// Names of those for which the map has no place.
    pub unplaced: Vec<String>,
}

/// One drawing of the map.
#[derive(Debug, Clone)]
pub struct View {
    /// For which screens it is.
    pub class: &'static str,
    /// Which part of the map it shows: left, upper edge, width, height.
    pub window: String,
    /// How large its letters are.
    pub letters: f64,
    /// Its circles, the largest first.
    pub spots: Vec<Spot>,
}

/// The circle of a country, which stands where the country is.
#[derive(Debug, Clone)]
pub struct Spot {
    /// The country.
    pub country: Country,
    /// What is read out: what the label says, and what it means.
    pub name: String,
    /// Where it stands.
    pub x: f64,
    /// Where it stands.
    pub y: f64,
    /// Half of its width.
    pub radius: f64,
    /// Half of the width of its middle, where the line to the label begins.
    pub pin: f64,
    /// Its label, where there is room for one.
    pub tag: Option<Tag>,
}

/// The label of a country: its code and its number.
#[derive(Debug, Clone)]
pub struct Tag {
    /// Where it stands.
    pub area: Area,
    /// How round its corners are.
    pub corner: f64,
    /// Its middle.
    pub middle: f64,
    /// Its middle.
    pub centre: f64,
    /// Where its words stand.
    pub baseline: f64,
}

fn outline(line: &'static str) -> Option<Outline> {
    let mut parts = line.split('\t');
    let (code, x, y) = (parts.next()?, parts.next()?.parse().ok()?, parts.next()?.parse().ok()?);
    Some(Outline { code, x, y, path: parts.next()? })
}

impl WorldMap {
    /// The map of these countries, the most cases first.
    #[must_use]
    pub fn of(countries: Vec<Country>, frame: &Frame) -> Self {
        let has_cases = |code: &str| !code.is_empty() && countries.iter().any(|country| country.code == code);
        let lands = OUTLINES.iter().filter(|outline| !outline.path.is_empty());
        let lands =
            lands.map(|outline| (outline.path, if has_cases(outline.code) { "land has" } else { "land" })).collect();
        let mut unplaced = Vec::new();
        let mut on_map = Vec::new();
        for country in &countries {
            match OUTLINES.iter().find(|outline| outline.code == country.code) {
                Some(outline) => on_map.push((country, *outline)),
                None => unplaced.push(country.name.clone()),
            }
        }
        let part = part_with(&on_map);
        let unit = part.width / NARROW_PIXELS;
        let views = [
            view("wide", &on_map, WORLD_WIDE, [WIDE_UNIT, WIDE_UNIT], WIDE_LABELS, frame),
            view("narrow", &on_map, part, [unit, unit * 0.65], NARROW_LABELS, frame),
        ];
        Self { lands, views, unplaced, countries }
    }

    /// Whether some circle has no label.
    #[must_use]
    pub fn has_unlabelled(&self) -> bool {
        self.views.iter().flat_map(|view| &view.spots).any(|spot| spot.tag.is_none())
    }
}

/// The part of the map in which these countries lie, with land around them.
fn part_with(on_map: &[(&Country, Outline)]) -> Area {
    let ends = |of: fn(&Outline) -> f64| {
        let places = on_map.iter().map(|(_, outline)| of(outline));
        places.fold((f64::MAX, f64::MIN), |(least, most), place| (least.min(place), most.max(place)))
    };
    if on_map.is_empty() {
        return WORLD_WIDE;
    }
    let ((left, right), (top, bottom)) = (ends(|outline| outline.x), ends(|outline| outline.y));
    let width = (right - left + 200.0).max((bottom - top + 120.0) / 0.75).clamp(NARROW_LEAST, WIDTH);
    let height = (width * 0.75).min(HEIGHT);
    Area {
        x: tenth(((left + right - width) / 2.0).clamp(0.0, WIDTH - width)),
        y: tenth(((top + bottom - height) / 2.0).clamp(0.0, HEIGHT - height)),
        width: tenth(width),
        height: tenth(height),
    }
}

/// A drawing of a part of the map. The sizes are a pixel's worth of labels and of circles.
fn view(
    class: &'static str,
    on_map: &[(&Country, Outline)],
    part: Area,
    [unit, spot]: [f64; 2],
    most_labels: usize,
    frame: &Frame,
) -> View {
    let most = on_map.iter().map(|(country, _)| country.count).max().unwrap_or(1).max(1);
    let wish = |(country, outline): &(&Country, Outline)| Wish {
        at: (outline.x, outline.y),
        radius: (2.0 + 6.0 * (float(country.count) / float(most)).sqrt()) * spot,
        width: (36.0 + 7.0 * float(country.count.to_string().len())) * unit,
    };
    let wishes: Vec<Wish> = on_map.iter().map(wish).collect();
    let areas = placed(&wishes, part, 24.0 * unit, most_labels);
    let spots = on_map.iter().zip(wishes).zip(areas).map(|(((country, _), wish), area)| {
        let name = Message::new("statistics-world-place").with("code", &country.code).with("country", &country.name);
        Spot {
            country: (*country).clone(),
            name: frame.say(&name.with("n", country.count)),
            x: wish.at.0,
            y: wish.at.1,
            radius: tenth(wish.radius),
            pin: tenth(1.2 * spot),
            tag: area.map(|area| tag(area, unit)),
        }
    });
    View {
        class,
        window: format!("{} {} {} {}", part.x, part.y, part.width, part.height),
        letters: tenth(13.0 * unit),
        spots: spots.collect(),
    }
}

fn tag(area: Area, unit: f64) -> Tag {
    let (middle, centre) = area.middle();
    let Area { x, y, width, height } = area;
    Tag {
        area: Area { x: tenth(x), y: tenth(y), width: tenth(width), height: tenth(height) },
        corner: tenth(4.0 * unit),
        middle: tenth(middle),
        centre: tenth(centre),
        baseline: tenth(centre + 4.5 * unit),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::kit::page::sample_visit;

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

    fn map(counts: &[(&str, u64)]) -> WorldMap {
        let frame = sample_visit("/statistics").frame("statistics-title");
        WorldMap::of(counts.iter().map(|(code, count)| country(code, *count)).collect(), &frame)
    }

    #[test]
    fn circles_stand_where_their_countries_are_and_labels_do_not_cover_each_other() {
        let codes = ["DE", "NL", "BE", "FR", "CH", "DK", "CZ", "AT", "GB"];
        let map = map(&codes.map(|code| (code, 5)));
        for view in &map.views {
            for spot in &view.spots {
                let outline = OUTLINES.iter().find(|outline| outline.code == spot.country.code).unwrap();
                assert_eq!((spot.x, spot.y), (outline.x, outline.y), "{}: {}", view.class, outline.code);
            }
            let tags: Vec<Area> = view.spots.iter().filter_map(|spot| Some(spot.tag.as_ref()?.area)).collect();
            assert!(tags.len() > 5, "{}: {}", view.class, tags.len());
            for (at, one) in tags.iter().enumerate() {
                for other in &tags[at + 1..] {
                    let beside = one.x + one.width <= other.x || other.x + other.width <= one.x;
                    assert!(beside || one.y + one.height <= other.y || other.y + other.height <= one.y, "{one:?}");
                }
            }
        }
        assert!(map.views[0].spots[0].name.starts_with("DE 5: "), "what is read out begins with what is seen");
    }

    #[test]
    fn a_narrow_screen_shows_the_part_of_the_map_that_has_cases() {
        let window = |counts: &[(&str, u64)]| {
            let map = map(counts);
            let numbers: Vec<f64> = map.views[1].window.split(' ').map(|number| number.parse().unwrap()).collect();
            (Area { x: numbers[0], y: numbers[1], width: numbers[2], height: numbers[3] }, map)
        };
        let (europe, map) = window(&[("NL", 3), ("DE", 1)]);
        assert!(europe.width < WIDTH / 2.0, "{europe:?}");
        for spot in &map.views[1].spots {
            let inside = (europe.x..europe.x + europe.width).contains(&spot.x);
            assert!(inside && (europe.y..europe.y + europe.height).contains(&spot.y), "{spot:?}");
        }
        assert!(!map.has_unlabelled());
        assert_eq!(window(&[("US", 3), ("FJ", 1)]).0, WORLD_WIDE);
        assert_eq!(window(&[]).0, WORLD_WIDE);
    }

    #[test]
    fn a_country_without_a_place_is_named() {
        assert_eq!(map(&[("QQ", 1)]).unplaced, ["QQ"]);
    }
}
