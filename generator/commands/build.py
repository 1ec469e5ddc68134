"""`kb build`: checks, and makes the site of an edition in every language."""

import argparse
import os
import sys
import time

from generator.base.text import Lang, Text
from generator.commands import DONE, ERRORS, checked_once, refuse
from generator.deployed import wrong_setting
from generator.library.editions import EDITIONS
from generator.progress import showing
from generator.report.human import render

HELP = Text("revisa y construye el sitio en todos los idiomas", "checks, and builds the site in every language")
_STRICT = Text("los avisos también detienen la construcción", "warnings stop the build too")
_READING = Text("Se leen y se revisan las fichas", "Reading and checking the records")
_BUILDING = Text("Se construyen las páginas y la búsqueda", "Building pages and search")
_KEPT = Text(
    "No se construyó nada; el sitio anterior sigue como estaba.", "Nothing was built; the last site stays as it was."
)
_READY = Text("Listo en {seconds:.1f} s: abra {site}/index.html", "Done in {seconds:.1f} s: open {site}/index.html")


def add(parser: argparse.ArgumentParser, lang: Lang) -> None:
    parser.add_argument("--edition", choices=(*EDITIONS, "all"), default="public")
    parser.add_argument("--strict", action="store_true", help=_STRICT.to(lang))


def run(options: argparse.Namespace) -> int:
    started, lang = time.monotonic(), options.lang
    from generator.pipeline import Pipeline

    with showing(_READING, lang):
        checked = checked_once(options.root)
    sys.stderr.write(render(checked.report, lang))
    if checked.report.has_errors or (options.strict and checked.report.diagnostics):
        return refuse(_KEPT.to(lang), ERRORS)
    if wrong := wrong_setting(options.root):
        return refuse(wrong.to(lang))
    for edition in EDITIONS if options.edition == "all" else (options.edition,):
        with showing(_BUILDING, lang):
            target = Pipeline(options.root).build(checked, edition)
        seconds = time.monotonic() - started
        sys.stdout.write(_READY.to(lang).format(seconds=seconds, site=os.path.relpath(target)) + "\n")
    return DONE
