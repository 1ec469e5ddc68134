"""Where records lie: each one's points, and the frames of the Earth that they are drawn in."""

import math
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from generator.base.text import Lang, Text
from generator.library.graph import Library
from generator.model.vocabulary import Term
from generator.pages.facets import FACETS_BY_NAME, Facet
from generator.records.case import Case

KM_PER_DEGREE = 111.2
_AT_THE_CAPITAL = 3
"""Kilometres."""
_DIRECTIONS = (
    Text("norte", "north"), Text("noreste", "north-east"), Text("este", "east"), Text("sureste", "south-east"),
    Text("sur", "south"), Text("suroeste", "south-west"), Text("oeste", "west"), Text("noroeste", "north-west"),
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Point:
    """Degrees, and how well they are known: as the record says, or `place` or `country` where only that is known."""

    lat: float
    lon: float
    accuracy: str
    facet: Facet
    term: Term
    """The place or country that the record names."""


@dataclass(frozen=True, slots=True)
class Frame:
    """A rectangle of the Earth, in degrees, drawn `width` units wide: one unit is a pixel on a small phone.

    Equirectangular: both axes are linear, lengths are true in all directions at the middle latitude.
    """

    name: str
    title: Text
    south: float
    west: float
    north: float
    east: float
    width: int
    per_degree: int
    """Units of its outline file in a degree."""
    written: tuple[tuple[Text, float, float], ...] = ()
    """Names of what lies around, with latitude and longitude."""

    def holds(self, point: Point) -> bool:
        return self.south <= point.lat <= self.north and self.west <= point.lon <= self.east

    @property
    def scale(self) -> tuple[float, float]:
        """Units in a degree eastward and southward."""
        eastward = self.width / (self.east - self.west)
        return eastward, eastward / math.cos(math.radians((self.south + self.north) / 2))

    @property
    def height(self) -> int:
        return round((self.north - self.south) * self.scale[1])

    def at(self, lat: float, lon: float) -> tuple[float, float]:
        eastward, southward = self.scale
        return round((lon - self.west) % 360 * eastward, 1), round((self.north - lat) * southward, 1)

    def within(self, lat: float, lon: float, margin: float) -> tuple[float, float]:
        """The same, moved in from the edge: what lies there can be seen and touched whole."""
        x, y = self.at(lat, lon)
        return min(max(x, margin), self.width - margin), min(max(y, margin), self.height - margin)

    @property
    def matrix(self) -> str:
        """What turns the units of the outline file into those of the drawing."""
        kx, ky = (each / self.per_degree for each in self.scale)
        left, top = -self.west * self.scale[0], self.north * self.scale[1]
        return f"matrix({kx:.6f} 0 0 {ky:.6f} {left:.3f} {top:.3f})"


MOQUEGUA = Frame(
    "moquegua",
    Text("Moquegua", "Moquegua"),
    *(-17.9, -71.75, -15.88, -69.95),
    width=320,
    per_degree=1000,
    written=(
        (Text("Arequipa", "Arequipa"), -16.25, -71.45),
        (Text("Puno", "Puno"), -16.3, -70.17),
        (Text("Tacna", "Tacna"), -17.45, -70.3),
        (Text("Océano Pacífico", "Pacific Ocean"), -17.8, -71.47),
    ),
)
PERU = Frame(
    "peru",
    Text("Otros lugares del Perú", "Elsewhere in Peru"),
    *(-18.6, -82, 0.3, -68.2),
    width=200,
    per_degree=100,
    written=((Text("Moquegua", "Moquegua"), -17.6, -74.6),),
)
WORLD = Frame("world", Text("Otros países", "Other countries"), *(-57, -170, 76, 190), width=320, per_degree=10)
FRAMES = (MOQUEGUA, PERU, WORLD)
"""From near to far: a point is drawn in the first that holds it."""


PLACE, COUNTRY = FACETS_BY_NAME["place"], FACETS_BY_NAME["country"]


def points_of(case: Case, library: Library) -> list[Point]:
    """Its location if it says one, else the capitals of the narrowest places it names, else its countries."""
    places, countries = library.vocabularies["places"], library.vocabularies["countries"].terms
    broader = {step for each in case.places for step in list(places.with_broader(each))[1:]}
    narrowest = [each for each in case.places if each not in broader]
    if case.location:
        facet, term = (PLACE, places.terms[narrowest[0]]) if narrowest else (COUNTRY, countries[case.countries[0]])
        return [Point(float(case.location.lat), float(case.location.lon), case.location.accuracy, facet, term)]
    # A district whose capital's coordinates are not known stands at the capital of its province.
    steps = ((each, [places.terms[step] for step in places.with_broader(each)]) for each in narrowest)
    capitals = [(places.terms[each], next((t.point for t in terms if t.point), None)) for each, terms in steps]
    found = [Point(*at, "place", PLACE, term) for term, at in capitals if at]
    return found or [Point(*at, "country", COUNTRY, countries[c]) for c in case.countries if (at := countries[c].point)]


def frame_of(case: Case, point: Point) -> Frame:
    near = [frame for frame in FRAMES if frame is not PERU or "PE" in case.countries]
    return next((frame for frame in near if frame.holds(point)), WORLD)


def capitals(library: Library) -> list[Term]:
    """The districts of the region whose capital's coordinates are known."""
    return [term for term in library.vocabularies["places"].terms.values() if term.point and len(term.id) == 6]


def nearest_capital(lat: float, lon: float, districts: Iterable[Term]) -> tuple[Term, Text]:
    """The district whose capital is nearest, and the point in words: its name, or so many kilometres from it."""

    def east_and_north(term: Term) -> tuple[float, float]:
        at = term.point or (90.0, 0.0)
        return (lon - at[1]) * math.cos(math.radians(lat)) * KM_PER_DEGREE, (lat - at[0]) * KM_PER_DEGREE

    term = min(districts, key=lambda term: (math.hypot(*east_and_north(term)), term.id))
    east, north = east_and_north(term)
    kilometres = round(math.hypot(east, north))
    if kilometres < _AT_THE_CAPITAL:
        return term, term.label
    towards = _DIRECTIONS[round(math.degrees(math.atan2(east, north)) / 45) % 8]
    return term, Text(
        f"A unos {kilometres} km al {towards.es} de {short(term.label.es)}",
        f"About {kilometres} km {towards.en} of {short(term.label.en)}",
    )


def short(name: str) -> str:
    """A place's name without what tells it from its namesake: `Ilo (distrito)`."""
    return name.partition(" (")[0]


@dataclass(frozen=True, slots=True)
class Dot:
    """Something round on a drawing, and its name; some have none."""

    words: str
    at: tuple[float, float]
    radius: float


@dataclass(frozen=True, slots=True)
class Name:
    """Words on a drawing; `anchor` says which part of them is at x."""

    words: str
    x: float
    y: float
    anchor: str = "middle"
    around: bool = False
    """Whether it names what lies around rather than a dot."""

    def box(self) -> "Box":
        """About what it covers, as type of 11 units is wide."""
        width = len(self.words) * 5.9
        left = self.x - {"start": 0.0, "middle": width / 2, "end": width}[self.anchor]
        return left, self.y - 9, left + width, self.y + 3


Box = tuple[float, float, float, float]
"""Left, top, right, bottom."""


def written(frame: Frame, lang: Lang) -> list[Name]:
    return [Name(words.to(lang), *frame.at(lat, lon), around=True) for words, lat, lon in frame.written]


def named(frame: Frame, dots: Sequence[Dot], there: Iterable[Name]) -> Iterator[Name]:
    """The name of each dot beside it, in the first of four places that is free of the names and dots that are there."""
    taken = [name.box() for name in there]
    taken += [(x - dot.radius, y - dot.radius, x + dot.radius, y + dot.radius) for dot in dots for x, y in [dot.at]]
    for dot in dots:
        (x, y), beside = dot.at, dot.radius + 3
        right, left = Name(dot.words, x + beside, y + 4, "start"), Name(dot.words, x - beside, y + 4, "end")
        for name in (right, left, Name(dot.words, x, y + beside + 8), Name(dot.words, x, y - beside - 1)):
            box = name.box()
            inside = box[0] >= 0 and box[2] <= frame.width and box[1] >= 0 and box[3] <= frame.height
            if dot.words and inside and not any(_overlap(box, other) for other in taken):
                taken.append(box)
                yield name
                break


def _overlap(one: Box, other: Box) -> bool:
    return one[0] < other[2] and other[0] < one[2] and one[1] < other[3] and other[1] < one[3]
