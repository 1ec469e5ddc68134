"""The fact sheet of a record, derived from its declared fields: labels, words and links to the facets."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from pydantic import BaseModel

from generator.base.text import Lang
from generator.library.graph import Library
from generator.model.fields import about_of, marks_of
from generator.model.kinds import Choice, Moment, PartialDate, Reference, TermOf
from generator.model.record import Record
from generator.pages.addresses import record_address
from generator.pages.facets import FACET_OF_VOCABULARY, FACETS
from generator.pages.page import relative
from generator.pages.wording import day, number
from generator.records.case import Period
from generator.records.minutes import Venue


@dataclass(frozen=True, slots=True)
class Said:
    """A value in words; `href` leads to what shares it."""

    words: str
    href: str | None = None


@dataclass(frozen=True, slots=True)
class Row:
    label: str
    values: tuple[Said, ...]
    lang: str | None = None
    """The language of the values, if they are an author's words in another one than the page's."""


def sheet(library: Library, record: Record, lang: Lang, here: str) -> tuple[Row, ...]:
    """Every field worth showing that has a value, in the order of the model."""
    rows = []
    for name, field in type(record).model_fields.items():
        told, value = about_of(field), getattr(record, name)
        if not told.on_sheet or value in (None, (), False):
            continue
        marks = list(marks_of(field.annotation, field.metadata, object))
        values = tuple(_said(library, value, marks, lang, here))
        if values:
            its_own = isinstance(value, Venue) and record.origin.shown_in != lang
            rows.append(Row(told.label.to(lang), values, record.origin.shown_in if its_own else None))
    return tuple(rows)


def _said(library: Library, value: Any, marks: list[Any], lang: Lang, here: str) -> Iterator[Said]:
    if isinstance(value, tuple):
        for entry in value:
            yield from _said(library, entry, marks, lang, here)
    elif isinstance(value, bool):
        yield Said("sí" if lang == "es" else "yes")
    elif isinstance(value, PartialDate | Moment):
        yield Said(day(value, lang))
    elif isinstance(value, int | Decimal):
        yield Said(number(value, lang))
    elif isinstance(value, BaseModel):
        yield from _part(value, lang, here)
    elif isinstance(value, str):
        yield _text(library, value, marks, lang, here)


def _text(library: Library, value: str, marks: list[Any], lang: Lang, here: str) -> Said:
    for mark in marks:
        if isinstance(mark, TermOf):
            term = library.vocabularies[mark.vocabulary].terms[value]
            facet = FACET_OF_VOCABULARY.get(mark.vocabulary)
            return Said(term.label.to(lang), relative(here, facet.page(value, lang)) if facet else None)
        if isinstance(mark, Choice):
            by_label = next((facet for facet in FACETS if facet.label_of == mark.label), None)
            return Said(mark.label(value).to(lang), relative(here, by_label.page(value, lang)) if by_label else None)
        if isinstance(mark, Reference) and value in library.records:
            record = library.shown(library.records[value], lang)
            return Said(record.heading, relative(here, record_address(record, lang)))
    shown = re.sub(r"^https?://(?:www\.)?(.+?)/?$", r"\1", value)
    return Said(shown, value if shown != value else None)


def _part(value: BaseModel, lang: Lang, here: str) -> Iterator[Said]:
    """Groups of fields that read as one value; the others have a place of their own on the page."""
    if isinstance(value, Period):
        start, until = day(value.start, lang), day(value.end, lang) if value.end else ""
        if not until and value.ongoing:
            until = "hoy" if lang == "es" else "today"
        yield Said(f"{start} – {until}" if until and until != start else start)
    elif isinstance(value, Venue):
        facet = FACET_OF_VOCABULARY["places"]
        yield Said(value.name, relative(here, facet.page(value.ubigeo, lang)) if value.ubigeo else None)
    else:
        parts = [getattr(value, name) for name in type(value).model_fields]
        yield Said(
            " – ".join(day(part, lang) if isinstance(part, PartialDate) else str(part) for part in parts if part)
        )
