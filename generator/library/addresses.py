"""Every address on the web that the repository names, and where it stands."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass

from generator.base.text import Source, Span
from generator.library.assemble import Assembly
from generator.library.references import web_addresses
from generator.library.repository import in_body
from generator.model.data import Data
from generator.model.record import Record
from generator.reading.frontmatter import Places


@dataclass(frozen=True, slots=True)
class Address:
    target: str
    source: Source
    span: Span


def addresses(assembly: Assembly, data: Callable[[str], bytes]) -> Iterator[Address]:
    """In fields, in texts and their translations, in tables and figures; `data` gives the bytes of a file by path."""
    for record in assembly.records.values():
        places = assembly.places[record.path]
        yield from _in_fields(record, places)
        yield from _in_text(record, places)
    for record in assembly.translated.values():
        if record.origin.translation_path:
            yield from _in_text(record, assembly.places[record.origin.translation_path])
    yield from _in_data(assembly.data, data)


def _in_fields(record: Record, places: Places) -> Iterator[Address]:
    """A source that has an archived copy needs its first address no more."""
    for location, target in web_addresses(record):
        if location[-1] == "archived_url" or "archived_url" not in places.beside(location):
            yield Address(target, places.source, places.at(location))


def _in_text(record: Record, places: Places) -> Iterator[Address]:
    for link in (*record.body.links, *record.body.bare_links):
        if link.target.lower().startswith(("http://", "https://")):
            yield Address(link.target, places.source, in_body(places, link.span))


def _in_data(data: Data, read: Callable[[str], bytes]) -> Iterator[Address]:
    """The first place of each: the rows of a table share their sources."""
    tables = [(path, table.points) for path, table in data.tables.items()]
    for path, some in (*tables, *((path, (figure,)) for path, figure in data.figures.items())):
        source = Source(path, read(path).decode())
        for target in sorted({target for holder in some for _, target in web_addresses(holder)}):
            start = max(source.text.find(target), 0)
            yield Address(target, source, Span(start, start + len(target)))
