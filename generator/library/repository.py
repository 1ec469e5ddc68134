"""What checks see: all records, unselected, and the documents that tell the place of every value."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import TypeVar

from generator.base.text import Source, Span
from generator.library.assemble import Assembly
from generator.library.graph import Library
from generator.library.references import texts_of
from generator.model.record import Record
from generator.reading.frontmatter import Location, Places

Kind = TypeVar("Kind", bound=Record)


@dataclass(frozen=True, slots=True)
class Repository:
    library: Library
    assembly: Assembly
    assets: Mapping[str, int]
    """Sizes in bytes."""
    before: Mapping[str, str] = field(default_factory=dict)
    """By path, what files held before that changed since the last commit; empty without git."""

    def of(self, cls: type[Kind]) -> Iterator[tuple[Kind, Places]]:
        """The records of a type, each with its document."""
        for record in self.library.of(cls):
            yield record, self.document(record)

    def shown(self) -> Iterator[tuple[Record, Places]]:
        """Every file that holds a record: originals and translations, each with its own document and body."""
        for record in self.library.records.values():
            yield record, self.document(record)
        for record in self.assembly.translated.values():
            if record.origin.translation_path:
                yield record, self.assembly.places[record.origin.translation_path]

    def said_in(self, face: Record, places: Places) -> Iterator[tuple[Location, str]]:
        """What a file says in its fields, of a record as an edition has it: what a translation leaves as it is was
        said in the original.
        """
        original = self.library.records[face.id]
        known = dict(texts_of(original)) if places.source.path != original.path else {}
        return ((location, text) for location, text in texts_of(face) if known.get(location) != text)

    def document(self, record: Record) -> Places:
        return self.assembly.places[record.path]

    def place(self, record: Record, location: Location) -> tuple[Source, Span]:
        """The source and span of a field of an original."""
        document = self.document(record)
        return document.source, document.at(location)


def in_body(document: Places, span: Span) -> Span:
    """A span of the body as a span of the file."""
    return Span(document.body.start + span.start, document.body.start + span.end)
