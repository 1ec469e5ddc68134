"""`kb status`: the editors' desk on a terminal, what waits and since when."""

import argparse
import sys
import textwrap
from collections.abc import Iterator
from typing import Any

from generator.base.text import Lang, Text
from generator.checking import Checker
from generator.editing.beginning import today, whole_library
from generator.library.desk import DESK, LONGEST, Part, Row, desk
from generator.pages.wording import day, told
from generator.reading.places import printable
from generator.reading.seen import seen_links

CLEAN = 0
_WIDTH = 80

_HELP = Text("lo que espera a quienes editan, y desde cuándo", "what waits for editors, and since when")
_ERRORS = Text(
    "Hay fichas con errores, que no se cuentan aquí: {n}. Las nombra: kb check",
    "There are records with errors, not counted here: {n}. They are named by: kb check",
)
_MORE = Text("y más: {n}", "and more: {n}")
_COPY = Text(" · copia archivada: {copy}", " · archived copy: {copy}")


def add(commands: Any, lang: Lang) -> None:
    commands.add_parser("status", help=_HELP.to(lang)).set_defaults(run=run)


def run(options: argparse.Namespace) -> int:
    checked, lang, now = Checker(options.root).check(), options.lang, today()
    parts = desk(whole_library(checked), lang, now, seen_links(options.root))
    lines = [f"{DESK.to(lang)} · {day(now, lang)}", ""]
    for part in parts:
        lines += [*_shown(part, lang), ""] if part.rows else []
    lines += [f"{part.total:>5}  {part.title.to(lang)}" for part in parts]
    lines += [part.remark.to(lang) for part in parts if part.remark]
    if broken := len(checked.assembly.broken):
        lines.append(_ERRORS.to(lang).format(n=broken))
    sys.stdout.write("\n".join(lines) + "\n")
    return CLEAN


def _shown(part: Part, lang: Lang) -> Iterator[str]:
    title = f"{part.title.to(lang)}: {part.total}"
    yield from (title, "─" * len(title))
    for row in part.rows[:LONGEST]:
        yield from _lines(row, lang)
    if len(part.rows) > LONGEST:
        yield f"  {_MORE.to(lang).format(n=len(part.rows) - LONGEST)}"


def _lines(row: Row, lang: Lang) -> list[str]:
    """What to type and since when, then its words on one line. An address is never broken: it is there to be copied."""
    said = f"{row.name} · {told(row.said, row.facts, lang)}" + (
        _COPY.to(lang).format(copy=row.copy) if row.copy else ""
    )
    lines = textwrap.wrap(printable(said), _WIDTH - 4, break_long_words=False, break_on_hyphens=False)
    words = textwrap.shorten(printable(row.words), _WIDTH - 4, placeholder=" …")
    return [f"  {lines[0]}", *(f"    {line}" for line in (*lines[1:], words))]
