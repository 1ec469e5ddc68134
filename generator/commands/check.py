"""`kb check`: all that is wrong with the records, and mends what has one right answer where it is asked to."""

import argparse
import os
import sys

from generator.base.text import Lang, Text
from generator.checking import Checked, Checker
from generator.commands import DONE, ERRORS, checked_once
from generator.editing.changes import show
from generator.editing.mending import mend
from generator.editing.writing import write
from generator.report import formats

HELP = Text("revisa todas las fichas", "checks all records")
_FIX = Text("corrige lo que tiene una sola respuesta, y lo muestra", "mends what has one right answer, and shows it")
_DIFF = Text("muestra lo que se corregiría, sin escribir nada", "shows what would be mended, and writes nothing")


def add(parser: argparse.ArgumentParser, lang: Lang) -> None:
    default = "github" if os.environ.get("GITHUB_ACTIONS") else "human"
    parser.add_argument("--format", choices=sorted(formats()), default=default)
    mending = parser.add_mutually_exclusive_group()
    mending.add_argument("--fix", action="store_true", help=_FIX.to(lang))
    mending.add_argument("--diff", action="store_true", help=_DIFF.to(lang))


def run(options: argparse.Namespace) -> int:
    report = (_mended(options) if options.fix or options.diff else checked_once(options.root)).report
    sys.stdout.write(formats()[options.format](report, options.lang))
    return ERRORS if report.has_errors else DONE


def _mended(options: argparse.Namespace) -> Checked:
    """What remains to be said once all that has one right answer is mended."""
    changes, checked = mend(Checker(options.root))
    # What a program reads from the standard output is its format, and nothing else.
    show(changes, options.lang, sys.stdout if options.format == "human" else sys.stderr)
    if options.fix:
        write(options.root, changes)
    return checked
