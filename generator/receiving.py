"""What comes in through an issue form: writes its record, and says in words what happened and what is missing."""

import json
import re
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from generator.base.text import Lang, Text
from generator.checking import Checker
from generator.editing.beginning import NOTHING_MISSING, file_of, put_in, taken_by
from generator.editors.issue import record_from
from generator.report.human import one

_NOT_A_FORM = Text(
    "Este mensaje no salió de un formulario de fichas: no se hizo nada.",
    "This message did not come out of a record form: nothing was done.",
)
_NO_NAME = Text(
    "La ficha no tiene título del que sacar un nombre: escríbalo y envíe el formulario otra vez.",
    "The record has no title to take a name from: write one and send the form again.",
)
_TAKEN = Text(
    "Ya hay una ficha con ese nombre: `{path}`; no se hizo nada.",
    "There is a record with that name: `{path}`; nothing was done.",
)
_DONE = Text(
    "Gracias. Se preparó la ficha `{path}`; otras personas la leerán antes de publicarla.",
    "Thank you. The record `{path}` was prepared; other people will read it before it is published.",
)
_MISSING = Text("Esto falta o no se entiende:", "This is missing or not understood:")


@dataclass(frozen=True, slots=True)
class Received:
    """`path` is the record's file, none where nothing was written; `reply` is Markdown for whoever sent it."""

    path: str | None
    reply: str


def receive(root: Path, event: bytes, lang: Lang) -> Received:
    """Takes an event of GitHub as it was saved; what is not one, or holds no form, writes nothing."""
    body, number, day = _issue(event)
    checker = Checker(root)
    checked = checker.check()
    made = record_from(body, day, checked.assembly.vocabularies)
    if made is None:
        return Received(None, f"{_NOT_A_FORM.to(lang)}\n")
    cls, values, text = made
    # Of minutes whose day nobody can read, the name has that of the form: `kb check` compares them once it is mended.
    path = file_of(cls, values, "es") or file_of(cls, {**values, "start": day}, "es")
    if not path:
        return Received(None, f"{_NO_NAME.to(lang)}\n")
    if taken_by(root, path, checked):
        path = f"{path.removesuffix('.md')}-{number}.md"
    if other := taken_by(root, path, checked):
        return Received(None, f"{_TAKEN.to(lang).format(path=other)}\n")
    found = [one(each, lang) for each in put_in(root, checker, path, {path: text.encode()})]
    return Received(path, "\n\n".join([_DONE.to(lang).format(path=path), *_told(found, lang)]) + "\n")


def _told(found: list[str], lang: Lang) -> list[str]:
    """Between fences that nothing inside can close, so that no answer is read as Markdown."""
    if not found:
        return [NOTHING_MISSING.to(lang)]
    words = "\n\n".join(found).replace("`", "'")
    return [_MISSING.to(lang), f"```text\n{words}\n```"]


def _issue(event: bytes) -> tuple[str, int, str]:
    """The body, the number and the day it was opened; empty and 0 where the file is not an event."""
    try:
        told: Any = json.loads(event)
    except (ValueError, RecursionError):
        return "", 0, ""
    issue = told.get("issue") if isinstance(told, dict) else None
    if not isinstance(issue, dict):
        return "", 0, ""
    body, number, opened = issue.get("body"), issue.get("number"), issue.get("created_at")
    day = re.match(r"\d{4}-\d\d-\d\dT", opened, re.ASCII) if isinstance(opened, str) else None
    return (
        body if isinstance(body, str) else "",
        number if type(number) is int and number > 0 else 0,
        day[0][:-1] if day else "",
    )
