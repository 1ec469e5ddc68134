"""The map: cases where they happened and practices where their cases did, gathered into spots that can be touched."""

import math
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from generator.base.text import Text, plain
from generator.model.record import Record
from generator.pages.atlas import (
    FRAMES,
    MOQUEGUA,
    PLACE,
    Dot,
    Frame,
    Name,
    Point,
    capitals,
    frame_of,
    named,
    nearest_capital,
    points_of,
    short,
    written,
)
from generator.pages.list_pages import Listing
from generator.pages.page import LISTS, Page, relative
from generator.pages.view import Site, View, fixed_page
from generator.records.case import Case
from generator.records.practice import Practice

RADIUS, TARGET, TOWN = 10, 13, 2
"""Of a spot as it is seen and as it can be touched, and of a town, in units of a drawing: pixels on a phone."""
PER_SPOT = 25
"""Cases and practices listed at a spot; the rest is counted. It keeps the page small at any number of records."""
ACCURACY = {
    "high": Text("ubicación precisa", "precise location"),
    "medium": Text("ubicación de precisión media", "location of medium accuracy"),
    "low": Text("ubicación de precisión baja", "location of low accuracy"),
    "place": Text("solo se conoce el lugar", "only the place is known"),
    "country": Text("solo se conoce el país", "only the country is known"),
}

Located = tuple[Case, Point]


@dataclass(frozen=True, slots=True)
class Spot:
    """What lies so close together that it is one thing to touch."""

    anchor: str
    at: tuple[float, float]
    heading: str
    label: str
    """Its name on the drawing, where it has one."""
    ways: tuple[tuple[str, str], ...]
    """(words, address) of the lists of its places."""
    cases: tuple[tuple[Case, str], ...]
    """Each with the accuracy of its point in words."""
    practices: tuple[Practice, ...]
    is_exact: bool

    @property
    def count(self) -> int:
        return len(self.cases) + len(self.practices)


@dataclass(frozen=True, slots=True)
class Drawing:
    frame: Frame
    spots: tuple[Spot, ...]
    towns: tuple[Dot, ...]
    names: tuple[Name, ...]


def map_page(site: Site, every: Sequence[Listing]) -> Page:
    view = View(site, LISTS["map"].to(site.lang))
    cases = site.library.of(Case)
    located = [(case, point) for case in cases for point in points_of(case, site.library)]
    makers = [
        _Maker(view, frame, _users(site), frozenset(each.path.to(site.lang) for each in every)) for frame in FRAMES
    ]
    drawings = [maker.drawing([each for each in located if frame_of(*each) is maker.frame]) for maker in makers]
    shown = {case.id for drawing in drawings for spot in drawing.spots for case, _ in spot.cases}
    shown |= {practice.id for drawing in drawings for spot in drawing.spots for practice in spot.practices}
    everything: list[Record] = [*cases, *site.library.of(Practice)]
    return fixed_page(
        site,
        "map",
        Text("Mapa de casos y buenas prácticas", "Map of cases and good practices"),
        Text(
            "Dónde ocurrieron los casos: en los distritos de Moquegua, en otros lugares del Perú y en otros países.",
            "Where the cases happened: in the districts of Moquegua, elsewhere in Peru and in other countries.",
        ),
        drawings=drawings,
        nowhere=[view.shown(record) for record in everything if record.id not in shown],
        most=PER_SPOT,
        radius=RADIUS,
        target=TARGET,
    )


def _users(site: Site) -> dict[str, list[Practice]]:
    """The practices that each case used."""
    found: dict[str, list[Practice]] = {}
    for practice in site.library.of(Practice):
        for case in sorted({site.library.aliases.get(each, each) for each in practice.used_in}):
            found.setdefault(case, []).append(practice)
    return found


@dataclass(frozen=True, slots=True)
class _Maker:
    """Draws one frame. `lists` are the addresses of the lists that there are."""

    view: View
    frame: Frame
    practices: Mapping[str, Sequence[Practice]]
    lists: frozenset[str]

    def drawing(self, located: Iterable[Located]) -> Drawing:
        spots = [self._spot(group, f"mapa_{self.frame.name}_{n}") for n, group in enumerate(self._gathered(located), 1)]
        spots.sort(key=lambda spot: (-spot.count, plain(spot.heading), spot.anchor))
        towns = [dot for dot in self._towns() if all(math.dist(dot.at, spot.at) > TARGET for spot in spots)]
        around = written(self.frame, self.view.lang)
        dots = [*(Dot(spot.label, spot.at, TARGET) for spot in spots), *towns]
        return Drawing(self.frame, tuple(spots), tuple(towns), (*around, *named(self.frame, dots, around)))

    def _towns(self) -> list[Dot]:
        terms = capitals(self.view.library) if self.frame is MOQUEGUA else ()
        return [
            Dot(short(term.label.to(self.view.lang)), self.frame.at(*term.point), TOWN) for term in terms if term.point
        ]

    def _gathered(self, located: Iterable[Located]) -> list[list[Located]]:
        """Each point with the first one that its target would touch, beginning with those that most cases share."""
        every = [(self._at(point), case, point) for case, point in located]
        shared = Counter(at for at, _, _ in every)
        groups: dict[tuple[float, float], list[Located]] = {}
        for at, case, point in sorted(every, key=lambda each: (-shared[each[0]], each[0], each[1].id)):
            near = next((known for known in groups if math.dist(known, at) < 2 * TARGET), at)
            groups.setdefault(near, []).append((case, point))
        return list(groups.values())

    def _at(self, point: Point) -> tuple[float, float]:
        return self.frame.within(point.lat, point.lon, TARGET)

    def _spot(self, group: Sequence[Located], anchor: str) -> Spot:
        view, first = self.view, group[0][1]
        named_by = {(point.facet, point.term.id): point.term.label.to(view.lang) for _, point in group}
        heading, label = ", ".join(named_by.values()), short(first.term.label.to(view.lang))
        districts = capitals(view.library) if self.frame is MOQUEGUA else []
        if districts:  # a preview may have none
            term, words = nearest_capital(first.lat, first.lon, districts)
            is_there = words is term.label
            heading, label = words.to(view.lang), short(words.to(view.lang)) if is_there else ""
            named_by = {(PLACE, term.id): heading} if is_there else {}
        pages = [(words, facet.page(value, view.lang)) for (facet, value), words in named_by.items()]
        cases = {case.id: (view.shown(case), view.word(ACCURACY[point.accuracy])) for case, point in group}
        practices = {used.id: view.shown(used) for case in cases for used in self.practices.get(case, ())}
        return Spot(
            anchor,
            self._at(first),
            heading,
            label,
            tuple((words, relative(view.here, path)) for words, path in pages if path in self.lists),
            tuple(sorted(cases.values(), key=lambda each: _order(each[0]))),
            tuple(sorted(practices.values(), key=_order)),
            all(point.accuracy == "high" for _, point in group),
        )


def _order(record: Record) -> tuple[str, str]:
    return plain(record.heading), record.id
