#!/usr/bin/env python3
"""Makes config/places/world.tsv, the outlines of the map of cases, out of Natural Earth's countries.

    npm pack world-atlas@2.0.2 && tar -xzf world-atlas-2.0.2.tgz
    scripts/world_map.py package/countries-110m.json

The input is TopoJSON as packaged in world-atlas 2.0.2, in which an outline goes on from 180 degrees east to 180 degrees west. Here it is cut in two
at that line, or its edge would be drawn across the whole map. A line of the output is a country: its ISO code, the point at which its circle stands,
and its outline as the path of an SVG picture of 720 by 315 units (Natural Earth projection). A country without an outline at this scale has
a point alone, that of its largest city; an outline that no country of the gazetteer has is land without a code. Nothing but the standard library.
"""
import csv
import json
import math
import sys
from pathlib import Path

PLACES = Path(__file__).resolve().parent.parent / "config" / "places"
WIDTH, TOP, BOTTOM = 720, 83.7, -58.0
# what Natural Earth calls otherwise than GeoNames
NAMES = {
    "Bosnia and Herz.": "BA", "Central African Rep.": "CF", "Congo": "CG", "Côte d'Ivoire": "CI", "Czechia": "CZ", "Dem. Rep. Congo": "CD",
    "Dominican Rep.": "DO", "Eq. Guinea": "GQ", "eSwatini": "SZ", "Falkland Is.": "FK", "Fr. S. Antarctic Lands": "TF", "Kosovo": "XK",
    "Macedonia": "MK", "Myanmar": "MM", "Netherlands": "NL", "New Caledonia": "NC", "Palestine": "PS", "S. Sudan": "SS", "Solomon Is.": "SB",
    "Timor-Leste": "TL", "United States of America": "US", "W. Sahara": "EH", "Dominica": "DM", "Vietnam": "VN", "Laos": "LA",
}
NOT_ON_THE_MAP = {"Antarctica", "Fr. S. Antarctic Lands"}


def natural_earth(longitude, latitude):
    """Natural Earth I after Patterson and Šavrič, in radians; the polynomial of the paper of 2011."""
    lam, phi = math.radians(longitude), math.radians(latitude)
    p2 = phi * phi
    p4 = p2 * p2
    x = lam * (0.8707 - 0.131979 * p2 + p4 * (-0.013791 + p4 * (0.003971 * p2 - 0.001529 * p4)))
    y = phi * (1.007226 + p2 * (0.015085 + p4 * (-0.044475 + 0.028874 * p2 - 0.005916 * p4)))
    return x, y


SCALE = WIDTH / (2 * natural_earth(180, 0)[0])
UPPER = natural_earth(0, TOP)[1]


def on_map(longitude, latitude):
    x, y = natural_earth(longitude, latitude)
    return WIDTH / 2 + x * SCALE, (UPPER - y) * SCALE


def arcs_of(topology):
    (sx, sy), (tx, ty) = topology["transform"]["scale"], topology["transform"]["translate"]
    arcs = []
    for arc in topology["arcs"]:
        x = y = 0
        points = []
        for dx, dy in arc:
            x, y = x + dx, y + dy
            points.append((x * sx + tx, y * sy + ty))
        arcs.append(points)
    return arcs


def ring(indices, arcs):
    points = []
    for index in indices:
        arc = arcs[index] if index >= 0 else arcs[~index][::-1]
        points.extend(arc[1:] if points else arc)
    return points


def in_one_piece(points):
    """The same ring without jumps from one end of the world to the other, beyond 180 degrees if need be."""
    whole, turn = [], 0
    for longitude, latitude in points:
        if whole and longitude + turn - whole[-1][0] > 180:
            turn -= 360
        elif whole and longitude + turn - whole[-1][0] < -180:
            turn += 360
        whole.append((longitude + turn, latitude))
    return whole


def on_one_side(points, edge, side):
    """What of a ring lies east (1) or west (-1) of a meridian; where it crosses, the meridian is its edge."""
    kept = []
    for (ax, ay), (bx, by) in zip(points, points[1:] + points[:1]):
        if (ax - edge) * side >= 0:
            kept.append((ax, ay))
        if (ax - edge) * (bx - edge) < 0:
            kept.append((edge, ay + (by - ay) * (edge - ax) / (bx - ax)))
    return kept


