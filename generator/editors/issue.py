"""The issue form of each type of record, for those who only fill in forms; and a record out of what they answered.

An answer is data, whatever it holds: it is never run, and reaches a file only through the YAML writer.
"""

import re
from collections.abc import Iterator, Mapping
from typing import Any

import yaml

from generator.base.text import Text, slug
from generator.editors.answers import PARTS, Question, columns_of, put, value
from generator.editors.template import as_yaml, first_fields
from generator.model.record import Record
from generator.model.shape import FieldShape, shapes_of
from generator.model.vocabulary import Vocabularies
from generator.records import RECORD_CLASSES
from generator.records.page import Page

MOST = 200_000
"""Characters of an issue that are read; GitHub takes 65,536."""
_MOST_OPTIONS = 60
_NOTHING = "_No response_"
_UNSEEN = re.compile(r"[^\t\n\x20-\x7e\x85\xa0-\ud7ff\ue000-\ufefe\uff00-\ufffd\U00010000-\U0010ffff]")
_ONE_A_LINE = Text("Uno por línea", "One a line")


def files(vocabularies: Vocabularies) -> Iterator[tuple[str, bytes]]:
    for cls in _classes():
        form = {
            "name": _both(cls.kind.label),
            "description": _both(Text("Proponer una ficha de este tipo", "Propose a record of this type")),
            "title": f"{cls.kind.label.es}: ",
            "body": [_element(question, vocabularies) for question in questions(cls)],
        }
        text = yaml.safe_dump(form, allow_unicode=True, sort_keys=False, width=1000)
        yield f".github/ISSUE_TEMPLATE/{cls.kind.name}.yml", text.encode()


def _classes() -> list[type[Record]]:
    return [cls for cls in RECORD_CLASSES if cls is not Page]


def questions(cls: type[Record]) -> Iterator[Question]:
    """What a first record needs and only its author knows, then the sections of its body."""
    for field in shapes_of(cls):
        if field.name in first_fields(cls) and not field.told.editorial:
            yield from _questions(field)
    for section in cls.kind.sections:
        yield Question(
            _both(section), _both(Text("Con sus fuentes: [1]", "With its sources: [1]")), (), None, required=True
        )


def _questions(field: FieldShape) -> Iterator[Question]:
    told, part = field.told, field.one.part
    if part and not field.many:
        for inner in shapes_of(part):
            heading = f"{_both(told.label)}: {_both(inner.told.label)}"
            yield Question(heading, _both(inner.told.hint), (field.name, inner.name), inner, inner.required)
        return
    columns: tuple[FieldShape, ...] = ()
    hint = _both(told.hint)
    if part:
        columns = columns_of(field)
        hint += f" {_both(PARTS)}: {' | '.join(_both(inner.told.label) for inner in columns)}"
    elif field.many and not field.one.vocabulary:
        hint += f" {_both(_ONE_A_LINE)}."
    yield Question(_both(told.label), hint, (field.name,), field, field.required, columns)


def _both(words: Text) -> str:
    return words.es if words.es == words.en else f"{words.es} · {words.en}"


def _element(question: Question, vocabularies: Vocabularies) -> dict[str, Any]:
    """Names are bare keys of GitHub's form schema; an option carries its id in brackets, to be read back."""
    field = question.field
    told: dict[str, Any] = {"label": question.heading, "description": question.hint}
    words = field.one.terms(vocabularies) if field else ()
    if field and 0 < len(words) <= _MOST_OPTIONS:
        kind, told["options"] = "dropdown", [f"{_both(label)} [{word}]" for word, label in words]
        told |= {"multiple": True} if field.many else {}
    elif field is None or field.many or field.is_long:
        kind = "textarea"
    else:
        kind = "input"
    if question.columns and field:
        told["description"] += "".join(
            f". {choices}" for each in question.columns if (choices := _words(each, vocabularies))
        )
        lines = [" | ".join(str(entry.get(each.name, "")) for each in question.columns) for entry in field.told.example]
        told["placeholder"] = "\n".join(lines)
    elif field and kind == "input":
        told["placeholder"] = str(field.told.example)
    identity = slug("-".join(question.path) or question.heading)
    return {"type": kind, "id": identity, "attributes": told, "validations": {"required": question.required}}


def _words(field: FieldShape, vocabularies: Vocabularies) -> str:
    """What may be chosen in one part of a line, where no list can drop down."""
    words = field.one.terms(vocabularies)
    return f"{_both(field.told.label)}: {', '.join(_both(label) for _, label in words)}" if words else ""


def record_from(body: str, day: str, vocabularies: Vocabularies) -> tuple[type[Record], Mapping[str, Any], str] | None:
    """(type, fields, text) of the record that an issue's form of some day (YYYY-MM-DD, empty if unknown) describes;
    None for what is not a form.
    """
    body = _UNSEEN.sub("", body[:MOST].replace("\r\n", "\n"))
    found = [(len(answers), cls, answers) for cls in _classes() if (answers := _answers(cls, body))]
    if not found:
        return None
    many, cls, answers = max(found, key=lambda each: each[0])
    if many * 2 < len(list(questions(cls))):
        return None
    values: dict[str, Any] = {"created": day} if day else {}
    sections = []
    for question in questions(cls):
        answer = answers.get(question.heading, "")
        if question.field is None:
            sections.append(f"## {question.heading.partition(' · ')[0]}\n\n{answer}\n")
        elif answer:
            put(values, question.path, value(question.field, answer, vocabularies))
    return cls, values, f"---\n{as_yaml(values)}---\n" + "".join(f"\n{section}" for section in sections)


def _answers(cls: type[Record], body: str) -> Mapping[str, str]:
    """By heading, what was answered: the first time it stands there; what else looks like one is part of an answer."""
    known = {question.heading for question in questions(cls)}
    answers: dict[str, list[str]] = {}
    here: list[str] | None = None
    for line in body.split("\n"):
        heading = line.removeprefix("### ").strip() if line.startswith("### ") else ""
        if heading in known and heading not in answers:
            here = answers.setdefault(heading, [])
        elif here is not None:
            here.append(line)
    told = {heading: "\n".join(lines).strip() for heading, lines in answers.items()}
    return {heading: "" if words == _NOTHING else words for heading, words in told.items()}
