"""`kb new case`: asks for what is required and begins a record; options, one a field, answer for scripts."""

import argparse
import sys
from typing import Any

from generator.base.text import Lang, Text, slug
from generator.checking import Checked, Checker
from generator.commands import DONE, ID_HELP, TAKEN, refuse
from generator.editing.beginning import (
    Answer,
    Names,
    answer,
    begun,
    fields_to_ask,
    file_of,
    is_list,
    names_in,
    record_text,
    taken_by,
    today,
    value_of,
)
from generator.editing.writing import write
from generator.model.fields import about_of, part_in
from generator.model.record import Record
from generator.records import RECORD_CLASSES

_HELP = Text("empieza una ficha: pregunta lo obligatorio", "begins a record: asks for what is required")
_NAMELESS = Text(
    "de esto no sale un nombre de archivo: escriba «--id» (y en un acta «--start», la fecha)",
    "this gives no file name: type “--id” (and for minutes “--start”, the date)",
)
_DONE = Text(
    "Escrito: {path}\nÁbralo y complételo. Lo que falta lo dice: .venv/bin/kb check",
    "Written: {path}\nOpen it and complete it. What is missing is told by: .venv/bin/kb check",
)
_ASK = Text("{label} — {hint}\n(vacío: después) ", "{label} — {hint}\n(empty: later) ")
_CHOICES = Text(
    "Escriba el nombre o una parte{several}. {names}\n", "Type the name or a part of it{several}. {names}\n"
)
_SEVERAL = Text("; si son varios, con comas", "; several with commas between them")
_THERE_ARE = Text("Hay:", "There are:")
MOST_NAMED = 40
"""Choices that are shown; more, such as countries, nobody would read."""


def add(commands: Any, lang: Lang) -> None:
    new = commands.add_parser("new", help=_HELP.to(lang))
    types = new.add_subparsers(required=True, metavar="tipo" if lang == "es" else "type")
    for cls in RECORD_CLASSES:
        parser = types.add_parser(cls.kind.name, help=cls.kind.label.to(lang).replace("%", "%%"))
        parser.add_argument("--id", dest="new_id", help=ID_HELP.to(lang))
        for name, field in cls.model_fields.items():
            told = about_of(field)
            words = f"{told.label.to(lang)}. {told.hint.to(lang)}".replace("%", "%%")
            parser.add_argument(f"--{name.replace('_', '-')}", dest=f"field_{name}", metavar="…", help=words)
        parser.set_defaults(run=run, record_class=cls)


def run(options: argparse.Namespace) -> int:
    cls: type[Record] = options.record_class
    checked, lang = Checker(options.root).check(), options.lang
    given = {name: typed for name in cls.model_fields if (typed := getattr(options, f"field_{name}")) is not None}
    given = {"language": lang, "created": str(today()), **given}
    lines: dict[str, str] = {}
    for name, typed in given.items():
        read = answer(cls, name, typed, checked, lang)
        if read.complaint:
            return refuse(f"--{name.replace('_', '-')}: {read.complaint}")
        lines[name] = read.line
    if sys.stdin.isatty():
        lines |= _asked(cls, lines, checked, lang)
    written_in: Lang = "en" if value_of(lines["language"]) == "en" else "es"
    path = file_of(cls, *_naming(cls, lines, options.new_id), written_in)
    if path is None:
        return refuse(_NAMELESS.to(lang))
    if (other := taken_by(path, checked)) or (options.root / path).exists():
        return refuse(TAKEN.to(lang).format(path=other or path))
    write(options.root, begun(path, record_text(cls, lines, written_in)))
    sys.stdout.write(_DONE.to(lang).format(path=path) + "\n")
    return DONE


def _naming(cls: type[Record], lines: dict[str, str], new_id: str | None) -> tuple[str, str]:
    """What the file is named after: the first field of words, or what was asked for; and the day, if it has one."""
    first = value_of(lines.get(fields_to_ask(cls)[0], ""))
    return new_id or first, slug(value_of(lines.get("start", "")))


def _asked(cls: type[Record], lines: dict[str, str], checked: Checked, lang: Lang) -> dict[str, str]:
    """Answers to what is required and was not given. What is a group of fields is left to be written in the file."""
    found: dict[str, str] = {}
    for name in fields_to_ask(cls):
        if name in lines or part_in(cls, name):
            continue
        told, names = about_of(cls.model_fields[name]), names_in(cls, name, checked)
        if names:
            sys.stderr.write(_choices(names, lang, many=is_list(cls, name)))
        read = Answer()
        while not read.line:
            sys.stderr.write(_ASK.to(lang).format(label=told.label.to(lang), hint=told.hint.to(lang)))
            sys.stderr.flush()
            typed = sys.stdin.readline()
            if not typed.strip():
                break
            read = answer(cls, name, typed, checked, lang)
            sys.stderr.write(f"{read.complaint}\n" if read.complaint else "")
        found |= {name: read.line} if read.line else {}
    return found


def _choices(names: Names, lang: Lang, *, many: bool) -> str:
    """Each by what it is called: half of a choice's names are Spanish, half English."""
    called = [words[0 if lang == "es" else len(words) // 2] for words in names.values()]
    shown = f"{_THERE_ARE.to(lang)} {', '.join(called)}" if len(called) <= MOST_NAMED else ""
    return _CHOICES.to(lang).format(several=_SEVERAL.to(lang) if many else "", names=shown)
