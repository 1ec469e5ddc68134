"""What a field may hold, read once from its declaration: every form, schema and guide is derived from this."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Annotated, Any, get_args, get_origin

from pydantic import BaseModel
from pydantic.fields import FieldInfo

from generator.base.text import Text
from generator.model.fields import About, about_of, marks_of, part_of
from generator.model.kinds import Attachment, Choice, Form, Instead, Reference, TermOf
from generator.model.scalars import AN_ID, SourceNumbers
from generator.model.vocabulary import Vocabularies

_ALONE = get_args(SourceNumbers)[-1]
WORDS_OF_YES = ("yes", "no", "true", "false")
_MOST_OF_A_LINE = 200


@dataclass(frozen=True, slots=True)
class Shape:
    """One value: a text of a form, one of some words, a group of fields, or counts by term."""

    pattern: str = ""
    expected: Text | None = None
    """Both as in `Form`."""
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
        _ALONE in bounds,
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
    return next((shape for shape in by_mark if shape), Shape())


def _shape_of_mark(mark: Any) -> Shape | None:
    match mark:
        case Choice(labels):
            return Shape(choices=labels)
        case TermOf(vocabulary):
            return Shape(vocabulary=vocabulary)
        case Reference(types):
            return Shape(AN_ID.pattern, AN_ID.expected, types=types)
        case Attachment(kind):
            return Shape(attachment=kind)
        case Form(pattern, expected, bare):
            return Shape(pattern, expected, bare=bare)
    return None
