"""The balance page: whose voices the knowledge base holds, by sector and year, and whose are missing."""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from generator.base.text import Text
from generator.model.entry import Entry
from generator.pages.facets import PROFILES
from generator.pages.page import Page
from generator.pages.view import Site, View, fixed_page
from generator.records.case import Case
from generator.records.organization import Organization

NOBODY = ""
"""Stands where a sector would."""
FEW = 0.05
"""A profile with less than this share of what has a sector is named as little heard."""
_SINGLE_YEARS = 6
"""Spans of more years than this are told by decades."""

Voice = tuple[str, int | None]
"""A sector and a year, where each is known."""


@dataclass(frozen=True, slots=True)
class Tally:
    """What was counted in one respect: in all by sector, and by sector and period, in the order of `periods`."""

    name: str
    totals: Mapping[str, int]
    periods: tuple[str, ...]
    cells: Mapping[tuple[str, str], int]

    @property
    def total(self) -> int:
        return sum(self.totals.values())

    def is_little(self, sector: str) -> bool:
        return self.totals.get(sector, 0) < FEW * (self.total - self.totals.get(NOBODY, 0))


def balance_page(site: Site) -> Page:
    tallies = [_tally(site, name, voices(site)) for name, voices in MEASURES.items()]
    rest = [sector for sector in site.library.vocabularies["sectors"].terms if sector not in PROFILES]
    silent = [tally for tally in tallies if not any(tally.totals.get(sector) for sector in PROFILES)]
    told = [tally for tally in tallies if tally not in silent]
    missing = [(sector, found) for sector in PROFILES if (found := [each for each in told if each.is_little(sector)])]
    return fixed_page(
        site,
        "balance",
        Text("Equilibrio de voces", "Balance of voices"),
        Text(
            "De qué sectores son las fuentes, las miradas, la autoría y los acuerdos de esta base, y qué voces faltan.",
            "Which sectors the sources, perspectives, authorship and agreements come from; whose voices are missing.",
        ),
        tallies=tallies,
        groups=[PROFILES, rest, [NOBODY]],
        missing=missing,
        silent=silent,
        few=round(1 / FEW),
    )


def _tally(site: Site, name: str, voices: Iterable[Voice]) -> Tally:
    counts = Counter(voices)
    years = sorted({year for _, year in counts if year})

    def period(year: int | None) -> str:
        if year is None:
            return View(site, "").say("sin fecha", "no date")
        if years[-1] - years[0] < _SINGLE_YEARS:
            return str(year)
        decade = year - year % 10
        return f"{decade}–{decade + 9}"

    undated = [None] if any(year is None for _, year in counts) else []
    totals, cells = Counter[str](), Counter[tuple[str, str]]()
    for (sector, year), count in counts.items():
        totals[sector] += count
        cells[sector, period(year)] += count
    return Tally(name, totals, tuple(dict.fromkeys(map(period, [*years, *undated]))), cells)


def _sources(site: Site) -> Iterator[Voice]:
    for record in site.library.records.values():
        for source in record.sources:
            yield source.sector or NOBODY, source.date.year if source.date else None


def _perspectives(site: Site) -> Iterator[Voice]:
    for case in site.library.of(Case):
        for perspective in case.perspectives:
            # A preview shows records with errors too: one may name a source that it does not have.
            cited = [case.sources[number - 1] for number in perspective.source if number <= len(case.sources)]
            dates = [source.date for source in cited]
            yield perspective.sector, min((date.year for date in dates if date), default=None)


def _authorships(site: Site) -> Iterator[Voice]:
    for entry in site.library.records.values():
        if isinstance(entry, Entry) and entry.authors:
            for sector in _sectors(site, (author.organization for author in entry.authors)):
                yield sector, entry.created.year


def _agreements(site: Site) -> Iterator[Voice]:
    for made in site.agreements:
        for sector in _sectors(site, made.agreement.responsible):
            yield sector, made.minutes.start.on.year


def _sectors(site: Site, organizations: Iterable[str | None]) -> list[str]:
    """The sectors of some organisations, each once; nobody's where none of them has a record here."""
    found = (site.library.called(each) for each in organizations)
    return sorted({each.sector for each in found if isinstance(each, Organization)}) or [NOBODY]


MEASURES = {"sources": _sources, "perspectives": _perspectives, "authorships": _authorships, "agreements": _agreements}
