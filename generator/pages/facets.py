"""Facets: the ways into the records. Each value has a page; declaring one here is all it takes to add another."""

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass

from generator.base.memo import OfEach
from generator.base.text import Lang, Text
from generator.library.graph import Library
from generator.model.entry import Entry
from generator.model.record import Record
from generator.records.case import RESULT, Case
from generator.records.minutes import Minutes
from generator.records.organization import Organization
from generator.records.practice import Practice


@dataclass(frozen=True, slots=True)
class Facet:
    """`values` gives a record's values; `vocabulary` names them, unless `label` does."""

    name: str
    address: Text
    label: Text
    values: Callable[[Record], Iterable[str]]
    vocabulary: str | None = None
    label_of: Callable[[str], Text] | None = None

    def words(self, value: str, lang: Lang, library: Library) -> str:
        if self.label_of:
            return self.label_of(value).to(lang)
        if self.vocabulary and (term := library.vocabularies[self.vocabulary].terms.get(value)):
            return term.label.to(lang)
        return value

    def page(self, value: str, lang: Lang) -> str:
        return f"{self.address.to(lang)}/{value.lower()}/"

    def of(self, record: Record, library: Library) -> tuple[str, ...]:
        """The record's values, each once, with the broader ones: what is in Torata is in Mariscal Nieto too."""
        return values_of(record, library)[self.name]


def _topics(record: Record) -> Iterable[str]:
    if isinstance(record, Entry):
        return record.topics
    return ()


def _places(record: Record) -> Iterable[str]:
    if isinstance(record, Case):
        return record.places
    if isinstance(record, Minutes) and record.place and record.place.ubigeo:
        return (record.place.ubigeo,)
    return ()


def _sectors(record: Record) -> Iterator[str]:
    if isinstance(record, Case):
        yield from (actor.sector for actor in record.actors)
        yield from (perspective.sector for perspective in record.perspectives)
    elif isinstance(record, Practice):
        yield from record.audience
    elif isinstance(record, Organization):
        yield record.sector


def _years(record: Record) -> Iterable[str]:
    if isinstance(record, Case):
        # What goes on was seen going on until the record was written.
        ended = record.period.end or (record.created if record.period.ongoing else record.period.start)
        first, last = record.period.start.year, ended.year
        return (str(year) for year in range(first, last + 1))
    if isinstance(record, Minutes):
        return (str(record.start.on.year),)
    return ()


PROFILES = (
    "sociedad-civil", "base-social", "empresa-minera", "gobierno-subnacional",
    "medios", "comunidad-influencia", "academia", "cooperacion",
)  # fmt: skip
"""The sectors of the eight profiles that the founding document of 2022 hopes to gather."""

FACETS: tuple[Facet, ...] = (
    Facet("topic", Text("temas", "topics"), Text("Tema", "Topic"), _topics, "topics"),
    Facet("place", Text("lugares", "places"), Text("Lugar", "Place"), _places, "places"),
    Facet("sector", Text("sectores", "sectors"), Text("Sector", "Sector"), _sectors, "sectors"),
    Facet(
        "country",
        Text("paises", "countries"),
        Text("País", "Country"),
        lambda record: record.countries if isinstance(record, Case) else (),
        "countries",
    ),
    Facet(
        "result",
        Text("resultados", "results"),
        Text("Resultado", "Result"),
        lambda record: (record.result,) if isinstance(record, Case) else (),
        label_of=RESULT.label,
    ),
    Facet(
        "mechanism",
        Text("mecanismos", "mechanisms"),
        Text("Mecanismo", "Mechanism"),
        lambda record: record.mechanisms if isinstance(record, Case) else (),
        "mechanisms",
    ),
    Facet("year", Text("periodos", "years"), Text("Año", "Year"), _years),
)
SEARCHED = ("topic", "place", "sector", "year")
"""Facets that the search offers too."""
_VALUES = OfEach[Mapping[str, tuple[str, ...]]]()


def values_of(record: Record, library: Library) -> Mapping[str, tuple[str, ...]]:
    """By facet, the record's values: see `Facet.of`."""

    def found() -> Iterator[tuple[str, tuple[str, ...]]]:
        for facet in FACETS:
            vocabulary = library.vocabularies.get(facet.vocabulary or "")
            values = facet.values(record)
            steps = (step for value in values for step in vocabulary.with_broader(value)) if vocabulary else values
            yield facet.name, tuple(dict.fromkeys(steps))

    return _VALUES.get(record, tuple(library.vocabularies.values()), lambda: dict(found()))


FACETS_BY_NAME = {facet.name: facet for facet in FACETS}
FACET_OF_VOCABULARY = {facet.vocabulary: facet for facet in FACETS if facet.vocabulary}
