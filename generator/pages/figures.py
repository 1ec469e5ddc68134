"""What a figure draws: the bars of each measure, and the bands of a sharing.

Heights are in em and widths in percent of the drawing's own: it grows with the reader's letters and fits any screen,
so that nothing is ever too small to read on a phone.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal
from functools import partial
from textwrap import wrap
from typing import Any

from generator.base.text import Lang, Text
from generator.model.data import UNIT, Chart, Data, Point, Sharing
from generator.pages.wording import number

ROW, LINE = 1.75, 1.3
LONGEST_BAR = 62
"""Percent of the width: years stand before a bar, its amount after it."""
THICKNESS = 0.12
"""Em for each percent of what is shared out."""
LETTERS = 27
"""Of a line beside the bands, at 360 px."""


def told(figure: Chart | Sharing, data: Data, lang: Lang) -> dict[str, Any]:
    """What the template of a figure says: everything that is drawn is also in its table."""
    words = {
        "amount": partial(amount_words, lang=lang),
        "unit": partial(unit_words, lang=lang),
        "percent": partial(percent_words, lang=lang),
    }
    if isinstance(figure, Sharing):
        origin = wrap(figure.taken_from.text.to(lang), LETTERS * 3 // 2) if figure.taken_from else []
        top = len(origin) * LINE + 5 if origin else 2.6
        return {**words, "flow": flow(figure, lang), "origin": origin, "top": top}
    measures = data.of((*figure.plotted, *figure.listed))
    drawn = panels(data.of(figure.plotted))
    return {
        **words,
        "flow": None,
        "measures": measures,
        "panels": drawn,
        "rows": sum(map(len, measures.values())),
        "doubtful": any(not point.verified for panel in drawn for point in panel.points),
    }


@dataclass(frozen=True, slots=True)
class Bar:
    """A point; without one, years of which nothing was seen. `top` is in em, `width` in percent."""

    years: str
    top: float
    point: Point | None = None
    width: float = 0


@dataclass(frozen=True, slots=True)
class Panel:
    """The drawing of one measure."""

    measure: str
    bars: tuple[Bar, ...]

    @property
    def height(self) -> float:
        return len(self.bars) * ROW

    @property
    def points(self) -> tuple[Point, ...]:
        return tuple(bar.point for bar in self.bars if bar.point)


def panels(measures: dict[str, list[Point]]) -> list[Panel]:
    """One panel a measure, all to one scale for each unit, so that they can be compared by eye and never joined."""
    most: dict[str, Decimal] = {"percent": Decimal(100)}
    for point in (point for points in measures.values() for point in points):
        most[point.unit] = max(most.get(point.unit, Decimal(0)), point.amount)
    return [Panel(measure, tuple(_bars(points, most))) for measure, points in measures.items()]


def _bars(points: Sequence[Point], most: dict[str, Decimal]) -> Iterator[Bar]:
    row = 0
    for before, point in zip((None, *points), points, strict=False):
        missing = range(before.year + 1, point.year) if before else range(0)
        if missing:
            years = f"{missing[0]}–{missing[-1]}" if len(missing) > 1 else f"{missing[0]}"
            yield Bar(years, row * ROW)
            row += 1
        width = max(Decimal(0), point.amount) / (most[point.unit] or 1) * LONGEST_BAR
        yield Bar(str(point.year), row * ROW, point, round(float(width), 2))
        row += 1


def unit_words(point: Point, lang: Lang) -> str:
    """What the amounts of a measure are counted in; percentages and ranks say it themselves."""
    if point.unit == "millions":
        currency = "soles" if point.currency == "PEN" else point.currency
        return f"millones de {currency}" if lang == "es" else f"million {currency}"
    return "" if point.unit in ("percent", "rank") else UNIT.label(point.unit).to(lang)


def amount_words(point: Point, lang: Lang, *, rounded: bool = False) -> str:
    """The amount as the source gives it, or with one decimal at most."""
    amount = point.amount
    if rounded:
        amount = amount.quantize(Decimal("0.1"))
    amount = amount.to_integral() if amount == amount.to_integral() else amount.normalize()
    if point.unit == "percent":
        return percent_words(amount, lang)
    words = number(amount, lang)
    return f"{Text('puesto', 'rank').to(lang)} {words}" if point.unit == "rank" else words


def percent_words(value: Decimal | int, lang: Lang) -> str:
    return f"{number(value, lang)} %" if lang == "es" else f"{number(value, lang)}%"


@dataclass(frozen=True, slots=True)
class Band:
    """A share: its path in a box of 100 by ten units an em, and its words. `inner` bands leave the one before them."""

    path: str
    percent: str
    lines: tuple[str, ...]
    top: float
    inner: bool


@dataclass(frozen=True, slots=True)
class Flow:
    height: float
    bands: tuple[Band, ...]


def flow(sharing: Sharing, lang: Lang) -> Flow:
    """The bands in the order of the shares: each as thick as its part, from the whole to a place beside its words."""
    bands: list[Band] = []
    left = top = end = 0.0
    for share in sharing.shares:
        thick = float(share.percent) * THICKNESS
        lines = tuple(wrap(share.text.to(lang), LETTERS - 5 * share.within_previous))
        room = max(thick, (len(lines) + 1) * LINE)
        start = end - thick if share.within_previous else left
        middle = top + room / 2
        end = middle + thick / 2
        percent = percent_words(share.percent, lang)
        path = _curve(start, end - thick, thick)
        bands.append(Band(path, percent, lines, round(middle - (len(lines) + 1) * LINE / 2, 2), share.within_previous))
        left += 0 if share.within_previous else thick
        top += room + LINE / 2
    return Flow(round(max(top, left), 2), tuple(bands))


def _curve(start: float, end: float, thick: float) -> str:
    """A band of even height from one edge of the box to the other."""
    a, b, c, d = (round(10 * edge, 1) for edge in (start, end, end + thick, start + thick))
    return f"M0 {a:g}C55 {a:g} 45 {b:g} 100 {b:g}V{c:g}C45 {c:g} 55 {d:g} 0 {d:g}Z"
