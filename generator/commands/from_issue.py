"""`kb from-issue`: an issue form that somebody sent becomes a record; says what happened and what is missing."""

import argparse
import json
import re
import sys
from pathlib import Path
from typing import Any

from generator.base.text import Lang, Text
from generator.checking import Checker
from generator.commands import DONE, ERRORS, refuse
from generator.editing.beginning import NOTHING_MISSING, file_of, put_in, taken_by
from generator.report.human import one

HELP = Text(
    "hace una ficha de un formulario de GitHub, guardado en un archivo",
    "makes a record of a GitHub form that was saved as a file",
)
_EVENT = Text("el archivo JSON del evento", "the JSON file of the event")
_NO_FILE = Text("no existe «{file}»", "there is no file “{file}”")
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


def add(parser: argparse.ArgumentParser, lang: Lang) -> None:
    parser.add_argument("event", type=Path, help=_EVENT.to(lang))


def run(options: argparse.Namespace) -> int:
    """The reply, in Markdown for whoever sent the form, is all that is printed; what is no form gets none."""
    if not options.event.is_file():
        return refuse(_NO_FILE.to(options.lang).format(file=options.event))
    code, reply = _received(options.root, options.event.read_bytes(), options.lang)
    if not reply:
        return refuse(_NOT_A_FORM.to(options.lang), ERRORS)
    sys.stdout.write(f"{reply}\n")
    return code


def _received(root: Path, event: bytes, lang: Lang) -> tuple[int, str]:
    """Takes an event of GitHub as it was saved; what is not one, or holds no form, writes nothing."""
    from generator.editors.issue import record_from
    from generator.reviewing.comment import block

    body, number, day = _issue(event)
    checker = Checker(root)
    checked = checker.check()
    made = record_from(body, day, checked.assembly.vocabularies)
    if made is None:
        return ERRORS, ""
    cls, values, text = made
    # Of minutes whose day nobody can read, the name has that of the form: `kb check` compares them once it is mended.
    path = file_of(cls, values, "es") or file_of(cls, {**values, "start": day}, "es")
    if not path:
        return ERRORS, _NO_NAME.to(lang)
    if taken_by(root, path, checked):
        path = f"{path.removesuffix('.md')}-{number}.md"
    if other := taken_by(root, path, checked):
        return ERRORS, _TAKEN.to(lang).format(path=other)
    found = [one(each, lang) for each in put_in(root, checker, path, {path: text.encode()})]
    told = [_MISSING.to(lang), block("text", found)] if found else [NOTHING_MISSING.to(lang)]
    return DONE, "\n\n".join([_DONE.to(lang).format(path=path), *told])


def _issue(event: bytes) -> tuple[str, int, str]:
    """The body, the number and the day it was opened; empty and 0 where the file is not an event."""
    try:
        issue: dict[str, Any] = json.loads(event)["issue"]
        body, number, opened = (issue.get(key) for key in ("body", "number", "created_at"))
    except (ValueError, RecursionError, KeyError, TypeError, AttributeError):
        return "", 0, ""
    day = re.match(r"\d{4}-\d\d-\d\dT", str(opened), re.ASCII)
    return (
        body if isinstance(body, str) else "",
        number if type(number) is int and number > 0 else 0,
        day[0][:-1] if day else "",
    )
