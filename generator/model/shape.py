"""What a field may hold, read once from its declaration: every form, schema and guide is derived from this."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from decimal import Decimal
from typing import Annotated, Any, get_args, get_origin

from pydantic import BaseModel
from pydantic.fields import FieldInfo

from generator.base.text import Text
from generator.model.fields import About, about_of, marks_of, part_of
from generator.model.kinds import Attachment, Choice, Instead, Moment, PartialDate, Reference, Shaped, TermOf
from generator.model.scalars import ID, Id, SourceNumbers, Url
from generator.model.vocabulary import Vocabularies

_DAY = "-(0[1-9]|[12][0-9]|3[01])"
_DATE = f"(?!0000)[0-9]{{4}}(-(0[1-9]|1[0-2])({_DAY})?)?"
_MARKS_OF_ID, _MARKS_OF_URL, _MARKS_OF_SOURCES = (get_args(kind)[1:] for kind in (Id, Url, SourceNumbers))
WORDS_OF_YES = ("yes", "no", "true", "false")
_A_DATE = Text("una fecha como 2023, 2023-04 o 2023-04-19", "a date such as 2023, 2023-04 or 2023-04-19")
_A_MOMENT = Text("un día, con la hora si se sabe: 2025-12-15T18:00", "a day, with the time if known: 2025-12-15T18:00")
_A_NUMBER = Text("un número solo con cifras y punto decimal", "a number in digits with a decimal point only")
_A_COUNT = Text("un número entero escrito con cifras", "a whole number written in digits")
_MOST_OF_A_LINE = 200
_AN_ID = Text("minúsculas sin tildes, cifras y guiones", "lower-case letters without accents, digits and hyphens")
_A_URL = Text("una dirección que empieza con https://", "an address that begins with https://")


@dataclass(frozen=True, slots=True)
class Shape:
    """One value: a text of a form, one of some words, a group of fields, or counts by term."""

    pattern: str = ""
    """A regular expression that Python, JSON Schema and browsers read alike; the whole value must match."""
    expected: Text | None = None
    """What the pattern asks for, in words."""
    choices: tuple[tuple[str, Text], ...] = ()
    vocabulary: str = ""
    types: tuple[str, ...] | None = None
    """For a reference, the types of record that it may name; empty for all."""
    part: type[BaseModel] | None = None
    attachment: str = ""
    """`image` or `file` for the name of a file in the record's folder."""
    counts: bool = False
    """Whether it is a whole number for each term of the vocabulary."""
    yes: bool = False
    bare: bool = False
    """Whether other readers of YAML than ours take it for a number where it stands without quotes."""

    def terms(self, vocabularies: Vocabularies) -> tuple[tuple[str, Text], ...]:
        """The words it may be, each with its label; none where it is free."""
        if self.vocabulary not in vocabularies:
            return self.choices
        return tuple((term.id, term.label) for term in vocabularies[self.vocabulary].terms.values())


@dataclass(frozen=True, slots=True)
class FieldShape:
    """A field as a form asks for it. `least` and `most` bound the entries of a list, else the characters of a text."""

    name: str
    told: About
    required: bool
    many: bool
    alone: bool
    """Whether a list of one may be written as that one."""
    one: Shape
    least: int | None
    most: int | None
    instead: Instead | None
    default: str
    """The word that a field has which is not written; empty where that is none."""

    @property
    def is_long(self) -> bool:
        """Whether its text is asked for in several lines."""
        return not self.many and (self.most or 0) > _MOST_OF_A_LINE


def shapes_of(model: type[BaseModel]) -> Iterator[FieldShape]:
    """The fields of a record class or of a group, in the order of the model."""
    return (_field_shape(name, field) for name, field in model.model_fields.items())


def _field_shape(name: str, field: FieldInfo) -> FieldShape:
    inner, marks = _unwrapped(field.annotation)
    marks = [*field.metadata, *marks]
    many = get_origin(inner) is tuple
    if many:
        inner, marks_of_entry = _unwrapped(get_args(inner)[0])
        bounds, marks = marks, marks_of_entry
    else:
        bounds = marks
    return FieldShape(
        name,
        about_of(field),
        field.is_required(),
        many,
        any(mark == _MARKS_OF_SOURCES[-1] for mark in bounds),
        _shape(inner, marks),
        _bound(bounds, "min_length"),
        _bound(bounds, "max_length"),
        next(marks_of(field.annotation, field.metadata, Instead), None),
        field.default if isinstance(field.default, str) else "",
    )


def _unwrapped(annotation: Any) -> tuple[Any, list[Any]]:
    """A kind of value without `| None` and `Annotated`, and its marks."""
    marks: list[Any] = []
    while True:
        arguments = get_args(annotation)
        if get_origin(annotation) is Annotated:
            annotation, marks = arguments[0], [*marks, *_flat(arguments[1:])]
        elif type(None) in arguments:
            annotation = next(inner for inner in arguments if inner is not type(None))
        else:
            return annotation, marks


def _flat(marks: Iterable[Any]) -> Iterator[Any]:
    """Marks as pydantic keeps them for a field: those inside `Field(…)` one by one."""
    for mark in marks:
        yield from mark.metadata if isinstance(mark, FieldInfo) else [mark]


def _bound(marks: list[Any], name: str) -> int | None:
    found = (getattr(mark, name, None) for mark in marks)
    return next((bound for bound in found if bound is not None), None)


def _shape(kind: Any, marks: list[Any]) -> Shape:
    if get_origin(kind) is dict:
        return Shape(vocabulary=next(marks_of(kind, [], TermOf)).vocabulary, counts=True)
    if part := part_of(kind):
        return Shape(part=part)
    if kind is bool:
        return Shape(choices=(("yes", Text("sí", "yes")), ("no", Text("no", "no"))), yes=True)
    by_mark = (_shape_of_mark(mark) for mark in marks)
    return next((shape for shape in by_mark if shape), None) or _text_shape(kind, marks)


def _shape_of_mark(mark: Any) -> Shape | None:
    match mark:
        case Choice(labels):
            return Shape(choices=labels)
        case TermOf(vocabulary):
            return Shape(vocabulary=vocabulary)
        case Reference(types):
            return Shape(ID, _AN_ID, types=types)
        case Attachment(kind):
            return Shape(attachment=kind)
        case Shaped(pattern, expected):
            return Shape(pattern, expected)
    return None


def _text_shape(kind: Any, marks: list[Any]) -> Shape:
    by_kind = {
        PartialDate: Shape(_DATE, _A_DATE, bare=True),
        Moment: Shape(
            f"{_DATE}|[0-9]{{4}}-(0[1-9]|1[0-2]){_DAY}[T ]([01][0-9]|2[0-3]):[0-5][0-9]", _A_MOMENT, bare=True
        ),
        Decimal: Shape(r"-?[0-9]+(\.[0-9]+)?", _A_NUMBER, bare=True),
        int: Shape("[0-9]{1,9}", _A_COUNT, bare=True),
    }
    if kind in by_kind:
        return by_kind[kind]
    if any(mark in _MARKS_OF_ID for mark in marks):
        return Shape(ID, _AN_ID)
    if any(mark in _MARKS_OF_URL for mark in marks):
        return Shape(r"https?://\S+", _A_URL)
    return Shape()
