"""`kb rename old new`: another file name for a record; addresses, translations, attachments and references follow."""

import argparse
import sys

from generator.base.text import Lang, Text, slug
from generator.checking import Checker
from generator.commands import DONE, ERRORS, id_of, refuse
from generator.editing.beginning import taken_by
from generator.editing.changes import show, undone
from generator.editing.renaming import renamed, still_current
from generator.editing.writing import write
from generator.reading.places import better_name
from generator.records.page import Page
from generator.report.human import render

HELP = Text("cambia el nombre de una ficha sin romper nada", "gives a record another name without breaking anything")
_OLD = Text("el nombre de ahora, sin «.md»", "the name it has, without “.md”")
_NEW = Text("el nombre nuevo: minúsculas sin tildes, cifras y guiones", "the new one: lower case, digits and hyphens")
_UNKNOWN = Text("no hay ninguna ficha «{id}» que se pueda renombrar", "there is no record “{id}” that can be renamed")
_BAD = Text("«{id}» no sirve como nombre: ¿quiso decir «{better}»?", "“{id}” is no good name: did you mean “{better}”?")
_TAKEN = Text("«{id}» ya es de «{path}»", "“{id}” belongs to “{path}”")
_ERRORS_FIRST = Text(
    "corrija primero los errores: de una ficha que no se entiende no se sabe a quién nombra",
    "mend the errors first: nobody knows whom a record names that cannot be read",
)

_WOULD_BREAK = Text(
    "con ese nombre habría esos errores; todo queda como estaba",
    "with that name there would be those errors; all is as it was",
)


def add(parser: argparse.ArgumentParser, lang: Lang) -> None:
    parser.add_argument("old", help=_OLD.to(lang))
    parser.add_argument("new", help=_NEW.to(lang))


def run(options: argparse.Namespace) -> int:
    checker, lang = Checker(options.root), options.lang
    checked = checker.check()
    if checked.report.has_errors:
        sys.stdout.write(render(checked.report, lang))
        return refuse(_ERRORS_FIRST.to(lang), ERRORS)
    record = checked.assembly.records.get(id_of(options.old))
    if record is None or isinstance(record, Page):
        return refuse(_UNKNOWN.to(lang).format(id=options.old))
    better = better_name(f"{slug(id_of(options.new))}.md").removesuffix(".md")
    if better != options.new:
        return refuse(_BAD.to(lang).format(id=options.new, better=better))
    folder = record.path.rpartition("/")[0]
    path = f"{folder}/{options.new}.md"
    if other := taken_by(options.root, path, checked) or taken_by(options.root, f"{folder}/{options.new}", checked):
        return refuse(_TAKEN.to(lang).format(id=options.new, path=other))
    changes = renamed(checker, checked, record, options.new)
    write(options.root, changes)
    after = checker.check()
    if after.report.has_errors:
        write(options.root, undone(changes))
        sys.stdout.write(render(after.report, lang))
        return refuse(_WOULD_BREAK.to(lang), ERRORS)
    write(options.root, still_current(checker, checked, after, {options.new: record.id}))
    show(changes, lang, sys.stdout)
    return DONE
