"""What comes in through an issue form: writes its record, and says in words what happened and what is missing."""

import json
import re
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from generator.base.text import Lang, Text
from generator.checking import Checker
from generator.editing.mending import mend
from generator.editing.writing import write
from generator.editors.issue import record_from
from generator.report.human import one
from generator.staging import write_derived

_NOT_A_FORM = Text(
    "Este mensaje no salió de un formulario de fichas: no se hizo nada.",
    "This message did not come out of a record form: nothing was done.",
)
_NO_NAME = Text(
    "La ficha no tiene título del que sacar un nombre: escríbalo y envíe el formulario otra vez.",
    "The record has no title to take a name from: write one and send the form again.",
)
_DONE = Text(
    "Gracias. Se preparó la ficha `{path}`; otras personas la leerán antes de publicarla.",
    "Thank you. The record `{path}` was prepared; other people will read it before it is published.",
)
_CLEAN = Text("No le falta nada de lo que se comprueba.", "Nothing that is checked is missing.")
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
    before = checker.check().assembly
    made = record_from(body, day, before.vocabularies)
    if made is None:
        return Received(None, f"{_NOT_A_FORM.to(lang)}\n")
    cls, name, text = made
    if not name:
        return Received(None, f"{_NO_NAME.to(lang)}\n")
    # Nothing that is there is ever written over.
    taken = f"{cls.kind.folder}/{name}.md" in before.places or (root / cls.kind.folder / f"{name}.md").exists()
    path = f"{cls.kind.folder}/{name}{f'-{number}' if taken else ''}.md"
    if (root / path).exists():
        return Received(None, f"{_NOT_A_FORM.to(lang)}\n")
    write_derived(root, {path: text.encode()})
    changes, after = mend(checker, path)
    write(root, changes)
    found = [one(each, lang) for each in after.report.diagnostics if each.source.path == path]
    return Received(path, "\n\n".join([_DONE.to(lang).format(path=path), *_told(found, lang)]) + "\n")


def _told(found: list[str], lang: Lang) -> list[str]:
    """Between fences that nothing inside can close, so that no answer is read as Markdown."""
    if not found:
        return [_CLEAN.to(lang)]
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
