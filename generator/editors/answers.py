"""What people answer in a form or a document, as values of the model: labels become ids, lines become lists.

An answer is data, whatever it holds. What is not understood stays as it was written: `kb check` says what to do.
"""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from generator.base.nearest import named
from generator.base.text import Text
from generator.model.shape import FieldShape, Shape, shapes_of
from generator.model.vocabulary import Vocabularies
from generator.reading.characters import BULLETS

PARTS = Text("Una línea por cada uno, con sus partes separadas por «|»", "One line each, its parts separated by “|”")
_BULLET = re.compile(rf"^(?:[-*–—]\s+|[{BULLETS}]\s*)+")
"""What begins a line of a list. A minus sign stands at its number."""
_MOST_OF_A_NAME = 200


@dataclass(frozen=True, slots=True)
class Question:
    """One question of a form. `path` leads to the value in the record; a section of the body has none."""

    heading: str
    hint: str
    path: tuple[str, ...]
    field: FieldShape | None
    required: bool
    columns: tuple[FieldShape, ...] = ()
    """For a list of groups, the fields that each line gives."""


def columns_of(field: FieldShape) -> tuple[FieldShape, ...]:
    """The fields of a group that each line of an answer gives: those of its examples."""
    if not field.one.part or not field.many:
        return ()
    given = {name for entry in field.told.example for name in entry}
    return tuple(inner for inner in shapes_of(field.one.part) if inner.name in given)


def put(values: dict[str, Any], path: tuple[str, ...], answered: Any) -> None:
    for name in path[:-1]:
        values = values.setdefault(name, {})
    values[path[-1]] = answered


def value(field: FieldShape, answer: str, vocabularies: Vocabularies) -> Any:
    """What a field gets for an answer of one or more lines."""
    lines = [line for typed in answer.split("\n") if (line := _BULLET.sub("", typed.strip()))]
    instead, words = field.instead, dict(field.one.terms(vocabularies))
    if instead and named(" ".join(lines), {instead.word: (instead.label.es, instead.label.en)}):
        return instead.word
    if words and (chosen := [word for word in re.findall(r"\[([\w-]+)\]", answer) if word in words]):
        return chosen if field.many else chosen[0]
    if field.alone and re.fullmatch(r"[\[\]0-9\s,;.yand]+", answer):
        numbers = re.findall("[0-9]+", answer)
        return numbers[0] if len(numbers) == 1 else numbers
    return (
        _values(field, lines, vocabularies)
        if field.many or field.one.counts
        else _meant(field.one, " ".join(lines), vocabularies)
    )


def _values(field: FieldShape, lines: list[str], vocabularies: Vocabularies) -> Any:
    if columns := columns_of(field):
        return [entry(columns, line.split("|", len(columns) - 1), vocabularies) for line in lines]
    if field.one.counts:
        return dict(_count(field.one, line, vocabularies) for line in lines)
    parts = [part for line in lines for part in _parts(field.one, line, vocabularies)]
    return [_meant(field.one, part, vocabularies) for part in parts]


def entry(columns: Iterable[FieldShape], parts: Iterable[str], vocabularies: Vocabularies) -> dict[str, Any]:
    """One group of a list, without what was left empty."""
    return {
        field.name: value(field, part, vocabularies)
        for field, part in zip(columns, parts, strict=False)
        if part.strip()
    }


def _parts(shape: Shape, line: str, vocabularies: Vocabularies) -> list[str]:
    """Several words or names on one line; a comma inside a label or a sentence separates nothing."""
    is_prose = not shape.terms(vocabularies) and shape.types is None
    if is_prose or _meant(shape, line, vocabularies) in dict(shape.terms(vocabularies)):
        return [line]
    return [part.strip() for part in re.split("[,;]", line) if part.strip()]


def _count(shape: Shape, line: str, vocabularies: Vocabularies) -> tuple[str, str]:
    """«Academia: 4» or «Academia 4»."""
    found = re.fullmatch(r"(.*?)[\s:=]*([0-9]*)", line)
    return (_meant(shape, found[1], vocabularies), found[2]) if found else (line, "")


def _meant(shape: Shape, words: str, vocabularies: Vocabularies) -> str:
    """The id of the term that a label names; other words as they are."""
    terms = {word: (label.es, label.en) for word, label in shape.terms(vocabularies)}
    return (named(words, terms) if len(words) <= _MOST_OF_A_NAME else None) or words
