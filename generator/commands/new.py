"""`kb new case`: asks for what is required and begins a record; options, one a field, answer for scripts."""

import argparse
import sys

from generator.base.text import Lang, Text
from generator.checking import Checked, Checker
from generator.commands import DONE, ID_HELP, TAKEN, refuse
from generator.editing.beginning import (
    Answer,
    Names,
    answer,
    fields_to_ask,
    file_of,
    names_in,
    record_text,
    taken_by,
    today,
    value_of,
)
from generator.editing.changes import Changes
from generator.editing.writing import write
from generator.model.record import Record
from generator.model.shape import FieldShape, shapes_of
from generator.records import RECORD_CLASSES

HELP = Text("empieza una ficha: pregunta lo obligatorio", "begins a record: asks for what is required")
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


def add(parser: argparse.ArgumentParser, lang: Lang) -> None:
    types = parser.add_subparsers(required=True, metavar="tipo" if lang == "es" else "type")
    for cls in RECORD_CLASSES:
        of_type = types.add_parser(cls.kind.name, help=cls.kind.label.to(lang).replace("%", "%%"))
        of_type.add_argument("--id", dest="new_id", default="", help=ID_HELP.to(lang))
        for field in shapes_of(cls):
            words = f"{field.told.label.to(lang)}. {field.told.hint.to(lang)}".replace("%", "%%")
            of_type.add_argument(_option(field.name), dest=f"field_{field.name}", metavar="…", help=words)
        of_type.set_defaults(record_class=cls)


def run(options: argparse.Namespace) -> int:
    cls: type[Record] = options.record_class
    checked, lang = Checker(options.root).check(), options.lang
    fields = {field.name: field for field in shapes_of(cls)}
    given = {name: typed for name in fields if (typed := getattr(options, f"field_{name}")) is not None}
    lines: dict[str, str] = {}
    for name, typed in {"language": lang, "created": str(today()), **given}.items():
        read = answer(cls, fields[name], typed, checked, lang)
        if read.complaint:
            return refuse(f"{_option(name)}: {read.complaint}")
        lines[name] = read.line
    if sys.stdin.isatty():
        for name in fields_to_ask(cls):
            # What is a group of fields is left to be written in the file.
            if name not in lines and not fields[name].one.part and (line := _asked(cls, fields[name], checked, lang)):
                lines[name] = line
    values = {name: value_of(line) for name, line in lines.items()}
    written_in: Lang = "en" if values["language"] == "en" else "es"
    path = file_of(cls, values, written_in, options.new_id)
    if path is None:
        return refuse(_NAMELESS.to(lang))
    if other := taken_by(options.root, path, checked):
        return refuse(TAKEN.to(lang).format(path=other))
    write(options.root, Changes(after={path: record_text(cls, lines, written_in).encode()}))
    sys.stdout.write(_DONE.to(lang).format(path=path) + "\n")
    return DONE


def _option(field: str) -> str:
    return f"--{field.replace('_', '-')}"


def _asked(cls: type[Record], field: FieldShape, checked: Checked, lang: Lang) -> str:
    """The line of a field, asked for until it can be read; empty if it is left for later."""
    if names := names_in(field, checked):
        sys.stderr.write(_choices(names, lang, many=field.many))
    while True:
        sys.stderr.write(_ASK.to(lang).format(label=field.told.label.to(lang), hint=field.told.hint.to(lang)))
        sys.stderr.flush()
        typed = sys.stdin.readline()
        read = answer(cls, field, typed, checked, lang) if typed.strip() else Answer()
        if not read.complaint:
            return read.line
        sys.stderr.write(f"{read.complaint}\n")


def _choices(names: Names, lang: Lang, *, many: bool) -> str:
    """Each by what it is called: half of a choice's names are Spanish, half English."""
    called = [words[0 if lang == "es" else len(words) // 2] for words in names.values()]
    shown = f"{_THERE_ARE.to(lang)} {', '.join(called)}" if len(called) <= MOST_NAMED else ""
    return _CHOICES.to(lang).format(several=_SEVERAL.to(lang) if many else "", names=shown)