def cut(points):
    """A ring as the rings that it is on a map which ends at 180 degrees."""
    whole = in_one_piece(points)
    if all(-180 <= longitude <= 180 for longitude, _ in whole):
        return [whole]
    pieces = []
    for turn in (-360, 0, 360):
        turned = [(longitude + turn, latitude) for longitude, latitude in whole]
        piece = on_one_side(on_one_side(turned, -180, 1), 180, -1)
        # what has no width merely touches the line
        if len({longitude for longitude, _ in piece}) > 1:
            pieces.append(piece)
    return pieces


def area(points):
    return sum(a[0] * b[1] - b[0] * a[1] for a, b in zip(points, points[1:] + points[:1])) / 2


def inside(point, points):
    x, y = point
    hit = False
    for (ax, ay), (bx, by) in zip(points, points[1:] + points[:1]):
        if (ay > y) != (by > y) and x < (bx - ax) * (y - ay) / (by - ay) + ax:
            hit = not hit
    return hit


def to_edge(point, points):
    x, y = point
    best = math.inf
    for (ax, ay), (bx, by) in zip(points, points[1:] + points[:1]):
        dx, dy = bx - ax, by - ay
        length = dx * dx + dy * dy
        along = 0 if length == 0 else max(0, min(1, ((x - ax) * dx + (y - ay) * dy) / length))
        best = min(best, math.hypot(x - ax - along * dx, y - ay - along * dy))
    return best


def middle(points):
    """The point of a grid that lies deepest within."""
    xs, ys = [x for x, _ in points], [y for _, y in points]
    steps = 24
    grid = [
        (min(xs) + (max(xs) - min(xs)) * (i + 0.5) / steps, min(ys) + (max(ys) - min(ys)) * (j + 0.5) / steps)
        for i in range(steps) for j in range(steps)
    ]
    within = [point for point in grid if inside(point, points)]
    return max(within, key=lambda point: to_edge(point, points)) if within else (sum(xs) / len(xs), sum(ys) / len(ys))


def path(points):
    """A closed line in steps of half a unit, as few letters as it takes."""
    steps = [(round(x * 2), round(y * 2)) for x, y in points]
    steps = [step for at, step in enumerate(steps) if at == 0 or step != steps[at - 1]]
    if len(set(steps)) < 3:
        return ""
    number = lambda twice: f"{twice / 2:g}"
    (x, y), rest = steps[0], steps[1:]
    text = f"M{number(x)} {number(y)}l"
    parts = []
    for nx, ny in rest:
        parts.append(f"{number(nx - x)} {number(ny - y)}")
        x, y = nx, ny
    return f"{text}{' '.join(parts)}z".replace(" -", "-")


def main(file):
    topology = json.loads(Path(file).read_text(encoding="utf-8"))
    arcs = arcs_of(topology)
    countries = list(csv.DictReader((PLACES / "countries.csv").open(encoding="utf-8", newline="")))
    codes = {row["name"]: row["iso2"] for row in countries}
    lines, seen = [], set()
    for geometry in topology["objects"]["countries"]["geometries"]:
        name = geometry["properties"]["name"]
        if name in NOT_ON_THE_MAP:
            continue
        code = NAMES.get(name) or codes.get(name, "")
        polygons = [geometry["arcs"]] if geometry["type"] == "Polygon" else geometry["arcs"]
        rings = [piece for polygon in polygons for indices in polygon for piece in cut(ring(indices, arcs))]
        rings = [[on_map(*point) for point in points] for points in rings]
        x, y = middle(max(rings, key=lambda points: abs(area(points))))
        outline = "".join(path(points) for points in rings)
        if not code:
            print(f"no code: {name}", file=sys.stderr)
        lines.append((code, x, y, outline))
        seen.add(code)
    largest_cities = {}
    for row in csv.DictReader((PLACES / "cities.csv").open(encoding="utf-8", newline="")):
        known = largest_cities.get(row["country"])
        if known is None or int(row["population"]) > int(known["population"]):
            largest_cities[row["country"]] = row
    for code, row in largest_cities.items():
        if code not in seen:
            x, y = on_map(float(row["longitude"]), float(row["latitude"]))
            lines.append((code, x, y, ""))
    lines.sort()
    height = math.ceil((UPPER - natural_earth(0, BOTTOM)[1]) * SCALE)
    text = "".join(f"{code}\t{x:.1f}\t{y:.1f}\t{outline}\n" for code, x, y, outline in lines)
    (PLACES / "world.tsv").write_text(text, encoding="utf-8")
    print(f"{len(lines)} lines, {len(text)} bytes, {WIDTH} by {height} units")


if __name__ == "__main__":
    main(sys.argv[1])
