"""What a record refers to: other records in its fields, by their declared type, and in its text, by relative links;
sources, organisations and the web.
"""

import posixpath
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from functools import cache, lru_cache, partial
from typing import Any, NamedTuple, TypeVar, get_args
from urllib.parse import unquote, urlsplit

from pydantic import AfterValidator, BaseModel
from pydantic.fields import FieldInfo

from generator.base.memo import OfEach
from generator.model.fields import about_of, marks_of, part_of
from generator.model.kinds import Choice, Reference, TermOf
from generator.model.record import Record
from generator.model.scalars import Url
from generator.reading.outline import Link

Path = tuple[str, ...]
Location = tuple[str | int, ...]
Mark = TypeVar("Mark")


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


class Leads(NamedTuple):
    """The ids that a record names in its fields, and the paths that links in its text lead to (None: outside)."""

    ids: tuple[str, ...]
    paths: tuple[str | None, ...]


_LEADS = OfEach[Leads]()


def leads_of(record: Record) -> Leads:
    """Where a record leads, each once: looked up when it is first asked for."""
    return _LEADS.get(record, (), partial(_leads, record))


def _leads(record: Record) -> Leads:
    targets = (link_target(record.file, link) for link in record.body.links)
    ids = dict.fromkeys(reference.id for reference in field_references(record))
    return Leads(tuple(ids), tuple(dict.fromkeys(target.path for target in targets if target)))


def field_references(record: Record) -> Iterator[FieldReference]:
    """Every id that a field of the record holds, in the order of the fields."""
    for path, reference in _paths(type(record), _references):
        for location, value in _values(record, path, ()):
            if isinstance(value, tuple):
                for index, entry in enumerate(value):
                    yield FieldReference((*location, index), entry, reference.types)
            else:
                yield FieldReference(location, value, reference.types)


def source_numbers(record: Record) -> Iterator[tuple[Location, tuple[int, ...]]]:
    """Every `source:` of a record's parts, however deep: its place, and the positions it cites."""
    for path, _ in _paths(type(record), _source):
        yield from _values(record, path, ())


def terms_of(record: Record) -> Iterator[tuple[Location, TermOf, str]]:
    """Every term of a vocabulary that a field holds."""
    for path, mark in _paths(type(record), _terms):
        for location, value in _values(record, path, ()):
            entries = [value] if isinstance(value, str) else [*value]
            yield from ((location, mark, entry) for entry in entries)


def vocabularies_of(models: Iterable[type[BaseModel]]) -> frozenset[str]:
    """The names of the vocabularies that the fields of some models ask for, however deep."""
    return frozenset(mark.vocabulary for model in models for _, mark in _paths(model, _terms))


def names_of_organizations(record: Record) -> Iterator[tuple[Location, str]]:
    """Every name of an organisation or a team that a field holds."""
    for path, _ in _paths(type(record), _organization_name):
        yield from _values(record, path, ())


def web_addresses(holder: BaseModel) -> Iterator[tuple[Location, str]]:
    """Every address on the web that a field of a record, a table's row or a figure holds."""
    for path, _ in _paths(type(holder), _web_address):
        for location, value in _values(holder, path, ()):
            if isinstance(value, tuple):
                yield from (((*location, index), each) for index, each in enumerate(value))
            else:
                yield location, value


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
    # Most lead to the web; the rest is looked at closely.
    return None if link.target.startswith("https://") else _target(path.rpartition("/")[0], link.target)


@lru_cache(maxsize=10_000)
def _target(folder: str, link: str) -> Target | None:
    try:
        parts = urlsplit(link)
    except ValueError:
        return Target(None, "")
    if parts.scheme or parts.netloc or not parts.path:
        return None
    if parts.path.startswith("/"):
        return Target(None, parts.fragment)
    joined = posixpath.normpath(posixpath.join(folder, unquote(parts.path)))
    return Target(None if joined.startswith("..") else joined, parts.fragment)


def _references(_name: str, field: FieldInfo) -> Iterator[Reference]:
    return marks_of(field.annotation, field.metadata, Reference)


def _terms(_name: str, field: FieldInfo) -> Iterator[TermOf]:
    return marks_of(field.annotation, field.metadata, TermOf)


def _source(name: str, _field: FieldInfo) -> Iterator[str]:
    return iter([name] if name == "source" else [])


def _organization_name(name: str, field: FieldInfo) -> Iterator[str]:
    return iter([name] if about_of(field).never_person else [])


def _web_address(name: str, field: FieldInfo) -> Iterator[str]:
    """A meeting's link is for those who are in it; what comes after `Url` is what makes it one."""
    marks = () if about_of(field).members_only else marks_of(field.annotation, field.metadata, AfterValidator)
    return (name for mark in marks if mark in get_args(Url)[1:])


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
def _paths(model: type[BaseModel], wanted: Callable[[str, FieldInfo], Iterator[Mark]]) -> tuple[tuple[Path, Mark], ...]:
    """The names of fields that lead to each wanted field, however deep, and what makes it one."""
    found: list[tuple[Path, Mark]] = []
    for name, field in model.model_fields.items():
        found += [((name,), mark) for mark in wanted(name, field)]
        if part := part_of(field.annotation):
            found += [((name, *path), mark) for path, mark in _paths(part, wanted)]
    return tuple(found)


def _values(holder: Any, path: Path, location: Location) -> Iterator[tuple[Location, Any]]:
    """What is not empty at the end of a path of field names, through every entry of the lists on the way."""
    value = getattr(holder, path[0])
    if not value:
        return
    here, rest = (*location, path[0]), path[1:]
    if not rest:
        yield here, value
    elif isinstance(value, tuple):
        for index, entry in enumerate(value):
            yield from _values(entry, rest, (*here, index))
    else:
        yield from _values(value, rest, here)
