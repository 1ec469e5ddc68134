"""`kb schema`: brings in line with the model what is derived from it."""

import argparse
import sys

from generator.base.text import Text
from generator.commands import DONE, ERRORS, checked_once
from generator.report.human import render

HELP = Text(
    "escribe lo que se deriva del modelo: formularios y plantillas",
    "writes what is derived from the model: forms and templates",
)


def run(options: argparse.Namespace) -> int:
    from generator.editors import derived_files
    from generator.staging import write_derived

    checked = checked_once(options.root)
    if checked.report.has_errors:  # of half a vocabulary, half a form
        sys.stdout.write(render(checked.report, options.lang))
        return ERRORS
    for path in write_derived(options.root, derived_files(checked.assembly.vocabularies)):
        sys.stdout.write(f"{path}\n")
    return DONE
