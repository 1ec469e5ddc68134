"""`kb status`: the editors' desk on a terminal, what waits and since when."""

import argparse
import sys

from generator.base.text import Text
from generator.checking import Checker
from generator.commands import DONE
from generator.editing.beginning import today, whole_library

HELP = Text("lo que espera a quienes editan, y desde cuándo", "what waits for editors, and since when")
_ERRORS = Text(
    "Hay fichas con errores, que no se cuentan aquí: {n}. Las nombra: kb check",
    "There are records with errors, not counted here: {n}. They are named by: kb check",
)


def run(options: argparse.Namespace) -> int:
    from generator.pages.desk_page import desk_text
    from generator.reading.seen import seen_links

    checked = Checker(options.root).check()
    text = desk_text(whole_library(checked), options.lang, today(), seen_links(options.root))
    if broken := len(checked.assembly.broken):
        text += _ERRORS.to(options.lang).format(n=broken) + "\n"
    sys.stdout.write(text)
    return DONE
