"""Which records a record refers to: in its fields, by their declared type, and in its text, by relative links."""

import posixpath
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from typing import Any
from urllib.parse import unquote, urlsplit

from pydantic import BaseModel

from generator.model.fields import about_of, marks_of, part_of
from generator.model.kinds import Choice, Reference, TermOf
from generator.model.record import Record
from generator.reading.outline import Link

Path = tuple[str, ...]
Location = tuple[str | int, ...]


@dataclass(frozen=True, slots=True)
class FieldReference:
    """An id that a field holds, and the types of record it may name (none: any)."""

    location: tuple[str | int, ...]
    id: str
    types: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Target:
    """Where a relative link leads: a path in the repository (None: outside it) and an anchor."""

    path: str | None
    anchor: str


def field_references(record: Record) -> Iterator[FieldReference]:
    """Every id that a field of the record holds, in the order of the fields."""
    for path, reference in _reference_paths(type(record)):
        for location, value in _values(record, path, ()):
            if isinstance(value, tuple):
                for index, entry in enumerate(value):
                    yield FieldReference((*location, index), entry, reference.types)
            elif value is not None:
                yield FieldReference(location, value, reference.types)


def source_numbers(record: Record) -> Iterator[tuple[Location, tuple[int, ...]]]:
    """Every `source:` of a record's parts, however deep: its place, and the positions it cites."""
    for path in _source_paths(type(record)):
        for location, numbers in _values(record, path, ()):
            if numbers:
                yield location, numbers


def names_of_organizations(record: Record) -> Iterator[tuple[Location, str]]:
    """Every name of an organisation or a team that a field holds."""
    for path in _name_paths(type(record)):
        for location, name in _values(record, path, ()):
            if name:
                yield location, name


def texts_of(part: BaseModel, location: Location = ()) -> Iterator[tuple[Location, str]]:
    """Every text that a part holds in words of its author's, with its place."""
    for name in _worded_fields(type(part)):
        value, here = getattr(part, name), (*location, name)
        entries = [((*here, index), entry) for index, entry in enumerate(value)] if isinstance(value, tuple) else []
        for place, entry in entries or [(here, value)]:
            if isinstance(entry, str):
                yield place, entry
            elif isinstance(entry, BaseModel):
                yield from texts_of(entry, place)


def link_target(path: str, link: Link) -> Target | None:
    """Where a link in a file of the repository leads; None for an address on the web or an anchor of the same page."""
    try:
        parts = urlsplit(link.target)
    except ValueError:
        return Target(None, "")
    if parts.scheme or parts.netloc or not parts.path:
        return None
    if parts.path.startswith("/"):
        return Target(None, parts.fragment)
    joined = posixpath.normpath(posixpath.join(posixpath.dirname(path), unquote(parts.path)))
    return Target(None if joined.startswith("..") else joined, parts.fragment)


@cache
def _worded_fields(model: type[BaseModel]) -> tuple[str, ...]:
    """Those that may hold words, or parts that do: no choices, terms or ids."""
    chosen = {
        name
        for name, field in model.model_fields.items()
        for mark in marks_of(field.annotation, field.metadata, object)
        if isinstance(mark, Choice | Reference | TermOf)
    }
    return tuple(name for name in model.model_fields if name not in chosen)


@cache
def _reference_paths(model: type[BaseModel]) -> tuple[tuple[Path, Reference], ...]:
    found: list[tuple[Path, Reference]] = []
    for name, field in model.model_fields.items():
        found += [((name,), mark) for mark in marks_of(field.annotation, field.metadata, Reference)]
        if part := part_of(field.annotation):
            found += [((name, *path), mark) for path, mark in _reference_paths(part)]
    return tuple(found)


@cache
def _source_paths(model: type[BaseModel]) -> tuple[Path, ...]:
    found: list[Path] = [("source",)] if "source" in model.model_fields else []
    for name, field in model.model_fields.items():
        if part := part_of(field.annotation):
            found += [(name, *path) for path in _source_paths(part)]
    return tuple(found)


@cache
def _name_paths(model: type[BaseModel]) -> tuple[Path, ...]:
    found: list[Path] = []
    for name, field in model.model_fields.items():
        found += [(name,)] if about_of(field).never_person else []
        if part := part_of(field.annotation):
            found += [(name, *path) for path in _name_paths(part)]
    return tuple(found)


def _values(holder: Any, path: Path, location: Location) -> Iterator[tuple[Location, Any]]:
    """The values at the end of a path of field names, through every entry of the lists on the way."""
    name, *rest = path
    value = getattr(holder, name)
    here = (*location, name)
    if not rest:
        yield here, value
    elif isinstance(value, tuple):
        for index, entry in enumerate(value):
            yield from _values(entry, tuple(rest), (*here, index))
    elif value is not None:
        yield from _values(value, tuple(rest), here)
