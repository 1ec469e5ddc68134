"""`kb links`: asks whether cited addresses still answer, only when it is asked to."""

import argparse
import sys

from generator.base.text import Text
from generator.commands import DONE

HELP = Text("pregunta si las direcciones web citadas responden", "asks whether the web addresses cited still answer")
_OFFLINE = Text(
    "Nadie respondió, tampoco el archivo de internet: ¿hay conexión? No se guardó nada.",
    "Nobody answered, nor did the Internet Archive: is there a connection? Nothing was kept.",
)


def run(options: argparse.Namespace) -> int:
    from generator.links import links

    said = links(options.root, options.lang)
    if said is None:
        sys.stderr.write(f"{_OFFLINE.to(options.lang)}\n")
    else:
        sys.stdout.write(said)
    return DONE  # whatever was found: nobody's change is wrong because somebody else's server is
