"""The fact sheet of a record, derived from its declared fields: labels, words and links to the facets."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from pydantic import BaseModel

from generator.model.fields import about_of, marks_of
from generator.model.kinds import Choice, Moment, PartialDate, Reference, TermOf
from generator.model.record import Record
from generator.pages.facets import FACET_OF_VOCABULARY, FACETS
from generator.pages.view import View
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


def sheet(view: View, record: Record) -> Iterator[Row]:
    """Every field worth showing that has a value, in the order of the model."""
    for name, field in type(record).model_fields.items():
        told, value = about_of(field), getattr(record, name)
        if told.on_sheet and value not in (None, (), False):
            marks = list(marks_of(field.annotation, field.metadata, object))
            lang = view.foreign(record) if isinstance(value, Venue) else None
            yield Row(view.word(told.label), tuple(_said(view, value, marks)), lang)


def _said(view: View, value: Any, marks: list[Any]) -> Iterator[Said]:
    if isinstance(value, tuple):
        for entry in value:
            yield from _said(view, entry, marks)
    elif isinstance(value, bool):
        yield Said(view.say("sí", "yes"))
    elif isinstance(value, PartialDate | Moment):
        yield Said(view.day(value))
    elif isinstance(value, int | Decimal):
        yield Said(view.number(value))
    elif isinstance(value, BaseModel):
        yield _part(view, value)
    else:
        yield _text(view, value, marks)


def _text(view: View, value: str, marks: list[Any]) -> Said:
    for mark in marks:
        if isinstance(mark, TermOf):
            facet = FACET_OF_VOCABULARY.get(mark.vocabulary)
            return Said(view.term(mark.vocabulary, value), view.to_facet(facet, value) if facet else None)
        if isinstance(mark, Choice):
            by_label = next((facet for facet in FACETS if facet.label_of == mark.label), None)
            return Said(view.word(mark.label(value)), view.to_facet(by_label, value) if by_label else None)
        if isinstance(mark, Reference) and (record := view.record(value)):
            return Said(record.heading, view.to(record))
    shown = re.sub(r"^https?://(?:www\.)?(.+?)/?$", r"\1", value)
    return Said(shown, value if shown != value else None)


def _part(view: View, value: BaseModel) -> Said:
    """Groups of fields that read as one value; the others have a place of their own on the page."""
    if isinstance(value, Period):
        start, until = view.day(value.start), view.day(value.end) if value.end else ""
        if not until and value.ongoing:
            until = view.say("hoy", "today")
        return Said(f"{start} – {until}" if until and until != start else start)
    if isinstance(value, Venue):
        facet = FACET_OF_VOCABULARY["places"]
        return Said(value.name, view.to_facet(facet, value.ubigeo) if value.ubigeo else None)
    parts = [getattr(value, name) for name in type(value).model_fields]
    return Said(" – ".join(view.day(part) if isinstance(part, PartialDate) else str(part) for part in parts if part))
