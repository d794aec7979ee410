//! Where the labels of points stand: beside them, or as near as there is room, with a line to the point. Nothing but geometry.

/// A place in a picture.
pub(super) type Place = (f64, f64);

/// How many distances are tried, and how many directions at each.
const RINGS: u32 = 24;
const DIRECTIONS: u32 = 24;

/// A rectangle by its upper left corner.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Area {
    /// Its left edge.
    pub x: f64,
    /// Its upper edge.
    pub y: f64,
    /// Its width.
    pub width: f64,
    /// Its height.
    pub height: f64,
}

impl Area {
    /// Its middle.
    #[must_use]
    pub fn middle(&self) -> (f64, f64) {
        (self.x + self.width / 2.0, self.y + self.height / 2.0)
    }

    fn holds(&self, (x, y): Place) -> bool {
        (self.x..=self.x + self.width).contains(&x) && (self.y..=self.y + self.height).contains(&y)
    }

    fn lies_in(&self, other: &Self) -> bool {
        other.holds((self.x, self.y)) && other.holds((self.x + self.width, self.y + self.height))
    }

    /// Whether less than this lies between the two.
    fn is_near(&self, other: &Self, gap: f64) -> bool {
        let side = self.x < other.x + other.width + gap && other.x < self.x + self.width + gap;
        side && self.y < other.y + other.height + gap && other.y < self.y + self.height + gap
    }

    fn distance_to(&self, (x, y): Place) -> f64 {
        let nearest = (x.clamp(self.x, self.x + self.width), y.clamp(self.y, self.y + self.height));
        (nearest.0 - x).hypot(nearest.1 - y)
    }

    /// Whether a line from one place to another touches it.
    fn is_on(&self, line: (Place, Place)) -> bool {
        let (left, top) = (self.x, self.y);
        let (right, bottom) = (left + self.width, top + self.height);
        let diagonals = [((left, top), (right, bottom)), ((right, top), (left, bottom))];
        self.holds(line.0) || self.holds(line.1) || diagonals.into_iter().any(|diagonal| cross(line, diagonal))
    }
}

/// Whether two lines cross.
fn cross((a, b): (Place, Place), (c, d): (Place, Place)) -> bool {
    let side = |p: Place, q: Place, r: Place| (q.0 - p.0) * (r.1 - p.1) - (q.1 - p.1) * (r.0 - p.0);
    side(a, b, c) * side(a, b, d) < 0.0 && side(c, d, a) * side(c, d, b) < 0.0
}

/// A point that wants a label.
#[derive(Debug, Clone, Copy)]
pub(super) struct Wish {
    /// Where it is.
    pub(super) at: Place,
    /// How far its circle reaches.
    pub(super) radius: f64,
    /// How wide its label is.
    pub(super) width: f64,
}

/// The picture while labels are put into it.
struct Ground<'a> {
    wishes: &'a [Wish],
    within: Area,
    height: f64,
    /// The least distance of labels.
    gap: f64,
    labels: Vec<Area>,
    lines: Vec<(Place, Place)>,
}

/// A place for the label of each of the first `most`, the first first; none where there is no room. All labels have one height.
pub(super) fn placed(wishes: &[Wish], within: Area, height: f64, most: usize) -> Vec<Option<Area>> {
    let gap = height / 16.0;
    let mut ground = Ground { wishes, within, height, gap, labels: Vec::new(), lines: Vec::new() };
    let label = |(at, wish): (usize, &Wish)| {
        let area = if at < most { ground.nearest(wish) } else { None };
        ground.labels.extend(area);
        ground.lines.extend(area.map(|area| (wish.at, area.middle())));
        area
    };
    wishes.iter().enumerate().map(label).collect()
}

impl Ground<'_> {
    /// The best free place: near its point, away from the points of others, over none.
    fn nearest(&self, wish: &Wish) -> Option<Area> {
        let tried = (0..RINGS).flat_map(|ring| (0..DIRECTIONS).map(move |direction| (ring, direction)));
        let free = tried.filter_map(|(ring, direction)| {
            let area = self.beside(wish, ring, direction);
            self.is_free(wish, &area).then(|| (ring + self.covers(wish, &area), area))
        });
        free.min_by_key(|(cost, _)| *cost).map(|(_, area)| area)
    }

    fn beside(&self, wish: &Wish, ring: u32, direction: u32) -> Area {
        let (down, right) = (std::f64::consts::TAU * f64::from(direction) / f64::from(DIRECTIONS)).sin_cos();
        // from the middle of a label to its edge
        let to_edge = (wish.width / 2.0 / right.abs()).min(self.height / 2.0 / down.abs());
        let far = wish.radius + self.gap * (1.5 + 2.5 * f64::from(ring)) + to_edge;
        let (x, y) = (wish.at.0 + right * far, wish.at.1 + down * far);
        Area { x: x - wish.width / 2.0, y: y - self.height / 2.0, width: wish.width, height: self.height }
    }

    fn is_free(&self, wish: &Wish, area: &Area) -> bool {
        let line = (wish.at, area.middle());
        area.lies_in(&self.within)
            && !self.labels.iter().any(|label| label.is_near(area, self.gap) || label.is_on(line))
            && !self.lines.iter().any(|other| area.is_on(*other) || cross(line, *other))
    }

    /// What it costs that points of others lie under a label, or so near that it could be taken for theirs.
    fn covers(&self, wish: &Wish, area: &Area) -> u32 {
        let cost = |other: &Wish| match area.distance_to(other.at) {
            _ if other.at == wish.at => 0,
            distance if distance <= 0.0 => 12,
            distance if distance < other.radius + 2.5 * self.gap => 4,
            _ => 0,
        };
        self.wishes.iter().map(cost).sum()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const PICTURE: Area = Area { x: 0.0, y: 0.0, width: 300.0, height: 200.0 };

    fn wish(x: f64, y: f64) -> Wish {
        Wish { at: (x, y), radius: 4.0, width: 40.0 }
    }

    #[test]
    fn a_label_stands_beside_its_point_and_within_the_picture() {
        for (x, y) in [(150.0, 100.0), (2.0, 100.0), (298.0, 2.0)] {
            let label = placed(&[wish(x, y)], PICTURE, 20.0, 9)[0].unwrap();
            assert!(label.lies_in(&PICTURE) && label.distance_to((x, y)) < 20.0, "{x}, {y}: {label:?}");
        }
    }

    #[test]
    fn labels_of_close_points_lie_apart_and_their_lines_do_not_cross() {
        let wishes: Vec<Wish> = (0..6).map(|at| wish(140.0 + 6.0 * f64::from(at), 100.0)).collect();
        let labels = placed(&wishes, PICTURE, 20.0, 9);
        let labels: Vec<Area> = labels.into_iter().map(Option::unwrap).collect();
        for (at, one) in labels.iter().enumerate() {
            for (then, other) in labels.iter().enumerate().skip(at + 1) {
                assert!(!one.is_near(other, 0.0), "{one:?} and {other:?}");
                let lines = ((wishes[at].at, one.middle()), (wishes[then].at, other.middle()));
                assert!(!cross(lines.0, lines.1), "{at} and {then}");
            }
        }
    }

    #[test]
    fn what_finds_no_room_has_no_label() {
        let small = Area { width: 50.0, height: 30.0, ..PICTURE };
        let labels = placed(&[wish(5.0, 5.0), wish(45.0, 25.0), wish(25.0, 15.0)], small, 20.0, 9);
        assert!(labels.iter().any(Option::is_none), "{labels:?}");
        assert_eq!(placed(&[wish(150.0, 100.0)], PICTURE, 20.0, 0), [None]);
    }
}
